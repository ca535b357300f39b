package slots

import "kontor/cases/calendar"

// dayAndMonth joins "am 28. jedes Monats" with "beginnend im Juli".
func (p *pass) dayAndMonth(dst *calendar.Date) bool {
	dates := p.text.dates
	for i := range dates {
		m := &dates[i]
		if !m.vague || m.kind != monthPart || m.year != 0 || !m.ctx.near(clsFirst, 4, 1) {
			continue
		}
		for j := range dates {
			q := &dates[j]
			if q.kind != dayOfMonth || q.shifted || q.ranged || !q.ctx.near(clsMonthly, 8, 8) && !q.ctx.near(clsEvery, 8, 8) {
				continue
			}
			both := date{kind: dayAbs, month: m.month, day: q.day}
			v := both.resolve(p.today, false)
			if v < p.today {
				continue
			}
			*dst = v
			p.prove(p.text, FirstPayment, m.start, m.end)
			p.prove(p.text, FirstPayment, q.start, q.end)
			return true
		}
	}
	return false
}
