package cases

import (
	"time"

	"kontor/cases/plain"
)

// ReplyState is where a reply is between approval and its end.
type ReplyState string

// The states of a reply.
const (
	ReplyApproved  ReplyState = "approved"
	ReplyClaimed   ReplyState = "claimed"
	ReplyDotSent   ReplyState = "dot_sent"
	ReplySent      ReplyState = "sent"
	ReplyRefused   ReplyState = "refused"
	ReplyUnknown   ReplyState = "unknown"
	ReplyWithdrawn ReplyState = "withdrawn"
	ReplyStale     ReplyState = "stale"
)

// Final reports whether nothing happens to the reply any more by itself.
func (s ReplyState) Final() bool {
	switch s {
	case ReplySent, ReplyRefused, ReplyWithdrawn, ReplyStale:
		return true
	case ReplyApproved, ReplyClaimed, ReplyDotSent, ReplyUnknown:
	}
	return false
}

// OccasionKind is what a reply starts from.
type OccasionKind string

// The occasions.
const (
	OccasionMessage  OccasionKind = "message"
	OccasionFollowUp OccasionKind = "follow_up"
	OccasionPlan     OccasionKind = "plan"
	OccasionPayment  OccasionKind = "payment"
	OccasionDeadline OccasionKind = "deadline"
	OccasionOpening  OccasionKind = "opening"
	OccasionFree     OccasionKind = "free"
)

// Occasion is what a reply starts from, with the thing's id.
type Occasion struct {
	Kind OccasionKind `json:"kind"`
	ID   string       `json:"id,omitempty"`
}

// TemplateRef names a text and its version.
type TemplateRef struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Lang    string `json:"lang"`
	// What the text is; from its front matter, so that Decide can judge.
	Demand     bool `json:"demand,omitempty"`      // asks for money
	ClaimData  bool `json:"claim_data,omitempty"`  // holds sums, the creditor's name or other data of the claim
	CostNotice bool `json:"cost_notice,omitempty"` // carries the § 13a Abs. 3 block
	Agreement  bool `json:"agreement,omitempty"`   // offers or grants an arrangement
}

// Finding of the policy on an outgoing text.
type TextFinding struct {
	Rule     string     `json:"rule"`
	Severity string     `json:"severity"` // block, warn
	Quote    plain.Text `json:"quote,omitzero"`
	Source   string     `json:"source"` // the paragraph
	Mend     string     `json:"mend,omitempty"`
	Kept     string     `json:"kept,omitempty"` // why a person kept it in spite of a warning
}

// Blocking reports whether the finding forbids sending.
func (f TextFinding) Blocking() bool { return f.Severity == "block" }

// Seen is the state of a stream that was on screen at approval.
type Seen struct {
	Stream  Stream `json:"stream"`
	Touched uint64 `json:"touched"`
	// Replies is, for the case, how many replies to this recipient it has had.
	Replies int `json:"replies,omitempty"`
}

// Approval is a person's word for exact bytes. Nothing leaves the house
// without one.
type Approval struct {
	Case      CaseID        `json:"case"`
	Occasion  Occasion      `json:"occasion"`
	Messages  []MessageID   `json:"messages,omitempty"` // settled by this reply
	To        PersonID      `json:"to"`
	ToAddr    string        `json:"to_addr"`
	Subject   plain.Text    `json:"subject"`
	RFCID     string        `json:"rfc_message_id"` // without <>
	InReplyTo string        `json:"in_reply_to,omitempty"`
	Mailbox   string        `json:"mailbox,omitempty"` // whose SMTP and Sent folder
	SHA256    string        `json:"sha256"`            // of the exact bytes
	Size      int64         `json:"size"`
	Bytes     BlobID        `json:"bytes"`
	Template  TemplateRef   `json:"template"`
	Rules     string        `json:"rules"` // version of the rules in force
	Edited    bool          `json:"edited,omitempty"`
	Effects   []Effect      `json:"effects,omitempty"` // the ticked ones
	Files     []SentFile    `json:"files,omitempty"`   // what goes with the letter; in the exact bytes
	Findings  []TextFinding `json:"findings,omitempty"`
	Seen      []Seen        `json:"seen"`
	Private   bool          `json:"private,omitempty"` // to a natural person: the send window binds
	// OtherAddress says that the person confirmed, by a key of its own, a
	// recipient address that differs from the file.
	OtherAddress bool `json:"other_address,omitempty"`
	// Seconds is how long text and recipient were on the screen (Art. 22 GDPR).
	Seconds int `json:"seconds,omitempty"`
}

// Attempt is one try to deliver.
type Attempt struct {
	No       int        `json:"no"`
	Device   DeviceID   `json:"device"`
	At       time.Time  `json:"at"`
	Code     int        `json:"code,omitempty"`
	Response plain.Text `json:"response,omitzero"`
	Phase    Phase      `json:"phase,omitempty"`
}

// Reply is the state of one letter from approval to its end.
type Reply struct {
	ID         ReplyID    `json:"id"`
	Version    uint64     `json:"version"`
	Approval   Approval   `json:"approval"`
	State      ReplyState `json:"state"`
	Why        string     `json:"why,omitempty"` // of stale, unknown, refused
	ApprovedBy UserID     `json:"approved_by"`
	Device     DeviceID   `json:"device"`
	ApprovedAt time.Time  `json:"approved_at"`
	UndoUntil  time.Time  `json:"undo_until"`
	NextTry    time.Time  `json:"next_try,omitzero"`
	Attempts   []Attempt  `json:"attempts,omitempty"`
	SentAt     time.Time  `json:"sent_at,omitzero"`
	Copied     bool       `json:"copied,omitempty"` // our copy lies in Sent, or is not wanted
	SettledBy  UserID     `json:"settled_by,omitempty"`
	Bounced    bool       `json:"bounced,omitempty"`
}
