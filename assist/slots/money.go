package slots

import (
	"kontor/cases"
	"kontor/cases/money"
)

// The clues for each money slot, in tenths. A value fills a slot from
// threshold on, and only if no other value comes within margin.
var (
	monthlyClues = []clue{
		{clsMonthly, 6, 8, 36}, {clsEvery, 3, 2, 23}, {clsRate, 6, 3, 11}, {clsCan, 6, 6, 23}, {clsPay, 6, 6, 9}, {clsFirst, 8, 8, 5},
		{clsIncome, 4, 2, -25}, {clsClaim, 4, 2, -20}, {clsTotal, 2, 2, -10}, {clsFee, 4, 2, -40}, {clsOther, 3, 2, -25},
		{clsLess, 2, 6, -20}, {clsOnce, 4, 3, -20}, {clsDown, 3, 3, -30}, {clsPaid, 4, 4, -10}, {clsVorher, 5, 5, -40},
		{clsRest, 2, 0, -16}, {clsMany, 1, 0, 15},
	}
	offerClues = []clue{
		{clsOffer, 12, 14, 15}, {clsOnce, 8, 8, 20}, {clsCan, 6, 6, 8}, {clsPay, 6, 8, -10}, {clsAccept, 8, 8, 0}, {clsClaim, 4, 3, -20},
		{clsTotal, 2, 2, -8}, {clsFee, 4, 2, -30}, {clsRest, 3, 2, -25}, {clsIncome, 4, 2, -10}, {clsOther, 3, 2, -15},
		{clsMonthly, 5, 4, -30}, {clsLess, 2, 6, -20}, {clsNot, 1, 1, -15}, {clsYou, 3, 2, 2}, {clsI, 4, 4, 8},
	}
	promiseClues = []clue{
		{clsPay, 10, 10, 15}, {clsTotal, 6, 6, 6}, {clsUntil, 6, 6, 20}, {clsOn, 6, 6, -2}, {clsDown, 4, 4, 40}, {clsRest, 3, 2, -1},
		{clsOnce, 6, 6, 4}, {clsClaim, 2, 0, 2}, {clsI, 5, 5, 3}, {clsFee, 5, 3, -30}, {clsMonthly, 4, 4, -25}, {clsIncome, 4, 2, -10},
		{clsOther, 4, 2, -12}, {clsPaid, 3, 3, -6},
	}
	paidClues = []clue{
		{clsPaid, 12, 12, 11}, {clsTotal, 5, 5, 4}, {clsPay, 4, 4, 2}, {clsI, 5, 5, 3}, {clsFee, 4, 3, -25}, {clsClaim, 3, 2, -5},
		{clsRest, 2, 2, -10}, {clsOther, 3, 2, -12}, {clsMonthly, 3, 3, -8}, {clsNot, 2, 2, -5}, {clsOffer, 4, 4, -4},
	}
)

const (
	threshold = 24
	margin    = 5
	// slack is how much may be missing where no other amount stands in the mail.
	slack = 14
)

// rule is how one slot is filled. prior is what the intent alone says, in
// tenths; rest holds for intents that it does not name.
type rule struct {
	slot  string
	clues []clue
	prior map[cases.Intent]int
	rest  int
}

func (r *rule) priorOf(in cases.Intent) int {
	if p, ok := r.prior[in]; ok {
		return p
	}
	return r.rest
}

var moneyRules = [...]rule{
	{Monthly, monthlyClues, map[cases.Intent]int{cases.Insolvency: -20, cases.InstallmentRequest: 22, cases.Representation: -12, cases.SettlementOffer: -12}, -60},
	{Offer, offerClues, map[cases.Intent]int{cases.Representation: -14, cases.SettlementOffer: 34}, -60},
	{Promise, promiseClues, map[cases.Intent]int{cases.ContactChange: -10, cases.Deceased: -10, cases.Dispute: -4, cases.InstallmentRequest: -6, cases.PaymentPause: -12, cases.PaymentPromise: 24}, -40},
	{PaidCents, paidClues, map[cases.Intent]int{cases.Dispute: -8, cases.Paid: 34}, -35},
}

// chooseMoney gives each money slot the amount that the words around claim
// for it.
func (p *pass) chooseMoney() {
	p.text.tieAmounts()
	p.subject.tieAmounts()
	p.weekly()
	dst := [...]**money.Cents{&p.out.Slots.MonthlyCents, &p.out.Slots.OfferCents, &p.out.Slots.PromiseCents, &p.out.Slots.PaidCents}
	for i := range moneyRules {
		p.fill(&moneyRules[i], dst[i])
	}
}

func (d *doc) tieAmounts() {
	for i := range d.amounts {
		a := &d.amounts[i]
		a.ctx = d.contextOf(a.ti, a.tj)
	}
}

// fill chooses one amount for a slot.
func (p *pass) fill(r *rule, dst **money.Cents) {
	slot, clues, prior := r.slot, r.clues, r.priorOf(p.intent)
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
	if bi < 0 || best < threshold && !(prior > 0 && best >= threshold-slack && p.alone(amounts, bi)) {
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

// shape is what the form of the amount itself and the words next to it say for
// a slot.
func (p *pass) shape(slot string, a *amount) int {
	s := 0
	if a.bare {
		s -= 8
	}
	switch slot {
	case Monthly:
		for i := range p.text.amounts {
			if b := &p.text.amounts[i]; b.start != a.start && b.value == a.value {
				s += 8 // "140 am 1.7., 140 am 1.8."
				break
			}
		}
		if p.text.partOf(a.ti) {
			s += 20 // "neun Schritten zu dreißig Euro"
		}
	case Promise:
		if p.intent != cases.PaymentPromise && a.ctx.near(clsPay, 3, 3) && a.ctx.near(clsI, 4, 4) && !a.ctx.near(clsNot, 4, 4) && !a.ctx.near(clsMonthly, 6, 6) {
			s += 14 // "die 190 überweise ich"
		}
	case PaidCents:
		if p.intent == cases.Dispute && a.ctx.near(clsPaid, 6, 8) && !a.ctx.near(clsNot, 5, 8) && !a.ctx.near(clsYou, 3, 3) {
			s += 10
		}
	}
	return s
}

// partOf says that the amount at token i is the size of parts: a word for parts
// and a small word stand before it.
func (d *doc) partOf(i int) bool {
	if i < 2 || d.tok[i].pre&gapSentence != 0 {
		return false
	}
	switch string(d.folded(i - 1)) {
	case "zu", "a", "je", "von", "of", "at", "по", "po", "de", "di", "da", "x", "mal":
	default:
		return false
	}
	s := d.tok[i-2].w.set
	return s.has(clsRate) || s.has(clsWeak) || s.has(clsEvery)
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

// alone reports whether all amounts of the mail have the value of number bi.
func (p *pass) alone(amounts []amount, bi int) bool {
	for i := range amounts {
		if amounts[i].value != amounts[bi].value {
			return false
		}
	}
	return true
}
