// Package unlock asks for the passphrase before anything is shown.
package unlock

import (
	"context"
	"errors"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/keys"
	"kontor/ui/nav"
)

// Open derives the key and opens the store.
type Open func(ctx context.Context, passphrase string) (desk.Workstation, error)

// ErrPassphrase is in the chain of Open's error where the passphrase is wrong;
// any other error is shown as it is.
var ErrPassphrase = errors.New("wrong passphrase")

// OpenedMsg says that the store is open.
type OpenedMsg struct{ Desk desk.Workstation }

const timeout = 2 * time.Minute // a slow disk, an old machine

// Screen is the passphrase field.
type Screen struct {
	look  *nav.Look
	open  Open
	field textinput.Model
	busy  bool
	note  string
	w, h  int
}

type openedMsg struct {
	to   *Screen
	desk desk.Workstation
	err  error
}

// New makes the screen.
func New(look *nav.Look, open Open) *Screen {
	f := textinput.New()
	f.Prompt = ""
	f.EchoMode = textinput.EchoPassword
	f.EchoCharacter = '*'
	f.CharLimit = 1024
	f.SetWidth(36)
	f.SetVirtualCursor(false)
	return &Screen{look: look, open: open, field: f}
}

// Init puts the cursor into the field.
func (s *Screen) Init() tea.Cmd { return s.field.Focus() }

// Keys has none: every key belongs to the passphrase.
func (s *Screen) Keys() *keys.Table { return nil }

// Typing is always so.
func (s *Screen) Typing() bool { return true }

// Update takes keys and the answer.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.SizeMsg:
		s.w, s.h = msg.W, msg.H
		return nil
	case openedMsg:
		if msg.to != s {
			return nil
		}
		s.busy = false
		if msg.err != nil {
			s.note = s.look.Text.Unlock.Wrong
			if !errors.Is(msg.err, ErrPassphrase) {
				s.note = s.look.Text.Error(msg.err).String()
			}
			return nil
		}
		return nav.Send(OpenedMsg{msg.desk})
	case tea.KeyPressMsg:
		if s.busy {
			return nil
		}
		if msg.String() == "enter" {
			return s.try()
		}
		s.note = ""
	case nav.LookMsg, nav.NewsMsg:
		return nil
	}
	var cmd tea.Cmd
	s.field, cmd = s.field.Update(msg)
	return cmd
}

func (s *Screen) try() tea.Cmd {
	phrase := s.field.Value()
	if phrase == "" {
		s.note = s.look.Text.Unlock.Empty
		return nil
	}
	s.field.SetValue("")
	s.busy, s.note = true, s.look.Text.Unlock.Working
	to, open := s, s.open
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		d, err := open(ctx, phrase)
		return openedMsg{to, d, err}
	}
}

// View draws the field in the middle.
func (s *Screen) View() ([]string, *tea.Cursor) {
	if s.w <= 0 || s.h <= 0 {
		return nil, nil
	}
	t, th := s.look.Text.Unlock, s.look.Theme
	w := min(44, s.w-4)
	body := []string{
		th.Title.Render(cells.Center("K O N T O R", w)),
		"",
		th.Muted.Render(t.Ask),
		cells.Cell(s.field.View(), w),
		th.Faint.Render(cells.Cell("────────────────────────────────────────────", w)),
	}
	body = append(body, cells.Wrap(plain.Line(s.note), w, th.Warn)...)
	body = append(body, "", th.Muted.Render(cells.Cut(t.Hint, w)))
	x, y := (s.w-w)/2, max(0, (s.h-len(body))/3)
	out := cells.Over(cells.Fit(nil, s.w, s.h), cells.Fit(body, w, len(body)), x, y)
	cur := s.field.Cursor()
	if cur != nil {
		cur.X += x
		cur.Y = y + 3
	}
	return out, cur
}
