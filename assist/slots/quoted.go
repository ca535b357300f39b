package slots

import (
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// Amount reads the one amount in a quote; ok is false if there is none or more
// than one, or if it is a range.
func (r *Reader) Amount(quote string, today calendar.Date) (c money.Cents, ok bool) {
	d := r.scan(clip(quote), "text")
	d.findDates()
	d.findAmounts()
	for i := range d.amounts {
		a := &d.amounts[i]
		if a.ranged || ok && a.value != c {
			return 0, false
		}
		c, ok = a.value, true
	}
	return c, ok
}

// Day reads the one day in a quote, resolved against today; past says that a
// payment in the past is meant. ok is false if there is none or more than one.
func (r *Reader) Day(quote string, today calendar.Date, past bool) (day calendar.Date, ok bool) {
	if today.IsZero() {
		return 0, false
	}
	d := r.scan(clip(quote), "text")
	d.findDates()
	for i := range d.dates {
		dt := &d.dates[i]
		v := dt.resolve(today, past)
		if dt.ranged || ok && v != day {
			return 0, false
		}
		day, ok = v, true
	}
	return day, ok
}
