package imap

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"kontor/cases"
	"kontor/inbox/internal/link"
	"kontor/inbox/oauth"
)

// Check looks at all that a pull and a Sent copy need, one finding each: dns,
// connect, tls, login, idle, folder (one each), rights, sent, quota. It stops
// where nothing further can be known. It changes nothing on the server.
func (m *Mailbox) Check(ctx context.Context) []cases.Finding {
	found, ok := m.link.Probe(ctx, "imap")
	if !ok {
		return found
	}
	s, err := m.open(ctx)
	if err != nil {
		check, advice := "greeting", "ask_mail_operator"
		if m.cfg.Security == link.StartTLS {
			check, advice = "tls", "check_certificate_or_ca_file"
		}
		return append(found, link.Failed(check, err, advice))
	}
	defer func() { s.close(ctx) }()
	if m.cfg.Security == link.StartTLS {
		found = append(found, link.Passed("tls", "starttls"))
	}
	if err := s.login(ctx); err != nil {
		return append(found, link.Failed("login", err, oauth.Advice(err)))
	}
	found = append(found, link.Passed("login", m.cfg.Username), s.checkIdle())
	for _, folder := range m.cfg.Folders {
		found = append(found, s.checkFolder(ctx, folder)...)
	}
	return append(found, s.checkSent(ctx), s.checkQuota(ctx))
}

func (s *session) checkIdle() cases.Finding {
	if s.caps.Has(imap.CapIdle) {
		return link.Passed("idle", "idle")
	}
	return link.Passed("idle", fmt.Sprintf("no idle, polling every %s", s.m.cfg.Poll))
}

func (s *session) checkFolder(ctx context.Context, folder string) []cases.Finding {
	data, err := s.examine(ctx, folder)
	if err != nil {
		advice := "check_folder_name_or_rights"
		if list, listErr := s.list(ctx); listErr == nil {
			err = fmt.Errorf("%w; there are: %s", err, names(list))
		}
		return []cases.Finding{link.Failed("folder", err, advice)}
	}
	found := []cases.Finding{link.Passed("folder", fmt.Sprintf("%s: %d mails", folder, data.NumMessages))}
	if s.m.cfg.After == AfterNothing {
		return found
	}
	return append(found, s.checkRights(ctx, folder))
}

// checkRights looks whether the folder takes what Config.After wants. Opening
// it for writing marks nothing: at most \Recent is cleared.
func (s *session) checkRights(ctx context.Context, folder string) cases.Finding {
	data, err := s.choose(ctx, folder, false)
	if err != nil {
		return link.Failed("rights", err, "ask_for_write_access")
	}
	want := imap.Flag(Keyword)
	switch {
	case strings.HasPrefix(s.m.cfg.After, afterMove):
		target := strings.TrimPrefix(s.m.cfg.After, afterMove)
		if !s.canMove() {
			return link.Failed("rights", errors.New("the server can neither MOVE nor expunge by UID, mails get the keyword"), "use_keyword")
		}
		if _, err := s.examine(ctx, target); err != nil {
			return link.Failed("rights", err, "create_target_folder")
		}
		return link.Passed("rights", "move to "+target)
	case s.m.cfg.After == AfterSeen:
		want = imap.FlagSeen
	}
	if !slices.Contains(data.PermanentFlags, imap.FlagWildcard) && !slices.Contains(data.PermanentFlags, want) {
		return link.Failed("rights", fmt.Errorf("%s: %w", folder, errNoFlags), "ask_for_write_access")
	}
	return link.Passed("rights", fmt.Sprintf("%s: %s", folder, want))
}

func (s *session) checkSent(ctx context.Context) cases.Finding {
	if s.m.cfg.SentCopy == SentNone {
		return link.Passed("sent", "no copy wanted")
	}
	folder, err := s.sentFolder(ctx)
	if err == nil {
		_, err = s.examine(ctx, folder)
	}
	if err != nil {
		return link.Failed("sent", err, "set_sent_folder")
	}
	return link.Passed("sent", folder)
}

// fullAt is the share of a quota, in percent, from which it is reported.
const fullAt = 95

func (s *session) checkQuota(ctx context.Context) cases.Finding {
	if !s.caps.Has(imap.CapQuota) {
		return link.Passed("quota", "the server tells none")
	}
	var roots []imapclient.QuotaData
	err := s.do(ctx, func() (err error) {
		roots, err = s.client.GetQuotaRoot("INBOX").Wait()
		return err
	})
	if err != nil {
		return link.Failed("quota", err, "ask_mail_operator")
	}
	detail := "none set"
	for _, root := range roots {
		for kind, r := range root.Resources {
			if r.Limit <= 0 {
				continue
			}
			detail = fmt.Sprintf("%s: %d of %d", kind, r.Usage, r.Limit)
			if r.Usage*100 >= r.Limit*fullAt {
				return link.Failed("quota", fmt.Errorf("nearly full, %s", detail), "free_space_in_mailbox")
			}
		}
	}
	return link.Passed("quota", detail)
}

// names lists folders for a person who looks for the right one.
func names(list []*imap.ListData) string {
	var all []string
	for _, f := range list[:min(20, len(list))] {
		all = append(all, f.Mailbox)
	}
	return strings.Join(all, ", ")
}
