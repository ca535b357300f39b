package slots

// dayNumber reads a day of the month at i: "15.", "1st", "10-tego", "ersten",
// "first". next is the token after it; strong means it was written as ordinal.
func (d *doc) dayNumber(i int) (day int8, next int, strong bool) {
	t := &d.tok[i]
	if t.kind == tokNumber {
		s := d.src[t.start:t.end]
		if len(s) > 2 || digits(s) != len(s) {
			return 0, i, false
		}
		n := atoi(s)
		if n < 1 || n > 31 {
			return 0, i, false
		}
		next = i + 1
		strong = t.dot || t.degree
		if next < len(d.tok) && d.tok[next].pre&^(gapHyphen|gapQuote) == 0 && d.tok[next].kind == tokWord {
			switch string(d.folded(next)) {
			case "st", "nd", "rd", "th", "er", "re", "го", "ого", "е", "ое", "tego", "ego", "go", "inde", "inden", "ine", "ina", "inda", "indan",
				"unde", "unden", "una", "unda", "undan", "une", "te", "ten", "da", "dan", "sine", "sinde", "sinden", "a", "e", "i", "u", "ye", "ya", "nci":
				strong = true
				next++
			}
		}
		return int8(n), next, strong
	}
	if v, ok := d.ordinalWord(i); ok {
		return v, i + 1, true
	}
	if f := string(d.folded(i)); (f == "twenty" || f == "thirty") && i+1 < len(d.tok) && d.tok[i+1].pre&^(gapHyphen|gapSpace) == 0 {
		if v, ok := englishOrdinals[string(d.folded(i+1))]; ok && v < 10 { // "twenty-second"
			return int8(t.w.num) + v, i + 2, true
		}
	}
	return 0, i, false
}

// nextMonth reads "ab nächstem Monat", "from next month", "à partir du mois
// prochain": like a bare month, its first day.
func (d *doc) nextMonth(i int) (date, bool) {
	if i+1 >= len(d.tok) || i == 0 || d.tok[i+1].pre != gapSpace {
		return date{}, false
	}
	a, b := d.tok[i].w.set, d.tok[i+1].w.set
	if !(a.has(clsNext) && b.has(clsMonth) || a.has(clsMonth) && b.has(clsNext)) || d.tok[i+1].w.month > 0 {
		return date{}, false
	}
	from := false
	for k := i - 1; k >= max(0, i-4) && d.tok[k+1].pre == gapSpace; k-- {
		from = from || d.tok[k].w.set.has(clsFrom)
	}
	if i+2 < len(d.tok) && d.tok[i+2].pre == gapSpace && string(d.folded(i+2)) == "itibaren" {
		from = true
	}
	return date{kind: dayOfMonth, ti: i, tj: i + 2, day: 1, shift: 1, shifted: true, vague: true}, from
}

// dayMonth reads "1. Februar 2026", "1st of May", "15 de abril", "ersten März".
func (d *doc) dayMonth(i int) (date, bool) {
	day, j, _ := d.dayNumber(i)
	if day == 0 {
		if day, j = d.spelledDay(i); day == 0 || d.wordAt(j) == "may" || d.wordAt(j) == "mar" || d.wordAt(j) == "ab" {
			return date{}, false
		}
	}
	k := j
	if k < len(d.tok) && d.tok[k].kind == tokWord {
		switch string(d.folded(k)) {
		case "of", "de", "d", "di", "tym", "den", "im":
			k++
		}
	}
	if k >= len(d.tok) || d.tok[k].w.month == 0 || d.tok[k].w.day != 0 || d.tok[k].pre&(gapLine|gapComma) != 0 && !d.dotted(k) {
		return date{}, false
	}
	dt := date{kind: dayAbs, ti: i, tj: k + 1, day: day, month: d.tok[k].w.month}
	d.takeYear(&dt)
	if !validDay(&dt) {
		return dt, false
	}
	return dt, true
}

// dotted reports whether only the full stop of an ordinal stands before token k:
// "3.Dezember".
func (d *doc) dotted(k int) bool {
	return d.tok[k-1].dot && d.tok[k].start == d.tok[k-1].end+1
}

func (d *doc) takeYear(dt *date) {
	if y, ok := d.yearAt(dt.tj); ok {
		dt.year = y
		dt.tj++
	}
}

// monthFirst reads "June 12", "January 31st, 2027", "Mart sonu", and a bare month.
func (d *doc) monthFirst(i int) (date, bool) {
	m := d.tok[i].w.month
	n := d.wordsOf(i)
	j := i + n
	if j < len(d.tok) && d.tok[j].pre&(gapSentence|gapComma|gapLine) == 0 {
		nx := &d.tok[j]
		if nx.kind == tokNumber && !nx.masked && !d.currencyAt(j+1) {
			if day, k, strong := d.dayNumber(j); day > 0 && (strong && !nx.dot || d.english(i)) {
				dt := date{kind: dayAbs, ti: i, tj: k, day: day, month: m}
				d.takeYear(&dt)
				return dt, validDay(&dt)
			}
		}
		if nx.w.set.has(clsEnd) || nx.w.set.has(clsMid) || nx.w.set.has(clsBegin) {
			dt := date{kind: monthPart, ti: i, tj: j + 1, month: m, day: partDay(nx.w.set)}
			return dt, true
		}
	}
	if !d.monthInContext(i) {
		return date{}, false
	}
	dt := date{kind: monthPart, ti: i, tj: j, month: m, day: 1, vague: true}
	d.takeYear(&dt)
	return dt, true
}

func (d *doc) english(i int) bool {
	switch string(d.folded(i)) {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return true
	}
	return false
}

func partDay(s classSet) int8 {
	switch {
	case s.has(clsEnd):
		return endOfMonth
	case s.has(clsMid):
		return 15
	}
	return 1
}

// monthInContext keeps words that are months only sometimes ("mai", "may",
// "mart") from becoming dates by themselves.
func (d *doc) monthInContext(i int) bool {
	f := string(d.folded(i))
	c := d.src[d.tok[i].start]
	switch f {
	case "may", "mars", "ab", "mar", "dec", "jan", "sep", "marta":
		return i > 0 && upper(c) && d.timePrep(i-1)
	case "mai", "mart", "марта":
		if !upper(c) && !(i > 0 && d.timePrep(i-1)) {
			return false
		}
	}
	return true
}

// monthDayAfter reads the Turkish order "15 Mayıs" (as dayMonth) and "ayın 15'i".
func (d *doc) monthDayAfter(i int) (date, bool) {
	if i == 0 || string(d.folded(i-1)) != "ayin" {
		return date{}, false
	}
	day, j, _ := d.dayNumber(i)
	if day == 0 {
		day, j = d.turkishDay(i)
	}
	if day == 0 {
		return date{}, false
	}
	dt := date{kind: dayOfMonth, ti: i - 1, tj: j, day: day}
	if i > 1 {
		switch {
		case d.tok[i-2].w.set.has(clsNext):
			dt.shift, dt.shifted, dt.ti = 1, true, i-2
		case d.tok[i-2].w.set.has(clsThis):
			dt.shifted, dt.ti = true, i-2
		case d.tok[i-2].w.set.has(clsEvery):
			dt.recurring = true
		}
	}
	return dt, true
}

// loneDay reads a day without a month: "am 15.", "on the 28th", "le 5 du mois
// prochain", "до 10-го".
func (d *doc) loneDay(i int) (date, bool) {
	day, j, strong := d.dayNumber(i)
	if day == 0 || d.currencyAt(j) || j < len(d.tok) && d.tok[j].sign == '%' {
		return date{}, false
	}
	dt := date{kind: dayOfMonth, ti: i, tj: j, day: day}
	said := d.ofMonth(&dt)
	prep := d.timePrep(i-1) && d.tok[i].pre&(gapSentence|gapComma) == 0
	every := i > 0 && d.tok[i-1].w.set.has(clsEvery)
	if every {
		dt.recurring = true
	}
	if !said && !(strong && (prep || every)) && !d.plainDay(i, j) {
		return dt, false
	}
	if j < len(d.tok) && d.tok[j].pre&gapSentence == 0 && (d.tok[j].w.set.has(clsWeak) || d.unitAt(j) && !said && !(d.tok[i].dot && d.wordAt(j) == "an") || d.tok[j].w.set.has(clsRate)) {
		return dt, false
	}
	if !said && d.tok[i].kind == tokNumber && d.tok[i].dot && j < len(d.tok) && d.nounAfterOrdinal(j) {
		return dt, false
	}
	return dt, true
}

// plainDay reads a day written without an ordinal's mark where the language
// writes none: "le 15 et", "pe 15 iau salariul", "до 15, потом".
func (d *doc) plainDay(i, j int) bool {
	switch d.wordAt(i - 1) {
	case "le", "il", "pe", "до", "dal", "al", "jusqu", "au":
	default:
		return false
	}
	if d.tok[i].kind != tokNumber || d.tok[i].pre != gapSpace {
		return false
	}
	if j >= len(d.tok) || d.tok[j].pre&(gapSentence|gapComma|gapLine) != 0 {
		return true
	}
	s := d.tok[j].w.set
	return d.tok[j].kind == tokWord && (s.has(clsI) || s.has(clsAnd) || s.has(clsPay) || s.has(clsPaid) || s.has(clsCan) || s.has(clsIncome)) && !d.unitAt(j)
}

// nounAfterOrdinal tells "am 3. Mahnschreiben" from "am 3. Dann …".
func (d *doc) nounAfterOrdinal(j int) bool {
	switch string(d.folded(j)) {
	case "mal", "mahnung", "rate", "schreiben", "brief", "lehrjahr", "semester", "monat", "mahnschreiben", "stock", "etage", "klasse", "instanz", "zivilkammer":
		return true
	}
	return false
}

// ofMonth takes along "des nächsten Monats", "of next month", "du mois
// prochain", "a lunii viitoare", "dieses Monats", "d. M.".
func (d *doc) ofMonth(dt *date) bool {
	next, this, last, unit, twice := false, false, false, false, false
	j := dt.tj
	for ; j < len(d.tok) && j < dt.tj+4; j++ {
		t := &d.tok[j]
		if t.kind != tokWord || t.pre&(gapSentence|gapComma|gapLine) != 0 && j > dt.tj {
			break
		}
		s := t.w.set
		switch f := string(d.folded(j)); {
		case s.has(clsMonth):
			unit = true
		case afterNext(f):
			next, twice = true, true
		case s.has(clsNext):
			next = true
		case s.has(clsThis):
			this = true
		case s.has(clsLast):
			last = true
		case f == "of" || f == "the" || f == "des" || f == "du" || f == "a" || f == "del" || f == "de" || f == "im" || f == "ce":
		default:
			goto done
		}
	}
done:
	if !unit {
		return false
	}
	for j > dt.tj && !d.tok[j-1].w.set.has(clsMonth) && !d.tok[j-1].w.set.has(clsNext) && !d.tok[j-1].w.set.has(clsThis) && !d.tok[j-1].w.set.has(clsLast) {
		j--
	}
	switch {
	case twice:
		dt.shift, dt.shifted = 2, true
	case next:
		dt.shift, dt.shifted = 1, true
	case last:
		dt.shift, dt.shifted = -1, true
	case this:
		dt.shifted = true
	default:
		return false
	}
	dt.tj = j
	return true
}
