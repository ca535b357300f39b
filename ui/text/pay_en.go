package text

import "kontor/cases"

func englishPayments() Payments {
	return Payments{
		Open: "To match", All: "All", Empty: "No payment to match. I imports a bank statement.", EmptyAll: "No bank statement imported yet. I imports one (camt.053, camt.054, MT940).",
		Nothing: "No payment is selected.", Day: "Day", Sum: "Sum", Payer: "From", Text: "Remittance text", Case: "Case", Debtor: "Debtor", Score: "Pts", State: "State",
		Detail: "Payment", Booked: "booked", Value: "value", IBAN: "Account", Purpose: "Text", EndToEnd: "Id", ForWhom: "On behalf of", Returned: "Returned", Charges: "Bank charges", Odd: "Careful",
		Suggestion: "Suggestion", NoSuggest: "No case fits. m chooses one, s splits, x refuses.", BookedOn: "Booked on", Refused: "Not booked", Parts: "Part", Points: "%d points", OpenSum: "open %s",
		Covered: "statements to %s", Gap: "A statement is missing: I imports it.",

		Book: Key{"book", "Book the suggestion"}, Split: Key{"split", "Split over several cases"}, Other: Key{"other case", "Book on another case"},
		ToCreditor: Key{"to creditor", "Paid to the creditor"}, Refuse: Key{"refuse", "Do not book (reason)"}, Why: Key{"why", "Why this suggestion"}, Import: Key{"import", "Import a bank statement"},
		Reopen: Key{"take back", "Take back a booking or refusal"},

		NotOpen: "This payment is decided already. u takes the decision back.", NoCase: "No case is suggested. m chooses one.", NotCredit: "Only incoming money can be split.",
		NotBooked: "Nothing to take back here: the payment is still open.", Foreign: "Foreign currency: Kontor cannot book it. Please ask the bank to convert it.",
		BookTitle: "Book", BookAsk: "Book %s on %s?", BookCharge: "with bank charges of %s at the cost of the case", BookPlain: "without bank charges", BookFirst: "Please mind:", ChooseCase: "On which case?",
		OtherTitle: "Book on which case?", OtherHint: "reference or name", OtherWhy: "suggestion, %d points",
		SplitTitle: "Split the payment", SplitHint: "reference and sum, such as K-2026-000318 50.00", SplitLine: "Part %d", SplitRest: "given out %s of %s, rest %s", SplitDone: "split: %s, no rest",
		SplitOver: "too much given out: %s of %s", SplitBad: "Line %d: first the reference, then the sum.", SplitUnknown: "No case has the reference %s.", SplitTwo: "There must be at least one part.",
		CreditorTitle: "Paid to the creditor", CreditorLead: "The selected credit of %s passes on what the creditor received; it is booked as a whole.", CreditorFree: "The creditor reports a payment that reached him. No credit is selected.",
		Reference: "Reference", Amount: "Sum", PaidOn: "Paid on", Note: "Remark", OwnWords: "reason in your own words", AmountBad: "Please give a sum, such as 50.00.", ReferenceBad: "Please give a reference.", DateFuture: "The day lies in the future.",
		RefuseTitle: "Do not book", WhyTitle: "Why this suggestion", WhyNone: "Nothing in the payment fits a case: no reference, no known account, no name with a fitting sum.",
		ImportTitle: "Import a bank statement", ImportFile: "File", ImportHint: "camt.053, camt.054 (XML, ZIP) or MT940", Importing: "Reading the statement …",
		Imported: "%d entries: %d booked, %d suggested, %d unmatched, %d refused, %d known already.", ImportProblems: Plural{"1 thing was left out:", "%d things were left out:"}, NoImport: "Importing is not set up here; kontor import payments FILE does it.",
		DoneBooked: "%s booked on %s. u takes it back.", DoneSplit: "%s split over %s. u takes it back.", DoneRefused: "%s not booked: %s. u takes it back.", DoneCreditor: "%s booked as paid to the creditor on %s.", DoneReopened: "Taken back: %s is open again.",
		ReopenTitle: "Take back", ReopenAsk: "Take back the decision about %s of %s? What was booked is reversed on the case.",
	}
}

func englishPayWords(w *Words) {
	w.EntryIs = map[cases.EntryState]string{
		cases.EntryUnmatched: "open", cases.EntrySuggested: "suggested", cases.EntryBooked: "booked", cases.EntryRefused: "refused", cases.EntrySuperseded: "collective",
	}
	w.Oddity = map[cases.Oddity]string{
		cases.OddOverpaid: "more than is open: the rest is a credit", cases.OddSettles: "with it everything is paid", cases.OddThirdParty: "somebody else pays (§ 267 BGB)",
		cases.OddDouble: "the same credit was there before", cases.OddReturn: "money that went back", cases.OddSentBack: "our own payment came back", cases.OddOutgoing: "our own payment",
		cases.OddCollective: "a collective booking whose parts are not in the file", cases.OddReversal: "the bank corrects itself", cases.OddSeveral: "several cases fit",
		cases.OddClosed: "the case is closed", cases.OddInsolvent: "the debtor is insolvent: the payment may be contested (§§ 129 ff. InsO)", cases.OddDeceased: "the debtor has died",
		cases.OddUnclear: "the balance of the case cannot be reckoned", cases.OddCheck: "RF reference with a slip in it (check digits)", cases.OddNoCase: "quotes a reference that no case has",
	}
	w.OddSlim = map[cases.Oddity]string{
		cases.OddOverpaid: "overpaid", cases.OddSettles: "pays it all", cases.OddThirdParty: "third party", cases.OddDouble: "twice?", cases.OddReturn: "return", cases.OddSentBack: "came back",
		cases.OddOutgoing: "our payment", cases.OddCollective: "collective", cases.OddReversal: "bank reversal", cases.OddSeveral: "several cases", cases.OddClosed: "case closed", cases.OddInsolvent: "insolvent",
		cases.OddDeceased: "deceased", cases.OddUnclear: "no balance", cases.OddCheck: "RF slip", cases.OddNoCase: "unknown ref.",
	}
	w.EntryWhy = map[string]string{
		"not_ours": "not ours", "duplicate": "duplicate", "clearing": "clearing with the creditor", "other": "other reason", "foreign_currency": "foreign currency",
	}
	w.Return = map[string]string{
		"AC01": "wrong account number", "AC04": "account closed", "AC06": "account blocked", "AC13": "wrong kind of account", "AG01": "debit not allowed here", "AG02": "wrong bank code", "AM04": "not enough money",
		"AM05": "handed in twice", "CNOR": "creditor's bank not reachable", "DNOR": "payer's bank not reachable", "FF01": "broken file", "FOCR": "after a recall", "MD01": "no valid mandate",
		"MD06": "objected to by the payer", "MD07": "account holder died", "MS02": "refused by the payer", "MS03": "no reason given", "RC01": "wrong bank", "RR01": "data of the payer missing",
		"RR02": "name or address missing", "RR03": "payee missing", "RR04": "for legal reasons", "SL01": "special services of the bank", "TM01": "after the cut-off",
	}
	for code, word := range map[string]string{
		"reference_padded": "reference without leading zeros", "rf_reference": "RF reference", "iban": "known account", "amount_balance": "exactly what is open", "amount_instalment": "exactly the instalment",
		"end_to_end": "id of the first payment", "paid_before": "a payment of that sum was there",
	} {
		w.Match[code] = word
	}
	for code, word := range map[string]string{
		"payment_returned": "payment was returned", "overpaid": "overpaid: ask for the account to refund to", "paid_in_full": "all is paid: close the case",
	} {
		w.FollowUp[code] = word
	}
}
