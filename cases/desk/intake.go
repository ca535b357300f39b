package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"kontor/cases"
	"kontor/cases/plain"
)

// Bounds of what a fact keeps of a mail; the raw bytes keep the rest.
const (
	maxFactAddresses  = 50
	maxFactReferences = 20
	maxFactSubject    = 2 << 10
	maxFactAttached   = 4 << 10
	maxFactWarnings   = 20
	maxLongText       = 2 << 20
)

// cursorKey is where the cursor of a folder is kept on this device.
func cursorKey(account, folder string) string { return "cursor/" + account + "/" + folder }

// Pull makes one round over all mailboxes: what is new is read, matched,
// classified and recorded, each batch in one transaction with the cursor. A
// mailbox that fails does not keep the others waiting; the errors are joined.
func (d *Desk) Pull(ctx context.Context) (PullResult, error) {
	d.pullMu.Lock()
	defer d.pullMu.Unlock()
	var total PullResult
	var errs []error
	for _, box := range d.o.Mailboxes {
		for _, folder := range box.Folders() {
			r, err := d.pullFolder(ctx, box, folder)
			total.add(r)
			if err != nil {
				errs = append(errs, fmt.Errorf("mailbox %s, folder %s: %w", box.Name(), folder, err))
			}
		}
	}
	err := errors.Join(errs...)
	d.setStatus(func(s *Status) {
		switch {
		case len(d.o.Mailboxes) == 0:
		case err != nil && ctx.Err() == nil:
			if s.Mail.State != LinkOff {
				s.Mail.Since = d.o.Now()
			}
			s.Mail.State, s.Mail.Note = LinkOff, plain.Line(err.Error())
		case err == nil:
			s.Mail = LinkState{State: LinkOK, Since: d.o.Now()}
		}
	})
	if total.New > 0 {
		d.hub.publish(News{Queue: true, Pulled: &total})
	}
	return total, err
}

func (d *Desk) pullFolder(ctx context.Context, box Mailbox, folder string) (PullResult, error) {
	cur := cases.Cursor{Account: box.Name(), Mailbox: folder}
	key := cursorKey(box.Name(), folder)
	switch b, err := d.o.Journal.Local(ctx, key); {
	case errors.Is(err, cases.ErrNotFound):
	case err != nil:
		return PullResult{}, fmt.Errorf("read the cursor: %w", err)
	default:
		if err := json.Unmarshal(b, &cur); err != nil {
			cur = cases.Cursor{Account: box.Name(), Mailbox: folder} // read all again: identities keep it from doubling
		}
	}
	return d.round(ctx, box, cur)
}

// round reads what is new since cur, and where something has vanished, or came
// to light below cur, makes up for it.
func (d *Desk) round(ctx context.Context, box Mailbox, cur cases.Cursor) (PullResult, error) {
	var total PullResult
	for again := false; ; again = true {
		in := intake{d: d, box: box, key: cursorKey(cur.Account, cur.Mailbox), start: cur, last: cur}
		end, err := box.Pull(ctx, cur, func(_ context.Context, batch []cases.Fetched, next cases.Cursor) error {
			return in.take(ctx, batch, next)
		})
		if settled := in.settle(); settled != nil && !errors.Is(err, settled) {
			err = errors.Join(err, settled)
		}
		total.add(in.total)
		if err != nil {
			return total, err
		}
		if end != in.last { // past mails that went away, or a newer MODSEQ
			b, err := json.Marshal(end)
			if err != nil {
				return total, fmt.Errorf("write the cursor: %w", err)
			}
			if err := d.o.Journal.SetLocal(ctx, cases.LocalWrite{Key: in.key, Value: b}); err != nil {
				return total, err
			}
		}
		gone, missed, err := d.tidy(ctx, box, in.start, end, again)
		total.Gone += gone
		if err != nil || missed == 0 {
			return total, err
		}
		cur = end
		cur.LastUID = missed - 1
	}
}

// intake is one round over a folder. While batches are recorded, which one core
// does, the next ones are read: one may lie ready, so that neither waits for the
// other for long.
type intake struct {
	d      *Desk
	box    Mailbox
	key    string
	start  cases.Cursor
	ready  chan readBatch // nil: nothing was read yet
	failed chan struct{}  // closed with err set
	ended  chan struct{}
	last   cases.Cursor // recorded; this and what follows is the recorder's until it ended
	total  PullResult
	err    error
}

// readBatch is a batch that was read and is not recorded yet.
type readBatch struct {
	list   []taken
	places []cases.Place
	next   cases.Cursor
	cursor []byte // next as it is kept
}

func (in *intake) take(ctx context.Context, batch []cases.Fetched, next cases.Cursor) error {
	cursor, err := json.Marshal(next)
	if err != nil {
		return fmt.Errorf("write the cursor: %w", err)
	}
	list, err := in.d.readAll(ctx, batch)
	if err != nil {
		return err
	}
	if in.ready == nil {
		in.ready, in.failed, in.ended = make(chan readBatch, 1), make(chan struct{}), make(chan struct{})
		go in.recordAll(ctx) // waited for by settle
	}
	b := readBatch{list: list, places: make([]cases.Place, len(batch)), next: next, cursor: cursor}
	for i, f := range batch {
		b.places[i] = f.Place
	}
	select {
	case in.ready <- b:
		return nil
	case <-in.failed:
		return in.err
	}
}

// recordAll records what was read until settle says that there is no more, or
// one batch cannot be recorded.
func (in *intake) recordAll(ctx context.Context) {
	defer close(in.ended)
	for b := range in.ready {
		r, err := in.d.record(ctx, b.list, cases.LocalWrite{Key: in.key, Value: b.cursor})
		if err != nil {
			in.err = err
			close(in.failed)
			return
		}
		in.total.add(r)
		in.last = b.next
		in.last.Left = 0
		in.d.progress(in.total.Fetched, b.next.Left)
		in.d.after(ctx, in.box, b.places)
	}
}

// settle waits until what was read is recorded.
func (in *intake) settle() error {
	if in.ready == nil {
		return nil
	}
	close(in.ready)
	<-in.ended
	return in.err
}

// progress shows how far a round over a folder has come.
func (d *Desk) progress(fetched int, left uint32) {
	d.setStatus(func(s *Status) {
		s.Mail.State, s.Mail.Done, s.Mail.Total = LinkWorking, fetched, fetched+int(left)
	})
}

// after lets the mailbox mark what is stored now, where the config wants it.
func (d *Desk) after(ctx context.Context, box Mailbox, places []cases.Place) {
	if err := box.After(ctx, places); err != nil {
		// The mails are stored; a mark that is missing does no harm.
		d.o.Log.Warn("mark stored mails on the server", "mailbox", box.Name(), "err", err)
	}
}

// taken is one mail of a batch on its way in.
type taken struct {
	fetched cases.Fetched
	id      cases.MessageID
	mail    cases.Mail
	known   bool
	failed  bool
	match   cases.Match
	class   cases.Classification
}

// Take records a batch of fetched mails in one transaction, with local in it.
func (d *Desk) Take(ctx context.Context, batch []cases.Fetched, local ...cases.LocalWrite) (PullResult, error) {
	list, err := d.readAll(ctx, batch)
	if err != nil {
		return PullResult{}, err
	}
	return d.record(ctx, list, local...)
}

// readAll reads, matches and classifies a batch.
func (d *Desk) readAll(ctx context.Context, batch []cases.Fetched) ([]taken, error) {
	list := make([]taken, len(batch))
	err := d.parallel(ctx, len(batch), func(i int) error { return d.read(ctx, &list[i], batch[i]) })
	return list, err
}

// record writes what was read, in one transaction with local.
func (d *Desk) record(ctx context.Context, list []taken, local ...cases.LocalWrite) (PullResult, error) {
	out := cases.Batch{Local: local}
	res := PullResult{Fetched: len(list)}
	actor := d.machine()
	put := func(c cases.Command) {
		out.Envelopes = append(out.Envelopes, cases.Envelope{ID: NewCommandID(), Actor: actor, Command: c})
	}
	fresh := map[cases.MessageID]bool{}
	twins := map[uint64]cases.MessageID{}
	for i := range list {
		t := &list[i]
		if t.failed {
			res.Failed++
		}
		if !t.known { // the batch before may have brought it
			_, t.known = d.ix.message(t.id)
		}
		if t.known || fresh[t.id] {
			put(cases.ReceiveMessage{Message: t.id, Place: t.fetched.Place})
			continue
		}
		cmd := d.receive(t, &out)
		h := cases.TwinHash(t.mail)
		if twin, ok := d.ix.twin(h); ok && twin != t.id {
			cmd.Twin = twin
		} else if twin, ok := twins[h]; ok && h != 0 {
			cmd.Twin = twin
		}
		put(cmd)
		if cmd.Twin != "" {
			continue
		}
		if h != 0 {
			twins[h] = t.id
		}
		fresh[t.id] = true
		res.New++
		if t.match.Case != "" {
			res.Matched++
		} else {
			res.Unassigned++
		}
		put(cases.ProposeMatch{Message: t.id, Match: t.match})
		put(cases.ProposeClass{Message: t.id, Case: t.match.Case, Reading: t.class})
		d.bounced(ctx, t, put)
	}
	if _, err := d.o.Journal.Submit(ctx, out); err != nil {
		return PullResult{}, fmt.Errorf("record %d mails: %w", len(list), err)
	}
	return res, nil
}

// parallel runs f for 0..n-1 on the desk's workers and returns the first error.
func (d *Desk) parallel(ctx context.Context, n int, f func(int) error) error {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var first error
	next := 0
	for range min(d.o.Workers, n) {
		wg.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				stop := first != nil || i >= n
				mu.Unlock()
				if stop || ctx.Err() != nil {
					return
				}
				err := f(i)
				runtime.Gosched() // a key must not wait for the whole batch
				if err != nil {
					mu.Lock()
					if first == nil {
						first = err
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if first == nil {
		first = ctx.Err()
	}
	return first
}

// receive makes the command that records a mail, and its blobs.
func (d *Desk) receive(t *taken, out *cases.Batch) cases.ReceiveMessage {
	m := t.mail
	cmd := cases.ReceiveMessage{
		Message: t.id, Received: t.fetched.Received, RawSize: max(t.fetched.Size, int64(len(t.fetched.Raw))), Place: t.fetched.Place,
	}
	blob := func(data []byte) cases.BlobID {
		id := d.o.Journal.NewBlobID()
		out.Blobs = append(out.Blobs, cases.NewBlob{ID: id, Stream: t.id.Stream(), Retention: cases.RetainLetters, Data: data})
		return id
	}
	if len(t.fetched.Raw) > 0 {
		cmd.Raw = blob(t.fetched.Raw)
	}
	long := longText{Own: m.Own}
	cut := false
	if own, c := m.Own.Cut(cases.MaxOwnText); c {
		m.Own, cut = own, true
	}
	m.Subject, _ = m.Subject.Cut(maxFactSubject)
	m.To, m.Cc = bound(m.To, maxFactAddresses), bound(m.Cc, maxFactAddresses)
	m.References, m.InReplyTo = bound(m.References, maxFactReferences), bound(m.InReplyTo, maxFactReferences)
	m.Warnings = bound(m.Warnings, maxFactWarnings)
	room := maxFactAttached
	m.Attachments = append([]cases.Attachment(nil), bound(m.Attachments, maxFactAddresses)...)
	for i := range m.Attachments {
		a := &m.Attachments[i]
		long.Attached = append(long.Attached, a.Text)
		var c bool
		a.Text, c = a.Text.Cut(room)
		room -= len(a.Text.String())
		cut = cut || c
	}
	if cut {
		long.Own, _ = long.Own.Cut(maxLongText)
		if b, err := json.Marshal(long); err == nil {
			cmd.TextBlob = blob(b)
		}
	}
	cmd.Mail = m
	return cmd
}

// bounced reports a delivery failure to the reply and the address it is about.
func (d *Desk) bounced(ctx context.Context, t *taken, put func(cases.Command)) {
	b := t.mail.Bounce
	if b == nil || t.match.Case == "" {
		return
	}
	cmd := cases.ReportBounce{Reply: t.match.Bounced, Case: t.match.Case, Message: t.id, Why: b.Status, Delayed: b.Delayed}
	for _, p := range d.ix.PersonsByMail(b.Recipient) {
		who, err := d.person(ctx, p)
		if err != nil {
			continue
		}
		for _, c := range who.Contacts {
			if c.Channel == cases.Email && equalFold(c.Value.String(), b.Recipient) {
				cmd.Person, cmd.Contact = p, c.ID
			}
		}
	}
	put(cmd)
}
