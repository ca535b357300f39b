// Package duties is the room of what runs against the agency: duties with their
// due days, claims that lapse by the end of a year, the complaint register,
// deaths and insolvencies that nobody judged, and cases without a next step. It
// lists; the case's file decides.
package duties

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cases/priority"
	"kontor/themes"
	"kontor/ui/board"
	"kontor/ui/cells"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// Desk is what the room asks of the desk.
type Desk interface {
	desk.Lists
	Today() calendar.Date
}

// The lists, in the order of their tabs.
const (
	tabDuties = iota
	tabSilvester
	tabComplaints
	tabEvents
	tabIdle
	tabs
)

// yearsAhead is how far the list of what lapses looks: a claim of this year
// lapses in three.
const yearsAhead = 3

// loaded is one list with the day it was made for.
type loaded struct {
	tab, year  int
	today      calendar.Date
	duties     []desk.Duty
	silvester  []desk.SilvesterRow
	complaints []desk.ComplaintRow
	events     []desk.PersonEventRow
	idle       []desk.IdleRow
}

// room holds which list one looks at.
type room struct {
	look  *nav.Look
	desk  Desk
	tab   int
	ahead int // years
}

// New makes the room.
func New(look *nav.Look, d Desk) *board.Screen {
	r := &room{look: look, desk: d}
	return board.New(look, board.Page{
		Load: r.load, Draw: r.draw, Actions: r.actions, Pick: true,
		Watch: func(n desk.News) bool { return n.Queue || len(n.Cases) > 0 },
	})
}

func (r *room) load(ctx context.Context) (any, error) {
	l := loaded{tab: r.tab, today: r.desk.Today()}
	year, _, _ := l.today.Civil()
	l.year = year + r.ahead
	var err error
	switch l.tab {
	case tabDuties:
		l.duties, err = r.desk.Duties(ctx, 0)
	case tabSilvester:
		l.silvester, err = r.desk.Silvester(ctx, l.year)
	case tabComplaints:
		l.complaints, err = r.desk.Complaints(ctx, true)
	case tabEvents:
		l.events, err = r.desk.PersonEvents(ctx)
	case tabIdle:
		l.idle, err = r.desk.IdleRows(ctx)
	}
	return l, err
}

func (r *room) actions(s *board.Screen) []*keys.Action {
	t := r.look.Text.List
	act := func(id string, w text.Key, do func(), why func() string, ks ...string) *keys.Action {
		return &keys.Action{ID: id, Keys: ks, Short: w.Short, Long: w.Long, Group: keys.Move, Why: why, Do: func(tea.KeyPressMsg) tea.Cmd {
			do()
			return s.Load()
		}}
	}
	return []*keys.Action{
		act("list_next", t.Next, func() { r.tab = (r.tab + 1) % tabs }, nil, "tab"),
		act("list_prev", t.Prev, func() { r.tab = (r.tab + tabs - 1) % tabs }, nil, "shift+tab"),
		act("year_next", t.Later, func() { r.ahead++ }, func() string {
			if r.tab != tabSilvester || r.ahead >= yearsAhead {
				return t.NoLater
			}
			return ""
		}, "right", "l"),
		act("year_prev", t.Earlier, func() { r.ahead-- }, func() string {
			if r.tab != tabSilvester || r.ahead <= 0 {
				return t.NoEarlier
			}
			return ""
		}, "left", "h"),
	}
}

// sheet collects the lines of a list.
type sheet struct {
	*room
	w   int
	out []board.Line
}

func (r *room) draw(data any, w int) []board.Line {
	l, _ := data.(loaded)
	s := &sheet{room: r, w: w}
	t, th := r.look.Text.List, r.look.Theme
	head := ""
	for i, name := range t.Tabs {
		if i > 0 {
			head += th.Faint.Render(" · ")
		}
		if i == l.tab {
			head += th.Strong.Render(name)
		} else {
			head += th.Muted.Render(name)
		}
	}
	s.line(cells.Cut(head, w))
	switch l.tab {
	case tabDuties:
		s.duties(l)
	case tabSilvester:
		s.silvester(l)
	case tabComplaints:
		s.complaints(l)
	case tabEvents:
		s.events(l)
	case tabIdle:
		s.idle(l)
	}
	return s.out
}

func (s *sheet) line(words string) { s.out = append(s.out, board.Line{Text: words}) }

// lead says what the list is, or that it is empty; it reports whether there is
// anything below.
func (s *sheet) lead(n int, lead, none string) bool {
	if n == 0 {
		lead = none
	}
	for _, l := range cells.Wrap(plain.Line(lead), s.w, s.look.Theme.Muted) {
		s.line(l)
	}
	s.line("")
	return n > 0
}

// row sets cells beside each other; a negative width sets its cell to the right,
// the last takes the rest.
func (s *sheet) row(st themes.Style, l board.Line, cols ...any) {
	used := 0
	for i := 0; i+1 < len(cols); i += 2 {
		v, _ := cols[i].(string)
		n, _ := cols[i+1].(int)
		switch {
		case n < 0:
			l.Text += cells.Right(cells.Line(v), -n-1) + " "
			used -= n
		case n == 0:
			l.Text += cells.Cell(cells.Line(v), max(0, s.w-used))
		default:
			l.Text += cells.Cell(cells.Line(v), n-1) + " "
			used += n
		}
	}
	l.Text = st.Render(cells.Cut(l.Text, s.w))
	s.out = append(s.out, l)
}

// days says how long there is still to go, in the style that it deserves.
func (s *sheet) days(due, today calendar.Date) (string, themes.Style) {
	t, th := s.look.Text.List, s.look.Theme
	switch n := int(due - today); {
	case n < 0:
		return "! " + t.Late.N(-n), th.Bad
	case n == 0:
		return "! " + t.Today, th.Warn
	case n <= 3:
		return "  " + t.In.N(n), th.Warn
	default:
		return "  " + t.In.N(n), th.Text
	}
}

// Widths of columns that all lists have.
const (
	colDay, colCase = 12, 16
	wide            = 100 // from here on there is room for more columns
)

func (s *sheet) duties(l loaded) {
	t := s.look.Text
	if !s.lead(len(l.duties), t.List.DutyLead, t.List.DutyNone) {
		return
	}
	what, left, day := 42, 16, colDay
	date := s.date
	if s.w < wide {
		what, left, day = 20, 15, 11
		date = t.Day
	}
	s.row(s.look.Theme.Muted, board.Line{}, "  "+t.List.Due, left, "", day, t.List.What, what, t.List.Case, colCase, t.List.Debtor, 0)
	for i, y := range l.duties {
		words, st := s.days(y.Due, l.today)
		ref, rest := y.Reference.String(), s.look.Name(y.Debtor)
		if y.Case == "" {
			ref, rest = t.List.Unassigned, ""
		}
		kind := t.Clock(y.Kind)
		if s.w < wide { // the paragraph stands behind, where there is room
			kind, _, _ = strings.Cut(kind, " (")
		}
		more := ""
		if y.Kind == "complaint" {
			more = t.List.NotEntered
			if y.Complaint != "" {
				more = cells.Join(text.Code(t.File.About, y.About), t.List.Entered)
			}
		}
		s.row(st, board.Line{Case: y.Case, ID: "duty " + strconv.Itoa(i) + " " + string(y.Case) + string(y.Message) + y.Clock, Item: mail(y)},
			words, left, date(y.Due), day, kind, what, ref, colCase, cells.Join(rest, more), 0)
	}
}

// mail is what opens where there is no case yet.
func mail(y desk.Duty) desk.ItemRef {
	if y.Message == "" {
		return desk.ItemRef{}
	}
	return desk.ItemRef{Kind: priority.ItemMessage, ID: string(y.Message)}
}

func (s *sheet) silvester(l loaded) {
	t, th := s.look.Text, s.look.Theme
	if !s.lead(len(l.silvester), fmt.Sprintf(t.List.SilvesterLead, l.year), fmt.Sprintf(t.List.SilvesterNone, l.year)) {
		return
	}
	who, sum := 26, 16
	if s.w < wide { // what it is stands below
		who, sum = 28, 15
	}
	s.row(th.Muted, board.Line{}, "  "+t.List.Due, colDay+2, t.List.Case, colCase, t.List.Debtor, who, t.List.Sum, -sum, "", 2, s.wideOnly(t.List.What), 0)
	for i, y := range l.silvester {
		ends := min(y.Ends, y.With)
		st, sign := th.Text, "  "
		if int(ends-l.today) <= 60 {
			st, sign = th.Warn, "! "
		}
		what := cells.Join(y.Invoice, t.Stage(y.Stage))
		if y.Title != "" {
			what = cells.Join(text.Code(t.File.Title, y.Title), y.Invoice)
		}
		if y.InterestYear != 0 {
			what = cells.Join(fmt.Sprintf(t.List.Interest, y.InterestYear), what)
		}
		s.row(st, board.Line{Case: y.Case, ID: "lapse " + string(y.Case) + y.Claim + strconv.Itoa(i)},
			sign+s.date(ends), colDay+2, y.Reference.String(), colCase, s.look.Name(y.Debtor), who, s.look.Sum(y.Principal), -sum, "", 2, s.wideOnly(what), 0)
		more := ""
		if s.w < wide {
			more = what
		}
		if y.Act != ends {
			more = cells.Join(more, fmt.Sprintf(t.List.ActBy, t.Day(y.Act)))
		}
		if y.Disputed {
			more = cells.Join(more, fmt.Sprintf(t.List.Undecided, s.date(y.Without), s.date(y.With)))
		}
		if more != "" {
			for _, l := range cells.Wrap(plain.Line(more), s.w-4, th.Muted) {
				s.line(cells.Space(4) + l)
			}
		}
	}
}

// wideOnly leaves words out where there is no room for their column.
func (s *sheet) wideOnly(words string) string {
	if s.w < wide {
		return ""
	}
	return words
}

func (s *sheet) complaints(l loaded) {
	t, th := s.look.Text, s.look.Theme
	if !s.lead(len(l.complaints), t.List.ComplaintLead, t.List.ComplaintNone) {
		return
	}
	state := func(x desk.ComplaintRow) (string, themes.Style) {
		if x.Outcome != "" {
			return "✓ " + fmt.Sprintf(t.List.Closed, text.Code(t.File.Outcome, x.Outcome), t.Day(x.Closed)), th.Muted
		}
		return s.days(x.Due, l.today)
	}
	left := 16
	for _, x := range l.complaints {
		words, _ := state(x)
		left = max(left, cells.Width(words)+2)
	}
	for _, x := range l.complaints {
		words, st := state(x)
		said := ""
		if !s.look.Masked {
			said = cells.Line(x.Text.String())
		}
		s.row(st, board.Line{Case: x.Case, ID: "complaint " + x.ID}, words, left, x.Reference.String(), colCase, text.Code(t.File.About, x.About), 14, s.look.Name(x.Debtor), 0)
		if said != "" {
			s.row(th.Muted, board.Line{}, "", 4, said, 0)
		}
	}
}

func (s *sheet) events(l loaded) {
	t := s.look.Text
	if !s.lead(len(l.events), t.List.EventLead, t.List.EventNone) {
		return
	}
	for _, x := range l.events {
		s.row(s.look.Theme.Warn, board.Line{Case: x.Case, ID: "event " + string(x.Case) + x.Kind}, t.HoldReason(x.Kind), 14, x.Reference.String(), colCase, s.look.Name(x.Debtor), 0)
	}
}

func (s *sheet) idle(l loaded) {
	t := s.look.Text
	if !s.lead(len(l.idle), t.List.IdleLead, t.List.IdleNone) {
		return
	}
	for _, x := range l.idle {
		s.row(s.look.Theme.Text, board.Line{Case: x.Case, ID: "idle " + string(x.Case)}, x.Reference.String(), colCase, t.Stage(x.Stage), 20, s.look.Name(x.Debtor), 0)
	}
}

// date writes a day for a column: as wide in both languages.
func (s *sheet) date(d calendar.Date) string {
	if s.look.Text.Lang == "de" {
		return d.Long("de")
	}
	return d.String()
}
