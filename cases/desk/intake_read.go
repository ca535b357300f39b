package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kontor/cases"
	"kontor/cases/match"
	"kontor/cases/plain"
)

// identity names a mail by its bytes. One that the server would not hand over is
// known by its place alone, one without a byte by its arrival: that moves with it.
func (d *Desk) identity(f cases.Fetched) cases.MessageID {
	switch {
	case len(f.Raw) > 0:
		return cases.MessageID(d.o.Journal.Hash("message", f.Raw))
	case f.Unreadable.IsZero():
		return cases.MessageID(d.o.Journal.Hash("empty", []byte(f.Received.UTC().Format(time.RFC3339))))
	}
	return cases.MessageID(d.o.Journal.Hash("place", fmt.Appendf(nil, "%s\x00%s\x00%d\x00%d", f.Place.Account, f.Place.Mailbox, f.Place.UIDValidity, f.Place.UID)))
}

// read parses, matches and classifies one mail.
func (d *Desk) read(ctx context.Context, t *taken, f cases.Fetched) error {
	t.fetched = f
	t.id = d.identity(f)
	if _, ok := d.ix.message(t.id); ok {
		t.known = true
		return nil
	}
	mail := cases.Mail{Kind: cases.KindOther, Warnings: []cases.Warning{{Code: "unreadable", Detail: f.Unreadable}}}
	if len(f.Raw) > 0 {
		var err error
		if mail, err = d.o.Reader.Read(ctx, f.Raw); err != nil {
			return fmt.Errorf("read mail uid %d: %w", f.Place.UID, err)
		}
	}
	for _, w := range mail.Warnings {
		t.failed = t.failed || w.Code == "unreadable"
	}
	if f.Truncated {
		mail.Warnings = append(mail.Warnings, cases.Warning{Code: "too_large"})
	}
	t.mail = mail
	t.match, _ = match.Mail(mail, d.o.Pattern, d.ix)
	if err := d.judgeParty(ctx, t); err != nil {
		return err
	}
	t.mail.Text = plain.Text{} // read again from the raw bytes when somebody asks
	var err error
	t.class, err = d.classify(ctx, t.mail, t.match, f.Received)
	return err
}

// judgeParty adds the right-party verdict to the match.
func (d *Desk) judgeParty(ctx context.Context, t *taken) error {
	if t.match.Case == "" {
		return nil
	}
	c, err := d.caseState(ctx, t.match.Case) // recording will need it: many read at once, one records
	if err != nil {
		return err
	}
	if who, proven := d.ix.provenOn(t.match.Case, t.match.Person); who != "" {
		if why, ok := match.Vouched(t.mail, proven); ok && c.RightParty != cases.PartyDenied { // most mails: spares reading the person
			t.match.Right, t.match.RightWhy, t.match.Person = cases.PartyConfirmed, why, who
			return nil
		}
	}
	who := t.match.Person
	if who == "" {
		who = d.ix.Debtor(t.match.Case)
	}
	p, err := d.person(ctx, who)
	if err != nil && !errors.Is(err, cases.ErrNotFound) {
		return err
	}
	t.match.Right, t.match.RightWhy = match.RightParty(t.mail, c, p)
	if t.match.Right == cases.PartyConfirmed {
		t.match.Person = who
	}
	return nil
}

// classify asks the local engine; the generative one is asked later.
func (d *Desk) classify(ctx context.Context, m cases.Mail, mt cases.Match, received time.Time) (cases.Classification, error) {
	class, err := d.o.Engine.Classify(ctx, d.input(m, mt, received))
	if err != nil {
		return cases.Classification{}, fmt.Errorf("classify: %w", err)
	}
	if MatterAttached(m, class) {
		class.Unsure = true
		class.Notes = append(class.Notes, NoteAttached)
	}
	return class, nil
}

func (d *Desk) input(m cases.Mail, mt cases.Match, received time.Time) cases.ClassifyInput {
	at := m.Date
	if at.IsZero() {
		at = received
	}
	in := cases.ClassifyInput{
		Subject: m.Subject.String(), Text: m.Own.String(), From: m.From.Name.String() + " <" + m.From.Addr + ">",
		Date: dayOf(at, d), Kind: m.Kind,
	}
	for _, a := range m.Attachments {
		if !a.Text.IsZero() {
			in.Attachments = append(in.Attachments, a.Text.String())
		}
	}
	for _, r := range mt.Reasons {
		in.InReply = in.InReply || r.Code == "thread"
	}
	if s, ok := d.ix.caseSummary(mt.Case); ok {
		in.PlanRunning, in.Stage = s.Flags.Has(cases.CasePlan), s.Stage
	}
	return in
}

// longText is what a message's text blob holds.
type longText struct {
	Own      plain.Text   `json:"own"`
	Attached []plain.Text `json:"attached,omitempty"`
}

func bound[T any](list []T, n int) []T { return list[:min(len(list), n)] }
