package imap

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/emersion/go-imap/v2"

	"kontor/cases"
	"kontor/inbox/internal/link"
)

// Bounds of the waits between attempts; each is spread by half.
const (
	firstRetry = time.Second
	lastRetry  = 5 * time.Minute
)

func newBackoff() *backoff.ExponentialBackOff {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.MaxInterval, b.Multiplier, b.RandomizationFactor = firstRetry, lastRetry, 2, 0.5
	return b
}

// Watch calls wake when folder may hold new mail, until ctx ends or the
// connection is lost, and says which. It waits by IDLE where the server has
// it, leaving and entering it every Config.Poll, and asks by NOOP every Poll
// otherwise. wake is also called each time the wait begins: servers announce in
// IDLE only what comes from then on, so the mail before it is for a pull to
// find, and some have been seen to fall silent. wake must not block.
func (m *Mailbox) Watch(ctx context.Context, folder string, wake func()) error {
	s, err := m.dial(ctx)
	if err != nil {
		return err
	}
	defer s.abort()
	if _, err := s.examine(ctx, folder); err != nil {
		return err
	}
	idle := s.caps.Has(imap.CapIdle)
	for {
		var err error
		if idle {
			err = s.idle(ctx, m.cfg.Poll, wake)
		} else {
			err = s.poll(ctx, m.cfg.Poll, wake)
		}
		if err != nil && idle && !s.conn.Lost() {
			idle, err = false, nil // it advertises IDLE and refuses it, or does not know what it is
		}
		if err != nil {
			return fmt.Errorf("watch folder %s: %w", folder, link.Clean(err))
		}
	}
}

// idle stays in IDLE for d.
func (s *session) idle(ctx context.Context, d time.Duration, wake func()) error {
	var cmd interface {
		Close() error
		Wait() error
	}
	err := s.do(ctx, func() (err error) {
		cmd, err = s.client.Idle()
		return err
	})
	if err != nil {
		return err
	}
	wake()
	waitErr := s.wait(ctx, d, wake)
	if waitErr != nil {
		s.conn.Abort(waitErr)
		_ = cmd.Close() // waitErr says more
		return waitErr
	}
	return s.do(ctx, func() error {
		if err := cmd.Close(); err != nil {
			return err
		}
		return cmd.Wait()
	})
}

// poll waits for d and then lets the server say what is new.
func (s *session) poll(ctx context.Context, d time.Duration, wake func()) error {
	wake()
	if err := s.wait(ctx, d, wake); err != nil {
		return err
	}
	return s.do(ctx, func() error { return s.client.Noop().Wait() })
}

// wait hands on the server's news for d.
func (s *session) wait(ctx context.Context, d time.Duration, wake func()) error {
	s.conn.Allow(link.DefaultBudget)
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		select {
		case <-s.exists:
			wake()
		case <-timer.C:
			return nil
		case <-s.client.Closed():
			return errors.New("the server closed the connection")
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// Report tells how a Run fares, after every round.
type Report struct {
	Folder string
	At     time.Time
	Cursor cases.Cursor
	Err    error     // nil: the round went through
	Next   time.Time // of the next attempt where Err is set
}

// Run keeps the folder of cur pulled until ctx ends: a round at the start, on
// every sign of new mail, every Config.Poll, on every value from now (a
// person's "at once"), and after failures with growing, spread waits. report may be nil; it must
// not block. It returns the cursor and ctx's error.
func (m *Mailbox) Run(ctx context.Context, cur cases.Cursor, sink Sink, now <-chan struct{}, report func(Report)) (cases.Cursor, error) {
	wakes := make(chan struct{}, 1)
	var wg sync.WaitGroup
	wg.Go(func() { // ends with ctx, waited for below
		m.keepWatching(ctx, cur.Mailbox, func() {
			select {
			case wakes <- struct{}{}:
			default:
			}
		})
	})
	defer wg.Wait()
	waits := newBackoff()
	for {
		var err error
		cur, err = m.Pull(ctx, cur, sink)
		if ctx.Err() != nil {
			return cur, context.Cause(ctx)
		}
		at := m.cfg.Now()
		r := Report{Folder: cur.Mailbox, At: at, Cursor: cur, Err: err}
		// A round every Poll whatever the watcher says: it may be the one that
		// cannot connect, and IDLE has been seen to fall silent.
		wait := m.cfg.Poll
		if err == nil {
			waits.Reset()
		} else {
			wait = waits.NextBackOff()
			r.Next = at.Add(wait)
		}
		if report != nil {
			report(r)
		}
		news := wakes
		if err != nil {
			news = nil // the watcher's own reconnects must not shorten the wait
		}
		select {
		case <-news:
		case <-now:
		case <-time.After(wait):
		case <-ctx.Done():
			return cur, context.Cause(ctx)
		}
	}
}

// keepWatching watches again and again, with waits after failures.
func (m *Mailbox) keepWatching(ctx context.Context, folder string, wake func()) {
	waits := newBackoff()
	for {
		err := m.Watch(ctx, folder, func() {
			waits.Reset()
			wake()
		})
		if ctx.Err() != nil {
			return
		}
		m.cfg.Log.Info("watching ended", slog.String("account", m.cfg.Name), slog.String("folder", folder), slog.Any("error", err))
		select {
		case <-time.After(waits.NextBackOff()):
		case <-ctx.Done():
			return
		}
	}
}
