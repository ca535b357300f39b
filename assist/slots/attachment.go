package slots

import (
	"strconv"

	"kontor/cases"
)

// Bounds of what is read of attachments: how many, and bytes of each.
const (
	maxAttachments = 4
	maxAttachment  = 16 << 10
)

// readAttachments fills slots that the own text leaves empty, where the intent
// is about them: the receipt behind "see attached", the letter with its
// reference. What the text states itself is never overruled.
func (p *pass) readAttachments() {
	if len(p.in.Attachments) == 0 {
		return
	}
	s := &p.out.Slots
	before := *s
	p.fields = nil
	for i, text := range p.in.Attachments[:min(len(p.in.Attachments), maxAttachments)] {
		if len(text) > maxAttachment {
			text = clipAt(text, maxAttachment)
		}
		p.fields = append(p.fields, p.r.scan(text, "attachment:"+strconv.Itoa(i)))
	}
	notes := len(p.out.Notes)
	p.readReferences()
	if own := p.text.tok; p.about() && len(own) <= shortText {
		p.prepare()
		p.chooseMoney()
		p.chooseDays()
	}
	p.out.Notes = p.out.Notes[:notes] // doubts about an attachment are none about the mail
	p.keepFitting(&before)
	p.fields = []*doc{p.text, p.subject}
}

// shortText is up to how many words a mail may leave its facts to an attachment.
const shortText = 120

// about says that the intent is one whose facts an attachment may state.
func (p *pass) about() bool {
	switch p.intent {
	case cases.Paid, cases.InstallmentRequest, cases.PaymentPause, cases.PaymentPromise, cases.SettlementOffer:
		return true
	default:
		return false
	}
}

// keepFitting takes back what an attachment filled beside the intent.
func (p *pass) keepFitting(before *cases.Slots) {
	s := &p.out.Slots
	in := p.intent
	if in != cases.InstallmentRequest {
		s.MonthlyCents, s.FirstPaymentDate = before.MonthlyCents, before.FirstPaymentDate
	}
	if in != cases.Paid {
		s.PaidCents, s.PaidDate = before.PaidCents, before.PaidDate
	}
	if in != cases.PaymentPause {
		s.PauseUntil = before.PauseUntil
	}
	if in != cases.SettlementOffer {
		s.OfferCents = before.OfferCents
	}
	if in != cases.PaymentPromise {
		s.PromiseCents = before.PromiseCents
		if in != cases.SettlementOffer {
			s.PromiseDate = before.PromiseDate
		}
	}
	kept := p.out.Evidence[:0]
	for _, ev := range p.out.Evidence {
		if len(ev.Field) > 10 && !p.filledSlot(ev.For) {
			continue
		}
		kept = append(kept, ev)
	}
	p.out.Evidence = kept
}

// filledSlot says whether the slot of a name has a value.
func (p *pass) filledSlot(name string) bool {
	s := &p.out.Slots
	switch name {
	case Monthly:
		return s.MonthlyCents != nil
	case Offer:
		return s.OfferCents != nil
	case Promise:
		return s.PromiseCents != nil
	case PaidCents:
		return s.PaidCents != nil
	case FirstPayment:
		return !s.FirstPaymentDate.IsZero()
	case PauseUntil:
		return !s.PauseUntil.IsZero()
	case PromiseDate:
		return !s.PromiseDate.IsZero()
	case PaidDate:
		return !s.PaidDate.IsZero()
	}
	return true
}
