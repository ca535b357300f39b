package cases

import (
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
)

// Why an arrangement moved without a person or a letter: for a payment (or one
// taken back), because the one that supersedes it bound, because an offer's time
// ran out. These moves pass: they never change Base.
const (
	byPayment = "payment"
	byNext    = "replaced"
	byTime    = "expired"
)

func passing(why string) bool { return why == byPayment || why == byNext || why == byTime }

// afterBooking says what the account, which holds the new booking already, means
// for the arrangements: the first part paid binds an offer, the last one ends
// it, money that goes back opens them again, and an offer that bound replaces
// what it stood beside.
//
// The states follow from the set of bookings and from nothing else, so that they
// are the same in whatever order statements were read.
func (c *Case) afterBooking(today calendar.Date) []ArrangementMoved {
	own := make([]ArrangementState, len(c.Arrangements))
	for i, a := range c.Arrangements {
		own[i] = a.State
		if a.moves() {
			own[i] = c.paidState(a, today)
		}
	}
	var out []ArrangementMoved
	for i, a := range c.Arrangements {
		if !a.moves() {
			continue
		}
		to, why := own[i], byPayment
		for j, b := range c.Arrangements {
			if b.Supersedes == a.ID && (b.moves() && own[j].Binds() || !b.moves() && b.Bound) {
				to, why = ArrAmended, byNext
			}
		}
		if to == ArrOffered && a.State == ArrLapsed {
			continue // its time ran out; only a payment that came in time revives it
		}
		if to != a.State {
			out = append(out, ArrangementMoved{Arrangement: a.ID, State: to, Why: why})
		}
	}
	return out
}

// moves reports whether payments may move the arrangement: what a person or a
// letter ended, or what nobody knows of yet, stays as it is.
func (a Arrangement) moves() bool {
	switch a.Base {
	case ArrOffered, ArrAccepted, ArrRunning, ArrLate:
		return a.Kind != ArrangePause
	case ArrPending, ArrAsked, ArrMet, ArrBroken, ArrAmended, ArrEnded, ArrLapsed, ArrWithdrawn:
	}
	return false
}

// paidOn is a payment less what was taken back of it.
type paidOn struct {
	day   calendar.Date
	cents money.Cents
}

// paidFrom lists what was paid from since until (zero: without end) and not
// taken back. A payment that was returned never was one (§ 158 BGB).
func (c *Case) paidFrom(since, until calendar.Date) (list []paidOn, sum money.Cents) {
	gone := c.reversed()
	for _, e := range c.Ledger.Entries {
		pays := e.Kind == ledger.Payment || e.Kind == ledger.PaymentToCreditor
		if left := e.Cents - gone[e.ID]; pays && left > 0 && e.Date >= since && (until == 0 || e.Date <= until) {
			list, sum = append(list, paidOn{e.Date, left}), sum+left
		}
	}
	return list, sum
}

// paidState is the state that all bookings together give an arrangement that
// payments may move.
func (c *Case) paidState(a Arrangement, today calendar.Date) ArrangementState {
	until := calendar.Date(0)
	if a.Kind == ArrangeSettlement {
		until = a.Until
	}
	_, sum := c.paidFrom(a.Since, until)
	switch {
	case a.Base == ArrOffered && !c.boundByPayment(a):
		return ArrOffered
	case sum > 0 && sum >= a.Total && (a.Kind != ArrangePlan || len(a.Rates) > 0):
		return ArrMet
	case a.Base == ArrLate && sum < dueBy(a, today), a.Base == ArrAccepted && sum == 0:
		return a.Base
	}
	return ArrRunning
}

// boundByPayment reports whether the debtor accepted an offer by paying: the
// first instalment of a plan, something on a settlement, before the offer ends.
// Beside a running plan a payment may as well be meant for that one: then only
// the offer's own first instalment, to the cent, accepts.
func (c *Case) boundByPayment(a Arrangement) bool {
	until := a.Expires
	if a.Kind == ArrangeSettlement && a.Until != 0 && (until == 0 || a.Until < until) {
		until = a.Until
	}
	list, sum := c.paidFrom(a.Since, until)
	if a.Costs > 0 && c.CostNotice == 0 {
		return false // § 13a Abs. 3 RDG: no agreement before the notice
	}
	if a.Kind != ArrangePlan {
		return sum > 0
	}
	if len(a.Rates) == 0 {
		return false
	}
	first := a.Rates[0].Cents
	old := slices.IndexFunc(c.Arrangements, func(o Arrangement) bool { return o.ID == a.Supersedes })
	if a.Supersedes == "" || old < 0 {
		return sum >= first
	}
	if slices.ContainsFunc(c.Arrangements[old].Rates, func(r rate) bool { return r.Cents == first }) {
		return false
	}
	return slices.ContainsFunc(list, func(p paidOn) bool { return p.cents == first })
}

func dueBy(a Arrangement, day calendar.Date) money.Cents {
	var sum money.Cents
	for _, r := range a.Rates {
		if r.Due <= day {
			sum += r.Cents
		}
	}
	return sum
}

// decideAcceptOffer binds what was offered, on a person's word.
func decideAcceptOffer(s Scope, env Env, c AcceptOffer) ([]Event, error) {
	k, st := s.Cases[c.Case], c.Case.Stream()
	if k == nil {
		return nil, refuse(NotFound, st, "")
	}
	i := slices.IndexFunc(k.Arrangements, func(a Arrangement) bool { return a.ID == c.Arrangement })
	if i < 0 {
		return nil, refuse(NotFound, st, "arrangement")
	}
	a := k.Arrangements[i]
	switch {
	case a.State != ArrOffered:
		return nil, refuse(WrongState, st, string(a.State))
	case a.Expires != 0 && a.Expires < env.Today:
		return nil, refuse(WrongState, st, byTime)
	case a.Costs > 0 && k.CostNotice == 0:
		return nil, refuse(CostNotice, st, "§ 13a Abs. 3 RDG")
	}
	out := []Event{{st, ArrangementMoved{Arrangement: a.ID, State: ArrAccepted, Why: "accepted"}}}
	after := k.fold(out)
	for _, m := range after.afterBooking(env.Today) {
		out = append(out, Event{st, m})
	}
	if !c.Text.IsZero() {
		out = append(out, Event{st, note(env, s.Actor, 0, c.Text, "")})
	}
	return out, nil
}

// fold returns the case as it is after its own events.
func (c *Case) fold(events []Event) *Case {
	after, ok := c.Copy().(*Case)
	if !ok {
		return c
	}
	for _, e := range events {
		after.Apply(e.Body)
	}
	return after
}
