package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"kontor/ui/internal/fake"
)

// A key and its view over 100,000 rows at 120x40: below 2 ms.
func BenchmarkKeyAndView100000(b *testing.B) { benchKeys(b, 120, 40) }

// The same at 200x60: below 4 ms.
func BenchmarkKeyAndView100000Large(b *testing.B) { benchKeys(b, 200, 60) }

func benchKeys(b *testing.B, w, h int) {
	b.Helper()
	d := start(b, w, h, "de", fake.Many(100_000)...)
	down := press("down")
	b.ReportAllocs()
	for b.Loop() {
		_, _ = d.app.Update(down)
		_ = d.app.View()
	}
}

// One key of the filter over 100,000 rows: below 20 ms, off the update loop.
func BenchmarkFilter100000(b *testing.B) {
	d := start(b, 120, 40, "de", fake.Many(100_000)...)
	d.keys("f")
	d.typeText("m") // builds the index
	d.settle()
	b.ResetTimer()
	for b.Loop() {
		d.keys("u", "backspace")
		d.later = d.later[:0]
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(2*b.N), "us/key")
}

// The keys of an opened item.
func BenchmarkReviewScroll(b *testing.B) {
	d := start(b, 120, 40, "de")
	d.keys("enter")
	keys := []tea.KeyPressMsg{press("j"), press("k")}
	i := 0
	for b.Loop() {
		_, _ = d.app.Update(keys[i%2])
		_ = d.app.View()
		i++
	}
}
