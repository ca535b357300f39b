package deadline

import (
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
)

// FactsOf gathers what an account says about the limitation of one of its
// claims, as known on a day: due date and knowledge, the suspension of consumer
// credit from default on (§ 497 Abs. 3 S. 3 BGB), and each payment that may have
// gone to it, as a restart that is only proposed: who paid, and on what, a person
// has to judge (BGH 9 May 2007, VIII ZR 347/06). Payments that were taken back,
// and those determined for another claim, are left out.
func FactsOf(l ledger.Ledger, claim string, at calendar.Date, land calendar.Land) (Facts, bool) {
	f := Facts{Basis: Regular, Land: land}
	found := false
	for _, c := range l.Claims {
		if c.ID != claim {
			continue
		}
		found = true
		f.Due, f.Known = firstOf(c.Due, c.InvoiceDate, c.Contract), c.Known
		if c.Kind == ledger.ConsumerCredit && !c.Default.IsZero() {
			f.Pause = append(f.Pause, Pause{Kind: PauseCredit, From: c.Default})
		}
	}
	back := make(map[string]money.Cents)
	for _, e := range l.Entries {
		if e.Kind == ledger.Reversal && e.Date <= at {
			back[e.Reverses] += e.Cents
		}
	}
	for _, e := range l.Entries {
		pays := e.Kind == ledger.Payment || e.Kind == ledger.PaymentToCreditor
		other := e.Determination != ledger.ByLaw && e.ClaimID != "" && e.ClaimID != claim
		if pays && !other && e.Date <= at && e.Cents > back[e.ID] {
			f.Acks = append(f.Acks, Ack{Date: e.Date, Kind: AckPayment, State: AckProposed, Source: e.ID})
		}
	}
	return f, found
}

func firstOf(days ...calendar.Date) calendar.Date {
	for _, d := range days {
		if !d.IsZero() {
			return d
		}
	}
	return 0
}
