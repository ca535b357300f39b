// Package table reads cases that another program wrote: NDJSON or JSON of the
// published schema (docs/case.schema.json). Bad records are reported with their
// line and left out; good ones go in.
package table

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// Bounds of one import.
const (
	maxLine    = 1 << 20 // bytes of one record
	maxParties = 50
	maxClaims  = 200
	maxEntries = 10_000
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

// RowError is what is wrong with one record.
type RowError struct {
	Line int // from 1
	Err  error
}

func (e *RowError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns the cause.
func (e *RowError) Unwrap() error { return e.Err }

// ReadNDJSON calls f for every record of r; bad ones come as a *RowError and do
// not end the reading. An error of f or of r ends it.
func ReadNDJSON(r io.Reader, f func(line int, c Case, bad *RowError) error) error {
	br := bufio.NewReaderSize(r, 64<<10)
	for line := 1; ; line++ {
		b, tooLong, err := readLine(br)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if text := bytes.TrimSpace(b); len(text) > 0 || tooLong {
			c, bad := parse(text, tooLong)
			var re *RowError
			if bad != nil {
				re = &RowError{line, bad}
			}
			if err := f(line, c, re); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

// readLine reads one line of at most maxLine bytes; a longer one is skipped to
// its end.
func readLine(br *bufio.Reader) (b []byte, tooLong bool, err error) {
	for {
		part, err := br.ReadSlice('\n')
		if len(b)+len(part) > maxLine {
			tooLong, b = true, nil
		}
		if !tooLong {
			b = append(b, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		return b, tooLong, err
	}
}

func parse(b []byte, tooLong bool) (Case, error) {
	if tooLong {
		return Case{}, fmt.Errorf("longer than %d bytes", maxLine)
	}
	var c Case
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		if se, ok := errors.AsType[*json.SyntaxError](err); ok {
			return Case{}, fmt.Errorf("column %d: no JSON: %w", se.Offset, err)
		}
		if te, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			return Case{}, fmt.Errorf("column %d, field %s: want %s", te.Offset, te.Field, te.Type)
		}
		return Case{}, err
	}
	if dec.More() {
		return Case{}, errors.New("more than one value on the line")
	}
	return c, c.check()
}

func (c *Case) check() error {
	switch {
	case c.Reference == "" || len(c.Reference) > 64:
		return errors.New("field reference: missing or longer than 64 bytes")
	case c.Opened == 0:
		return errors.New("field opened: missing")
	case c.Currency != "" && c.Currency != money.Currency:
		return fmt.Errorf("field currency: %s is not kept here, only %s", c.Currency, money.Currency)
	case c.Land != "" && !c.Land.Valid():
		return fmt.Errorf("field land: %q is no Land", c.Land)
	case len(c.Parties) > maxParties || len(c.Claims) > maxClaims || len(c.Entries) > maxEntries:
		return errors.New("too many parties, claims or entries")
	case len(c.Claims) == 0:
		return errors.New("field claims: a case has at least one")
	}
	ok := false
	for _, s := range cases.Stages() {
		ok = ok || s == c.Stage
	}
	if !ok {
		return fmt.Errorf("field stage: %q is no stage", c.Stage)
	}
	for i, k := range c.Claims {
		if k.ID == "" || k.Principal <= 0 || k.Principal > money.Max {
			return fmt.Errorf("field claims[%d]: id or principal_cents is missing or out of range", i)
		}
	}
	for i, e := range c.Entries {
		if e.ID == "" || e.Date == 0 || e.Cents <= 0 || e.Cents > money.Max {
			return fmt.Errorf("field entries[%d]: id, date or cents is missing or out of range", i)
		}
	}
	for _, p := range append([]Party{{Person: c.Debtor}, {Person: c.Creditor}}, c.Parties...) {
		if plain.Line(p.Person.Name).IsZero() {
			return errors.New("a person without a name")
		}
		if p.Person.Email != "" {
			if _, err := mail.ParseAddress(p.Person.Email); err != nil {
				return errors.New("field email: not a mail address")
			}
		}
	}
	return nil
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
