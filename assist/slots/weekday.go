package slots

// shortWeekday reads "Do früh", "Fr. abend".
func (d *doc) shortWeekday(i int) (date, bool) {
	f := string(d.folded(i))
	if len(f) != 2 || i+1 >= len(d.tok) || d.tok[i+1].pre&(gapComma|gapLine) != 0 {
		return date{}, false
	}
	switch string(d.folded(i + 1)) {
	case "fruh", "abend", "mittag", "vormittag", "nachmittag", "abends":
	default:
		return date{}, false
	}
	for n, w := range [...]string{"mo", "di", "mi", "do", "fr", "sa", "so"} {
		if f == w {
			return date{kind: dayWeekday, ti: i, tj: i + 1, weekday: int8(n + 1)}, true
		}
	}
	return date{}, false
}

// weekdayAt reads a weekday with "nächsten", "letzten", "nächste Woche".
func (d *doc) weekdayAt(i int) (date, bool) {
	dt := date{kind: dayWeekday, ti: i, tj: i + d.wordsOf(i), weekday: d.tok[i].w.weekday}
	if f := d.folded(i); f[len(f)-1] == 's' && string(f) != "mars" && d.src[d.tok[i].start] >= 'a' { // "montags"
		return dt, false
	}
	if w := d.src[d.tok[i].start:d.tok[i].end]; string(d.folded(i)) == "sali" && !upper(w[0]) && w[len(w)-1] == 'i' { // a greeting; "salı" is Tuesday
		return dt, false
	}
	if i > 0 {
		switch s := d.tok[i-1].w.set; {
		case s.has(clsLast):
			dt.last = true
			dt.ti--
		case s.has(clsNext):
			dt.ti--
		case s.has(clsThis):
			dt.ti--
		case s.has(clsEvery):
			return dt, false
		case afterNext(string(d.folded(i - 1))):
			dt.plus = 7
			dt.ti--
		}
	}
	if f := "after next"; dt.tj+1 < len(d.tok) && string(d.folded(dt.tj))+" "+string(d.folded(dt.tj+1)) == f {
		dt.plus = 7
		dt.tj += 2
	}
	week := func(a, b int) bool { // tokens a and b are "nächste Woche"
		if a < 0 || b >= len(d.tok) || !d.tok[b].w.set.has(clsWeek) {
			return false
		}
		switch s := d.tok[a].w.set; {
		case s.has(clsNext):
			dt.weeks, dt.weeksSaid = 1, true
		case s.has(clsLast):
			dt.weeks, dt.weeksSaid = -1, true
		case s.has(clsThis):
			dt.weeks, dt.weeksSaid = 0, true
		case afterNext(string(d.folded(a))):
			dt.weeks, dt.weeksSaid = 2, true
		default:
			return false
		}
		return true
	}
	switch {
	case dt.tj < len(d.tok) && d.tok[dt.tj].pre&gapSentence == 0 && week(dt.tj, dt.tj+1):
		dt.tj += 2
	case dt.ti >= 2 && week(dt.ti-2, dt.ti-1):
		dt.ti -= 2
	case dt.ti >= 3 && week(dt.ti-3, dt.ti-2):
		dt.ti -= 3
	}
	// "22 Mayıs Cuma": the day before it said it already.
	if n := len(d.dates); n > 0 && d.dates[n-1].kind == dayAbs && dt.ti-d.dates[n-1].tj <= 0 && d.tok[dt.ti].pre&(gapSentence|gapLine) == 0 {
		return dt, false
	}
	if dt.tj+1 < len(d.tok) && d.afterWord(dt.tj) && d.tok[dt.tj].pre == gapSpace {
		k := dt.tj + 1
		if d.wordAt(k) == "dem" || d.wordAt(k) == "the" || d.wordAt(k) == "den" {
			k++
		}
		if k < len(d.tok) && d.tok[k].w.weekday == 0 && !d.tok[k].masked {
			if a, ok := d.feastOrDay(k); ok {
				return date{kind: dayFollowing, ti: dt.ti, tj: a.tj, weekday: dt.weekday, anchor: &a}, true
			}
		}
	}
	if n := len(d.dates); n > 0 && dt.ti-d.dates[n-1].tj <= 15 && d.dates[n-1].kind != dayDuration {
		switch d.wordAt(dt.tj) {
		case "danach", "darauf", "drauf": // "bis Sonntag weg, am Dienstag danach"
			a := d.dates[n-1]
			return date{kind: dayFollowing, ti: dt.ti, tj: dt.tj + 1, weekday: dt.weekday, anchor: &a}, true
		}
	}
	// "Montag, dem 21. Dezember", "Fr., 24.09.", "Thursday, December 3": the day
	// itself says it better.
	if dt.tj < len(d.tok) && d.tok[dt.tj].w.month > 0 && d.english(dt.tj) {
		if a, ok := d.monthFirst(dt.tj); ok && a.kind == dayAbs {
			return dt, false
		}
	}
	for k := dt.tj; k < len(d.tok) && k < dt.tj+2; k++ {
		if d.tok[k].kind == tokNumber {
			if _, ok := d.numericDate(k); ok {
				return dt, false
			}
			if _, ok := d.dayMonth(k); ok {
				return dt, false
			}
			if _, ok := d.loneDay(k); ok {
				return dt, false
			}
		}
	}
	return dt, true
}

// feastOrDay reads a feast or a day of a month at k.
func (d *doc) feastOrDay(k int) (date, bool) {
	w := &d.tok[k].w
	if w.month > 0 && w.day > 0 {
		return date{kind: dayAbs, ti: k, tj: k + d.wordsOf(k), month: w.month, day: w.day}, true
	}
	if dt, ok := d.feast(k); ok {
		return dt, true
	}
	if d.tok[k].kind == tokNumber {
		if dt, ok := d.numericDate(k); ok {
			return dt, true
		}
	}
	if dt, ok := d.dayMonth(k); ok {
		return dt, true
	}
	if day, j, strong := d.dayNumber(k); day > 0 && strong && !d.currencyAt(j) {
		return date{kind: dayOfMonth, ti: k, tj: j, day: day}, true
	}
	return date{}, false
}
