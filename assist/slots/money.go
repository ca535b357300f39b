package slots

import (
	"kontor/cases"
	"kontor/cases/money"
)

// The clues for each money slot, in tenths. A value fills a slot from
// threshold on, and only if no other value comes within margin.
var (
	monthlyClues = []clue{
		{clsMonthly, 6, 5, 40}, {clsEvery, 3, 2, 15}, {clsRate, 6, 3, 15}, {clsCan, 6, 6, 8}, {clsPay, 6, 6, 5}, {clsFirst, 8, 8, 5},
		{clsIncome, 4, 2, -25}, {clsClaim, 4, 2, -20}, {clsTotal, 2, 2, -10}, {clsFee, 4, 2, -40}, {clsOther, 3, 2, -25},
		{clsLess, 2, 6, -20}, {clsOnce, 4, 3, -20}, {clsDown, 3, 3, -30}, {clsPaid, 4, 4, -10}, {clsVorher, 5, 5, -10}, {clsRest, 2, 0, -8}, {clsMany, 1, 0, 15},
	}
	offerClues = []clue{
		{clsOffer, 12, 14, 15}, {clsOnce, 8, 8, 20}, {clsCan, 6, 6, 8}, {clsPay, 6, 8, 5}, {clsAccept, 8, 8, 4},
		{clsClaim, 4, 3, -20}, {clsTotal, 2, 2, -8}, {clsFee, 4, 2, -30}, {clsRest, 3, 2, -25}, {clsIncome, 4, 2, -10}, {clsOther, 3, 2, -15},
		{clsMonthly, 5, 4, -30}, {clsLess, 2, 6, -20}, {clsNot, 1, 1, -15}, {clsYou, 3, 2, -6}, {clsI, 4, 4, 4},
	}
	promiseClues = []clue{
		{clsPay, 10, 10, 15}, {clsTotal, 6, 6, 6}, {clsUntil, 6, 6, 5}, {clsOn, 6, 6, 2}, {clsDown, 4, 4, 25}, {clsRest, 3, 2, 3}, {clsOnce, 6, 6, 4}, {clsClaim, 2, 0, 2}, {clsI, 5, 5, 3},
		{clsFee, 5, 3, -30}, {clsMonthly, 4, 4, -25}, {clsIncome, 4, 2, -10}, {clsOther, 4, 2, -12}, {clsPaid, 3, 3, -6},
	}
	paidClues = []clue{
		{clsPaid, 12, 12, 15}, {clsTotal, 5, 5, 4}, {clsPay, 4, 4, 2}, {clsI, 5, 5, 3},
		{clsFee, 4, 3, -25}, {clsClaim, 3, 2, -5}, {clsRest, 2, 2, -10}, {clsOther, 3, 2, -12}, {clsMonthly, 3, 3, -8}, {clsNot, 2, 2, -5}, {clsOffer, 4, 4, -4},
	}
)

// priorOf is what the intent alone says for a slot, in tenths.
func priorOf(slot string, in cases.Intent) int {
	switch slot {
	case Monthly:
		switch in {
		case cases.InstallmentRequest:
			return 22
		case cases.PaymentPause:
			return -8
		case cases.Representation, cases.SettlementOffer:
			return -8
		}
		return -25
	case Offer:
		switch in {
		case cases.SettlementOffer:
			return 22
		case cases.Representation:
			return -12
		}
		return -40
	case Promise:
		switch in {
		case cases.PaymentPromise:
			return 18
		case cases.InstallmentRequest, cases.Dispute:
			return -12
		case cases.PaymentPause:
			return -15
		}
		return -30
	case PaidCents:
		switch in {
		case cases.Paid:
			return 20
		case cases.Dispute:
			return -15
		}
		return -30
	}
	return -100
}

const (
	threshold = 24
	margin    = 5
)

// chooseMoney gives each money slot the amount that the words around claim
// for it.
func (p *pass) chooseMoney() {
	p.text.tieAmounts()
	p.subject.tieAmounts()
	p.weekly()
	p.fill(Monthly, monthlyClues, &p.out.Slots.MonthlyCents)
	p.fill(Offer, offerClues, &p.out.Slots.OfferCents)
	p.fill(Promise, promiseClues, &p.out.Slots.PromiseCents)
	p.fill(PaidCents, paidClues, &p.out.Slots.PaidCents)
}

func (d *doc) tieAmounts() {
	for i := range d.amounts {
		a := &d.amounts[i]
		a.ctx = d.contextOf(a.ti, a.tj)
	}
}

// fill chooses one amount for a slot.
func (p *pass) fill(slot string, clues []clue, dst **money.Cents) {
	prior := priorOf(slot, p.intent)
	if prior <= -100 {
		return
	}
	best, second, bi := -1000, -1000, -1
	amounts := p.text.amounts
	for i := range amounts {
		a := &amounts[i]
		s := prior + a.ctx.weigh(clues) + p.shape(slot, a)
		switch {
		case bi >= 0 && a.value == amounts[bi].value:
			best = max(best, s) + 2
		case s > best:
			second, best, bi = best, s, i
		case s > second:
			second = s
		}
	}
	if bi < 0 || best < threshold {
		return
	}
	a := &amounts[bi]
	if a.ranged {
		p.note("range", slot)
		return
	}
	if best-second < margin && second >= threshold {
		p.note("ambiguous", slot)
		return
	}
	*dst = cents(a.value)
	p.prove(p.text, slot, a.start, a.end)
}

// shape is what the form of the amount itself says for a slot.
func (p *pass) shape(slot string, a *amount) int {
	s := 0
	if a.bare {
		s -= 8
	}
	return s
}

// weekly leaves a note where the wish is per week: the scheme knows no weekly
// rate, and times four would be a guess.
func (p *pass) weekly() {
	as := p.text.amounts
	kept := as[:0]
	for i := range as {
		if as[i].ctx.near(clsWeekly, 4, 3) && !as[i].ctx.near(clsMonthly, 4, 3) {
			p.note("weekly", Monthly)
			continue
		}
		kept = append(kept, as[i])
	}
	p.text.amounts = kept
}
