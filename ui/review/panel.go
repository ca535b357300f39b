package review

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/cases/priority"
	"kontor/ui/cells"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// entry is one line of the effects that can be ticked.
type entry struct {
	other  int // index into rev.Others, or -1
	effect int // index into effects, or -1
	file   int // index into the draft's files, or -1
	unfold bool
	line   int // where it stands in the panel
}

// othersShown is how many further mails stand there before the rest is folded. A
// ticked one is never folded: approving answers it.
const othersShown = 3

// panelLines lists what approving does: which mails it answers too, which
// effects it has, and what the check found.
func (s *Screen) panelLines(w int) []string {
	t, th := s.look.Text, s.look.Theme
	s.entries = s.entries[:0]
	out := s.findingLines(w, true)
	tick := func(on bool, words string, style int) {
		i := len(s.entries) - 1
		s.entries[i].line = len(out)
		box, st := "[ ] ", th.Muted
		if on {
			box, st = "[x] ", th.Text
		}
		if style == 1 && on {
			st = th.Strong
		}
		cur := "  "
		if i == s.cursor && s.rev != nil {
			cur = th.Title.Render("› ")
			if s.focus == onEffects {
				st = th.Strong
			}
		}
		lines := cells.Wrap(plain.Line(words), w-6, st)
		out = append(out, s.hang(cur+st.Render(box), lines)...)
	}
	hidden := 0
	for i, o := range s.rev.Others {
		on := slices.Contains(s.also, o.ID)
		if !on && i >= othersShown && !s.allOthers && len(s.rev.Others) > othersShown+1 {
			hidden++
			continue
		}
		s.entries = append(s.entries, entry{other: i, effect: -1, file: -1})
		words := "… " + s.look.When(o.Received) + " " + s.maskText(o.Subject).String()
		if i == 0 {
			words = t.Review.AnswersToo + ": " + strings.TrimPrefix(words, "… ")
		}
		if !o.Start.IsZero() {
			words += " – " + firstLine(s.maskText(o.Start).String())
		}
		tick(on, cells.Cut(cells.Line(words), w-6), 1) // one line each: there may be dozens
	}
	if hidden > 0 {
		s.entries = append(s.entries, entry{other: -1, effect: -1, file: -1, unfold: true})
		tick(false, sprintf(t.Review.OthersMore, hidden), 0)
	}
	for i := range s.effects {
		s.entries = append(s.entries, entry{other: -1, effect: i, file: -1})
		e := s.effects[i]
		words := t.Effect(e.Effect, s.personName)
		if !e.Ticked && e.Why != "" && e.Why != "template" {
			if w := t.WhyEffect(e.Why); w != "" {
				words += " (" + w + ")"
			}
		}
		tick(e.Ticked, s.maskText(plain.Line(words)).String(), 0)
	}
	for i, f := range s.files() {
		s.entries = append(s.entries, entry{other: -1, effect: -1, file: i})
		tick(f.Ticked, sprintf(t.Review.File, cells.Line(f.Name.String()), bytesOf(f.Size)), 0)
	}
	if s.cursor >= len(s.entries) {
		s.cursor = max(0, len(s.entries)-1)
	}
	if len(s.entries) == 0 && s.current() != nil {
		out = append(out, th.Muted.Render("  "+t.Review.NoEffects))
	}
	return append(out, s.findingLines(w, false)...)
}

// findingLines is what the check found: what blocks, or what warns.
func (s *Screen) findingLines(w int, blocking bool) []string {
	t, th := s.look.Text, s.look.Theme
	var out []string
	for _, f := range s.findings {
		if f.Blocking() != blocking {
			continue
		}
		st, sign := th.Warn, "? "
		if f.Blocking() {
			st, sign = th.Bad, "! "
		}
		words := text.Code(t.Words.Severity, f.Severity) + ": " + s.ruleWords(f)
		if !f.Quote.IsZero() {
			words += " „" + s.maskText(f.Quote).String() + "“"
		}
		if k := s.kept[f.Rule]; k != "" {
			words += " ✓ " + k
			st = th.Muted
		}
		out = append(out, s.hang("  "+st.Render(sign), cells.Wrap(plain.Line(words), w-4, st))...)
	}
	return out
}

// ruleWords says what a finding asks for, and by which law or rule of the house;
// the rule's name, a code, stays with the record.
func (s *Screen) ruleWords(f cases.TextFinding) string {
	words := cells.Line(s.look.Text.Mend(f.Rule, f.Mend))
	if f.Source != "" && words != "" {
		return words + " (" + cells.Line(f.Source) + ")"
	}
	return words + cells.Line(f.Source)
}

// move moves the cursor among the effects.
func (s *Screen) move(n int) {
	s.cursor = max(0, min(s.cursor+n, len(s.entries)-1))
	s.relayout()
	if len(s.entries) > 0 {
		s.panel.Show(s.entries[s.cursor].line)
		s.seen()
	}
}

// toggle ticks or unticks what the cursor stands on.
func (s *Screen) toggle(tea.KeyPressMsg) tea.Cmd {
	s.focus = onEffects
	e := s.entries[s.cursor]
	if e.unfold {
		s.allOthers = true
		s.panel.Forget()
		s.relayout()
		s.panel.Show(s.entries[s.cursor].line)
		s.seen()
		return nil
	}
	if e.other >= 0 {
		id := s.rev.Others[e.other].ID
		if i := slices.Index(s.also, id); i >= 0 {
			s.also = slices.Delete(slices.Clone(s.also), i, i+1)
		} else {
			s.also = append(slices.Clone(s.also), id)
		}
		s.panel.Forget()
		s.relayout()
		return s.load(!s.answerTyped())
	}
	if e.file >= 0 {
		f := s.files()[e.file]
		s.ticked[fileKey(f)] = !f.Ticked
		s.tickFiles()
		s.panel.Forget()
		s.relayout()
		s.panel.Show(e.line)
		s.seen()
		return s.check()
	}
	s.effects = slices.Clone(s.effects)
	s.effects[e.effect].Ticked = !s.effects[e.effect].Ticked
	s.panel.Forget()
	s.relayout()
	s.panel.Show(e.line)
	s.seen()
	return s.check()
}

// files are what may go with the letter.
func (s *Screen) files() []cases.DraftFile {
	if d := s.current(); d != nil {
		return d.Attach
	}
	return nil
}

func fileKey(f cases.DraftFile) string { return string(f.Kind) + " " + f.Document }

// tickFiles lays what the hands have set over the drafts' files, in copies: the
// review itself is the desk's.
func (s *Screen) tickFiles() {
	if s.rev == nil || len(s.ticked) == 0 {
		return
	}
	rev := *s.rev
	rev.Drafts = slices.Clone(rev.Drafts)
	for i := range rev.Drafts {
		files := slices.Clone(rev.Drafts[i].Attach)
		for k := range files {
			if on, set := s.ticked[fileKey(files[k])]; set {
				files[k].Ticked = on
			}
		}
		rev.Drafts[i].Attach = files
	}
	s.rev = &rev
}

func (s *Screen) offToggle() string {
	switch {
	case s.rev == nil || len(s.entries) == 0:
		return s.look.Text.Review.NoEffects
	case s.lay.panel.Empty():
		return s.look.Text.Review.NotOnScreen
	}
	return ""
}

// change makes one change of the case without a reply.
func (s *Screen) change(say string, effects ...cases.Effect) tea.Cmd {
	if s.rev == nil || s.rev.Case == nil {
		return nav.Tell(nav.Careful, s.look.Text.Review.NoCaseYet)
	}
	d, id := s.desk, s.rev.Case.ID
	return s.do(doneMsg{say: say, reload: true}, func(ctx context.Context) error { return d.Change(ctx, id, effects, nil) })
}

// replace applies effects that set a next step. On a follow-up they take the
// place of what is due: the item is done, and the next one opens.
func (s *Screen) replace(say string, effects ...cases.Effect) tea.Cmd {
	if s.rev == nil || s.rev.Case == nil || s.item.Kind != priority.ItemFollowUp {
		return s.change(say, effects...)
	}
	d, id, done := s.desk, s.rev.Case.ID, s.due()
	return s.do(doneMsg{say: say, decided: len(done) > 0, reload: len(done) == 0}, func(ctx context.Context) error { return d.Change(ctx, id, effects, done) })
}
