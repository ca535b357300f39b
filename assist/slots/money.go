package slots

import (
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// roleNone is the role of an amount that fills no slot.
const roleNone = slotCount

// prepare finds the amounts and days of the mail and what stands around them.
func (p *pass) prepare() {
	for _, d := range p.docs() {
		d.findDates()
		d.findAmounts()
		d.split()
		for i := range d.amounts {
			a := &d.amounts[i]
			a.ctx = d.contextOf(a.ti, a.tj)
			a.role = roleNone
		}
		for i := range d.dates {
			dt := &d.dates[i]
			dt.ctx = d.contextOf(dt.ti, dt.tj)
		}
		p.then = p.then || d.sent.all.has(clsThen)
	}
	p.sameWeekdays()
	p.whole()
	p.formerRates()
	p.weekly()
}

// sameWeekdays takes a weekday without a date for the one that the mail names
// with its date: "Montag" in the subject and "am Montag, den 7. September".
func (p *pass) sameWeekdays() {
	for _, d := range p.fields {
		for i := range d.dates {
			full := &d.dates[i]
			if full.kind != dayAbs && full.kind != dayOfMonth || full.vague || full.ranged {
				continue
			}
			wd := d.weekdayBefore(full.ti)
			if wd == 0 {
				continue
			}
			for _, e := range p.fields {
				for k := range e.dates {
					if b := &e.dates[k]; b.kind == dayWeekday && b.weekday == wd && !b.last && !b.weeksSaid && b.plus == 0 {
						b.kind, b.day, b.month, b.year, b.shift, b.shifted = full.kind, full.day, full.month, full.year, full.shift, full.shifted
					}
				}
			}
		}
	}
}

// weekdayBefore returns the weekday named directly before the day at token i.
func (d *doc) weekdayBefore(i int) int8 {
	for k := i - 1; k >= 0 && k >= i-2 && d.tok[k+1].pre&gapSentence == 0; k-- {
		if wd := d.tok[k].w.weekday; wd > 0 {
			return wd
		}
	}
	return 0
}

// docs are the fields that are read for amounts and days.
func (p *pass) docs() []*doc { return p.fields }

// choice is the best candidate for a slot so far.
type choice struct {
	doc          *doc
	i            int
	value        int64
	best, second int32
	// next is the value of the second best, as far as it was the best before or came
	// right after it.
	next int64
}

const lowest = -1 << 30

// offer takes a candidate into account; one with the same value strengthens it.
func (c *choice) offer(d *doc, i int, value int64, score int32) {
	switch {
	case c.doc != nil && value == c.value:
		if score > c.best {
			c.best, c.doc, c.i = score, d, i
		}
	case c.doc == nil || score > c.best:
		if c.doc != nil {
			if c.best > c.second {
				c.second, c.next = c.best, c.value
			}
		}
		c.best, c.doc, c.i, c.value = score, d, i, value
	case score > c.second:
		c.second, c.next = score, value
	}
}

// fillMargin is how much better than any other value a value must be.
const fillMargin = 60

// sureFill is the sum from which a slot needs no word of its kind nearby.
const sureFill = 400

// joinSlack is how much may be missing where a day and a month make a first
// payment together.
const joinSlack = 300

// chooseMoney gives each money slot the amount that speaks for it most.
func (p *pass) chooseMoney() {
	var ch [slotCount]choice
	for k := range ch {
		ch[k] = choice{best: lowest, second: lowest}
	}
	for _, d := range p.docs() {
		for i := range d.amounts {
			p.feat = p.moneyFeatures(p.feat, d, i)
			s := p.r.models.money.score(p.feat)
			if d.amounts[i].settled {
				s[slotPaid], s[slotPromised] = max(s[slotPaid], sureFill), lowest
			}
			for k := range ch {
				if !d.amounts[i].former {
					ch[k].offer(d, i, int64(d.amounts[i].value), s[k])
				}
			}
		}
	}
	dst := [slotCount]**money.Cents{&p.out.Slots.MonthlyCents, &p.out.Slots.OfferCents, &p.out.Slots.PromiseCents, &p.out.Slots.PaidCents}
	for k := range ch {
		c := &ch[k]
		if c.doc == nil || c.best <= 0 || *dst[k] != nil {
			continue
		}
		a := &c.doc.amounts[c.i]
		if (k == slotMonthly && p.intent == cases.Paid || !p.sure(c.best)) && !p.moneySpoken(c.doc, a.ti, k) {
			continue
		}
		if a.ranged {
			p.note("range", moneySlots[k])
			continue
		}
		if sum, ok := c.doc.statedSum(a); ok && (k == slotPaid || k == slotPromised) {
			a = sum
		} else if k == slotPaid && c.doc.each(a) {
			continue // of several payments only the sum counts
		} else if c.second > 0 && c.best-c.second < fillMargin {
			p.note("ambiguous", moneySlots[k])
			continue
		}
		if p.outbid(ch[:], k) {
			continue
		}
		*dst[k] = cents(a.value)
		p.prove(c.doc, moneySlots[k], a.start, a.end)
	}
	p.setRoles()
}

// The places of the money slots.
const (
	slotMonthly = iota
	slotOffer
	slotPromised
	slotPaid
)

// each reports whether a is the size of each of several payments: "je 55 Euro".
func (d *doc) each(a *amount) bool {
	switch d.wordAt(a.ti - 1) {
	case "je", "jeweils", "jedes":
		return true
	}
	return d.wordAt(a.tj) == "each"
}

// outbid says that the value chosen for slot k fills another slot better: one
// sum is paid once.
func (p *pass) outbid(ch []choice, k int) bool {
	for j := range ch {
		if j != k && ch[j].doc != nil && ch[j].value == ch[k].value && ch[j].best > ch[k].best {
			return true
		}
	}
	return false
}

// setRoles tells each amount which slot its value fills, for the days around it.
func (p *pass) setRoles() {
	s := &p.out.Slots
	for k, v := range [slotCount]*money.Cents{s.MonthlyCents, s.OfferCents, s.PromiseCents, s.PaidCents} {
		p.filled[k] = v != nil
		if v == nil {
			continue
		}
		for _, d := range p.docs() {
			for i := range d.amounts {
				if a := &d.amounts[i]; a.value == *v && a.role == roleNone {
					a.role = int8(k)
				}
			}
		}
	}
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

// weekly leaves a note where the wish is per week or per quarter: the scheme
// knows monthly rates alone, and times four or a third would be a guess.
func (p *pass) weekly() {
	as := p.text.amounts
	kept := as[:0]
	for i := range as {
		monthly := as[i].ctx.near(clsMonthly, 4, 3)
		if as[i].ctx.near(clsWeekly, 4, 3) && !monthly {
			p.note("weekly", Monthly)
			continue
		}
		if as[i].ctx.near(clsSeldom, 4, 3) && !monthly && p.intent == cases.InstallmentRequest {
			p.note("seldom", Monthly)
			continue
		}
		kept = append(kept, as[i])
	}
	p.text.amounts = kept
}

// chooseDays gives each date slot the day that speaks for it most.
func (p *pass) chooseDays() {
	if p.today.IsZero() {
		return
	}
	var ch [slotCount]choice
	for k := range ch {
		ch[k] = choice{best: lowest, second: lowest}
	}
	for _, d := range p.docs() {
		for i := range d.dates {
			dt := &d.dates[i]
			p.feat = p.dateFeatures(p.feat, d, i)
			s := p.r.models.day.score(p.feat)
			p.promised(&s)
			for k, slot := range daySlots {
				if v := dt.resolve(p.today, slot == PaidDate); p.valid(slot, dt, v) {
					ch[k].offer(d, i, int64(v), s[k])
				}
			}
		}
	}
	s := &p.out.Slots
	dst := [slotCount]*calendar.Date{&s.FirstPaymentDate, &s.PauseUntil, &s.PromiseDate, &s.PaidDate}
	for k := range ch {
		c := &ch[k]
		if c.doc == nil || !dst[k].IsZero() || c.best <= 0 && (k != 0 || c.best < -joinSlack) {
			continue
		}
		dt := &c.doc.dates[c.i]
		if o := slotPause - k; k <= slotPause && ch[o].doc != nil && ch[o].value == c.value && ch[o].best > 0 && p.yields(k, c.best, ch[o].best) {
			continue // a day ends a pause or begins a plan
		}
		if o := &ch[slotPromise]; k == slotPaidDate && o.doc == c.doc && o.i == c.i && o.best > c.best {
			continue // a day to come has not been
		}
		if k == 0 && p.dayAndMonth(c.doc, dt, dst[0]) {
			continue
		}
		if c.best <= 0 {
			continue
		}
		beside := k == slotPromise && p.intent == cases.PaymentPause || k == slotPause && p.intent == cases.InstallmentRequest
		if (beside || !p.sure(c.best)) && !p.daySpoken(c.doc, dt, k) {
			continue
		}
		if dt.ranged {
			p.note("range", daySlots[k])
			continue
		}
		if dt.doubt || dt.meant && k != slotPaidDate || dt.twoWays(p.today, daySlots[k] == PaidDate) || !(k == slotFirst && c.next > c.value) && c.second > 0 && c.best-c.second < fillMargin {
			p.note("ambiguous", daySlots[k])
			continue
		}
		if (k == slotPause && p.intent != cases.PaymentPause || k == slotPromise && p.intent != cases.PaymentPromise) && c.doc.termNotPayment(dt, p.intent) {
			continue
		}
		*dst[k] = calendar.Date(c.value)
		p.prove(c.doc, daySlots[k], dt.start, dt.end)
	}
}

// yields reports whether slot k, a first payment or a pause, leaves its day to the
// other: the mail's intent decides, or else the scores.
func (p *pass) yields(k int, own, other int32) bool {
	switch p.intent {
	case cases.InstallmentRequest:
		return k == slotPause
	case cases.PaymentPause:
		return k == slotFirst
	default:
		return other > own
	}
}

// promised takes what speaks for the end of a pause or for a first instalment as
// a promise, where the mail promises and has no word for a pause or for
// instalments: "bis zum Zehnten habe ich es zusammen".
func (p *pass) promised(s *[slotCount]int32) {
	if p.intent != cases.PaymentPromise {
		return
	}
	all := p.text.sent.all
	all.or(p.subject.sent.all)
	if !all.has(clsPause) {
		s[slotPromise], s[slotPause] = max(s[slotPromise], s[slotPause]), lowest
	}
	if !all.has(clsMonthly) && !all.has(clsRate) && !all.has(clsEvery) {
		s[slotPromise], s[slotFirst] = max(s[slotPromise], s[slotFirst]), lowest
	}
}

// pauseUntilPaid ends the pause that a promise asks for beside itself where the
// payment comes, if the mail points back at that day: "bis dahin bitte nichts
// unternehmen".
func (p *pass) pauseUntilPaid(asked bool) {
	s := &p.out.Slots
	if p.intent != cases.PaymentPromise || !asked || !p.then || s.PromiseDate.IsZero() || !s.PauseUntil.IsZero() {
		return
	}
	for _, e := range p.out.Evidence {
		if e.For == PromiseDate {
			s.PauseUntil = s.PromiseDate
			e.For = PauseUntil
			p.out.Evidence = append(p.out.Evidence, e)
			return
		}
	}
}

// The places of the day slots.
const (
	slotFirst = iota
	slotPause
	slotPromise
	slotPaidDate
)

// twoWays reports whether a day with a slash can be read in two ways that both
// lie near: 03/12 is the third of December or the twelfth of March.
func (dt *date) twoWays(today calendar.Date, past bool) bool {
	if !dt.slash {
		return false
	}
	near := func(v calendar.Date) bool { return v >= today-200 && v <= today+200 && (v > today) != past }
	other := *dt
	other.day, other.month = dt.month, dt.day
	return near(dt.resolve(today, past)) && near(other.resolve(today, past))
}
