package main

import (
	"kontor/cases"
	"kontor/cases/money"
)

// settlementRules are what caseworkers may settle for, by stage.
func (a *app) settlementRules() []cases.SettlementRule {
	var out []cases.SettlementRule
	for _, s := range a.cfg.Rules.Settlement {
		out = append(out, cases.SettlementRule{
			Stage: cases.Stage(s.Stage), Permille: 10 * s.MinPercent, Cents: money.Cents(s.MinCents), WithinDays: s.PayWithinDays, Counter: s.Counter,
		})
	}
	return out
}
