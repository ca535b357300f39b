package table

import (
	"errors"
	"fmt"
	"net/mail"
	"slices"

	"kontor/cases"
	"kontor/cases/costs"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// check reports what keeps a record out: what the schema says, an account that
// cannot be kept, and costs above what a private debtor may be asked for.
func (c *Case) check(tables *costs.Tables) error {
	switch {
	case c.Reference == "" || len(c.Reference) > 64:
		return errors.New("field reference: missing or longer than 64 bytes")
	case c.Opened <= 0:
		return errors.New("field opened: missing")
	case c.Currency != "" && c.Currency != money.Currency:
		return fmt.Errorf("field currency: %s is not kept here, only %s", c.Currency, money.Currency)
	case c.Land != "" && !c.Land.Valid():
		return fmt.Errorf("field land: %q is no Land", c.Land)
	case len(c.Parties) > maxParties || len(c.Claims) > maxClaims || len(c.Entries) > maxEntries:
		return errors.New("too many parties, claims or entries")
	case len(c.Claims) == 0:
		return errors.New("field claims: a case has at least one")
	case !slices.Contains(cases.Stages(), c.Stage):
		return fmt.Errorf("field stage: %q is no stage", c.Stage)
	}
	for i, k := range c.Claims {
		if k.ID == "" || k.Principal <= 0 || k.Principal > money.Max {
			return fmt.Errorf("field claims[%d]: id or principal_cents is missing or out of range", i)
		}
	}
	for i, e := range c.Entries {
		if e.ID == "" || e.Date <= 0 || e.Cents <= 0 || e.Cents > money.Max {
			return fmt.Errorf("field entries[%d]: id, date or cents is missing or out of range", i)
		}
	}
	if err := c.Creditor.check("creditor"); err != nil {
		return err
	}
	if err := c.Debtor.check("debtor"); err != nil {
		return err
	}
	for i, p := range c.Parties {
		if !slices.Contains(roles(), p.Role) {
			return fmt.Errorf("field parties[%d].role: %q is no role", i, p.Role)
		}
		if !slices.Contains(proofs(), p.Proof) {
			return fmt.Errorf("field parties[%d].proof: %q is no proof", i, p.Proof)
		}
		if err := p.Person.check(fmt.Sprintf("parties[%d].person", i)); err != nil {
			return err
		}
	}
	if err := ledger.Validate(ledger.Ledger{Claims: c.Claims, Entries: c.Entries}); err != nil {
		return err
	}
	return c.checkCosts(tables)
}

func roles() []cases.Role {
	return []cases.Role{
		cases.RoleDebtor, cases.RoleCoDebtor, cases.RoleRepresentative, cases.RoleGuardian, cases.RoleHeir,
		cases.RoleAdministrator, cases.RoleAdviser, cases.RolePayer, cases.RoleCreditor, cases.RoleCourt,
	}
}

func proofs() []cases.Proof {
	return []cases.Proof{"", cases.ProofNone, cases.ProofClaimed, cases.ProofSeen}
}

// check looks at one person. No value of a person stands in an error.
func (p *Person) check(field string) error {
	if plain.Line(p.Name).IsZero() {
		return fmt.Errorf("field %s.name: missing", field)
	}
	if p.Email != "" {
		if _, err := mail.ParseAddress(p.Email); err != nil {
			return fmt.Errorf("field %s.email: not a mail address", field)
		}
	}
	return nil
}

// private reports whether § 13e RDG protects the debtor: a natural person, and
// no claim out of trade or profession.
func (c *Case) private() bool {
	return !c.Debtor.Legal && !c.Debtor.Business &&
		!slices.ContainsFunc(c.Claims, func(k ledger.Claim) bool { return k.Purpose == ledger.Business })
}

// checkCosts holds the costs of collection against the fees of a lawyer.
func (c *Case) checkCosts(tables *costs.Tables) error {
	if tables == nil || !c.private() {
		return nil
	}
	return tables.CheckLedger(ledger.Ledger{Claims: c.Claims, Entries: c.Entries}, c.Opened)
}
