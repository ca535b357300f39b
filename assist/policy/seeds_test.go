package policy

import (
	"strings"
	"testing"
)

// TestSeedsSpareNothing: what a pattern matches contains one of its seeds, for
// every pattern and everything that any of them finds in the texts.
func TestSeedsSpareNothing(t *testing.T) {
	g := gate(t)
	with := 0
	for i, r := range rows(t) {
		if i%step() != 0 {
			continue
		}
		text := strings.ReplaceAll(fold(r.text).s, "\n", " ")
		for _, rule := range g.rules {
			for _, p := range rule.Patterns {
				if p.seeds != nil {
					with++
				}
				if p.match.MatchString(text) && !p.sown(text) {
					t.Errorf("%s: %s matches %q and is spared", r.line, rule.ID, r.text)
				}
			}
		}
	}
	if with == 0 {
		t.Error("no pattern has seeds")
	}
	for src, want := range map[string]int{`\b(haus|hof)tuer\b`: 1, `ein(s|mal)?`: 1, `(ab|cd) .{0,9}(xyz|uvw)`: 2, `a?`: 0, `\d+`: 0, `(abc|\d)`: 0} {
		if got := len(seeds(src)); got != want {
			t.Errorf("%s: %d seeds %v, want %d", src, got, seeds(src), want)
		}
	}
}
