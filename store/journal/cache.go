package journal

import (
	"container/list"
	"sync"

	"kontor/cases"
)

// entry is what is known of one stream at one moment. Once in the cache it is
// never changed.
type entry struct {
	rec   *streamRec
	state cases.State // nil for kinds without an aggregate
	newer bool        // holds a fact of a newer program
	cost  int
}

// cache keeps the entries used last, up to a number of bytes.
type cache struct {
	mu    sync.Mutex
	max   int
	size  int
	gen   uint64 // counts publications: a reader that began before one may not fill in
	order *list.List
	m     map[cases.Stream]*list.Element
}

type cached struct {
	stream cases.Stream
	*entry
}

func newCache(limit int) *cache {
	return &cache{max: limit, order: list.New(), m: map[cases.Stream]*list.Element{}}
}

func (c *cache) get(s cases.Stream) (*entry, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.m[s]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(cached).entry, true
}

// generation is taken before a reading transaction and given to fill after it.
func (c *cache) generation() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gen
}

// fill keeps what a reader folded, unless somebody published meanwhile.
func (c *cache) fill(gen uint64, s cases.Stream, e *entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if gen == c.gen {
		c.put(s, e)
	}
}

// publish replaces entries after a commit.
func (c *cache) publish(es map[cases.Stream]*entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	for s, e := range es {
		c.put(s, e)
	}
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	c.size = 0
	c.order.Init()
	clear(c.m)
}

func (c *cache) put(s cases.Stream, e *entry) {
	if old, ok := c.m[s]; ok {
		c.size -= old.Value.(cached).cost
		c.order.Remove(old)
	}
	c.m[s] = c.order.PushFront(cached{s, e})
	c.size += e.cost
	for c.size > c.max && c.order.Len() > 1 {
		last := c.order.Back()
		c.size -= last.Value.(cached).cost
		delete(c.m, last.Value.(cached).stream)
		c.order.Remove(last)
	}
}
