package slots

import "kontor/cases"

// A slot that is not what the mail is mainly about needs a word of its kind near
// the amount or day that would fill it: what was paid needs a word for paying, a
// rate one for each month. Without one, the figure speaks of something else: a
// delivery, a visit, an age.

// sure reports whether a sum of weights needs no such word. In a mail that is not
// about paying at all each slot needs one.
func (p *pass) sure(score int32) bool {
	switch p.intent {
	case cases.InstallmentRequest, cases.PaymentPromise, cases.PaymentPause, cases.SettlementOffer, cases.Paid, cases.Dispute:
		return score >= sureFill
	default:
		return false
	}
}

// nearby are the classes in the sentence of token i and up to before and after
// sentences around it.
func (d *doc) nearby(i, before, after int) classSet {
	n := int(d.sent.of[i])
	var s classSet
	for k := max(0, n-before); k <= min(n+after, len(d.sent.sets)-1); k++ {
		s.or(d.sent.sets[k])
	}
	return s
}

// moneySpoken reports whether something around the amount at token i speaks for
// money slot k.
func (p *pass) moneySpoken(d *doc, i, k int) bool {
	switch k {
	case slotMonthly:
		switch p.intent {
		case cases.InstallmentRequest, cases.PaymentPause, cases.SettlementOffer:
			return true
		case cases.Representation, cases.PaymentPromise, cases.ContactChange, cases.InformationRequest:
			return d.nearby(i, 1, 0).hasAny(clsMonthly, clsRate, clsEvery)
		default:
		}
		s := d.nearby(i, 0, 0)
		return s.hasAny(clsMonthly, clsRate, clsEvery) && (p.plans || s.has(clsCan) && !s.has(clsNot))
	case slotOffer:
		if p.intent != cases.InstallmentRequest {
			return true
		}
		s := d.nearby(i, 1, 1)
		return s.has(clsOffer) || s.has(clsOnce) || s.has(clsAccept) || s.has(clsNot)
	case slotPromised:
		switch p.intent {
		case cases.PaymentPromise, cases.InstallmentRequest, cases.PaymentPause, cases.SettlementOffer:
			return true
		case cases.Other, cases.NotDebtor:
			return false
		default:
		}
		return d.paying(i, 0)
	default:
		return p.intent == cases.Paid || d.paying(i, 1)
	}
}

// daySpoken reports whether something around the day dt speaks for day slot k.
func (p *pass) daySpoken(d *doc, dt *date, k int) bool {
	switch k {
	case slotFirst:
		switch p.intent {
		case cases.InstallmentRequest, cases.SettlementOffer:
			return true
		case cases.PaymentPause, cases.Representation, cases.PaymentPromise, cases.ContactChange, cases.InformationRequest:
			return p.filled[slotMonthly] || d.nearby(dt.ti, 1, 1).hasAny(clsMonthly, clsRate)
		default:
		}
		return p.plans || p.filled[slotMonthly]
	case slotPause:
		return p.intent == cases.PaymentPause || d.nearby(dt.ti, 1, 1).hasAny(clsPause, clsNot)
	case slotPromise:
		switch p.intent {
		case cases.PaymentPromise, cases.SettlementOffer:
			return true
		case cases.PaymentPause:
			return d.nearby(dt.ti, 0, 1).hasAny(clsPay, clsPaid) || p.filled[slotPromised]
		case cases.Other, cases.NotDebtor:
			return false
		default:
		}
		return d.nearby(dt.ti, 0, 0).hasAny(clsPay, clsPaid, clsDown) || p.filled[slotPromised]
	default:
		return p.intent == cases.Paid || p.filled[slotPaid] || d.nearby(dt.ti, 1, 1).has(clsPaid)
	}
}

// paying reports whether the sentence of token i, one of those before it or the one
// after it has a word for paying that does not mean sending or getting as well.
func (d *doc) paying(i int, before int16) bool {
	n := d.sent.of[i]
	for k := range d.tok {
		if m := d.sent.of[k]; m < n-before || m > n+1 || !d.tok[k].w.set.hasAny(clsPay, clsPaid, clsDown) {
			continue
		}
		switch string(d.folded(k)) {
		case "senden", "sende", "schicken", "schicke", "schick", "send", "sending", "erhalten", "bekommen", "kriegt", "geben", "gebe", "give", "enthalten", "machbar", "schaffe", "bringe", "gesendet", "geschickt", "sent", "sie", "haben", "beleg":
		default:
			return true
		}
	}
	return false
}

// hasAny reports whether s has one of two or three classes.
func (s classSet) hasAny(cs ...class) bool {
	for _, c := range cs {
		if s.has(c) {
			return true
		}
	}
	return false
}
