package slots

// monthEdge reads "zum Monatsletzten", "Monatsende", "zum nächsten
// Monatsersten", "end of the month" at i.
func (d *doc) monthEdge(i int, day int8) (date, bool) {
	dt := date{kind: dayOfMonth, ti: i, tj: i + d.wordsOf(i), day: day}
	if k := d.overOf(dt.tj); k < len(d.tok) && d.tok[k].w.month > 0 && d.tok[k].w.day == 0 && d.tok[k].pre == gapSpace {
		dt.kind, dt.month, dt.tj = monthPart, d.tok[k].w.month, k+1 // "la sfârșitul lunii decembrie"
		d.takeYear(&dt)
		return dt, true
	}
	if i > 0 {
		switch s := d.tok[i-1].w.set; {
		case s.has(clsEvery):
			dt.recurring = true
		case s.has(clsNext) && day != 1:
			// "zum nächsten Monatsende" is the next one to come.
		}
		if string(d.folded(i-1)) == "immer" || i > 1 && (string(d.folded(i-2)) == "immer" || string(d.folded(i-2)) == "jeweils") {
			dt.recurring = true
		}
	}
	if !d.ofMonth(&dt) && dt.tj-i > 1 && dt.tj < len(d.tok) && d.tok[dt.tj].pre == gapSpace && d.tok[dt.tj].w.set.has(clsNext) {
		dt.shift, dt.shifted, dt.tj = 1, true, dt.tj+1 // "à la fin du mois prochain"
	}
	return dt, true
}

// overOf steps over a small word of belonging at i: "of", "de", "lui".
func (d *doc) overOf(i int) int {
	switch d.wordAt(i) {
	case "of", "de", "d", "di", "lui", "du":
		return i + 1
	}
	return i
}

// edgeOf reads "Ende März", "end of February", "Mitte des Monats", "Ende
// nächsten Monats", "mid-September", "до конца марта".
func (d *doc) edgeOf(i int) (date, bool) {
	s := d.tok[i].w.set
	from := i + 1
	switch {
	case s.has(clsEnd), s.has(clsMid), s.has(clsBegin):
	case s.has(clsLast) && lastDay(d.wordAt(i+1)):
		s.add(clsEnd) // "am letzten Tag des Monats"
		from++
	default:
		return date{}, false
	}
	dt := date{kind: monthPart, ti: i, day: partDay(s)}
	shift, said := int8(0), false
	for j := from; j < len(d.tok) && j < from+5; j++ {
		t := &d.tok[j]
		if t.kind != tokWord || t.pre&(gapSentence|gapComma|gapLine) != 0 {
			return dt, false
		}
		ws := t.w.set
		if t.w.month > 0 && t.w.day == 0 {
			dt.month, dt.tj = t.w.month, j+1
			d.takeYear(&dt)
			return dt, true
		}
		switch {
		case ws.has(clsYear) && !s.has(clsMid):
			if d.nextYear(j+1) || d.wordAt(j-1) == "neuen" || d.wordAt(j-1) == "new" {
				shift = 1
			}
			return d.yearEdge(date{ti: i, tj: j + 1}, shift, s.has(clsBegin))
		case ws.has(clsMonth) && d.monthAfter(j):
		case ws.has(clsMonth):
			dt.kind, dt.tj = dayOfMonth, j+1
			dt.shift, dt.shifted = shift, said
			if j+1 < len(d.tok) && d.tok[j+1].pre&(gapSentence|gapComma) == 0 {
				if d.tok[j+1].w.set.has(clsNext) {
					dt.shift, dt.shifted, dt.tj = 1, true, j+2
				} else if d.tok[j+1].w.set.has(clsThis) {
					dt.shifted, dt.tj = true, j+2
				}
			}
			return dt, true
		case afterNext(string(d.folded(j))):
			shift, said = 2, true
		case ws.has(clsNext):
			shift, said = 1, true
		case ws.has(clsThis):
			said = true
		case ws.has(clsLast):
			shift, said = -1, true
		default:
			switch string(d.folded(j)) {
			case "of", "the", "des", "du", "de", "der", "vom", "von", "del", "di", "im", "in", "lui", "lunii", "kommenden", "mois", "d", "dell", "l", "al", "neuen", "new":
			default:
				return dt, false
			}
		}
	}
	return dt, false
}

// lastDay knows the word for one day that "last" makes the end of a month.
func lastDay(f string) bool {
	switch f {
	case "tag", "day", "jour", "dzien", "dnia", "день", "дня", "giorno", "zi", "werktag":
		return true
	}
	return false
}

// monthAfter reports whether the name of a month follows the word for month at
// j: "la începutul lunii decembrie", "au début du mois de mai".
func (d *doc) monthAfter(j int) bool {
	k := d.overOf(j + 1)
	return k < len(d.tok) && d.tok[k].pre == gapSpace && d.tok[k].w.month > 0 && d.tok[k].w.day == 0
}

// nextYear reports whether token j says "next" behind its year: "de l'année
// prochaine", "anului viitor".
func (d *doc) nextYear(j int) bool {
	return j < len(d.tok) && d.tok[j].pre == gapSpace && d.tok[j].w.set.has(clsNext)
}

// yearEdge fills dt with the first or last day of the year that lies shift years
// from today's; of this year's two days the first is the one to come.
func (d *doc) yearEdge(dt date, shift int8, begin bool) (date, bool) {
	dt.kind, dt.day, dt.month, dt.yearShift = dayAbs, 31, 12, shift
	if begin {
		dt.day, dt.month = 1, 1
	}
	return dt, shift >= 0
}

// turkishEdge reads "bu ayın sonunda", "gelecek yılın başında": the edge stands
// behind its month or year at i.
func (d *doc) turkishEdge(i int) (date, bool) {
	year := string(d.folded(i)) == "yilin"
	if i+1 >= len(d.tok) || d.tok[i+1].pre != gapSpace {
		return date{}, false
	}
	s := d.tok[i+1].w.set
	if !s.has(clsEnd) && !s.has(clsMid) && !s.has(clsBegin) {
		return date{}, false
	}
	dt := date{kind: dayOfMonth, ti: i, tj: i + 2, day: partDay(s)}
	if i > 0 {
		switch p := d.tok[i-1].w.set; {
		case p.has(clsNext):
			dt.shift, dt.shifted, dt.ti = 1, true, i-1
		case p.has(clsLast):
			dt.shift, dt.shifted, dt.ti = -1, true, i-1
		case p.has(clsThis):
			dt.shifted, dt.ti = true, i-1
		}
	}
	if year {
		if s.has(clsMid) {
			return date{}, false
		}
		return d.yearEdge(date{ti: dt.ti, tj: dt.tj}, dt.shift, s.has(clsBegin))
	}
	return dt, true
}

// edgeInWords reads the edges of months and years that begin with a word of their
// own at i.
func (d *doc) edgeInWords(i int) (date, bool) {
	switch string(d.folded(i)) {
	case "noch", "still", "encore", "jeszcze", "еще", "ancora", "inca", "entro":
		return d.still(i)
	case "bu": // "bu ay içinde"
		if j := i + 2; d.wordAt(j) == "icinde" || d.wordAt(j) == "icerisinde" || d.wordAt(j) == "bitmeden" {
			return d.runningEnd(i, i+1, j+1)
		}
	case "ayin", "yilin":
		return d.turkishEdge(i)
	case "jahresbeginn", "jahresanfang", "neuen", "new", "nouvel", "nouvelle", "nowego", "нового", "nuovo", "anul", "noul", "yeni":
		return d.newYear(i)
	}
	return date{}, false
}

// still reads what lasts to the end of the running month or year, or of a named
// month: "noch diesen Monat", "noch im Dezember", "jeszcze w tym roku", "entro
// l'anno". A week so named is no day.
func (d *doc) still(i int) (date, bool) {
	f := string(d.folded(i))
	this := f == "entro"
	for j := i + 1; j < len(d.tok) && j < i+5; j++ {
		t := &d.tok[j]
		if t.kind != tokWord || t.pre&(gapSentence|gapComma|gapLine) != 0 {
			return date{}, false
		}
		s := t.w.set
		switch {
		case t.w.month > 0 && t.w.day == 0 && d.wordAt(j-1) == "im" && f == "noch":
			dt := date{kind: monthPart, ti: i, tj: j + 1, month: t.w.month, day: endOfMonth}
			d.takeYear(&dt)
			return dt, true
		case (s.has(clsMonth) || s.has(clsYear)) && this:
			return d.runningEnd(i, j, j+1)
		case (s.has(clsMonth) || s.has(clsYear)) && j+1 < len(d.tok) && d.tok[j+1].w.set.has(clsThis):
			return d.runningEnd(i, j, j+2)
		case s.has(clsThis), d.wordAt(j) == "laufenden":
			this = true
		default:
			switch d.wordAt(j) {
			case "in", "im", "w", "в", "il", "l", "ce", "mois", "within", "asta":
			default:
				return date{}, false
			}
		}
	}
	return date{}, false
}

// runningEnd is the end of the running month or year that the word at unit names.
func (d *doc) runningEnd(ti, unit, tj int) (date, bool) {
	switch s := d.tok[unit].w.set; {
	case s.has(clsMonth):
		return date{kind: dayOfMonth, ti: ti, tj: tj, day: endOfMonth, shifted: true}, true
	case s.has(clsYear):
		return d.yearEdge(date{ti: ti, tj: tj}, 0, false)
	}
	return date{}, false
}

// newYear reads "ab dem neuen Jahr", "from the new year", "yeni yıldan
// itibaren": the first of January. "Im neuen Jahr" is no day, and a wish for the
// new year none either.
func (d *doc) newYear(i int) (date, bool) {
	dt := date{kind: dayAbs, ti: i, tj: i + 2, day: 1, month: 1}
	switch d.wordAt(i + 1) {
	case "jahr", "jahres", "year", "an", "annee", "roku", "года", "anno", "nou", "yildan":
	default:
		if f := string(d.folded(i)); f != "jahresbeginn" && f != "jahresanfang" {
			return date{}, false
		}
		dt.tj = i + 1
		if d.wordAt(i-1) == "zu" || d.wordAt(i-1) == "zum" || d.wordAt(i-1) == "mit" {
			return dt, true
		}
	}
	if f := d.wordAt(dt.tj); f == "s" || f == "eve" {
		return date{}, false
	}
	if d.wordAt(dt.tj) == "itibaren" {
		return dt, true
	}
	for k := i - 1; k >= 0 && k >= i-3 && d.tok[k+1].pre&(gapSentence|gapComma) == 0; k-- {
		s := d.tok[k].w.set
		if s.has(clsFrom) || s.has(clsUntil) && d.wordAt(k) != "zum" && d.wordAt(k) != "in" {
			return dt, !s.has(clsSince)
		}
		switch d.wordAt(k) {
		case "starting", "beginning", "beginnend":
			return dt, true
		case "dem", "the", "du", "le", "zum", "in", "la", "with", "il", "nel":
		default:
			return date{}, false
		}
	}
	return date{}, false
}
