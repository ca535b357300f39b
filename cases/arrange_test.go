package cases_test

import (
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/casestest"
	"kontor/cases/plain"
	"kontor/cases/plan"
)

// send approves a reply with effects on the sample case and delivers it.
func send(t testing.TB, w *casestest.World, id cases.ReplyID, effects ...cases.Effect) {
	t.Helper()
	a := w.Approval()
	a.Template.CostNotice = true
	a.Effects = effects
	approve(t, w, id, a)
	deliver(t, w, id, true)
}

// deliver ends an approved reply: sent, or refused by the server.
func deliver(t testing.TB, w *casestest.World, id cases.ReplyID, sent bool) {
	t.Helper()
	w.Now = w.Now.Add(time.Minute)
	last := cases.Command(cases.ReportSent{Reply: id, Case: casestest.CaseID, Attempt: 1, Code: 250})
	if !sent {
		last = cases.ReportNotSent{Reply: id, Case: casestest.CaseID, Attempt: 1, Code: 550}
	}
	for _, c := range []cases.Command{claimCmd(id), cases.ReportDot{Reply: id, Attempt: 1}, last} {
		if _, err := w.Do(casestest.Machine(), c); err != nil {
			t.Fatal(err)
		}
	}
}

// plans lists the states of the sample case's plans, oldest first.
func plans(w *casestest.World) []cases.ArrangementState {
	var out []cases.ArrangementState
	for _, a := range w.State.Cases[casestest.CaseID].Arrangements {
		out = append(out, a.State)
	}
	return out
}

func wantPlans(t *testing.T, w *casestest.World, want ...cases.ArrangementState) {
	t.Helper()
	got := plans(w)
	if len(got) != len(want) {
		t.Fatalf("plans are %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("plans are %v, want %v", got, want)
		}
	}
}

func smaller(w *casestest.World) cases.Effect {
	return cases.Effect{Kind: cases.OfferPlan, Cents: 9000, Days: 14, Rates: []plan.Rate{
		{No: 1, Due: w.Today() + 10, Cents: 3000}, {No: 2, Due: w.Today() + 40, Cents: 3000}, {No: 3, Due: w.Today() + 70, Cents: 3000},
	}}
}

// runs puts a running plan of three times 50 € on the case.
func runs(t testing.TB, w *casestest.World) {
	t.Helper()
	e := offer(w)
	e.Kind, e.Days = cases.AgreePlan, 0
	send(t, w, "r1", e)
}

// Offered is not agreed: the running plan stays until the offer binds.
func TestOfferStandsBesideTheRunningPlan(t *testing.T) {
	begin := func(t *testing.T) *casestest.World {
		t.Helper()
		w := world(t)
		runs(t, w)
		send(t, w, "r2", smaller(w))
		wantPlans(t, w, cases.ArrRunning, cases.ArrOffered)
		k := w.State.Cases[casestest.CaseID]
		if a, ok := k.Current(cases.ArrangePlan); !ok || a.State != cases.ArrRunning {
			t.Errorf("current plan is %s, want the running one", a.State)
		}
		if why := cases.DemandBlocked(w.State, cases.Env{Today: w.Today()}, k, casestest.Debtor); why != "offer_open" {
			t.Errorf("demands are blocked by %q, want the open offer", why)
		}
		return w
	}
	t.Run("a person accepts", func(t *testing.T) {
		w := begin(t)
		id := w.State.Cases[casestest.CaseID].Arrangements[1].ID
		cmd := cases.AcceptOffer{Case: casestest.CaseID, Arrangement: id, Text: plain.Line("am Telefon angenommen")}
		if _, err := w.Do(casestest.Caseworker(), cmd); err != nil {
			t.Fatal(err)
		}
		wantPlans(t, w, cases.ArrAmended, cases.ArrAccepted)
		_, err := w.Do(casestest.Caseworker(), cmd)
		wantRefusal(t, err, cases.WrongState)
		_, err = w.Do(casestest.Machine(), cmd)
		wantRefusal(t, err, cases.NotAPerson)
	})
	t.Run("its first instalment accepts, going back undoes it", func(t *testing.T) {
		w := begin(t)
		pay(t, w, "e1", credit("1", 5000, w.Today()+1), true)
		wantPlans(t, w, cases.ArrRunning, cases.ArrOffered) // the old plan's instalment
		pay(t, w, "e2", credit("2", 3000, w.Today()+2), true)
		wantPlans(t, w, cases.ArrAmended, cases.ArrRunning)
		back := credit("back", -3000, w.Today()+3)
		back.Return = &cases.BankReturn{Reason: "AM04", Original: 3000}
		for _, c := range []cases.Command{
			cases.ReportEntry{Entry: "e3", Account: payAccount, Said: back},
			cases.ProposeBooking{Entry: "e3", Auto: true, Matches: []cases.PaymentMatch{{Case: casestest.CaseID, Score: 120, Original: "e2"}}},
		} {
			if _, err := w.Do(casestest.Machine(), c); err != nil {
				t.Fatal(err)
			}
		}
		wantPlans(t, w, cases.ArrRunning, cases.ArrOffered)
	})
	t.Run("expired", func(t *testing.T) {
		w := begin(t)
		day := w.Today()
		w.Now = w.Now.AddDate(0, 0, 20)
		if _, err := w.Do(casestest.Machine(), cases.PassDay{Case: casestest.CaseID}); err != nil {
			t.Fatal(err)
		}
		wantPlans(t, w, cases.ArrRunning, cases.ArrLapsed)
		_, err := w.Do(casestest.Caseworker(), cases.AcceptOffer{Case: casestest.CaseID, Arrangement: w.State.Cases[casestest.CaseID].Arrangements[1].ID})
		wantRefusal(t, err, cases.WrongState)
		// The bank tells late of a payment that came in time.
		pay(t, w, "e2", credit("2", 3000, day+2), true)
		wantPlans(t, w, cases.ArrAmended, cases.ArrRunning)
	})
	t.Run("a further offer replaces the first when it is sent", func(t *testing.T) {
		w := begin(t)
		a := w.Approval()
		a.Template.CostNotice = true
		a.Effects = []cases.Effect{smaller(w)}
		approve(t, w, "r3", a)
		wantPlans(t, w, cases.ArrRunning, cases.ArrOffered, cases.ArrPending)
		deliver(t, w, "r3", true)
		wantPlans(t, w, cases.ArrRunning, cases.ArrAmended, cases.ArrOffered)
	})
	t.Run("a refused letter changes nothing", func(t *testing.T) {
		w := begin(t)
		e := smaller(w)
		e.Kind, e.Days = cases.AmendPlan, 0
		a := w.Approval()
		a.Template.CostNotice = true
		a.Effects = []cases.Effect{e}
		approve(t, w, "r3", a)
		deliver(t, w, "r3", false)
		wantPlans(t, w, cases.ArrRunning, cases.ArrOffered, cases.ArrLapsed)
	})
	t.Run("an agreed change replaces both", func(t *testing.T) {
		w := begin(t)
		e := smaller(w)
		e.Kind, e.Days = cases.AmendPlan, 0
		send(t, w, "r3", e)
		wantPlans(t, w, cases.ArrAmended, cases.ArrAmended, cases.ArrRunning)
	})
}

// § 13a Abs. 3 RDG: what costs money binds only after its notice was sent.
func TestCostsNeedTheNotice(t *testing.T) {
	w := world(t)
	k := w.State.Cases[casestest.CaseID].Copy().(*cases.Case)
	k.Apply(cases.ArrangementMade{Arrangement: cases.Arrangement{
		ID: "x", Kind: cases.ArrangePlan, State: cases.ArrOffered, Total: 10000, Costs: 500, Since: w.Today(),
		Rates: []plan.Rate{{No: 1, Due: w.Today() + 10, Cents: 10000}},
	}})
	w.State.Put(k)
	_, err := w.Do(casestest.Caseworker(), cases.AcceptOffer{Case: casestest.CaseID, Arrangement: "x"})
	wantRefusal(t, err, cases.CostNotice)
	pay(t, w, "e1", credit("1", 10000, w.Today()), true)
	wantPlans(t, w, cases.ArrOffered)
}
