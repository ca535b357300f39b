package bolt

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"kontor/cases"
	"kontor/store/journal"

	"pgregory.net/rapid"
)

// model is the journal as one would write it without a disk: facts in a slice,
// states folded, verdicts in a map.
type model struct {
	facts    []cases.Fact
	states   map[cases.Stream]cases.State
	verdicts map[cases.CommandID]string
	blobs    map[cases.BlobID][]byte
	local    map[string]string
}

func newModel() *model {
	return &model{
		states: map[cases.Stream]cases.State{}, verdicts: map[cases.CommandID]string{},
		blobs: map[cases.BlobID][]byte{}, local: map[string]string{},
	}
}

func (m *model) submit(b cases.Batch) []string {
	named := map[cases.BlobID]bool{}
	var out []string
	for _, e := range b.Envelopes {
		if v, ok := m.verdicts[e.ID]; ok {
			out = append(out, v)
			continue
		}
		scope := cases.NewScope(e.Actor)
		for _, s := range e.Command.Streams() {
			if st := m.states[s]; st != nil {
				scope.Put(st)
			}
		}
		events, err := decide(scope, testOptions().Journal.Env(e.ID), e.Command)
		v := "accepted"
		if err != nil {
			v = err.Error()
		}
		for _, ev := range events {
			st := m.states[ev.Stream]
			if st == nil {
				st = cases.New(ev.Stream)
			}
			st = st.Copy()
			st.Apply(ev.Body)
			m.states[ev.Stream] = st
			m.facts = append(m.facts, cases.Fact{Pos: uint64(len(m.facts) + 1), Stream: ev.Stream, Version: st.At(), Command: e.ID, Body: ev.Body})
			if r, ok := ev.Body.(cases.MessageReceived); ok {
				named[r.Raw] = true
			}
		}
		m.verdicts[e.ID] = v
		out = append(out, v)
	}
	for _, n := range b.Blobs {
		if named[n.ID] {
			m.blobs[n.ID] = n.Data
		}
	}
	for _, l := range b.Local {
		if l.Value == nil {
			delete(m.local, l.Key)
		} else {
			m.local[l.Key] = string(l.Value)
		}
	}
	return out
}

func asJSON(t rapid.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestModel runs random batches, repeats, reopenings and compactions against
// the model; what can be read must be the same at every turn.
func TestModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "s")
		if err != nil {
			rt.Fatal(err)
		}
		opts := testOptions()
		opts.Journal.CacheBytes = rapid.SampledFrom([]int{1, 2000, 1 << 20}).Draw(rt, "cache")
		changed := map[cases.Stream]cases.Change{}
		opts.Journal.OnCommit = func(cs []cases.Change) {
			for _, c := range cs {
				changed[c.Stream] = c
			}
		}
		initStore(t, dir, opts)
		s, err := Open(t.Context(), dir, pass, opts)
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		m := newModel()
		var sent []cases.Envelope
		seq := 0
		rt.Repeat(map[string]func(*rapid.T){
			"submit": func(rt *rapid.T) {
				b, add := drawBatch(rt, s, &seq, sent)
				sent = append(sent, add...)
				want := m.submit(b)
				vs, err := s.Submit(t.Context(), b)
				if err != nil {
					rt.Fatal(err)
				}
				for i, v := range vs {
					got := "accepted"
					if v.Refusal != nil {
						got = v.Refusal.Error()
					}
					if got != want[i] {
						rt.Fatalf("verdict on %s: got %q, want %q", v.Command, got, want[i])
					}
				}
			},
			"reopen": func(rt *rapid.T) {
				if err := s.Close(); err != nil {
					rt.Fatal(err)
				}
				if s, err = Open(t.Context(), dir, pass, opts); err != nil {
					rt.Fatal(err)
				}
			},
			"compact": func(rt *rapid.T) {
				if err := s.Compact(t.Context()); err != nil {
					rt.Fatal(err)
				}
			},
			"": func(rt *rapid.T) { compare(t, rt, s, m, changed) },
		})
		if _, err := s.Verify(t.Context(), nil); err != nil {
			rt.Fatal(err)
		}
	})
}

func drawBatch(rt *rapid.T, s *Store, seq *int, sent []cases.Envelope) (cases.Batch, []cases.Envelope) {
	var b cases.Batch
	for range rapid.IntRange(0, 5).Draw(rt, "commands") {
		*seq++
		n := rapid.IntRange(1, 6).Draw(rt, "case")
		switch rapid.IntRange(0, 4).Draw(rt, "kind") {
		case 0:
			e := openCase(n)
			e.ID = cases.CommandID(fmt.Sprintf("open-%d", *seq))
			b.Envelopes = append(b.Envelopes, e)
		case 1, 2:
			e := note(fmt.Sprintf("note-%d", *seq), n, rapid.StringN(0, 40, 200).Draw(rt, "text"))
			if rapid.Bool().Draw(rt, "person") {
				c := e.Command.(cases.ChangeCase)
				c.Persons = []cases.PersonID{cases.PersonID(fmt.Sprintf("%032x", 9000+n))}
				e.Command = c
			}
			b.Envelopes = append(b.Envelopes, e)
		case 3:
			id := cases.MessageID(fmt.Sprintf("%032x", 5000+n))
			blob := s.NewBlobID()
			raw := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(rt, "raw")
			b.Blobs = append(b.Blobs, cases.NewBlob{ID: blob, Stream: id.Stream(), Retention: cases.RetainLetters, Data: raw})
			b.Envelopes = append(b.Envelopes, envelope(fmt.Sprintf("mail-%d", *seq), cases.ReceiveMessage{Message: id, Received: testStart, Raw: blob, RawSize: int64(len(raw))}))
		case 4:
			if len(sent) > 0 {
				b.Envelopes = append(b.Envelopes, rapid.SampledFrom(sent).Draw(rt, "again"))
			}
		}
	}
	if rapid.Bool().Draw(rt, "local") {
		w := cases.LocalWrite{Key: rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "key")}
		if rapid.Bool().Draw(rt, "keep") {
			w.Value = []byte(rapid.String().Draw(rt, "value"))
		}
		b.Local = append(b.Local, w)
	}
	return b, b.Envelopes
}

func compare(t *testing.T, rt *rapid.T, s *Store, m *model, changed map[cases.Stream]cases.Change) {
	t.Helper()
	if got := s.Head().Facts; got != uint64(len(m.facts)) {
		rt.Fatalf("facts: got %d, want %d", got, len(m.facts))
	}
	facts, err := s.FactsFrom(t.Context(), 1, len(m.facts)+1)
	if err != nil {
		rt.Fatal(err)
	}
	for i, f := range facts {
		w := m.facts[i]
		if f.Pos != w.Pos || f.Stream != w.Stream || f.Version != w.Version || f.Command != w.Command || asJSON(rt, f.Body) != asJSON(rt, w.Body) {
			rt.Fatalf("fact %d: got %+v, want %+v", i+1, f, w)
		}
	}
	for st, want := range m.states {
		got, err := s.State(t.Context(), st)
		if err != nil || asJSON(rt, got) != asJSON(rt, want) {
			rt.Fatalf("state of %s: got %s (%v), want %s", st, asJSON(rt, got), err, asJSON(rt, want))
		}
		if c := changed[st]; c.Version != want.At() || string(c.Summary) != string(summarise(want)) {
			rt.Fatalf("change of %s: got %d %q, want version %d", st, c.Version, c.Summary, want.At())
		}
	}
	seen := map[cases.Stream]string{}
	if err := s.Summaries(t.Context(), func(st cases.Stream, b []byte) error { seen[st] += string(b); return nil }); err != nil {
		rt.Fatal(err)
	}
	if len(seen) != len(m.states) {
		rt.Fatalf("%d summaries, want %d", len(seen), len(m.states))
	}
	for st, want := range m.states {
		if seen[st] != string(summarise(want)) {
			rt.Fatalf("summary of %s: got %q, want %q", st, seen[st], summarise(want))
		}
	}
	for id, want := range m.blobs {
		r, err := s.OpenBlob(t.Context(), id)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil || string(got) != string(want) {
			rt.Fatalf("blob: got %d bytes (%v), want %d", len(got), err, len(want))
		}
	}
	for _, k := range []string{"a", "b"} {
		want, ok := m.local[k]
		got, err := s.Local(t.Context(), k)
		if ok && (err != nil || string(got) != want) || !ok && !errors.Is(err, cases.ErrNotFound) {
			rt.Fatalf("local value: got %q, %v, want %q", got, err, want)
		}
	}
}

// TestPagesAreCleaned changes few streams many times: the pages of summaries
// stay about as many as are needed.
func TestPagesAreCleaned(t *testing.T) {
	s := newStore(t)
	fillCases(t, s, 500)
	for i := range 300 {
		submit(t, s, note(fmt.Sprintf("n%d", i), i%7, "x"), note(fmt.Sprintf("m%d", i), i, "y"))
	}
	r, err := s.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if limit := 2*(500/192+1) + 32 + 2; r.Pages > limit {
		t.Errorf("%d pages, want at most %d", r.Pages, limit)
	}
	var n atomic.Int64
	if err := s.SummaryPages(t.Context(), func(p []journal.Summary) error { n.Add(int64(len(p))); return nil }); err != nil || n.Load() != 500 {
		t.Errorf("%d summaries, want 500, %v", n.Load(), err)
	}
}

func mustNotExist(tb testing.TB, dir string) {
	tb.Helper()
	if m, err := filepath.Glob(filepath.Join(dir, "*.part")); err != nil || len(m) != 0 {
		tb.Errorf("left behind: %v, %v", m, err)
	}
}
