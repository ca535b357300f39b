package cases

import (
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
)

// EffectKind is what approving does to the case beside the mail. The list is
// closed.
type EffectKind string

// The effects.
const (
	OfferPlan              EffectKind = "offer_plan"
	AgreePlan              EffectKind = "agree_plan"
	AmendPlan              EffectKind = "amend_plan"
	EndPlan                EffectKind = "end_plan"
	GrantPause             EffectKind = "grant_pause"
	RecordPromise          EffectKind = "record_promise"
	OfferSettlement        EffectKind = "offer_settlement"
	RecordObjection        EffectKind = "record_objection"
	RecordPaidClaim        EffectKind = "record_paid_claim"
	InquireCreditor        EffectKind = "inquire_creditor"
	InquirePayment         EffectKind = "inquire_payment"
	PlaceHold              EffectKind = "hold"
	LiftHold               EffectKind = "lift_hold"
	AddParty               EffectKind = "add_party"
	ChangeContact          EffectKind = "change_contact"
	AddressFailing         EffectKind = "address_failing"
	SetRightParty          EffectKind = "right_party"
	MarkDeceased           EffectKind = "mark_deceased"
	MarkInsolvent          EffectKind = "mark_insolvent"
	MarkRepresented        EffectKind = "mark_represented"
	StartClock             EffectKind = "start_clock"
	StopClock              EffectKind = "stop_clock"
	ProposeAcknowledgement EffectKind = "propose_acknowledgement"
	WaiveCosts             EffectKind = "waive_costs"
	WriteOffRest           EffectKind = "write_off_rest"
	CancelOutbox           EffectKind = "cancel_outbox"
	SetFollowUp            EffectKind = "follow_up"
	HandOver               EffectKind = "hand_over"
	AddNote                EffectKind = "note"
)

// EffectKinds lists the closed list.
func EffectKinds() []EffectKind {
	return []EffectKind{
		OfferPlan, AgreePlan, AmendPlan, EndPlan, GrantPause, RecordPromise, OfferSettlement,
		RecordObjection, RecordPaidClaim, InquireCreditor, InquirePayment, PlaceHold, LiftHold,
		AddParty, ChangeContact, AddressFailing, SetRightParty, MarkDeceased, MarkInsolvent,
		MarkRepresented, StartClock, StopClock, ProposeAcknowledgement, WaiveCosts, WriteOffRest,
		CancelOutbox, SetFollowUp, HandOver, AddNote,
	}
}

// Valid reports whether k is of the closed list.
func (k EffectKind) Valid() bool { return slices.Contains(EffectKinds(), k) }

// AfterSent reports whether the effect rests on the debtor knowing: it counts
// from sent, lapses with a follow-up when the reply is refused, and waits while
// the outcome is unknown.
func (k EffectKind) AfterSent() bool {
	switch k { //nolint:exhaustive // the rest of the closed list counts at once
	case OfferPlan, AgreePlan, AmendPlan, GrantPause, OfferSettlement:
		return true
	}
	return false
}

// NeverPreset reports whether a draft must not tick the effect by itself.
func (k EffectKind) NeverPreset() bool {
	return k == ProposeAcknowledgement || k == WaiveCosts || k == WriteOffRest
}

// Effect is one consequence, with the fields its kind uses:
//
//	offer_plan, agree_plan, amend_plan   Rates, Cents (total), Days (offer's life), Costs
//	grant_pause                          Until, Costs
//	record_promise                       Date, Cents
//	offer_settlement                     Cents, Date (pay by), Days
//	record_objection                     Claim, Dispute, Cents (part; 0 = all)
//	record_paid_claim                    Cents, Date
//	hold                                 Hold, Code (reason), Until, Claim
//	lift_hold, end_plan, stop_clock      Target (id)
//	add_party, mark_represented          Person, Role, Proof
//	change_contact                       Person, Channel, Text, Proof
//	address_failing                      Person, Target (contact id), Code
//	right_party                          Right
//	start_clock                          Code (kind), Until (due), Message
//	waive_costs, write_off_rest          Cents
//	cancel_outbox                        Target (reply id)
//	follow_up                            Date, Code (reason)
//	hand_over                            User
//	note                                 Text
type Effect struct {
	Kind    EffectKind      `json:"kind"`
	Cents   money.Cents     `json:"cents,omitempty"`
	Costs   money.Cents     `json:"costs_cents,omitempty"`
	Date    calendar.Date   `json:"date,omitzero"`
	Until   calendar.Date   `json:"until,omitzero"`
	Days    int             `json:"days,omitempty"`
	Rates   []plan.Rate     `json:"rates,omitempty"`
	Claim   string          `json:"claim,omitempty"`
	Person  PersonID        `json:"person,omitempty"`
	Role    Role            `json:"role,omitempty"`
	Proof   Proof           `json:"proof,omitempty"`
	Channel Channel         `json:"channel,omitempty"`
	Hold    HoldKind        `json:"hold,omitempty"`
	Dispute DisputeReason   `json:"dispute,omitempty"`
	Right   RightPartyState `json:"right,omitempty"`
	Code    string          `json:"code,omitempty"`
	Target  string          `json:"target,omitempty"`
	Message MessageID       `json:"message,omitempty"`
	User    UserID          `json:"user,omitempty"`
	Text    plain.Text      `json:"text,omitzero"`
}

// DraftEffect is an effect as a draft proposes it.
type DraftEffect struct {
	Effect
	Ticked bool   `json:"ticked"`
	Why    string `json:"why,omitempty"` // code: why it is proposed, or why it is not ticked
}

// FileKind says what goes with a letter.
type FileKind string

// The kinds of file.
const (
	FileDocument FileKind = "document" // of the case's documents
	FileGiroCode FileKind = "girocode" // the payment code that the letter asks for
)

// DraftFile is something that may go with a draft. Nothing but documents of the
// case and the payment code is ever attached.
type DraftFile struct {
	Kind      FileKind   `json:"kind"`
	Name      plain.Text `json:"name"`
	MediaType string     `json:"type"`
	Size      int64      `json:"size"`
	SHA256    string     `json:"sha256"`
	Document  string     `json:"document,omitempty"` // its id
	Ticked    bool       `json:"ticked"`
	Why       string     `json:"why,omitempty"` // code, as of an effect
	// Data are the bytes of a code; those of a document are read at approval.
	Data []byte `json:"-"`
}

// SentFile is what an approval says of a file that goes with the letter.
type SentFile struct {
	Kind     FileKind   `json:"kind"`
	Name     plain.Text `json:"name"`
	Document string     `json:"document,omitempty"`
	SHA256   string     `json:"sha256"`
	Size     int64      `json:"size"`
}

// Draft is a template filled for one occasion: a proposal, never a fact.
type Draft struct {
	Template TemplateRef   `json:"template"`
	To       PersonID      `json:"to"`
	ToAddr   string        `json:"to_addr"`
	Subject  string        `json:"subject"`
	Text     string        `json:"text"`
	Values   [][2]int      `json:"values,omitempty"` // byte ranges of Text that are computed values
	Effects  []DraftEffect `json:"effects,omitempty"`
	Attach   []DraftFile   `json:"attach,omitempty"` // what may go with it; the ticked ones do
	Findings []TextFinding `json:"findings,omitempty"`
	Why      string        `json:"why,omitempty"` // code: why this template
}
