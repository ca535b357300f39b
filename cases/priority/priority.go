// Package priority puts a caseworker's work in order and says why. It is a work
// order, never a credit score: no factor estimates whether somebody can or will
// pay, and name, sex, nationality and address never enter (the input has no
// field for them). Integer arithmetic only, so the order is the same on every
// machine.
package priority

import (
	"cmp"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// Lane is a section of the queue.
type Lane string

// The lanes, in the order of the day (domain.md part 2).
const (
	LaneAlert      Lane = "alert"
	LaneDueToday   Lane = "due_today"
	LaneConflict   Lane = "conflict"
	LaneNew        Lane = "new"
	LaneUnsure     Lane = "unsure"
	LaneApprove    Lane = "approve"
	LaneFollowUp   Lane = "follow_up"
	LaneOverdue    Lane = "overdue"
	LanePayment    Lane = "payment"
	LanePrivacy    Lane = "privacy"
	LaneComplaint  Lane = "complaint"
	LaneWaiting    Lane = "waiting"
	LaneHeld       Lane = "held"
	LaneDelivery   Lane = "delivery"
	LaneLimitation Lane = "limitation"
	LaneSent       Lane = "sent"
)

// Lanes lists the lanes in order.
func Lanes() []Lane {
	return []Lane{
		LaneAlert, LaneDueToday, LaneConflict, LaneNew, LaneUnsure, LaneApprove, LaneFollowUp, LaneOverdue,
		LanePayment, LanePrivacy, LaneComplaint, LaneWaiting, LaneHeld, LaneDelivery, LaneLimitation, LaneSent,
	}
}

// Rank returns the lane's place in the day's order, from 0.
func (l Lane) Rank() int {
	for i, o := range Lanes() {
		if o == l {
			return i
		}
	}
	return len(Lanes())
}

// ItemKind is what a line of the queue is about.
type ItemKind string

// The kinds of item.
const (
	ItemMessage  ItemKind = "message"
	ItemFollowUp ItemKind = "follow_up"
	ItemPlan     ItemKind = "plan"
	ItemPayment  ItemKind = "payment"
	ItemDeadline ItemKind = "deadline"
	ItemClock    ItemKind = "clock"
	ItemConflict ItemKind = "conflict"
	ItemAlert    ItemKind = "alert"
	ItemReply    ItemKind = "reply"
)

// Factor names one reason of a score.
type Factor string

// The factors. Each has words in the screen's languages.
const (
	FactorAlert       Factor = "alert"
	FactorDeadline    Factor = "statutory_deadline"
	FactorLimitation  Factor = "limitation"
	FactorVulnerable  Factor = "vulnerable"
	FactorPrivacy     Factor = "data_request_clock"
	FactorDispute     Factor = "dispute_dunning_runs"
	FactorBroken      Factor = "broken_arrangement"
	FactorReplyAge    Factor = "reply_age"
	FactorFollowUp    Factor = "follow_up_due"
	FactorAmount      Factor = "amount"
	FactorLegalThreat Factor = "legal_threat"
	FactorUndelivered Factor = "undelivered"
	FactorComplaint   Factor = "complaint"
	FactorPersonEvent Factor = "person_event" // death or insolvency that nobody judged for the case; Code says which
	FactorNoNextStep  Factor = "no_next_step" // an open case that nothing would bring back
)

// Input is all that ranking may look at.
type Input struct {
	Kind  ItemKind
	ID    string // breaks ties
	Today calendar.Date

	// Of the message, if the item is one.
	Received  calendar.Date
	Minute    int64 // arrival, for order within a day
	Intent    cases.Intent
	Unsure    bool
	Unread    bool
	Assigned  bool
	Auto      bool // automatic mail or delivery report
	Alerts    []cases.Alert
	Flags     []cases.Flag
	ReplyGone bool // refused, unknown or bounced: the item is about delivery

	// Of the case.
	Balance      money.Cents
	Due          calendar.Date // earliest statutory date that this item is about
	DueKind      string
	Limitation   calendar.Date
	FollowUp     calendar.Date
	Vulnerable   bool
	DunningRuns  bool
	Held         bool
	Broken       bool
	PersonEvents []string // deceased, insolvency: of the debtor, not judged for the case
	NoNextStep   bool
	StaleReply   bool // an approval came back
	WaitingReply bool
	SentToday    bool
}

// Reason is one point of a score.
type Reason struct {
	Factor Factor
	Points int
	Days   int         // age, days left or overdue
	Cents  money.Cents // amount
	Date   calendar.Date
	Code   string // kind of clock or alert
}

// Verdict is an item's place.
type Verdict struct {
	Lane    Lane
	Score   int
	Reasons []Reason
}

// limitationDays is how near the end of limitation must be to count.
const limitationDays = 30

// Judge gives the lane, the score and every point of it.
func Judge(in Input, w Weights) Verdict {
	v := Verdict{Lane: lane(in), Reasons: make([]Reason, 0, 2)} // most have no more
	add := func(r Reason) {
		if r.Points != 0 {
			v.Score += r.Points
			v.Reasons = append(v.Reasons, r)
		}
	}
	for _, a := range in.Alerts {
		add(Reason{Factor: FactorAlert, Points: w.Alert, Code: string(a)})
	}
	if in.Due != 0 {
		left := int(in.Due - in.Today)
		points := w.Deadline - max(0, left)*w.DeadlinePerDay
		if left < 0 {
			points = w.Deadline + min(-left, 30)*w.DeadlinePerDay
		}
		add(Reason{Factor: FactorDeadline, Points: max(0, points), Days: left, Date: in.Due, Code: in.DueKind})
	}
	if left := int(in.Limitation - in.Today); in.Limitation != 0 && (left <= limitationDays || in.Kind == ItemDeadline) {
		// The item that is about limitation says the day also long before.
		points := w.Limitation * limitationDays / max(left, limitationDays)
		add(Reason{Factor: FactorLimitation, Points: points, Days: left, Date: in.Limitation})
	}
	if in.Vulnerable || has(in.Flags, cases.Vulnerable) {
		add(Reason{Factor: FactorVulnerable, Points: w.Vulnerable})
	}
	if in.Kind == ItemMessage {
		messageReasons(in, w, add)
	}
	if in.Broken {
		add(Reason{Factor: FactorBroken, Points: w.Broken})
	}
	if in.ReplyGone {
		add(Reason{Factor: FactorUndelivered, Points: w.Undelivered})
	}
	if in.FollowUp != 0 && in.FollowUp <= in.Today {
		late := int(in.Today - in.FollowUp)
		add(Reason{Factor: FactorFollowUp, Points: w.FollowUp + min(late, 20)*w.FollowUpPerDay, Days: late, Date: in.FollowUp})
	}
	for _, e := range in.PersonEvents {
		add(Reason{Factor: FactorPersonEvent, Points: w.PersonEvent, Code: e})
	}
	if in.NoNextStep {
		add(Reason{Factor: FactorNoNextStep, Points: w.FollowUp})
	}
	if in.Balance > 0 {
		r := Reason{Factor: FactorAmount, Points: min(int(in.Balance/10000)*w.AmountPer100, w.AmountMax), Cents: in.Balance}
		if in.Kind == ItemPayment {
			r.Code = string(ItemPayment) // nothing is open: so much came in
		}
		add(r)
	}
	return v
}

func messageReasons(in Input, w Weights, add func(Reason)) {
	switch in.Intent { //nolint:exhaustive // the others weigh by age and amount alone
	case cases.DataRequest:
		add(Reason{Factor: FactorPrivacy, Points: w.Privacy})
	case cases.Complaint:
		add(Reason{Factor: FactorComplaint, Points: w.Complaint})
	case cases.Dispute:
		if in.DunningRuns {
			add(Reason{Factor: FactorDispute, Points: w.Dispute})
		}
	}
	if has(in.Flags, cases.LegalThreat) {
		add(Reason{Factor: FactorLegalThreat, Points: w.LegalThreat})
	}
	if age := int(in.Today - in.Received); !in.Auto && in.Received != 0 && age > 0 {
		add(Reason{Factor: FactorReplyAge, Points: min(age*w.AgePerDay, w.AgeMax), Days: age})
	}
}

func has(flags []cases.Flag, f cases.Flag) bool {
	for _, g := range flags {
		if g == f {
			return true
		}
	}
	return false
}

// lane returns the first lane that fits.
func lane(in Input) Lane {
	switch {
	case len(in.Alerts) > 0 || in.Kind == ItemAlert:
		return LaneAlert
	case in.Due != 0 && in.Due <= in.Today:
		return LaneDueToday
	case in.Kind == ItemConflict:
		return LaneConflict
	case in.Kind == ItemMessage:
		return messageLane(in)
	case in.SentToday:
		return LaneSent
	case in.StaleReply:
		return LaneApprove
	case in.ReplyGone:
		return LaneDelivery
	case in.WaitingReply:
		return LaneWaiting
	case in.Broken || in.Kind == ItemPlan:
		return LaneOverdue
	case in.Kind == ItemPayment:
		return LanePayment
	case in.Kind == ItemFollowUp:
		if in.Held && in.FollowUp > in.Today {
			return LaneHeld
		}
		return LaneFollowUp
	case in.Kind == ItemDeadline:
		return LaneLimitation
	}
	return LaneFollowUp
}

func messageLane(in Input) Lane {
	switch {
	case in.Intent == cases.Bounce:
		return LaneDelivery
	case in.Unread, in.Unsure, !in.Assigned:
		return LaneUnsure
	case in.Intent == cases.DataRequest:
		return LanePrivacy
	case in.Intent == cases.Complaint:
		return LaneComplaint
	}
	return LaneNew
}

// Less orders two judged items: lane, score downward, older arrival first, id.
func Less(a, b Input, va, vb Verdict) int {
	return cmp.Or(
		cmp.Compare(va.Lane.Rank(), vb.Lane.Rank()),
		cmp.Compare(vb.Score, va.Score),
		cmp.Compare(a.Minute, b.Minute),
		cmp.Compare(a.ID, b.ID),
	)
}
