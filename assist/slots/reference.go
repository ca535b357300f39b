package slots

import (
	"strings"
	"unicode/utf8"
)

// DefaultReference is the shape of case references where the agency sets none.
const DefaultReference = "K-9999-999999"

// shapeRun is one run of a reference's shape: letters as they are, or digits.
type shapeRun struct {
	letters string // folded; empty for digits
	digits  int
}

// parseShape cuts a pattern into runs; separators are left out, since people
// type them as they like.
func parseShape(p string) []shapeRun {
	var runs []shapeRun
	join := false
	for _, c := range string(appendFold(nil, p)) {
		switch {
		case c == '9':
			if join && runs[len(runs)-1].digits > 0 {
				runs[len(runs)-1].digits++
			} else {
				runs = append(runs, shapeRun{digits: 1})
			}
			join = true
		case c >= 'a' && c <= 'z', c >= '0' && c <= '8':
			if join && runs[len(runs)-1].digits == 0 {
				runs[len(runs)-1].letters += string(c)
			} else {
				runs = append(runs, shapeRun{letters: string(c)})
			}
			join = true
		default:
			join = false
		}
	}
	return runs
}

// matchShape matches the shape at byte i of s, separators free, O for 0 and l
// for 1, and returns its end, or -1.
func matchShape(s string, i int, runs []shapeRun) int {
	if len(runs) == 0 {
		return -1
	}
	for n, r := range runs {
		if n > 0 {
			i = skipSeparators(s, i)
		}
		for k := range len(r.letters) {
			if i >= len(s) || lower(s[i]) != r.letters[k] {
				return -1
			}
			i++
		}
		for k := range r.digits {
			if k > 0 && i < len(s) && s[i] == ' ' && r.digits > 4 {
				i++ // "000 318"
			}
			if i >= len(s) || !digitLike(s[i]) {
				return -1
			}
			i++
		}
	}
	if i < len(s) && (s[i] >= '0' && s[i] <= '9') {
		return -1
	}
	return i
}

func skipSeparators(s string, i int) int {
	for n := 0; n < 4 && i < len(s); n++ {
		c, size := utf8.DecodeRuneInString(s[i:])
		switch c {
		case ' ', '-', '_', '.', '/', '–', '—', '‐', '‑', ':', '\u00a0':
			i += size
		default:
			return i
		}
	}
	return i
}

func lower(c byte) byte {
	if upper(c) {
		return c + 'a' - 'A'
	}
	return c
}

func digitLike(c byte) bool {
	return c >= '0' && c <= '9' || c == 'O' || c == 'o' || c == 'l' || c == 'I'
}

// findShape finds the first reference of the agency's shape in s at or after
// byte from.
func findShape(s string, from int, runs []shapeRun) (int, int) {
	if len(runs) == 0 {
		return -1, -1
	}
	for i := from; i < len(s); i++ {
		if r := runs[0]; r.letters != "" && lower(s[i]) != r.letters[0] {
			continue
		}
		if i > 0 && wordByte(s[i-1]) {
			continue
		}
		if end := matchShape(s, i, runs); end > 0 {
			return i, end
		}
	}
	return -1, -1
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || lower(c) >= 'a' && lower(c) <= 'z' || c >= utf8.RuneSelf
}

// readReferences finds the case reference and the invoice number and masks
// their tokens. The text's own words win over the subject.
func (p *pass) readReferences() {
	for _, d := range p.fields {
		p.shapedReferences(d)
	}
	for _, d := range p.fields {
		p.codes(d)
	}
}

func (p *pass) shapedReferences(d *doc) {
	first := ""
	for at := 0; ; {
		i, end := findShape(d.src, at, p.r.shape)
		if i < 0 {
			return
		}
		at = end
		d.maskBytes(i, end)
		ref := d.src[i:end]
		switch {
		case p.out.Slots.Reference == "" && first == "":
			first = ref
			p.out.Slots.Reference = ref
			p.prove(d, Reference, i, end)
		case !sameReference(ref, p.out.Slots.Reference):
			p.note("several", Reference)
		}
	}
}

// sameReference compares letters and digits only.
func sameReference(a, b string) bool { return Normal(a) == Normal(b) }

// Normal gives a reference without separators, in upper case, with the letter O
// between digits read as zero, so that references can be compared however they
// were typed.
func Normal(ref string) string {
	b := make([]byte, 0, len(ref))
	digit := false
	for i := range len(ref) {
		c := ref[i]
		switch {
		case c >= '0' && c <= '9':
			digit = true
		case (c == 'O' || c == 'o') && digit:
			c = '0'
		case (c == 'l' || c == 'I') && digit:
			c = '1'
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		case upper(c):
		default:
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

func (d *doc) maskBytes(start, end int) {
	for i := range d.tok {
		if t := &d.tok[i]; t.start < end && t.end > start {
			t.masked = true
			t.w = word{}
		}
	}
}

// codes reads invoice numbers, and case references of foreign shape, after the
// words that announce them.
func (p *pass) codes(d *doc) {
	for i := 0; i < len(d.tok); i++ {
		if d.tok[i].masked || d.tok[i].quoted {
			continue
		}
		end, nd := d.code(i)
		if end == i && d.numbered(i) {
			end, nd = i+1, 4
		}
		if end == i {
			continue
		}
		role := d.announced(i)
		if role == clsNone && (d.invoiceLike(i) || d.codeLike(i, end, nd)) {
			role = clsInvoice
		}
		start, stop := d.tok[i].start, d.tok[end-1].end
		code := d.src[start:stop]
		if role == clsNone && d.field == "subject" && d.bare(i, code, nd) {
			role = clsCase
		}
		switch {
		case role == clsInvoice && nd >= 4 && !(len(code) == 4 && yearOf(code) != 0):
			if p.out.Slots.Invoice == "" && !(end-i == 1 && nd == len(code) && d.currencyAt(end)) {
				p.out.Slots.Invoice = code
				p.prove(d, Invoice, start, stop)
			}
		case role == clsCase && nd >= 5 && (nd < len(code) || d.field == "subject"):
			if p.out.Slots.Reference == "" {
				p.out.Slots.Reference = code
				p.prove(d, Reference, start, stop)
			}
		default:
			continue
		}
		for k := i; k < end; k++ {
			d.tok[k].masked = true
			d.tok[k].w = word{}
		}
		i = end - 1
	}
}

// bare reports whether a code in a subject that nothing announces is a case
// reference: "Widerspruch zu 44-2026-1093". Numbers of tickets, orders and the
// like, years and days are none.
func (d *doc) bare(i int, code string, nd int) bool {
	parts := strings.FieldsFunc(code, func(r rune) bool { return r == '-' || r == '/' })
	if nd < 5 || nd < len(code)-4 || len(parts) < 2 || i > 0 && strings.Contains(d.src[d.tok[i-1].end:d.tok[i].start], "#") {
		return false
	}
	long, years := 0, 0
	for _, p := range parts {
		long = max(long, digits(p))
		if len(p) == 4 && yearOf(p) != 0 {
			years++
		}
	}
	if long < 4 || years == len(parts) || years == 1 && len(parts) == 2 && nd <= 6 { // 2025/26
		return false
	}
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		f := string(d.folded(k))
		for _, other := range [...]string{"ticket", "bestell", "order", "auftrag", "vertrag", "contract", "artikel", "tagebuch", "tel", "fax", "kunden", "customer", "policy", "versicherung", "sendung", "tracking", "iban", "plz", "zlecen", "siparis", "commande", "ordine", "comand"} {
			if strings.HasPrefix(f, other) {
				return false
			}
		}
	}
	return true
}

// numbered reports whether token i is a short number right after "Nr." of an
// invoice: "Rechnung Nr. 455".
func (d *doc) numbered(i int) bool {
	t := &d.tok[i]
	if t.kind != tokNumber || t.end-t.start < 2 || digits(d.src[t.start:t.end]) != t.end-t.start || d.currencyAt(i+1) {
		return false
	}
	switch d.wordAt(i - 1) {
	case "nr", "n", "no", "nummer", "number", "numero", "numer", "nº", "номер":
		return d.announced(i) == clsInvoice
	}
	return false
}

// code returns the end of a run of letters and digits joined by hyphens and
// slashes that begins at token i, and its count of digits; i if there is none.
func (d *doc) code(i int) (end, nd int) {
	t := &d.tok[i]
	letters := 0
	switch {
	case t.kind == tokNumber:
		s := d.src[t.start:t.end]
		nd = digits(s)
		for k := range len(s) {
			if s[k] == ',' || s[k] == ':' || s[k] == '\'' {
				return i, 0
			}
		}
		if i > 0 && t.pre&(gapHyphen|gapSlash) != 0 && t.pre&gapSpace == 0 {
			return i, 0
		}
	case t.kind == tokWord && t.end-t.start <= 6 && upper(d.src[t.start]) && t.w.month == 0:
		letters = t.end - t.start
	default:
		return i, 0
	}
	j := i + 1
	for j < len(d.tok) && !d.tok[j].masked {
		n := &d.tok[j]
		tight := n.pre == 0 || n.pre&^(gapHyphen|gapSlash|gapComma) == 0 && n.pre&gapComma == 0
		spaced := letters > 0 && letters <= 3 && j == i+1 && n.pre == gapSpace && n.kind == tokNumber && d.tok[i].end-d.tok[i].start == letters && upper(d.src[d.tok[i].end-1])
		if !tight && !spaced {
			break
		}
		if n.kind == tokNumber {
			nd += digits(d.src[n.start:n.end])
		} else if n.kind != tokWord || n.end-n.start > 4 || n.pre == 0 && j == i+1 && t.kind == tokNumber {
			break
		}
		j++
	}
	if nd < 4 {
		return i, 0
	}
	if t.kind == tokNumber {
		// A bare date or amount is no code.
		if dt, ok := d.numericDate(i); ok && dt.year != 0 {
			return i, 0
		}
		if s := d.src[t.start:t.end]; j == i+1 && sepAt(s, 0) > 0 && s[sepAt(s, 0)] == '.' {
			return i, 0
		}
	}
	return j, nd
}

// announced says what the words before token i announce: an invoice number, a
// case reference, or nothing.
func (d *doc) announced(i int) class {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if d.tok[k+1].pre&(gapSentence|gapPara) != 0 {
			return clsNone
		}
		s := d.tok[k].w.set
		f := d.folded(k)
		switch {
		case s.has(clsInvoice) || endsWith(f, "rechnung") && !endsWith(f, "abrechnung") || endsWith(f, "rechnungsnummer") || string(f) == "verwendungszweck":
			return clsInvoice
		case s.has(clsCase), k == i-1 && s.has(clsLetter):
			return clsCase
		}
		switch string(f) {
		case "nr", "n", "nummer", "number", "no", "numero", "numer", "numara", "vom", "zur", "zu", "ihr", "ihre", "bezug", "betreff", "номер", "der", "die", "und", "lautet", "ist":
		default:
			return clsNone
		}
		if k == i-1 && (string(f) == "bezug" || string(f) == "betreff") {
			return clsCase
		}
	}
	return clsNone
}

func endsWith(f []byte, s string) bool { return len(f) >= len(s) && string(f[len(f)-len(s):]) == s }

// invoiceLike knows the usual beginnings of invoice numbers.
func (d *doc) invoiceLike(i int) bool {
	if i+1 >= len(d.tok) || d.tok[i].kind != tokWord || d.tok[i+1].pre&gapHyphen == 0 && d.tok[i+1].pre&^gapSpace != 0 {
		return false
	}
	switch d.src[d.tok[i].start:d.tok[i].end] {
	case "R", "RE", "RG", "INV", "RNR", "FV", "FA":
		return true
	}
	return false
}

// codeLike knows a code by its form alone: one to three capitals, a hyphen, four
// digits or more ("TX-40911"), or a year and a running number ("2026/0588").
func (d *doc) codeLike(i, end, nd int) bool {
	code := d.src[d.tok[i].start:d.tok[end-1].end]
	if d.tok[i].kind == tokWord {
		n := d.tok[i].end - d.tok[i].start
		return n <= 3 && nd >= 4 && nd <= 9 && n < len(code) && code[n] == '-' && code == strings.ToUpper(code)
	}
	at := strings.IndexByte(code, '/')
	if at < 0 || nd+1 != len(code) || i == 0 {
		return false
	}
	switch string(d.folded(i - 1)) {
	case "zu", "auf", "aus", "von", "fur", "for", "re":
	default:
		return false
	}
	a, b := code[:at], code[at+1:]
	return len(a) == 4 && len(b) >= 3 || len(a) >= 4 && len(b) == 2
}
