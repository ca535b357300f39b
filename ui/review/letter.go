package review

import (
	"context"
	"errors"
	"strings"
	"time"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/nav"
)

// letterLines is the letter as it will leave: to whom, about what, the whole
// text with the computed values marked.
func (s *Screen) letterLines(w int) []string {
	th := s.look.Theme
	d := s.current()
	if d == nil {
		return cells.Wrap(plain.Line(s.noDraft()), w, th.Muted)
	}
	out := append(s.addressLines(w), "")
	body := plain.Clean(s.text)
	var marks []cells.Mark
	if !s.edited && body.String() == d.Text {
		for _, v := range d.Values {
			marks = append(marks, cells.Mark{Start: v[0], End: v[1], Style: th.Value, Open: "‹", Shut: "›"})
		}
	}
	return append(out, cells.Wrap(s.maskText(body), min(w, readable), th.Text, marks...)...)
}

// headRoom is how many lines of the address stay above the field while editing.
func (s *Screen) headRoom(n int) int {
	if s.letter.Height < 12 {
		return 0
	}
	return n
}

// addressLines says to whom and about what.
func (s *Screen) addressLines(w int) []string {
	t, th, d := s.look.Text, s.look.Theme, s.current()
	if d == nil {
		return nil
	}
	to := s.address(s.recipient())
	if n := cells.Line(s.look.Name(s.rev.Addressee(d.To, s.recipient()))); n != "" && to != "" {
		to = n + " <" + to + ">"
	}
	style := th.Strong
	if to == "" {
		to, style = "! "+t.Review.NoRecipient, th.Bad
	}
	out := s.pairIn(t.Review.To, plain.Line(to), w, style)
	if s.undecided() {
		out = append(out, s.pairIn("", plain.Line("! "+t.Review.NotFile), w, th.Bad)...)
	}
	out = append(out, s.pairIn(t.Review.Subject, s.maskText(plain.Line(s.subject)), w, th.Strong)...)
	return append(out, s.besideLines(w)...)
}

// TypingFoot names the keys of the editor.
func (s *Screen) TypingFoot() [][2]string {
	t := s.look.Text
	return [][2]string{{"esc", t.Keys.SaveEdit.Short}, {"·", t.Review.SavesItself}}
}

// noDraft says why there is no draft.
func (s *Screen) noDraft() string {
	t := s.look.Text.Review
	switch {
	case s.mailed() && s.rev.Message.State != cases.MessageOpen && s.rev.Message.State != "":
		return t.NoDraftDone
	case s.rev.Case == nil:
		return t.NoDraftCase
	case s.mailed() && s.rev.Message.Class.Intent == cases.Bounce, s.mailed() && s.rev.Message.Mail.Kind == cases.KindBounce:
		return t.NoDraftBounce
	case s.mailed() && !s.rev.Message.Personal(), s.mailed() && !s.rev.Message.Class.Intent.Answered():
		return t.NoDraftAuto
	case errors.Is(s.rev.DraftErr, cases.ErrNoText):
		return t.NoTextFits
	case s.rev.DraftErr != nil:
		return sprintf(t.NoDraftFor, s.look.Text.Error(s.rev.DraftErr).String())
	}
	return t.NoDraft
}

// undecided says that the mail came from elsewhere than the file says, and
// nobody has said yet where the answer goes.
func (s *Screen) undecided() bool {
	return s.rev != nil && !s.beside() && (s.rev.Differs || s.rev.Case != nil && s.current() != nil && s.current().ToAddr == "") && !s.chosen
}

// setText replaces the text by what was typed.
func (s *Screen) setText(text string) tea.Cmd {
	text = plain.Clean(nfc(text)).String()
	if text == s.text {
		return nil
	}
	if len(text) > maxText {
		c, _ := plain.Clean(text).Cut(maxText)
		text = c.String()
	}
	s.text, s.edited, s.dirty = text, true, true
	s.letter.Forget()
	s.relayout()
	return s.saveSoon()
}

func (s *Screen) startEdit(text string) tea.Cmd {
	s.focus = onDraft
	s.editing = true
	s.area = textarea.New()
	s.area.ShowLineNumbers = false
	s.area.Prompt = ""
	s.area.CharLimit = maxText
	s.area.MaxHeight = 0
	s.area.SetVirtualCursor(false)
	st := textarea.DefaultStyles(s.look.Theme.Dark)
	st.Focused.CursorLine = st.Focused.Base
	s.area.SetStyles(st)
	s.relayout()
	s.area.SetValue(text)
	s.area.MoveToBegin()
	cmd := s.area.Focus()
	return tea.Batch(cmd, s.setText(text))
}

// editKey handles a key while the text is being edited.
func (s *Screen) editKey(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc", "ctrl+s":
		return s.endEdit()
	}
	return s.edit(k)
}

func (s *Screen) edit(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	s.area, cmd = s.area.Update(msg)
	return tea.Batch(cmd, s.setText(s.area.Value()))
}

// endEdit leaves the field: the letter must be seen anew, and is checked anew.
func (s *Screen) endEdit() tea.Cmd {
	s.editing = false
	s.area.Blur()
	s.letter.Top = 0
	s.relayout()
	return tea.Batch(s.save(), s.check())
}

// paste goes into the field, never to the keys.
func (s *Screen) paste(p tea.PasteMsg) tea.Cmd {
	if !s.editing {
		return nil
	}
	p.Content = plain.Clean(nfc(p.Content)).String()
	return s.edit(p)
}

// saveSoon saves once within a second, however fast one types.
func (s *Screen) saveSoon() tea.Cmd {
	if s.saveTimer {
		return nil
	}
	s.saveTimer = true
	to := s
	return s.look.After(saveAfter, func(time.Time) tea.Msg { return saveDueMsg{to} })
}

func (s *Screen) save() tea.Cmd {
	if !s.dirty || s.current() == nil {
		return nil
	}
	s.dirty = false
	t := s.typedNow()
	if t.Template == "" && len(t.Beside) == 0 {
		return s.drop()
	}
	return s.remember(t)
}

// remember keeps a choice of template, or what was typed, for the next opening.
func (s *Screen) remember(t desk.Typed) tea.Cmd {
	to, d, item := s, s.desk, s.item
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		return savedMsg{to, d.SaveTyped(ctx, item, t)}
	}
}

// forgetChoice takes back the choice of a template, for the matter is another
// now; what was typed stays.
func (s *Screen) forgetChoice() func(context.Context) error {
	s.template, s.choice = "", false
	if s.typedAny() {
		return func(context.Context) error { return nil }
	}
	d, item := s.desk, s.item
	return func(ctx context.Context) error { return d.DropTyped(ctx, item) }
}

func (s *Screen) saved(msg savedMsg) tea.Cmd {
	s.saveErr = msg.err
	if msg.err == nil {
		return nil
	}
	s.dirty = true
	return nav.Tell(nav.Bad, sprintf(s.look.Text.Review.SaveFailed, s.look.Text.Error(msg.err).Means))
}

// Leave saves what was typed before the screen goes.
func (s *Screen) Leave() tea.Cmd { return s.save() }

// check asks the policy about the text on the screen.
func (s *Screen) check() tea.Cmd {
	if s.current() == nil {
		return nil
	}
	s.checkGen++
	to, gen, d, req := s, s.checkGen, s.desk, s.request()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		f, err := d.Check(ctx, req)
		return checkedMsg{to: to, gen: gen, findings: f, err: err}
	}
}

// discard drops what was typed and takes the template again; where nothing was
// typed, the choice of the template, and takes the one that is suggested.
func (s *Screen) discard() tea.Cmd {
	say := s.look.Text.Review.Discarded
	if s.beside() {
		s.edited, s.dirty = false, true
		s.kept = map[string]string{}
		s.putAway()
		s.put(s.draft)
		s.relayout()
		return tea.Sequence(s.save(), s.check(), nav.Tell(nav.Plain, say))
	}
	if !s.edited {
		s.template, s.lang, say = "", "", s.look.Text.Review.Unchosen
	}
	s.dirty, s.edited = false, false
	s.kept = map[string]string{}
	return tea.Sequence(s.drop(), s.load(true), nav.Tell(nav.Plain, say))
}

// drop forgets what was saved of this item.
func (s *Screen) drop() tea.Cmd {
	d, item, to := s.desk, s.item, s
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		if err := d.DropTyped(ctx, item); err != nil {
			return doneMsg{to: to, err: err}
		}
		return nil
	}
}

// copied is what `y` takes: the text where the letter is, else the reference.
func (s *Screen) copied() string {
	switch {
	case s.rev == nil:
		return ""
	case s.focus == onMail && s.mailed():
		return s.rev.Own.String()
	case s.current() != nil:
		return s.text
	case s.rev.Case != nil:
		return s.rev.Case.Reference
	}
	return ""
}

func firstLine(s string) string {
	l, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return l
}
