package learn

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"kontor/assist/train"
)

// maxWords bounds what two letters are compared by.
const maxWords = 2000

// Distance returns how many words were added, taken away or replaced between
// two texts, and how many the first one has.
func Distance(before, after string) (changed, words int) {
	a, b := strings.Fields(before), strings.Fields(after)
	words = len(a)
	// What is the same at both ends needs no looking at.
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	a, b = a[:min(len(a), maxWords)], b[:min(len(b), maxWords)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal + 1
			if a[i] == b[j] {
				cost = diagonal
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)], words
}

// TemplateUse is how a template's drafts fared; shares are in thousandths.
type TemplateUse struct {
	Template string `json:"template"`
	Lang     string `json:"lang"`
	Approved int    `json:"approved"`
	Edited   int    `json:"edited"`
	// Distance is the mean share of words that were changed, over all approved.
	Distance int `json:"distance"`
}

// Templates reckons edit distances per template and language.
func Templates(examples []Example) []TemplateUse {
	type sum struct {
		TemplateUse
		share float64
	}
	all := map[[2]string]*sum{}
	for _, e := range examples {
		if e.Kind != Edit {
			continue
		}
		key := [2]string{e.Template.ID, e.Template.Lang}
		s := all[key]
		if s == nil {
			s = &sum{TemplateUse: TemplateUse{Template: key[0], Lang: key[1]}}
			all[key] = s
		}
		s.Approved++
		if e.Distance > 0 {
			s.Edited++
		}
		s.share += min(1, float64(e.Distance)/float64(max(e.Words, 1)))
	}
	out := []TemplateUse{}
	for _, s := range all {
		s.Distance = int(1000*s.share/float64(s.Approved) + 0.5)
		out = append(out, s.TemplateUse)
	}
	slices.SortFunc(out, func(a, b TemplateUse) int {
		return cmp.Or(cmp.Compare(b.Distance, a.Distance), cmp.Compare(a.Template, b.Template), cmp.Compare(a.Lang, b.Lang))
	})
	return out
}

// placeholder is what redaction leaves.
var placeholder = regexp.MustCompile(`⟦([A-Z]+)_\d+⟧`)

// Mails turns corrections into labelled mails for measuring and training.
// Placeholders become made-up values of their kind, so that the engine sees a
// name where there was one.
func Mails(examples []Example) []train.Mail {
	var out []train.Mail
	for _, e := range examples {
		if e.Kind != Correction || len(e.Lang) != 2 {
			continue
		}
		m := train.Mail{
			ID: "example-" + e.ID, Date: e.Date.String(), From: "Absender <absender@example.org>", Subject: fill(e.Subject), Text: fill(e.Text),
			Labels: train.Labels{Intent: e.Person.Intent, Flags: e.Person.Flags, Lang: e.Lang},
		}
		for _, a := range e.Attached {
			m.Attachments = append(m.Attachments, fill(a))
		}
		out = append(out, m)
	}
	return out
}

func fill(s string) string {
	return placeholder.ReplaceAllStringFunc(s, func(p string) string {
		switch placeholder.FindStringSubmatch(p)[1] {
		case "NAME":
			return "Muster"
		case "MAIL":
			return "muster@example.org"
		case "LINK":
			return "https://example.org"
		case "IBAN":
			return "DE00 0000 0000 0000 0000 00"
		case "PHONE":
			return "0171 0000000"
		case "ADDRESS":
			return "Musterstraße 1, 00000 Musterstadt"
		case "REF":
			return "K-0000-000000"
		case "BIRTH":
			return "01.01.1970"
		}
		return ""
	})
}
