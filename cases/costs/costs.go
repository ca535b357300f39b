// Package costs reckons what collection may cost a private debtor: never more
// than a lawyer's fee for the same work (§ 13e RDG), from the dated fee table of
// the RVG.
package costs

import (
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// Kind is a fee.
type Kind string

// The fees.
const (
	Simple       Kind = "simple"        // VV 2300 with note (2): 0.5, paid on the first demand
	Normal       Kind = "normal"        // up to 0.9
	Extensive    Kind = "extensive"     // up to 1.3, only if very extensive or difficult
	PlanFee      Kind = "plan_fee"      // VV 1000 Nr. 2: 0.7 on half the claim (§ 31b)
	CourtDunning Kind = "court_dunning" // VV 3305: 1.0
	CourtOrder   Kind = "court_order"   // VV 3308: 0.5
	Enforcement  Kind = "enforcement"   // VV 3309: 0.3
)

// Reckoning is a cap with the way to it.
type Reckoning struct {
	Kind     Kind          `json:"kind"`
	Date     calendar.Date `json:"date"`
	Value    money.Cents   `json:"value_cents"`    // value the fee is taken from (half the claim for a plan)
	Upto     money.Cents   `json:"upto_cents"`     // table row
	Base     money.Cents   `json:"base_cents"`     // 1.0 fee of the row
	Tenths   int           `json:"tenths"`         // factor in tenths
	Fee      money.Cents   `json:"fee_cents"`      // rounded half up, minimum fee applied
	Expenses money.Cents   `json:"expenses_cents"` // VV 7002
	Cap      money.Cents   `json:"cap_cents"`      // Fee + Expenses
	Version  string        `json:"version"`        // table, by the day it holds from
	Rule     string        `json:"rule"`           // paragraphs
	Asked    money.Cents   `json:"asked_cents"`    // what was to be booked
}
