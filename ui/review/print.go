package review

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/nav"
)

// printedMsg says where a printed letter lies.
type printedMsg struct{ say string }

// offPrint says why the letter on the screen cannot be printed.
func (s *Screen) offPrint() string {
	if s.ports == nil || s.ports.Print == nil {
		return s.look.Text.Paper.NoPrinter
	}
	return s.offApprove()
}

// askPrint prints the letter on the screen for the post. A final print is the
// caseworker's word, as approving is: it wants the whole text to have been seen.
func (s *Screen) askPrint(tea.KeyPressMsg) tea.Cmd {
	t := s.look.Text
	p := t.Paper
	s.focus = onDraft
	s.relayout()
	kinds, lead := p.Kinds[:], []string{p.DraftLead, p.FinalLead}
	if !s.letter.Seen() {
		kinds, lead = kinds[:1], []string{p.DraftLead, p.UnseenLead}
	}
	f := dialog.NewForm(s.look, p.Print.Long, lead, []dialog.Field{
		{Label: p.What, Choices: kinds},
		{Label: t.Dialog.SaveDir, Value: s.ports.SaveDir, Read: func(v string) (string, string) {
			if v == "" {
				return "", t.Dialog.SaveDirBad
			}
			return "", ""
		}},
	}, nil)
	out, req := s.ports.Print, s.request()
	f.Try = func(v []string) tea.Cmd {
		final := v[0] == p.Kinds[1]
		s.quiet = s.look.Now().Add(ownNews) // the note is of our own making
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), timeout)
			defer cancel()
			path, err := out(ctx, req, final, v[1])
			if err != nil {
				return dialog.Tried{Problem: t.Error(err).String()}
			}
			say := p.Printed
			if final {
				say = p.PrintedFinal
			}
			return dialog.Tried{Msg: printedMsg{sprintf(say, cells.Line(path))}}
		}
	}
	return push(f)
}

// printed takes the answer of askPrint; ok is false for anything else.
func (s *Screen) printed(m tea.Msg) (cmd tea.Cmd, ok bool) {
	p, ok := m.(printedMsg)
	if !ok {
		return nil, false
	}
	return nav.Tell(nav.Good, p.say), true
}
