package cases

import (
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
)

// byPayment is the Why of an arrangement that a payment moved; what goes back
// moves it back.
const byPayment = "payment"

// afterBooking says what a booking, which the case has already, means for the
// arrangements: the first part paid binds an offer, the last one ends it; money
// that goes back opens them again.
func (c *Case) afterBooking(e ledger.Entry, today calendar.Date) []ArrangementMoved {
	var out []ArrangementMoved
	move := func(a Arrangement, to ArrangementState) {
		if to != "" && to != a.State {
			out = append(out, ArrangementMoved{Arrangement: a.ID, State: to, Why: byPayment})
		}
	}
	for _, a := range c.Arrangements {
		switch e.Kind {
		case ledger.Payment, ledger.PaymentToCreditor:
			if e.Date >= a.Since {
				move(a, c.paidState(a, e))
			}
		case ledger.Reversal:
			if a.Why == byPayment {
				move(a, c.unpaidState(a, today))
			}
		case ledger.Cost, ledger.Interest, ledger.WriteOff, ledger.Waiver, ledger.Refund, ledger.FromCredit:
		}
	}
	return out
}

// got sums what was paid from a day on and not taken back.
func (c *Case) got(since calendar.Date) money.Cents {
	var sum money.Cents
	gone := c.reversed()
	for _, e := range c.Ledger.Entries {
		if (e.Kind == ledger.Payment || e.Kind == ledger.PaymentToCreditor) && e.Date >= since {
			sum += e.Cents - gone[e.ID]
		}
	}
	return sum
}

// paidState is the state that a payment gives an arrangement, "" for none.
func (c *Case) paidState(a Arrangement, e ledger.Entry) ArrangementState {
	sum := c.got(a.Since)
	switch a.State {
	case ArrOffered, ArrAccepted:
		if a.State == ArrOffered && a.Expires != 0 && e.Date > a.Expires {
			return ""
		}
	case ArrRunning, ArrLate:
	case ArrPending, ArrAsked, ArrMet, ArrBroken, ArrAmended, ArrEnded, ArrLapsed, ArrWithdrawn:
		return ""
	}
	switch a.Kind {
	case ArrangePlan:
		switch {
		case len(a.Rates) == 0:
			return ""
		case sum >= a.Total:
			return ArrMet
		case a.State == ArrOffered && sum < a.Rates[0].Cents:
			return "" // less than the first instalment is no yes
		case a.State == ArrLate && sum < dueBy(a, e.Date):
			return ""
		}
		return ArrRunning
	case ArrangeSettlement:
		switch {
		case a.Until != 0 && e.Date > a.Until:
			return ""
		case sum >= a.Total:
			return ArrMet
		}
		return ArrRunning
	case ArrangePromise:
		if sum > 0 && sum >= a.Total {
			return ArrMet
		}
	case ArrangePause:
	}
	return ""
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

// unpaidState is where an arrangement stands that a payment moved, after money
// went back.
func (c *Case) unpaidState(a Arrangement, today calendar.Date) ArrangementState {
	sum := c.got(a.Since)
	offer := a.OnSent == ArrOffered
	switch {
	case a.State != ArrMet && a.State != ArrRunning:
		return ""
	case a.State == ArrMet && (sum >= a.Total && sum > 0):
		return ""
	case offer && sum == 0 && a.Expires != 0 && a.Expires < today:
		return ArrLapsed
	case offer && sum == 0:
		return ArrOffered
	}
	return ArrRunning
}
