package cases

import (
	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/ledger"
)

// Lapsed reports whether limitation has passed for every claim of the case on
// day on, as far as the case knows (§§ 195, 199, 212, 214 BGB). Titled claims,
// claims in court and secured ones have not lapsed; a claim without a due date
// never has. A part payment starts the period anew (§ 212 Abs. 1 Nr. 1), an
// agreed pause and a consumer credit's default suspend it (§§ 205, 497 Abs. 3).
func (c *Case) Lapsed(on calendar.Date) bool {
	switch c.Stage {
	case StageCourtOrder, StageEnforcementOrder, StageEnforcement:
		return false
	case StageReminder, StageDunning, StageCollection, StageClosed:
	}
	if len(c.Ledger.Claims) == 0 {
		return false
	}
	var acks []deadline.Ack
	for _, e := range c.Ledger.Entries {
		if (e.Kind == ledger.Payment || e.Kind == ledger.PaymentToCreditor) && e.Date != 0 {
			acks = append(acks, deadline.Ack{Date: e.Date, Kind: deadline.AckPayment, State: deadline.AckConfirmed, Source: e.ID})
		}
	}
	var rests []deadline.Pause
	for _, a := range c.Arrangements {
		switch a.State {
		case ArrRunning, ArrMet, ArrEnded:
			if a.Kind == ArrangePause && a.Since != 0 && a.Until >= a.Since {
				rests = append(rests, deadline.Pause{Kind: deadline.PauseDeferral, From: a.Since, To: a.Until})
			}
		case ArrPending, ArrAsked, ArrOffered, ArrAccepted, ArrLate, ArrBroken, ArrAmended, ArrLapsed, ArrWithdrawn:
		}
	}
	for _, f := range c.Ledger.Claims {
		if f.Secured || f.Due == 0 {
			return false
		}
		facts := deadline.Facts{Basis: deadline.Regular, Due: f.Due, Known: f.Known, Acks: acks, Pause: rests}
		if f.Kind == ledger.ConsumerCredit && f.Default != 0 {
			facts.Pause = append(facts.Pause[:len(rests):len(rests)], deadline.Pause{Kind: deadline.PauseCredit, From: f.Default})
		}
		r, err := deadline.Limitation(facts, on)
		if err != nil || !r.Lapsed(on) {
			return false
		}
	}
	return true
}
