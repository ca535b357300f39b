package policy

import (
	"slices"
	"strings"
	"unicode"

	"kontor/cases/plain"
)

// maxWords is how many words a letter may have outside lists, blocks and the
// foot.
const maxWords = 180

// quiet are letters that carry only what is named there: no notice, no length.
func quiet(id string) bool {
	return slices.Contains([]string{"acute", "acute_minor", "deceased"}, id)
}

func (c *check) form() {
	text := c.out.Text
	if strings.TrimSpace(text) == "" || strings.TrimSpace(c.out.Subject) == "" {
		c.report("form.empty", "")
		return
	}
	if plain.Clean(text).String() != text || plain.Line(c.out.Subject).String() != c.out.Subject {
		c.report("form.hidden", "")
	}
	c.disguised()
	if i := strings.Index(text, "!!"); i >= 0 {
		c.report("form.exclamation", text[max(0, i-1):i+2])
	}
	c.capitals(text)
	c.capitals(c.out.Subject)
	a := c.out.Context.Agency
	if a.Name != "" && !strings.Contains(text, a.Name) || a.Register != "" && !strings.Contains(text, a.Register) {
		c.report("form.company", "")
	}
	if a.Phone != "" && !strings.Contains(text, a.Phone) || a.Contact != "" && c.out.Context.UserName != a.Contact && !strings.Contains(text, a.Contact) && !strings.Contains(text, c.out.Context.UserName) {
		c.report("form.contact", "")
	}
	if a.Privacy != "" && !strings.Contains(text, a.Privacy) {
		c.report("form.privacy", "")
	}
	if a.AINotice && !quiet(c.out.Template.ID) {
		line := a.NoticeLine
		if line != "" && !strings.Contains(text, line) || line == "" && !c.says("softwareunterstuetzung", "help of software") {
			c.report("form.ai_notice", "")
		}
	}
	if c.words() > maxWords {
		c.report("form.length", "")
	}
}

// disguised finds words that are hard to check: letter by letter, or of letters
// of two scripts.
func (c *check) disguised() {
	for _, f := range []folded{c.text, c.subject} {
		for _, w := range f.disguised {
			c.report("form.disguised", w)
		}
		for w := range strings.FieldsFuncSeq(f.orig, func(r rune) bool { return !unicode.IsLetter(r) }) {
			latin, other := false, false
			for _, r := range w {
				latin = latin || unicode.Is(unicode.Latin, r)
				other = other || unicode.In(r, unicode.Cyrillic, unicode.Greek)
			}
			if latin && other {
				c.report("form.disguised", w)
			}
		}
	}
}

// capitals finds words that shout. Abbreviations, references and what the case
// itself writes so are none.
func (c *check) capitals(s string) {
	own := strings.Join([]string{
		c.out.Context.Case.Reference, c.out.Context.Agency.Name, c.out.Context.Agency.Register, c.out.Context.Agency.Authority,
		c.out.Context.Agency.BIC, c.out.Context.Agency.Bank, c.out.Context.Case.Subject.String(),
	}, " ")
	for _, p := range c.out.Context.Persons {
		if p != nil {
			own += " " + p.Name.String()
		}
	}
	for _, f := range c.out.Context.Case.Ledger.Claims {
		own += " " + f.Invoice + " " + f.Subject
	}
	run := 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }) {
		upper, lower := 0, 0
		for _, r := range w {
			switch {
			case unicode.IsUpper(r):
				upper++
			case unicode.IsLower(r), unicode.IsDigit(r):
				lower++
			}
		}
		switch {
		case lower > 0 || upper == 0 || strings.Contains(own, w):
			run = 0
			continue
		case upper >= 2:
			run++
		}
		if upper >= 4 && !slices.Contains([]string{"IBAN", "DSGVO", "GDPR", "SEPA", "SCHUFA", "GMBH", "BDIU", "RDGEG", "BGBEG"}, w) || run >= 3 {
			c.report("form.capitals", w)
			return
		}
	}
}

// words counts what is to be read: sentences, not list lines, blocks, greeting
// or foot. A line counts if it is a sentence.
func (c *check) words() int {
	n := 0
	body := c.out.Text
	if a := c.out.Context.Agency.Register; a != "" {
		if i := strings.Index(body, a); i >= 0 {
			body = body[:i]
		}
	}
	for p := range strings.SplitSeq(body, "\n\n") {
		if f := fold(p).s; c.gate.find.notice.MatchString(f) || c.gate.find.static.MatchString(f) {
			continue
		}
		for line := range strings.Lines(p) {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "-") || line == "" || !strings.ContainsAny(line[len(line)-1:], ".?!:") {
				continue
			}
			n += len(strings.Fields(line))
		}
	}
	return n
}
