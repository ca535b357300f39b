package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/match"
	"kontor/cases/plain"
	"kontor/cases/priority"
)

// maxRaw bounds how much of a stored mail is read again, in bytes.
const maxRaw = 64 << 20

// startRunes is how much of another mail a list shows.
const startRunes = 120

// Open returns all that is needed to work on an item.
func (d *Desk) Open(ctx context.Context, item ItemRef, o OpenOptions) (*Review, error) {
	r := &Review{Item: item, Today: d.Today(), Opened: d.o.Now(), Said: o.Said}
	var caseID cases.CaseID
	switch item.Kind {
	case priority.ItemMessage:
		m, err := d.message(ctx, cases.MessageID(item.ID))
		if err != nil {
			return nil, err
		}
		if r.Text, r.Own, err = d.texts(ctx, m); err != nil {
			return nil, err
		}
		r.Message, caseID = m, m.Match.Case
		r.Right, r.RightWhy = m.Match.Right, m.Match.RightWhy
	case priority.ItemReply:
		p, err := d.reply(ctx, cases.ReplyID(item.ID))
		if err != nil {
			return nil, err
		}
		caseID = p.Approval.Case
	case priority.ItemPayment:
		e, err := d.bankEntry(ctx, cases.EntryID(item.ID))
		if err != nil {
			return nil, err
		}
		if len(e.Matches) > 0 {
			caseID = e.Matches[0].Case
		}
	default:
		caseID = cases.CaseID(item.ID)
	}
	if caseID != "" {
		if err := d.openCase(ctx, r, caseID, o); err != nil {
			return nil, err
		}
	} else if r.Message != nil {
		r.Suggest = d.suggest(r.Message, r.Text)
	}
	r.Row = d.rowOf(item, r)
	d.loadTyped(ctx, r)
	if o.Template == "" && r.Typed != nil {
		o.Template, o.Lang = r.Typed.Template, r.Typed.Lang
	}
	r.Drafts, r.DraftErr = d.drafts(ctx, r, o)
	return r, nil
}

func (d *Desk) rowOf(item ItemRef, r *Review) Row {
	in := priority.Input{Kind: item.Kind, ID: item.ID, Today: r.Today}
	x := d.ix
	x.mu.RLock()
	switch item.Kind {
	case priority.ItemMessage:
		if m := x.messages[cases.MessageID(item.ID)]; m != nil {
			in = x.messageInput(m, r.Today, d)
		}
	case priority.ItemReply:
		if p := x.replies[cases.ReplyID(item.ID)]; p != nil {
			in, _ = x.replyInput(p, r.Today, d)
		}
	case priority.ItemPayment:
		if e := x.pay.entries[cases.EntryID(item.ID)]; e != nil {
			in = x.paymentInput(e, r.Today)
		}
	default:
		if c := x.cases[cases.CaseID(item.ID)]; c != nil {
			x.caseItems(c, r.Today, x.pay.covered(d.o.Agency.IBAN), d.o.Rules, func(ref ItemRef, made priority.Input) {
				if ref == item {
					in = made
				}
			})
		}
	}
	x.mu.RUnlock()
	in.Kind, in.ID, in.Today = item.Kind, item.ID, r.Today
	return d.row(newJudged(item, "", in, d.o.Weights), r.Today)
}

// openCase adds the case, its people and its numbers.
func (d *Desk) openCase(ctx context.Context, r *Review, id cases.CaseID, o OpenOptions) error {
	c, err := d.caseState(ctx, id)
	if err != nil {
		return err
	}
	r.Case, r.CoveredUntil = c, d.CoveredUntil()
	if r.Persons, err = d.persons(ctx, c); err != nil {
		return err
	}
	r.Balance, r.BalanceErr = ledger.BalanceAt(c.Ledger, r.Today, d.o.Ledger)
	if r.BalanceErr == nil {
		r.Statement, r.BalanceErr = ledger.StatementAt(c.Ledger, r.Today, d.o.Ledger)
	}
	r.Siblings = d.siblings(c, r.Today)
	r.Seen = append(r.Seen, cases.Seen{Stream: c.Of(), Touched: c.Touched})
	for _, p := range r.Persons {
		r.Seen = append(r.Seen, cases.Seen{Stream: p.Of(), Touched: p.Touched})
	}
	slices.SortFunc(r.Seen, func(a, b cases.Seen) int {
		return strings.Compare(a.Stream.String(), b.Stream.String())
	})
	if r.Message == nil {
		return nil
	}
	for _, m := range d.ix.openOn(id) {
		if m.ID == r.Message.ID || m.Kind == cases.KindAuto || m.Kind == cases.KindBounce {
			continue
		}
		o2 := OtherMail{ID: m.ID, Received: m.Received, Subject: plain.Line(m.Subject), From: plain.Line(m.From), Intent: m.Intent}
		if full, err := d.message(ctx, m.ID); err == nil {
			o2.Start = start(full.Mail.Own)
		}
		r.Others = append(r.Others, o2)
		if slices.Contains(o.Also, m.ID) {
			r.Also = append(r.Also, m.ID)
		}
	}
	r.Differs = differs(r)
	return nil
}

func start(t plain.Text) plain.Text {
	rs := []rune(plain.Line(t.String()).String())
	if len(rs) > startRunes {
		rs = append(rs[:startRunes-1], '…')
	}
	return plain.Line(string(rs))
}

// differs reports whether the address that would be answered is not on file
// for the person who wrote.
func differs(r *Review) bool {
	for _, addr := range []string{r.Message.Mail.From.Addr, r.Message.Mail.ReplyTo.Addr} {
		if addr == "" {
			continue
		}
		found := false
		for _, p := range r.Persons {
			for _, c := range p.Contacts {
				found = found || c.Channel == cases.Email && equalFold(c.Value.String(), addr)
			}
		}
		if !found {
			return true
		}
	}
	return false
}

func (d *Desk) siblings(c *cases.Case, today calendar.Date) []OtherCase {
	p, ok := c.Party(cases.RoleDebtor, today)
	if !ok {
		return nil
	}
	var out []OtherCase
	for _, id := range d.ix.OpenCases(p.Person) {
		s, ok := d.ix.caseSummary(id)
		if !ok || id == c.ID {
			continue
		}
		o := OtherCase{ID: id, Reference: plain.Line(s.Reference), Creditor: plain.Line(d.ix.personName(s.Creditor)), Stage: s.Stage}
		o.Balance, _ = s.Daily.Total(today)
		out = append(out, o)
	}
	return out
}

// suggest ranks the cases that an unassigned mail may belong to.
func (d *Desk) suggest(m *cases.Message, text plain.Text) []Suggestion {
	mail := m.Mail
	mail.Text = text
	_, list := match.Mail(mail, d.o.Pattern, d.ix)
	out := make([]Suggestion, 0, len(list))
	for _, k := range list {
		s, ok := d.ix.caseSummary(k.Case)
		if !ok {
			continue
		}
		out = append(out, Suggestion{
			Case: k.Case, Person: s.Debtor, Reference: plain.Line(s.Reference),
			Debtor: plain.Line(d.ix.personName(s.Debtor)), Score: k.Score, Reasons: k.Reasons,
		})
	}
	return out
}

// texts returns the whole text of a message and its own words, whole.
func (d *Desk) texts(ctx context.Context, m *cases.Message) (text, own plain.Text, err error) {
	own = m.Mail.Own
	if m.TextBlob != "" {
		var long longText
		b, err := d.blob(ctx, m.TextBlob, maxLongText*2)
		if err != nil {
			return text, own, fmt.Errorf("read the text of a message: %w", err)
		}
		if err := json.Unmarshal(b, &long); err != nil {
			return text, own, fmt.Errorf("read the text of a message: %w", err)
		}
		own = long.Own
	}
	if m.Raw == "" {
		return own, own, nil
	}
	raw, err := d.blob(ctx, m.Raw, maxRaw)
	if errors.Is(err, cases.ErrNotFound) {
		return own, own, nil // erased, or not fetched yet
	}
	if err != nil {
		return text, own, fmt.Errorf("read the bytes of a message: %w", err)
	}
	mail, err := d.o.Reader.Read(ctx, raw)
	if err != nil {
		return text, own, fmt.Errorf("read a message again: %w", err)
	}
	return mail.Text, own, nil
}

func (d *Desk) blob(ctx context.Context, id cases.BlobID, limit int64) (b []byte, err error) {
	r, err := d.o.Journal.OpenBlob(ctx, id)
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := r.Close(); err == nil {
			err = e
		}
	}()
	b, err = io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(b)) > limit {
		return nil, fmt.Errorf("blob longer than %d bytes", limit)
	}
	return b, err
}

// Attachment returns the bytes of one attachment, read again from the mail.
func (d *Desk) Attachment(ctx context.Context, id cases.MessageID, index int) (name string, data []byte, err error) {
	m, err := d.message(ctx, id)
	if err != nil {
		return "", nil, err
	}
	raw, err := d.blob(ctx, m.Raw, maxRaw)
	if err != nil {
		return "", nil, fmt.Errorf("read the bytes of a message: %w", err)
	}
	name, _, data, err = d.o.Reader.Attachment(raw, index)
	return name, data, err
}
