package imap

import (
	"context"
	"fmt"

	"github.com/emersion/go-imap/v2"

	"kontor/cases"
	"kontor/inbox/internal/link"
)

// newestBytes is how much of each mail Newest reads: the header of nearly any.
const newestBytes = 64 << 10

// Newest reads the beginnings of the newest mails of a folder, at most n of
// them, the last one first. It marks nothing.
func (m *Mailbox) Newest(ctx context.Context, folder string, n int) ([]cases.Fetched, error) {
	s, err := m.dial(ctx)
	if err != nil {
		return nil, err
	}
	defer s.close(ctx)
	data, err := s.examine(ctx, folder)
	if err != nil {
		return nil, err
	}
	if data.NumMessages == 0 || n <= 0 {
		return nil, nil
	}
	set, err := s.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{{{Start: 1}}}}) // UID 1:*
	if err != nil {
		return nil, err
	}
	all := above(set, 0)
	_, _, _ = all.take(max(0, int(all.count(0))-n))
	newest, count, _ := all.take(n)
	var out []cases.Fetched
	err = s.fetch(ctx, folderID{m.cfg.Name, folder, data.UIDValidity}, newest, count, newestBytes, func(f cases.Fetched) error {
		out = append([]cases.Fetched{f}, out...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the newest mails: %w", link.Clean(err))
	}
	return out, nil
}
