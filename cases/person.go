package cases

import (
	"strings"

	"kontor/cases/calendar"
	"kontor/cases/plain"
)

// Proof is how well something about a person is known.
type Proof string

// The proofs.
const (
	ProofNone    Proof = "none"
	ProofClaimed Proof = "claimed"
	ProofSeen    Proof = "seen" // a document was seen, or confirmed by two identifiers
)

// Channel is a way to reach a person.
type Channel string

// The channels.
const (
	Email  Channel = "email"
	Postal Channel = "postal"
	Phone  Channel = "phone"
)

// Contact is one address of a person with its proof and validity.
type Contact struct {
	ID      string        `json:"id"`
	Channel Channel       `json:"channel"`
	Value   plain.Text    `json:"value"` // one line; postal: street, code town
	Proof   Proof         `json:"proof"`
	From    calendar.Date `json:"from,omitzero"`
	Until   calendar.Date `json:"until,omitzero"`
	Failing bool          `json:"failing,omitempty"` // mail to it bounced
	Why     string        `json:"why,omitempty"`
	By      ReplyID       `json:"by,omitempty"` // the approval that added it
	GoneBy  ReplyID       `json:"gone_by,omitempty"`
	FailBy  ReplyID       `json:"fail_by,omitempty"`
}

// Valid reports whether the contact may be used on day d.
func (c Contact) Valid(d calendar.Date) bool {
	return !c.Failing && (c.From == 0 || c.From <= d) && (c.Until == 0 || d <= c.Until)
}

// PersonFacts is what is recorded of a person at once.
type PersonFacts struct {
	External string        `json:"external,omitempty"` // key in the agency's ERP
	Name     plain.Text    `json:"name"`
	Legal    bool          `json:"legal,omitempty"` // a legal person
	Business bool          `json:"business,omitempty"`
	Born     calendar.Date `json:"born,omitzero"`
	Contacts []Contact     `json:"contacts,omitempty"`
	IBANs    []string      `json:"ibans,omitempty"`
	Lang     string        `json:"lang,omitempty"`
}

// Person is a natural or legal person; it may have several cases.
type Person struct {
	ID      PersonID `json:"id"`
	Version uint64   `json:"version"`
	PersonFacts
	Deceased     bool          `json:"deceased,omitempty"`
	DeceasedBy   ReplyID       `json:"deceased_by,omitempty"`
	DeceasedOn   calendar.Date `json:"deceased_on,omitzero"` // zero: day not known
	Insolvent    bool          `json:"insolvent,omitempty"`
	InsolventOn  calendar.Date `json:"insolvent_on,omitzero"` // opening of the proceedings
	InsolventBy  ReplyID       `json:"insolvent_by,omitempty"`
	LastDemand   calendar.Date `json:"last_demand,omitzero"`
	LastDemandBy ReplyID       `json:"last_demand_by,omitempty"`
	PrevDemand   calendar.Date `json:"prev_demand,omitzero"`
	// Touched counts what voids an approval that rests on this person.
	Touched    uint64 `json:"touched"`
	TouchedWhy string `json:"touched_why,omitempty"`
}

// ProvenMails returns the e-mail addresses that the person was seen to use, in
// lower case, without those that fail.
func (p *Person) ProvenMails() []string {
	var out []string
	for _, c := range p.Contacts {
		if c.Channel == Email && c.Proof == ProofSeen && !c.Failing {
			out = append(out, strings.ToLower(c.Value.String()))
		}
	}
	return out
}

// Natural reports whether § 13a RDG protects this person: a natural person
// acting outside trade or profession.
func (p *Person) Natural() bool { return !p.Legal && !p.Business }

// Mail returns the person's best mail address on day d: proven before
// claimed, later before earlier; "" if there is none.
func (p *Person) Mail(d calendar.Date) string {
	best := -1
	for i, c := range p.Contacts {
		if c.Channel != Email || !c.Valid(d) {
			continue
		}
		if best < 0 || (c.Proof == ProofSeen) == (p.Contacts[best].Proof == ProofSeen) || c.Proof == ProofSeen {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	return p.Contacts[best].Value.String()
}
