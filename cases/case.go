package cases

import (
	"time"

	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
)

// Role is what a person is on a case.
type Role string

// The roles.
const (
	RoleDebtor         Role = "debtor"
	RoleCoDebtor       Role = "co_debtor"
	RoleRepresentative Role = "representative"
	RoleGuardian       Role = "guardian"
	RoleHeir           Role = "heir"
	RoleAdministrator  Role = "insolvency_administrator"
	RoleAdviser        Role = "debt_adviser"
	RolePayer          Role = "payer"
	RoleCreditor       Role = "creditor"
	RoleCourt          Role = "court"
)

// Party is a person in a role on a case. A recipient is always a party.
type Party struct {
	ID     string        `json:"id"`
	Person PersonID      `json:"person"`
	Role   Role          `json:"role"`
	Proof  Proof         `json:"proof"`
	Since  calendar.Date `json:"since,omitzero"`
	Until  calendar.Date `json:"until,omitzero"`
	By     ReplyID       `json:"by,omitempty"`
}

// ArrangementKind is what was arranged.
type ArrangementKind string

// The kinds of arrangement.
const (
	ArrangePlan       ArrangementKind = "plan"
	ArrangePause      ArrangementKind = "pause"
	ArrangePromise    ArrangementKind = "promise"
	ArrangeSettlement ArrangementKind = "settlement"
)

// ArrangementState is where an arrangement stands. An approved reply makes at
// most an offer; it binds when the debtor accepts or pays the first part.
type ArrangementState string

// The states of an arrangement. Pending waits for the reply that makes it known.
const (
	ArrPending   ArrangementState = "pending"
	ArrAsked     ArrangementState = "asked"
	ArrOffered   ArrangementState = "offered"
	ArrAccepted  ArrangementState = "accepted"
	ArrRunning   ArrangementState = "running"
	ArrMet       ArrangementState = "met"
	ArrLate      ArrangementState = "late"
	ArrBroken    ArrangementState = "broken"
	ArrAmended   ArrangementState = "amended"
	ArrEnded     ArrangementState = "ended"
	ArrLapsed    ArrangementState = "lapsed"    // its reply was refused, or the offer expired
	ArrWithdrawn ArrangementState = "withdrawn" // undone with its approval
)

// Live reports whether the arrangement still says something about the future.
func (s ArrangementState) Live() bool {
	switch s {
	case ArrPending, ArrAsked, ArrOffered, ArrAccepted, ArrRunning, ArrLate:
		return true
	case ArrMet, ArrBroken, ArrAmended, ArrEnded, ArrLapsed, ArrWithdrawn:
	}
	return false
}

// Arrangement is a plan, a pause, a promise or a settlement, with its whole
// outcome: nothing in it is computed again later.
type Arrangement struct {
	ID       string           `json:"id"`
	Kind     ArrangementKind  `json:"kind"`
	State    ArrangementState `json:"state"`
	OnSent   ArrangementState `json:"on_sent,omitempty"` // the state it takes when its reply is sent
	Rates    []plan.Rate      `json:"rates,omitempty"`
	Total    money.Cents      `json:"total_cents,omitempty"`
	Until    calendar.Date    `json:"until,omitzero"`   // pause, promise, settlement
	Days     int              `json:"days,omitempty"`   // an offer's life after sent
	Expires  calendar.Date    `json:"expires,omitzero"` // of an offer; set when sent
	Costs    money.Cents      `json:"costs_cents"`      // the § 13a Abs. 3 notice named them
	Since    calendar.Date    `json:"since,omitzero"`
	By       ReplyID          `json:"by,omitempty"`
	EndedBy  ReplyID          `json:"ended_by,omitempty"`
	BeforeBy ArrangementState `json:"before_by,omitempty"` // the state that undoing EndedBy brings back
	Why      string           `json:"why,omitempty"`
	// Supersedes names the binding arrangement that this one stands beside until
	// it binds itself, and then replaces.
	Supersedes string `json:"supersedes,omitempty"`
	// Base is the state without any payment: what letters, days and persons made
	// of it. Bound says that it has bound the debtor, also after its end. Both
	// are folded, never decided.
	Base       ArrangementState `json:"base,omitempty"`
	Bound      bool             `json:"bound,omitempty"`
	BaseBefore ArrangementState `json:"base_before,omitempty"`
}

// Binds reports whether the state binds the debtor now or did to its end.
func (s ArrangementState) Binds() bool {
	switch s {
	case ArrAccepted, ArrRunning, ArrMet, ArrLate, ArrBroken:
		return true
	case ArrPending, ArrAsked, ArrOffered, ArrAmended, ArrEnded, ArrLapsed, ArrWithdrawn:
	}
	return false
}

// enter puts an arrangement into a state. Whether it binds is kept through its
// end: what replaced or ended it does not change that it once bound.
func (a *Arrangement) enter(s ArrangementState, why string) {
	a.State, a.Why = s, why
	switch {
	case s.Binds():
		a.Bound = true
	case s != ArrAmended && s != ArrEnded:
		a.Bound = false
	}
}

// HoldKind is what a hold stops.
type HoldKind string

// The kinds of hold.
const (
	HoldDunning HoldKind = "dunning"
	HoldCourt   HoldKind = "court"
	HoldBureau  HoldKind = "bureau"
	HoldAll     HoldKind = "all"
)

// Hold stops something on the case, or on one claim of it.
type Hold struct {
	ID     string        `json:"id"`
	Kind   HoldKind      `json:"kind"`
	Claim  string        `json:"claim,omitempty"` // empty: the whole case
	Reason string        `json:"reason"`          // dispute, paid_claimed, plan, pause, deceased, insolvency, represented, alert, not_debtor, identity_theft, debt_settlement_attempt, data_request, inquiry, other
	From   calendar.Date `json:"from"`
	Until  calendar.Date `json:"until,omitzero"` // zero: until lifted
	By     ReplyID       `json:"by,omitempty"`
	User   UserID        `json:"user,omitempty"` // who placed it
	Lifted bool          `json:"lifted,omitempty"`
	GoneBy ReplyID       `json:"gone_by,omitempty"`
	// LiftedBy is who ended it.
	LiftedBy UserID `json:"lifted_by,omitempty"`
}

// Active reports whether the hold holds on day d.
func (h Hold) Active(d calendar.Date) bool {
	return !h.Lifted && h.From <= d && (h.Until == 0 || d <= h.Until)
}

// FollowUp is a date on which a case comes back.
type FollowUp struct {
	ID     string        `json:"id"`
	Due    calendar.Date `json:"due"`
	Reason string        `json:"reason"` // a code, or words of a caseworker
	Moved  int           `json:"moved,omitempty"`
	Done   bool          `json:"done,omitempty"`
	By     ReplyID       `json:"by,omitempty"`
	GoneBy ReplyID       `json:"gone_by,omitempty"`
}

// Clock is a running legal deadline.
type Clock struct {
	ID      string        `json:"id"`
	Kind    string        `json:"kind"` // data_request, information, complaint, court_objection, court_order_window, appeal, claim_reasons, their_deadline
	Started calendar.Date `json:"started"`
	Due     calendar.Date `json:"due"`
	Source  string        `json:"source,omitempty"` // the paragraph
	Message MessageID     `json:"message,omitempty"`
	Stopped bool          `json:"stopped,omitempty"`
	By      ReplyID       `json:"by,omitempty"`
	GoneBy  ReplyID       `json:"gone_by,omitempty"`
}

// Objection is what a debtor contests.
type Objection struct {
	ID      string        `json:"id"`
	Claim   string        `json:"claim,omitempty"`
	Reason  DisputeReason `json:"reason"`
	Part    money.Cents   `json:"part_cents,omitempty"` // zero: the whole claim
	Date    calendar.Date `json:"date"`
	Settled bool          `json:"settled,omitempty"`
	By      ReplyID       `json:"by,omitempty"`
	GoneBy  ReplyID       `json:"gone_by,omitempty"`
}

// Note is a caseworker's remark.
type Note struct {
	ID   string     `json:"id"`
	At   time.Time  `json:"at"`
	User UserID     `json:"user,omitempty"`
	Text plain.Text `json:"text"`
	By   ReplyID    `json:"by,omitempty"`
	Gone bool       `json:"gone,omitempty"`
}

// Inquiry is a question to the creditor or to the bookkeeping.
type Inquiry struct {
	ID     string        `json:"id"`
	Kind   string        `json:"kind"` // creditor, payment
	Asked  calendar.Date `json:"asked"`
	Closed bool          `json:"closed,omitempty"`
	By     ReplyID       `json:"by,omitempty"`
	GoneBy ReplyID       `json:"gone_by,omitempty"`
}

// RightPartyState says whether somebody is the person the case is about.
type RightPartyState string

// The states of the right-party check.
const (
	PartyUnknown   RightPartyState = "unknown"
	PartyConfirmed RightPartyState = "confirmed"
	PartyDenied    RightPartyState = "denied"
)

// MessageLink is a case's memory of a message on it.
type MessageLink struct {
	Message MessageID `json:"message"`
	At      time.Time `json:"at"`
	Open    bool      `json:"open"`
	By      ReplyID   `json:"by,omitempty"` // the reply that settled it
}

// ReplyLink is a case's memory of a reply on it.
type ReplyLink struct {
	Reply      ReplyID    `json:"reply"`
	To         PersonID   `json:"to,omitempty"`
	At         time.Time  `json:"at"`
	State      ReplyState `json:"state"`
	Template   string     `json:"template,omitempty"`
	RFCID      string     `json:"rfc_id,omitempty"`
	CostNotice bool       `json:"cost_notice,omitempty"` // carries the § 13a Abs. 3 block
	Demand     bool       `json:"demand,omitempty"`
}

// Case is the state of one matter with one creditor.
type Case struct {
	ID           CaseID          `json:"id"`
	Version      uint64          `json:"version"`
	Reference    string          `json:"reference"`
	Portfolio    string          `json:"portfolio,omitempty"`
	Subject      plain.Text      `json:"subject,omitzero"` // what the matter is about, in the creditor's words
	Opened       calendar.Date   `json:"opened"`
	Stage        Stage           `json:"stage"`
	Land         calendar.Land   `json:"land,omitempty"` // for holidays: "NW", "BY", …
	Owner        UserID          `json:"owner,omitempty"`
	Parties      []Party         `json:"parties,omitempty"`
	Ledger       ledger.Ledger   `json:"ledger"`
	Arrangements []Arrangement   `json:"arrangements,omitempty"`
	Holds        []Hold          `json:"holds,omitempty"`
	FollowUps    []FollowUp      `json:"follow_ups,omitempty"`
	Clocks       []Clock         `json:"clocks,omitempty"`
	Objections   []Objection     `json:"objections,omitempty"`
	Inquiries    []Inquiry       `json:"inquiries,omitempty"`
	Notes        []Note          `json:"notes,omitempty"`
	Messages     []MessageLink   `json:"messages,omitempty"`
	Replies      []ReplyLink     `json:"replies,omitempty"`
	RightParty   RightPartyState `json:"right_party,omitempty"`
	RightPartyBy ReplyID         `json:"right_party_by,omitempty"`
	PrevParty    RightPartyState `json:"prev_party,omitempty"`
	Vulnerable   bool            `json:"vulnerable,omitempty"`
	CostNotice   calendar.Date   `json:"cost_notice,omitzero"` // day a § 13a Abs. 3 notice was sent
	// AckProposed holds acknowledgements that a person has yet to confirm
	// (§ 212 Abs. 1 Nr. 1 BGB); never preset.
	AckProposed []Objection `json:"ack_proposed,omitempty"`
	// Acks holds what a person said about them, about payments, and about acts of
	// enforcement.
	Acks         []Acknowledgement `json:"acks,omitempty"`
	Titles       []deadline.Title  `json:"titles,omitempty"`
	Documents    []Document        `json:"documents,omitempty"`
	Complaints   []ComplaintEntry  `json:"complaints,omitempty"`
	PersonEvents []PersonEvent     `json:"person_events,omitempty"`
	// Touched counts what voids an approval: a message, payment, reversal,
	// hold, change of claim, party, or another reply. Notes and
	// classifications do not count.
	Touched    uint64 `json:"touched"`
	TouchedWhy string `json:"touched_why,omitempty"`
}

// Party returns the first current party in a role on day d.
func (c *Case) Party(role Role, d calendar.Date) (Party, bool) {
	for _, p := range c.Parties {
		if p.Role == role && (p.Until == 0 || d <= p.Until) {
			return p, true
		}
	}
	return Party{}, false
}

// PartyOf returns the current party that a person is on day d.
func (c *Case) PartyOf(id PersonID, d calendar.Date) (Party, bool) {
	for _, p := range c.Parties {
		if p.Person == id && (p.Until == 0 || d <= p.Until) {
			return p, true
		}
	}
	return Party{}, false
}

// Held reports whether a hold of kind k (or of all) covers the whole case on d.
func (c *Case) Held(k HoldKind, d calendar.Date) (Hold, bool) {
	for _, h := range c.Holds {
		if h.Active(d) && h.Claim == "" && (h.Kind == k || h.Kind == HoldAll) {
			return h, true
		}
	}
	return Hold{}, false
}

// Represented reports whether a representative, guardian or debt adviser
// stands for the debtor on day d: then the debtor is not written to directly.
func (c *Case) Represented(d calendar.Date) (Party, bool) {
	for _, r := range []Role{RoleRepresentative, RoleGuardian, RoleAdministrator, RoleAdviser} {
		if p, ok := c.Party(r, d); ok {
			return p, true
		}
	}
	return Party{}, false
}

// Disputed reports whether an objection is open.
func (c *Case) Disputed() bool {
	for _, o := range c.Objections {
		if !o.Settled {
			return true
		}
	}
	return false
}

// RepliesTo counts the replies that the case has had to a person, the undone
// ones too.
func (c *Case) RepliesTo(p PersonID) int {
	n := 0
	for _, l := range c.Replies {
		if l.To == p {
			n++
		}
	}
	return n
}

// Current returns the live arrangement of a kind: the one that binds, else what
// is offered, the latest first. An offer may stand beside one that binds.
func (c *Case) Current(kind ArrangementKind) (Arrangement, bool) {
	if a, ok := c.Binding(kind); ok {
		return a, true
	}
	return c.Offer(kind)
}

// Binding returns the live arrangement of a kind that binds the debtor.
func (c *Case) Binding(kind ArrangementKind) (Arrangement, bool) {
	return c.latest(kind, func(s ArrangementState) bool { return s.Live() && s.Binds() })
}

// Offer returns the latest arrangement of a kind that is asked for or offered
// and not accepted.
func (c *Case) Offer(kind ArrangementKind) (Arrangement, bool) {
	return c.latest(kind, func(s ArrangementState) bool { return s.Live() && !s.Binds() })
}

func (c *Case) latest(kind ArrangementKind, want func(ArrangementState) bool) (Arrangement, bool) {
	for i := len(c.Arrangements) - 1; i >= 0; i-- {
		if a := c.Arrangements[i]; a.Kind == kind && want(a.State) {
			return a, true
		}
	}
	return Arrangement{}, false
}
