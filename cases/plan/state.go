package plan

import (
	"cmp"
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// defaultBankDays is how long a transfer may take to show on a statement.
const defaultBankDays = 2

// Progress says what became of each instalment on a day. Payments meet the
// instalments in their order. covered is the last day that the bank statements
// of the account cover: an instalment counts as broken only when it lies at
// least BankDays TARGET days after due date and grace, and before that, once the
// grace is over, as unclear.
func Progress(rates []Rate, payments []Payment, p Policy, land calendar.Land, today, covered calendar.Date) []RateState {
	paid := slices.Clone(payments)
	slices.SortStableFunc(paid, func(a, b Payment) int { return cmp.Compare(a.Date, b.Date) })
	out := make([]RateState, len(rates))
	var k int
	var left money.Cents // of payment k-1
	var day calendar.Date
	for i, r := range rates {
		s := RateState{Rate: r, State: Open}
		for s.Paid < r.Cents {
			if left == 0 {
				for k < len(paid) && (paid[k].Cents <= 0 || paid[k].Date > today) {
					k++
				}
				if k == len(paid) {
					break
				}
				left, day = paid[k].Cents, paid[k].Date
				k++
			}
			n := min(left, r.Cents-s.Paid)
			s.Paid += n
			left -= n
		}
		last := LastDay(r.Due, p.GraceDays, land)
		switch {
		case s.Paid >= r.Cents:
			s.PaidOn, s.State = day, Met
			if day > last {
				s.State = Late
			}
		case today <= last:
		case Missing(r.Due, covered, p, land):
			s.State = Broken
		default:
			s.State = Unclear
		}
		out[i] = s
	}
	return out
}

// LastDay is the last day on which a payment due on a day is in time: grace days
// later, on a business day.
func LastDay(due calendar.Date, grace int, land calendar.Land) calendar.Date {
	return calendar.NextBusinessDay(due+calendar.Date(max(0, grace)), land)
}

// MissingFrom is the day that a bank statement must reach before a payment that
// was due is missing for sure: the grace is over, and a transfer of its last day
// would show. It is one day for the item in the queue, the state of the
// instalment and the letter about it.
func MissingFrom(due calendar.Date, p Policy, land calendar.Land) calendar.Date {
	bank := p.BankDays
	if bank <= 0 {
		bank = defaultBankDays
	}
	return calendar.AddBankDays(LastDay(due, p.GraceDays, land), bank)
}

// Missing reports whether a payment that was due is missing for sure: statements
// reach MissingFrom. It looks at the calendar only where the answer hangs on it.
func Missing(due, covered calendar.Date, p Policy, land calendar.Land) bool {
	bank := p.BankDays
	if bank <= 0 {
		bank = defaultBankDays
	}
	first := due + calendar.Date(max(0, p.GraceDays)+bank) // without any weekend or holiday
	// No run of days without a business day or a bank day is longer than a week.
	const longest = 7
	switch {
	case covered < first:
		return false
	case covered >= first+calendar.Date(longest*(bank+1)):
		return true
	}
	return covered >= MissingFrom(due, p, land)
}

// Outcome sums up a plan: the next instalment not yet whole, how much is overdue
// for sure, and whether everything is paid.
type Outcome struct {
	Next    RateState   `json:"next,omitzero"`
	Overdue money.Cents `json:"overdue_cents,omitempty"` // open on broken instalments
	Broken  int         `json:"broken,omitempty"`        // how many
	Unclear int         `json:"unclear,omitempty"`
	Paid    money.Cents `json:"paid_cents"`
	Done    bool        `json:"done,omitempty"`
}

// Sum up the states of a plan.
func SumUp(states []RateState) Outcome {
	o := Outcome{Done: len(states) > 0}
	for _, s := range states {
		o.Paid += s.Paid
		if s.Paid >= s.Cents {
			continue
		}
		if o.Done {
			o.Next, o.Done = s, false
		}
		switch s.State {
		case Broken:
			o.Broken++
			o.Overdue += s.Cents - s.Paid
		case Unclear:
			o.Unclear++
		case Open, Met, Late:
		}
	}
	return o
}
