package casefile

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/deadline"
	"kontor/ui/dialog"
	"kontor/ui/text"
)

// The fields of a title.
const (
	titleKind = iota
	titleCourt
	titleFile
	titleDate
	titleFinal
	titleClaim
)

// askTitle records a title, or corrects the one it is given: its finality comes
// later, as a rule.
func (s *Screen) askTitle(old *deadline.Title) tea.Cmd {
	t, d, id := s.look.Text, s.desk, s.id
	r := t.Reg
	kinds := deadline.TitleKinds()
	words := named(t.File.Title, kinds)
	claims, ids := s.claimChoices()
	fields := []dialog.Field{
		titleKind:  {Label: r.Kind, Choices: words},
		titleCourt: {Label: r.Court},
		titleFile:  {Label: r.FileNo},
		titleDate:  {Label: r.Date, Hint: "12.3.2026", Read: s.past(false)},
		titleFinal: {Label: r.FinalOn, Hint: r.Optional, Read: s.past(true)},
		titleClaim: {Label: r.Claim, Choices: claims},
	}
	title, at := r.TitleNew.Short, titleKind
	if old != nil {
		title, at = r.TitleMend.Short, titleFinal
		fields[titleKind].Value, fields[titleCourt].Value, fields[titleFile].Value = text.Code(t.File.Title, old.Kind), old.Court, old.FileNo
		fields[titleDate].Value = old.Date.Long(t.Lang)
		if old.Final != 0 {
			fields[titleFinal].Value = old.Final.Long(t.Lang)
		}
		if len(old.Claims) == 1 {
			fields[titleClaim].Value = of(ids, claims, old.Claims[0])
		}
	}
	f := s.form(title, []string{r.TitleLead}, fields, func(ctx context.Context, v []string) (string, error) {
		x := deadline.Title{Kind: of(words, kinds, v[titleKind]), Court: v[titleCourt], FileNo: v[titleFile]}
		var err error
		if x.Date, err = s.day(v[titleDate]); err != nil {
			return "", err
		}
		if x.Final, err = s.day(v[titleFinal]); err != nil {
			return "", err
		}
		if claim := of(claims, ids, v[titleClaim]); claim != "" {
			x.Claims = []string{claim}
		}
		if old != nil {
			x.ID = old.ID
			if len(old.Claims) > 1 && v[titleClaim] == claims[0] { // the field shows one or all
				x.Claims = old.Claims
			}
		}
		return r.TitleSaved, d.RecordTitle(ctx, id, x)
	})
	f.Judge = func(v []string) (string, string) {
		from, ok := dialog.PastDate(v[titleDate], s.view.Today)
		final, also := dialog.PastDate(v[titleFinal], s.view.Today)
		if ok && also && final < from {
			return "", r.FinalEarly
		}
		return "", ""
	}
	return push(f.At(at))
}

func (s *Screen) askTitleGone(x deadline.Title) tea.Cmd {
	r, d, id := s.look.Text.Reg, s.desk, s.id
	return push(s.form(r.TitleRemove, nil, []dialog.Field{{Label: r.Why, Read: wanted(r.WhyMissing)}}, func(ctx context.Context, v []string) (string, error) {
		return r.TitleGone, d.RemoveTitle(ctx, id, x.ID, v[0])
	}))
}
