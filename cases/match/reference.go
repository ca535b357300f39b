// Package match says which case a mail belongs to, and why; and how sure we
// are that its sender is who the case is about. Both are proposals with
// reasons: a score, never a silent choice.
package match

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxScan bounds how much of a text is searched for references, in bytes.
const maxScan = 64 << 10

// Pattern finds the agency's references in text, also typed loosely: other
// dashes, spaces or none, the letter O for a zero, l or I for a one, missing
// leading zeros of the last number.
type Pattern struct {
	exact *regexp.Regexp
	loose *regexp.Regexp
	parts []part
	// Where every match begins with a known byte, only what follows one is
	// looked at: most letters hold few, and an expression is dear.
	first   [256]bool
	starts  []byte         // those of first, where they are few
	letters [256]bool      // that can stand second
	exactAt *regexp.Regexp // nil: the whole text is searched
	looseAt *regexp.Regexp
	reach   int // bytes that decide about one match at most
}

type part struct {
	digits bool
	n      int    // wanted number of digits, 0: any
	text   string // literal, for parts that are not captured
	letter byte   // literal that is captured
}

// Found is one reference in a text. Key is its canonical form for look-ups.
type Found struct {
	Key        string
	Quote      string
	Start, End int
	Exact      bool // as the agency writes it
	Padded     bool // leading zeros were added
}

// Compile makes a Pattern of the config's regular expression, which may hold
// literals, digit classes and counts; other constructs are matched exactly
// only. It is an error if the expression does not parse or can match nothing.
func Compile(expr string) (*Pattern, error) {
	exact, err := regexp.Compile(guardBefore + `(` + expr + `)` + guardAfter)
	if err != nil {
		return nil, fmt.Errorf("reference pattern: %w", err)
	}
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("reference pattern: %w", err)
	}
	p := &Pattern{exact: exact}
	subs := []*syntax.Regexp{tree}
	if tree.Op == syntax.OpConcat {
		subs = tree.Sub
	}
	var re strings.Builder
	re.WriteString(`(?i)` + guardBefore)
	for i, s := range subs {
		if !p.loosen(&re, s, i == len(subs)-1) {
			return p, nil // exact only
		}
	}
	re.WriteString(guardAfter)
	p.loose, err = regexp.Compile(re.String())
	if err != nil {
		return nil, fmt.Errorf("reference pattern: %w", err)
	}
	return p, p.anchor(expr, subs, re.String())
}

// The guards around a reference: it is no part of a longer word.
const (
	guardBefore = `(?:^|[^\pL\pN])`
	guardAfter  = `(?:$|[^\pL\pN])`
)

// anchor makes the forms that are tried at one place only.
func (p *Pattern) anchor(expr string, subs []*syntax.Regexp, loose string) error {
	if p.parts[0].text != "" {
		return nil
	}
	p.parts[0].starts(&p.first)
	for c, is := range p.first {
		if is {
			p.starts = append(p.starts, byte(c))
		}
	}
	if p.parts[0].digits {
		p.parts[0].starts(&p.letters)
	}
	for _, next := range p.parts[1:] {
		next.starts(&p.letters)
		if next.text == "" {
			break
		}
	}
	p.reach = 2 * utf8.UTFMax // the rune after the match, whole
	for _, s := range subs {
		if s.Op == syntax.OpLiteral {
			p.reach += len(s.Rune) * 3 * utf8.UTFMax
		} else {
			p.reach += s.Max * (1 + utf8.UTFMax)
		}
	}
	var err error
	if p.exactAt, err = regexp.Compile(`^(` + expr + `)` + guardAfter); err != nil {
		return fmt.Errorf("reference pattern: %w", err)
	}
	if p.looseAt, err = regexp.Compile(strings.Replace(loose, guardBefore, "^", 1)); err != nil {
		return fmt.Errorf("reference pattern: %w", err)
	}
	return nil
}

// loosen writes the tolerant form of one piece of the pattern.
func (p *Pattern) loosen(re *strings.Builder, s *syntax.Regexp, last bool) bool {
	switch s.Op {
	case syntax.OpLiteral:
		for _, r := range s.Rune {
			if isWord(r) {
				re.WriteString("(" + regexp.QuoteMeta(string(r)) + ")")
				p.parts = append(p.parts, part{letter: byte(r)}) // ASCII, see isWord
				continue
			}
			re.WriteString(`[\s\p{Pd}_./:]{0,3}`)
			p.parts = append(p.parts, part{text: string(r)})
		}
		return true
	case syntax.OpRepeat:
		if s.Sub[0].Op != syntax.OpCharClass || string(s.Sub[0].Rune) != "09" || s.Max < 1 {
			return false
		}
		least := s.Min
		if last {
			least = 1
		}
		fmt.Fprintf(re, `([0-9OoIl](?:[ \p{Pd}.]?[0-9OoIl]){%d,%d})`, max(0, least-1), s.Max-1)
		p.parts = append(p.parts, part{digits: true, n: s.Min})
		return true
	}
	return false
}

func isWord(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// Key returns the canonical form of a reference as the agency writes it.
func Key(ref string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(ref) {
		if isWord(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Find returns the references in a text, in order, each once. It looks at the
// first 64 KiB.
func (p *Pattern) Find(text string) []Found {
	if len(text) > maxScan {
		text = strings.ToValidUTF8(text[:maxScan], "")
	}
	var out []Found
	seen := map[string]bool{}
	add := func(f Found) {
		if !seen[f.Key] {
			seen[f.Key] = true
			out = append(out, f)
		}
	}
	for _, m := range p.all(p.exact, p.exactAt, text) {
		add(Found{Key: Key(text[m[2]:m[3]]), Quote: text[m[2]:m[3]], Start: m[2], End: m[3], Exact: true})
	}
	if p.loose == nil {
		return out
	}
	for _, m := range p.all(p.loose, p.looseAt, text) {
		if f, ok := p.read(text, m); ok {
			add(f)
		}
	}
	return out
}

// maxFound bounds how many matches of one form are looked at.
const maxFound = 32

// all returns the places of whole and its groups, as the regexp package does:
// by at, tried wherever a match can begin, if there is one.
func (p *Pattern) all(whole, at *regexp.Regexp, text string) [][]int {
	if at == nil {
		return whole.FindAllStringSubmatchIndex(text, maxFound)
	}
	var out [][]int
	next := candidates{text: text, starts: p.starts}
	for i := next.from(0); i < len(text) && len(out) < maxFound; i = next.from(i + 1) {
		if !p.first[text[i]] || i+1 < len(text) && isLetter(text[i+1]) && !p.letters[text[i+1]] || insideWord(text[:i]) {
			continue
		}
		m := at.FindStringSubmatchIndex(text[i:min(len(text), i+p.reach)])
		if m == nil {
			continue
		}
		end := i
		for k, v := range m {
			if v >= 0 {
				m[k] = v + i
				if k > 1 { // the guard after it may be the one before the next
					end = max(end, m[k])
				}
			}
		}
		out = append(out, m)
		i = max(i, end-1)
	}
	return out
}

// candidates goes over the places of a text where one of a few bytes stands, many
// times faster than byte by byte; with more of them it stops at every byte.
type candidates struct {
	text   string
	starts []byte
	at     [maxStarts]int // where each stands next; 0: not looked for yet
}

// maxStarts is from how many bytes on looking for each costs more than it saves.
const maxStarts = 3

// from is the first candidate from i on, len(text) where there is none.
func (c *candidates) from(i int) int {
	if len(c.starts) > maxStarts || i >= len(c.text) {
		return i
	}
	best := len(c.text)
	for k, b := range c.starts {
		if c.at[k] <= i {
			c.at[k] = len(c.text)
			if j := strings.IndexByte(c.text[i:], b); j >= 0 {
				c.at[k] = i + j
			}
		}
		best = min(best, c.at[k])
	}
	return best
}

// starts adds the bytes with which a part begins; those of a separator are no
// letters.
func (p part) starts(set *[256]bool) {
	switch {
	case p.digits:
		for _, c := range []byte("0123456789OoIl") {
			set[c] = true
		}
	case p.text == "":
		l := string(rune(p.letter))
		set[strings.ToLower(l)[0]], set[strings.ToUpper(l)[0]] = true, true
	}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// insideWord reports whether what comes after before would go on a word.
func insideWord(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return before != "" && (unicode.IsLetter(r) || unicode.IsNumber(r))
}

// read turns the captures of one loose match into a canonical key.
func (p *Pattern) read(text string, m []int) (Found, bool) {
	f := Found{Start: -1}
	var key strings.Builder
	g := 1
	for _, pt := range p.parts {
		if pt.text != "" {
			continue
		}
		if 2*g+1 >= len(m) || m[2*g] < 0 {
			return Found{}, false
		}
		s := text[m[2*g]:m[2*g+1]]
		if f.Start < 0 {
			f.Start = m[2*g]
		}
		f.End = m[2*g+1]
		g++
		if !pt.digits {
			key.WriteString(strings.ToUpper(s))
			continue
		}
		d := strings.Map(digit, s)
		if len(d) > pt.n {
			return Found{}, false
		}
		if len(d) < pt.n {
			f.Padded = true
			key.WriteString(strings.Repeat("0", pt.n-len(d)))
		}
		key.WriteString(d)
	}
	if f.Start < 0 {
		return Found{}, false
	}
	f.Key, f.Quote = key.String(), text[f.Start:f.End]
	return f, true
}

func digit(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return r
	case r == 'O' || r == 'o':
		return '0'
	case r == 'I' || r == 'l':
		return '1'
	}
	return -1
}
