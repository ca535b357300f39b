package desk_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/casestest"
	"kontor/cases/desk"
)

// counting is a server for many clients at once, which answers late and loses
// some connections before and some after the final dot.
type counting struct {
	mu       sync.Mutex
	r        *rand.Rand
	accepted map[string]int // by Message-ID
}

func (s *counting) Dial(context.Context) (desk.Dialogue, error) { return s, nil }
func (s *counting) Close() error                                { return nil }

func (s *counting) draw(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.r.IntN(n)
}

func (s *counting) Send(ctx context.Context, _ string, raw []byte, beforeDot func(context.Context) error) (cases.SendResult, error) {
	lost := s.draw(5)
	if lost == 0 {
		return cases.SendResult{}, &cases.SendError{Phase: cases.PhaseData, Temp: true, Err: errors.New("cut")}
	}
	if err := beforeDot(ctx); err != nil {
		return cases.SendResult{}, &cases.SendError{Phase: cases.PhaseData, Temp: true, Err: err}
	}
	_, id, _ := strings.Cut(string(raw), "Message-ID: <")
	id, _, _ = strings.Cut(id, ">")
	s.mu.Lock()
	s.accepted[id]++
	s.mu.Unlock()
	if lost == 1 {
		return cases.SendResult{}, &cases.SendError{Phase: cases.PhaseDot, Err: errors.New("cut")}
	}
	return cases.SendResult{Code: 250, Response: "queued"}, nil
}

// Two senders of one device at once, as a second program would be, over one
// journal: no reply is accepted twice, and each ends as sent or unknown.
func TestTwoSendersNeverSendTwice(t *testing.T) {
	ends := map[cases.ReplyState]int{}
	for seed := range uint64(40) {
		srv := &counting{r: rand.New(rand.NewPCG(seed, 5)), accepted: map[string]int{}}
		b := setUp(t, func(o *desk.Options) { o.Senders = map[string]desk.Sender{"": srv} })
		another(t, b, "319", nil)
		another(t, b, "320", nil)
		var replies []cases.ReplyID
		mails := []string{question, casestest.DebtorMail + "|q2@mail.example.org|K-2026-000319|Wofür ist das andere?", casestest.DebtorMail + "|q3@mail.example.org|K-2026-000320|Und das dritte?"}
		for i := range mails {
			b.take(t, mails[:i+1]...)
			replies = append(replies, b.approve(t).Reply)
		}
		c := setUp(t, func(o *desk.Options) { o.Journal, o.Senders = b.j, map[string]desk.Sender{"": srv} })
		b.j.Changed = func(ch []cases.Change) { // each hears of all
			b.Changed(ch)
			c.Changed(ch)
		}
		for range 12 {
			b.w.Now = b.w.Now.Add(2 * time.Hour)
			if h := b.w.Now.Hour(); h < 8 || h > 18 {
				b.w.Now = b.w.Now.Add(12 * time.Hour)
			}
			c.w.Now = b.w.Now
			var wg sync.WaitGroup
			for _, d := range []*bench{b, c} {
				wg.Go(func() {
					if _, err := d.Send(t.Context()); err != nil {
						t.Errorf("seed %d: %v", seed, err)
					}
				})
			}
			wg.Wait()
		}
		for _, id := range replies {
			r := b.w.State.Replies[id]
			n := srv.accepted[r.Approval.RFCID]
			ends[r.State]++
			switch r.State {
			case cases.ReplySent, cases.ReplyUnknown:
				if n != 1 {
					t.Errorf("seed %d: a reply that is %s was accepted %d times", seed, r.State, n)
				}
			case cases.ReplyStale:
				if n != 0 {
					t.Errorf("seed %d: a stale reply was accepted %d times", seed, n)
				}
			default:
				t.Errorf("seed %d: a reply is still %s, accepted %d times", seed, r.State, n)
			}
		}
	}
	if ends[cases.ReplySent] < 60 || ends[cases.ReplyUnknown] < 10 {
		t.Errorf("ends %v: the test says little", ends)
	}
}
