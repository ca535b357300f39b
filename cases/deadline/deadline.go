// Package deadline computes the dates that the law attaches to facts:
// limitation with suspension and restart, court deadlines, data requests, and
// the form rules of dates that stand in letters.
package deadline

import "kontor/cases/calendar"

// Basis says which limitation period runs.
type Basis string

// The bases.
const (
	Regular   Basis = "regular"   // 3 years from year-end, §§ 195, 199 Abs. 1, 4 BGB
	Titled    Basis = "titled"    // 30 years from finality, §§ 197 Abs. 1 Nr. 3-5, 201 BGB
	Recurring Basis = "recurring" // interest and instalments that fall due after the title, § 197 Abs. 2 BGB
)

// AckKind is what made the period start anew (§ 212 Abs. 1 BGB).
type AckKind string

// The kinds of a restart.
const (
	AckPayment     AckKind = "payment"     // part payment, interest payment, security
	AckStatement   AckKind = "statement"   // acknowledged in another way, as a plan asked for
	AckEnforcement AckKind = "enforcement" // an act of enforcement applied for or done
)

// AckState says what is known about a restart: a machine only proposes.
type AckState string

// The states.
const (
	AckProposed  AckState = "proposed"
	AckConfirmed AckState = "confirmed"
	AckRejected  AckState = "rejected"
)

// Ack is an event that starts the period anew on the day after it.
type Ack struct {
	Date  calendar.Date `json:"date"`
	Kind  AckKind       `json:"kind"`
	State AckState      `json:"state"`
	// Reserved says that it was declared under reserve ("unter Vorbehalt",
	// "ohne Anerkennung einer Rechtspflicht"): it never counts unless a person
	// confirmed it all the same.
	Reserved bool   `json:"reserved,omitempty"`
	Source   string `json:"source,omitempty"` // message or entry it comes from
}

// PauseKind is why time does not count (§ 209 BGB).
type PauseKind string

// The kinds of a suspension.
const (
	PauseNegotiation PauseKind = "negotiation"     // § 203: and at least 3 months after its end
	PauseCourtOrder  PauseKind = "court_order"     // § 204 Abs. 1 Nr. 3: service of the Mahnbescheid, back to filing if soon (§ 167 ZPO)
	PauseLawsuit     PauseKind = "lawsuit"         // § 204 Abs. 1 Nr. 1
	PauseInsolvency  PauseKind = "insolvency"      // § 204 Abs. 1 Nr. 10: claim filed
	PauseDeferral    PauseKind = "deferral"        // § 205: the debtor may refuse for a time by agreement
	PauseCredit      PauseKind = "consumer_credit" // § 497 Abs. 3 S. 3: from default until titled, at most 10 years
)

// Pause is one suspension, From to To both included; a zero To is still going
// on. For kinds of § 204 To is the last step of the proceedings and the end
// comes 6 months later (§ 204 Abs. 2).
type Pause struct {
	Kind PauseKind     `json:"kind"`
	From calendar.Date `json:"from"`
	To   calendar.Date `json:"to,omitzero"`
}

// Facts are all that limitation is computed from.
type Facts struct {
	Basis Basis         `json:"basis"`
	Due   calendar.Date `json:"due,omitzero"`   // when the claim fell due
	Known calendar.Date `json:"known,omitzero"` // when the creditor knew; Due where zero
	Final calendar.Date `json:"final,omitzero"` // finality of the title
	Acks  []Ack         `json:"acks,omitempty"`
	Pause []Pause       `json:"pauses,omitempty"`
	// Land is where the claim would be sued for; it moves Result.Act (§ 193 BGB).
	Land calendar.Land `json:"land,omitempty"`
}

// The codes of steps.
const (
	StepStart    = "start"    // the period begins after Date
	StepCap      = "cap"      // the longest period of § 199 Abs. 4 BGB ends it earlier
	StepPause    = "pause"    // Days do not count
	StepGrace    = "grace"    // not before 3 months after negotiations ended
	StepRestart  = "restart"  // began anew after Date
	StepProposed = "proposed" // would begin anew if a person confirms it; Ends shows it
	StepReserved = "reserved" // declared under reserve: does not count
	StepEarly    = "early"    // before the period began: no effect
	StepLate     = "late"     // after the period had ended: no effect
)

// Step is one line of the reckoning.
type Step struct {
	Date calendar.Date `json:"date"` // the day of the fact, or the end computed so far
	Rule string        `json:"rule"` // paragraph, "§ 199 Abs. 1 BGB"
	Code string        `json:"code"` // one of the Step constants, for the screen to word
	Days int           `json:"days,omitempty"`
	Ends calendar.Date `json:"ends,omitzero"` // end after this step
}

// Result is the last day of the period; the claim is time-barred from the day
// after it.
type Result struct {
	Ends           calendar.Date `json:"ends"`             // counting what a person confirmed
	EndsWithoutAck calendar.Date `json:"ends_without_ack"` // the same with no restart of kind payment or statement
	EndsWithAck    calendar.Date `json:"ends_with_ack"`    // counting proposed ones too
	Earliest       calendar.Date `json:"earliest"`         // the date to warn on: the earlier of Ends and EndsWithAck
	Act            calendar.Date `json:"act"`              // Earliest, moved to a business day (§ 193 BGB): the last day to act
	Open           bool          `json:"open,omitempty"`   // a suspension is still going on; dates reckon as if it ended at the day asked
	Steps          []Step        `json:"steps,omitempty"`
}
