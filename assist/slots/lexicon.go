package slots

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed lexicon.txt
var lexiconText string

// class is one meaning that words around a number can have.
type class uint8

const (
	clsNone     class = iota
	clsMonthly        // per month: monatlich
	clsWeekly         // per week
	clsEvery          // jeden, per, each
	clsMonth          // the unit month
	clsWeek           // the unit week
	clsDay            // the unit day
	clsYear           // the unit year
	clsRate           // instalment, part
	clsFirst          // first, starting
	clsPaid           // a payment in the past
	clsPay            // a payment to come
	clsOffer          // a settlement: one-off, waive, quits
	clsPause          // wait, postpone, put on hold
	clsResume         // go on, start again
	clsUntil          // until, by
	clsFrom           // from, since
	clsBefore         // before
	clsAfter          // after
	clsIncome         // wage, pension, benefit
	clsClaim          // claim, invoice, open
	clsTotal          // sum, total, all
	clsFee            // cost, interest
	clsOther          // other people's money: rent, repair
	clsNot            // not, instead
	clsLess           // too much, too high
	clsRest           // the rest
	clsDown           // down payment
	clsLetter         // letter, reminder: its date is not the debtor's
	clsSince          // a state in the past: since, born
	clsCurrency       // euro
	clsCent           // cent
	clsSlang          // ocken
	clsWeak           // units that make a number no amount: Uhr, Jahre, Kinder
	clsAbout          // about, more than
	clsBetween        // between
	clsOr             // or, to
	clsNext           // next
	clsThis           // this
	clsLast           // last
	clsEnd            // end of
	clsMid            // middle of
	clsBegin          // beginning of
	clsEOM            // the last of the month in one word
	clsFOM            // the first of the month in one word
	clsIn             // in (a duration)
	clsAgo            // ago
	clsFor            // for (a duration)
	clsOn             // on (a day)
	clsMonthOf        // of the month
	clsInvoice        // invoice number follows
	clsCase           // case reference follows
	clsDemand         // the other side sets a term
	clsYou            // the agency did it: your letter, you demand
	clsI              // the writer
	clsCan            // can, could: an offer of capacity
	clsVorher         // a payment plan word that points at the past
	clsBuy            // ordered, bought, delivered
	clsEvent          // appointments of others: court, doctor
	clsHalf           // half
	clsAnd            // and
	clsOnce           // once, in one go
	clsMany           // times, x
	clsAccept         // accept, agree: the offer's condition
	clsThen           // until then: points back at a day
	clsSeldom         // a rhythm longer than a month: per quarter
	classCount
)

// classSet is a set of classes.
type classSet [2]uint64

func (s classSet) has(c class) bool { return s[c>>6]&(1<<(c&63)) != 0 }
func (s *classSet) add(c class)     { s[c>>6] |= 1 << (c & 63) }
func (s *classSet) or(o classSet)   { s[0] |= o[0]; s[1] |= o[1] }

// word is what the lexicon knows about a word.
type word struct {
	set     classSet
	num     int32 // value of a number word, 0 if none
	mult    bool  // num multiplies what stands before it: hundred
	coin    int32 // a slang word for an amount in euros: fuffi
	month   int8  // 1..12
	day     int8  // a fixed holiday: its day
	weekday int8  // 1 (Monday) .. 7
	rel     int16 // days from today; valid if hasRel
	hasRel  bool
	phrase  int8 // the most words of a phrase that begins here
	glue    bool // part of a longer phrase that was matched
}

func (w *word) merge(o word) {
	w.set.or(o.set)
	if o.num != 0 {
		w.num, w.mult = o.num, o.mult
	}
	if o.coin != 0 {
		w.coin = o.coin
	}
	if o.month != 0 {
		w.month, w.day = o.month, o.day
	}
	if o.weekday != 0 {
		w.weekday = o.weekday
	}
	if o.hasRel {
		w.rel, w.hasRel = o.rel, true
	}
	w.phrase = max(w.phrase, o.phrase)
}

// lexicon is the read-only table of words, word beginnings and phrases.
type lexicon struct {
	exact  map[string]word
	prefix map[string]word
}

const (
	minPrefix = 3
	maxPrefix = 24
)

// words builds the table once; it is never changed afterwards.
var words = sync.OnceValue(func() *lexicon {
	l, err := parseLexicon(lexiconText)
	if err != nil {
		panic("slots: embedded lexicon: " + err.Error())
	}
	return l
})

// parseLexicon reads lines "class: words". A word ending in "*" stands for all
// that begin with it, "_" joins the words of a phrase. Values: "num=50: …",
// "coin=10: …", "month=3: …", "day=24.12: …", "weekday=1: …", "rel=-1: …".
func parseLexicon(text string) (*lexicon, error) {
	l := &lexicon{exact: make(map[string]word, 4096), prefix: make(map[string]word, 2048)}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, list, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("line %d: no colon", n+1)
		}
		w, err := parseHead(head)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		for _, f := range strings.Fields(list) {
			if err := l.put(string(appendFold(nil, f)), w); err != nil {
				return nil, fmt.Errorf("line %d: %w", n+1, err)
			}
		}
	}
	return l, nil
}

func (l *lexicon) put(f string, w word) error {
	if p, ok := strings.CutSuffix(f, "*"); ok {
		if strings.Contains(p, "_") || len(p) < minPrefix || len(p) > maxPrefix {
			return fmt.Errorf("beginning %q: want %d to %d bytes of one word", p, minPrefix, maxPrefix)
		}
		e := l.prefix[p]
		e.merge(w)
		l.prefix[p] = e
		return nil
	}
	parts := strings.Split(f, "_")
	key := strings.Join(parts, " ")
	e := l.exact[key]
	e.merge(w)
	l.exact[key] = e
	if len(parts) > 1 {
		first := l.exact[parts[0]]
		first.phrase = max(first.phrase, int8(min(len(parts), 8)))
		l.exact[parts[0]] = first
	}
	return nil
}

var classNames = map[string]class{
	"monthly": clsMonthly, "weekly": clsWeekly, "every": clsEvery, "unit-month": clsMonth, "unit-week": clsWeek,
	"unit-day": clsDay, "unit-year": clsYear, "rate": clsRate, "first": clsFirst, "paid": clsPaid, "pay": clsPay,
	"offer": clsOffer, "pause": clsPause, "resume": clsResume, "until": clsUntil, "from": clsFrom, "before": clsBefore,
	"after": clsAfter, "income": clsIncome, "claim": clsClaim, "total": clsTotal, "fee": clsFee, "other": clsOther,
	"not": clsNot, "less": clsLess, "rest": clsRest, "down": clsDown, "letter": clsLetter, "since": clsSince,
	"currency": clsCurrency, "cent": clsCent, "slang": clsSlang, "weak": clsWeak, "about": clsAbout, "between": clsBetween,
	"or": clsOr, "next": clsNext, "this": clsThis, "last": clsLast, "end": clsEnd, "mid": clsMid, "begin": clsBegin,
	"eom": clsEOM, "fom": clsFOM, "in": clsIn, "ago": clsAgo, "for": clsFor, "on": clsOn, "month-of": clsMonthOf,
	"invoice": clsInvoice, "case": clsCase, "demand": clsDemand, "you": clsYou, "i": clsI, "can": clsCan,
	"vorher": clsVorher, "buy": clsBuy, "event": clsEvent, "half": clsHalf, "and": clsAnd, "once": clsOnce,
	"many": clsMany, "accept": clsAccept, "then": clsThen, "seldom": clsSeldom,
}

func parseHead(head string) (word, error) {
	var w word
	key, val, ok := strings.Cut(head, "=")
	if !ok {
		c, known := classNames[head]
		if !known {
			return w, fmt.Errorf("unknown class %q", head)
		}
		w.set.add(c)
		return w, nil
	}
	if key == "day" {
		d, m, _ := strings.Cut(val, ".")
		day, err1 := strconv.ParseInt(d, 10, 8)
		month, err2 := strconv.ParseInt(m, 10, 8)
		if err1 != nil || err2 != nil || day < 1 || day > 31 || month < 1 || month > 12 {
			return w, fmt.Errorf("bad day %q", val)
		}
		w.day, w.month = int8(day), int8(month)
		return w, nil
	}
	n, err := strconv.ParseInt(val, 10, 32)
	if err != nil {
		return w, fmt.Errorf("value %q: %w", val, err)
	}
	switch key {
	case "num":
		w.num = int32(n)
	case "mult":
		w.num, w.mult = int32(n), true
	case "coin":
		w.coin = int32(n)
	case "month":
		w.month = int8(n)
	case "weekday":
		w.weekday = int8(n)
	case "rel":
		w.rel, w.hasRel = int16(n), true
	default:
		return w, fmt.Errorf("unknown value %q", key)
	}
	return w, nil
}

// lookup fills in what the lexicon knows about each word, phrases last so that
// their classes reach all their words.
func (d *doc) lookup() {
	for i := range d.tok {
		t := &d.tok[i]
		if t.kind == tokSign {
			if t.sign == '€' {
				t.w.set.add(clsCurrency)
			}
			continue
		}
		if t.kind == tokNumber || t.masked {
			continue
		}
		f := d.fold[t.fs:t.fe]
		// The exact word wins over beginnings; of those the longest.
		if w, ok := d.lex.exact[string(f)]; ok {
			t.w.merge(w)
			if w.known() {
				continue
			}
		}
		for n := min(len(f), maxPrefix); n >= minPrefix; n-- {
			if n < len(f) && !utf8.RuneStart(f[n]) {
				continue
			}
			if w, ok := d.lex.prefix[string(f[:n])]; ok {
				t.w.merge(w)
				break
			}
		}
		if t.w.num == 0 && t.w.coin == 0 && t.w.month == 0 {
			if i+1 < len(d.tok) && d.tok[i+1].pre == gapQuote && d.tok[i+1].end-d.tok[i+1].start == 1 && len(f) < maxPrefix {
				f = append(append(make([]byte, 0, maxPrefix+1), f...), d.folded(i+1)...) // "vierz'g"
			}
			if v, coin, ok := germanNumber(f); ok {
				if coin {
					t.w.coin = v
				} else {
					t.w.num = v
				}
			}
		}
	}
	d.mendStops()
	for i := range d.tok {
		if d.tok[i].w.weekday > 0 && everyDay(d.wordAt(i-1)) {
			d.tok[i].w.set.add(clsWeekly) // "jeden Freitag"
		}
		for n := int(d.tok[i].w.phrase); n > 1; n-- {
			j := i + n - 1
			if j >= len(d.tok) || !d.joined(i, j) {
				continue
			}
			if w, ok := d.lex.exact[string(d.fold[d.tok[i].fs:d.tok[j].fe])]; ok {
				for k := i; k <= j; k++ {
					d.tok[k].w.set.or(w.set)
				}
				d.tok[i].w.merge(w)
				for k := i + 1; k <= j; k++ {
					d.tok[k].w.glue = true
				}
				break
			}
		}
	}
}

// mendStops takes back full stops that end no sentence: after an ordinal before
// a month or a small letter, and after common abbreviations.
func (d *doc) mendStops() {
	for i := 1; i < len(d.tok); i++ {
		t, p := &d.tok[i], &d.tok[i-1]
		if t.pre == gapSlash && t.w.set.has(clsMonth) {
			t.w.set.add(clsMonthly) // "25/month"
		}
		if t.pre&gapSentence == 0 || p.end >= len(d.src) || d.src[p.end] != '.' {
			continue
		}
		switch {
		case p.kind == tokNumber:
			c, _ := utf8.DecodeRuneInString(d.src[t.start:])
			if t.w.month > 0 || t.kind != tokWord || unicode.IsLower(c) {
				t.pre &^= gapSentence
			}
		case p.kind == tokWord && p.end-p.start <= 5:
			switch string(d.folded(i - 1)) {
			case "nr", "n", "az", "ca", "bzw", "dr", "str", "tel", "mtl", "inkl", "incl", "zzgl", "abzgl", "evtl", "ggf", "jan", "feb", "okt", "nov", "dez",
				"rg", "re", "mr", "mrs", "ms", "st", "z", "b", "d", "h", "i", "a", "s", "gem", "usw", "fr", "mo", "di", "mi", "do", "sa", "so", "zt", "max", "min", "eur", "rnr", "bspw", "no", "ref", "mind", "spat", "lt":
				t.pre &^= gapSentence
			}
		}
	}
}

// everyDay knows the words that make a weekday come back each week.
func everyDay(f string) bool {
	switch f {
	case "jeden", "jedn", "every", "each", "her", "chaque", "каждый", "каждую", "каждое", "fiecare", "ogni", "kazdy", "kazda":
		return true
	}
	return false
}

// known says that the entry is more than the beginning of a phrase.
func (w word) known() bool {
	return w.set != classSet{} || w.num != 0 || w.coin != 0 || w.month != 0 || w.weekday != 0 || w.hasRel
}

// joined reports whether no sentence ends between tokens i and j.
func (d *doc) joined(i, j int) bool {
	for k := i + 1; k <= j; k++ {
		if d.tok[k].pre&gapSentence != 0 {
			return false
		}
	}
	return true
}
