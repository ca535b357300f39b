package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"kontor/cases"
	"kontor/cases/ledger"
	"kontor/cases/priority"
)

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
	if list, err = d.withoutSent(ctx, r, list); err != nil {
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
