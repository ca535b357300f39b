package imap

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/emersion/go-imap/v2"

	"kontor/cases"
	"kontor/inbox/internal/link"
)

// Sink takes a batch of mails and the cursor that stands after them; it
// stores both in one transaction. A batch holds at most 250 mails and about
// 2 MiB, or one larger mail. The slices are the sink's to keep. next may equal
// the cursor before: then a later batch moves it.
type Sink func(ctx context.Context, batch []cases.Fetched, next cases.Cursor) error

// Pull makes one round over the folder that cur names: it gives every mail
// after the cursor to sink, in ascending order, and returns the cursor after
// the last batch that sink took, also with an error. A cursor of another life
// of the folder (UIDVALIDITY) starts over. The next batch is fetched while
// sink works. On an error the caller waits and calls again, as Run does.
func (m *Mailbox) Pull(ctx context.Context, cur cases.Cursor, sink Sink) (cases.Cursor, error) {
	s, err := m.dial(ctx)
	if err != nil {
		return cur, err
	}
	p := &puller{m: m, s: s, cur: cur, sink: sink}
	err = p.round(ctx)
	if err == nil {
		p.s.close(ctx)
	} else {
		p.s.abort()
	}
	return p.cur, err
}

// puller is one round over one folder.
type puller struct {
	m    *Mailbox
	s    *session
	cur  cases.Cursor
	sink Sink
	todo uids
}

func (p *puller) round(ctx context.Context) error {
	if p.cur.Mailbox == "" {
		return errors.New("pull: the cursor names no folder")
	}
	p.cur.Account = p.m.cfg.Name
	data, err := p.s.examine(ctx, p.cur.Mailbox)
	if err != nil {
		return err
	}
	modseq := data.HighestModSeq
	p.adjust(data)
	if data.NumMessages == 0 || (data.UIDNext != 0 && uint32(data.UIDNext) <= p.cur.LastUID+1) {
		p.cur.ModSeq, p.cur.Held = modseq, data.NumMessages
		return nil
	}
	if p.todo, err = p.s.newer(ctx, p.cur.LastUID); err != nil {
		return err
	}
	// What came after the folder was opened is not in its count.
	early := min(p.todo.count(uint32(data.UIDNext)), data.NumMessages)
	held := data.NumMessages - early + p.todo.count(0)
	if err := p.transfer(ctx); err != nil {
		return link.Clean(err)
	}
	p.cur.ModSeq, p.cur.Held = modseq, held
	return nil
}

// adjust starts over where the cursor says nothing about this folder any more.
func (p *puller) adjust(data *imap.SelectData) {
	was := p.cur.Server
	p.cur.Server = p.m.server()
	switch {
	case was != "" && was != p.cur.Server && p.cur.UIDValidity == data.UIDValidity:
		p.m.cfg.Log.Warn("folder is on another server now, reading it again",
			slog.String("account", p.m.cfg.Name), slog.String("folder", p.cur.Mailbox))
		p.cur.LastUID, p.cur.ModSeq = 0, 0
	case p.cur.UIDValidity != data.UIDValidity:
		if p.cur.UIDValidity != 0 {
			p.m.cfg.Log.Warn("folder has a new UIDVALIDITY, reading it again",
				slog.String("account", p.m.cfg.Name), slog.String("folder", p.cur.Mailbox))
		}
		p.cur.UIDValidity, p.cur.LastUID, p.cur.ModSeq = data.UIDValidity, 0, 0
	case data.UIDNext != 0 && uint32(data.UIDNext) <= p.cur.LastUID:
		// Against the protocol, as after a restored backup: UIDs below the
		// cursor may be new mails. Reading again costs time, never a mail.
		p.m.cfg.Log.Warn("folder went back behind the cursor, reading it again",
			slog.String("account", p.m.cfg.Name), slog.String("folder", p.cur.Mailbox))
		p.cur.LastUID, p.cur.ModSeq = 0, 0
	}
}

// server says whose UIDs a folder's are. The port is left out: it changes with
// the way to connect.
func (m *Mailbox) server() string {
	return strings.ToLower(m.cfg.Username + "@" + m.link.Host())
}

// newer returns the UIDs above last that the folder holds.
func (s *session) newer(ctx context.Context, last uint32) (uids, error) {
	if last == ^uint32(0) {
		return uids{}, nil
	}
	set, err := s.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{{imap.UIDRange{Start: imap.UID(last) + 1}}}})
	if err != nil {
		return uids{}, err
	}
	return above(set, last), nil
}

func (s *session) search(ctx context.Context, criteria *imap.SearchCriteria) (set imap.UIDSet, err error) {
	err = s.do(ctx, func() error {
		data, err := s.client.UIDSearch(criteria, nil).Wait()
		if err == nil {
			set, _ = data.All.(imap.UIDSet) // nil where nothing was found
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("search: %w", link.Clean(err))
	}
	return set, nil
}

type batch struct {
	mails []cases.Fetched
	next  cases.Cursor
}

// transfer runs the fetching beside the sink, one batch ahead.
func (p *puller) transfer(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	batches := make(chan batch)
	var fetchErr error
	go func() { // ended by cancel or by itself, waited for by the range below
		defer close(batches)
		fetchErr = p.produce(ctx, batches)
	}()
	var sinkErr error
	done := p.cur // the fetching reads p.cur until it has ended
	for b := range batches {
		if sinkErr != nil {
			continue
		}
		if sinkErr = p.sink(ctx, b.mails, b.next); sinkErr != nil {
			cancel()
			continue
		}
		done = b.next
	}
	p.cur = done
	p.cur.Left = 0
	if sinkErr != nil {
		return fmt.Errorf("store mails: %w", sinkErr)
	}
	return fetchErr
}

// Compare looks which mails of cur's folder the server holds up to cur.LastUID,
// by one search. Of known, the UIDs that the journal holds in ascending order,
// it returns those that are gone: expunged, or moved elsewhere. missed are UIDs
// that are there and not known, at most the first 10,000: servers have been seen
// to show a UID after a greater one. A folder in another life gives neither: its
// UIDs say nothing.
func (m *Mailbox) Compare(ctx context.Context, cur cases.Cursor, known []uint32) (gone, missed []uint32, err error) {
	s, err := m.dial(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer s.close(ctx)
	data, err := s.examine(ctx, cur.Mailbox)
	if err != nil || data.UIDValidity != cur.UIDValidity {
		return nil, nil, err
	}
	var there uids
	if data.NumMessages > 0 && cur.LastUID > 0 {
		set, err := s.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{{{Start: 1, Stop: imap.UID(cur.LastUID)}}}})
		if err != nil {
			return nil, nil, err
		}
		there = above(set, 0)
	}
	gone, missed = differ(there, known)
	return gone, missed, nil
}

// Fetch reads one mail again, for instance one that was unreadable. It reports
// false where the folder does not hold it any more.
func (m *Mailbox) Fetch(ctx context.Context, place cases.Place) (cases.Fetched, bool, error) {
	s, err := m.dial(ctx)
	if err != nil {
		return cases.Fetched{}, false, err
	}
	p := &puller{m: m, s: s, cur: cases.Cursor{Account: m.cfg.Name, Mailbox: place.Mailbox, UIDValidity: place.UIDValidity}}
	defer func() { p.s.abort() }()
	data, err := s.examine(ctx, place.Mailbox)
	if err != nil || data.UIDValidity != place.UIDValidity {
		return cases.Fetched{}, false, err
	}
	f, err := p.whole(ctx, place.UID)
	if err != nil {
		return cases.Fetched{}, false, fmt.Errorf("fetch mail uid %d: %w", place.UID, link.Clean(err))
	}
	return f, f.Place.UID != 0, nil
}
