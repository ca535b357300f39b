package main

import (
	"encoding/json"
	"strings"
	"testing"

	"kontor/cmd/kontor/internal/config"
	"kontor/cmd/kontor/internal/demo"
	"kontor/inbox/mailtest"
)

// diagnosis runs doctor and gives what it says of one part: check to line.
func diagnosis(t *testing.T, home, part string) map[string]doctorLine {
	t.Helper()
	out, _ := program(t, home, 1, "--json", "doctor") // without a backup it is never quite well
	found := map[string]doctorLine{}
	for line := range strings.Lines(out) {
		var l doctorLine
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if l.Part == part {
			found[l.Check] = l
		}
	}
	return found
}

// TestDoctor lets doctor look at real servers: well, and with one thing wrong
// after the other, which it names with what to do.
func TestDoctor(t *testing.T) {
	t.Parallel()
	d := mailtest.StartDovecot(t, "")
	p := mailtest.StartPostfix(t, d)
	d.Fill("INBOX", 3, func(int) []byte { return []byte("Subject: x\r\n\r\nx\r\n") })
	d.Fill("Lesen", 1, func(int) []byte { return []byte("Subject: x\r\n\r\nx\r\n") })
	d.ReadOnly("Lesen")
	home := realHome(t, demo.World{}, func(c *config.Config) {
		m := &c.Mailboxes[0]
		m.Address, m.Security, m.Fingerprint, m.AuthServID = d.TLSAddr, "tls", d.Cert.Fingerprint, ""
		c.SMTP.Address, c.SMTP.Security, c.SMTP.Fingerprint = p.Addr, "starttls", p.Cert.Fingerprint
		c.SMTP.Auth, c.SMTP.Username, c.SMTP.PasswordFile = "plain", mailtest.User, "imap.secret"
	})
	well, err := config.Load(home + "/config.toml")
	if err != nil {
		t.Fatal(err)
	}
	for part, checks := range map[string][]string{
		"inkasso": {"dns", "connect", "tls", "login", "idle", "folder", "sent", "quota"},
		"smtp":    {"dns", "connect", "tls", "login", "sender", "size"},
	} {
		found := diagnosis(t, home, part)
		for _, check := range checks {
			if l, ok := found[check]; !ok || !l.OK {
				t.Errorf("%s %s: %+v, want it well", part, check, l)
			}
		}
	}
	german, _ := program(t, home, 1, "--lang", "de", "doctor")
	for _, word := range []string{"readable", "page structure", "facts", "streams", "never", " mails", "none", "roots", "pinned", "at most", "in use", "starttls", " idle", "checked by"} {
		if strings.Contains(german, word) {
			t.Errorf("%q in German:\n%s", word, german)
		}
	}
	for _, word := range []string{"festgelegtes Zertifikat", "3 Mails", "noch nie gesichert", "keine authserv_id", "HINW inkasso"} {
		if !strings.Contains(german, word) {
			t.Errorf("no %q in German:\n%s", word, german)
		}
	}
	for _, x := range []struct {
		name, part, check, advice string
		change                    func(m *config.Mailbox, s *config.SMTP)
	}{
		{"no such host", "inkasso", "dns", "check_host_name", func(m *config.Mailbox, _ *config.SMTP) { m.Address = "nirgends.invalid:993" }},
		{"nobody listens", "inkasso", "connect", "check_port_firewall", func(m *config.Mailbox, _ *config.SMTP) { m.Address = "127.0.0.1:1" }},
		{"other certificate", "inkasso", "tls", "compare_fingerprint", func(m *config.Mailbox, _ *config.SMTP) { m.Fingerprint = strings.Repeat("ab", 32) }},
		{"unknown authority", "inkasso", "tls", "check_certificate_or_ca_file", func(m *config.Mailbox, _ *config.SMTP) { m.Fingerprint = "" }},
		{"wrong user", "inkasso", "login", "check_user_and_secret", func(m *config.Mailbox, _ *config.SMTP) { m.Username = "niemand@agentur.example" }},
		{"no such folder", "inkasso", "folder", "check_folder_name_or_rights", func(m *config.Mailbox, _ *config.SMTP) { m.Folders = []string{"Eingang"} }},
		{"read only", "inkasso", "rights", "ask_for_write_access", func(m *config.Mailbox, _ *config.SMTP) { m.Folders, m.After = []string{"Lesen"}, "keyword" }},
		{"no target folder", "inkasso", "rights", "create_target_folder", func(m *config.Mailbox, _ *config.SMTP) { m.After = "move:Erledigt" }},
		{"no sent folder", "inkasso", "sent", "set_sent_folder", func(m *config.Mailbox, _ *config.SMTP) { m.SentFolder = "Ausgang" }},
		{"full", "inkasso", "quota", "free_space_in_mailbox", func(m *config.Mailbox, _ *config.SMTP) { m.Username = mailtest.FullUser }},
		{"smtp away", "smtp", "connect", "check_port_firewall", func(_ *config.Mailbox, s *config.SMTP) { s.Address = "127.0.0.1:1" }},
		{"smtp certificate", "smtp", "tls", "check_certificate_or_ca_file", func(_ *config.Mailbox, s *config.SMTP) { s.Fingerprint = strings.Repeat("ab", 32) }},
		{"smtp wrong user", "smtp", "login", "check_user_and_secret", func(_ *config.Mailbox, s *config.SMTP) { s.Username = "niemand@agentur.example" }},
	} {
		t.Run(x.name, func(t *testing.T) {
			reconfigure(t, home, func(c *config.Config) {
				box, server := well.Mailboxes[0], *well.SMTP
				c.Mailboxes[0], c.SMTP = box, &server
				x.change(&c.Mailboxes[0], c.SMTP)
			})
			if x.name == "full" {
				fillUp(t, home)
			}
			l, ok := diagnosis(t, home, x.part)[x.check]
			if !ok || l.OK || l.Advice != x.advice {
				t.Errorf("%s: %+v, want the advice %s", x.check, l, x.advice)
			}
			if (&globals{lang: "de"}).advice(x.advice) == " → "+x.advice {
				t.Errorf("the advice %s has no words", x.advice)
			}
		})
	}
}

// fillUp appends a mail that the mailbox's quota just holds.
func fillUp(t *testing.T, home string) {
	t.Helper()
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }() // nothing is written
	box, err := a.imapBox(&a.cfg.Mailboxes[0])
	if err != nil {
		t.Fatal(err)
	}
	raw := []byte("Subject: x\r\n\r\n" + strings.Repeat(strings.Repeat("v", 70)+"\r\n", 138))
	if err := box.Append(t.Context(), "INBOX", raw, nil, a.g.now()); err != nil {
		t.Fatal(err)
	}
}
