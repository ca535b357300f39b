package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/cmd/kontor/internal/config"
	"kontor/inbox/mailtest"
)

// initAnswers types answers into kontor init and returns the config that it
// wrote and what it said.
func initAnswers(t *testing.T, answers ...string) (*config.Config, string) {
	t.Helper()
	home := filepath.Join(t.TempDir(), "home")
	pass := filepath.Join(t.TempDir(), "pass")
	if err := os.WriteFile(pass, []byte("ein-langes-Kennwort-7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	code := run(t.Context(), []string{"--home", home, "--passphrase-file", pass, "--lang", "de", "init"}, nil, strings.NewReader(strings.Join(answers, "\n")+"\n"), &out, &said)
	if code != exitOK {
		t.Fatalf("exit %d: %s", code, said.String())
	}
	c, err := config.Load(filepath.Join(home, "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	return c, said.String()
}

// TestInitAsksWhoVouches sets up a house whose servers have certificates of
// their own authority and whose mails say who checked them.
func TestInitAsksWhoVouches(t *testing.T) {
	t.Parallel()
	d := mailtest.StartDovecot(t, "")
	p := mailtest.StartPostfix(t, d)
	d.Fill("INBOX", 3, func(int) []byte {
		return []byte("Authentication-Results: mx.agentur.example;\r\n dmarc=pass header.from=post.example\r\nReceived: from mail.post.example by mx.agentur.example with ESMTPS\r\nSubject: x\r\n\r\nx\r\n")
	})
	agency := []string{"Muster Inkasso GmbH", "", "", "", "", "", "", "", "Eva Muster"}
	box := []string{mailtest.User, d.TLSAddr, "tls", mailtest.User, mailtest.Password, d.Cert.CertFile}
	smtp := []string{p.TLSAddr, "tls", mailtest.User, mailtest.Password, "Muster <" + mailtest.User + ">"}
	if d.Cert.CertFile != p.Cert.CertFile {
		smtp = append(smtp, p.Cert.CertFile)
	}
	for _, tc := range []struct{ name, answer, want string }{
		{"as proposed", "", "mx.agentur.example"},
		{"none", "keiner", ""},
		{"another", "auth.agentur.example", "auth.agentur.example"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var all []string
			for _, part := range [][]string{agency, box, {tc.answer}, smtp, {""}} {
				all = append(all, part...)
			}
			c, said := initAnswers(t, all...)
			m := c.Mailboxes[0]
			if m.AuthServID != tc.want || m.CAFile != d.Cert.CertFile || c.SMTP.CAFile != p.Cert.CertFile {
				t.Errorf("authserv_id %q, ca_file %q and %q, want %q, %q and %q\n%s", m.AuthServID, m.CAFile, c.SMTP.CAFile, tc.want, d.Cert.CertFile, p.Cert.CertFile, said)
			}
			if !strings.Contains(said, "Neueste Mails prüfte mx.agentur.example") || !strings.Contains(said, "unbekannten Stelle") {
				t.Errorf("what it said:\n%s", said)
			}
		})
	}
}
