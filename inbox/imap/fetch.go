package imap

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"kontor/cases"
	"kontor/inbox/internal/link"
)

// Bounds of one fetch.
const (
	// attributes is what a server may send beside the literals, per mail.
	attributes = 8 << 10
	// slowest is the least transfer rate that a server must keep, in bytes a
	// second: a mail that drips slower is given up.
	slowest = 8 << 10
	never   = 1 << 62 * time.Nanosecond
)

// errProtocol marks answers that break the protocol. They point to a mail that
// confuses the server, where a lost connection points to the network.
var errProtocol = errors.New("the server's answer breaks the protocol")

// fetch asks for the mails of set, each up to limit bytes, and gives every one
// to each as it comes. It asks for no more than UID, size, date and bytes:
// one malformed ENVELOPE would end the connection for all.
func (s *session) fetch(ctx context.Context, folder folderID, set imap.UIDSet, count int, limit int64, each func(cases.Fetched) error) error {
	s.conn.Allow(link.DefaultBudget + int64(count)*(limit+attributes))
	g := s.conn.Watch(ctx, s.m.cfg.Timeout)
	cmd := s.client.Fetch(set, &imap.FetchOptions{
		UID: true, InternalDate: true, RFC822Size: true,
		BodySection: []*imap.FetchItemBodySection{{Peek: true, Partial: &imap.SectionPartial{Size: limit}}},
	})
	// A mail is handed on once the server's line about it has ended well, which
	// the next one or the end of the command shows: garbage after a literal
	// means that its length was wrong.
	var held cases.Fetched
	hand := func() error {
		if held.Place.UID == 0 {
			return nil
		}
		f := held
		held = cases.Fetched{}
		g.Extend(never) // the receiver's time is not the server's
		defer g.Extend(s.m.cfg.Timeout)
		return each(f)
	}
	for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
		err := hand()
		if err == nil {
			held, err = s.receive(g, folder, set, msg, limit)
		}
		if err != nil {
			s.conn.Abort(err) // what is under way would have to be read to its end
			if !errors.Is(err, errCut) {
				_ = cmd.Close() // err says more
			}
			return g.Release(err)
		}
	}
	if err := g.Release(s.verdict(cmd.Close())); err != nil {
		if _, refused := errors.AsType[*imap.Error](err); refused {
			return errors.Join(err, hand())
		}
		return err
	}
	return hand()
}

// folderID names a folder in one of its lives.
type folderID struct {
	account, name string
	validity      uint32
}

// receive reads one answer. An answer without a body (a change of flags that
// somebody else made) gives a Fetched without UID.
func (s *session) receive(g *link.Guard, folder folderID, set imap.UIDSet, msg *imapclient.FetchMessageData, limit int64) (cases.Fetched, error) {
	f := cases.Fetched{Place: cases.Place{Account: folder.account, Mailbox: folder.name, UIDValidity: folder.validity}}
	var uid imap.UID
	body := false
	for item := msg.Next(); item != nil; item = msg.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			uid = item.UID
		case imapclient.FetchItemDataInternalDate:
			f.Received = item.Time
		case imapclient.FetchItemDataRFC822Size:
			f.Size = item.Size
		case imapclient.FetchItemDataBodySection:
			if body {
				return f, fmt.Errorf("fetch mail uid %d: %w: two bodies", uid, errProtocol)
			}
			body = true
			raw, err := readLiteral(g, item.Literal, limit, s.m.cfg.Timeout)
			if err != nil {
				return f, fmt.Errorf("fetch mail uid %d: %w", uid, err)
			}
			f.Raw = raw
		}
	}
	if !body || !set.Contains(uid) {
		return cases.Fetched{}, nil
	}
	f.Place.UID = uint32(uid)
	return f, nil
}

// errCut says that a literal ended early. The library's reader has gone on then:
// to close the command, which reads the rest of the literal, would race with it.
var errCut = errors.New("cut off")

// readLiteral reads exactly what was announced: a connection that ends within
// a literal looks like its end to the library.
func readLiteral(g *link.Guard, lit imap.LiteralReader, limit int64, timeout time.Duration) ([]byte, error) {
	if lit == nil {
		return nil, nil // NIL: the server has the mail but no bytes of it
	}
	size := lit.Size()
	if size < 0 || size > limit {
		return nil, fmt.Errorf("%w: %d bytes where %d were asked for", errProtocol, size, limit)
	}
	g.Extend(timeout + time.Duration(size/slowest)*time.Second)
	raw := make([]byte, size)
	if _, err := io.ReadFull(lit, raw); err != nil {
		return nil, fmt.Errorf("read %d bytes: %w: %w", size, errCut, io.ErrUnexpectedEOF)
	}
	// The library takes the literal for read when it sees its end.
	var end [1]byte
	if n, err := lit.Read(end[:]); n != 0 || !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: literal longer than announced", errProtocol)
	}
	return raw, nil
}

// verdict tells a server's refusal and a broken answer from a lost connection.
func (s *session) verdict(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*imap.Error](err); ok {
		return err
	}
	if s.conn.Lost() {
		return fmt.Errorf("connection lost: %w", err)
	}
	return fmt.Errorf("%w: %s", errProtocol, link.Words(err.Error()))
}
