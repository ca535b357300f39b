package slots

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// gap says what stands between a token and the one before it.
type gap uint16

const (
	gapSentence gap = 1 << iota // a full stop, question or exclamation mark
	gapLine                     // a line break
	gapComma                    // comma, semicolon, colon, bracket, dash
	gapHyphen
	gapSlash
	gapSpace // white space
	gapQuote // an apostrophe
	gapTilde // about: "~50"
	gapPara  // an empty line
)

type tokenKind uint8

const (
	tokWord tokenKind = iota
	tokNumber
	tokSign // € % § @ and the like
)

// token is one word, number or sign. Offsets start and end count in the source,
// fs and fe in the folded text.
type token struct {
	start, end int
	fs, fe     int
	kind       tokenKind
	pre        gap
	dot        bool // a number followed by a full stop: "15."
	degree     bool // a number followed by the sign for ordinals: "1°"
	masked     bool // belongs to a reference, an IBAN, a phone number, a link
	quoted     bool // stands in a line that quotes another mail
	sign       rune // of a tokSign
	w          word // what the lexicon knows about it
}

// doc is one scanned field of a mail.
type doc struct {
	src     string
	field   string
	fold    []byte
	tok     []token
	dates   []date
	amounts []amount
	lex     *lexicon
	sent    sentences
}

func (d *doc) folded(i int) []byte { return d.fold[d.tok[i].fs:d.tok[i].fe] }

// scan cuts s into tokens and looks each word up.
func (r *Reader) scan(s, field string) *doc {
	d := &doc{src: s, field: field, lex: r.lex}
	d.fold = make([]byte, 0, len(s)+16)
	d.tok = make([]token, 0, len(s)/5+8)
	var pre gap
	quoted := false
	lineStart := true
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		if lineStart && c != ' ' && c != '\t' {
			quoted = c == '>'
			lineStart = c == '\n'
		}
		switch {
		case c == '\n':
			if pre&gapLine != 0 {
				pre |= gapPara
			}
			pre |= gapLine | gapSpace
			lineStart = true
			i += size
		case c >= '0' && c <= '9':
			end := numberEnd(s, i)
			t := token{start: i, end: end, kind: tokNumber, pre: pre, quoted: quoted}
			t.dot = end < len(s) && s[end] == '.'
			t.degree = hasPrefix(s[end:], "°") || hasPrefix(s[end:], "º")
			d.add(t, s[i:end])
			i, pre = end, 0
		case isLetter(c):
			end := i + size
			for end < len(s) {
				c2, n := utf8.DecodeRuneInString(s[end:])
				if !isLetter(c2) && !unicode.Is(unicode.Mn, c2) {
					break
				}
				end += n
			}
			d.add(token{start: i, end: end, kind: tokWord, pre: pre, quoted: quoted}, s[i:end])
			i, pre = end, 0
		case c == '€' || c == '%' || c == '§' || c == '@' || c == '$' || c == '£' || c == '#':
			d.add(token{start: i, end: i + size, kind: tokSign, sign: c, pre: pre, quoted: quoted}, s[i:i+size])
			i, pre = i+size, 0
		default:
			pre |= gapOf(c, s[i+size:])
			i += size
		}
	}
	d.mask()
	d.lookup()
	return d
}

func isLetter(c rune) bool {
	if c < utf8.RuneSelf {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	}
	return unicode.IsLetter(c)
}

func gapOf(c rune, rest string) gap {
	switch c {
	case '.', '!', '?', '؟', '。':
		if rest == "" || rest[0] == ' ' || rest[0] == '\n' || rest[0] == '\t' || c != '.' {
			return gapSentence
		}
		return gapComma
	case '-', '\u2010', '\u2011', '\u2013', '\u2014':
		return gapHyphen
	case '/':
		return gapSlash
	case '\'', '’', '`', '´':
		return gapQuote
	case '~', '≈':
		return gapTilde
	case '°', 'º':
		return 0
	}
	if unicode.IsSpace(c) {
		return gapSpace
	}
	return gapComma
}

// numberEnd returns the end of the number that starts at i: digits with single
// separators between them.
func numberEnd(s string, i int) int {
	for i < len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			i++
		case c == '.' || c == ',' || c == ':' || c == '/' || c == '-' || c == '\'':
			if i+1 >= len(s) || s[i+1] < '0' || s[i+1] > '9' {
				return i
			}
			i++
		default:
			return i
		}
	}
	return i
}

// add appends a token and its folded form; one space separates forms.
func (d *doc) add(t token, s string) {
	if len(d.fold) > 0 {
		d.fold = append(d.fold, ' ')
	}
	t.fs = len(d.fold)
	d.fold = appendFold(d.fold, s)
	t.fe = len(d.fold)
	d.tok = append(d.tok, t)
}

// appendFold appends s in lower case and without diacritics, so that spelling
// with and without them ("März", "marz", "Mart'ta") looks the same.
func appendFold(b []byte, s string) []byte {
	for _, c := range s {
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			b = append(b, byte(c))
			continue
		}
		if f, ok := folds[c]; ok {
			b = append(b, f...)
			continue
		}
		if unicode.Is(unicode.Mn, c) {
			continue
		}
		l := unicode.ToLower(c)
		if f, ok := folds[l]; ok {
			b = append(b, f...)
			continue
		}
		b = utf8.AppendRune(b, l)
	}
	return b
}

var folds = map[rune]string{
	'ä': "a", 'ö': "o", 'ü': "u", 'ß': "ss", 'Ä': "a", 'Ö': "o", 'Ü': "u",
	'à': "a", 'á': "a", 'â': "a", 'ã': "a", 'å': "a", 'ă': "a", 'ą': "a", 'æ': "ae",
	'ç': "c", 'ć': "c", 'č': "c", 'ď': "d", 'đ': "d", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e", 'ę': "e", 'ě': "e",
	'ğ': "g", 'ì': "i", 'í': "i", 'î': "i", 'ï': "i", 'ı': "i", 'İ': "i", 'ł': "l", 'ñ': "n", 'ń': "n", 'ň': "n",
	'ò': "o", 'ó': "o", 'ô': "o", 'õ': "o", 'ø': "o", 'œ': "oe", 'ő': "o", 'ř': "r", 'ş': "s", 'ș': "s", 'ś': "s", 'š': "s",
	'ţ': "t", 'ț': "t", 'ť': "t", 'ù': "u", 'ú': "u", 'û': "u", 'ű': "u", 'ů': "u", 'ý': "y", 'ÿ': "y", 'ź': "z", 'ż': "z", 'ž': "z",
	'ё': "е", 'أ': "ا", 'إ': "ا", 'آ': "ا", 'ى': "ي", 'ة': "ه",
}

// mask marks tokens of links, mail addresses, IBANs and long digit strings:
// their numbers are neither amounts nor dates.
func (d *doc) mask() {
	for i := range d.tok {
		t := &d.tok[i]
		if t.kind == tokSign && t.sign == '@' {
			d.maskRun(i)
		}
		if t.kind == tokSign && t.sign == '+' {
			d.maskPhone(i)
		}
		if t.kind == tokWord && i+1 < len(d.tok) {
			f := d.folded(i)
			if string(f) == "http" || string(f) == "https" || string(f) == "www" {
				d.maskRun(i)
			}
			if len(f) == 2 && f[0] >= 'a' && f[0] <= 'z' && d.tok[i+1].kind == tokNumber && d.tok[i+1].pre == 0 && d.tok[i+1].end-d.tok[i+1].start >= 2 {
				d.maskIBAN(i)
			}
		}
		if t.kind == tokNumber && t.end-t.start > 8 && digits(d.src[t.start:t.end]) == t.end-t.start {
			t.masked = true
		}
	}
}

// maskRun masks the tokens that are joined to token i without white space.
func (d *doc) maskRun(i int) {
	d.tok[i].masked = true
	for j := i; j > 0 && d.tok[j].pre&(gapSpace|gapLine) == 0; j-- {
		d.tok[j-1].masked = true
	}
	for j := i + 1; j < len(d.tok) && d.tok[j].pre&(gapSpace|gapLine) == 0; j++ {
		d.tok[j].masked = true
	}
}

// maskPhone masks a number in international form, if at least eight digits
// follow the plus sign.
func (d *doc) maskPhone(i int) {
	n, j := 0, i+1
	for ; j < len(d.tok) && d.tok[j].pre&^gapSpace == 0; j++ {
		t := &d.tok[j]
		if t.kind != tokNumber && (t.kind != tokSign || !strings.ContainsRune("/-()", t.sign)) {
			break
		}
		n += digits(d.src[t.start:t.end])
	}
	if n < 8 {
		return
	}
	for k := i; k < j; k++ {
		d.tok[k].masked = true
	}
}

// maskIBAN masks a country code with check digits and the groups after it, if
// at least twelve digits follow.
func (d *doc) maskIBAN(i int) {
	n, j := 0, i+1
	for ; j < len(d.tok) && d.tok[j].kind == tokNumber && d.tok[j].pre&^gapSpace == 0; j++ {
		n += digits(d.src[d.tok[j].start:d.tok[j].end])
	}
	if n < 12 {
		return
	}
	for k := i; k < j; k++ {
		d.tok[k].masked = true
	}
}

func digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// isoDate reports the form "2026-05-21".
func isoDate(s string) bool {
	return len(s) == 10 && s[4] == '-' && s[7] == '-' && digits(s) == 8
}
