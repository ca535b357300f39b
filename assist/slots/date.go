package slots

import (
	"time"

	"kontor/cases/calendar"
)

// findDates collects the statements of time in d.
func (d *doc) findDates() {
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
	if dt, ok := d.counted(i); ok {
		return dt, true
	}
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
	if dt, ok := d.dayAfter(i); ok {
		return dt, true
	}
	if dt, ok := d.edgeInWords(i); ok {
		return dt, true
	}
	if dt, ok := d.period(i); ok {
		return dt, true
	}
	w := &t.w
	if w.set.has(clsEOM) && !w.glue {
		return d.monthEdge(i, endOfMonth)
	}
	if w.set.has(clsFOM) && !w.glue {
		return d.monthEdge(i, 1)
	}
	if dt, ok := d.feast(i); ok {
		return dt, !d.afterWord(i - 1)
	}
	if dt, ok := d.shortWeekday(i); ok {
		return dt, true
	}
	if dt, ok := d.unitAgo(i); ok {
		return dt, true
	}
	if dt, ok := d.unitAhead(i); ok {
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
	if dt, ok := d.nextMonth(i); ok {
		return dt, true
	}
	if dt, ok := d.monthDayAfter(i); ok {
		return dt, true
	}
	if w.month > 0 && w.day > 0 && d.afterWord(i-1) {
		return date{}, false
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
	if w.hasRel && (w.rel != 0 || !d.upToNow(i)) {
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

// afterWord reports whether token i says "after": the time after a feast is no
// day.
func (d *doc) afterWord(i int) bool {
	switch d.wordAt(i) {
	case "nach", "after", "po", "после", "dopo", "dupa", "apres":
		return true
	}
	return false
}

// wordsOf counts the words of the phrase that begins at i.
func (d *doc) wordsOf(i int) int {
	n := 1
	for i+n < len(d.tok) && d.tok[i+n].w.glue {
		n++
	}
	return n
}

// upToNow reports whether "today" at token i only says how long something has
// lasted: "bis heute steht sie so da".
func (d *doc) upToNow(i int) bool {
	if i == 0 {
		return false
	}
	switch string(d.folded(i - 1)) {
	case "bis", "seit", "until", "till", "since", "do", "dio", "pana", "fino":
		return true
	}
	return false
}

// tomorrow tells the adverb "morgen" from a greeting and from "am Morgen".
func (d *doc) tomorrow(i int) bool {
	if i == 0 || d.tok[i].pre&(gapLine|gapSentence) != 0 && upper(d.src[d.tok[i].start]) {
		// "Morgen, zwei LKW …" greets, "Morgen überweise ich" does not.
		if i+1 >= len(d.tok) || d.tok[i+1].kind != tokWord || d.tok[i+1].pre != gapSpace {
			return false
		}
		if d.tok[i+1].w.set.has(clsPay) || !upper(d.src[d.tok[i+1].start]) && d.tok[i+1].w.set.has(clsI) {
			return true
		}
		switch string(d.folded(i + 1)) {
		case "fruh", "frueh", "mittag", "abend", "nachmittag", "vormittag", "wird", "geht", "gehe", "kommt", "ist", "bekomme", "kriege", "habe", "hab", "kann":
			return true
		}
		return false
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
	p1 := sepAt(s, 0)
	if p1 < 1 || p1 > 2 {
		return dt, false
	}
	p2 := sepAt(s, p1+1)
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
		dt.slash = sep == '/' && dt.day <= 12 && dt.month <= 12 && dt.day != dt.month && d.inEnglish()
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
		dt.slash = dt.day <= 12 && dt.month <= 12 && dt.day != dt.month && d.inEnglish()
		joined := i > 1 && d.tok[i-1].w.set.has(clsOr) && len(d.dates) > 0 && d.dates[len(d.dates)-1].tj == i-1
		return dt, joined || d.timePrep(i-1)
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

// french tells a French text by its small words: "hier" is yesterday there and
// here in German.
func (d *doc) french() bool {
	n := 0
	for i := range d.tok {
		switch string(d.folded(i)) {
		case "je", "les", "vous", "le", "et", "est", "votre", "nous":
			n++
		case "virement", "effectue", "paye", "payee", "facture", "bonjour", "cordialement", "merci", "j'ai", "regle", "reglee": // no German or English word
			n += 2
		}
	}
	return n >= 2
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

// inEnglish tells an English text by its small words.
func (d *doc) inEnglish() bool {
	n := 0
	for i := range d.tok {
		switch string(d.folded(i)) {
		case "the", "i", "will", "pay", "by", "on", "you", "of", "to", "my", "is", "have", "paid":
			n++
		}
	}
	return n >= 3
}

// feast reads a movable feast at i; n is its distance from Easter Sunday.
func (d *doc) feast(i int) (date, bool) {
	dt := date{kind: dayFeast, ti: i, tj: i + 1}
	switch string(d.folded(i)) {
	case "good":
		dt.n, dt.tj = -2, i+2
		return dt, d.wordAt(i+1) == "friday"
	case "easter":
		if d.wordAt(i+1) == "monday" {
			dt.n, dt.tj = 1, i+2
		}
	case "christi":
		dt.n, dt.tj = 39, i+2
		return dt, d.wordAt(i+1) == "himmelfahrt"
	case "ostern", "ostersonntag", "paques", "wielkanoc", "wielkanocy", "paskalya", "pasqua":
	case "rosenmontag":
		dt.n = -48
	case "aschermittwoch":
		dt.n = -46
	case "grundonnerstag":
		dt.n = -3
	case "karfreitag":
		dt.n = -2
	case "ostermontag":
		dt.n = 1
	case "pfingsten", "pfingstsonntag", "pentecote", "whitsun":
		dt.n = 49
	case "pfingstmontag":
		dt.n = 50
	case "fronleichnam":
		dt.n = 60
	default:
		return date{}, false
	}
	return dt, true
}
