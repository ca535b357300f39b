package plan_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plan"
)

func d(s string) calendar.Date {
	x, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return x
}

var policy = plan.Policy{MinMonthly: 2000, MaxMonths: 36, FirstWithinDays: 45, GraceDays: 5}

func TestCheck(t *testing.T) {
	t.Parallel()
	today := d("2026-11-24")
	for _, c := range []struct {
		name    string
		wish    plan.Wish
		reasons []string
		monthly money.Cents
		n       int
		first   string // due date of the first instalment
	}{
		{"fits", plan.Wish{Total: 100_000, Monthly: 5000, First: d("2026-12-15")}, nil, 5000, 20, "2026-12-15"},
		{"on a Sunday: moved, still granted", plan.Wish{Total: 100_000, Monthly: 5000, First: d("2026-12-20")}, nil, 5000, 20, "2026-12-21"},
		{"six months", plan.Wish{Total: 100_000, Months: 6, First: d("2026-12-15")}, nil, 16667, 6, "2026-12-15"},
		{"too little", plan.Wish{Total: 30_000, Monthly: 1500, First: d("2026-12-15")}, []string{plan.RateTooLow}, 2000, 15, "2026-12-15"},
		{"too long: 100,000 in 36 is 2,777.78, in full euros 2,778", plan.Wish{Total: 10_000_000, Monthly: 100_000, First: d("2026-12-15")}, []string{plan.TooLong}, 277_800, 36, "2026-12-15"},
		{"too little and too long", plan.Wish{Total: 200_000, Monthly: 1000, First: d("2026-12-15")}, []string{plan.RateTooLow, plan.TooLong}, 5600, 36, "2026-12-15"},
		{"more than is open", plan.Wish{Total: 1500, Monthly: 5000, First: d("2026-12-15")}, nil, 1500, 1, "2026-12-15"},
		{"all at once, below the least instalment", plan.Wish{Total: 1500, Monthly: 1500, First: d("2026-12-15")}, nil, 1500, 1, "2026-12-15"},
		{"no amount", plan.Wish{Total: 100_000, First: d("2026-12-15")}, []string{plan.RateNotStated}, 2800, 36, "2026-12-15"},
		{"no date", plan.Wish{Total: 100_000, Monthly: 5000}, []string{plan.FirstMissing}, 5000, 20, "2026-12-08"},
		{"yesterday", plan.Wish{Total: 100_000, Monthly: 5000, First: d("2026-11-23")}, []string{plan.FirstPast}, 5000, 20, "2026-12-08"},
		{"too late: 8 January is the 45th day", plan.Wish{Total: 100_000, Monthly: 5000, First: d("2027-02-01")}, []string{plan.FirstTooLate}, 5000, 20, "2027-01-08"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ok, offer, reasons := plan.Check(policy, c.wish, today, calendar.NW)
			if ok != (len(c.reasons) == 0) || !slices.Equal(reasons, c.reasons) {
				t.Errorf("ok %v, reasons %v, want %v", ok, reasons, c.reasons)
			}
			if offer.Monthly != c.monthly || len(offer.Rates) != c.n || offer.Rates[0].Due != d(c.first) || plan.Sum(offer.Rates) != c.wish.Total {
				t.Errorf("offer %s from %s in %d, first due %s", offer.Monthly, offer.First, len(offer.Rates), offer.Rates[0].Due)
			}
		})
	}
	if ok, _, reasons := plan.Check(policy, plan.Wish{Monthly: 100}, today, calendar.NW); ok || !slices.Equal(reasons, []string{plan.NothingOpen}) {
		t.Errorf("nothing open: %v, %v", ok, reasons)
	}
}

// TestCounterOfferFits: whatever is wished, the offer passes the policy itself.
func TestCounterOfferFits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := calendar.Of(2026, 1, 1) + calendar.Date(rapid.IntRange(0, 800).Draw(t, "today"))
		p := plan.Policy{
			MinMonthly: money.Cents(rapid.Int64Range(0, 10_000).Draw(t, "least")),
			MaxMonths:  rapid.IntRange(0, 60).Draw(t, "months"), FirstWithinDays: rapid.IntRange(0, 90).Draw(t, "within"),
		}
		w := plan.Wish{Total: money.Cents(rapid.Int64Range(1, 5_000_000).Draw(t, "total")), Monthly: money.Cents(rapid.Int64Range(0, 50_000).Draw(t, "monthly")), Months: rapid.IntRange(0, 50).Draw(t, "n")}
		if rapid.Bool().Draw(t, "dated") {
			w.First = today + calendar.Date(rapid.IntRange(-20, 200).Draw(t, "first"))
		}
		land := rapid.SampledFrom(calendar.Laender()).Draw(t, "land")
		_, offer, reasons := plan.Check(p, w, today, land)
		if plan.Sum(offer.Rates) != w.Total {
			t.Fatalf("offer %+v, reasons %v", offer, reasons)
		}
		again := plan.Wish{Total: w.Total, Monthly: offer.Monthly, First: offer.First}
		if ok, same, why := plan.Check(p, again, today, land); !ok || len(reasons) > 0 && !slices.Equal(same.Rates, offer.Rates) {
			t.Fatalf("the offer %s from %s is itself refused: %v", offer.Monthly, offer.First, why)
		}
	})
}

// TestProgress goes through a plan of 3 x 100.00 due on 1 December, 4 January
// and 1 February with 5 days of grace and 2 bank days.
func TestProgress(t *testing.T) {
	t.Parallel()
	rates, err := plan.Schedule(30_000, 10_000, d("2026-12-01"), calendar.NW, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	pay := func(day string, c money.Cents) plan.Payment { return plan.Payment{Date: d(day), Cents: c} }
	for _, c := range []struct {
		name           string
		today, covered string
		paid           []plan.Payment
		want           [3]plan.State
	}{
		{"before it begins", "2026-11-24", "2026-11-23", nil, [3]plan.State{plan.Open, plan.Open, plan.Open}},
		{"on the due day", "2026-12-01", "2026-11-30", nil, [3]plan.State{plan.Open, plan.Open, plan.Open}},
		// 1 December and 5 days is Sunday the 6th: the grace ends on Monday the 7th.
		{"last day of grace", "2026-12-07", "2026-12-04", nil, [3]plan.State{plan.Open, plan.Open, plan.Open}},
		{"grace over, no statement yet", "2026-12-08", "2026-12-07", nil, [3]plan.State{plan.Unclear, plan.Open, plan.Open}},
		{"statement a day short", "2026-12-09", "2026-12-08", nil, [3]plan.State{plan.Unclear, plan.Open, plan.Open}},
		{"statement covers two bank days", "2026-12-10", "2026-12-09", nil, [3]plan.State{plan.Broken, plan.Open, plan.Open}},
		{"stale statement keeps it unclear", "2027-01-15", "2026-12-08", nil, [3]plan.State{plan.Unclear, plan.Unclear, plan.Open}},
		{"paid in grace", "2026-12-10", "2026-12-09", []plan.Payment{pay("2026-12-07", 10_000)}, [3]plan.State{plan.Met, plan.Open, plan.Open}},
		{"paid late", "2026-12-15", "2026-12-14", []plan.Payment{pay("2026-12-08", 10_000)}, [3]plan.State{plan.Late, plan.Open, plan.Open}},
		{"paid in part", "2026-12-10", "2026-12-09", []plan.Payment{pay("2026-12-01", 9_999)}, [3]plan.State{plan.Broken, plan.Open, plan.Open}},
		{"two parts make it whole", "2026-12-10", "2026-12-09", []plan.Payment{pay("2026-12-04", 4_000), pay("2026-12-01", 6_000)}, [3]plan.State{plan.Met, plan.Open, plan.Open}},
		{"paid ahead", "2026-12-02", "2026-12-01", []plan.Payment{pay("2026-11-25", 25_000)}, [3]plan.State{plan.Met, plan.Met, plan.Open}},
		{"all paid", "2027-03-01", "2027-02-26", []plan.Payment{pay("2026-12-01", 10_000), pay("2027-01-04", 10_000), pay("2027-02-01", 10_000)}, [3]plan.State{plan.Met, plan.Met, plan.Met}},
		{"tomorrow's payment does not count today", "2026-12-10", "2026-12-09", []plan.Payment{pay("2026-12-11", 10_000)}, [3]plan.State{plan.Broken, plan.Open, plan.Open}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			states := plan.Progress(rates, c.paid, policy, calendar.NW, d(c.today), d(c.covered))
			for i, s := range states {
				if s.State != c.want[i] {
					t.Errorf("instalment %d is %s, want %s", s.No, s.State, c.want[i])
				}
			}
		})
	}
	o := plan.SumUp(plan.Progress(rates, []plan.Payment{pay("2026-12-01", 4_000)}, policy, calendar.NW, d("2026-12-10"), d("2026-12-09")))
	if o.Broken != 1 || o.Overdue != 6_000 || o.Next.No != 1 || o.Done || o.Paid != 4_000 {
		t.Errorf("outcome %+v", o)
	}
}
