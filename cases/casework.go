package cases

import (
	"errors"
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/deadline"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

// Requests about the course of a case: what is booked by hand, what a court did.
type (
	// BookByHand books a cost, a write-off, a waiver, or the reversal of one of
	// these. Payments come from statements. Its ID is set by it.
	BookByHand struct {
		Case    CaseID
		Entry   ledger.Entry
		Persons []PersonID // of the parties: whether a private debtor is asked
	}
	// RecordCourtStep says what a court did; the deadlines that the law attaches to
	// it start, those that it ends stop, and the stage follows.
	RecordCourtStep struct {
		Case CaseID
		Step CourtStep
		Date calendar.Date // when it was served, or came
		Text plain.Text    // court and file number, say; kept as a note
	}
)

// CourtStep is something that a court did.
type CourtStep string

// The steps.
const (
	OrderServed       CourtStep = "order_served"       // Mahnbescheid: § 692 Abs. 1 Nr. 3, § 701 ZPO
	OrderRefused      CourtStep = "order_refused"      // application rejected: § 691 Abs. 2 ZPO
	OrderContested    CourtStep = "order_contested"    // Widerspruch: § 694 ZPO
	ReasonsAsked      CourtStep = "reasons_asked"      // § 697 Abs. 1 ZPO
	EnforcementServed CourtStep = "enforcement_served" // Vollstreckungsbescheid: §§ 700, 339 ZPO
)

// CourtSteps lists them in their order.
func CourtSteps() []CourtStep {
	return []CourtStep{OrderServed, OrderContested, ReasonsAsked, OrderRefused, EnforcementServed}
}

// Class and Streams of these commands.
func (BookByHand) Class() CommandClass      { return Request }
func (RecordCourtStep) Class() CommandClass { return Request }

func (c BookByHand) Streams() []Stream      { return streams(c.Case, c.Persons) }
func (c RecordCourtStep) Streams() []Stream { return streams(c.Case) }

// decideByHand refuses what an account cannot hold, and costs of a private debtor
// above the cap (§ 13e RDG); the reckoning stands in the refusal.
func decideByHand(s Scope, env Env, c BookByHand) ([]Event, error) {
	k, st, e := s.Cases[c.Case], c.Case.Stream(), c.Entry
	bad := func(what string) ([]Event, error) { return nil, refuse(Invalid, st, "entry: "+what) }
	switch {
	case k == nil:
		return nil, refuse(NotFound, st, "")
	case k.Stage == StageClosed:
		return nil, refuse(CaseIsClosed, st, "")
	case e.Date == 0 || e.Date > env.Today:
		return bad("date")
	case e.Cents <= 0:
		return bad("amount")
	case len(e.Text) > maxCode:
		return bad("text")
	}
	private := k.private(s)
	switch e.Kind { //nolint:exhaustive // what is not booked by hand is refused
	case ledger.Cost:
		if e.CostKind == "" {
			return bad("kind of cost")
		}
		if e.CostKind == ledger.LumpSum && private { // § 288 Abs. 5 BGB
			return nil, refuse(LimitExceeded, st, "entry: § 288 Abs. 5 BGB")
		}
	case ledger.WriteOff, ledger.Waiver:
	case ledger.Reversal:
		i := slices.IndexFunc(k.Ledger.Entries, func(o entry) bool { return o.ID == e.Reverses })
		if i < 0 || !slices.Contains([]ledger.EntryKind{ledger.Cost, ledger.WriteOff, ledger.Waiver}, k.Ledger.Entries[i].Kind) {
			return bad("reverses")
		}
	default:
		return bad("kind")
	}
	e.ID, e.Source = DeriveID(env.ID, "entry", 0), string(s.Actor.User)
	l := k.Ledger
	l.Entries = append(slices.Clone(l.Entries), e)
	if err := ledger.Validate(l); err != nil {
		return bad("account")
	}
	if env.Rules.Costs != nil && private && e.Kind == ledger.Cost {
		if err := env.Rules.Costs.CheckLedger(l, k.Opened); err != nil {
			var over *costs.CapError
			if errors.As(err, &over) {
				return nil, refuse(LimitExceeded, st, "costs: "+over.Reckoning.String())
			}
			return nil, refuse(LimitExceeded, st, "costs: "+err.Error())
		}
	}
	return []Event{{st, LedgerBooked{Entry: e}}}, nil
}

// private reports whether § 13e RDG protects the debtor: a natural person, and no
// claim out of trade or profession. An unknown debtor counts as one.
func (c *Case) private(s Scope) bool {
	for _, p := range c.Parties {
		if who := s.Persons[p.Person]; p.Role == RoleDebtor && who != nil && !who.Natural() {
			return false
		}
	}
	return !slices.ContainsFunc(c.Ledger.Claims, func(k claim) bool { return k.Purpose == ledger.Business })
}

// courtClocks are the clocks that the next step of the court ends.
func courtClocks(step CourtStep) (ends []string) {
	switch step {
	case OrderContested:
		return []string{"court_objection", "court_order_window"}
	case EnforcementServed:
		return []string{"court_objection", "court_order_window", "claim_reasons"}
	case OrderServed:
		return []string{"sue_after_refusal"}
	case OrderRefused, ReasonsAsked:
	}
	return nil
}

func decideCourtStep(s Scope, env Env, c RecordCourtStep) ([]Event, error) {
	k, st := s.Cases[c.Case], c.Case.Stream()
	switch {
	case k == nil:
		return nil, refuse(NotFound, st, "")
	case k.Stage == StageClosed:
		return nil, refuse(CaseIsClosed, st, "")
	case !slices.Contains(CourtSteps(), c.Step):
		return nil, refuse(Invalid, st, "court: step")
	case c.Date == 0 || c.Date > env.Today:
		return nil, refuse(Invalid, st, "court: date")
	}
	type start struct {
		clock string
		kind  deadline.Kind
	}
	var starts []start
	stage := k.Stage
	switch c.Step {
	case OrderServed:
		stage = StageCourtOrder
		starts = []start{{"court_objection", deadline.Objection}, {"court_order_window", deadline.OrderExpiry}}
	case ReasonsAsked:
		starts = []start{{"claim_reasons", deadline.StatementClaim}}
	case OrderRefused:
		starts = []start{{"sue_after_refusal", deadline.SueAfterRefusal}}
	case EnforcementServed:
		stage = StageEnforcementOrder
		starts = []start{{"appeal", deadline.Opposition}}
	case OrderContested:
	}
	var out []Event
	for _, o := range k.Clocks {
		if !o.Stopped && slices.Contains(courtClocks(c.Step), o.Kind) {
			out = append(out, Event{st, ClockStopped{Clock: o.ID}})
		}
	}
	for i, x := range starts {
		d, err := deadline.Of(x.kind, c.Date, businessDays(env, k.Land))
		if err != nil {
			return nil, refuse(Invalid, st, "court: date")
		}
		if slices.ContainsFunc(k.Clocks, func(o Clock) bool { return o.Kind == x.clock && o.Started == c.Date }) {
			return nil, refuse(Exists, st, "court")
		}
		out = append(out, Event{st, ClockStarted{Clock{ID: DeriveID(env.ID, "clock", i), Kind: x.clock, Started: c.Date, Due: d.Ends, Source: d.Rule}}})
	}
	if stage != k.Stage {
		out = append(out, Event{st, StageSet{stage}})
	}
	if !c.Text.IsZero() {
		out = append(out, Event{st, note(env, s.Actor, 0, c.Text, "")})
	}
	return out, nil
}

// decideSetStage moves a case. Closing it wants words, and settles what would
// bring it back.
func decideSetStage(s Scope, env Env, c SetStage) ([]Event, error) {
	k, st := s.Cases[c.Case], c.Case.Stream()
	switch {
	case k == nil:
		return nil, refuse(NotFound, st, "")
	case !slices.Contains(Stages(), c.Stage):
		return nil, refuse(Invalid, st, "stage")
	case k.Stage == c.Stage:
		return nil, nil
	case c.Stage == StageClosed && c.Text.IsZero():
		return nil, refuse(Invalid, st, "stage: reason")
	case c.Stage == StageClosed && slices.ContainsFunc(k.Messages, func(m MessageLink) bool { return m.Open }):
		return nil, refuse(NeedsAnswer, st, "message")
	case c.Stage == StageClosed && slices.ContainsFunc(k.Clocks, func(o Clock) bool { return !o.Stopped }):
		return nil, refuse(NeedsAnswer, st, "clock")
	}
	out := []Event{{st, StageSet{c.Stage}}}
	if c.Stage == StageClosed {
		for _, f := range k.FollowUps {
			if !f.Done {
				out = append(out, Event{st, FollowUpDone{FollowUp: f.ID}})
			}
		}
	}
	if !c.Text.IsZero() {
		out = append(out, Event{st, note(env, s.Actor, 0, c.Text, "")})
	}
	return out, nil
}
