package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/match"
	"kontor/cases/plain"
)

// FindCases looks among all cases, closed ones too, for those whose reference,
// debtor or mail addresses contain every one of the words, and returns at most
// limit of them: a reference typed whole first, then names that begin with the
// first word. Umlauts and their spelling with two letters are the same.
func (d *Desk) FindCases(_ context.Context, words string, limit int) ([]CaseRef, error) {
	want := strings.Fields(match.Fold(plain.Line(words).String()))
	if len(want) == 0 || limit <= 0 {
		return nil, nil
	}
	whole, _ := d.ix.CaseByReference(match.Key(words))
	ids := d.ix.find(want, whole)
	at := d.Today()
	d.ix.mu.RLock()
	defer d.ix.mu.RUnlock()
	out := make([]CaseRef, 0, min(limit, len(ids)))
	for _, id := range ids[:min(limit, len(ids))] {
		out = append(out, d.ix.caseRef(id, at))
	}
	return out, nil
}

// find lists the cases that contain every one of the folded words.
func (x *index) find(want []string, whole cases.CaseID) []cases.CaseID {
	type hit struct {
		id    cases.CaseID
		ref   string
		class int // 0: typed whole, 1: a name begins so, 2: found within
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	names := make(map[cases.PersonID]string, len(x.persons)) // a person may have many cases
	var hits []hit
	for id, c := range x.cases {
		name, ok := names[c.Debtor]
		if p := x.persons[c.Debtor]; !ok && p != nil {
			name = match.Fold(p.Name) + "\n" + strings.Join(p.Mails, "\n")
			names[c.Debtor] = name
		}
		ref := strings.ToLower(c.Reference)
		if !slices.ContainsFunc(want, func(w string) bool { return !strings.Contains(ref, w) && !strings.Contains(name, w) }) {
			h := hit{id: id, ref: c.Reference, class: 2}
			switch {
			case id == whole:
				h.class = 0
			case strings.HasPrefix(name, want[0]) || strings.Contains(name, " "+want[0]):
				h.class = 1
			}
			hits = append(hits, h)
		}
	}
	if whole != "" && !slices.ContainsFunc(hits, func(h hit) bool { return h.id == whole }) { // typed loosely
		hits = append(hits, hit{id: whole})
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.ref, b.ref), cmp.Compare(a.id, b.id))
	})
	out := make([]cases.CaseID, len(hits))
	for i, h := range hits {
		out[i] = h.id
	}
	return out
}
