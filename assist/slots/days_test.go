package slots

import (
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
)

// TestStatementsOfTime holds what single statements of time mean, whatever slot
// they fill then.
func TestStatementsOfTime(t *testing.T) {
	today := calendar.Of(2026, time.November, 25)
	r := New("")
	for _, line := range readLines(t, "testdata/days.txt") {
		f := strings.Split(line, "|")
		want, past := strings.CutPrefix(f[0], "<")
		in := cases.ClassifyInput{Text: f[1], Date: today}
		p := r.begin(&in, cases.PaymentPromise)
		p.prepare()
		var got []string
		for i := range p.text.dates {
			if dt := &p.text.dates[i]; !dt.ranged && !dt.doubt {
				got = append(got, dt.resolve(today, past).String())
			}
		}
		if len(got) == 0 {
			got = []string{"-"}
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %s, want %s", f[1], got, want)
		}
	}
}
