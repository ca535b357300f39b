package ledger_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
)

// TestRatesAgree compares the shipped table with the one of the tests, day by
// day through every half-year.
func TestRatesAgree(t *testing.T) {
	t.Parallel()
	rates, err := ledger.ShippedRates()
	if err != nil {
		t.Fatal(err)
	}
	for d := calendar.Of(2002, 1, 1); d <= calendar.Of(2026, 12, 31); d++ {
		want := ""
		for _, r := range refRates {
			if r.from <= d.String() {
				want = r.percent
			}
		}
		bp, until, err := rates.At(d)
		if err != nil {
			t.Fatalf("%s: %v", d, err)
		}
		if got := rat(want + "e2"); !got.IsInt() || got.Num().Int64() != int64(bp) || until < d {
			t.Fatalf("%s: %d basis points until %s, want %s %%", d, bp, until, want)
		}
	}
}

func TestMissingHalfYear(t *testing.T) {
	t.Parallel()
	rates, err := ledger.ShippedRates()
	if err != nil {
		t.Fatal(err)
	}
	rules := ledger.Rules{Rates: rates}
	claim := ledger.Claim{ID: "f1", Kind: ledger.Ordinary, Principal: 10_000, Due: date("2026-06-30"), Default: date("2026-07-01"), Rate: ledger.RateRule{Kind: ledger.RateConsumer}}
	for _, c := range []struct{ at, half string }{{"2027-01-01", "2027-01-01"}, {"2027-08-15", "2027-01-01"}} {
		_, err := ledger.BalanceAt(ledger.Ledger{Claims: []ledger.Claim{claim}}, date(c.at), rules)
		var miss *ledger.MissingRateError
		if !errors.As(err, &miss) || miss.HalfYear != date(c.half) || !strings.Contains(err.Error(), c.half) {
			t.Errorf("at %s: %v, want the row from %s named", c.at, err, c.half)
		}
	}
	old := claim
	old.Due, old.Default = date("2001-06-30"), date("2001-09-01")
	var miss *ledger.MissingRateError
	if _, err := ledger.BalanceAt(ledger.Ledger{Claims: []ledger.Claim{old}}, date("2010-01-01"), rules); !errors.As(err, &miss) || miss.HalfYear != date("2001-07-01") {
		t.Errorf("before the table: %v", err)
	}
	// What bears no interest on the base rate needs no row.
	paid := ledger.Ledger{Claims: []ledger.Claim{claim}, Entries: []ledger.Entry{{ID: "e1", Date: date("2026-12-01"), Kind: ledger.Payment, Cents: 20_000}}}
	if b, err := ledger.BalanceAt(paid, date("2030-01-01"), rules); err != nil || b.Total >= 0 {
		t.Errorf("paid case: %v, %v", b, err)
	}
	fixed := claim
	fixed.Rate = ledger.RateRule{Kind: ledger.RateFixed, BasisPoints: 400}
	if _, err := ledger.BalanceAt(ledger.Ledger{Claims: []ledger.Claim{fixed}}, date("2030-01-01"), rules); err != nil {
		t.Errorf("fixed rate: %v", err)
	}
	if d, err := ledger.Daily(ledger.Ledger{Claims: []ledger.Claim{claim}}, date("2026-11-24"), rules); err != nil || d.Until() != date("2026-12-31") {
		t.Errorf("dated parts reach %s, %v", d.Until(), err)
	}
}

func TestParseRatesRefuses(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]string{
		"empty":         "",
		"no last day":   "2026-01-01;1.27",
		"order":         "2026-07-01;1.52\n2026-01-01;1.27\nknown through;2026-12-31",
		"twice":         "2026-07-01;1.52\n2026-07-01;1.27\nknown through;2026-12-31",
		"no half-year":  "2026-02-01;1.52\nknown through;2026-12-31",
		"one decimal":   "2026-07-01;1.5\nknown through;2026-12-31",
		"comma":         "2026-07-01;1,52\nknown through;2026-12-31",
		"absurd":        "2026-07-01;99.00\nknown through;2026-12-31",
		"row after end": "2026-01-01;1.27\nknown through;2026-06-30\n2026-07-01;1.52",
		"ends early":    "2026-07-01;1.52\nknown through;2026-06-30",
		"no day":        ";1.52\nknown through;2026-12-31",
	} {
		if r, err := ledger.ParseRates(s); err == nil {
			t.Errorf("%s: read as %+v", name, r)
		}
	}
}

func TestValidateRefuses(t *testing.T) {
	t.Parallel()
	good := func() ledger.Ledger {
		return ledger.Ledger{
			Claims: []ledger.Claim{{ID: "f1", Kind: ledger.Ordinary, Purpose: ledger.Private, Principal: 10_000, Due: 739000, Default: 739001, Rate: ledger.RateRule{Kind: ledger.RateConsumer}}},
			Entries: []ledger.Entry{
				{ID: "e1", Date: 739100, Kind: ledger.Payment, Cents: 500},
				{ID: "e2", Date: 739110, Kind: ledger.Reversal, Cents: 500, Reverses: "e1"},
				{ID: "e3", Date: 739110, Kind: ledger.Cost, CostKind: ledger.BankReturn, Cents: 300},
			},
		}
	}
	if err := ledger.Validate(good()); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*ledger.Ledger){
		"claim twice":              func(l *ledger.Ledger) { l.Claims = append(l.Claims, l.Claims[0]) },
		"9 points from a consumer": func(l *ledger.Ledger) { l.Claims[0].Rate.Kind = ledger.RateBusiness },
		"9 points for damages": func(l *ledger.Ledger) {
			l.Claims[0].Purpose, l.Claims[0].Kind, l.Claims[0].Rate.Kind = ledger.Business, ledger.Damages, ledger.RateBusiness
		},
		"interest on interest": func(l *ledger.Ledger) { l.Claims[0].Kind = ledger.TitleInterest },
		"negative principal":   func(l *ledger.Ledger) { l.Claims[0].Principal = -1 },
		"rate out of range": func(l *ledger.Ledger) {
			l.Claims[0].Rate = ledger.RateRule{Kind: ledger.RateFixed, BasisPoints: 10_001}
		},
		"default before due":       func(l *ledger.Ledger) { l.Claims[0].Default = l.Claims[0].Due - 1 },
		"unknown kind of claim":    func(l *ledger.Ledger) { l.Claims[0].Kind = "rent" },
		"entry twice":              func(l *ledger.Ledger) { l.Entries[2].ID = "e1" },
		"negative amount":          func(l *ledger.Ledger) { l.Entries[0].Cents = -1 },
		"no date":                  func(l *ledger.Ledger) { l.Entries[0].Date = 0 },
		"unknown claim":            func(l *ledger.Ledger) { l.Entries[2].ClaimID = "f2" },
		"lump sum from a consumer": func(l *ledger.Ledger) { l.Entries[2].CostKind = ledger.LumpSum },
		"reverses nothing":         func(l *ledger.Ledger) { l.Entries[1].Reverses = "e9" },
		"reverses a reversal": func(l *ledger.Ledger) {
			l.Entries[2] = ledger.Entry{ID: "e3", Date: 739120, Kind: ledger.Reversal, Cents: 1, Reverses: "e2"}
		},
		"takes back too much":    func(l *ledger.Ledger) { l.Entries[1].Cents = 501 },
		"reversed before booked": func(l *ledger.Ledger) { l.Entries[1].Date = 739099 },
		"claim without a choice": func(l *ledger.Ledger) { l.Entries[0].ClaimID = "f1" },
		"unknown entry":          func(l *ledger.Ledger) { l.Entries[0].Kind = "gift" },
	} {
		l := good()
		spoil(&l)
		if err := ledger.Validate(l); !errors.Is(err, ledger.ErrLedger) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRecordForm pins the JSON of what events embed: a change here is a change
// of the record format.
func TestRecordForm(t *testing.T) {
	t.Parallel()
	l := ledger.Ledger{
		Claims:  []ledger.Claim{{ID: "f1", Kind: ledger.Ordinary, Principal: 10_000, Due: date("2026-06-30"), Rate: ledger.RateRule{Kind: ledger.RateFixed, BasisPoints: 400}}},
		Entries: []ledger.Entry{{ID: "e1", Date: date("2026-07-15"), Kind: ledger.Payment, Cents: 500, ClaimID: "f1", Determination: ledger.ByDebtor, Order: []ledger.Part{ledger.PartPrincipal}}},
	}
	const want = `{"claims":[{"id":"f1","kind":"ordinary","principal_cents":10000,"due":"2026-06-30","rate":{"kind":"fixed","basis_points":400}}],` +
		`"entries":[{"id":"e1","date":"2026-07-15","kind":"payment","cents":500,"claim_id":"f1","determination":"debtor","order":["principal"]}]}`
	b, err := json.Marshal(l)
	if err != nil || string(b) != want {
		t.Fatalf("%s, %v\nwant %s", b, err, want)
	}
	var back ledger.Ledger
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(l, back) {
		t.Fatalf("%+v, %v", back, err)
	}
}

func TestRulesCheck(t *testing.T) {
	t.Parallel()
	if err := (ledger.Rules{DayCounts: []ledger.DayCountFrom{{DayCount: ledger.Act365}, {From: 740000, DayCount: ledger.ActAct}}}).Check(); err != nil {
		t.Error(err)
	}
	for _, r := range []ledger.Rules{
		{DayCounts: []ledger.DayCountFrom{{DayCount: "act/360"}}},
		{DayCounts: []ledger.DayCountFrom{{From: 5, DayCount: ledger.ActAct}, {From: 5, DayCount: ledger.Act365}}},
	} {
		if r.Check() == nil {
			t.Errorf("%+v passes", r)
		}
	}
}
