package cases_test

import (
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plan"
)

// TestReminded: a plan may be ended only when a reminder of what is missing went
// out, and its period ended without the money.
func TestReminded(t *testing.T) {
	day := func(m time.Month, d int) calendar.Date { return calendar.Of(2026, m, d) }
	rates, err := plan.Schedule(50_000, 10_000, day(time.June, 1), calendar.NW, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sent := func(d calendar.Date, template string, state cases.ReplyState) cases.ReplyLink {
		return cases.ReplyLink{Reply: "r", At: d.Time().Add(9 * time.Hour), Template: template, State: state}
	}
	a := cases.Arrangement{ID: "a1", Kind: cases.ArrangePlan, State: cases.ArrRunning, Total: 50_000, Rates: rates, Since: day(time.May, 20)}
	for name, c := range map[string]struct {
		replies []cases.ReplyLink
		paid    map[calendar.Date]money.Cents
		today   calendar.Date
		want    calendar.Date
	}{
		"never":                   {nil, nil, day(time.July, 20), 0},
		"in vain":                 {[]cases.ReplyLink{sent(day(time.June, 10), "plan_reminder", cases.ReplySent)}, nil, day(time.July, 20), day(time.June, 10)},
		"another letter":          {[]cases.ReplyLink{sent(day(time.June, 10), "balance_letter", cases.ReplySent)}, nil, day(time.July, 20), 0},
		"never left":              {[]cases.ReplyLink{sent(day(time.June, 10), "plan_reminder", cases.ReplyRefused)}, nil, day(time.July, 20), 0},
		"its period still runs":   {[]cases.ReplyLink{sent(day(time.July, 10), "plan_reminder", cases.ReplySent)}, nil, day(time.July, 20), 0},
		"paid, later ones missed": {[]cases.ReplyLink{sent(day(time.June, 10), "plan_reminder", cases.ReplySent)}, map[calendar.Date]money.Cents{day(time.June, 15): 10_000}, day(time.August, 20), 0},
		"nothing is missing":      {[]cases.ReplyLink{sent(day(time.June, 10), "plan_reminder", cases.ReplySent)}, map[calendar.Date]money.Cents{day(time.June, 15): 50_000}, day(time.July, 20), 0},
	} {
		k := &cases.Case{Land: calendar.NW, Replies: c.replies}
		for d, cents := range c.paid {
			k.Ledger.Entries = append(k.Ledger.Entries, ledger.Entry{ID: d.String(), Date: d, Kind: ledger.Payment, Cents: cents})
		}
		if got := k.Reminded(a, plan.Policy{BankDays: 2}, calendar.NW, time.UTC, c.today, c.today-1); got != c.want {
			t.Errorf("%s: reminded on %v, want %v", name, got, c.want)
		}
	}
}
