package journal

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"kontor/cases"
)

// Summaries lie in sealed pages of up to pageEntries. A commit writes its
// changed ones as a new page; the newest page that names a stream is right. A
// page without right entries is deleted, and when there are too many pages
// the emptiest are rewritten, so there are at most about twice as many as needed.
const (
	pageEntries = 192
	spareCount  = 32
	cleanCount  = 24
)

// Summary is one stream's line for lists.
type Summary struct {
	Stream  cases.Stream
	Version uint64
	Bytes   []byte
	handle  handle
}

// pageIndex says which page holds the right summary of each stream. Only the
// writer uses it.
type pageIndex struct {
	page map[handle]uint64
	live map[uint64]int // right entries of each page
	next uint64
}

// pageDelta is what a batch will change in the index once it is committed.
type pageDelta struct {
	moved   map[handle]uint64
	live    map[uint64]int
	deleted []uint64
	next    uint64
}

func (ix *pageIndex) apply(d pageDelta) {
	for h, p := range d.moved {
		ix.page[h] = p
	}
	for p, n := range d.live {
		ix.live[p] = n
	}
	for _, p := range d.deleted {
		delete(ix.live, p)
	}
	ix.next = max(ix.next, d.next)
}

// writePages writes the summaries of the batch's changed streams.
func (w *work) writePages() error {
	ix := w.j.index
	w.pages = pageDelta{moved: map[handle]uint64{}, live: map[uint64]int{}, next: ix.next}
	var fresh []Summary
	for _, l := range w.touched {
		if l.summary != nil {
			fresh = append(fresh, Summary{Stream: l.stream, Version: uint64(len(l.rec.positions)), Bytes: l.summary, handle: l.handle})
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	for _, s := range fresh {
		w.leave(s.handle)
		w.pages.moved[s.handle] = 0 // claimed, so that cleaning does not copy it
	}
	if pages, need := len(ix.live)+1, len(ix.page)/pageEntries+1; pages > 2*need+spareCount {
		old, err := w.clean()
		if err != nil {
			return err
		}
		fresh = append(fresh, old...)
	}
	for part := range slices.Chunk(fresh, pageEntries) {
		if err := w.writePage(part); err != nil {
			return err
		}
	}
	for p, n := range w.pages.live {
		if n == 0 {
			w.pages.deleted = append(w.pages.deleted, p)
			if err := w.tx.Delete(Pages, posKey(p)); err != nil {
				return err
			}
		}
	}
	return nil
}

// leave takes a stream's entry out of the page where it is now.
func (w *work) leave(h handle) {
	p, ok := w.j.index.page[h]
	if !ok {
		return
	}
	n, ok := w.pages.live[p]
	if !ok {
		n = w.j.index.live[p]
	}
	w.pages.live[p] = n - 1
}

// clean reads the emptiest pages and returns their right entries.
func (w *work) clean() ([]Summary, error) {
	ix := w.j.index
	pages := make([]uint64, 0, len(ix.live))
	for p := range ix.live {
		if n, ok := w.pages.live[p]; !ok || n > 0 {
			pages = append(pages, p)
		}
	}
	slices.SortFunc(pages, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(ix.live[a], ix.live[b]), cmp.Compare(a, b))
	})
	var out []Summary
	for _, p := range pages[:min(cleanCount, len(pages))] {
		sealed, err := w.tx.Get(Pages, posKey(p))
		if err != nil {
			return nil, err
		}
		all, err := w.j.openPage(p, sealed)
		if err != nil {
			return nil, err
		}
		for _, s := range all {
			if _, moved := w.pages.moved[s.handle]; !moved && ix.page[s.handle] == p {
				w.leave(s.handle)
				w.pages.moved[s.handle] = 0
				out = append(out, s)
			}
		}
	}
	return out, nil
}

func (w *work) writePage(entries []Summary) error {
	p := w.pages.next
	w.pages.next++
	size := 8
	for _, s := range entries {
		size += 40 + len(s.Stream.ID) + len(s.Bytes)
	}
	b := append(make([]byte, 0, size), 1, cases.SummaryFormat)
	for _, s := range entries {
		b = append(b, s.handle[:]...)
		b = append(b, byte(s.Stream.Kind))
		b = appendString(b, s.Stream.ID)
		b = binary.AppendUvarint(b, s.Version)
		b = binary.AppendUvarint(b, uint64(len(s.Bytes)))
		b = append(b, s.Bytes...)
		w.pages.moved[s.handle] = p
	}
	w.pages.live[p] = len(entries)
	key := posKey(p)
	return w.tx.Put(Pages, key, w.j.data.Seal(nil, string(Pages), key, b))
}

// errOldSummaries says that pages hold another summary format: they are made
// anew from the facts.
var errOldSummaries = errors.New("summaries of another format")

func (j *Journal) openPage(p uint64, sealed []byte) ([]Summary, error) {
	damaged := func(err error) error { return &DamageError{What: fmt.Sprintf("page %d", p), Err: err} }
	b, err := j.data.Open(nil, string(Pages), posKey(p), sealed)
	if err != nil {
		return nil, damaged(err)
	}
	d := decoder{b: b}
	if d.byte() != 1 {
		return nil, damaged(errEncoding)
	}
	if d.byte() != cases.SummaryFormat {
		return nil, errOldSummaries
	}
	out := make([]Summary, 0, pageEntries)
	for len(d.b) > 0 {
		var s Summary
		copy(s.handle[:], d.bytes(uint64(len(s.handle))))
		s.Stream.Kind = cases.StreamKind(d.byte())
		s.Stream.ID = d.string()
		s.Version = d.uvarint()
		s.Bytes = d.bytes(d.uvarint())
		if d.err != nil {
			return nil, damaged(d.err)
		}
		out = append(out, s)
	}
	return out, nil
}

// Summaries calls fn for the summary of every stream, one at a time, in no
// order. fn may keep the bytes; it must not call back into a writing method.
func (j *Journal) Summaries(ctx context.Context, fn func(cases.Stream, []byte) error) error {
	var mu sync.Mutex
	return j.SummaryPages(ctx, func(page []Summary) error {
		mu.Lock()
		defer mu.Unlock()
		for _, s := range page {
			if err := fn(s.Stream, s.Bytes); err != nil {
				return err
			}
		}
		return nil
	})
}

// SummaryPages is Summaries for who decodes on all cores: fn gets many at once
// and is called concurrently.
func (j *Journal) SummaryPages(ctx context.Context, fn func([]Summary) error) error {
	if err := j.open(); err != nil {
		return err
	}
	j.mu.Lock()
	if j.index == nil && !j.stale {
		defer j.mu.Unlock()
		ix, err := j.scanPages(ctx, fn)
		if err == nil {
			j.index = ix
		}
		return err
	}
	j.mu.Unlock()
	_, err := j.scanPages(ctx, fn)
	return err
}

// scanPages opens all pages on all cores, newest first, gives fn what is right
// in them, and returns the index.
func (j *Journal) scanPages(ctx context.Context, fn func([]Summary) error) (*pageIndex, error) {
	ix, err := j.scanOnce(ctx, fn)
	if errors.Is(err, errOldSummaries) {
		if err := j.remakePages(ctx); err != nil {
			return nil, fmt.Errorf("make summaries anew: %w", err)
		}
		ix, err = j.scanOnce(ctx, fn)
	}
	if err != nil {
		return nil, fmt.Errorf("read summaries: %w", err)
	}
	return ix, nil
}

type sealedPage struct {
	number uint64
	sealed []byte
}

func (j *Journal) sealedPages(ctx context.Context) ([]sealedPage, error) {
	var pages []sealedPage
	err := j.back.View(ctx, func(tx Tx) error {
		pages = nil
		return tx.Scan(Pages, nil, func(k, v []byte) (bool, error) {
			p, err := positionOf(k)
			pages = append(pages, sealedPage{p, slices.Clone(v)})
			return err == nil, err
		})
	})
	slices.Reverse(pages)
	return pages, err
}

func (j *Journal) scanOnce(ctx context.Context, fn func([]Summary) error) (*pageIndex, error) {
	pages, err := j.sealedPages(ctx)
	if err != nil {
		return nil, err
	}
	ix := &pageIndex{page: make(map[handle]uint64, len(pages)*pageEntries/2), live: make(map[uint64]int, len(pages)), next: 1}
	if len(pages) > 0 {
		ix.next = pages[0].number + 1
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	// Workers take pages in order, so the one that the reader waits for is
	// always in work; a window bounds what lies opened and unread.
	workers := runtime.GOMAXPROCS(0)
	opened := make([]chan []Summary, len(pages))
	for i := range opened {
		opened[i] = make(chan []Summary, 1)
	}
	next := make(chan int)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel(nil)
	for range workers {
		wg.Go(func() {
			for i := range next {
				out, err := j.openPage(pages[i].number, pages[i].sealed)
				if err != nil {
					cancel(err)
				}
				pages[i].sealed = nil
				opened[i] <- out
			}
		})
	}
	window := make(chan struct{}, 4*workers)
	wg.Go(func() {
		defer close(next)
		for i := range pages {
			select {
			case window <- struct{}{}:
			case <-ctx.Done():
				return
			}
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	})
	calls := make(chan []Summary, workers)
	var readers sync.WaitGroup
	if fn != nil {
		for range workers {
			readers.Go(func() {
				for page := range calls {
					if ctx.Err() == nil {
						if err := fn(page); err != nil {
							cancel(err)
						}
					}
				}
			})
		}
	}
	for i := range pages {
		var all []Summary
		select {
		case all = <-opened[i]:
			<-window
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		right := all[:0]
		for _, s := range all {
			if _, seen := ix.page[s.handle]; !seen {
				ix.page[s.handle] = pages[i].number
				right = append(right, s)
			}
		}
		ix.live[pages[i].number] = len(right)
		if fn != nil && len(right) > 0 {
			calls <- right
		}
	}
	close(calls)
	readers.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	return ix, nil
}

// remakePages folds every stream and writes its summary anew.
func (j *Journal) remakePages(ctx context.Context) error {
	return j.back.Update(ctx, func(tx Tx) error {
		var old [][]byte
		if err := tx.Scan(Pages, nil, func(k, _ []byte) (bool, error) {
			old = append(old, slices.Clone(k))
			return true, nil
		}); err != nil {
			return err
		}
		for _, k := range old {
			if err := tx.Delete(Pages, k); err != nil {
				return err
			}
		}
		w := j.begin(tx)
		w.pages = pageDelta{moved: map[handle]uint64{}, live: map[uint64]int{}, next: 1}
		var part []Summary
		err := tx.Scan(Streams, nil, func(k, v []byte) (bool, error) {
			s, ok, err := j.summaryOf(tx, handle(k), v)
			if err != nil || !ok {
				return err == nil, err
			}
			if part = append(part, s); len(part) == pageEntries {
				err = w.writePage(part)
				part = part[:0]
			}
			return err == nil, err
		})
		if err != nil || len(part) == 0 {
			return err
		}
		return w.writePage(part)
	})
}

// summaryOf folds one stream; false if it has no summary.
func (j *Journal) summaryOf(tx Tx, h handle, sealed []byte) (Summary, bool, error) {
	rec, err := j.openStream(h, sealed)
	if err != nil {
		return Summary{}, false, err
	}
	e, err := j.load(tx, rec.stream, h)
	if err != nil || e.state == nil || len(rec.positions) == 0 {
		return Summary{}, false, err
	}
	b := j.opts.Summarise(e.state)
	return Summary{Stream: rec.stream, Version: uint64(len(rec.positions)), Bytes: b, handle: h}, b != nil, nil
}
