package slots

import (
	"time"

	"kontor/cases/calendar"
)

type dateKind uint8

const (
	dayAbs      dateKind = iota // day and month, perhaps year
	dayOfMonth                  // "am 15."
	monthPart                   // a month, its middle or its end
	dayWeekday                  // "am Freitag"
	dayRelative                 // "morgen"
	dayDuration                 // "in 14 Tagen", "zwei Wochen"
)

// date is a statement of time in the text.
type date struct {
	kind       dateKind
	ti, tj     int
	start, end int
	year       int
	month      int8 // 1..12; in dayOfMonth and monthPart 0 means "the month", see shift
	day        int8 // 1..31, endOfMonth for the last
	shift      int8 // months from today's: 1 for "next month"
	shifted    bool // shift was said
	weekday    int8
	weeks      int8 // weeks from today's, if weeksSaid
	weeksSaid  bool
	n          int // days or months of a duration
	months     bool
	ago        bool
	last       bool // "letzten Montag"
	soft       bool // its number may as well be an amount
	vague      bool // "bare month": named only by its month
	ranged     bool // one of two days joined by "or", "bis"
	recurring  bool // "jeden 15."
	absence    bool // the end of "vom 8. bis 31. März"
	prep       class
	ctx        context
}

const endOfMonth = 32

// resolve gives the day that dt means for a mail of today: the nearest one
// ahead, or behind if past.
func (dt *date) resolve(today calendar.Date, past bool) calendar.Date {
	ty, tm, _ := today.Civil()
	switch dt.kind {
	case dayAbs:
		if dt.year != 0 {
			return civil(dt.year, int(dt.month), int(dt.day))
		}
		c := civil(ty, int(dt.month), int(dt.day))
		switch {
		case past && c > today:
			c = civil(ty-1, int(dt.month), int(dt.day))
		case !past && c < today-60:
			c = civil(ty+1, int(dt.month), int(dt.day))
		}
		return c
	case dayOfMonth:
		c := civil(ty, int(tm)+int(dt.shift), int(dt.day))
		if dt.shifted {
			return c
		}
		if past && c > today {
			return civil(ty, int(tm)-1, int(dt.day))
		}
		if !past && c < today {
			return civil(ty, int(tm)+1, int(dt.day))
		}
		return c
	case monthPart:
		y := ty
		if dt.year != 0 {
			y = dt.year
			return civil(y, int(dt.month), int(dt.day))
		}
		c := civil(y, int(dt.month), int(dt.day))
		switch {
		case past && c > today:
			c = civil(y-1, int(dt.month), int(dt.day))
		case !past && c < today-15:
			c = civil(y+1, int(dt.month), int(dt.day))
		}
		return c
	case dayWeekday:
		wd := int(today.Weekday()+6)%7 + 1 // Monday is 1
		monday := today - calendar.Date(wd-1)
		if dt.weeksSaid {
			return monday + calendar.Date(7*int(dt.weeks)+int(dt.weekday)-1)
		}
		if past || dt.last {
			back := (wd - int(dt.weekday) + 7) % 7
			if back == 0 {
				back = 7
			}
			return today - calendar.Date(back)
		}
		ahead := (int(dt.weekday) - wd + 7) % 7
		if ahead == 0 {
			ahead = 7
		}
		return today + calendar.Date(ahead)
	case dayRelative:
		return today + calendar.Date(dt.n)
	case dayDuration:
		n := dt.n
		if dt.ago {
			n = -n
		}
		if dt.months {
			return today.AddMonths(n)
		}
		return today + calendar.Date(n)
	}
	return 0
}

// civil returns a day of a month that may lie outside 1..12; a day beyond the
// month's end means its last.
func civil(y, m, d int) calendar.Date {
	first := calendar.Of(y, time.Month(m), 1)
	if last := first.EndOfMonth(); d > 28 && first+calendar.Date(d-1) > last {
		return last
	}
	return first + calendar.Date(d-1)
}

// findDates collects the statements of time in d.
func (d *doc) findDates(today calendar.Date) {
	for i := 0; i < len(d.tok); {
		if d.tok[i].masked || d.tok[i].quoted {
			i++
			continue
		}
		dt, ok := d.dateAt(i)
		if !ok {
			i++
			continue
		}
		dt.start, dt.end = d.tok[dt.ti].start, d.tok[dt.tj-1].end
		if d.tok[dt.tj-1].dot && d.tok[dt.tj-1].kind == tokNumber {
			dt.end++
		}
		d.prepOf(&dt)
		d.dates = append(d.dates, dt)
		i = dt.tj
	}
	d.markRanges()
}

// dateAt reads the statement of time that begins at token i.
func (d *doc) dateAt(i int) (date, bool) {
	t := &d.tok[i]
	if t.kind == tokNumber {
		if dt, ok := d.numericDate(i); ok {
			return dt, true
		}
		if dt, ok := d.dayMonth(i); ok {
			return dt, true
		}
		if dt, ok := d.monthDayAfter(i); ok {
			return dt, true
		}
		if dt, ok := d.loneDay(i); ok {
			return dt, true
		}
		return d.duration(i)
	}
	if t.kind != tokWord {
		return date{}, false
	}
	w := &t.w
	if w.set.has(clsEOM) && !w.glue {
		return d.monthEdge(i, endOfMonth)
	}
	if w.set.has(clsFOM) && !w.glue {
		return d.monthEdge(i, 1)
	}
	if dt, ok := d.unitAgo(i); ok {
		return dt, true
	}
	if string(d.folded(i)) == "hier" && d.french() {
		return date{kind: dayRelative, ti: i, tj: i + 1, n: -1}, true
	}
	if string(d.folded(i)) == "monatsmitte" {
		return d.monthEdge(i, 15)
	}
	if dt, ok := d.edgeOf(i); ok {
		return dt, true
	}
	if w.month > 0 && w.day > 0 {
		return date{kind: dayAbs, ti: i, tj: i + d.wordsOf(i), month: w.month, day: w.day}, true
	}
	if w.month > 0 {
		if dt, ok := d.monthFirst(i); ok {
			return dt, true
		}
	}
	if dt, ok := d.dayMonth(i); ok {
		return dt, true
	}
	if w.weekday > 0 {
		return d.weekdayAt(i)
	}
	if w.hasRel {
		return date{kind: dayRelative, ti: i, tj: i + d.wordsOf(i), n: int(w.rel)}, true
	}
	if string(d.folded(i)) == "morgen" && d.tomorrow(i) {
		return date{kind: dayRelative, ti: i, tj: i + 1, n: 1}, true
	}
	if dt, ok := d.ordinalDay(i); ok {
		return dt, true
	}
	return d.duration(i)
}

// wordsOf counts the words of the phrase that begins at i.
func (d *doc) wordsOf(i int) int {
	n := 1
	for i+n < len(d.tok) && d.tok[i+n].w.glue {
		n++
	}
	return n
}

// tomorrow tells the adverb "morgen" from a greeting and from "am Morgen".
func (d *doc) tomorrow(i int) bool {
	if i == 0 || d.tok[i].pre&(gapLine|gapSentence) != 0 && upper(d.src[d.tok[i].start]) {
		// "Morgen, zwei LKW …" greets, "Morgen überweise ich" does not.
		if i+1 >= len(d.tok) || d.tok[i+1].kind != tokWord || d.tok[i+1].pre != gapSpace {
			return false
		}
		return d.tok[i+1].w.set.has(clsPay) || !upper(d.src[d.tok[i+1].start]) && d.tok[i+1].w.set.has(clsI)
	}
	switch string(d.folded(i - 1)) {
	case "guten", "gute", "gutn", "am", "jeden", "heute", "diesen", "schonen":
		return false
	}
	return true
}

// numericDate reads "05.01.", "15.02.2026", "2026-05-21", "21/05/2026", "30.4".
func (d *doc) numericDate(i int) (date, bool) {
	t := &d.tok[i]
	s := d.src[t.start:t.end]
	dt := date{kind: dayAbs, ti: i, tj: i + 1}
	if isoDate(s) {
		dt.year, dt.month, dt.day = atoi(s[:4]), int8(atoi(s[5:7])), int8(atoi(s[8:]))
		return dt, validDay(&dt)
	}
	p1, p2 := sepAt(s, 0), -1
	if p1 < 1 || p1 > 2 {
		return dt, false
	}
	p2 = sepAt(s, p1+1)
	sep := s[p1]
	if sep != '.' && sep != '/' && sep != '-' {
		return dt, false
	}
	end := p2
	if p2 < 0 {
		end = len(s)
	}
	if end-p1-1 < 1 || end-p1-1 > 2 {
		return dt, false
	}
	dt.day, dt.month = int8(atoi(s[:p1])), int8(atoi(s[p1+1:end]))
	if p2 >= 0 {
		if s[p2] != sep {
			return dt, false
		}
		dt.year = yearOf(s[p2+1:])
		if dt.year == 0 {
			return dt, false
		}
		return dt, validDay(&dt)
	}
	if !validDay(&dt) {
		return dt, false
	}
	if d.currencyAt(i+1) || i > 0 && d.tok[i-1].w.set.has(clsCurrency) && !d.taken(i-1) {
		return dt, false
	}
	switch {
	case sep == '.' && t.dot:
		// "5.1. 26" is rare; a year after the dot is taken along.
		if y, ok := d.yearAt(i + 1); ok {
			dt.year = y
			dt.tj++
		}
		return dt, true
	case sep == '.':
		return dt, d.timePrep(i-1) && !(len(s)-p1-1 == 2 && d.tok[i].pre == 0)
	case sep == '/':
		return dt, d.timePrep(i - 1)
	}
	return dt, false
}

func sepAt(s string, from int) int {
	for i := from; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return -1
}

func atoi(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' || n > 99999 {
			return 0
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func yearOf(s string) int {
	switch n := atoi(s); {
	case len(s) == 4 && n >= 1990 && n < 2100:
		return n
	case len(s) == 2 && n >= 10 && n < 60:
		return 2000 + n
	}
	return 0
}

func validDay(dt *date) bool {
	if dt.month < 1 || dt.month > 12 || dt.day < 1 || dt.day > 31 {
		return false
	}
	y := dt.year
	if y == 0 {
		y = 2028 // a leap year
	}
	return int(dt.day) <= calendar.Of(y, time.Month(dt.month), 1).EndOfMonth().Time().Day()
}

func (d *doc) yearAt(i int) (int, bool) {
	if i >= len(d.tok) || d.tok[i].kind != tokNumber || d.tok[i].masked || d.tok[i].pre&(gapLine|gapHyphen|gapSlash) != 0 {
		return 0, false
	}
	s := d.src[d.tok[i].start:d.tok[i].end]
	if len(s) != 4 || d.currencyAt(i+1) {
		return 0, false
	}
	y := yearOf(s)
	return y, y >= 2015 && y < 2060
}

// timePrep says whether token i is a preposition of time.
func (d *doc) timePrep(i int) bool {
	if i < 0 {
		return false
	}
	s := d.tok[i].w.set
	if s.has(clsUntil) || s.has(clsFrom) || s.has(clsOn) || s.has(clsBefore) || s.has(clsAfter) || s.has(clsNext) || s.has(clsThis) {
		return true
	}
	switch string(d.folded(i)) {
	case "den", "dem", "the", "der", "datum", "date", "ziua", "data", "dnia", "dniu", "giorno", "zum", "de":
		return true
	}
	return false
}

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
	return 0, i, false
}

// ordinalWord reads "ersten", "einunddreißigsten", "first".
func (d *doc) ordinalWord(i int) (int8, bool) {
	f := string(d.folded(i))
	switch f {
	case "ersten", "erster", "erschten", "first", "premier", "pierwszego", "первого", "primo", "ilk":
		return 1, true
	case "zweiten", "second":
		return 2, true
	case "dritten", "third":
		return 3, true
	case "siebten":
		return 7, true
	case "achten":
		return 8, true
	case "fifth":
		return 5, true
	case "tenth":
		return 10, true
	case "fifteenth":
		return 15, true
	case "twentieth":
		return 20, true
	case "thirtieth":
		return 30, true
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
	next, this, last, unit := false, false, false, false
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
		if !capital && upper(d.src[d.tok[i+1].start]) && d.english(i) {
			return date{}, false
		}
	}
	dt := date{kind: dayOfMonth, ti: i, tj: i + 1, day: day, recurring: every}
	d.ofMonth(&dt)
	return dt, true
}

// weekdayAt reads a weekday with "nächsten", "letzten", "nächste Woche".
func (d *doc) weekdayAt(i int) (date, bool) {
	dt := date{kind: dayWeekday, ti: i, tj: i + d.wordsOf(i), weekday: d.tok[i].w.weekday}
	if f := d.folded(i); f[len(f)-1] == 's' && string(f) != "mars" && d.src[d.tok[i].start] >= 'a' { // "montags"
		return dt, false
	}
	if string(d.folded(i)) == "sali" && !upper(d.src[d.tok[i].start]) {
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
		}
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
	// "Montag, dem 21. Dezember", "Fr., 24.09.": the day itself says it better.
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

// duration reads "in 14 Tagen", "zwei Wochen", "three months", "einen Monat",
// "ein halbes Jahr", "vor drei Tagen".
func (d *doc) duration(i int) (date, bool) {
	t := &d.tok[i]
	n, j := int64(0), i
	switch {
	case t.kind == tokNumber:
		s := d.src[t.start:t.end]
		if len(s) > 3 || digits(s) != len(s) {
			return date{}, false
		}
		n, j = int64(atoi(s)), i+1
	case t.w.num > 0:
		n, j = d.numberWords(i)
	default:
		f := string(d.folded(i))
		switch f {
		case "einen", "einem", "einer", "eine", "nen", "ner", "a", "an", "un", "une", "o", "bir":
			n, j = 1, i+1
		case "fortnight":
			return d.span(i, i+1, 14, false)
		case "vierteljahr":
			return d.span(i, i+1, 3, true)
		case "halbes", "halben":
			if i+1 < len(d.tok) && d.tok[i+1].w.set.has(clsYear) {
				return d.span(i, i+2, 6, true)
			}
			return date{}, false
		default:
			return date{}, false
		}
	}
	if n < 1 || n > 120 || j >= len(d.tok) || d.tok[j].pre&(gapSentence|gapComma|gapLine|gapSlash) != 0 {
		return date{}, false
	}
	switch string(d.folded(j)) { // "3 weitere Wochen", "zwei volle Monate", "three more weeks"
	case "weitere", "weiteren", "volle", "vollen", "ganze", "ganzen", "more", "full", "kalender", "another", "whole", "kurze", "kleine":
		j++
	}
	if f := string(d.folded(j - 1)); (f == "ein" || f == "einem") && string(d.folded(j)) == "halbes" {
		return date{}, false
	}
	if j >= len(d.tok) {
		return date{}, false
	}
	if d.tok[j].pre&gapHyphen != 0 && j+1 < len(d.tok) && d.tok[j+1].pre&gapHyphen != 0 {
		return date{}, false // "Sieben-Tage-Frist"
	}
	s := d.tok[j].w.set
	switch {
	case s.has(clsWeek):
		return d.span(i, j+1, int(n)*7, false)
	case s.has(clsDay):
		return d.span(i, j+1, int(n), false)
	case s.has(clsMonth) && !d.tok[j].w.set.has(clsCurrency):
		if string(d.folded(j)) == "ay" && d.tok[i].kind != tokNumber && d.tok[i].w.num == 0 {
			return date{}, false
		}
		return d.span(i, j+1, int(n), true)
	}
	return date{}, false
}

// unitAgo reads "tydzień temu", "неделю назад": one week or month ago without
// a number.
func (d *doc) unitAgo(i int) (date, bool) {
	s := d.tok[i].w.set
	if !s.has(clsWeek) && !s.has(clsMonth) || i+1 >= len(d.tok) || d.tok[i+1].pre != gapSpace {
		return date{}, false
	}
	switch string(d.folded(i + 1)) {
	case "temu", "назад", "once", "fa":
	default:
		return date{}, false
	}
	if i > 0 && (d.tok[i-1].kind == tokNumber || d.tok[i-1].w.num > 0) {
		return date{}, false
	}
	dt := date{kind: dayDuration, ti: i, tj: i + 2, n: 7, ago: true}
	if s.has(clsMonth) {
		dt.n, dt.months = 1, true
	}
	return dt, true
}

// french tells a French text by its small words: "hier" is yesterday there and
// here in German.
func (d *doc) french() bool {
	n := 0
	for i := range d.tok {
		switch string(d.folded(i)) {
		case "je", "les", "vous", "le", "et", "est", "votre", "nous":
			n++
		}
	}
	return n >= 2
}

func (d *doc) span(i, j, n int, months bool) (date, bool) {
	dt := date{kind: dayDuration, ti: i, tj: j, n: n, months: months}
	if i > 0 {
		f := string(d.folded(i - 1))
		s := d.tok[i-1].w.set
		switch {
		case s.has(clsSince) || f == "alle" || f == "every" || f == "je" || f == "pro" || f == "jede" || f == "paar" || f == "mindestens" || f == "least":
			return dt, false
		case f == "vor" || f == "acum" || f == "назад":
			dt.ago = true
		case i > 2 && f == "a" && string(d.folded(i-2)) == "y":
			dt.ago = true
		}
	}
	if j < len(d.tok) && d.tok[j].pre&gapSentence == 0 {
		switch string(d.folded(j)) {
		case "ago", "temu", "once", "önce", "назад", "fa", "lang", "alt", "old", "alten", "alte", "spater", "later", "fruher", "danach":
			f := string(d.folded(j))
			if f == "lang" || f == "alt" || f == "old" || f == "alten" || f == "alte" || f == "spater" || f == "later" || f == "danach" || f == "fruher" {
				return dt, false
			}
			dt.ago = true
		}
	}
	return dt, true
}

// prepOf finds the preposition before a date, over articles.
func (d *doc) prepOf(dt *date) {
	for k := dt.ti - 1; k >= 0 && k >= dt.ti-4; k-- {
		if d.tok[k+1].pre&gapSentence != 0 {
			return
		}
		s := d.tok[k].w.set
		f := string(d.folded(k))
		switch {
		case f == "vom" && dt.prep == clsNone:
			dt.prep = clsLetter
			if len(d.dates) > 0 || d.letterBefore(k) {
				dt.prep = clsLetter
			}
			return
		case s.has(clsSince):
			dt.prep = clsSince
			return
		case s.has(clsUntil):
			dt.prep = clsUntil
			return
		case s.has(clsFrom):
			dt.prep = clsFrom
			return
		case s.has(clsBefore):
			dt.prep = clsBefore
			return
		case s.has(clsAfter):
			dt.prep = clsAfter
			return
		case s.has(clsOn):
			dt.prep = clsOn
			// "bis zum", "ab dem", "bis am" go on to the left.
		case s.has(clsEnd), s.has(clsMid), s.has(clsBegin), s.has(clsNext), s.has(clsThis):
		default:
			switch f {
			case "den", "dem", "der", "the", "spatestens", "einschliesslich", "data", "date", "de", "la", "zum", "dnia", "dniu", "einschl", "including", "inclusive", "inkl", "incl", "mindestens", "freitag":
			default:
				if d.tok[k].w.weekday == 0 {
					return
				}
			}
		}
	}
}

func (d *doc) letterBefore(k int) bool {
	for j := k - 1; j >= 0 && j >= k-3; j-- {
		if d.tok[j].w.set.has(clsLetter) {
			return true
		}
	}
	return false
}

// markRanges marks days that are joined by "oder" as ranges: neither is stated.
func (d *doc) markRanges() {
	for k := 1; k < len(d.dates); k++ {
		a, b := &d.dates[k-1], &d.dates[k]
		if b.prep == clsUntil && (a.prep == clsLetter || a.prep == clsSince || a.prep == clsFrom) && b.ti-a.tj <= 3 {
			a.absence, b.absence = true, true
		}
		if b.ti-a.tj == 1 && d.tok[a.tj].w.set.has(clsAnd) && a.ti > 0 && d.tok[a.ti-1].w.set.has(clsBetween) {
			a.ranged, b.ranged = true, true
		}
		if b.ti-a.tj == 1 && d.tok[a.tj].w.set.has(clsOr) && string(d.folded(a.tj)) != "bis" && a.kind == b.kind {
			a.ranged, b.ranged = true, true
		}
	}
}
