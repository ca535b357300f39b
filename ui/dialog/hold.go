package dialog

import (
	"slices"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// Claims lists what a form may be about: the whole case, and each of its claims
// by invoice or subject; ids[0] is empty.
func Claims(look *nav.Look, c *cases.Case) (names, ids []string) {
	names, ids = []string{look.Text.Reg.Whole}, []string{""}
	for _, k := range c.Ledger.Claims {
		name := cells.Line(k.Invoice)
		if name == "" {
			name = cells.Line(k.Subject)
		}
		if name == "" || slices.Contains(names, name) {
			name = cells.Join(name, k.ID)
		}
		names, ids = append(names, name), append(ids, k.ID)
	}
	return names, ids
}

// HoldName says what a hold of a case stops, and why.
func HoldName(look *nav.Look, c *cases.Case, h cases.Hold) string {
	name := cells.Join(look.Text.Words.Hold[h.Kind], look.Text.HoldReason(h.Reason))
	if h.Claim != "" {
		claims, ids := Claims(look, c)
		name = cells.Join(name, claims[max(0, slices.Index(ids, h.Claim))])
	}
	return name
}

// HoldFields are the fields with which a hold is placed on a case: what it stops,
// why, on which claim, until when, and a note. effects reads them.
func HoldFields(look *nav.Look, c *cases.Case, today calendar.Date) (fields []Field, effects func(v []string) []cases.Effect) {
	t := look.Text
	kinds := []cases.HoldKind{cases.HoldDunning, cases.HoldCourt, cases.HoldBureau, cases.HoldAll}
	what := make([]string, len(kinds))
	for i, k := range kinds {
		what[i] = t.Words.Hold[k]
	}
	codes := cases.HoldReasons()
	why := make([]string, len(codes))
	for i, code := range codes {
		why[i] = text.Code(t.Words.HoldReason, code)
	}
	claims, ids := Claims(look, c)
	until := func(v string) (calendar.Date, string) {
		if v == "" {
			return 0, ""
		}
		on, ok := Date(v, today)
		switch {
		case !ok:
			return 0, t.Dialog.FollowBad
		case on < today:
			return 0, t.Dialog.FollowPast
		}
		return on, ""
	}
	fields = []Field{
		{Label: t.Reg.HoldWhat, Choices: what},
		{Label: t.Reg.HoldWhy, Choices: why},
		{Label: t.Reg.Claim, Choices: claims},
		{Label: t.Reg.HoldUntil, Hint: t.Dialog.HoldNone, Read: func(v string) (string, string) {
			on, problem := until(v)
			if problem != "" || on == 0 {
				return "", problem
			}
			return t.Day(on) + " " + on.Long(t.Lang), ""
		}},
		{Label: t.Dialog.Note, Hint: t.Reg.Optional},
	}
	return fields, func(v []string) []cases.Effect {
		on, _ := until(v[3])
		out := []cases.Effect{{
			Kind: cases.PlaceHold, Until: on, Hold: kinds[max(0, slices.Index(what, v[0]))], Code: codes[max(0, slices.Index(why, v[1]))], Claim: ids[max(0, slices.Index(claims, v[2]))],
		}}
		if v[4] != "" {
			out = append(out, cases.Effect{Kind: cases.AddNote, Text: plain.Line(v[4])})
		}
		return out
	}
}
