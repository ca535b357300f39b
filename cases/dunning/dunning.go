// Package dunning prepares a case for the court's dunning procedure (Mahnantrag,
// §§ 688 ff. ZPO): whether it may go there, what is missing, what it has cost and
// would cost. It files nothing and decides nothing: a person signs the sheet, and
// what is filed goes through the court's own channel.
package dunning

import (
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/ledger"
	"kontor/cases/money"
)

// Notice stands on every sheet.
const Notice = "Entwurf zur Entscheidung. Es wurde nichts bei Gericht eingereicht; diese Unterlage ist kein Antrag und ersetzt keinen."

// Counter says what is with the counter-performance (§ 690 Abs. 1 Nr. 4 ZPO).
type Counter string

// The answers.
const (
	CounterUnknown  Counter = ""
	CounterRendered Counter = "rendered"      // depends on one, and it was rendered
	CounterNone     Counter = "not_dependent" // depends on none
	CounterOpen     Counter = "open"          // § 688 Abs. 2 Nr. 2: not admissible
)

// Answers are what only a person knows.
type Answers struct {
	Catalogue  map[string]int // number of the court's catalogue, by claim
	Extra      map[string]string
	APR        map[string]int // effective annual rate at contract in basis points, by claim of consumer credit
	Counter    Counter
	Court      string // dunning court, at the applicant's seat (§ 689 Abs. 2, 3 ZPO)
	TrialCourt string // court for the contested proceedings (§ 690 Abs. 1 Nr. 5 ZPO)
	Number     string // the agency's Kennziffer for electronic exchange
	// Representatives of legal persons, by person (§ 690 Abs. 1 Nr. 1 ZPO).
	Representatives map[cases.PersonID]string
}

// Input is all that a sheet is made of.
type Input struct {
	Case       *cases.Case
	Persons    map[cases.PersonID]*cases.Person
	Statement  ledger.Statement
	BalanceErr error
	Today      calendar.Date
	Agency     cases.Agency
	Fees       *costs.Tables
	Rates      *ledger.Rates
	Answers    Answers
}

// Level says how much a finding matters.
type Level string

// The levels, the gravest first.
const (
	Block Level = "block" // must not go to court
	Open  Level = "open"  // somebody has to answer or complete it
	Warn  Level = "warn"
)

// Finding is one thing that stands in the way or needs a look.
type Finding struct {
	Code   string `json:"code"`
	Level  Level  `json:"level"`
	On     string `json:"on,omitempty"` // claim, person or hold
	Text   string `json:"text"`
	Source string `json:"source,omitempty"` // the paragraph
}

// Party is a side of the application as its fields want it.
type Party struct {
	Role           cases.Role `json:"role"`
	Name           []string   `json:"name"` // in lines of at most 35 characters
	Street         string     `json:"street,omitempty"`
	Code           string     `json:"code,omitempty"`
	Town           string     `json:"town,omitempty"`
	Legal          bool       `json:"legal,omitempty"`
	Representative string     `json:"representative,omitempty"`
}

// Claim is a principal claim of the application.
type Claim struct {
	ID          string        `json:"id"`
	Number      int           `json:"catalogue_number,omitempty"`
	Designation string        `json:"designation,omitempty"`
	Extra       string        `json:"extra,omitempty"`
	Subject     string        `json:"subject,omitempty"`
	Invoice     string        `json:"invoice,omitempty"`
	Contract    calendar.Date `json:"contract,omitzero"`
	Dated       calendar.Date `json:"dated,omitzero"` // invoice date, else due
	Principal   money.Cents   `json:"principal_cents"`
	Open        money.Cents   `json:"open_cents"`
	Interest    money.Cents   `json:"interest_cents"` // run up and open
	Rate        string        `json:"rate,omitempty"` // further interest, in words
	RateFrom    calendar.Date `json:"rate_from,omitzero"`
	Limitation  calendar.Date `json:"limitation,omitzero"` // last day, the earlier one
}

// Cost is one cost with its rule.
type Cost struct {
	What   string        `json:"what"`
	Date   calendar.Date `json:"date,omitzero"`
	Cents  money.Cents   `json:"cents"`
	Rule   string        `json:"rule,omitempty"`
	Reckon string        `json:"reckoning,omitempty"`
}

// Sheet is the prepared decision.
type Sheet struct {
	Notice      string        `json:"notice"`
	Filed       bool          `json:"filed"` // never true
	Reference   string        `json:"reference"`
	Date        calendar.Date `json:"date"`
	Ready       bool          `json:"ready"` // nothing blocks and nothing is open
	Court       string        `json:"court,omitempty"`
	TrialCourt  string        `json:"trial_court,omitempty"`
	Number      string        `json:"number,omitempty"`
	Counter     Counter       `json:"counter_performance,omitempty"`
	Applicant   Party         `json:"applicant"`
	Agent       Party         `json:"agent"`
	Respondents []Party       `json:"respondents"`
	Claims      []Claim       `json:"claims"`
	Paid        money.Cents   `json:"paid_cents"`
	CostsSoFar  []Cost        `json:"costs_so_far"`
	CostsOpen   money.Cents   `json:"costs_open_cents"`
	CostsToCome []Cost        `json:"costs_to_come"`
	Principal   money.Cents   `json:"principal_cents"`
	Interest    money.Cents   `json:"interest_cents"`
	Total       money.Cents   `json:"total_cents"`
	Findings    []Finding     `json:"findings"`
}
