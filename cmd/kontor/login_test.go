package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/inbox/mailtest"
)

// oauthHome writes a home with one mailbox and its SMTP server.
func oauthHome(t *testing.T, o *mailtest.Operator, d *mailtest.Dovecot, p *mailtest.Postfix, imapAuth, smtpAuth, flow string) string {
	t.Helper()
	home := t.TempDir()
	source := fmt.Sprintf("provider = \"other\"\nflow = %q\nclient_id = \"kontor\"\nscopes = [\"mail\"]\ntoken_url = \"%s/token\"\ndevice_url = \"%s/device\"\n", flow, o.URL, o.URL)
	if flow == "client_credentials" {
		source += "client_secret_file = \"app.secret\"\n"
	} else {
		source += "token_file = \"mail.token\"\n"
	}
	cfg := fmt.Sprintf(`config_version = 1
passphrase_file = "passphrase"
lang = "en"
[agency]
name = "Forderungsservice Nordlicht GmbH"
[[mailbox]]
name = "inkasso"
address = %q
security = "starttls"
fingerprint = %q
username = %q
auth = %q
[mailbox.oauth]
%s[mailbox.smtp]
address = %q
security = "tls"
fingerprint = %q
username = %q
auth = %q
from = "Forderungsservice <%s>"
[mailbox.smtp.oauth]
%s`, d.Addr, d.Cert.Fingerprint, mailtest.User, imapAuth, source, p.TLSAddr, p.Cert.Fingerprint, mailtest.User, smtpAuth, mailtest.User, source)
	for file, text := range map[string]string{"config.toml": cfg, "passphrase": "ein Satz für den Test\n", "app.secret": mailtest.ClientSecret + "\n"} {
		if err := os.WriteFile(filepath.Join(home, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return home
}

// program runs the program on a home in this process.
func program(t *testing.T, home string, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), append([]string{"--home", home}, args...), nil, strings.NewReader(""), &out, &errs)
	if code != want {
		t.Fatalf("kontor %v: exit %d, want %d\n%s%s", args, code, want, out.String(), errs.String())
	}
	for _, s := range []string{out.String(), errs.String()} {
		if strings.Contains(s, "zugang-") || strings.Contains(s, "frisch-") || strings.Contains(s, "geheim") || strings.Contains(s, "\x1b") {
			t.Errorf("kontor %v shows what it must not: %q", args, s)
		}
	}
	return out.String(), errs.String()
}

// TestOAuth goes from a config to mails pulled and sent, with a person who
// confirms a code, over real servers that ask the operator about each token.
func TestOAuth(t *testing.T) {
	t.Parallel()
	o := mailtest.StartOperator(t)
	d := mailtest.StartDovecot(t, o.URL+"/introspect")
	p := mailtest.StartPostfix(t, d)
	d.Fill("INBOX", 3, func(i int) []byte {
		return fmt.Appendf(nil, "From: petra@post.example\r\nSubject: Frage %d\r\nMessage-ID: <%d@post.example>\r\n\r\nGuten Tag\r\n", i, i)
	})
	for _, x := range []struct{ imap, smtp string }{{"xoauth2", "oauthbearer"}, {"oauthbearer", "xoauth2"}} {
		t.Run("device "+x.imap+" "+x.smtp, func(t *testing.T) {
			o.Expect("", 1)
			home := oauthHome(t, o, d, p, x.imap, x.smtp, "device")
			program(t, home, 0, "init", "--yes")
			if _, errs := program(t, home, 1, "pull"); !strings.Contains(errs, "kontor login") {
				t.Errorf("pull before the login says %q, want what to do", errs)
			}
			if out, _ := program(t, home, 1, "doctor"); !strings.Contains(out, "→ kontor login") {
				t.Errorf("doctor before the login says %s", out)
			}
			program(t, home, 2, "login", "nirgends")
			out, _ := program(t, home, 0, "--json", "login")
			if !strings.Contains(out, `"url":"https://anmelden.example/geraet"`) || !strings.Contains(out, `"accounts":["inkasso","inkasso/smtp"]`) {
				t.Errorf("login says %s, want address, code and both accounts", out)
			}
			checkOAuth(t, o, home, p)
			if st, err := os.Stat(filepath.Join(home, "mail.token")); err != nil || st.Mode().Perm() != 0o600 {
				t.Errorf("the refresh token lies in a file of mode %v, %v", st, err)
			}
			// The operator ends the login: a person must confirm again.
			o.Expect("", 0)
			o.Revoke()
			program(t, home, 1, "pull")
			program(t, home, 0, "login", "inkasso/smtp")
			program(t, home, 0, "pull")
		})
	}
	t.Run("client credentials", func(t *testing.T) {
		home := oauthHome(t, o, d, p, "xoauth2", "xoauth2", "client_credentials")
		program(t, home, 0, "init", "--yes")
		if _, errs := program(t, home, 1, "login"); !strings.Contains(errs, "flow") {
			t.Errorf("login says %q, want that nobody needs to", errs)
		}
		checkOAuth(t, o, home, p)
	})
	t.Run("refresh", func(t *testing.T) {
		o.Expect("frisch-fremd", 0)
		home := oauthHome(t, o, d, p, "oauthbearer", "oauthbearer", "refresh")
		if err := os.WriteFile(filepath.Join(home, "mail.token"), []byte("frisch-fremd\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		program(t, home, 0, "init", "--yes")
		checkOAuth(t, o, home, p)
	})
}

// checkOAuth pulls, sends and checks with tokens, also after the operator
// revoked one that was still good by its date.
func checkOAuth(t *testing.T, o *mailtest.Operator, home string, p *mailtest.Postfix) {
	t.Helper()
	if out, _ := program(t, home, 0, "--json", "pull"); !strings.Contains(out, `"fetched":3,"new":3`) {
		t.Errorf("pull says %s, want 3 mails", out)
	}
	out, _ := program(t, home, 1, "--json", "doctor") // the store has no backup yet
	for line := range strings.Lines(out) {
		if strings.Contains(line, `"part":"inkasso"`) || strings.Contains(line, `"part":"smtp inkasso"`) {
			if !strings.Contains(line, `"ok":true`) {
				t.Errorf("doctor says %s", line)
			}
		}
	}
	for _, want := range []string{`"part":"inkasso","check":"login","ok":true`, `"part":"smtp inkasso","check":"login","ok":true`, `"check":"quota","ok":true`, `"check":"sent","ok":true`} {
		if !strings.Contains(out, want) {
			t.Errorf("doctor does not say %s:\n%s", want, out)
		}
	}
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }() // nothing is written
	box, err := a.imapBox(&a.cfg.Mailboxes[0])
	if err != nil {
		t.Fatal(err)
	}
	snd, _, err := a.smtpSender("inkasso", a.cfg.Mailboxes[0].SMTP)
	if err != nil {
		t.Fatal(err)
	}
	pull := func() error {
		_, err := box.FindMessageID(t.Context(), "1@post.example")
		return err
	}
	send := func() error {
		c, err := snd.Dial(t.Context())
		if err != nil {
			return err
		}
		defer c.Close(t.Context())
		raw := "From: " + mailtest.User + "\r\nTo: petra@post.example\r\nSubject: Test\r\nMessage-ID: <1@agentur.example>\r\n\r\nHallo\r\n"
		_, err = c.Send(t.Context(), "petra@post.example", []byte(raw), func(context.Context) error { return nil })
		return err
	}
	before := len(p.Mails())
	for name, do := range map[string]func() error{"imap": pull, "smtp": send} {
		if err := do(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		o.Revoke()
		if err := do(); err == nil || strings.Contains(err.Error(), "zugang") {
			t.Errorf("%s took a revoked token, or the error shows it: %v", name, err)
		}
		if err := do(); err != nil {
			t.Errorf("%s, after a token was refused: %v, want a fresh one", name, err)
		}
	}
	for deadline := time.Now().Add(20 * time.Second); len(p.Mails()) < before+2; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d mails arrived, want 2", len(p.Mails())-before)
		}
	}
}
