package oauth_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kontor/inbox/mailtest"
	"kontor/inbox/oauth"
)

func config(o *mailtest.Operator, flow oauth.Flow, kept *[]string) oauth.Config {
	return oauth.Config{
		Provider: oauth.Provider{TokenURL: o.URL + "/token", DeviceURL: o.URL + "/device", Scopes: []string{"mail"}, AppScopes: []string{"app"}},
		Flow:     flow, ClientID: "kontor", ClientSecret: mailtest.ClientSecret, Now: time.Now,
		Load: func(context.Context) (string, error) {
			if len(*kept) == 0 {
				return "", nil
			}
			return (*kept)[len(*kept)-1], nil
		},
		Keep: func(_ context.Context, r string) error { *kept = append(*kept, r); return nil },
	}
}

func source(t *testing.T, cfg oauth.Config) *oauth.Source {
	t.Helper()
	s, err := oauth.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func token(t *testing.T, s *oauth.Source, want string) {
	t.Helper()
	if got, err := s.Token(t.Context()); err != nil || got != want {
		t.Errorf("token %q, %v, want %q", got, err, want)
	}
}

func TestDeviceFlowThenRefresh(t *testing.T) {
	o := mailtest.StartOperator(t)
	o.Expect("", 1)
	var kept []string
	now := time.Now()
	cfg := config(o, oauth.Device, &kept)
	cfg.Now = func() time.Time { return now }
	s := source(t, cfg)
	if _, err := s.Token(t.Context()); !errors.Is(err, oauth.ErrLogin) {
		t.Fatalf("error %v before the login, want ErrLogin", err)
	}
	var shown []oauth.Prompt
	if err := s.LogIn(t.Context(), func(p oauth.Prompt) { shown = append(shown, p) }); err != nil {
		t.Fatal(err)
	}
	if len(shown) != 1 || strings.Contains(shown[0].Code.String(), "\x1b") || shown[0].URL.String() != "https://anmelden.example/geraet" {
		t.Errorf("shown %+v, want one clean prompt", shown)
	}
	token(t, s, "zugang-1")
	token(t, s, "zugang-1") // still good
	now = now.Add(59 * time.Minute)
	token(t, s, "zugang-2") // renewed before its end
	s.Forget()
	token(t, s, "zugang-3")
	if got := strings.Join(kept, " "); got != "frisch-1 frisch-2 frisch-3" {
		t.Errorf("kept refresh tokens %q, want each rotation", got)
	}
	// A new process goes on with the refresh token alone.
	token(t, source(t, cfg), "zugang-4")
	// What it stored is what the first one goes on with.
	s.Forget()
	token(t, s, "zugang-5")
}

func TestClientCredentials(t *testing.T) {
	o := mailtest.StartOperator(t)
	var kept []string
	token(t, source(t, config(o, oauth.ClientCredentials, &kept)), "zugang-1")
	if len(kept) != 0 {
		t.Errorf("kept %q, want nothing", kept)
	}
	wrong := config(o, oauth.ClientCredentials, &kept)
	wrong.ClientSecret = "falsch"
	if _, err := source(t, wrong).Token(t.Context()); err == nil || errors.Is(err, oauth.ErrLogin) {
		t.Errorf("error %v, want the operator's refusal", err)
	}
}

func TestRefusalsAskForALoginAndHoldNoSecret(t *testing.T) {
	for code, login := range map[string]bool{"invalid_grant": true, "interaction_required": true, "temporarily_unavailable": false} {
		o := mailtest.StartOperator(t)
		o.Break(code)
		kept := []string{"frisch-0"}
		cfg := config(o, oauth.Device, &kept)
		_, err := source(t, cfg).Token(t.Context())
		if err == nil || errors.Is(err, oauth.ErrLogin) != login {
			t.Errorf("%s: error %v, want a login: %t", code, err, login)
			continue
		}
		if s := err.Error(); strings.Contains(s, "geheim") || strings.Contains(s, "frisch") || strings.Contains(s, "\x1b") {
			t.Errorf("%s: error holds what it must not: %q", code, s)
		}
	}
}

func TestNoTokenWhereTheNewRefreshTokenIsLost(t *testing.T) {
	o := mailtest.StartOperator(t)
	o.Expect("frisch-0", 0)
	kept := []string{"frisch-0"}
	cfg := config(o, oauth.Device, &kept)
	full := errors.New("disk full")
	cfg.Keep = func(context.Context, string) error { return full }
	if got, err := source(t, cfg).Token(t.Context()); !errors.Is(err, full) || got != "" {
		t.Errorf("token %q, %v, want the failure to keep", got, err)
	}
}

func TestProviders(t *testing.T) {
	for _, bad := range []string{"", "a/b", "x?y", "a b"} {
		if _, err := oauth.Microsoft(bad); err == nil {
			t.Errorf("tenant %q was accepted", bad)
		}
	}
	p, err := oauth.Microsoft("agentur.example")
	if err != nil || !strings.HasPrefix(p.TokenURL, "https://") || len(p.AppScopes) == 0 {
		t.Errorf("provider %+v, %v", p, err)
	}
	if g := oauth.Google(); g.TokenURL == "" || len(g.AppScopes) != 0 {
		t.Errorf("provider %+v, want no app scopes", g)
	}
}

func TestSASL(t *testing.T) {
	cred := oauth.Credentials{Username: "a,b=c@agentur.example", Secret: "zugang", Host: "mail.example", Port: 993}
	for method, want := range map[string]string{
		"plain":       "\x00a,b=c@agentur.example\x00zugang",
		"xoauth2":     "user=a,b=c@agentur.example\x01auth=Bearer zugang\x01\x01",
		"oauthbearer": "n,a=a=2Cb=3Dc@agentur.example,\x01host=mail.example\x01port=993\x01auth=Bearer zugang\x01\x01",
	} {
		c, err := oauth.Client(method, cred)
		if err != nil {
			t.Fatal(err)
		}
		if _, first, err := c.Start(); err != nil || string(first) != want {
			t.Errorf("%s starts with %q, %v, want %q", method, first, err, want)
		}
		if !oauth.Token(method) {
			continue
		}
		if answer, err := c.Next([]byte(`{"status":"401\u001b","scope":"x"}`)); err != nil || strings.Trim(string(answer), "\x01") != "" {
			t.Errorf("%s answers the error challenge with %q, %v", method, answer, err)
		}
		if got := oauth.Refusal(c); !strings.HasPrefix(got, "401") || strings.Contains(got, "\x1b") {
			t.Errorf("%s was refused with %q, want the clean status", method, got)
		}
		if _, err := c.Next(nil); err == nil {
			t.Errorf("%s answers a second challenge", method)
		}
	}
	if _, err := oauth.Client("plain", oauth.Credentials{Username: "a", Secret: "b\x00c"}); err == nil {
		t.Error("a secret with NUL was accepted")
	}
	if s := fmt.Sprintf("%v %+v %#v", cred, cred, cred); strings.Contains(s, "zugang") {
		t.Errorf("printing shows the secret: %s", s)
	}
}
