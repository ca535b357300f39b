package cases

import (
	"time"

	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/ledger"
	"kontor/cases/plain"
	"kontor/cases/plan"
)

// CommandClass says how a command may end.
type CommandClass uint8

// The classes of command.
const (
	// Request of a person: may be refused, and then becomes a conflict that
	// keeps what was typed.
	Request CommandClass = 1
	// Report of what happened outside: never refused, at most a no-op.
	Report CommandClass = 2
	// Proposal of the machine: dropped silently if late or if a person has
	// decided.
	Proposal CommandClass = 3
)

// Command is what somebody wants, what happened, or what the machine proposes.
// Commands are plain values; they name every stream that Decide may look at.
type Command interface {
	Class() CommandClass
	// Streams lists the streams that the command names. Streams that do not
	// exist yet are absent from the Scope.
	Streams() []Stream
}

// Envelope is a command on its way to the authority.
type Envelope struct {
	ID      CommandID
	Actor   Actor
	Command Command
}

// Env is the world outside the facts, given by the authority.
type Env struct {
	Now   time.Time     // in Europe/Berlin, so that windows can be judged
	Today calendar.Date // in Europe/Berlin
	ID    CommandID     // of the command being decided
	Rules Rules
}

// Rules are the agency's settings that decisions rest on; Version goes into
// the record.
type Rules struct {
	Version      string
	Land         calendar.Land   // for business days where the case names none
	Undo         time.Duration   // [send] undo
	Window       calendar.Window // [send] window
	ApprovalDays int             // working days after which an approval ages; 2
	DemandDays   int             // days between two demands to one person; 14
	Plan         plan.Policy
	PauseDays    int // longest pause; 0: none
	OfferDays    int // life of an offer; 14
	// ComplaintDays is how long a complaint may wait; 0: the constant of that name.
	ComplaintDays int
	// Costs are the caps of what a private debtor may be asked for (§ 13e RDG); nil:
	// unchecked.
	Costs *costs.Tables
	// Settlement is the authority to settle, by stage; none: the creditor is asked.
	Settlement []SettlementRule
}

// Requests.
type (
	// RecordPerson creates a person or updates its master data.
	RecordPerson struct {
		Person PersonID
		Facts  PersonFacts
	}
	// OpenCase creates a case with its parties, claims and bookings; a case
	// that exists already gets what is new. Repeated, it changes nothing.
	OpenCase struct {
		Case      CaseID
		Reference string
		Portfolio string
		Subject   plain.Text
		Opened    calendar.Date
		Stage     Stage
		Land      calendar.Land
		Parties   []Party // IDs may be empty
		Claims    []ledger.Claim
		Entries   []ledger.Entry
		FollowUp  FollowUp // the first next step
		// Arrangements that run already, as the ERP knows them: plans, promises.
		Arrangements []Arrangement
	}
	// ApproveReply is a person's word for exact bytes.
	ApproveReply struct {
		Reply    ReplyID
		Approval Approval
		Persons  []PersonID // all persons that the recipient check or effects name
		Named    []Stream   // further streams, of replies that it cancels
	}
	// WithdrawReply takes an approval back, effects too, while unclaimed.
	WithdrawReply struct {
		Reply    ReplyID
		Case     CaseID
		Messages []MessageID
		Persons  []PersonID
	}
	// SettleReply is a person's word about an unknown or refused reply: it was
	// delivered, or send the same bytes again, or give up.
	SettleReply struct {
		Reply  ReplyID
		Case   CaseID
		Choice string // sent, again, give_up
		// Messages come back as open items when the reply is given up.
		Messages []MessageID
		Persons  []PersonID
	}
	// ChangeCase applies effects without a reply: note, follow-up, hold, …
	ChangeCase struct {
		Case    CaseID
		Effects []Effect
		Persons []PersonID
		Named   []Stream // further streams, of replies that it cancels
		// DoneFollowUps are closed by it.
		DoneFollowUps []string
	}
	// AssignMessage ties a message to a case, or to none.
	AssignMessage struct {
		Message MessageID
		From    CaseID // where it is now; empty: unassigned
		To      CaseID
		Person  PersonID
		// Right is the right-party check of the message on the new case.
		Right    RightPartyState
		RightWhy []string
	}
	// CorrectMessage is a person's reading of a message.
	CorrectMessage struct {
		Message MessageID
		Case    CaseID
		Intent  Intent
		Flags   []Flag
		Alerts  []Alert
		Slots   *Slots // nil: keep
	}
	// FinishMessage ends messages without a reply.
	FinishMessage struct {
		Message MessageID
		Case    CaseID
		Person  PersonID // the debtor, to know whether § 13a applies
		Reason  string
	}
	// ReopenMessage undoes FinishMessage.
	ReopenMessage struct {
		Message MessageID
		Case    CaseID
	}
	// SetStage moves the case to another stage.
	SetStage struct {
		Case  CaseID
		Stage Stage
		Text  plain.Text // why; kept as a note, wanted for closing
	}
	// AcceptOffer is a person's word that the debtor accepted an offer, on the
	// phone or in a mail: a plan or settlement that is offered binds from now on.
	AcceptOffer struct {
		Case        CaseID
		Arrangement string
		Text        plain.Text // how it was accepted; kept as a note
	}
	// ClaimReply is the sender's request to deliver one approved reply.
	ClaimReply struct {
		Reply    ReplyID
		Case     CaseID
		Messages []MessageID
		Persons  []PersonID
	}
)

// Reports.
type (
	// ReceiveMessage reports a mail that lies in a mailbox.
	ReceiveMessage struct {
		Message  MessageID
		Received time.Time
		Mail     Mail
		Raw      BlobID
		TextBlob BlobID
		RawSize  int64
		Place    Place
		// Twin is another message with the same Message-ID, Date, sender and own
		// text: then this is "also received as", not a second item.
		Twin MessageID
	}
	// ReportGone says that a mailbox does not hold a message at a place any more.
	ReportGone struct {
		Message MessageID
		Place   Place
	}
	// ReportDot says that all bytes but the final dot are on the wire.
	ReportDot struct {
		Reply   ReplyID
		Attempt int
	}
	// ReportSent says that the server accepted the mail.
	ReportSent struct {
		Reply    ReplyID
		Case     CaseID
		Attempt  int
		Code     int
		Response plain.Text
		Persons  []PersonID
	}
	// ReportNotSent says that a transaction failed before or with a clear
	// answer. Temporary failures put the reply back until Next.
	ReportNotSent struct {
		Reply     ReplyID
		Case      CaseID
		Attempt   int
		Phase     Phase
		Code      int
		Response  plain.Text
		Temporary bool
		Next      time.Time
	}
	// ReportUnknown says that the answer to the final dot was lost.
	ReportUnknown struct {
		Reply   ReplyID
		Case    CaseID
		Attempt int
		Why     string
	}
	// ReportCopied says that our copy lies in the Sent folder or is not wanted.
	ReportCopied struct {
		Reply  ReplyID
		Folder plain.Text
	}
	// ReportBounce ties a delivery report to the reply that bounced.
	ReportBounce struct {
		Reply   ReplyID
		Case    CaseID
		Message MessageID
		Person  PersonID
		Contact string
		Why     string
		Delayed bool
	}
	// ReportTransmission puts an exchange with an engine on record.
	ReportTransmission struct {
		Message      MessageID
		Transmission Transmission
	}
	// ReviewReply looks whether an approved reply went stale or aged.
	ReviewReply struct {
		Reply    ReplyID
		Case     CaseID
		Messages []MessageID
		Persons  []PersonID
	}
	// PassDay moves what time alone moves on a case: offers expire.
	PassDay struct {
		Case CaseID
	}
)

// Proposals.
type (
	// ProposeMatch is the machine's match of a message to a case.
	ProposeMatch struct {
		Message MessageID
		Match   Match
	}
	// ProposeClass is the machine's reading of a message.
	ProposeClass struct {
		Message MessageID
		Case    CaseID
		Reading Classification
	}
)

func streams(ss ...any) []Stream {
	var out []Stream
	add := func(s Stream) {
		if s.ID == "" {
			return
		}
		for _, o := range out {
			if o == s {
				return
			}
		}
		out = append(out, s)
	}
	for _, s := range ss {
		switch v := s.(type) {
		case interface{ Stream() Stream }:
			add(v.Stream())
		case []PersonID:
			for _, p := range v {
				add(p.Stream())
			}
		case []MessageID:
			for _, m := range v {
				add(m.Stream())
			}
		case []Stream:
			for _, n := range v {
				add(n)
			}
		case []ReplyID:
			for _, r := range v {
				add(r.Stream())
			}
		}
	}
	return out
}

// cancelled lists the replies that effects take out of the outbox.
func cancelled(effects []Effect) []ReplyID {
	var out []ReplyID
	for _, e := range effects {
		if e.Kind == CancelOutbox {
			out = append(out, ReplyID(e.Target))
		}
	}
	return out
}

// Class and Streams of the requests.
func (RecordPerson) Class() CommandClass   { return Request }
func (OpenCase) Class() CommandClass       { return Request }
func (ApproveReply) Class() CommandClass   { return Request }
func (WithdrawReply) Class() CommandClass  { return Request }
func (SettleReply) Class() CommandClass    { return Request }
func (ChangeCase) Class() CommandClass     { return Request }
func (AssignMessage) Class() CommandClass  { return Request }
func (CorrectMessage) Class() CommandClass { return Request }
func (FinishMessage) Class() CommandClass  { return Request }
func (ReopenMessage) Class() CommandClass  { return Request }
func (SetStage) Class() CommandClass       { return Request }
func (AcceptOffer) Class() CommandClass    { return Request }
func (ClaimReply) Class() CommandClass     { return Request }

func (c RecordPerson) Streams() []Stream { return streams(c.Person) }
func (c OpenCase) Streams() []Stream     { return streams(c.Case) }
func (c ApproveReply) Streams() []Stream {
	return streams(c.Reply, c.Approval.Case, c.Approval.To, c.Approval.Messages, c.Persons, cancelled(c.Approval.Effects), c.Named)
}
func (c WithdrawReply) Streams() []Stream { return streams(c.Reply, c.Case, c.Messages, c.Persons) }
func (c SettleReply) Streams() []Stream   { return streams(c.Reply, c.Case, c.Messages, c.Persons) }
func (c ChangeCase) Streams() []Stream {
	return streams(c.Case, c.Persons, cancelled(c.Effects), c.Named)
}
func (c AssignMessage) Streams() []Stream  { return streams(c.Message, c.From, c.To, c.Person) }
func (c CorrectMessage) Streams() []Stream { return streams(c.Message, c.Case) }
func (c FinishMessage) Streams() []Stream  { return streams(c.Message, c.Case, c.Person) }
func (c ReopenMessage) Streams() []Stream  { return streams(c.Message, c.Case) }
func (c SetStage) Streams() []Stream       { return streams(c.Case) }
func (c AcceptOffer) Streams() []Stream    { return streams(c.Case) }
func (c ClaimReply) Streams() []Stream     { return streams(c.Reply, c.Case, c.Messages, c.Persons) }

// Class and Streams of the reports.
func (ReceiveMessage) Class() CommandClass     { return Report }
func (ReportGone) Class() CommandClass         { return Report }
func (ReportDot) Class() CommandClass          { return Report }
func (ReportSent) Class() CommandClass         { return Report }
func (ReportNotSent) Class() CommandClass      { return Report }
func (ReportUnknown) Class() CommandClass      { return Report }
func (ReportCopied) Class() CommandClass       { return Report }
func (ReportBounce) Class() CommandClass       { return Report }
func (ReportTransmission) Class() CommandClass { return Report }
func (ReviewReply) Class() CommandClass        { return Report }
func (PassDay) Class() CommandClass            { return Report }

func (c ReceiveMessage) Streams() []Stream     { return streams(c.Message, c.Twin) }
func (c ReportGone) Streams() []Stream         { return streams(c.Message) }
func (c ReportDot) Streams() []Stream          { return streams(c.Reply) }
func (c ReportSent) Streams() []Stream         { return streams(c.Reply, c.Case, c.Persons) }
func (c ReportNotSent) Streams() []Stream      { return streams(c.Reply, c.Case) }
func (c ReportUnknown) Streams() []Stream      { return streams(c.Reply, c.Case) }
func (c ReportCopied) Streams() []Stream       { return streams(c.Reply) }
func (c ReportBounce) Streams() []Stream       { return streams(c.Reply, c.Case, c.Message, c.Person) }
func (c ReportTransmission) Streams() []Stream { return streams(c.Message) }
func (c ReviewReply) Streams() []Stream        { return streams(c.Reply, c.Case, c.Messages, c.Persons) }
func (c PassDay) Streams() []Stream            { return streams(c.Case) }

// Class and Streams of the proposals.
func (ProposeMatch) Class() CommandClass { return Proposal }
func (ProposeClass) Class() CommandClass { return Proposal }

func (c ProposeMatch) Streams() []Stream {
	return streams(c.Message, c.Match.Case)
}
func (c ProposeClass) Streams() []Stream { return streams(c.Message, c.Case) }
