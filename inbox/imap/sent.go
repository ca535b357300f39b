package imap

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"

	"kontor/inbox/internal/link"
)

// ErrQuota means that the mailbox is full.
var ErrQuota = errors.New("the mailbox is full")

// ErrNoSent means that no Sent folder is configured, marked or known by name.
var ErrNoSent = errors.New("the mailbox has no folder for sent mail")

// sentNames are what clients call the Sent folder where no folder is marked.
var sentNames = []string{
	"Sent", "Gesendet", "Gesendete Objekte", "Gesendete Elemente", "Sent Items",
	"Sent Messages", "INBOX.Sent", "INBOX/Sent", "INBOX.Gesendet",
}

// Append puts raw into folder with flags and date. Flags are IMAP flags such
// as "\Seen". A full mailbox gives ErrQuota.
func (m *Mailbox) Append(ctx context.Context, folder string, raw []byte, flags []string, date time.Time) error {
	s, err := m.dial(ctx)
	if err != nil {
		return err
	}
	defer s.close(ctx)
	return s.append(ctx, folder, raw, flags, date)
}

func (s *session) append(ctx context.Context, folder string, raw []byte, flags []string, date time.Time) error {
	opts := &imap.AppendOptions{Time: date}
	for _, f := range flags {
		opts.Flags = append(opts.Flags, imap.Flag(f))
	}
	s.conn.Allow(link.DefaultBudget)
	g := s.conn.Watch(ctx, s.m.cfg.Timeout+time.Duration(len(raw)/slowest)*time.Second)
	cmd := s.client.Append(folder, int64(len(raw)), opts)
	_, writeErr := cmd.Write(raw)
	closeErr := cmd.Close()
	_, err := cmd.Wait()
	// The server's refusal says more than the write that it broke off.
	if _, refused := errors.AsType[*imap.Error](err); !refused {
		err = errors.Join(err, writeErr, closeErr)
	}
	if err = g.Release(err); err == nil {
		return nil
	}
	if e, ok := errors.AsType[*imap.Error](err); ok && e.Code == imap.ResponseCodeOverQuota {
		err = fmt.Errorf("%w: %w", ErrQuota, err)
	}
	return fmt.Errorf("append to folder %s: %w", folder, link.Clean(err))
}

// SentCopy puts our copy of a sent mail into the Sent folder, as
// Config.SentCopy says, and reports into which folder it did, "" for none. With "auto" a mail that is
// there already (the server's own copy, or ours of an attempt that crashed
// before it was noted) is left alone.
func (m *Mailbox) SentCopy(ctx context.Context, messageID string, raw []byte, date time.Time) (string, error) {
	if m.cfg.SentCopy == SentNone {
		return "", nil
	}
	s, err := m.dial(ctx)
	if err != nil {
		return "", err
	}
	defer s.close(ctx)
	folder, err := s.sentFolder(ctx)
	if err != nil {
		return "", err
	}
	if m.cfg.SentCopy == SentAuto {
		found, err := s.holds(ctx, folder, messageID)
		if found || err != nil {
			return "", err
		}
	}
	if err := s.append(ctx, folder, raw, []string{string(imap.FlagSeen)}, date); err != nil {
		return "", err
	}
	return folder, nil
}

// FindMessageID reports whether a mail with this Message-ID (without <>) is in
// the Sent folder or in the INBOX. Found proves that the server took the mail;
// not found proves nothing.
func (m *Mailbox) FindMessageID(ctx context.Context, id string) (bool, error) {
	s, err := m.dial(ctx)
	if err != nil {
		return false, err
	}
	defer s.close(ctx)
	folders := []string{"INBOX"}
	switch sent, err := s.sentFolder(ctx); {
	case err == nil:
		folders = append(folders, sent)
	case !errors.Is(err, ErrNoSent):
		return false, err
	}
	for _, folder := range folders {
		if found, err := s.holds(ctx, folder, id); found || err != nil {
			return found, err
		}
	}
	return false, nil
}

func (s *session) holds(ctx context.Context, folder, id string) (bool, error) {
	// ASCII only: a search with a charset is refused by some servers.
	if id == "" || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r > 0x7e }) {
		return false, errors.New("search: no usable message id")
	}
	if _, err := s.examine(ctx, folder); err != nil {
		return false, err
	}
	set, err := s.search(ctx, &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: "<" + id + ">"}}})
	return len(set) > 0, err
}

// sentFolder returns the configured folder, the one marked \Sent (RFC 6154),
// or one with a usual name.
func (s *session) sentFolder(ctx context.Context) (string, error) {
	if s.m.cfg.SentFolder != "" {
		return s.m.cfg.SentFolder, nil
	}
	list, err := s.list(ctx)
	if err != nil {
		return "", err
	}
	for _, f := range list {
		if slices.Contains(f.Attrs, imap.MailboxAttrSent) {
			return f.Mailbox, nil
		}
	}
	for _, name := range sentNames {
		for _, f := range list {
			if strings.EqualFold(f.Mailbox, name) && !slices.Contains(f.Attrs, imap.MailboxAttrNoSelect) {
				return f.Mailbox, nil
			}
		}
	}
	return "", ErrNoSent
}

func (s *session) list(ctx context.Context) (list []*imap.ListData, err error) {
	var opts *imap.ListOptions
	if s.caps.Has(imap.CapSpecialUse) && s.caps.Has(imap.CapListExtended) {
		opts = &imap.ListOptions{ReturnSpecialUse: true}
	}
	err = s.do(ctx, func() (err error) {
		list, err = s.client.List("", "*", opts).Collect()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list folders: %w", link.Clean(err))
	}
	return list, nil
}
