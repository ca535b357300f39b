package feature

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Lexicon finds hand-written patterns in a mail. It is read-only after
// ParseLexicon and safe for use by many goroutines.
//
// The text form is a line "[NAME]" followed by lines of patterns, several on a
// line separated by "|". A pattern is a row of elements that must stand in one
// sentence in this order:
//
//	wort       the folded word
//	wort*      a word that begins so
//	*wort*     a word that holds this (at least four letters)
//	a/b*/c     any of these
//	18         this number, up to 999
//	#amount    a token of this kind (#number #date #year #ref #postal #phone
//	           #mail #url #iban #percent); #sum is an amount or a bare number
//	#minor     a number from 3 to 17
//	_          any one token
//	~          a gap of up to three tokens, ~~ of up to seven
//
// A name may end in "!": its matches cancel overlapping matches of the concept
// without the mark. Lines that begin with "//" are comments.
type Lexicon struct {
	Names  []string
	pats   []pattern
	filter [1 << 12]uint64
	keys   []uint64
	lists  [][]candidate
	mask   uint64
	// prefixes has a bit for each length of a first word's beginning in use.
	prefixes uint64
	subs     bool
}

type pattern struct {
	concept int32
	elems   []elem
	// wants are words one of which must stand in the mail, too: the exact
	// alternatives of a later element. Most patterns begin with a common word and
	// are told apart from the mail by this alone.
	wants []uint64
}

// candidate is a pattern that may begin with a word. bit is the place of the only
// word that it wants besides, so that most are passed over without being looked
// at; anyWord if it wants none, or one of several.
type candidate struct {
	pat int32
	bit uint16
}

const anyWord = 1<<16 - 1

// place is where a word stands in a set of words.
func place(h uint64) uint16 { return uint16(h >> 52) }

// words is a set of the words of a mail that may hold a few others.
type words [64]uint64

func (w *words) add(h uint64)          { w[place(h)>>6] |= 1 << (place(h) & 63) }
func (w *words) has(place uint16) bool { return w[place>>6&63]&(1<<(place&63)) != 0 }

func (w *words) hasAny(hs []uint64) bool {
	for _, h := range hs {
		if w.has(place(h)) {
			return true
		}
	}
	return len(hs) == 0
}

// asks fills wants from the element with the fewest alternatives, all exact.
func (p *pattern) asks() {
	for _, e := range p.elems[1:] {
		var hs []uint64
		for i := range e.alts {
			if e.alts[i].kind != altExact {
				hs = nil
				break
			}
			hs = append(hs, e.alts[i].hash)
		}
		if len(hs) > 0 && (p.wants == nil || len(hs) < len(p.wants)) {
			p.wants = hs
		}
	}
}

type elem struct {
	gap  int // tokens that may stand before it
	alts []alt
}

type altKind uint8

const (
	altExact altKind = iota
	altPrefix
	altSub
	altAny
	altMinor
	altValue
)

type alt struct {
	kind  altKind
	hash  uint64
	runes []rune
	value int16
}

var kinds = map[string][]Kind{
	"number": {Number, Year, Postal, Span}, "amount": {Amount}, "sum": {Amount, Number, Year, Postal}, "date": {Day}, "year": {Year}, "ref": {Ref},
	"postal": {Postal}, "phone": {Phone}, "mail": {Mail}, "url": {URL}, "iban": {IBAN}, "percent": {Percent},
}

const subLen = 4

// ParseLexicon reads the text form.
func ParseLexicon(text string) (*Lexicon, error) {
	lx := &Lexicon{}
	ids := map[string]int32{}
	var cur int32 = -1
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
			continue
		case line[0] == '[':
			name := strings.Trim(line, "[]")
			id, ok := ids[name]
			if !ok {
				id = int32(len(lx.Names))
				ids[name] = id
				lx.Names = append(lx.Names, name)
			}
			cur = id
			continue
		case cur < 0:
			return nil, fmt.Errorf("lexicon line %d: pattern before the first name", n+1)
		}
		for p := range strings.SplitSeq(line, "|") {
			if strings.TrimSpace(p) == "" {
				continue
			}
			elems, err := parsePattern(p)
			if err != nil {
				return nil, fmt.Errorf("lexicon line %d: %w", n+1, err)
			}
			lx.pats = append(lx.pats, pattern{concept: cur, elems: elems})
		}
	}
	lx.index()
	return lx, nil
}

func parsePattern(p string) ([]elem, error) {
	elems := make([]elem, 0, 3)
	gap := 0
	if !strings.Contains(p, "/") {
		p = strings.ReplaceAll(p, "-", " ") // as the scanner parts words
	}
	for f := range strings.FieldsSeq(p) {
		switch f {
		case "~":
			gap = 3
			continue
		case "~~":
			gap = 7
			continue
		}
		e := elem{gap: gap, alts: make([]alt, 0, 1+strings.Count(f, "/"))}
		gap = 0
		for a := range strings.SplitSeq(f, "/") {
			if a == "#minor" {
				e.alts = append(e.alts, alt{kind: altMinor, hash: kindHash(Number)})
				continue
			}
			if strings.HasPrefix(a, "#") {
				ks, ok := kinds[a[1:]]
				if !ok {
					return nil, fmt.Errorf("unknown kind %q", a)
				}
				for _, k := range ks {
					e.alts = append(e.alts, alt{kind: altExact, hash: kindHash(k)})
				}
				continue
			}
			x, err := parseAlt(a)
			if err != nil {
				return nil, err
			}
			e.alts = append(e.alts, x)
		}
		elems = append(elems, e)
	}
	if len(elems) == 0 || elems[0].gap > 0 || gap > 0 {
		return nil, fmt.Errorf("pattern %q is empty, or begins or ends with a gap", p)
	}
	for _, a := range elems[0].alts {
		if a.kind == altAny {
			return nil, fmt.Errorf("pattern %q begins with anything", p)
		}
	}
	return elems, nil
}

func parseAlt(a string) (alt, error) {
	if a == "_" {
		return alt{kind: altAny}, nil
	}
	var few [48]rune
	rs := appendWord(few[:0], a)
	if len(rs) == 0 && strings.Trim(a, "0123456789") == "" && a != "" {
		n, err := strconv.ParseInt(a, 10, 16)
		if err != nil || n < 1 || n > 999 {
			return alt{}, fmt.Errorf("number %q is not from 1 to 999", a)
		}
		return alt{kind: altValue, hash: kindHash(Number), value: int16(n)}, nil
	}
	if len(rs) == 0 {
		return alt{}, fmt.Errorf("element %q has no letters", a)
	}
	switch {
	case strings.HasPrefix(a, "*"):
		if len(rs) < subLen {
			return alt{}, fmt.Errorf("element %q is shorter than %d letters", a, subLen)
		}
		return alt{kind: altSub, runes: slices.Clone(rs)}, nil
	case strings.HasSuffix(a, "*"):
		return alt{kind: altPrefix, runes: slices.Clone(rs)}, nil
	}
	return alt{kind: altExact, hash: hashRunes(rs)}, nil
}

func (a *alt) key() uint64 {
	switch a.kind {
	case altPrefix:
		return mix(hashRunes(a.runes), 1)
	case altSub:
		return mix(hashRunes(a.runes[:subLen]), 2)
	case altExact, altAny, altMinor, altValue:
	}
	return a.hash
}

func (lx *Lexicon) index() {
	lists := map[uint64][]candidate{}
	for i := range lx.pats {
		p := &lx.pats[i]
		p.asks()
		c := candidate{int32(i), anyWord}
		if len(p.wants) == 1 {
			c.bit = place(p.wants[0])
		}
		for j := range p.elems[0].alts {
			a := &p.elems[0].alts[j]
			switch a.kind {
			case altPrefix:
				lx.prefixes |= 1 << min(len(a.runes), 63)
			case altSub:
				lx.subs = true
			case altExact, altAny, altMinor, altValue:
			}
			k := a.key()
			if l := lists[k]; len(l) == 0 || l[len(l)-1] != c {
				lists[k] = append(l, c)
			}
		}
	}
	size := 16
	for size < 3*len(lists) {
		size *= 2
	}
	lx.mask = uint64(size - 1)
	lx.keys, lx.lists = make([]uint64, size), make([][]candidate, size)
	for k, l := range lists {
		i := k & lx.mask
		for lx.keys[i] != 0 {
			i = (i + 1) & lx.mask
		}
		lx.keys[i], lx.lists[i] = k, l
		lx.filter[k>>58<<6&0xfff|k>>52&63] |= 1 << (k >> 46 & 63)
	}
}

// get returns the patterns that may begin with key k.
func (lx *Lexicon) get(k uint64) []candidate {
	if lx.filter[k>>58<<6&0xfff|k>>52&63]&(1<<(k>>46&63)) == 0 {
		return nil
	}
	for i := k & lx.mask; lx.keys[i] != 0; i = (i + 1) & lx.mask {
		if lx.keys[i] == k {
			return lx.lists[i]
		}
	}
	return nil
}

// Match is a concept found over tokens [First, Last].
type Match struct {
	Concept     int32
	First, Last int32
	Sent        int32
}

// Find appends all matches in d to out, in the order of their first token. A
// concept is reported once per first token.
func (lx *Lexicon) Find(d *Doc, out []Match) []Match {
	var all words
	for i := range d.Tokens {
		all.add(d.Tokens[i].Hash)
	}
	for i := range d.Tokens {
		t := &d.Tokens[i]
		out = lx.try(d, i, lx.get(t.Hash), t.Kind == Word, &all, out)
		if t.Kind != Word {
			continue
		}
		rs := d.Form(t)
		h := uint64(fnvBasis)
		for n := 0; n < len(rs) && n < 62; n++ {
			h = (h ^ uint64(uint32(rs[n]))) * fnvPrime
			if lx.prefixes&(1<<(n+1)) != 0 {
				out = lx.try(d, i, lx.get(mix(finish(h), 1)), true, &all, out)
			}
		}
		if lx.subs {
			for n := 0; n+subLen <= len(rs); n++ {
				if l := lx.get(mix(hashRunes(rs[n:n+subLen]), 2)); l != nil {
					out = lx.try(d, i, l, false, &all, out)
				}
			}
		}
	}
	return out
}

func (lx *Lexicon) try(d *Doc, i int, list []candidate, fits bool, all *words, out []Match) []Match {
next:
	for _, c := range list {
		if c.bit != anyWord && !all.has(c.bit) {
			continue
		}
		pat := &lx.pats[c.pat]
		if c.bit == anyWord && !all.hasAny(pat.wants) {
			continue
		}
		for n := len(out) - 1; n >= 0 && int(out[n].First) == i; n-- {
			if out[n].Concept == pat.concept {
				continue next
			}
		}
		if !fits && !pat.elems[0].fits(d, &d.Tokens[i]) {
			continue
		}
		if last, ok := matchRest(d, pat.elems[1:], i); ok {
			out = append(out, Match{Concept: pat.concept, First: int32(i), Last: int32(last), Sent: d.Tokens[i].Sent})
		}
	}
	return out
}

func matchRest(d *Doc, elems []elem, i int) (int, bool) {
	if len(elems) == 0 {
		return i, true
	}
	e := &elems[0]
	for j := i + 1; j <= i+1+e.gap && j < len(d.Tokens) && d.Tokens[j].Sent == d.Tokens[i].Sent; j++ {
		if e.fits(d, &d.Tokens[j]) {
			if last, ok := matchRest(d, elems[1:], j); ok {
				return last, true
			}
		}
	}
	return 0, false
}

func (e *elem) fits(d *Doc, t *Token) bool {
	for k := range e.alts {
		a := &e.alts[k]
		switch a.kind {
		case altAny:
			return true
		case altExact:
			if t.Hash == a.hash {
				return true
			}
		case altMinor:
			if t.Kind == Number && t.Value >= 3 && t.Value <= 17 {
				return true
			}
		case altValue:
			if t.Kind == Number && t.Value == a.value {
				return true
			}
		case altPrefix:
			if t.Kind == Word && hasPrefix(d.Form(t), a.runes) {
				return true
			}
		case altSub:
			if t.Kind == Word && contains(d.Form(t), a.runes) {
				return true
			}
		}
	}
	return false
}

func hasPrefix(s, p []rune) bool {
	if len(s) < len(p) {
		return false
	}
	for i := range p {
		if s[i] != p[i] {
			return false
		}
	}
	return true
}

func contains(s, p []rune) bool {
	for len(s) >= len(p) {
		if hasPrefix(s, p) {
			return true
		}
		s = s[1:]
	}
	return false
}
