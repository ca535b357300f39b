package text

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"kontor/cases"
	"kontor/cases/ledger"
	"kontor/cases/plain"
	"kontor/cases/priority"
)

// Reason gives one point of a score in plain words, without the points.
func (t *Text) Reason(r priority.Reason) string {
	w := &t.Reasons
	switch r.Factor {
	case priority.FactorAlert:
		return fmt.Sprintf(w.Alert, t.Alert(cases.Alert(r.Code)))
	case priority.FactorDeadline:
		what := t.Clock(r.Code)
		switch {
		case r.Days > 0:
			return fmt.Sprintf(w.DueIn, what, w.InDays.N(r.Days), t.Day(r.Date))
		case r.Days == 0:
			return fmt.Sprintf(w.DueToday, what)
		}
		return fmt.Sprintf(w.DueOver, what, w.LateDays.N(-r.Days))
	case priority.FactorLimitation:
		if r.Days < 0 {
			return fmt.Sprintf(w.Lapsed, r.Date.Long(t.Lang))
		}
		return fmt.Sprintf(w.Limitation, r.Date.Long(t.Lang))
	case priority.FactorVulnerable:
		return w.Vulnerable
	case priority.FactorPrivacy:
		return w.Privacy
	case priority.FactorDispute:
		return w.Dispute
	case priority.FactorBroken:
		return w.Broken
	case priority.FactorReplyAge:
		if r.Days < 1 {
			return w.AgeToday
		}
		return w.Age.N(r.Days)
	case priority.FactorFollowUp:
		if r.Days < 1 {
			return w.FollowUpToday
		}
		return w.FollowUpLate.N(r.Days)
	case priority.FactorAmount:
		if r.Code == string(priority.ItemPayment) {
			return fmt.Sprintf(w.Payment, t.Money(r.Cents))
		}
		return fmt.Sprintf(w.Amount, t.Money(r.Cents))
	case priority.FactorLegalThreat:
		return w.LegalThreat
	case priority.FactorUndelivered:
		return w.Undelivered
	case priority.FactorComplaint:
		return w.Complaint
	case priority.FactorPersonEvent:
		if r.Code == cases.EventInsolvent {
			return w.Insolvent
		}
		return w.Deceased
	case priority.FactorNoNextStep:
		return w.NoNextStep
	}
	return look(map[priority.Factor]string{}, r.Factor)
}

// Points writes the points of a reason.
func Points(r priority.Reason) string { return fmt.Sprintf("%+d", r.Points) }

// Effect says in one sentence what an effect does. name gives a person's name,
// cleaned; it may return "".
func (t *Text) Effect(e cases.Effect, name func(cases.PersonID) string) string {
	w := &t.Effects
	who := func() string {
		if n := name(e.Person); n != "" {
			return n
		}
		return w.Somebody
	}
	switch e.Kind {
	case cases.OfferPlan, cases.AgreePlan, cases.AmendPlan:
		f := w.OfferPlan
		switch e.Kind { //nolint:exhaustive // the three of the case above
		case cases.AgreePlan:
			f = w.AgreePlan
		case cases.AmendPlan:
			f = w.AmendPlan
		}
		return fmt.Sprintf(f, t.schedule(e))
	case cases.EndPlan:
		return w.EndPlan
	case cases.GrantPause:
		return fmt.Sprintf(w.GrantPause, t.Day(e.Until)) + t.costs(e)
	case cases.RecordPromise:
		return fmt.Sprintf(w.RecordPromise, t.Money(e.Cents), t.Day(e.Date))
	case cases.OfferSettlement:
		return fmt.Sprintf(w.OfferSettlement, t.Money(e.Cents), t.Day(e.Date)) + t.valid(e)
	case cases.RecordObjection:
		s := fmt.Sprintf(w.RecordObjection, look(t.Words.Dispute, e.Dispute))
		if e.Cents > 0 {
			s += fmt.Sprintf(w.ObjectionPart, t.Money(e.Cents))
		}
		return s
	case cases.RecordPaidClaim:
		return fmt.Sprintf(w.RecordPaidClaim, t.Money(e.Cents), t.Day(e.Date))
	case cases.InquireCreditor:
		return w.InquireCreditor
	case cases.InquirePayment:
		return w.InquirePayment
	case cases.PlaceHold:
		s := fmt.Sprintf(w.Hold, look(t.Words.Hold, e.Hold), t.HoldReason(e.Code))
		if e.Until != 0 {
			s += fmt.Sprintf(w.Until, t.Day(e.Until))
		}
		return s
	case cases.LiftHold:
		return w.LiftHold
	case cases.AddParty:
		return fmt.Sprintf(w.AddParty, who(), t.Role(e.Role))
	case cases.ChangeContact:
		f := w.ChangeContact
		if e.Proof == cases.ProofSeen {
			f = w.ChangeConfirmed
		}
		return fmt.Sprintf(f, look(channelWords(t.Lang), string(e.Channel)), plain.Line(e.Text.String()).String())
	case cases.AddressFailing:
		return w.AddressFailing
	case cases.SetRightParty:
		return fmt.Sprintf(w.RightParty, t.Right(e.Right))
	case cases.MarkDeceased:
		return w.MarkDeceased
	case cases.MarkInsolvent:
		return w.MarkInsolvent
	case cases.MarkRepresented:
		return fmt.Sprintf(w.MarkRepresented, who())
	case cases.StartClock:
		return fmt.Sprintf(w.StartClock, t.Clock(e.Code), t.Day(e.Until))
	case cases.StopClock:
		return w.StopClock
	case cases.ProposeAcknowledgement:
		return w.ProposeAcknowledgement
	case cases.WaiveCosts:
		return fmt.Sprintf(w.WaiveCosts, t.Money(e.Cents))
	case cases.WriteOffRest:
		return fmt.Sprintf(w.WriteOffRest, t.Money(e.Cents))
	case cases.CancelOutbox:
		return w.CancelOutbox
	case cases.SetFollowUp:
		return fmt.Sprintf(w.FollowUp, t.Day(e.Date), t.FollowUp(plain.Line(e.Code).String()))
	case cases.HandOver:
		return fmt.Sprintf(w.HandOver, plain.Line(string(e.User)).String())
	case cases.AddNote:
		return fmt.Sprintf(w.Note, plain.Line(e.Text.String()).String())
	}
	return look(map[cases.EffectKind]string{}, e.Kind)
}

func (t *Text) schedule(e cases.Effect) string {
	n := len(e.Rates)
	if n == 0 {
		return t.Money(e.Cents) + t.valid(e) + t.costs(e)
	}
	first, last := e.Rates[0], e.Rates[n-1]
	s := fmt.Sprintf(t.Effects.Schedule, n, t.Money(first.Cents), t.Day(first.Due))
	if last.Cents != first.Cents {
		s = fmt.Sprintf(t.Effects.ScheduleOdd, n, t.Money(first.Cents), t.Day(first.Due), t.Money(last.Cents))
	}
	return s + t.costs(e) + t.valid(e)
}

func (t *Text) valid(e cases.Effect) string {
	if e.Days <= 0 {
		return ""
	}
	return ", " + t.Effects.ValidDays.N(e.Days)
}

func (t *Text) costs(e cases.Effect) string {
	if e.Costs <= 0 {
		return ""
	}
	return ", " + fmt.Sprintf(t.Effects.Costs, t.Money(e.Costs))
}

func channelWords(lang string) map[string]string {
	if lang == "de" {
		return map[string]string{"email": "E-Mail", "postal": "Anschrift", "phone": "Telefon"}
	}
	return map[string]string{"email": "e-mail", "postal": "address", "phone": "phone"}
}

// Channel names a way to reach a person.
func (t *Text) Channel(c cases.Channel) string { return look(channelWords(t.Lang), string(c)) }

// Refusal says what the facts forbid, in three parts.
func (t *Text) Refusal(r *cases.Refusal) Trouble {
	m := t.Errors.Refusal
	detail := plain.Line(r.Detail).String()
	if x, ok := m[string(r.Reason)+":"+r.Detail]; ok {
		return x
	}
	x, ok := m[string(r.Reason)]
	if !ok {
		return Trouble{What: look(map[cases.Reason]string{}, r.Reason), Means: detail}
	}
	word := detail
	switch r.Reason { //nolint:exhaustive // the others use the detail as it is
	case cases.Stale:
		word = look(t.Words.StaleWhy, detail)
	case cases.Blocked:
		word = look(t.Words.Blocked, detail)
	case cases.NeedsAnswer:
		word = look(t.Words.Duty, detail)
	case cases.AlreadyDone, cases.AlreadyClaimed, cases.WrongState:
		if w, ok := t.Words.Reply[cases.ReplyState(detail)]; ok {
			word = w
		}
	case cases.LimitExceeded, cases.Invalid:
		if _, after, ok := strings.Cut(detail, ": "); ok {
			word = after
		}
	}
	fill := func(s string) string {
		if strings.Contains(s, "%s") {
			return fmt.Sprintf(s, word)
		}
		return s
	}
	return Trouble{fill(x.What), fill(x.Means), fill(x.Next)}
}

// NoBalance says why a balance cannot be reckoned: a row of the base rates that
// lacks is named.
func (t *Text) NoBalance(err error) string {
	var m *ledger.MissingRateError
	if errors.As(err, &m) {
		return fmt.Sprintf(t.Case.NoRate, m.HalfYear.Long(t.Lang), m.Through.Long(t.Lang))
	}
	if err == nil {
		return t.Case.NoBalance
	}
	return t.Case.NoBalance + ": " + plain.Line(err.Error()).String()
}

// blocked is an error of a text that the state of the case forbids.
type blocked interface {
	error
	BlockedBy() string // a code of Words.Blocked
}

// Error says in three parts what went wrong. Words of others in it are cleaned.
func (t *Text) Error(err error) Trouble {
	var r *cases.Refusal
	var b blocked
	switch {
	case err == nil:
		return Trouble{}
	case errors.As(err, &r):
		return t.Refusal(r)
	case errors.As(err, &b):
		return t.Refusal(&cases.Refusal{Reason: cases.Blocked, Detail: b.BlockedBy()})
	case errors.Is(err, context.DeadlineExceeded):
		return t.Errors.Slow
	case errors.Is(err, cases.ErrNotFound):
		return t.Errors.Missing
	case errors.Is(err, cases.ErrReadOnlyStream):
		return t.Errors.ReadOnly
	}
	x := t.Errors.Unknown
	short, cut := plain.Line(err.Error()).Cut(200)
	s := short.String()
	if cut {
		s += "…"
	}
	x.Means = fmt.Sprintf(x.Means, s)
	return x
}
