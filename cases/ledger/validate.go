package ledger

import (
	"errors"
	"fmt"
	"slices"

	"kontor/cases/money"
)

// ErrLedger says that a claim or an entry cannot be booked.
var ErrLedger = errors.New("account")

// Validate reports the first thing that makes a ledger unfit, as a check before
// something new is booked: unknown kinds, amounts out of range, references to
// nothing, interest that the law does not give (§ 288 Abs. 2, 5 BGB).
func Validate(l Ledger) error {
	if len(l.Entries) > maxEntries || len(l.Claims) > maxClaims {
		return fmt.Errorf("%w: more than %d entries or %d claims", ErrLedger, maxEntries, maxClaims)
	}
	claims := make(map[string]*Claim, len(l.Claims))
	for i := range l.Claims {
		c := &l.Claims[i]
		if claims[c.ID] != nil {
			return fmt.Errorf("%w: claim %s is there twice", ErrLedger, c.ID)
		}
		claims[c.ID] = c
		if err := c.Validate(); err != nil {
			return err
		}
	}
	entries := make(map[string]*Entry, len(l.Entries))
	for i := range l.Entries {
		e := &l.Entries[i]
		if e.ID == "" || entries[e.ID] != nil {
			return fmt.Errorf("%w: entry %q is there twice or has no id", ErrLedger, e.ID)
		}
		entries[e.ID] = e
	}
	back := make(map[string]money.Cents)
	for i := range l.Entries {
		e := &l.Entries[i]
		if err := e.validate(claims); err != nil {
			return err
		}
		if e.Kind != Reversal {
			continue
		}
		of := entries[e.Reverses]
		switch {
		case of == nil:
			return fmt.Errorf("%w: entry %s reverses none", ErrLedger, e.ID)
		case of.Kind == Reversal:
			return fmt.Errorf("%w: entry %s reverses a reversal; book anew instead", ErrLedger, e.ID)
		case e.Date < of.Date:
			return fmt.Errorf("%w: entry %s is dated before the one it reverses", ErrLedger, e.ID)
		}
		if back[of.ID] += e.Cents; back[of.ID] > of.Cents {
			return fmt.Errorf("%w: entry %s takes back more than was booked", ErrLedger, e.ID)
		}
	}
	return nil
}

// Validate reports what makes a claim unfit.
func (c *Claim) Validate() error {
	bad := func(what string) error { return fmt.Errorf("%w: claim %s: %s", ErrLedger, c.ID, what) }
	switch {
	case c.ID == "":
		return bad("no id")
	case c.Principal < 0 || c.Principal > money.Max:
		return bad("principal out of range")
	case c.Purpose != "" && c.Purpose != Private && c.Purpose != Business:
		return bad("unknown purpose")
	case c.Default != 0 && c.Due != 0 && c.Default < c.Due:
		return bad("default before due")
	}
	switch c.Kind {
	case Ordinary, ConsumerCredit, MortgageCredit, TitleInterest, Damages:
	default:
		return bad("unknown kind")
	}
	switch c.Rate.Kind {
	case RateNone, RateConsumer, RateMortgage, "":
	case RateBusiness:
		if c.Purpose == Private || c.Kind == Damages || c.Kind == ConsumerCredit || c.Kind == MortgageCredit {
			return bad("9 points only without a consumer and for an Entgeltforderung (§ 288 Abs. 2 BGB)")
		}
	case RateFixed, RateOverBase:
		if c.Rate.BasisPoints < 1 || c.Rate.BasisPoints > MaxBasisPoints {
			return bad("rate out of range")
		}
	default:
		return bad("unknown rate")
	}
	if c.Kind == TitleInterest && c.Rate.Kind != RateNone && c.Rate.Kind != "" {
		return bad("interest bears no interest (§ 289 BGB)")
	}
	return nil
}

func (e *Entry) validate(claims map[string]*Claim) error {
	bad := func(what string) error { return fmt.Errorf("%w: entry %s: %s", ErrLedger, e.ID, what) }
	c := claims[e.ClaimID]
	switch {
	case e.Date.IsZero():
		return bad("no value date")
	case e.Cents < 0 || e.Cents > money.Max:
		return bad("amount out of range")
	case e.ClaimID != "" && c == nil:
		return bad("no such claim")
	case e.Part != "" && e.Kind != Waiver && e.Kind != WriteOff:
		return bad("a part is named by waivers and write-offs only")
	case e.Part != "" && !isPart(e.Part):
		return bad("unknown part")
	case (e.Reverses != "") != (e.Kind == Reversal):
		return bad("a reversal, and nothing else, names an entry")
	}
	switch e.Kind {
	case Cost:
		if e.CostKind == LumpSum && (c == nil && anyPrivate(claims) || c != nil && c.Purpose == Private) {
			return bad("no lump sum from a consumer (§ 288 Abs. 5 BGB)")
		}
	case Interest:
		if c == nil {
			return bad("interest without a claim")
		}
	case Payment, PaymentToCreditor:
		switch e.Determination {
		case ByLaw:
			if e.ClaimID != "" || len(e.Order) > 0 {
				return bad("a payment names a claim or an order only where somebody determined it (§ 366 Abs. 1 BGB)")
			}
		case ByDebtor, ByBoth:
		default:
			return bad("unknown determination")
		}
		if slices.ContainsFunc(e.Order, func(p Part) bool { return !isPart(p) }) {
			return bad("unknown part")
		}
	case Reversal, WriteOff, Waiver, Refund:
	default:
		return bad("unknown kind")
	}
	return nil
}

func isPart(p Part) bool { return p == PartCosts || p == PartInterest || p == PartPrincipal }

func anyPrivate(claims map[string]*Claim) bool {
	for _, c := range claims {
		if c.Purpose == Private {
			return true
		}
	}
	return false
}
