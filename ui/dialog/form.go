package dialog

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/nav"
)

// Field is one line to fill in.
type Field struct {
	Label, Hint, Value string
	// Read says what the words mean, shown beside the field while typing; an
	// error keeps the box open.
	Read func(s string) (meaning string, problem string)
}

// Form is a few fields below one another.
type Form struct {
	base
	fields []Field
	inputs []textinput.Model
	at     int
	done   func(values []string) tea.Msg
	lead   []string
}

// NewForm asks for a few lines. lead stands above them.
func NewForm(look *nav.Look, title string, lead []string, fields []Field, done func(values []string) tea.Msg) *Form {
	f := &Form{base: base{look: look, title: title}, fields: fields, done: done, lead: lead}
	for _, x := range fields {
		in := field(look, x.Hint)
		in.SetValue(x.Value)
		in.CursorEnd()
		f.inputs = append(f.inputs, in)
	}
	if r := fields[0].Read; r != nil && fields[0].Value != "" {
		f.note, _ = r(fields[0].Value)
	}
	return f
}

// Init puts the cursor into the first field.
func (f *Form) Init() tea.Cmd { return f.inputs[0].Focus() }

func (f *Form) label() int {
	w := 0
	for _, x := range f.fields {
		w = max(w, cells.Width(x.Label))
	}
	return w + 2
}

// Update takes keys and pastes.
func (f *Form) Update(m tea.Msg) tea.Cmd {
	if f.size(m) {
		for i := range f.inputs {
			f.inputs[i].SetWidth(f.inner(66) - f.label() - 1)
		}
		return nil
	}
	switch k := m.(type) {
	case tea.KeyPressMsg:
		switch k.String() {
		case "esc":
			return pop(nil)
		case "tab", "down":
			return f.focus((f.at + 1) % len(f.inputs))
		case "shift+tab", "up":
			return f.focus((f.at + len(f.inputs) - 1) % len(f.inputs))
		case "enter":
			if k.IsRepeat {
				return nil
			}
			return f.finish()
		}
	case tea.PasteMsg:
		k.Content = plain.Line(k.Content).String()
		m = k
	}
	var cmd tea.Cmd
	f.inputs[f.at], cmd = f.inputs[f.at].Update(m)
	f.note = ""
	if r := f.fields[f.at].Read; r != nil && strings.TrimSpace(f.inputs[f.at].Value()) != "" {
		meaning, problem := r(strings.TrimSpace(f.inputs[f.at].Value()))
		f.note, f.bad = meaning, false
		if problem != "" {
			f.note = problem
		}
	}
	return cmd
}

func (f *Form) focus(i int) tea.Cmd {
	f.inputs[f.at].Blur()
	f.at = i
	return f.inputs[i].Focus()
}

func (f *Form) finish() tea.Cmd {
	values := make([]string, len(f.inputs))
	for i := range f.inputs {
		values[i] = plain.Line(f.inputs[i].Value()).String()
		if r := f.fields[i].Read; r != nil {
			if _, problem := r(values[i]); problem != "" {
				f.note, f.bad = problem, true
				return f.focus(i)
			}
		}
	}
	if m := f.done(values); m != nil {
		return pop(m)
	}
	return nil
}

// View draws the box.
func (f *Form) View() ([]string, *tea.Cursor) {
	w, lw, th := f.inner(66), f.label(), f.look.Theme
	var out []string
	for _, l := range f.lead {
		out = append(out, cells.Wrap(plain.Clean(l), w, th.Text)...)
	}
	if len(f.lead) > 0 {
		out = append(out, "")
	}
	var cur *tea.Cursor
	for i, x := range f.fields {
		st := th.Muted
		if i == f.at {
			st = th.Strong
			if cur = f.inputs[i].Cursor(); cur != nil {
				cur.X += 2 + lw
				cur.Y = len(out) + 1
			}
		}
		out = append(out, st.Render(cells.Cell(x.Label, lw))+cells.Cell(f.inputs[i].View(), w-lw))
	}
	hint := f.look.Text.Dialog.TextKeys
	if len(f.fields) > 1 {
		hint = f.look.Text.Dialog.TabKeys
	}
	return f.box(out, w, hint), cur
}
