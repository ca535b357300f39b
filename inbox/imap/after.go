package imap

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"

	"kontor/cases"
	"kontor/inbox/internal/link"
)

// After does on the server what Config.After says, for mails that are stored
// here: nothing, the keyword, \Seen, or a move. Places of another life of a
// folder (UIDVALIDITY) are passed over: their UIDs may name other mails now.
// Nothing is ever deleted: where the server can neither MOVE nor expunge by
// UID, moving would end in a plain EXPUNGE that also deletes what others
// marked, so the mail gets the keyword instead.
func (m *Mailbox) After(ctx context.Context, places []cases.Place) error {
	if m.cfg.After == AfterNothing || len(places) == 0 {
		return nil
	}
	s, err := m.dial(ctx)
	if err != nil {
		return err
	}
	defer s.close(ctx)
	byFolder := map[string][]cases.Place{}
	for _, p := range places {
		if p.Account != m.cfg.Name {
			return fmt.Errorf("after: place of account %q in mailbox %q", p.Account, m.cfg.Name)
		}
		byFolder[p.Mailbox] = append(byFolder[p.Mailbox], p)
	}
	for folder, list := range byFolder {
		if err := s.after(ctx, folder, list); err != nil {
			return fmt.Errorf("mark mails in folder %s: %w", folder, link.Clean(err))
		}
	}
	return nil
}

func (s *session) after(ctx context.Context, folder string, places []cases.Place) error {
	data, err := s.choose(ctx, folder, false)
	if err != nil {
		return err
	}
	var set imap.UIDSet
	for _, p := range places {
		if p.UIDValidity == data.UIDValidity && p.UID != 0 {
			set.AddNum(imap.UID(p.UID))
		}
	}
	if len(set) == 0 {
		return nil
	}
	if target, moves := strings.CutPrefix(s.m.cfg.After, afterMove); moves && s.canMove() {
		return s.do(ctx, func() error {
			_, err := s.client.Move(set, target).Wait()
			return err
		})
	}
	flag := imap.Flag(Keyword)
	if s.m.cfg.After == AfterSeen {
		flag = imap.FlagSeen
	}
	if !slices.Contains(data.PermanentFlags, imap.FlagWildcard) && !slices.Contains(data.PermanentFlags, flag) {
		return errNoFlags
	}
	return s.do(ctx, func() error {
		return s.client.Store(set, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{flag}}, nil).Close()
	})
}

var errNoFlags = errors.New("the folder does not keep this flag")

func (s *session) canMove() bool { return s.caps.Has(imap.CapMove) || s.caps.Has(imap.CapUIDPlus) }
