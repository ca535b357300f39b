// Package payments is the room of what the bank reports: which case a payment
// belongs to, and why the program thinks so. What is sure was booked when the
// statement came; the rest waits here for a person.
package payments

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/money"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/keys"
	"kontor/ui/nav"
)

// Desk is what the room asks of the desk.
type Desk interface {
	Payments(ctx context.Context, all bool) ([]desk.PaymentRow, error)
	PaymentView(ctx context.Context, id cases.EntryID) (*desk.PaymentView, error)
	Book(ctx context.Context, id cases.EntryID, o desk.BookOptions) error
	Split(ctx context.Context, id cases.EntryID, parts []cases.EntryPart) error
	Refuse(ctx context.Context, id cases.EntryID, reason, words string) error
	ReopenPayment(ctx context.Context, id cases.EntryID) error
	ToCreditor(ctx context.Context, id cases.EntryID, c cases.CaseID, cents money.Cents, day calendar.Date, words string) error
	ImportStatement(ctx context.Context, read desk.StatementFile) (desk.PaymentsImport, error)
	FindCase(ctx context.Context, reference string) (cases.CaseID, error)
	dialog.Finder
	Today() calendar.Date
}

const (
	timeout       = 10 * time.Second
	importTimeout = 30 * time.Minute // a year of a large account
)

// Screen is the room.
type Screen struct {
	look    *nav.Look
	desk    Desk
	outside *nav.Outside
	table   *keys.Table

	all     bool // every entry, not only those to match
	rows    []desk.PaymentRow
	loaded  bool
	err     error
	gen     int
	cursor  int
	top     int
	wanted  cases.EntryID // to be selected once the rows are there
	view    *desk.PaymentView
	viewErr error
	viewGen int
	last    cases.EntryID // decided last, for u
	busy    bool          // a statement is being read
	today   calendar.Date
	w, h    int
}

// New makes the room.
func New(look *nav.Look, d Desk, out *nav.Outside) *Screen {
	s := &Screen{look: look, desk: d, outside: out}
	s.table = s.actions()
	return s
}

// Select puts the cursor on an entry when the room is entered next.
func (s *Screen) Select(id cases.EntryID) { s.wanted = id }

type (
	loadedMsg struct {
		to    *Screen
		gen   int
		rows  []desk.PaymentRow
		today calendar.Date
		err   error
	}
	viewMsg struct {
		to   *Screen
		gen  int
		view *desk.PaymentView
		err  error
	}
	doneMsg struct {
		to   *Screen
		say  string
		id   cases.EntryID // decided; "" if there is nothing to take back
		err  error
		back bool // it was taken back
	}
	importedMsg struct {
		to  *Screen
		res desk.PaymentsImport
		err error
	}
)

// Init loads the list.
func (s *Screen) Init() tea.Cmd { return s.load() }

func (s *Screen) load() tea.Cmd {
	s.gen++
	to, gen, d, all := s, s.gen, s.desk, s.all
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		rows, err := d.Payments(ctx, all)
		return loadedMsg{to, gen, rows, d.Today(), err}
	}
}

// look at the entry under the cursor, with its reasons.
func (s *Screen) rest() tea.Cmd {
	s.viewGen++
	r := s.at()
	if r == nil {
		s.view, s.viewErr = nil, nil
		return nil
	}
	to, gen, d, id := s, s.viewGen, s.desk, r.Entry
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		v, err := d.PaymentView(ctx, id)
		return viewMsg{to, gen, v, err}
	}
}

// Keys gives the actions.
func (s *Screen) Keys() *keys.Table { return s.table }

// Typing is never so here.
func (s *Screen) Typing() bool { return false }

// Holds names the case of the selected payment.
func (s *Screen) Holds() (desk.ItemRef, cases.CaseID) {
	if r := s.at(); r != nil {
		return desk.ItemRef{}, r.Case
	}
	return desk.ItemRef{}, ""
}

func (s *Screen) at() *desk.PaymentRow {
	if s.cursor < 0 || s.cursor >= len(s.rows) {
		return nil
	}
	return &s.rows[s.cursor]
}

// shown returns the view of the selected payment once it is there.
func (s *Screen) shown() *desk.PaymentView {
	r := s.at()
	if r == nil || s.view == nil || s.view.Entry.ID != r.Entry {
		return nil
	}
	return s.view
}

// Update takes messages.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.SizeMsg:
		s.w, s.h = msg.W, msg.H
		s.clamp()
	case nav.LookMsg:
		s.table = s.actions()
	case nav.NewsMsg:
		if msg.Queue && s.loaded && !s.busy {
			return s.load()
		}
	case loadedMsg:
		if msg.to == s && msg.gen == s.gen {
			return s.take(msg)
		}
	case viewMsg:
		if msg.to == s && msg.gen == s.viewGen {
			s.view, s.viewErr = msg.view, msg.err
		}
	case doneMsg:
		if msg.to == s {
			return s.done(msg)
		}
	case importedMsg:
		if msg.to == s {
			return s.imported(msg)
		}
	default:
		return s.answer(msg)
	}
	return nil
}

// take puts the rows on the screen; the cursor stays on its payment, or, where
// that is gone, on its place.
func (s *Screen) take(m loadedMsg) tea.Cmd {
	s.loaded, s.err, s.today = true, m.err, m.today
	if m.err != nil {
		return nil
	}
	keep := s.wanted
	if r := s.at(); keep == "" && r != nil {
		keep = r.Entry
	}
	s.wanted, s.rows = "", m.rows
	for i := range s.rows {
		if s.rows[i].Entry == keep {
			s.cursor = i
		}
	}
	s.clamp()
	return s.rest()
}

func (s *Screen) do(m doneMsg, f func(context.Context) error) tea.Cmd {
	m.to = s
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		m.err = f(ctx)
		return m
	}
}

func (s *Screen) done(m doneMsg) tea.Cmd {
	if m.err != nil {
		return tea.Batch(nav.Tell(nav.Bad, s.look.Text.Error(m.err).String()), s.load())
	}
	if s.last = m.id; m.back {
		s.last = ""
	}
	return tea.Batch(nav.Tell(nav.Good, m.say), s.load())
}

func (s *Screen) move(n int) tea.Cmd {
	before := s.cursor
	s.cursor = max(0, min(s.cursor+n, len(s.rows)-1))
	s.clamp()
	if s.cursor == before {
		return nil
	}
	return s.rest()
}

// list changes between what is to match and everything.
func (s *Screen) list(tea.KeyPressMsg) tea.Cmd {
	if r := s.at(); r != nil {
		s.wanted = r.Entry
	}
	s.all, s.rows, s.loaded, s.cursor, s.top = !s.all, nil, false, 0, 0
	return s.load()
}

func (s *Screen) clamp() {
	s.cursor = max(0, min(s.cursor, len(s.rows)-1))
	s.top = cells.Window(s.top, s.cursor, s.listHeight(), len(s.rows))
}
