package main

import (
	"bytes"
	"encoding/base64"
	bits "encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"kontor/cmd/kontor/internal/demo"
)

// plants makes strings that occur nowhere else and remembers them.
type plants struct {
	r   *rand.Rand
	all []string
}

func (p *plants) add(s string) string {
	p.all = append(p.all, s)
	return s
}

// word is made of letters alone, so that a name, a street or a mail can hold it.
func (p *plants) word() string {
	b := []byte("Q")
	for range 11 {
		b = append(b, byte('a'+p.r.IntN(26)))
	}
	return p.add(string(b) + "ß")
}

func (p *plants) ascii() string {
	w := strings.ToLower(p.word())
	return p.add(strings.TrimSuffix(w, "ß"))
}

// amount is a sum in cents, planted as it is stored and as it is written. Small
// numbers would occur by chance.
func (p *plants) amount() int {
	c := 100_000_000 + p.r.IntN(800_000_000)
	p.add(fmt.Sprint(c))
	p.add(fmt.Sprintf("%d.%03d.%03d,%02d", c/100_000_000, c/100_000%1000, c/100%1000, c%100))
	return c
}

// forms are the ways in which a string may lie in a file: UTF-8, UTF-16 in both
// orders, base64 at each of its three phases.
func forms(s string) [][]byte {
	u := utf16.Encode([]rune(s))
	le, be := make([]byte, 2*len(u)), make([]byte, 2*len(u))
	for i, c := range u {
		bits.LittleEndian.PutUint16(le[2*i:], c)
		bits.BigEndian.PutUint16(be[2*i:], c)
	}
	out := [][]byte{[]byte(s), le, be}
	for phase := range 3 {
		cut := []byte(s)[phase:]
		if cut = cut[:len(cut)/3*3]; len(cut) >= 6 {
			out = append(out, []byte(base64.StdEncoding.EncodeToString(cut)))
		}
	}
	return out
}

// TestNothingInClear does a day's work in a home whose cases and mails are full
// of planted strings, and finds none of them in any file of the home or the
// folder for temporary files; what was sent, in demo/sink, apart.
func TestNothingInClear(t *testing.T) {
	p := &plants{r: rand.New(rand.NewPCG(11, 3))}
	home, tmp := filepath.Join(t.TempDir(), "home"), t.TempDir()
	binary(t) // built before, for its folder outlives this test
	t.Setenv("TMPDIR", tmp)
	t.Setenv("EDITOR", "true")
	if err := cheapHome(t.Context(), home, 5, 0); err != nil {
		t.Fatal(err)
	}

	cfg := filepath.Join(home, "config.toml")
	b, err := os.ReadFile(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(cfg, bytes.Replace(b, []byte("undo = '15s'"), []byte("undo = '0s'"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	imapAddr, smtpAddr := a.cfg.Demo.IMAP, a.cfg.Demo.SMTP
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	srv, err := demo.Start(t.Context(), imapAddr, smtpAddr, filepath.Join(home, "demo"), 5)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = srv.Close() }()

	// Cases come from a file outside of the home, mails from the server.
	const n = 12
	file := filepath.Join(t.TempDir(), "cases.ndjson")
	var rows bytes.Buffer
	var refs []string
	enc := json.NewEncoder(&rows)
	for i := range n {
		ref := p.add(fmt.Sprintf("K-2026-%06d", 870_000+p.r.IntN(100_000)))
		refs = append(refs, ref)
		name, addr := "Anna "+p.word(), p.ascii()+"@example.org"
		if err := enc.Encode(map[string]any{
			"reference": ref, "opened": "2026-09-01", "stage": "collection", "subject": "Lieferung " + p.word(),
			"creditor": map[string]any{"name": p.word() + " GmbH"},
			"debtor":   map[string]any{"name": name, "email": addr, "email_confirmed": true, "postal": p.word() + "weg 1, 22115 Hamburg", "phone": "040 " + p.add(fmt.Sprint(700_000_000+p.r.IntN(90_000_000)))},
			"claims":   []map[string]any{{"id": "1", "kind": "ordinary", "invoice": p.ascii(), "subject": p.word(), "principal_cents": p.amount(), "invoice_date": "2026-06-01", "due": "2026-07-01", "default": "2026-08-01"}},
		}); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-time.Duration(i+1) * time.Hour)
		raw := fmt.Sprintf("From: %s <%s>\r\nTo: %s\r\nSubject: %s %s\r\nMessage-ID: <%s@example.org>\r\nDate: %s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGuten Tag,\r\nich kann 50 Euro monatlich zahlen, denn %s und %s.\r\n%s\r\n",
			name, addr, demo.Inbox, ref, p.word(), p.ascii(), at.Format(time.RFC1123Z), p.word(), p.word(), name)
		if err := srv.Deliver([]byte(raw), at); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(file, rows.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	kontor(t, 0, "--home", home, "--json", "--log-level", "debug", "import", "cases", file)
	if got := kontor(t, 0, "--home", home, "--log-level", "debug", "--json", "pull")[0]; got["matched"] != float64(n) {
		t.Fatalf("pull: %v", got)
	}

	// A day at the screen: search, typed drafts and notes, an approval, the end.
	s := start(t, 120, 40, "--home", home, "--log-level", "debug")
	s.see("Neue Antworten")
	s.keys("/" + p.ascii())
	s.see(p.all[len(p.all)-1])
	s.wait("the queue again", func(v string) bool {
		if strings.Contains(v, "Neue Antworten") {
			return true
		}
		s.keys("\x1b")
		time.Sleep(200 * time.Millisecond)
		return false
	})
	s.keys("\r")
	s.see("Entwurf")
	s.keys("e")
	typed := p.ascii()
	s.keys(typed)
	s.see(typed)
	time.Sleep(1500 * time.Millisecond) // typed text is kept after a short rest
	s.keys("\x1b")
	if err := s.cmd.Process.Kill(); err != nil { // what a crash leaves behind is searched too
		t.Fatal(err)
	}
	<-s.done
	app, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	pass, _, err := app.passphrase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := app.open(t.Context(), pass); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if worked, err := approveOne(t.Context(), app); err != nil || !worked {
			t.Fatalf("approve: %v, %v", worked, err)
		}
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	if got := kontor(t, 0, "--home", home, "--log-level", "debug", "--json", "send")[0]; got["sent"].(float64) < 1 {
		t.Fatalf("send: %v", got)
	}
	kontor(t, 0, "--home", home, "--json", "backup", filepath.Join(home, "backup.kb"))
	kontor(t, 1, "--home", home, "--log-level", "debug", "case", p.ascii())
	kontor(t, 0, "--home", home, "--log-level", "debug", "--json", "case", refs[0])

	if len(p.all) < 200 {
		t.Fatalf("%d strings planted", len(p.all))
	}
	var needles [][]byte
	for _, s := range p.all {
		needles = append(needles, forms(s)...)
	}
	files := 0
	for _, root := range []string{home, tmp} {
		files += search(t, root, needles)
	}
	// The search itself finds what is there.
	if sink := filepath.Join(home, "demo", "sink"); len(sunk(t, sink)) == 0 {
		t.Error("nothing lies in the sink")
	}
	for _, name := range []string{"kontor.db", "backup.kb"} {
		if !exists(filepath.Join(home, name)) {
			t.Errorf("%s was not searched", name)
		}
	}
	t.Logf("%d strings in %d forms, %d files", len(p.all), len(needles), files)
}

// search reports every needle found below root, but for the sink.
func search(t *testing.T, root string, needles [][]byte) (files int) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "sink" {
				return fs.SkipDir
			}
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for _, n := range needles {
			if bytes.Contains(b, n) || bytes.Contains([]byte(path), n) {
				t.Errorf("%s holds %q", path, n)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
