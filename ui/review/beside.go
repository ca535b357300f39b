package review

import (
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/ui/nav"
)

// page is what the hands have made of a draft while another one is on the screen.
type page struct {
	subject, text string
	edited        bool
	effects, base []cases.DraftEffect
	kept          map[string]string
}

// beside reports whether a letter to somebody else than who is answered is on
// the screen: one that goes with the answer and is approved on its own.
func (s *Screen) beside() bool { return s.draft > 0 }

// openBeside returns the first letter beside that nobody has decided on, or 0.
func (s *Screen) openBeside() int {
	for i := 1; s.rev != nil && i < len(s.rev.Drafts); i++ {
		if !s.dropped[s.rev.Drafts[i].Template.ID] {
			return i
		}
	}
	return 0
}

// besideID names the letter beside that is on the screen; "" for the answer.
func (s *Screen) besideID() string {
	if !s.beside() || s.current() == nil {
		return ""
	}
	return s.current().Template.ID
}

// putAway keeps what is on the screen for when its draft comes back.
func (s *Screen) putAway() {
	d := s.current()
	if d == nil {
		return
	}
	if s.pages == nil {
		s.pages = map[string]page{}
	}
	s.pages[d.Template.ID] = page{s.subject, s.text, s.edited, s.effects, s.base, s.kept}
}

// put lays draft i of the review on the screen, as the hands left it.
func (s *Screen) put(i int) {
	s.draft = i
	d := s.current()
	if d == nil {
		return
	}
	p, was := s.pages[d.Template.ID]
	if !was {
		p = page{subject: d.Subject, text: d.Text}
	}
	delete(s.pages, d.Template.ID)
	if !p.edited {
		p.subject, p.text = d.Subject, d.Text
	}
	s.subject, s.text, s.edited, s.effects, s.base, s.kept = p.subject, p.text, p.edited, p.effects, p.base, p.kept
	if s.kept == nil {
		s.kept = map[string]string{}
	}
	s.findings = d.Findings
	s.refreshEffects()
	s.cursor = 0
	s.letter.Top, s.panel.Top = 0, 0
	s.letter.Forget()
	s.panel.Forget()
}

// toAnswer brings the answer back, for what is chosen now is about it.
func (s *Screen) toAnswer() {
	if s.beside() {
		s.putAway()
		s.put(0)
	}
}

// turnTo changes to another draft of the item.
func (s *Screen) turnTo(i int) tea.Cmd {
	if i == s.draft || s.rev == nil || i >= len(s.rev.Drafts) {
		return nil
	}
	save := s.save()
	s.putAway()
	s.put(i)
	s.focus = onDraft
	s.relayout()
	if s.edited {
		return tea.Batch(save, s.check())
	}
	return save
}

// otherDraft is the key that turns to the next draft.
func (s *Screen) otherDraft(tea.KeyPressMsg) tea.Cmd {
	n := len(s.rev.Drafts)
	if n < 2 {
		return nil
	}
	return s.turnTo((max(s.draft, 0) + 1) % n)
}

func (s *Screen) offOther() string {
	switch {
	case s.rev == nil:
		return s.look.Text.Bar.Loading
	case len(s.rev.Drafts) < 2:
		return s.look.Text.Review.OneDraft
	}
	return ""
}

// dropBeside says that a letter beside is not to go, or that it is after all.
func (s *Screen) dropBeside() tea.Cmd {
	t, d := s.look.Text.Review, s.current()
	id := d.Template.ID
	if s.dropped == nil {
		s.dropped = map[string]bool{}
	}
	say := sprintf(t.BesideGone, s.titleOf(id))
	if s.dropped[id] {
		delete(s.dropped, id)
		say = sprintf(t.BesideBack, s.titleOf(id))
	} else {
		s.dropped[id] = true
	}
	s.dirty = true
	cmd := s.turnTo(0)
	if cmd == nil {
		cmd = s.save()
	}
	return tea.Batch(cmd, s.check(), nav.Tell(nav.Plain, say))
}

// withoutDropped unticks what the answer says of a letter that is not to go: that
// the creditor was asked is not on record because a draft said so. Who asks in
// another way ticks it again.
func (s *Screen) withoutDropped(list []cases.DraftEffect) []cases.DraftEffect {
	if s.draft != 0 {
		return list
	}
	out := slices.Clone(list)
	for i, d := range s.rev.Drafts {
		if i == 0 || !s.dropped[d.Template.ID] {
			continue
		}
		for k := range out {
			if out[k].Kind == cases.InquireCreditor && slices.ContainsFunc(d.Effects, func(e cases.DraftEffect) bool { return e.Kind == cases.InquireCreditor }) {
				out[k].Ticked = false
			}
		}
	}
	return out
}

// typedNow is all that was typed or chosen on the drafts of the item.
func (s *Screen) typedNow() desk.Typed {
	out := desk.Typed{At: s.look.Now()}
	s.putAway()
	for i, d := range s.rev.Drafts {
		p := s.pages[d.Template.ID]
		switch {
		case i == 0 && p.edited:
			out.Template, out.Lang, out.Subject, out.Text = s.template, s.lang, p.subject, p.text
		case i == 0 && s.choice:
			out.Template, out.Lang = s.template, s.lang
		case i > 0 && (p.edited || s.dropped[d.Template.ID]):
			b := desk.TypedBeside{Template: d.Template.ID, Dropped: s.dropped[d.Template.ID]}
			if p.edited {
				b.Subject, b.Text = p.subject, p.text
			}
			out.Beside = append(out.Beside, b)
		}
	}
	if len(s.rev.Drafts) == 0 && s.choice { // chosen where nothing was drafted
		out.Template, out.Lang = s.template, s.lang
	}
	if d := s.current(); d != nil {
		delete(s.pages, d.Template.ID)
	}
	return out
}

// takeTyped lays what was typed before on the letters beside.
func (s *Screen) takeTyped(list []desk.TypedBeside) (texts bool) {
	for _, b := range list {
		for i, d := range s.rev.Drafts {
			if i == 0 || d.Template.ID != b.Template {
				continue
			}
			if b.Dropped {
				if s.dropped == nil {
					s.dropped = map[string]bool{}
				}
				s.dropped[b.Template] = true
			}
			if b.Text != "" {
				if s.pages == nil {
					s.pages = map[string]page{}
				}
				s.pages[b.Template] = page{subject: b.Subject, text: b.Text, edited: true}
				texts = true
			}
		}
	}
	return texts
}

// typedAny reports whether a draft of the item was edited.
func (s *Screen) typedAny() bool {
	if s.edited {
		return true
	}
	for p := range maps.Values(s.pages) {
		if p.edited {
			return true
		}
	}
	return false
}

// answerTyped reports whether the answer itself was edited.
func (s *Screen) answerTyped() bool {
	if s.beside() {
		return s.pages[s.rev.Drafts[0].Template.ID].edited
	}
	return s.edited
}

// besideLines says which letters go with the answer, and what became of them.
func (s *Screen) besideLines(w int) []string {
	t, th := s.look.Text.Review, s.look.Theme
	if s.rev == nil || s.current() == nil {
		return nil
	}
	if s.beside() {
		words := sprintf(t.BesideOf, s.titleOf(s.rev.Drafts[0].Template.ID))
		if s.dropped[s.besideID()] {
			words += " · " + t.BesideDropped
		}
		return s.pairIn(t.Beside, plain.Line(words), w, th.Muted)
	}
	var out []string
	label := t.Beside
	add := func(words string, open bool) {
		st := th.Muted
		if open {
			st = th.Warn
		}
		out = append(out, s.pairIn(label, plain.Line(words), w, st)...)
		label = ""
	}
	for _, b := range s.rev.Beside {
		add("✓ "+sprintf(t.BesideSent, s.titleOf(b.Template.ID)), false)
	}
	for i, d := range s.rev.Drafts {
		switch {
		case i == 0:
		case s.dropped[d.Template.ID]:
			add("– "+s.titleOf(d.Template.ID)+" · "+t.BesideDropped, false)
		default:
			add("+ "+sprintf(t.BesideOpen, s.titleOf(d.Template.ID)), true)
		}
	}
	return out
}
