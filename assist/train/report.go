package train

import (
	"fmt"
	"slices"
	"strings"

	"kontor/assist/local"
	"kontor/cases"
)

// Class is how one label does; shares are in thousandths.
type Class struct {
	Name      string `json:"name"`
	Mails     int    `json:"mails"`
	Precision int    `json:"precision"`
	Recall    int    `json:"recall"`
	F1        int    `json:"f1"`
}

// Bin is one step of the calibration: mails answered with a confidence in
// [From, To) thousandths, the mean of it and how many were right.
type Bin struct {
	From  int `json:"from"`
	To    int `json:"to"`
	Mails int `json:"mails"`
	Mean  int `json:"mean"`
	Right int `json:"right"`
}

// Report is how an engine does on labelled mails; shares are in thousandths.
type Report struct {
	Mails     int              `json:"mails"`
	Accuracy  int              `json:"accuracy"`
	MacroF1   int              `json:"macro_f1"`
	Classes   []Class          `json:"classes"`
	Confusion map[string][]int `json:"confusion"` // by true intent, in the order of cases.Intents
	// SureRight is the share of right answers among those with a confidence of
	// 0.9 and more, Sure the share of mails so answered.
	SureRight int     `json:"sure_right"`
	Sure      int     `json:"sure"`
	Unsure    int     `json:"unsure"`     // share of mails answered "unsure"
	TopTwo    int     `json:"top_two"`    // share with the true intent among the two best
	Bins      []Bin   `json:"bins"`       // calibration
	Flags     []Class `json:"flags"`      //
	Secondary Class   `json:"secondary"`  // all secondary intents together
	Lang      int     `json:"lang"`       // share of right languages
	ByLang    []Class `json:"by_lang"`    // Recall is the share of right intents
	AlertRate int     `json:"alert_rate"` // share of mails that raise an alert
}

type tally struct{ tp, fp, fn int }

func (t tally) class(name string) Class {
	return Class{
		Name: name, Mails: t.tp + t.fn, Precision: share(t.tp, t.tp+t.fp), Recall: share(t.tp, t.tp+t.fn),
		F1: share(2*t.tp, 2*t.tp+t.fp+t.fn),
	}
}

func share(n, of int) int {
	if of == 0 {
		return 0
	}
	return (1000*n + of/2) / of
}

func (t *tally) count(got, want bool) {
	switch {
	case got && want:
		t.tp++
	case got:
		t.fp++
	case want:
		t.fn++
	}
}

// measure compares answers with labels.
func measure(mails []Mail, answers []cases.Classification) Report {
	intents := cases.Intents()
	r := Report{Mails: len(mails), Confusion: map[string][]int{}}
	per := make([]tally, len(intents))
	flags := make([]tally, len(cases.Flags()))
	langs := map[string]*tally{}
	var second tally
	var right, sure, sureRight, unsure, topTwo, lang, alerts int
	bins := []Bin{{0, 300, 0, 0, 0}, {300, 500, 0, 0, 0}, {500, 700, 0, 0, 0}, {700, 800, 0, 0, 0}, {800, 900, 0, 0, 0}, {900, 950, 0, 0, 0}, {950, 1001, 0, 0, 0}}
	for i := range mails {
		want, got := &mails[i].Labels, &answers[i]
		ok := want.Intent == got.Intent
		if r.Confusion[string(want.Intent)] == nil {
			r.Confusion[string(want.Intent)] = make([]int, len(intents))
		}
		r.Confusion[string(want.Intent)][slices.Index(intents, got.Intent)]++
		for k, in := range intents {
			per[k].count(got.Intent == in, want.Intent == in)
			if in != want.Intent && in != got.Intent {
				second.count(slices.Contains(got.Secondary, in), slices.Contains(want.Secondary, in))
			}
		}
		for f, name := range cases.Flags() {
			flags[f].count(got.HasFlag(name), slices.Contains(want.Flags, name))
		}
		if langs[want.Lang] == nil {
			langs[want.Lang] = &tally{}
		}
		langs[want.Lang].count(ok, true)
		for b := range bins {
			if got.Permille >= bins[b].From && got.Permille < bins[b].To {
				bins[b].Mails++
				bins[b].Mean += got.Permille
				bins[b].Right += int(b2f(ok))
			}
		}
		right += int(b2f(ok))
		sure += int(b2f(got.Permille >= 900))
		sureRight += int(b2f(ok && got.Permille >= 900))
		unsure += int(b2f(got.Unsure))
		lang += int(b2f(want.Lang == got.Lang))
		alerts += int(b2f(len(got.Alerts) > 0))
		for _, c := range got.Candidates[:min(2, len(got.Candidates))] {
			topTwo += int(b2f(c.Intent == want.Intent))
		}
	}
	n := len(mails)
	r.Accuracy, r.Sure, r.SureRight, r.Unsure, r.TopTwo, r.Lang, r.AlertRate = share(right, n), share(sure, n), share(sureRight, sure), share(unsure, n), share(topTwo, n), share(lang, n), share(alerts, n)
	f1, present := 0, 0
	for k, in := range intents {
		c := per[k].class(string(in))
		r.Classes = append(r.Classes, c)
		if per[k] != (tally{}) {
			f1 += c.F1
			present++
		}
	}
	r.MacroF1 = f1 / max(present, 1)
	for f, name := range cases.Flags() {
		r.Flags = append(r.Flags, flags[f].class(string(name)))
	}
	for l, t := range langs {
		r.ByLang = append(r.ByLang, t.class(l))
	}
	slices.SortFunc(r.ByLang, func(a, b Class) int { return strings.Compare(a.Name, b.Name) })
	r.Secondary = second.class("secondary")
	for b := range bins {
		if bins[b].Mails > 0 {
			bins[b].Mean = (bins[b].Mean + bins[b].Mails/2) / bins[b].Mails
			bins[b].Right = share(bins[b].Right, bins[b].Mails)
		}
	}
	r.Bins = bins
	return r
}

// String is the report as a table for a terminal.
func (r Report) String() string {
	var b strings.Builder
	p := func(format string, a ...any) { _, _ = fmt.Fprintf(&b, format, a...) } // a Builder never fails
	p("mails %d  accuracy %.3f  macro-F1 %.3f  two best %.3f  language %.3f\n", r.Mails, th(r.Accuracy), th(r.MacroF1), th(r.TopTwo), th(r.Lang))
	p("confidence >= 0.9: %.3f of mails, %.3f right  unsure %.3f  alerts %.3f\n\n", th(r.Sure), th(r.SureRight), th(r.Unsure), th(r.AlertRate))
	p("%-20s %5s %9s %6s %6s\n", "", "mails", "precision", "recall", "f1")
	for _, group := range [][]Class{r.Classes, r.Flags, {r.Secondary}} {
		for _, c := range group {
			p("%-20s %5d %9.3f %6.3f %6.3f\n", c.Name, c.Mails, th(c.Precision), th(c.Recall), th(c.F1))
		}
		p("\n")
	}
	p("right by language:")
	for _, c := range r.ByLang {
		p("  %s %.3f (%d)", c.Name, th(c.Recall), c.Mails)
	}
	p("\n\ncalibration: confidence, mails, mean, right\n")
	for _, c := range r.Bins {
		p("%4d-%4d %5d  %.3f  %.3f\n", c.From, c.To, c.Mails, th(c.Mean), th(c.Right))
	}
	p("\nconfusion (row: true, column: answered)\n%-20s", "")
	for _, in := range cases.Intents() {
		p(" %4.4s", in)
	}
	p("\n")
	for _, in := range cases.Intents() {
		p("%-20s", in)
		row := r.Confusion[string(in)]
		for k := range cases.Intents() {
			n := 0
			if row != nil {
				n = row[k]
			}
			p(" %4d", n)
		}
		p("\n")
	}
	return b.String()
}

func th(n int) float64 { return float64(n) / 1000 }

// reportOf measures out-of-fold scores as the engine would answer on them.
func reportOf(mails []Mail, main []seen, h local.Header, scores [][outputs]float32) Report {
	answers := make([]cases.Classification, len(mails))
	temp := float64(h.Temperature) / (1 << 16)
	for i := range mails {
		z := scores[i]
		p := probabilities(z[:nIntents], temp)
		order := make([]int, nIntents)
		for k := range order {
			order[k] = k
		}
		slices.SortStableFunc(order, func(a, b int) int {
			switch {
			case p[a] > p[b]:
				return -1
			case p[a] < p[b]:
				return 1
			}
			return 0
		})
		x := p[order[0]] * 32
		lo := min(int(x), 31)
		c := &answers[i]
		c.Permille = int(float64(h.Calibration[lo]) + (x-float64(lo))*float64(h.Calibration[lo+1]-h.Calibration[lo]))
		c.Unsure = c.Permille < local.UnsureBelow
		c.Intent = cases.Intents()[order[0]]
		c.Candidates = []cases.Candidate{{Intent: c.Intent}, {Intent: cases.Intents()[order[1]]}}
		for f, name := range cases.Flags() {
			v := float64(z[oFlags+f]) * (1 << 16)
			if v >= float64(h.FlagSureAt[f]) || v >= float64(h.FlagAt[f]) && main[i].carried[f] {
				c.Flags = append(c.Flags, name)
			}
		}
		for s, name := range cases.Intents() {
			if s != order[0] && float64(z[oSecond+s])*(1<<16) >= float64(h.SecondaryAt[s]) {
				c.Secondary = append(c.Secondary, name)
			}
		}
		best := 0
		for k := range langs() {
			if z[oLangs+k] > z[oLangs+best] {
				best = k
			}
		}
		c.Lang = langs()[best]
	}
	return measure(mails, answers)
}
