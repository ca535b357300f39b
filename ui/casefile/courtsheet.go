package casefile

import (
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/dunning"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/dialog"
)

// sheetMsg is a court sheet as it was made.
type sheetMsg struct {
	to   *Screen
	text string
	pdf  []byte
}

func (s *Screen) noSheet() string {
	if s.out == nil || s.out.CourtSheet == nil {
		return s.look.Text.Paper.NoPrinter
	}
	return s.unread()
}

// askSheet asks what only a person knows about an application to the dunning
// court, and shows what the sheet says: what blocks, what is missing, the costs.
// It files nothing.
func (s *Screen) askSheet() tea.Cmd {
	t, v, mk := s.look.Text, s.view, s.out.CourtSheet
	p := t.Paper
	counters := []dunning.Counter{dunning.CounterUnknown, dunning.CounterRendered, dunning.CounterNone, dunning.CounterOpen}
	f := dialog.NewForm(s.look, p.Court.Long, []string{p.CourtLead}, []dialog.Field{
		{Label: p.CourtName, Hint: "AG Hamburg-Altona"},
		{Label: p.CourtTrial},
		{Label: p.CourtNumber},
		{Label: p.CourtCatalogue, Hint: "11", Read: func(v string) (string, string) {
			if _, err := strconv.Atoi(v); v != "" && err != nil {
				return "", p.CourtCatalogueBad
			}
			return "", ""
		}},
		{Label: p.CourtCounter, Choices: p.CourtCounters[:]},
		{Label: p.CourtSpeaks},
	}, nil)
	f.Try = func(in []string) tea.Cmd {
		a := dunning.Answers{Court: in[0], TrialCourt: in[1], Number: in[2], Counter: of(p.CourtCounters[:], counters, in[4]), Catalogue: map[string]int{}}
		if n, err := strconv.Atoi(in[3]); err == nil {
			for _, c := range v.Case.Ledger.Claims {
				a.Catalogue[c.ID] = n
			}
		}
		if c, ok := v.Case.Party(cases.RoleCreditor, v.Today); ok && in[5] != "" {
			a.Representatives = map[cases.PersonID]string{c.Person: in[5]}
		}
		return func() tea.Msg {
			text, pdf, err := mk(v, a)
			if err != nil {
				return dialog.Tried{Problem: t.Error(err).String()}
			}
			return dialog.Tried{Msg: sheetMsg{s, text, pdf}}
		}
	}
	return push(f)
}

// showSheet shows a sheet; s saves it as PDF.
func (s *Screen) showSheet(m sheetMsg) tea.Cmd {
	t, th := s.look.Text, s.look.Theme
	box := dialog.NewRead(s.look, t.Paper.Court.Long, 96, func(w int) []string {
		var out []string
		for l := range strings.Lines(m.text) {
			l = strings.TrimRight(l, "\n")
			if l == "" {
				out = append(out, "")
				continue
			}
			out = append(out, cells.Wrap(plain.Clean(l), w, th.Text)...)
		}
		return out
	})
	if s.out.Save != nil {
		box.On, box.Hint = map[string]tea.Msg{"s": &deed{func() tea.Cmd {
			return push(s.saveBox(t.Paper.Court.Long, nil, func(context.Context, []string) (string, []byte, error) {
				return s.view.Case.Reference + " Mahnantrag Entwurf.pdf", m.pdf, nil
			}, cases.DataExported{What: "court_sheet", Format: "pdf", Cases: 1, Items: 1, Case: s.id}))
		}}}, t.Dialog.SaveKey
	}
	return push(box)
}
