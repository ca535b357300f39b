package ui

import (
	"bytes"
	"context"
	"io"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/ui/internal/fake"
)

// A burst of news reaches the program merged, and none of it is lost.
func TestBridgeMergesBursts(t *testing.T) {
	t.Parallel()
	b := newBridge()
	got := make(chan desk.News, 1000)
	done := make(chan struct{})
	go func() { defer close(done); b.run(func(n desk.News) { got <- n }) }()
	for range 500 {
		b.put(desk.News{Cases: []cases.CaseID{"c"}, Queue: true})
	}
	b.put(desk.News{Outbox: true})
	n, sends, outbox := 0, 0, false
	for n < 500 || !outbox {
		select {
		case m := <-got:
			n += len(m.Cases)
			outbox = outbox || m.Outbox
			sends++
		case <-time.After(10 * time.Second):
			t.Fatalf("%d of 500 came", n)
		}
	}
	if sends > 100 {
		t.Errorf("%d messages for one burst", sends)
	}
	b.close()
	b.close()
	<-done
}

func TestImplausibleSizesAreDropped(t *testing.T) {
	t.Parallel()
	for _, s := range []tea.WindowSizeMsg{{}, {Width: -1, Height: 10}, {Width: 5000, Height: 10}, {Width: 4000, Height: 4000}} {
		if plausible(nil, s) != nil {
			t.Errorf("%+v passed", s)
		}
	}
	if plausible(nil, tea.WindowSizeMsg{Width: 80, Height: 24}) == nil {
		t.Error("80x24 was dropped")
	}
}

// Run ends with its context, and what was typed is saved before it returns.
func TestRunSavesWhatWasTypedWhenItIsStopped(t *testing.T) {
	t.Parallel()
	now := fake.Start()
	d := fake.New(func() time.Time { return now }, fake.Today(), fake.Sample()...)
	ctx, cancel := context.WithCancel(t.Context())
	keys, feed := io.Pipe()
	out := &screenBuffer{seen: make(chan struct{}, 1)}
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, Options{Desk: d, Lang: "de", Clock: func() time.Time { return now }, Loc: time.UTC, size: [2]int{120, 40}}, keys, out)
	}()
	write := func(s string) {
		t.Helper()
		if _, err := io.WriteString(feed, s); err != nil {
			t.Fatal(err)
		}
	}
	out.wait(t, "Muster")
	write("\r")
	out.wait(t, "Folgen")
	write("e")
	out.wait(t, "fertig")
	write("Z")
	out.wait(t, "speichere")
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("run: %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("run does not end with its context")
	}
	if got, ok := d.Typed(desk.ItemRef{Kind: "message", ID: "m-318"}); !ok || got.Text == "" || got.Text[0] != 'Z' {
		t.Errorf("saved %q", got.Text)
	}
	_ = feed.Close()
}

// screenBuffer collects what the program draws.
type screenBuffer struct {
	mu   sync.Mutex
	buf  bytes.Buffer
	seen chan struct{}
}

func (s *screenBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.seen <- struct{}{}:
	default:
	}
	return s.buf.Write(p)
}

// wait returns once what was drawn holds words, and forgets it.
func (s *screenBuffer) wait(t *testing.T, words string) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		s.mu.Lock()
		found := bytes.Contains(s.buf.Bytes(), []byte(words))
		if found {
			s.buf.Reset()
		}
		s.mu.Unlock()
		if found {
			return
		}
		select {
		case <-s.seen:
		case <-deadline:
			t.Fatalf("never drew %q", words)
		}
	}
}
