package templates

import (
	"kontor/cases"
	"kontor/cases/ledger"
)

// wording is what computed lines say in one language; texts of their own stand
// in files.
type wording struct {
	owner, payee, purpose, aiNotice, privacy   string
	planSum, planRow, planOdd, planMore        string
	costNotice, pauseNotice, zero              string
	claimRow, claimInvoice, claimDue, claimSub string
	contract, invoiceOf, dueOn, defaultSince   string
	claimOf, creditorOf                        string
	assignedOn, assignedTo                     string
	rowPrincipal, rowInterest, rowCosts        string
	rowCredit, rowTotal, rowPaid               string
	interestRow, interestBase, noInterest      string
	noCosts, costRow, rateOver                 string
	dispute                                    map[cases.DisputeReason]string
	cost                                       map[ledger.CostKind]string
	ask                                        map[cases.Intent]string
	askObjection, askFees, askBy, askOpen      string
	askFraud, askDeed, askUntil, alsoPapers    string
	objection                                  map[cases.DisputeReason]string
	also                                       map[cases.Intent]string
}

func (f *facts) words() wording {
	if f.lang == "en" {
		return english()
	}
	return german()
}

func german() wording {
	return wording{
		owner:    "Vertretungsberechtigt:",
		payee:    "Empfänger:",
		purpose:  "Verwendungszweck:",
		privacy:  "Datenschutz:",
		aiNotice: "Mit Softwareunterstützung erstellt, von %s geprüft und freigegeben.",
		planSum:  "%d Raten, zusammen %s",
		planRow:  "%d. Rate: %s am %s",
		planOdd:  "%d. Rate (letzte): %s am %s",
		planMore: "%d. bis %d. Rate: je %s, monatlich vom %s bis %s",
		costNotice: "Hinweis nach § 13a Abs. 3 RDG: Kosten der Ratenzahlung\n" +
			"Zusätzliche Kosten durch die Ratenzahlung: %s; Zinsen dafür: %s. Verzugszinsen laufen weiter wie ohne Raten; bis zum %s sind sie enthalten, den Rest rechnen wir am Ende ab.",
		pauseNotice: "Hinweis nach § 13a Abs. 3 RDG: Kosten der Zahlungspause\n" +
			"Zusätzliche Kosten durch die Pause: %s; Zinsen für die Pause selbst: %s. Verzugszinsen laufen mit und ohne Pause weiter, solange die Hauptforderung offen ist.",
		zero:         "0,00 €",
		claimRow:     "%d. %s: Hauptforderung %s",
		claimInvoice: "Rechnung %s",
		claimDue:     "fällig am %s",
		claimSub:     "Forderung",
		contract:     "Vertrag vom %s",
		invoiceOf:    "Rechnung vom %s",
		dueOn:        "fällig am %s",
		defaultSince: "in Verzug seit %s",
		claimOf:      "Gegenstand: %s",
		creditorOf:   "Ursprünglicher Gläubiger nach unseren Unterlagen: %s",
		assignedOn:   "Abgetreten an %s am %s",
		assignedTo:   "Abgetreten an %s",
		rowPrincipal: "Hauptforderung offen: %s",
		rowInterest:  "Zinsen: %s",
		rowCosts:     "Kosten: %s",
		rowCredit:    "Guthaben: %s",
		rowTotal:     "Offen am %s: %s",
		rowPaid:      "Zahlung vom %s: %s",
		interestRow:  "%s Zinsen aus %s, %s % im Jahr%s, vom %s bis %s (%d Tage)",
		interestBase: " (Basiszinssatz %s % plus %s Prozentpunkte)",
		noInterest:   "Zinsen: keine",
		noCosts:      "Kosten: keine",
		costRow:      "%s vom %s: %s",
		rateOver:     "Der Zinssatz von %s % liegt über dem gesetzlichen Satz. Er beruht auf dem Vertrag mit dem Gläubiger.",
		dispute: map[cases.DisputeReason]string{
			"not_ordered":  "Sie haben nach Ihren Angaben nichts bestellt.",
			"returned":     "Sie haben die Ware nach Ihren Angaben zurückgeschickt.",
			"cancelled":    "Sie haben den Vertrag nach Ihren Angaben gekündigt oder widerrufen.",
			"wrong_amount": "Der Betrag ist nach Ihren Angaben falsch.",
			"defective":    "Die Leistung war nach Ihren Angaben mangelhaft.",
			"already_paid": "Sie haben nach Ihren Angaben schon gezahlt.",
			"time_barred":  "Die Forderung ist nach Ihren Angaben verjährt.",
			"fraud":        "Jemand hat nach Ihren Angaben Ihren Namen benutzt.",
			"fees":         "Sie sind mit den Kosten nicht einverstanden.",
			"other":        "Sie sind mit der Forderung nicht einverstanden.",
		},
		cost: map[ledger.CostKind]string{
			ledger.CollectionFee:  "Inkassovergütung (§ 13e RDG, Nr. 2300 VV RVG; Grund: Zahlungsverzug)",
			ledger.CollectionExp:  "Auslagen (Nr. 7002 VV RVG)",
			ledger.PlanFee:        "Vergütung für die Zahlungsvereinbarung (Nr. 1000 VV RVG)",
			ledger.CourtDunning:   "Vergütung Mahnverfahren (Nr. 3305, 3308 VV RVG)",
			ledger.CourtFee:       "Gerichtskosten",
			ledger.EnforcementFee: "Vergütung Zwangsvollstreckung (Nr. 3309 VV RVG)",
			ledger.BailiffCost:    "Gerichtsvollzieherkosten",
			ledger.AddressInquiry: "Anschriftenermittlung",
			ledger.BankReturn:     "Kosten einer Rücklastschrift",
			ledger.CreditorDun:    "Mahnkosten des Gläubigers",
			ledger.LumpSum:        "Verzugspauschale (§ 288 Abs. 5 BGB)",
			ledger.OtherCost:      "Weitere Kosten",
		},
		ask: map[cases.Intent]string{
			cases.Dispute:            "Bitte nehmen Sie zu diesem Einwand Stellung und schicken Sie uns Vertrag oder Bestellung, Rechnung, Liefernachweis und den Schriftwechsel dazu.",
			cases.SettlementOffer:    "Bitte teilen Sie uns mit, ob Sie mit einer einmaligen Zahlung von %s%s zur Erledigung der ganzen Sache einverstanden sind.%s",
			cases.Paid:               "Nach einer Mitteilung soll die Forderung bei Ihnen bezahlt sein%s. Bitte prüfen Sie Ihre Konten und nennen Sie uns Tag und Betrag jeder Zahlung.",
			cases.InformationRequest: "Bitte schicken Sie uns Kopien von Vertrag oder Bestellung, Rechnung und Mahnungen.",
			cases.PaymentPause:       "Wir sind um eine Zahlungspause%s gebeten worden. Bitte teilen Sie uns mit, ob und bis wann Sie damit einverstanden sind.",
			cases.Other:              "Bitte schicken Sie uns Vertrag oder Bestellung, Rechnung und Mahnungen und nennen Sie uns Tag und Betrag jeder Zahlung, die bei Ihnen eingegangen ist.",
		},
		askObjection: "Der Einwand lautet: %s.",
		askFees:      "Bitte nehmen Sie dazu Stellung und schicken Sie uns Vertrag oder Bestellung, Rechnung und jede Mahnung mit dem Tag, an dem sie abging.",
		askFraud:     "Nach einer Mitteilung haben Unbekannte den Namen der genannten Person benutzt. Bitte teilen Sie uns mit, wie bestellt wurde, wohin geliefert und womit bezahlt werden sollte, und schicken Sie uns Bestellung, Rechnung und Liefernachweis.",
		askDeed:      "Bitte legen Sie eine Kopie der Abtretungsurkunde bei.",
		askUntil:     " bis zum %s",
		askBy:        " bis zum %s",
		askOpen:      " Offen sind am %s %s.",
		objection: map[cases.DisputeReason]string{
			"not_ordered": "nichts bestellt", "returned": "Ware zurückgeschickt", "cancelled": "gekündigt oder widerrufen",
			"wrong_amount": "Betrag falsch", "defective": "Leistung mangelhaft", "already_paid": "schon bezahlt",
			"time_barred": "verjährt", "fraud": "Name von Unbekannten benutzt", "fees": "Kosten nicht berechtigt",
			"other": "mit der Forderung nicht einverstanden",
		},
		also: map[cases.Intent]string{
			cases.ContactChange:      "Ihre neuen Kontaktdaten tragen wir ein.",
			cases.DataRequest:        "Ihre Datenschutzanfrage beantworten wir getrennt von diesem Schreiben, spätestens am %s.",
			cases.InformationRequest: "Ihre Fragen beantworten wir bis zum %s in einem eigenen Schreiben.",
			cases.Complaint:          "Ihre Beschwerde haben wir aufgenommen. Sie bekommen dazu bis zum %s eine Antwort.",
			cases.Dispute:            "Ihren Einwand haben wir aufgenommen und prüfen ihn. Bis das geklärt ist, mahnen wir nicht.",
			cases.Paid:               "Ihrem Hinweis auf eine Zahlung gehen wir nach. Bis das geklärt ist, mahnen wir nicht.",
			cases.Representation:     "Sobald uns eine Vollmacht vorliegt, schreiben wir nur noch Ihrer Vertretung.",
		},
		alsoPapers: "Die gewünschten Unterlagen stellen wir zusammen. Bis zum %s bekommen Sie sie oder eine Nachricht über den Stand.",
	}
}

func english() wording {
	return wording{
		owner:    "Represented by:",
		payee:    "Payee:",
		purpose:  "Payment reference:",
		privacy:  "Privacy notice:",
		aiNotice: "Prepared with the help of software, checked and released by %s.",
		planSum:  "%d instalments, %s in all",
		planRow:  "Instalment %d: %s on %s",
		planOdd:  "Instalment %d (the last): %s on %s",
		planMore: "Instalments %d to %d: %s each, monthly from %s to %s",
		costNotice: "Notice under section 13a(3) RDG: cost of paying by instalments\n" +
			"Additional costs of paying by instalments: %s; interest for paying by instalments: %s. Default interest continues to run as it would without instalments; it is included up to %s, and we work out the rest at the end.",
		pauseNotice: "Notice under section 13a(3) RDG: cost of the payment pause\n" +
			"Additional costs of the pause: %s; interest for the pause itself: %s. Default interest continues to run with or without a pause while the principal is open.",
		zero:         "€0.00",
		claimRow:     "%d. %s: principal %s",
		claimInvoice: "invoice %s",
		claimDue:     "due on %s",
		claimSub:     "Claim",
		contract:     "Contract of %s",
		invoiceOf:    "invoice of %s",
		dueOn:        "due on %s",
		defaultSince: "in default since %s",
		claimOf:      "Subject: %s",
		creditorOf:   "Original creditor according to our records: %s",
		assignedOn:   "Assigned to %s on %s",
		assignedTo:   "Assigned to %s",
		rowPrincipal: "Principal outstanding: %s",
		rowInterest:  "Interest: %s",
		rowCosts:     "Costs: %s",
		rowCredit:    "Credit: %s",
		rowTotal:     "Outstanding on %s: %s",
		rowPaid:      "Payment of %s: %s",
		interestRow:  "%s interest on %s at %s% a year%s, from %s to %s (%d days)",
		interestBase: " (base rate %s% plus %s percentage points)",
		noInterest:   "Interest: none",
		noCosts:      "Costs: none",
		costRow:      "%s, %s: %s",
		rateOver:     "The rate of %s% is above the statutory rate. It is based on the contract with the creditor.",
		dispute: map[cases.DisputeReason]string{
			"not_ordered":  "you say that you did not order anything.",
			"returned":     "you say that you sent the goods back.",
			"cancelled":    "you say that you cancelled the contract or withdrew from it.",
			"wrong_amount": "you say that the amount is wrong.",
			"defective":    "you say that the goods or services were defective.",
			"already_paid": "you say that you have already paid.",
			"time_barred":  "you say that the claim is time-barred.",
			"fraud":        "you say that somebody used your name.",
			"fees":         "you do not agree with the costs.",
			"other":        "you do not agree with the claim.",
		},
		cost: map[ledger.CostKind]string{
			ledger.CollectionFee:  "Collection fee (section 13e RDG, no. 2300 VV RVG; reason: default of payment)",
			ledger.CollectionExp:  "Expenses (no. 7002 VV RVG)",
			ledger.PlanFee:        "Fee for the payment agreement (no. 1000 VV RVG)",
			ledger.CourtDunning:   "Fee for court dunning (nos. 3305, 3308 VV RVG)",
			ledger.CourtFee:       "Court fees",
			ledger.EnforcementFee: "Fee for enforcement (no. 3309 VV RVG)",
			ledger.BailiffCost:    "Bailiff's costs",
			ledger.AddressInquiry: "Address inquiry",
			ledger.BankReturn:     "Cost of a returned direct debit",
			ledger.CreditorDun:    "The creditor's reminder costs",
			ledger.LumpSum:        "Lump sum for default (section 288(5) BGB)",
			ledger.OtherCost:      "Other costs",
		},
		ask: map[cases.Intent]string{
			cases.Dispute:            "Please comment on this objection and send us the contract or order, the invoice, proof of delivery and the correspondence about it.",
			cases.SettlementOffer:    "Please tell us whether you agree to a single payment of %s%s in settlement of the whole matter.%s",
			cases.Paid:               "We were told that the claim has been paid to you%s. Please check your accounts and give us the date and amount of each payment.",
			cases.InformationRequest: "Please send us copies of the contract or order, the invoice and your reminders.",
			cases.PaymentPause:       "We have been asked for a payment pause%s. Please tell us whether you agree, and until when.",
			cases.Other:              "Please send us the contract or order, the invoice and your reminders, and give us the date and amount of each payment that reached you.",
		},
		askObjection: "The objection is: %s.",
		askFees:      "Please comment on this and send us the contract or order, the invoice and each reminder with the date on which it was sent.",
		askFraud:     "We were told that somebody unknown used the name of the person concerned. Please tell us how the order was placed, where it was to be delivered and how it was to be paid, and send us the order, the invoice and proof of delivery.",
		askDeed:      "Please include a copy of the deed of assignment.",
		askUntil:     " until %s",
		askBy:        " by %s",
		askOpen:      " On %s, %s was outstanding.",
		objection: map[cases.DisputeReason]string{
			"not_ordered": "nothing was ordered", "returned": "goods sent back", "cancelled": "cancelled or withdrawn",
			"wrong_amount": "wrong amount", "defective": "goods or services defective", "already_paid": "already paid",
			"time_barred": "time-barred", "fraud": "name used by somebody unknown", "fees": "costs not justified",
			"other": "does not agree with the claim",
		},
		also: map[cases.Intent]string{
			cases.ContactChange:      "We will enter your new contact details.",
			cases.DataRequest:        "We will answer your data protection request separately, by %s at the latest.",
			cases.InformationRequest: "We will answer your questions in a separate letter by %s.",
			cases.Complaint:          "We have recorded your complaint. You will receive an answer to it by %s.",
			cases.Dispute:            "We have recorded your objection and are looking into it. Until this is clear we will send no reminders.",
			cases.Paid:               "We are looking into what you told us about a payment. Until this is clear we will send no reminders.",
			cases.Representation:     "As soon as we have a power of attorney we will write only to the person who acts for you.",
		},
		alsoPapers: "We are putting together the documents you asked for. By %s you will receive them, or a message about where things stand.",
	}
}
