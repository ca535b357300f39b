package review

import (
	"fmt"
	"image"
	"slices"

	"kontor/ui/cells"
)

func sprintf(f string, a ...any) string { return fmt.Sprintf(f, a...) }

// layout is where everything stands. A pane that is not on the screen is empty.
type layout struct {
	wide, tabs                 bool
	mail, facts, letter, panel image.Rectangle
	// beside says that the facts or the effects stand under the mail, so that the
	// letter has the right side for itself.
	factsBeside, panelBeside bool
}

// needs are the lines that panes would like to have; on the left, under the mail,
// lines are narrower.
type needs struct{ facts, letter, panel, factsLeft, panelLeft int }

// arrange divides w × h cells. Line 0 is the head of the item; below 100
// columns line 1 holds the tabs and one of three panes shows. tab is onMail,
// onDraft (effects too) or onCase.
func arrange(w, h int, tab focus, n needs) layout {
	if w < 100 {
		l := layout{tabs: true}
		body := image.Rect(0, 2, w, max(2, h))
		switch tab {
		case onMail:
			l.mail = body
		case onCase:
			l.facts = body
		case onDraft, onEffects:
			l.letter, l.panel = split(body, n.panel, 3, 7)
		}
		return l
	}
	l := layout{wide: true}
	left := leftWidth(w)
	l.mail = image.Rect(0, 1, left, h)
	right := image.Rect(left+1, 1, w, h)
	if n.letter > 0 && min(n.facts, 4)+n.letter+n.panel+3 > right.Dy() && right.Dy() >= besideFrom {
		l.besides(right, n)
		return l
	}
	// The facts give way to the letter: what is approved must be seen whole.
	room := right.Dy()
	want := n.letter + n.panel + 2
	f := min(n.facts+1, max(5, min(room/3, room-want)))
	l.facts = image.Rect(right.Min.X, right.Min.Y, right.Max.X, right.Min.Y+f)
	rest := image.Rect(right.Min.X, right.Min.Y+f, right.Max.X, right.Max.Y)
	l.letter, l.panel = split(rest, n.panel, 3, max(6, rest.Dy()/3))
	return l
}

// besideFrom is the height from which two more panes fit under the mail.
const besideFrom = 30

// besides gives the letter the right side, with the facts above it where both
// have room; what it leaves stands under the mail. The mail keeps a third.
func (l *layout) besides(right image.Rectangle, n needs) {
	l.panelBeside = true
	top := 0
	if n.facts+n.letter+2 <= right.Dy() {
		top = n.facts + 1
		l.facts = image.Rect(right.Min.X, right.Min.Y, right.Max.X, right.Min.Y+top)
	}
	l.letter = image.Rect(right.Min.X, right.Min.Y+top, right.Max.X, right.Max.Y)
	room := l.mail.Dy() - max(8, l.mail.Dy()/3)
	panel := min(n.panelLeft+1, room)
	facts := 0
	if l.facts.Empty() {
		l.factsBeside = true
		facts = min(n.factsLeft+1, max(4, room-panel))
		panel = min(panel, room-facts)
	}
	y := l.mail.Max.Y - panel
	l.panel = image.Rect(l.mail.Min.X, y, l.mail.Max.X, l.mail.Max.Y)
	if l.factsBeside {
		l.facts = image.Rect(l.mail.Min.X, y-facts, l.mail.Max.X, y)
	}
	l.mail.Max.Y = y - facts
}

// leftWidth is the width of the mail where it stands beside the draft.
func leftWidth(w int) int { return min(max(42, w*7/20), 92) }

// split takes the panel's lines, one of them its rule, from the lower end.
func split(r image.Rectangle, want, atLeast, atMost int) (upper, lower image.Rectangle) {
	p := min(max(want+1, atLeast), atMost, max(0, r.Dy()-3))
	upper, lower = r, r
	upper.Max.Y -= p
	lower.Min.Y = upper.Max.Y
	return upper, lower
}

// relayout wraps everything for the size and notes what is on the screen.
func (s *Screen) relayout() {
	if s.w <= 0 || s.h <= 0 || s.rev == nil {
		return
	}
	rw := s.w - 2
	n := needs{}
	lw := leftWidth(s.w) - 2
	if s.wide() {
		rw = s.w - leftWidth(s.w) - 3
		n.factsLeft, n.panelLeft = len(s.factLines(lw)), len(s.panelLines(lw))
	}
	facts, letter, panel := s.factLines(rw), s.letterLines(rw), s.panelLines(rw)
	n.facts, n.letter, n.panel = len(facts), len(letter), len(panel)
	s.lay = arrange(s.w, s.h, s.focus, n)
	if s.lay.factsBeside {
		facts = s.factLines(lw)
	}
	if s.lay.panelBeside {
		panel = s.panelLines(lw)
	}
	l, ruled := s.lay, boolInt(s.lay.wide)
	if head := len(s.addressLines(rw)); len(letter) == l.letter.Dy()-ruled+1 && head > 0 && head < len(letter) {
		letter = slices.Delete(letter, head, head+1) // the empty line under the address, which alone would not fit
	}
	if !l.mail.Empty() {
		s.mail.Refill(s.mailLines(l.mail.Dx() - 2))
		s.mail.Resize(l.mail.Dy() - ruled)
	}
	s.facts.Refill(facts)
	s.facts.Resize(l.facts.Dy() - ruled)
	s.letter.Refill(letter)
	s.letter.Resize(l.letter.Dy() - ruled)
	s.panel.Refill(panel)
	s.panel.Resize(l.panel.Dy() - 1)
	if s.editing {
		s.area.SetWidth(max(20, l.letter.Dx()-2))
		s.area.SetHeight(max(3, s.letter.Height-s.headRoom(len(s.addressLines(l.letter.Dx()-2)))))
	}
	s.seen()
}

// seen notes that what stands on the screen now has been on it.
func (s *Screen) seen() {
	if !s.lay.letter.Empty() && !s.editing {
		s.letter.Look()
	}
	if !s.lay.panel.Empty() {
		s.panel.Look()
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func rule(s *Screen, caption string, w int, focused bool) string {
	th := s.look.Theme
	st := th.Muted
	mark := " "
	if focused {
		st, mark = th.Title, "▸"
	}
	return th.Title.Render(mark) + cells.Rule(th, st.Render(caption), w-1)
}
