package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/match"
	"kontor/cases/priority"
)

// Finish ends a message without a reply.
func (d *Desk) Finish(ctx context.Context, id cases.MessageID, reason string) error {
	m, err := d.message(ctx, id)
	if err != nil {
		return err
	}
	_, err = d.submit(ctx, d.o.Actor, cases.FinishMessage{
		Message: id, Case: m.Match.Case, Person: d.ix.Debtor(m.Match.Case), Reason: reason,
	})
	return err
}

// Reopen undoes Finish.
func (d *Desk) Reopen(ctx context.Context, id cases.MessageID) error {
	m, err := d.message(ctx, id)
	if err != nil {
		return err
	}
	_, err = d.submit(ctx, d.o.Actor, cases.ReopenMessage{Message: id, Case: m.Match.Case})
	return err
}

// Correct puts a person's reading over the machine's. The slots are read again
// for the new intent.
func (d *Desk) Correct(ctx context.Context, id cases.MessageID, intent cases.Intent, flags []cases.Flag, alerts []cases.Alert) error {
	m, err := d.message(ctx, id)
	if err != nil {
		return err
	}
	cmd := cases.CorrectMessage{Message: id, Case: m.Match.Case, Intent: intent, Flags: flags, Alerts: alerts}
	if s, ok := d.o.Engine.(SlotReader); ok {
		slots := s.Slots(d.input(m.Mail, m.Match, m.Received), intent)
		cmd.Slots = &slots
	}
	_, err = d.submit(ctx, d.o.Actor, cmd)
	return err
}

// SlotReader is an Engine that can read the slots for a given intent.
type SlotReader interface {
	Slots(in cases.ClassifyInput, intent cases.Intent) cases.Slots
}

// Assign ties a message to a case; to is empty to untie it.
func (d *Desk) Assign(ctx context.Context, id cases.MessageID, to cases.CaseID) error {
	m, err := d.message(ctx, id)
	if err != nil {
		return err
	}
	cmd := cases.AssignMessage{Message: id, From: m.Match.Case, To: to}
	if to != "" {
		t := &taken{mail: m.Mail, match: cases.Match{Case: to}}
		for _, o := range d.ix.PersonsByMail(strings.ToLower(m.Mail.From.Addr)) {
			if o == d.ix.Debtor(to) {
				t.match.Person = o
			}
		}
		if err := d.judgeParty(ctx, t); err != nil {
			return err
		}
		cmd.Person, cmd.Right, cmd.RightWhy = t.match.Person, t.match.Right, t.match.RightWhy
	}
	_, err = d.submit(ctx, d.o.Actor, cmd)
	return err
}

// Change applies effects to a case without a reply.
func (d *Desk) Change(ctx context.Context, id cases.CaseID, effects []cases.Effect, doneFollowUps []string) error {
	c, err := d.caseState(ctx, id)
	if err != nil {
		return err
	}
	cmd := cases.ChangeCase{Case: id, Effects: effects, DoneFollowUps: doneFollowUps, Named: d.named(ctx, effects)}
	for _, p := range c.Parties {
		cmd.Persons = append(cmd.Persons, p.Person)
	}
	for _, e := range effects {
		if e.Person != "" {
			cmd.Persons = append(cmd.Persons, e.Person)
		}
	}
	_, err = d.submit(ctx, d.o.Actor, cmd)
	return err
}

// FindCase returns the case with a reference, typed loosely. cases.ErrNotFound
// if there is none.
func (d *Desk) FindCase(_ context.Context, reference string) (cases.CaseID, error) {
	if id, ok := d.ix.CaseByReference(match.Key(reference)); ok {
		return id, nil
	}
	if d.o.Pattern != nil {
		for _, f := range d.o.Pattern.Find(reference) {
			if id, ok := d.ix.CaseByReference(f.Key); ok {
				return id, nil
			}
		}
	}
	return "", fmt.Errorf("case with reference %q: %w", reference, cases.ErrNotFound)
}

// CaseView returns one case whole, with the account as of a day.
func (d *Desk) CaseView(ctx context.Context, id cases.CaseID, at calendar.Date) (*CaseView, error) {
	c, err := d.caseState(ctx, id)
	if err != nil {
		return nil, err
	}
	v := &CaseView{}
	v.CoveredUntil = d.CoveredUntil()
	v.Item, v.Case, v.Today, v.Opened = ItemRef{Kind: priority.ItemFollowUp, ID: string(id)}, c, d.Today(), d.o.Now()
	if at == 0 {
		at = v.Today
	}
	if v.Persons, err = d.persons(ctx, c); err != nil {
		return nil, err
	}
	v.Balance, v.BalanceErr = ledger.BalanceAt(c.Ledger, at, d.o.Ledger)
	if v.BalanceErr == nil {
		v.Statement, v.BalanceErr = ledger.StatementAt(c.Ledger, at, d.o.Ledger)
	}
	v.Siblings = d.siblings(c, v.Today)
	for _, l := range c.Messages {
		m, err := d.message(ctx, l.Message)
		if errors.Is(err, cases.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		v.Messages = append(v.Messages, m)
	}
	for _, l := range c.Replies {
		r, err := d.reply(ctx, l.Reply)
		if errors.Is(err, cases.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		v.Replies = append(v.Replies, r)
	}
	if v.Facts, err = d.o.Journal.Facts(ctx, id.Stream()); err != nil {
		return nil, fmt.Errorf("read the timeline: %w", err)
	}
	v.Row = d.rowOf(v.Item, &v.Review)
	return v, nil
}

// Messages lists the summaries of messages: all, those of a case, or those of
// no case; newest first.
func (d *Desk) Messages(c cases.CaseID, unassigned bool) []cases.MessageSummary {
	return d.ix.messagesWhere(func(m *cases.MessageSummary) bool {
		switch {
		case unassigned:
			return m.Case == ""
		case c != "":
			return m.Case == c
		}
		return true
	})
}

// Message returns one message whole.
func (d *Desk) Message(ctx context.Context, id cases.MessageID) (*cases.Message, error) {
	return d.message(ctx, id)
}

// Counts returns how many cases and messages the desk knows.
func (d *Desk) Counts() (nCases, nMessages int) {
	d.ix.mu.RLock()
	defer d.ix.mu.RUnlock()
	return len(d.ix.cases), len(d.ix.messages)
}

// CaseID returns the id that a reference has, whether the case exists or not.
func (d *Desk) CaseID(reference string) cases.CaseID {
	return cases.CaseID(d.o.Journal.Hash("case", []byte(match.Key(reference))))
}

// PersonID returns the id of a person by the key that the agency's ERP uses.
func (d *Desk) PersonID(external string) cases.PersonID {
	return cases.PersonID(d.o.Journal.Hash("person", []byte(external)))
}

// Imported is the outcome of one imported record.
type Imported struct {
	New     bool
	Changed bool
	Refusal *cases.Refusal
}

// Import records persons and cases as a person's request, many in one
// transaction; the result has one entry a record.
func (d *Desk) Import(ctx context.Context, records []ImportRecord) ([]Imported, error) {
	var b cases.Batch
	for _, r := range records {
		for _, p := range r.Persons {
			b.Envelopes = append(b.Envelopes, cases.Envelope{ID: NewCommandID(), Actor: d.o.Actor, Command: p})
		}
		b.Envelopes = append(b.Envelopes, cases.Envelope{ID: NewCommandID(), Actor: d.o.Actor, Command: r.Case})
	}
	vs, err := d.o.Journal.Submit(ctx, b)
	if err != nil {
		return nil, fmt.Errorf("record %d cases: %w", len(records), err)
	}
	out := make([]Imported, len(records))
	n := 0
	for i, r := range records {
		for range len(r.Persons) + 1 {
			v := vs[n]
			n++
			if v.Refusal != nil && out[i].Refusal == nil {
				out[i].Refusal = v.Refusal
			}
			for _, f := range v.Facts {
				out[i].Changed = true
				if _, ok := f.Body.(cases.CaseOpened); ok {
					out[i].New = true
				}
			}
		}
	}
	return out, nil
}

// ImportRecord is one case of an import with its persons.
type ImportRecord struct {
	Persons []cases.RecordPerson
	Case    cases.OpenCase
}

// Reference returns the reference of a case, "" if there is none.
func (d *Desk) Reference(c cases.CaseID) string {
	s, _ := d.ix.caseSummary(c)
	return s.Reference
}

// Mailboxes returns the mailboxes that the desk pulls.
func (d *Desk) Mailboxes() []Mailbox { return d.o.Mailboxes }

// Draftable reports whether a draft can be made for an item: a person's mail
// on a case that wants an answer.
func (d *Desk) Draftable(i ItemRef) bool {
	m, ok := d.ix.message(cases.MessageID(i.ID))
	return ok && i.Kind == priority.ItemMessage && m.Case != "" && m.Intent.Answered() && m.Kind != cases.KindAuto && m.Kind != cases.KindBounce
}

// ErrNoMail says that bytes are no mail.
var ErrNoMail = errors.New("no mail: it has no header")

// Preview reads a mail and opens it on a case as if it had arrived; nothing is
// recorded.
func (d *Desk) Preview(ctx context.Context, id cases.CaseID, raw []byte, o OpenOptions) (*Review, error) {
	mail, err := d.o.Reader.Read(ctx, raw)
	if err != nil {
		return nil, fmt.Errorf("read the mail: %w", err)
	}
	if mail.KindReason == "unreadable" {
		return nil, ErrNoMail
	}
	t := &taken{mail: mail, match: cases.Match{Case: id, Person: d.ix.Debtor(id)}}
	if err := d.judgeParty(ctx, t); err != nil {
		return nil, err
	}
	class, err := d.classify(ctx, mail, t.match, d.o.Now())
	if err != nil {
		return nil, err
	}
	m := &cases.Message{
		ID: cases.MessageID(d.o.Journal.Hash("message", raw)), Received: d.o.Now(), Mail: mail, Match: t.match, Class: class, State: cases.MessageOpen,
	}
	r := &Review{
		Item: ItemRef{priority.ItemMessage, string(m.ID)}, Today: d.Today(), Opened: d.o.Now(), Message: m, Text: mail.Text, Own: mail.Own,
		Right: t.match.Right, RightWhy: t.match.RightWhy,
	}
	if err := d.openCase(ctx, r, id, o); err != nil {
		return nil, err
	}
	r.Drafts, r.DraftErr = d.drafts(ctx, r, o)
	return r, nil
}

// Drafted reports whether text is one of the review's drafts, unchanged.
func (r *Review) Drafted(text string) (cases.Draft, bool) {
	for _, k := range r.Drafts {
		if strings.TrimSpace(k.Text) == strings.TrimSpace(text) {
			return k, true
		}
	}
	return cases.Draft{}, false
}

// Lint judges a text as if it were sent to the debtor of an opened case now; a
// draft as it is, with what approving it does.
func (d *Desk) Lint(ctx context.Context, r *Review, text string) ([]cases.TextFinding, error) {
	in, err := d.draftContext(ctx, r, OpenOptions{})
	if err != nil {
		return nil, err
	}
	if k, ok := r.Drafted(text); ok {
		return d.o.Policy.Check(outgoing(in, k, k.Subject, k.Text, ticked(k.Effects), false)), nil
	}
	out := cases.Outgoing{Context: in, Subject: r.Case.Reference, Text: text, Edited: true}
	if len(r.Drafts) > 0 {
		out.Template, out.To, out.ToAddr, out.Subject = r.Drafts[0].Template, r.Drafts[0].To, r.Drafts[0].ToAddr, r.Drafts[0].Subject
		out.Drafted = r.Drafts[0].Text
	} else if p, ok := r.Case.Party(cases.RoleDebtor, r.Today); ok {
		out.To = p.Person
	}
	return d.o.Policy.Check(out), nil
}
