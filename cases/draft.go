package cases

import (
	"errors"
	"time"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
)

// Agency is what letters say about the house that writes them.
type Agency struct {
	Name       string // of the agency
	Street     string
	Town       string // postal code and town
	Country    string
	Phone      string
	Hours      string // when a person answers the phone
	Mail       string
	Web        string
	Privacy    string // URL of the privacy notice
	IBAN       string
	BIC        string
	Bank       string
	Register   string // entry in the Rechtsdienstleistungsregister, commercial register
	Authority  string // supervisory authority (§ 13h RDG) with address and electronic contact
	Owner      string // managing directors
	Contact    string // the person or team that letters name
	AINotice   bool   // print that software helped and a person checked
	VATDeduct  bool
	NoticeLine string // own wording of that notice; empty: the default
}

// ErrNoText says that no letter fits: the mail is never answered, or the case
// does not allow the occasion. Texts answer with an error that wraps it.
var ErrNoText = errors.New("no text fits this occasion")

// DraftContext is all that a text may be made of: one case, its people, and the
// messages that it answers. Values that need reckoning are computed before.
type DraftContext struct {
	Case     *Case
	Persons  map[PersonID]*Person // every party of the case
	Messages []*Message           // those to be answered; none for other occasions
	Occasion Occasion
	Name     string // name of an occasion without a mail: first_letter, plan_reminder, … (cli.md)
	Now      time.Time
	Today    calendar.Date
	Rules    Rules
	Agency   Agency
	Lang     string // wanted language; empty: of the message, else of the person, else "de"
	Template string // wanted template id; empty: the fitting one
	// Balance and Statement are those of Today; BalanceErr says why there are none.
	Balance    ledger.Balance
	Statement  ledger.Statement
	BalanceErr error
	// CoveredUntil is the day up to which bank statements are known; zero: none.
	CoveredUntil calendar.Date
	// Found says what a search for a claimed payment gave.
	Found *ledger.Entry
	// Confirmed says whether the recipient passed the right-party check; claim
	// data goes to nobody else.
	Confirmed RightPartyState
	// UserName is the caseworker who signs.
	UserName string
}

// TemplateInfo describes one text for lists and choices.
type TemplateInfo struct {
	TemplateRef
	Title     string   `json:"title"`
	Intents   []Intent `json:"intents,omitempty"`
	Occasions []string `json:"occasions,omitempty"`
	Audience  string   `json:"audience"`
	Requires  []string `json:"requires,omitempty"`
	Basis     []string `json:"basis,omitempty"` // legal basis
	Effects   []string `json:"effects,omitempty"`
}

// Outgoing is a text about to leave, for the policy to judge.
type Outgoing struct {
	Context  DraftContext
	Template TemplateRef
	To       PersonID
	ToAddr   string
	Subject  string
	Text     string
	Effects  []Effect
	Edited   bool
	Drafted  string   // the text as it was drafted, where it is known
	Files    []string // names of what goes with the letter
}
