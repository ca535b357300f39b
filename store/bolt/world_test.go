package bolt

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/plain"
	"kontor/store/journal"
)

var pass = []byte("Straße 47 bitte")

// testStart is the clock of all tests.
var testStart = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// decide is a small domain with a rule of each kind: notes on a case that
// exists, refused when it does not; mails reported once; proposals dropped.
func decide(s cases.Scope, env cases.Env, cmd cases.Command) ([]cases.Event, error) {
	switch c := cmd.(type) {
	case cases.RecordPerson:
		return []cases.Event{{Stream: c.Person.Stream(), Body: cases.PersonRecorded{PersonFacts: c.Facts}}}, nil
	case cases.OpenCase:
		if s.Cases[c.Case] != nil {
			return nil, nil
		}
		return []cases.Event{{Stream: c.Case.Stream(), Body: cases.CaseOpened{Reference: c.Reference, Subject: c.Subject, Opened: env.Today}}}, nil
	case cases.ChangeCase:
		if s.Cases[c.Case] == nil {
			return nil, &cases.Refusal{Reason: cases.WrongState, Thing: c.Case.Stream().String()}
		}
		var out []cases.Event
		for i, e := range c.Effects {
			id := cases.DeriveID(env.ID, "note", i)
			out = append(out, cases.Event{Stream: c.Case.Stream(), Body: cases.NoteAdded{Note: cases.Note{ID: id, At: env.Now, Text: e.Text}}})
		}
		for _, p := range c.Persons {
			out = append(out, cases.Event{Stream: p.Stream(), Body: cases.PersonDemanded{Date: env.Today}})
		}
		return out, nil
	case cases.ReceiveMessage:
		if s.Messages[c.Message] != nil {
			return nil, nil
		}
		return []cases.Event{{Stream: c.Message.Stream(), Body: cases.MessageReceived{Received: c.Received, Mail: c.Mail, Raw: c.Raw, RawSize: c.RawSize, Place: c.Place}}}, nil
	case cases.ProposeMatch:
		return nil, nil
	}
	return nil, fmt.Errorf("unknown command %T", cmd)
}

func summarise(st cases.State) []byte {
	return fmt.Appendf(nil, "%s v%d", st.Of(), st.At())
}

func testOptions() Options {
	return Options{
		KDF: KDF{Time: 1, MemoryKiB: 64, Threads: 1},
		Now: func() time.Time { return testStart },
		Journal: journal.Options{
			Decide: decide, Summarise: summarise,
			Env: func(id cases.CommandID) cases.Env {
				return cases.Env{Now: testStart, Today: calendar.Of(2026, time.November, 24), ID: id}
			},
		},
	}
}

func initStore(tb testing.TB, dir string, opts Options) string {
	tb.Helper()
	recovery, err := Init(tb.Context(), dir, pass, opts)
	if err != nil {
		tb.Fatal(err)
	}
	return recovery
}

func openStore(tb testing.TB, dir string, opts Options) *Store {
	tb.Helper()
	s, err := Open(context.WithoutCancel(tb.Context()), dir, pass, opts)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() }) // a test that closes looks at the error itself
	return s
}

func newStore(tb testing.TB) *Store {
	tb.Helper()
	dir := tb.TempDir()
	initStore(tb, dir, testOptions())
	return openStore(tb, dir, testOptions())
}

func envelope(id string, c cases.Command) cases.Envelope {
	return cases.Envelope{ID: cases.CommandID(id), Actor: cases.Actor{User: "anna", Device: "d1"}, Command: c}
}

func openCase(n int) cases.Envelope {
	id := fmt.Sprintf("%032x", n)
	return envelope("open-"+id, cases.OpenCase{Case: cases.CaseID(id), Reference: fmt.Sprintf("K-2026-%06d", n), Subject: plain.Clean("Versandhandel Beispiel")})
}

func note(id string, n int, text string) cases.Envelope {
	return envelope(id, cases.ChangeCase{Case: cases.CaseID(fmt.Sprintf("%032x", n)), Effects: []cases.Effect{{Kind: cases.AddNote, Text: plain.Clean(text)}}})
}

func submit(tb testing.TB, s *Store, es ...cases.Envelope) []cases.Verdict {
	tb.Helper()
	vs, err := s.Submit(tb.Context(), cases.Batch{Envelopes: es})
	if err != nil {
		tb.Fatal(err)
	}
	return vs
}

func caseStream(n int) cases.Stream { return cases.CaseID(fmt.Sprintf("%032x", n)).Stream() }

func TestSubmit(t *testing.T) {
	s := newStore(t)
	vs := submit(t, s, openCase(1), note("n1", 1, "erste Notiz"), note("n2", 2, "ohne Akte"), note("n3", 1, "zweite"))
	if len(vs) != 4 || vs[0].Refusal != nil || vs[2].Refusal == nil || vs[3].Refusal != nil {
		t.Fatalf("verdicts: %+v", vs)
	}
	if got := s.Head().Facts; got != 3 {
		t.Errorf("facts: got %d, want 3", got)
	}
	again := submit(t, s, note("n1", 1, "erste Notiz"), note("n2", 2, "ohne Akte"))
	if !again[0].Repeat || again[0].Refusal != nil || !again[1].Repeat || again[1].Refusal == nil || *again[1].Refusal != *vs[2].Refusal {
		t.Errorf("repeated verdicts: %+v", again)
	}
	if len(again[0].Facts) != 1 || again[0].Facts[0].Pos != 2 || again[0].Facts[0].Command != "n1" {
		t.Errorf("repeated verdict's facts: %+v", again[0].Facts)
	}
	if got := s.Head().Facts; got != 3 {
		t.Errorf("facts after repeats: got %d, want 3", got)
	}
	st, err := s.State(t.Context(), caseStream(1))
	if err != nil {
		t.Fatal(err)
	}
	c := st.(*cases.Case)
	if c.Version != 3 || len(c.Notes) != 2 || c.Notes[1].Text.String() != "zweite" {
		t.Errorf("case: %+v", c)
	}
	if _, err := s.State(t.Context(), caseStream(2)); !errors.Is(err, cases.ErrNotFound) {
		t.Errorf("unknown case: %v", err)
	}
	if err := s.SetLocal(t.Context(), cases.LocalWrite{Key: "draft/1", Value: []byte("Sehr geehrte")}); err != nil {
		t.Fatal(err)
	}

	dir, opts := s.dir, s.opts
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openStore(t, dir, opts)
	st2, err := s.State(t.Context(), caseStream(1))
	if err != nil {
		t.Fatal(err)
	}
	if len(st2.(*cases.Case).Notes) != 2 {
		t.Errorf("reopened: %+v", st2)
	}
	v, err := s.Local(t.Context(), "draft/1")
	if err != nil || string(v) != "Sehr geehrte" {
		t.Errorf("local value: %q, %v", v, err)
	}
	facts, err := s.FactsFrom(t.Context(), 2, 10)
	if err != nil || len(facts) != 2 || facts[0].Pos != 2 || facts[0].Command != "n1" || facts[0].Version != 2 {
		t.Errorf("facts from 2: %+v, %v", facts, err)
	}
	var sums []string
	if err := s.Summaries(t.Context(), func(_ cases.Stream, b []byte) error { sums = append(sums, string(b)); return nil }); err != nil {
		t.Fatal(err)
	}
	if want := []string{caseStream(1).String() + " v3"}; !slices.Equal(sums, want) {
		t.Errorf("summaries: got %q, want %q", sums, want)
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(t.Context(), dir, pass, testOptions()); !errors.Is(err, ErrNoStore) {
		t.Errorf("no store: %v", err)
	}
	recovery := initStore(t, dir, testOptions())
	if _, err := Init(t.Context(), dir, pass, testOptions()); !errors.Is(err, ErrStoreExists) {
		t.Errorf("second init: %v", err)
	}
	if _, err := Open(t.Context(), dir, []byte("falsch"), testOptions()); !errors.Is(err, ErrPassphrase) {
		t.Errorf("wrong passphrase: %v", err)
	}
	if _, err := OpenWithRecovery(t.Context(), dir, recovery[:len(recovery)-1]+"!", testOptions()); !errors.Is(err, ErrRecoveryKey) {
		t.Errorf("mistyped recovery key: %v", err)
	}
	s, err := OpenWithRecovery(t.Context(), dir, recovery, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	var held *LockedError
	if _, err := Open(t.Context(), dir, pass, testOptions()); !errors.As(err, &held) || held.PID == 0 || held.Host == "" {
		t.Errorf("second open: %v", err)
	}
	if err := s.SetPassphrase(t.Context(), []byte("neu")); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangePassphrase(t.Context(), []byte("falsch"), pass); !errors.Is(err, ErrPassphrase) {
		t.Errorf("change with the wrong passphrase: %v", err)
	}
	if err := s.ChangePassphrase(t.Context(), []byte("neu"), pass); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	openStore(t, dir, testOptions())
}
