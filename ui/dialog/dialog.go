// Package dialog holds the small boxes that lie over a screen: a choice, a few
// fields, a question, a text to read. A box ends with nav.Pop, which carries
// its answer to the screen below.
package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/keys"
	"kontor/ui/nav"
)

// base is what every box has.
type base struct {
	look  *nav.Look
	title string
	w, h  int // the room there is
	note  string
	bad   bool
}

func (b *base) Title() string { return b.title }

func (b *base) size(m tea.Msg) bool {
	if s, ok := m.(nav.SizeMsg); ok {
		b.w, b.h = s.W, s.H
		return true
	}
	return false
}

// inner is the width of the box's content.
func (b *base) inner(want int) int { return max(10, min(want, b.w-6)) }

// box frames lines of inner width w, with the keys below.
func (b *base) box(lines []string, w int, hint string) []string {
	th := b.look.Theme
	if b.note != "" {
		st := th.Muted
		if b.bad {
			st = th.Bad
		}
		lines = append(lines, "")
		lines = append(lines, cells.Wrap(plain.Line(b.note), w, st)...)
	}
	if room := b.h - 4; len(lines) > room && room > 0 {
		lines = lines[:room]
	}
	title := cells.Cut(b.title, w-2)
	out := []string{th.Frame.Render("╭─ ") + th.Title.Render(title) + th.Frame.Render(" "+strings.Repeat("─", max(0, w-cells.Width(title)-1))+"╮")}
	side := th.Frame.Render("│")
	row := func(l string) { out = append(out, side+" "+cells.Cell(l, w)+" "+side) }
	for _, l := range lines {
		row(l)
	}
	row(th.Muted.Render(cells.Cut(hint, w)))
	return append(out, th.Frame.Render("╰"+strings.Repeat("─", w+2)+"╯"))
}

// pop closes the box with an answer.
func pop(m tea.Msg) tea.Cmd { return nav.Send(nav.Pop{Msg: m}) }

func (b *base) Init() tea.Cmd     { return nil }
func (b *base) Keys() *keys.Table { return nil }
func (b *base) Typing() bool      { return true } // a box takes all keys

// Ask is a question with yes and no.
type Ask struct {
	base
	lines []string
	hint  string
	yes   tea.Msg
	also  string // a second key for yes
}

// NewAsk asks; yes is the answer's message. also is a further key that says yes.
func NewAsk(look *nav.Look, title string, lines []string, hint, also string, yes tea.Msg) *Ask {
	return &Ask{base: base{look: look, title: title}, lines: lines, hint: hint, yes: yes, also: also}
}

// Update takes enter and esc.
func (a *Ask) Update(m tea.Msg) tea.Cmd {
	if a.size(m) {
		return nil
	}
	if k, ok := m.(tea.KeyPressMsg); ok && !k.IsRepeat {
		switch s := k.String(); {
		case s == "enter" || s == a.also && s != "":
			return pop(a.yes)
		case s == "esc" || s == "n":
			return pop(nil)
		}
	}
	return nil
}

// View draws the box.
func (a *Ask) View() ([]string, *tea.Cursor) {
	w := a.inner(64)
	var out []string
	for _, l := range a.lines {
		out = append(out, cells.Wrap(plain.Clean(l), w, a.look.Theme.Text)...)
	}
	return a.box(out, w, a.hint), nil
}

// Read is a text to read.
type Read struct {
	base
	make func(w int) []string
	pane cells.Pane
	want int
	// On are keys of the box's own: pressed, it closes with their message. Hint
	// names them before the usual ones.
	On   map[string]tea.Msg
	Hint string
}

// NewRead shows lines that make gives for a width.
func NewRead(look *nav.Look, title string, want int, make func(w int) []string) *Read {
	return &Read{base: base{look: look, title: title}, make: make, want: want}
}

// Update scrolls.
func (r *Read) Update(m tea.Msg) tea.Cmd {
	if r.size(m) {
		r.pane.Refill(r.make(r.inner(r.want)))
		r.pane.Resize(min(len(r.pane.Lines), max(1, r.h-6)))
		return nil
	}
	if k, ok := m.(tea.KeyPressMsg); ok {
		if answer, ok := r.On[k.String()]; ok {
			return pop(answer)
		}
		switch k.String() {
		case "esc", "enter", "q", "?", "i", "V":
			return pop(nil)
		case "down", "j":
			r.pane.Scroll(1)
		case "up", "k":
			r.pane.Scroll(-1)
		case "pgdown", "space":
			r.pane.Scroll(r.pane.Height)
		case "pgup":
			r.pane.Scroll(-r.pane.Height)
		case "home", "g":
			r.pane.Scroll(-len(r.pane.Lines))
		case "end", "G":
			r.pane.Scroll(len(r.pane.Lines))
		}
	}
	return nil
}

// View draws the box.
func (r *Read) View() ([]string, *tea.Cursor) {
	w := r.inner(r.want)
	lines := r.pane.View(w)
	if n := r.pane.More(); n > 0 && len(lines) > 0 {
		lines = append(lines, r.look.Theme.Muted.Render(r.look.Text.Review.More.N(n)))
	}
	hint := r.look.Text.Dialog.CloseKeys
	if r.Hint != "" {
		hint = r.Hint + "   " + hint
	}
	return r.box(lines, w, hint), nil
}
