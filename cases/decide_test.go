package cases_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/casestest"
	"kontor/cases/ledger"
	"kontor/cases/plain"
	"kontor/cases/plan"
	"kontor/cases/record"
)

func world(t testing.TB) *casestest.World {
	t.Helper()
	w := casestest.NewWorld()
	if err := w.Open(); err != nil {
		t.Fatal(err)
	}
	return w
}

func receive(t testing.TB, w *casestest.World, id cases.MessageID, intent cases.Intent) {
	t.Helper()
	if err := w.Receive(id, intent, "kann ich 50 im Monat zahlen?"); err != nil {
		t.Fatal(err)
	}
}

func approve(t testing.TB, w *casestest.World, id cases.ReplyID, a cases.Approval) {
	t.Helper()
	if _, err := w.Do(casestest.Caseworker(), cases.ApproveReply{Reply: id, Approval: a, Persons: casestest.Persons()}); err != nil {
		t.Fatal(err)
	}
}

func wantRefusal(t *testing.T, err error, reason cases.Reason) {
	t.Helper()
	if !errors.Is(err, &cases.Refusal{Reason: reason}) {
		t.Fatalf("got %v, want refusal %s", err, reason)
	}
}

func withdraw(r cases.ReplyID, m ...cases.MessageID) cases.WithdrawReply {
	return cases.WithdrawReply{Reply: r, Case: casestest.CaseID, Messages: m, Persons: casestest.Persons()}
}

func claimCmd(r cases.ReplyID, m ...cases.MessageID) cases.ClaimReply {
	return cases.ClaimReply{Reply: r, Case: casestest.CaseID, Messages: m, Persons: casestest.Persons()}
}

func TestReplyLife(t *testing.T) {
	w := world(t)
	receive(t, w, "m1", cases.InstallmentRequest)
	approve(t, w, "r1", w.Approval("m1"))
	if got := w.State.Messages["m1"].State; got != cases.MessageAnswered {
		t.Fatalf("message is %s, want answered", got)
	}
	_, err := w.Do(casestest.Machine(), claimCmd("r1", "m1"))
	wantRefusal(t, err, cases.UndoWindow)
	w.Now = w.Now.Add(16 * time.Second)
	do := func(c cases.Command) []cases.Event {
		t.Helper()
		ev, err := w.Do(casestest.Machine(), c)
		if err != nil {
			t.Fatal(err)
		}
		return ev
	}
	do(claimCmd("r1", "m1"))
	_, err = w.Do(casestest.Caseworker(), withdraw("r1", "m1"))
	wantRefusal(t, err, cases.AlreadyClaimed)
	if ev := do(cases.ReportSent{Reply: "r1", Case: casestest.CaseID, Attempt: 1, Code: 250}); len(ev) != 0 {
		t.Fatalf("sent before the dot was recorded: %v", ev)
	}
	do(cases.ReportDot{Reply: "r1", Attempt: 1})
	if ev := do(cases.ReportNotSent{Reply: "r1", Case: casestest.CaseID, Attempt: 1, Temporary: true}); len(ev) != 0 {
		t.Fatalf("an answer lost behind the dot was taken for not sent: %v", ev)
	}
	do(cases.ReportSent{Reply: "r1", Case: casestest.CaseID, Attempt: 1, Code: 250})
	if ev := do(cases.ReportSent{Reply: "r1", Case: casestest.CaseID, Attempt: 1, Code: 250}); len(ev) != 0 {
		t.Fatalf("sent twice: %v", ev)
	}
	if got := w.State.Replies["r1"].State; got != cases.ReplySent {
		t.Fatalf("reply is %s, want sent", got)
	}
}

func TestOnlyAPersonApproves(t *testing.T) {
	w := world(t)
	receive(t, w, "m1", cases.InstallmentRequest)
	for _, a := range []cases.Actor{casestest.Machine(), {Device: "d1"}, {User: "u1", Machine: true}} {
		_, err := w.Do(a, cases.ApproveReply{Reply: "r1", Approval: w.Approval("m1"), Persons: casestest.Persons()})
		wantRefusal(t, err, cases.NotAPerson)
	}
}

// What voids an approval, before the key and before the claim.
func TestStale(t *testing.T) {
	hold := cases.ChangeCase{Case: casestest.CaseID, Effects: []cases.Effect{{Kind: cases.PlaceHold, Hold: cases.HoldDunning, Code: "other"}}}
	pay := cases.OpenCase{
		Case: casestest.CaseID, Reference: "K-2026-000318", Stage: cases.StageDunning,
		Entries: []ledger.Entry{{ID: "e1", Date: calendar.Of(2026, 11, 23), Kind: ledger.Payment, Cents: 5000}},
	}
	note := cases.ChangeCase{Case: casestest.CaseID, Effects: []cases.Effect{{Kind: cases.AddNote, Text: plain.Line("rief an")}}}
	address := cases.RecordPerson{Person: casestest.Debtor, Facts: cases.PersonFacts{External: "D-1", Name: plain.Line("Jana Muster-Neu")}}
	for _, tc := range []struct {
		name string
		do   cases.Command
		why  string // empty: does not void
	}{
		{"hold", hold, "hold"},
		{"payment", pay, "payment"},
		{"note", note, ""},
		{"person", address, "person"},
	} {
		t.Run(tc.name+" before approval", func(t *testing.T) {
			w := world(t)
			receive(t, w, "m1", cases.InstallmentRequest)
			a := w.Approval("m1")
			if _, err := w.Do(casestest.Caseworker(), tc.do); err != nil {
				t.Fatal(err)
			}
			_, err := w.Do(casestest.Caseworker(), cases.ApproveReply{Reply: "r1", Approval: a, Persons: casestest.Persons()})
			if tc.why == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if !errors.Is(err, &cases.Refusal{Reason: cases.Stale, Detail: tc.why}) {
				t.Fatalf("got %v, want stale (%s)", err, tc.why)
			}
		})
		t.Run(tc.name+" before claim", func(t *testing.T) {
			w := world(t)
			receive(t, w, "m1", cases.InstallmentRequest)
			approve(t, w, "r1", w.Approval("m1"))
			if _, err := w.Do(casestest.Caseworker(), tc.do); err != nil {
				t.Fatal(err)
			}
			w.Now = w.Now.Add(time.Minute)
			if _, err := w.Do(casestest.Machine(), claimCmd("r1", "m1")); err != nil {
				t.Fatal(err)
			}
			r, m := w.State.Replies["r1"], w.State.Messages["m1"]
			if tc.why == "" {
				if r.State != cases.ReplyClaimed {
					t.Fatalf("reply is %s, want claimed", r.State)
				}
				return
			}
			if r.State != cases.ReplyStale || r.Why != tc.why || m.State != cases.MessageOpen {
				t.Fatalf("reply %s (%s), message %s; want stale (%s), open", r.State, r.Why, m.State, tc.why)
			}
		})
	}
}

func TestAnotherReplyVoids(t *testing.T) {
	w := world(t)
	receive(t, w, "m1", cases.InstallmentRequest)
	receive(t, w, "m2", cases.InstallmentRequest)
	stale := w.Approval("m2")
	approve(t, w, "r1", w.Approval("m1"))
	_, err := w.Do(casestest.Caseworker(), cases.ApproveReply{Reply: "r2", Approval: stale, Persons: casestest.Persons()})
	if !errors.Is(err, &cases.Refusal{Reason: cases.Stale, Detail: "reply"}) {
		t.Fatalf("got %v, want stale by reply", err)
	}
	other := w.Approval()
	other.To, other.ToAddr, other.Seen[0].Replies = casestest.Creditor, "mandat@velura.example.com", 0
	approve(t, w, "r3", other) // to somebody else: both stand
	w.Now = w.Now.Add(time.Minute)
	if _, err := w.Do(casestest.Machine(), claimCmd("r1", "m1")); err != nil || w.State.Replies["r1"].State != cases.ReplyClaimed {
		t.Fatalf("reply is %s, %v; want claimed", w.State.Replies["r1"].State, err)
	}
}

func TestApprovalAges(t *testing.T) {
	w := world(t)
	receive(t, w, "m1", cases.InstallmentRequest)
	approve(t, w, "r1", w.Approval("m1")) // Tuesday
	review := cases.ReviewReply{Reply: "r1", Case: casestest.CaseID, Messages: []cases.MessageID{"m1"}, Persons: casestest.Persons()}
	w.Now = time.Date(2026, 11, 26, 23, 0, 0, 0, casestest.Berlin()) // Thursday: two working days
	if _, err := w.Do(casestest.Machine(), review); err != nil || w.State.Replies["r1"].State != cases.ReplyApproved {
		t.Fatalf("reply is %s, %v; want approved", w.State.Replies["r1"].State, err)
	}
	w.Now = w.Now.Add(2 * time.Hour)
	if _, err := w.Do(casestest.Machine(), review); err != nil {
		t.Fatal(err)
	}
	if r := w.State.Replies["r1"]; r.State != cases.ReplyStale || r.Why != "aged" {
		t.Fatalf("reply is %s (%s), want stale (aged)", r.State, r.Why)
	}
}

func TestRightPartyAndRecipient(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*casestest.World, *cases.Approval)
		want   cases.Reason
	}{
		{"address not on file", func(_ *casestest.World, a *cases.Approval) { a.ToAddr = "other@example.net" }, cases.RecipientDiffers},
		{"not a party", func(_ *casestest.World, a *cases.Approval) { a.To = "p9" }, cases.NotFound},
		{"claim data to a new address", func(_ *casestest.World, a *cases.Approval) { a.ToAddr, a.OtherAddress = "other@example.net", true }, cases.RightParty},
		{"unconfirmed sender", func(w *casestest.World, _ *cases.Approval) { w.State.Messages["m1"].Match.Right = cases.PartyUnknown }, cases.RightParty},
		{"denied", func(w *casestest.World, _ *cases.Approval) {
			w.State.Cases[casestest.CaseID].RightParty = cases.PartyDenied
		}, cases.RightParty},
		{"blocking finding", func(_ *casestest.World, a *cases.Approval) {
			a.Findings = []cases.TextFinding{{Rule: "threat", Severity: "block"}}
		}, cases.TextFindings},
		{"an absence note", func(w *casestest.World, _ *cases.Approval) { w.State.Messages["m1"].Mail.Kind = cases.KindAuto }, cases.NoAnswer},
		{"a bounce", func(w *casestest.World, _ *cases.Approval) { w.State.Messages["m1"].Mail.Kind = cases.KindBounce }, cases.NoAnswer},
		{"read as automatic", func(w *casestest.World, _ *cases.Approval) { w.State.Messages["m1"].Class.Intent = cases.AutoReply }, cases.NoAnswer},
		{"header injection", func(_ *casestest.World, a *cases.Approval) { a.ToAddr = "a@example.org\r\nBcc: b@example.org" }, cases.Invalid},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := world(t)
			receive(t, w, "m1", cases.InstallmentRequest)
			a := w.Approval("m1")
			tc.change(w, &a)
			_, err := w.Do(casestest.Caseworker(), cases.ApproveReply{Reply: "r1", Approval: a, Persons: casestest.Persons()})
			wantRefusal(t, err, tc.want)
		})
	}
}

func TestDemandsAreBlocked(t *testing.T) {
	effect := func(e cases.Effect) func(*casestest.World) error {
		return func(w *casestest.World) error {
			_, err := w.Do(casestest.Caseworker(), cases.ChangeCase{Case: casestest.CaseID, Effects: []cases.Effect{e}, Persons: casestest.Persons()})
			return err
		}
	}
	for _, tc := range []struct {
		name, why string
		do        func(*casestest.World) error
	}{
		{"dispute", "dispute", effect(cases.Effect{Kind: cases.RecordObjection, Dispute: "returned"})},
		{"hold", "inquiry", effect(cases.Effect{Kind: cases.PlaceHold, Hold: cases.HoldDunning, Code: "inquiry"})},
		{"deceased", "deceased", effect(cases.Effect{Kind: cases.MarkDeceased, Person: casestest.Debtor})},
		{"insolvent", "insolvency", effect(cases.Effect{Kind: cases.MarkInsolvent, Person: casestest.Debtor})},
		{"represented", "represented", effect(cases.Effect{Kind: cases.MarkRepresented, Person: "p3", Role: cases.RoleRepresentative})},
		{"not the debtor", "not_debtor", effect(cases.Effect{Kind: cases.SetRightParty, Right: cases.PartyDenied})},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := world(t)
			if err := tc.do(w); err != nil {
				t.Fatal(err)
			}
			a := w.Approval()
			a.Template.Demand, a.Template.ClaimData = true, false
			_, err := w.Do(casestest.Caseworker(), cases.ApproveReply{Reply: "r1", Approval: a, Persons: casestest.Persons()})
			if !errors.Is(err, &cases.Refusal{Reason: cases.Blocked, Detail: tc.why}) {
				t.Fatalf("got %v, want blocked (%s)", err, tc.why)
			}
		})
	}
	t.Run("14 days", func(t *testing.T) {
		w := world(t)
		a := w.Approval()
		a.Template.Demand = true
		approve(t, w, "r1", a)
		w.Now = w.Now.AddDate(0, 0, 13)
		b := w.Approval()
		b.Template.Demand = true
		_, err := w.Do(casestest.Caseworker(), cases.ApproveReply{Reply: "r2", Approval: b, Persons: casestest.Persons()})
		wantRefusal(t, err, cases.TooSoon)
	})
}

func offer(w *casestest.World) cases.Effect {
	return cases.Effect{Kind: cases.OfferPlan, Cents: 15000, Days: 14, Rates: []plan.Rate{
		{No: 1, Due: w.Today() + 10, Cents: 5000}, {No: 2, Due: w.Today() + 40, Cents: 5000}, {No: 3, Due: w.Today() + 70, Cents: 5000},
	}}
}

func TestOfferCountsFromSent(t *testing.T) {
	w := world(t)
	receive(t, w, "m1", cases.InstallmentRequest)
	a := w.Approval("m1")
	a.Effects = []cases.Effect{offer(w)}
	_, err := w.Do(casestest.Caseworker(), cases.ApproveReply{Reply: "r0", Approval: a, Persons: casestest.Persons()})
	wantRefusal(t, err, cases.CostNotice) // § 13a Abs. 3 RDG
	a.Template.CostNotice = true
	approve(t, w, "r1", a)
	arr := func() cases.Arrangement { return w.State.Cases[casestest.CaseID].Arrangements[0] }
	if arr().State != cases.ArrPending {
		t.Fatalf("offer is %s before sent, want pending", arr().State)
	}
	w.Now = w.Now.Add(time.Minute)
	for _, c := range []cases.Command{
		claimCmd("r1", "m1"),
		cases.ReportDot{Reply: "r1", Attempt: 1},
		cases.ReportSent{Reply: "r1", Case: casestest.CaseID, Attempt: 1, Code: 250},
	} {
		if _, err := w.Do(casestest.Machine(), c); err != nil {
			t.Fatal(err)
		}
	}
	if arr().State != cases.ArrOffered || arr().Expires != w.Today()+14 || w.State.Cases[casestest.CaseID].CostNotice != w.Today() {
		t.Fatalf("after sent: %+v", arr())
	}
	w.Now = w.Now.AddDate(0, 0, 15)
	if _, err := w.Do(casestest.Machine(), cases.PassDay{Case: casestest.CaseID}); err != nil {
		t.Fatal(err)
	}
	if arr().State != cases.ArrLapsed {
		t.Fatalf("offer is %s after its end, want lapsed", arr().State)
	}
}

func TestLimits(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*cases.Effect)
		want   cases.Reason
	}{
		{"rate too small", func(e *cases.Effect) { e.Rates[0].Cents, e.Rates[1].Cents, e.Rates[2].Cents = 1000, 7000, 7000 }, cases.LimitExceeded},
		{"sum differs", func(e *cases.Effect) { e.Cents++ }, cases.Invalid},
		{"dates fall", func(e *cases.Effect) { e.Rates[1].Due = e.Rates[0].Due }, cases.Invalid},
		{"no rates", func(e *cases.Effect) { e.Rates = nil }, cases.Invalid},
		{"costs without notice", func(e *cases.Effect) { e.Kind, e.Costs = cases.AgreePlan, 100 }, cases.CostNotice},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := world(t)
			a := w.Approval()
			a.Template.CostNotice = true
			e := offer(w)
			tc.change(&e)
			a.Effects = []cases.Effect{e}
			_, err := w.Do(casestest.Caseworker(), cases.ApproveReply{Reply: "r1", Approval: a, Persons: casestest.Persons()})
			wantRefusal(t, err, tc.want)
		})
	}
}

func TestFinishNeedsAnswer(t *testing.T) {
	for intent, refused := range map[cases.Intent]bool{
		cases.DataRequest: true, cases.InformationRequest: true, cases.Dispute: true, cases.Complaint: true,
		cases.Other: false, cases.PaymentPromise: false,
	} {
		w := world(t)
		receive(t, w, "m1", intent)
		_, err := w.Do(casestest.Caseworker(), cases.FinishMessage{Message: "m1", Case: casestest.CaseID, Person: casestest.Debtor, Reason: "erledigt"})
		if refused {
			wantRefusal(t, err, cases.NeedsAnswer)
		} else if err != nil {
			t.Errorf("%s: %v", intent, err)
		}
	}
}

func TestProposalsYieldToPersons(t *testing.T) {
	w := world(t)
	receive(t, w, "m1", cases.Other)
	if _, err := w.Do(casestest.Caseworker(), cases.CorrectMessage{Message: "m1", Case: casestest.CaseID, Intent: cases.Dispute}); err != nil {
		t.Fatal(err)
	}
	ev, err := w.Do(casestest.Machine(), cases.ProposeClass{Message: "m1", Case: casestest.CaseID, Reading: cases.Classification{Intent: cases.Paid, Engine: "llm"}})
	if err != nil || len(ev) != 0 {
		t.Fatalf("a late proposal gave %v, %v", ev, err)
	}
	ev, err = w.Do(casestest.Machine(), cases.ProposeMatch{Message: "m1", Match: cases.Match{Case: "c9"}})
	if err != nil || len(ev) != 0 {
		t.Fatalf("a late match gave %v, %v", ev, err)
	}
}

func TestReceiveIsIdempotent(t *testing.T) {
	w := world(t)
	mail := cases.Mail{RFCMessageID: "x@example.org", Own: plain.Clean("hallo"), Kind: cases.KindReply}
	first := cases.ReceiveMessage{Message: "m1", Received: w.Now, Mail: mail, Place: cases.Place{Account: "a", Mailbox: "INBOX", UIDValidity: 1, UID: 7}}
	moved := first
	moved.Place.UIDValidity = 2
	twin := cases.ReceiveMessage{Message: "m2", Received: w.Now, Mail: mail, Twin: "m1", Place: cases.Place{Account: "b", Mailbox: "INBOX", UIDValidity: 1, UID: 9}}
	want := []int{1, 0, 1, 0, 1, 0}
	for i, c := range []cases.ReceiveMessage{first, first, moved, moved, twin, twin} {
		ev, err := w.Do(casestest.Machine(), c)
		if err != nil || len(ev) != want[i] {
			t.Fatalf("step %d: %d events, %v; want %d", i, len(ev), err, want[i])
		}
	}
	if len(w.State.Messages) != 1 || len(w.State.Messages["m1"].Places) != 3 {
		t.Fatalf("messages %d, places %v", len(w.State.Messages), w.State.Messages["m1"].Places)
	}
}

// Random work: after any commands the folded facts give the state that Decide
// saw, a refused command changes nothing, deciding twice gives the same bytes,
// and undoing gives back the case as it was.
func TestDecideProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := casestest.NewWorld()
		if err := w.Open(); err != nil {
			rt.Fatal(err)
		}
		n := rapid.IntRange(1, 30).Draw(rt, "steps")
		for i := range n {
			cmd, actor := drawCommand(rt, w, i)
			before := w.State
			scope := w.Scope(actor, cmd)
			env := cases.Env{Now: w.Now, Today: w.Today(), ID: cases.CommandID("twice"), Rules: w.Rules}
			a, errA := cases.Decide(scope, env, cmd)
			b, errB := cases.Decide(scope, env, cmd)
			if !reflect.DeepEqual(encode(rt, a), encode(rt, b)) || (errA == nil) != (errB == nil) {
				rt.Fatalf("%T decided twice differs", cmd)
			}
			if errA != nil && len(a) > 0 {
				rt.Fatalf("%T refused with events", cmd)
			}
			if cmd.Class() != cases.Request && errA != nil {
				rt.Fatalf("%T is no request and was refused: %v", cmd, errA)
			}
			if _, err := w.Do(actor, cmd); err != nil && !reflect.DeepEqual(before, w.State) {
				rt.Fatalf("%T was refused and changed the state", cmd)
			}
			w.Now = w.Now.Add(time.Duration(rapid.IntRange(0, 40).Draw(rt, "seconds")) * time.Second)
		}
		again := cases.NewScope(w.State.Actor)
		for _, f := range w.Log {
			p, err := record.Encode(f.Body)
			if err != nil {
				rt.Fatal(err)
			}
			body, err := record.Decode(f.Body.Type(), p)
			if err != nil {
				rt.Fatal(err)
			}
			again = again.Fold([]cases.Event{{Stream: f.Stream, Body: body}})
		}
		if !reflect.DeepEqual(normal(again), normal(w.State)) {
			rt.Fatal("folding the record does not give the state")
		}
	})
}

func encode(t *rapid.T, ev []cases.Event) [][]byte {
	var out [][]byte
	for _, e := range ev {
		b, err := record.Encode(e.Body)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, append([]byte(e.Stream.String()), b...))
	}
	return out
}

// normal compares states by their summaries and versions: empty and nil lists
// are the same state.
func normal(s cases.Scope) map[cases.Stream]string {
	rates, _ := ledger.ShippedRates()
	out := map[cases.Stream]string{}
	add := func(st cases.State) {
		out[st.Of()] = string(cases.Summarise(st, calendar.Of(2026, 11, 24), ledger.Rules{Rates: rates}))
	}
	for _, v := range s.Cases {
		add(v)
	}
	for _, v := range s.Persons {
		add(v)
	}
	for _, v := range s.Messages {
		add(v)
	}
	for _, v := range s.Replies {
		add(v)
	}
	return out
}

func drawCommand(t *rapid.T, w *casestest.World, i int) (cases.Command, cases.Actor) {
	msg := cases.MessageID(rapid.SampledFrom([]string{"m1", "m2", "m3"}).Draw(t, "message"))
	rep := cases.ReplyID(rapid.SampledFrom([]string{"r1", "r2", "r3"}).Draw(t, "reply"))
	attempt := rapid.IntRange(1, 3).Draw(t, "attempt")
	me, machine := casestest.Caseworker(), casestest.Machine()
	// What a command about a reply names is what the desk would name.
	ms := []cases.MessageID{"m1", "m2", "m3"}
	switch rapid.IntRange(0, 15).Draw(t, "command") {
	case 0:
		return cases.ReceiveMessage{Message: msg, Received: w.Now, Mail: cases.Mail{Kind: cases.KindReply, Own: plain.Line("hallo")}, Place: cases.Place{UID: uint32(i)}}, machine
	case 1:
		return cases.ProposeMatch{Message: msg, Match: cases.Match{Case: casestest.CaseID, Person: casestest.Debtor, Score: 90, Right: cases.PartyConfirmed}}, machine
	case 2:
		return cases.ProposeClass{Message: msg, Reading: cases.Classification{Intent: rapid.SampledFrom(cases.Intents()).Draw(t, "intent"), Flags: []cases.Flag{cases.Vulnerable}}}, machine
	case 3, 4, 5:
		a := w.Approval(msg)
		a.Template.CostNotice = true
		a.Template.Demand = rapid.Bool().Draw(t, "demand")
		a.Effects = drawEffects(t, w)
		return cases.ApproveReply{Reply: rep, Approval: a, Persons: casestest.Persons()}, me
	case 6:
		return withdraw(rep, ms...), me
	case 7, 8:
		return claimCmd(rep, ms...), machine
	case 9:
		return cases.ReportDot{Reply: rep, Attempt: attempt}, machine
	case 10:
		return cases.ReportSent{Reply: rep, Case: casestest.CaseID, Attempt: attempt, Code: 250}, machine
	case 11:
		return cases.ReportNotSent{Reply: rep, Case: casestest.CaseID, Attempt: attempt, Code: 451, Temporary: rapid.Bool().Draw(t, "temporary"), Next: w.Now}, machine
	case 12:
		return cases.ReportUnknown{Reply: rep, Case: casestest.CaseID, Attempt: attempt, Why: "connection"}, machine
	case 13:
		return cases.SettleReply{Reply: rep, Case: casestest.CaseID, Messages: ms, Persons: casestest.Persons(), Choice: rapid.SampledFrom([]string{"sent", "again", "give_up", "?"}).Draw(t, "choice")}, me
	case 14:
		return cases.ChangeCase{Case: casestest.CaseID, Effects: drawEffects(t, w), Persons: casestest.Persons()}, me
	}
	return cases.FinishMessage{Message: msg, Case: casestest.CaseID, Person: casestest.Debtor, Reason: "erledigt"}, me
}

func drawEffects(t *rapid.T, w *casestest.World) []cases.Effect {
	all := []cases.Effect{
		offer(w),
		{Kind: cases.GrantPause, Until: w.Today() + 30},
		{Kind: cases.RecordPromise, Date: w.Today() + 7, Cents: 5000},
		{Kind: cases.RecordObjection, Dispute: "returned"},
		{Kind: cases.PlaceHold, Hold: cases.HoldDunning, Code: "dispute"},
		{Kind: cases.SetFollowUp, Date: w.Today() + 14, Code: "answer"},
		{Kind: cases.AddNote, Text: plain.Line("Notiz")},
		{Kind: cases.InquireCreditor},
		{Kind: cases.StartClock, Code: "data_request", Until: w.Today() + 30},
		{Kind: cases.WaiveCosts, Cents: 100},
		{Kind: cases.MarkDeceased, Person: casestest.Debtor},
		{Kind: cases.ChangeContact, Person: casestest.Debtor, Channel: cases.Postal, Text: plain.Line("Neue Str. 1, 20095 Hamburg")},
		{Kind: cases.SetRightParty, Right: cases.PartyConfirmed},
	}
	return rapid.SliceOfN(rapid.SampledFrom(all), 0, 3).Draw(t, "effects")
}

// Every effect of an approval is undone with it.
func TestUndoGivesBackTheCase(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := casestest.NewWorld()
		if err := w.Open(); err != nil {
			rt.Fatal(err)
		}
		if err := w.Receive("m1", cases.InstallmentRequest, "hallo"); err != nil {
			rt.Fatal(err)
		}
		a := w.Approval("m1")
		a.Template.CostNotice = true
		a.Template.Demand = rapid.Bool().Draw(rt, "demand")
		a.Effects = drawEffects(rt, w)
		before := normal(w.State)
		if _, err := w.Do(casestest.Caseworker(), cases.ApproveReply{Reply: "r1", Approval: a, Persons: casestest.Persons()}); err != nil {
			return // refused: covered above
		}
		if _, err := w.Do(casestest.Caseworker(), withdraw("r1", "m1")); err != nil {
			rt.Fatal(err)
		}
		after := normal(w.State)
		delete(after, cases.ReplyID("r1").Stream())
		if !reflect.DeepEqual(before, after) {
			rt.Fatalf("undo left something behind with effects %+v", a.Effects)
		}
	})
}

func TestEveryEventTypeIsInTheRecord(t *testing.T) {
	for n, b := range cases.Bodies() {
		if b.Type() != n {
			t.Errorf("type %d says %d", n, b.Type())
		}
		p, err := record.Encode(b)
		if err != nil {
			t.Fatal(err)
		}
		back, err := record.Decode(n, p)
		if err != nil || reflect.TypeOf(back) != reflect.TypeOf(b) {
			t.Errorf("type %d reads back as %T, %v", n, back, err)
		}
	}
	if _, err := record.Decode(9999, []byte{1, '{', '}'}); !errors.Is(err, record.ErrNewer) {
		t.Errorf("an unknown type gives %v, want ErrNewer", err)
	}
	if _, err := record.Decode(cases.TypeNoteAdded, []byte{99, '{', '}'}); !errors.Is(err, record.ErrNewer) {
		t.Errorf("a newer version gives %v, want ErrNewer", err)
	}
	if _, err := record.Decode(cases.TypeNoteAdded, nil); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("nothing gives %v, want ErrDamaged", err)
	}
}
