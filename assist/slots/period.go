package slots

import (
	"time"

	"kontor/cases/calendar"
)

// period reads the edge of a quarter or of a week: "zum Quartalsende", "Ende Q1",
// "Ende des ersten Quartals 2027", "Ende KW 51", "Freitag KW 51", "end of next
// week". A week or quarter alone is no day.
func (d *doc) period(i int) (date, bool) {
	switch string(d.folded(i)) {
	case "quartalsende", "quartalsultimo", "quartalsschluss":
		return d.quarterOf(date{kind: dayQuarter, ti: i, tj: i + 1, day: endOfMonth}), true
	case "quartalsanfang", "quartalsbeginn":
		return d.quarterOf(date{kind: dayQuarter, ti: i, tj: i + 1, day: 1, shift: 1, shifted: true}), true
	}
	if d.tok[i].w.weekday > 0 {
		return d.weekdayOfWeek(i)
	}
	if dt, ok := d.nthWeekday(i); ok {
		return dt, true
	}
	s := d.tok[i].w.set
	if !s.has(clsEnd) && !s.has(clsMid) && !s.has(clsBegin) {
		return date{}, false
	}
	if dt, ok := d.numberedWeek(i + 1); ok {
		dt.ti, dt.weekday = i, weekPart(s)
		return dt, true
	}
	return d.edgeOfPeriod(i, s)
}

// edgeOfPeriod reads on from "Ende" at i to a week or a quarter.
func (d *doc) edgeOfPeriod(i int, s classSet) (date, bool) {
	shift, number := int8(0), 0
	for j := i + 1; j < len(d.tok) && j < i+6; j++ {
		t := &d.tok[j]
		if t.pre&(gapSentence|gapComma|gapLine) != 0 {
			return date{}, false
		}
		f := string(d.folded(j))
		switch {
		case quarterWord(f):
			dt := date{kind: dayQuarter, ti: i, tj: j + 1, day: partDay(s), n: number, shift: shift, shifted: shift != 0}
			if s.has(clsMid) {
				return date{}, false // a quarter's middle is no day
			}
			return d.quarterOf(dt), true
		case len(f) == 2 && f[0] == 'q' && f[1] >= '1' && f[1] <= '4' && !s.has(clsMid):
			return d.quarterOf(date{kind: dayQuarter, ti: i, tj: j + 1, day: partDay(s), n: int(f[1] - '0')}), true
		case t.w.set.has(clsWeek) && number == 0:
			dt := date{kind: dayWeekday, ti: i, tj: j + 1, weekday: weekPart(s), weeks: shift, weeksSaid: true}
			if j+1 < len(d.tok) && d.tok[j+1].pre&(gapSentence|gapComma|gapLine) == 0 {
				if n := d.tok[j+1].w.set; n.has(clsNext) {
					dt.weeks, dt.tj = 1, j+2
				} else if n.has(clsLast) {
					dt.weeks, dt.tj = -1, j+2
				}
			}
			return dt, true
		case t.w.set.has(clsNext):
			shift = 1
		case afterNext(f):
			shift = 2
		case t.w.set.has(clsLast):
			shift = -1
		case t.w.set.has(clsThis):
		case t.kind == tokNumber && d.src[t.start] >= '1' && d.src[t.start] <= '4' && t.end == t.start+1:
			number = int(d.src[t.start] - '0')
		case numberOfQuarter(f) > 0:
			number = numberOfQuarter(f)
		default:
			switch f {
			case "of", "the", "des", "du", "de", "der", "la", "del", "von", "dem", "kommenden", "st", "nd", "rd", "th":
			default:
				return date{}, false
			}
		}
	}
	return date{}, false
}

func quarterWord(f string) bool {
	switch f {
	case "quartal", "quartals", "quarter", "trimestre", "trimestrului", "kwartalu", "kwartal", "квартала", "ceyrek", "ceyregin":
		return true
	}
	return false
}

func numberOfQuarter(f string) int {
	for n, words := range [...][]string{
		{"ersten", "erstes", "first", "premier", "pierwszego", "первого"},
		{"zweiten", "zweites", "second", "deuxieme", "drugiego", "второго"},
		{"dritten", "drittes", "third", "troisieme", "trzeciego", "третьего"},
		{"vierten", "viertes", "fourth", "quatrieme", "czwartego", "четвертого"},
	} {
		for _, w := range words {
			if f == w {
				return n + 1
			}
		}
	}
	return 0
}

// quarterOf takes along the year after a quarter.
func (d *doc) quarterOf(dt date) date {
	d.takeYear(&dt)
	return dt
}

// numberedWeek reads "KW 51", "der 51. KW", "Kalenderwoche 2" at i.
func (d *doc) numberedWeek(i int) (date, bool) {
	if i < len(d.tok) && string(d.folded(i)) == "der" {
		i++
	}
	if i+1 >= len(d.tok) || d.tok[i].pre&(gapSentence|gapLine) != 0 || d.tok[i+1].pre&(gapLine|gapComma) != 0 {
		return date{}, false
	}
	number := i + 1
	if !weekName(string(d.folded(i))) {
		if !weekName(string(d.folded(i + 1))) {
			return date{}, false
		}
		number = i
	}
	t := &d.tok[number]
	s := d.src[t.start:t.end]
	if t.kind != tokNumber || len(s) > 2 || digits(s) != len(s) {
		return date{}, false
	}
	n := atoi(s)
	if n < 1 || n > 53 {
		return date{}, false
	}
	return date{kind: dayWeek, ti: i, tj: i + 2, n: n}, true
}

func weekName(f string) bool {
	return f == "kw" || f == "kalenderwoche"
}

// weekdayOfWeek reads "Freitag KW 51", "Freitag in der KW 51", "Freitag in zwei
// Wochen".
func (d *doc) weekdayOfWeek(i int) (date, bool) {
	j := i + 1
	for j < len(d.tok) && j < i+3 && d.tok[j].pre&(gapSentence|gapLine) == 0 {
		switch string(d.folded(j)) {
		case "in", "der":
			j++
			continue
		}
		break
	}
	if j >= len(d.tok) {
		return date{}, false
	}
	if dt, ok := d.numberedWeek(j); ok {
		dt.ti, dt.weekday = i, d.tok[i].w.weekday
		return dt, true
	}
	if j == i+1 {
		return date{}, false
	}
	if dt, ok := d.duration(j); ok && !dt.months && !dt.ago && !dt.ranged && dt.n%7 == 0 && dt.n <= 70 {
		return date{kind: dayWeekday, ti: i, tj: dt.tj, weekday: d.tok[i].w.weekday, weeks: int8(dt.n / 7), weeksSaid: true}, true
	}
	return date{}, false
}

func weekPart(s classSet) int8 {
	switch {
	case s.has(clsEnd):
		return 7
	case s.has(clsMid):
		return 3
	}
	return 1
}

// afterNext knows "übernächsten" in its forms.
func afterNext(f string) bool {
	return len(f) > 9 && (f[:10] == "ubernachst" || len(f) > 11 && f[:12] == "uebernaechst" || len(f) > 10 && f[:11] == "uebernachst")
}

// counted reads a day from which a time is counted: "heute in vier Wochen",
// "two weeks from tomorrow", "a week from Friday".
func (d *doc) counted(i int) (date, bool) {
	if d.tok[i].kind == tokWord && i+2 < len(d.tok) && (d.tok[i].w.hasRel || string(d.folded(i)) == "morgen") && d.tok[i+1].pre == gapSpace {
		switch string(d.folded(i + 1)) {
		case "vor":
			if dt, ok := d.duration(i + 2); ok && dt.ago && d.tok[i].w.hasRel && d.tok[i].w.rel == 0 {
				dt.ti = i
				return dt, true
			}
		case "in", "dans", "za", "через":
			if dt, ok := d.duration(i + 2); ok && !dt.ago {
				rel := int8(1)
				if d.tok[i].w.hasRel {
					rel = int8(d.tok[i].w.rel)
				}
				dt.ti, dt.plus = i, rel
				return dt, true
			}
		}
	}
	dt, ok := d.duration(i)
	if !ok || dt.ago || dt.tj+1 >= len(d.tok) || d.tok[dt.tj].pre != gapSpace {
		return date{}, false
	}
	switch string(d.folded(dt.tj)) {
	case "from", "ab":
	default:
		return date{}, false
	}
	w := &d.tok[dt.tj+1].w
	switch f := string(d.folded(dt.tj + 1)); {
	case w.hasRel && w.rel >= 0:
		dt.plus = int8(w.rel)
	case f == "now" || f == "jetzt":
	case w.weekday > 0 && !dt.months && dt.n <= 100:
		dt = date{kind: dayWeekday, ti: i, tj: dt.tj, weekday: w.weekday, plus: int8(dt.n)}
	default:
		return date{}, false
	}
	dt.tj += 2
	return dt, true
}

// inQuarter resolves the edge of a quarter.
func (dt *date) inQuarter(today calendar.Date, past bool) calendar.Date {
	y, m, _ := today.Civil()
	if dt.year != 0 {
		y = dt.year
	}
	q := dt.n
	if q == 0 {
		q = (int(m)-1)/3 + 1 + int(dt.shift)
	}
	month := 3 * q
	if dt.day == 1 {
		month -= 2
	}
	v := civil(y, month, int(dt.day))
	switch {
	case dt.year != 0 || dt.n == 0:
	case past && v > today:
		v = civil(y-1, month, int(dt.day))
	case !past && v < today:
		v = civil(y+1, month, int(dt.day))
	}
	return v
}

// inWeek resolves a day of a numbered week (ISO 8601, DIN 1355): week 1 is the
// one with 4 January.
func (dt *date) inWeek(today calendar.Date, past bool) calendar.Date {
	y, _, _ := today.Civil()
	at := func(y int) calendar.Date {
		fourth := calendar.Of(y, time.January, 4)
		monday := fourth - calendar.Date(int(fourth.Weekday()+6)%7)
		return monday + calendar.Date(7*(dt.n-1)+int(dt.weekday)-1)
	}
	v := at(y)
	switch {
	case past && v > today:
		v = at(y - 1)
	case !past && v < today-7:
		v = at(y + 1)
	}
	return v
}

// nthWeekday reads "ersten Montag im Januar", "last Friday of December".
func (d *doc) nthWeekday(i int) (date, bool) {
	if i+3 >= len(d.tok) || d.tok[i+1].w.weekday == 0 || d.tok[i+1].pre != gapSpace || d.tok[i+2].pre != gapSpace || d.tok[i+3].pre != gapSpace {
		return date{}, false
	}
	n := lastOfMonth
	if !d.tok[i].w.set.has(clsLast) {
		v, ok := d.ordinalWord(i)
		if !ok || v >= lastOfMonth {
			return date{}, false
		}
		n = int(v)
	}
	switch string(d.folded(i + 2)) {
	case "im", "in", "of", "des", "de", "w", "в":
	default:
		return date{}, false
	}
	m := d.tok[i+3].w.month
	if m == 0 || d.tok[i+3].w.day != 0 {
		return date{}, false
	}
	dt := date{kind: dayNth, ti: i, tj: i + 4, n: n, weekday: d.tok[i+1].w.weekday, month: m}
	d.takeYear(&dt)
	return dt, true
}

// lastOfMonth is the n of "letzter Freitag im Monat".
const lastOfMonth = 5

// nth resolves the n-th weekday of a month.
func (dt *date) nth(today calendar.Date, past bool) calendar.Date {
	y, _, _ := today.Civil()
	at := func(y int) calendar.Date {
		first := calendar.Of(y, time.Month(dt.month), 1)
		if dt.n == lastOfMonth {
			end := first.EndOfMonth()
			return end - calendar.Date((int(end.Weekday()+6)%7+1-int(dt.weekday)+7)%7)
		}
		return first + calendar.Date((int(dt.weekday)-1-int(first.Weekday()+6)%7+7)%7+7*(dt.n-1))
	}
	if dt.year != 0 {
		return at(dt.year)
	}
	v := at(y)
	switch {
	case past && v > today:
		v = at(y - 1)
	case !past && v < today:
		v = at(y + 1)
	}
	return v
}
