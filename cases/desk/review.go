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

// drafts asks the templates. Automatic mail has none.
func (d *Desk) drafts(ctx context.Context, r *Review, o OpenOptions) ([]cases.Draft, error) {
	if r.Case == nil {
		return nil, errNoCase
	}
	if r.Message != nil {
		switch {
		case !r.Message.Personal() || !r.Message.Class.Intent.Answered():
			return nil, errAutomatic
		case slices.Contains(r.Message.Class.Notes, NoteAttached) && o.Template == "":
			return nil, errAttachment
		case r.Message.State != cases.MessageOpen:
			return nil, errAnswered
		}
	}
	if o.Name == "" && o.Template == "" && r.Said == nil {
		o.Name = occasionName(r)
	}
	in, err := d.draftContext(ctx, r, o)
	if err != nil {
		return nil, err
	}
	r.Templates = d.o.Texts.List()
	list, err := d.o.Texts.Drafts(ctx, in)
	if err != nil {
		return nil, err
	}
	for i := range list {
		k := &list[i]
		k.Attach = d.attachable(r, *k)
		k.Findings = d.o.Policy.Check(outgoing(in, *k, k.Subject, k.Text, ticked(k.Effects), false))
	}
	return list, nil
}

// Why there is no draft; screens have words for each.
var (
	errNoCase     = errors.New("no draft: not assigned to a case")
	errAutomatic  = errors.New("no draft: automatic mail is never answered")
	errAttachment = errors.New("no draft: the matter is in an attachment that could not be read")
	errAnswered   = errors.New("no draft: dealt with already")
)

// NoDraft returns the code of why a review has no draft: no_case, automatic,
// attachment, answered, failed; "" if it has one.
func NoDraft(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, errNoCase):
		return "no_case"
	case errors.Is(err, errAutomatic):
		return "automatic"
	case errors.Is(err, errAttachment):
		return "attachment"
	case errors.Is(err, errAnswered):
		return "answered"
	}
	return "failed"
}

func (d *Desk) draftContext(ctx context.Context, r *Review, o OpenOptions) (cases.DraftContext, error) {
	in := cases.DraftContext{
		Case: r.Case, Persons: r.Persons, Occasion: occasion(r), Name: o.Name, Now: d.o.Now().In(d.o.Loc), Today: r.Today,
		Rules: d.o.Rules, Agency: d.o.Agency, Lang: o.Lang, Template: o.Template,
		Balance: r.Balance, Statement: r.Statement, BalanceErr: r.BalanceErr, CoveredUntil: r.CoveredUntil,
		Confirmed: r.Right, UserName: d.o.User,
	}
	if r.Message == nil {
		withoutMail(&in, r)
		return in, nil
	}
	in.Messages = append(in.Messages, r.Said.over(r.Message))
	in.Found = found(r.Case, r.Message)
	for _, id := range r.Also {
		m, err := d.message(ctx, id)
		if err != nil {
			return in, err
		}
		in.Messages = append(in.Messages, m)
		if m.Match.Right != cases.PartyConfirmed {
			in.Confirmed = m.Match.Right
		}
	}
	if r.Case.RightParty == cases.PartyConfirmed {
		in.Confirmed = cases.PartyConfirmed
	}
	return in, nil
}

// foundDays is how far the day that a debtor names and the value date of the
// booking may lie apart.
const foundDays = 10

// found looks on the account for the payment that a mail claims: the same sum,
// near the day it names. Without a sum there is nothing to look for.
func found(c *cases.Case, m *cases.Message) *ledger.Entry {
	want := m.Class.Slots.PaidCents
	if m.Class.Intent != cases.Paid || want == nil {
		return nil
	}
	for i := len(c.Ledger.Entries) - 1; i >= 0; i-- {
		e := c.Ledger.Entries[i]
		if e.Kind != ledger.Payment && e.Kind != ledger.PaymentToCreditor || e.Cents != *want {
			continue
		}
		if day := m.Class.Slots.PaidDate; day == 0 || max(e.Date-day, day-e.Date) <= foundDays {
			return &e
		}
	}
	return nil
}

// letterParty is the right-party verdict for a letter without a mail: the
// address itself must have been proven.
func letterParty(r *Review) cases.RightPartyState {
	p, ok := r.Case.Party(cases.RoleDebtor, r.Today)
	if !ok || r.Case.RightParty == cases.PartyDenied {
		return cases.PartyUnknown
	}
	if who := r.Persons[p.Person]; who != nil {
		addr := who.Mail(r.Today)
		for _, c := range who.Contacts {
			if c.Channel == cases.Email && c.Proof == cases.ProofSeen && c.Value.String() == addr {
				return cases.PartyConfirmed
			}
		}
	}
	return cases.PartyUnknown
}

func occasion(r *Review) cases.Occasion {
	switch r.Item.Kind { //nolint:exhaustive // the rest start from the case itself
	case priority.ItemMessage:
		return cases.Occasion{Kind: cases.OccasionMessage, ID: r.Item.ID}
	case priority.ItemFollowUp:
		return cases.Occasion{Kind: cases.OccasionFollowUp, ID: r.Item.ID}
	case priority.ItemPlan:
		return cases.Occasion{Kind: cases.OccasionPlan, ID: r.Item.ID}
	case priority.ItemPayment:
		return cases.Occasion{Kind: cases.OccasionPayment, ID: r.Item.ID}
	case priority.ItemClock, priority.ItemDeadline:
		return cases.Occasion{Kind: cases.OccasionDeadline, ID: r.Item.ID}
	}
	return cases.Occasion{Kind: cases.OccasionFree, ID: r.Item.ID}
}

// occasionName is the letter that an item without a mail calls for; a person
// may choose another one.
func occasionName(r *Review) string {
	switch r.Item.Kind { //nolint:exhaustive // the others have a mail, or no letter of their own
	case priority.ItemPlan:
		if _, ok := r.Case.Current(cases.ArrangePlan); ok {
			return "plan_reminder"
		}
		return "promise_reminder"
	case priority.ItemFollowUp:
		switch {
		case blocked(r):
			return "" // no demand is preset where none may be sent
		case r.BalanceErr == nil && r.Balance.Total <= 0:
			return "closing_letter"
		case planRuns(r.Case):
			return "plan_reminder" // nobody is asked for all while a plan runs
		case len(r.Case.Replies) == 0 && r.Case.Stage == cases.StageReminder:
			return "first_letter"
		}
		return "balance_letter"
	}
	return ""
}

// blocked reports whether nobody may be asked for money on the case today.
func blocked(r *Review) bool {
	p, ok := r.Case.Party(cases.RoleDebtor, r.Today)
	if !ok {
		return true
	}
	s := cases.NewScope(cases.Actor{})
	for _, who := range r.Persons {
		s.Put(who)
	}
	return cases.DemandBlocked(s, cases.Env{Today: r.Today}, r.Case, p.Person) != "" || len(r.Case.Messages) > 0 && openMail(r.Case)
}

// openMail reports whether an unanswered mail lies on the case: it comes first.
func openMail(c *cases.Case) bool {
	return slices.ContainsFunc(c.Messages, func(l cases.MessageLink) bool { return l.Open })
}

func ticked(effects []cases.DraftEffect) []cases.Effect {
	var out []cases.Effect
	for _, e := range effects {
		if e.Ticked {
			out = append(out, e.Effect)
		}
	}
	return out
}

func outgoing(in cases.DraftContext, k cases.Draft, subject, text string, effects []cases.Effect, edited bool) cases.Outgoing {
	return cases.Outgoing{
		Context: in, Template: k.Template, To: k.To, ToAddr: k.ToAddr, Subject: subject, Text: text, Effects: effects, Edited: edited, Drafted: k.Text,
	}
}

// What a caseworker types is kept sealed on this device.

func typedKey(i ItemRef) string { return "typed/" + string(i.Kind) + "/" + i.ID }

// SaveTyped keeps what was typed on an item.
func (d *Desk) SaveTyped(ctx context.Context, item ItemRef, t Typed) error {
	b, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("keep what was typed: %w", err)
	}
	if len(b) > maxTyped {
		return fmt.Errorf("keep what was typed: longer than %d bytes", maxTyped)
	}
	if err := d.o.Journal.SetLocal(ctx, cases.LocalWrite{Key: typedKey(item), Value: b}); err != nil {
		return fmt.Errorf("keep what was typed: %w", err)
	}
	return nil
}

const maxTyped = 128 << 10

// DropTyped forgets it.
func (d *Desk) DropTyped(ctx context.Context, item ItemRef) error {
	return d.o.Journal.SetLocal(ctx, cases.LocalWrite{Key: typedKey(item)})
}

func (d *Desk) loadTyped(ctx context.Context, r *Review) {
	b, err := d.o.Journal.Local(ctx, typedKey(r.Item))
	if err != nil {
		return
	}
	var t Typed
	if json.Unmarshal(b, &t) == nil {
		r.Typed = &t
	}
}
