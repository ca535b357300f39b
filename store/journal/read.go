package journal

import (
	"context"
	"fmt"

	"kontor/cases"
)

// factOverhead is about what a stored fact has beside its body, in bytes: seals,
// header, leaf. A state keeps nothing of it.
const factOverhead = 250

// load folds a stream from its facts; nil if the stream does not exist.
func (j *Journal) load(tx Tx, s cases.Stream, h handle) (*entry, error) {
	rec, err := j.readStream(tx, h)
	if err != nil || rec == nil {
		return nil, err
	}
	if rec.stream != s {
		return nil, &DamageError{What: fmt.Sprintf("stream %x", h), Err: errEncoding}
	}
	e := &entry{rec: rec, state: cases.New(s), cost: 256 + 8*len(rec.positions)}
	err = j.eachFact(tx, rec, func(f cases.Fact, size int) error {
		e.cost += max(size-factOverhead, 0)
		if _, ok := f.Body.(Newer); ok {
			e.newer = true
		}
		if e.state != nil {
			return safely("apply", func() { e.state.Apply(f.Body) })
		}
		return nil
	})
	return e, err
}

func (j *Journal) readStream(tx Tx, h handle) (*streamRec, error) {
	sealed, err := tx.Get(Streams, h[:])
	if err != nil || sealed == nil {
		return nil, err
	}
	return j.openStream(h, sealed)
}

func (j *Journal) openStream(h handle, sealed []byte) (*streamRec, error) {
	b, err := j.data.Open(nil, string(Streams), h[:], sealed)
	if err != nil {
		return nil, &DamageError{What: fmt.Sprintf("stream %x", h), Err: err}
	}
	rec, err := decodeStream(b)
	clear(b)
	if err != nil {
		return nil, &DamageError{What: fmt.Sprintf("stream %x", h), Err: err}
	}
	return rec, nil
}

// eachFact reads the facts of a stream in order and checks that none is missing.
func (j *Journal) eachFact(tx Tx, rec *streamRec, fn func(cases.Fact, int) error) error {
	for i, pos := range rec.positions {
		v, err := tx.Get(Facts, posKey(pos))
		if err != nil {
			return err
		}
		f, err := j.openFact(pos, v, rec)
		if err != nil {
			return err
		}
		if f.Version != uint64(i)+1 {
			return damagedFact(pos, fmt.Errorf("version %d where %d belongs", f.Version, i+1))
		}
		if err := fn(f, len(v)); err != nil {
			return err
		}
	}
	return nil
}

// State returns the aggregate of a stream: the caller's own copy. It returns
// cases.ErrNotFound if the stream has no facts. Of a stream that holds a fact
// of a newer program it returns the state as far as it is understood together
// with cases.ErrReadOnlyStream.
func (j *Journal) State(ctx context.Context, s cases.Stream) (cases.State, error) {
	out, err := j.States(ctx, []cases.Stream{s})
	if err != nil {
		return nil, err
	}
	if out[0] == nil {
		return nil, fmt.Errorf("%s: %w", s.Kind, cases.ErrNotFound)
	}
	if e, ok := j.cache.get(s); ok && e.newer {
		return out[0], fmt.Errorf("%s: %w", s.Kind, cases.ErrReadOnlyStream)
	}
	return out[0], nil
}

// States returns the aggregates of several streams, all as of one moment, nil
// for those that do not exist.
func (j *Journal) States(ctx context.Context, ss []cases.Stream) ([]cases.State, error) {
	if err := j.open(); err != nil {
		return nil, err
	}
	out := make([]cases.State, len(ss))
	missing := false
	gen := j.cache.generation()
	for i, s := range ss {
		e, ok := j.cache.get(s)
		if !ok {
			missing = true
			break
		}
		out[i] = copyState(e)
	}
	if !missing && gen == j.cache.generation() {
		return out, nil
	}
	found := make([]*entry, len(ss))
	gen = j.cache.generation()
	err := j.back.View(ctx, func(tx Tx) error {
		for i, s := range ss {
			h := j.handleOf(s)
			rec, err := j.readStream(tx, h)
			if err != nil {
				return err
			}
			if rec == nil {
				found[i] = nil
				continue
			}
			// What is cached is right if it is as long as what this
			// transaction sees: streams only grow.
			if e, ok := j.cache.get(s); ok && len(e.rec.positions) == len(rec.positions) {
				found[i] = e
				continue
			}
			if found[i], err = j.load(tx, s, h); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read states: %w", err)
	}
	for i, e := range found {
		out[i] = nil
		if e != nil {
			j.cache.fill(gen, ss[i], e)
			out[i] = copyState(e)
		}
	}
	return out, nil
}

func copyState(e *entry) cases.State {
	if e.state == nil || len(e.rec.positions) == 0 {
		return nil
	}
	return e.state.Copy()
}

// Facts returns all facts of a stream, oldest first, none if it does not exist.
// The body of a fact that a newer program wrote is a Newer.
func (j *Journal) Facts(ctx context.Context, s cases.Stream) ([]cases.Fact, error) {
	if err := j.open(); err != nil {
		return nil, err
	}
	var out []cases.Fact
	err := j.back.View(ctx, func(tx Tx) error {
		out = nil
		rec, err := j.readStream(tx, j.handleOf(s))
		if err != nil || rec == nil {
			return err
		}
		return j.eachFact(tx, rec, func(f cases.Fact, _ int) error {
			out = append(out, f)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read facts of a %s: %w", s.Kind, err)
	}
	return out, nil
}

// FactsFrom returns at most limit facts from position pos on, in order.
func (j *Journal) FactsFrom(ctx context.Context, pos uint64, limit int) ([]cases.Fact, error) {
	if err := j.open(); err != nil {
		return nil, err
	}
	var out []cases.Fact
	err := j.back.View(ctx, func(tx Tx) error {
		out = nil
		recs := map[handle]*streamRec{}
		return tx.Scan(Facts, posKey(pos), func(k, v []byte) (bool, error) {
			if len(out) >= limit {
				return false, nil
			}
			at, err := positionOf(k)
			if err != nil {
				return false, err
			}
			f, err := j.readFact(tx, at, v, recs)
			if err != nil {
				return false, err
			}
			out = append(out, f)
			return true, nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read facts from %d: %w", pos, err)
	}
	return out, nil
}

// readFact opens a fact of any stream; recs remembers the streams met.
func (j *Journal) readFact(tx Tx, pos uint64, value []byte, recs map[handle]*streamRec) (cases.Fact, error) {
	_, h, err := j.openHeader(pos, value)
	if err != nil {
		return cases.Fact{}, err
	}
	rec := recs[h.handle]
	if rec == nil {
		if rec, err = j.readStream(tx, h.handle); err != nil {
			return cases.Fact{}, err
		}
		if rec == nil {
			return cases.Fact{}, damagedFact(pos, fmt.Errorf("its stream is missing"))
		}
		if len(recs) > 10_000 {
			clear(recs)
		}
		recs[h.handle] = rec
	}
	f, err := j.openFact(pos, value, rec)
	return f, err
}

func positionOf(key []byte) (uint64, error) {
	if len(key) != 8 {
		return 0, &DamageError{What: "position", Err: errEncoding}
	}
	pos := uint64(0)
	for _, c := range key {
		pos = pos<<8 | uint64(c)
	}
	return pos, nil
}
