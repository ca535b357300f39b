package cases_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/casestest"
	"kontor/cases/costs"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

// What a court did starts and ends the deadlines of the law, and moves the stage.
func TestCourtSteps(t *testing.T) {
	t.Parallel()
	served := calendar.Of(2026, 11, 2)
	running := func(w *casestest.World) string {
		var out []string
		for _, k := range w.State.Cases[casestest.CaseID].Clocks {
			if !k.Stopped {
				out = append(out, k.Kind+" "+k.Due.String()+" "+k.Source)
			}
		}
		return strings.Join(out, "; ")
	}
	w := world(t)
	do := func(step cases.CourtStep, day calendar.Date) error {
		_, err := w.Do(casestest.Caseworker(), cases.RecordCourtStep{Case: casestest.CaseID, Step: step, Date: day, Text: plain.Line("AG Hamburg-Altona")})
		return err
	}
	must := func(step cases.CourtStep, day calendar.Date, want string, stage cases.Stage) {
		t.Helper()
		if err := do(step, day); err != nil {
			t.Fatal(err)
		}
		if got := running(w); got != want {
			t.Errorf("after %s: %q, want %q", step, got, want)
		}
		if got := w.State.Cases[casestest.CaseID].Stage; got != stage {
			t.Errorf("after %s the stage is %s, want %s", step, got, stage)
		}
	}
	before := w.State.Cases[casestest.CaseID].Stage
	must(cases.OrderRefused, served-10, "sue_after_refusal 2026-11-23 § 691 Abs. 2 ZPO", before)
	// Served on Monday 2 November: two weeks to Monday the 16th, six months to
	// Sunday 2 May 2027, moved to Monday.
	must(cases.OrderServed, served, "court_objection 2026-11-16 § 692 Abs. 1 Nr. 3 ZPO; court_order_window 2027-05-03 § 701 ZPO", cases.StageCourtOrder)
	wantRefusal(t, do(cases.OrderServed, served), cases.Exists)
	must(cases.ReasonsAsked, served+7, "court_objection 2026-11-16 § 692 Abs. 1 Nr. 3 ZPO; court_order_window 2027-05-03 § 701 ZPO; claim_reasons 2026-11-23 § 697 Abs. 1 ZPO", cases.StageCourtOrder)
	must(cases.EnforcementServed, served+20, "appeal 2026-12-07 §§ 700, 339 ZPO", cases.StageEnforcementOrder)
	wantRefusal(t, do("nonsense", served), cases.Invalid)
	wantRefusal(t, do(cases.OrderServed, w.Today()+1), cases.Invalid)

	w = world(t)
	if err := do(cases.OrderServed, served); err != nil {
		t.Fatal(err)
	}
	must(cases.OrderContested, served+3, "", cases.StageCourtOrder)
}

// A cost above the cap of § 13e RDG is refused on entry, with the reckoning; one
// at the cap is booked, also in two entries, and never twice.
func TestCostsAboveTheCapAreRefused(t *testing.T) {
	t.Parallel()
	tables, err := costs.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	w := world(t)
	w.Rules.Costs = tables
	k := w.State.Cases[casestest.CaseID]
	limit, err := tables.Cap(costs.Normal, k.Ledger.Claims[0].Principal, k.Opened)
	if err != nil {
		t.Fatal(err)
	}
	room := limit.Cap
	for _, e := range k.Ledger.Entries {
		if fee, ok := costs.FeeOf(e.CostKind); ok && fee == costs.Normal {
			room -= e.Cents
		}
	}
	book := func(e ledger.Entry) ([]cases.Event, error) {
		e.Date = w.Today()
		return w.Do(casestest.Caseworker(), cases.BookByHand{Case: casestest.CaseID, Entry: e, Persons: casestest.Persons()})
	}
	_, err = book(ledger.Entry{Kind: ledger.Cost, CostKind: ledger.CollectionFee, Cents: room + 1})
	wantRefusal(t, err, cases.LimitExceeded)
	var r *cases.Refusal
	if errors.As(err, &r) && !strings.Contains(r.Detail, limit.Cap.String()) {
		t.Errorf("the refusal shows no reckoning: %q", r.Detail)
	}
	ev, err := book(ledger.Entry{Kind: ledger.Cost, CostKind: ledger.CollectionFee, Cents: room})
	if err != nil {
		t.Fatal(err)
	}
	_, err = book(ledger.Entry{Kind: ledger.Cost, CostKind: ledger.CollectionExp, Cents: 1})
	wantRefusal(t, err, cases.LimitExceeded)
	_, err = book(ledger.Entry{Kind: ledger.Cost, CostKind: ledger.LumpSum, Cents: 4000})
	wantRefusal(t, err, cases.LimitExceeded)
	if _, err = book(ledger.Entry{Kind: ledger.Cost, CostKind: ledger.CourtFee, Cents: 3600}); err != nil {
		t.Errorf("an outlay: %v", err)
	}
	id := ev[0].Body.(cases.LedgerBooked).Entry.ID //nolint:errcheck,forcetypeassert // the test fails either way
	if _, err = book(ledger.Entry{Kind: ledger.Reversal, Reverses: id, Cents: room}); err != nil {
		t.Errorf("taking it back: %v", err)
	}
	if _, err = book(ledger.Entry{Kind: ledger.Cost, CostKind: ledger.CollectionExp, Cents: 1}); err != nil {
		t.Errorf("what was taken back still counts: %v", err)
	}
	for name, e := range map[string]ledger.Entry{
		"a payment":         {Kind: ledger.Payment, Cents: 100},
		"nothing":           {Kind: ledger.Cost, CostKind: ledger.CourtFee},
		"an unknown claim":  {Kind: ledger.WriteOff, Cents: 100, ClaimID: "nonsense"},
		"a reversal of air": {Kind: ledger.Reversal, Cents: 100, Reverses: "nonsense"},
		"no kind of cost":   {Kind: ledger.Cost, Cents: 100},
	} {
		if _, err := book(e); !errors.Is(err, &cases.Refusal{Reason: cases.Invalid}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A firm's debts have no such cap.
	for i := range w.State.Cases[casestest.CaseID].Ledger.Claims {
		w.State.Cases[casestest.CaseID].Ledger.Claims[i].Purpose = ledger.Business
	}
	if _, err := book(ledger.Entry{Kind: ledger.Cost, CostKind: ledger.LumpSum, Cents: 4000}); err != nil {
		t.Errorf("the lump sum against a firm: %v", err)
	}
}

// A case is closed with a reason, when nothing of it waits for an answer; what
// would bring it back is settled.
func TestClosingACase(t *testing.T) {
	t.Parallel()
	w := world(t)
	stage := func(to cases.Stage, why string) error {
		_, err := w.Do(casestest.Caseworker(), cases.SetStage{Case: casestest.CaseID, Stage: to, Text: plain.Line(why)})
		return err
	}
	k := func() *cases.Case { return w.State.Cases[casestest.CaseID] }
	if _, err := w.Do(casestest.Caseworker(), cases.ChangeCase{Case: casestest.CaseID, Effects: []cases.Effect{{Kind: cases.SetFollowUp, Code: "next_step", Date: w.Today() + 3}}}); err != nil {
		t.Fatal(err)
	}
	receive(t, w, "m1", cases.Other)
	wantRefusal(t, stage(cases.StageClosed, ""), cases.Invalid)
	wantRefusal(t, stage(cases.StageClosed, "bezahlt"), cases.NeedsAnswer)
	approve(t, w, "r1", w.Approval("m1"))
	if err := stage(cases.StageClosed, "bezahlt"); err != nil {
		t.Fatal(err)
	}
	if k().Stage != cases.StageClosed || slices.ContainsFunc(k().FollowUps, func(f cases.FollowUp) bool { return !f.Done }) {
		t.Errorf("closed is %s with %+v", k().Stage, k().FollowUps)
	}
	if n := k().Notes; len(n) == 0 || n[len(n)-1].Text.String() != "bezahlt" {
		t.Errorf("the reason is not kept: %+v", n)
	}
	_, err := w.Do(casestest.Caseworker(), cases.RecordCourtStep{Case: casestest.CaseID, Step: cases.OrderServed, Date: w.Today()})
	wantRefusal(t, err, cases.CaseIsClosed)
	if err := stage(cases.StageCollection, ""); err != nil || k().Stage != cases.StageCollection {
		t.Errorf("opened again: %v, %s", err, k().Stage)
	}
}
