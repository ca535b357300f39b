// Package calendar is the domain's sense of time: calendar days without a
// clock or a zone, public holidays per Land, business days and the deadline
// rules of §§ 187, 188, 193 BGB and § 222 ZPO.
package calendar

import (
	"fmt"
	"time"
)

// Date is a calendar day, counted from 1 January of year 1 (day 1). The zero
// value means "no date". Dates compare and subtract as integers: b-a is the
// number of days from a to b.
type Date int32

// Of returns the date of a civil day; out-of-range values normalise as in
// time.Date (31 February becomes 3 March).
func Of(year int, month time.Month, day int) Date {
	return fromTime(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// In returns the day that t falls on in loc.
func In(t time.Time, loc *time.Location) Date {
	y, m, d := t.In(loc).Date()
	return Of(y, m, d)
}

const unixDay = 719163 // 1970-01-01 as a Date

func fromTime(t time.Time) Date { return Date(t.Unix()/86400 + unixDay) }

// Parse reads "2006-01-02". The empty string is no date.
func Parse(s string) (Date, error) {
	if s == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("date %q: want YYYY-MM-DD", s)
	}
	if t.Year() < 1 {
		return 0, fmt.Errorf("date %q: year out of range", s)
	}
	return Of(t.Date()), nil
}

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix((int64(d)-unixDay)*86400, 0).UTC() }

// Civil returns year, month and day of month.
func (d Date) Civil() (int, time.Month, int) { return d.Time().Date() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(((int64(d) % 7) + 7) % 7) }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == 0 }

// AddMonths returns the same day n months later; where that month is shorter,
// its last day (§ 188 Abs. 3 BGB).
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Civil()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Of(first.Year(), first.Month(), min(day, last))
}

// EndOfMonth returns the last day of the month of d.
func (d Date) EndOfMonth() Date {
	y, m, _ := d.Civil()
	return Of(y, m+1, 0)
}

// String gives "2006-01-02", and "" for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText writes "2006-01-02".
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads "2006-01-02"; the empty text is no date.
func (d *Date) UnmarshalText(b []byte) error {
	p, err := Parse(string(b))
	*d = p
	return err
}

var weekdays = map[string][7]string{
	"de": {"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
	"en": {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
}

// Short writes the day for a screen: "Mo 04.01." in German, "Mon 4 Jan" else.
func (d Date) Short(lang string) string {
	if d == 0 {
		return "–"
	}
	if lang == "de" {
		return weekdays["de"][d.Weekday()] + " " + d.Time().Format("02.01.")
	}
	return weekdays["en"][d.Weekday()] + " " + d.Time().Format("2 Jan")
}

// Near writes a day as Short does, with its year where that could be another
// than the reader thinks: more than 300 days from today.
func (d Date) Near(today Date, lang string) string {
	if d == 0 || today == 0 || d-today <= 300 && today-d <= 300 {
		return d.Short(lang)
	}
	if lang == "de" {
		return d.Short(lang) + d.Time().Format("2006")
	}
	return d.Short(lang) + d.Time().Format(" 2006")
}

// Long writes the day for a letter: "04.01.2027" in German, "4 January 2027" else.
func (d Date) Long(lang string) string {
	if d == 0 {
		return "–"
	}
	if lang == "de" {
		return d.Time().Format("02.01.2006")
	}
	return d.Time().Format("2 January 2006")
}
