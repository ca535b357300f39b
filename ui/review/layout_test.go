package review

import (
	"image"
	"testing"
)

// A letter that does not fit beside facts and effects gets the right side whole;
// what it leaves stands under the mail, and nothing covers anything.
func TestArrangeGivesTheLetterRoom(t *testing.T) {
	const w, h = 120, 37
	for _, c := range []struct {
		name                 string
		n                    needs
		factsLeft, panelLeft bool
	}{
		{"short letter", needs{facts: 4, letter: 18, panel: 6, factsLeft: 6, panelLeft: 9}, false, false},
		{"long letter, facts above it", needs{facts: 4, letter: 29, panel: 6, factsLeft: 6, panelLeft: 9}, false, true},
		{"letter as high as the side", needs{facts: 4, letter: 35, panel: 6, factsLeft: 6, panelLeft: 9}, true, true},
		{"letter beyond it", needs{facts: 4, letter: 90, panel: 30, factsLeft: 6, panelLeft: 40}, true, true},
	} {
		l := arrange(w, h, onDraft, c.n)
		if l.factsBeside != c.factsLeft || l.panelBeside != c.panelLeft {
			t.Errorf("%s: facts beside %v, effects beside %v", c.name, l.factsBeside, l.panelBeside)
		}
		whole := image.Rect(0, 1, w, h)
		area := 0
		panes := []image.Rectangle{l.mail, l.facts, l.letter, l.panel}
		for i, a := range panes {
			if a.Empty() || !a.In(whole) {
				t.Errorf("%s: pane %d is %v", c.name, i, a)
			}
			area += a.Dx() * a.Dy()
			for _, b := range panes[i+1:] {
				if a.Overlaps(b) {
					t.Errorf("%s: %v and %v overlap", c.name, a, b)
				}
			}
		}
		if area != (w-1)*(h-1) { // all but the bar between the sides
			t.Errorf("%s: panes fill %d cells of %d", c.name, area, (w-1)*(h-1))
		}
		if c.n.letter < h && l.letter.Dy()-1 < c.n.letter {
			t.Errorf("%s: %d lines for a letter of %d", c.name, l.letter.Dy()-1, c.n.letter)
		}
		if l.mail.Dy() < 8 {
			t.Errorf("%s: %d lines for the mail", c.name, l.mail.Dy())
		}
	}
}
