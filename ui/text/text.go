// Package text holds every word that people read, once per language: a typed
// struct of strings, and the sentences that are made of values. It serves the
// screens and the command line.
package text

import (
	"fmt"
	"strings"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/priority"
)

// Key is the words of one action: short for the footer, long for the help.
type Key struct{ Short, Long string }

// Plural is a sentence with a number in it.
type Plural struct{ One, Many string }

// N writes the sentence for n.
func (p Plural) N(n int) string {
	f := p.Many
	if n == 1 || n == -1 {
		f = p.One
	}
	if !strings.Contains(f, "%d") {
		return f
	}
	return fmt.Sprintf(f, n)
}

// Trouble is what went wrong, for people: what did not work, what that means
// for the work, what to do next.
type Trouble struct{ What, Means, Next string }

// String puts the parts into one line.
func (t Trouble) String() string {
	out := t.What
	for _, s := range []string{t.Means, t.Next} {
		if s != "" {
			out += " " + s
		}
	}
	return out
}

// Text is one language.
type Text struct {
	Lang  string
	today func() calendar.Date // may be nil

	Words   Words
	Reasons Reasons
	Effects Effects
	Errors  Errors
	Bar     Bar
	Keys    Keys
	Queue   Queue
	Review  Review
	Outbox  Outbox
	Case    Case
	Dialog  Dialogs
	Unlock  Unlock
	Help    Help
	Morning Morning
	Pay     Payments
	Deal    Deals
	Call    Calls
	Room    Rooms
	File    File
	Reg     Registers
	List    Lists
	Paper   Papers
	Course  Courses
}

// Words are names of the things of the closed lists.
type Words struct {
	Intent     map[cases.Intent]string
	IntentSlim map[cases.Intent]string // at most 15 cells, for columns
	Flag       map[cases.Flag]string
	Alert      map[cases.Alert]string
	Stage      map[cases.Stage]string
	Lane       map[priority.Lane]string
	LaneSlim   map[priority.Lane]string // at most 10 cells
	Item       map[priority.ItemKind]string
	Role       map[cases.Role]string
	Proof      map[cases.Proof]string
	Reply      map[cases.ReplyState]string
	Right      map[cases.RightPartyState]string
	RightSlim  map[string]string
	RightWhy   map[string]string
	Match      map[string]string
	Warning    map[string]string
	Hold       map[cases.HoldKind]string
	HoldReason map[string]string
	Dispute    map[cases.DisputeReason]string
	Clock      map[string]string
	FollowUp   map[string]string
	Slot       map[string]string
	Open       map[string]string // why a slot stayed empty
	Arrange    map[cases.ArrangementKind]string
	ArrState   map[cases.ArrangementState]string
	Entry      map[ledger.EntryKind]string
	Cost       map[ledger.CostKind]string
	Kind       map[cases.MailKind]string
	Waiting    map[string]string // why an approved reply waits
	Blocked    map[string]string // why demands are blocked
	StaleWhy   map[string]string // what happened since
	Duty       map[string]string // why the law wants an answer
	WhyEffect  map[string]string // why an effect is or is not proposed
	Request    map[string]string // kinds of data request
	Severity   map[string]string
	Outcome    map[string]string // of an exchange with a generative engine
	// SentTo: model, provider, prompt, seconds, bytes out and in, places replaced, outcome.
	SentTo, OutcomeFailed string
	Unread                map[string]string // why an attachment could not be read
	ReplyWhy              map[string]string // why a reply is stale, refused or unknown
	Language              map[string]string
	Engine                map[string]string
	Link                  map[string]string // state of a link
	Settle                map[string]string // choices for an unknown reply
	Done                  map[string]string // reasons for finishing without a reply
	EntryIs               map[cases.EntryState]string
	Oddity                map[cases.Oddity]string // what a person should know about a payment
	OddSlim               map[cases.Oddity]string // the same, at most 14 cells
	Event                 map[string]string       // facts, by cases.EventName
	Stream                map[string]string       // what a fact is about
	PlanWhy               map[string]string       // why a wish is not granted as it stands
	EndWhy                map[string]string       // why a plan ends
	EntryWhy              map[string]string       // why a payment is not booked
	Return                map[string]string       // why a bank sends money back, by ISO 20022 code
	Unknown               string
	Yes, No               string
	None                  string
}

// look returns the word for a code; where the table has none, the code itself,
// cleaned, for codes come out of the record and from servers.
func look[K ~string](m map[K]string, k K) string {
	if w, ok := m[k]; ok {
		return w
	}
	return strings.ReplaceAll(plain.Line(string(k)).String(), "_", " ")
}

// New returns the texts of a language; anything but "de" is English.
func New(lang string) *Text {
	if lang == "de" {
		return german()
	}
	return english()
}

// Intent, Lane and the rest name one value of a closed list.
func (t *Text) Intent(i cases.Intent) string {
	if i == "" {
		return t.Words.Unknown
	}
	return look(t.Words.Intent, i)
}

// IntentSlim is Intent for a narrow column.
func (t *Text) IntentSlim(i cases.Intent) string {
	if i == "" {
		return ""
	}
	return look(t.Words.IntentSlim, i)
}

// Flag names a flag.
func (t *Text) Flag(f cases.Flag) string { return look(t.Words.Flag, f) }

// Alert names an alert.
func (t *Text) Alert(a cases.Alert) string { return look(t.Words.Alert, a) }

// Stage names a stage.
func (t *Text) Stage(s cases.Stage) string { return look(t.Words.Stage, s) }

// Lane names a lane.
func (t *Text) Lane(l priority.Lane) string { return look(t.Words.Lane, l) }

// LaneSlim names a lane in a narrow column.
func (t *Text) LaneSlim(l priority.Lane) string { return look(t.Words.LaneSlim, l) }

// Item names a kind of item.
func (t *Text) Item(k priority.ItemKind) string { return look(t.Words.Item, k) }

// Role names a party's role.
func (t *Text) Role(r cases.Role) string { return look(t.Words.Role, r) }

// Reply names a reply's state.
func (t *Text) Reply(s cases.ReplyState) string { return look(t.Words.Reply, s) }

// Right names a verdict of the right-party check.
func (t *Text) Right(s cases.RightPartyState) string {
	if s == "" {
		s = cases.PartyUnknown
	}
	return look(t.Words.Right, s)
}

// RightWhy gives the reasons of the right-party check in words.
func (t *Text) RightWhy(codes []string) string {
	ws := make([]string, 0, len(codes))
	for _, c := range codes {
		ws = append(ws, look(t.Words.RightWhy, c))
	}
	return strings.Join(ws, ", ")
}

// Match says why a case was suggested for a mail. The quote is foreign text
// and stays with the caller.
func (t *Text) Match(code string) string { return look(t.Words.Match, code) }

// Warning says what a reader should know about a mail.
func (t *Text) Warning(code string) string { return look(t.Words.Warning, code) }

// HoldReason names the reason of a hold.
func (t *Text) HoldReason(code string) string { return look(t.Words.HoldReason, code) }

// FollowUp gives the reason of a follow-up: a known code in words, else the
// words of a caseworker as they are.
func (t *Text) FollowUp(reason string) string {
	if w, ok := t.Words.FollowUp[reason]; ok {
		return w
	}
	return plain.Line(reason).String()
}

// Clock names a legal clock.
func (t *Text) Clock(kind string) string { return look(t.Words.Clock, kind) }

// WhyEffect says why an effect is or is not proposed; "" where there is nothing
// to say. An intent's name, or one after "secondary_", is what the mail wants
// beside its main matter.
func (t *Text) WhyEffect(code string) string {
	if w, ok := t.Words.WhyEffect[code]; ok {
		return w
	}
	return t.Words.Intent[cases.Intent(strings.TrimPrefix(code, "secondary_"))]
}

// Code looks a code up in one of the tables of Words.
func Code(m map[string]string, code string) string { return look(m, code) }

// Money writes an amount.
func (t *Text) Money(c money.Cents) string { return c.Format(t.Lang) }

// Day writes a date for the screen.
func (t *Text) Day(d calendar.Date) string {
	if t.today == nil {
		return d.Short(t.Lang)
	}
	return d.Near(t.today(), t.Lang)
}

// From gives the texts the day of the reader: days far from it show their year.
func (t *Text) From(today func() calendar.Date) *Text {
	t.today = today
	return t
}

// When writes an instant against now, both in the zone of the screen: the time
// alone if it is today, else day and time, else the date.
func (t *Text) When(at, now time.Time) string {
	switch {
	case at.IsZero():
		return "–"
	case at.Year() == now.Year() && at.YearDay() == now.YearDay():
		return at.Format("15:04")
	case now.Sub(at) < 300*24*time.Hour && at.Sub(now) < 300*24*time.Hour:
		return calendar.In(at, at.Location()).Short(t.Lang) + at.Format(" 15:04")
	}
	return calendar.In(at, at.Location()).Long(t.Lang)
}

// Percent writes a confidence in thousandths.
func Percent(permille int) string { return fmt.Sprintf("%d %%", (permille+5)/10) }
