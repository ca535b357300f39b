package ui

import (
	"slices"
	"testing"
	"time"

	"kontor/ui/internal/fake"
)

// Words typed key by key into the filter over 100,000 rows, the first key with
// the folding of all rows among them: p95 of the keys is at most 20 ms.
func BenchmarkFilterTyped100000(b *testing.B) {
	const p95, tolerated = 20 * time.Millisecond, 1.25
	var took []time.Duration
	for b.Loop() {
		d := start(b, 120, 40, "de", fake.Many(100_000)...)
		d.keys("f")
		for _, word := range []string{"muster", "k-2026-00", "zahlung", "keßler"} {
			for _, r := range word {
				began := time.Now()
				d.typeText(string(r))
				d.settle()
				took = append(took, time.Since(began))
			}
			for range word {
				d.keys("backspace")
				d.settle()
			}
		}
	}
	slices.Sort(took)
	at := took[len(took)*95/100]
	b.ReportMetric(float64(at.Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
	if float64(at) > tolerated*float64(p95) {
		b.Errorf("p95 of a key of the filter is %s, want at most %s", at, p95)
	}
}
