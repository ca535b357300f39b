package cases

import "fmt"

// Reason is the closed list of why a request is refused. Screens have a
// sentence for each; scripts may branch on it.
type Reason string

// Reasons.
const (
	NotAPerson       Reason = "not_a_person"      // the actor is a machine
	NotFound         Reason = "not_found"         // a named stream does not exist
	Exists           Reason = "exists"            // it is there already, and different
	Invalid          Reason = "invalid"           // the command contradicts itself
	Stale            Reason = "stale"             // the case moved since it was on screen
	AlreadyDone      Reason = "already_done"      // answered, finished, withdrawn, …
	AlreadyClaimed   Reason = "already_claimed"   // too late to take back
	UndoWindow       Reason = "undo_window"       // not claimable yet
	OutsideWindow    Reason = "outside_window"    // [send] window
	WrongState       Reason = "wrong_state"       // the state does not allow it
	Blocked          Reason = "blocked"           // demands are blocked (domain.md 1.7)
	RightParty       Reason = "right_party"       // claim data to an unconfirmed party
	RecipientDiffers Reason = "recipient_differs" // not an address on file, and not confirmed
	NoAnswer         Reason = "no_answer"         // automatic mail is never answered
	NeedsAnswer      Reason = "needs_answer"      // the law wants a reply; it cannot be closed without one
	LimitExceeded    Reason = "limit"             // beyond the caseworker's or the agency's limit
	CostNotice       Reason = "cost_notice"       // § 13a Abs. 3 RDG
	TooSoon          Reason = "too_soon"          // one demand per 14 days and person
	TextFindings     Reason = "text_findings"     // blocking findings of the policy
	WrongDevice      Reason = "wrong_device"      // only the device that approved may send
	CaseIsClosed     Reason = "case_closed"
)

// Refusal is the verdict on a request that the facts forbid. It names the rule
// and the thing; the text for people is made by the screen.
type Refusal struct {
	Reason Reason `json:"reason"`
	Thing  string `json:"thing,omitempty"` // stream or id
	// Detail is a code or a value that belongs to the reason ("message",
	// "payment" for Stale; the paragraph for NeedsAnswer; the limit).
	Detail string `json:"detail,omitempty"`
}

func (r *Refusal) Error() string {
	s := "refused: " + string(r.Reason)
	if r.Detail != "" {
		s += " (" + r.Detail + ")"
	}
	if r.Thing != "" {
		s += " on " + r.Thing
	}
	return s
}

// Is makes errors.Is(err, &Refusal{Reason: X}) compare the reason alone.
func (r *Refusal) Is(target error) bool {
	t, ok := target.(*Refusal)
	return ok && t.Reason == r.Reason && (t.Detail == "" || t.Detail == r.Detail)
}

func refuse(reason Reason, thing fmt.Stringer, detail string) *Refusal {
	r := &Refusal{Reason: reason, Detail: detail}
	if thing != nil {
		r.Thing = thing.String()
	}
	return r
}
