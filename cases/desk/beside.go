package desk

import (
	"context"
	"errors"
	"slices"

	"kontor/cases"
)

// Sent is a letter to somebody else that went with an answer before the answer
// itself: approved, and not taken back.
type Sent struct {
	Reply    cases.ReplyID
	Template cases.TemplateRef
	ToAddr   string
	State    cases.ReplyState
}

// TypedBeside is what was typed on a letter that goes with an answer, or that it
// is not to go.
type TypedBeside struct {
	Template string `json:"template"`
	Subject  string `json:"subject,omitempty"`
	Text     string `json:"text,omitempty"`
	Dropped  bool   `json:"dropped,omitempty"`
}

// carriedBefore is why an effect is not ticked: a letter beside has it.
const carriedBefore = "carried"

// answers reports whether a letter to this recipient answers the review's mail:
// one to the creditor, a court or an administrator does so only where they wrote
// it themselves, so a question to the creditor leaves the debtor's mail open.
func (r *Review) answers(to cases.PersonID, addr string) bool {
	if r.Message == nil {
		return true
	}
	m := r.Message
	if to == m.Match.Person || equalFold(addr, m.Mail.From.Addr) || equalFold(addr, m.Mail.ReplyTo.Addr) {
		return true
	}
	p, ok := r.Case.PartyOf(to, r.Today)
	return !ok || p.Role != cases.RoleCreditor && p.Role != cases.RoleCourt && p.Role != cases.RoleAdministrator
}

// aside reports whether approving a draft leaves the item as it is.
func (r *Review) aside(draft int, to cases.PersonID, addr string) bool {
	return draft > 0 || !r.answers(to, addr)
}

// besideOccasion is what a letter aside starts from: the mail, or where there is
// none the case, so that it does not end what the item itself is about.
func besideOccasion(r *Review) cases.Occasion {
	o := occasion(r)
	if r.Message == nil {
		o.Kind = cases.OccasionFree
	}
	return o
}

// withoutSent takes out the letters beside the first that were approved already,
// notes them in the review, and unticks what they have carried out.
func (d *Desk) withoutSent(ctx context.Context, r *Review, list []cases.Draft) ([]cases.Draft, error) {
	if len(list) < 2 {
		return list, nil
	}
	out := list[:1]
	for _, k := range list[1:] {
		a, s, err := d.sentBeside(ctx, r, k)
		if err != nil {
			return nil, err
		}
		if s.Reply == "" {
			out = append(out, k)
			continue
		}
		r.Beside = append(r.Beside, s)
		effects := slices.Clone(out[0].Effects)
		for i, e := range effects {
			if slices.ContainsFunc(a.Effects, func(x cases.Effect) bool { return sameStep(x, e.Effect) }) {
				effects[i].Ticked, effects[i].Why = false, carriedBefore
			}
		}
		out[0].Effects = effects
	}
	return out, nil
}

// sameStep reports whether two effects would record the same twice.
func sameStep(a, b cases.Effect) bool {
	switch a.Kind { //nolint:exhaustive // the others are not doubled by being recorded again, or come once a letter
	case cases.InquireCreditor, cases.SetFollowUp, cases.PlaceHold, cases.MarkInsolvent:
		return a.Kind == b.Kind && a.Code == b.Code && a.Hold == b.Hold && a.Date == b.Date && a.Until == b.Until
	}
	return false
}

// sentBeside finds the approved letter of a draft's kind that belongs to this item.
func (d *Desk) sentBeside(ctx context.Context, r *Review, k cases.Draft) (cases.Approval, Sent, error) {
	want := besideOccasion(r)
	for i := len(r.Case.Replies) - 1; i >= 0; i-- {
		l := r.Case.Replies[i]
		if l.Template != k.Template.ID || l.To != k.To || l.State == cases.ReplyWithdrawn || l.State == cases.ReplyStale || l.State == cases.ReplyRefused {
			continue
		}
		p, err := d.reply(ctx, l.Reply)
		if errors.Is(err, cases.ErrNotFound) {
			continue // erased
		}
		if err != nil {
			return cases.Approval{}, Sent{}, err
		}
		a := p.Approval
		sameDay := r.Message != nil || dayOf(p.ApprovedAt, d) == r.Today
		if a.Occasion == want && sameDay {
			return a, Sent{Reply: l.Reply, Template: a.Template, ToAddr: a.ToAddr, State: p.State}, nil
		}
	}
	return cases.Approval{}, Sent{}, nil
}

// dropTypedBeside forgets what was typed on one letter beside.
func (d *Desk) dropTypedBeside(ctx context.Context, r *Review, template string) error {
	at := *r
	at.Typed = nil
	d.loadTyped(ctx, &at)
	t := at.Typed
	if t == nil {
		return nil
	}
	t.Beside = slices.DeleteFunc(slices.Clone(t.Beside), func(b TypedBeside) bool { return b.Template == template })
	if t.Template == "" && t.Text == "" && len(t.Beside) == 0 {
		return d.DropTyped(ctx, r.Item)
	}
	return d.SaveTyped(ctx, r.Item, *t)
}
