package review

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/ui/dialog"
	"kontor/ui/nav"
)

// offApprove says why the letter cannot be approved whatever is on the screen.
func (s *Screen) offApprove() string {
	t := s.look.Text.Review
	switch {
	case s.rev == nil:
		return s.look.Text.Bar.Loading
	case s.gone:
		return t.Vanished
	case s.current() == nil:
		return s.noDraft()
	case s.look.Masked:
		return t.MaskedOff
	case s.approving:
		return t.Approving
	}
	for _, f := range s.findings {
		if f.Blocking() {
			return sprintf(t.Blocking, s.ruleWords(f))
		}
	}
	return ""
}

// approve is the key `a`. It says yes only to what has been on the screen:
// recipient, whole text and effects since their last change. It is deaf after
// the item opened by itself and while the key repeats, and hearing it while
// deaf keeps it deaf: a key that is held down or bounces approves nothing.
func (s *Screen) approve(k tea.KeyPressMsg) tea.Cmd {
	t, now := s.look.Text.Review, s.look.Now()
	if k.IsRepeat && !now.Before(s.deafUntil) {
		s.deafSay = t.Repeated
	}
	if k.IsRepeat || now.Before(s.deafUntil) {
		s.deafUntil = now.Add(deafFor)
		return nav.Tell(nav.Plain, s.deafSay)
	}
	if s.lay.letter.Empty() {
		s.focus = onDraft
		s.relayout()
		if s.openBeside() > 0 {
			return s.deafen(t.TurnedWithBeside)
		}
		return s.deafen(t.TurnedToDraft)
	}
	if i := s.openBeside(); i > 0 && !s.beside() {
		cmd := s.turnTo(i)
		return tea.Batch(cmd, s.deafen(t.BesideFirst))
	}
	if s.undecided() {
		return nav.Tell(nav.Careful, t.ConfirmFirst)
	}
	if s.recipient() == "" {
		return nav.Tell(nav.Careful, t.NoRecipient)
	}
	if !s.letter.Seen() {
		s.focus = onDraft
		s.letter.ShowUnseen()
		s.relayout()
		if s.letter.More() > 0 {
			return s.deafen(t.SeeMore)
		}
		return s.deafen(t.SeeRest)
	}
	if !s.panel.Seen() {
		s.focus = onEffects
		s.panel.ShowUnseen()
		s.relayout()
		if s.panel.More() > 0 {
			return s.deafen(t.SeeMore)
		}
		return s.deafen(t.SeeEffects)
	}
	for _, f := range s.findings {
		if !f.Blocking() && s.kept[f.Rule] == "" {
			return s.askKeep(f)
		}
	}
	s.approving = true
	to, d, req := s, s.desk, s.request()
	return tea.Batch(nav.Tell(nav.Plain, t.Approving), func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		out, err := d.Approve(ctx, req)
		return approvedMsg{to: to, out: out, title: req.Review.Drafts[req.Draft].Template.ID, err: err}
	})
}

// deafen makes `a` deaf for a moment and says why: something new has come onto
// the screen, and a bouncing key has read nothing.
func (s *Screen) deafen(say string) tea.Cmd {
	s.deafUntil, s.deafSay = s.look.Now().Add(deafFor), say
	return nav.Tell(nav.Careful, say)
}

// request is what the key says yes to: what is on the screen.
func (s *Screen) request() desk.ApproveRequest {
	kept := make(map[string]string, len(s.kept))
	for k, v := range s.kept {
		kept[k] = v
	}
	return desk.ApproveRequest{
		Review: s.rev, Draft: s.draft, Subject: s.subject, Text: s.text, Effects: append([]cases.DraftEffect(nil), s.effects...),
		OtherAddress: s.other && !s.beside(), Kept: kept, Edited: s.edited, Seconds: int(s.look.Now().Sub(s.shownAt).Seconds()),
	}
}

func (s *Screen) approved(msg approvedMsg) tea.Cmd {
	s.approving = false
	if msg.err != nil {
		trouble := nav.Tell(nav.Bad, s.look.Text.Error(msg.err).String())
		var r *cases.Refusal
		if errors.As(msg.err, &r) && (r.Reason == cases.Stale || r.Reason == cases.AlreadyDone) {
			return tea.Batch(trouble, s.load(!s.answerTyped()))
		}
		return tea.Batch(trouble, s.check())
	}
	if msg.out.Stays {
		return s.goOn(msg)
	}
	s.gone, s.dirty = true, false
	return nav.Send(nav.Done{Item: s.item, Also: s.also, Undo: nav.Undo{Reply: msg.out.Reply, To: msg.out.To, Until: msg.out.UndoUntil}})
}

// goOn stays with the item after a letter that went to somebody else beside its
// answer. `a` is deaf for a moment: what is on the screen now is another letter.
func (s *Screen) goOn(msg approvedMsg) tea.Cmd {
	s.quiet = s.look.Now().Add(ownNews)
	if s.beside() {
		s.put(0)
	} else {
		s.template, s.lang, s.choice, s.edited, s.effects, s.base = "", "", false, false, nil, nil
		s.kept = map[string]string{}
	}
	delete(s.pages, msg.title)
	delete(s.dropped, msg.title)
	s.relayout()
	s.deafUntil, s.deafSay = s.look.Now().Add(deafFor), s.look.Text.Review.Deaf
	kept := nav.Kept{Undo: nav.Undo{Reply: msg.out.Reply, To: msg.out.To, Until: msg.out.UndoUntil}}
	return tea.Batch(nav.Send(kept), s.load(!s.edited))
}

// keepMsg answers the question why a warning is kept.
type keepMsg struct{ rule, why string }

func (s *Screen) askKeep(f cases.TextFinding) tea.Cmd {
	t := s.look.Text
	lead := []string{s.ruleWords(f)}
	if !f.Quote.IsZero() {
		lead = append(lead, "„"+f.Quote.String()+"“")
	}
	return nav.Send(nav.Push{Dialog: dialog.NewForm(s.look, t.Dialog.Keep, lead, []dialog.Field{{
		Label: t.Dialog.KeepHint,
		Read: func(v string) (string, string) {
			if len(v) < 3 {
				return "", t.Dialog.ReasonShort
			}
			return "", ""
		},
	}}, func(v []string) tea.Msg { return keepMsg{f.Rule, v[0]} })})
}

// recipientMsg answers where the letter goes.
type recipientMsg struct{ other bool }

// askRecipient is the key of its own for a recipient that differs from file.
func (s *Screen) askRecipient(tea.KeyPressMsg) tea.Cmd {
	t := s.look.Text.Dialog
	file := s.current().ToAddr
	var opts []dialog.Option
	if file != "" {
		opts = append(opts, dialog.Option{Label: file, Detail: sprintf(t.RecipientOn, s.personName(s.current().To)), Value: false})
	}
	if from := s.sender(); from != "" && from != file {
		opts = append(opts, dialog.Option{Label: from, Detail: sprintf(t.RecipientFrom, s.look.Name(s.rev.Message.Mail.From.Name)), Value: true})
	}
	p := dialog.NewPick(s.look, t.Recipient, opts, "", t.ChooseKeys, func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg {
		other, ok := o.Value.(bool)
		if !ok {
			return nil
		}
		return recipientMsg{other}
	})
	p.Say(t.RecipientAsk, false)
	return nav.Send(nav.Push{Dialog: p})
}
