package desk

import (
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/priority"
)

// ItemRef names one line of the queue.
type ItemRef struct {
	Kind priority.ItemKind
	ID   string // message, case (follow_up, clock, plan, deadline) or reply id
}

// Row is one line of the queue, ready to show.
type Row struct {
	Item      ItemRef
	Lane      priority.Lane
	Score     int
	Reasons   []priority.Reason // strongest first
	Case      cases.CaseID
	Message   cases.MessageID
	Reply     cases.ReplyID
	Reference plain.Text
	Debtor    plain.Text
	Creditor  plain.Text
	From      plain.Text
	Subject   plain.Text
	Balance   money.Cents
	BalanceOK bool // false: cannot be reckoned, or no case
	Stage     cases.Stage
	FollowUp  calendar.Date
	Due       calendar.Date
	Received  time.Time
	AgeDays   int
	Intent    cases.Intent
	Second    cases.Intent
	Permille  int
	Unsure    bool
	Flags     []cases.Flag
	Alerts    []cases.Alert
	Held      string // reason of a hold, "" if none
	State     cases.ReplyState
}

// LaneCount is how many items stand in a lane.
type LaneCount struct {
	Lane priority.Lane
	N    int
}

// Query selects the queue.
type Query struct {
	Lane priority.Lane // empty: all
	Text string        // words that reference, names or subject contain, folded
	At   calendar.Date // zero: today
}

// OtherMail is another open mail of the same case that one reply may settle.
type OtherMail struct {
	ID       cases.MessageID
	Received time.Time
	Subject  plain.Text
	From     plain.Text
	Intent   cases.Intent
	Start    plain.Text // first words
}

// OtherCase is another case of the same person.
type OtherCase struct {
	ID        cases.CaseID
	Reference plain.Text
	Creditor  plain.Text
	Balance   money.Cents
	Stage     cases.Stage
}

// Suggestion is a case that an unassigned mail may belong to.
type Suggestion struct {
	Case      cases.CaseID
	Person    cases.PersonID
	Reference plain.Text
	Debtor    plain.Text
	Score     int
	Reasons   []cases.MatchReason
}

// Typed is what a caseworker has written and not yet approved. It is saved
// sealed on this device within a second and survives crash and kill. Without
// subject and text it is the choice of a template alone.
type Typed struct {
	Template string    `json:"template"`
	Lang     string    `json:"lang"`
	Subject  string    `json:"subject"`
	Text     string    `json:"text"`
	At       time.Time `json:"at"`
	// Beside is what was typed on letters that go with the answer.
	Beside []TypedBeside `json:"beside,omitempty"`
}

// Review is an item opened: all that is needed to answer it. It is a snapshot;
// Seen remembers the versions it was made of.
type Review struct {
	Item     ItemRef
	Row      Row
	Today    calendar.Date
	Case     *cases.Case // nil: unassigned
	Persons  map[cases.PersonID]*cases.Person
	Message  *cases.Message // nil: no mail
	Said     *Said          // what was said past a mail; nil: nothing
	Text     plain.Text     // the whole text of the mail
	Own      plain.Text     // its own words, whole
	Others   []OtherMail
	Also     []cases.MessageID // of Others: answered too
	Siblings []OtherCase
	Suggest  []Suggestion
	Balance  ledger.Balance
	// Statement shows how the interest comes about.
	Statement    ledger.Statement
	BalanceErr   error
	CoveredUntil calendar.Date
	Right        cases.RightPartyState
	RightWhy     []string
	// Differs says that the mail's From or Reply-To is not an address on file:
	// approving needs the key of its own.
	Differs   bool
	Drafts    []cases.Draft // the answer, then letters to others that go with it; none for automatic mail
	DraftErr  error         // why there is none
	Beside    []Sent        // letters to others that went with it already
	Templates []cases.TemplateInfo
	Typed     *Typed // what was typed here before
	Seen      []cases.Seen
	Opened    time.Time
}

// ApproveRequest is what the caseworker's key says yes to.
type ApproveRequest struct {
	Review  *Review
	Draft   int // index into Review.Drafts; -1: free text
	Subject string
	Text    string
	Effects []cases.DraftEffect // as on screen; the ticked ones count
	// OtherAddress is the key of its own for a recipient that differs from file.
	OtherAddress bool
	Kept         map[string]string // reason per kept warning, by rule
	Edited       bool
	Seconds      int // how long it was on the screen
}

// Approved is the result of an approval.
type Approved struct {
	Reply     cases.ReplyID
	To        string
	UndoUntil time.Time
	SHA256    string
	// Stays says that the item is not dealt with by it: the letter went to somebody
	// else beside the answer.
	Stays bool
}

// OutboxRow is one reply on its way.
type OutboxRow struct {
	Reply      cases.ReplyID
	Case       cases.CaseID
	Reference  plain.Text
	Debtor     plain.Text
	To         plain.Text
	Subject    plain.Text
	State      cases.ReplyState
	Waiting    string // why an approved one waits: undo, window, retry, offline, ""
	Why        string
	Response   plain.Text // the server's last words
	ApprovedBy cases.UserID
	ApprovedAt time.Time
	UndoUntil  time.Time
	NextTry    time.Time
	SentAt     time.Time
	RFCID      string
	SHA256     string
	Attempts   int
}

// Link is the state of something this program talks to.
type Link string

// The states of a link.
const (
	LinkNone    Link = "none"    // not configured
	LinkOff     Link = "off"     // not reachable; Since says from when
	LinkOK      Link = "ok"      //
	LinkWorking Link = "working" //
)

// LinkState is a link with its last news.
type LinkState struct {
	State Link
	Since time.Time
	Next  time.Time  // next try
	Note  plain.Text // the other side's words, cleaned
	Done  int        // progress of a round
	Total int
}

// Status is what the status bar shows.
type Status struct {
	Mail    LinkState
	SMTP    LinkState
	Server  LinkState
	AI      LinkState
	Waiting int // approved, not yet sent
	Unknown int // to be settled by a person
	Fresh   int // new items since the queue was put in order
	Undo    cases.ReplyID
	UndoEnd time.Time
	// Recorded is what this desk recorded on a case by hand last and TakeBack may
	// still correct; nil: nothing.
	Recorded *Recorded
	// CoveredUntil is the day up to which bank statements are known; zero: none.
	CoveredUntil calendar.Date
}

// News says that something changed; listeners read again what they show.
type News struct {
	Queue  bool // the queue's content
	Outbox bool
	Status bool
	Cases  []cases.CaseID
	Pulled *PullResult
	Sent   *SendReport
}

// PullResult counts one round of pulling.
type PullResult struct {
	Fetched    int `json:"fetched"`
	New        int `json:"new"`
	Matched    int `json:"matched"`
	Unassigned int `json:"unassigned"`
	Failed     int `json:"failed"`
	// Gone is how many places a mailbox was found not to hold any more.
	Gone int `json:"gone,omitempty"`
}

// SendReport counts one round of sending.
type SendReport struct {
	Sent    int `json:"sent"`
	Refused int `json:"refused"`
	Unknown int `json:"unknown"`
	Waiting int `json:"waiting"`
}
