package templates

import (
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// settlement is what may be answered to an offer to settle.
type settlement struct {
	sum     money.Cents // accepted, or offered instead
	by      calendar.Date
	fits    bool // the offer is within the authority of a caseworker
	counter bool // it is outside, and the rule wants one within offered
	late    bool // the sum is right, the day is too far off
}

// settle holds an offer against the authority at the case's stage. Without one,
// or where the offer is outside and no counter-offer is wanted, ok is false: the
// creditor decides.
func settle(in cases.DraftContext, s cases.Slots, land calendar.Land, offerDays int) (settlement, bool) {
	rule, ok := in.Rules.SettlementAt(in.Case.Stage)
	if !ok || in.BalanceErr != nil || s.OfferCents == nil || *s.OfferCents <= 0 || *s.OfferCents >= in.Balance.Total {
		return settlement{}, false
	}
	latest := calendar.PrevBusinessDay(rule.Latest(in.Today), land)
	by := max(s.PromiseDate, in.Today+calendar.Date(offerDays))
	by = min(goodDay(by, in.Today, land), latest)
	if by < in.Today+7 { // no deadline under a week
		return settlement{}, false
	}
	least := rule.Least(in.Balance.Total)
	out := settlement{sum: *s.OfferCents, by: by, late: *s.OfferCents >= least && s.PromiseDate > by}
	out.fits = *s.OfferCents >= least && !out.late
	if !out.fits {
		out.sum, out.counter = max(least, *s.OfferCents), rule.Counter && least < in.Balance.Total
	}
	return out, out.fits || out.counter
}
