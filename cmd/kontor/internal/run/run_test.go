package run

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"kontor/cases/desk"
)

// box is a mailbox whose server is away until up.
type box struct {
	desk.Mailbox
	up    time.Time
	tries []time.Time
}

func (b *box) Watch(ctx context.Context, _ string, wake func()) error {
	now := time.Now()
	b.tries = append(b.tries, now)
	if now.Before(b.up) {
		return errors.New("connection refused")
	}
	wake()
	<-ctx.Done()
	return context.Cause(ctx)
}

// A server that is away is asked less and less often, at spread times, and met
// soon after it is back.
func TestWatchComesBackWithPatience(t *testing.T) {
	gaps := map[time.Duration]bool{}
	for range 5 {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			b := &box{up: time.Now().Add(30 * time.Minute)}
			woken := make(chan time.Time, 1)
			done := make(chan struct{})
			go func() {
				defer close(done)
				Workers{Log: slog.New(slog.DiscardHandler)}.watch(ctx, Folder{Box: b, Name: "INBOX"}, func() { woken <- time.Now() })
			}()
			if late := (<-woken).Sub(b.up); late > 90*time.Second {
				t.Errorf("met %s after the server was back", late)
			}
			cancel()
			<-done
			if n := len(b.tries); n < 25 || n > 70 {
				t.Errorf("%d attempts in half an hour", n)
			}
			for i := 1; i < len(b.tries); i++ {
				gap := b.tries[i].Sub(b.tries[i-1])
				if gap < time.Second || gap > 90*time.Second {
					t.Errorf("rests %s", gap)
				}
				if i > 6 {
					gaps[gap] = true
				}
			}
		})
	}
	if len(gaps) < 50 {
		t.Errorf("only %d different rests: nothing is spread", len(gaps))
	}
}
