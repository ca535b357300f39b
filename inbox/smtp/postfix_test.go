package smtp_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/inbox/mailtest"
	"kontor/inbox/smtp"
)

// TestPostfix sends over a real server in all ways to log in and connect.
func TestPostfix(t *testing.T) {
	tokens := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		active := r.FormValue("token") == "zugang-1"
		fmt.Fprintf(w, `{"active":"%t","username":%q}`, active, user)
	}))
	t.Cleanup(tokens.Close)
	p := mailtest.StartPostfix(t, mailtest.StartDovecot(t, tokens.URL))
	sent := 0
	for _, auth := range []string{"plain", "login", "xoauth2", "oauthbearer"} {
		for _, way := range []struct {
			name   string
			change func(*smtp.Config)
			bad    bool
		}{
			{"plain", func(*smtp.Config) {}, false},
			{"starttls", func(c *smtp.Config) { c.Security, c.CAFile = "starttls", p.Cert.CertFile }, false},
			{"tls pinned", func(c *smtp.Config) { c.Address, c.Security, c.Fingerprint = p.TLSAddr, "tls", p.Cert.Fingerprint }, false},
			{"tls unknown", func(c *smtp.Config) { c.Address, c.Security = p.TLSAddr, "tls" }, true},
			{"starttls unknown", func(c *smtp.Config) { c.Security = "starttls" }, true},
			{"wrong secret", func(c *smtp.Config) { c.Secret = func(context.Context) (string, error) { return "falsch", nil } }, true},
		} {
			t.Run(auth+"/"+way.name, func(t *testing.T) {
				cfg := config(p.Addr)
				cfg.Auth = auth
				if strings.Contains(auth, "oauth") {
					cfg.Secret = func(context.Context) (string, error) { return "zugang-1", nil }
				}
				way.change(&cfg)
				c, err := open(t, cfg).Dial(t.Context())
				if (err != nil) != way.bad {
					t.Fatalf("error %v, want one: %t", err, way.bad)
				}
				if err != nil {
					return
				}
				defer c.Close(context.Background())
				if _, err := c.Send(t.Context(), "petra@post.example", []byte(mail), ready); err != nil {
					t.Fatal(err)
				}
				sent++
			})
		}
	}
	t.Run("refusals", func(t *testing.T) {
		s := open(t, config(p.Addr))
		c := dial(t, s)
		for to, want := range map[string]int{"grau@post.example": 450, "niemand@post.example": 550} {
			_, err := c.Send(t.Context(), to, []byte(mail), ready)
			if e, ok := errors.AsType[*cases.SendError](err); !ok || e.Code != want || e.Phase != cases.PhaseRcpt || e.Temp != (want == 450) {
				t.Errorf("%s: error %v, want %d at rcpt", to, err, want)
			}
		}
		for _, to := range []string{"petra@post.example", "grau@post.example"} { // the second try of the greylisted one
			if _, err := c.Send(t.Context(), to, []byte(mail), ready); err != nil {
				t.Errorf("the next mail on the connection, to %s: %v", to, err)
			}
			sent++
		}
		for _, f := range s.Check(t.Context()) {
			if !f.OK {
				t.Errorf("check says %+v", f)
			}
		}
	})
	deadline := time.After(20 * time.Second)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for len(p.Mails()) < sent {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("%d mails delivered, want %d", len(p.Mails()), sent)
		}
	}
	for _, got := range p.Mails() {
		// A Maildir holds LF line ends.
		if !strings.HasSuffix(got, strings.ReplaceAll(mail, "\r\n", "\n")) {
			t.Errorf("mail arrived as %q", got)
		}
	}
}

// TestConnectionCutAtEachLine cuts a dialogue with a sink at each line: the
// server takes at most one mail, and whoever is told a failure before the dot
// may rely on none.
func TestConnectionCutAtEachLine(t *testing.T) {
	for line := int64(1); line < 30; line++ {
		srv := startSink(t, nil)
		proxy := mailtest.StartProxy(t, srv.addr, func(int) mailtest.Cut { return mailtest.Cut{Lines: line} })
		var err error
		c, err := open(t, config(proxy.Addr)).Dial(t.Context())
		if err == nil {
			_, err = c.Send(t.Context(), "petra@post.example", []byte(mail), ready)
			c.Close(t.Context())
		}
		e, failed := errors.AsType[*cases.SendError](err)
		switch n := len(srv.got()); {
		case err != nil && !failed:
			t.Errorf("line %d: error %v, want a SendError", line, err)
		case n > 1, err == nil && n != 1, failed && !e.Unknown() && n != 0:
			t.Errorf("line %d: server took %d mails, the sender was told %v", line, n, err)
		}
	}
}

// numbered is a mail with a Message-ID of its own.
func numbered(id string) []byte {
	return []byte("From: inkasso@agentur.example\r\nTo: petra@post.example\r\nSubject: Test\r\nMessage-ID: <" + id + "@agentur.example>\r\n\r\nHallo\r\n")
}

// arrived counts the delivered mails by the number in their Message-ID, once
// the one with last is among them.
func arrived(t *testing.T, p *mailtest.Postfix, last string) map[string]int {
	t.Helper()
	deadline := time.After(20 * time.Second)
	tick := time.NewTicker(30 * time.Millisecond)
	defer tick.Stop()
	for {
		got := map[string]int{}
		for _, raw := range p.Mails() {
			_, id, _ := strings.Cut(raw, "Message-ID: <")
			id, _, _ = strings.Cut(id, "@")
			got[id]++
		}
		if got[last] > 0 {
			return got
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("mail %s does not arrive; there are %v", last, got)
		}
	}
}

// TestPostfixCutAtEachLine cuts the dialogue with a real server after each of
// its lines, the final dot among them: a success is one mail in the box, a
// failure before the dot is none, and unknown is at most one.
func TestPostfixCutAtEachLine(t *testing.T) {
	t.Parallel()
	p := mailtest.StartPostfix(t, mailtest.StartDovecot(t, ""))
	outcome := map[string]error{}
	for line := int64(1); line <= 45; line++ {
		id := fmt.Sprint(line)
		proxy := mailtest.StartProxy(t, p.Addr, func(int) mailtest.Cut { return mailtest.Cut{Lines: line} })
		c, err := open(t, config(proxy.Addr)).Dial(t.Context())
		if err == nil {
			_, err = c.Send(t.Context(), "petra@post.example", numbered(id), ready)
			c.Close(t.Context())
		}
		outcome[id] = err
	}
	checkOutcomes(t, p, outcome)
}

// TestPostfixKilled kills the server in each phase of a mail, and after it is
// back what must not be doubled is not, and the next mail goes through.
func TestPostfixKilled(t *testing.T) {
	t.Parallel()
	p := mailtest.StartPostfix(t, mailtest.StartDovecot(t, ""))
	outcome := map[string]error{}
	for _, line := range []int64{1, 3, 12, 16, 17, 18, 19, 20, 24, 25, 26} {
		id := fmt.Sprint("kill", line)
		proxy := mailtest.StartProxy(t, p.Addr, func(int) mailtest.Cut { return mailtest.Cut{Lines: line, Do: p.Kill} })
		c, err := open(t, config(proxy.Addr)).Dial(t.Context())
		if err == nil {
			_, err = c.Send(t.Context(), "petra@post.example", numbered(id), ready)
			c.Close(t.Context())
		}
		outcome[id] = err
		p.Kill() // where the dialogue was over before
		p.Restart()
	}
	checkOutcomes(t, p, outcome)
}

func checkOutcomes(t *testing.T, p *mailtest.Postfix, outcome map[string]error) {
	t.Helper()
	if _, err := dial(t, open(t, config(p.Addr))).Send(t.Context(), "petra@post.example", numbered("last"), ready); err != nil {
		t.Fatal(err)
	}
	got := arrived(t, p, "last")
	states := map[string]int{}
	for id, err := range outcome {
		e, failed := errors.AsType[*cases.SendError](err)
		switch {
		case err == nil:
			states["sent"]++
		case !failed:
			t.Errorf("%s: error %v, want a SendError", id, err)
			continue
		case e.Unknown():
			states["unknown"]++
		default:
			states[string(e.Phase)]++
		}
		switch n := got[id]; {
		case n > 1, err == nil && n != 1, failed && !e.Unknown() && n != 0:
			t.Errorf("%s: %d mails in the box, the sender was told %v", id, n, err)
		case failed && e.Unknown() && n == 1:
			states["unknown, but there"]++
		}
	}
	t.Logf("outcomes %v", states)
	for _, want := range []string{"connect", "unknown"} {
		if states[want] == 0 {
			t.Errorf("no dialogue ended as %s: the test missed it", want)
		}
	}
}
