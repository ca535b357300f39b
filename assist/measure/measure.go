// Package measure says how the assistant does: what assist/train reports of the
// readings, and beside it slots, alerts, calibration, and how much caseworkers
// changed of the drafts. All shares are in thousandths.
package measure

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"kontor/assist/learn"
	"kontor/assist/train"
	"kontor/cases"
)

// Slot is how one slot is read: in how many mails it is labelled, the share of
// those read exactly, how many got another value, and how many mails without
// the label got one.
type Slot struct {
	Name     string `json:"name"`
	Labelled int    `json:"labelled"`
	Exact    int    `json:"exact"`
	Wrong    int    `json:"wrong"`
	Invented int    `json:"invented"`
	exact    int
}

// Alerts is how the detector does on sentences written for it, and how often it
// speaks on ordinary mails.
type Alerts struct {
	Sentences int      `json:"sentences"`
	Recall    int      `json:"recall"`
	Missed    []string `json:"missed"` // ids
	Near      int      `json:"near"`
	False     int      `json:"false"`
	Raised    []string `json:"raised"` // ids of harmless sentences that raise one
	// Mails is the share of mails, labelled neither vulnerable nor hostile, that
	// raise an alert.
	Mails int `json:"mails"`
}

// Report is all of it.
type Report struct {
	train.Report
	// Calibration is the mean distance between confidence and share right.
	Calibration int    `json:"calibration_error"`
	Slots       []Slot `json:"slots"`
	Money       Slot   `json:"money"`
	Dates       Slot   `json:"dates"`
	Alerts      Alerts `json:"alerts"`
	// Templates is the edit distance per template of letters that were approved
	// here, Corrections the mails whose reading a person changed here and how
	// many of them the engine reads as the person did.
	Templates        []learn.TemplateUse `json:"templates"`
	Corrections      int                 `json:"corrections"`
	CorrectionsRight int                 `json:"corrections_right"`
}

// Run measures an engine on labelled mails, on the sentences of data
// (alerts.jsonl, near.jsonl), and on what people corrected.
func Run(ctx context.Context, e train.Engine, mails []train.Mail, data fs.FS, examples []learn.Example) (Report, error) {
	seen := &recorder{Engine: e}
	base, err := train.Eval(ctx, seen, mails)
	if err != nil {
		return Report{}, err
	}
	r := Report{Report: base, Calibration: calibration(base), Templates: learn.Templates(examples)}
	if err := r.slots(mails, seen.answers); err != nil {
		return Report{}, err
	}
	ordinary, raised := 0, 0
	for i := range mails {
		if l := mails[i].Labels; slices.Contains(l.Flags, cases.Vulnerable) || slices.Contains(l.Flags, cases.Hostile) {
			continue
		}
		ordinary++
		if len(seen.answers[i].Alerts) > 0 {
			raised++
		}
	}
	r.Alerts.Mails = share(raised, ordinary)
	if err := r.alerts(ctx, e, data); err != nil {
		return Report{}, err
	}
	put := learn.Mails(examples)
	r.Corrections = len(put)
	for i := range put {
		c, err := e.Classify(ctx, put[i].Input())
		if err != nil {
			return Report{}, fmt.Errorf("read a corrected mail: %w", err)
		}
		if c.Intent == put[i].Labels.Intent {
			r.CorrectionsRight++
		}
	}
	r.CorrectionsRight = share(r.CorrectionsRight, r.Corrections)
	return r, nil
}

// recorder keeps the answers, so that no mail is read twice.
type recorder struct {
	train.Engine
	answers []cases.Classification
}

func (r *recorder) Classify(ctx context.Context, in cases.ClassifyInput) (cases.Classification, error) {
	c, err := r.Engine.Classify(ctx, in)
	r.answers = append(r.answers, c)
	return c, err
}

func share(n, of int) int {
	if of == 0 {
		return 0
	}
	return (1000*n + of/2) / of
}

func calibration(r train.Report) int {
	sum := 0
	for _, b := range r.Bins {
		sum += b.Mails * max(b.Mean-b.Right, b.Right-b.Mean)
	}
	return sum / max(r.Mails, 1)
}

// slots compares field by field, as they stand in JSON.
func (r *Report) slots(mails []train.Mail, answers []cases.Classification) error {
	names := []string{
		"monthly_cents", "offer_cents", "promise_cents", "paid_cents", "first_payment_date", "pause_until", "promise_date", "paid_date",
		"dispute_reason", "reference", "invoice",
	}
	for _, n := range names {
		r.Slots = append(r.Slots, Slot{Name: n})
	}
	for i := range mails {
		want, err := fields(mails[i].Labels.Slots)
		if err != nil {
			return fmt.Errorf("mail %s: slots: %w", mails[i].ID, err)
		}
		b, err := json.Marshal(answers[i].Slots)
		if err != nil {
			return fmt.Errorf("mail %s: slots: %w", mails[i].ID, err)
		}
		got, err := fields(b)
		if err != nil {
			return fmt.Errorf("mail %s: slots: %w", mails[i].ID, err)
		}
		for k := range r.Slots {
			s := &r.Slots[k]
			w, g := want[s.Name], got[s.Name]
			if w != "" {
				s.Labelled++
			}
			switch {
			case w == "" && g != "":
				s.Invented++
			case w != "" && w == g:
				s.exact++
			case g != "" && w != g:
				s.Wrong++
			}
		}
	}
	r.Money, r.Dates = Slot{Name: "money"}, Slot{Name: "dates"}
	for k := range r.Slots {
		s := &r.Slots[k]
		s.Exact = share(s.exact, s.Labelled)
		switch {
		case strings.HasSuffix(s.Name, "_cents"):
			r.Money.add(*s)
		case strings.HasSuffix(s.Name, "_date"), s.Name == "pause_until":
			r.Dates.add(*s)
		}
	}
	return nil
}

func (s *Slot) add(o Slot) {
	s.Labelled, s.exact, s.Wrong, s.Invented = s.Labelled+o.Labelled, s.exact+o.exact, s.Wrong+o.Wrong, s.Invented+o.Invented
	s.Exact = share(s.exact, s.Labelled)
}

func fields(raw json.RawMessage) (map[string]string, error) {
	out := map[string]string{}
	if len(raw) == 0 {
		return out, nil
	}
	var v map[string]any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	for k, x := range v {
		if x != nil {
			out[k] = fmt.Sprint(x)
		}
	}
	return out, nil
}

// alerts reads the sentences that must raise an alert and those that must not.
func (r *Report) alerts(ctx context.Context, e train.Engine, data fs.FS) error {
	right := 0
	err := sentences(data, "alerts.jsonl", func(id, text string, want []cases.Alert) error {
		c, err := e.Classify(ctx, cases.ClassifyInput{Text: text})
		if err != nil {
			return err
		}
		r.Alerts.Sentences++
		if slices.ContainsFunc(want, func(a cases.Alert) bool { return slices.Contains(c.Alerts, a) }) {
			right++
		} else {
			r.Alerts.Missed = append(r.Alerts.Missed, id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.Alerts.Recall = share(right, r.Alerts.Sentences)
	err = sentences(data, "near.jsonl", func(id, text string, _ []cases.Alert) error {
		c, err := e.Classify(ctx, cases.ClassifyInput{Text: text})
		if err != nil {
			return err
		}
		r.Alerts.Near++
		if len(c.Alerts) > 0 {
			r.Alerts.Raised = append(r.Alerts.Raised, id)
		}
		return nil
	})
	r.Alerts.False = share(len(r.Alerts.Raised), r.Alerts.Near)
	if r.Alerts.Missed == nil {
		r.Alerts.Missed = []string{}
	}
	if r.Alerts.Raised == nil {
		r.Alerts.Raised = []string{}
	}
	return err
}

func sentences(data fs.FS, name string, f func(id, text string, want []cases.Alert) error) error {
	b, err := fs.ReadFile(data, name)
	if err != nil {
		return fmt.Errorf("read sentences: %w", err)
	}
	for line := range bytes.Lines(b) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var s struct {
			ID, Text string
			Alerts   []cases.Alert
		}
		if err := json.Unmarshal(line, &s); err != nil {
			return fmt.Errorf("read sentences %s: %w", name, err)
		}
		if err := f(s.ID, s.Text, s.Alerts); err != nil {
			return fmt.Errorf("sentence %s: %w", s.ID, err)
		}
	}
	return nil
}

// String is the report as tables for a terminal.
func (r Report) String() string {
	var b strings.Builder
	p := func(format string, a ...any) { _, _ = fmt.Fprintf(&b, format, a...) } // a Builder never fails
	th := func(n int) float64 { return float64(n) / 1000 }
	p("%s\ncalibration error %.3f\n", r.Report, th(r.Calibration))
	p("\n%-20s %8s %6s %6s %8s\n", "slots", "labelled", "exact", "wrong", "invented")
	for _, s := range append(slices.Clone(r.Slots), r.Money, r.Dates) {
		p("%-20s %8d %6.3f %6d %8d\n", s.Name, s.Labelled, th(s.Exact), s.Wrong, s.Invented)
	}
	a := r.Alerts
	p("\nalerts: %d sentences, recall %.3f %v; %d harmless ones, false %.3f %v; of ordinary mails %.3f\n", a.Sentences, th(a.Recall), a.Missed, a.Near, th(a.False), a.Raised, th(a.Mails))
	p("\ndrafts: words changed, per template\n")
	if len(r.Templates) == 0 {
		p("no letter approved here in the time that examples are kept\n")
	}
	for _, t := range r.Templates {
		p("%-28s %s  approved %4d  edited %4d  changed %.3f\n", t.Template, t.Lang, t.Approved, t.Edited, th(t.Distance))
	}
	if r.Corrections > 0 {
		p("corrected mails %d, now read as the person did %.3f\n", r.Corrections, th(r.CorrectionsRight))
	}
	return b.String()
}
