// Package redact takes what names a person out of a text before it leaves the
// machine, and puts it back into what comes home. Names, addresses, IBANs,
// telephone numbers, references, invoice numbers and dates of birth become
// placeholders such as ⟦NAME_1⟧; amounts, other dates and the words stay.
//
// Two things find them: what the case knows, and rules for what it does not.
// The rules prefer to take out too much: a word too many costs the reader
// little, a name too few cannot be called back.
package redact

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Known is what the case and the mail's head say about the people in it.
type Known struct {
	Names      []string // full names; their parts are taken out too
	From       string   // the From header: display name and address
	Addresses  []string // mail addresses
	Postal     []string // postal addresses, or parts of them
	References []string // case references, invoice and customer numbers
	Other      []string // anything else, taken out literally: dates of birth, IBANs
}

// Kind is what a placeholder stands for.
type Kind string

// The kinds of placeholders.
const (
	Name    Kind = "NAME"
	Mail    Kind = "MAIL"
	Link    Kind = "LINK"
	IBAN    Kind = "IBAN"
	Phone   Kind = "PHONE"
	Postal  Kind = "ADDRESS"
	Ref     Kind = "REF"
	Birth   Kind = "BIRTH"
	Literal Kind = "TEXT" // a bracket of ours that stood in the text itself
)

// Brackets of a placeholder. They are outside every keyboard and every
// training language's punctuation, so that models carry them over unchanged.
const (
	open = "⟦"
	shut = "⟧"
)

// Redactor takes out what it was made for. It is safe for concurrent use.
type Redactor struct {
	literals []literal
	words    map[string]Kind // folded single words
}

type literal struct {
	folded string
	kind   Kind
}

// New returns a redactor for what is known.
func New(known Known) *Redactor {
	r := &Redactor{words: map[string]Kind{}}
	display, addr := splitFrom(known.From)
	for _, n := range append(slices.Clone(known.Names), display) {
		r.addName(n)
	}
	for _, a := range append(slices.Clone(known.Addresses), addr) {
		r.addLiteral(a, Mail)
		local, _, _ := strings.Cut(a, "@")
		for _, p := range strings.FieldsFunc(local, func(c rune) bool { return c == '.' || c == '_' || c == '-' || c == '+' || c >= '0' && c <= '9' }) {
			if len(p) >= 4 && !common[fold(p)] {
				r.words[fold(p)] = Name
			}
		}
	}
	for _, p := range known.Postal {
		r.addLiteral(p, Postal)
		for line := range strings.FieldsFuncSeq(p, func(c rune) bool { return c == ',' || c == '\n' }) {
			r.addLiteral(strings.TrimSpace(line), Postal)
		}
	}
	for _, ref := range known.References {
		r.addLiteral(ref, Ref)
	}
	for _, o := range known.Other {
		r.addLiteral(o, Birth)
	}
	slices.SortFunc(r.literals, func(a, b literal) int { return len(b.folded) - len(a.folded) })
	return r
}

// addName takes a full name and its parts.
func (r *Redactor) addName(n string) {
	n = strings.TrimSpace(n)
	if n == "" {
		return
	}
	r.addLiteral(n, Name)
	for _, p := range nameParts(n) {
		r.words[fold(p)] = Name
		for q := range strings.SplitSeq(p, "-") {
			if runes(q) >= 2 && !common[fold(q)] {
				r.words[fold(q)] = Name
			}
		}
	}
}

// nameParts are the parts of a name that name somebody: no titles, no legal
// forms, no single letters.
func nameParts(n string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(n, func(c rune) bool {
		return !letter(c) && c != '-' && !(c >= '0' && c <= '9')
	}) {
		p = strings.Trim(p, "-")
		if runes(p) < 2 || common[fold(p)] {
			continue
		}
		out = append(out, p)
	}
	return out
}

func (r *Redactor) addLiteral(s string, k Kind) {
	if f := fold(strings.TrimSpace(s)); len(f) >= 3 && !common[f] {
		r.literals = append(r.literals, literal{f, k})
	}
}

// Map holds what the placeholders stand for. It is personal data: it never
// leaves the machine and is never logged.
type Map struct {
	values map[string]string // placeholder without brackets to text
	keys   map[string]string // kind and text to placeholder
	counts map[Kind]int
}

// Len is the number of different things taken out.
func (m *Map) Len() int { return len(m.values) }

// Counts says how many different things of each kind were taken out.
func (m *Map) Counts() map[Kind]int { return maps.Clone(m.counts) }

// String keeps the content out of logs.
func (m *Map) String() string { return "redacted(" + strconv.Itoa(len(m.values)) + ")" }

// GoString keeps the content out of %#v.
func (m *Map) GoString() string { return m.String() }

func (m *Map) placeholder(k Kind, text string) string {
	key := string(k) + "\x00" + text
	if p, ok := m.keys[key]; ok {
		return p
	}
	m.counts[k]++
	id := string(k) + "_" + strconv.Itoa(m.counts[k])
	m.values[id] = text
	p := open + id + shut
	m.keys[key] = p
	return p
}

// Redact takes out of text what names a person.
func (r *Redactor) Redact(text string) (string, *Map) {
	out, m := r.RedactAll(text)
	return out[0], m
}

// RedactAll is Redact for several texts of one mail with one map, so that the
// same name has the same placeholder in all of them.
func (r *Redactor) RedactAll(texts ...string) ([]string, *Map) {
	m := &Map{values: map[string]string{}, keys: map[string]string{}, counts: map[Kind]int{}}
	// Names that one text reveals ("Gruß Maik") are taken out of all.
	found := map[string]Kind{}
	for _, t := range texts {
		for w := range signedNames(t) {
			if _, known := r.words[w]; !known {
				found[w] = Name
			}
		}
	}
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = r.redact(t, m, found)
	}
	return out, m
}

func (r *Redactor) redact(text string, m *Map, found map[string]Kind) string {
	spans := patternSpans(text)
	spans = append(spans, r.literalSpans(text)...)
	spans = append(spans, wordSpans(text, r.words, found)...)
	slices.SortStableFunc(spans, func(a, b span) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	var b strings.Builder
	b.Grow(len(text) + 64)
	at := 0
	for i := 0; i < len(spans); i++ {
		s := spans[i]
		if s.start < at {
			if s.end <= at {
				continue
			}
			s.start = at // what sticks out of the last one goes too
		}
		b.WriteString(text[at:s.start])
		b.WriteString(m.placeholder(s.kind, text[s.start:s.end]))
		at = s.end
	}
	b.WriteString(text[at:])
	return b.String()
}

// Restore puts back what the placeholders stand for. Placeholders that the map
// does not know stay as they are. Restore(Redact(t)) is t, byte for byte.
func (m *Map) Restore(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.Index(s, open)
		if i < 0 {
			break
		}
		j := strings.Index(s[i:], shut)
		if j < 0 {
			break
		}
		id := s[i+len(open) : i+j]
		v, ok := m.values[id]
		if !ok {
			b.WriteString(s[:i+len(open)])
			s = s[i+len(open):]
			continue
		}
		b.WriteString(s[:i])
		b.WriteString(v)
		s = s[i+j+len(shut):]
	}
	b.WriteString(s)
	return b.String()
}

// Loosen brings placeholders that a model spelled its own way ("[NAME_1]",
// "⟦ NAME_1 ⟧", "[[NAME_1]]") into their form, where the map knows them.
func (m *Map) Loosen(s string) string {
	if !strings.Contains(s, "_") {
		return s
	}
	return loose.ReplaceAllStringFunc(s, func(p string) string {
		id := strings.Trim(p, "⟦⟧[]<>{} ")
		if _, ok := m.values[id]; ok {
			return open + id + shut
		}
		return p
	})
}
