package templates

import (
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plan"
)

// mergeBelow is the smallest last instalment; a smaller one joins the one before
// it, so that nobody transfers cents.
const mergeBelow money.Cents = 500

// maxRates is the longest schedule that a case takes (cases: 600).
const maxRates = 600

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
// else the nearest that it allows, and a sensible one where no figure is named.
func propose(total money.Cents, wish plan.Wish, r cases.Rules, today calendar.Date, land calendar.Land) (proposal, bool) {
	if total <= 0 || total > money.Max/100 {
		return proposal{}, false
	}
	p := proposal{total: total, monthly: wish.Monthly, noFigure: wish.Monthly <= 0}
	least := r.Plan.MinMonthly
	longest := r.Plan.MaxMonths
	if longest <= 0 || longest > maxRates {
		longest = maxRates
	}
	need := wholeEuros((total + money.Cents(longest) - 1) / money.Cents(longest))
	switch {
	case p.noFigure:
		months := money.Cents(min(longest, 12))
		p.monthly = max(least, wholeEuros((total+months-1)/months))
	case p.monthly < least && p.monthly < total:
		p.belowMin, p.monthly = true, max(least, need)
	case p.monthly < need && rateCount(total, p.monthly) > longest:
		p.tooLong, p.monthly = true, need
	}
	p.monthly = min(p.monthly, total)

	first, stated := wish.First, wish.First >= today
	if !stated {
		first = firstOfMonth(today + 14)
	}
	if limit := r.Plan.FirstWithinDays; limit > 0 && first > today+calendar.Date(limit) {
		p.tooLate = stated
		first = today + calendar.Date(limit)
	}
	p.rates = schedule(total, p.monthly, first, land)
	p.exact = stated && !p.noFigure && !p.outside() && p.rates[0].Due == wish.First
	return p, len(p.rates) <= longest
}

// schedule splits total into equal instalments with the odd rest last, due each
// month on the day of first or the next business day.
func schedule(total, monthly money.Cents, first calendar.Date, land calendar.Land) []plan.Rate {
	var out []plan.Rate
	for left := total; left > 0; {
		c := min(monthly, left)
		if left-c < mergeBelow && left-c > 0 {
			c = left
		}
		due := calendar.NextBusinessDay(first.AddMonths(len(out)), land)
		out = append(out, plan.Rate{No: len(out) + 1, Due: due, Cents: c})
		left -= c
	}
	return out
}

func rateCount(total, monthly money.Cents) int {
	n := int((total + monthly - 1) / monthly)
	if rest := total % monthly; rest > 0 && rest < mergeBelow && n > 1 {
		n--
	}
	return n
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

// barred reports whether limitation has passed for every claim by the plainest
// reckoning (§§ 195, 199 Abs. 1, 212 BGB): three years from the end of the year
// in which the claim fell due or was last paid on, no title, no court step.
// Suspension can only make the period longer, so a false "no" is possible for a
// case with a history, a false "yes" only where one is not on file.
func barred(k *cases.Case, today calendar.Date) bool {
	switch k.Stage {
	case cases.StageCourtOrder, cases.StageEnforcementOrder, cases.StageEnforcement:
		return false
	case cases.StageReminder, cases.StageDunning, cases.StageCollection, cases.StageClosed:
	}
	if len(k.Ledger.Claims) == 0 {
		return false
	}
	var paid calendar.Date
	for _, e := range k.Ledger.Entries {
		if e.Kind == "payment" || e.Kind == "payment_to_creditor" {
			paid = max(paid, e.Date)
		}
	}
	for _, c := range k.Ledger.Claims {
		start := max(c.Due, c.Known)
		if start == 0 || c.Secured {
			return false
		}
		y, _, _ := start.Civil()
		ends := calendar.Of(y+3, 12, 31)
		if paid > 0 {
			ends = max(ends, paid.AddMonths(36))
		}
		if today <= ends {
			return false
		}
	}
	return true
}
