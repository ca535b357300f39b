// Package plan computes instalment plans (Ratenplan): schedules that sum
// exactly, the check of a debtor's wish against the agency's policy, and what
// became of each instalment.
package plan

import (
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// Rate is one instalment. Due is a business day of the debtor's Land.
type Rate struct {
	No    int           `json:"no"` // from 1
	Due   calendar.Date `json:"due"`
	Cents money.Cents   `json:"cents"`
}

// Options shape a schedule; the zero value is monthly with the odd amount last.
type Options struct {
	EveryMonths int  `json:"every_months,omitempty"` // 0 counts as 1
	OddFirst    bool `json:"odd_first,omitempty"`    // the odd instalment comes first, not last
	// MergeBelow adds a last instalment smaller than this to the one before it.
	MergeBelow money.Cents `json:"merge_below_cents,omitempty"`
}

// State is what became of an instalment.
type State string

// The states of an instalment.
const (
	Open    State = "open"    // not yet due, or still within grace
	Unclear State = "unclear" // due, but no bank statement covers the days in which it would show
	Met     State = "met"
	Late    State = "late"   // paid in full after its due date and grace
	Broken  State = "broken" // not paid although the statement covers due date, grace and bank days
)

// Policy is what the agency allows without asking the creditor; zero bounds are
// no bounds.
type Policy struct {
	MinMonthly      money.Cents `json:"min_monthly_cents,omitempty"`
	MaxMonths       int         `json:"max_months,omitempty"`
	FirstWithinDays int         `json:"first_within_days,omitempty"` // first payment at most so many days from today
	GraceDays       int         `json:"grace_days,omitempty"`
	BankDays        int         `json:"bank_days,omitempty"` // TARGET days until a payment shows; 0 counts as 2
}

// Wish is what the debtor asked for; zero fields were not said.
type Wish struct {
	Total   money.Cents   `json:"total_cents"`
	Monthly money.Cents   `json:"monthly_cents,omitempty"`
	Months  int           `json:"months,omitempty"`
	First   calendar.Date `json:"first,omitzero"`
}

// Offer is a plan that the policy allows.
type Offer struct {
	Monthly money.Cents   `json:"monthly_cents"`
	First   calendar.Date `json:"first"`
	Rates   []Rate        `json:"rates"`
}

// Payment is money that counts toward a plan. Amounts returned by the bank are
// left out by the caller.
type Payment struct {
	Date  calendar.Date `json:"date"`
	Cents money.Cents   `json:"cents"`
}

// RateState is an instalment with what was paid on it.
type RateState struct {
	Rate
	State  State         `json:"state"`
	Paid   money.Cents   `json:"paid_cents,omitempty"`
	PaidOn calendar.Date `json:"paid_on,omitzero"` // the day on which it became whole
}
