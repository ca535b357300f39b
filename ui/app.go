// Package ui is the workstation's terminal program. This package routes between
// screens and does nothing else; each screen is a folder below it.
package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/themes"
	"kontor/ui/board"
	"kontor/ui/cells"
	"kontor/ui/conflicts"
	"kontor/ui/dashboard"
	"kontor/ui/duties"
	"kontor/ui/keys"
	"kontor/ui/morning"
	"kontor/ui/nav"
	"kontor/ui/outbox"
	"kontor/ui/payments"
	"kontor/ui/queue"
	"kontor/ui/record"
	"kontor/ui/review"
	"kontor/ui/settings"
	"kontor/ui/team"
	"kontor/ui/text"
	"kontor/ui/unlock"
)

// Options shape the program.
type Options struct {
	// Desk is nil until Unlock has opened the store.
	Desk desk.Workstation
	// Unlock opens the store; its error wraps ErrPassphrase where the passphrase
	// is wrong. It is called again after locking. nil: no unlock screen, no
	// locking.
	Unlock func(ctx context.Context, passphrase string) (desk.Workstation, error)
	// Lock is told that the caseworker locked the screen: what is open may be
	// closed. It runs off the update loop.
	Lock   func()
	Lang   string // "de" or "en"
	Theme  string // a name of themes.Names
	Clock  func() time.Time
	Loc    *time.Location
	Demo   bool
	Editor review.Editor       // nil: no editor outside
	Keys   map[string][]string // keys by action id, in place of the built-in ones
	// Outside is what screens may ask of the machine around the program.
	Outside nav.Outside
	size    [2]int // in tests: a window where there is no terminal
}

// ErrPassphrase is in the chain of Unlock's error where the passphrase is wrong.
var ErrPassphrase = unlock.ErrPassphrase

// timeout bounds what the root itself asks of the desk.
const timeout = 10 * time.Second

// app is the root model: size, look, the stack of screens, the boxes over them.
type app struct {
	opts  Options
	look  *nav.Look
	table *keys.Table
	w, h  int

	desk      desk.Workstation
	subscribe func(desk.Workstation) (cancel func())
	cancel    func()

	room    nav.Room
	queue   *queue.Screen
	outbox  *outbox.Screen
	morning *morning.Screen
	pay     *payments.Screen
	boards  map[nav.Room]*board.Screen // conflicts, team, figures, record, settings
	stack   []nav.Screen               // the room's screen, and what was opened from it
	over    []nav.Dialog

	say     nav.Say
	status  desk.Status
	undo    nav.Undo
	undone  bool // an undo is on its way
	ticking bool
	pulling bool // somebody asked for a round
	dark    bool
	day     calendar.Date // that the screens were made for
}

// New makes the program's model. Clock is required.
func New(o Options) tea.Model { return newApp(o) }

func newApp(o Options) *app {
	if o.Loc == nil {
		o.Loc = time.UTC
	}
	if o.Lang != "en" {
		o.Lang = "de"
	}
	a := &app{opts: o, desk: o.Desk, dark: true}
	a.look = &nav.Look{Theme: themes.New(o.Theme, true), Now: o.Clock, Loc: o.Loc, Bound: o.Keys, After: tea.Tick}
	a.look.Text = text.New(o.Lang).From(a.look.Today)
	a.table = a.actions()
	a.day = calendar.In(o.Clock(), o.Loc)
	if a.desk != nil {
		a.furnish()
	} else if o.Unlock != nil {
		a.stack = []nav.Screen{unlock.New(a.look, o.Unlock)}
	}
	return a
}

// furnish makes the rooms for an open desk.
func (a *app) furnish() {
	a.queue = queue.New(a.look, a.desk)
	a.outbox = outbox.New(a.look, a.desk)
	a.morning = morning.New(a.look, a.queue)
	a.pay = payments.New(a.look, a.desk, &a.opts.Outside)
	a.boards = map[nav.Room]*board.Screen{
		nav.RoomConflicts: conflicts.New(a.look), nav.RoomTeam: team.New(a.look, a.desk), nav.RoomDashboard: dashboard.New(a.look, a.desk),
		nav.RoomRecord: record.New(a.look, a.desk), nav.RoomSettings: settings.New(a.look, a.desk, &a.opts.Outside),
		nav.RoomDuties: duties.New(a.look, a.desk),
	}
	a.room = nav.RoomQueue
	a.stack = []nav.Screen{a.queue}
}

// Messages of the root.
type (
	statusMsg struct{ status desk.Status }
	undoneMsg struct {
		undo nav.Undo
		err  error
	}
	subscribedMsg struct{ cancel func() }
	lockedMsg     struct{}
	hourMsg       struct{}
)

// Init asks the terminal for its background and opens the first screen.
func (a *app) Init() tea.Cmd {
	cmds := []tea.Cmd{tea.RequestBackgroundColor, a.watchDay()}
	if a.desk != nil {
		cmds = append(cmds, a.attend(), a.queue.Init())
	} else if len(a.stack) > 0 {
		cmds = append(cmds, a.stack[0].Init())
	}
	return tea.Batch(cmds...)
}

// attend begins to listen to the desk.
func (a *app) attend() tea.Cmd {
	sub, d := a.subscribe, a.desk
	if sub == nil {
		return a.askStatus()
	}
	return tea.Batch(a.askStatus(), func() tea.Msg { return subscribedMsg{sub(d)} })
}

func (a *app) askStatus() tea.Cmd {
	d := a.desk
	if d == nil {
		return nil
	}
	return func() tea.Msg { return statusMsg{d.Status()} }
}

func (a *app) top() nav.Screen {
	if len(a.stack) == 0 {
		return nil
	}
	return a.stack[len(a.stack)-1]
}

// Update routes: keys and pastes to the topmost box or screen, size, look and
// news to everyone, answers to whoever asked.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) { return a, a.update(msg) }

func (a *app) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		return a.everyone(a.pane())
	case tea.BackgroundColorMsg:
		a.dark = msg.IsDark()
		return a.relook(a.look.Theme.Name)
	case tea.KeyPressMsg:
		return a.key(msg)
	case tea.PasteMsg:
		return a.paste(msg)
	case statusMsg:
		a.status = msg.status
		if a.undo.Zero() && msg.status.Undo != "" {
			a.undo = nav.Undo{Reply: msg.status.Undo, Until: msg.status.UndoEnd}
		}
		if r := msg.status.Recorded; r != nil && (a.undo.Zero() || a.undo.Recorded != nil) && a.look.Now().Before(r.Until) {
			a.undo = nav.Undo{Recorded: r, Until: r.Until}
		} else if r == nil && a.undo.Recorded != nil {
			a.undo = nav.Undo{}
		}
		return a.tick()
	case nav.NewsMsg:
		a.report(msg.News)
		return tea.Batch(a.askStatus(), a.everyone(msg))
	case nav.TickMsg:
		a.ticking = false
		if !a.undo.Zero() && !a.look.Now().Before(a.undo.Until) {
			a.undo = nav.Undo{}
		}
		return tea.Batch(a.tick(), a.everyone(msg))
	case undoneMsg:
		return a.wasUndone(msg)
	case subscribedMsg:
		if a.desk == nil {
			return quietly(msg.cancel)
		}
		a.cancel = msg.cancel
	case unlock.OpenedMsg:
		a.desk = msg.Desk
		a.furnish()
		return tea.Batch(a.attend(), a.resize(), a.queue.Init())
	case hourMsg:
		return tea.Batch(a.newDay(), a.watchDay())
	case lockedMsg:
	default:
		if cmd, ok := a.navigate(msg); ok {
			return cmd
		}
		return a.everyone(msg)
	}
	return nil
}

// watchDay waits for midnight, at most an hour: a machine that slept finds the new
// day soon after.
func (a *app) watchDay() tea.Cmd {
	now := a.look.Now().In(a.look.Loc)
	y, m, d := now.Date()
	next := time.Date(y, m, d+1, 0, 0, 1, 0, a.look.Loc)
	return a.look.After(min(next.Sub(now), time.Hour), func(time.Time) tea.Msg { return hourMsg{} })
}

// newDay tells everyone that the day has changed: the desk ranks anew, and the
// queue offers the new order; under hands that work it changes nothing.
func (a *app) newDay() tea.Cmd {
	today := a.look.Today()
	if a.day == today {
		return nil
	}
	a.day = today
	if a.desk == nil {
		return nil
	}
	a.say = nav.Say{Text: a.look.Text.Bar.NewDay}
	return tea.Batch(a.askStatus(), a.everyone(nav.NewsMsg{News: desk.News{Queue: true}}))
}

// report says how a round ended that somebody asked for.
func (a *app) report(n desk.News) {
	if a.pulling && n.Pulled != nil {
		a.pulling = false
		a.say = nav.Say{Text: a.look.Text.Bar.Pulled.N(n.Pulled.New), Tone: nav.Good}
	}
}

func (a *app) tooSmall() bool { return a.w < minW || a.h < minH }

func (a *app) pane() nav.SizeMsg { return nav.SizeMsg{W: a.w, H: max(0, a.h-3)} }

// paneOf is the room that a screen has.
func (a *app) paneOf(s nav.Screen) nav.SizeMsg {
	p := a.pane()
	if _, ok := s.(nav.Whole); ok {
		p.H = a.h
	}
	return p
}

func (a *app) resize() tea.Cmd { return a.everyone(a.pane()) }

// everyone hands a message to every screen and box there is, each once.
func (a *app) everyone(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	seen := map[nav.Screen]bool{}
	give := func(s nav.Screen) {
		if s != nil && !seen[s] {
			seen[s] = true
			if _, size := msg.(nav.SizeMsg); size {
				msg = a.paneOf(s)
			}
			cmds = append(cmds, s.Update(msg))
		}
	}
	if a.queue != nil {
		give(a.queue)
		give(a.outbox)
		give(a.morning)
	}
	// A room that nobody looks at reads again when it is entered.
	if _, news := msg.(nav.NewsMsg); !news && a.queue != nil {
		give(a.pay)
		for r := nav.RoomConflicts; r <= nav.RoomDuties; r++ {
			give(a.boards[r])
		}
	}
	for _, s := range a.stack {
		give(s)
	}
	for _, d := range a.over {
		give(d)
	}
	return tea.Batch(cmds...)
}

// relook rebuilds the theme and tells everyone.
func (a *app) relook(name string) tea.Cmd {
	a.look.Theme = themes.New(name, a.dark)
	return a.everyone(nav.LookMsg{})
}

// tick runs once a second while something counts down.
func (a *app) tick() tea.Cmd {
	if a.ticking || a.undo.Zero() && !a.status.UndoEnd.After(a.look.Now()) {
		return nil
	}
	a.ticking = true
	return a.look.After(time.Second, func(t time.Time) tea.Msg { return nav.TickMsg{At: t} })
}

// key goes to the topmost box; else to a text field; else to the screen's
// table, else to the program's.
func (a *app) key(k tea.KeyPressMsg) tea.Cmd {
	name := k.String()
	switch a.table.Find(name) {
	case nil:
	case a.table.ByID("redraw"), a.table.ByID("suspend"):
		return a.press(a.table, k)
	}
	if name == "ctrl+c" {
		return a.quit()
	}
	if a.tooSmall() { // nobody decides on what is not drawn
		return nil
	}
	if n := len(a.over); n > 0 {
		return a.over[n-1].Update(k)
	}
	top := a.top()
	if top == nil {
		return nil
	}
	a.say = nav.Say{}
	if cmd := a.newDay(); cmd != nil { // the machine slept over midnight
		return tea.Batch(cmd, a.give(top, k, name))
	}
	return a.give(top, k, name)
}

// give gives a key to the text field that takes it, else to the screen's table,
// else to the program's.
func (a *app) give(top nav.Screen, k tea.KeyPressMsg, name string) tea.Cmd {
	if top.Typing() {
		if name == "ctrl+x" && a.desk != nil {
			return a.press(a.table, k)
		}
		return top.Update(k)
	}
	if top.Keys().Find(name) != nil {
		return a.press(top.Keys(), k)
	}
	return a.press(a.table, k)
}

func (a *app) press(t *keys.Table, k tea.KeyPressMsg) tea.Cmd {
	cmd, why, found := t.Press(k)
	if !found {
		why = sprintf(a.look.Text.Bar.NoKey, keys.Pretty(cells.Line(k.String())), a.table.ByID("help").Label())
	}
	if why != "" {
		a.say = nav.Say{Text: why, Tone: nav.Careful}
	}
	return cmd
}

// paste is text: it goes into a field, and nowhere else.
func (a *app) paste(p tea.PasteMsg) tea.Cmd {
	if n := len(a.over); n > 0 {
		return a.over[n-1].Update(p)
	}
	if top := a.top(); top != nil && top.Typing() {
		return top.Update(p)
	}
	a.say = nav.Say{Text: a.look.Text.Bar.PasteIgnored, Tone: nav.Careful}
	return nil
}

// takeBack undoes the last decision while its window is open.
func (a *app) takeBack(tea.KeyPressMsg) tea.Cmd {
	u, d, why := a.undo, a.desk, a.look.Text.Bar.UndoWhy
	a.undone = true
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		if u.Reply != "" {
			return undoneMsg{u, d.Undo(ctx, u.Reply)}
		}
		if u.Recorded != nil {
			return undoneMsg{u, d.TakeBack(ctx, *u.Recorded, why)}
		}
		return undoneMsg{u, d.Reopen(ctx, u.Message)}
	}
}

func (a *app) wasUndone(m undoneMsg) tea.Cmd {
	a.undone = false
	t := a.look.Text
	if m.err != nil {
		a.say = nav.Say{Text: t.Error(m.err).String(), Tone: nav.Bad}
		return a.askStatus()
	}
	if a.undo == m.undo {
		a.undo = nav.Undo{}
	}
	a.say = nav.Say{Text: t.Bar.Undone, Tone: nav.Good}
	if m.undo.Message != "" {
		a.say.Text = t.Bar.UndoneMail
	}
	if r := m.undo.Recorded; r != nil {
		a.say.Text = t.Bar.UndoneHand
		return tea.Batch(a.askStatus(), a.everyone(nav.NewsMsg{News: desk.News{Queue: true, Cases: []cases.CaseID{r.Case}}}))
	}
	a.queue.Back()
	return tea.Batch(a.askStatus(), a.everyone(nav.NewsMsg{News: desk.News{Queue: true, Outbox: true}}))
}

// holds names what the topmost screen is about.
func (a *app) holds() (desk.ItemRef, cases.CaseID) {
	if h, ok := a.top().(nav.Holder); ok {
		return h.Holds()
	}
	return desk.ItemRef{}, ""
}

func quietly(f func()) tea.Cmd {
	if f == nil {
		return nil
	}
	return func() tea.Msg { f(); return nil }
}
