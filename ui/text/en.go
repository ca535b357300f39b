package text

func english() *Text {
	return &Text{
		Lang:  "en",
		Words: allEnglishWords(),
		Reasons: Reasons{
			Alert: "Alert: %s", DueIn: "%s: %s, on %s", DueToday: "%s: due today", DueOver: "%s: overdue %s",
			InDays: Plural{"1 day left", "%d days left"}, LateDays: Plural{"for 1 day", "for %d days"},
			Limitation: "time-barred after %s", Lapsed: "time-barred since %s", Vulnerable: "sign of vulnerability", Privacy: "data request, its clock runs",
			Dispute: "dispute while dunning runs", Broken: "arrangement not kept",
			Age: Plural{"1 day without an answer", "%d days without an answer"}, AgeToday: "came today",
			FollowUpToday: "follow-up today", FollowUpLate: Plural{"follow-up due for 1 day", "follow-up due for %d days"},
			Amount: "%s are open", LegalThreat: "threatens legal action", Undelivered: "our letter did not arrive", Complaint: "complaint",
			Deceased: "bereavement: what holds for this case?", Insolvent: "insolvency: what holds for this case?", NoNextStep: "without a next step", Payment: "payment of %s",
		},
		Effects: Effects{
			OfferPlan: "Offer a plan: %s", AgreePlan: "Agree a plan: %s", AmendPlan: "Amend the plan: %s",
			Schedule: "%d instalments of %s from %s", ScheduleOdd: "%d instalments of %s from %s, last %s",
			ValidDays: Plural{"valid 1 day", "valid %d days"}, Costs: "costs %s", EndPlan: "End the plan", GrantPause: "Pause until %s",
			RecordPromise: "Record the promise: %s on %s", OfferSettlement: "Offer a settlement: %s, payable by %s",
			RecordObjection: "Record the objection: %s", ObjectionPart: ", part %s", RecordPaidClaim: "Record the claimed payment: %s on %s",
			InquireCreditor: "Ask the creditor", InquirePayment: "Have the payment looked for", Hold: "%s: %s", Until: " until %s", LiftHold: "Lift the hold",
			AddParty: "Add a party: %s as %s", ChangeContact: "New contact: %s %s (claimed)", ChangeConfirmed: "New contact: %s %s (proven)",
			AddressFailing: "Mark the address as failing", RightParty: "Right party: %s", MarkDeceased: "Record the death", MarkInsolvent: "Record the insolvency",
			MarkRepresented: "Record the representation: %s", StartClock: "Start the clock: %s until %s", StopClock: "Stop the clock",
			ProposeAcknowledgement: "Propose an acknowledgement for review (§ 212 Abs. 1 Nr. 1 BGB)", WaiveCosts: "Waive costs: %s", WriteOffRest: "Write off the rest: %s",
			CancelOutbox: "Withdraw the waiting reply", FollowUp: "Follow-up %s: %s", HandOver: "Hand over to %s", Note: "Note: %s", Somebody: "a new person",
		},
		Errors:  englishErrors(),
		Bar:     englishBar(),
		Keys:    englishKeys(),
		Queue:   englishQueue(),
		Review:  englishReview(),
		Outbox:  englishOutbox(),
		Case:    englishCase(),
		Dialog:  englishDialogs(),
		Unlock:  Unlock{Title: "Kontor", Ask: "Passphrase", Working: "Opening …", Wrong: "This passphrase does not fit. Nothing is lost; please try again. Forgotten? kontor passwd sets a new one with the recovery key.", Empty: "Please enter the passphrase.", Hint: "⏎ open   ^c quit", Quit: "quit"},
		Help:    Help{Title: "Help", Signs: "Signs", SignText: "! alert   ? unsure   § deadline   ≡ on hold   ✓ done   • selected   ‹…› computed value", Off: "not now: %s", Palette: "Command or case", PaletteHint: "Command, reference or name"},
		Morning: Morning{Title: "Morning", Nothing: "The queue is empty. New mails come by themselves.", Hint: "⏎ opens the first item of the line, ␣ the whole lane, F all deadlines", Outbox: "Outbox", Lanes: "What is due today", Open: "Open the first item of the line", Lane: Key{"show lane", "Show the whole lane"}},
		Pay:     englishPayments(),
		Deal:    englishDeals(),
		Call:    englishCalls(),
		Room:    englishRooms(),
		File:    englishFile(),
		Reg:     englishRegisters(),
		List:    englishLists(),
		Paper:   englishPapers(),
		Course:  englishCourses(),
	}
}

func englishBar() Bar {
	return Bar{
		Rooms: [10]string{"Morning", "Queue", "Case", "Unassigned", "Payments", "Outbox", "Conflicts", "Team", "Dashboard", "Record"},
		Demo:  "Demo", Masked: "masked", Mail: "Mail", SMTP: "Sending", Server: "Server", AI: "AI",
		OffSince: "%s cut off since %s", NextTry: "next try %s", Working: "%s …", Progress: "%d of %d",
		Waiting: Plural{"1 waiting", "%d waiting"}, Unknown: Plural{"1 unclear", "%d unclear"},
		Undo: "Reply to %s leaves in %d s", UndoDone: "Finished without a reply, %d s left to take it back", Undone: "Taken back. Nothing was sent; the item is in the queue again.",
		UndoneMail: "Open again. The item is in the queue again.", UndoHand: "Recorded, %d s left to take it back", UndoneHand: "Taken back. Entry and correction both stand in the history.",
		UndoWhy: "Taken back: recorded in error", UndoFixed: "That stands with the person, for all its cases; correct it in the case with G.", NothingToUndo: "Nothing to take back: the window is closed or nothing was decided.",
		StatementTo: "statement to %s", NoStatement: "no statement", More: "all",
		QuitWaits: "%d replies still wait in the outbox; they leave at the next start.", QuitAsk: "Quit Kontor?", QuitUnknown: "%d deliveries are unclear.",
		Copied: "Copied to the clipboard: %s", NothingToCopy: "Nothing to copy here.", Pulled: Plural{"Mail fetched: 1 new mail.", "Mail fetched: %d new mails."}, Pulling: "Fetching mail and sending what is due …", ThemeIs: "Theme: %s",
		MaskOn: "Names and sums are masked. H shows them.", MaskOff: "Names and sums are shown again.",
		NoEditor: "No editor of your own is set up. e writes here.", NoLock: "Locking works only where Kontor was opened with a passphrase.", NoCase: "No item with a case is selected. : finds any case.", NoKey: "%s does nothing here; %s shows all keys.",

		TooSmall: "The window is too small: at least 60 × 16.", Loading: "Loading …", NewDay: "A new day: the queue is reckoned anew. o puts it in order.", NoNext: "Nothing more in this view.", PasteIgnored: "Pasting presses no key; there is no text field here.",
	}
}

func englishKeys() Keys {
	return Keys{
		Help: Key{"all", "All keys of this screen"}, Palette: Key{"", "Find a command or a case"}, Search: Key{"search", "Search"}, Back: Key{"back", "One step back"},
		Quit: Key{"", "Quit (says what waits)"}, Undo: Key{"take back", "Take the last decision back"}, Pull: Key{"", "Fetch mail and send"}, Redraw: Key{"", "Redraw the screen"},
		Lock: Key{"", "Lock"}, Mask: Key{"", "Mask names and sums"}, Copy: Key{"", "Copy"}, Theme: Key{"", "Change the theme"}, Suspend: Key{"", "To the background"}, Settings: Key{"", "Settings"},
		Rooms:   [10]Key{{"", "Morning: what is due"}, {"", "Queue"}, {"case", "Case of the item"}, {"", "Unassigned mails"}, {"", "Payments"}, {"", "Outbox"}, {"", "Conflicts"}, {"", "Team"}, {"", "Dashboard"}, {"", "Record"}},
		Approve: Key{"send", "Approve and send"}, Write: Key{"write", "Write freely"}, Edit: Key{"edit", "Edit the draft"}, Editor: Key{"", "Edit in your own editor"},
		Template: Key{"template", "Choose another template"}, Language: Key{"", "Change the reply's language"}, Correct: Key{"classify", "Correct the classification"}, Finish: Key{"no reply", "Finish without a reply"},
		Assign: Key{"assign case", "Assign to a case"}, Recipient: Key{"recipient", "Confirm the recipient's address"}, FollowUp: Key{"follow-up", "Follow-up"}, Note: Key{"note", "Note"}, Phone: Key{"phone note", "Phone note"},
		Arrange: Key{"arrangement", "Arrangement"}, Hold: Key{"hold", "Place or lift a hold"}, Inquire: Key{"", "Ask the creditor"}, HandOver: Key{"", "Hand over"}, Later: Key{"later", "Later today"},
		Whole: Key{"whole mail", "Whole mail with quotes"}, Attachments: Key{"attachments", "Attachments"}, WhyHere: Key{"why", "Why is this here"}, Toggle: Key{"effect", "Tick or untick an effect"},
		Next: Key{"next", "Next item"}, Prev: Key{"", "Previous item"}, Tab: Key{"switch", "Next pane"}, TabBack: Key{"", "Previous pane"},
		Effect:     Key{"change effect", "Change the effect, show a plan in full"},
		OtherDraft: Key{"other draft", "Other draft of this item"},
		Discard:    Key{"", "Discard what was typed or chosen"}, Down: Key{"", "Down"}, Up: Key{"", "Up"}, PageDown: Key{"", "Page down"}, PageUp: Key{"", "Page up"}, First: Key{"", "First"}, Last: Key{"", "Last"},
		LaneNext: Key{"lane", "Next lane"}, LanePrev: Key{"", "Previous lane"}, Open: Key{"open", "Open"}, Filter: Key{"filter", "Filter"}, Order: Key{"reorder", "Put in order anew"}, Mark: Key{"", "Mark; z then puts off all that are marked"},
		TakeBack: Key{"take back", "Take the reply back"}, Settle: Key{"details", "Details, settle an unclear delivery"}, Choose: Key{"choose", "Choose"},
		SaveEdit: Key{"done", "Done"}, Folder: Key{"look in Sent", "Look in the Sent folder"},
		Groups: [4]string{"Work", "Look", "Move", "Everywhere"},
	}
}

func englishQueue() Queue {
	return Queue{
		All: "All", Empty: "Nothing to do. New mails come by themselves, r fetches them now.", EmptyLane: "This lane is empty.", NoHit: "No item matches. ⏎ looks in all cases, Esc shows all again.",
		Filter: "Filter", FilterHint: "reference, name or subject", Ref: "Reference", Debtor: "Name", Intent: "Wants", Sure: "sure", Balance: "open", Age: "age", Stage: "Stage",
		Subject: "Subject", Due: "Due", Lane: "Lane", State: "State", Months: Plural{"1 month", "%d months"}, NewItems: Plural{"1 new item, o to reorder", "%d new, o to reorder"}, Gone: "done", AgeDays: "%d d", Today: "today",
		Unassigned: "no case", Suggest: "Cases that the mail may belong to (m assigns)", NoSuggest: "No case fits. m assigns by hand.", From: "From", Received: "Received",
		NoMail: "Without a mail: %s", Total: "Total", Marked: Plural{"1 marked", "%d marked"}, Hits: "%d of %d", AllLater: Plural{"1 item comes back today after everything else.", "%d items come back today after everything else."}, PutLater: "Comes back today after everything else.",
		NoSelection: "No item is selected.", Loading: "Loading the queue …", Ordered: "In order again.", Take: "take", ShowAll: "show all", AllCases: "look in all cases",
	}
}

func englishReview() Review {
	return Review{
		Tabs: [3]string{"Mail", "Draft", "Case"}, Mail: "Mail", Draft: "Draft", Facts: "Case", Effects: "Effects", Others: "Answers too", Findings: "Check",
		To: "To", Subject: "Subject", From: "From", Date: "Received", Edited: "edited", Saved: "saved", Saving: "saving …", Unsaved: "not saved yet", Restored: "Your text of %s is back.",
		AsOf: "as of %s", StatementTo: "statement to %s", NoStatement: "no statement", Unassigned: "no case", SendTo: "send to %s",
		NoDraftAuto: "Automatic reply: it gets no answer. x puts it away.", NoDraftBounce: "Delivery report: it gets no answer. x puts it away, the address is in the case.",
		NoDraftDone: "This message is done already. J opens the next item.", NoDraftCase: "No draft without a case. m assigns the mail.", NoDraft: "No draft. s writes freely, t chooses a template.", NoDraftFor: "No draft: %s",
		SeeRest: "Not all of it was on screen: here is the rest. a once more sends.", SeeMore: "Not all of it was on screen: a shows more, and sends at the end.", SeeEffects: "Not all effects were on screen: here they are. a once more sends.", TurnedToDraft: "This is the draft. a once more sends.",
		Approving: "Approving …", Repeated: "a is held down: let it go, then press once more.", Deaf: "This item has just opened by itself: a counts again in a moment.", ConfirmFirst: "This address is not confirmed in the case. R confirms it.", MaskedOff: "Names and sums are masked; H shows them, then send.",
		Blocking: "The check blocks sending: %s", NoRecipient: "No recipient: the case holds no valid e-mail address.",
		Approved: "Approved to %s.", Finished: "Finished without a reply.", Assigned: "Assigned to %s.", Corrected: "Classification corrected: %s.", NoteSaved: "Note saved.", HoldSet: "Hold placed.",
		SavesItself: "saved by itself", HoldLifted: "Hold lifted.", FollowSet: "Follow-up on %s.", InquirySet: "Inquiry recorded.", NoCaseYet: "The mail belongs to no case yet. m assigns it.", NoMail: "There is no mail here.", NoAttachments: "The mail has no attachments.",
		NoTemplates: "No template fits.", NoEffects: "No effects.", NoSuggest: "No case fits.", NotOnScreen: "Effects stand with the draft; tab goes there.", Whole: "whole mail", Own: "own words",
		NoText: "(no text)", InNoMailbox: "Lies in no mailbox any more: deleted there, or moved to another folder. Here it stays.", More: Plural{"↓ 1 more line", "↓ %d more lines"}, Principal: "Principal", Interest: "Interest", Costs: "Costs", Credit: "Credit", Balance: "Open", Claims: "Claims", Parties: "Parties",
		Arrangements: "Arrangement", Holds: "Hold", FollowUps: "Follow-up", Clocks: "Clock", Said: "Mail says", Siblings: "Other cases", Warnings: "Note", OthersMore: "%d more mails, not ticked; space shows all", AnswersToo: "answers too",
		NotFile: "address not in the case: R confirms", Quote: "Passage", Mend: "Mend", AlsoAnswers: Plural{"answers 1 more mail", "answers %d more mails"}, Engine: "%s", ByPerson: "classified by hand", OtherLang: "language: %s",
		LangIs: "The reply is now in %s.", Vanished: "This item is no longer open.",
		NoTextFits: "No template fits this occasion now, perhaps because the statement does not reach far enough yet. t chooses one, x is done without a letter.", File: "Attached: %s (%s)", WriteHint: "Free text. Esc ends writing, a sends.", Value: "computed", Unsure: "unsure: %s or %s", Disagree: "the two readings differ", Steering: "the mail speaks to a program", Occasion: "Occasion: %s", AlertBanner: "ALERT: %s. Please read it first and get help where needed.",
		Beside: "With it", BesideOf: "goes with: %s", BesideOpen: "%s (o shows it)", BesideSent: "%s, approved", BesideDropped: "left out",
		BesideFirst: "The letter with it: a approves it, x leaves it out, o goes back.", BesideGone: "Left out: %s. o brings it back.", BesideBack: "Goes with it again: %s.",
		TurnedWithBeside: "This is the draft. a again shows the letter with it.", BesideLeave: "leave out", BesideTake: "send after all", BesideNext: "on to the letter with it", BesideFixed: "This letter goes to the address on file and is in German.", OneDraft: "This is the only draft here. t chooses another template.",
		NoEffectHere: "No effect stands here. ↑↓ chooses one.", EffectFixed: "There is nothing to change about this effect; space takes it out or in.", Reason: "Reason", PaidOn: "Paid on", PastBad: "Please give a day up to today.",
		Schedule: "Schedule", ScheduleKey: "p another plan",
		ReadBy: "Read", ReadLocal: "on this machine (%s)", ReadNowhere: "Nothing of it was sent anywhere.", AidFailed: "reading aid: %s",
		Discarded: "Discarded. This is the template again.", Unchosen: "This is the suggested template again.", ChosenBefore: "This is the template that you chose last; D takes the suggested one.", NothingTyped: "Nothing typed or chosen to discard.", SaveFailed: "The text could not be saved and stands only here: %s", WouldLose: "Your edited text would be lost; D discards it first.", Reloaded: "The case changed; the item was loaded anew.",
	}
}

func englishOutbox() Outbox {
	return Outbox{
		Title: "Outbox", Read: Key{"read", "Read the letter"}, Empty: "Nothing on its way. Approved replies stand here until their end.", To: "To", Subject: "Subject", State: "State", When: "Approved", Debtor: "Name", Case: "Reference",
		TryAgain: "next try %s", UndoLeft: "%d s left to take back", Attempts: "Attempts", Server: "Server's answer", Approved: "Approved", Sent: "Sent", Held: "Found in Sent or inbox: the mail arrived.",
		NotHeld: "Not found. That proves nothing: our copy is made after sending.", Searching: "Looking in the mailbox …", SettleTitle: "Settle the delivery",
		SettleUnknown: "The connection broke after everything was handed over. Only you can decide.", SettleRefused: "The server refused the mail.", Settled: "Settled: %s.", TooLate: "Too late: %s.", Nothing: "No reply is selected.",
		Detail: "Reply", MessageID: "Message-ID", Hash: "SHA-256", ApprovedBy: "by", WaitsFor: "Waits",
	}
}

func englishCase() Case {
	return Case{
		Parties: "Parties", Claims: "Claims", Ledger: "Ledger", Holds: "Holds", FollowUps: "Follow-ups", Arrangements: "Arrangements", Clocks: "Clocks", Messages: "Messages", Replies: "Replies",
		Notes: "Notes", Objections: "Objections", Timeline: "Timeline", Siblings: "Other cases of the person", Inquiries: "Inquiries", None: "none", Opened: "opened %s", Stage: "Stage", Creditor: "Creditor", NoRate: "No balance: the base rate of the half-year from %s is missing, the table ends with %s", NoBalance: "no balance", Invoice: "Invoice",
		Due: "due", Default: "default from", Rate: "interest", Principal: "Principal", Total: "Open", Of: "of", Until: "until", Lifted: "lifted", Done: "done", Since: "since", Failing: "failing",
		Ends: "ends", InterestLine: "%s on %s, %s to %s, %d days", Facts: Plural{"1 entry on record", "%d entries on record"}, Private: "private", Business: "business", Died: "deceased", Insolvent: "insolvent", OpenUntil: "open",
	}
}

func englishDialogs() Dialogs {
	return Dialogs{
		Reason: "Finish without a reply", ReasonHint: "Reason in your own words", ReasonShort: "Please give a reason.", FollowUp: "Follow-up", FollowWhen: "When", FollowWhy: "What for",
		FollowBad: "Not understood. For example: +14, fri, 31.12., tomorrow", FollowPast: "That date is in the past.", FollowHint: "+14  fri  31.12.  tomorrow  2w  3m", Note: "Note", NoteHint: "What should the case remember?",
		HoldNone: "empty: until lifted", Assign: "Assign to a case", AssignHint: "Reference or name",
		Template: "Template", TemplateLoses: "Your edited text will be replaced.", Correct: "Correct the classification", CorrectHint: "space selects, ⏎ saves", CorrectFlags: "Flags and alerts",
		Recipient: "Confirm the recipient", RecipientAsk: "Send to this address?", RecipientOn: "On file: %s", RecipientFrom: "The mail came from: %s", Confirmed: "Address confirmed for this reply.", Keep: "Keep the warning", KeepHint: "Why all the same?",
		Why: "Why is this here", Attach: "Attachments", Save: "Save an attachment", SaveLead: "Attachments may hold malware. Only this one is saved, readable for you alone; nothing is overwritten.", SaveWhat: "Attachment", SaveDir: "Folder", SaveDirBad: "Please name a folder that exists.", SaveKey: "s save", SavedTo: "Saved: %s", AttachUnread: "not read: %s", Quit: "Quit", QuitHint: "⏎ or q quits, Esc stays", Inquire: "Ask the creditor", InquireAsk: "Record an inquiry to the creditor and bring the case back in 14 days?",
		ConfirmKeys: "⏎ yes   Esc no", ChooseKeys: "↑↓ choose   ⏎ take   Esc cancel", TextKeys: "⏎ take   Esc cancel", CloseKeys: "↑↓ scroll   Esc closes", TabKeys: "Tab next field   ⏎ take   Esc cancel", PickKeys: "←→ choose   Tab next field   ⏎ take   Esc cancel",
		Working: "…", NoMatch: "Nothing matches these words.", Score: "points",
	}
}

func englishErrors() Errors {
	return Errors{
		Refusal: map[string]Trouble{
			"not_a_person": {"Only a person may decide that.", "", ""}, "not_found": {"That is no longer there.", "Perhaps the case has changed.", "o puts the queue in order."},
			"exists": {"That exists already.", "Nothing was changed.", ""}, "invalid": {"That does not work (%s).", "Nothing was changed.", "Please check what you entered."},
			"stale":        {"Not approved: %s since the item was opened.", "Nothing was sent, your text is kept.", "The item is loaded anew; please look once more."},
			"already_done": {"That is done already (%s).", "Nothing was done twice.", "J opens the next item."}, "already_claimed": {"Too late: the reply is on its way (%s).", "It cannot be taken back.", ""},
			"undo_window": {"The undo window is still open.", "", ""}, "outside_window": {"Outside sending hours.", "The reply waits and leaves by itself.", ""}, "wrong_state": {"That does not work in this state (%s).", "Nothing was changed.", ""},
			"blocked":                   {"No demand for payment: %s.", "Nothing was sent.", "t chooses a text without a demand."},
			"right_party":               {"Not approved: it is not confirmed that the mail comes from the right person.", "Data of the claim goes to confirmed persons only (Art. 5(1)(f) GDPR).", "t chooses a text without data of the claim."},
			"right_party:denied":        {"Not approved: the person is not the debtor.", "Data of the claim does not go to them.", "t chooses a text without data of the claim."},
			"right_party:proof":         {"Not approved: the representation is not proven.", "Data of the claim goes to representatives only with an authority.", "t chooses the request for an authority."},
			"recipient_differs":         {"Not approved: the address is not on file.", "Nothing was sent.", "R confirms the address for this reply."},
			"recipient_differs:party":   {"Not approved: the recipient is no party of the case.", "Nothing was sent.", "m assigns the mail to another case."},
			"recipient_differs:failing": {"Not approved: this address is marked as failing.", "Nothing was sent.", "Please enter another address."},
			"no_answer":                 {"Automatic mails get no answer.", "", "x puts them away."}, "needs_answer": {"This cannot end without a reply. %s", "The item stays open.", "a approves the reply, t chooses another."},
			"limit":       {"Beyond the limit (%s).", "Nothing was sent.", "Please untick the effect or choose another offer."},
			"cost_notice": {"Not approved: the cost notice of § 13a Abs. 3 RDG is missing.", "Instalments and pauses need it as a block of its own.", "t chooses a template that holds it."}, "too_soon": {"Not approved: the last demand was on %s.", "Two demands are 14 days apart.", "t chooses a text without a demand."},
			"text_findings": {"Not approved: the text breaks a rule (%s).", "Nothing was sent.", "e edits the text."}, "wrong_device": {"Only the device that approved may do that.", "", ""}, "case_closed": {"The case is closed.", "Nothing was changed.", ""},
		},
		Slow: Trouble{"That takes too long.", "Nothing was changed.", "Please try again."}, Missing: Trouble{"That is no longer there.", "Perhaps the item is done already.", "o puts the queue in order."},
		ReadOnly: Trouble{"This case was written by a newer version.", "It can only be read here.", "Please update Kontor."}, Unknown: Trouble{"That did not work.", "Reason: %s", "Nothing is lost; please try again."}, NoCase: Trouble{"No case.", "", "m assigns."},
	}
}
