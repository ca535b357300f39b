package text

func germanRooms() Rooms {
	return Rooms{
		NoConflicts: "Keine Konflikte.", ConflictLead: "Ein Konflikt entsteht, wenn zwei zugleich dieselbe Akte ändern und der Server eine Änderung ablehnt. Was getippt wurde, steht dann hier: nebeneinander mit v, m behält die eigene Fassung, t die andere, e führt zusammen, n bewahrt den Text als Notiz.",
		ConflictAlone: "Dieses Gerät arbeitet allein; es gibt niemanden, mit dem es in Konflikt kommen kann.",
		Side:          Key{"", "Nebeneinander"}, Mine: Key{"", "Meine Fassung"}, Theirs: Key{"", "Andere Fassung"}, Merge: Key{"", "Zusammenführen"}, KeepNote: Key{"", "Meinen Text als Notiz behalten"},
		TeamTitle: "Wer hat welche Akten", TeamLead: "Gezählt wird Arbeit, die ansteht, nicht wer sie wie schnell erledigt. d übergibt eine Akte.", TeamAlone: "Dieses Gerät arbeitet allein. Kolleginnen und Kollegen kommen mit einem Server dazu.",
		TeamMe: "ich", TeamNobody: "niemand", TeamUser: "Kennung", TeamCases: "Akten", TeamDue: "fällig",
		FigureTitle: "Stand der Arbeit", FigureLead: "Stand %s", Cases: "Akten", Open: "offen", Closed: "abgeschlossen", Sum: "Summe offen", NoBalance: "ohne berechenbaren Saldo", Held: "gesperrt", Disputed: "bestritten",
		Plans: "laufende Ratenpläne", Offers: "offene Angebote", Overdue: "überfällige Raten und Zusagen", Mail: "Post", Mails: "unbeantwortete Mails", Unassigned: "ohne Akte", Unsure: "unsicher eingeordnet", Oldest: "älteste wartet",
		OldestDays: Plural{"1 Tag", "%d Tage"}, Payments: "Zahlungen zu klären", Waiting: "Schreiben unterwegs", Unknown: "Zustellung unklar", Covered: "Auszug bis", CoveredNone: "noch kein Auszug: 4, dann I liest einen ein",
		Days: "Die letzten Tage", Received: "Eingang", Sent: "Ausgang",
		RecordTitle: "Protokoll", RecordEmpty: "Das Protokoll ist leer.", RecordOlder: "Einträge %d bis %d", RecordWhen: "Zeit", RecordWho: "Wer", RecordWhat: "Was", RecordCase: "Akte", RecordMachine: "Programm",
		Older: Key{"ältere", "Ältere Einträge"}, Newer: Key{"neuere", "Neuere Einträge"}, NoOlder: "Ältere Einträge gibt es nicht.", NoNewer: "Neuere Einträge gibt es nicht.",
		SetTitle: "Einstellungen", SetLead: "T wechselt die Farben, L die Sprache, H verdeckt Namen und Beträge; das gilt bis zum Beenden. Alles andere steht in config.toml.", SetNone: "Hier ist nichts eingerichtet.",
		SetLang: Key{"Sprache", "Sprache wechseln"}, LangIs: "Sprache: %s",
		Groups: map[string]string{"here": "Bildschirm", "home": "Ort", "agency": "Haus", "mail": "Post", "send": "Versand", "assist": "Lesehilfe", "server": "Server", "rules": "Regeln"},
		Names: map[string]string{
			"lang": "Sprache", "theme": "Farben", "masked": "Verdeckt", "home": "Ordner", "config": "Konfiguration", "version": "Fassung", "name": "Name", "iban": "Konto", "reference": "Aktenzeichen", "mailbox": "Postfach",
			"folders": "Ordner", "authserv": "Prüfstelle", "smtp": "Server", "from": "Absender", "undo": "Rücknahme", "window": "Versandzeit", "endpoint": "Endpunkt", "model": "Modell", "scope": "Umfang", "url": "Adresse",
			"min_monthly": "kleinste Rate", "max_months": "längster Plan", "pause": "längster Aufschub", "offer": "Angebot gilt", "demand": "zwischen zwei Aufforderungen", "holidays": "Feiertage", "save": "Speicherort", "user": "Kennung",
		},
		Asked: "ja", AskedNot: "nein",
	}
}

func germanRecordWords(w *Words) {
	w.Stream = map[string]string{"person": "Person", "case": "Akte", "message": "Nachricht", "reply": "Schreiben", "account": "Konto", "entry": "Zahlung", "team": "Team"}
	w.Event = map[string]string{
		"PersonRecorded": "Person erfasst", "ContactAdded": "Kontakt eingetragen", "ContactProven": "Kontakt nachgewiesen", "ContactFailed": "Kontakt unzustellbar", "PersonDied": "Todesfall vermerkt", "PersonInsolvent": "Insolvenz vermerkt",
		"PersonDemanded": "zur Zahlung aufgefordert", "PersonUndone": "Änderung der Person zurückgenommen", "CaseOpened": "Akte eröffnet", "ClaimRecorded": "Forderung erfasst", "LedgerBooked": "gebucht", "PartyAdded": "Beteiligten aufgenommen",
		"PartyEnded": "Beteiligung beendet", "StageSet": "Stufe geändert", "HoldPlaced": "Sperre gesetzt", "HoldLifted": "Sperre aufgehoben", "FollowUpSet": "Wiedervorlage gesetzt", "FollowUpDone": "Wiedervorlage erledigt",
		"ArrangementMade": "Vereinbarung gemacht", "ArrangementMoved": "Vereinbarung geändert", "ClockStarted": "Frist gestartet", "ClockStopped": "Frist erledigt", "ObjectionRecorded": "Einwand vermerkt", "ObjectionSettled": "Einwand erledigt",
		"InquiryMade": "rückgefragt", "NoteAdded": "Notiz", "RightPartySet": "Person geprüft", "AcknowledgementProposed": "Anerkenntnis vorgemerkt", "AcknowledgementJudged": "Anerkenntnis beurteilt", "CaseHandedOver": "Akte übergeben",
		"CaseMessageAdded": "Nachricht zugeordnet", "CaseMessageRemoved": "Zuordnung gelöst", "CaseMessageSettled": "Stand der Nachricht an der Akte", "CaseVulnerable": "Schutzbedürftigkeit vermerkt", "CaseReplyApproved": "Schreiben an der Akte", "CaseReplyMoved": "Stand des Schreibens",
		"CaseUndone": "Folgen zurückgenommen", "MessageReceived": "Mail eingegangen", "MessagePlaced": "Mail an weiterer Stelle", "MessageAlsoAs": "Mail auch anders eingegangen", "MessageMatched": "Mail zugeordnet", "MessageClassified": "Mail eingeordnet",
		"MessageTransmitted": "an die Lesehilfe übermittelt", "MessageSettled": "Mail erledigt", "MessageReopened": "Mail wieder offen", "MessageGone": "Mail dort nicht mehr", "ReplyWasApproved": "Schreiben freigegeben", "ReplyWasWithdrawn": "Freigabe zurückgenommen", "ReplyWentStale": "Freigabe überholt",
		"ReplyWasClaimed": "Versand begonnen", "ReplyDot": "Übergabe begonnen", "ReplyWasSent": "versandt", "ReplyWasRefused": "vom Server abgewiesen", "ReplyDeferred": "Versand verschoben", "ReplyBecameUnknown": "Zustellung unklar", "ReplyAgain": "noch einmal zu senden",
		"ReplyCopied": "Kopie abgelegt", "ReplyBounced": "kam zurück", "StatementCovered": "Auszug eingelesen", "EntryReported": "Zahlung gemeldet", "EntryWasSuggested": "Zahlung vorgeschlagen", "EntryWasBooked": "Zahlung gebucht", "EntryWasRefused": "Zahlung abgelehnt",
		"EntryReopened": "Buchung zurückgenommen", "EntryWasSuperseded": "Sammelbuchung ersetzt", "TitleRecorded": "Titel erfasst", "TitleRemoved": "Titel entfernt", "DocumentAdded": "Unterlage abgelegt", "DocumentRemoved": "Unterlage entfernt",
		"ComplaintRecorded": "Beschwerde erfasst", "ComplaintClosed": "Beschwerde abgeschlossen", "PersonEventJudged": "Todesfall oder Insolvenz für die Akte beurteilt", "CaseTakenBack": "Eintrag zurückgenommen", "DataExported": "Daten ausgegeben",
	}
}
