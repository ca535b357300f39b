package templates

import (
	"cmp"
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
)

// owner is a creditor in the chain of assignments (§ 398 BGB), and since when.
type owner struct {
	person *cases.Person
	since  calendar.Date // zero: from the beginning, or not known
}

// readChain follows the creditors on the file: who was one is the creditor's
// predecessor. A claim with one creditor was never assigned.
func (f *facts) readChain() {
	for _, p := range f.in.Case.Parties {
		who := f.in.Persons[p.Person]
		if p.Role != cases.RoleCreditor || who == nil || slices.ContainsFunc(f.chain, func(o owner) bool { return o.person.ID == who.ID }) {
			continue
		}
		f.chain = append(f.chain, owner{who, p.Since})
	}
	slices.SortStableFunc(f.chain, func(a, b owner) int {
		// Whoever is creditor today is the last, whatever the days say.
		if last := personID(f.creditor); a.person.ID == last || b.person.ID == last {
			return cmp.Compare(boolInt(a.person.ID == last), boolInt(b.person.ID == last))
		}
		return cmp.Compare(a.since, b.since)
	})
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// postal is the address of a person on one line.
func (f *facts) postal(p *cases.Person) string {
	out := ""
	for _, c := range p.Contacts {
		if c.Channel == cases.Postal && c.Valid(f.in.Today) {
			out = strings.ReplaceAll(c.Value.String(), "\n", ", ")
		}
	}
	return out
}
