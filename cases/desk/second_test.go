package desk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/casestest"
	"kontor/cases/desk"
)

// endpoint answers with outcomes by a script; behind its end it agrees.
type endpoint struct {
	script []string
	asked  int
}

func (e *endpoint) Classify(_ context.Context, _ cases.ClassifyInput, local cases.Classification, _ desk.Known) (cases.Classification, cases.Transmission, error) {
	e.asked++
	t := cases.Transmission{Provider: "llm.example.com", Model: "m", Prompt: "classify-1", BytesOut: 4000, Outcome: "ok"}
	if len(e.script) > 0 {
		t.Outcome, e.script = e.script[0], e.script[1:]
	}
	switch t.Outcome {
	case "withheld":
		return local, cases.Transmission{}, nil
	case "failed:cancelled":
		return local, t, context.Canceled
	case "failed:unreachable":
		t.BytesOut = 0
	case "ok":
		local.Engine = "local+llm"
	}
	return local, t, nil
}

// An endpoint that fails is left alone, longer each time, and asked again; what
// left the machine is on record, and nothing else is.
func TestSecondEngineIsAskedAgain(t *testing.T) {
	e := &endpoint{script: []string{"failed:unreachable", "failed:server", "failed:busy"}}
	b := setUp(t, func(o *desk.Options) { o.Second = e })
	b.take(t, question, casestest.DebtorMail+"|q2@mail.example.org|K-2026-000318|Und was ist das?")
	ask := func(wantAsked int) {
		t.Helper()
		before := e.asked
		if _, err := b.AskSecond(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := e.asked - before; got != wantAsked {
			t.Errorf("at %s asked about %d mails, want %d", b.w.Now.Format("15:04"), got, wantAsked)
		}
	}
	ask(1) // unreachable: the second mail is not tried
	ask(0)
	if ai := b.Status().AI; ai.State != desk.LinkOff || !ai.Next.Equal(b.w.Now.Add(time.Minute)) {
		t.Errorf("link %s, next %s", ai.State, ai.Next)
	}
	b.w.Now = b.w.Now.Add(time.Minute)
	ask(1) // 500
	b.w.Now = b.w.Now.Add(time.Minute)
	ask(0) // two minutes of rest by now
	b.w.Now = b.w.Now.Add(time.Minute)
	ask(1) // 429
	b.w.Now = b.w.Now.Add(4 * time.Minute)
	ask(2) // well
	ask(0)
	if ai := b.Status().AI; ai.State != desk.LinkOK || !ai.Next.IsZero() {
		t.Errorf("link %s, next %s", ai.State, ai.Next)
	}
	sent, joined := 0, 0
	for _, m := range b.w.State.Messages {
		sent += len(m.Transmissions)
		if m.Class.Engine == "local+llm" {
			joined++
		}
	}
	if sent != 4 || joined != 2 {
		t.Errorf("%d transmissions on record, %d mails read by both; want 4 and 2", sent, joined)
	}
}

// What was under way when the program ended is on record.
func TestSecondEngineIsEnded(t *testing.T) {
	b := setUp(t, func(o *desk.Options) { o.Second = &endpoint{script: []string{"failed:cancelled"}} })
	b.take(t, question)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.AskSecond(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	for _, m := range b.w.State.Messages {
		if len(m.Transmissions) != 1 || m.Class.Engine != "local" {
			t.Errorf("%d transmissions, read by %s", len(m.Transmissions), m.Class.Engine)
		}
	}
}

// What the endpoint makes nothing of is not sent again, and a mail leaves the
// machine a few times at most.
func TestSecondEngineIsNotAskedForEver(t *testing.T) {
	e := &endpoint{script: []string{"withheld", "failed:invalid"}}
	b := setUp(t, func(o *desk.Options) { o.Second = e })
	b.take(t, question, casestest.DebtorMail+"|q2@mail.example.org|K-2026-000318|Und was ist das?")
	for range 3 {
		if _, err := b.AskSecond(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.w.Now = b.w.Now.Add(time.Hour)
	}
	if e.asked != 2 {
		t.Errorf("asked %d times, want 2", e.asked)
	}
	e2 := &endpoint{}
	for range 20 {
		e2.script = append(e2.script, "failed:server")
	}
	b = setUp(t, func(o *desk.Options) { o.Second = e2 })
	b.take(t, question)
	for range 20 {
		if _, err := b.AskSecond(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.w.Now = b.w.Now.Add(time.Hour)
	}
	if e2.asked != 4 {
		t.Errorf("sent %d times, want 4", e2.asked)
	}
}
