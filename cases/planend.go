package cases

import (
	"cmp"
	"slices"
	"time"

	"kontor/cases/calendar"
	"kontor/cases/plan"
)

// PlanReminder is the template that reminds of a missing instalment.
const PlanReminder = "plan_reminder"

// Instalments says what became of each instalment of a plan by day today: what
// was paid since the plan was made meets them in their order, and none is broken
// before the bank statements, which cover up to covered, can show it.
func (c *Case) Instalments(a Arrangement, p plan.Policy, land calendar.Land, today, covered calendar.Date) []plan.RateState {
	return plan.Progress(a.Rates, c.paidSince(a.Since), p, cmp.Or(c.Land, land), today, covered)
}

// PayBy is the day by which a letter of a day asks for money: two weeks later, on
// a business day (§ 193 BGB).
func PayBy(day calendar.Date, land calendar.Land) calendar.Date {
	return calendar.NextBusinessDay(day+14, land)
}

// Reminded is the day of the last reminder of plan a that was sent in vain: its
// period has run out, as bank statements show, and what it reminded of is still
// missing; 0 for none. A plan has no clause by which it ends: for good reason it
// may be ended only then (§ 314 Abs. 2 BGB).
func (c *Case) Reminded(a Arrangement, p plan.Policy, land calendar.Land, zone *time.Location, today, covered calendar.Date) calendar.Date {
	states := c.Instalments(a, p, land, today, covered)
	first := slices.IndexFunc(states, func(r plan.RateState) bool { return r.State == plan.Broken })
	if first < 0 {
		return 0
	}
	land = cmp.Or(c.Land, land)
	p.GraceDays = 0 // the letter names its day
	var last calendar.Date
	for _, r := range c.Replies {
		if r.Template != PlanReminder || r.State != ReplySent {
			continue
		}
		if day := calendar.In(r.At, zone); day > states[first].Due && plan.Missing(PayBy(day, land), covered, p, land) {
			last = max(last, day)
		}
	}
	return last
}
