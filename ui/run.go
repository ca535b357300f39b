package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/desk"
	"kontor/ui/nav"
)

// Run shows the workstation on a terminal until the caseworker quits or ctx
// ends. What was typed is saved before it returns; after a panic the terminal
// is restored and the panic reported as an error.
func Run(ctx context.Context, o Options, in io.Reader, out io.Writer) error {
	a := newApp(o) //nolint:contextcheck // a command owns its deadline and outlives no program
	opts := []tea.ProgramOption{tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(out), tea.WithFPS(120), tea.WithFilter(plausible)}
	if o.size != [2]int{} {
		opts = append(opts, tea.WithWindowSize(o.size[0], o.size[1]))
	}
	p := tea.NewProgram(a, opts...)
	b := newBridge()
	a.subscribe = func(d desk.Workstation) func() { return d.Subscribe(b.put) }
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.run(func(n desk.News) { p.Send(nav.NewsMsg{News: n}) })
	}()
	_, err := p.Run()
	if a.cancel != nil {
		a.cancel()
	}
	b.close()
	<-done
	for _, cmd := range a.leaving() { // a signal ends the program without asking
		cmd()
	}
	if err != nil && !errors.Is(err, tea.ErrInterrupted) && ctx.Err() == nil {
		return fmt.Errorf("workstation: %w", err)
	}
	return nil
}

// plausible drops window sizes that no terminal has.
func plausible(_ tea.Model, m tea.Msg) tea.Msg {
	if s, ok := m.(tea.WindowSizeMsg); ok {
		if s.Width <= 0 || s.Height <= 0 || s.Width > 4096 || s.Height > 4096 || s.Width*s.Height > 1<<20 {
			return nil
		}
	}
	return m
}

// bridge carries the desk's news to the program: bursts are merged, nothing is
// lost, and the desk never waits for the screen.
type bridge struct {
	mu   sync.Mutex
	next desk.News
	some bool
	wake chan struct{}
	stop chan struct{}
	once sync.Once
}

// burst is how long news is gathered before it is handed over.
const burst = 40 * time.Millisecond

func newBridge() *bridge {
	return &bridge{wake: make(chan struct{}, 1), stop: make(chan struct{})}
}

func (b *bridge) put(n desk.News) {
	b.mu.Lock()
	b.next = merge(b.next, n)
	b.some = true
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

func merge(a, n desk.News) desk.News {
	a.Queue = a.Queue || n.Queue
	a.Outbox = a.Outbox || n.Outbox
	a.Status = a.Status || n.Status
	a.Cases = append(a.Cases, n.Cases...)
	if n.Pulled != nil {
		a.Pulled = n.Pulled
	}
	if n.Sent != nil {
		a.Sent = n.Sent
	}
	return a
}

// run hands news over until close.
func (b *bridge) run(send func(desk.News)) {
	t := time.NewTimer(0)
	<-t.C
	for {
		select {
		case <-b.stop:
			return
		case <-b.wake:
		}
		b.mu.Lock()
		n, some := b.next, b.some
		b.next, b.some = desk.News{}, false
		b.mu.Unlock()
		if some {
			send(n)
		}
		t.Reset(burst)
		select {
		case <-b.stop:
			return
		case <-t.C:
		}
	}
}

func (b *bridge) close() { b.once.Do(func() { close(b.stop) }) }
