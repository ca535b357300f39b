package plan

import (
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// The reasons why a wish is not granted as it stands, for the screen to word.
const (
	NothingOpen   = "nothing_open"     // there is nothing to pay in instalments
	RateNotStated = "rate_not_stated"  // neither amount nor number was said
	RateTooLow    = "rate_too_low"     // below the least instalment
	TooLong       = "too_long"         // more instalments than allowed
	FirstMissing  = "first_not_stated" // no first date was said
	FirstPast     = "first_past"       // the first date is over
	FirstTooLate  = "first_too_late"   // later than the policy lets it begin
)

// defaultFirst is when a plan begins where the debtor named no day: time for the
// offer to arrive and be answered.
const defaultFirst = 14

// Check holds a wish against the policy. Where it fits, ok is true and the offer
// is the wish with its schedule. Else the offer is the nearest one that fits: the
// least instalment allowed, in full euros, and the nearest first date; reasons
// say what differs. Without reasons the wish is granted unchanged.
func Check(p Policy, w Wish, today calendar.Date, land calendar.Land) (ok bool, offer Offer, reasons []string) {
	if w.Total <= 0 || w.Total > money.Max {
		return false, Offer{}, []string{NothingOpen}
	}
	monthly := w.Monthly
	if monthly <= 0 && w.Months > 0 {
		monthly = max(1, money.Cents(ceilDiv(w.Total, money.Cents(w.Months))))
	}
	months := MaxRates
	if p.MaxMonths > 0 {
		months = min(p.MaxMonths, MaxRates)
	}
	least := max(p.MinMonthly, ceilDiv(w.Total, money.Cents(months)), 1)
	switch {
	case monthly <= 0:
		reasons = append(reasons, RateNotStated)
		monthly = fullEuro(least)
	case monthly >= w.Total:
		// One payment of everything is never too little.
	case monthly < least:
		if monthly < p.MinMonthly {
			reasons = append(reasons, RateTooLow)
		}
		if monthly < ceilDiv(w.Total, money.Cents(months)) {
			reasons = append(reasons, TooLong)
		}
		monthly = fullEuro(least)
	}
	monthly = min(monthly, w.Total)

	first, last := w.First, calendar.Date(0)
	if p.FirstWithinDays > 0 {
		last = today + calendar.Date(p.FirstWithinDays)
	}
	switch {
	case first.IsZero():
		reasons = append(reasons, FirstMissing)
		first = today + defaultFirst
	case first < today:
		reasons = append(reasons, FirstPast)
		first = today + defaultFirst
	case last > 0 && first > last:
		reasons = append(reasons, FirstTooLate)
		first = last
	}
	if last > 0 && first > last {
		first = last
	}
	// Of a date that we name ourselves the business day before stays in the limit.
	if first != w.First {
		if first = calendar.NextBusinessDay(first, land); last > 0 && first > last {
			first = calendar.PrevBusinessDay(last, land)
		}
		first = max(first, today)
	}
	rates, err := schedule(w, monthly, first, land, len(reasons) == 0)
	if err != nil {
		return false, Offer{}, append(reasons, TooLong)
	}
	return len(reasons) == 0, Offer{Monthly: monthly, First: first, Rates: rates}, reasons
}

// schedule makes equal instalments where the debtor named a number and that is
// granted, else instalments of the monthly amount.
func schedule(w Wish, monthly money.Cents, first calendar.Date, land calendar.Land, granted bool) ([]Rate, error) {
	if granted && w.Monthly <= 0 && w.Months > 0 && money.Cents(w.Months) <= w.Total {
		return Equal(w.Total, w.Months, first, land, Options{})
	}
	return Schedule(w.Total, monthly, first, land, Options{})
}

func ceilDiv(a, b money.Cents) money.Cents {
	if a%b > 0 {
		return a/b + 1
	}
	return a / b
}

func fullEuro(c money.Cents) money.Cents { return ceilDiv(c, 100) * 100 }
