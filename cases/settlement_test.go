package cases

import (
	"testing"

	"pgregory.net/rapid"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

func settlementRules() Rules {
	return Rules{Settlement: []SettlementRule{
		{Stage: StageCollection, Permille: 700, Cents: 5_000, WithinDays: 60, Counter: true},
		{Stage: StageEnforcement, Permille: 900},
	}}
}

func TestAuthorityToSettle(t *testing.T) {
	today := calendar.Of(2026, 11, 25)
	for name, c := range map[string]struct {
		stage Stage
		sum   money.Cents
		days  int
		code  string
		want  string
	}{
		"within":                       {StageCollection, 30_000, 14, "", ""},
		"least sum":                    {StageCollection, 5_000, 14, "", ""},
		"a cent less":                  {StageCollection, 4_999, 14, "", "least_settlement"},
		"last day":                     {StageCollection, 30_000, 60, "", ""},
		"a day later":                  {StageCollection, 30_000, 61, "", "settlement_date"},
		"no number of days: 30":        {StageEnforcement, 30_000, 31, "", "settlement_date"},
		"no authority at this stage":   {StageDunning, 30_000, 14, "", "no authority to settle"},
		"the creditor has agreed":      {StageDunning, 1_000, 90, CreditorAgreed, ""},
		"another code is no agreement": {StageDunning, 1_000, 14, "agreed", "no authority to settle"},
	} {
		env := Env{Today: today, Rules: settlementRules()}
		e := Effect{Kind: OfferSettlement, Cents: c.sum, Date: today + calendar.Date(c.days), Code: c.code}
		if got := overAuthority(env, &Case{Stage: c.stage}, e); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	if got := overAuthority(Env{Today: today}, &Case{Stage: StageDunning}, Effect{Kind: OfferSettlement, Cents: 1}); got != "" {
		t.Errorf("without rules: %q", got)
	}
}

func TestLeastSettlement(t *testing.T) {
	for _, c := range []struct{ permille, cents, balance, want int64 }{
		{700, 0, 41_535, 29_075}, // 29.074,5 rounded up
		{700, 5_000, 6_000, 5_000}, {700, 5_000, 3_000, 3_000}, {0, 0, 100, 0}, {1000, 0, 100, 100}, {2000, 0, 100, 100}, {700, 0, 0, 0}, {700, 0, -5, 0},
	} {
		r := SettlementRule{Permille: int(c.permille), Cents: money.Cents(c.cents)}
		if got := r.Least(money.Cents(c.balance)); got != money.Cents(c.want) {
			t.Errorf("%d permille, at least %d, of %d: %d, want %d", c.permille, c.cents, c.balance, got, c.want)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		rule := SettlementRule{Permille: rapid.IntRange(0, 1000).Draw(r, "permille"), Cents: money.Cents(rapid.Int64Range(0, 1_000_000).Draw(r, "cents"))}
		balance := money.Cents(rapid.Int64Range(0, int64(money.Max)).Draw(r, "balance"))
		got := rule.Least(balance)
		if got < 0 || got > balance {
			r.Fatalf("least %d of %d", got, balance)
		}
		if balance <= money.Max/1000 && got*1000 < balance*money.Cents(rule.Permille) {
			r.Fatalf("least %d of %d is below the share", got, balance)
		}
	})
	if r, ok := (Rules{Settlement: []SettlementRule{{Permille: 1}, {Stage: StageDunning, Permille: 2}}}).SettlementAt(StageDunning); !ok || r.Permille != 2 {
		t.Errorf("a stage's own rule comes second: %+v", r)
	}
	if r, ok := (Rules{Settlement: []SettlementRule{{Permille: 1}}}).SettlementAt(StageDunning); !ok || r.Permille != 1 {
		t.Errorf("the rule for all other stages: %+v, %v", r, ok)
	}
}

// TestSettlementMayCarryAPaymentCode: the sum that settles can be paid by code.
func TestSettlementMayCarryAPaymentCode(t *testing.T) {
	a := Approval{Files: []SentFile{{Kind: FileGiroCode, SHA256: "ab", Size: 9}}}
	if err := checkFiles(&Case{}, a, Stream{}); err == nil {
		t.Error("a letter that asks for nothing carries a code")
	}
	a.Effects = []Effect{{Kind: OfferSettlement, Cents: 1}}
	if err := checkFiles(&Case{}, a, Stream{}); err != nil {
		t.Error(err)
	}
}
