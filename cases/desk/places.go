package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"kontor/cases"
)

// life is a folder under one UIDVALIDITY.
type life struct {
	folder   uint64 // cases.FolderKey
	validity uint32
}

// lie counts a message's places anew; old may be nil. The caller holds the lock.
func (x *index) lie(old, m *cases.MessageSummary) {
	if old != nil {
		for _, p := range old.Lies {
			x.lying[life{p.Folder, p.Validity}]--
		}
	}
	for _, p := range m.Lies {
		x.lying[life{p.Folder, p.Validity}]++
	}
}

// lies returns how many messages lie in the folder, and whether some are said to
// lie in an earlier life of it.
func (x *index) lies(in life) (n int, earlier bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for l, k := range x.lying {
		switch {
		case l == in:
			n = k
		case l.folder == in.folder && k > 0:
			earlier = true
		}
	}
	return n, earlier
}

// lain is a message at a UID of a folder.
type lain struct {
	validity, uid uint32
	id            cases.MessageID
}

// places lists what lies in a folder, in all its lives.
func (x *index) places(folder uint64) []lain {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []lain
	for id, m := range x.messages {
		for _, p := range m.Lies {
			if p.Folder == folder {
				out = append(out, lain{p.Validity, p.UID, id})
			}
		}
	}
	return out
}

// aside is what a device knows of a folder beyond its messages.
type aside struct {
	Validity uint32 `json:"validity"`
	// UIDs were read and made no message, as that of an erased mail. Ascending.
	UIDs []uint32 `json:"uids,omitempty"`
	// Odd is how many more mails the server counts than it lists.
	Odd int `json:"odd,omitempty"`
	// Looked is when the folder was last compared mail by mail.
	Looked time.Time `json:"looked,omitzero"`
}

// Bounds of what is struck in one transaction and of what is kept aside.
const (
	goneBatch = 500
	maxAside  = 10_000
	// lookEvery is after how long a folder is compared although the counts agree:
	// one mail that vanished and one that came to light late even out.
	lookEvery = 24 * time.Hour
)

func asideKey(account, folder string) string { return "aside/" + account + "/" + folder }

func (d *Desk) aside(ctx context.Context, cur cases.Cursor) (aside, error) {
	a := aside{Validity: cur.UIDValidity, Looked: d.o.Now()} // a folder just read was looked at
	b, err := d.o.Journal.Local(ctx, asideKey(cur.Account, cur.Mailbox))
	switch {
	case errors.Is(err, cases.ErrNotFound):
		return a, d.setAside(ctx, cur, a)
	case err != nil:
		return a, fmt.Errorf("read what is kept aside: %w", err)
	}
	var kept aside
	if json.Unmarshal(b, &kept) != nil || kept.Validity != cur.UIDValidity {
		return a, d.setAside(ctx, cur, a) // of another life, or no use: found again
	}
	return kept, nil
}

func (d *Desk) setAside(ctx context.Context, cur cases.Cursor, a aside) error {
	b, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("write what is kept aside: %w", err)
	}
	return d.o.Journal.SetLocal(ctx, cases.LocalWrite{Key: asideKey(cur.Account, cur.Mailbox), Value: b})
}

// tidy strikes the places of mails that the folder of end holds no longer. It
// looks closer only where the server's count is not ours, so that a round which
// finds nothing costs nothing here. missed is the lowest UID that makes no
// message, 0 for none: the caller reads again from there, once. again says that
// it has, and what is still missed is kept aside.
func (d *Desk) tidy(ctx context.Context, box Mailbox, start, end cases.Cursor, again bool) (struck int, missed uint32, err error) {
	here := life{cases.FolderKey(end.Account, end.Mailbox), end.UIDValidity}
	kept, err := d.aside(ctx, end)
	if err != nil {
		return 0, 0, err
	}
	n, earlier := d.ix.lies(here)
	back := start.UIDValidity == end.UIDValidity && start.LastUID > end.LastUID
	since := d.o.Now().Sub(kept.Looked)
	due := since < 0 || since >= lookEvery // a clock that was wrong must not put it off
	if !earlier && !back && !due && n+len(kept.UIDs)+kept.Odd == int(end.Held) {
		return 0, 0, nil
	}
	var gone []lain
	at := map[uint32]cases.MessageID{}
	for _, l := range d.ix.places(here.folder) {
		switch {
		case l.validity != here.validity, back && l.uid > end.LastUID && l.uid <= start.LastUID:
			gone = append(gone, l)
			continue
		case l.uid > end.LastUID: // a colleague may have read further
			continue
		}
		if other := at[l.uid]; other != "" { // a server went back, and gave the UID anew
			first, err := d.earlier(ctx, end, l, lain{l.validity, l.uid, other})
			if err != nil {
				return 0, 0, err
			}
			gone = append(gone, first)
			if first == l {
				continue
			}
		}
		at[l.uid] = l.id
	}
	if due || len(at)+len(kept.UIDs)+kept.Odd != int(end.Held) {
		var left []uint32
		if left, missed, err = d.compare(ctx, box, end, at, kept, again); err != nil {
			return 0, 0, err
		}
		for _, uid := range left {
			gone = append(gone, lain{end.UIDValidity, uid, at[uid]})
		}
	}
	return len(gone), missed, d.strike(ctx, end, gone)
}

// earlier tells which of two messages at one place was seen there first: the
// other is what lies there now.
func (d *Desk) earlier(ctx context.Context, cur cases.Cursor, a, b lain) (lain, error) {
	first := a
	var at [2]uint64
	for i, l := range []lain{a, b} {
		facts, err := d.o.Journal.Facts(ctx, l.id.Stream())
		if err != nil {
			return first, fmt.Errorf("read when a mail was seen: %w", err)
		}
		place := cases.Place{Account: cur.Account, Mailbox: cur.Mailbox, UIDValidity: l.validity, UID: l.uid}
		for _, f := range facts {
			if seenAt(f.Body) == place {
				at[i] = f.Pos
			}
		}
	}
	if at[1] < at[0] {
		first = b
	}
	return first, nil
}

// seenAt is the place that a fact about a message names, if it names one.
func seenAt(b cases.Body) cases.Place {
	switch e := b.(type) {
	case cases.MessageReceived:
		return e.Place
	case cases.MessagePlaced:
		return e.Place
	case cases.MessageAlsoAs:
		return e.Place
	}
	return cases.Place{}
}

// compare asks the server which of the mails at these UIDs it still holds.
func (d *Desk) compare(ctx context.Context, box Mailbox, end cases.Cursor, at map[uint32]cases.MessageID, kept aside, again bool) (left []uint32, missed uint32, err error) {
	known := slices.AppendSeq(slices.Clone(kept.UIDs), maps.Keys(at))
	slices.Sort(known)
	gone, fresh, err := box.Compare(ctx, end, slices.Compact(known))
	if err != nil {
		return nil, 0, fmt.Errorf("look for vanished mails: %w", err)
	}
	now := aside{Validity: end.UIDValidity, Looked: d.o.Now()}
	for _, uid := range gone {
		if at[uid] != "" {
			left = append(left, uid)
		}
	}
	if len(fresh) > 0 && !again {
		return left, fresh[0], nil
	}
	for _, uid := range kept.UIDs {
		if _, vanished := slices.BinarySearch(gone, uid); !vanished && at[uid] == "" {
			now.UIDs = append(now.UIDs, uid)
		}
	}
	now.UIDs = head(append(now.UIDs, fresh...), maxAside)
	slices.Sort(now.UIDs)
	now.Odd = int(end.Held) - (len(at) - len(left)) - len(now.UIDs)
	return left, 0, d.setAside(ctx, end, now)
}

// strike records that mails do not lie at places any more.
func (d *Desk) strike(ctx context.Context, cur cases.Cursor, gone []lain) error {
	for part := range slices.Chunk(gone, goneBatch) {
		var b cases.Batch
		for _, l := range part {
			b.Envelopes = append(b.Envelopes, cases.Envelope{ID: NewCommandID(), Actor: d.machine(), Command: cases.ReportGone{
				Message: l.id, Place: cases.Place{Account: cur.Account, Mailbox: cur.Mailbox, UIDValidity: l.validity, UID: l.uid},
			}})
		}
		if _, err := d.o.Journal.Submit(ctx, b); err != nil {
			return fmt.Errorf("record %d vanished mails: %w", len(part), err)
		}
	}
	return nil
}
