package cases_test

import (
	"reflect"
	"testing"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/casestest"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
)

const payAccount cases.AccountID = "a1"

func credit(key string, cents money.Cents, day calendar.Date) cases.StatementEntry {
	return cases.StatementEntry{
		Account: "DE02120300000000202051", Key: key, Booked: day, Value: day, Cents: cents, Currency: "EUR",
		Text: plain.Line("K-2026-000318 " + key), Party: plain.Line("Jana Muster"), PartyIBAN: "DE89370400440532013000",
	}
}

// pay reports a credit and proposes to book it at once.
func pay(t testing.TB, w *casestest.World, id cases.EntryID, said cases.StatementEntry, auto bool, odd ...cases.Oddity) {
	t.Helper()
	for _, c := range []cases.Command{
		cases.ReportEntry{Entry: id, Account: payAccount, Said: said},
		cases.ProposeBooking{
			Entry: id, Auto: auto, Oddities: odd,
			Matches: []cases.PaymentMatch{{Case: casestest.CaseID, Score: 130, Reasons: []cases.MatchReason{{Code: "reference", Points: 100}}}},
		},
	} {
		if _, err := w.Do(casestest.Machine(), c); err != nil {
			t.Fatal(err)
		}
	}
}

func arranged(w *casestest.World, kind cases.ArrangementKind) cases.Arrangement {
	for _, a := range w.State.Cases[casestest.CaseID].Arrangements {
		if a.Kind == kind {
			return a
		}
	}
	return cases.Arrangement{}
}

// offered puts an offered plan of three times 100 € and a promise on the case.
func offered(t testing.TB, w *casestest.World) {
	t.Helper()
	today := w.Today()
	k := w.State.Cases[casestest.CaseID].Copy().(*cases.Case)
	k.Apply(cases.ArrangementMade{Arrangement: cases.Arrangement{
		ID: "plan", Kind: cases.ArrangePlan, State: cases.ArrOffered, OnSent: cases.ArrOffered, Total: 30000, Since: today, Expires: today + 14,
		Rates: []plan.Rate{{No: 1, Due: today + 10, Cents: 10000}, {No: 2, Due: today + 40, Cents: 10000}, {No: 3, Due: today + 70, Cents: 10000}},
	}})
	k.Apply(cases.ArrangementMade{Arrangement: cases.Arrangement{ID: "promise", Kind: cases.ArrangePromise, State: cases.ArrRunning, Total: 10000, Until: today + 5, Since: today}})
	w.State.Put(k)
}

func TestPaymentBindsOfferAndMeetsPromise(t *testing.T) {
	w := world(t)
	offered(t, w)
	pay(t, w, "e1", credit("1", 5000, w.Today()), true)
	if a := arranged(w, cases.ArrangePlan); a.State != cases.ArrOffered {
		t.Errorf("half an instalment made the plan %s, want offered", a.State)
	}
	pay(t, w, "e2", credit("2", 5000, w.Today()+1), true)
	if a := arranged(w, cases.ArrangePlan); a.State != cases.ArrRunning {
		t.Errorf("plan is %s, want running", a.State)
	}
	if a := arranged(w, cases.ArrangePromise); a.State != cases.ArrMet {
		t.Errorf("promise is %s, want met", a.State)
	}
	pay(t, w, "e3", credit("3", 20000, w.Today()+2), true)
	if a := arranged(w, cases.ArrangePlan); a.State != cases.ArrMet {
		t.Errorf("plan is %s, want met", a.State)
	}
}

func TestPaymentVoidsApproval(t *testing.T) {
	w := world(t)
	receive(t, w, "m1", cases.InstallmentRequest)
	approve(t, w, "r1", w.Approval("m1"))
	pay(t, w, "e1", credit("1", 5000, w.Today()), true)
	if _, err := w.Do(casestest.Machine(), cases.ReviewReply{Reply: "r1", Case: casestest.CaseID, Messages: []cases.MessageID{"m1"}, Persons: casestest.Persons()}); err != nil {
		t.Fatal(err)
	}
	if r := w.State.Replies["r1"]; r.State != cases.ReplyStale || r.Why != "payment" {
		t.Errorf("reply is %s (%s), want stale for a payment", r.State, r.Why)
	}
}

func TestReturnReopens(t *testing.T) {
	w := world(t)
	offered(t, w)
	pay(t, w, "e1", credit("1", 10000, w.Today()), true)
	back := credit("back", -10300, w.Today()+3)
	back.Return = &cases.BankReturn{Reason: "AM04", Original: 10000, Charges: 300}
	for _, c := range []cases.Command{
		cases.ReportEntry{Entry: "e2", Account: payAccount, Said: back},
		cases.ProposeBooking{Entry: "e2", Auto: true, Matches: []cases.PaymentMatch{{Case: casestest.CaseID, Score: 120, Original: "e1"}}},
	} {
		if _, err := w.Do(casestest.Machine(), c); err != nil {
			t.Fatal(err)
		}
	}
	k := w.State.Cases[casestest.CaseID]
	if a := arranged(w, cases.ArrangePlan); a.State != cases.ArrOffered {
		t.Errorf("plan is %s, want offered again", a.State)
	}
	if a := arranged(w, cases.ArrangePromise); a.State != cases.ArrRunning {
		t.Errorf("promise is %s, want running again", a.State)
	}
	if n := len(k.Ledger.Entries); n != 2 || k.Ledger.Entries[1].Kind != ledger.Reversal || k.Ledger.Entries[1].Cents != 10000 {
		t.Fatalf("account holds %+v, want a reversal of 100,00", k.Ledger.Entries)
	}
	if err := ledger.Validate(k.Ledger); err != nil {
		t.Error(err)
	}
	if f := k.FollowUps[len(k.FollowUps)-1]; f.Reason != "payment_returned" {
		t.Errorf("next step is %q, want payment_returned", f.Reason)
	}
}

func TestPersonsDecideAboutEntries(t *testing.T) {
	w := world(t)
	person := func(c cases.Command) error {
		_, err := w.Do(casestest.Caseworker(), c)
		return err
	}
	pay(t, w, "e1", credit("1", 5000, w.Today()), false)
	if e := w.State.Entries["e1"]; e.State != cases.EntrySuggested {
		t.Fatalf("entry is %s, want suggested", e.State)
	}
	_, err := w.Do(casestest.Machine(), cases.BookEntry{Entry: "e1", Case: casestest.CaseID})
	wantRefusal(t, err, cases.NotAPerson)
	if err := person(cases.BookEntry{Entry: "e1", Case: casestest.CaseID}); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, person(cases.BookEntry{Entry: "e1", Case: casestest.CaseID}), cases.AlreadyDone)
	if err := person(cases.ReopenEntry{Entry: "e1", Cases: []cases.CaseID{casestest.CaseID}}); err != nil {
		t.Fatal(err)
	}
	k := w.State.Cases[casestest.CaseID]
	if err := ledger.Validate(k.Ledger); err != nil || len(k.Ledger.Entries) != 2 {
		t.Fatalf("account after taking the booking back: %+v, %v", k.Ledger.Entries, err)
	}
	wantRefusal(t, person(cases.SplitEntry{Entry: "e1", Parts: []cases.EntryPart{{Case: casestest.CaseID, Cents: 4999}}}), cases.Invalid)
	if err := person(cases.SplitEntry{Entry: "e1", Parts: []cases.EntryPart{
		{Case: casestest.CaseID, Cents: 4000}, {Case: casestest.CaseID, Cents: 1000, Claim: "f1", Determination: ledger.ByDebtor},
	}}); err != nil {
		t.Fatal(err)
	}
	if err := ledger.Validate(w.State.Cases[casestest.CaseID].Ledger); err != nil {
		t.Error(err)
	}
	pay(t, w, "e2", credit("2", 700, w.Today()), false)
	if err := person(cases.RefuseEntry{Entry: "e2", Reason: "not_ours"}); err != nil {
		t.Fatal(err)
	}
	pay(t, w, "e2", credit("2", 700, w.Today()), true) // the machine is late
	if e := w.State.Entries["e2"]; e.State != cases.EntryRefused {
		t.Errorf("entry is %s, want refused", e.State)
	}
	if err := person(cases.PaidToCreditor{Case: casestest.CaseID, Cents: 2500, Date: w.Today() - 3}); err != nil {
		t.Fatal(err)
	}
	es := w.State.Cases[casestest.CaseID].Ledger.Entries
	if e := es[len(es)-1]; e.Kind != ledger.PaymentToCreditor || e.Cents != 2500 {
		t.Errorf("booked %+v, want a payment to the creditor", e)
	}
}

func TestForeignCurrencyIsRefused(t *testing.T) {
	w := world(t)
	said := credit("1", 0, w.Today())
	said.Currency, said.Amount = "USD", "100.00"
	pay(t, w, "e1", said, true)
	if e := w.State.Entries["e1"]; e.State != cases.EntryRefused || e.Why != "foreign_currency" {
		t.Errorf("entry is %s (%s), want refused for its currency", e.State, e.Why)
	}
}

// TestCollective reports a collective booking and its parts in both orders.
func TestCollective(t *testing.T) {
	sum := credit("sum", 9000, calendar.Of(2026, 11, 20))
	sum.Collective = 2
	part := credit("part", 4500, calendar.Of(2026, 11, 20))
	for _, order := range [][]cases.Command{
		{cases.ReportEntry{Entry: "s", Account: payAccount, Said: sum}, cases.ReportEntry{Entry: "p", Account: payAccount, Said: part, Batch: "s"}},
		{cases.ReportEntry{Entry: "p", Account: payAccount, Said: part, Batch: "s"}, cases.ReportEntry{Entry: "s", Account: payAccount, Said: sum}},
	} {
		w := world(t)
		for _, c := range order {
			if _, err := w.Do(casestest.Machine(), c); err != nil {
				t.Fatal(err)
			}
		}
		if s := w.State.Entries["s"]; s.State != cases.EntrySuperseded || s.Said.Cents != 9000 {
			t.Errorf("collective booking is %s, want superseded", s.State)
		}
	}
}

func TestCoveredDays(t *testing.T) {
	mon := calendar.Of(2026, 11, 16)
	w := casestest.NewWorld()
	report := func(from, until calendar.Date, opening, closing money.Cents) calendar.Date {
		t.Helper()
		if _, err := w.Do(casestest.Machine(), cases.ReportStatement{Account: payAccount, Statement: cases.Statement{
			Account: "DE1", Currency: "EUR", From: from, Until: until, Opening: opening, Closing: closing,
		}}); err != nil {
			t.Fatal(err)
		}
		return w.State.Accounts[payAccount].CoveredUntil()
	}
	if got := report(mon, mon, 100, 200); got != mon {
		t.Errorf("covered until %s, want %s", got, mon)
	}
	if got := report(mon+3, mon+3, 900, 950); got != mon {
		t.Errorf("over a gap: covered until %s, want %s", got, mon)
	}
	if gap := w.State.Accounts[payAccount].Gap(); gap != mon+1 {
		t.Errorf("gap from %s, want %s", gap, mon+1)
	}
	if got := report(mon+1, mon+2, 200, 900); got != mon+3 {
		t.Errorf("gap closed: covered until %s, want %s", got, mon+3)
	}
	if got := report(mon+7, mon+7, 950, 10); got != mon+7 { // no statement on days without movement
		t.Errorf("equal balances: covered until %s, want %s", got, mon+7)
	}
	n := w.State.Accounts[payAccount].Version
	if report(mon, mon+1, 100, 200); w.State.Accounts[payAccount].Version != n {
		t.Error("a statement that says nothing new made a fact")
	}
}

func TestPaymentSummaries(t *testing.T) {
	w := world(t)
	pay(t, w, "e1", credit("1", 5000, w.Today()), true, cases.OddThirdParty)
	b := cases.Summarise(w.State.Entries["e1"], w.Today(), ledger.Rules{})
	s, err := cases.ReadEntrySummary("e1", b)
	if err != nil {
		t.Fatal(err)
	}
	want := cases.EntrySummary{
		ID: "e1", Account: payAccount, State: cases.EntryBooked, Day: w.Today(), Booked: w.Today(), Cents: 5000, Currency: "EUR", Party: "Jana Muster", Payer: "DE89370400440532013000",
		Text: "K-2026-000318 1", Case: casestest.CaseID, Cases: 1, Score: 130, Oddities: []cases.Oddity{cases.OddThirdParty}, Twin: s.Twin,
	}
	if !reflect.DeepEqual(s, want) || s.Twin == 0 {
		t.Errorf("got %+v, want %+v", s, want)
	}
	if _, err := cases.ReadEntrySummary("e1", b[:len(b)/2]); err == nil {
		t.Error("half a summary was read")
	}
}
