package casefile

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/deadline"
	"kontor/cases/desk"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/text"
)

// askAck asks for a person's word on what may start limitation anew. Nothing is
// preset: the first choice is "no", and each is written out.
func (s *Screen) askAck(id, title string) tea.Cmd {
	t, d, c := s.look.Text, s.desk, s.id
	r := t.Reg
	claims, ids := s.claimChoices()
	lead := []string{r.AckLead}
	if words := s.ackEffect(); words != "" {
		lead = append(lead, words)
	}
	no := []string{r.Acks[3], r.Acks[1], r.Acks[0], r.Acks[2]}
	return push(s.form(title, lead, []dialog.Field{
		{Label: r.AckIs, Choices: no},
		{Label: r.Claim, Choices: claims},
		{Label: r.Words, Hint: r.Optional},
	}, func(ctx context.Context, v []string) (string, error) {
		a := desk.AckDecision{ID: id, Claim: of(claims, ids, v[1]), Text: v[2]}
		a.Confirm = v[0] == r.Acks[0] || v[0] == r.Acks[2]
		a.Reserved = v[0] == r.Acks[1] || v[0] == r.Acks[2]
		return sprintf(r.AckSaved, v[0]), d.JudgeAcknowledgement(ctx, c, a)
	}))
}

// ackEffect says what hangs on it: when the claims lapse with and without what
// is only proposed.
func (s *Screen) ackEffect() string {
	if s.more == nil {
		return ""
	}
	t := s.look.Text
	for _, l := range s.more.Limitations {
		switch x := l.Result; {
		case l.InCourt || x.Ends == 0:
		case x.EndsWithAck != x.Ends:
			return sprintf(t.Reg.AckEffect, x.Ends.Long(t.Lang), x.EndsWithAck.Long(t.Lang))
		default:
			return sprintf(t.Reg.AckNow, x.Ends.Long(t.Lang))
		}
	}
	return ""
}

// askAct records what starts limitation anew and came no other way: an act of
// enforcement, an acknowledgement on paper.
func (s *Screen) askAct() tea.Cmd {
	r, d, c := s.look.Text.Reg, s.desk, s.id
	claims, ids := s.claimChoices()
	return push(s.form(r.Act.Short, []string{r.ActLead}, []dialog.Field{
		{Label: r.Kind, Choices: r.ActKinds[:]},
		{Label: r.Date, Hint: "12.3.2026", Read: s.past(false)},
		{Label: r.Claim, Choices: claims},
		{Label: r.Words, Read: wanted(r.WhyMissing)},
	}, func(ctx context.Context, v []string) (string, error) {
		on, err := s.day(v[1])
		if err != nil {
			return "", err
		}
		a := desk.AckDecision{Confirm: true, Kind: deadline.AckEnforcement, Date: on, Claim: of(claims, ids, v[2]), Text: v[3]}
		if v[0] == r.ActKinds[1] {
			a.Kind = deadline.AckStatement
		}
		return r.ActSaved, d.JudgeAcknowledgement(ctx, c, a)
	}))
}

func (s *Screen) askObjection(o cases.Objection, name string) tea.Cmd {
	r, d, c := s.look.Text.Reg, s.desk, s.id
	return push(s.form(sprintf(r.Objection, name), []string{r.ObjectionLead}, []dialog.Field{{Label: r.ObjectionHow, Read: wanted(r.WhyMissing)}}, func(ctx context.Context, v []string) (string, error) {
		return r.ObjectionSaved, d.SettleObjection(ctx, c, o.ID, v[0])
	}))
}

// askEvent asks what a death or an insolvency means for a case: the ticked of
// what is proposed, or nothing because it does not concern the case.
func (s *Screen) askEvent(row desk.PersonEventRow) tea.Cmd {
	t, d := s.look.Text, s.desk
	r := t.Reg
	name := cells.Line(row.Reference.String())
	opts := []dialog.Option{{Label: text.Code(r.EventLead, row.Kind), Head: true}}
	for i, e := range row.Effects {
		opts = append(opts, dialog.Option{Label: t.Effect(e.Effect, func(cases.PersonID) string { return "" }), Box: true, On: e.Ticked, Value: i})
	}
	opts = append(opts, dialog.Option{Label: "", Head: true},
		dialog.Option{Label: r.EventTake, Value: true}, dialog.Option{Label: r.EventLeave, Value: false})
	p := dialog.NewPick(s.look, sprintf(text.Code(r.Event, row.Kind), name), opts, "", t.Dialog.CorrectHint, func(o dialog.Option, _ string, boxes []dialog.Option) tea.Msg {
		take, ok := o.Value.(bool)
		if !ok { // on an effect: space ticks it
			return nil
		}
		row.Effects = slices.Clone(row.Effects)
		for i, b := range boxes {
			row.Effects[i].Ticked = b.On
		}
		say := sprintf(r.EventLeft, name)
		if take {
			say = sprintf(r.EventTaken, name)
		}
		return &deed{func() tea.Cmd {
			return s.do(func(ctx context.Context) (string, error) { return say, d.JudgePersonEvent(ctx, row, take) })
		}}
	})
	return push(p.At(true))
}

// askHold ends a hold, or places one.
func (s *Screen) askHold() tea.Cmd {
	t, d, id := s.look.Text, s.desk, s.id
	r := t.Reg
	var opts []dialog.Option
	for _, h := range s.view.Case.Holds {
		if !h.Active(s.view.Today) {
			continue
		}
		opts = append(opts, option(sprintf(r.HoldEnd, s.holdName(h)), span(t, h.From, h.Until), func() tea.Cmd {
			end := &deed{func() tea.Cmd {
				return s.do(func(ctx context.Context) (string, error) { return r.HoldGone, d.EndHold(ctx, id, h.ID) }, s.holdStays(h))
			}}
			return push(dialog.NewAsk(s.look, sprintf(r.HoldEnd, s.holdName(h)), []string{r.HoldAsk}, t.Dialog.ConfirmKeys, "", end))
		}))
	}
	if len(opts) == 0 {
		return s.askNewHold()
	}
	return push(s.list(r.HoldTitle, append(opts, option(r.HoldNew, "", s.askNewHold))))
}

// holdStays words the refusal to end a hold whose ground stands.
func (s *Screen) holdStays(h cases.Hold) func(error) string {
	r := s.look.Text.Reg
	return func(err error) string {
		if !errors.Is(err, &cases.Refusal{Reason: cases.Blocked}) {
			return ""
		}
		return sprintf(r.HoldStays, s.look.Text.HoldReason(h.Reason))
	}
}

func (s *Screen) holdName(h cases.Hold) string { return dialog.HoldName(s.look, s.view.Case, h) }

func (s *Screen) askNewHold() tea.Cmd {
	d, id, r := s.desk, s.id, s.look.Text.Reg
	fields, effects := dialog.HoldFields(s.look, s.view.Case, s.view.Today)
	return push(s.form(r.HoldNew, nil, fields, func(ctx context.Context, v []string) (string, error) {
		return r.HoldSaved, d.Change(ctx, id, effects(v), nil)
	}))
}
