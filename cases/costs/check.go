package costs

import (
	"fmt"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

const (
	minFee      money.Cents = 1500 // § 13 Abs. 3 RVG
	maxExpenses money.Cents = 2000 // VV 7002
)

// fee says how a fee is made: factor in tenths and paragraphs; collection fees
// have the small row of § 13 Abs. 2 RVG.
func (k Kind) fee() (tenths int, collection bool, rule string, ok bool) {
	const r13e = "§ 13e RDG, "
	switch k {
	case Simple:
		return 5, true, r13e + "Nr. 2300 Anm. 2 S. 2, Nr. 7002 VV RVG", true
	case Normal:
		return 9, true, r13e + "Nr. 2300 Anm. 2 S. 1, Nr. 7002 VV RVG", true
	case Extensive:
		return 13, true, r13e + "Nr. 2300 Anm. 2 S. 1, Nr. 7002 VV RVG", true
	case PlanFee:
		return 7, false, r13e + "Nr. 1000 Nr. 2, Nr. 7002 VV RVG, § 31b RVG", true
	case CourtDunning:
		return 10, false, r13e + "Nr. 3305, Nr. 7002 VV RVG", true
	case CourtOrder:
		return 5, false, r13e + "Nr. 3308, Nr. 7002 VV RVG", true
	case Enforcement:
		return 3, false, "§ 788 ZPO, Nr. 3309, Nr. 7002 VV RVG", true
	}
	return 0, false, "", false
}

// CapError refuses a cost above the cap; Reckoning shows the way to it.
type CapError struct{ Reckoning Reckoning }

func (e *CapError) Error() string {
	r := e.Reckoning
	return fmt.Sprintf("%s of %s is above the cap of %s: %s", r.Kind, r.Asked, r.Cap, r)
}

// Cap reckons the most that a private debtor may be asked for a fee with its
// expenses, without VAT. claim is the principal that the work was about; on is
// the day of the creditor's instruction, which decides the table (§ 60 RVG).
// Fees and expenses are rounded half up to the cent (§ 2 Abs. 2 S. 2 RVG). The
// error is a *[MissingRowError] where the table lacks the row.
func (t *Tables) Cap(kind Kind, claim money.Cents, on calendar.Date) (Reckoning, error) {
	tenths, collection, rule, ok := kind.fee()
	if !ok {
		return Reckoning{}, fmt.Errorf("unknown fee %q", kind)
	}
	if claim <= 0 || claim > money.Max {
		return Reckoning{}, fmt.Errorf("%s: claim of %s out of range", kind, claim)
	}
	value := claim
	if kind == PlanFee {
		value = (claim + 1) / 2 // § 31b RVG: 50 percent
	}
	from, row, err := t.find(value, collection, on)
	if err != nil {
		return Reckoning{}, fmt.Errorf("%s: %w", kind, err)
	}
	r := Reckoning{Kind: kind, Date: on, Value: value, Upto: row.upto, Base: row.fee, Tenths: tenths, Version: from.String(), Rule: rule}
	r.Fee = max(minFee, (row.fee*money.Cents(tenths)+5)/10)
	r.Expenses = min(maxExpenses, (r.Fee*20+50)/100)
	r.Cap = r.Fee + r.Expenses
	return r, nil
}

// Check refuses an amount (fee and expenses together) above the cap with a
// *[CapError]; the reckoning is returned either way.
func (t *Tables) Check(kind Kind, claim, asked money.Cents, on calendar.Date) (Reckoning, error) {
	r, err := t.Cap(kind, claim, on)
	if err != nil {
		return r, err
	}
	r.Asked = asked
	if asked > r.Cap {
		return r, &CapError{r}
	}
	return r, nil
}

// String writes the reckoning in one line: "value up to 500,00: 51,50 x 0.9 =
// 46,35, expenses 9,27, together 55,62 (table of 2025-06-01)".
func (r Reckoning) String() string {
	return fmt.Sprintf("value up to %s: %s x %d.%d = %s, expenses %s, together %s (table of %s, %s)",
		r.Upto, r.Base, r.Tenths/10, r.Tenths%10, r.Fee, r.Expenses, r.Cap, r.Version, r.Rule)
}
