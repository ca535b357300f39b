package review

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/priority"
	"kontor/ui/cells"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// actions is the table of the screen's keys.
func (s *Screen) actions() *keys.Table {
	t := s.look.Text
	k, r := t.Keys, t.Review
	act := func(id string, w text.Key, g keys.Group, do func(tea.KeyPressMsg) tea.Cmd, why func() string, ks ...string) *keys.Action {
		return &keys.Action{ID: id, Keys: ks, Short: w.Short, Long: w.Long, Group: g, Do: do, Why: why}
	}
	loaded := func() string {
		if s.rev == nil {
			return t.Bar.Loading
		}
		return ""
	}
	mail := func() string {
		if loaded() != "" {
			return loaded()
		}
		if !s.mailed() {
			return r.NoMail
		}
		return ""
	}
	withCase := func() string {
		if loaded() != "" {
			return loaded()
		}
		if s.rev.Case == nil {
			return r.NoCaseYet
		}
		return ""
	}
	draft := func() string {
		if loaded() != "" {
			return loaded()
		}
		if s.current() == nil {
			return s.noDraft()
		}
		if s.look.Masked {
			return r.MaskedOff
		}
		return ""
	}
	approve := act("approve", k.Approve, keys.Act, s.approve, s.offApprove, "a")
	approve.Foot = func() string {
		if s.focus == onMail && !s.wide() {
			return r.Draft
		}
		if i := s.openBeside(); i > 0 && !s.beside() {
			return r.BesideNext
		}
		return sprintf(r.SendTo, s.address(s.recipient()))
	}
	recipient := act("recipient", k.Recipient, keys.Act, s.askRecipient, func() string {
		if s.beside() {
			return r.BesideFixed
		}
		return draft()
	}, "R")
	recipient.Urgent = s.undecided
	finish := act("finish", k.Finish, keys.Act, s.askFinish, s.offFinish, "x")
	finish.Foot = func() string {
		switch {
		case !s.beside():
			return k.Finish.Short
		case s.dropped[s.besideID()]:
			return r.BesideTake
		}
		return r.BesideLeave
	}
	other := act("other", k.OtherDraft, keys.Act, s.otherDraft, s.offOther, "o")
	finish.Urgent, other.Urgent = s.beside, s.beside
	change := act("effect", k.Effect, keys.Act, s.changeEffect, s.offChange, "enter")
	change.Urgent = func() bool { return s.focus == onEffects }
	toggle := act("toggle", k.Toggle, keys.Act, s.toggle, s.offToggle, "space")
	toggle.Urgent = change.Urgent
	approve.Urgent = func() bool { return s.focus == onEffects || s.beside() } // before other urgent ones
	change.Foot = func() string {
		if s.focus != onEffects {
			return ""
		}
		return k.Effect.Short
	}
	assign := act("assign", k.Assign, keys.Act, s.askAssign, mail, "m")
	assign.Urgent = func() bool { return s.rev != nil && s.rev.Case == nil }
	return keys.Must(s.look.Bound,
		approve,
		act("edit", k.Edit, keys.Act, func(tea.KeyPressMsg) tea.Cmd { return s.startEdit(s.text) }, draft, "e"),
		act("write", k.Write, keys.Act, func(tea.KeyPressMsg) tea.Cmd {
			return tea.Batch(s.startEdit(""), nav.Tell(nav.Plain, r.WriteHint))
		}, draft, "s"),
		act("template", k.Template, keys.Act, s.askTemplate, withCase, "t"),
		act("correct", k.Correct, keys.Act, s.askCorrect, mail, "c"),
		finish,
		other,
		recipient,
		change,
		toggle,
		act("whole", k.Whole, keys.Look, func(tea.KeyPressMsg) tea.Cmd {
			s.whole = !s.whole
			s.focus, s.mail.Top = onMail, 0
			s.relayout()
			return nil
		}, mail, "v"),
		assign,
		act("follow_up", k.FollowUp, keys.Act, s.askFollowUp, withCase, "w"),
		act("note", k.Note, keys.Act, func(tea.KeyPressMsg) tea.Cmd { return s.askNote(t.Dialog.Note) }, withCase, "n"),
		act("hold", k.Hold, keys.Act, s.askHold, withCase, "b"),
		act("why", k.WhyHere, keys.Look, s.why, loaded, "i"),
		act("attachments", k.Attachments, keys.Look, s.attachments, func() string {
			if m := mail(); m != "" {
				return m
			}
			if len(s.rev.Message.Mail.Attachments) == 0 {
				return r.NoAttachments
			}
			return ""
		}, "V"),
		act("print", t.Paper.Print, keys.Act, s.askPrint, s.offPrint, "P"),
		act("later", k.Later, keys.Act, func(tea.KeyPressMsg) tea.Cmd { return nav.Send(nav.Later{Item: s.item}) }, loaded, "z"),
		act("next", k.Next, keys.Move, s.step(1), nil, "J"),
		act("prev", k.Prev, keys.Move, s.step(-1), nil, "K"),
		act("editor", text.Key{Long: k.Editor.Long}, keys.Act, s.outside, func() string {
			if s.editor == nil {
				return t.Bar.NoEditor
			}
			return draft()
		}, "E"),
		act("language", k.Language, keys.Act, s.language, func() string {
			if d := draft(); d != "" {
				return d
			}
			if s.beside() {
				return r.BesideFixed
			}
			if s.edited {
				return r.WouldLose
			}
			return ""
		}, "L"),
		act("discard", k.Discard, keys.Act, func(tea.KeyPressMsg) tea.Cmd { return s.discard() }, func() string {
			if d := draft(); d != "" {
				return d
			}
			if !s.edited && (s.beside() || s.rev.Typed == nil && !s.choice) {
				return r.NothingTyped
			}
			return ""
		}, "D"),
		act("phone", k.Phone, keys.Act, s.askCall, withCase, "N"),
		act("inquire", k.Inquire, keys.Act, s.askInquire, withCase, "M"),
		act("arrange", k.Arrange, keys.Act, s.askArrange, withCase, "p"),
		act("hand_over", k.HandOver, keys.Act, s.askHandOver, withCase, "d"),
		act("copy", k.Copy, keys.Look, func(tea.KeyPressMsg) tea.Cmd {
			what := s.copied()
			return tea.Batch(tea.SetClipboard(what), nav.Tell(nav.Plain, sprintf(t.Bar.Copied, cells.Cut(cells.Line(firstLine(what)), 40))))
		}, func() string {
			if s.copied() == "" {
				return t.Bar.NothingToCopy
			}
			return ""
		}, "y"),
		act("tab", k.Tab, keys.Move, func(tea.KeyPressMsg) tea.Cmd { return s.turn(1) }, nil, "tab", "right", "l"),
		act("tab_back", k.TabBack, keys.Move, func(tea.KeyPressMsg) tea.Cmd { return s.turn(-1) }, nil, "shift+tab", "left", "h"),
		act("down", k.Down, keys.Move, s.scroll(1), nil, "j", "down"),
		act("up", k.Up, keys.Move, s.scroll(-1), nil, "k", "up"),
		act("page_down", k.PageDown, keys.Move, s.page(1), nil, "pgdown", "ctrl+d"),
		act("page_up", k.PageUp, keys.Move, s.page(-1), nil, "pgup", "ctrl+u"),
		act("first", k.First, keys.Move, s.scroll(-1<<20), nil, "g", "home"),
		act("last", k.Last, keys.Move, s.scroll(1<<20), nil, "G", "end"),
	)
}

// offFinish says why there is nothing to end without a letter.
func (s *Screen) offFinish() string {
	switch {
	case s.rev == nil:
		return s.look.Text.Bar.Loading
	case s.mailed(), s.beside():
	case s.item.Kind != priority.ItemFollowUp || s.rev.Case == nil:
		return s.look.Text.Deal.NotHere
	}
	return ""
}

// turn moves the hands to the next pane that the layout shows, or the next tab.
func (s *Screen) turn(n int) tea.Cmd {
	order := []focus{onMail, onDraft, onEffects, onCase}
	if s.wide() {
		order = []focus{onMail, onCase, onDraft, onEffects}
	}
	for i, f := range order {
		if f == s.focus {
			s.focus = order[(i+n+len(order))%len(order)]
			break
		}
	}
	s.relayout()
	return nil
}

func (s *Screen) step(n int) func(tea.KeyPressMsg) tea.Cmd {
	return func(tea.KeyPressMsg) tea.Cmd { return nav.Send(nav.Step{From: s.item, N: n}) }
}

func (s *Screen) scroll(n int) func(tea.KeyPressMsg) tea.Cmd {
	return func(tea.KeyPressMsg) tea.Cmd {
		switch s.focus {
		case onMail:
			s.mail.Scroll(n)
		case onDraft:
			s.letter.Scroll(n)
		case onCase:
			s.facts.Scroll(n)
		case onEffects:
			s.move(n)
		}
		s.seen()
		return nil
	}
}

func (s *Screen) page(n int) func(tea.KeyPressMsg) tea.Cmd {
	return func(k tea.KeyPressMsg) tea.Cmd {
		p := &s.mail
		switch s.focus {
		case onDraft:
			p = &s.letter
		case onCase:
			p = &s.facts
		case onEffects:
			p = &s.panel
		case onMail:
		}
		p.Scroll(n * max(1, p.Height-1))
		s.seen()
		return nil
	}
}

// language writes the reply in the other language, where a template has it.
func (s *Screen) language(tea.KeyPressMsg) tea.Cmd {
	next := "en"
	if s.lang == "en" {
		next = "de"
	}
	s.lang = next
	s.edited, s.dirty = false, false
	return tea.Batch(s.load(true), nav.Tell(nav.Plain, sprintf(s.look.Text.Review.LangIs, s.look.Text.Words.Language[next])))
}

// outside edits the text in the caseworker's own editor.
func (s *Screen) outside(tea.KeyPressMsg) tea.Cmd {
	cmd, back, err := s.editor(s.text)
	if err != nil {
		return nav.Tell(nav.Bad, s.look.Text.Error(err).String())
	}
	to := s
	return tea.Exec(cmd, func(err error) tea.Msg {
		if err != nil {
			return editedMsg{to: to, err: err}
		}
		text, err := back()
		return editedMsg{to: to, text: text, err: err}
	})
}

// do runs one action on the desk and hands back its answer.
func (s *Screen) do(ok doneMsg, f func(ctx context.Context) error) tea.Cmd {
	ok.to = s
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		if err := f(ctx); err != nil {
			return doneMsg{to: ok.to, err: err}
		}
		return ok
	}
}
