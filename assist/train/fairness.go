package train

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"kontor/cases"
)

// Group is how an engine treats mails of one kind; shares are in thousandths.
type Group struct {
	By     string `json:"by"` // language, length or spelling
	Name   string `json:"name"`
	Mails  int    `json:"mails"`
	Wrong  int    `json:"wrong"`  // label error
	Unsure int    `json:"unsure"` // answered "unsure"
	// Offered is the share of those who ask for instalments, a pause or a
	// settlement and are understood well enough to be offered one.
	Offered int `json:"offered"`
	asked   int
}

// Pair is one message in good and in broken spelling.
type Pair struct {
	ID     string       `json:"id"`
	Intent cases.Intent `json:"intent"`
	Lang   string       `json:"lang"`
	Good   string       `json:"good"`
	Broken string       `json:"broken"`
}

// FairnessReport compares groups of senders.
type FairnessReport struct {
	Groups []Group `json:"groups"`
	Pairs  int     `json:"pairs"`
	// Split holds the ids of pairs whose two mails got different intents.
	Split []string `json:"split,omitempty"`
}

// Pairs reads pairs.jsonl of fsys.
func Pairs(fsys fs.FS) ([]Pair, error) {
	b, err := fs.ReadFile(fsys, "pairs.jsonl")
	if err != nil {
		return nil, fmt.Errorf("read pairs: %w", err)
	}
	var out []Pair
	for n, line := range bytes.Split(b, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var p Pair
		if err := json.Unmarshal(line, &p); err != nil {
			return nil, fmt.Errorf("pairs line %d: %w", n+1, err)
		}
		if !p.Intent.Valid() {
			return nil, fmt.Errorf("pairs line %d: unknown intent %q", n+1, p.Intent)
		}
		out = append(out, p)
	}
	return out, nil
}

// Fairness measures label error, unsure rate and offered rate by language,
// length and spelling, and whether broken spelling changes the intent.
func Fairness(ctx context.Context, e Engine, mails []Mail, pairs []Pair) (FairnessReport, error) {
	groups := map[[2]string]*Group{}
	for i := range mails {
		m := &mails[i]
		c, err := e.Classify(ctx, m.Input())
		if err != nil {
			return FairnessReport{}, fmt.Errorf("fairness mail %s: %w", m.ID, err)
		}
		for _, k := range [][2]string{{"language", m.Labels.Lang}, {"length", length(m.Text)}, {"spelling", spelling(m)}} {
			if groups[k] == nil {
				groups[k] = &Group{By: k[0], Name: k[1]}
			}
			groups[k].count(m, &c)
		}
	}
	r := FairnessReport{Pairs: len(pairs)}
	for _, g := range groups {
		g.Wrong, g.Unsure, g.Offered = share(g.Wrong, g.Mails), share(g.Unsure, g.Mails), share(g.Offered, g.asked)
		r.Groups = append(r.Groups, *g)
	}
	slices.SortFunc(r.Groups, func(a, b Group) int {
		if a.By != b.By {
			return strings.Compare(a.By, b.By)
		}
		return strings.Compare(a.Name, b.Name)
	})
	for _, p := range pairs {
		good, err := e.Classify(ctx, pairInput(p.Good))
		if err != nil {
			return FairnessReport{}, fmt.Errorf("fairness pair %s: %w", p.ID, err)
		}
		broken, err := e.Classify(ctx, pairInput(p.Broken))
		if err != nil {
			return FairnessReport{}, fmt.Errorf("fairness pair %s: %w", p.ID, err)
		}
		if good.Intent != broken.Intent {
			r.Split = append(r.Split, p.ID)
		}
	}
	return r, nil
}

// pairInput is a mail as it comes in, an answer to one of our letters: with a
// sender and a subject that says nothing.
func pairInput(text string) cases.ClassifyInput {
	return cases.ClassifyInput{Subject: "Re: Ihr Schreiben", Text: text, From: "Absender <absender@example.org>"}
}

func (g *Group) count(m *Mail, c *cases.Classification) {
	g.Mails++
	g.Wrong += int(b2f(c.Intent != m.Labels.Intent))
	g.Unsure += int(b2f(c.Unsure))
	switch m.Labels.Intent { //nolint:exhaustive // the three wishes that an offer answers
	case cases.InstallmentRequest, cases.PaymentPause, cases.SettlementOffer:
		g.asked++
		g.Offered += int(b2f(c.Intent == m.Labels.Intent && c.Permille >= cases.Sure))
	}
}

func length(s string) string {
	switch n := len(strings.Fields(s)); {
	case n < 15:
		return "under 15 words"
	case n < 60:
		return "15 to 59 words"
	}
	return "60 words and more"
}

// spelling is a rough sign of care: German nouns written small, or no capital
// at all where the script has them.
func spelling(m *Mail) string {
	if m.Labels.Lang == "ar" {
		return "careful"
	}
	upper, starts := 0, 0
	for _, w := range strings.Fields(m.Text) {
		starts++
		if strings.ToLower(w) != w {
			upper++
		}
	}
	if starts > 0 && upper*16 < starts {
		return "careless"
	}
	return "careful"
}

// String is the report as a table.
func (r FairnessReport) String() string {
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "%-10s %-18s %6s %6s %7s %8s\n", "by", "group", "mails", "wrong", "unsure", "offered") // a Builder never fails
	for _, g := range r.Groups {
		_, _ = fmt.Fprintf(&b, "%-10s %-18s %6d %6.3f %7.3f %8.3f\n", g.By, g.Name, g.Mails, th(g.Wrong), th(g.Unsure), th(g.Offered))
	}
	_, _ = fmt.Fprintf(&b, "pairs %d, with different intents %d %v\n", r.Pairs, len(r.Split), r.Split)
	return b.String()
}
