package slots

import (
	"encoding/json"
	"flag"
	"fmt"
	"sort"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"kontor/assist/data"
	"kontor/cases"
	"kontor/cases/calendar"
)

var showErrors = flag.String("slots.errors", "", "print the misses of this slot over the mails that are not held back")

// example is one labelled mail.
type example struct {
	ID, From, Subject, Text string
	Date                    time.Time
	Labels                  struct {
		Intent    cases.Intent
		Secondary []cases.Intent
		Slots     cases.Slots
		Lang      string
	}
}

// loadExamples reads the labelled mails; they are the project's own copy.
func loadExamples(tb testing.TB) []example {
	tb.Helper()
	list, err := data.Labelled[example]()
	if err != nil {
		tb.Fatal(err)
	}
	return list
}

func (e *example) input() cases.ClassifyInput {
	y, m, d := e.Date.Date()
	return cases.ClassifyInput{
		Subject: norm.NFC.String(e.Subject), Text: norm.NFC.String(e.Text), From: e.From, Date: calendar.Of(y, m, d),
	}
}

// tally counts one slot: want is how often it is labelled, exact how often it
// was read right, wrong how often with another value, invented how often
// without a label.
type tally struct{ want, exact, wrong, invented, mails int }

func fields(s cases.Slots) map[string]string {
	m := map[string]string{}
	b, err := json.Marshal(s)
	if err != nil {
		return m
	}
	var v map[string]any
	if err := json.Unmarshal(b, &v); err != nil {
		return m
	}
	for k, x := range v {
		m[k] = fmt.Sprint(x)
	}
	return m
}

func allSlots() []string {
	return []string{Monthly, Offer, Promise, PaidCents, FirstPayment, PauseUntil, PromiseDate, PaidDate, DisputeReason, Reference, Invoice}
}

func (c *tally) add(o *tally) {
	c.want, c.exact, c.wrong, c.invented, c.mails = c.want+o.want, c.exact+o.exact, c.wrong+o.wrong, c.invented+o.invented, c.mails+o.mails
}

func measure(t *testing.T, ex []example, show string) map[string]*tally {
	t.Helper()
	return measureWith(t, New(""), ex, show)
}

func measureWith(t *testing.T, r *Reader, ex []example, show string) map[string]*tally {
	t.Helper()
	out := map[string]*tally{}
	for _, s := range allSlots() {
		out[s] = &tally{}
	}
	for i := range ex {
		e := &ex[i]
		res := r.Read(e.input(), e.Labels.Intent, e.Labels.Secondary...)
		want, got := fields(e.Labels.Slots), fields(res.Slots)
		for _, s := range allSlots() {
			c := out[s]
			c.mails++
			w, g := want[s], got[s]
			if w != "" {
				c.want++
			}
			switch {
			case w == g && w != "":
				c.exact++
			case w == "" && g != "":
				c.invented++
			case g != "" && w != g:
				c.wrong++
			}
			if (s == show || show == "all") && w != g {
				t.Logf("@@ %s %s %s %s %s want %q got %q notes %v\n%s\n%s", s, e.ID, e.Date.Format(time.DateOnly), e.Labels.Lang, e.Labels.Intent, w, g, res.Notes, e.Subject, e.Text)
			}
		}
	}
	return out
}

func report(t *testing.T, name string, m map[string]*tally) {
	t.Helper()
	keys := allSlots()
	sort.Strings(keys)
	for _, s := range keys {
		c := m[s]
		t.Logf("%-9s %-20s want %4d exact %.3f wrong %3d invented %3d (%.2f %% of mails)", name, s, c.want, ratio(c.exact, c.want), c.wrong, c.invented, 100*ratio(c.invented, c.mails))
	}
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// floors are the lowest share of a slot read right, and the highest share of
// mails in which it may be invented.
type floors map[string]float64

func (f floors) hold(t *testing.T, m map[string]*tally) {
	t.Helper()
	for _, s := range allSlots() {
		c := m[s]
		if got := ratio(c.exact, c.want); c.want > 0 && got < f[s] {
			t.Errorf("%s: %.3f exact of %d, want at least %.3f", s, got, c.want, f[s])
		}
		if got := ratio(c.invented, c.mails); got >= 0.02 {
			t.Errorf("%s invented in %.2f %% of the mails", s, 100*got)
		}
	}
}

// pool adds up the slots that end in one of the names.
func pool(m map[string]*tally, names ...string) tally {
	var sum tally
	for _, s := range names {
		sum.add(m[s])
	}
	return sum
}

// TestMeasure learns on four fifths of the labelled mails and measures on the
// fifth, five times, so that no mail is read by weights that saw it.
func TestMeasure(t *testing.T) {
	m := cross(t, 5, nil)
	report(t, "crossed", m)
	floors{
		Monthly: 0.92, Offer: 0.87, Promise: 0.82, PaidCents: 0.92, FirstPayment: 0.90, PauseUntil: 0.90, PromiseDate: 0.89, PaidDate: 0.90,
		DisputeReason: 0.75, Reference: 0.99, Invoice: 0.95,
	}.hold(t, m)
	money, days := pool(m, moneySlots[:]...), pool(m, daySlots[:]...)
	t.Logf("money %.3f of %d, days %.3f of %d", ratio(money.exact, money.want), money.want, ratio(days.exact, days.want), days.want)
	if ratio(money.exact, money.want) < 0.92 || ratio(days.exact, days.want) < 0.92 {
		t.Errorf("money %.3f, days %.3f exact, want 0.92", ratio(money.exact, money.want), ratio(days.exact, days.want))
	}
}

// TestNeighbouringIntent reads every mail as one of an intent that is easily
// mistaken for its own: little may be invented, and something still be found.
func TestNeighbouringIntent(t *testing.T) {
	m := cross(t, 5, func(e *example) {
		e.Labels.Intent, e.Labels.Secondary = neighbour(e.Labels.Intent), nil
	})
	report(t, "neighbour", m)
	for _, s := range append(moneySlots[:], daySlots[:]...) {
		if c := m[s]; ratio(c.invented+c.wrong, c.mails) >= 0.035 {
			t.Errorf("%s wrong or invented in %d of %d mails read with a neighbouring intent", s, c.invented+c.wrong, c.mails)
		}
	}
	if c := pool(m, moneySlots[:]...); ratio(c.exact, c.want) < 0.6 {
		t.Errorf("money: %.3f exact with a neighbouring intent, want 0.6", ratio(c.exact, c.want))
	}
}

func BenchmarkRead(b *testing.B) {
	ex := loadExamples(b)
	r := New("")
	ins := make([]cases.ClassifyInput, len(ex))
	for i := range ex {
		ins[i] = ex[i].input()
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r.Read(ins[i%len(ins)], ex[i%len(ins)].Labels.Intent)
		i++
	}
}
