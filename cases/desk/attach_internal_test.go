package desk

import (
	"testing"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plan"
)

// TestPayable: the payment code of a reminder asks for what is missing, not for
// all, while a plan runs or a part was promised.
func TestPayable(t *testing.T) {
	today := calendar.Of(2026, 11, 23)
	rates, err := plan.Schedule(41_000, 5_000, calendar.Of(2026, 10, 1), calendar.NW, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	running := cases.Arrangement{ID: "a1", Kind: cases.ArrangePlan, State: cases.ArrRunning, Total: 41_000, Rates: rates, Since: calendar.Of(2026, 9, 20)}
	promised := cases.Arrangement{ID: "a2", Kind: cases.ArrangePromise, State: cases.ArrRunning, Total: 10_000, Until: calendar.Of(2026, 11, 13)}
	for name, c := range map[string]struct {
		id     string
		demand bool
		with   []cases.Arrangement
		paid   money.Cents
		want   money.Cents
	}{
		"balance":                     {"balance_letter", true, nil, 0, 41_535},
		"no demand":                   {"information", false, nil, 0, 0},
		"two instalments missing":     {"plan_reminder", true, []cases.Arrangement{running}, 0, 10_000},
		"one and a half paid":         {"plan_reminder", true, []cases.Arrangement{running}, 7_500, 2_500},
		"nothing missing":             {"plan_reminder", true, []cases.Arrangement{running}, 10_000, 0},
		"a part was promised":         {"promise_reminder", true, []cases.Arrangement{promised}, 0, 10_000},
		"all was promised, no amount": {"promise_reminder", true, []cases.Arrangement{{ID: "a2", Kind: cases.ArrangePromise, State: cases.ArrRunning}}, 0, 41_535},
	} {
		k := &cases.Case{Land: calendar.NW, Arrangements: c.with}
		if c.paid > 0 {
			k.Ledger.Entries = []ledger.Entry{{ID: "p1", Date: calendar.Of(2026, 10, 1), Kind: ledger.Payment, Cents: c.paid}}
		}
		r := &Review{Case: k, Today: today, Balance: ledger.Balance{Total: 41_535}}
		d := cases.Draft{Template: cases.TemplateRef{ID: c.id, Demand: c.demand}}
		if got := payable(r, d, cases.Rules{Plan: plan.Policy{BankDays: 2}, Land: calendar.NW}, calendar.Of(2026, 11, 20)); got != c.want {
			t.Errorf("%s: the code asks for %v, want %v", name, got, c.want)
		}
	}
}
