package imap

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/emersion/go-imap/v2"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/inbox/internal/link"
)

// How often one mail may fail before it is reported as unreadable. Where the
// server refuses it or its answer is broken, it is the mail; where the
// connection is lost, it may as well be the network, so that takes longer and
// is spread over several rounds.
const (
	maxRefused = 3
	maxLost    = 6
)

// errNoBody means that a mail is there but its bytes never came.
var errNoBody = errors.New("the server lists the mail but does not send it")

// errOtherLife means that the folder was replaced between two connections.
var errOtherLife = errors.New("the folder's UIDVALIDITY changed during the round")

// collector gathers mails into batches.
type collector struct {
	out   chan<- batch
	mails []cases.Fetched
	bytes int64
	cur   cases.Cursor // everything up to here is in batches handed out
}

func (c *collector) add(ctx context.Context, f cases.Fetched) error {
	c.mails = append(c.mails, f)
	c.bytes += int64(len(f.Raw))
	if c.bytes >= batchBytes || len(c.mails) >= batchMails {
		return c.flush(ctx)
	}
	return nil
}

func (c *collector) flush(ctx context.Context) error {
	if len(c.mails) == 0 {
		return nil
	}
	b := batch{c.mails, c.cur}
	c.mails, c.bytes = nil, 0
	select {
	case c.out <- b:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// produce fetches window after window. Only a whole window moves the cursor,
// as servers may answer in any order: a crash within a window has it fetched
// again.
func (p *puller) produce(ctx context.Context, out chan<- batch) error {
	c := &collector{out: out, cur: p.cur}
	n, end := 64, p.todo.last()
	for !p.todo.empty() {
		var last uint32
		var err error
		if until := p.m.carefulUntil(p.cur); until >= p.todo.first() {
			var set imap.UIDSet
			set, _, last = p.todo.take(1)
			c.cur.Left = p.todo.count(0)
			err = p.single(ctx, c, uint32(set[0].Start))
		} else {
			before := c.bytes
			var set imap.UIDSet
			var count int
			set, count, last = p.todo.take(n)
			c.cur.Left = p.todo.count(0)
			err = p.window(ctx, c, set, count, last)
			if errors.Is(err, errAgain) {
				continue
			}
			n = adapt(n, c.bytes-before, count)
		}
		if err != nil {
			return err
		}
		c.cur.LastUID = last
		if c.bytes >= batchBytes/2 || len(c.mails) >= batchMails/2 {
			if err := c.flush(ctx); err != nil {
				return err
			}
		}
	}
	c.cur.LastUID = max(c.cur.LastUID, end) // mails put back may have been the last ones left
	return c.flush(ctx)
}

// errAgain says that the rest of a window was put back into todo.
var errAgain = errors.New("window put back")

// window fetches the mails of set at once. What needs more care (large mails,
// mails that did not come) is fetched one by one after it; where the whole
// fails, the rest of it is put back to be fetched one by one.
func (p *puller) window(ctx context.Context, c *collector, set imap.UIDSet, count int, last uint32) error {
	var got imap.UIDSet
	var large []uint32
	err := p.s.fetch(ctx, p.folder(), set, count, chunk, func(f cases.Fetched) error {
		got.AddNum(imap.UID(f.Place.UID))
		switch {
		case len(f.Raw) < chunk:
		case f.Size > p.m.cfg.MaxMail:
			f.Truncated = true
		default:
			large = append(large, f.Place.UID)
			return nil
		}
		return c.add(ctx, f)
	})
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		p.m.cfg.Log.Warn("fetch failed, going on mail by mail",
			slog.String("account", p.m.cfg.Name), slog.String("folder", p.cur.Mailbox), slog.Any("error", link.Clean(err)))
		p.m.beCareful(p.cur, last)
		rest := without(set, got)
		for _, uid := range large {
			rest.AddNum(imap.UID(uid))
		}
		p.todo.putBack(rest)
		if err := p.revive(ctx, err); err != nil {
			return err
		}
		return errAgain
	}
	// The library drops a mail's bytes where somebody else's change of flags
	// was answered first: what is missing is expunged only if a search says so.
	rest := without(set, got)
	if len(rest) > 0 {
		if rest, err = p.s.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{rest}}); err != nil {
			return err
		}
	}
	for _, uid := range large {
		rest.AddNum(imap.UID(uid))
	}
	nums, _ := rest.Nums()
	for _, uid := range nums {
		if err := p.single(ctx, c, uint32(uid)); err != nil {
			p.m.beCareful(p.cur, last)
			return err
		}
	}
	return nil
}

// single fetches one mail, as often as it takes to have it, to know that it is
// gone, or to give it up as unreadable.
func (p *puller) single(ctx context.Context, c *collector, uid uint32) error {
	lost := false
	for {
		f, err := p.whole(ctx, uid)
		if err == nil {
			p.m.forget(p.cur, uid)
			if f.Place.UID == 0 {
				return nil // expunged
			}
			return c.add(ctx, f)
		}
		if ctx.Err() != nil {
			return err
		}
		passing := temporary(err)
		limit := maxRefused
		if passing {
			limit = maxLost
		}
		if p.m.strike(p.cur, uid) >= limit {
			p.m.forget(p.cur, uid)
			p.m.cfg.Log.Error("mail given up as unreadable",
				slog.String("account", p.m.cfg.Name), slog.String("folder", p.cur.Mailbox),
				slog.Uint64("uid", uint64(uid)), slog.Any("error", link.Clean(err)))
			why, _ := plain.Line(err.Error()).Cut(200)
			lastErr := p.revive(ctx, err)
			if addErr := c.add(ctx, cases.Fetched{Place: p.place(uid), Unreadable: why}); addErr != nil {
				return addErr
			}
			return lastErr
		}
		if passing && lost {
			return fmt.Errorf("mail uid %d: %w", uid, err)
		}
		lost = passing
		if err := p.revive(ctx, err); err != nil {
			return err
		}
	}
}

// whole fetches one mail up to the size limit. A Fetched without UID says that
// the folder does not hold it any more.
func (p *puller) whole(ctx context.Context, uid uint32) (f cases.Fetched, err error) {
	set := imap.UIDSetNum(imap.UID(uid))
	limit := p.m.cfg.MaxMail + 1
	err = p.s.fetch(ctx, p.folder(), set, 1, limit, func(got cases.Fetched) error {
		f = got
		return nil
	})
	if err != nil {
		return cases.Fetched{}, err
	}
	if f.Place.UID == 0 {
		set, err := p.s.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{set}})
		if err == nil && set.Contains(imap.UID(uid)) {
			err = errNoBody
		}
		return cases.Fetched{}, err
	}
	if int64(len(f.Raw)) >= limit {
		// A copy, so that the rest can be freed.
		f.Raw, f.Truncated = append([]byte(nil), f.Raw[:min(chunk, limit-1)]...), true
	}
	return f, nil
}

// revive opens a new connection if the old one is of no use any more.
func (p *puller) revive(ctx context.Context, cause error) error {
	if _, refused := errors.AsType[*imap.Error](cause); refused || errors.Is(cause, errNoBody) {
		return nil
	}
	p.s.abort()
	s, err := p.m.dial(ctx)
	if err != nil {
		return err
	}
	p.s = s
	data, err := s.examine(ctx, p.cur.Mailbox)
	if err != nil {
		return err
	}
	if data.UIDValidity != p.cur.UIDValidity {
		return errOtherLife
	}
	return nil
}

// temporary reports whether err may pass by itself.
func temporary(err error) bool {
	if e, ok := errors.AsType[*imap.Error](err); ok {
		switch e.Code {
		case imap.ResponseCodeInUse, imap.ResponseCodeLimit, imap.ResponseCodeUnavailable:
			return true
		}
		return false
	}
	return !errors.Is(err, errProtocol) && !errors.Is(err, errNoBody)
}

func (p *puller) folder() folderID {
	return folderID{account: p.cur.Account, name: p.cur.Mailbox, validity: p.cur.UIDValidity}
}

func (p *puller) place(uid uint32) cases.Place {
	return cases.Place{Account: p.cur.Account, Mailbox: p.cur.Mailbox, UIDValidity: p.cur.UIDValidity, UID: uid}
}

// carefulUntil returns the UID up to which the cursor's folder is read mail by
// mail, 0 for none.
func (m *Mailbox) carefulUntil(cur cases.Cursor) uint32 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.careful[place{cur.Mailbox, cur.UIDValidity, 0}]
}

func (m *Mailbox) beCareful(cur cases.Cursor, until uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.careful[place{cur.Mailbox, cur.UIDValidity, 0}] = until
}

func (m *Mailbox) strike(cur cases.Cursor, uid uint32) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := place{cur.Mailbox, cur.UIDValidity, uid}
	m.strikes[p]++
	return m.strikes[p]
}

func (m *Mailbox) forget(cur cases.Cursor, uid uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.strikes, place{cur.Mailbox, cur.UIDValidity, uid})
}
