package dialog

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/nav"
)

// Field is one line to fill in, or to choose on where it has choices.
type Field struct {
	Label, Hint, Value string
	// Choices, if set, makes the field a choice: left, right and space go through
	// them, a letter goes to the next that begins with it. Its value is the chosen
	// one. The first one stands for nothing chosen.
	Choices []string
	// Read says what the words mean, shown below the fields while typing; an
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
	busy   bool
	// Judge, if set, says what all values mean together, after every key.
	Judge func(values []string) (meaning string, problem string)
	// Try, if set, is asked before the box closes: its command looks up what
	// typing alone cannot tell, and answers with a Tried.
	Try func(values []string) tea.Cmd
}

// Tried is the answer to Form.Try: a problem keeps the box open with all that
// was typed, else the box closes with Msg.
type Tried struct {
	Msg     tea.Msg
	Problem string
}

// NewForm asks for a few lines. lead stands above them.
func NewForm(look *nav.Look, title string, lead []string, fields []Field, done func(values []string) tea.Msg) *Form {
	f := &Form{base: base{look: look, title: title}, fields: fields, done: done, lead: lead}
	for _, x := range fields {
		in := field(look, x.Hint)
		if len(x.Choices) > 0 && x.Value == "" {
			x.Value = x.Choices[0]
		}
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
func (f *Form) Init() tea.Cmd {
	f.judge()
	return f.inputs[f.at].Focus()
}

// Lead puts a line before those that stand above the fields.
func (f *Form) Lead(line string) *Form {
	f.lead = append([]string{line}, f.lead...)
	return f
}

// At puts the cursor on a field.
func (f *Form) At(i int) *Form {
	f.at = max(0, min(i, len(f.fields)-1))
	return f
}

func (f *Form) label() int {
	w := 0
	for _, x := range f.fields {
		w = max(w, cells.Width(x.Label))
	}
	return w + 2 + f.indent()
}

// indent leaves room for the arrows of choices, before all values alike.
func (f *Form) indent() int {
	if slices.ContainsFunc(f.fields, func(x Field) bool { return len(x.Choices) > 0 }) {
		return 2
	}
	return 0
}

// Update takes keys, pastes and the answer to Try.
func (f *Form) Update(m tea.Msg) tea.Cmd {
	if f.size(m) {
		for i := range f.inputs {
			f.inputs[i].SetWidth(f.inner(66) - f.label() - 1)
		}
		return nil
	}
	switch k := m.(type) {
	case Tried:
		f.busy = false
		if k.Problem != "" {
			f.note, f.bad = k.Problem, true
			return nil
		}
		return pop(k.Msg)
	case tea.KeyPressMsg:
		switch k.String() {
		case "esc":
			return pop(nil)
		case "tab", "down":
			return f.focus((f.at + 1) % len(f.inputs))
		case "shift+tab", "up":
			return f.focus((f.at + len(f.inputs) - 1) % len(f.inputs))
		case "enter":
			if k.IsRepeat || f.busy {
				return nil
			}
			return f.finish()
		}
		if len(f.fields[f.at].Choices) > 0 {
			f.choose(k.String())
			return nil
		}
	case tea.PasteMsg:
		if len(f.fields[f.at].Choices) > 0 {
			return nil
		}
		k.Content = plain.Line(k.Content).String()
		m = k
	}
	var cmd tea.Cmd
	f.inputs[f.at], cmd = f.inputs[f.at].Update(m)
	f.read()
	return cmd
}

// read says below the fields what the one with the cursor means, or what all of
// them do.
func (f *Form) read() {
	f.note, f.bad = "", false
	if r := f.fields[f.at].Read; r != nil && strings.TrimSpace(f.inputs[f.at].Value()) != "" {
		meaning, problem := r(strings.TrimSpace(f.inputs[f.at].Value()))
		if f.note = meaning; problem != "" {
			f.note = problem
		}
	}
	if f.note == "" {
		f.judge()
	}
}

func (f *Form) judge() {
	if f.Judge == nil {
		return
	}
	meaning, problem := f.Judge(f.values())
	if f.note = meaning; problem != "" {
		f.note = problem
	}
}

// choose goes through the choices of the field with the cursor.
func (f *Form) choose(key string) {
	list := f.fields[f.at].Choices
	i := max(0, slices.Index(list, f.inputs[f.at].Value()))
	switch key {
	case "right", "space", "l":
		i = (i + 1) % len(list)
	case "left", "h":
		i = (i + len(list) - 1) % len(list)
	default:
		n := slices.IndexFunc(append(list[i+1:len(list):len(list)], list[:i+1]...), func(c string) bool {
			return strings.HasPrefix(strings.ToLower(c), strings.ToLower(key))
		})
		if len([]rune(key)) != 1 || n < 0 {
			return
		}
		i = (i + 1 + n) % len(list)
	}
	f.inputs[f.at].SetValue(list[i])
	f.read()
}

func (f *Form) focus(i int) tea.Cmd {
	f.inputs[f.at].Blur()
	f.at = i
	f.read()
	return f.inputs[i].Focus()
}

func (f *Form) values() []string {
	values := make([]string, len(f.inputs))
	for i := range f.inputs {
		values[i] = plain.Line(f.inputs[i].Value()).String()
	}
	return values
}

func (f *Form) finish() tea.Cmd {
	values := f.values()
	for i, v := range values {
		if r := f.fields[i].Read; r != nil {
			if _, problem := r(v); problem != "" {
				cmd := f.focus(i)
				f.note, f.bad = problem, true
				return cmd
			}
		}
	}
	if f.Judge != nil {
		if _, problem := f.Judge(values); problem != "" {
			f.note, f.bad = problem, true
			return nil
		}
	}
	if f.Try != nil {
		f.busy = true
		f.note, f.bad = f.look.Text.Dialog.Working, false
		return f.Try(values)
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
	if len(f.lead) > 0 && len(out)+len(f.fields) < f.h-6 {
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
		body := f.inputs[i].View()
		if len(x.Choices) > 0 {
			body = f.choice(i)
			if i == f.at && cur != nil {
				cur.X = 2 + lw
			}
		}
		label := st.Render(cells.Cell(x.Label, lw))
		if len(x.Choices) > 0 { // the arrows stand in the indent
			label = st.Render(cells.Cell(x.Label, lw-2))
			out = append(out, label+cells.Cell(body, w-lw+2))
			continue
		}
		out = append(out, label+cells.Cell(body, w-lw))
	}
	hint := f.look.Text.Dialog.TextKeys
	if len(f.fields) > 1 {
		hint = f.look.Text.Dialog.TabKeys
	}
	if len(f.fields[f.at].Choices) > 0 {
		hint = f.look.Text.Dialog.PickKeys
	}
	return f.box(out, w, hint), cur
}

// choice draws a field with choices; the arrows show that there are more.
func (f *Form) choice(i int) string {
	th := f.look.Theme
	v := f.inputs[i].Value()
	if v == "" {
		v = f.fields[i].Choices[0]
	}
	if i == f.at {
		return th.Accent.Render("‹ ") + th.Strong.Render(cells.Line(v)) + th.Accent.Render(" ›")
	}
	return "  " + cells.Line(v)
}
