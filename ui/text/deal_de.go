package text

func germanDeals() Deals {
	return Deals{
		Title: "Vereinbarung", Plan: "Ratenzahlung", Accept: "Angebot ist angenommen", Promise: "Zahlungszusage vermerken", PromiseLetter: "Zahlungszusage bestätigen",
		Pause: "Aufschub", Settle: "Vergleichsvorschlag", End: "Ratenplan beenden", EndLetter: "Ratenplan beenden, mit Schreiben",
		PlanDetail: "macht den Entwurf", AcceptDetail: "mündlich oder schriftlich: der Plan läuft", PromiseDetail: "ohne Schreiben", LetterDetail: "macht den Entwurf", PauseDetail: "macht den Entwurf", SettleDetail: "macht den Entwurf", EndDetail: "ohne Schreiben, er ist %s",
		Monthly: "Rate im Monat", First: "Erste Rate am", FirstHint: "leer: wir schlagen den Tag vor", PlanLead: "Offen sind %s (Stand %s). Mit Tag gilt der Plan, sobald das Schreiben versandt ist; ohne Tag ist es ein Angebot.",
		PlanShape: "%d Raten zu %s, die letzte %s", PlanBinds: "erste Rate am %s: bindet mit dem Schreiben", PlanOffers: "ohne Tag: ein Angebot, der Beginn steht im Entwurf", PlanUnlike: "nicht ganz wie gewünscht: %s",
		Sum: "Betrag", On: "Zahlt am", Until: "Bis", SumBad: "Bitte einen Betrag angeben, z. B. 50,00.", DateLate: "Der Tag muss in der Zukunft liegen.",
		PromiseLead: "Was will die Person wann zahlen? Danach wird an die Zusage erinnert, wenn das Geld nicht kam.", PauseLead: "Bis wann soll die Akte ruhen? Kosten entstehen keine (§ 13a Abs. 3 RDG steht im Schreiben).", SettleLead: "Was bietet die Person als Abgeltung? Der Entwurf fragt den Gläubiger oder antwortet.",
		AcceptLead: "Die Person hat das Angebot angenommen. Ein Schreiben, das den Plan bestätigt, macht danach t (Ratenplan bestätigen).", AcceptHow: "Wie", AcceptPhone: "am Telefon",
		EndTitle: "Ratenplan beenden", EndAsk: "Warum?", NoBalance: "Der Saldo lässt sich nicht berechnen; ohne ihn gibt es keinen Plan.", NothingOpen: "Es ist nichts offen.",
		DraftMade: "Der Entwurf ist gemacht. a gibt ihn frei.", PromiseSet: "Zusage vermerkt: %s am %s.", Ended: "Ratenplan beendet.", OfferTaken: "Angebot angenommen: der Plan läuft.", Held: "gesagt",
		HandTitle: "Akte übergeben", HandTo: "An wen", HandHint: "Kennung, wie unter 7 Team", HandWhy: "Warum", HandBad: "Bitte die Kennung nennen: Buchstaben, Ziffern, Punkt, Strich.", HandOn: "Akte übergeben an %s.", HandNote: "Übergeben an %s: %s",
		DoneTitle: "Wiedervorlage erledigen", DoneWhat: "Was ist getan", DoneNext: "Nächste am", DoneHint: "keine Akte ohne nächsten Schritt", DoneSaid: "Erledigt, wieder vorgelegt am %s.", NotHere: "Hier gibt es weder Mail noch Wiedervorlage.",
	}
}

func germanCalls() Calls {
	return Calls{
		Title: "Telefonnotiz", Who: "Wer", Way: "Anruf", First: "1. Merkmal", Second: "2. Merkmal", Said: "Gesprochen", Sum: "Sagt zu", On: "… zahlt am", Back: "Rückruf am",
		Ways: [3]string{"rief an", "wurde angerufen", "nicht erreicht"}, Firsts: [4]string{"–", "Aktenzeichen", "Rechnungsnummer", "Kundennummer"}, Seconds: [4]string{"–", "Anschrift", "Geburtsdatum", "Konto"}, Other: "jemand anderes",
		Compare: "Zum Abgleich: %s", Checked: "✓ Identität geprüft: Auskunft ist erlaubt.", NotChecked: "! Identität nicht geprüft: keine Auskunft zur Forderung. Zwei Merkmale, eines jeder Art.", NotReached: "Nicht erreicht: nichts auf die Mailbox sprechen, was die Forderung verrät.",
		Stranger: "! Nicht der Schuldner: keine Auskunft zur Forderung.", SaidMissing: "Was wurde gesprochen?", PromiseHalf: "Zur Zusage gehören Betrag und Tag.", Saved: "Telefonnotiz gespeichert.",
		NoteHead: "Telefonat (%s): %s.", NoteChecked: "Identität geprüft: %s, %s.", NoteNotChecked: "Identität nicht geprüft.", NotePromise: "Sagt zu: %s am %s.", NoteBack: "Rückruf am %s.", Born: "geboren %s", Account: "Konto %s",
	}
}

func germanDealWords(w *Words) {
	w.PlanWhy = map[string]string{
		"nothing_open": "es ist nichts offen", "rate_not_stated": "keine Rate genannt", "rate_too_low": "unter der kleinsten Rate", "too_long": "dauert zu lange", "first_not_stated": "kein Tag genannt",
		"first_past": "der erste Tag ist vorbei", "first_too_late": "beginnt zu spät",
	}
	w.EndWhy = map[string]string{"missed": "Raten bleiben aus", "agreed": "so vereinbart", "other": "sonstiger Grund"}
	w.StaleWhy["title"] = "ein Titel wurde geändert"
	w.StaleWhy["correction"] = "darauf beruht inzwischen anderes; in der Akte berichtigen"
	w.WhyEffect["on_request"] = "auf Wunsch beizulegen"
	w.WhyEffect["asks_payment"] = "der Text bittet um Zahlung"
	w.HoldReason["complaint"] = "Beschwerde"
	w.Blocked["complaint"] = "eine Beschwerde läuft"
	w.FollowUp["call_back"] = "zurückrufen"
	w.WhyEffect["text_needs"] = "der Text sagt es: ankreuzen oder den Satz streichen"
	w.WhyEffect["fill_in"] = "bitte im Text der Mail nachsehen und eintragen"
}
