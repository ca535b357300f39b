package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/plain"
)

// maxLetter bounds the bytes of one letter.
const maxLetter = 40 << 20

// Recover settles what a crash left in the middle: a claim without a dot is
// safe to retry; behind the dot the outcome is unknown. It must run before the
// first round of Send of a process.
func (d *Desk) Recover(ctx context.Context) error {
	d.sendMu.Lock()
	defer d.sendMu.Unlock()
	for _, r := range d.mine(cases.ReplyClaimed, cases.ReplyDotSent) {
		st, err := d.reply(ctx, r.ID)
		if err != nil {
			return err
		}
		var cmd cases.Command = cases.ReportUnknown{Reply: r.ID, Case: r.Case, Attempt: len(st.Attempts), Why: "restart"}
		if st.State == cases.ReplyClaimed {
			cmd = cases.ReportNotSent{Reply: r.ID, Case: r.Case, Attempt: len(st.Attempts), Phase: cases.PhaseData, Temporary: true, Next: d.o.Now()}
		}
		if _, err := d.submit(ctx, d.machine(), cmd); err != nil {
			return err
		}
	}
	return nil
}

// Greet dials every sender once, so that the status bar tells at the start of
// the day whether answers can leave.
func (d *Desk) Greet(ctx context.Context) {
	for name, s := range d.o.Senders {
		conn, err := s.Dial(ctx)
		if err == nil {
			err = conn.Close()
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			d.o.Log.Warn("greet the SMTP server", "mailbox", name, "err", err)
		}
		d.linkSMTP(err)
	}
}

func (d *Desk) linkSMTP(err error) {
	d.setStatus(func(s *Status) {
		was := s.SMTP
		s.SMTP = LinkState{State: LinkOK, Since: d.o.Now()}
		if err != nil {
			s.SMTP = LinkState{State: LinkOff, Since: d.o.Now(), Note: plain.Line(err.Error())}
		}
		if was.State == s.SMTP.State {
			s.SMTP.Since = was.Since
		}
	})
}

// mine lists this device's replies in the given states, oldest first.
func (d *Desk) mine(states ...cases.ReplyState) []cases.ReplySummary {
	return d.ix.repliesWhere(func(r *cases.ReplySummary) bool {
		return r.Device == d.o.Actor.Device && slices.Contains(states, r.State)
	})
}

// Send makes one round: it delivers what is approved and due, one after the
// other, over one connection per sender. One failing reply does not hold the
// rest.
func (d *Desk) Send(ctx context.Context) (SendReport, error) {
	d.sendMu.Lock()
	defer d.sendMu.Unlock()
	if err := errors.Join(d.passDay(ctx), d.reviewApproved(ctx)); err != nil {
		return SendReport{}, err
	}
	var rep SendReport
	var errs, ofReplies []error
	due := map[string][]cases.ReplySummary{}
	var order []string
	for _, r := range d.mine(cases.ReplyApproved) {
		if d.waits(ctx, r) != "" {
			continue
		}
		box := r.Mailbox
		if _, ok := d.o.Senders[box]; !ok {
			box = ""
		}
		if due[box] == nil {
			order = append(order, box)
		}
		due[box] = append(due[box], r)
	}
	for _, box := range order {
		bad, err := d.sendAll(ctx, box, due[box], &rep)
		if ofReplies = append(ofReplies, bad...); err != nil {
			errs = append(errs, err)
		}
	}
	d.copySent(ctx)
	rep.Waiting = len(d.mine(cases.ReplyApproved))
	err := errors.Join(errs...)
	if len(order) > 0 {
		d.linkSMTP(err)
		d.refreshCounts()
		d.hub.publish(News{Outbox: true, Status: true, Sent: &rep})
	}
	return rep, errors.Join(append(ofReplies, err)...)
}

// reviewApproved lets approvals go stale or age before anything is claimed, all
// in one transaction.
func (d *Desk) reviewApproved(ctx context.Context) error {
	var b cases.Batch
	for _, r := range d.mine(cases.ReplyApproved) {
		st, persons, err := d.replyParts(ctx, r.ID)
		if err != nil {
			return err
		}
		b.Envelopes = append(b.Envelopes, cases.Envelope{ID: NewCommandID(), Actor: d.machine(), Command: cases.ReviewReply{
			Reply: r.ID, Case: r.Case, Messages: st.Approval.Messages, Persons: persons,
		}})
	}
	if len(b.Envelopes) == 0 {
		return nil
	}
	if _, err := d.o.Journal.Submit(ctx, b); err != nil {
		return fmt.Errorf("review %d approvals: %w", len(b.Envelopes), err)
	}
	return nil
}

// waits says why an approved reply is not due: undo, retry, window; "" if it is.
func (d *Desk) waits(ctx context.Context, r cases.ReplySummary) string {
	now := d.o.Now().In(d.o.Loc)
	switch {
	case now.Before(r.UndoUntil):
		return "undo"
	case now.Before(r.NextTry):
		return "retry"
	case r.Private && !d.o.Rules.Window.Open(now, d.o.Loc, d.landOf(ctx, r.Case)):
		return "window"
	}
	return ""
}

func (d *Desk) landOf(ctx context.Context, c cases.CaseID) (land calendar.Land) {
	if k, err := d.caseState(ctx, c); err == nil && k.Land != "" {
		return k.Land
	}
	return d.o.Rules.Land
}

// NextDue returns when the earliest waiting reply of this device becomes due,
// and false if none waits for a time.
func (d *Desk) NextDue(ctx context.Context) (time.Time, bool) {
	var next time.Time
	for _, r := range d.mine(cases.ReplyApproved) {
		at := r.UndoUntil
		if r.NextTry.After(at) {
			at = r.NextTry
		}
		if d.waits(ctx, r) == "window" {
			if t, ok := d.o.Rules.Window.Next(d.o.Now(), d.o.Loc, d.landOf(ctx, r.Case)); ok {
				at = t
			}
		}
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next, !next.IsZero()
}

// sendAll delivers due replies over connections of one sender. What is wrong
// with single replies is told apart from what keeps all of them back.
func (d *Desk) sendAll(ctx context.Context, box string, list []cases.ReplySummary, rep *SendReport) (ofReplies []error, _ error) {
	sender := d.o.Senders[box]
	if sender == nil {
		return nil, fmt.Errorf("no SMTP server is configured; set [smtp] address")
	}
	var conn Dialogue
	shut := func() {
		if conn != nil {
			_ = conn.Close() // the transaction's own result has been recorded
			conn = nil
		}
	}
	defer shut()
	for _, r := range list {
		if conn == nil {
			var err error
			if conn, err = sender.Dial(ctx); err != nil {
				return ofReplies, fmt.Errorf("connect to the SMTP server: %w", err)
			}
		}
		broken, err := d.sendOne(ctx, conn, r, rep)
		switch {
		case errors.Is(err, errBytes):
			ofReplies = append(ofReplies, err)
		case err != nil:
			return ofReplies, err
		}
		if broken {
			shut()
		}
	}
	return ofReplies, nil
}

// errBytes says that a reply's approved bytes are not there any more. It is
// refused for that, before anything was said to the server, and holds no other.
var errBytes = errors.New("the stored bytes are not the approved ones; nothing was sent; run kontor doctor")

// approvedBytes reads what was approved, and nothing else.
func (d *Desk) approvedBytes(ctx context.Context, a cases.Approval) ([]byte, error) {
	raw, err := d.blob(ctx, a.Bytes, maxLetter)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("read the approved bytes: %w", ctx.Err())
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errBytes, err)
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != a.SHA256 {
		return nil, errBytes
	}
	return raw, nil
}

// errNotRecorded aborts a dialogue whose dot could not be put on record.
var errNotRecorded = errors.New("the state before the final dot could not be recorded")

// sendOne claims and delivers one reply. broken says that the connection
// cannot be used any more.
func (d *Desk) sendOne(ctx context.Context, conn Dialogue, r cases.ReplySummary, rep *SendReport) (broken bool, err error) {
	st, persons, err := d.replyParts(ctx, r.ID)
	if err != nil {
		return false, err
	}
	raw, bytesErr := d.approvedBytes(ctx, st.Approval)
	if bytesErr != nil && !errors.Is(bytesErr, errBytes) {
		return false, bytesErr
	}
	v, err := d.submit(ctx, d.machine(), cases.ClaimReply{Reply: r.ID, Case: r.Case, Messages: st.Approval.Messages, Persons: persons})
	var refusal *cases.Refusal
	if errors.As(err, &refusal) {
		return false, nil // withdrawn, not due, outside the window: the next round looks again
	}
	if err != nil {
		return false, err
	}
	attempt := 0
	for _, f := range v.Facts {
		if c, ok := f.Body.(cases.ReplyWasClaimed); ok {
			attempt = c.Attempt
		}
	}
	if attempt == 0 {
		return false, nil // went stale instead
	}
	if bytesErr != nil {
		rep.Refused++
		_, err := d.submit(ctx, d.machine(), cases.ReportNotSent{
			Reply: r.ID, Case: r.Case, Attempt: attempt, Phase: cases.PhaseConnect, Response: plain.Line(errBytes.Error()), Next: d.o.Now(),
		})
		if err != nil {
			return false, err
		}
		return false, fmt.Errorf("reply %s: %w", r.ID, bytesErr)
	}
	res, err := conn.Send(ctx, st.Approval.ToAddr, raw, func(ctx context.Context) error {
		v, err := d.submit(ctx, d.machine(), cases.ReportDot{Reply: r.ID, Attempt: attempt})
		if err != nil {
			return err
		}
		if len(v.Facts) == 0 {
			return errNotRecorded
		}
		return nil
	})
	return d.report(ctx, r, persons, attempt, res, err, rep)
}

// report puts the outcome of one transaction on record. It uses a context that
// outlives a cancelled round: what happened outside must be written down.
func (d *Desk) report(ctx context.Context, r cases.ReplySummary, persons []cases.PersonID, attempt int, res cases.SendResult, err error, rep *SendReport) (broken bool, _ error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err == nil {
		_, err := d.submit(ctx, d.machine(), cases.ReportSent{
			Reply: r.ID, Case: r.Case, Attempt: attempt, Code: res.Code, Response: plain.Line(res.Response), Persons: persons,
		})
		if err == nil {
			rep.Sent++
		}
		return false, err
	}
	var se *cases.SendError
	if !errors.As(err, &se) {
		se = &cases.SendError{Phase: cases.PhaseData, Temp: true, Err: err}
		if errors.Is(err, errNotRecorded) {
			se.Phase = cases.PhaseData
		}
	}
	if se.Unknown() {
		rep.Unknown++
		_, err := d.submit(ctx, d.machine(), cases.ReportUnknown{Reply: r.ID, Case: r.Case, Attempt: attempt, Why: "connection"})
		return true, err
	}
	temp := se.Temporary() || se.Code == 0
	cmd := cases.ReportNotSent{
		Reply: r.ID, Case: r.Case, Attempt: attempt, Phase: se.Phase, Code: se.Code, Response: plain.Line(se.Response),
		Temporary: temp, Next: d.o.Now().Add(backoff(attempt)),
	}
	if _, err := d.submit(ctx, d.machine(), cmd); err != nil {
		return true, err
	}
	if !temp || attempt >= cases.MaxAttempts {
		rep.Refused++
	}
	return se.Code == 0 || se.Phase == cases.PhaseConnect || se.Phase == cases.PhaseAuth, nil
}

// backoff is how long a reply rests after failed attempt n: 30 s, doubling, at
// most an hour; RFC 5321 4.5.4.1 asks for patience with greylisting servers.
func backoff(n int) time.Duration {
	return min(30*time.Second<<min(n-1, 10), time.Hour)
}

// maxCopyFailures is after how many failures a mailbox is left alone for a
// round: one copy that it does not take must not hold the others.
const maxCopyFailures = 3

// copySent puts copies of sent replies into the Sent folder. It proves
// delivery to whoever looks there, so it happens after sent and never before.
func (d *Desk) copySent(ctx context.Context) {
	failed := map[Mailbox]int{}
	for _, r := range d.ix.repliesWhere(func(r *cases.ReplySummary) bool {
		return r.State == cases.ReplySent && !r.Copied && r.Device == d.o.Actor.Device
	}) {
		box := d.sentBox(r.Mailbox)
		if box != nil && failed[box] >= maxCopyFailures {
			continue // it is away: the next round tries again
		}
		if err := d.copyOne(ctx, box, r); err != nil {
			d.o.Log.Warn("copy to the Sent folder", "reply", string(r.ID), "err", err)
			failed[box]++
		}
	}
}

func (d *Desk) copyOne(ctx context.Context, box Mailbox, r cases.ReplySummary) error {
	folder := ""
	if box != nil {
		st, err := d.reply(ctx, r.ID)
		if err != nil {
			return err
		}
		raw, err := d.approvedBytes(ctx, st.Approval)
		if err != nil {
			return err
		}
		if folder, err = box.SaveSent(ctx, raw, r.RFCID, r.SentAt); err != nil {
			return err
		}
	}
	_, err := d.submit(ctx, d.machine(), cases.ReportCopied{Reply: r.ID, Folder: plain.Line(folder)})
	return err
}

func (d *Desk) sentBox(name string) Mailbox {
	for _, b := range d.o.Mailboxes {
		if b.Name() == name {
			return b
		}
	}
	if len(d.o.Mailboxes) > 0 {
		return d.o.Mailboxes[0]
	}
	return nil
}

// Outbox lists replies from approval to their end: all that wait, and the
// finished ones of the last days, newest first.
func (d *Desk) Outbox(ctx context.Context) ([]OutboxRow, error) {
	since := d.o.Now().AddDate(0, 0, -outboxDays)
	list := d.ix.repliesWhere(func(r *cases.ReplySummary) bool {
		return !r.State.Final() || r.State == cases.ReplyRefused || r.ApprovedAt.After(since)
	})
	slices.Reverse(list)
	offline := d.Status().SMTP.State == LinkOff
	out := make([]OutboxRow, 0, len(list))
	for _, r := range list {
		row := OutboxRow{
			Reply: r.ID, Case: r.Case, To: plain.Line(r.ToAddr), Subject: plain.Line(r.Subject), State: r.State, Why: r.Why,
			Response: plain.Line(r.Response), ApprovedBy: r.ApprovedBy, ApprovedAt: r.ApprovedAt, UndoUntil: r.UndoUntil,
			NextTry: r.NextTry, SentAt: r.SentAt, RFCID: r.RFCID, SHA256: r.SHA256, Attempts: r.Attempts,
		}
		if r.State == cases.ReplyApproved {
			row.Waiting = d.waits(ctx, r)
			if row.Waiting == "" && offline {
				row.Waiting = "offline"
			}
		}
		if c, ok := d.ix.caseSummary(r.Case); ok {
			row.Reference, row.Debtor = plain.Line(c.Reference), plain.Line(d.ix.personName(c.Debtor))
		}
		out = append(out, row)
	}
	return out, nil
}

const outboxDays = 14
