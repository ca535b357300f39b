package desk

import (
	"context"
	"fmt"
	"time"

	"kontor/cases"
	"kontor/cases/plain"
)

// recorder is a Journal that can be read by position.
type recorder interface {
	// FactsFrom returns up to limit facts from a position on, in order.
	FactsFrom(ctx context.Context, pos uint64, limit int) ([]cases.Fact, error)
}

// RecordRow is one fact of the record, ready to show.
type RecordRow struct {
	Pos       uint64
	At        time.Time
	By        string // user, or machine's name
	Machine   bool
	Event     string // cases.EventName
	Stream    string // kind of the stream: case, message, reply, …
	Case      cases.CaseID
	Reference plain.Text
	Debtor    plain.Text
	Sent      *cases.Transmission // what left the machine, where that is the fact
}

// Record returns facts before a position, newest first; before 0 means the end.
// more says that older ones stand before them.
func (d *Desk) Record(ctx context.Context, before uint64, limit int) (rows []RecordRow, more bool, err error) {
	j, ok := d.o.Journal.(recorder)
	if !ok {
		return nil, false, fmt.Errorf("read the record: %w", cases.ErrNotFound)
	}
	limit = max(1, min(limit, 500))
	if before == 0 {
		if before, err = end(ctx, j); err != nil {
			return nil, false, fmt.Errorf("read the record: %w", err)
		}
	}
	from := uint64(0)
	if n := uint64(limit); before > n { //nolint:gosec // limit is bounded above
		from = before - n
	}
	facts, err := j.FactsFrom(ctx, from, limit)
	if err != nil {
		return nil, false, fmt.Errorf("read the record: %w", err)
	}
	for i := len(facts) - 1; i >= 0; i-- {
		if facts[i].Pos < before {
			rows = append(rows, d.recordRow(facts[i]))
		}
	}
	return rows, from > 0 && len(rows) > 0, nil
}

// end finds the position after the last fact.
func end(ctx context.Context, j recorder) (uint64, error) {
	has := func(pos uint64) (bool, error) {
		f, err := j.FactsFrom(ctx, pos, 1)
		return len(f) > 0, err
	}
	low, high := uint64(0), uint64(1)
	for {
		ok, err := has(high)
		if err != nil {
			return 0, err
		}
		if !ok {
			break
		}
		low, high = high, high*2
		if high > 1<<48 {
			break
		}
	}
	for low < high {
		mid := low + (high-low)/2
		ok, err := has(mid)
		if err != nil {
			return 0, err
		}
		if ok {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low, nil
}

func (d *Desk) recordRow(f cases.Fact) RecordRow {
	r := RecordRow{Pos: f.Pos, At: f.At, By: string(f.Actor.User), Machine: f.Actor.Machine, Event: cases.EventName(f.Body), Stream: f.Stream.Kind.String()}
	if e, ok := f.Body.(cases.MessageTransmitted); ok {
		r.Sent = &e.Transmission
	}
	x := d.ix
	x.mu.RLock()
	defer x.mu.RUnlock()
	switch f.Stream.Kind {
	case cases.CaseStream:
		r.Case = cases.CaseID(f.Stream.ID)
	case cases.MessageStream:
		if m := x.messages[cases.MessageID(f.Stream.ID)]; m != nil {
			r.Case = m.Case
		}
	case cases.ReplyStream:
		if p := x.replies[cases.ReplyID(f.Stream.ID)]; p != nil {
			r.Case = p.Case
		}
	case cases.PersonStream:
		if p := x.persons[cases.PersonID(f.Stream.ID)]; p != nil {
			r.Debtor = plain.Line(p.Name)
		}
	case cases.EntryStream:
		if e := x.pay.entries[cases.EntryID(f.Stream.ID)]; e != nil {
			r.Case = e.Case
		}
	case cases.AccountStream, cases.TeamStream:
	}
	if r.Case != "" {
		ref := x.caseRef(r.Case, x.today)
		r.Reference, r.Debtor = ref.Reference, ref.Debtor
	}
	return r
}
