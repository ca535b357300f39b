package review

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/text"
)

// View draws exactly the pane's cells.
func (s *Screen) View() ([]string, *tea.Cursor) {
	if s.w <= 0 || s.h <= 0 {
		return nil, nil
	}
	t, th := s.look.Text, s.look.Theme
	if s.rev == nil {
		words := t.Bar.Loading
		if s.err != nil {
			words = t.Error(s.err).String()
		}
		return cells.Fit(append([]string{""}, cells.Wrap(plain.Line(" "+words), s.w-2, th.Muted)...), s.w, s.h), nil
	}
	out := cells.Fit([]string{s.headLine(s.w)}, s.w, s.h)
	if s.lay.wide {
		return s.viewWide(out)
	}
	return s.viewTabs(out)
}

func (s *Screen) viewTabs(out []string) ([]string, *tea.Cursor) {
	out[1] = s.tabLine(s.w)
	var cur *tea.Cursor
	put := func(y int, lines []string) {
		for i, l := range lines {
			if y+i < len(out) {
				out[y+i] = cells.Cell(" "+l, s.w)
			}
		}
	}
	switch {
	case !s.lay.mail.Empty():
		put(s.lay.mail.Min.Y, s.more(s.mail.View(s.w-2), s.mail.More(), s.w-2))
	case !s.lay.facts.Empty():
		put(s.lay.facts.Min.Y, s.facts.View(s.w-2))
	default:
		lines, c := s.letterView(s.w - 2)
		put(s.lay.letter.Min.Y, lines)
		if c != nil {
			c.X++
			c.Y += s.lay.letter.Min.Y
			cur = c
		}
		y := s.lay.panel.Min.Y
		if y < len(out) {
			out[y] = rule(s, s.panelTitle(), s.w, s.focus == onEffects)
		}
		put(y+1, s.more(s.panel.View(s.w-2), s.panel.More(), s.w-2))
	}
	return out, cur
}

func (s *Screen) viewWide(out []string) ([]string, *tea.Cursor) {
	th, l := s.look.Theme, s.lay
	t := s.look.Text.Review
	lw, rw := l.mail.Dx(), l.letter.Dx()
	pane := func(title string, focused bool, body []string, w int) []string {
		lines := []string{rule(s, title, w, focused)}
		for _, b := range body {
			lines = append(lines, cells.Cell(" "+b, w))
		}
		return lines
	}
	mailTitle := t.Mail
	if s.mailed() && s.whole {
		mailTitle += " (" + t.Whole + ")"
	}
	left := pane(mailTitle, s.focus == onMail, s.more(s.mail.View(lw-2), s.mail.More(), lw-2), lw)
	letter, cur := s.letterView(rw - 2)
	facts := func(w int) []string {
		return pane(t.Facts, s.focus == onCase, s.more(s.facts.View(w-2), s.facts.More(), w-2), w)
	}
	panel := func(w int) []string {
		return pane(s.panelTitle(), s.focus == onEffects, s.more(s.panel.View(w-2), s.panel.More(), w-2), w)
	}
	var right []string
	if l.factsBeside {
		left = append(left, facts(lw)...)
	} else {
		right = facts(rw)
	}
	right = append(right, pane(s.draftTitle(), s.focus == onDraft, letter, rw)...)
	if l.panelBeside {
		left = append(left, panel(lw)...)
	} else {
		right = append(right, panel(rw)...)
	}
	bar := th.Faint.Render("│")
	for i := 0; i+1 < len(out); i++ {
		a, b := cells.Space(lw), cells.Space(rw)
		if i < len(left) {
			a = left[i]
		}
		if i < len(right) {
			b = right[i]
		}
		out[i+1] = a + bar + b
	}
	if cur != nil {
		cur.X += l.letter.Min.X + 1
		cur.Y += l.letter.Min.Y + 1
	}
	return out, cur
}

// more says in the last line of a pane how much stands below it.
func (s *Screen) more(lines []string, n, w int) []string {
	if n <= 0 || len(lines) == 0 {
		return lines
	}
	th := s.look.Theme
	tag := " " + s.look.Text.Review.More.N(n)
	last := len(lines) - 1
	lines[last] = cells.Cell(lines[last], w-cells.Width(tag)) + th.Accent.Render(tag)
	return lines
}

func (s *Screen) letterView(w int) ([]string, *tea.Cursor) {
	if s.editing {
		head := s.addressLines(w)
		lines := append(head[:s.headRoom(len(head))], strings.Split(s.area.View(), "\n")...)
		cur := s.area.Cursor()
		if cur != nil {
			cur.Y += s.headRoom(len(head))
		}
		return cells.Fit(lines, w, s.letter.Height), cur
	}
	return s.more(s.letter.View(w), s.letter.More(), w), nil
}

func (s *Screen) tabLine(w int) string {
	th, t := s.look.Theme, s.look.Text.Review
	at := 0
	switch s.focus {
	case onDraft, onEffects:
		at = 1
	case onCase:
		at = 2
	case onMail:
	}
	var b strings.Builder
	for i, name := range t.Tabs {
		if i == at {
			b.WriteString(th.Tab.Render("▌" + name + "▐"))
		} else {
			b.WriteString(th.Muted.Render(" " + name + " "))
		}
		if i < len(t.Tabs)-1 {
			b.WriteString(th.Faint.Render("│"))
		}
	}
	right := ""
	if at == 1 {
		right = s.draftState()
	} else if s.rev.CoveredUntil != 0 {
		right = sprintf(t.StatementTo, s.look.Text.Day(s.rev.CoveredUntil))
	}
	left := " " + b.String()
	right = cells.Cut(right, w-cells.Width(left)-3)
	return cells.Ends(left, th.Muted.Render(right)+" ", w)
}

// draftTitle names the template and what happened to the text.
func (s *Screen) draftTitle() string { return cells.Join(s.look.Text.Review.Draft, s.draftState()) }

func (s *Screen) draftState() string {
	d := s.current()
	if d == nil {
		return ""
	}
	t := s.look.Text.Review
	var parts []string
	switch {
	case s.saveErr != nil:
		parts = append(parts, "! "+t.Unsaved)
	case s.dirty || s.saveTimer:
		parts = append(parts, t.Edited, t.Saving)
	case s.edited:
		parts = append(parts, t.Edited, t.Saved)
	}
	if n := len(s.rev.Drafts); n > 1 {
		parts = append(parts, sprintf("%d/%d", s.draft+1, n))
	}
	parts = append(parts, cells.Cut(s.titleOf(d.Template.ID), 34), text.Code(s.look.Text.Words.Language, cells.Line(d.Template.Lang)))
	return cells.Join(parts...)
}

// titleOf names a template as people know it.
func (s *Screen) titleOf(id string) string {
	for _, i := range s.rev.Templates {
		if i.ID == id && i.Title != "" {
			return cells.Line(i.Title)
		}
	}
	return cells.Line(id)
}

func (s *Screen) panelTitle() string {
	t := s.look.Text.Review
	out := t.Effects
	if n := len(s.also); n > 0 {
		out = cells.Join(out, t.AlsoAnswers.N(n))
	}
	bad := 0
	for _, f := range s.findings {
		if f.Blocking() {
			bad++
		}
	}
	if bad > 0 {
		out = cells.Join(out, sprintf("! %s: %d", t.Findings, bad))
	}
	return out
}
