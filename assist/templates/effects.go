package templates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
)

// effectRule is one line of a file's effects:
//
//	[?!]kind [code …] [when] [if condition and …]
//
// "?" proposes without ticking, "!" what the text says, but a person has to tick. when is a number of days ("+14"), or the end of
// what the letter offers: offer, pause, promise, answer, pay, theirs, clock.
type effectRule struct {
	kind    cases.EffectKind
	words   []string
	ifs     []term
	untick  bool
	whyCode string
}

// textNeeds is why an effect stands unticked that the text itself announces.
const textNeeds = "text_needs"

func parseEffect(s string) (effectRule, error) {
	s, cond, conditional := strings.Cut(strings.TrimSpace(s), " if ")
	w := strings.Fields(s)
	if len(w) == 0 || len(w) > 4 {
		return effectRule{}, fmt.Errorf("effect %q: want a kind and at most three words", s)
	}
	r := effectRule{words: w[1:]}
	name, untick := strings.CutPrefix(w[0], "?")
	if needed, ok := strings.CutPrefix(w[0], "!"); ok {
		name, untick, r.whyCode = needed, true, textNeeds
	}
	if r.kind, r.untick = cases.EffectKind(name), untick; !r.kind.Valid() {
		return effectRule{}, fmt.Errorf("effect %q is not on the list", name)
	}
	if conditional {
		var err error
		if r.ifs, err = parseTerms(strings.Split(cond, " and ")); err != nil {
			return effectRule{}, err
		}
	}
	want, ok := effectWords()[r.kind]
	if !ok || len(r.words) < want[0] || len(r.words) > want[1] {
		return effectRule{}, fmt.Errorf("effect %q: wrong number of words", s)
	}
	return r, nil
}

// effectWords gives for each kind that a file may name how many words follow.
func effectWords() map[cases.EffectKind][2]int {
	return map[cases.EffectKind][2]int{
		cases.OfferPlan: {}, cases.AgreePlan: {}, cases.OfferSettlement: {}, cases.GrantPause: {}, cases.RecordPromise: {}, cases.EndPlan: {0, 1},
		cases.RecordObjection: {0, 1}, cases.RecordPaidClaim: {}, cases.InquireCreditor: {}, cases.InquirePayment: {},
		cases.PlaceHold: {2, 3}, cases.ChangeContact: {}, cases.SetRightParty: {1, 1}, cases.MarkDeceased: {},
		cases.MarkInsolvent: {}, cases.MarkRepresented: {}, cases.StartClock: {1, 1}, cases.StopClock: {1, 1},
		cases.ProposeAcknowledgement: {}, cases.WriteOffRest: {}, cases.WaiveCosts: {}, cases.SetFollowUp: {2, 2},
		cases.AddNote: {1, 3},
	}
}

// effects makes what a letter proposes beside the mail. What the case lacks a
// fact for is left out; an effect that another one has already is not doubled.
func (f *facts) effects(t *text) []cases.DraftEffect {
	var out []cases.DraftEffect
	rules := slices.Concat(t.effects, f.secondary(t))
	for _, r := range rules {
		if !f.all(r.ifs) {
			continue
		}
		e, ok := f.effect(r)
		if !ok || slices.ContainsFunc(out, func(o cases.DraftEffect) bool { return sameEffect(o.Effect, e.Effect) }) {
			continue
		}
		out = append(out, e)
	}
	return out
}

// sameEffect reports whether b says nothing that a does not say.
func sameEffect(a, b cases.Effect) bool {
	if a.Kind != b.Kind {
		return false
	}
	switch a.Kind { //nolint:exhaustive // the others come once a letter
	case cases.PlaceHold:
		return a.Hold == b.Hold && (a.Code == b.Code || a.Until == 0)
	case cases.SetFollowUp:
		return true // one next step a letter
	case cases.StartClock:
		return a.Code == b.Code
	}
	return true
}

// secondary are effects of further wishes of the mail, whatever the letter.
func (f *facts) secondary(t *text) []effectRule {
	if t.info.Audience == "creditor" || f.msg == nil {
		return nil
	}
	// A letter of its own intent names its effects itself; one that answers
	// anything takes them from what the mail wants.
	forAny := len(t.info.Intents) > 3
	var out []effectRule
	add := func(i cases.Intent, lines ...string) {
		if i == cases.InformationRequest && (f.has(cases.Deceased) || f.is("alert")) {
			return // those letters say nothing of the claim, and promise quiet
		}
		if !f.has(i) || i == f.class.Intent && !forAny {
			return
		}
		for _, l := range lines {
			r, err := parseEffect(l)
			if err != nil {
				continue // the lines below are constants; a test parses them all
			}
			r.whyCode = "secondary_" + string(i)
			if i == f.class.Intent {
				r.whyCode = string(i)
			}
			out = append(out, r)
		}
	}
	for _, s := range secondaryEffects() {
		add(s.intent, s.lines...)
	}
	return out
}

type secondaryRule struct {
	intent cases.Intent
	lines  []string
}

func secondaryEffects() []secondaryRule {
	return []secondaryRule{
		{cases.Dispute, []string{"record_objection", "hold dunning dispute", "hold bureau dispute"}},
		{cases.Paid, []string{"record_paid_claim", "hold dunning paid_claimed +21"}},
		{cases.DataRequest, []string{"start_clock data_request"}},
		{cases.InformationRequest, []string{"start_clock information"}},
		{cases.Complaint, []string{"start_clock complaint"}},
		{cases.ContactChange, []string{"change_contact"}},
		{cases.Representation, []string{"mark_represented", "hold dunning represented +28"}},
		{cases.Insolvency, []string{"hold all insolvency +28"}},
		{cases.Deceased, []string{"hold all deceased +56"}},
		{cases.NotDebtor, []string{"hold dunning not_debtor +28"}},
	}
}

func (f *facts) effect(r effectRule) (cases.DraftEffect, bool) {
	why := r.whyCode
	if why == "" {
		why = "template"
	}
	d := cases.DraftEffect{Effect: cases.Effect{Kind: r.kind}, Ticked: !r.untick && !r.kind.NeverPreset(), Why: why}
	if r.kind.NeverPreset() && why != textNeeds {
		d.Why = "never_preset"
	}
	e, s, today := &d.Effect, f.class.Slots, f.in.Today
	ok := true
	switch r.kind {
	case cases.OfferPlan, cases.AgreePlan:
		ok = len(f.plan.rates) > 0
		e.Rates, e.Cents, e.Days = f.plan.rates, f.plan.total, f.offerDays
		if r.kind == cases.AgreePlan {
			e.Days = 0
			if f.is("plan_running") {
				e.Kind = cases.AmendPlan
			}
		}
	case cases.GrantPause:
		e.Until = f.pause.until
		ok = e.Until > today
	case cases.RecordPromise:
		e.Date, e.Cents = s.PromiseDate, f.promised()
		ok = e.Date >= today && e.Cents > 0
	case cases.OfferSettlement:
		e.Cents, e.Date, e.Days = f.settle.sum, f.settle.by, f.offerDays
		ok = e.Cents > 0 && e.Date > today
	case cases.EndPlan:
		a, running := f.in.Case.Current(cases.ArrangePlan)
		e.Target, ok = a.ID, running
		if len(r.words) > 0 {
			e.Code = r.words[0]
		}
	case cases.RecordObjection:
		e.Dispute = s.DisputeReason
		if len(r.words) > 0 {
			e.Dispute = cases.DisputeReason(r.words[0])
		}
		if e.Dispute == "" {
			e.Dispute = "other"
		}
		ok = !slices.ContainsFunc(f.in.Case.Objections, func(o cases.Objection) bool { return !o.Settled && o.Reason == e.Dispute })
	case cases.RecordPaidClaim:
		if s.PaidCents != nil {
			e.Cents = max(0, *s.PaidCents)
		}
		e.Date = s.PaidDate
	case cases.InquireCreditor, cases.InquirePayment:
	case cases.PlaceHold:
		e.Hold, e.Code = cases.HoldKind(r.words[0]), r.words[1]
		if len(r.words) > 2 {
			e.Until, ok = f.when(r.words[2])
		}
		ok = ok && !f.is("closed") // nothing runs there that could be stopped
	case cases.ChangeContact:
		if !f.contact(e) {
			// Somebody reads the new address in the mail and enters it.
			ok = f.debtor != nil
			d.Ticked, d.Why = false, "fill_in"
			if ok {
				e.Person, e.Channel, e.Proof = f.debtor.ID, cases.Postal, cases.ProofClaimed
			}
		}
	case cases.SetRightParty:
		e.Right = cases.RightPartyState(r.words[0])
	case cases.MarkDeceased, cases.MarkInsolvent:
		ok = f.debtor != nil
		if ok {
			e.Person = f.debtor.ID
		}
		// What a third person says is a claim; somebody ticks it who has seen a paper.
		d.Ticked, d.Why = false, "needs_proof"
	case cases.MarkRepresented:
		ok = f.representedBy(e)
	case cases.StartClock:
		e.Code, e.Until = r.words[0], f.answerBy
		if e.Code == "data_request" {
			e.Until = f.clockDue
		}
		e.Message = f.messageID()
		ok = !slices.ContainsFunc(f.in.Case.Clocks, func(c cases.Clock) bool { return c.Kind == e.Code && !c.Stopped })
	case cases.StopClock:
		i := slices.IndexFunc(f.in.Case.Clocks, func(c cases.Clock) bool { return c.Kind == r.words[0] && !c.Stopped })
		if ok = i >= 0; ok {
			e.Target = f.in.Case.Clocks[i].ID
		}
	case cases.ProposeAcknowledgement:
		if len(f.in.Case.Ledger.Claims) > 0 {
			e.Claim = f.in.Case.Ledger.Claims[0].ID
		}
	case cases.WriteOffRest:
		e.Cents = f.in.Balance.Total
		ok = f.in.BalanceErr == nil && e.Cents > 0
	case cases.WaiveCosts:
		e.Cents = f.in.Balance.Costs
		ok = f.in.BalanceErr == nil && e.Cents > 0
	case cases.SetFollowUp:
		e.Code = r.words[0]
		e.Date, ok = f.lookOn(r.words[1])
	case cases.AddNote:
		e.Text = plain.Line(strings.Join(r.words, " "))
	case cases.AmendPlan, cases.LiftHold, cases.AddParty, cases.AddressFailing, cases.CancelOutbox, cases.HandOver:
		ok = false
	}
	return d, ok
}

func (f *facts) promised() money.Cents {
	if p := f.class.Slots.PromiseCents; p != nil && *p > 0 {
		return *p
	}
	if f.in.BalanceErr != nil {
		return 0
	}
	return f.in.Balance.Total
}

// lookOn is the day of a follow-up. What was agreed or offered is looked at when
// its hold has ended; whether money came, on the first day on which a statement
// can say that it did not: before that nobody could write so.
func (f *facts) lookOn(word string) (calendar.Date, bool) {
	d, ok := f.when(word)
	if !ok {
		return d, false
	}
	d = calendar.NextBusinessDay(d, f.land)
	var due calendar.Date
	switch word {
	case "offer", "pause":
		return calendar.AddBusinessDays(d, 1, f.land), true
	case "settlement":
		due = f.settle.by
	case "promise":
		due = f.class.Slots.PromiseDate
	case "first":
		due = f.firstDue()
	case "pay":
		due = cases.PayBy(f.in.Today, f.land)
	default:
		return d, true
	}
	missing := calendar.AddBankDays(plan.MissingFrom(due, f.in.Rules.Plan, f.land), 1)
	return max(calendar.AddBusinessDays(d, 1, f.land), calendar.NextBusinessDay(missing, f.land)), true
}

// firstDue is the day of the next instalment: of the plan that the letter makes,
// else of the one that runs.
func (f *facts) firstDue() calendar.Date {
	if len(f.plan.rates) > 0 && f.in.Name != "plan_confirmation" {
		return f.plan.rates[0].Due
	}
	if a, ok := f.in.Case.Current(cases.ArrangePlan); ok {
		for _, r := range a.Rates {
			if r.Due >= f.in.Today {
				return r.Due
			}
		}
	}
	return 0
}

// when resolves a day of an effect.
func (f *facts) when(word string) (calendar.Date, bool) {
	today := f.in.Today
	var d calendar.Date
	switch word {
	case "offer":
		d = today + calendar.Date(f.offerDays)
	case "pause":
		d = f.pause.until
	case "settlement":
		d = calendar.AddBankDays(f.settle.by, f.bankDays()+1)
	case "promise":
		d = calendar.AddBankDays(f.class.Slots.PromiseDate, f.bankDays()+1)
	case "first":
		if due := f.firstDue(); due != 0 {
			d = calendar.AddBankDays(due, f.bankDays()+1)
		}
	case "answer":
		d = f.answerBy
	case "pay":
		d = cases.PayBy(today, f.land)
	case "theirs": // two weeks, and in time for a day that the sender set
		d = today + 14
		if t := f.class.Details.TheirDeadline; t >= today && t != 0 {
			d = min(d, calendar.PrevBusinessDay(t-3, f.land))
		}
	case "clock":
		d = calendar.PrevBusinessDay(f.clockDue-3, f.land)
	default:
		n, err := strconv.Atoi(strings.TrimPrefix(word, "+"))
		if err != nil || n < 0 || n > 3650 {
			return 0, false
		}
		d = today + calendar.Date(n)
	}
	return max(d, today), d > 0
}

func (f *facts) messageID() cases.MessageID {
	if f.msg == nil {
		return ""
	}
	return f.msg.ID
}

// contact takes the writer's own address as a claimed one where it is not on
// file; what the mail says of a postal address a person has to enter.
func (f *facts) contact(e *cases.Effect) bool {
	if f.debtor == nil || f.fromAddr == "" || f.byAddress(f.fromAddr) != nil {
		return false
	}
	e.Person, e.Channel, e.Text, e.Proof = f.debtor.ID, cases.Email, plain.Line(f.fromAddr), cases.ProofClaimed
	return true
}

// representedBy names who stands for the debtor, only where that is a person on
// file other than the debtor.
func (f *facts) representedBy(e *cases.Effect) bool {
	if f.sender == nil || f.debtor == nil || f.sender.ID == f.debtor.ID || f.rep != nil {
		return false
	}
	switch f.role(f.sender) {
	case cases.RoleCreditor, cases.RoleCourt, cases.RoleCoDebtor:
		return false
	default:
	}
	e.Person, e.Role, e.Proof = f.sender.ID, cases.RoleRepresentative, cases.ProofClaimed
	if f.is("adviser") {
		e.Role = cases.RoleAdviser
	}
	return true
}
