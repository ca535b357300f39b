package ledger_test

import (
	"strings"
	"testing"

	"kontor/cases/ledger"
)

func TestWords(t *testing.T) {
	t.Parallel()
	rates, err := ledger.ShippedRates()
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.Ledger{Claims: []ledger.Claim{
		{ID: "f1", Kind: ledger.Ordinary, Principal: 100_000, Due: date("2026-06-30"), Default: date("2026-07-01"), Rate: ledger.RateRule{Kind: ledger.RateConsumer}},
		{ID: "f2", Kind: ledger.Ordinary, Principal: 100_000, Due: date("2026-06-30"), Default: date("2026-07-01"), Rate: ledger.RateRule{Kind: ledger.RateFixed, BasisPoints: 405}},
		{ID: "f3", Kind: ledger.Ordinary, Principal: 100_000, Due: date("2022-06-30"), Default: date("2022-07-01"), InterestUntil: date("2022-12-31"), Rate: ledger.RateRule{Kind: ledger.RateOverBase, BasisPoints: 300}},
	}}
	rules := ledger.Rules{Rates: rates, DayCounts: []ledger.DayCountFrom{{DayCount: ledger.Act365}, {From: date("2027-01-01"), DayCount: ledger.ActAct}}}
	st, err := ledger.StatementAt(l, date("2026-11-24"), rules)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, ln := range st.Lines {
		got = append(got, ln.Text("de"), ln.Text("en"))
	}
	want := []string{
		"01.07.2026 bis 24.11.2026: 1.000,00 € × 6,52 % (Basiszinssatz 1,52 % + 5,00 Punkte) × 147/365 Tage = 26,26 €",
		"1 July 2026 to 24 November 2026: €1,000.00 × 6.52% (base rate 1.52% + 5.00 points) × 147/365 days = €26.26",
		"01.07.2026 bis 24.11.2026: 1.000,00 € × 4,05 % × 147/365 Tage = 16,31 €",
		"1 July 2026 to 24 November 2026: €1,000.00 × 4.05% × 147/365 days = €16.31",
		"01.07.2022 bis 31.12.2022: 1.000,00 € × 2,12 % (Basiszinssatz -0,88 % + 3,00 Punkte) × 184/365 Tage = 10,69 €",
		"1 July 2022 to 31 December 2022: €1,000.00 × 2.12% (base rate -0.88% + 3.00 points) × 184/365 days = €10.69",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for lang, parts := range map[string][]string{
		"de": {"Zinstage: taggenau, das Jahr zu 365 Tagen (act/365); ab 01.01.2027 taggenau", "ein halber Cent nach oben", "§ 289 BGB"},
		"en": {"a year of 365 days (act/365); from 1 January 2027", "half a cent up"},
	} {
		for _, p := range parts {
			if c := st.Convention(lang); !strings.Contains(c, p) {
				t.Errorf("%s: %q lacks %q", lang, c, p)
			}
		}
	}
	for day, half := range map[string]string{"2026-11-30": "", "2026-12-01": "2027-01-01", "2027-03-01": "2027-01-01"} {
		if got := rates.Lacking(date(day)); got != date(half) {
			t.Errorf("%s: lacking %q, want %q", day, got, half)
		}
	}
}

func FuzzParseRates(f *testing.F) {
	f.Add("2026-01-01;1.27\n2026-07-01;1.52\nknown through;2026-12-31")
	f.Add("# none\n2002-01-01;-0.88\nknown through;2002-06-30\n")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ledger.ParseRates(s)
		if err != nil {
			return
		}
		if _, until, err := r.At(r.Through()); err != nil || until != r.Through() {
			t.Fatalf("%q: last day unknown: %v", s, err)
		}
		if _, _, err := r.At(r.Through() + 1); err == nil {
			t.Fatalf("%q: knows a day past its end", s)
		}
	})
}
