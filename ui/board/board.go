// Package board is a page that is loaded and read: the frame of the rooms that
// show figures and lists without deciding anything.
package board

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/keys"
	"kontor/ui/nav"
)

const timeout = 10 * time.Second

// Line is one line of a page; a line with a case can be chosen and opened.
type Line struct {
	Text string
	Case cases.CaseID
	Item desk.ItemRef // what opens where there is no case
	ID   string       // of what the line is about, so that the cursor stays on it
}

// Page says what a room shows.
type Page struct {
	// Load reads; it runs outside the update loop.
	Load func(ctx context.Context) (any, error)
	// Draw lays out what Load returned; nil data is not drawn.
	Draw func(data any, w int) []Line
	// Actions are keys of the room's own.
	Actions func(s *Screen) []*keys.Action
	// Watch says whether news change what is shown.
	Watch func(n desk.News) bool
	// Pick lets the cursor stand on lines with a case.
	Pick bool
}

// Screen is a room with one page.
type Screen struct {
	look   *nav.Look
	page   Page
	table  *keys.Table
	gen    int
	data   any
	loaded bool
	err    error
	lines  []Line
	cursor int
	pane   cells.Pane
	w, h   int
}

// New makes a room.
func New(look *nav.Look, p Page) *Screen {
	s := &Screen{look: look, page: p}
	s.table = s.actions()
	return s
}

type loadedMsg struct {
	to   *Screen
	gen  int
	data any
	err  error
}

// Init loads the page.
func (s *Screen) Init() tea.Cmd { return s.Load() }

// Load reads the page anew.
func (s *Screen) Load() tea.Cmd {
	s.gen++
	to, gen, load := s, s.gen, s.page.Load
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		data, err := load(ctx)
		return loadedMsg{to, gen, data, err}
	}
}

// Data returns what was loaded; nil before.
func (s *Screen) Data() any { return s.data }

// Keys gives the actions.
func (s *Screen) Keys() *keys.Table { return s.table }

// Typing is never so here.
func (s *Screen) Typing() bool { return false }

// Holds names the case under the cursor.
func (s *Screen) Holds() (desk.ItemRef, cases.CaseID) {
	if l := s.at(); l != nil {
		return desk.ItemRef{}, l.Case
	}
	return desk.ItemRef{}, ""
}

func (s *Screen) at() *Line {
	if !s.page.Pick || s.cursor < 0 || s.cursor >= len(s.lines) {
		return nil
	}
	return &s.lines[s.cursor]
}

func (s *Screen) actions() *keys.Table {
	t := s.look.Text
	move := func(n int) func(tea.KeyPressMsg) tea.Cmd {
		return func(tea.KeyPressMsg) tea.Cmd { s.move(n); return nil }
	}
	page := func(n int) func(tea.KeyPressMsg) tea.Cmd {
		return func(tea.KeyPressMsg) tea.Cmd { s.move(n * max(1, s.pane.Height-1)); return nil }
	}
	act := func(id string, long string, do func(tea.KeyPressMsg) tea.Cmd, ks ...string) *keys.Action {
		return &keys.Action{ID: id, Keys: ks, Long: long, Group: keys.Move, Do: do}
	}
	var all []*keys.Action
	if s.page.Pick {
		all = append(all, &keys.Action{ID: "open", Keys: []string{"enter"}, Short: t.Bar.Rooms[nav.RoomCase], Long: t.Keys.Rooms[nav.RoomCase].Long, Group: keys.Act, Do: func(tea.KeyPressMsg) tea.Cmd {
			if l := s.at(); l.Case == "" {
				return nav.Send(nav.OpenItem{Item: l.Item})
			}
			return nav.Send(nav.OpenCase{Case: s.at().Case})
		}, Why: func() string {
			if l := s.at(); l == nil || l.Case == "" && l.Item.ID == "" {
				return t.Bar.NoCase
			}
			return ""
		}})
	}
	if s.page.Actions != nil {
		all = append(all, s.page.Actions(s)...)
	}
	all = append(all,
		act("down", t.Keys.Down.Long, move(1), "j", "down"),
		act("up", t.Keys.Up.Long, move(-1), "k", "up"),
		act("page_down", t.Keys.PageDown.Long, page(1), "pgdown", "ctrl+d", "space"),
		act("page_up", t.Keys.PageUp.Long, page(-1), "pgup", "ctrl+u"),
		act("first", t.Keys.First.Long, move(-1<<20), "g", "home"),
		act("last", t.Keys.Last.Long, move(1<<20), "G", "end"))
	return keys.Must(s.look.Bound, all...)
}

// move scrolls, or moves the cursor where lines can be chosen.
func (s *Screen) move(n int) {
	if !s.page.Pick {
		s.pane.Scroll(n)
		return
	}
	step := 1
	if n < 0 {
		step = -1
	}
	want := max(0, min(s.cursor+n, len(s.lines)-1))
	for want >= 0 && want < len(s.lines) && s.lines[want].Case == "" && s.lines[want].ID == "" {
		want += step
	}
	if want < 0 || want >= len(s.lines) {
		s.pane.Scroll(n) // captions at the end
		return
	}
	s.cursor = want
	s.fill()
	s.pane.Show(s.cursor)
}

// Update takes messages.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.SizeMsg:
		s.w, s.h = msg.W, msg.H
		s.fill()
	case nav.LookMsg:
		s.table = s.actions()
		s.fill()
	case nav.NewsMsg:
		if s.loaded && s.page.Watch != nil && s.page.Watch(msg.News) {
			return s.Load()
		}
	case loadedMsg:
		if msg.to == s && msg.gen == s.gen {
			s.data, s.err, s.loaded = msg.data, msg.err, true
			s.fill()
		}
	}
	return nil
}

func (s *Screen) fill() {
	if s.w <= 0 || s.h <= 0 {
		return
	}
	th := s.look.Theme
	if s.data == nil || s.err != nil {
		words := s.look.Text.Bar.Loading
		if s.err != nil {
			words = s.look.Text.Error(s.err).String()
		}
		s.lines = nil
		s.pane.Refill(append([]string{""}, cells.Wrap(plain.Line(words), s.w-4, th.Muted)...))
		s.pane.Resize(s.h)
		return
	}
	keep := ""
	if l := s.at(); l != nil {
		keep = l.ID
	}
	s.lines = s.page.Draw(s.data, s.w-4)
	if s.page.Pick {
		s.find(keep)
	}
	out := make([]string, len(s.lines))
	for i, l := range s.lines {
		out[i] = l.Text
		if s.page.Pick && i == s.cursor && (l.Case != "" || l.ID != "") {
			out[i] = th.Selected.Render(cells.Cell(cells.Plain(l.Text), s.w-4))
		}
	}
	s.pane.Refill(out)
	s.pane.Resize(s.h)
}

// find puts the cursor on the line that it stood on, or on the first that can
// be chosen.
func (s *Screen) find(id string) {
	first := -1
	for i, l := range s.lines {
		if l.ID != "" && l.ID == id {
			s.cursor = i
			return
		}
		if first < 0 && (l.Case != "" || l.ID != "") {
			first = i
		}
	}
	if s.cursor < 0 || s.cursor >= len(s.lines) || s.lines[s.cursor].Case == "" && s.lines[s.cursor].ID == "" {
		s.cursor = max(0, first) // it would stand on a caption
	}
}

// View draws what is in sight.
func (s *Screen) View() ([]string, *tea.Cursor) {
	if s.w <= 0 || s.h <= 0 {
		return nil, nil
	}
	lines := s.pane.View(s.w - 4)
	out := make([]string, len(lines))
	for i, l := range lines {
		mark := "  "
		if s.page.Pick && s.pane.Top+i == s.cursor && s.cursor < len(s.lines) && (s.lines[s.cursor].Case != "" || s.lines[s.cursor].ID != "") {
			mark = " ▌"
		}
		out[i] = mark + l
	}
	return cells.Fit(out, s.w, s.h), nil
}
