package text

func englishRegisters() Registers {
	return Registers{
		Key:  Key{"record", "Record and judge: titles, costs, stage and more"},
		Menu: "For the file", Judge: "To be judged", New: "Record", Kept: "On file", NoneOpen: "Nothing is to be judged.",
		Whole: "the whole case", Claim: "Claim", Words: "Reasons", Why: "Reason", WhyMissing: "The reason is missing.",
		Optional: "may stay empty", DayBad: "That is no date. For example 12.3., 2026-03-12, today, -14.", DayFuture: "That lies in the future.", DayMissing: "The date is missing.", NoChange: "Nothing has changed.",
		TitleNew: Key{"Record a title", "Record a title"}, TitleFinal: Key{"Enter finality", "Enter the finality of a title"}, TitleMend: Key{"Correct a title", "Correct a title"},
		TitleRemove: "Remove a title", TitleLead: "The 30 years begin with finality (§§ 197, 201 BGB); interest due later lapses in three years.",
		Kind: "Kind", Court: "Court", FileNo: "File number", Date: "Date", FinalOn: "final since", TitleSaved: "title recorded", TitleGone: "title removed", FinalEarly: "Finality lies before the title.",
		Complaint: Key{"Record a complaint", "Record a complaint"}, ComplaintLead: "From then on the house's own time for the answer runs: %d days.", ComplaintEnd: "Close the complaint: %s", ComplaintMail: "Record the complaint in the mail of %s", EventHint: "What holds for this case? 2 opens it, f judges.",
		Received: "received", Channel: "by", About: "about", Said: "what was said", Channels: [3]string{"mail", "letter", "phone"},
		FromMail: "in message", NoMailOf: "in none", ComplaintSaved: "complaint recorded; the time for the answer runs", ComplaintDone: "complaint closed: %s", Outcome: "Outcome", Measure: "what was done",
		SaidMissing: "What the complaint is about is missing.", MeasureMissing: "What was done about it is missing.",
		Document: Key{"Add a document", "Add a document from a file"}, DocumentLead: "The file is sealed and kept on the case. Letters attach these documents and no others.",
		Path: "File", PathMissing: "The path of the file is missing.", NoFiles: "No files can be read here.", DocumentSaved: "document added: %s", DocumentGone: "document does not count any more: %s", DocumentHere: "Document: %s",
		DocumentSave: "save to a file", DocumentRemove: "does not count any more",
		Attachment: Key{"Keep an attachment", "Keep an attachment of a mail as a document"}, AttachmentWhich: "Attachment", NoAttachments: "No mail of this case has an attachment.",
		Act: Key{"Record an acknowledgement or enforcement", "Record an acknowledgement or an act of enforcement"}, ActLead: "Both start limitation anew (§ 212 BGB). Only what is certain belongs here.",
		ActKinds: [2]string{"act of enforcement", "acknowledgement"}, Ack: "Judge the acknowledgement of %s", AckPaid: "Payment of %s (%s): an acknowledgement?", AckAgain: "Change the judgement on the acknowledgement of %s",
		AckLead: "An acknowledgement starts limitation anew (§ 212(1) no. 1 BGB). Who writes under reserve or disputes the claim does not acknowledge as a rule.", AckEffect: "Limitation without it: %s, with it: %s.", AckNow: "Limitation now: %s.", AckIs: "Judgement",
		Acks:     [4]string{"yes, an acknowledgement", "no, declared under reserve", "yes, in spite of the reserve", "no acknowledgement"},
		AckSaved: "judged: %s", ActSaved: "recorded; limitation is reckoned anew", Judged: map[string]string{"confirmed": "acknowledged", "rejected": "no acknowledgement", "proposed": "not judged yet"},
		Objection: "Settle the objection: %s", ObjectionLead: "While the objection is open its hold stays, and nothing is reported to credit bureaus.", ObjectionHow: "settled by", ObjectionSaved: "objection settled",
		Event:     map[string]string{"deceased": "Judge the bereavement: %s", "insolvency": "Judge the insolvency: %s"},
		EventLead: map[string]string{"deceased": "The person has died. What holds for this case? Proposed:", "insolvency": "The person is insolvent. What holds for this case? Proposed:"},
		EventTake: "take over", EventLeave: "does not concern this case", EventTaken: "taken over for %s", EventLeft: "%s is not concerned", EventHere: "this case",
		HoldTitle: "Holds", HoldNew: "New hold", HoldWhat: "what rests", HoldWhy: "because of", HoldSaved: "hold placed", HoldGone: "hold ended", HoldUntil: "until", HoldEnd: "end: %s", HoldAsk: "What rested may go on then. End it?", HoldStays: "The hold stays while its ground stands: %s. f shows what is to be judged.",
	}
}
