package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/priority"
	"kontor/ui/casefile"
	"kontor/ui/nav"
	"kontor/ui/palette"
	"kontor/ui/review"
	"kontor/ui/unlock"
)

// navigate handles what screens ask of the root; ok is false for anything else.
func (a *app) navigate(msg tea.Msg) (cmd tea.Cmd, ok bool) {
	if a.desk == nil {
		return nil, false
	}
	switch msg := msg.(type) {
	case nav.Say:
		a.say = msg
		return nil, true
	case nav.Go:
		return a.enter(msg), true
	case nav.OpenItem:
		return a.open(msg), true
	case nav.FindCase:
		return a.lay(palette.New(a.look, a.desk, msg.Words, a.top().Keys(), a.table)), true
	case nav.OpenCase:
		return a.push(casefile.New(a.look, a.desk, &a.opts.Outside, msg.Case, msg.Item)), true
	case nav.Open:
		return a.push(msg.Screen), true
	case nav.Step:
		if ref, ok := a.queue.Step(msg.From, msg.N); ok {
			return a.open(nav.OpenItem{Item: ref}), true
		}
		a.say = nav.Say{Text: a.look.Text.Bar.NoNext}
		return nil, true
	case nav.Done:
		return a.decided(msg), true
	case nav.Kept:
		a.undo, a.say = msg.Undo, nav.Say{}
		return tea.Batch(a.tick(), a.askStatus()), true
	case nav.Later:
		next, ok := a.queue.Later(msg.Item)
		a.say = nav.Say{Text: a.look.Text.Queue.PutLater}
		return a.follow(next, ok), true
	case nav.Back:
		return a.back(), true
	case nav.Push:
		return a.lay(msg.Dialog), true
	case nav.Pop:
		return a.pop(msg), true
	case nav.OtherLang:
		return a.otherLang(), true
	case nav.Run:
		return a.run(msg.ID), true
	}
	return nil, false
}

// lay puts a box over the screen.
func (a *app) lay(d nav.Dialog) tea.Cmd {
	a.over = append(a.over, d)
	return tea.Batch(d.Init(), d.Update(a.pane()))
}

// pop closes the topmost box; its answer goes to the root, or to the screen
// below.
func (a *app) pop(m nav.Pop) tea.Cmd {
	if len(a.over) == 0 {
		return nil // a second answer of a box that is gone
	}
	a.over = a.over[:len(a.over)-1]
	if m.Msg == nil {
		return nil
	}
	if cmd, ok := a.navigate(m.Msg); ok {
		return cmd
	}
	if _, quit := m.Msg.(tea.QuitMsg); quit {
		return a.leaveAll(tea.Quit)
	}
	if len(a.over) > 0 {
		return a.over[len(a.over)-1].Update(m.Msg)
	}
	return a.top().Update(m.Msg)
}

// push opens a screen on top of the stack.
func (a *app) push(s nav.Screen) tea.Cmd {
	a.stack = append(a.stack, s)
	return tea.Batch(tea.ClearScreen, s.Update(a.paneOf(s)), s.Init())
}

// cut leaves every screen above the lowest n.
func (a *app) cut(n int) tea.Cmd {
	var cmds []tea.Cmd
	for i := len(a.stack) - 1; i >= n; i-- {
		if l, ok := a.stack[i].(nav.Leaver); ok {
			cmds = append(cmds, l.Leave())
		}
	}
	a.stack = a.stack[:min(n, len(a.stack))]
	a.over = nil
	return tea.Batch(cmds...)
}

// open shows an item in place of whatever stood above the room.
func (a *app) open(m nav.OpenItem) tea.Cmd {
	if m.Item.Kind == priority.ItemPayment && m.Then == "" {
		a.pay.Select(cases.EntryID(m.Item.ID))
		return a.enter(nav.Go{Room: nav.RoomPayments})
	}
	leave := a.cut(1)
	return tea.Batch(leave, a.push(review.New(a.look, a.desk, a.opts.Editor, &a.opts.Outside, m.Item, m.Auto, m.Then)))
}

// decided takes note of a decision and opens the next item by itself.
func (a *app) decided(m nav.Done) tea.Cmd {
	a.queue.Gone(m.Item, m.Also)
	a.undo = m.Undo
	if m.Undo.Reply != "" {
		a.say = nav.Say{}
	}
	ref, ok := a.queue.Step(m.Item, 1)
	if !ok {
		ref, ok = a.queue.First()
	}
	return tea.Batch(a.tick(), a.askStatus(), a.follow(ref, ok))
}

// follow opens what comes next, or goes back to the room where nothing does.
func (a *app) follow(ref desk.ItemRef, ok bool) tea.Cmd {
	if len(a.stack) < 2 {
		return nil
	}
	if ok {
		return a.open(nav.OpenItem{Item: ref, Auto: true})
	}
	if a.say.Text == "" {
		a.say = nav.Say{Text: a.look.Text.Bar.NoNext}
	}
	leave := a.cut(1)
	a.queue.Tidy()
	return tea.Batch(leave, tea.ClearScreen)
}

// back is one step back: the screen, else the queue's lane.
func (a *app) back() tea.Cmd {
	if len(a.stack) > 1 {
		leave := a.cut(len(a.stack) - 1)
		if len(a.stack) == 1 {
			a.queue.Tidy()
		}
		return tea.Batch(leave, tea.ClearScreen)
	}
	if a.room == nav.RoomUnassigned || a.room == nav.RoomQueue {
		a.room = nav.RoomQueue
		return a.queue.SetLane("", false)
	}
	return a.enter(nav.Go{Room: nav.RoomQueue})
}

// enter changes the room.
func (a *app) enter(g nav.Go) tea.Cmd {
	t := a.look.Text.Bar
	var s nav.Screen
	var also tea.Cmd
	switch g.Room {
	case nav.RoomMorning:
		s = a.morning
	case nav.RoomQueue:
		s = a.queue
		also = a.queue.SetLane(priority.Lane(g.Lane), false)
	case nav.RoomUnassigned:
		s = a.queue
		also = a.queue.SetLane("", true)
	case nav.RoomPayments:
		s = a.pay
	case nav.RoomOutbox:
		s = a.outbox
	case nav.RoomCase:
		item, id := a.holds()
		if id == "" {
			a.say = nav.Say{Text: t.NoCase, Tone: nav.Careful}
			return nil
		}
		if _, already := a.top().(*casefile.Screen); already {
			return nil
		}
		return a.push(casefile.New(a.look, a.desk, &a.opts.Outside, id, item))
	case nav.RoomConflicts, nav.RoomTeam, nav.RoomDashboard, nav.RoomRecord, nav.RoomSettings, nav.RoomDuties:
		s = a.boards[g.Room]
	}
	leave := a.cut(0)
	a.queue.Tidy()
	a.room, a.stack = g.Room, []nav.Screen{s}
	return tea.Batch(leave, tea.ClearScreen, s.Update(a.pane()), s.Init(), also)
}

// run presses an action by its name, from the palette.
func (a *app) run(id string) tea.Cmd {
	act := a.top().Keys().ByID(id)
	if act == nil {
		act = a.table.ByID(id)
	}
	if act == nil {
		return nil
	}
	if why := act.Off(); why != "" {
		a.say = nav.Say{Text: why, Tone: nav.Careful}
		return nil
	}
	return act.Do(tea.KeyPressMsg{})
}

// lock drops everything that was read and asks for the passphrase again.
func (a *app) lock(tea.KeyPressMsg) tea.Cmd {
	leave := a.cut(0)
	cancel, told := a.cancel, a.opts.Lock
	a.desk, a.cancel, a.queue, a.outbox, a.morning, a.pay, a.boards = nil, nil, nil, nil, nil, nil, nil
	a.undo, a.status, a.say = nav.Undo{}, desk.Status{}, nav.Say{}
	s := unlock.New(a.look, a.opts.Unlock)
	a.stack = []nav.Screen{s}
	return tea.Batch(tea.ClearScreen, s.Update(a.pane()), s.Init(), tea.Sequence(leave, func() tea.Msg {
		if cancel != nil {
			cancel()
		}
		if told != nil {
			told()
		}
		return lockedMsg{}
	}))
}

// quit says what waits; where nothing does and no item is open it ends at once.
func (a *app) quit() tea.Cmd {
	t := a.look.Text
	var lines []string
	if a.status.Waiting > 0 {
		lines = append(lines, fmt.Sprintf(t.Bar.QuitWaits, a.status.Waiting))
	}
	if a.status.Unknown > 0 {
		lines = append(lines, fmt.Sprintf(t.Bar.QuitUnknown, a.status.Unknown))
	}
	busy := len(a.stack) > 1 // on many keyboards q is beside the key that approves
	if len(lines) == 0 && !busy || a.desk == nil || a.asking() {
		return a.leaveAll(tea.Quit)
	}
	return a.lay(a.askQuit(append(lines, t.Bar.QuitAsk)))
}

// leaveAll saves what was typed everywhere, then runs next.
func (a *app) leaveAll(next tea.Cmd) tea.Cmd {
	cmds := a.leaving()
	return tea.Sequence(append(cmds, next)...)
}

func (a *app) leaving() []tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range a.stack {
		if l, ok := s.(nav.Leaver); ok {
			if cmd := l.Leave(); cmd != nil {
				cmds = append(cmds, cmd)
			}
		}
	}
	return cmds
}
