package casefile

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/plan"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/paycode"
)

// paperActions are the keys for what leaves the case other than by mail. The
// letter is printed from its review, where it can be read first.
func (s *Screen) paperActions() []*keys.Action {
	p := s.look.Text.Paper
	return []*keys.Action{
		{ID: "pay_code", Keys: []string{"Q"}, Long: p.Code.Long, Group: keys.Look, Do: func(tea.KeyPressMsg) tea.Cmd { return s.showCode() }, Why: s.noCode},
		{ID: "court_sheet", Keys: []string{"C"}, Long: p.Court.Long, Group: keys.Act, Do: func(tea.KeyPressMsg) tea.Cmd { return s.askSheet() }, Why: s.noSheet},
		{ID: "calendar", Keys: []string{"I"}, Long: p.Calendar.Long, Group: keys.Act, Do: func(tea.KeyPressMsg) tea.Cmd { return s.askCalendar() }, Why: s.noCalendar},
	}
}

func (s *Screen) noCode() string {
	if s.out == nil || s.out.Code == nil {
		return s.look.Text.Paper.NoCode
	}
	return s.unread()
}

// showCode shows the payment code of all that is open; the instalments of a plan
// that are still to come are a key further.
func (s *Screen) showCode() tea.Cmd {
	v, mk := s.view, s.out.Code
	var rates []int
	if s.more != nil {
		for _, p := range s.more.Plans {
			if cur, ok := v.Case.Current(cases.ArrangePlan); !ok || cur.ID != p.ID {
				continue
			}
			for _, r := range p.Rates {
				if r.State != plan.Met && r.State != plan.Late {
					rates = append(rates, r.No)
				}
			}
		}
	}
	return nav.Send(nav.Open{Screen: paycode.New(s.look, s.desk, s.out, s.id, v.Case.Reference, rates, func(no int) (nav.PayCode, error) { return mk(v, no) })})
}

func (s *Screen) noCalendar() string {
	if why := s.unread(); why != "" {
		return why
	}
	if s.out == nil || s.out.Calendar == nil || s.out.Save == nil {
		return s.look.Text.Paper.NoFolder
	}
	if p, ok := s.view.Case.Current(cases.ArrangePlan); !ok || len(p.Rates) == 0 {
		return s.look.Text.Paper.NoPlan
	}
	return ""
}

// askCalendar saves the plan as a calendar for the debtor.
func (s *Screen) askCalendar() tea.Cmd {
	t, v, mk := s.look.Text, s.view, s.out.Calendar
	p, _ := v.Case.Current(cases.ArrangePlan)
	f := s.saveBox(t.Paper.Calendar.Long, nil, func(context.Context, []string) (string, []byte, error) {
		data, err := mk(v)
		return v.Case.Reference + ".ics", data, err
	}, cases.DataExported{What: "calendar", Format: "ics", Cases: 1, Items: len(p.Rates), Case: s.id})
	return push(f.Lead(sprintf(t.Paper.CalendarLead, len(p.Rates))))
}
