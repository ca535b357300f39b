package costs_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/money"
)

var (
	old = calendar.Of(2024, 3, 1)
	now = calendar.Of(2026, 11, 24)
)

// TestCap: fee + expenses = cap; figures with a source were published there.
func TestCap(t *testing.T) {
	t.Parallel()
	tables, err := costs.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind     costs.Kind
		claim    money.Cents
		on       calendar.Date
		fee, cap money.Cents
	}{
		{costs.Simple, 50000, now, 2575, 3090},       // 51.50 x 0.5 = 25.75, 20 % = 5.15: 30.90 (BGBl. 2025 I Nr. 109, worked)
		{costs.Normal, 50000, now, 4635, 5562},       // 51.50 x 0.9 = 46.35, 20 % = 9.27: 55.62 (the same)
		{costs.Normal, 5000, now, 2835, 3402},        // § 13 Abs. 2: 31.50 x 0.9 = 28.35, 20 % = 5.67: 34.02 (the same)
		{costs.Simple, 5000, now, 1575, 1890},        // 31.50 x 0.5 = 15.75
		{costs.Normal, 5001, now, 4635, 5562},        // a cent above: the 500 row
		{costs.PlanFee, 80000, now, 3605, 4326},      // § 31b: 400, 51.50 x 0.7 = 36.05 (worked), 20 % = 7.21
		{costs.PlanFee, 5000, now, 3605, 4326},       // the small row is for VV 2300 alone (haufe.de, § 13 Abs. 2 RVG)
		{costs.PlanFee, 100001, now, 6510, 7812},     // half of 1,000.01 is 500.01: 93.00 x 0.7
		{costs.Normal, 50001, now, 8370, 10044},      // 93.00 x 0.9 = 83.70, 20 % = 16.74
		{costs.Extensive, 150000, now, 17485, 19485}, // 134.50 x 1.3 = 174.85, at most 20 expenses
		{costs.Normal, 1000000, now, 58680, 60680},   // 652.00 x 0.9
		{costs.CourtDunning, 50000, now, 5150, 6180}, // 1.0
		{costs.Enforcement, 50000, now, 1545, 1854},  // 51.50 x 0.3 = 15.45
		{costs.Enforcement, 50000, old, 1500, 1800},  // 49 x 0.3 = 14.70, least fee 15 (§ 13 Abs. 3)
		{costs.Normal, 5000, old, 2700, 3240},        // 30 x 0.9 (haufe.de, § 13 Abs. 2 RVG: 30 euros to May 2025)
		{costs.Normal, 400000, old, 25020, 27020},    // 278 x 0.9
		{costs.Simple, 50000, calendar.Of(2025, 5, 31), 2450, 2940},
		{costs.Simple, 50000, calendar.Of(2025, 6, 1), 2575, 3090},
	} {
		r, err := tables.Cap(c.kind, c.claim, c.on)
		if err != nil {
			t.Errorf("%s of %s: %v", c.kind, c.claim, err)
			continue
		}
		if r.Fee != c.fee || r.Cap != c.cap {
			t.Errorf("%s of %s on %s: fee %s, cap %s, want %s, %s", c.kind, c.claim, c.on, r.Fee, r.Cap, c.fee, c.cap)
		}
		if want := second(r); r.Cap != want {
			t.Errorf("%s of %s: the second calculator has %s", c.kind, c.claim, want)
		}
	}
}

// second reckons a cap from row and factor alone, with big fractions.
func second(r costs.Reckoning) money.Cents {
	round := func(x *big.Rat) int64 {
		x = new(big.Rat).Add(x, big.NewRat(1, 2))
		return new(big.Int).Div(x.Num(), x.Denom()).Int64()
	}
	fee := max(1500, round(big.NewRat(int64(r.Base)*int64(r.Tenths), 10)))
	return money.Cents(fee + min(2000, round(big.NewRat(fee, 5))))
}

func TestCheck(t *testing.T) {
	t.Parallel()
	tables, err := costs.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tables.Check(costs.Normal, 50000, 5562, now); err != nil {
		t.Errorf("at the cap: %v", err)
	}
	r, err := tables.Check(costs.Normal, 50000, 5563, now)
	var above *costs.CapError
	if !errors.As(err, &above) || above.Reckoning != r || !strings.Contains(err.Error(), "51,50 x 0.9 = 46,35, expenses 9,27, together 55,62") {
		t.Errorf("a cent above: %v", err)
	}
	var miss *costs.MissingRowError
	if _, err := tables.Check(costs.Normal, 1000001, 100, now); !errors.As(err, &miss) || !strings.Contains(err.Error(), "10.000,01") {
		t.Errorf("above the table: %v", err)
	}
	if _, err := tables.Check(costs.PlanFee, 2000000, 100, now); err != nil {
		t.Errorf("half of 20,000 is in the table: %v", err)
	}
	if _, err := tables.Check(costs.Normal, 50000, 100, calendar.Of(2021, 9, 30)); !errors.As(err, &miss) {
		t.Errorf("before the first table: %v", err)
	}
	for _, claim := range []money.Cents{0, -1, money.Max + 1} {
		if _, err := tables.Cap(costs.Normal, claim, now); err == nil {
			t.Errorf("claim of %d has a cap", claim)
		}
	}
	if _, err := tables.Cap("success_fee", 1000, now); err == nil {
		t.Error("an unknown fee has a cap")
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]string{
		"row first":   "500.00;51.50",
		"no rows":     "table;2025-06-01",
		"order":       "table;2025-06-01\n1000.00;93.00\n500.00;51.50",
		"older table": "table;2025-06-01\n500.00;51.50\ntable;2021-10-01\n500.00;49.00",
		"no amount":   "table;2025-06-01\n500.00;x",
		"zero":        "table;2025-06-01\n500.00;0",
		"no fee":      "table;2025-06-01\n500.00",
	} {
		if _, err := costs.Parse(s); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}
