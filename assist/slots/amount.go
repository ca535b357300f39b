package slots

import (
	"kontor/cases/money"
)

// amount is a number of the text that can be a sum of money.
type amount struct {
	ti, tj     int // tokens ti..tj-1
	start, end int // bytes of the quote
	value      money.Cents
	currency   bool // a currency stands with it
	cents      bool // it has decimals: 62,50
	bare       bool // neither: only the context can make it money
	ranged     bool // one end of a range, or about
	ctx        context
	former     bool // no slot's: the first of "von 40 auf 90 Euro", "statt 150", "Rente von 890"
	settled    bool // what was paid of a whole whose rest is named
	role       int8 // the money slot that its value fills, or roleNone
}

// minAmount and maxAmount bound what a debtor can mean by an amount.
const (
	minAmount = money.Cents(100)
	maxAmount = money.Cents(1_000_000_00)
)

// minBare is the least that a number without a currency can mean: below it, it
// counts things ("the first one", "2 Kinder").
const minBare = money.Cents(500)

// findAmounts collects the amounts of d, after its dates.
func (d *doc) findAmounts() {
	for i := 0; i < len(d.tok); {
		t := &d.tok[i]
		if t.masked || t.quoted || d.inDate(i) {
			i++
			continue
		}
		a, ok := amount{}, false
		switch {
		case t.kind == tokNumber:
			a, ok = d.digitAmount(i)
		case t.kind == tokWord && (t.w.num > 0 || t.w.coin > 0):
			a, ok = d.wordAmount(i)
		}
		if !ok {
			i++
			continue
		}
		d.dress(&a)
		i = a.tj
		if d.clock(&a) {
			continue
		}
		if a.value < minAmount || a.value > maxAmount || a.bare && a.value < minBare {
			continue
		}
		if a.bare && !d.moneyLike(&a) {
			continue
		}
		a.start, a.end = d.tok[a.ti].start, d.tok[a.tj-1].end
		a.ranged = d.isRange(&a)
		d.amounts = append(d.amounts, a)
	}
	for k := 1; k < len(d.amounts); k++ {
		a, b := &d.amounts[k-1], &d.amounts[k]
		a.former = b.ti == a.tj+1 && fromTo(d.wordAt(a.ti-1), d.wordAt(a.tj))
	}
	for k := range d.amounts {
		a := &d.amounts[k]
		a.former = a.former || d.replaced(a.ti) || d.income(a)
	}
}

// replaced reports whether "instead of" stands before the sum at token i: what is
// meant is another.
func (d *doc) replaced(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3 && d.tok[k+1].pre&(gapSentence|gapComma) == 0; k-- {
		switch string(d.folded(k)) {
		case "statt", "anstatt", "anstelle", "instead", "zamiast", "вместо", "invece", "lieu", "loc":
			return true
		case "der", "den", "die", "of", "von", "de", "di", "the", "des", "geforderten", "verlangten", "bisherigen", "bisher", "vollen", "your", "ihrer", "eurer":
		default:
			return false
		}
	}
	return false
}

// income reports whether a states what comes in: "Rente von 890 €", "my wage is
// 1,450".
func (d *doc) income(a *amount) bool {
	k := a.ti - 1
	switch d.wordAt(k) {
	case "von", "of", "betragt", "liegt", "is", "ist", "bei", "wynosi", "est", "este", "ma":
	default:
		return false
	}
	if f := d.wordAt(k - 1); f == "liegt" || f == "hohe" {
		k--
	}
	if k > 0 && d.wordAt(k-1) == "in" {
		k--
	}
	return k > 0 && d.tok[k].pre == gapSpace && d.tok[k-1].w.set.has(clsIncome)
}

// fromTo reports whether a and b are the words around a sum that changes.
func fromTo(a, b string) bool {
	switch a + " " + b {
	case "von auf", "from to", "z na", "с до", "de a", "de la", "da a", "von runter":
		return true
	}
	return false
}

// clock reports whether a is a time of day: "16.20 Uhr", "um 15.40".
func (d *doc) clock(a *amount) bool {
	if a.currency || a.value >= 24_60 || d.tok[a.tj-1].kind != tokNumber {
		return false
	}
	switch d.wordAt(a.tj) {
	case "uhr", "uhrn", "heures":
		return d.tok[a.tj].pre&^gapSpace == 0
	}
	if s := d.src[d.tok[a.ti].start:d.tok[a.ti].end]; !a.cents || len(s) < 4 || s[len(s)-3] != '.' || a.value%100 >= 60 {
		return false
	}
	switch d.wordAt(a.ti - 1) {
	case "um", "gegen", "at", "vers", "о", "la":
		return true
	}
	return false
}

func (d *doc) inDate(i int) bool {
	for k := range d.dates {
		if dt := &d.dates[k]; i >= dt.ti && i < dt.tj && !dt.soft {
			return true
		}
	}
	return false
}

// digitAmount reads a number of digits, with thousands groups set off by spaces
// and the Swiss apostrophe.
func (d *doc) digitAmount(i int) (amount, bool) {
	t := &d.tok[i]
	raw := d.src[t.start:t.end]
	v, decimals, ok := parseAmount(raw)
	if !ok {
		return amount{}, false
	}
	a := amount{ti: i, tj: i + 1, value: v, cents: decimals}
	if !decimals && digits(raw) == len(raw) && len(raw) <= 3 {
		// "1 800 €": a group of three digits after a space, and then a currency.
		for a.tj < len(d.tok) && d.tok[a.tj].kind == tokNumber && d.tok[a.tj].pre == gapSpace && a.tj-i < 3 {
			g := d.src[d.tok[a.tj].start:d.tok[a.tj].end]
			if len(g) < 3 || digits(g[:3]) != 3 || !(len(g) == 3 || g[3] == ',' || g[3] == '.') || !(d.currencyAt(a.tj+1) || len(g) > 3 || i > 0 && d.tok[i-1].w.set.has(clsCurrency)) {
				break
			}
			gv, dec, ok := parseAmount(g)
			if !ok || gv >= 1000_00 {
				break
			}
			a.value, a.cents = a.value*1000+gv, dec
			a.tj++
		}
	}
	return a, true
}

func (d *doc) currencyAt(i int) bool {
	return i < len(d.tok) && d.tok[i].w.set.has(clsCurrency) && d.tok[i].pre&(gapSentence|gapLine) == 0
}

// parseAmount reads "1.234,56", "1'200.00", "80" and the like; a separator with
// three digits after it groups thousands.
func parseAmount(s string) (v money.Cents, decimals, ok bool) {
	whole, frac, last := int64(0), int64(0), -1
	n := 0
	for i := range len(s) {
		switch s[i] {
		case '.', ',', '\'':
			last = i
			n++
		case ':', '/', '-':
			return 0, false, false
		}
	}
	end := len(s)
	if tail := len(s) - last - 1; last >= 0 && s[last] != '\'' && tail <= 2 {
		end = last
		for _, c := range []byte(s[last+1:]) {
			frac = frac*10 + int64(c-'0')
		}
		if tail == 1 {
			frac *= 10
		}
		decimals = true
	}
	run, groups := 0, 0
	var sep byte
	for i := range end {
		c := s[i]
		if c < '0' || c > '9' {
			if run == 0 || run > 3 || (groups > 0 && (run != 3 || c != sep)) || (decimals && c == s[last]) {
				return 0, false, false
			}
			sep, run = c, 0
			groups++
			continue
		}
		whole = whole*10 + int64(c-'0')
		run++
		if whole > int64(money.Max/100) {
			return 0, false, false
		}
	}
	if groups > 0 && run != 3 {
		return 0, false, false
	}
	return money.Cents(whole*100 + frac), decimals, true
}

// wordAmount reads number words and slang for amounts.
func (d *doc) wordAmount(i int) (amount, bool) {
	t := &d.tok[i]
	if t.w.coin > 0 {
		a := amount{ti: i, tj: i + 1, value: money.Cents(t.w.coin) * 100, currency: true}
		if f := d.wordAt(i - 1); (f == "anderthalb" || f == "eineinhalb") && t.pre == gapSpace {
			a.ti, a.value = i-1, a.value*3/2
		}
		return a, true
	}
	v, j := d.numberWords(i)
	if v == 0 || j == i {
		return amount{}, false
	}
	a := amount{ti: i, tj: j, value: money.Cents(v) * 100}
	// "2 Hunnis" and "zwei Fuffis" are handled as number and coin in dress.
	return a, true
}

// dress adds what stands directly around the number: a currency, cents, dashes,
// "mille".
func (d *doc) dress(a *amount) {
	next := func(k int) *token {
		if k < len(d.tok) && !d.tok[k].masked && d.tok[k].pre&gapSentence == 0 {
			return &d.tok[k]
		}
		return nil
	}
	if t := next(a.tj); t != nil && t.pre == gapQuote && t.end-t.start == 1 && d.tok[a.tj-1].kind == tokWord {
		a.tj++ // "vierz'g"
	}
	if t := next(a.tj); t != nil && t.w.num >= 100 && t.w.mult && d.tok[a.tj-1].kind == tokNumber && !a.cents {
		a.value *= money.Cents(t.w.num)
		a.tj++
		a.currency = a.currency || t.w.num == 100 // "2 Hunnis"
	}
	if t := next(a.tj); t != nil && t.w.coin > 0 && a.value <= 2000 && !a.cents {
		a.value *= money.Cents(t.w.coin)
		a.tj++
		a.currency = true
	}
	if end := d.tok[a.tj-1].end; dashAt(d.src, end) {
		a.cents = true
	}
	if t := next(a.tj); t != nil && t.pre&^(gapSpace|gapHyphen|gapComma|gapLine) == 0 {
		switch {
		case t.w.set.has(clsCurrency) && (t.pre&gapComma == 0 || a.cents), t.w.set.has(clsSlang):
			a.currency = true
			a.tj++
			d.addCents(a)
		case t.w.set.has(clsCent) && a.value < 10000 && !a.cents:
			a.value = 0 // an amount below a euro is nobody's offer
		}
	}
	if a.ti > 0 {
		p := &d.tok[a.ti-1]
		if p.w.set.has(clsCurrency) && d.tok[a.ti].pre&(gapSentence|gapComma) == 0 && !d.taken(a.ti-1) {
			a.currency = true
			a.ti--
		}
	}
	if !a.currency && !a.cents {
		a.bare = true
	}
}

// taken says that the currency at token i already belongs to the amount before.
func (d *doc) taken(i int) bool {
	return len(d.amounts) > 0 && d.amounts[len(d.amounts)-1].tj > i
}

// addCents reads "54 Euro und 10 Cent" and "112 Euro 45".
func (d *doc) addCents(a *amount) {
	if a.cents {
		return
	}
	j := a.tj
	and := j < len(d.tok) && d.tok[j].w.set.has(clsAnd)
	if and {
		j++
	}
	if j >= len(d.tok) || d.tok[j].pre&(gapSentence|gapComma) != 0 {
		return
	}
	var c int64
	k := j
	if d.tok[j].kind == tokNumber {
		raw := d.src[d.tok[j].start:d.tok[j].end]
		if len(raw) != 2 || digits(raw) != 2 || d.inDate(j) {
			return
		}
		c, k = int64(raw[0]-'0')*10+int64(raw[1]-'0'), j+1
	} else if d.tok[j].w.num > 0 {
		c, k = d.numberWords(j)
	}
	if c <= 0 || c > 99 {
		return
	}
	named := k < len(d.tok) && d.tok[k].w.set.has(clsCent)
	if named {
		k++
	} else if and || d.tok[j].kind != tokNumber && c < 5 || (k < len(d.tok) && (d.tok[k].w.set.has(clsWeak) || d.tok[k].w.set.has(clsCurrency) || d.unitAt(k))) {
		return
	}
	a.value += money.Cents(c)
	a.cents = true
	a.tj = k
}

// dashAt reports ",-", ",--" or ".--" at byte i.
func dashAt(s string, i int) bool {
	if i+1 >= len(s) || (s[i] != ',' && s[i] != '.') {
		return false
	}
	return s[i+1] == '-' || hasPrefix(s[i+1:], "\u2013") || hasPrefix(s[i+1:], "\u2014")
}

func (d *doc) unitAt(k int) bool {
	if k >= len(d.tok) {
		return false
	}
	s := d.tok[k].w.set
	return s.has(clsMonth) || s.has(clsWeek) || s.has(clsDay) || s.has(clsYear)
}

// moneyLike says whether a bare number may be money at all: no year, no count
// of something, no house number.
func (d *doc) moneyLike(a *amount) bool {
	t := &d.tok[a.ti]
	v := a.value / 100
	if v < 10 && !d.nearMonthly(a) {
		return false
	}
	if t.kind == tokNumber {
		raw := d.src[t.start:t.end]
		if raw[0] == '0' || len(raw) > 5 && digits(raw) == len(raw) {
			return false
		}
		if v >= 1900 && v < 2100 && len(raw) == 4 && !d.nearMonthly(a) {
			return false
		}
		if t.end < len(d.src) && d.src[t.end] == ')' && v < 20 { // "2) Welche Zinsen"
			return false
		}
		if t.pre == 0 && a.ti > 0 && d.tok[a.ti-1].kind == tokWord { // glued to letters: "A4"
			return false
		}
	}
	if a.ti > 0 {
		p := &d.tok[a.ti-1]
		if t.pre&(gapSentence|gapLine) == 0 && (p.sign == '§' || p.sign == '#' || p.sign == '@' || p.sign == '$' || p.sign == '£') {
			return false
		}
		if t.pre&(gapHyphen|gapSlash|gapQuote) != 0 && t.pre&gapSpace == 0 {
			return false
		}
		if p.kind == tokWord && t.kind == tokNumber && d.noMoneyBefore(a.ti-1) {
			return false
		}
	}
	if a.tj < len(d.tok) {
		n := &d.tok[a.tj]
		if v <= 120 && d.countsParts(a.tj) {
			return false
		}
		if n.sign == '%' || n.sign == '$' || n.sign == '£' || n.sign == '@' {
			return false
		}
		if n.pre&gapSentence == 0 && n.pre&gapComma == 0 {
			if n.w.set.has(clsWeak) && !n.w.set.has(clsMonthly) {
				return false
			}
			if v <= 60 && n.w.set.has(clsWeak) && n.w.set.has(clsRate) { // "neun Monatsraten"
				return false
			}
			if d.unitAt(a.tj) && !n.w.set.has(clsMonthly) && n.pre&gapSlash == 0 {
				return false
			}
			if d.plainNoun(a.tj) { // "elf Gläubiger"
				return false
			}
			if n.w.month > 0 && t.kind == tokNumber && v <= 31 {
				return false
			}
			if n.pre&(gapHyphen|gapQuote) != 0 && n.pre&gapSpace == 0 {
				return false
			}
			if n.pre == 0 && n.kind == tokWord && !n.w.set.has(clsMonthly) { // "28th", "3D"
				return false
			}
		}
	}
	return true
}

// countsParts reports whether a word like "equal" at i leads to parts: "12
// gleichen Monatsraten", "ten equal instalments".
func (d *doc) countsParts(i int) bool {
	for k := i; k+1 < len(d.tok) && k < i+2 && d.tok[k+1].pre == gapSpace; k++ {
		switch d.wordAt(k) {
		case "gleiche", "gleichen", "gleich", "grosse", "grossen", "gleichbleibenden", "gleichbleibende", "gleichmassigen", "monatlichen", "monatliche", "kleinen", "kleine", "weiteren", "weitere", "equal", "monthly", "identical", "further", "more", "egales", "esit", "aylik", "rownych", "miesiecznych", "равных", "ежемесячных", "uguali", "mensili", "egale":
		default:
			return false
		}
		if s := d.tok[k+1].w.set; s.has(clsRate) || s.has(clsWeak) || d.wordAt(k+1) == "betragen" || d.wordAt(k+1) == "portionen" {
			return true
		}
	}
	return false
}

// plainNoun says that token i begins with a capital and means nothing here: in
// German it is what is counted.
func (d *doc) plainNoun(i int) bool {
	t := &d.tok[i]
	w := d.src[t.start:t.end]
	return t.kind == tokWord && t.pre == gapSpace && len(w) >= 4 && upper(w[0]) && !upper(w[1]) && !t.w.known() && t.w.phrase == 0
}

// noMoneyBefore says that the word at i makes the number after it no money:
// "Nr. 12", "Seite 3", "Straße 5", "Haus".
func (d *doc) noMoneyBefore(i int) bool {
	f := d.folded(i)
	switch string(f) {
	case "nr", "nummer", "no", "number", "seite", "blatt", "absatz", "abs", "art", "artikel", "paragraf", "paragraph", "haus",
		"plz", "tel", "telefon", "kw", "bin", "m", "i", "alter", "level", "windows", "ziffer", "punkt", "raum", "zimmer", "etage",
		"az", "aktenzeichen", "uhr", "um", "page", "section", "статье", "статья", "статьи", "ст", "madde", "maddesi", "articolul", "articolo", "articulo", "пункт", "дом", "кв", "room", "flat", "apartment", "age", "aged", "numer", "numero", "nr.":
		return true
	}
	for _, p := range []string{"strasse", "str", "weg", "platz", "allee", "gasse", "ring", "ufer", "damm"} {
		if len(f) > len(p) && string(f[len(f)-len(p):]) == p && d.tok[i].start < len(d.src) && upper(d.src[d.tok[i].start]) {
			return true
		}
	}
	return false
}

func upper(c byte) bool { return c >= 'A' && c <= 'Z' }

func (d *doc) nearMonthly(a *amount) bool {
	for k := max(0, a.ti-3); k < min(len(d.tok), a.tj+3); k++ {
		if d.tok[k].w.set.has(clsMonthly) {
			return true
		}
	}
	return false
}

// isRange reports whether a is one end of a range ("50-60", "zwischen 20 und
// 30", "50 bis 60 Euro").
func (d *doc) isRange(a *amount) bool {
	num := func(k int) bool {
		return k >= 0 && k < len(d.tok) && !d.tok[k].masked && !d.inDate(k) && (d.tok[k].kind == tokNumber || d.tok[k].w.num >= 10)
	}
	link := func(k int) bool {
		return d.tok[k].w.set.has(clsOr) && d.tok[k].kind == tokWord
	}
	// a number directly after, joined by a dash or a linking word
	if k := a.tj; k < len(d.tok) && d.tok[k].pre&gapSentence == 0 {
		if num(k) && d.tok[k].pre&gapHyphen != 0 && d.tok[k].pre&gapComma == 0 && !a.cents {
			return true
		}
		if link(k) && num(k+1) {
			return d.sameKind(a, k+1)
		}
		if d.tok[k].w.set.has(clsAnd) && num(k+1) && a.ti > 0 && d.tok[a.ti-1].w.set.has(clsBetween) {
			return true
		}
	}
	if k := a.ti - 1; k >= 0 && d.tok[a.ti].pre&gapSentence == 0 {
		if num(k) && d.tok[a.ti].pre&gapHyphen != 0 && d.tok[a.ti].pre&gapComma == 0 && !d.tok[k].dot {
			return true
		}
		if link(k) && num(k-1) {
			return d.sameKind(a, k-1)
		}
		if d.tok[k].w.set.has(clsAnd) && num(k-1) && k >= 2 && d.tok[k-2].w.set.has(clsBetween) {
			return true
		}
	}
	return false
}

// sameKind keeps "30 or 40 euros" from "bis 5. oder 6." and "6 oder 7 Mal".
func (d *doc) sameKind(a *amount, k int) bool {
	if d.tok[k].kind != tokNumber {
		return d.tok[k].w.num >= 10
	}
	v, _, ok := parseAmount(d.src[d.tok[k].start:d.tok[k].end])
	return ok && v >= 500 && v*5 > a.value && v < a.value*5
}
