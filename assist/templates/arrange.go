package templates

import (
	"slices"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plan"
)

// mergeBelow is the smallest last instalment; a smaller one joins the one before
// it, so that nobody transfers cents.
const mergeBelow money.Cents = 500

// proposal is a schedule that the agency's policy allows, and where the wish was
// outside of it.
type proposal struct {
	rates    []plan.Rate
	monthly  money.Cents
	total    money.Cents
	exact    bool // amount and first day are the debtor's own
	belowMin bool
	tooLong  bool
	tooLate  bool
	noFigure bool // the debtor named no amount
}

func (p proposal) outside() bool { return p.belowMin || p.tooLong || p.tooLate }

// propose makes the schedule for a wish: as asked where the policy allows it,
// else the nearest that it allows. Where no amount is named it proposes what ends
// in a year, if the policy gives a year; where no day is named, the first of a
// month that leaves time to answer.
func propose(total money.Cents, wish plan.Wish, r cases.Rules, today calendar.Date, land calendar.Land) (proposal, bool) {
	if total <= 0 || total > money.Max/100 {
		return proposal{}, false
	}
	p := proposal{total: total, noFigure: wish.Monthly <= 0}
	if p.noFigure {
		months := money.Cents(12)
		if m := r.Plan.MaxMonths; m > 0 {
			months = min(months, money.Cents(m))
		}
		wish.Monthly = min(total, max(r.Plan.MinMonthly, wholeEuros((total+months-1)/months)))
	}
	asked := wish.First
	stated := asked >= today && asked != 0
	if !stated {
		wish.First = firstOfMonth(today + 14)
		if limit := r.Plan.FirstWithinDays; limit > 0 {
			wish.First = min(wish.First, max(today, calendar.PrevBusinessDay(today+calendar.Date(limit), land)))
		}
	}
	_, offer, reasons := plan.Check(r.Plan, wish, today, land)
	if len(offer.Rates) == 0 {
		return proposal{}, false
	}
	p.belowMin = slices.Contains(reasons, plan.RateTooLow)
	p.tooLong = slices.Contains(reasons, plan.TooLong)
	p.tooLate = slices.Contains(reasons, plan.FirstTooLate)
	rates, err := plan.Schedule(total, offer.Monthly, offer.First, land, plan.Options{MergeBelow: mergeBelow})
	if err != nil {
		return proposal{}, false
	}
	p.rates, p.monthly = rates, offer.Monthly
	p.exact = stated && !p.noFigure && !p.outside() && rates[0].Due == asked
	return p, true
}

func wholeEuros(c money.Cents) money.Cents { return (c + 99) / 100 * 100 }

// firstOfMonth is the first day of a month that is not before d.
func firstOfMonth(d calendar.Date) calendar.Date {
	y, m, day := d.Civil()
	if day == 1 {
		return d
	}
	return calendar.Of(y, m+1, 1)
}

// pause is a rest that the policy allows.
type pause struct {
	until   calendar.Date
	outside bool // the wish is beyond the limit
	unsaid  bool // no day was named
}

// proposePause grants the wish up to the limit; without a day it proposes four
// weeks. It ends on a business day.
func proposePause(wish calendar.Date, limitDays int, today calendar.Date, land calendar.Land) (pause, bool) {
	if limitDays < 7 {
		return pause{}, false
	}
	limit := calendar.PrevBusinessDay(today+calendar.Date(limitDays), land)
	p := pause{until: wish, unsaid: wish <= today}
	if p.unsaid {
		p.until = today + 28
	}
	p.until = calendar.NextBusinessDay(p.until, land)
	if p.until > limit {
		p.outside = !p.unsaid
		p.until = limit
	}
	return p, p.until > today
}

// goodDay is the first day from d on which a period may end in a letter: a
// business day (§ 193 BGB), at least seven days ahead.
func goodDay(d, today calendar.Date, land calendar.Land) calendar.Date {
	return calendar.NextBusinessDay(max(d, today+7), land)
}
