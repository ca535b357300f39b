package smtp_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/inbox/smtp"
)

func TestSendKeepsEveryByte(t *testing.T) {
	srv := startSink(t, nil)
	c := dial(t, open(t, config(srv.addr)))
	for n := range 3 {
		dots := 0
		res, err := c.Send(t.Context(), "petra@post.example", []byte(mail), func(context.Context) error { dots++; return nil })
		if err != nil {
			t.Fatal(err)
		}
		if res.Code != 250 || !strings.Contains(res.Response, "queued as 4bXYZ") {
			t.Errorf("result %+v, want the server's words", res)
		}
		if dots != 1 {
			t.Errorf("beforeDot was called %d times, want once", dots)
		}
		got := srv.got()
		if len(got) != n+1 || got[n].data != mail {
			t.Fatalf("mail %d arrived as %q", n, got[len(got)-1].data)
		}
		if !strings.HasPrefix(got[n].from, "FROM:<inkasso@agentur.example>") || got[n].to != "TO:<petra@post.example>" {
			t.Errorf("envelope %q %q", got[n].from, got[n].to)
		}
	}
}

// TestEveryPhase lets the server fail at each step in each way and checks
// what the caller may conclude.
func TestEveryPhase(t *testing.T) {
	type want struct {
		phase         cases.Phase
		code          int
		temp, unknown bool
		alive         bool // the connection carries the next mail
		accepted      int  // at most
	}
	for name, tc := range map[string]struct {
		step, answer string
		want         want
	}{
		"greeting cut":     {"greeting", drop, want{phase: cases.PhaseConnect, temp: true}},
		"greeting busy":    {"greeting", "421 4.3.2 later", want{phase: cases.PhaseConnect, code: 421, temp: true}},
		"greeting never":   {"greeting", stall, want{phase: cases.PhaseConnect, temp: true}},
		"ehlo cut":         {"ehlo", drop, want{phase: cases.PhaseConnect, temp: true}},
		"auth cut":         {"auth", drop, want{phase: cases.PhaseAuth, temp: true}},
		"auth refused":     {"auth", "535 5.7.8 no", want{phase: cases.PhaseAuth, code: 535}},
		"auth not now":     {"auth", "454 4.7.0 later", want{phase: cases.PhaseAuth, code: 454, temp: true}},
		"mail cut":         {"mail", drop, want{phase: cases.PhaseMail, temp: true}},
		"mail refused":     {"mail", "550 5.7.1 not you", want{phase: cases.PhaseMail, code: 550, alive: true}},
		"mail never":       {"mail", stall, want{phase: cases.PhaseMail, temp: true}},
		"rcpt greylisted":  {"rcpt", "450 4.2.0 greylisted, try again", want{phase: cases.PhaseRcpt, code: 450, temp: true, alive: true}},
		"rcpt unknown":     {"rcpt", "550 5.1.1 no such user", want{phase: cases.PhaseRcpt, code: 550, alive: true}},
		"rcpt cut":         {"rcpt", drop, want{phase: cases.PhaseRcpt, temp: true}},
		"data refused":     {"data", "554 5.5.1 no", want{phase: cases.PhaseData, code: 554, alive: true}},
		"data cut":         {"data", drop, want{phase: cases.PhaseData, temp: true}},
		"data never":       {"data", stall, want{phase: cases.PhaseData, temp: true}},
		"dot cut":          {"dot", drop, want{phase: cases.PhaseDot, temp: true, unknown: true, accepted: 1}},
		"dot never":        {"dot", stall, want{phase: cases.PhaseDot, temp: true, unknown: true, accepted: 1}},
		"dot 4xx":          {"dot", "451 4.3.0 disk", want{phase: cases.PhaseDot, code: 451, temp: true, alive: true}},
		"dot 5xx":          {"dot", "554 5.7.1 spam", want{phase: cases.PhaseDot, code: 554, alive: true}},
		"dot 421":          {"dot", "421 4.3.2 closing", want{phase: cases.PhaseDot, code: 421, temp: true}},
		"dot senseless":    {"dot", "354 go on", want{phase: cases.PhaseDot, temp: true, unknown: true}},
		"dot no smtp":      {"dot", "hello", want{phase: cases.PhaseDot, temp: true, unknown: true}},
		"dot endless line": {"dot", strings.Repeat("2", 70000), want{phase: cases.PhaseDot, temp: true, unknown: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := startSink(t, func(step, normal string) string {
				if step == tc.step {
					return tc.answer
				}
				return normal
			})
			cfg := config(srv.addr)
			if tc.answer == stall {
				cfg.Timeout, cfg.DotTimeout = 150*time.Millisecond, 150*time.Millisecond
			}
			s := open(t, cfg)
			dots := 0
			c, err := s.Dial(t.Context())
			if err == nil {
				defer c.Close(context.Background())
				_, err = c.Send(t.Context(), "petra@post.example", []byte(mail), func(context.Context) error { dots++; return nil })
			}
			e, ok := errors.AsType[*cases.SendError](err)
			if !ok {
				t.Fatalf("error %v, want a SendError", err)
			}
			if e.Phase != tc.want.phase || e.Code != tc.want.code || e.Temp != tc.want.temp || e.Unknown() != tc.want.unknown {
				t.Errorf("got phase %s code %d temporary %t unknown %t, want %+v (%v)", e.Phase, e.Code, e.Temp, e.Unknown(), tc.want, err)
			}
			if wantDots := map[bool]int{true: 1}[tc.want.phase == cases.PhaseDot]; dots != wantDots {
				t.Errorf("beforeDot was called %d times, want %d", dots, wantDots)
			}
			if c != nil && c.Alive() != tc.want.alive {
				t.Errorf("alive %t, want %t", c.Alive(), tc.want.alive)
			}
			if n := len(srv.got()); n > tc.want.accepted {
				t.Errorf("server took %d mails, want %d", n, tc.want.accepted)
			}
		})
	}
}

func TestBeforeDotErrorSendsNoDot(t *testing.T) {
	srv := startSink(t, nil)
	c := dial(t, open(t, config(srv.addr)))
	full := errors.New("disk full")
	_, err := c.Send(t.Context(), "petra@post.example", []byte(mail), func(context.Context) error { return full })
	e, ok := errors.AsType[*cases.SendError](err)
	if !ok || e.Phase != cases.PhaseData || e.Unknown() || !errors.Is(err, full) {
		t.Fatalf("error %v, want phase data with its cause", err)
	}
	if c.Alive() {
		t.Error("connection still counts as usable")
	}
	c.Close(context.Background())
	if n := len(srv.got()); n != 0 {
		t.Errorf("server took %d mails, want none", n)
	}
}

func TestRefusedReplyDoesNotHoldTheRest(t *testing.T) {
	n := 0
	srv := startSink(t, func(step, normal string) string {
		if step == "rcpt" {
			if n++; n == 2 {
				return "550 5.1.1 no such user"
			}
		}
		return normal
	})
	c := dial(t, open(t, config(srv.addr)))
	for i := range 3 {
		_, err := c.Send(t.Context(), "petra@post.example", []byte(mail), ready)
		if (err != nil) != (i == 1) {
			t.Errorf("mail %d: error %v", i, err)
		}
	}
	if got := len(srv.got()); got != 2 {
		t.Errorf("server took %d mails, want 2", got)
	}
}

func TestAddressesThatNeverReachTheServer(t *testing.T) {
	srv := startSink(t, nil)
	c := dial(t, open(t, config(srv.addr)))
	for _, to := range []string{
		"", "petra", "@post.example", "petra@", "a@b@c.example", "pétra@post.example", "petra@pöst.example",
		"petra@post.example\r\nRCPT TO:<x@y.example>", "petra@post.example\x00", "petra@post.example>", "<petra@post.example>",
		"Petra <petra@post.example>", "a b@post.example", strings.Repeat("a", 250) + "@post.example", "a;b@post.example",
	} {
		_, err := c.Send(t.Context(), to, []byte(mail), ready)
		if e, ok := errors.AsType[*cases.SendError](err); !ok || !errors.Is(err, smtp.ErrAddress) || e.Temp {
			t.Errorf("%q: error %v, want a lasting refusal", to, err)
		}
	}
	for _, raw := range []string{"", "a", "a\n", "a\rb\r\n", "a\r\n\nb\r\n", "a\x00\r\n", strings.Repeat("x", 999) + "\r\n"} {
		if _, err := c.Send(t.Context(), "petra@post.example", []byte(raw), ready); !errors.Is(err, smtp.ErrBytes) {
			t.Errorf("bytes %.20q: error %v, want ErrBytes", raw, err)
		}
	}
	if len(srv.got()) != 0 || !c.Alive() {
		t.Error("something reached the server")
	}
}

// TestServerWordsAreCleaned covers the field that others forgot: what a server
// says ends up on a screen.
func TestServerWordsAreCleaned(t *testing.T) {
	evil := "5.1.1 no \x1b]0;pwned\x07 \u009d\u202e user " + strings.Repeat("x", 1500)
	srv := startSink(t, func(step, normal string) string {
		if step == "rcpt" {
			return "550 " + evil
		}
		return normal
	})
	c := dial(t, open(t, config(srv.addr)))
	_, err := c.Send(t.Context(), "petra@post.example", []byte(mail), ready)
	e, ok := errors.AsType[*cases.SendError](err)
	if !ok || e.Code != 550 {
		t.Fatalf("error %v, want 550", err)
	}
	for _, s := range []string{e.Error(), e.Response, e.Err.Error()} {
		if strings.ContainsAny(s, "\x1b\x07\u009d\u202e\n\r") || len(s) > 400 {
			t.Errorf("server text got through: %q", s)
		}
	}
}
