package slots

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
)

// TestFresh measures on snippets that were written before anything was tuned
// and that nothing is tuned on.
func TestFresh(t *testing.T) {
	m := measure(t, snippets(t, "testdata/fresh.jsonl"), "")
	report(t, "fresh", m)
	floors{
		Monthly: 0.95, Offer: 0.95, Promise: 0.85, PaidCents: 0.85, FirstPayment: 0.90, PauseUntil: 0.90, PromiseDate: 0.90, PaidDate: 0.90,
		DisputeReason: 0.75, Invoice: 0.95,
	}.hold(t, m)
}

// TestFreshAgain measures on a second set of 154 snippets, written later and
// measured before any rule or weight was touched: money 0.967 of 61 (4 invented),
// days 0.973 of 73 (6 invented), reasons 0.872 of 47. Then two labels were put
// right (g-089: "letzten Montag" is the day before; g-093 states a sum), phone
// numbers, "bis heute", automatic mails and sums of payments were mended, and 174
// lines of reasons added, some of which retell what was missed here: the first
// figures are the honest ones.
func TestFreshAgain(t *testing.T) {
	m := measure(t, snippets(t, "testdata/fresh-2.jsonl"), *showErrors)
	report(t, "fresh-2", m)
	money, days := pool(m, moneySlots[:]...), pool(m, daySlots[:]...)
	t.Logf("money %.3f of %d, invented %d, wrong %d; days %.3f of %d, invented %d, wrong %d", ratio(money.exact, money.want), money.want, money.invented, money.wrong,
		ratio(days.exact, days.want), days.want, days.invented, days.wrong)
	if ratio(money.exact, money.want) < 0.95 || ratio(days.exact, days.want) < 0.95 {
		t.Errorf("money %.3f, days %.3f exact, want 0.95", ratio(money.exact, money.want), ratio(days.exact, days.want))
	}
	floors{
		Monthly: 0.95, Offer: 0.95, Promise: 0.95, PaidCents: 0.9, FirstPayment: 0.9, PauseUntil: 0.95, PromiseDate: 0.95, PaidDate: 0.95,
		DisputeReason: 0.9, Reference: 1, Invoice: 1,
	}.hold(t, m)
}

func snippets(t *testing.T, name string) []example {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var ex []example
	for line := range strings.SplitSeq(strings.TrimSpace(string(b)), "\n") {
		var e example
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		ex = append(ex, e)
	}
	return ex
}

// TestFreshThird measures on a third and a fourth set, written without a look at
// the rules. The 60 of the third before anything was touched: money 0.963 of 27 (1
// invented), days 0.868 of 38, reasons 0.929 of 14; the 40 of the fourth after the
// third had been mended and before it was itself looked at: money 1.000 of 20, days
// 0.889 of 27, none invented. Then "day after tomorrow" and the French "hier" were
// mended, and five labels put right by the scheme (a weekday is the next one, a
// pause ends where paying begins).
func TestFreshThird(t *testing.T) {
	for _, name := range []string{"fresh-3", "fresh-4"} {
		m := measure(t, snippets(t, "testdata/"+name+".jsonl"), *showErrors)
		report(t, name, m)
		money, days := pool(m, moneySlots[:]...), pool(m, daySlots[:]...)
		t.Logf("%s money %.3f of %d, invented %d, wrong %d; days %.3f of %d, invented %d, wrong %d", name, ratio(money.exact, money.want), money.want, money.invented, money.wrong,
			ratio(days.exact, days.want), days.want, days.invented, days.wrong)
		if ratio(money.exact, money.want) < 0.95 || ratio(days.exact, days.want) < 0.95 {
			t.Errorf("%s: money %.3f, days %.3f exact, want 0.95", name, ratio(money.exact, money.want), ratio(days.exact, days.want))
		}
	}
}

// TestFreshFifth measures on four more sets, each written without a look at the
// rules and measured before it was read. The 183 of the fifth, as the rules were:
// money 1.000 of 74, days 0.913 of 127, 9 invented in 183 (ranges, days taken
// back). Weeks, quarters, the week after next, ranges and doubts were then mended
// by rule. The 70 of the sixth, with those rules: money 1.000 of 13, days 0.887 of
// 62, 1 invented. Year ends in other languages, "next month", ordinals in words
// were mended. The 57 of the eighth, with those: money 1.000 of 11, days 0.962 of
// 52, none invented; one label was put right by the scheme ("next Wednesday" is
// the next one). Reasons, the 28 of the seventh: 1.000.
func TestFreshFifth(t *testing.T) {
	for _, name := range []string{"fresh-5", "fresh-6", "fresh-7", "fresh-8"} {
		m := measure(t, snippets(t, "testdata/"+name+".jsonl"), *showErrors)
		report(t, name, m)
		money, days, reasons := pool(m, moneySlots[:]...), pool(m, daySlots[:]...), m[DisputeReason]
		if money.exact < money.want || days.exact*100 < days.want*98 || reasons.exact < reasons.want {
			t.Errorf("%s: money %d of %d, days %d of %d, reasons %d of %d", name, money.exact, money.want, days.exact, days.want, reasons.exact, reasons.want)
		}
		if n := money.invented + days.invented; n > 0 {
			t.Errorf("%s: %d invented", name, n)
		}
	}
}

// TestEmptyDaysSayWhy holds that a mail whose day cannot be told fills no day and
// leaves a note.
func TestEmptyDaysSayWhy(t *testing.T) {
	for _, c := range []struct {
		intent cases.Intent
		text   string
		want   string
	}{
		{cases.PaymentPromise, "Zwischen dem 5. und 10. Dezember zahle ich.", "range:promise_date"},
		{cases.PaymentPromise, "Am 5. oder am 15. Dezember zahle ich, je nachdem.", "range:promise_date"},
		{cases.PaymentPromise, "Ich zahle am 5.12., nein warten Sie, ich weiß es noch nicht genau.", "ambiguous:promise_date"},
		{cases.PaymentPromise, "I will pay on 03/12 and that is all.", "ambiguous:promise_date"},
		{cases.PaymentPromise, "Nach Weihnachten zahle ich.", "vague:promise_date"},
		{cases.PaymentPromise, "Sobald mein Steuerbescheid kommt, überweise ich.", "vague:promise_date"},
		{cases.PaymentPause, "Ich brauche zwei bis drei Monate Luft.", "range:pause_until"},
		{cases.PaymentPause, "Please wait until I have found a new job, when I get paid I call.", "vague:pause_until"},
	} {
		r := Read(cases.ClassifyInput{Text: c.text, Date: calendar.Of(2026, time.November, 24)}, c.intent)
		if !slices.Contains(r.Notes, c.want) || !r.Slots.PromiseDate.IsZero() || !r.Slots.PauseUntil.IsZero() {
			t.Errorf("%s: notes %v, slots %v, want %s", c.text, r.Notes, fields(r.Slots), c.want)
		}
	}
}
