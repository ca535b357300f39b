package cases

import "kontor/cases/plain"

// The numbers of the event types of accounts and statement entries.
const (
	TypeStatementCovered   EventType = 110
	TypeEntryReported      EventType = 111
	TypeEntryWasSuggested  EventType = 112
	TypeEntryWasBooked     EventType = 113
	TypeEntryWasRefused    EventType = 114
	TypeEntryReopened      EventType = 115
	TypeEntryWasSuperseded EventType = 116
)

// Facts about a bank account (type 110) and a statement entry (types 111–119).
type (
	// StatementCovered says that the account is known for the statement's days.
	StatementCovered struct {
		Statement Statement `json:"statement"`
	}
	// EntryReported is what the bank said of one movement.
	EntryReported struct {
		Account AccountID      `json:"account"`
		Said    StatementEntry `json:"said"`
	}
	// EntryWasSuggested is what the machine thinks; no matches: it found none.
	EntryWasSuggested struct {
		Matches  []PaymentMatch `json:"matches,omitempty"`
		Oddities []Oddity       `json:"oddities,omitempty"`
	}
	// EntryWasBooked is the entry's side of bookings on cases.
	EntryWasBooked struct {
		Parts    []EntryPart    `json:"parts"`
		Matches  []PaymentMatch `json:"matches,omitempty"` // of an automatic booking
		Oddities []Oddity       `json:"oddities,omitempty"`
		By       UserID         `json:"by,omitempty"` // empty: booked by itself
	}
	// EntryWasRefused says that the entry is not booked, and why.
	EntryWasRefused struct {
		Reason string     `json:"reason"` // foreign_currency, or a person's code
		Text   plain.Text `json:"text,omitzero"`
		By     UserID     `json:"by,omitempty"`
	}
	// EntryReopened takes a decision back; bookings were reversed.
	EntryReopened struct {
		By UserID `json:"by"`
	}
	// EntryWasSuperseded says that the parts of a collective booking came.
	EntryWasSuperseded struct{}
)

// Type returns the number of the event type.
func (StatementCovered) Type() EventType { return TypeStatementCovered }

// Retention returns the class of the fact.
func (StatementCovered) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (EntryReported) Type() EventType { return TypeEntryReported }

// Retention returns the class of the fact.
func (EntryReported) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (EntryWasSuggested) Type() EventType { return TypeEntryWasSuggested }

// Retention returns the class of the fact.
func (EntryWasSuggested) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (EntryWasBooked) Type() EventType { return TypeEntryWasBooked }

// Retention returns the class of the fact.
func (EntryWasBooked) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (EntryWasRefused) Type() EventType { return TypeEntryWasRefused }

// Retention returns the class of the fact.
func (EntryWasRefused) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (EntryReopened) Type() EventType { return TypeEntryReopened }

// Retention returns the class of the fact.
func (EntryReopened) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (EntryWasSuperseded) Type() EventType { return TypeEntryWasSuperseded }

// Retention returns the class of the fact.
func (EntryWasSuperseded) Retention() Retention { return RetainBooks }
