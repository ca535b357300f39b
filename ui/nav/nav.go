// Package nav is what the root and the screens share, and nothing else: what a
// screen is, the messages between them, and how things look now.
package nav

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/themes"
	"kontor/ui/keys"
	"kontor/ui/text"
)

// Screen is one visible thing with its state, keys and view.
type Screen interface {
	Init() tea.Cmd
	// Update takes every message but those that the key table answers.
	Update(tea.Msg) tea.Cmd
	// View is pure: same state, same cells, exactly as large as the last SizeMsg.
	View() ([]string, *tea.Cursor)
	Keys() *keys.Table
	// Typing says that a text field takes printable keys now.
	Typing() bool
}

// Leaver is a screen that has something to save before it goes.
type Leaver interface{ Leave() tea.Cmd }

// Typist is a screen that names the keys of its text field: key and words.
type Typist interface{ TypingFoot() [][2]string }

// Holder is a screen that is about one item or case.
type Holder interface {
	Holds() (desk.ItemRef, cases.CaseID)
}

// Whole is a screen that takes the whole terminal, without the bar above and the
// lines below; it says itself which keys it has.
type Whole interface {
	Screen
	Whole()
}

// Dialog is a screen that lies over another one and takes as much room as it
// needs, at most that of the last SizeMsg.
type Dialog interface {
	Screen
	Title() string
}

// Look is how things look and are called now. One Look serves the whole
// program; the root alone changes it, and tells so with LookMsg.
type Look struct {
	Theme  *themes.Theme
	Text   *text.Text
	Now    func() time.Time
	Loc    *time.Location
	Masked bool
	Bound  map[string][]string // rebinding, by action id
	// After makes a timer: tea.Tick, but in tests.
	After func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd
}

// Today returns the day of the screen.
func (l *Look) Today() calendar.Date { return calendar.In(l.Now(), l.Loc) }

// Name returns a name as the screen may show it.
func (l *Look) Name(t plain.Text) string {
	if l.Masked && !t.IsZero() {
		return "▒▒▒▒▒▒"
	}
	return t.String()
}

// Sum returns an amount as the screen may show it.
func (l *Look) Sum(c money.Cents) string {
	if l.Masked {
		return "▒▒▒ €"
	}
	return c.Format(l.Text.Lang)
}

// Clock writes an instant's time of day.
func (l *Look) Clock(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.In(l.Loc).Format("15:04")
}

// When writes an instant: the time if it is today, else day and time.
func (l *Look) When(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return l.Text.When(t.In(l.Loc), l.Now().In(l.Loc))
}

// Messages that the root sends to screens.
type (
	// SizeMsg gives the size of the screen's pane.
	SizeMsg struct{ W, H int }
	// LookMsg says that theme, language or masking changed.
	LookMsg struct{}
	// NewsMsg says that the Desk changed.
	NewsMsg struct{ desk.News }
	// TickMsg comes every second while something counts down.
	TickMsg struct{ At time.Time }
	// ClosedMsg says that the dialog above the screen closed.
	ClosedMsg struct{}
)

// Room is a place with a number key.
type Room int

// The rooms.
const (
	RoomMorning    Room = 0
	RoomQueue      Room = 1
	RoomCase       Room = 2
	RoomUnassigned Room = 3
	RoomPayments   Room = 4
	RoomOutbox     Room = 5
	RoomConflicts  Room = 6
	RoomTeam       Room = 7
	RoomDashboard  Room = 8
	RoomRecord     Room = 9
	RoomSettings   Room = 10 // the key is a comma
	RoomDuties     Room = 11 // the key is F
)

// Verb is an action on an item that its review does; other screens offer it by
// opening the review first.
type Verb struct {
	ID   string
	Key  string
	Word text.Key
}

// Verbs lists the actions on an item that work from the queue and the case.
func Verbs(t *text.Text) []Verb {
	k := t.Keys
	return []Verb{
		{"approve", "a", k.Approve},
		{"edit", "e", k.Edit},
		{"write", "s", k.Write},
		{"template", "t", k.Template},
		{"correct", "c", k.Correct},
		{"finish", "x", k.Finish},
		{"assign", "m", k.Assign},
		{"recipient", "R", k.Recipient},
		{"follow_up", "w", k.FollowUp},
		{"note", "n", k.Note},
		{"phone", "N", k.Phone},
		{"hold", "b", k.Hold},
		{"inquire", "M", k.Inquire},
		{"arrange", "p", k.Arrange},
		{"hand_over", "d", k.HandOver},
		{"print", "P", t.Paper.Print},
		{"whole", "v", k.Whole},
		{"attachments", "V", k.Attachments},
	}
}

// VerbActions makes the actions of Verbs for a screen: at names the item, and
// why says why there is none.
func VerbActions(t *text.Text, at func() desk.ItemRef, why func() string) []*keys.Action {
	var out []*keys.Action
	for _, v := range Verbs(t) {
		id := v.ID
		a := &keys.Action{ID: id, Keys: []string{v.Key}, Long: v.Word.Long, Group: keys.Act, Why: why, Do: func(tea.KeyPressMsg) tea.Cmd {
			return Send(OpenItem{Item: at(), Then: id})
		}}
		if id == "whole" || id == "attachments" {
			a.Group = keys.Look
		}
		out = append(out, a)
	}
	return out
}

// Tone says how a sentence in the message line is meant.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Good
	Careful
	Bad
)

// Messages that screens send to the root.
type (
	// Say puts a sentence into the message line until the next key.
	Say struct {
		Text string
		Tone Tone
	}
	// Go changes to a room.
	Go struct {
		Room Room
		Lane string // of the queue
	}
	// OpenItem opens an item for review. Auto says that nobody asked for it;
	// Then is the id of an action that runs once it is open.
	OpenItem struct {
		Item desk.ItemRef
		Auto bool
		Then string
	}
	// OpenCase shows a case whole.
	OpenCase struct {
		Case cases.CaseID
		Item desk.ItemRef
	}
	// Open lays a screen of the sender's own on top.
	Open struct{ Screen Screen }
	// FindCase looks for words among all cases.
	FindCase struct{ Words string }
	// Step opens the item N places further in the queue.
	Step struct {
		From desk.ItemRef
		N    int
	}
	// Done says that an item was decided: the next one opens by itself.
	Done struct {
		Item desk.ItemRef
		Also []cases.MessageID
		Undo Undo
	}
	// Kept says that a letter was approved and its item is not dealt with yet.
	Kept struct{ Undo Undo }
	// Later puts an item to the end of today's queue.
	Later struct{ Item desk.ItemRef }
	// Back leaves the screen.
	Back struct{}
	// Push lays a dialog over the screen.
	Push struct{ Dialog Dialog }
	// Pop closes the topmost dialog and hands Msg, if any, to the screen below.
	Pop struct{ Msg tea.Msg }
	// OtherLang changes the language of the screen.
	OtherLang struct{}
	// Run presses an action by id, from the palette.
	Run struct{ ID string }
)

// Undo is what `u` takes back while its window is open.
type Undo struct {
	Reply   cases.ReplyID
	Message cases.MessageID // finished without a reply
	// Recorded is what was recorded on a case by hand.
	Recorded *desk.Recorded
	To       string
	Until    time.Time
}

// Zero reports whether there is nothing to take back.
func (u Undo) Zero() bool { return u.Reply == "" && u.Message == "" && u.Recorded == nil }

// Send makes a command of a message.
func Send(m tea.Msg) tea.Cmd { return func() tea.Msg { return m } }

// Tell makes a command that puts a sentence into the message line.
func Tell(t Tone, s string) tea.Cmd { return Send(Say{Text: s, Tone: t}) }
