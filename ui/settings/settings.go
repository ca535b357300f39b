// Package settings shows what the program runs with. What changes the screen
// changes here; the rest stands in the config file, which is named.
package settings

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/ui/board"
	"kontor/ui/cells"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// Desk is what the screen asks of the desk.
type Desk interface{ Rules() cases.Rules }

// loaded is what was read; it is put into words when it is drawn.
type loaded struct {
	list  []nav.Setting
	rules cases.Rules
}

// New makes the screen.
func New(look *nav.Look, d Desk, out *nav.Outside) *board.Screen {
	return board.New(look, board.Page{
		Load: func(context.Context) (any, error) {
			var list []nav.Setting
			if out != nil && out.Settings != nil {
				list = out.Settings()
			}
			return loaded{list, d.Rules()}, nil
		},
		Draw: func(data any, w int) []board.Line { return draw(look, data, w) },
		Actions: func(*board.Screen) []*keys.Action {
			k := look.Text.Room.SetLang
			return []*keys.Action{{ID: "language", Keys: []string{"L"}, Short: k.Short, Long: k.Long, Group: keys.Look, Do: func(tea.KeyPressMsg) tea.Cmd { return nav.Send(nav.OtherLang{}) }}}
		},
	})
}

// rules are the agency's bounds, in words.
func rules(look *nav.Look, r cases.Rules) []nav.Setting {
	t := look.Text
	days := func(n int) string { return t.Room.OldestDays.N(n) }
	out := []nav.Setting{}
	add := func(name, value string, on bool) {
		if on {
			out = append(out, nav.Setting{Group: "rules", Name: name, Value: value})
		}
	}
	add("min_monthly", t.Money(r.Plan.MinMonthly), r.Plan.MinMonthly > 0)
	add("max_months", t.Queue.Months.N(r.Plan.MaxMonths), r.Plan.MaxMonths > 0)
	add("pause", days(r.PauseDays), r.PauseDays > 0)
	add("offer", days(r.OfferDays), r.OfferDays > 0)
	add("demand", days(r.DemandDays), r.DemandDays > 0)
	add("holidays", string(r.Land), r.Land != "")
	return out
}

func draw(look *nav.Look, data any, w int) []board.Line {
	x, _ := data.(loaded)
	list := append(x.list[:len(x.list):len(x.list)], rules(look, x.rules)...)
	t, th := look.Text, look.Theme
	masked := t.Room.AskedNot
	if look.Masked {
		masked = t.Room.Asked
	}
	list = append([]nav.Setting{
		{Group: "here", Name: "lang", Value: t.Words.Language[t.Lang]}, {Group: "here", Name: "theme", Value: th.Name}, {Group: "here", Name: "masked", Value: masked},
	}, list...)
	out := []board.Line{{Text: th.Strong.Render(t.Room.SetTitle)}}
	for _, l := range cells.Wrap(plain.Line(t.Room.SetLead), min(w, 92), th.Muted) {
		out = append(out, board.Line{Text: l})
	}
	group := ""
	for _, x := range list {
		if x.Group != group {
			group = x.Group
			out = append(out, board.Line{}, board.Line{Text: cells.Rule(th, th.Title.Render(text.Code(t.Room.Groups, group)), w)})
		}
		st, sign := th.Text, ""
		if x.Warn {
			st, sign = th.Warn, "! "
		}
		value := x.Value
		if look.Masked && (x.Name == "iban" || x.Name == "from") {
			value = "▒▒▒▒▒▒"
		}
		for i, l := range cells.Wrap(plain.Line(sign+value), w-30, st) {
			label := ""
			if i == 0 {
				label = text.Code(t.Room.Names, x.Name)
			}
			out = append(out, board.Line{Text: th.Muted.Render(cells.Cell(label, 29)+" ") + l})
		}
	}
	return out
}
