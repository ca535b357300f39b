package local

import (
	_ "embed" // the rules
	"fmt"
	"strings"

	"kontor/assist/local/feature"
	"kontor/cases"
)

//go:embed alerts.txt
var alertRules string

// alarm finds dangers to people by hand-written patterns, apart from the
// trained model, so that no training can unlearn them.
type alarm struct {
	lex    *feature.Lexicon
	alert  []cases.Alert // by concept; empty for those that only cancel
	cancel []cases.Alert // by concept
}

// danger is an alert and the tokens that raised it.
type danger struct {
	alert       cases.Alert
	first, last int
}

func newAlarm() (*alarm, error) {
	lex, err := feature.ParseLexicon(alertRules)
	if err != nil {
		return nil, fmt.Errorf("load alert rules: %w", err)
	}
	a := &alarm{lex: lex, alert: make([]cases.Alert, len(lex.Names)), cancel: make([]cases.Alert, len(lex.Names))}
	for i, name := range lex.Names {
		kind, cancels := strings.CutSuffix(name, "!")
		known := false
		for _, k := range cases.Alerts() {
			known = known || string(k) == kind
		}
		switch {
		case !known:
			return nil, fmt.Errorf("load alert rules: unknown alert %q", name)
		case cancels:
			a.cancel[i] = cases.Alert(kind)
		default:
			a.alert[i] = cases.Alert(kind)
		}
	}
	return a, nil
}

// find appends the dangers in d, first to last.
func (a *alarm) find(d *feature.Doc, buf []feature.Match, out []danger) ([]feature.Match, []danger) {
	buf = a.lex.Find(d, buf[:0])
	for i := range buf {
		m := &buf[i]
		kind := a.alert[m.Concept]
		if kind == "" || d.Tokens[m.First].Field == feature.Sender || a.cancelled(buf, m, kind) {
			continue
		}
		out = append(out, danger{alert: kind, first: int(m.First), last: int(m.Last)})
	}
	return buf, out
}

// cancelled reports whether a harmless figure of speech covers the match: it
// must take in the match's first or last word.
func (a *alarm) cancelled(all []feature.Match, m *feature.Match, kind cases.Alert) bool {
	for i := range all {
		o := &all[i]
		if a.cancel[o.Concept] == kind && o.First <= m.Last && o.Last >= m.First {
			return true
		}
	}
	return false
}
