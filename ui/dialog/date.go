package dialog

import (
	"strconv"
	"strings"
	"time"

	"kontor/cases/calendar"
)

// Date reads a day as people type it, seen from today: "+14" and "14" in
// fourteen days, "2w", "3m", a weekday ("fr", "freitag", "fri": the next one),
// "31.12.", "31.12.2027", "2027-12-31", "heute", "morgen", "today", "tomorrow".
// A day without a year is the next such day. ok is false for anything else.
func Date(s string, today calendar.Date) (d calendar.Date, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	switch s {
	case "":
		return 0, false
	case "heute", "today":
		return today, true
	case "morgen", "tomorrow":
		return today + 1, true
	case "übermorgen":
		return today + 2, true
	}
	if wd, found := weekday(s); found {
		d = today + 1
		for d.Weekday() != wd {
			d++
		}
		return d, true
	}
	if d, err := calendar.Parse(s); err == nil {
		return d, true
	}
	if d, ok := relative(s, today); ok {
		return d, true
	}
	return dotted(s, today)
}

// PastDate reads a day that lies behind today, or is today: a day without a year
// is the last such day, a weekday the last one, "-14" and "14" are fourteen days
// ago, "gestern" and "yesterday" work. What names a year is taken as it stands.
func PastDate(s string, today calendar.Date) (d calendar.Date, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	switch s {
	case "gestern", "yesterday":
		return today - 1, true
	case "heute", "today":
		return today, true
	}
	if wd, found := weekday(s); found {
		d = today - 1
		for d.Weekday() != wd {
			d--
		}
		return d, true
	}
	if ago := strings.TrimPrefix(s, "-"); !strings.ContainsAny(ago, ".-") {
		if d, ok := relative(ago, today); ok {
			return today - (d - today), true
		}
	}
	if strings.Count(strings.TrimSuffix(s, "."), ".") == 1 {
		if d, ok := dotted(s, today.AddMonths(-12)+1); ok {
			return d, d <= today
		}
		return 0, false
	}
	return Date(s, today)
}

func weekday(s string) (time.Weekday, bool) {
	names := [7][]string{
		{"so", "sonntag", "sun", "sunday"},
		{"mo", "montag", "mon", "monday"},
		{"di", "dienstag", "tue", "tuesday"},
		{"mi", "mittwoch", "wed", "wednesday"},
		{"do", "donnerstag", "thu", "thursday"},
		{"fr", "freitag", "fri", "friday"},
		{"sa", "samstag", "sat", "saturday"},
	}
	for wd, ns := range names {
		for _, n := range ns {
			if s == n {
				return time.Weekday(wd), true
			}
		}
	}
	return 0, false
}

func relative(s string, today calendar.Date) (calendar.Date, bool) {
	s = strings.TrimSpace(strings.TrimPrefix(s, "+"))
	unit := byte('d')
	if s != "" {
		switch last := s[len(s)-1]; last {
		case 'd', 't', 'w', 'm':
			unit, s = last, strings.TrimSpace(s[:len(s)-1])
		}
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 3650 {
		return 0, false
	}
	switch unit {
	case 'w':
		return today + calendar.Date(7*n), n <= 520
	case 'm':
		return today.AddMonths(n), n <= 120
	}
	return today + calendar.Date(n), true
}

func dotted(s string, today calendar.Date) (calendar.Date, bool) {
	parts := strings.Split(strings.TrimSuffix(s, "."), ".")
	if len(parts) != 2 && len(parts) != 3 {
		return 0, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(strings.TrimSpace(p))
		if err != nil || v < 1 || v > 9999 {
			return 0, false
		}
		n[i] = v
	}
	year, _, _ := today.Civil()
	if len(parts) == 3 {
		year = n[2]
		if year < 100 {
			year += 2000
		}
	}
	if n[1] > 12 {
		return 0, false
	}
	d := calendar.Of(year, time.Month(n[1]), n[0])
	if _, _, day := d.Civil(); day != n[0] {
		return 0, false
	}
	if len(parts) == 2 && d < today {
		d = calendar.Of(year+1, time.Month(n[1]), n[0])
		if _, _, day := d.Civil(); day != n[0] { // 29 February
			return 0, false
		}
	}
	return d, true
}
