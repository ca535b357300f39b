package desk_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/desk"
)

// While one batch is recorded others lie ready: where one cannot be recorded
// those behind it are not either, the error is told once, and the next round
// goes on from what was recorded.
func TestPullStopsWhereRecordingFails(t *testing.T) {
	full := errors.New("no space left")
	for bad := 1; bad <= 6; bad++ {
		s := newShelf("INBOX")
		in := s.folders["INBOX"]
		in.batch = 1
		for n := range 6 {
			in.deliver(letterOf(n))
		}
		b := setUp(t, func(o *desk.Options) { o.Mailboxes = []desk.Mailbox{s} })
		batches := 0
		b.j.Fail = func(x cases.Batch) error {
			if len(x.Envelopes) == 0 {
				return nil
			}
			if batches++; batches == bad {
				return full
			}
			return nil
		}
		r, err := b.Pull(t.Context())
		if !errors.Is(err, full) || strings.Count(err.Error(), full.Error()) != 1 {
			t.Errorf("batch %d: %v, want the failure once", bad, err)
		}
		if got := len(b.w.State.Messages); got != bad-1 || r.New != bad-1 || batches != bad {
			t.Errorf("batch %d failed: %d messages, %d told as new, %d batches tried", bad, got, r.New, batches)
		}
		if r := pull(t, b); r.New != 6-(bad-1) || len(b.w.State.Messages) != 6 {
			t.Errorf("batch %d: the next round brings %d, %d messages then", bad, r.New, len(b.w.State.Messages))
		}
	}
}

// A round that is called off records nothing more and ends.
func TestPullCalledOff(t *testing.T) {
	s := newShelf("INBOX")
	in := s.folders["INBOX"]
	in.batch = 1
	for n := range 6 {
		in.deliver(letterOf(n))
	}
	b := setUp(t, func(o *desk.Options) { o.Mailboxes = []desk.Mailbox{s} })
	ctx, cancel := context.WithCancel(t.Context())
	batches := 0
	b.j.Fail = func(x cases.Batch) error {
		if batches++; batches == 3 {
			cancel()
			return ctx.Err()
		}
		return nil
	}
	if _, err := b.Pull(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that it was called off", err)
	}
	b.j.Fail = nil
	if r := pull(t, b); len(b.w.State.Messages) != 6 || r.New != 4 {
		t.Errorf("the next round brings %d, %d messages then", r.New, len(b.w.State.Messages))
	}
}
