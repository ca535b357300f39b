package cases

import (
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/ledger"
)

// ClaimLimitation says when a claim of a case becomes time-barred.
type ClaimLimitation struct {
	Claim string         `json:"claim"`
	Title deadline.Title `json:"title,omitzero"` // zero: not titled
	// InCourt says that no period runs: proceedings are pending or the title is
	// not final yet (§ 204 Abs. 1, 2 BGB). Result is zero then.
	InCourt bool            `json:"in_court,omitempty"`
	Facts   deadline.Facts  `json:"facts,omitzero"`
	Result  deadline.Result `json:"result,omitzero"`
	// Interest is the oldest year whose interest, due after the title, is not
	// time-barred yet: three years each (§ 197 Abs. 2 BGB). Zero year: none runs.
	InterestYear int             `json:"interest_year,omitempty"`
	Interest     deadline.Result `json:"interest,omitzero"`
}

// Ends is the date to warn on: the earlier of the claim's and its interest's.
func (l ClaimLimitation) Ends() calendar.Date {
	e := l.Result.Earliest
	if i := l.Interest.Earliest; i != 0 && (e == 0 || i < e) {
		e = i
	}
	return e
}

// Limitations computes the limitation of every claim of the case, as known on a
// day. Claims without any date are left out. What a person confirmed starts a
// period anew; what is only proposed shows in EndsWithAck and moves no warning.
func (c *Case) Limitations(at calendar.Date) []ClaimLimitation {
	var out []ClaimLimitation
	for i := range c.Ledger.Claims {
		if l, ok := c.limitationOf(&c.Ledger.Claims[i], at); ok {
			out = append(out, l)
		}
	}
	return out
}

func (c *Case) limitationOf(k *claim, at calendar.Date) (ClaimLimitation, bool) {
	l := ClaimLimitation{Claim: k.ID}
	f, ok := deadline.FactsOf(c.Ledger, k.ID, at, c.Land)
	if !ok {
		return l, false
	}
	f.Acks = c.acks(f.Acks, k.ID, at)
	title, titled := c.TitleOf(k.ID)
	switch {
	case titled && title.Begins() == 0:
		l.Title, l.InCourt = title, true
		return l, true
	case titled:
		title.Acks = f.Acks
		f = deadline.Facts{Basis: deadline.Titled, Final: title.Begins(), Acks: f.Acks, Land: c.Land}
		l.Title = title
		l.interest(k, at, c.Land)
	case c.inCourt():
		l.InCourt = true
		return l, true
	}
	r, err := deadline.Limitation(f, at)
	if err != nil {
		return l, false
	}
	l.Facts, l.Result = f, r
	return l, true
}

// interest finds the oldest year of a titled claim's interest that has not
// lapsed.
func (l *ClaimLimitation) interest(k *claim, at calendar.Date, land calendar.Land) {
	if k.Default == 0 || k.Rate.Kind == "" || k.Rate.Kind == ledger.RateNone {
		return
	}
	first, _, _ := l.Title.Begins().Civil()
	last, _, _ := at.Civil()
	if k.InterestUntil != 0 {
		until, _, _ := k.InterestUntil.Civil()
		last = min(last, until)
	}
	for y := max(first, last-titledYears); y <= last; y++ {
		_, r, err := l.Title.Limitation(y, at, land)
		if err != nil {
			return
		}
		if r.Earliest >= at {
			l.InterestYear, l.Interest = y, r
			return
		}
	}
}

// titledYears bounds how far back interest is looked at: no title lives longer
// without a restart.
const titledYears = 60

// acks joins what the account says (payments, only proposed) with the case's
// proposals and a person's word on each.
func (c *Case) acks(paid []deadline.Ack, claim string, at calendar.Date) []deadline.Ack {
	out := slices.Clone(paid)
	for _, p := range c.AckProposed {
		if (p.Claim == "" || p.Claim == claim) && p.Date <= at {
			out = append(out, deadline.Ack{Date: p.Date, Kind: deadline.AckStatement, State: deadline.AckProposed, Source: p.ID})
		}
	}
	for _, j := range c.Acks {
		i := slices.IndexFunc(out, func(a deadline.Ack) bool { return a.Source == j.ID })
		switch {
		case j.Claim != "" && j.Claim != claim:
			if i >= 0 { // a person said which claim it is for
				out = slices.Delete(out, i, i+1)
			}
		case i >= 0:
			out[i].State, out[i].Reserved = j.State, j.Reserved
		case j.Date <= at && j.Kind != deadline.AckPayment: // a payment that is not there was taken back
			out = append(out, deadline.Ack{Date: j.Date, Kind: j.Kind, State: j.State, Reserved: j.Reserved, Source: j.ID})
		}
	}
	return out
}

// inCourt reports whether a court has the case.
func (c *Case) inCourt() bool {
	switch c.Stage {
	case StageCourtOrder, StageEnforcementOrder, StageEnforcement:
		return true
	case StageReminder, StageDunning, StageCollection, StageClosed:
	}
	return false
}

// limitation returns the earliest end of limitation of the case's claims, the
// date to warn on; zero for closed cases and where no period runs.
func (c *Case) limitation(today calendar.Date) calendar.Date {
	if c.Stage == StageClosed {
		return 0
	}
	var first calendar.Date
	for _, l := range c.Limitations(today) {
		if e := l.Ends(); e != 0 && (first == 0 || e < first) {
			first = e
		}
	}
	return first
}

// Lapsed reports whether limitation has passed for every claim of the case on
// day on, as far as the case knows (§§ 195, 199, 212, 214 BGB). Claims in court
// and secured ones have not lapsed, titled ones after their 30 years; a claim
// without a due date never has. A part payment starts the period anew (§ 212
// Abs. 1 Nr. 1) unless a person said that it was none of the debtor's, an agreed
// pause and a consumer credit's default suspend it (§§ 205, 497 Abs. 3).
func (c *Case) Lapsed(on calendar.Date) bool {
	if len(c.Ledger.Claims) == 0 || c.inCourt() && len(c.Titles) == 0 {
		return false
	}
	var acks []deadline.Ack
	for _, e := range c.Ledger.Entries {
		if (e.Kind == ledger.Payment || e.Kind == ledger.PaymentToCreditor) && e.Date != 0 && !c.rejected(e.ID) {
			acks = append(acks, deadline.Ack{Date: e.Date, Kind: deadline.AckPayment, State: deadline.AckConfirmed, Source: e.ID})
		}
	}
	for _, a := range c.Acks {
		if a.Kind != deadline.AckPayment && a.State == deadline.AckConfirmed {
			acks = append(acks, deadline.Ack{Date: a.Date, Kind: a.Kind, State: a.State, Source: a.ID})
		}
	}
	rests := c.deferrals()
	for _, f := range c.Ledger.Claims {
		facts := deadline.Facts{Basis: deadline.Regular, Due: f.Due, Known: f.Known, Acks: acks, Pause: rests}
		title, titled := c.TitleOf(f.ID)
		switch {
		case titled && title.Begins() != 0:
			facts = deadline.Facts{Basis: deadline.Titled, Final: title.Begins(), Acks: acks}
		case titled || c.inCourt() || f.Secured || f.Due == 0:
			return false
		case f.Kind == ledger.ConsumerCredit && f.Default != 0:
			facts.Pause = append(facts.Pause[:len(rests):len(rests)], deadline.Pause{Kind: deadline.PauseCredit, From: f.Default})
		}
		r, err := deadline.Limitation(facts, on)
		if err != nil || !r.Lapsed(on) {
			return false
		}
	}
	return true
}

func (c *Case) rejected(id string) bool {
	return slices.ContainsFunc(c.Acks, func(a Acknowledgement) bool { return a.ID == id && a.State == deadline.AckRejected })
}

// deferrals lists the agreed pauses, which suspend limitation (§ 205 BGB).
func (c *Case) deferrals() []deadline.Pause {
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
	return rests
}
