package review

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// Answers of the boxes.
type (
	templateMsg struct{ id, lang string }
	correctMsg  struct {
		intent cases.Intent
		flags  []cases.Flag
		alerts []cases.Alert
	}
	finishMsg struct{ reason string }
	assignMsg struct {
		to   cases.CaseID
		name string
	}
	followMsg struct {
		on  calendar.Date
		why string
	}
	noteMsg    struct{ text string }
	holdMsg    struct{ effects []cases.Effect }
	inquireMsg struct{}
)

// answer takes the answers of the boxes.
func (s *Screen) answer(m tea.Msg) tea.Cmd {
	if s.rev == nil {
		return nil
	}
	t := s.look.Text
	switch m := m.(type) {
	case keepMsg:
		s.kept[m.rule] = m.why
		s.panel.Forget()
		s.relayout()
	case recipientMsg:
		s.other, s.chosen = m.other, true
		s.letter.Forget()
		s.letter.Top = 0
		s.relayout()
		return tea.Batch(nav.Tell(nav.Good, t.Dialog.Confirmed), s.check())
	case templateMsg:
		for i, d := range s.rev.Drafts {
			if i > 0 && d.Template.ID == m.id && d.Template.Lang == m.lang {
				return s.turnTo(i)
			}
		}
		s.toAnswer()
		s.choice = true
		s.template, s.lang = m.id, m.lang
		s.edited, s.dirty = false, false
		s.kept = map[string]string{}
		s.focus, s.letter.Top = onDraft, 0
		s.effects = nil
		return tea.Sequence(s.remember(s.typedNow()), s.load(true))
	case correctMsg:
		d, id := s.desk, s.rev.Message.ID
		forget := s.forgetChoice()
		return s.do(doneMsg{say: sprintf(t.Review.Corrected, t.Intent(m.intent)), reload: true}, func(ctx context.Context) error {
			return errors.Join(d.Correct(ctx, id, m.intent, m.flags, m.alerts), forget(ctx))
		})
	case finishMsg:
		d, id := s.desk, s.rev.Message.ID
		return s.do(doneMsg{say: t.Review.Finished, leave: nav.Undo{Message: id, Until: s.look.Now().Add(15 * time.Second)}}, func(ctx context.Context) error {
			return d.Finish(ctx, id, m.reason)
		})
	case assignMsg:
		d, id := s.desk, s.rev.Message.ID
		forget := s.forgetChoice()
		return s.do(doneMsg{say: sprintf(t.Review.Assigned, m.name), reload: true}, func(ctx context.Context) error {
			return errors.Join(d.Assign(ctx, id, m.to), forget(ctx))
		})
	case followMsg:
		return s.replace(sprintf(t.Review.FollowSet, t.Day(m.on)), cases.Effect{Kind: cases.SetFollowUp, Date: m.on, Code: m.why})
	case noteMsg:
		return s.change(t.Review.NoteSaved, cases.Effect{Kind: cases.AddNote, Text: plain.Line(m.text)})
	case holdMsg:
		say := t.Review.HoldSet
		if m.effects[0].Kind == cases.LiftHold {
			say = t.Review.HoldLifted
		}
		return s.change(say, m.effects...)
	case effectMsg:
		return s.putEffect(m)
	case nav.Push:
		return push(m.Dialog)
	case inquireMsg:
		return s.change(t.Review.InquirySet, cases.Effect{Kind: cases.InquireCreditor},
			cases.Effect{Kind: cases.SetFollowUp, Date: s.rev.Today + 14, Code: "creditor_inquiry"})
	}
	if cmd, ok := s.printed(m); ok {
		return cmd
	}
	if cmd, ok := s.saving(m); ok {
		return cmd
	}
	cmd, _ := s.arranged(m)
	return cmd
}

func push(d nav.Dialog) tea.Cmd { return nav.Send(nav.Push{Dialog: d}) }

func (s *Screen) askTemplate(tea.KeyPressMsg) tea.Cmd {
	t := s.look.Text
	var opts []dialog.Option
	seen := map[string]bool{}
	for _, d := range s.rev.Drafts {
		key := d.Template.ID + d.Template.Lang
		seen[key] = true
		opts = append(opts, dialog.Option{Label: s.titleOf(d.Template.ID), Detail: "✓ " + t.Words.Language[d.Template.Lang], Value: templateMsg{d.Template.ID, d.Template.Lang}})
	}
	rest := slices.DeleteFunc(slices.Clone(s.rev.Templates), func(i cases.TemplateInfo) bool { return seen[i.ID+i.Lang] })
	slices.SortStableFunc(rest, func(a, b cases.TemplateInfo) int { return cmp.Compare(s.far(a), s.far(b)) })
	for _, i := range rest {
		lang := ""
		if i.Lang != t.Lang {
			lang = t.Words.Language[i.Lang]
		}
		opts = append(opts, dialog.Option{Label: i.Title, Detail: lang, Value: templateMsg{i.ID, i.Lang}})
	}
	if len(opts) == 0 {
		return nav.Tell(nav.Careful, t.Review.NoTemplates)
	}
	p := dialog.NewPick(s.look, t.Dialog.Template, opts, t.Keys.Search.Long, t.Dialog.ChooseKeys, func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg {
		return o.Value
	})
	if s.edited && !s.beside() {
		p.Say(t.Dialog.TemplateLoses, true)
	}
	at := templateMsg{s.template, s.lang}
	if d := s.current(); d != nil {
		at = templateMsg{d.Template.ID, d.Template.Lang}
	}
	return push(p.At(at))
}

// far is how far a template is from what is wanted here: those in the language
// of the screen come first, of them those for what the mail wants, and of these
// the ones that are for little else.
func (s *Screen) far(i cases.TemplateInfo) int {
	n := len(i.Intents)
	if !s.mailed() || !slices.Contains(i.Intents, s.rev.Message.Class.Intent) {
		n = len(cases.Intents()) + 1
	}
	if i.Lang != s.look.Text.Lang {
		n += len(cases.Intents()) + 2
	}
	return n
}

func (s *Screen) askCorrect(tea.KeyPressMsg) tea.Cmd {
	t, c := s.look.Text, s.rev.Message.Class
	var opts []dialog.Option
	for _, i := range cases.Intents() {
		detail := ""
		for _, k := range c.Candidates {
			if k.Intent == i {
				detail = text.Percent(k.Permille)
			}
		}
		opts = append(opts, dialog.Option{Label: t.Intent(i), Detail: detail, Value: i})
	}
	opts = append(opts, dialog.Option{Label: t.Dialog.CorrectFlags, Head: true})
	for _, f := range cases.Flags() {
		opts = append(opts, dialog.Option{Label: t.Flag(f), Value: f, Box: true, On: c.HasFlag(f)})
	}
	for _, a := range cases.Alerts() {
		opts = append(opts, dialog.Option{Label: t.Alert(a), Value: a, Box: true, On: slices.Contains(c.Alerts, a)})
	}
	now := c.Intent
	p := dialog.NewPick(s.look, t.Dialog.Correct, opts, "", t.Dialog.CorrectHint, func(o dialog.Option, _ string, boxes []dialog.Option) tea.Msg {
		out := correctMsg{intent: now}
		if i, ok := o.Value.(cases.Intent); ok {
			out.intent = i
		}
		for _, b := range boxes {
			if !b.On {
				continue
			}
			switch v := b.Value.(type) {
			case cases.Flag:
				out.flags = append(out.flags, v)
			case cases.Alert:
				out.alerts = append(out.alerts, v)
			}
		}
		return out
	})
	return push(p.At(c.Intent))
}

func (s *Screen) askFinish(tea.KeyPressMsg) tea.Cmd {
	if s.beside() {
		return s.dropBeside()
	}
	if !s.mailed() {
		return s.askDone()
	}
	t := s.look.Text
	var opts []dialog.Option
	order := []string{"thanks", "spam", "duplicate", "phone", "no_matter", "automatic"}
	if s.noDraft() == t.Review.NoDraftAuto || s.noDraft() == t.Review.NoDraftBounce {
		order = []string{"automatic", "duplicate", "no_matter", "spam", "phone", "thanks"}
	}
	for _, code := range order {
		opts = append(opts, dialog.Option{Label: t.Words.Done[code], Value: code})
	}
	p := dialog.NewPick(s.look, t.Dialog.Reason, opts, t.Dialog.ReasonHint, t.Dialog.ChooseKeys, func(o dialog.Option, typed string, _ []dialog.Option) tea.Msg {
		if typed = strings.TrimSpace(typed); typed != "" {
			if v, ok := o.Value.(string); ok {
				return finishMsg{v}
			}
			return finishMsg{plain.Line(typed).String()}
		}
		v, ok := o.Value.(string)
		if !ok {
			return nil
		}
		return finishMsg{v}
	})
	return push(p)
}

func (s *Screen) askAssign(tea.KeyPressMsg) tea.Cmd {
	t, d := s.look.Text, s.desk
	var opts []dialog.Option
	for _, g := range s.rev.Suggest {
		var why []string
		for _, r := range g.Reasons {
			why = append(why, t.Match(r.Code))
		}
		opts = append(opts, dialog.Option{Label: g.Reference.String() + " " + s.look.Name(g.Debtor), Detail: strings.Join(why, ", "), Value: assignMsg{g.Case, g.Reference.String()}})
	}
	p := dialog.NewPick(s.look, t.Dialog.Assign, opts, t.Dialog.AssignHint, t.Dialog.ChooseKeys, func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg {
		return o.Value
	})
	p.Cases(d, func(c desk.CaseRef) any { return assignMsg{c.ID, c.Reference.String()} })
	return push(p)
}

func (s *Screen) askFollowUp(tea.KeyPressMsg) tea.Cmd {
	t, today := s.look.Text, s.rev.Today
	read := func(v string) (string, string) {
		d, ok := dialog.Date(v, today)
		switch {
		case !ok:
			return "", t.Dialog.FollowBad
		case d < today:
			return "", t.Dialog.FollowPast
		}
		return t.Day(d) + " " + d.Long(t.Lang), ""
	}
	return push(dialog.NewForm(s.look, t.Dialog.FollowUp, nil, []dialog.Field{
		{Label: t.Dialog.FollowWhen, Hint: t.Dialog.FollowHint, Value: "+14", Read: read},
		{Label: t.Dialog.FollowWhy, Value: t.Words.FollowUp["answer"]},
	}, func(v []string) tea.Msg {
		d, ok := dialog.Date(v[0], today)
		if !ok {
			return nil
		}
		why := v[1]
		if why == "" || why == t.Words.FollowUp["answer"] {
			why = "answer"
		}
		return followMsg{d, why}
	}))
}

func (s *Screen) askNote(title string) tea.Cmd {
	t := s.look.Text
	return push(dialog.NewForm(s.look, title, nil, []dialog.Field{{
		Label: title, Hint: t.Dialog.NoteHint,
		Read: func(v string) (string, string) {
			if v == "" {
				return "", t.Dialog.NoteHint
			}
			return "", ""
		},
	}}, func(v []string) tea.Msg { return noteMsg{v[0]} }))
}

// askHold ends a hold that is in force, or places one: the same list as in the
// case file.
func (s *Screen) askHold(tea.KeyPressMsg) tea.Cmd {
	t := s.look.Text
	var opts []dialog.Option
	for _, h := range s.rev.Case.Holds {
		if h.Active(s.rev.Today) {
			name := dialog.HoldName(s.look, s.rev.Case, h)
			end := holdMsg{[]cases.Effect{{Kind: cases.LiftHold, Target: h.ID}}}
			opts = append(opts, dialog.Option{
				Label: sprintf(t.Reg.HoldEnd, name), Detail: t.Case.Since + " " + t.Day(h.From) + until(t, h.Until),
				Value: nav.Push{Dialog: dialog.NewAsk(s.look, sprintf(t.Reg.HoldEnd, name), []string{t.Reg.HoldAsk}, t.Dialog.ConfirmKeys, "", end)},
			})
		}
	}
	fields, effects := dialog.HoldFields(s.look, s.rev.Case, s.rev.Today)
	place := dialog.NewForm(s.look, t.Reg.HoldNew, nil, fields, func(v []string) tea.Msg { return holdMsg{effects(v)} })
	if len(opts) == 0 {
		return push(place)
	}
	opts = append(opts, dialog.Option{Label: t.Reg.HoldNew, Value: nav.Push{Dialog: place}})
	return push(dialog.NewPick(s.look, t.Reg.HoldTitle, opts, "", t.Dialog.ChooseKeys, func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg { return o.Value }))
}

func (s *Screen) askInquire(tea.KeyPressMsg) tea.Cmd {
	t := s.look.Text.Dialog
	return push(dialog.NewAsk(s.look, t.Inquire, []string{t.InquireAsk}, t.ConfirmKeys, "", inquireMsg{}))
}

// why lists every point of the score, and who has read the mail.
func (s *Screen) why(tea.KeyPressMsg) tea.Cmd {
	return push(dialog.Why(s.look, s.rev.Row.Reasons, s.rev.Row.Score, s.readBy()...))
}

// readBy says by what the mail was read and what of it left the machine.
func (s *Screen) readBy() []string {
	if !s.mailed() || s.rev.Message.Class.Engine == "" {
		return nil
	}
	t, m := s.look.Text, s.rev.Message
	out := []string{sprintf(t.Review.ReadLocal, cells.Line(cmp.Or(m.Class.Model, m.Class.Engine)))}
	for _, x := range m.Transmissions {
		out = append(out, s.look.When(x.At)+" "+t.Transmission(x))
	}
	if len(m.Transmissions) == 0 {
		out = append(out, t.Review.ReadNowhere)
	}
	return out
}

func (s *Screen) attachments(tea.KeyPressMsg) tea.Cmd {
	t, th := s.look.Text, s.look.Theme
	list := s.rev.Message.Mail.Attachments
	box := dialog.NewRead(s.look, t.Dialog.Attach, 76, func(w int) []string {
		var out []string
		for i, a := range list {
			if i > 0 {
				out = append(out, "")
			}
			out = append(out, cells.Wrap(plain.Line(a.Name.String()), w, th.Strong)...)
			out = append(out, th.Muted.Render(cells.Cut(cells.Line(a.MediaType)+" · "+bytesOf(a.Size), w)))
			if a.Unread != "" {
				out = append(out, th.Warn.Render(cells.Cut("! "+sprintf(t.Dialog.AttachUnread, text.Code(t.Words.Unread, cells.Line(a.Unread))), w)))
			}
			if !a.Text.IsZero() {
				out = append(out, cells.Wrap(s.maskText(a.Text), w, th.Text, s.marks(sprintf("attachment:%d", i), a.Text)...)...)
			}
		}
		return out
	})
	if s.ports != nil && s.ports.Save != nil {
		box.On, box.Hint = map[string]tea.Msg{"s": askSaveMsg{}}, t.Dialog.SaveKey
	}
	return push(box)
}

func bytesOf(n int64) string {
	switch {
	case n >= 1<<20:
		return sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return sprintf("%d KB", n>>10)
	}
	return sprintf("%d B", n)
}
