package main

import (
	"bytes"
	"fmt"
	"net/mail"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/cmd/kontor/internal/demo"
)

// A mail from the address on file that wants its answer elsewhere is not
// answered by a alone: R shows both addresses, and the letter goes where the
// caseworker chose, in the real program.
func TestReplyToElsewhereNeedsItsOwnKey(t *testing.T) {
	t.Parallel()
	home := filepath.Join(t.TempDir(), "home")
	if err := cheapHome(t.Context(), home, 20, 10); err != nil {
		t.Fatal(err)
	}
	row := kontor(t, 0, "--home", home, "--json", "queue", "--lane", "new", "--limit", "1")[0]
	reference, _ := row["reference"].(string)
	var onFile string
	parties, _ := kontor(t, 0, "--home", home, "--json", "case", reference)[0]["parties"].([]any)
	for _, p := range parties {
		party, _ := p.(map[string]any)
		contacts, _ := party["contacts"].([]any)
		for _, k := range contacts {
			if c, _ := k.(map[string]any); party["role"] == "debtor" && c["channel"] == "email" {
				onFile, _ = c["value"].(string)
			}
		}
	}
	if onFile == "" {
		t.Fatalf("no address on file for %s", reference)
	}
	srv := demoServers(t, home)
	raw := fmt.Sprintf("From: Wanda Falke <%s>\r\nReply-To: Wanda Falke <wanda.falke@elsewhere.example>\r\nCc: dritte@elsewhere.example\r\nTo: %s\r\nSubject: Wanderfalke %s\r\n"+
		"Message-ID: <wander@post.example>\r\nDate: %s\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGuten Tag,\r\n\r\nwie hoch ist meine Restschuld? Bitte schicken Sie mir eine Aufstellung.\r\n",
		onFile, demo.Inbox, reference, time.Now().Format(time.RFC1123Z))
	if err := srv.Deliver([]byte(raw), time.Now()); err != nil {
		t.Fatal(err)
	}
	kontor(t, 0, "--home", home, "--json", "pull")

	s := start(t, 120, 40, "--home", home)
	s.see("Neue Antworten")
	s.keys("1")
	s.keys("/")
	s.keys("Wanderfalke\r")
	s.see("Wanderfalke")
	s.keys("\r")
	s.see("Entwurf")
	v := s.see("wanda.falke@elsewhere.example")
	if !strings.Contains(v, reference) {
		t.Fatalf("another case is open:\n%s", v)
	}
	s.keys("a")
	s.see("R bestätigt")
	s.keys("R")
	s.see("Empfänger bestätigen")
	s.see("In der Akte steht")
	s.see("Die Mail kam von")
	s.keys("\r")        // the first: on file
	s.see("bestätigt.") // the dialog is gone
	s.approve()
	sink := filepath.Join(home, "demo", "sink")
	s.wait("one mail in the sink", func(string) bool { return len(sunk(t, sink)) == 1 })
	m, err := mail.ReadMessage(bytes.NewReader(sunk(t, sink)[0]))
	if err != nil {
		t.Fatal(err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != onFile || m.Header.Get("Cc")+m.Header.Get("Bcc") != "" {
		t.Errorf("sent to %v, cc %q, %v; want %s alone", to, m.Header.Get("Cc"), err, onFile)
	}
}
