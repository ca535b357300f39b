package cases

import (
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// Intent is what a debtor's mail mainly wants; the list is closed.
type Intent string

// The intents, as the label scheme names them.
const (
	InstallmentRequest Intent = "installment_request"
	Dispute            Intent = "dispute"
	PaymentPause       Intent = "payment_pause"
	Paid               Intent = "paid"
	PaymentPromise     Intent = "payment_promise"
	SettlementOffer    Intent = "settlement_offer"
	InformationRequest Intent = "information_request"
	DataRequest        Intent = "data_request"
	ContactChange      Intent = "contact_change"
	Representation     Intent = "representation"
	Insolvency         Intent = "insolvency"
	Deceased           Intent = "deceased"
	NotDebtor          Intent = "not_debtor"
	Complaint          Intent = "complaint"
	AutoReply          Intent = "auto_reply"
	Bounce             Intent = "bounce"
	Other              Intent = "other"
)

// Intents lists all intents in their fixed order.
func Intents() []Intent {
	return []Intent{
		InstallmentRequest, Dispute, PaymentPause, Paid, PaymentPromise, SettlementOffer,
		InformationRequest, DataRequest, ContactChange, Representation, Insolvency, Deceased,
		NotDebtor, Complaint, AutoReply, Bounce, Other,
	}
}

// Valid reports whether i is of the closed list.
func (i Intent) Valid() bool { return slices.Contains(Intents(), i) }

// Answered reports whether mails of this intent get a reply at all; automatic
// mail and bounces never do.
func (i Intent) Answered() bool { return i != AutoReply && i != Bounce }

// Flag is a trait of a mail that changes tone, lane or limits.
type Flag string

// The flags.
const (
	Vulnerable  Flag = "vulnerable"
	Hostile     Flag = "hostile"
	LegalThreat Flag = "legal_threat"
)

// Flags lists all flags.
func Flags() []Flag { return []Flag{Vulnerable, Hostile, LegalThreat} }

// Alert is a danger to a person that sorts above everything.
type Alert string

// The alerts.
const (
	SelfHarm         Alert = "self_harm"
	DangerToOthers   Alert = "danger_to_others"
	Minor            Alert = "minor"
	MedicalEmergency Alert = "medical_emergency"
)

// Alerts lists all alerts.
func Alerts() []Alert { return []Alert{SelfHarm, DangerToOthers, Minor, MedicalEmergency} }

// DisputeReason is why a claim is contested.
type DisputeReason string

// DisputeReasons lists the closed list of reasons.
func DisputeReasons() []DisputeReason {
	return []DisputeReason{
		"not_ordered", "returned", "cancelled", "wrong_amount", "defective",
		"already_paid", "time_barred", "fraud", "fees", "other",
	}
}

// Slots are the facts that a mail states, read by code. A nil or zero field
// means that the mail does not state it, or not clearly.
type Slots struct {
	MonthlyCents     *money.Cents  `json:"monthly_cents,omitempty"`
	FirstPaymentDate calendar.Date `json:"first_payment_date,omitzero"`
	PauseUntil       calendar.Date `json:"pause_until,omitzero"`
	OfferCents       *money.Cents  `json:"offer_cents,omitempty"`
	PromiseDate      calendar.Date `json:"promise_date,omitzero"`
	PromiseCents     *money.Cents  `json:"promise_cents,omitempty"`
	PaidCents        *money.Cents  `json:"paid_cents,omitempty"`
	PaidDate         calendar.Date `json:"paid_date,omitzero"`
	DisputeReason    DisputeReason `json:"dispute_reason,omitempty"`
	Reference        string        `json:"reference,omitempty"`
	Invoice          string        `json:"invoice,omitempty"`
}

// Details are facts beyond the label scheme.
type Details struct {
	TheirDeadline calendar.Date `json:"their_deadline,omitzero"`
	// RequestKind is access, erasure, rectification, restriction, objection,
	// portability or withdrawal.
	RequestKind string `json:"request_kind,omitempty"`
}

// Evidence is a quote that stands literally in the mail. Field is "subject",
// "text" (the own text) or "attachment:N". For is what the quote supports: an
// intent, a flag, an alert or the name of a slot. Start and End are byte
// offsets into the field.
type Evidence struct {
	Field string `json:"field"`
	Quote string `json:"quote"`
	For   string `json:"for,omitempty"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Candidate is one possible intent with its calibrated probability in
// thousandths (0..1000); integers keep the record equal on every machine.
type Candidate struct {
	Intent   Intent `json:"intent"`
	Permille int    `json:"permille"`
}

// Classification is a machine's or a person's reading of one message.
type Classification struct {
	Intent     Intent      `json:"intent"`
	Permille   int         `json:"permille"`             // calibrated confidence in thousandths
	Unsure     bool        `json:"unsure,omitempty"`     // too close to call, or contradicted
	Candidates []Candidate `json:"candidates,omitempty"` // best first, at least two from a machine
	Secondary  []Intent    `json:"secondary,omitempty"`
	Flags      []Flag      `json:"flags,omitempty"`
	Alerts     []Alert     `json:"alerts,omitempty"`
	Slots      Slots       `json:"slots"`
	Details    Details     `json:"details"`
	Lang       string      `json:"lang,omitempty"` // ISO 639-1
	Evidence   []Evidence  `json:"evidence,omitempty"`
	Notes      []string    `json:"notes,omitempty"` // codes: why a slot is empty, engines disagree, …
	Engine     string      `json:"engine"`          // local, llm, local+llm, person
	Model      string      `json:"model,omitempty"` // version of the model, prompt or rule set
}

// Sure is the confidence in thousandths from which a label counts as sure.
const Sure = 700

// HasFlag reports whether f is set.
func (c Classification) HasFlag(f Flag) bool { return slices.Contains(c.Flags, f) }

// ClassifyInput is all that an engine may look at: one mail, and the state of
// its own case in words that carry no personal data.
type ClassifyInput struct {
	Subject     string
	Text        string   // own text, cleaned (plain.Clean) and NFC
	Attachments []string // text read from attachments, one a block
	From        string   // display name and address
	Date        calendar.Date
	Kind        MailKind // what the header already said
	InReply     bool     // answers one of our letters
	PlanRunning bool     // a plan or pause is running on the case
	Stage       Stage
}
