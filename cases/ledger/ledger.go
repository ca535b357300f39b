// Package ledger keeps a case's account (Forderungskonto): claims with their
// default interest, costs, payments and what takes them back, and the balance
// at any day.
//
// Conventions, printed in every [Statement]:
//
//   - Interest runs from the claim's default date to the day of the balance,
//     both included. A payment still bears interest on its value date; what it
//     took off the principal bears none from the next day.
//   - A line of the statement is one claim, one base, one rate without a gap.
//     Each line is rounded half up to the cent once, at its end; nothing else is
//     rounded.
//   - No interest on interest or costs (§ 289 BGB).
//   - A payment goes costs, interest, principal (§ 367 Abs. 1 BGB); for consumer
//     credit costs, principal, interest (§ 497 Abs. 3 BGB); over several claims
//     as the debtor said, else § 366 Abs. 2 BGB. Costs of the case as a whole
//     come before all claims.
//   - A reversal takes the entry it names out of the account from the reversal's
//     date on, back to the entry's value date (§§ 158, 159 BGB: a direct debit
//     fulfils on condition that it is not returned).
//   - What was paid beyond the debt stands as credit and meets what falls due later.
package ledger

import (
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// ClaimKind drives the order in which a payment is allocated.
type ClaimKind string

// The kinds of claims.
const (
	Ordinary       ClaimKind = "ordinary"                 // § 367 BGB
	ConsumerCredit ClaimKind = "consumer_credit"          // § 497 Abs. 3 BGB
	MortgageCredit ClaimKind = "mortgage_consumer_credit" // § 497 Abs. 4 BGB: order of § 367
	TitleInterest  ClaimKind = "title_interest"           // a title whose principal is interest: § 497 Abs. 3 S. 5; bears none itself
	Damages        ClaimKind = "damages"                  // no Entgeltforderung: never 9 points
)

// Purpose says in which role the debtor made the contract.
type Purpose string

// The purposes.
const (
	Private  Purpose = "private"
	Business Purpose = "business"
)

// RateKind says how a claim's interest rate is found.
type RateKind string

// The kinds of rates.
const (
	RateNone     RateKind = "none"
	RateConsumer RateKind = "consumer"  // base rate + 5 points, § 288 Abs. 1 BGB
	RateBusiness RateKind = "business"  // base rate + 9 points, § 288 Abs. 2 BGB
	RateMortgage RateKind = "mortgage"  // base rate + 2.5 points, § 497 Abs. 4 BGB
	RateOverBase RateKind = "over_base" // base rate + BasisPoints, by contract or title
	RateFixed    RateKind = "fixed"     // BasisPoints a year, by contract or title
)

// RateRule is a claim's interest rate. The zero value bears no interest.
type RateRule struct {
	Kind        RateKind `json:"kind,omitempty"`
	BasisPoints int      `json:"basis_points,omitempty"` // for over_base and fixed: 1..MaxBasisPoints
}

// MaxBasisPoints bounds a contractual rate: 100 % a year.
const MaxBasisPoints = 10_000

// Claim is one debt (Forderung) of a case.
type Claim struct {
	ID        string      `json:"id"`
	Kind      ClaimKind   `json:"kind"`
	Invoice   string      `json:"invoice,omitempty"`
	Subject   string      `json:"subject,omitempty"` // what was bought or agreed, in the creditor's words
	Purpose   Purpose     `json:"purpose,omitempty"`
	Principal money.Cents `json:"principal_cents"`
	// Contract is the day of the contract; InvoiceDate, Due and Default the days
	// of the invoice, of its falling due and of the first day of default, which
	// bears interest. Without Default no interest runs. Known is the day on which
	// the creditor knew debtor and claim (§ 199 Abs. 1 BGB), Due where it is zero.
	Contract    calendar.Date `json:"contract,omitzero"`
	InvoiceDate calendar.Date `json:"invoice_date,omitzero"`
	Due         calendar.Date `json:"due,omitzero"`
	Default     calendar.Date `json:"default,omitzero"`
	Known       calendar.Date `json:"known,omitzero"`
	Rate        RateRule      `json:"rate,omitzero"`
	// InterestUntil is the last day that bears interest, zero for no end.
	InterestUntil calendar.Date `json:"interest_until,omitzero"`
	// Secured says that the creditor holds a security or a title for it, which
	// puts it behind less secured claims (§ 366 Abs. 2 BGB).
	Secured bool `json:"secured,omitempty"`
}

// EntryKind is what a booking does.
type EntryKind string

// The kinds of entries.
const (
	Cost              EntryKind = "cost"                // adds costs
	Interest          EntryKind = "interest"            // adds interest reckoned elsewhere (title, contract); bears none
	Payment           EntryKind = "payment"             // paid to the agency
	PaymentToCreditor EntryKind = "payment_to_creditor" // paid past the agency
	Reversal          EntryKind = "reversal"            // takes Reverses back, in whole or in part
	WriteOff          EntryKind = "write_off"           // given up by the creditor
	Waiver            EntryKind = "waiver"              // costs or interest remitted
	Refund            EntryKind = "refund"              // credit paid back to the debtor
)

// CostKind says what a cost is for.
type CostKind string

// The kinds of costs.
const (
	CollectionFee  CostKind = "collection_fee"  // VV 2300 RVG by § 13e RDG
	CollectionExp  CostKind = "expenses"        // VV 7002 RVG
	PlanFee        CostKind = "plan_fee"        // VV 1000 Nr. 2 RVG
	CourtDunning   CostKind = "court_dunning"   // VV 3305, 3308 RVG
	CourtFee       CostKind = "court_fee"       // GKG
	EnforcementFee CostKind = "enforcement_fee" // VV 3309 RVG
	BailiffCost    CostKind = "bailiff"
	AddressInquiry CostKind = "address_inquiry"
	BankReturn     CostKind = "bank_return"
	CreditorDun    CostKind = "creditor_dunning" // the creditor's own reminders
	LumpSum        CostKind = "lump_sum"         // 40 €, § 288 Abs. 5 BGB, never against consumers
	OtherCost      CostKind = "other"
)

// Part is a part of a debt.
type Part string

// The parts.
const (
	PartCosts     Part = "costs"
	PartInterest  Part = "interest"
	PartPrincipal Part = "principal"
)

// Determination says who chose the debt that a payment is for (§ 366 Abs. 1 BGB).
type Determination string

// The determinations; the empty one leaves the choice to the law.
const (
	ByLaw    Determination = ""
	ByDebtor Determination = "debtor"
	ByBoth   Determination = "agreed"
)

// Entry is one booking. Cents is never negative: Kind says which way it goes.
type Entry struct {
	ID       string        `json:"id"`
	Date     calendar.Date `json:"date"` // value date
	Kind     EntryKind     `json:"kind"`
	CostKind CostKind      `json:"cost_kind,omitempty"`
	Cents    money.Cents   `json:"cents"`
	// ClaimID is the claim that a cost, interest, write-off or waiver belongs to;
	// empty for the case as a whole. On a payment it counts only with a
	// Determination.
	ClaimID       string        `json:"claim_id,omitempty"`
	Determination Determination `json:"determination,omitempty"`
	// Order is the order of parts that the debtor asked for and the creditor did
	// not refuse (§ 367 Abs. 2 BGB); parts not named follow in the claim's order.
	Order []Part `json:"order,omitempty"`
	// Part is what a waiver or write-off takes; empty takes costs, interest,
	// principal in this order.
	Part     Part   `json:"part,omitempty"`
	Reverses string `json:"reverses,omitempty"` // entry id, on a reversal
	Source   string `json:"source,omitempty"`   // statement entry, document or person it comes from
	Text     string `json:"text,omitempty"`
}

// Ledger is the account of one case.
type Ledger struct {
	Claims  []Claim `json:"claims,omitempty"`
	Entries []Entry `json:"entries,omitempty"`
}

// ClaimBalance is what is open on one claim.
type ClaimBalance struct {
	ID        string      `json:"id"`
	Principal money.Cents `json:"principal_cents"`
	Interest  money.Cents `json:"interest_cents"`
	Costs     money.Cents `json:"costs_cents"`
}

// Balance is what is open at the end of a day.
type Balance struct {
	At        calendar.Date  `json:"at"`
	Principal money.Cents    `json:"principal_cents"`
	Interest  money.Cents    `json:"interest_cents"`
	Costs     money.Cents    `json:"costs_cents"`            // of claims and of the case as a whole
	Credit    money.Cents    `json:"credit_cents,omitempty"` // paid beyond the debt
	Total     money.Cents    `json:"total_cents"`            // Principal + Interest + Costs - Credit
	Claims    []ClaimBalance `json:"claims,omitempty"`
	CaseCosts money.Cents    `json:"case_costs_cents,omitempty"` // the part of Costs that belongs to no claim
}
