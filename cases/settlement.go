package cases

import (
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// CreditorAgreed is the code of an offered settlement that the creditor has
// consented to: the authority of caseworkers does not bound it.
const CreditorAgreed = "creditor_agreed"

// settlementDays is how long a settlement may take to be paid where the rule
// names no bound.
const settlementDays = 30

// SettlementRule is the authority of caseworkers to settle at one stage: the
// least that they may accept for the whole. A stage without a rule has no
// authority: the creditor is asked.
type SettlementRule struct {
	Stage      Stage       // "": every stage without a rule of its own
	Permille   int         // least share of the balance, in thousandths
	Cents      money.Cents // least sum, whatever the share
	WithinDays int         // latest day of payment, from today; 0: 30
	Counter    bool        // below the least it is offered instead; else the creditor is asked
}

// SettlementAt returns the rule of a stage.
func (r Rules) SettlementAt(s Stage) (SettlementRule, bool) {
	found, ok := SettlementRule{}, false
	for _, x := range r.Settlement {
		if x.Stage == s {
			return x, true
		}
		if x.Stage == "" {
			found, ok = x, true
		}
	}
	return found, ok
}

// Least is the lowest sum that may be accepted for a balance, rounded up to the
// cent; never more than the balance itself.
func (r SettlementRule) Least(balance money.Cents) money.Cents {
	if balance <= 0 || balance > money.Max/1000 {
		return max(balance, 0)
	}
	share := (balance*money.Cents(min(max(r.Permille, 0), 1000)) + 999) / 1000
	return min(max(share, r.Cents), balance)
}

// Latest is the last day on which a settlement may be paid.
func (r SettlementRule) Latest(today calendar.Date) calendar.Date {
	if r.WithinDays > 0 {
		return today + calendar.Date(r.WithinDays)
	}
	return today + settlementDays
}

// settles reports whether a sum is offered that settles the whole: it is paid as
// a demand is.
func settles(effects []Effect) bool {
	return slices.ContainsFunc(effects, func(e Effect) bool { return e.Kind == OfferSettlement })
}

// overAuthority names the bound that a settlement breaks and that needs no
// reckoning: no authority at this stage, less than the least sum, paid too late.
// The share of the balance is judged with the text, by the send gate. Without
// any rule nothing is bounded here: the house keeps its authority elsewhere.
// What the creditor agreed to is not bounded either.
func overAuthority(env Env, k *Case, e Effect) string {
	if len(env.Rules.Settlement) == 0 || e.Code == CreditorAgreed {
		return ""
	}
	rule, ok := env.Rules.SettlementAt(k.Stage)
	switch {
	case !ok:
		return "no authority to settle"
	case e.Cents < rule.Cents:
		return "least_settlement"
	case e.Date > rule.Latest(env.Today):
		return "settlement_date"
	}
	return ""
}
