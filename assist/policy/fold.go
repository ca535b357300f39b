package policy

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// folded is text as patterns see it, with the way back to the original.
type folded struct {
	s    string
	at   []int // byte offset in the original of each byte of s
	orig string
	// disguised are words that were written letter by letter.
	disguised []string
}

// fold lowers case, writes umlauts with two letters, joins blanks within a line
// and leaves out what cannot be seen. Marks of quoting at the beginning of a
// line are left out, letters of other scripts that look like Latin ones and
// widened or ornamental forms become those, and letters that are spaced out are
// joined: what a reader reads is what is judged.
func fold(s string) folded {
	f := folded{orig: s, at: make([]int, 0, len(s)+len(s)/8+1)}
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	put := func(t string, i int) {
		b.WriteString(t)
		for range len(t) {
			f.at = append(f.at, i)
		}
	}
	blank, line := true, true // after a blank, at the beginning of a line
	var last rune
	for i, r := range s {
		before := last
		last = r
		switch r {
		case '\u00ad', '\u200b', '\u200c', '\u200d', '\ufeff', '\u2060':
			last = before
			continue
		case 'ä', 'Ä':
			put("ae", i)
		case 'ö', 'Ö':
			put("oe", i)
		case 'ü', 'Ü':
			put("ue", i)
		case 'ß', 'ẞ':
			put("ss", i)
		case '\u0308': // a diaeresis of its own
			if strings.ContainsRune("aouAOU", before) {
				put("e", i)
			}
			continue
		case '’', '‘', '´', '`':
			put("'", i)
		case '–', '—', '‐', '‑':
			put("-", i)
		case '\n':
			put("\n", i)
			blank, line = true, true
			continue
		default:
			if unicode.IsSpace(r) {
				if !blank {
					put(" ", i)
				}
				blank = true
				continue
			}
			if line && (r == '>' || r == '|') {
				continue
			}
			put(letter(r), i)
		}
		blank, line = false, false
	}
	f.s = b.String()
	return f.joined()
}

// letter is a rune as patterns see it.
func letter(r rune) string {
	if r < 0x80 {
		return string(unicode.ToLower(r))
	}
	if l, ok := lookalike(unicode.ToLower(r)); ok {
		return string(l)
	}
	if unicode.Is(unicode.Mn, r) {
		return ""
	}
	if r < 0x250 || r >= 0x1d400 && r < 0x1d800 || r >= 0xff00 || r >= 0x2460 && r < 0x2500 {
		// é is e, ｅ and 𝐞 are e.
		var b strings.Builder
		for _, d := range norm.NFKD.String(string(r)) {
			if !unicode.Is(unicode.Mn, d) {
				b.WriteRune(unicode.ToLower(d))
			}
		}
		return b.String()
	}
	return string(unicode.ToLower(r))
}

// lookalike gives the Latin letter that a Cyrillic or Greek one cannot be told
// from in print.
func lookalike(r rune) (rune, bool) {
	const from, to = "асеорхуѕіјһкмтвнԁɡӏαοερνιτυκχηωβ", "aceopxysijhkmtbhdgiaoepvitukxnwb"
	if i := slices.Index([]rune(from), r); i >= 0 {
		return []rune(to)[i], true
	}
	return 0, false
}

// spaced finds four or more single letters with the same mark between them.
var spaced = regexp.MustCompile(`(?:^|[^a-z0-9])((?:[a-z] ){3,}[a-z]|(?:[a-z]\.){3,}[a-z]|(?:[a-z]-){3,}[a-z]|(?:[a-z][_*·]){3,}[a-z])(?:[^a-z0-9]|$)`)

// joined takes the marks out of words that are spaced out.
func (f folded) joined() folded {
	for {
		m := spaced.FindStringSubmatchIndex(f.s)
		if m == nil {
			return f
		}
		f.disguised = append(f.disguised, f.original(m[2], m[3]))
		var b strings.Builder
		at := make([]int, 0, len(f.at))
		for i := range len(f.s) {
			if i >= m[2] && i < m[3] && (f.s[i] < 'a' || f.s[i] > 'z') {
				continue
			}
			b.WriteByte(f.s[i])
			at = append(at, f.at[i])
		}
		f.s, f.at = b.String(), at
	}
}

// original gives the words of the original that stand for s[from:to].
func (f folded) original(from, to int) string {
	if from >= to || from >= len(f.at) {
		return ""
	}
	end := len(f.orig)
	if to < len(f.at) {
		end = f.at[to]
	}
	return strings.TrimSpace(f.orig[f.at[from]:end])
}

// span is a part of folded text.
type span struct{ from, to int }

// sentences cuts folded text at the ends of sentences and at blank lines. A line
// end within a paragraph is no end: hand-wrapped text must not hide a threat.
// Abbreviations and dates keep their dots.
func (f folded) sentences() []span {
	var out []span
	start := 0
	cut := func(end int) {
		if strings.TrimSpace(f.s[start:end]) != "" {
			out = append(out, span{start, end})
		}
		start = end
	}
	for i := range len(f.s) {
		switch f.s[i] {
		case '!', '?':
			cut(i + 1)
		case '\n':
			if i+1 < len(f.s) && (f.s[i+1] == '\n' || f.s[i+1] == '-') || i > 0 && f.s[i-1] == ':' {
				cut(i + 1)
			}
		case '.':
			if !f.inside(i) {
				cut(i + 1)
			}
		}
	}
	cut(len(f.s))
	return out
}

// inside reports whether the dot at i belongs to a number, a date or an
// abbreviation.
func (f folded) inside(i int) bool {
	if i+1 < len(f.s) && f.s[i+1] != ' ' && f.s[i+1] != '\n' {
		return true
	}
	if i == 0 {
		return true
	}
	if c := f.s[i-1]; c >= '0' && c <= '9' {
		// "am 3. Mai": one or two digits go on, a year or a sum ends the sentence.
		j := i
		for j > 0 && (f.s[j-1] >= '0' && f.s[j-1] <= '9' || f.s[j-1] == ',' || f.s[j-1] == '.') {
			j--
		}
		return i-j < 3 && i+1 < len(f.s) && f.s[i+1] == ' '
	}
	word := f.s[:i]
	if j := strings.LastIndexAny(word, " \n(„\""); j >= 0 {
		word = word[j+1:]
	}
	switch word {
	case "abs", "art", "nr", "ca", "bzw", "ggf", "inkl", "z", "b", "z.b", "u", "a", "d", "h", "d.h", "str", "dr", "tel", "no", "mr", "mrs", "ms", "e.g", "i.e", "evtl", "zzgl":
		return true
	}
	return false
}

// negation finds words that turn what they stand by into its opposite.
func negation() *regexp.Regexp {
	return regexp.MustCompile(`\b(nicht|nichts|kein|keine|keinen|keinem|keiner|keinerlei|nie|niemals|niemand|weder|noch nie|ohne|not|never|no|nobody|nothing|neither|nor|without|cannot)\b|n't\b`)
}

// hollow finds negations that negate something else: the not paying in a threat
// ("sollten Sie nicht zahlen, …"), or the hesitation ("wir zögern nicht").
func hollow() *regexp.Regexp {
	const pay = `(zahl\w*|gezahlt|bezahl\w*|ueberweis\w*|begleich\w*|beglich\w*|reagier\w*|eingeh\w*|eingegangen|nachkomm\w*|einlenk\w*|kooperier\w*)`
	return regexp.MustCompile(`\b(nicht|kein\w*)( \w+){0,3}? ` + pay + `\b` +
		`|\b(not|no|don't|n't)( \w+){0,3}? (pay|paid|paying|payment|respond|reply|react|answer|cooperate|comply)\b` +
		`|\bsie( \w+){0,4}? (nicht|kein\w*)( \w+){0,3}? (meld\w*|antwort\w*)\b` +
		`|\b(zahlen|reagieren|melden|ueberweisen|antworten) sie( \w+){0,3}? (nicht|kein\w*)\b` +
		`|\bnicht( \w+){0,2}? (zoeger\w*|scheu\w*|zurueckschreck\w*|davor|lange|nur|laenger zu|wunder\w*)\b|\b(zoegern|scheuen) (wir )?(uns )?nicht\b` +
		`|\bnot( \w+)? (hesitate|only|be surprised|shy)\b|\bohne (weitere\w*|vorwarnung|ankuendigung|zoeg\w+|ruecksicht)\b|\bwithout (further|notice|warning|hesitation|delay)\b` +
		`|\b(keine andere|kein anderer|keinen anderen|no other|no) (wahl|weg|moeglichkeit|ausweg|choice|option|way)\b|\bnichts anderes uebrig\b|\bnothing else\b` +
		`|\bohne zu \w+\b|\bohne (saubere|geordnete)\w*\b|\bnicht mehr (in|auf) der\b|\bnicht (gut|schoen) (aus|enden|ausgehen)\b|\b(wollen|moechten)( doch| sicher)* kein\w*\b|\bwird (das|es|daraus) nichts\b|\b(would|do|does) not want\b|\bnever (ended|ends) well\b|\bkein kavaliersdelikt\b|\bkein pardon\b` +
		`|\bkein(e|en|em|er)? (geduld|verstaendnis|ausrede\w*|scherz\w*|spass|zweifel)\b|\bno (doubt|excuse\w*|patience)\b`)
}

// clause returns the part between commas around a match, where a negation would
// have to stand.
func clause(sentence string, from, to int) string {
	start, end := 0, len(sentence)
	for i := from - 1; i >= 0; i-- {
		if isClauseEnd(sentence, i) {
			start = i + 1
			break
		}
	}
	for i := to; i < len(sentence); i++ {
		if isClauseEnd(sentence, i) {
			end = i
			break
		}
	}
	return sentence[start:end]
}

func isClauseEnd(s string, i int) bool {
	switch s[i] {
	case ';', ':', '(', ')':
		return true
	case ',':
		return i+1 >= len(s) || s[i+1] == ' ' || s[i+1] == '\n'
	case '-':
		return i > 0 && s[i-1] == ' '
	}
	for _, w := range []string{" sondern ", " aber ", " but ", " denn ", " dann "} {
		if strings.HasPrefix(s[i:], w) {
			return true
		}
	}
	return false
}

// plainly lets a pattern that is written with ae, oe and ue find words that were
// typed without umlauts, "pfanden" for "pfänden".
func plainly(src string) string {
	return strings.NewReplacer("ae", "ae?", "oe", "oe?", "ue", "ue?").Replace(src)
}
