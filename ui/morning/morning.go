// Package morning is the overview of the day: the lanes with what they hold.
package morning

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/priority"
	"kontor/ui/cells"
	"kontor/ui/keys"
	"kontor/ui/nav"
)

// Queue is what the overview is made of.
type Queue interface {
	Lanes() []desk.LaneCount
	FirstOf(l priority.Lane) (desk.Row, bool)
	Loaded() bool
}

// Screen is the overview.
type Screen struct {
	look   *nav.Look
	queue  Queue
	table  *keys.Table
	cursor int
	w, h   int
}

// New makes the overview over the queue's screen.
func New(look *nav.Look, q Queue) *Screen {
	s := &Screen{look: look, queue: q}
	s.table = s.actions()
	return s
}

func (s *Screen) actions() *keys.Table {
	t := s.look.Text
	move := func(n int) func(tea.KeyPressMsg) tea.Cmd {
		return func(tea.KeyPressMsg) tea.Cmd {
			s.cursor = max(0, min(s.cursor+n, len(s.queue.Lanes())-1))
			return nil
		}
	}
	some := func() string {
		if len(s.queue.Lanes()) == 0 {
			return t.Morning.Nothing
		}
		return ""
	}
	return keys.Must(s.look.Bound,
		&keys.Action{ID: "open", Keys: []string{"enter"}, Short: t.Keys.Open.Short, Long: t.Morning.Open, Do: s.open, Why: some},
		&keys.Action{ID: "lane", Keys: []string{"space", "right", "l"}, Short: t.Morning.Lane.Short, Long: t.Morning.Lane.Long, Group: keys.Move, Do: s.lane, Why: some},
		&keys.Action{ID: "down", Keys: []string{"j", "down"}, Long: t.Keys.Down.Long, Group: keys.Move, Do: move(1)},
		&keys.Action{ID: "up", Keys: []string{"k", "up"}, Long: t.Keys.Up.Long, Group: keys.Move, Do: move(-1)},
	)
}

func (s *Screen) open(tea.KeyPressMsg) tea.Cmd {
	l := s.queue.Lanes()[min(s.cursor, len(s.queue.Lanes())-1)].Lane
	row, ok := s.queue.FirstOf(l)
	if !ok {
		return nil
	}
	return nav.Send(nav.OpenItem{Item: row.Item})
}

func (s *Screen) lane(tea.KeyPressMsg) tea.Cmd {
	l := s.queue.Lanes()[min(s.cursor, len(s.queue.Lanes())-1)].Lane
	return nav.Send(nav.Go{Room: nav.RoomQueue, Lane: string(l)})
}

// Init has nothing to load: the queue's screen does.
func (s *Screen) Init() tea.Cmd { return nil }

// Keys gives the actions.
func (s *Screen) Keys() *keys.Table { return s.table }

// Typing is never so here.
func (s *Screen) Typing() bool { return false }

// Update takes messages.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.SizeMsg:
		s.w, s.h = msg.W, msg.H
	case nav.LookMsg:
		s.table = s.actions()
	}
	return nil
}

// View draws a line a lane.
func (s *Screen) View() ([]string, *tea.Cursor) {
	if s.w <= 0 || s.h <= 0 {
		return nil, nil
	}
	t, th := s.look.Text, s.look.Theme
	day := s.day()
	out := []string{"", "  " + th.Title.Render(t.Morning.Lanes) + th.Muted.Render("  "+day), ""}
	lanes := s.queue.Lanes()
	if len(lanes) == 0 {
		words := t.Bar.Loading
		if s.queue.Loaded() {
			words = t.Morning.Nothing
		}
		return cells.Fit(append(out, "  "+th.Muted.Render(words)), s.w, s.h), nil
	}
	cursor := min(s.cursor, len(lanes)-1)
	for i, l := range lanes {
		out = append(out, s.row(l, i == cursor))
	}
	out = append(out, "", "  "+th.Muted.Render(t.Morning.Hint))
	return cells.Fit(out, s.w, s.h), nil
}

func (s *Screen) row(l desk.LaneCount, here bool) string {
	t, th := s.look.Text, s.look.Theme
	first := ""
	if r, ok := s.queue.FirstOf(l.Lane); ok {
		first = s.what(r)
	}
	mark, st := "   ", th.Text
	switch {
	case here:
		mark, st = " ▌ ", th.Selected
	case l.Lane == priority.LaneAlert:
		mark, st = " ! ", th.Bad
	case l.Lane == priority.LaneDueToday:
		mark, st = " § ", th.Law
	}
	head := mark + cells.Cell(t.Lane(l.Lane), 20) + cells.Right(fmt.Sprint(l.N), 7) + "   "
	rest := cells.Cell(first, s.w-cells.Width(head)-1) + " "
	if here {
		return st.Render(head + rest)
	}
	return st.Render(head) + th.Muted.Render(rest)
}

// what says of a lane's first item which one it is, what it wants, and why it
// stands first.
func (s *Screen) what(r desk.Row) string {
	t := s.look.Text
	ref, who, wants := r.Reference.String(), r.Debtor, t.IntentSlim(r.Intent)
	if ref == "" {
		ref = t.Queue.Unassigned
	}
	if who.IsZero() {
		who = r.From
	}
	if r.Item.Kind == priority.ItemPayment && !s.look.Masked { // its reason says that it is one
		wants = cells.Line(r.Subject.String())
	}
	if wants == "" && r.Item.Kind != priority.ItemFollowUp { // its reason says so
		wants = t.Item(r.Item.Kind)
	}
	out := cells.Join(cells.Line(ref), cells.Line(s.look.Name(who)), wants)
	if len(r.Reasons) == 0 || s.look.Masked {
		return out
	}
	if why := t.Reason(r.Reasons[0]); !strings.EqualFold(why, wants) {
		out = cells.Join(out, why)
	}
	return out
}

// Holds names the item that enter would open.
func (s *Screen) Holds() (desk.ItemRef, cases.CaseID) {
	lanes := s.queue.Lanes()
	if len(lanes) == 0 {
		return desk.ItemRef{}, ""
	}
	r, _ := s.queue.FirstOf(lanes[min(s.cursor, len(lanes)-1)].Lane)
	return r.Item, r.Case
}

// day writes today with its year.
func (s *Screen) day() string {
	d, lang := s.today(), s.look.Text.Lang
	short := d.Short(lang)
	if week, _, ok := strings.Cut(short, " "); ok && lang == "de" {
		return week + " " + d.Long(lang)
	}
	return short + " " + s.look.Now().In(s.look.Loc).Format("2006")
}

func (s *Screen) today() calendar.Date { return s.look.Today() }
