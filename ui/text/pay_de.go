package text

import "kontor/cases"

func germanPayments() Payments {
	return Payments{
		Open: "Zu klären", All: "Alle", Empty: "Keine Zahlung zu klären. I liest einen Kontoauszug ein.", EmptyAll: "Noch kein Kontoauszug eingelesen. I liest einen ein (camt.053, camt.054, MT940).",
		Nothing: "Keine Zahlung ausgewählt.", Day: "Tag", Sum: "Betrag", Payer: "Von", Text: "Verwendungszweck", Case: "Akte", Debtor: "Schuldner", Score: "Pkt", State: "Stand",
		Detail: "Zahlung", Booked: "gebucht", Value: "Wert", IBAN: "Konto", Purpose: "Zweck", EndToEnd: "Kennung", ForWhom: "Im Auftrag von", Returned: "Rückgabe", Charges: "Bankkosten", Odd: "Achtung",
		Suggestion: "Vorschlag", NoSuggest: "Keine Akte passt. m wählt eine, s teilt auf, x lehnt ab.", BookedOn: "Gebucht auf", Refused: "Nicht gebucht", Parts: "Anteil", Points: "%d Punkte", OpenSum: "offen %s",
		Covered: "Auszug bis %s", Gap: "Es fehlt ein Auszug: I liest ihn ein.",

		Book: Key{"buchen", "Vorschlag buchen"}, Split: Key{"aufteilen", "Auf mehrere Akten aufteilen"}, Other: Key{"andere Akte", "Auf eine andere Akte buchen"},
		ToCreditor: Key{"an Gläubiger", "An den Gläubiger gezahlt"}, Refuse: Key{"ablehnen", "Nicht buchen (Grund)"}, Why: Key{"warum", "Warum dieser Vorschlag"}, Import: Key{"einlesen", "Kontoauszug einlesen"},
		Reopen: Key{"zurücknehmen", "Buchung oder Ablehnung zurücknehmen"},

		NotOpen: "Diese Zahlung ist schon entschieden. u nimmt die Entscheidung zurück.", NoCase: "Keine Akte vorgeschlagen. m wählt eine.", NotCredit: "Nur ein Zahlungseingang lässt sich aufteilen.",
		NotBooked: "Hier ist nichts zurückzunehmen: Die Zahlung ist noch offen.", Foreign: "Fremde Währung: Das kann Kontor nicht buchen. Bitte die Bank um Umrechnung bitten.",
		BookTitle: "Buchen", BookAsk: "%s auf %s buchen?", BookCharge: "mit Bankkosten von %s zulasten der Akte", BookPlain: "ohne Bankkosten", BookFirst: "Bitte beachten:", ChooseCase: "Auf welche Akte?",
		OtherTitle: "Auf welche Akte buchen?", OtherHint: "Aktenzeichen oder Name", OtherWhy: "Vorschlag, %d Punkte",
		SplitTitle: "Zahlung aufteilen", SplitHint: "Aktenzeichen und Betrag, z. B. K-2026-000318 50,00", SplitLine: "Anteil %d", SplitRest: "verteilt %s von %s, Rest %s", SplitDone: "aufgeteilt: %s, kein Rest",
		SplitOver: "zu viel verteilt: %s von %s", SplitBad: "Zeile %d: erst das Aktenzeichen, dann der Betrag.", SplitUnknown: "Keine Akte mit dem Aktenzeichen %s.", SplitTwo: "Mindestens ein Anteil muss dastehen.",
		CreditorTitle: "An den Gläubiger gezahlt", CreditorLead: "Die ausgewählte Gutschrift über %s gibt weiter, was beim Gläubiger einging; sie wird als Ganzes gebucht.", CreditorFree: "Der Gläubiger meldet eine Zahlung, die bei ihm einging. Es ist keine Gutschrift ausgewählt.",
		Reference: "Aktenzeichen", Amount: "Betrag", PaidOn: "Gezahlt am", Note: "Vermerk", OwnWords: "Grund in eigenen Worten", AmountBad: "Bitte einen Betrag angeben, z. B. 50,00.", ReferenceBad: "Bitte ein Aktenzeichen angeben.", DateFuture: "Der Tag liegt in der Zukunft.",
		RefuseTitle: "Nicht buchen", WhyTitle: "Warum dieser Vorschlag", WhyNone: "Nichts in der Zahlung passt zu einer Akte: kein Aktenzeichen, kein bekanntes Konto, kein Name mit passendem Betrag.",
		ImportTitle: "Kontoauszug einlesen", ImportFile: "Datei", ImportHint: "camt.053, camt.054 (XML, ZIP) oder MT940", Importing: "Lese den Kontoauszug …",
		Imported: "%d Buchungen: %d gebucht, %d vorgeschlagen, %d offen, %d abgelehnt, %d schon bekannt.", ImportProblems: Plural{"1 Angabe blieb aus:", "%d Angaben blieben aus:"}, NoImport: "Einlesen ist hier nicht eingerichtet; kontor import payments FILE tut es.",
		DoneBooked: "%s auf %s gebucht. u nimmt es zurück.", DoneSplit: "%s aufgeteilt auf %s. u nimmt es zurück.", DoneRefused: "%s nicht gebucht: %s. u nimmt es zurück.", DoneCreditor: "%s an den Gläubiger auf %s gebucht.", DoneReopened: "Zurückgenommen: %s ist wieder offen.",
		ReopenTitle: "Zurücknehmen", ReopenAsk: "Die Entscheidung über %s vom %s zurücknehmen? Was gebucht war, wird auf der Akte zurückgebucht.",
	}
}

func germanPayWords(w *Words) {
	w.EntryIs = map[cases.EntryState]string{
		cases.EntryUnmatched: "offen", cases.EntrySuggested: "Vorschlag", cases.EntryBooked: "gebucht", cases.EntryRefused: "abgelehnt", cases.EntrySuperseded: "Sammler",
	}
	w.Oddity = map[cases.Oddity]string{
		cases.OddOverpaid: "mehr als offen ist: der Rest ist ein Guthaben", cases.OddSettles: "damit ist alles bezahlt", cases.OddThirdParty: "jemand anderes zahlt (§ 267 BGB)",
		cases.OddDouble: "dieselbe Gutschrift war schon da", cases.OddReturn: "Geld, das zurückging", cases.OddSentBack: "unsere eigene Zahlung kam zurück", cases.OddOutgoing: "unsere eigene Zahlung",
		cases.OddCollective: "Sammelbuchung, deren Teile nicht in der Datei stehen", cases.OddReversal: "die Bank berichtigt sich selbst", cases.OddSeveral: "mehrere Akten passen",
		cases.OddClosed: "die Akte ist abgeschlossen", cases.OddInsolvent: "der Schuldner ist insolvent: die Zahlung kann anfechtbar sein (§§ 129 ff. InsO)", cases.OddDeceased: "der Schuldner ist verstorben",
		cases.OddUnclear: "der Saldo der Akte lässt sich nicht berechnen", cases.OddCheck: "RF-Referenz mit Schreibfehler (Prüfziffern)", cases.OddNoCase: "nennt ein Aktenzeichen, das keine Akte hat",
	}
	w.OddSlim = map[cases.Oddity]string{
		cases.OddOverpaid: "Überzahlung", cases.OddSettles: "alles bezahlt", cases.OddThirdParty: "Dritter zahlt", cases.OddDouble: "doppelt?", cases.OddReturn: "Rückgabe", cases.OddSentBack: "kam zurück",
		cases.OddOutgoing: "eigene Zahlung", cases.OddCollective: "Sammler", cases.OddReversal: "Bankstorno", cases.OddSeveral: "mehrere Akten", cases.OddClosed: "Akte zu", cases.OddInsolvent: "insolvent",
		cases.OddDeceased: "verstorben", cases.OddUnclear: "Saldo unklar", cases.OddCheck: "RF-Tippfehler", cases.OddNoCase: "Az. unbekannt",
	}
	w.EntryWhy = map[string]string{
		"not_ours": "gehört nicht zu uns", "duplicate": "doppelt", "clearing": "Verrechnung mit dem Gläubiger", "other": "sonstiger Grund", "foreign_currency": "fremde Währung",
	}
	w.Return = map[string]string{
		"AC01": "Kontonummer falsch", "AC04": "Konto erloschen", "AC06": "Konto gesperrt", "AC13": "Kontoart falsch", "AG01": "Lastschrift hier nicht erlaubt", "AG02": "Bankcode falsch", "AM04": "Konto nicht gedeckt",
		"AM05": "doppelt eingereicht", "CNOR": "Bank des Gläubigers nicht erreichbar", "DNOR": "Bank des Zahlers nicht erreichbar", "FF01": "Datei fehlerhaft", "FOCR": "auf Rückruf hin", "MD01": "kein gültiges Mandat",
		"MD06": "vom Zahler widersprochen", "MD07": "Kontoinhaber verstorben", "MS02": "vom Zahler abgelehnt", "MS03": "ohne Angabe von Gründen", "RC01": "Bankleitzahl falsch", "RR01": "Angaben zum Zahler fehlen",
		"RR02": "Name oder Anschrift fehlt", "RR03": "Empfänger fehlt", "RR04": "aus rechtlichen Gründen", "SL01": "besondere Dienste der Bank", "TM01": "nach Annahmeschluss",
	}
	for code, word := range map[string]string{
		"reference_padded": "Aktenzeichen ohne führende Nullen", "rf_reference": "RF-Referenz", "iban": "bekanntes Konto", "amount_balance": "genau der offene Betrag", "amount_instalment": "genau die Rate",
		"end_to_end": "Kennung der ersten Zahlung", "paid_before": "Zahlung in dieser Höhe war da",
	} {
		w.Match[code] = word
	}
	for code, word := range map[string]string{
		"payment_returned": "Zahlung ging zurück", "overpaid": "Überzahlung: Konto für die Erstattung erfragen", "paid_in_full": "alles bezahlt: abschließen",
	} {
		w.FollowUp[code] = word
	}
}
