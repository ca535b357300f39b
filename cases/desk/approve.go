package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/plain"
)

// maxReferences bounds the References header of our letters.
const maxReferences = 30

// letter is an approval on its way: everything that the key said yes to.
type letter struct {
	in      cases.DraftContext
	draft   cases.Draft
	toAddr  string
	effects []cases.Effect
	out     cases.Outgoing
}

// lettered reads a request into what it would send.
func (d *Desk) lettered(ctx context.Context, req ApproveRequest) (letter, error) {
	r := req.Review
	if r == nil || r.Case == nil {
		return letter{}, &cases.Refusal{Reason: cases.NotFound, Detail: "case"}
	}
	if req.Draft < 0 || req.Draft >= len(r.Drafts) {
		return letter{}, &cases.Refusal{Reason: cases.Invalid, Detail: "draft"}
	}
	l := letter{draft: r.Drafts[req.Draft], effects: ticked(req.Effects)}
	l.toAddr = l.draft.ToAddr
	if req.OtherAddress && r.Message != nil {
		l.toAddr = cmp.Or(r.Message.Mail.ReplyTo.Addr, r.Message.Mail.From.Addr)
	}
	var err error
	if l.in, err = d.draftContext(ctx, r, OpenOptions{Template: l.draft.Template.ID, Lang: l.draft.Template.Lang}); err != nil {
		return letter{}, err
	}
	edited := req.Edited || req.Text != l.draft.Text || req.Subject != l.draft.Subject
	l.out = outgoing(l.in, l.draft, req.Subject, req.Text, l.effects, edited)
	l.out.ToAddr = l.toAddr
	for _, f := range l.draft.Attach {
		if f.Ticked {
			l.out.Files = append(l.out.Files, f.Name.String())
		}
	}
	return l, nil
}

// Check judges a text before it is approved.
func (d *Desk) Check(ctx context.Context, req ApproveRequest) ([]cases.TextFinding, error) {
	l, err := d.lettered(ctx, req)
	if err != nil {
		return nil, err
	}
	return d.o.Policy.Check(l.out), nil
}

// Approve is the caseworker's word for exact bytes. The message is built once,
// decoded again and compared with what the screen showed; only then is the
// approval recorded, durably, together with its effects.
func (d *Desk) Approve(ctx context.Context, req ApproveRequest) (Approved, error) {
	l, err := d.lettered(ctx, req)
	if err != nil {
		return Approved{}, err
	}
	r := req.Review
	findings := d.o.Policy.Check(l.out)
	for i := range findings {
		findings[i].Kept = req.Kept[findings[i].Rule]
	}
	id := cases.ReplyID(d.o.Journal.NewBlobID())
	files, sent, err := d.files(ctx, r, l.draft)
	if err != nil {
		return Approved{}, err
	}
	mail, raw, err := d.build(id, r, l, files)
	if err != nil {
		return Approved{}, err
	}
	sum := sha256.Sum256(raw)
	blob := cases.NewBlob{ID: d.o.Journal.NewBlobID(), Stream: id.Stream(), Retention: cases.RetainLetters, Data: raw}
	to := r.Persons[l.draft.To]
	from, settles, aside := occasion(r), answered(r), r.aside(req.Draft, l.draft.To, l.toAddr)
	if aside {
		from, settles = besideOccasion(r), nil
	}
	a := cases.Approval{
		Case: r.Case.ID, Occasion: from, Messages: settles, To: l.draft.To, ToAddr: l.toAddr,
		Subject: plain.Line(mail.Subject), RFCID: mail.MessageID, InReplyTo: mail.InReplyTo, Mailbox: d.mailbox(r),
		SHA256: hex.EncodeToString(sum[:]), Size: int64(len(raw)), Bytes: blob.ID,
		Template: l.draft.Template, Rules: d.o.Rules.Version, Edited: l.out.Edited, Effects: l.effects, Files: sent, Findings: findings,
		Seen: seenFor(r, l.draft.To), Private: to != nil && to.Natural(), OtherAddress: req.OtherAddress, Seconds: req.Seconds,
	}
	v, err := d.submit(ctx, d.o.Actor, cases.ApproveReply{Reply: id, Approval: a, Persons: personIDs(r), Named: d.named(ctx, l.effects)}, blob)
	if err != nil {
		return Approved{}, err
	}
	out := Approved{Reply: id, To: l.toAddr, SHA256: a.SHA256, Stays: aside}
	for _, f := range v.Facts {
		if b, ok := f.Body.(cases.ReplyWasApproved); ok {
			out.UndoUntil = b.UndoUntil
		}
	}
	if req.Draft > 0 {
		err = d.dropTypedBeside(ctx, r, l.draft.Template.ID)
	} else {
		err = d.DropTyped(ctx, r.Item)
	}
	if err != nil {
		d.o.Log.Warn("forget what was typed", "err", err)
	}
	d.Wake()
	return out, nil
}

// build makes the exact bytes and reads them back.
func (d *Desk) build(id cases.ReplyID, r *Review, l letter, files []cases.LetterFile) (cases.Letter, []byte, error) {
	from := d.from(r)
	_, domain, ok := strings.Cut(from.From.Addr, "@")
	if !ok {
		return cases.Letter{}, nil, fmt.Errorf("build the letter: no From address is configured for mailbox %q; set [smtp] from", d.mailbox(r))
	}
	mail := cases.Letter{
		MessageID: string(id) + "@" + domain, Date: d.o.Now().In(d.o.Loc).Truncate(1e9), From: from.From, ReplyTo: from.ReplyTo,
		To: cases.Address{Addr: l.toAddr}, Subject: l.out.Subject, Text: l.out.Text, Boundary: string(id), Lang: l.draft.Template.Lang,
		Files: files,
	}
	mail.To.Name = r.Addressee(l.draft.To, l.toAddr)
	d.thread(&mail, r, l)
	raw, err := d.o.Composer.Build(mail)
	if err != nil {
		return mail, nil, fmt.Errorf("build the letter: %w", err)
	}
	if err := d.o.Composer.Verify(raw, mail); err != nil {
		return mail, nil, fmt.Errorf("the built letter does not say what the screen showed: %w", err)
	}
	return mail, raw, nil
}

// Addressee is the name that stands beside an address: a person's own where the
// address is on file for them, else the name that came with the mail. An address
// that is not on file may be a stranger's, who must not read there whose case it is.
func (r *Review) Addressee(to cases.PersonID, addr string) plain.Text {
	if p := r.Persons[to]; p != nil {
		for _, c := range p.Contacts {
			if c.Channel == cases.Email && equalFold(c.Value.String(), addr) {
				return p.Name
			}
		}
	}
	if r.Message != nil {
		for _, a := range []cases.Address{r.Message.Mail.ReplyTo, r.Message.Mail.From} {
			if a.Addr != "" && equalFold(a.Addr, addr) {
				return a.Name
			}
		}
	}
	return plain.Text{}
}

// thread makes the letter an answer, where it goes to who wrote: In-Reply-To
// and References (RFC 5322 3.6.4), of Message-IDs that are well formed.
func (d *Desk) thread(mail *cases.Letter, r *Review, l letter) {
	if r.Message == nil {
		return
	}
	m := r.Message.Mail
	if l.draft.To != r.Message.Match.Person && !equalFold(l.toAddr, m.From.Addr) && !equalFold(l.toAddr, m.ReplyTo.Addr) {
		return
	}
	if !d.o.Composer.ValidID(m.RFCMessageID) {
		return
	}
	mail.InReplyTo = m.RFCMessageID
	for _, id := range append(slices.Clone(m.References), m.RFCMessageID) {
		if d.o.Composer.ValidID(id) && !slices.Contains(mail.References, id) {
			mail.References = append(mail.References, id)
		}
	}
	if n := len(mail.References); n > maxReferences {
		mail.References = mail.References[n-maxReferences:]
	}
}

// mailbox is whose SMTP and Sent folder a reply uses: that of the mail it
// answers, where it has its own.
func (d *Desk) mailbox(r *Review) string {
	if r.Message != nil {
		for _, p := range r.Message.Places {
			if _, ok := d.o.Senders[p.Account]; ok {
				return p.Account
			}
		}
	}
	return ""
}

func (d *Desk) from(r *Review) From {
	if f, ok := d.o.Froms[d.mailbox(r)]; ok {
		return f
	}
	return d.o.Froms[""]
}

func answered(r *Review) []cases.MessageID {
	if r.Message == nil {
		return nil
	}
	return append([]cases.MessageID{r.Message.ID}, r.Also...)
}

// seenFor completes what was on screen with the number of letters to that
// recipient.
func seenFor(r *Review, to cases.PersonID) []cases.Seen {
	out := slices.Clone(r.Seen)
	for i := range out {
		if out[i].Stream == r.Case.Of() {
			out[i].Replies = r.Case.RepliesTo(to)
		}
	}
	return out
}

func personIDs(r *Review) []cases.PersonID {
	var out []cases.PersonID
	for id := range r.Persons {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// named lists what else a command must name: the messages and persons of
// replies that it takes out of the outbox.
func (d *Desk) named(ctx context.Context, effects []cases.Effect) []cases.Stream {
	var out []cases.Stream
	for _, e := range effects {
		if e.Kind != cases.CancelOutbox {
			continue
		}
		if r, err := d.reply(ctx, cases.ReplyID(e.Target)); err == nil {
			out = append(out, r.Approval.To.Stream())
			for _, m := range r.Approval.Messages {
				out = append(out, m.Stream())
			}
		}
	}
	return out
}

// replyParts returns what a command about a reply must name.
func (d *Desk) replyParts(ctx context.Context, id cases.ReplyID) (*cases.Reply, []cases.PersonID, error) {
	r, err := d.reply(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	persons := []cases.PersonID{r.Approval.To}
	for _, e := range r.Approval.Effects {
		if e.Person != "" {
			persons = append(persons, e.Person)
		}
	}
	for _, s := range r.Approval.Seen {
		if s.Stream.Kind == cases.PersonStream {
			persons = append(persons, cases.PersonID(s.Stream.ID))
		}
	}
	return r, persons, nil
}

// Undo takes an approval back while nothing has claimed it.
func (d *Desk) Undo(ctx context.Context, id cases.ReplyID) error {
	r, persons, err := d.replyParts(ctx, id)
	if err != nil {
		return err
	}
	_, err = d.submit(ctx, d.o.Actor, cases.WithdrawReply{Reply: id, Case: r.Approval.Case, Messages: r.Approval.Messages, Persons: persons})
	return err
}

// Settle is a person's word on an unknown or refused reply.
func (d *Desk) Settle(ctx context.Context, id cases.ReplyID, choice string) error {
	r, persons, err := d.replyParts(ctx, id)
	if err != nil {
		return err
	}
	_, err = d.submit(ctx, d.o.Actor, cases.SettleReply{Reply: id, Case: r.Approval.Case, Choice: choice, Messages: r.Approval.Messages, Persons: persons})
	if err == nil {
		d.Wake()
	}
	return err
}

// Holds asks the mailboxes whether the reply's Message-ID lies there: found, it
// was delivered; not found proves nothing.
func (d *Desk) Holds(ctx context.Context, id cases.ReplyID) (bool, error) {
	r, err := d.reply(ctx, id)
	if err != nil {
		return false, err
	}
	for _, box := range d.o.Mailboxes {
		found, err := box.Holds(ctx, r.Approval.RFCID)
		if err != nil {
			return false, fmt.Errorf("search mailbox %s: %w", box.Name(), err)
		}
		if found {
			return true, nil
		}
	}
	return false, nil
}
