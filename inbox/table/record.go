// Package table reads and writes cases for other programs: NDJSON and JSON of
// the published schema (docs/case.schema.json), and CSV with a mapping of its
// columns. Bad records are reported with line and column and left out; good ones
// go in.
package table

import (
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

// Person is one person of a record.
type Person struct {
	// PersonID is the key in the agency's ERP; persons with one key are one
	// person. Empty: the key is made of the case's reference and the role.
	PersonID       string        `json:"person_id,omitempty"`
	Name           string        `json:"name"`
	Legal          bool          `json:"legal,omitempty"`
	Business       bool          `json:"business,omitempty"`
	Email          string        `json:"email,omitempty"`
	EmailConfirmed bool          `json:"email_confirmed,omitempty"`
	Postal         string        `json:"postal,omitempty"`
	Phone          string        `json:"phone,omitempty"`
	Born           calendar.Date `json:"born,omitzero"`
	IBANs          []string      `json:"ibans,omitempty"`
	Lang           string        `json:"lang,omitempty"`
}

// Party is a further person on the case.
type Party struct {
	Role   cases.Role  `json:"role"`
	Proof  cases.Proof `json:"proof,omitempty"`
	Person Person      `json:"person"`
}

// Case is one record.
type Case struct {
	Reference string         `json:"reference"`
	Portfolio string         `json:"portfolio,omitempty"`
	Subject   string         `json:"subject,omitempty"`
	Opened    calendar.Date  `json:"opened"`
	Stage     cases.Stage    `json:"stage"`
	Land      calendar.Land  `json:"land,omitempty"`
	Currency  string         `json:"currency,omitempty"`
	Creditor  Person         `json:"creditor"`
	Debtor    Person         `json:"debtor"`
	Parties   []Party        `json:"parties,omitempty"`
	Claims    []ledger.Claim `json:"claims"`
	Entries   []ledger.Entry `json:"entries,omitempty"`
	FollowUp  calendar.Date  `json:"follow_up,omitzero"`
	FollowWhy string         `json:"follow_up_reason,omitempty"`
}

// IDs gives the ids of cases and persons by the keys that other programs use.
type IDs struct {
	Case   func(reference string) cases.CaseID
	Person func(external string) cases.PersonID
}

// Commands turns a checked record into commands.
func (c *Case) Commands(ids IDs) ([]cases.RecordPerson, cases.OpenCase) {
	var people []cases.RecordPerson
	open := cases.OpenCase{
		Case: ids.Case(c.Reference), Reference: c.Reference, Portfolio: c.Portfolio, Subject: plain.Line(c.Subject),
		Opened: c.Opened, Stage: c.Stage, Land: c.Land, Claims: c.Claims, Entries: c.Entries,
	}
	add := func(role cases.Role, proof cases.Proof, p Person) {
		key := p.PersonID
		if key == "" {
			key = c.Reference + "/" + string(role)
		}
		if role == cases.RoleCreditor && p.PersonID == "" {
			key = "creditor/" + strings.ToLower(p.Name)
		}
		id := ids.Person(key)
		people = append(people, cases.RecordPerson{Person: id, Facts: p.facts(key)})
		if proof == "" {
			proof = cases.ProofSeen
		}
		open.Parties = append(open.Parties, cases.Party{Person: id, Role: role, Proof: proof, Since: c.Opened})
	}
	add(cases.RoleCreditor, "", c.Creditor)
	add(cases.RoleDebtor, "", c.Debtor)
	for _, p := range c.Parties {
		add(p.Role, p.Proof, p.Person)
	}
	if c.FollowUp != 0 {
		open.FollowUp = cases.FollowUp{Due: c.FollowUp, Reason: orElse(c.FollowWhy, "imported")}
	}
	return people, open
}

func orElse(s, d string) string {
	if s == "" {
		return d
	}
	return s
}

func (p Person) facts(key string) cases.PersonFacts {
	f := cases.PersonFacts{
		External: key, Name: plain.Line(p.Name), Legal: p.Legal, Business: p.Business, Born: p.Born, IBANs: p.IBANs, Lang: p.Lang,
	}
	add := func(ch cases.Channel, v string, proof cases.Proof) {
		if t := plain.Line(v); !t.IsZero() {
			f.Contacts = append(f.Contacts, cases.Contact{Channel: ch, Value: t, Proof: proof})
		}
	}
	proof := cases.ProofClaimed
	if p.EmailConfirmed {
		proof = cases.ProofSeen
	}
	add(cases.Email, strings.ToLower(p.Email), proof)
	add(cases.Postal, p.Postal, cases.ProofClaimed)
	add(cases.Phone, p.Phone, cases.ProofClaimed)
	return f
}
