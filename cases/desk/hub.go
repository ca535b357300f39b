package desk

import (
	"slices"
	"sync"
)

// hub hands news to listeners, each in a goroutine of its own, one call at a
// time; news that come while a listener is busy are merged.
type hub struct {
	mu     sync.Mutex
	subs   map[int]*sub
	next   int
	closed bool
	wg     sync.WaitGroup
}

type sub struct {
	mu      sync.Mutex
	pending *News
	signal  chan struct{}
	done    chan struct{}
	once    sync.Once // a listener leaves, and the hub closes: whichever comes first
}

func (s *sub) end() { s.once.Do(func() { close(s.done) }) }

func newHub() *hub { return &hub{subs: map[int]*sub{}} }

func (h *hub) subscribe(f func(News)) (cancel func()) {
	s := &sub{signal: make(chan struct{}, 1), done: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return func() {}
	}
	id := h.next
	h.next++
	h.subs[id] = s
	h.wg.Go(func() {
		for {
			select {
			case <-s.done:
				return
			case <-s.signal:
			}
			s.mu.Lock()
			n := s.pending
			s.pending = nil
			s.mu.Unlock()
			if n != nil {
				f(*n)
			}
		}
	})
	return func() {
		h.mu.Lock()
		delete(h.subs, id)
		h.mu.Unlock()
		s.end()
	}
}

func (h *hub) publish(n News) {
	h.mu.Lock()
	subs := make([]*sub, 0, len(h.subs))
	for _, s := range h.subs {
		subs = append(subs, s)
	}
	h.mu.Unlock()
	for _, s := range subs {
		s.mu.Lock()
		if s.pending == nil {
			s.pending = &News{}
		}
		s.pending.merge(n)
		s.mu.Unlock()
		select {
		case s.signal <- struct{}{}:
		default:
		}
	}
}

func (n *News) merge(o News) {
	n.Queue, n.Outbox, n.Status = n.Queue || o.Queue, n.Outbox || o.Outbox, n.Status || o.Status
	for _, c := range o.Cases {
		if len(n.Cases) < 1000 && !slices.Contains(n.Cases, c) {
			n.Cases = append(n.Cases, c)
		}
	}
	if o.Pulled != nil {
		if n.Pulled == nil {
			n.Pulled = &PullResult{}
		}
		n.Pulled.add(*o.Pulled)
	}
	if o.Sent != nil {
		if n.Sent == nil {
			n.Sent = &SendReport{}
		}
		n.Sent.Sent += o.Sent.Sent
		n.Sent.Refused += o.Sent.Refused
		n.Sent.Unknown += o.Sent.Unknown
		n.Sent.Waiting = o.Sent.Waiting
	}
}

func (r *PullResult) add(o PullResult) {
	r.Fetched += o.Fetched
	r.New += o.New
	r.Matched += o.Matched
	r.Unassigned += o.Unassigned
	r.Failed += o.Failed
	r.Gone += o.Gone
}

// close ends all subscriptions and waits for calls under way.
func (h *hub) close() {
	h.mu.Lock()
	h.closed = true
	for id, s := range h.subs {
		delete(h.subs, id)
		s.end()
	}
	h.mu.Unlock()
	h.wg.Wait()
}
