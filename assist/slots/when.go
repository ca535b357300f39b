package slots

import (
	"kontor/cases"
	"kontor/cases/calendar"
)

var (
	firstClues = []clue{
		{clsFirst, 8, 8, 15}, {clsFrom, 4, 1, 10}, {clsRate, 10, 10, 8}, {clsMonthly, 12, 12, 10}, {clsPay, 8, 8, 4}, {clsEvery, 8, 8, 3}, {clsCurrency, 10, 10, 4},
		{clsIncome, 6, 6, -6}, {clsLetter, 4, 3, -15}, {clsSince, 3, 0, -30}, {clsPaid, 4, 4, -8}, {clsDown, 8, 6, -10}, {clsEvent, 3, 3, -12}, {clsBuy, 4, 4, -8}, {clsYou, 3, 3, -2},
	}
	pauseClues = []clue{
		{clsPause, 14, 14, 15}, {clsUntil, 4, 1, 15}, {clsBefore, 4, 0, 8}, {clsResume, 8, 10, 8}, {clsFrom, 3, 1, 4}, {clsAfter, 3, 0, 4}, {clsNot, 8, 8, 2}, {clsPay, 8, 8, 3},
		{clsLetter, 4, 3, -6}, {clsSince, 3, 0, -30}, {clsPaid, 4, 4, -8}, {clsEvent, 4, 3, -10}, {clsIncome, 6, 6, -5}, {clsBuy, 4, 4, -8},
	}
	promiseDateClues = []clue{
		{clsPay, 10, 10, 12}, {clsUntil, 4, 1, 8}, {clsOn, 2, 0, 3}, {clsTotal, 8, 8, 5}, {clsDown, 8, 8, 10}, {clsOnce, 8, 8, 3}, {clsIncome, 5, 4, -3}, {clsCurrency, 8, 8, 3}, {clsOffer, 8, 8, 2},
		{clsLetter, 4, 3, -15}, {clsSince, 3, 0, -30}, {clsPaid, 3, 3, -4}, {clsEvent, 3, 3, -10}, {clsBuy, 4, 4, -8}, {clsMonthly, 6, 6, -8},
	}
	paidDateClues = []clue{
		{clsPaid, 14, 14, 15}, {clsOn, 2, 0, 4}, {clsTotal, 8, 8, 2}, {clsCurrency, 10, 10, 4}, {clsLetter, 3, 2, -15}, {clsBuy, 4, 4, -8}, {clsYou, 4, 3, -5}, {clsUntil, 3, 0, -6}, {clsSince, 3, 0, -15}, {clsFee, 4, 4, -4},
	}
)

func datePrior(slot string, in cases.Intent) int {
	switch slot {
	case FirstPayment:
		if in == cases.InstallmentRequest {
			return 15
		}
		if in == cases.Representation {
			return -15
		}
		return -60
	case PauseUntil:
		switch in {
		case cases.PaymentPause:
			return 15
		case cases.Representation:
			return -12
		}
		return -45
	case PromiseDate:
		switch in {
		case cases.PaymentPromise:
			return 15
		case cases.SettlementOffer:
			return 5
		case cases.InstallmentRequest:
			return -15
		}
		return -25
	case PaidDate:
		switch in {
		case cases.Paid:
			return 15
		case cases.Dispute:
			return -12
		}
		return -25
	}
	return -100
}

// chooseDates gives each date slot the day that the words around claim for it.
func (p *pass) chooseDates() {
	for i := range p.text.dates {
		dt := &p.text.dates[i]
		dt.ctx = p.text.contextOf(dt.ti, dt.tj)
	}
	p.fillDate(FirstPayment, firstClues, false, &p.out.Slots.FirstPaymentDate)
	p.fillDate(PauseUntil, pauseClues, false, &p.out.Slots.PauseUntil)
	p.fillDate(PromiseDate, promiseDateClues, false, &p.out.Slots.PromiseDate)
	p.fillDate(PaidDate, paidDateClues, true, &p.out.Slots.PaidDate)
}

const dateThreshold = 22

func (p *pass) fillDate(slot string, clues []clue, past bool, dst *calendar.Date) {
	if p.today.IsZero() {
		return
	}
	prior := datePrior(slot, p.intent)
	best, second, bi := -1000, -1000, -1
	var day calendar.Date
	dates := p.text.dates
	for i := range dates {
		dt := &dates[i]
		v := dt.resolve(p.today, past)
		if v.IsZero() || past && v > p.today || !past && v < p.today || v > p.today+3*366 || v < p.today-5*366 {
			continue
		}
		s := prior + dt.ctx.weigh(clues) + p.dateShape(slot, dt)
		switch {
		case bi >= 0 && v == day:
			best = max(best, s) + 2
		case s > best:
			second, best, bi, day = best, s, i, v
		case s > second:
			second = s
		}
	}
	if bi < 0 || best < dateThreshold {
		return
	}
	dt := &dates[bi]
	if dt.ranged {
		p.note("range", slot)
		return
	}
	if best == second {
		p.note("ambiguous", slot)
		return
	}
	*dst = day
	p.prove(p.text, slot, dt.start, dt.end)
}

// dateShape is what the form of the date and its preposition say for a slot.
func (p *pass) dateShape(slot string, dt *date) int {
	s := 0
	if dt.prep == clsLetter || dt.prep == clsSince {
		s -= 20
	}
	if dt.kind == dayDuration {
		if slot == PauseUntil {
			s += 4
		} else {
			s -= 15
		}
	}
	if dt.kind == monthPart && dt.vague {
		s -= 6
	}
	if dt.recurring {
		s -= 10
	}
	return s
}
