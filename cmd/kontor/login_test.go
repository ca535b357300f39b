package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/inbox/mailtest"
)

// operator is a mail operator's OAuth server in small. It replaces the refresh
// token at each use and takes a replaced one for stolen, as real ones do.
type operator struct {
	url string

	mu      sync.Mutex
	refresh string
	pending int // polls until the person has confirmed
	issued  int
	void    map[string]bool // access tokens revoked before their end
	grants  []string
}

func startOperator(t *testing.T) *operator {
	t.Helper()
	o := &operator{pending: 1, void: map[string]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /device", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{
			"device_code": "geraet", "user_code": "ABCD-\x1b]0;EFGH", "verification_uri": "https://anmelden.example/geraet",
			"expires_in": 900, "interval": 1,
		})
	})
	mux.HandleFunc("POST /token", o.token)
	mux.HandleFunc("POST /introspect", o.introspect) // asked by the mail server
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	o.url = srv.URL
	return o
}

func answer(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client sees what is missing
}

func (o *operator) token(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	grant := r.FormValue("grant_type")
	o.grants = append(o.grants, grant)
	refuse := func(code string) { answer(w, http.StatusBadRequest, map[string]any{"error": code}) }
	switch {
	case strings.HasSuffix(grant, "device_code"):
		if o.pending--; o.pending >= 0 {
			refuse("authorization_pending")
			return
		}
	case grant == "refresh_token" && (o.refresh == "" || r.FormValue("refresh_token") != o.refresh):
		o.refresh = "" // reuse: the whole login is void
		refuse("invalid_grant")
		return
	case grant == "client_credentials":
		if _, secret, ok := r.BasicAuth(); !ok || secret != "geheim-77" {
			refuse("invalid_client")
			return
		}
	}
	o.issued++
	body := map[string]any{"access_token": fmt.Sprintf("zugang-%d", o.issued), "token_type": "Bearer", "expires_in": 3600}
	if grant != "client_credentials" {
		o.refresh = fmt.Sprintf("frisch-%d", o.issued)
		body["refresh_token"] = o.refresh
	}
	answer(w, http.StatusOK, body)
}

func (o *operator) introspect(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	token := r.FormValue("token")
	active := strings.HasPrefix(token, "zugang-") && !o.void[token]
	answer(w, http.StatusOK, map[string]any{"active": fmt.Sprint(active), "username": mailtest.User})
}

// revoke voids all access tokens of so far.
func (o *operator) revoke() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i := range o.issued {
		o.void[fmt.Sprintf("zugang-%d", i+1)] = true
	}
}

// oauthHome writes a home with one mailbox and its SMTP server.
func oauthHome(t *testing.T, o *operator, d *mailtest.Dovecot, p *mailtest.Postfix, imapAuth, smtpAuth, flow string) string {
	t.Helper()
	home := t.TempDir()
	source := fmt.Sprintf("provider = \"other\"\nflow = %q\nclient_id = \"kontor\"\nscopes = [\"mail\"]\ntoken_url = \"%s/token\"\ndevice_url = \"%s/device\"\n", flow, o.url, o.url)
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
	for file, text := range map[string]string{"config.toml": cfg, "passphrase": "ein Satz für den Test\n", "app.secret": "geheim-77\n"} {
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
	o := startOperator(t)
	d := mailtest.StartDovecot(t, o.url+"/introspect")
	p := mailtest.StartPostfix(t, d)
	d.Fill("INBOX", 3, func(i int) []byte {
		return fmt.Appendf(nil, "From: petra@post.example\r\nSubject: Frage %d\r\nMessage-ID: <%d@post.example>\r\n\r\nGuten Tag\r\n", i, i)
	})
	for _, x := range []struct{ imap, smtp string }{{"xoauth2", "oauthbearer"}, {"oauthbearer", "xoauth2"}} {
		t.Run("device "+x.imap+" "+x.smtp, func(t *testing.T) {
			o.mu.Lock()
			o.pending, o.refresh = 1, ""
			o.mu.Unlock()
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
			o.mu.Lock()
			o.refresh, o.pending = "", 0
			o.mu.Unlock()
			o.revoke()
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
		o.mu.Lock()
		o.refresh = "frisch-fremd"
		o.mu.Unlock()
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
func checkOAuth(t *testing.T, o *operator, home string, p *mailtest.Postfix) {
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
		o.revoke()
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
