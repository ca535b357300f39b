// Package run owns the workers behind a desk: who pulls, who sends, and when.
package run

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"

	"kontor/cases/desk"
)

// Bounds of the workers' pace.
const (
	pollEvery = 2 * time.Minute // where no server pushes
	tick      = time.Second     // the sender looks whether something became due
	roundMax  = 30 * time.Minute
	// secondEvery is the pause between two looks for mails to ask about.
	secondEvery = 5 * time.Second
)

// Folder is a mailbox's folder to watch.
type Folder struct {
	Box  desk.Mailbox
	Name string
}

// Workers pull and send until their context ends.
type Workers struct {
	Desk  *desk.Desk
	Boxes []Folder
	Now   func() time.Time
	Log   *slog.Logger
}

// Run starts the workers and waits for all of them.
func (w Workers) Run(ctx context.Context) {
	pull := make(chan struct{}, 1)
	send := make(chan struct{}, 1)
	poke := func(c chan struct{}) {
		select {
		case c <- struct{}{}:
		default:
		}
	}
	var wg sync.WaitGroup
	guard := func(name string, f func(context.Context)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				w.guarded(ctx, name, f)
			}
		})
	}
	guard("pull", func(ctx context.Context) { w.pull(ctx, pull) })
	guard("send", func(ctx context.Context) { w.send(ctx, send) })
	guard("second", w.second)
	guard("wake", func(ctx context.Context) {
		select {
		case <-ctx.Done():
		case <-w.Desk.Woken():
			poke(pull)
			poke(send)
		}
	})
	for _, f := range w.Boxes {
		guard("watch", func(ctx context.Context) { w.watch(ctx, f, func() { poke(pull) }) })
	}
	wg.Wait()
}

// guarded keeps one worker's panic from ending the program: it is put on
// record, and the worker starts again after a rest.
func (w Workers) guarded(ctx context.Context, name string, f func(context.Context)) {
	defer func() {
		if r := recover(); r != nil {
			w.Log.Error("worker panicked", "worker", name, "panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
			rest(ctx, 10*time.Second)
		}
	}()
	f(ctx)
}

func rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// pull makes rounds: at once, when poked, and every two minutes; after a
// failure with growing rests, so that a server that comes back is met soon.
func (w Workers) pull(ctx context.Context, poked <-chan struct{}) {
	b := waits()
	for {
		wait := pollEvery
		round, cancel := context.WithTimeout(ctx, roundMax)
		_, err := w.Desk.Pull(round)
		cancel()
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			wait = b.NextBackOff()
			w.Log.Warn("pull", "err", err)
		} else {
			b.Reset()
		}
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-poked:
		case <-t.C:
		}
		t.Stop()
	}
}

// send delivers what becomes due.
func (w Workers) send(ctx context.Context, poked <-chan struct{}) {
	if err := w.Desk.Recover(ctx); err != nil {
		w.Log.Error("settle what a crash left", "err", err)
		rest(ctx, time.Second)
		return
	}
	w.Desk.Greet(ctx)
	b := waits()
	var notBefore time.Time
	for {
		due, ok := w.Desk.NextDue(ctx)
		now := w.Now()
		if ok && !due.After(now) && !now.Before(notBefore) {
			if _, err := w.Desk.Send(ctx); err != nil && ctx.Err() == nil {
				w.Log.Warn("send", "err", err)
				notBefore = w.Now().Add(b.NextBackOff())
			} else {
				b.Reset()
			}
		}
		t := time.NewTimer(tick)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-poked:
			notBefore = time.Time{}
		case <-t.C:
		}
		t.Stop()
	}
}

// second asks the generative engine about what came in, off everybody's path.
func (w Workers) second(ctx context.Context) {
	if _, err := w.Desk.AskSecond(ctx); err != nil && ctx.Err() == nil {
		w.Log.Warn("second opinion", "err", err)
	}
	rest(ctx, secondEvery)
}

// watch waits for a server's word of new mail; after failures with growing
// rests, spread so that an office's machines do not come back all at once.
func (w Workers) watch(ctx context.Context, f Folder, wake func()) {
	b := waits()
	for ctx.Err() == nil {
		err := f.Box.Watch(ctx, f.Name, func() {
			b.Reset()
			wake()
		})
		if ctx.Err() != nil {
			return
		}
		w.Log.Warn("watch", "folder", f.Name, "err", err)
		rest(ctx, b.NextBackOff())
	}
}

// waits are the rests between attempts: from two seconds to a minute, each
// spread by half.
func waits() *backoff.ExponentialBackOff {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.MaxInterval, b.Multiplier, b.RandomizationFactor = 2*time.Second, time.Minute, 2, 0.5
	return b
}
