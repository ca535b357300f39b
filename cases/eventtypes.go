package cases

import (
	"fmt"
	"strings"
)

// The numbers of the event types. They are part of the record format: never
// change one, never use one again.
const (
	TypePersonRecorded          EventType = 1
	TypeContactAdded            EventType = 2
	TypeContactProven           EventType = 3
	TypeContactFailed           EventType = 4
	TypePersonDied              EventType = 5
	TypePersonInsolvent         EventType = 6
	TypePersonDemanded          EventType = 7
	TypePersonUndone            EventType = 8
	TypeCaseOpened              EventType = 20
	TypeClaimRecorded           EventType = 21
	TypeLedgerBooked            EventType = 22
	TypePartyAdded              EventType = 23
	TypePartyEnded              EventType = 24
	TypeStageSet                EventType = 25
	TypeHoldPlaced              EventType = 26
	TypeHoldLifted              EventType = 27
	TypeFollowUpSet             EventType = 28
	TypeFollowUpDone            EventType = 29
	TypeArrangementMade         EventType = 30
	TypeArrangementMoved        EventType = 31
	TypeClockStarted            EventType = 32
	TypeClockStopped            EventType = 33
	TypeObjectionRecorded       EventType = 34
	TypeObjectionSettled        EventType = 35
	TypeInquiryMade             EventType = 36
	TypeNoteAdded               EventType = 37
	TypeRightPartySet           EventType = 38
	TypeAcknowledgementProposed EventType = 39
	TypeCaseHandedOver          EventType = 40
	TypeCaseMessageAdded        EventType = 41
	TypeCaseMessageRemoved      EventType = 42
	TypeCaseMessageSettled      EventType = 43
	TypeCaseVulnerable          EventType = 44
	TypeCaseReplyApproved       EventType = 45
	TypeCaseReplyMoved          EventType = 46
	TypeCaseUndone              EventType = 47
	TypeMessageReceived         EventType = 60
	TypeMessagePlaced           EventType = 61
	TypeMessageAlsoAs           EventType = 62
	TypeMessageMatched          EventType = 63
	TypeMessageClassified       EventType = 64
	TypeMessageTransmitted      EventType = 65
	TypeMessageSettled          EventType = 66
	TypeMessageReopened         EventType = 67
	TypeMessageGone             EventType = 68
	TypeReplyWasApproved        EventType = 80
	TypeReplyWasWithdrawn       EventType = 81
	TypeReplyWentStale          EventType = 82
	TypeReplyWasClaimed         EventType = 83
	TypeReplyDot                EventType = 84
	TypeReplyWasSent            EventType = 85
	TypeReplyWasRefused         EventType = 86
	TypeReplyDeferred           EventType = 87
	TypeReplyBecameUnknown      EventType = 88
	TypeReplyAgain              EventType = 89
	TypeReplyCopied             EventType = 90
	TypeReplyBounced            EventType = 91
)

// Type returns the number of the event type.
func (PersonRecorded) Type() EventType { return TypePersonRecorded }

// Retention returns the class of the fact.
func (PersonRecorded) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (ContactAdded) Type() EventType { return TypeContactAdded }

// Retention returns the class of the fact.
func (ContactAdded) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (ContactProven) Type() EventType { return TypeContactProven }

// Retention returns the class of the fact.
func (ContactProven) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (ContactFailed) Type() EventType { return TypeContactFailed }

// Retention returns the class of the fact.
func (ContactFailed) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (PersonDied) Type() EventType { return TypePersonDied }

// Retention returns the class of the fact.
func (PersonDied) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (PersonInsolvent) Type() EventType { return TypePersonInsolvent }

// Retention returns the class of the fact.
func (PersonInsolvent) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (PersonDemanded) Type() EventType { return TypePersonDemanded }

// Retention returns the class of the fact.
func (PersonDemanded) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (PersonUndone) Type() EventType { return TypePersonUndone }

// Retention returns the class of the fact.
func (PersonUndone) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (CaseOpened) Type() EventType { return TypeCaseOpened }

// Retention returns the class of the fact.
func (CaseOpened) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (ClaimRecorded) Type() EventType { return TypeClaimRecorded }

// Retention returns the class of the fact.
func (ClaimRecorded) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (LedgerBooked) Type() EventType { return TypeLedgerBooked }

// Retention returns the class of the fact.
func (LedgerBooked) Retention() Retention { return RetainBooks }

// Type returns the number of the event type.
func (PartyAdded) Type() EventType { return TypePartyAdded }

// Retention returns the class of the fact.
func (PartyAdded) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (PartyEnded) Type() EventType { return TypePartyEnded }

// Retention returns the class of the fact.
func (PartyEnded) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (StageSet) Type() EventType { return TypeStageSet }

// Retention returns the class of the fact.
func (StageSet) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (HoldPlaced) Type() EventType { return TypeHoldPlaced }

// Retention returns the class of the fact.
func (HoldPlaced) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (HoldLifted) Type() EventType { return TypeHoldLifted }

// Retention returns the class of the fact.
func (HoldLifted) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (FollowUpSet) Type() EventType { return TypeFollowUpSet }

// Retention returns the class of the fact.
func (FollowUpSet) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (FollowUpDone) Type() EventType { return TypeFollowUpDone }

// Retention returns the class of the fact.
func (FollowUpDone) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (ArrangementMade) Type() EventType { return TypeArrangementMade }

// Retention returns the class of the fact.
func (ArrangementMade) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (ArrangementMoved) Type() EventType { return TypeArrangementMoved }

// Retention returns the class of the fact.
func (ArrangementMoved) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (ClockStarted) Type() EventType { return TypeClockStarted }

// Retention returns the class of the fact.
func (ClockStarted) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (ClockStopped) Type() EventType { return TypeClockStopped }

// Retention returns the class of the fact.
func (ClockStopped) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (ObjectionRecorded) Type() EventType { return TypeObjectionRecorded }

// Retention returns the class of the fact.
func (ObjectionRecorded) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (ObjectionSettled) Type() EventType { return TypeObjectionSettled }

// Retention returns the class of the fact.
func (ObjectionSettled) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (InquiryMade) Type() EventType { return TypeInquiryMade }

// Retention returns the class of the fact.
func (InquiryMade) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (NoteAdded) Type() EventType { return TypeNoteAdded }

// Retention returns the class of the fact.
func (NoteAdded) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (RightPartySet) Type() EventType { return TypeRightPartySet }

// Retention returns the class of the fact.
func (RightPartySet) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (AcknowledgementProposed) Type() EventType { return TypeAcknowledgementProposed }

// Retention returns the class of the fact.
func (AcknowledgementProposed) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (CaseHandedOver) Type() EventType { return TypeCaseHandedOver }

// Retention returns the class of the fact.
func (CaseHandedOver) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (CaseMessageAdded) Type() EventType { return TypeCaseMessageAdded }

// Retention returns the class of the fact.
func (CaseMessageAdded) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (CaseMessageRemoved) Type() EventType { return TypeCaseMessageRemoved }

// Retention returns the class of the fact.
func (CaseMessageRemoved) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (CaseMessageSettled) Type() EventType { return TypeCaseMessageSettled }

// Retention returns the class of the fact.
func (CaseMessageSettled) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (CaseVulnerable) Type() EventType { return TypeCaseVulnerable }

// Retention returns the class of the fact.
func (CaseVulnerable) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (CaseReplyApproved) Type() EventType { return TypeCaseReplyApproved }

// Retention returns the class of the fact.
func (CaseReplyApproved) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (CaseReplyMoved) Type() EventType { return TypeCaseReplyMoved }

// Retention returns the class of the fact.
func (CaseReplyMoved) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (CaseUndone) Type() EventType { return TypeCaseUndone }

// Retention returns the class of the fact.
func (CaseUndone) Retention() Retention { return RetainRest }

// Type returns the number of the event type.
func (MessageReceived) Type() EventType { return TypeMessageReceived }

// Retention returns the class of the fact.
func (MessageReceived) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (MessagePlaced) Type() EventType { return TypeMessagePlaced }

// Retention returns the class of the fact.
func (MessagePlaced) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (MessageAlsoAs) Type() EventType { return TypeMessageAlsoAs }

// Retention returns the class of the fact.
func (MessageAlsoAs) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (MessageMatched) Type() EventType { return TypeMessageMatched }

// Retention returns the class of the fact.
func (MessageMatched) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (MessageClassified) Type() EventType { return TypeMessageClassified }

// Retention returns the class of the fact.
func (MessageClassified) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (MessageTransmitted) Type() EventType { return TypeMessageTransmitted }

// Retention returns the class of the fact.
func (MessageTransmitted) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (MessageSettled) Type() EventType { return TypeMessageSettled }

// Retention returns the class of the fact.
func (MessageSettled) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (MessageReopened) Type() EventType { return TypeMessageReopened }

// Retention returns the class of the fact.
func (MessageReopened) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (MessageGone) Type() EventType { return TypeMessageGone }

// Retention returns the class of the fact.
func (MessageGone) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyWasApproved) Type() EventType { return TypeReplyWasApproved }

// Retention returns the class of the fact.
func (ReplyWasApproved) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyWasWithdrawn) Type() EventType { return TypeReplyWasWithdrawn }

// Retention returns the class of the fact.
func (ReplyWasWithdrawn) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyWentStale) Type() EventType { return TypeReplyWentStale }

// Retention returns the class of the fact.
func (ReplyWentStale) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyWasClaimed) Type() EventType { return TypeReplyWasClaimed }

// Retention returns the class of the fact.
func (ReplyWasClaimed) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyDot) Type() EventType { return TypeReplyDot }

// Retention returns the class of the fact.
func (ReplyDot) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyWasSent) Type() EventType { return TypeReplyWasSent }

// Retention returns the class of the fact.
func (ReplyWasSent) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyWasRefused) Type() EventType { return TypeReplyWasRefused }

// Retention returns the class of the fact.
func (ReplyWasRefused) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyDeferred) Type() EventType { return TypeReplyDeferred }

// Retention returns the class of the fact.
func (ReplyDeferred) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyBecameUnknown) Type() EventType { return TypeReplyBecameUnknown }

// Retention returns the class of the fact.
func (ReplyBecameUnknown) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyAgain) Type() EventType { return TypeReplyAgain }

// Retention returns the class of the fact.
func (ReplyAgain) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyCopied) Type() EventType { return TypeReplyCopied }

// Retention returns the class of the fact.
func (ReplyCopied) Retention() Retention { return RetainLetters }

// Type returns the number of the event type.
func (ReplyBounced) Type() EventType { return TypeReplyBounced }

// Retention returns the class of the fact.
func (ReplyBounced) Retention() Retention { return RetainLetters }

// Bodies returns one empty body of every event type, by number: the codec's
// table.
func Bodies() map[EventType]Body {
	return map[EventType]Body{
		TypePersonRecorded:          PersonRecorded{},
		TypeContactAdded:            ContactAdded{},
		TypeContactProven:           ContactProven{},
		TypeContactFailed:           ContactFailed{},
		TypePersonDied:              PersonDied{},
		TypePersonInsolvent:         PersonInsolvent{},
		TypePersonDemanded:          PersonDemanded{},
		TypePersonUndone:            PersonUndone{},
		TypeCaseOpened:              CaseOpened{},
		TypeClaimRecorded:           ClaimRecorded{},
		TypeLedgerBooked:            LedgerBooked{},
		TypePartyAdded:              PartyAdded{},
		TypePartyEnded:              PartyEnded{},
		TypeStageSet:                StageSet{},
		TypeHoldPlaced:              HoldPlaced{},
		TypeHoldLifted:              HoldLifted{},
		TypeFollowUpSet:             FollowUpSet{},
		TypeFollowUpDone:            FollowUpDone{},
		TypeArrangementMade:         ArrangementMade{},
		TypeArrangementMoved:        ArrangementMoved{},
		TypeClockStarted:            ClockStarted{},
		TypeClockStopped:            ClockStopped{},
		TypeObjectionRecorded:       ObjectionRecorded{},
		TypeObjectionSettled:        ObjectionSettled{},
		TypeInquiryMade:             InquiryMade{},
		TypeNoteAdded:               NoteAdded{},
		TypeRightPartySet:           RightPartySet{},
		TypeAcknowledgementProposed: AcknowledgementProposed{},
		TypeCaseHandedOver:          CaseHandedOver{},
		TypeCaseMessageAdded:        CaseMessageAdded{},
		TypeCaseMessageRemoved:      CaseMessageRemoved{},
		TypeCaseMessageSettled:      CaseMessageSettled{},
		TypeCaseVulnerable:          CaseVulnerable{},
		TypeCaseReplyApproved:       CaseReplyApproved{},
		TypeCaseReplyMoved:          CaseReplyMoved{},
		TypeCaseUndone:              CaseUndone{},
		TypeMessageReceived:         MessageReceived{},
		TypeMessagePlaced:           MessagePlaced{},
		TypeMessageAlsoAs:           MessageAlsoAs{},
		TypeMessageMatched:          MessageMatched{},
		TypeMessageClassified:       MessageClassified{},
		TypeMessageTransmitted:      MessageTransmitted{},
		TypeMessageSettled:          MessageSettled{},
		TypeMessageReopened:         MessageReopened{},
		TypeMessageGone:             MessageGone{},
		TypeReplyWasApproved:        ReplyWasApproved{},
		TypeReplyWasWithdrawn:       ReplyWasWithdrawn{},
		TypeReplyWentStale:          ReplyWentStale{},
		TypeReplyWasClaimed:         ReplyWasClaimed{},
		TypeReplyDot:                ReplyDot{},
		TypeReplyWasSent:            ReplyWasSent{},
		TypeReplyWasRefused:         ReplyWasRefused{},
		TypeReplyDeferred:           ReplyDeferred{},
		TypeReplyBecameUnknown:      ReplyBecameUnknown{},
		TypeReplyAgain:              ReplyAgain{},
		TypeReplyCopied:             ReplyCopied{},
		TypeReplyBounced:            ReplyBounced{},
		TypeTitleRecorded:           TitleRecorded{},
		TypeTitleRemoved:            TitleRemoved{},
		TypeDocumentAdded:           DocumentAdded{},
		TypeDocumentRemoved:         DocumentRemoved{},
		TypeComplaintRecorded:       ComplaintRecorded{},
		TypeComplaintClosed:         ComplaintClosed{},
		TypeAcknowledgementJudged:   AcknowledgementJudged{},
		TypePersonEventJudged:       PersonEventJudged{},
		TypeCaseTakenBack:           CaseTakenBack{},
		TypeDataExported:            DataExported{},
		TypeStatementCovered:        StatementCovered{},
		TypeEntryReported:           EntryReported{},
		TypeEntryWasSuggested:       EntryWasSuggested{},
		TypeEntryWasBooked:          EntryWasBooked{},
		TypeEntryWasRefused:         EntryWasRefused{},
		TypeEntryReopened:           EntryReopened{},
		TypeEntryWasSuperseded:      EntryWasSuperseded{},
	}
}

// EventName is the name of an event for people who read the record.
func EventName(b Body) string {
	name := fmt.Sprintf("%T", b)
	return name[strings.LastIndexByte(name, '.')+1:]
}
