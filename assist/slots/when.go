package slots

import (
	"kontor/cases"
	"kontor/cases/calendar"
)

var (
	firstClues = []clue{
		{clsFirst, 8, 8, 15}, {clsFrom, 4, 1, 14}, {clsRate, 10, 10, 16}, {clsMonthly, 12, 12, -5}, {clsPay, 8, 8, 4},
		{clsEvery, 8, 8, 3}, {clsCurrency, 10, 10, 4}, {clsIncome, 6, 6, -6}, {clsLetter, 4, 3, -15}, {clsSince, 3, 0, -30},
		{clsPaid, 4, 4, -8}, {clsDown, 8, 6, -10}, {clsEvent, 3, 3, -12}, {clsBuy, 4, 4, -8}, {clsYou, 3, 3, -2}, {clsThen, 6, 4, 0},
	}
	pauseClues = []clue{
		{clsPause, 14, 14, 15}, {clsUntil, 4, 1, 15}, {clsBefore, 4, 0, 8}, {clsResume, 8, 10, 16}, {clsFrom, 3, 1, 0},
		{clsAfter, 3, 0, 4}, {clsNot, 8, 8, 2}, {clsPay, 8, 8, 3}, {clsLetter, 4, 3, -6}, {clsSince, 3, 0, -30}, {clsPaid, 4, 4, -8},
		{clsEvent, 4, 3, -10}, {clsIncome, 6, 6, -5}, {clsBuy, 4, 4, -8}, {clsThen, 8, 8, -2}, {clsI, 4, 4, -2}, {clsYou, 6, 4, -4},
	}
	promiseDateClues = []clue{
		{clsPay, 10, 10, 16}, {clsUntil, 4, 1, 0}, {clsOn, 2, 0, 7}, {clsTotal, 8, 8, 5}, {clsDown, 8, 8, 21}, {clsOnce, 8, 8, 7},
		{clsIncome, 5, 4, -3}, {clsCurrency, 8, 8, 3}, {clsOffer, 8, 8, 17}, {clsLetter, 4, 3, -19}, {clsSince, 3, 0, -30},
		{clsPaid, 3, 3, -4}, {clsEvent, 3, 3, -10}, {clsBuy, 4, 4, -8}, {clsMonthly, 6, 6, -8},
	}
	paidDateClues = []clue{
		{clsPaid, 14, 14, 30}, {clsOn, 2, 0, 4}, {clsTotal, 8, 8, -2}, {clsCurrency, 10, 10, 4}, {clsLetter, 3, 2, -15},
		{clsBuy, 4, 4, -8}, {clsYou, 4, 3, -5}, {clsUntil, 3, 0, 2}, {clsSince, 3, 0, -19}, {clsFee, 4, 4, -4},
	}
)

var dateRules = [...]rule{
	{FirstPayment, firstClues, map[cases.Intent]int{cases.InstallmentRequest: 18, cases.Representation: 0}, -60},
	{PauseUntil, pauseClues, map[cases.Intent]int{cases.PaymentPause: 20, cases.PaymentPromise: -20, cases.Representation: 0}, -45},
	{PromiseDate, promiseDateClues, map[cases.Intent]int{cases.ContactChange: -2, cases.Deceased: -10, cases.Dispute: -10, cases.InstallmentRequest: -12, cases.PaymentPause: -15, cases.PaymentPromise: 24, cases.SettlementOffer: 12}, -30},
	{PaidDate, paidDateClues, map[cases.Intent]int{cases.DataRequest: -12, cases.Dispute: -8, cases.Paid: 22}, -30},
}

// chooseDates gives each date slot the day that the words around claim for it.
func (p *pass) chooseDates() {
	for i := range p.text.tok {
		if p.text.tok[i].w.set.has(clsThen) {
			p.then = true
			break
		}
	}
	for i := range p.text.dates {
		dt := &p.text.dates[i]
		dt.ctx = p.text.contextOf(dt.ti, dt.tj)
	}
	s := &p.out.Slots
	dst := [...]*calendar.Date{&s.FirstPaymentDate, &s.PauseUntil, &s.PromiseDate, &s.PaidDate}
	for i := range dateRules {
		p.fillDate(&dateRules[i], dst[i])
	}
}

const (
	dateThreshold = 22
	dateMargin    = 1
	// dateSlack is how much may be missing where no other day fits.
	dateSlack = 12
)

func (p *pass) fillDate(r *rule, dst *calendar.Date) {
	slot, clues, past := r.slot, r.clues, r.slot == PaidDate
	if slot == FirstPayment && r.priorOf(p.intent) > 0 && p.dayAndMonth(dst) {
		return
	}
	if p.today.IsZero() {
		return
	}
	prior := r.priorOf(p.intent)
	best, second, bi := -1000, -1000, -1
	var day calendar.Date
	seen := 0
	dates := p.text.dates
	for i := range dates {
		dt := &dates[i]
		v := dt.resolve(p.today, past)
		if v.IsZero() || past && v > p.today || !past && v < p.today || v > p.today+3*366 || v < p.today-5*366 {
			continue
		}
		if slot == PauseUntil && dt.kind == dayRelative {
			continue // "heute" and "morgen" end no pause
		}
		if v != day {
			seen++
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
	if bi < 0 || best < dateThreshold && !(prior > 0 && seen == 1 && best >= dateThreshold-dateSlack) {
		return
	}
	dt := &dates[bi]
	if dt.ranged {
		p.note("range", slot)
		return
	}
	if best-second < dateMargin && second >= dateThreshold {
		p.note("ambiguous", slot)
		return
	}
	*dst = day
	p.prove(p.text, slot, dt.start, dt.end)
}

// dateShape is what the form of the date, its preposition and words elsewhere
// in the mail say for a slot.
func (p *pass) dateShape(slot string, dt *date) int {
	s := 0
	if dt.prep == clsLetter || dt.prep == clsSince {
		s -= 20
	}
	if dt.absence {
		s -= 15
	}
	if dt.kind == dayDuration {
		if slot == PauseUntil {
			s -= 4
		} else {
			s -= 15
		}
	} else if p.then && (slot == PauseUntil || slot == PromiseDate) {
		s += 6
	}
	if dt.vague {
		s -= 6
	}
	if dt.recurring {
		s -= 10
	}
	return s
}

// dayAndMonth joins "am 28. jedes Monats" with "beginnend im Juli".
func (p *pass) dayAndMonth(dst *calendar.Date) bool {
	dates := p.text.dates
	for i := range dates {
		m := &dates[i]
		if !m.vague || m.kind != monthPart || m.year != 0 || !m.ctx.near(clsFirst, 4, 1) {
			continue
		}
		for j := range dates {
			q := &dates[j]
			if q.kind != dayOfMonth || q.shifted || q.ranged || !q.ctx.near(clsMonthly, 8, 8) && !q.ctx.near(clsEvery, 8, 8) {
				continue
			}
			both := date{kind: dayAbs, month: m.month, day: q.day}
			v := both.resolve(p.today, false)
			if v < p.today {
				continue
			}
			*dst = v
			p.prove(p.text, FirstPayment, m.start, m.end)
			p.prove(p.text, FirstPayment, q.start, q.end)
			return true
		}
	}
	return false
}
