package desk

import (
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
)

// Said is what somebody said past a mail, as on the phone. A draft takes it as
// it takes what a mail wishes; it is no fact, and nothing of it is kept but what
// the letter and its effects say.
type Said struct {
	Intent cases.Intent
	Slots  cases.Slots
}

// message is what was said in the form in which texts read wishes.
func (s *Said) message(r *Review) *cases.Message {
	m := &cases.Message{
		Received: r.Opened, State: cases.MessageOpen,
		Class: cases.Classification{Intent: s.Intent, Permille: 1000, Slots: s.Slots, Engine: "person"},
	}
	if p, ok := r.Case.Party(cases.RoleDebtor, r.Today); ok {
		m.Match = cases.Match{Case: r.Case.ID, Person: p.Person, Right: letterParty(r)}
	}
	return m
}

// withoutMail adds to a letter's facts what an item without a mail has: what was
// said, and the payment that a receipt is about.
func withoutMail(in *cases.DraftContext, r *Review) {
	in.Confirmed = letterParty(r)
	in.Found = latestPayment(r.Case, r.Today)
	if r.Said != nil {
		in.Messages = append(in.Messages, r.Said.message(r))
	}
}

// receiptDays is how old a payment may be for a receipt without a mail.
const receiptDays = 90

// latestPayment returns the newest payment on the account that was not taken
// back; nil if there is none of the last days.
func latestPayment(c *cases.Case, today calendar.Date) *ledger.Entry {
	back := map[string]bool{}
	for _, e := range c.Ledger.Entries {
		if e.Kind == ledger.Reversal {
			back[e.Reverses] = true
		}
	}
	var best *ledger.Entry
	for i := range c.Ledger.Entries {
		e := c.Ledger.Entries[i]
		if e.Kind != ledger.Payment && e.Kind != ledger.PaymentToCreditor || back[e.ID] || today-e.Date > receiptDays {
			continue
		}
		if best == nil || e.Date >= best.Date {
			best = &e
		}
	}
	return best
}

// over lays what was said over what a mail says; the mail itself stays as it is.
func (s *Said) over(m *cases.Message) *cases.Message {
	if s == nil {
		return m
	}
	n := *m
	n.Class.Intent = s.Intent
	x, y := &n.Class.Slots, s.Slots
	if y.MonthlyCents != nil {
		x.MonthlyCents, x.FirstPaymentDate = y.MonthlyCents, y.FirstPaymentDate
	}
	if y.PauseUntil != 0 {
		x.PauseUntil = y.PauseUntil
	}
	if y.PromiseDate != 0 {
		x.PromiseDate, x.PromiseCents = y.PromiseDate, y.PromiseCents
	}
	if y.OfferCents != nil {
		x.OfferCents = y.OfferCents
	}
	return &n
}

// Rules are the agency's rules as they are in force, to reckon with on the
// screen before a letter is made.
func (d *Desk) Rules() cases.Rules { return d.o.Rules }

// planRuns reports whether a plan binds the debtor now.
func planRuns(c *cases.Case) bool {
	_, ok := c.Binding(cases.ArrangePlan)
	return ok
}
