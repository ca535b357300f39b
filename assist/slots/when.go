package slots

import "kontor/cases/calendar"

// dayAndMonth joins "am 28. jedes Monats" with "beginnend im Juli", where the
// day chosen for the first payment names only its month or none at all.
func (p *pass) dayAndMonth(d *doc, chosen *date, dst *calendar.Date) bool {
	if chosen.kind != monthPart && chosen.kind != dayOfMonth || chosen.shifted && !chosen.vague {
		return false
	}
	var month, day *date
	for i := range d.dates {
		dt := &d.dates[i]
		switch {
		case (dt.kind == monthPart || dt.shifted) && dt.vague && month == nil &&
			(dt == chosen || dt.prep == clsFrom || dt.ctx.near(clsFirst, 4, 4)):
			month = dt
		case dt.kind == dayOfMonth && !dt.shifted && day == nil &&
			(dt == chosen || dt.recurring || d.always(dt.ti) || dt.ctx.near(clsMonthly, 8, 8) || dt.ctx.near(clsEvery, 8, 8)):
			day = dt
		}
	}
	if month == nil || day == nil || day.ranged || month != chosen && day != chosen {
		return false
	}
	both := date{kind: dayAbs, month: month.month, day: day.day, year: month.year}
	if month.shifted {
		y, m, _ := month.resolve(p.today, false).Civil()
		both.year, both.month = y, int8(m)
	}
	v := both.resolve(p.today, false)
	if v < p.today {
		return false
	}
	*dst = v
	p.prove(d, FirstPayment, month.start, month.end)
	p.prove(d, FirstPayment, day.start, day.end)
	return true
}

// always reports whether the day at token i comes back: "immer zum Dritten",
// "jeweils am 15.".
func (d *doc) always(i int) bool {
	for k := max(0, i-3); k < i; k++ {
		switch string(d.folded(k)) {
		case "immer", "jeweils", "stets", "always", "toujours", "zawsze", "hep", "всегда":
			return true
		}
	}
	return false
}

// dayAfter reads a day that counts from the one named before: "am 27. kommt das
// Geld, am Tag danach überweise ich".
func (d *doc) dayAfter(i int) (date, bool) {
	if len(d.dates) == 0 || i+1 >= len(d.tok) {
		return date{}, false
	}
	before := d.dates[len(d.dates)-1]
	if before.plus != 0 || before.ranged || i-before.tj > 15 {
		return date{}, false
	}
	switch string(d.folded(i)) + " " + string(d.folded(i+1)) {
	case "tag danach", "tag darauf", "tag drauf", "tags drauf", "tags darauf", "tag spater", "day after", "day later", "ertesi gun", "nastepnego dnia", "dzien pozniej", "следующий день", "jour suivant", "le lendemain":
	default:
		return date{}, false
	}
	if i+2 < len(d.tok) && string(d.folded(i+2)) == "tomorrow" {
		return date{}, false
	}
	before.ti, before.tj, before.plus, before.recurring, before.ctx = i, i+2, 1, false, context{}
	return before, true
}
