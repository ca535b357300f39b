package text

func englishDeals() Deals {
	return Deals{
		Title: "Arrangement", Plan: "Instalments", Accept: "The offer is accepted", Promise: "Record a promise to pay", PromiseLetter: "Confirm a promise to pay",
		Pause: "Pause", Settle: "Settlement proposal", End: "End the plan", EndLetter: "End the plan, with a letter",
		PlanDetail: "makes the draft", AcceptDetail: "by word or in writing: the plan runs", PromiseDetail: "without a letter", LetterDetail: "makes the draft", PauseDetail: "makes the draft", SettleDetail: "makes the draft", EndDetail: "without a letter, it is %s",
		Monthly: "Monthly sum", First: "First one on", FirstHint: "empty: we propose the day", PlanLead: "%s are open (as of %s). With a day the plan binds once the letter is sent; without one it is an offer.",
		PlanShape: "%d instalments of %s, the last %s", PlanBinds: "first one on %s: binds with the letter", PlanOffers: "without a day: an offer, the draft names the beginning", PlanUnlike: "not quite as wished: %s",
		Sum: "Sum", On: "Pays on", Until: "Until", SumBad: "Please give a sum, such as 50.00.", DateLate: "The day must lie in the future.",
		PromiseLead: "What does the person want to pay, and when? The promise comes back if the money does not.", PauseLead: "Until when should the case rest? It costs nothing (the letter says so, § 13a Abs. 3 RDG).", SettleLead: "What does the person offer to settle it? The draft asks the creditor, or answers.",
		AcceptLead: "The person has accepted the offer. A letter that confirms the plan comes after it with t (confirm the plan).", AcceptHow: "How", AcceptPhone: "on the phone",
		EndTitle: "End the plan", EndAsk: "Why?", NoBalance: "The balance cannot be reckoned; without it there is no plan.", NothingOpen: "Nothing is open.",
		DraftMade: "The draft is made. a approves it.", PromiseSet: "Promise recorded: %s on %s.", Ended: "Plan ended.", OfferTaken: "Offer accepted: the plan runs.", Held: "said",
		HandTitle: "Hand over the case", HandTo: "To whom", HandHint: "user id, as in 7 team", HandWhy: "Why", HandBad: "Please name the user: letters, digits, dot, dash.", HandOn: "Case handed over to %s.", HandNote: "Handed over to %s: %s",
		DoneTitle: "Follow-up done", DoneWhat: "What was done", DoneNext: "Next one on", DoneHint: "no case without a next step", DoneSaid: "Done, comes back on %s.", NotHere: "There is neither a mail nor a follow-up here.",
	}
}

func englishCalls() Calls {
	return Calls{
		Title: "Phone note", Who: "Who", Way: "Call", First: "1st identifier", Second: "2nd identifier", Said: "What was said", Sum: "Promises", On: "… pays on", Back: "Call back on",
		Ways: [3]string{"called us", "was called", "not reached"}, Firsts: [4]string{"–", "reference", "invoice number", "customer number"}, Seconds: [4]string{"–", "address", "date of birth", "account"}, Other: "somebody else",
		Compare: "To compare: %s", Checked: "✓ Identity checked: information may be given.", NotChecked: "! Identity not checked: no word about the claim. Two identifiers, one of each kind.", NotReached: "Not reached: leave nothing on a machine that tells of the claim.",
		Stranger: "! Not the debtor: no word about the claim.", SaidMissing: "What was said?", PromiseHalf: "A promise has a sum and a day.", Saved: "Phone note saved.",
		NoteHead: "Call (%s): %s.", NoteChecked: "Identity checked: %s, %s.", NoteNotChecked: "Identity not checked.", NotePromise: "Promises %s on %s.", NoteBack: "Call back on %s.", Born: "born %s", Account: "account %s",
	}
}

func englishDealWords(w *Words) {
	w.PlanWhy = map[string]string{
		"nothing_open": "nothing is open", "rate_not_stated": "no sum named", "rate_too_low": "below the least instalment", "too_long": "takes too long", "first_not_stated": "no day named",
		"first_past": "the first day is over", "first_too_late": "begins too late",
	}
	w.EndWhy = map[string]string{"missed": "instalments are missing", "agreed": "agreed so", "other": "other reason"}
	w.StaleWhy["title"] = "a title was changed"
	w.StaleWhy["correction"] = "something rests on it by now; correct it in the case"
	w.WhyEffect["on_request"] = "to go along on request"
	w.WhyEffect["asks_payment"] = "the text asks for payment"
	w.HoldReason["complaint"] = "complaint"
	w.Blocked["complaint"] = "a complaint is open"
	w.FollowUp["call_back"] = "call back"
	w.WhyEffect["text_needs"] = "the text says so: tick it or strike the sentence"
	w.WhyEffect["fill_in"] = "please look it up in the mail and fill it in"
}
