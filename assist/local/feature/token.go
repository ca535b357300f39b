package feature

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind tells what sort of thing a token is.
type Kind uint8

// The kinds of tokens.
const (
	Word Kind = iota
	Number
	Amount  // a sum of money: decimals, or a currency beside it
	Day     // a calendar date in digits
	Year    // 1900 to 2099
	Ref     // a case reference
	Postal  // five digits
	Phone   // seven digits and more
	Mail    // an e-mail address
	URL     // a web address
	IBAN    // an account number
	Percent // a number with a percent sign
	Span    // one to twelve of days, weeks, months, years: a time, not a sum
)

// The fields of a mail that tokens come from.
const (
	Subject = iota
	Body
	Attached
	Sender
)

// Token is one word or number of the mail.
type Token struct {
	Start, End int    // bytes in its field
	Hash       uint64 // of the folded form, or of the kind
	from, to   int32  // the folded runes in the arena
	Sent       int32  // sentence, counted over all fields
	Field      uint8
	Kind       Kind
	Part       uint8 // which attachment
	Value      int16 // of a number up to 999, else 0
}

// Sentence is a run of tokens.
type Sentence struct {
	First, Last int // tokens [First, Last)
	Field       uint8
	Question    bool
	Shout       bool // ends in an exclamation mark
}

// bounds of what is looked at; a longer mail is judged by its beginning.
const (
	maxText   = 32 << 10
	maxTokens = 6000
)

// Doc is a mail taken apart. It is reused from mail to mail.
type Doc struct {
	Tokens    []Token
	Sentences []Sentence
	arena     []rune
	Emoji     bool
	Arabic    int // letters by script
	Cyrillic  int
	Latin     int
	Marks     [4]int // letters peculiar to: German, Turkish, Polish, Romanian or French
	Upper     int
}

func (d *Doc) reset() {
	*d = Doc{Tokens: d.Tokens[:0], Sentences: d.Sentences[:0], arena: d.arena[:0]}
}

// Form returns the folded form of a word token; valid until the next mail.
func (d *Doc) Form(t *Token) []rune { return d.arena[t.from:t.to] }

const (
	fnvBasis = 14695981039346656037
	fnvPrime = 1099511628211
)

func hashRunes(rs []rune) uint64 {
	h := uint64(fnvBasis)
	for _, r := range rs {
		h = (h ^ uint64(uint32(r))) * fnvPrime
	}
	return finish(h)
}

// finish spreads the entropy into the high bits, which the model's table uses.
func finish(h uint64) uint64 {
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	h ^= h >> 29
	return h
}

func mix(a, b uint64) uint64 { return finish(a*0x9ddfea08eb382d69 ^ b + 0x165667b19e3779f9) }

func kindHash(k Kind) uint64 { return mix(0xbead, uint64(k)) }

// add reads one field into tokens and sentences.
func (d *Doc) add(s string, field, part uint8) {
	if len(s) > maxText {
		n := maxText
		for n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		s = s[:n]
	}
	sc := scanner{d: d, s: s, field: field, part: part, first: len(d.Tokens), lineStart: 0}
	sc.run()
}

type scanner struct {
	d         *Doc
	s         string
	field     uint8
	part      uint8
	first     int // first token of the open sentence
	lineStart int
}

func (c *scanner) run() {
	d, s := c.d, c.s
	for i := 0; i < len(s) && len(d.Tokens) < maxTokens; {
		b := s[i]
		if b == '>' && strings.TrimLeft(s[c.lineStart:i], " \t") == "" {
			// A quoted line is our own letter, not what the sender says.
			n := strings.IndexByte(s[i:], '\n')
			if n < 0 {
				break
			}
			i += n
			continue
		}
		if b < utf8.RuneSelf {
			switch {
			case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z':
				i = c.word(i)
				continue
			case b >= '0' && b <= '9':
				i = c.number(i)
				continue
			case b == '\n':
				// A long line followed by a small letter was wrapped, not ended.
				if i-c.lineStart < 55 || !lowerAt(s, i+1) {
					c.end(false, false)
				}
				c.lineStart = i + 1
			case b == '?' || b == '!' || b == '.' || b == ';':
				if i+1 >= len(s) || !letterAt(s, i+1) || b != '.' {
					c.end(b == '?', b == '!')
				}
			case b == '$':
				c.currency(i, i+1)
			case b == '%':
				if n := len(d.Tokens); n > c.first && d.Tokens[n-1].End >= i-1 {
					c.retype(&d.Tokens[n-1], Percent)
				}
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(r):
			i = c.word(i)
			continue
		case r == '€' || r == '£':
			c.currency(i, i+n)
		case r == '؟':
			c.end(true, false)
		case r >= 0x1f000 || r >= 0x2600 && r < 0x2800:
			d.Emoji = true
		}
		i += n
	}
	c.end(false, false)
}

func lowerAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLower(r)
}

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// end closes the open sentence.
func (c *scanner) end(question, shout bool) {
	d := c.d
	if n := len(d.Tokens); n > c.first {
		d.Sentences = append(d.Sentences, Sentence{First: c.first, Last: n, Field: c.field, Question: question, Shout: shout})
		c.first = n
		return
	}
	if n := len(d.Sentences); n > 0 && d.Sentences[n-1].Last == c.first {
		d.Sentences[n-1].Question = d.Sentences[n-1].Question || question
		d.Sentences[n-1].Shout = d.Sentences[n-1].Shout || shout
	}
}

func (c *scanner) push(start, end, from int, kind Kind) {
	d := c.d
	t := Token{Start: start, End: end, from: int32(from), to: int32(len(d.arena)), Sent: int32(len(d.Sentences)), Field: c.field, Part: c.part, Kind: kind}
	if kind == Word {
		if n := len(d.Tokens); n > c.first && start-d.Tokens[n-1].End <= 1 && isFew(&d.Tokens[n-1]) {
			if many, ok := units[string(d.arena[from:])]; ok {
				c.retype(&d.Tokens[n-1], Span)
				d.arena = append(d.arena[:from], many...)
				t.to = int32(len(d.arena))
			}
		}
		t.Hash = hashRunes(d.arena[from:])
	} else {
		t.Hash = kindHash(kind)
	}
	if kind == Number && end-start <= 3 {
		for _, b := range []byte(c.s[start:end]) {
			if b >= '0' && b <= '9' {
				t.Value = t.Value*10 + int16(b-'0')
			}
		}
	}
	d.Tokens = append(d.Tokens, t)
}

func (c *scanner) retype(t *Token, k Kind) { t.Kind, t.Hash = k, kindHash(k) }

var euro = []rune("euro")

// currency marks a sum of money beside a sign; "€50" is marked when 50 comes.
func (c *scanner) currency(start, end int) {
	d := c.d
	if n := len(d.Tokens); n > c.first && start-d.Tokens[n-1].End <= 3 && isQuantity(d.Tokens[n-1].Kind) {
		c.retype(&d.Tokens[n-1], Amount)
		return
	}
	from := len(d.arena)
	d.arena = append(d.arena, euro...)
	c.push(start, end, from, Word)
}

// units are the folded words that make a small number before them a time, with
// the form they count as: "3 monat aussetzn" asks for a pause, "30 monat" offers
// a rate.
var units = forms(`tag:tage tage tagen:tage woche:wochen wochen monat:monate monate monaten:monate day:days days wek:weks weks month:months months
	gun hafta ay dni dzien:dni tydzien:tygodnie tygodnie tygodni:tygodnie miesiac:miesiace miesiace miesiecy:miesiace jour:jours jours
	semaine:semaines semaines mois giorno:giorni giorni setimana:setimane setimane mese:mesi mesi zi:zile zile saptamana:saptamani saptamani luna:luni luni`)

// forms reads words, each with the form it counts as behind a colon where that is
// another.
func forms(list string) map[string][]rune {
	set := map[string][]rune{}
	for _, w := range strings.Fields(list) {
		word, form, _ := strings.Cut(w, ":")
		set[word] = []rune(cmp.Or(form, word))
	}
	return set
}

func isFew(t *Token) bool { return t.Kind == Number && t.Value >= 1 && t.Value <= 12 }

func isQuantity(k Kind) bool { return k == Number || k == Amount || k == Year || k == Postal }

// word reads letters, with apostrophes, and notes the script.
func (c *scanner) word(i int) int {
	d, s := c.d, c.s
	start, from := i, len(d.arena)
	for i < len(s) {
		b := s[i]
		if b < utf8.RuneSelf {
			if b >= 'a' && b <= 'z' {
				d.arena = appendFolded(d.arena, from, rune(b))
				d.Latin++
			} else if b >= 'A' && b <= 'Z' {
				d.arena = appendFolded(d.arena, from, rune(b)+32)
				d.Latin++
				d.Upper++
			} else if b == '@' {
				return c.address(start, i, from)
			} else if b != '\'' || i+1 >= len(s) || !letterAt(s, i+1) {
				break
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '’' && letterAt(s, i+n) {
			i += n
			continue
		}
		if unicode.Is(unicode.M, r) {
			i += n
			continue
		}
		f := foldRune(r)
		if f == 0 {
			break
		}
		d.note(r)
		d.arena = appendFolded(d.arena, from, f)
		i += n
	}
	if i < len(s) && s[i] >= '0' && s[i] <= '9' || i+1 < len(s) && s[i] == '-' && s[i+1] >= '0' && s[i+1] <= '9' {
		if end, kind, ok := c.code(start, i); ok {
			d.arena = d.arena[:from]
			c.push(start, end, from, kind)
			return end
		}
	}
	if w := s[start:i]; len(w) <= 5 && (w == "https" || w == "http" || w == "www") {
		for i < len(s) && s[i] > ' ' {
			i++
		}
		d.arena = d.arena[:from]
		c.push(start, i, from, URL)
		return i
	}
	if i == start { // a letter that folds to nothing cannot be; never stand still
		_, n := utf8.DecodeRuneInString(s[i:])
		return i + n
	}
	if isCurrency(d.arena[from:]) {
		d.arena = d.arena[:from]
		c.currency(start, i)
		return i
	}
	c.push(start, i, from, Word)
	return i
}

func isCurrency(rs []rune) bool {
	switch string(rs) { // the compiler does not allocate here
	case "eur", "euro", "euros", "евро", "يورو", "avro", "euri":
		return true
	}
	return false
}

func (d *Doc) note(r rune) {
	switch {
	case r >= 0x0600 && r < 0x0700:
		d.Arabic++
	case r >= 0x0400 && r < 0x0500:
		d.Cyrillic++
	default:
		d.Latin++
	}
}

// address reads the rest of an e-mail address.
func (c *scanner) address(start, at, from int) int {
	s := c.s
	i := at + 1
	for i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || s[i] >= '0' && s[i] <= '9' || s[i] == '.' || s[i] == '-' || s[i] == '_') {
		i++
	}
	for i > at+1 && (s[i-1] == '.' || s[i-1] == '-') {
		i--
	}
	c.d.arena = c.d.arena[:from]
	// The local part's pieces ("max.muster") are part of the address.
	ts := c.d.Tokens
	for n := len(ts); n > c.first && ts[n-1].End == start-1 && start > 0 && s[start-1] != ' ' && s[start-1] != '\n'; n = len(ts) {
		start = ts[n-1].Start
		ts = ts[:n-1]
	}
	c.d.Tokens = ts
	c.push(start, i, from, Mail)
	return i
}

// code reads letters joined to digits: a case reference or an IBAN.
func (c *scanner) code(start, i int) (end int, kind Kind, ok bool) {
	s := c.s
	letters, digits := i-start, 0
	for i < len(s) {
		switch b := s[i]; {
		case b >= '0' && b <= '9':
			digits++
		case (b == '-' || b == ' ' || b == '/') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' && (b != ' ' || letters == 2 && digits >= 2):
		case b >= 'A' && b <= 'Z' && digits > 0:
		default:
			goto done
		}
		i++
	}
done:
	switch {
	case letters == 2 && digits >= 13 && isUpper(s[start]) && isUpper(s[start+1]):
		return i, IBAN, true
	case letters <= 4 && digits >= 4:
		return i, Ref, true
	}
	return 0, 0, false
}

func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }

// number reads digits with what stands between them.
func (c *scanner) number(i int) int {
	s := c.s
	start, digits, seps, lastSep := i, 0, 0, -1
	lead := 0
	var sep byte
	for i < len(s) {
		b := s[i]
		if b >= '0' && b <= '9' {
			digits++
			if seps == 0 {
				lead++
			}
			i++
			continue
		}
		if (b == '.' || b == ',' || b == ':' || b == '/' || b == '-') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
			seps++
			lastSep, sep = i, b
			i++
			continue
		}
		break
	}
	kind := Number
	tail := 0
	if lastSep >= 0 {
		tail = i - lastSep - 1
	}
	switch {
	case seps >= 2 && (sep == '.' || sep == '-' || sep == '/') && digits >= 4 && digits <= 8 && lead <= 4 && (tail == 2 || tail == 4):
		kind = Day
	case seps == 1 && (sep == '.' || sep == '/') && lead <= 2 && tail <= 2 && i < len(s) && s[i] == '.':
		kind = Day
		i++
	case seps >= 1 && (sep == ',' || sep == '.') && tail == 2 && !(sep == '.' && lead <= 2 && tail == 2 && s[start] == '0'):
		kind = Amount
	case seps == 0 && digits == 4 && (s[start:start+2] == "19" || s[start:start+2] == "20"):
		kind = Year
	case seps == 0 && digits == 5:
		kind = Postal
	case digits >= 7:
		kind = Phone
	}
	if kind == Number && i < len(s) && s[i] == ',' && i+1 < len(s) && s[i+1] == '-' {
		kind = Amount
	}
	d := c.d
	from := len(d.arena)
	if n := len(d.Tokens); n > c.first && isQuantity(kind) {
		if t := &d.Tokens[n-1]; t.Kind == Word && start-t.End <= 1 && string(d.Form(t)) == "euro" {
			d.Tokens = d.Tokens[:n-1]
			c.push(t.Start, i, from, Amount)
			return i
		}
	}
	c.push(start, i, from, kind)
	return i
}
