// Package casefile shows one case whole: parties, claims, ledger, holds,
// follow-ups, arrangements, messages, replies and its timeline.
package casefile

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cases/priority"
	"kontor/ui/cells"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// Desk is what the case asks of the desk.
type Desk interface {
	CaseView(ctx context.Context, id cases.CaseID, at calendar.Date) (*desk.CaseView, error)
	CaseMore(ctx context.Context, id cases.CaseID, lang string) (*desk.CaseMore, error)
	Change(ctx context.Context, c cases.CaseID, effects []cases.Effect, doneFollowUps []string) error
	Exported(ctx context.Context, e cases.DataExported) error
	Rules() cases.Rules
	desk.Registers
}

const timeout = 10 * time.Second

// Screen is one case.
type Screen struct {
	look  *nav.Look
	desk  Desk
	table *keys.Table
	id    cases.CaseID
	item  desk.ItemRef
	out   *nav.Outside
	gen   int
	view  *desk.CaseView
	more  *desk.CaseMore // nil: could not be read, the case is shown without it
	err   error
	pane  cells.Pane
	heads []int // lines at which sections start
	w, h  int
}

// New opens a case; item is the item that one came from, if any. Without one
// the case itself is the item: a letter needs no mail.
func New(look *nav.Look, d Desk, out *nav.Outside, id cases.CaseID, item desk.ItemRef) *Screen {
	if item.ID == "" && id != "" {
		item = desk.ItemRef{Kind: priority.ItemFollowUp, ID: string(id)}
	}
	s := &Screen{look: look, desk: d, out: out, id: id, item: item}
	s.table = s.actions()
	return s
}

type loadedMsg struct {
	to   *Screen
	gen  int
	view *desk.CaseView
	more *desk.CaseMore
	err  error
}

// Init loads the case.
func (s *Screen) Init() tea.Cmd {
	s.gen++
	to, gen, d, id, lang := s, s.gen, s.desk, s.id, s.look.Text.Lang
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		v, err := d.CaseView(ctx, id, 0)
		if err != nil {
			return loadedMsg{to: to, gen: gen, err: err}
		}
		more, err := d.CaseMore(ctx, id, lang)
		return loadedMsg{to, gen, v, more, err}
	}
}

// Keys gives the actions.
func (s *Screen) Keys() *keys.Table { return s.table }

// Typing is never so here.
func (s *Screen) Typing() bool { return false }

// Holds names the case.
func (s *Screen) Holds() (desk.ItemRef, cases.CaseID) { return s.item, s.id }

func (s *Screen) actions() *keys.Table {
	t := s.look.Text
	act := func(id string, w text.Key, do func(), ks ...string) *keys.Action {
		return &keys.Action{ID: id, Keys: ks, Short: w.Short, Long: w.Long, Group: keys.Move, Do: func(tea.KeyPressMsg) tea.Cmd { do(); return nil }}
	}
	scroll := func(n int) func() { return func() { s.pane.Scroll(n) } }
	page := func(n int) func() { return func() { s.pane.Scroll(n * max(1, s.pane.Height-1)) } }
	noItem := func() string {
		if s.item.ID == "" {
			return t.Queue.NoSelection
		}
		return ""
	}
	own := []*keys.Action{
		act("section_next", t.Keys.Tab, func() { s.section(1) }, "tab", "right", "l"),
		act("section_prev", t.Keys.TabBack, func() { s.section(-1) }, "shift+tab", "left", "h"),
		act("down", t.Keys.Down, scroll(1), "j", "down"),
		act("up", t.Keys.Up, scroll(-1), "k", "up"),
		act("page_down", t.Keys.PageDown, page(1), "pgdown", "ctrl+d", "space"),
		act("page_up", t.Keys.PageUp, page(-1), "pgup", "ctrl+u"),
		act("first", t.Keys.First, scroll(-1<<20), "g", "home"),
		act("last", t.Keys.Last, scroll(1<<20), "G", "end"),
		{ID: "copy", Keys: []string{"y"}, Long: t.Keys.Copy.Long, Group: keys.Look, Do: func(tea.KeyPressMsg) tea.Cmd {
			ref := cells.Line(s.view.Case.Reference)
			return tea.Batch(tea.SetClipboard(ref), nav.Tell(nav.Plain, fmt.Sprintf(t.Bar.Copied, ref)))
		}, Why: func() string {
			if s.view == nil || s.view.Case == nil {
				return t.Bar.NothingToCopy
			}
			return ""
		}},
	}
	verbs := slices.DeleteFunc(nav.VerbActions(t, func() desk.ItemRef { return s.item }, noItem), func(a *keys.Action) bool {
		return a.ID == "hold" // the file has its own
	})
	verb := func(id string, w text.Key, g keys.Group, key string, do func() tea.Msg) *keys.Action {
		return &keys.Action{ID: id, Keys: []string{key}, Long: w.Long, Group: g, Why: noItem, Do: func(tea.KeyPressMsg) tea.Cmd { return nav.Send(do()) }}
	}
	k := t.Keys
	verbs = append(verbs,
		verb("editor", k.Editor, keys.Act, "E", func() tea.Msg { return nav.OpenItem{Item: s.item, Then: "editor"} }),
		verb("why", k.WhyHere, keys.Look, "i", func() tea.Msg { return nav.OpenItem{Item: s.item, Then: "why"} }),
		verb("later", k.Later, keys.Act, "z", func() tea.Msg { return nav.Later{Item: s.item} }),
		verb("next", k.Next, keys.Move, "J", func() tea.Msg { return nav.Step{From: s.item, N: 1} }),
		verb("prev", k.Prev, keys.Move, "K", func() tea.Msg { return nav.Step{From: s.item, N: -1} }))
	verbs = append(append(verbs, s.registerActions()...), append(s.paperActions(), s.courseActions()...)...)
	words := map[string]string{}
	for _, v := range nav.Verbs(t) {
		words[v.ID] = v.Word.Short
	}
	for _, a := range verbs {
		if footRank(a.ID) > 0 && a.Short == "" {
			a.Short = words[a.ID]
		}
	}
	slices.SortStableFunc(verbs, func(a, b *keys.Action) int { return footRank(b.ID) - footRank(a.ID) })
	return keys.Must(s.look.Bound, append(verbs, own...)...)
}

// footRank orders the actions that the foot of a case names: what one comes here
// for, the higher the nearer to the left; 0 for the others.
func footRank(id string) int {
	order := []string{"hold", "follow_up", "note", "template", "arrange", "register", "phone"}
	return slices.Index(order, id) + 1
}

// section scrolls to the next or previous heading.
func (s *Screen) section(n int) {
	if n > 0 {
		for _, h := range s.heads {
			if h > s.pane.Top {
				s.pane.Scroll(h - s.pane.Top)
				return
			}
		}
		return
	}
	for i := len(s.heads) - 1; i >= 0; i-- {
		if s.heads[i] < s.pane.Top {
			s.pane.Scroll(s.heads[i] - s.pane.Top)
			return
		}
	}
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
		for _, c := range msg.Cases {
			if c == s.id {
				return s.Init()
			}
		}
	case loadedMsg:
		if msg.to == s && msg.gen == s.gen {
			s.err = msg.err
			if msg.view != nil {
				s.view, s.more = msg.view, msg.more
			}
			s.fill()
		}
	default:
		return s.took(msg)
	}
	return nil
}

func (s *Screen) fill() {
	if s.w <= 0 || s.h <= 0 {
		return
	}
	if s.view == nil || s.view.Case == nil {
		words := s.look.Text.Bar.Loading
		if s.err != nil {
			words = s.look.Text.Error(s.err).String()
		}
		s.pane.Refill(append([]string{""}, cells.Wrap(plain.Line(words), s.w-4, s.look.Theme.Muted)...))
	} else {
		s.pane.Refill(s.lines(s.w - 4))
	}
	s.pane.Resize(s.h)
}

// View draws what is in sight.
func (s *Screen) View() ([]string, *tea.Cursor) {
	lines := s.pane.View(s.w - 4)
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = "  " + l
	}
	return cells.Fit(out, s.w, s.h), nil
}
