package ledger_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
)

// drawLedger makes an account of a few claims and many bookings on few days, so
// that days are shared and sums meet.
func drawLedger(t *rapid.T) refLedger {
	base := mustDay("2024-11-01")
	when := func(label string, days int) string {
		return day(base.AddDate(0, 0, rapid.IntRange(0, days).Draw(t, label)))
	}
	var l refLedger
	ids := []string{"A", "B", "C"}[:rapid.IntRange(1, 3).Draw(t, "claims")]
	for _, id := range ids {
		due := when("due", 200)
		c := refClaim{
			id: id, kind: rapid.SampledFrom([]string{"ordinary", "consumer_credit", "mortgage_consumer_credit", "title_interest", "damages"}).Draw(t, "kind"),
			principal: rapid.Int64Range(0, 30_000).Draw(t, "principal"), due: due,
		}
		if c.kind != "title_interest" {
			c.rate = rapid.SampledFrom([]string{"none", "consumer", "mortgage", "fixed"}).Draw(t, "rate")
			if c.rate == "fixed" {
				c.percent = rapid.SampledFrom([]string{"3.33", "12.00", "99.99"}).Draw(t, "percent")
			}
			if rapid.Bool().Draw(t, "default") {
				c.defaultD = day(mustDay(due).AddDate(0, 0, rapid.IntRange(1, 60).Draw(t, "wait")))
			}
		}
		c.secured = rapid.Bool().Draw(t, "secured")
		l.claims = append(l.claims, c)
	}
	if conv := rapid.SampledFrom([]string{"", "act/act", "30/360"}).Draw(t, "count"); conv != "" {
		l.count = [][2]string{{"", "act/365"}, {"2025-03-10", conv}}
	}
	n := rapid.IntRange(0, 14).Draw(t, "entries")
	for i := range n {
		e := refEntry{id: fmt.Sprintf("e%d", i+1), date: day(base.AddDate(0, 0, 20*rapid.IntRange(0, 20).Draw(t, "day"))), cents: rapid.Int64Range(1, 20_000).Draw(t, "cents")}
		e.kind = rapid.SampledFrom([]string{"cost", "interest", "payment", "payment", "payment", "payment_to_creditor", "write_off", "waiver", "refund", "reversal"}).Draw(t, "entry")
		claim := rapid.SampledFrom(ids).Draw(t, "claim")
		some := rapid.Bool().Draw(t, "some")
		switch e.kind {
		case "interest":
			e.claim = claim
		case "cost":
			if some {
				e.claim = claim
			}
		case "payment", "payment_to_creditor":
			if some {
				e.by, e.claim = "debtor", claim
				if rapid.Bool().Draw(t, "order") {
					e.order = []string{rapid.SampledFrom([]string{"costs", "interest", "principal"}).Draw(t, "part")}
				}
			}
		case "write_off", "waiver":
			if some {
				e.claim = claim
			}
			e.part = rapid.SampledFrom([]string{"", "costs", "interest", "principal"}).Draw(t, "part")
		case "reversal":
			if i == 0 || l.entries[i-1].kind == "reversal" {
				e.kind = "payment"
				break
			}
			of := l.entries[i-1]
			e.reverses, e.cents = of.id, min(e.cents, of.cents)
			e.date = day(mustDay(of.date).AddDate(0, 0, 20*rapid.IntRange(0, 3).Draw(t, "back")))
		}
		l.entries = append(l.entries, e)
	}
	return l
}

// TestAccount: whatever is booked, the account agrees with the reference, its
// statement adds up, its dated parts agree with folding, no cent is made or
// lost, and the order of the list does not matter.
func TestAccount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := drawLedger(t)
		at := day(mustDay("2024-11-01").AddDate(0, 0, rapid.IntRange(0, 500).Draw(t, "at")))
		l, rules := translate(r)
		if err := ledger.Validate(l); err != nil {
			t.Fatalf("validate: %v", err)
		}
		b, err := ledger.BalanceAt(l, date(at), rules)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := sums(b), reckon(r, at).sums(); got != want {
			t.Fatalf("principal, interest, costs, credit = %v, want %v", got, want)
		}
		checkStatement(t, l, rules, date(at))
		checkDaily(t, l, rules, date(at))
		conserve(t, l, rules, date(at), b)

		mixed := ledger.Ledger{Claims: append([]ledger.Claim(nil), l.Claims...), Entries: append([]ledger.Entry(nil), l.Entries...)}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		rng.Shuffle(len(mixed.Entries), func(i, k int) { mixed.Entries[i], mixed.Entries[k] = mixed.Entries[k], mixed.Entries[i] })
		rng.Shuffle(len(mixed.Claims), func(i, k int) { mixed.Claims[i], mixed.Claims[k] = mixed.Claims[k], mixed.Claims[i] })
		m, err := ledger.BalanceAt(mixed, date(at), rules)
		if err != nil {
			t.Fatal(err)
		}
		b.Claims, m.Claims = nil, nil
		if !reflect.DeepEqual(b, m) {
			t.Fatalf("order of the list matters: %v and %v", b, m)
		}
	})
}

// conserve: total = what was owed and bore interest, less what was paid and
// remitted, plus what was paid back.
func conserve(t *rapid.T, l ledger.Ledger, rules ledger.Rules, at calendar.Date, b ledger.Balance) {
	st, err := ledger.StatementAt(l, at, rules)
	if err != nil {
		t.Fatal(err)
	}
	var want money.Cents
	for _, cb := range b.Claims {
		for _, c := range l.Claims {
			if c.ID == cb.ID {
				want += c.Principal
			}
		}
		if cb.Principal < 0 || cb.Interest < 0 || cb.Costs < 0 {
			t.Fatalf("negative part: %+v", cb)
		}
	}
	for _, ln := range st.Lines {
		want += ln.Cents
	}
	for _, bk := range st.Bookings {
		net := bk.Cents - bk.Reversed
		switch bk.Kind {
		case ledger.Cost, ledger.Interest, ledger.Refund:
			want += net
		case ledger.Payment, ledger.PaymentToCreditor:
			want -= net
		case ledger.WriteOff, ledger.Waiver:
			want -= net - bk.Unused
		case ledger.Reversal, ledger.FromCredit:
		}
	}
	if b.Total != want || b.Total != b.Principal+b.Interest+b.Costs-b.Credit {
		t.Fatalf("total %v, want %v", b.Total, want)
	}
}

// TestSplitPayment: on one day two payments do what their sum does.
func TestSplitPayment(t *testing.T) {
	t.Parallel()
	rates, err := ledger.ShippedRates()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(1, 90_000).Draw(t, "a"), rapid.Int64Range(1, 90_000).Draw(t, "b")
		claim := ledger.Claim{ID: "A", Kind: ledger.Ordinary, Principal: 80_000, Due: date("2025-01-31"), Default: date("2025-02-01"), Rate: ledger.RateRule{Kind: ledger.RateConsumer}}
		pay := func(n ...int64) ledger.Balance {
			l := ledger.Ledger{Claims: []ledger.Claim{claim}, Entries: []ledger.Entry{{ID: "c", Date: date("2025-03-01"), Kind: ledger.Cost, Cents: 5562}}}
			for i, c := range n {
				l.Entries = append(l.Entries, ledger.Entry{ID: fmt.Sprint(i), Date: date("2025-05-05"), Kind: ledger.Payment, Cents: money.Cents(c)})
			}
			got, err := ledger.BalanceAt(l, date("2026-05-05"), ledger.Rules{Rates: rates})
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if one, two := pay(a+b), pay(a, b); !reflect.DeepEqual(one, two) {
			t.Fatalf("at once %v, in two %v", one, two)
		}
	})
}

// big returns an account with many entries, as after years of small payments.
func bigLedger(n int) ledger.Ledger {
	l := ledger.Ledger{Claims: []ledger.Claim{
		{ID: "f1", Kind: ledger.Ordinary, Principal: 500_000, Due: calendar.Of(2009, 1, 31), Default: calendar.Of(2009, 2, 1), Rate: ledger.RateRule{Kind: ledger.RateConsumer}},
		{ID: "f2", Kind: ledger.Ordinary, Principal: 120_000, Due: calendar.Of(2009, 3, 31), Default: calendar.Of(2009, 4, 1), Rate: ledger.RateRule{Kind: ledger.RateConsumer}},
	}}
	for i := range n {
		e := ledger.Entry{ID: fmt.Sprintf("e%03d", i), Date: calendar.Of(2010, time.January, 5).AddMonths(i), Kind: ledger.Payment, Cents: 2500}
		if i%20 == 7 {
			e.Kind, e.CostKind, e.Cents = ledger.Cost, ledger.BailiffCost, 3150
		}
		if i%50 == 13 {
			e.Kind, e.Reverses, e.Date = ledger.Reversal, l.Entries[i-1].ID, l.Entries[i-1].Date+6
		}
		l.Entries = append(l.Entries, e)
	}
	return l
}

// The balance of 200 bookings may take 50 µs where its floor takes 5.5 µs: sorting
// the bookings' days and one wide multiplication and division a booking, claim
// and half-year that it may concern.
const (
	balance200      = 50 * time.Microsecond
	balance200Floor = 5500 * time.Nanosecond
)

// BenchmarkBalance200 takes the median of single balances, which other load on
// the machine hardly moves, beside that of the floor.
func BenchmarkBalance200(b *testing.B) {
	rates, err := ledger.ShippedRates()
	if err != nil {
		b.Fatal(err)
	}
	l, at := bigLedger(200), calendar.Of(2026, 11, 24)
	days := make([]calendar.Date, len(l.Entries))
	var sink uint64
	floor := func() {
		for i, e := range l.Entries {
			days[(i*7)%len(days)] = e.Date
		}
		slices.Sort(days)
		for i := range len(days) * len(l.Claims) * 2 {
			hi, lo := bits.Mul64(uint64(days[i%len(days)]), 1_234_567_890_123)
			q, _ := bits.Div64(hi, lo, 365*10_000+uint64(i%2))
			sink += q
		}
	}
	var ours, least []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		if _, err := ledger.BalanceAt(l, at, ledger.Rules{Rates: rates}); err != nil {
			b.Fatal(err)
		}
		mid := time.Now()
		floor()
		ours, least = append(ours, mid.Sub(start)), append(least, time.Since(mid))
	}
	slices.Sort(ours)
	slices.Sort(least)
	p, f := ours[len(ours)/2], least[len(least)/2]
	b.ReportMetric(float64(p.Nanoseconds()), "ns-p50")
	b.ReportMetric(float64(f.Nanoseconds()), "floor-ns-p50")
	most := float64(balance200) / float64(balance200Floor)
	if ratio := float64(p) / float64(f); len(ours) > 1000 && ratio > most*1.25 {
		b.Errorf("a balance takes %v, %.1f times the floor of %v; wanted %.1f (sum %d)", p, ratio, f, most, sink)
	}
}

func BenchmarkDailyTotal(b *testing.B) {
	rates, err := ledger.ShippedRates()
	if err != nil {
		b.Fatal(err)
	}
	at := calendar.Of(2026, 11, 24)
	d, err := ledger.Daily(bigLedger(200), at, ledger.Rules{Rates: rates})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := d.Total(at + 20); !ok {
			b.Fatal("not reached")
		}
	}
}
