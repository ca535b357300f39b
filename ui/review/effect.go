package review

import (
	"reflect"
	"slices"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/nav"
)

// effectMsg puts a changed effect in the place of one on the screen.
type effectMsg struct {
	draft  string // template of the draft that it belongs to
	at     int
	effect cases.Effect
}

// chosenEffect is the effect on which the cursor stands; ok is false where it
// stands on none.
func (s *Screen) chosenEffect() (i int, ok bool) {
	if s.rev == nil || s.current() == nil || s.cursor >= len(s.entries) {
		return 0, false
	}
	i = s.entries[s.cursor].effect
	return i, i >= 0 && i < len(s.effects)
}

// offChange says why there is no effect to change.
func (s *Screen) offChange() string {
	if why := s.offToggle(); why != "" {
		return why
	}
	if _, ok := s.chosenEffect(); !ok {
		return s.look.Text.Review.NoEffectHere
	}
	return ""
}

// changeEffect opens the box of one effect: its days, reasons and words; of a plan
// the whole schedule. What the letter itself states is changed by making the
// letter anew, so that text and effect agree.
func (s *Screen) changeEffect(tea.KeyPressMsg) tea.Cmd {
	s.focus = onEffects
	i, _ := s.chosenEffect()
	e := s.effects[i].Effect
	t := s.look.Text
	title := t.Keys.Effect.Short
	lead := []string{t.Effect(e, s.personName)}
	put := func(e cases.Effect) tea.Msg { return effectMsg{s.current().Template.ID, i, e} }
	form := func(fields []dialog.Field, set func(v []string) (cases.Effect, bool)) tea.Cmd {
		return push(dialog.NewForm(s.look, title, lead, fields, func(v []string) tea.Msg {
			changed, ok := set(v)
			if !ok {
				return nil
			}
			return put(changed)
		}))
	}
	switch e.Kind { //nolint:exhaustive // the others have nothing to change
	case cases.OfferPlan, cases.AgreePlan, cases.AmendPlan:
		return s.showSchedule(e)
	case cases.GrantPause:
		return s.arrangeOne("pause")
	case cases.RecordPromise:
		return s.arrangeOne("promise_letter")
	case cases.OfferSettlement:
		return s.arrangeOne("settle")
	case cases.PlaceHold:
		return form([]dialog.Field{{Label: t.Reg.HoldUntil, Hint: t.Dialog.HoldNone, Value: dotted(e.Until), Read: s.readFuture(true)}}, func(v []string) (cases.Effect, bool) {
			e.Until, _ = dialog.Date(v[0], s.rev.Today)
			return e, true
		})
	case cases.StartClock:
		return form([]dialog.Field{{Label: t.Deal.Until, Value: dotted(e.Until), Read: s.readFromToday}}, func(v []string) (cases.Effect, bool) {
			d, ok := dialog.Date(v[0], s.rev.Today)
			e.Until = d
			return e, ok
		})
	case cases.SetFollowUp:
		why := t.FollowUp(plain.Line(e.Code).String())
		return form([]dialog.Field{
			{Label: t.Dialog.FollowWhen, Hint: t.Dialog.FollowHint, Value: dotted(e.Date), Read: s.readFromToday},
			{Label: t.Dialog.FollowWhy, Value: why},
		}, func(v []string) (cases.Effect, bool) {
			d, ok := dialog.Date(v[0], s.rev.Today)
			e.Date = d
			if v[1] != "" && v[1] != why {
				e.Code = v[1]
			}
			return e, ok
		})
	case cases.RecordObjection:
		reasons := cases.DisputeReasons()
		i := max(0, slices.Index(reasons, e.Dispute))
		reasons = slices.Concat(reasons[i:], reasons[:i]) // what stands there now comes first
		words := make([]string, len(reasons))
		for k, r := range reasons {
			words[k] = t.Words.Dispute[r]
		}
		return form([]dialog.Field{{Label: t.Review.Reason, Choices: words}}, func(v []string) (cases.Effect, bool) {
			e.Dispute = reasons[max(0, slices.Index(words, v[0]))]
			return e, true
		})
	case cases.RecordPaidClaim:
		sum := ""
		if e.Cents > 0 {
			sum = e.Cents.Plain()
		}
		return form([]dialog.Field{{Label: t.Deal.Sum, Value: sum, Read: s.readSum(true)}, {Label: t.Review.PaidOn, Value: dotted(e.Date), Read: s.readPast}}, func(v []string) (cases.Effect, bool) {
			e.Cents, e.Date = 0, 0
			if v[0] != "" {
				c, err := money.Parse(v[0])
				if err != nil {
					return e, false
				}
				e.Cents = c
			}
			e.Date, _ = dialog.Date(v[1], s.rev.Today)
			return e, true
		})
	case cases.ChangeContact:
		c, channels := t.Course, []cases.Channel{cases.Postal, cases.Email, cases.Phone}
		names := []string{c.Hows[1], c.Hows[0], c.Hows[2]}
		k := max(0, slices.Index(channels, e.Channel))
		names, channels = slices.Concat(names[k:], names[:k]), slices.Concat(channels[k:], channels[:k])
		return form([]dialog.Field{{Label: c.How, Choices: names}, {Label: c.Value, Value: cells.Line(e.Text.String()), Read: func(v string) (string, string) {
			if v == "" {
				return "", c.ValueMissing
			}
			return "", ""
		}}}, func(v []string) (cases.Effect, bool) {
			e.Channel, e.Text = channels[max(0, slices.Index(names, v[0]))], plain.Line(v[1])
			return e, !e.Text.IsZero()
		})
	case cases.AddNote:
		return form([]dialog.Field{{Label: t.Dialog.Note, Value: cells.Line(e.Text.String())}}, func(v []string) (cases.Effect, bool) {
			e.Text = plain.Line(v[0])
			return e, !e.Text.IsZero()
		})
	}
	return nav.Tell(nav.Plain, t.Review.EffectFixed)
}

// readFromToday reads a day that has not passed.
func (s *Screen) readFromToday(v string) (string, string) {
	t := s.look.Text
	d, ok := dialog.Date(v, s.rev.Today)
	switch {
	case !ok:
		return "", t.Dialog.FollowBad
	case d < s.rev.Today:
		return "", t.Dialog.FollowPast
	}
	return t.Day(d) + " " + d.Long(t.Lang), ""
}

// readPast reads a day up to today, or none.
func (s *Screen) readPast(v string) (string, string) {
	t := s.look.Text
	if v == "" {
		return "", ""
	}
	d, ok := dialog.Date(v, s.rev.Today)
	if !ok || d > s.rev.Today {
		return "", t.Review.PastBad
	}
	return t.Day(d) + " " + d.Long(t.Lang), ""
}

// showSchedule lists every instalment of a plan.
func (s *Screen) showSchedule(e cases.Effect) tea.Cmd {
	t, th := s.look.Text, s.look.Theme
	box := dialog.NewRead(s.look, t.Review.Schedule, 44, func(w int) []string {
		out := make([]string, 0, len(e.Rates)+2)
		for _, r := range e.Rates {
			out = append(out, cells.Ends(cells.Right(sprintf("%d.", r.No), 4)+"  "+t.Day(r.Due)+" "+r.Due.Long(t.Lang), s.look.Sum(r.Cents), w))
		}
		return append(out, th.Faint.Render(cells.Right("────────", w)), cells.Ends("", th.Strong.Render(s.look.Sum(e.Cents)), w))
	})
	box.On, box.Hint = map[string]tea.Msg{"p": chooseMsg{"plan"}}, t.Review.ScheduleKey
	return push(box)
}

// putEffect takes what was changed, ticks it and has the text judged again.
func (s *Screen) putEffect(m effectMsg) tea.Cmd {
	d := s.current()
	if d == nil || d.Template.ID != m.draft || m.at >= len(s.effects) || s.effects[m.at].Kind != m.effect.Kind {
		return nil // the draft has changed meanwhile
	}
	s.effects = slices.Clone(s.effects)
	s.effects[m.at].Effect, s.effects[m.at].Ticked = m.effect, true
	s.panel.Forget()
	s.relayout()
	return s.check()
}

// changedEffect reports whether the hands have given an effect other words than
// the draft.
func changedEffect(was, is cases.DraftEffect) bool { return !reflect.DeepEqual(was.Effect, is.Effect) }

// dotted writes a day as one types it.
func dotted(d calendar.Date) string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Civil()
	return sprintf("%02d.%02d.%d", day, int(m), y)
}
