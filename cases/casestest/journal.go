package casestest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"sync"

	"kontor/cases"
	"kontor/cases/ledger"
)

// Journal is an authority in memory, with the journal's rules: dedupe, decide
// in turn, one transaction. It seals nothing; tests of the desk use it.
type Journal struct {
	World *World
	// Changed is called after each commit, as the real journal does.
	Changed func([]cases.Change)
	// Fail, if set, makes Submit fail before anything is written.
	Fail func(cases.Batch) error

	mu    sync.Mutex
	blobs map[cases.BlobID][]byte
	local map[string][]byte
	done  map[cases.CommandID]cases.Verdict
	n     int
}

// NewJournal returns a journal over a world.
func NewJournal(w *World) *Journal {
	return &Journal{World: w, blobs: map[cases.BlobID][]byte{}, local: map[string][]byte{}, done: map[cases.CommandID]cases.Verdict{}}
}

func (j *Journal) summary(st cases.State) []byte {
	rates, err := ledger.ShippedRates()
	if err != nil {
		return nil
	}
	return cases.Summarise(st, j.World.Today(), ledger.Rules{Rates: rates})
}

// Submit decides a batch.
func (j *Journal) Submit(_ context.Context, b cases.Batch) ([]cases.Verdict, error) {
	j.mu.Lock()
	if j.Fail != nil {
		if err := j.Fail(b); err != nil {
			j.mu.Unlock()
			return nil, err
		}
	}
	for _, x := range b.Blobs {
		j.blobs[x.ID] = bytes.Clone(x.Data)
	}
	for _, l := range b.Local {
		j.put(l)
	}
	var out []cases.Verdict
	touched := map[cases.Stream]bool{}
	for _, e := range b.Envelopes {
		if v, ok := j.done[e.ID]; ok {
			v.Repeat = true
			out = append(out, v)
			continue
		}
		before := len(j.World.Log)
		v := cases.Verdict{Command: e.ID}
		if _, err := j.World.Do(e.Actor, e.Command); err != nil {
			r, ok := err.(*cases.Refusal) //nolint:errorlint // Decide returns it unwrapped
			if !ok {
				j.mu.Unlock()
				return nil, err
			}
			v.Refusal = r
		}
		v.Facts = append(v.Facts, j.World.Log[before:]...)
		for _, f := range v.Facts {
			touched[f.Stream] = true
		}
		j.done[e.ID] = v
		out = append(out, v)
	}
	var ch []cases.Change
	for s := range touched {
		st := j.World.State.State(s)
		if st == nil {
			continue // the team has no aggregate
		}
		ch = append(ch, cases.Change{Stream: s, Version: st.At(), Summary: j.summary(st)})
	}
	j.mu.Unlock()
	if j.Changed != nil && len(ch) > 0 {
		j.Changed(ch)
	}
	return out, nil
}

// State returns an aggregate.
func (j *Journal) State(_ context.Context, s cases.Stream) (cases.State, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if st := j.World.State.State(s); st != nil {
		return st.Copy(), nil
	}
	return nil, cases.ErrNotFound
}

// Facts returns the facts of a stream.
func (j *Journal) Facts(_ context.Context, s cases.Stream) ([]cases.Fact, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []cases.Fact
	for _, f := range j.World.Log {
		if f.Stream == s {
			out = append(out, f)
		}
	}
	return out, nil
}

// Summaries calls f for every aggregate.
func (j *Journal) Summaries(_ context.Context, f func(cases.Stream, []byte) error) error {
	j.mu.Lock()
	seen := map[cases.Stream]bool{}
	var list []cases.State
	for _, x := range j.World.Log {
		if st := j.World.State.State(x.Stream); st != nil && !seen[x.Stream] {
			seen[x.Stream] = true
			list = append(list, st)
		}
	}
	j.mu.Unlock()
	for _, st := range list {
		if err := f(st.Of(), j.summary(st)); err != nil {
			return err
		}
	}
	return nil
}

// OpenBlob returns a blob.
func (j *Journal) OpenBlob(_ context.Context, id cases.BlobID) (io.ReadCloser, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	b, ok := j.blobs[id]
	if !ok {
		return nil, cases.ErrNotFound
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

// Damage changes a byte of a stored blob.
func (j *Journal) Damage(id cases.BlobID) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.blobs[id][0] ^= 1
}

// Local returns a value of the device.
func (j *Journal) Local(_ context.Context, key string) ([]byte, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if b, ok := j.local[key]; ok {
		return bytes.Clone(b), nil
	}
	return nil, cases.ErrNotFound
}

// SetLocal writes values of the device.
func (j *Journal) SetLocal(_ context.Context, writes ...cases.LocalWrite) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, w := range writes {
		j.put(w)
	}
	return nil
}

func (j *Journal) put(w cases.LocalWrite) {
	if w.Value == nil {
		delete(j.local, w.Key)
		return
	}
	j.local[w.Key] = bytes.Clone(w.Value)
}

// Hash is a hash, keyed by nothing: tests have no secret.
func (*Journal) Hash(kind string, parts ...[]byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00", kind)
	for _, p := range parts {
		fmt.Fprintf(h, "%d\x00", len(p))
		_, _ = h.Write(p) // a hash never fails to write
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// NewBlobID counts.
func (j *Journal) NewBlobID() cases.BlobID {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.n++
	return cases.BlobID(fmt.Sprintf("blob%028d", j.n))
}
