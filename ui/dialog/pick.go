package dialog

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/nav"
)

func sprintf(f string, a ...any) string { return fmt.Sprintf(f, a...) }

// Option is one line of a choice. Label and Detail may be words of others.
type Option struct {
	Label, Detail string
	Value         any
	Head          bool // a caption, not to be chosen
	Box           bool // ticked by space, beside the choice
	On            bool
	found         bool // for the words typed: shown whatever they are
}

// Pick is a choice from a list, with a field above it if Search is set.
type Pick struct {
	base
	all    []Option
	shown  []int
	cursor int
	top    int
	field  *textinput.Model
	hint   string
	done   func(o Option, typed string, boxes []Option) tea.Msg
	// Typed, if set, is called when the field changes; its answer comes back as
	// any message to React.
	Typed func(s string) tea.Cmd
	// React takes messages that are not keys; it may set the note and options.
	React func(p *Pick, m tea.Msg) tea.Cmd
	// Keep shows all options whatever is typed.
	Keep bool
	// Choose, if set, may answer enter by a command of its own; then the box
	// stays open.
	Choose func(o Option) tea.Cmd
}

// NewPick makes a choice. search is the field's hint; empty: no field. done
// makes the message that goes to the screen below; nil keeps the box open.
func NewPick(look *nav.Look, title string, opts []Option, search, hint string, done func(o Option, typed string, boxes []Option) tea.Msg) *Pick {
	p := &Pick{base: base{look: look, title: title}, all: opts, hint: hint, done: done}
	if search != "" {
		f := field(look, search)
		p.field = &f
	}
	p.filter()
	return p
}

func field(look *nav.Look, hint string) textinput.Model {
	f := textinput.New()
	f.Prompt = ""
	f.Placeholder = hint
	f.CharLimit = 2000
	f.SetVirtualCursor(false)
	f.SetStyles(textinput.DefaultStyles(look.Theme.Dark))
	return f
}

// Init puts the cursor into the field.
func (p *Pick) Init() tea.Cmd {
	if p.field == nil {
		return nil
	}
	if p.Typed != nil && p.Value() != "" {
		return tea.Batch(p.field.Focus(), p.Typed(p.Value()))
	}
	return p.field.Focus()
}

// Say sets the note below the list.
func (p *Pick) Say(note string, bad bool) { p.note, p.bad = note, bad }

// Value is what was typed.
func (p *Pick) Value() string {
	if p.field == nil {
		return ""
	}
	return p.field.Value()
}

// At puts the cursor on the option with a value.
func (p *Pick) At(v any) *Pick {
	for i, k := range p.shown {
		if p.all[k].Value == v && !p.all[k].Head {
			p.cursor = i
		}
	}
	return p
}

func (p *Pick) filter() {
	p.shown = p.shown[:0]
	q := ""
	if p.field != nil && !p.Keep {
		q = strings.ToLower(strings.TrimSpace(p.field.Value()))
	}
	for i, o := range p.all {
		if q == "" || o.found || !o.Head && strings.Contains(strings.ToLower(o.Label+" "+o.Detail), q) {
			p.shown = append(p.shown, i)
		}
	}
	p.cursor = max(0, min(p.cursor, len(p.shown)-1))
	p.step(0)
}

// step moves the cursor past captions.
func (p *Pick) step(n int) {
	if len(p.shown) == 0 {
		return
	}
	dir := 1
	if n < 0 {
		dir = -1
	}
	at := p.cursor + n
	for at >= 0 && at < len(p.shown) && p.all[p.shown[at]].Head {
		at += dir
	}
	if at < 0 || at >= len(p.shown) {
		if n == 0 || p.all[p.shown[p.cursor]].Head {
			for i, k := range p.shown {
				if !p.all[k].Head {
					p.cursor = i
					return
				}
			}
		}
		return
	}
	p.cursor = at
}

// Update takes keys, pastes and answers.
func (p *Pick) Update(m tea.Msg) tea.Cmd {
	if p.size(m) {
		if p.field != nil {
			p.field.SetWidth(p.inner(70) - 1)
		}
		return nil
	}
	switch m := m.(type) {
	case tea.KeyPressMsg:
		switch m.String() {
		case "esc":
			return pop(nil)
		case "down", "ctrl+n":
			p.step(1)
			return nil
		case "up", "ctrl+p":
			p.step(-1)
			return nil
		case "pgdown":
			p.step(min(10, len(p.shown)-1-p.cursor))
			return nil
		case "pgup":
			p.step(-min(10, p.cursor))
			return nil
		case "enter":
			return p.take(m)
		}
		if p.field == nil {
			switch m.String() {
			case "j":
				p.step(1)
			case "k":
				p.step(-1)
			case "space":
				if o := p.at(); o != nil && o.Box {
					o.On = !o.On
				}
			}
			return nil
		}
	case tea.PasteMsg:
		if p.field == nil {
			return nil
		}
		m.Content = plain.Line(m.Content).String()
		return p.typed(m)
	default:
		if p.React != nil {
			if cmd := p.React(p, m); cmd != nil {
				return cmd
			}
		}
	}
	if p.field != nil {
		return p.typed(m)
	}
	return nil
}

func (p *Pick) typed(m tea.Msg) tea.Cmd {
	before := p.field.Value()
	f, cmd := p.field.Update(m)
	p.field = &f
	if p.field.Value() == before {
		return cmd
	}
	p.note = ""
	p.filter()
	if p.Typed != nil {
		return tea.Batch(cmd, p.Typed(p.field.Value()))
	}
	return cmd
}

func (p *Pick) at() *Option {
	if p.cursor < 0 || p.cursor >= len(p.shown) {
		return nil
	}
	return &p.all[p.shown[p.cursor]]
}

func (p *Pick) take(k tea.KeyPressMsg) tea.Cmd {
	if k.IsRepeat {
		return nil
	}
	var o Option
	if at := p.at(); at != nil && !at.Head {
		o = *at
	}
	if p.Choose != nil {
		if cmd := p.Choose(o); cmd != nil {
			return cmd
		}
	}
	var boxes []Option
	for _, b := range p.all {
		if b.Box {
			boxes = append(boxes, b)
		}
	}
	if m := p.done(o, p.Value(), boxes); m != nil {
		return pop(m)
	}
	return nil
}

// View draws the box.
func (p *Pick) View() ([]string, *tea.Cursor) {
	w := p.inner(70)
	th := p.look.Theme
	var out []string
	var cur *tea.Cursor
	if p.field != nil {
		out = append(out, cells.Cell(p.field.View(), w), th.Faint.Render(strings.Repeat("─", w)))
		if cur = p.field.Cursor(); cur != nil {
			cur.X += 2
			cur.Y++
		}
	}
	if len(p.shown) == 0 && len(p.all) > 0 {
		out = append(out, th.Muted.Render(cells.Cell(p.look.Text.Dialog.NoMatch, w)))
	}
	rows := max(1, min(len(p.shown), p.h-8-len(out)))
	p.top = cells.Window(p.top, p.cursor, rows, len(p.shown))
	for i := p.top; i < min(p.top+rows, len(p.shown)); i++ {
		out = append(out, p.row(p.all[p.shown[i]], w, i == p.cursor))
	}
	hint := p.hint
	if below := len(p.shown) - p.top - rows; below > 0 {
		hint += "   " + p.look.Text.Review.More.N(below)
	}
	return p.box(out, w, hint), cur
}

func (p *Pick) row(o Option, w int, here bool) string {
	th := p.look.Theme
	if o.Head {
		return th.Muted.Render(cells.Cell(cells.Line(o.Label), w))
	}
	mark, st := "  ", th.Text
	if here {
		mark, st = "› ", th.Selected
	}
	box := ""
	if o.Box {
		box = "[ ] "
		if o.On {
			box = "[x] "
		}
	}
	label := cells.Cut(cells.Line(o.Label), w-6)
	detail := ""
	if o.Detail != "" {
		detail = "  " + cells.Line(o.Detail)
	}
	line := cells.Cell(mark+box+label+detail, w)
	if here || o.Detail == "" {
		return st.Render(line)
	}
	return st.Render(mark+box+label) + th.Muted.Render(cells.Cell(detail, w-cells.Width(mark+box+label)))
}

// OnDone replaces what an answer becomes.
func (p *Pick) OnDone(done func(o Option, typed string, boxes []Option) tea.Msg) *Pick {
	p.done = done
	return p
}
