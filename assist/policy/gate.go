package policy

import (
	"cmp"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/costs"
	"kontor/cases/plain"
)

// maxQuote bounds what a finding quotes, in bytes.
const maxQuote = 160

// Gate judges outgoing texts. It is never changed after New and safe for
// concurrent use.
type Gate struct {
	rules    map[string]rule
	ids      []string // sorted
	tables   *costs.Tables
	negation *regexp.Regexp
	hollow   *regexp.Regexp
	find     finders
}

// RuleIDs lists the rules, sorted.
func (g *Gate) RuleIDs() []string { return slices.Clone(g.ids) }

// New loads the shipped rules and, where given, an agency's folder of *.toml
// files, which can tighten rules and add some.
func New(overrides fs.FS) (*Gate, error) {
	rules, err := loadRules(overrides)
	if err != nil {
		return nil, err
	}
	tables, err := costs.Shipped()
	if err != nil {
		return nil, err
	}
	g := &Gate{rules: rules, tables: tables, negation: negation(), hollow: hollow(), find: newFinders()}
	for id := range rules {
		g.ids = append(g.ids, id)
	}
	slices.Sort(g.ids)
	return g, nil
}

// Rules lists the ids of all rules.
func (g *Gate) Rules() []string { return slices.Clone(g.ids) }

// Check judges one text and returns what it found, blocking findings first, in
// a fixed order. It reads nothing but its argument. A context without a case is
// itself a finding.
func (g *Gate) Check(out cases.Outgoing) []cases.TextFinding {
	c := &check{gate: g, out: out, text: fold(out.Text), subject: fold(out.Subject)}
	if out.Context.Case == nil || out.Context.Today == 0 {
		c.report("gate.context", "")
		return c.found
	}
	c.read()
	c.wording()
	c.money()
	c.days()
	c.accounts()
	c.references()
	c.rightParty()
	c.states()
	c.statute()
	c.promises()
	c.form()
	slices.SortStableFunc(c.found, func(a, b cases.TextFinding) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Rule, b.Rule)) // "block" before "warn"
	})
	return slices.Compact(c.found)
}

// check is one judgement under way.
type check struct {
	gate          *Gate
	out           cases.Outgoing
	text, subject folded
	sent          []span
	hand          []span // nil until looked for
	state         map[string]bool
	to            *cases.Person
	role          cases.Role
	known         known
	foundSums     []figure // nil until looked for
	foundDays     []figure
	found         []cases.TextFinding
}

// report adds a finding of a rule that code decides. A rule that is not yet in
// force finds nothing.
func (c *check) report(id, quote string) {
	r, ok := c.gate.rules[id]
	if !ok {
		// A file that leaves a rule out must not open the gate.
		r = rule{ID: id, Severity: Block, Source: "Regelwerk", Mend: "Die Regeldatei ist unvollständig."}
	} else if !r.holds(c.out.Context.Today) && c.out.Context.Today != 0 {
		return
	}
	q, _ := plain.Line(quote).Cut(maxQuote)
	f := cases.TextFinding{Rule: r.ID, Severity: r.Severity, Quote: q, Source: r.Source, Mend: r.Mend}
	if !slices.Contains(c.found, f) {
		c.found = append(c.found, f)
	}
}

// wording looks for the patterns of all rules. A sentence that must go needs no
// warnings: they would say of the same words what the block says.
func (c *check) wording() {
	c.sent = c.text.sentences()
	blocked := map[span]bool{}
	for _, severity := range []string{Block, Warn} {
		for _, id := range c.gate.ids {
			if r := c.gate.rules[id]; r.Severity == severity && len(r.Patterns) > 0 && (r.When == "" || c.state[r.When]) {
				c.patterns(r, blocked)
			}
		}
	}
}

// patterns looks for those of one rule, and notes the sentences of the text
// in which a blocking one stands.
func (c *check) patterns(r rule, blocked map[span]bool) {
	if today := c.out.Context.Today; today != 0 && !r.holds(today) {
		return
	}
	f, parts := c.text, c.sent
	switch {
	case r.Field == "subject":
		f, parts = c.subject, []span{{0, len(c.subject.s)}}
	case r.Hand:
		parts = c.byHand()
	}
	whole := strings.ReplaceAll(f.s, "\n", " ")
	for _, p := range r.Patterns {
		if !p.sown(whole) {
			continue
		}
		for _, s := range parts {
			if r.Field != "subject" && r.Severity == Warn && blocked[s] {
				continue
			}
			if q, ok := c.gate.hit(p, f, s); ok {
				c.report(r.ID, q)
				blocked[s] = blocked[s] || r.Severity == Block && r.Field != "subject"
			}
		}
	}
}

// byHand are the sentences of an edited text that the draft did not have. Where
// the draft is not known all of them are.
func (c *check) byHand() []span {
	if !c.out.Edited {
		return nil
	}
	if c.hand == nil {
		c.hand = []span{}
		drafted := map[string]bool{}
		f := fold(c.out.Drafted)
		for _, s := range f.sentences() {
			drafted[words(f.s[s.from:s.to])] = true
		}
		for _, s := range c.sent {
			if w := words(c.text.s[s.from:s.to]); w != "" && !drafted[w] {
				c.hand = append(c.hand, s)
			}
		}
	}
	return c.hand
}

// words is a sentence without what a line break or a blank changes.
func words(sentence string) string { return strings.Join(strings.Fields(sentence), " ") }

// hit reports whether a pattern stands in a sentence and is meant.
func (g *Gate) hit(p pattern, f folded, s span) (string, bool) {
	sentence := strings.ReplaceAll(f.s[s.from:s.to], "\n", " ") // of the same length
	for _, m := range p.match.FindAllStringIndex(sentence, -1) {
		if p.unless != nil && p.unless.MatchString(sentence) || p.unlessText != nil && p.unlessText.MatchString(f.s) {
			return "", false
		}
		if p.Negatable && !(p.Rhetorical && strings.Contains(sentence, "?")) {
			around := g.hollow.ReplaceAllString(clause(sentence, m[0], m[1]), " ")
			if g.negation.MatchString(around) {
				continue
			}
		}
		return f.original(s.from+m[0], s.from+m[1]), true
	}
	return "", false
}
