package slots

import (
	"time"

	"kontor/cases/calendar"
)

type dateKind uint8

const (
	dayAbs       dateKind = iota // day and month, perhaps year
	dayOfMonth                   // "am 15."
	monthPart                    // a month, its middle or its end
	dayWeekday                   // "am Freitag"
	dayRelative                  // "morgen"
	dayDuration                  // "in 14 Tagen", "zwei Wochen"
	dayFeast                     // "zu Ostern": n days after Easter Sunday
	dayQuarter                   // "Ende des ersten Quartals": n is the quarter, 0 today's
	dayWeek                      // "Ende KW 51": n is the week
	dayFollowing                 // "am Montag nach dem 15.": the weekday after the day of anchor
	dayNth                       // "am ersten Montag im Januar": n counts, 5 is the last
)

// date is a statement of time in the text.
type date struct {
	kind       dateKind
	ti, tj     int
	start, end int
	year       int
	month      int8 // 1..12; in dayOfMonth and monthPart 0 means "the month", see shift
	day        int8 // 1..31, endOfMonth for the last
	shift      int8 // months from today's: 1 for "next month"
	shifted    bool // shift was said
	weekday    int8
	weeks      int8 // weeks from today's, if weeksSaid
	weeksSaid  bool
	anchor     *date
	n          int // days or months of a duration
	months     bool
	ago        bool
	last       bool // "letzten Montag"
	soft       bool // its number may as well be an amount
	vague      bool // "bare month": named only by its month
	ranged     bool // one of two days joined by "or", "bis"
	recurring  bool // "jeden 15."
	absence    bool // the end of "vom 8. bis 31. März"
	yearShift  int8 // years from today's, in dayAbs without a year
	plus       int8 // days after: "am Tag danach"
	slash      bool // "03/12" in an English text: day or month first
	doubt      bool // the writer takes it back: "ich weiß es noch nicht"
	meant      bool // only what was once wanted or said: "ich wollte am 20. zahlen"
	prep       class
	ctx        context
}

const endOfMonth = 32

// resolve gives the day that dt means for a mail of today: the nearest one
// ahead, or behind if past.
func (dt *date) resolve(today calendar.Date, past bool) calendar.Date {
	v := dt.base(today, past)
	if v != 0 {
		v += calendar.Date(dt.plus)
	}
	return v
}

func (dt *date) base(today calendar.Date, past bool) calendar.Date {
	ty, tm, _ := today.Civil()
	switch dt.kind {
	case dayAbs:
		if dt.year != 0 {
			return civil(dt.year, int(dt.month), int(dt.day))
		}
		c := civil(ty+int(dt.yearShift), int(dt.month), int(dt.day))
		switch {
		case dt.yearShift != 0:
		case past && c > today:
			c = civil(ty-1, int(dt.month), int(dt.day))
		case !past && c < today-60:
			c = civil(ty+1, int(dt.month), int(dt.day))
		}
		return c
	case dayOfMonth:
		c := civil(ty, int(tm)+int(dt.shift), int(dt.day))
		if dt.shifted {
			return c
		}
		if past && c > today {
			return civil(ty, int(tm)-1, int(dt.day))
		}
		if !past && c < today {
			return civil(ty, int(tm)+1, int(dt.day))
		}
		return c
	case monthPart:
		y := ty
		if dt.year != 0 {
			y = dt.year
			return civil(y, int(dt.month), int(dt.day))
		}
		c := civil(y, int(dt.month), int(dt.day))
		switch {
		case past && c > today:
			c = civil(y-1, int(dt.month), int(dt.day))
		case !past && c < today-15:
			c = civil(y+1, int(dt.month), int(dt.day))
		}
		return c
	case dayWeekday:
		wd := int(today.Weekday()+6)%7 + 1 // Monday is 1
		monday := today - calendar.Date(wd-1)
		if dt.weeksSaid {
			return monday + calendar.Date(7*int(dt.weeks)+int(dt.weekday)-1)
		}
		if past || dt.last {
			back := (wd - int(dt.weekday) + 7) % 7
			if back == 0 {
				back = 7
			}
			return today - calendar.Date(back)
		}
		ahead := (int(dt.weekday) - wd + 7) % 7
		if ahead == 0 {
			ahead = 7
		}
		return today + calendar.Date(ahead)
	case dayFeast:
		c := easter(ty) + calendar.Date(dt.n)
		switch {
		case past && c > today:
			c = easter(ty-1) + calendar.Date(dt.n)
		case !past && c < today:
			c = easter(ty+1) + calendar.Date(dt.n)
		}
		return c
	case dayQuarter:
		return dt.inQuarter(today, past)
	case dayWeek:
		return dt.inWeek(today, past)
	case dayNth:
		return dt.nth(today, past)
	case dayRelative:
		return today + calendar.Date(dt.n)
	case dayFollowing:
		return dt.following(today, past)
	case dayDuration:
		n := dt.n
		if dt.ago {
			n = -n
		}
		if dt.months {
			return today.AddMonths(n)
		}
		return today + calendar.Date(n)
	}
	return 0
}

// civil returns a day of a month that may lie outside 1..12; a day beyond the
// month's end means its last.
func civil(y, m, d int) calendar.Date {
	first := calendar.Of(y, time.Month(m), 1)
	if last := first.EndOfMonth(); d > 28 && first+calendar.Date(d-1) > last {
		return last
	}
	return first + calendar.Date(d-1)
}

// easter gives Easter Sunday of a year of the Gregorian calendar (the anonymous
// algorithm of 1876).
func easter(y int) calendar.Date {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return civil(y, n/31, n%31+1)
}

// following gives the first weekday after the anchor.
func (dt *date) following(today calendar.Date, past bool) calendar.Date {
	v := dt.anchor.resolve(today, past)
	if v.IsZero() {
		return v
	}
	return v + 1 + calendar.Date((int(dt.weekday)-1-int((v+1).Weekday()+6)%7+7)%7)
}
