// Package paycode shows a GiroCode on the whole terminal, dark on light whatever
// the theme, so that a debtor who sits beside the caseworker, or a phone held to
// the screen, can pay at once.
package paycode

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/keys"
	"kontor/ui/nav"
)

// Make gives the code of an instalment, or of all that is open (0).
type Make func(instalment int) (nav.PayCode, error)

// Desk is what the screen asks of the desk.
type Desk interface {
	Exported(ctx context.Context, e cases.DataExported) error
}

const (
	timeout = 10 * time.Second
	// light around the code: EPC069-12 wants four modules; cameras read two.
	mostLight, leastLight = 4, 2
	words                 = 24 // cells for the words beside it, at least
)

// Screen is one code.
type Screen struct {
	look  *nav.Look
	desk  Desk
	out   *nav.Outside
	id    cases.CaseID
	name  string // for the file
	make  Make
	rates []int // instalments that are open; 0 first
	at    int
	code  nav.PayCode
	err   error
	note  string
	table *keys.Table
	w, h  int
}

var _ nav.Whole = (*Screen)(nil)

// New shows the code of all that is open; rates are the instalments that one may
// turn to.
func New(look *nav.Look, d Desk, out *nav.Outside, id cases.CaseID, reference string, rates []int, mk Make) *Screen {
	s := &Screen{look: look, desk: d, out: out, id: id, name: reference, make: mk, rates: append([]int{0}, rates...)}
	s.table = s.actions()
	s.turn(0)
	return s
}

// Whole says that the screen takes the whole terminal: a code needs all lines
// that a small one has.
func (s *Screen) Whole() {}

// Init has nothing to load.
func (s *Screen) Init() tea.Cmd { return nil }

// Keys gives the actions.
func (s *Screen) Keys() *keys.Table { return s.table }

// Typing is never so here.
func (s *Screen) Typing() bool { return false }

func (s *Screen) actions() *keys.Table {
	t := s.look.Text.Paper
	turn := func(n int) func(tea.KeyPressMsg) tea.Cmd {
		return func(tea.KeyPressMsg) tea.Cmd { s.turn(n); return nil }
	}
	one := func() string {
		if len(s.rates) < 2 {
			return t.NoPlan
		}
		return ""
	}
	return keys.Must(s.look.Bound,
		&keys.Action{ID: "amount_next", Keys: []string{"right", "l", "tab"}, Long: t.Other, Group: keys.Move, Do: turn(1), Why: one},
		&keys.Action{ID: "amount_prev", Keys: []string{"left", "h", "shift+tab"}, Long: t.Other, Group: keys.Move, Do: turn(-1), Why: one},
		&keys.Action{ID: "save_code", Keys: []string{"s"}, Long: t.SavePNG, Do: func(tea.KeyPressMsg) tea.Cmd { return s.askSave() }, Why: func() string {
			switch {
			case s.err != nil:
				return s.look.Text.Error(s.err).String()
			case s.out == nil || s.out.Save == nil:
				return t.NoFolder
			}
			return ""
		}},
	)
}

func (s *Screen) turn(n int) {
	s.at = (s.at + n + len(s.rates)) % len(s.rates)
	s.code, s.err = s.make(s.rates[s.at])
	s.note = ""
}

// savedMsg says where the picture lies.
type savedMsg struct {
	to   *Screen
	path string
}

// askSave writes the code as PNG where it is told to; that it left is on record.
func (s *Screen) askSave() tea.Cmd {
	t, d, save, code := s.look.Text, s.desk, s.out.Save, s.code
	name := s.name + " GiroCode.png"
	if n := s.rates[s.at]; n > 0 {
		name = fmt.Sprintf("%s GiroCode %d.png", s.name, n)
	}
	e := cases.DataExported{What: "girocode", Format: "png", Cases: 1, Items: 1, Case: s.id}
	f := dialog.NewForm(s.look, t.Paper.SavePNG, []string{t.Dialog.SaveLead}, []dialog.Field{{Label: t.Dialog.SaveDir, Value: s.out.SaveDir, Read: func(v string) (string, string) {
		if v == "" {
			return "", t.Dialog.SaveDirBad
		}
		return "", ""
	}}}, nil)
	f.Try = func(v []string) tea.Cmd {
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), timeout)
			defer cancel()
			path, err := save(v[0], name, code.PNG)
			if err == nil {
				err = d.Exported(ctx, e)
			}
			if err != nil {
				return dialog.Tried{Problem: t.Error(err).String()}
			}
			return dialog.Tried{Msg: savedMsg{s, path}}
		}
	}
	return nav.Send(nav.Push{Dialog: f})
}

// Update takes messages.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case nav.SizeMsg:
		s.w, s.h = m.W, m.H
	case nav.LookMsg:
		s.table = s.actions()
	case savedMsg:
		if m.to == s {
			s.note = fmt.Sprintf(s.look.Text.Paper.Saved, cells.Line(m.path))
		}
	}
	return nil
}

// View draws the code, and beside it what it pays and what the keys do.
func (s *Screen) View() ([]string, *tea.Cursor) {
	if s.w <= 0 || s.h <= 0 {
		return nil, nil
	}
	t, th := s.look.Text, s.look.Theme
	if s.err != nil {
		return cells.Fit(append([]string{""}, indent(cells.Wrap(plain.Line(t.Error(s.err).String()), s.w-4, th.Bad))...), s.w, s.h), nil
	}
	if s.look.Masked { // a code tells all that masking hides
		return cells.Fit(append([]string{""}, indent(cells.Wrap(plain.Line(t.Review.MaskedOff), s.w-4, th.Muted))...), s.w, s.h), nil
	}
	light := min(mostLight, (2*s.h-s.code.Size)/2)
	if light < leastLight || s.w < s.code.Size+2*light+words {
		need := fmt.Sprintf(t.Paper.CodeSmall, (s.code.Size+2*leastLight+1)/2, s.code.Size+2*leastLight+words)
		return cells.Fit(append([]string{""}, indent(cells.Wrap(plain.Line(need), s.w-4, th.Warn))...), s.w, s.h), nil
	}
	code := draw(s.code, light, s.h)
	beside := s.words(s.w - s.code.Size - 2*light - 2)
	out := make([]string, s.h)
	for i := range out {
		left, right := cells.Space(s.code.Size+2*light), ""
		if i < len(code) {
			left = code[i]
		}
		if i < len(beside) {
			right = beside[i]
		}
		out[i] = left + "  " + right
	}
	return cells.Fit(out, s.w, s.h), nil
}

// words stand beside the code.
func (s *Screen) words(w int) []string {
	t, th := s.look.Text, s.look.Theme
	p := t.Paper
	what := p.Amount
	if n := s.rates[s.at]; n > 0 {
		what = fmt.Sprintf(p.Instalment, n)
	}
	out := []string{"", th.Strong.Render(cells.Cut(s.look.Sum(s.code.Amount), w)), th.Muted.Render(cells.Cut(what, w)), ""}
	add := func(label, value string) {
		out = append(out, th.Muted.Render(cells.Cut(label, w)))
		out = append(out, cells.Wrap(plain.Line(value), w, th.Text)...)
	}
	add(p.To, s.code.To)
	add(p.IBAN, s.code.IBAN)
	add(p.Reference, s.code.RF)
	out = append(out, "")
	out = append(out, cells.Wrap(plain.Line(p.CodeLead), w, th.Muted)...)
	out = append(out, "")
	key := func(k, words string) {
		out = append(out, th.Accent.Render(k)+th.Muted.Render(cells.Cut(" "+words, max(0, w-cells.Width(k)))))
	}
	if len(s.rates) > 1 {
		key("← →", p.Other)
	}
	if s.out != nil && s.out.Save != nil {
		key("s", p.SavePNG)
	}
	key("esc", p.Close)
	if s.note != "" {
		out = append(append(out, ""), cells.Wrap(plain.Line(s.note), w, th.Good)...)
	}
	return out
}

// draw sets two modules above each other into one cell, black on white. No theme
// decides these colours: a camera has to read them.
func draw(c nav.PayCode, light, h int) []string {
	n := c.Size + 2*light
	var out []string
	for y := 0; y < n && len(out) < h; y += 2 {
		var b strings.Builder
		b.WriteString("\x1b[38;5;16;48;5;231m")
		for x := range n {
			switch top, low := c.Dark(x-light, y-light), c.Dark(x-light, y+1-light); {
			case top && low:
				b.WriteRune('█')
			case top:
				b.WriteRune('▀')
			case low:
				b.WriteRune('▄')
			default:
				b.WriteByte(' ')
			}
		}
		b.WriteString("\x1b[0m")
		out = append(out, b.String())
	}
	return out
}

func indent(lines []string) []string {
	for i := range lines {
		lines[i] = "  " + lines[i]
	}
	return lines
}
