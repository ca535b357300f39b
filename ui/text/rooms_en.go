package text

func englishRooms() Rooms {
	return Rooms{
		NoConflicts: "No conflicts.", ConflictLead: "A conflict arises when two change the same case at once and the server refuses one change. What was typed then stands here: side by side with v, m keeps your version, t the other one, e merges, n keeps the text as a note.",
		ConflictAlone: "This device works alone; there is nobody to come into conflict with.",
		Side:          Key{"", "Side by side"}, Mine: Key{"", "My version"}, Theirs: Key{"", "The other version"}, Merge: Key{"", "Merge"}, KeepNote: Key{"", "Keep my text as a note"},
		TeamTitle: "Who has which cases", TeamLead: "What is counted is work that waits, not who does it how fast. d hands a case over.", TeamAlone: "This device works alone. Colleagues come with a server.",
		TeamMe: "me", TeamNobody: "nobody", TeamUser: "User", TeamCases: "Cases", TeamDue: "due",
		FigureTitle: "State of the work", FigureLead: "as of %s", Cases: "Cases", Open: "open", Closed: "closed", Sum: "sum open", NoBalance: "without a balance", Held: "on hold", Disputed: "disputed",
		Plans: "running plans", Offers: "open offers", Overdue: "overdue instalments and promises", Mail: "Mail", Mails: "unanswered mails", Unassigned: "without a case", Unsure: "unsure reading", Oldest: "the oldest waits",
		OldestDays: Plural{"1 day", "%d days"}, Payments: "payments to match", Waiting: "replies on their way", Unknown: "delivery unclear", Covered: "statements to", CoveredNone: "no statement yet: 4, then I imports one",
		Days: "The last days", Received: "came in", Sent: "went out",
		RecordTitle: "Record", RecordEmpty: "The record is empty.", RecordOlder: "entries %d to %d", RecordWhen: "Time", RecordWho: "Who", RecordWhat: "What", RecordCase: "Case", RecordMachine: "program",
		Older: Key{"older", "Older entries"}, Newer: Key{"newer", "Newer entries"}, NoOlder: "There are no older entries.", NoNewer: "There are no newer entries.",
		SetTitle: "Settings", SetLead: "T changes the theme, L the language, H masks names and sums; that lasts until you quit. All else stands in config.toml.", SetNone: "Nothing is set up here.",
		SetLang: Key{"language", "Change the language"}, LangIs: "Language: %s",
		Groups: map[string]string{"here": "Screen", "home": "Place", "agency": "Agency", "mail": "Mail", "send": "Sending", "assist": "Reading aid", "server": "Server", "rules": "Rules"},
		Names: map[string]string{
			"lang": "Language", "theme": "Theme", "masked": "Masked", "home": "Folder", "config": "Config", "version": "Version", "name": "Name", "iban": "Account", "reference": "References", "mailbox": "Mailbox",
			"folders": "Folders", "authserv": "Checked by", "smtp": "Server", "from": "From", "undo": "Undo window", "window": "Send window", "endpoint": "Endpoint", "model": "Model", "scope": "Scope", "url": "Address",
			"min_monthly": "least instalment", "max_months": "longest plan", "pause": "longest pause", "offer": "an offer is good for", "demand": "between two demands", "holidays": "holidays", "save": "Saving to", "user": "User",
		},
		Asked: "yes", AskedNot: "no",
	}
}

func englishRecordWords(w *Words) {
	w.Stream = map[string]string{"person": "person", "case": "case", "message": "message", "reply": "reply", "account": "account", "entry": "payment", "team": "team"}
	w.Event = map[string]string{
		"PersonRecorded": "person recorded", "ContactAdded": "contact added", "ContactProven": "contact proven", "ContactFailed": "contact failing", "PersonDied": "death recorded", "PersonInsolvent": "insolvency recorded",
		"PersonDemanded": "asked to pay", "PersonUndone": "change of the person taken back", "CaseOpened": "case opened", "ClaimRecorded": "claim recorded", "LedgerBooked": "booked", "PartyAdded": "party added",
		"PartyEnded": "party ended", "StageSet": "stage changed", "HoldPlaced": "hold placed", "HoldLifted": "hold lifted", "FollowUpSet": "follow-up set", "FollowUpDone": "follow-up done",
		"ArrangementMade": "arrangement made", "ArrangementMoved": "arrangement changed", "ClockStarted": "clock started", "ClockStopped": "clock stopped", "ObjectionRecorded": "objection recorded", "ObjectionSettled": "objection settled",
		"InquiryMade": "asked", "NoteAdded": "note", "RightPartySet": "party checked", "AcknowledgementProposed": "acknowledgement proposed", "AcknowledgementJudged": "acknowledgement judged", "CaseHandedOver": "case handed over",
		"CaseMessageAdded": "message assigned", "CaseMessageRemoved": "assignment removed", "CaseMessageSettled": "state of a message on the case", "CaseVulnerable": "vulnerability noted", "CaseReplyApproved": "reply on the case", "CaseReplyMoved": "state of the reply",
		"CaseUndone": "effects taken back", "MessageReceived": "mail received", "MessagePlaced": "mail in another place", "MessageAlsoAs": "mail also received as", "MessageMatched": "mail matched", "MessageClassified": "mail classified",
		"MessageTransmitted": "sent to the reading aid", "MessageSettled": "mail settled", "MessageReopened": "mail open again", "MessageGone": "mail no longer there", "ReplyWasApproved": "reply approved", "ReplyWasWithdrawn": "approval taken back", "ReplyWentStale": "approval overtaken",
		"ReplyWasClaimed": "sending begun", "ReplyDot": "handing over begun", "ReplyWasSent": "sent", "ReplyWasRefused": "refused by the server", "ReplyDeferred": "sending put off", "ReplyBecameUnknown": "delivery unclear", "ReplyAgain": "to be sent again",
		"ReplyCopied": "copy kept", "ReplyBounced": "bounced", "StatementCovered": "statement imported", "EntryReported": "payment reported", "EntryWasSuggested": "payment suggested", "EntryWasBooked": "payment booked", "EntryWasRefused": "payment refused",
		"EntryReopened": "booking taken back", "EntryWasSuperseded": "collective booking replaced", "TitleRecorded": "title recorded", "TitleRemoved": "title removed", "DocumentAdded": "document added", "DocumentRemoved": "document removed",
		"ComplaintRecorded": "complaint recorded", "ComplaintClosed": "complaint closed", "PersonEventJudged": "death or insolvency judged for the case", "CaseTakenBack": "entry taken back", "DataExported": "data exported",
	}
}
