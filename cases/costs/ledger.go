package costs

import (
	"fmt"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
)

// CheckLedger holds the costs on the account of a private debtor against the fees
// of a lawyer. A case is one matter (§ 15 RVG): each fee counts once, on the sum
// of its claims, and what was taken back does not count. Enforcement fees arise
// with every act, so each entry stands for itself (VV 3309, § 18 RVG). opened is
// the day of the instruction. The error is a *[CapError] where an amount is above
// its cap, a *[MissingRowError] where the table ends.
func (t *Tables) CheckLedger(l ledger.Ledger, opened calendar.Date) error {
	var principal money.Cents
	for _, k := range l.Claims {
		principal += k.Principal
	}
	back := map[string]money.Cents{}
	for _, e := range l.Entries {
		if e.Kind == ledger.Reversal {
			back[e.Reverses] += e.Cents
		}
	}
	sums := map[Kind]money.Cents{}
	for _, e := range l.Entries {
		fee, ok := FeeOf(e.CostKind)
		if e.Kind != ledger.Cost || !ok {
			continue
		}
		asked := e.Cents - back[e.ID]
		if fee == Enforcement {
			if _, err := t.Check(fee, principal, asked, max(opened, e.Date)); asked > 0 && err != nil {
				return fmt.Errorf("entry %s: %w", e.ID, err)
			}
			continue
		}
		sums[fee] += asked
	}
	for _, fee := range []Kind{Normal, PlanFee, CourtDunning} {
		asked := sums[fee]
		if asked <= 0 {
			continue
		}
		if fee == CourtDunning { // one kind of cost for VV 3305 and 3308
			second, err := t.Cap(CourtOrder, principal, opened)
			if err != nil {
				return err
			}
			asked -= min(asked, second.Cap)
		}
		if _, err := t.Check(fee, principal, asked, opened); err != nil {
			return err
		}
	}
	return nil
}

// FeeOf says which fee bounds a kind of cost; the others are outlays.
func FeeOf(k ledger.CostKind) (Kind, bool) {
	switch k {
	case ledger.CollectionFee, ledger.CollectionExp:
		return Normal, true
	case ledger.PlanFee:
		return PlanFee, true
	case ledger.CourtDunning:
		return CourtDunning, true
	case ledger.EnforcementFee:
		return Enforcement, true
	case ledger.CourtFee, ledger.BailiffCost, ledger.AddressInquiry, ledger.BankReturn, ledger.CreditorDun, ledger.LumpSum, ledger.OtherCost, "":
	}
	return "", false
}
