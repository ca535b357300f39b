package cases

import (
	"slices"

	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// effectEvents turns one ticked effect into facts. by is the approval that it
// belongs to, or "" for a change without a reply; n tells the effects of one
// command apart.
func effectEvents(s Scope, env Env, k *Case, e Effect, by ReplyID, n int) ([]Event, error) {
	st := k.Of()
	id := func(what string) string { return DeriveID(env.ID, what, n) }
	one := func(b Body) ([]Event, error) { return []Event{{st, b}}, nil }
	bad := func(detail string) ([]Event, error) {
		return nil, refuse(Invalid, st, string(e.Kind)+": "+detail)
	}
	switch e.Kind {
	case OfferPlan, AgreePlan, AmendPlan, GrantPause, RecordPromise, OfferSettlement, EndPlan:
		return arrangementEvents(env, k, e, by, n)
	case RecordObjection:
		if !slices.Contains(DisputeReasons(), e.Dispute) {
			return bad("reason")
		}
		return one(ObjectionRecorded{Objection{ID: id("objection"), Claim: e.Claim, Reason: e.Dispute, Part: e.Cents, Date: env.Today, By: by}})
	case RecordPaidClaim:
		return one(note(env, s.Actor, n, plain.Line("paid_claimed "+e.Cents.Plain()+" "+e.Date.String()), by))
	case InquireCreditor, InquirePayment:
		kind := "creditor"
		if e.Kind == InquirePayment {
			kind = "payment"
		}
		return one(InquiryMade{Inquiry{ID: id("inquiry"), Kind: kind, Asked: env.Today, By: by}})
	case PlaceHold:
		return placeHold(s, env, k, e, by, id("hold"))
	case LiftHold:
		return liftHold(s, k, e, by)
	case AddParty, MarkRepresented:
		if e.Person == "" || e.Role == "" {
			return bad("person or role")
		}
		proof := e.Proof
		if proof == "" {
			proof = ProofClaimed
		}
		return one(PartyAdded{Party{ID: id("party"), Person: e.Person, Role: e.Role, Proof: proof, Since: env.Today, By: by}})
	case ChangeContact, AddressFailing, MarkDeceased, MarkInsolvent:
		return personEvents(s, env, e, by, n)
	case SetRightParty:
		switch e.Right {
		case PartyConfirmed, PartyDenied, PartyUnknown:
			return one(RightPartySet{State: e.Right, By: by})
		}
		return bad("state")
	case StartClock:
		if e.Code == "" || e.Until == 0 {
			return bad("kind or due date")
		}
		return one(ClockStarted{Clock{ID: id("clock"), Kind: e.Code, Started: env.Today, Due: e.Until, Message: e.Message, By: by}})
	case StopClock:
		if !slices.ContainsFunc(k.Clocks, func(c Clock) bool { return c.ID == e.Target && !c.Stopped }) {
			return bad("no such clock")
		}
		return one(ClockStopped{Clock: e.Target, By: by})
	case ProposeAcknowledgement:
		return one(AcknowledgementProposed{Objection{ID: id("acknowledgement"), Claim: e.Claim, Date: env.Today, By: by}})
	case WaiveCosts, WriteOffRest:
		return waiverEvents(env, k, e, by, n)
	case CancelOutbox:
		return cancelEvents(s, e)
	case SetFollowUp:
		if e.Date < env.Today || e.Code == "" {
			return bad("date or reason")
		}
		return one(FollowUpSet{FollowUp{ID: id("follow_up"), Due: e.Date, Reason: e.Code, By: by}})
	case HandOver:
		if e.User == "" {
			return bad("user")
		}
		return one(CaseHandedOver{e.User})
	case AddNote:
		if e.Text.IsZero() {
			return bad("text")
		}
		return one(note(env, s.Actor, n, e.Text, by))
	}
	return bad("unknown effect")
}

// arrangementEvents makes plans, pauses, promises and settlements. What the
// debtor has to know of stays pending until the reply is sent.
func arrangementEvents(env Env, k *Case, e Effect, by ReplyID, n int) ([]Event, error) {
	st := k.Of()
	a := Arrangement{ID: DeriveID(env.ID, "arrangement", n), State: ArrPending, Rates: e.Rates, Total: e.Cents, Days: e.Days, Costs: e.Costs, Since: env.Today, By: by}
	bad := func(reason Reason, detail string) ([]Event, error) {
		return nil, refuse(reason, st, string(e.Kind)+": "+detail)
	}
	var out []Event
	// What binds stays until the new one binds: an offer is no agreement, and a
	// letter that was not sent changes nothing.
	beside := func(kind ArrangementKind) {
		if cur, ok := k.Binding(kind); ok {
			a.Supersedes = cur.ID
		}
	}
	switch e.Kind {
	case OfferPlan, AgreePlan, AmendPlan:
		a.Kind = ArrangePlan
		if detail := badRates(env, e); detail != "" {
			return bad(Invalid, detail)
		}
		if detail := overPolicy(env, e); detail != "" {
			return bad(LimitExceeded, detail)
		}
		a.OnSent = ArrOffered
		if e.Kind != OfferPlan {
			if e.Costs > 0 && k.CostNotice == 0 {
				return bad(CostNotice, "§ 13a Abs. 3 RDG")
			}
			a.OnSent, a.Days = ArrRunning, 0
		}
		beside(ArrangePlan)
	case GrantPause:
		a.Kind, a.Until, a.OnSent = ArrangePause, e.Until, ArrRunning
		if e.Until <= env.Today {
			return bad(Invalid, "until")
		}
		if env.Rules.PauseDays > 0 && int(e.Until-env.Today) > env.Rules.PauseDays {
			return bad(LimitExceeded, "pause")
		}
		beside(ArrangePause)
	case OfferSettlement:
		a.Kind, a.Until, a.OnSent = ArrangeSettlement, e.Date, ArrOffered
		if e.Cents <= 0 || e.Date <= env.Today {
			return bad(Invalid, "amount or date")
		}
		if detail := overAuthority(env, k, e); detail != "" {
			return bad(LimitExceeded, detail)
		}
		beside(ArrangeSettlement)
	case RecordPromise:
		a.Kind, a.Until, a.State, a.OnSent = ArrangePromise, e.Date, ArrRunning, ""
		if e.Date < env.Today {
			return bad(Invalid, "date")
		}
		if cur, ok := k.Current(ArrangePromise); ok { // the debtor's own word replaces his last
			out = append(out, Event{st, ArrangementMoved{Arrangement: cur.ID, State: ArrAmended, By: by, Why: string(e.Kind)}})
		}
	case EndPlan:
		i := slices.IndexFunc(k.Arrangements, func(x Arrangement) bool { return x.ID == e.Target && x.State.Live() })
		if i < 0 {
			return bad(NotFound, "plan")
		}
		return []Event{{st, ArrangementMoved{Arrangement: e.Target, State: ArrEnded, By: by, Why: e.Code}}}, nil
	default:
		return bad(Invalid, "unknown")
	}
	return append(out, Event{st, ArrangementMade{a}}), nil
}

// badRates says what is wrong with a schedule: it must sum to its total, rise
// in time, begin today or later.
func badRates(env Env, e Effect) string {
	if len(e.Rates) == 0 || len(e.Rates) > 600 {
		return "number of instalments"
	}
	sum, last := money.Cents(0), env.Today-1
	for _, r := range e.Rates {
		if r.Cents <= 0 || r.Due <= last {
			return "schedule"
		}
		sum, last = sum+r.Cents, r.Due
	}
	if sum != e.Cents {
		return "sum"
	}
	return ""
}

// overPolicy names the bound of the agency's policy that a schedule breaks.
func overPolicy(env Env, e Effect) string {
	p := env.Rules.Plan
	if p.MaxMonths > 0 && len(e.Rates) > p.MaxMonths {
		return "max_months"
	}
	if p.FirstWithinDays > 0 && int(e.Rates[0].Due-env.Today) > p.FirstWithinDays+5 { // +5: moved to a business day
		return "first_date"
	}
	for _, r := range e.Rates[:len(e.Rates)-1] {
		if r.Cents < p.MinMonthly {
			return "min_monthly"
		}
	}
	return ""
}

func personEvents(s Scope, env Env, e Effect, by ReplyID, n int) ([]Event, error) {
	st := e.Person.Stream()
	p := s.Persons[e.Person]
	if p == nil {
		return nil, refuse(NotFound, st, string(e.Kind))
	}
	switch e.Kind { //nolint:exhaustive // the caller sends these four
	case ChangeContact:
		if e.Text.IsZero() || e.Channel == "" {
			return nil, refuse(Invalid, st, "contact")
		}
		proof := e.Proof
		if proof == "" {
			proof = ProofClaimed
		}
		return []Event{{st, ContactAdded{Contact{
			ID: DeriveID(env.ID, "contact", n), Channel: e.Channel, Value: e.Text, Proof: proof, From: env.Today, By: by,
		}}}}, nil
	case AddressFailing:
		if !slices.ContainsFunc(p.Contacts, func(c Contact) bool { return c.ID == e.Target }) {
			return nil, refuse(NotFound, st, "contact")
		}
		return []Event{{st, ContactFailed{Contact: e.Target, Why: e.Code, By: by}}}, nil
	case MarkDeceased:
		if p.Deceased {
			return nil, nil
		}
		return []Event{{st, PersonDied{Date: e.Date, By: by}}}, nil
	}
	if p.Insolvent {
		return nil, nil
	}
	return []Event{{st, PersonInsolvent{Date: e.Date, By: by}}}, nil
}

// waiverEvents books what the creditor gives up. The booking's source is the
// approval, so that undoing it takes the booking back.
func waiverEvents(env Env, k *Case, e Effect, by ReplyID, n int) ([]Event, error) {
	if e.Cents <= 0 {
		return nil, refuse(Invalid, k.Of(), string(e.Kind)+": amount")
	}
	b := entry{ID: DeriveID(env.ID, "entry", n), Date: env.Today, Kind: ledger.Waiver, Cents: e.Cents, Part: ledger.PartCosts, Source: string(by)}
	if e.Kind == WriteOffRest {
		b.Kind, b.Part = ledger.WriteOff, ""
	}
	return []Event{{k.Of(), LedgerBooked{Entry: b, By: by}}}, nil
}

func cancelEvents(s Scope, e Effect) ([]Event, error) {
	r := s.Replies[ReplyID(e.Target)]
	switch {
	case r == nil:
		return nil, refuse(NotFound, ReplyID(e.Target).Stream(), "cancel_outbox")
	case r.State != ReplyApproved:
		return nil, refuse(AlreadyClaimed, ReplyID(e.Target).Stream(), string(r.State))
	}
	undo, ref := undoEvents(s, r, "cancelled")
	if ref != nil {
		return nil, ref
	}
	return append([]Event{{r.ID.Stream(), ReplyWentStale{"cancelled"}}}, undo...), nil
}
