package desk_test

import (
	"slices"
	"testing"

	"kontor/cases"
	"kontor/cases/casestest"
	"kontor/cases/desk"
	"kontor/cases/money"
)

// Who pays exactly what was open on the day of the payment has paid all, also
// where the statement comes days later and interest ran on.
func TestPaymentIsHeldAgainstTheBalanceOfItsDay(t *testing.T) {
	b := setUp(t, nil)
	day := b.w.Today()
	b.w.Now = b.w.Now.AddDate(0, 0, 5)
	b.queued(t, "") // the day has passed
	v, err := b.CaseView(t.Context(), casestest.CaseID, day)
	if err != nil || v.BalanceErr != nil {
		t.Fatal(err, v.BalanceErr)
	}
	sum := v.Balance.Total
	if now, err := b.CaseView(t.Context(), casestest.CaseID, 0); err != nil || now.Balance.Total == sum {
		t.Fatalf("no interest ran since: %v", err)
	}
	got := b.statement(t, pays("1", sum, day, "K-2026-000318"), days(day-3, day, 0, sum))
	if got.Booked != 1 {
		t.Fatalf("%+v", got)
	}
	rows, err := b.Payments(t.Context(), true)
	if err != nil || len(rows) != 1 || !slices.Contains(rows[0].Oddities, cases.OddSettles) {
		t.Fatalf("payments %+v, %v", rows, err)
	}
	k := b.w.State.Cases[casestest.CaseID]
	if !slices.ContainsFunc(k.FollowUps, func(f cases.FollowUp) bool { return !f.Done && f.Reason == "paid_in_full" }) {
		t.Errorf("nobody is told that all is paid: %+v", k.FollowUps)
	}
}

// A payment's view names the cases it may belong to with their points, and,
// once booked, where it went.
func TestPaymentView(t *testing.T) {
	b := setUp(t, nil)
	day := b.w.Today() - 1
	b.statement(t, pays("1", 99999, day, "K-2026-000318"), days(day, day, 0, 99999))
	rows, err := b.Payments(t.Context(), false)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%+v, %v", rows, err)
	}
	v, err := b.PaymentView(t.Context(), rows[0].Entry)
	if err != nil || len(v.Candidates) != 1 || v.Candidates[0].ID != casestest.CaseID || v.Candidates[0].Score <= 0 || len(v.Candidates[0].Reasons) == 0 || v.Candidates[0].Reference.String() != "K-2026-000318" {
		t.Fatalf("%+v, %v", v, err)
	}
	if v.Covered != day || v.Gap != 0 {
		t.Errorf("covered until %s, gap %s", v.Covered, v.Gap)
	}
	if f, err := b.Figures(t.Context()); err != nil || f.Payments != 1 || f.Open < 1 || f.Covered != day || len(f.Days) != 7 {
		t.Errorf("figures %+v, %v", f, err)
	}
	parts := []cases.EntryPart{{Case: casestest.CaseID, Cents: 99999}}
	if err := b.Split(t.Context(), rows[0].Entry, parts); err != nil {
		t.Fatal(err)
	}
	v, err = b.PaymentView(t.Context(), rows[0].Entry)
	if err != nil || v.Entry.State != cases.EntryBooked || len(v.Parts) != 1 || v.Parts[0].Cents != money.Cents(99999) || v.Parts[0].Reference.String() != "K-2026-000318" {
		t.Errorf("%+v, %v", v, err)
	}
}

// Cases that nobody was given stand apart from mine.
func TestTeam(t *testing.T) {
	b := setUp(t, nil)
	before, err := b.Team(t.Context())
	if err != nil || len(before) == 0 || !before[0].Me {
		t.Fatalf("%+v, %v", before, err)
	}
	if err := b.Change(t.Context(), casestest.CaseID, []cases.Effect{{Kind: cases.HandOver, User: "berta"}}, nil); err != nil {
		t.Fatal(err)
	}
	list, err := b.Team(t.Context())
	if err != nil || !slices.ContainsFunc(list, func(w desk.Worker) bool { return w.User == "berta" && w.Cases == 1 && !w.Me }) {
		t.Errorf("%+v, %v", list, err)
	}
}
