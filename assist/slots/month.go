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
		strong = t.dot
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

var englishOrdinals = map[string]int8{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
	"thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
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

// turkishDays are days of the month with the ending for "on".
var turkishDays = map[string]int8{
	"birinde": 1, "ikisinde": 2, "ucunde": 3, "dordunde": 4, "besinde": 5, "altisinda": 6, "yedisinde": 7, "sekizinde": 8, "dokuzunda": 9, "onunda": 10, "yirmisinde": 20, "otuzunda": 30,
}

// ordinalWord reads "ersten", "einunddreißigsten", "first".
func (d *doc) ordinalWord(i int) (int8, bool) {
	f := string(d.folded(i))
	switch f {
	case "ersten", "erster", "erschten", "premier", "pierwszego", "первого", "primo", "ilk":
		return 1, true
	case "zweiten":
		return 2, true
	case "dritten":
		return 3, true
	case "siebten":
		return 7, true
	case "achten":
		return 8, true
	}
	if v, ok := englishOrdinals[f]; ok {
		return v, true
	}
	for _, e := range []string{"sten", "stn", "ten", "tn"} {
		if n := len(f) - len(e); n > 2 && f[n:] == e {
			if v, coin, ok := germanNumber([]byte(f[:n])); ok && !coin && v >= 1 && v <= 31 {
				return int8(v), true
			}
		}
	}
	return 0, false
}

// dayMonth reads "1. Februar 2026", "1st of May", "15 de abril", "ersten März".
func (d *doc) dayMonth(i int) (date, bool) {
	day, j, _ := d.dayNumber(i)
	if day == 0 {
		return date{}, false
	}
	k := j
	if k < len(d.tok) && d.tok[k].kind == tokWord {
		switch string(d.folded(k)) {
		case "of", "de", "d", "di", "tym", "den", "im":
			k++
		}
	}
	if k >= len(d.tok) || d.tok[k].w.month == 0 || d.tok[k].w.day != 0 || d.tok[k].pre&(gapLine|gapComma) != 0 {
		return date{}, false
	}
	dt := date{kind: dayAbs, ti: i, tj: k + 1, day: day, month: d.tok[k].w.month}
	d.takeYear(&dt)
	if !validDay(&dt) {
		return dt, false
	}
	return dt, true
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

// turkishDay reads "birinde", "on beşinde", "yirmi beşinde".
func (d *doc) turkishDay(i int) (day int8, next int) {
	if v, ok := turkishDays[string(d.folded(i))]; ok {
		return v, i + 1
	}
	if i+1 < len(d.tok) {
		if v, ok := turkishDays[string(d.folded(i+1))]; ok && v < 10 {
			switch string(d.folded(i)) {
			case "on":
				return 10 + v, i + 2
			case "yirmi":
				return 20 + v, i + 2
			}
		}
	}
	return 0, i
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
	if !said && !(strong && (prep || every)) {
		return dt, false
	}
	if j < len(d.tok) && d.tok[j].pre&gapSentence == 0 && (d.tok[j].w.set.has(clsWeak) || d.unitAt(j) && !said || d.tok[j].w.set.has(clsRate)) {
		return dt, false
	}
	if !said && d.tok[i].kind == tokNumber && d.tok[i].dot && j < len(d.tok) && d.nounAfterOrdinal(j) {
		return dt, false
	}
	return dt, true
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

// monthEdge reads "zum Monatsletzten", "Monatsende", "zum nächsten
// Monatsersten", "end of the month" at i.
func (d *doc) monthEdge(i int, day int8) (date, bool) {
	dt := date{kind: dayOfMonth, ti: i, tj: i + d.wordsOf(i), day: day}
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
	d.ofMonth(&dt)
	return dt, true
}

// edgeOf reads "Ende März", "end of February", "Mitte des Monats", "Ende
// nächsten Monats", "mid-September", "до конца марта".
func (d *doc) edgeOf(i int) (date, bool) {
	s := d.tok[i].w.set
	if !s.has(clsEnd) && !s.has(clsMid) && !s.has(clsBegin) {
		return date{}, false
	}
	dt := date{kind: monthPart, ti: i, day: partDay(s)}
	shift, said := int8(0), false
	for j := i + 1; j < len(d.tok) && j < i+6; j++ {
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
			case "of", "the", "des", "du", "de", "der", "vom", "von", "del", "di", "im", "in", "lui", "lunii", "kommenden", "mois", "d":
			default:
				return dt, false
			}
		}
	}
	return dt, false
}

// ordinalDay reads "am Ersten", "zum nächsten Ersten", "am Fünfzehnten",
// "on the first".
func (d *doc) ordinalDay(i int) (date, bool) {
	day, ok := d.ordinalWord(i)
	if !ok || i == 0 {
		return date{}, false
	}
	k := i - 1
	next := d.tok[k].w.set.has(clsNext)
	if next && k > 0 {
		k--
	}
	every := d.tok[k].w.set.has(clsEvery)
	if !every && !d.timePrep(k) && !next {
		return date{}, false
	}
	if i+1 < len(d.tok) && d.tok[i+1].pre&(gapSentence|gapComma) == 0 && d.tok[i+1].kind == tokWord {
		f := string(d.folded(i + 1))
		capital := upper(d.src[d.tok[i].start])
		switch f {
		case "mal", "moi", "rate", "raten", "teil", "zahlung", "schritt", "betrag", "time", "one", "payment", "instalment", "installment", "brief", "mahnung", "tag", "woche", "monat":
			return date{}, false
		}
		if _, english := englishOrdinals[string(d.folded(i))]; english && !afterOrdinal(f) {
			return date{}, false
		}
		if !capital && upper(d.src[d.tok[i+1].start]) && d.english(i) {
			return date{}, false
		}
	}
	dt := date{kind: dayOfMonth, ti: i, tj: i + 1, day: day, recurring: every}
	d.ofMonth(&dt)
	return dt, true
}

// afterOrdinal knows the words that may follow "on the first" where a day is
// meant: "the first reminder" is none.
func afterOrdinal(f string) bool {
	switch f {
	case "of", "at", "in", "for", "and", "or", "then", "to", "i", "we", "when", "as", "if", "with", "because", "so", "you", "is", "will", "next", "this", "every", "each", "from", "by", "via", "but", "it", "latest", "once", "after", "without", "until":
		return true
	}
	return false
}
