package slots

import "kontor/cases/calendar"

// dayAndMonth joins "am 28. jedes Monats" with "beginnend im Juli", where the
// day chosen for the first payment names only its month or none at all.
func (p *pass) dayAndMonth(d *doc, chosen *date, dst *calendar.Date) bool {
	if chosen.kind != monthPart && chosen.kind != dayOfMonth || chosen.shifted {
		return false
	}
	var month, day *date
	for i := range d.dates {
		dt := &d.dates[i]
		switch {
		case dt.kind == monthPart && dt.vague && dt.year == 0 && month == nil &&
			(dt == chosen || dt.prep == clsFrom || dt.ctx.near(clsFirst, 4, 4)):
			month = dt
		case dt.kind == dayOfMonth && !dt.shifted && day == nil &&
			(dt == chosen || dt.recurring || dt.ctx.near(clsMonthly, 8, 8) || dt.ctx.near(clsEvery, 8, 8)):
			day = dt
		}
	}
	if month == nil || day == nil || day.ranged || month != chosen && day != chosen {
		return false
	}
	both := date{kind: dayAbs, month: month.month, day: day.day}
	v := both.resolve(p.today, false)
	if v < p.today {
		return false
	}
	*dst = v
	p.prove(d, FirstPayment, month.start, month.end)
	p.prove(d, FirstPayment, day.start, day.end)
	return true
}
