package desk

import (
	"context"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/ledger"
	"kontor/cases/money"
)

// Workstation is everything that a screen or a command can ask of a Desk. It is
// written down in one place so that screens can be tested against a fake; each
// screen names the smaller part that it needs.
type Workstation interface {
	// Queue returns the work in order, as a snapshot.
	Queue(ctx context.Context, q Query) (*Queue, error)
	// Open returns all that is needed to work on an item. template and lang
	// may be empty; also lists further mails that the reply settles.
	Open(ctx context.Context, item ItemRef, o OpenOptions) (*Review, error)
	// Check judges a text before it is approved.
	Check(ctx context.Context, req ApproveRequest) ([]cases.TextFinding, error)
	// Approve is the caseworker's word. The answer is durable when it returns.
	// A *cases.Refusal says why not.
	Approve(ctx context.Context, req ApproveRequest) (Approved, error)
	// Undo takes an approval back while nothing has claimed it.
	Undo(ctx context.Context, r cases.ReplyID) error
	// TakeBack corrects what was recorded on a case by hand.
	TakeBack(ctx context.Context, r Recorded, why string) error
	// Settle is a person's word on an unknown or refused reply: sent, again, give_up.
	Settle(ctx context.Context, r cases.ReplyID, choice string) error
	// Holds asks the mailboxes whether the reply's Message-ID lies there.
	Holds(ctx context.Context, r cases.ReplyID) (bool, error)
	Outbox(ctx context.Context) ([]OutboxRow, error)
	// Letter reads what a reply says, whatever became of it.
	Letter(ctx context.Context, r cases.ReplyID) (Letter, error)
	// Finish ends a message without a reply.
	Finish(ctx context.Context, m cases.MessageID, reason string) error
	Reopen(ctx context.Context, m cases.MessageID) error
	Correct(ctx context.Context, m cases.MessageID, intent cases.Intent, flags []cases.Flag, alerts []cases.Alert) error
	Assign(ctx context.Context, m cases.MessageID, to cases.CaseID) error
	// Change applies effects to a case without a reply: note, follow-up, hold, …
	Change(ctx context.Context, c cases.CaseID, effects []cases.Effect, doneFollowUps []string) error
	// AcceptOffer records that the debtor accepted an offered plan or settlement.
	AcceptOffer(ctx context.Context, c cases.CaseID, arrangement, text string) error
	// FindCase returns the case with a reference, typed loosely.
	FindCase(ctx context.Context, reference string) (cases.CaseID, error)
	// FindCases returns at most limit cases that contain all the words, best first.
	FindCases(ctx context.Context, words string, limit int) ([]CaseRef, error)
	// CaseView returns one case whole.
	CaseView(ctx context.Context, id cases.CaseID, at calendar.Date) (*CaseView, error)

	// Payments lists statement entries: those a person has to look at, or all.
	Payments(ctx context.Context, all bool) ([]PaymentRow, error)
	PaymentView(ctx context.Context, id cases.EntryID) (*PaymentView, error)
	// Book books a whole entry on one case; the zero options confirm the suggestion.
	Book(ctx context.Context, id cases.EntryID, o BookOptions) error
	Split(ctx context.Context, id cases.EntryID, parts []cases.EntryPart) error
	// Refuse says that an entry is not booked; ReopenPayment takes any decision
	// about it back.
	Refuse(ctx context.Context, id cases.EntryID, reason, words string) error
	ReopenPayment(ctx context.Context, id cases.EntryID) error
	// ToCreditor books what a debtor paid to the creditor; id may be empty.
	ToCreditor(ctx context.Context, id cases.EntryID, c cases.CaseID, cents money.Cents, day calendar.Date, words string) error
	ImportStatement(ctx context.Context, read StatementFile) (PaymentsImport, error)

	// Figures counts the work; Team says who has which cases; Record returns facts
	// before a position, newest first (0: from the end).
	Figures(ctx context.Context) (*Figures, error)
	Team(ctx context.Context) ([]Worker, error)
	Record(ctx context.Context, before uint64, limit int) (rows []RecordRow, more bool, err error)

	// Attachment returns the bytes of one attachment, read again from the mail;
	// Exported puts on record that data left the house other than in a letter.
	Attachment(ctx context.Context, m cases.MessageID, index int) (name string, data []byte, err error)
	Exported(ctx context.Context, e cases.DataExported) error
	// CaseMore is what a case's file shows beside CaseView: plans with their
	// instalments, limitation, what may not go on.
	CaseMore(ctx context.Context, id cases.CaseID, lang string) (*CaseMore, error)

	Registers
	Lists

	SaveTyped(ctx context.Context, item ItemRef, t Typed) error
	DropTyped(ctx context.Context, item ItemRef) error
	Status() Status
	// Subscribe calls f after every change, from its own goroutine, one call at
	// a time, merged where changes come fast; the returned function ends it.
	Subscribe(f func(News)) (cancel func())
	// Wake asks the workers for a round of pulling and sending now.
	Wake()
	// Rules are the agency's rules as they are in force.
	Rules() cases.Rules
	// Today is the authority's day.
	Today() calendar.Date
}

// Registers is what a caseworker records on one case beside its letters: titles,
// documents, complaints, and a person's word on what only a person may judge.
// Each is durable when it returns; a *cases.Refusal says why not.
type Registers interface {
	RecordTitle(ctx context.Context, id cases.CaseID, t deadline.Title) error
	RemoveTitle(ctx context.Context, id cases.CaseID, title, why string) error
	AddDocument(ctx context.Context, id cases.CaseID, n NewDocument) (cases.Document, error)
	KeepAttachment(ctx context.Context, m cases.MessageID, index int, kind cases.DocumentKind, date calendar.Date) (cases.Document, error)
	DocumentBytes(ctx context.Context, id cases.CaseID, document string) (cases.Document, []byte, error)
	RemoveDocument(ctx context.Context, id cases.CaseID, document, why string) error
	RecordComplaint(ctx context.Context, id cases.CaseID, x cases.ComplaintEntry) error
	CloseComplaint(ctx context.Context, id cases.CaseID, complaint, outcome, measure string) error
	JudgeAcknowledgement(ctx context.Context, id cases.CaseID, a AckDecision) error
	SettleObjection(ctx context.Context, id cases.CaseID, objection, text string) error
	EndHold(ctx context.Context, id cases.CaseID, hold string) error
	JudgePersonEvent(ctx context.Context, r PersonEventRow, take bool) error
	// SetStage, BookByHand and RecordCourtStep are the course of a case by hand.
	SetStage(ctx context.Context, id cases.CaseID, stage cases.Stage, text string) error
	BookByHand(ctx context.Context, id cases.CaseID, e ledger.Entry) error
	RecordCourtStep(ctx context.Context, id cases.CaseID, step cases.CourtStep, date calendar.Date, text string) error
}

// Lists are what runs against the agency, over all cases.
type Lists interface {
	// Duties lists what has to be answered, soonest first (zero: as of today).
	Duties(ctx context.Context, at calendar.Date) ([]Duty, error)
	// Silvester lists the claims that lapse by the end of a year (zero: this one).
	Silvester(ctx context.Context, year int) ([]SilvesterRow, error)
	Complaints(ctx context.Context, all bool) ([]ComplaintRow, error)
	PersonEvents(ctx context.Context) ([]PersonEventRow, error)
	// IdleRows lists the open cases that nothing would bring back.
	IdleRows(ctx context.Context) ([]IdleRow, error)
}

// OpenOptions shape a Review.
type OpenOptions struct {
	Template string
	Lang     string
	Name     string // occasion without a mail: first_letter, …
	Also     []cases.MessageID
	Said     *Said // past a mail, for an item without one
}

// CaseView is one case with everything that screens and scripts show of it.
type CaseView struct {
	Review
	Messages []*cases.Message
	Replies  []*cases.Reply
	Facts    []cases.Fact
}

var _ Workstation = (*Desk)(nil)
