package calendar

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrWindow is a send window that cannot be read.
var ErrWindow = errors.New("send window")

// Window says when mails to private persons may leave: hours per weekday, never
// on a public holiday. The zero Window is always open.
type Window struct {
	days   [7][2]int // minutes of the day, from and until; equal: closed
	limits bool
}

// Always is the window without limits.
func Always() Window { return Window{} }

var dayNames = map[string]time.Weekday{
	"so": 0, "mo": 1, "di": 2, "mi": 3, "do": 4, "fr": 5, "sa": 6,
	"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6,
}

// ParseWindow reads "always", or day ranges with hours: "Mo-Sa 08:00-20:00",
// "Mo-Fr 08:00-20:00, Sa 09:00-14:00". A later range replaces an earlier one on
// the days they share; 24:00 is the end of the day.
func ParseWindow(s string) (Window, error) {
	if strings.TrimSpace(s) == "always" {
		return Always(), nil
	}
	w := Window{limits: true}
	for part := range strings.SplitSeq(s, ",") {
		days, hours, ok := strings.Cut(strings.TrimSpace(part), " ")
		if !ok {
			return Window{}, fmt.Errorf("%w: %q: want days and hours, as in Mo-Sa 08:00-20:00", ErrWindow, part)
		}
		from, until, err := parseHours(strings.TrimSpace(hours))
		if err != nil {
			return Window{}, fmt.Errorf("%w: %q: %w", ErrWindow, part, err)
		}
		a, b, isRange := strings.Cut(days, "-")
		if !isRange {
			b = a
		}
		first, okA := dayNames[strings.ToLower(a)]
		last, okB := dayNames[strings.ToLower(b)]
		if !okA || !okB {
			return Window{}, fmt.Errorf("%w: unknown day in %q", ErrWindow, days)
		}
		for d := first; ; d = (d + 1) % 7 {
			w.days[d] = [2]int{from, until}
			if d == last {
				break
			}
		}
	}
	return w, nil
}

func parseHours(s string) (from, until int, err error) {
	a, b, ok := strings.Cut(s, "-")
	if !ok {
		return 0, 0, errors.New("want hours as in 08:00-20:00")
	}
	if from, err = parseClock(a); err != nil {
		return 0, 0, err
	}
	if until, err = parseClock(b); err != nil {
		return 0, 0, err
	}
	if from >= until {
		return 0, 0, errors.New("hours end before they begin")
	}
	return from, until, nil
}

func parseClock(s string) (int, error) {
	if s == "24:00" {
		return 24 * 60, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, fmt.Errorf("%q is no time of day", s)
	}
	return t.Hour()*60 + t.Minute(), nil
}

// Limits reports whether the window ever closes.
func (w Window) Limits() bool { return w.limits }

// Open reports whether a mail may leave at t. Day and hour are those of loc,
// holidays those of l.
func (w Window) Open(t time.Time, loc *time.Location, l Land) bool {
	if !w.limits {
		return true
	}
	local := t.In(loc)
	d := In(t, loc)
	if _, holiday := Holiday(d, l); holiday {
		return false
	}
	m := local.Hour()*60 + local.Minute()
	h := w.days[d.Weekday()]
	return h[0] <= m && m < h[1]
}

// Next returns the first moment from t on at which the window is open, and
// false where it never opens.
func (w Window) Next(t time.Time, loc *time.Location, l Land) (time.Time, bool) {
	if w.Open(t, loc, l) {
		return t, true
	}
	// Ten weeks: a window on one weekday may meet holidays on it week after week.
	for d, end := In(t, loc), In(t, loc)+70; d < end; d++ {
		h := w.days[d.Weekday()]
		if _, holiday := Holiday(d, l); holiday || h[0] == h[1] {
			continue
		}
		y, m, day := d.Civil()
		if at := time.Date(y, m, day, h[0]/60, h[0]%60, 0, 0, loc); at.After(t) {
			return at, true
		}
	}
	return time.Time{}, false
}
