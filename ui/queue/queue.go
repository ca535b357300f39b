// Package queue is the list of the day's work with a preview of the item under
// the cursor. The order stays put under the hands: what is new waits until it
// is asked for, what is done is shown as done.
package queue

import (
	"context"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cases/priority"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/keys"
	"kontor/ui/nav"
)

// Desk is what the queue asks of the desk.
type Desk interface {
	Queue(ctx context.Context, q desk.Query) (*desk.Queue, error)
	Open(ctx context.Context, item desk.ItemRef, o desk.OpenOptions) (*desk.Review, error)
}

const (
	timeout      = 10 * time.Second
	previewAfter = 60 * time.Millisecond // the cursor rests: only then is a preview loaded
	newsAfter    = 250 * time.Millisecond
)

// Screen is the queue.
type Screen struct {
	look  *nav.Look
	desk  Desk
	table *keys.Table

	base  *desk.Queue // the order under the hands
	live  *desk.Queue // what the desk says now
	gen   int
	err   error
	asked int  // questions to the desk that are open
	owed  bool // news came meanwhile
	fresh int  // in live, not in base
	calls int  // of them, in the lane of alerts
	moved bool // somebody has used this order
	order time.Time

	lane   priority.Lane // empty: all
	only   bool          // mails without a case only
	was    desk.ItemRef  // under the cursor before only was set
	view   []int32       // indexes into base
	later  map[desk.ItemRef]bool
	marked map[desk.ItemRef]bool
	gone   map[desk.ItemRef]bool // decided here, before the desk says so

	cursor, top int
	w, h        int

	field   textinput.Model
	typing  bool
	filter  string
	index   *index
	fgen    int
	pending string // the filter that view was made with

	previewGen int
	preview    *desk.Review
	previewOf  desk.ItemRef
	previewErr error
	lines      []string // of the preview, for previewW
	previewW   int
}

// New makes the queue's screen.
func New(look *nav.Look, d Desk) *Screen {
	s := &Screen{look: look, desk: d, later: map[desk.ItemRef]bool{}, marked: map[desk.ItemRef]bool{}, gone: map[desk.ItemRef]bool{}}
	s.table = s.actions()
	s.field = textinput.New()
	s.field.Prompt = ""
	s.field.CharLimit = 200
	s.field.SetVirtualCursor(false)
	return s
}

// Messages of this screen.
type (
	loadedMsg struct {
		to    *Screen
		gen   int
		queue *desk.Queue
		fresh int
		calls int
		adopt bool
		err   error
	}
	againMsg    struct{ to *Screen }
	filteredMsg struct {
		to    *Screen
		gen   int
		index *index
		view  []int32
	}
	restedMsg struct {
		to  *Screen
		gen int
	}
	previewMsg struct {
		to  *Screen
		gen int
		rev *desk.Review
		err error
	}
)

// Init loads the queue.
func (s *Screen) Init() tea.Cmd {
	if s.base != nil {
		return s.rest()
	}
	return s.load(true)
}

// load asks for the queue. adopt puts it under the hands.
func (s *Screen) load(adopt bool) tea.Cmd {
	s.gen++
	s.asked++
	to, gen, d, base := s, s.gen, s.desk, s.base
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		q, err := d.Queue(ctx, desk.Query{})
		m := loadedMsg{to: to, gen: gen, queue: q, adopt: adopt, err: err}
		if err == nil && base != nil && !adopt {
			m.fresh, m.calls = q.Fresh(base)
		}
		return m
	}
}

// Keys gives the actions.
func (s *Screen) Keys() *keys.Table { return s.table }

// Typing says that the filter takes keys.
func (s *Screen) Typing() bool { return s.typing }

// Holds names the item under the cursor.
func (s *Screen) Holds() (desk.ItemRef, cases.CaseID) {
	ref, ok := s.at()
	if !ok {
		return desk.ItemRef{}, ""
	}
	return ref, s.row(int(s.view[s.cursor])).Case
}

// SetLane shows one lane; only the mails without a case where only is set.
func (s *Screen) SetLane(l priority.Lane, only bool) tea.Cmd {
	at, _ := s.at()
	switch {
	case only && !s.only:
		s.was = at
	case !only && s.only:
		at = s.was
	}
	s.lane, s.only = l, only
	s.closeFilter()
	s.refill(at)
	return s.rest()
}

// Update takes messages; keys of the table do not come here.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.SizeMsg:
		s.w, s.h = msg.W, msg.H
		s.previewW = 0
		s.clamp()
	case nav.LookMsg:
		s.table = s.actions()
		s.previewW = 0
	case nav.NewsMsg:
		if msg.Queue {
			return tea.Batch(s.again(), s.stale(msg.Cases))
		}
	case loadedMsg:
		if msg.to == s {
			return s.arrived(msg)
		}
	case againMsg:
		if msg.to == s {
			return s.load(!s.moved && !s.typing)
		}
	case filteredMsg:
		if msg.to == s {
			if msg.index != nil && msg.index.queue == s.base {
				s.index = msg.index
			}
			if msg.gen == s.fgen {
				s.view, s.pending = msg.view, s.filter
				s.cursor, s.top = 0, 0
				return s.rest()
			}
		}
	case restedMsg:
		if msg.to == s && msg.gen == s.previewGen {
			return s.loadPreview()
		}
	case previewMsg:
		if msg.to == s && msg.gen == s.previewGen {
			s.preview, s.previewErr, s.previewW = msg.rev, msg.err, 0
		}
	case tea.PasteMsg:
		if s.typing {
			msg.Content = plain.Line(msg.Content).String()
			return s.typed(msg)
		}
	case tea.KeyPressMsg:
		if s.typing {
			return s.filterKey(msg)
		}
	default:
		if s.typing {
			var cmd tea.Cmd
			s.field, cmd = s.field.Update(msg)
			return cmd
		}
	}
	return nil
}

// again asks for the queue anew; while a question is open the next one waits,
// so that a burst of news does not rank the queue over and over.
func (s *Screen) again() tea.Cmd {
	if s.asked > 0 {
		s.owed = true
		return nil
	}
	return s.load(!s.moved && !s.typing)
}

func (s *Screen) arrived(m loadedMsg) tea.Cmd {
	s.asked--
	var cmd tea.Cmd
	if m.gen == s.gen {
		cmd = s.loaded(m)
	}
	if s.owed && s.asked == 0 {
		s.owed = false
		to := s
		return tea.Batch(cmd, s.look.After(newsAfter, func(time.Time) tea.Msg { return againMsg{to} }))
	}
	return cmd
}

func (s *Screen) loaded(m loadedMsg) tea.Cmd {
	if m.err != nil {
		s.err = m.err
		return nav.Tell(nav.Bad, s.look.Text.Error(m.err).String())
	}
	s.err = nil
	s.live = m.queue
	s.fresh, s.calls = m.fresh, m.calls
	if !m.adopt && s.base != nil {
		s.previewW = 0
		return nil
	}
	at, _ := s.at()
	if !s.moved {
		at = desk.ItemRef{}
	}
	s.base, s.moved, s.fresh, s.calls = m.queue, false, 0, 0
	s.index = nil
	s.order = s.look.Now()
	clear(s.gone)
	s.refill(at)
	if s.filter != "" {
		return tea.Batch(s.search(s.filter), s.rest())
	}
	return s.rest()
}

// stale loads the preview anew where its case has moved.
func (s *Screen) stale(moved []cases.CaseID) tea.Cmd {
	if s.preview == nil {
		return s.rest()
	}
	for _, c := range moved {
		if s.preview.Case != nil && s.preview.Case.ID == c {
			return s.rest()
		}
	}
	return nil
}

// at names the item under the cursor.
func (s *Screen) at() (desk.ItemRef, bool) {
	if s.base == nil || s.cursor < 0 || s.cursor >= len(s.view) {
		return desk.ItemRef{}, false
	}
	return s.base.Ref(int(s.view[s.cursor])), true
}

func (s *Screen) clamp() {
	s.cursor = max(0, min(s.cursor, len(s.view)-1))
	s.top = cells.Window(s.top, s.cursor, s.lay().list.Dy(), len(s.view))
}

// rest waits for the cursor to rest before the preview is loaded.
func (s *Screen) rest() tea.Cmd {
	s.previewGen++
	ref, ok := s.at()
	if !ok {
		s.preview = nil
		return nil
	}
	if ref != s.previewOf {
		s.preview, s.previewErr = nil, nil
	}
	to, gen := s, s.previewGen
	return s.look.After(previewAfter, func(time.Time) tea.Msg { return restedMsg{to, gen} })
}

func (s *Screen) loadPreview() tea.Cmd {
	ref, ok := s.at()
	if !ok || s.lay().preview.Empty() {
		return nil
	}
	s.previewOf = ref
	to, gen, d := s, s.previewGen, s.desk
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		rev, err := d.Open(ctx, ref, desk.OpenOptions{})
		return previewMsg{to, gen, rev, err}
	}
}

func (s *Screen) why(tea.KeyPressMsg) tea.Cmd {
	r := s.row(int(s.view[s.cursor]))
	return nav.Send(nav.Push{Dialog: dialog.Why(s.look, r.Reasons, r.Score)})
}
