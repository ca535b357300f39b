package slots

var englishOrdinals = map[string]int8{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
	"thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}

// slavicOrdinals are the Polish and Russian genitives of days: "piętnastego
// grudnia".
var slavicOrdinals = map[string]int8{
	"pierwszego": 1, "drugiego": 2, "trzeciego": 3, "czwartego": 4, "piatego": 5, "szostego": 6, "siodmego": 7, "osmego": 8, "dziewiatego": 9, "dziesiatego": 10, "jedenastego": 11, "dwunastego": 12,
	"trzynastego": 13, "czternastego": 14, "pietnastego": 15, "szesnastego": 16, "siedemnastego": 17, "osiemnastego": 18, "dziewietnastego": 19, "dwudziestego": 20, "trzydziestego": 30,
	"первого": 1, "второго": 2, "третьего": 3, "четвертого": 4, "пятого": 5, "шестого": 6, "седьмого": 7, "восьмого": 8, "девятого": 9, "десятого": 10, "одиннадцатого": 11, "двенадцатого": 12,
	"тринадцатого": 13, "четырнадцатого": 14, "пятнадцатого": 15, "шестнадцатого": 16, "семнадцатого": 17, "восемнадцатого": 18, "девятнадцатого": 19, "двадцатого": 20, "тридцатого": 30,
}

// spelledDay reads a day in words that only a month after it makes one:
// "dwudziestego piątego grudnia", "quinze décembre", "quindici dicembre".
func (d *doc) spelledDay(i int) (day int8, next int) {
	t := &d.tok[i]
	if t.kind != tokWord || t.w.num == 0 && t.w.set != (classSet{}) {
		return 0, i
	}
	month, reach := false, 2
	if t.w.num > 0 {
		reach = 4
	}
	for k := i + 1; k < len(d.tok) && k <= i+reach; k++ {
		month = month || d.tok[k].w.month > 0
	}
	if !month {
		return 0, i
	}
	v, ordinal := slavicOrdinals[string(d.folded(i))]
	next = i + 1
	if n, ok := slavicOrdinals[d.wordAt(i+1)]; ok && n < 10 && (v == 20 || v == 30 || t.w.num == 20 || t.w.num == 30) {
		return max(v, int8(t.w.num)) + n, i + 2
	}
	if ordinal {
		return v, next
	}
	if t.w.num > 0 && t.w.num <= 31 {
		if n, j := d.numberWords(i); n > 0 && n <= 31 {
			return int8(n), j
		}
	}
	return 0, i
}

// wordAt returns the folded word of token i, or "" if there is none.
func (d *doc) wordAt(i int) string {
	if i < 0 || i >= len(d.tok) || d.tok[i].kind != tokWord {
		return ""
	}
	return string(d.folded(i))
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
