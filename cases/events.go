package cases

import (
	"time"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

// EventType is the number of an event type in the record. Numbers are never
// used again; cases/record knows every version ever written.
type EventType uint16

// Retention is the class of a fact: how long the law wants it kept, and so
// under which key it is sealed (domain.md 1.9).
type Retention uint8

// The retention classes.
const (
	RetainBooks   Retention = 1 // 8 or 10 years: the ledger
	RetainLetters Retention = 2 // 6 years: business letters in and out
	RetainRest    Retention = 3 // as long as the case needs it
)

// Body is what an event says. Bodies are plain values; they are never changed
// after Decide made them.
type Body interface {
	Type() EventType
	Retention() Retention
}

// Event is one fact about one stream, before it has a position.
type Event struct {
	Stream Stream
	Body   Body
}

// Fact is an event that the authority has recorded.
type Fact struct {
	Pos     uint64    `json:"pos"`     // without gaps, in commit order
	Stream  Stream    `json:"stream"`  // whose fact
	Version uint64    `json:"version"` // of the stream, 1 for its first fact
	Command CommandID `json:"command"`
	Actor   Actor     `json:"actor"`
	At      time.Time `json:"at"` // UTC, the authority's clock
	Body    Body      `json:"-"`
}

// Facts about a person (types 1–19).
type (
	// PersonRecorded holds what was recorded of a person; recorded again it
	// replaces the master data, not what happened since.
	PersonRecorded struct {
		PersonFacts
	}
	// ContactAdded adds an address or replaces the one with its ID.
	ContactAdded struct {
		Contact Contact `json:"contact"`
	}
	// ContactProven raises or lowers the proof of an address.
	ContactProven struct {
		Contact string `json:"contact"`
		Proof   Proof  `json:"proof"`
		Why     string `json:"why,omitempty"`
	}
	// ContactFailed marks an address that does not work.
	ContactFailed struct {
		Contact string  `json:"contact"`
		Why     string  `json:"why,omitempty"`
		By      ReplyID `json:"by,omitempty"`
	}
	// PersonDied and PersonInsolvent mark the person, over all its cases.
	PersonDied struct {
		Date calendar.Date `json:"date,omitzero"`
		By   ReplyID       `json:"by,omitempty"`
	}
	PersonInsolvent struct {
		Date calendar.Date `json:"date,omitzero"`
		By   ReplyID       `json:"by,omitempty"`
	}
	// PersonDemanded remembers the day of the last demand (one per 14 days).
	PersonDemanded struct {
		Date calendar.Date `json:"date"`
		By   ReplyID       `json:"by,omitempty"`
	}
	// PersonUndone takes back what an approval did to the person.
	PersonUndone struct {
		Reply ReplyID `json:"reply"`
	}
)

// Facts about a case (types 20–59).
type (
	CaseOpened struct {
		Reference string        `json:"reference"`
		Portfolio string        `json:"portfolio,omitempty"`
		Subject   plain.Text    `json:"subject,omitzero"`
		Opened    calendar.Date `json:"opened"`
		Stage     Stage         `json:"stage"`
		Land      calendar.Land `json:"land,omitempty"`
	}
	// ClaimRecorded adds a claim or replaces the one with its ID.
	ClaimRecorded struct {
		Claim ledger.Claim `json:"claim"`
	}
	LedgerBooked struct {
		Entry ledger.Entry `json:"entry"`
		By    ReplyID      `json:"by,omitempty"`
	}
	PartyAdded struct {
		Party Party `json:"party"`
	}
	PartyEnded struct {
		Party string        `json:"party"`
		Until calendar.Date `json:"until"`
	}
	StageSet struct {
		Stage Stage `json:"stage"`
	}
	HoldPlaced struct {
		Hold Hold `json:"hold"`
	}
	HoldLifted struct {
		Hold string  `json:"hold"`
		By   ReplyID `json:"by,omitempty"`
		User UserID  `json:"user,omitempty"`
	}
	FollowUpSet struct {
		FollowUp FollowUp `json:"follow_up"`
	}
	FollowUpDone struct {
		FollowUp string  `json:"follow_up"`
		By       ReplyID `json:"by,omitempty"`
	}
	ArrangementMade struct {
		Arrangement Arrangement `json:"arrangement"`
	}
	ArrangementMoved struct {
		Arrangement string           `json:"arrangement"`
		State       ArrangementState `json:"state"`
		Why         string           `json:"why,omitempty"`
		By          ReplyID          `json:"by,omitempty"`
	}
	ClockStarted struct {
		Clock Clock `json:"clock"`
	}
	ClockStopped struct {
		Clock string  `json:"clock"`
		By    ReplyID `json:"by,omitempty"`
	}
	ObjectionRecorded struct {
		Objection Objection `json:"objection"`
	}
	ObjectionSettled struct {
		Objection string  `json:"objection"`
		By        ReplyID `json:"by,omitempty"`
	}
	InquiryMade struct {
		Inquiry Inquiry `json:"inquiry"`
	}
	NoteAdded struct {
		Note Note `json:"note"`
	}
	RightPartySet struct {
		State RightPartyState `json:"state"`
		By    ReplyID         `json:"by,omitempty"`
	}
	AcknowledgementProposed struct {
		Proposal Objection `json:"proposal"`
	}
	CaseHandedOver struct {
		To UserID `json:"to"`
	}
	// CaseMessageAdded is the case's side of a match.
	CaseMessageAdded struct {
		Message    MessageID `json:"message"`
		At         time.Time `json:"at"`
		Open       bool      `json:"open"`
		Vulnerable bool      `json:"vulnerable,omitempty"`
	}
	CaseMessageRemoved struct {
		Message MessageID `json:"message"`
	}
	CaseMessageSettled struct {
		Message MessageID `json:"message"`
		By      ReplyID   `json:"by,omitempty"` // empty: finished without a reply
		Open    bool      `json:"open"`         // true: opened again
	}
	CaseVulnerable struct {
		On bool `json:"on"`
	}
	// CaseReplyApproved is the case's side of an approval.
	CaseReplyApproved struct {
		Link ReplyLink `json:"link"`
	}
	// CaseReplyMoved follows the reply's state. On sent, effects that wait for
	// the debtor's knowledge begin to count from Day; on refused they lapse.
	CaseReplyMoved struct {
		Reply ReplyID       `json:"reply"`
		State ReplyState    `json:"state"`
		Day   calendar.Date `json:"day,omitzero"`
	}
	// CaseUndone takes back every effect of an approval.
	CaseUndone struct {
		Reply ReplyID `json:"reply"`
		Why   string  `json:"why"` // withdrawn, stale
	}
)

// Facts about a message (types 60–79).
type (
	MessageReceived struct {
		Received time.Time `json:"received"`
		Mail     Mail      `json:"mail"`
		Raw      BlobID    `json:"raw,omitempty"`
		TextBlob BlobID    `json:"text_blob,omitempty"`
		RawSize  int64     `json:"raw_size"`
		Place    Place     `json:"place,omitzero"`
	}
	// MessagePlaced adds a place where the same bytes lie, or says that they lie
	// there again. Left are places in earlier lives of the same folder: its UIDs
	// of then name nothing now.
	MessagePlaced struct {
		Place Place   `json:"place"`
		Left  []Place `json:"left,omitempty"`
	}
	// MessageGone says that a place does not hold the mail any more: it was
	// expunged there or moved elsewhere. The message itself stays.
	MessageGone struct {
		Place Place `json:"place"`
	}
	// MessageAlsoAs says that the same mail came in other bytes.
	MessageAlsoAs struct {
		Identity string  `json:"identity"`
		Place    Place   `json:"place,omitzero"`
		Left     []Place `json:"left,omitempty"`
	}
	MessageMatched struct {
		Match Match `json:"match"`
	}
	MessageClassified struct {
		Class    Classification `json:"class"`
		ByPerson bool           `json:"by_person,omitempty"`
	}
	MessageTransmitted struct {
		Transmission Transmission `json:"transmission"`
	}
	// MessageSettled says that a reply answers the message, or that it is done
	// without one.
	MessageSettled struct {
		State  MessageState `json:"state"`
		By     ReplyID      `json:"by,omitempty"`
		Reason string       `json:"reason,omitempty"`
	}
	MessageReopened struct {
		Why string `json:"why"` // withdrawn, stale, by_person
	}
)

// Facts about a reply (types 80–99).
type (
	ReplyWasApproved struct {
		Approval   Approval  `json:"approval"`
		ApprovedBy UserID    `json:"approved_by"`
		Device     DeviceID  `json:"device"`
		At         time.Time `json:"at"`
		UndoUntil  time.Time `json:"undo_until"`
	}
	ReplyWasWithdrawn struct {
		By UserID `json:"by"`
	}
	ReplyWentStale struct {
		Why string `json:"why"` // message, payment, hold, claim, party, address, reply, aged, …
	}
	ReplyWasClaimed struct {
		Device  DeviceID  `json:"device"`
		Attempt int       `json:"attempt"`
		At      time.Time `json:"at"`
	}
	// ReplyDot is durable before the final dot is written.
	ReplyDot struct {
		Attempt int       `json:"attempt"`
		At      time.Time `json:"at"`
	}
	ReplyWasSent struct {
		Code     int        `json:"code,omitempty"`
		Response plain.Text `json:"response,omitzero"`
		At       time.Time  `json:"at"`
		Settled  UserID     `json:"settled_by,omitempty"` // a person said so
	}
	ReplyWasRefused struct {
		Code     int        `json:"code,omitempty"`
		Response plain.Text `json:"response,omitzero"`
		Phase    Phase      `json:"phase,omitempty"`
	}
	// ReplyDeferred puts a claimed reply back: a later attempt may succeed.
	ReplyDeferred struct {
		Code     int        `json:"code,omitempty"`
		Response plain.Text `json:"response,omitzero"`
		Phase    Phase      `json:"phase,omitempty"`
		Next     time.Time  `json:"next"`
	}
	ReplyBecameUnknown struct {
		Why string `json:"why"`
	}
	// ReplyAgain is a person's word to send an unknown or refused one again,
	// with the same bytes and Message-ID.
	ReplyAgain struct {
		By        UserID    `json:"by"`
		UndoUntil time.Time `json:"undo_until"`
	}
	ReplyCopied struct {
		Folder plain.Text `json:"folder,omitzero"`
	}
	ReplyBounced struct {
		Message MessageID `json:"message"`
	}
)
