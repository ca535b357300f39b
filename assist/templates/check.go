package templates

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kontor/assist/policy"
	"kontor/cases"
	"kontor/cases/plain"
)

// Limits of a letter that Check holds: words outside blocks and parts.
const maxWords = 180

// Check looks at every text for `kontor templates check`: it renders against the
// built-in cases, passes the send gate, keeps its length, exists in German and
// in English, and makes effects that Decide's own bounds allow. One finding a
// text, and one for each translated summary that waits for its reviewer.
func (s *Set) Check(gate *policy.Gate) []cases.Finding {
	all, err := samples()
	if err != nil {
		return []cases.Finding{{Check: "samples", Detail: plain.Line(err.Error())}}
	}
	seen := map[string]int{}
	bad := map[string][]string{}
	for _, x := range all {
		for _, lang := range []string{"de", "en"} {
			in := x.in
			in.Lang = lang
			drafts, err := s.Drafts(context.Background(), in)
			if missing, ok := errors.AsType[*MissingError](err); ok {
				key := missing.Template + " " + lang
				bad[key] = append(bad[key], x.name+": "+err.Error())
			}
			for _, d := range drafts {
				key := d.Template.ID + " " + d.Template.Lang
				seen[key]++
				for _, f := range gate.Check(filledIn(in, d)) {
					bad[key] = append(bad[key], x.name+": "+f.Severity+" "+f.Rule+" "+f.Quote.String())
				}
			}
		}
	}
	var out []cases.Finding
	for _, t := range s.texts {
		key := t.info.ID + " " + t.info.Lang
		problems := bad[key]
		if seen[key] == 0 {
			problems = append(problems, "no built-in case leads to it")
		}
		for _, other := range []string{"de", "en"} {
			if s.find(t.info.ID, other) == nil {
				problems = append(problems, "no text in "+other)
			}
		}
		slices.Sort(problems)
		problems = slices.Compact(problems)
		f := cases.Finding{Check: "template " + t.info.Lang + "/" + t.info.ID, OK: len(problems) == 0}
		if !f.OK {
			detail, _ := plain.Line(strings.Join(problems, "; ")).Cut(2000)
			f.Detail, f.Advice = detail, "template_edit"
		} else {
			f.Detail = plain.Line(fmt.Sprintf("version %d, %d letters rendered", t.info.Version, seen[key]))
		}
		out = append(out, f)
	}
	for _, name := range s.unread {
		out = append(out, cases.Finding{
			Check: "file " + plain.Line(name).String(), Advice: "template_edit",
			Detail: plain.Line("is not read: want de/ID.txt, en/ID.txt or summaries/LANG/ID.txt, a plain file"),
		})
	}
	for _, one := range s.pending {
		out = append(out, cases.Finding{
			Check: "summary " + one.lang + "/" + one.id, OK: true,
			Detail: plain.Line(one.waits()),
		})
	}
	slices.SortFunc(out, func(a, b cases.Finding) int { return strings.Compare(a.Check, b.Check) })
	return out
}

// filledIn is a draft as the gate sees it when somebody has entered what it leaves
// to be filled in; until then the gate says that the letter promises it.
func filledIn(in cases.DraftContext, d cases.Draft) cases.Outgoing {
	out := outgoing(in, d)
	for _, e := range d.Effects {
		if !e.Ticked && (e.Why == "fill_in" || e.Why == textNeeds) {
			out.Effects = append(out.Effects, e.Effect)
		}
	}
	return out
}

// outgoing is a draft as the gate sees it when nothing is changed.
func outgoing(in cases.DraftContext, d cases.Draft) cases.Outgoing {
	out := cases.Outgoing{Context: in, Template: d.Template, To: d.To, ToAddr: d.ToAddr, Subject: d.Subject, Text: d.Text}
	for _, e := range d.Effects {
		if e.Ticked {
			out.Effects = append(out.Effects, e.Effect)
		}
	}
	return out
}
