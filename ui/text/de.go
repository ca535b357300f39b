package text

func german() *Text {
	return &Text{
		Lang:  "de",
		Words: allGermanWords(),
		Reasons: Reasons{
			Alert: "Alarm: %s", DueIn: "%s: %s, am %s", DueToday: "%s: heute fällig", DueOver: "%s: %s überfällig",
			InDays: Plural{"noch 1 Tag", "noch %d Tage"}, LateDays: Plural{"seit 1 Tag", "seit %d Tagen"},
			Limitation: "verjährt mit Ablauf des %s", Lapsed: "verjährt seit Ablauf des %s", Vulnerable: "Hinweis auf Schutzbedürftigkeit", Privacy: "Datenschutzanfrage, die Frist läuft",
			Dispute: "Widerspruch, während die Mahnung läuft", Broken: "Vereinbarung nicht eingehalten",
			Age: Plural{"seit 1 Tag ohne Antwort", "seit %d Tagen ohne Antwort"}, AgeToday: "heute eingegangen",
			FollowUpToday: "Wiedervorlage heute", FollowUpLate: Plural{"Wiedervorlage seit 1 Tag fällig", "Wiedervorlage seit %d Tagen fällig"},
			Amount: "offen sind %s", LegalThreat: "droht rechtliche Schritte an", Undelivered: "unser Schreiben kam nicht an", Complaint: "Beschwerde",
			Deceased: "Todesfall: was gilt für diese Akte?", Insolvent: "Insolvenz: was gilt für diese Akte?", NoNextStep: "ohne nächsten Schritt", Payment: "Zahlung über %s",
		},
		Effects: Effects{
			OfferPlan: "Ratenangebot: %s", AgreePlan: "Ratenplan vereinbart: %s", AmendPlan: "Ratenplan geändert: %s",
			Schedule: "%d Raten zu %s ab %s", ScheduleOdd: "%d Raten zu %s ab %s, letzte %s",
			ValidDays: Plural{"gilt 1 Tag", "gilt %d Tage"}, Costs: "Kosten %s", EndPlan: "Ratenplan beenden", GrantPause: "Aufschub bis %s",
			RecordPromise: "Zusage vermerken: %s am %s", OfferSettlement: "Vergleich anbieten: %s, zahlbar bis %s",
			RecordObjection: "Einwand vermerken: %s", ObjectionPart: ", Teilbetrag %s", RecordPaidClaim: "Behauptete Zahlung vermerken: %s am %s",
			InquireCreditor: "Rückfrage beim Gläubiger", InquirePayment: "Zahlungseingang suchen lassen", Hold: "%s: %s", Until: " bis %s", LiftHold: "Sperre aufheben",
			AddParty: "Beteiligten aufnehmen: %s als %s", ChangeContact: "Neue Angabe: %s %s (behauptet)", ChangeConfirmed: "Neue Angabe: %s %s (nachgewiesen)",
			AddressFailing: "Adresse als unzustellbar vermerken", RightParty: "Person prüfen: %s", MarkDeceased: "Todesfall vermerken", MarkInsolvent: "Insolvenz vermerken",
			MarkRepresented: "Vertretung vermerken: %s", StartClock: "Frist starten: %s bis %s", StopClock: "Frist erledigt",
			ProposeAcknowledgement: "Anerkenntnis zur Prüfung vormerken (§ 212 Abs. 1 Nr. 1 BGB)", WaiveCosts: "Kosten erlassen: %s", WriteOffRest: "Rest ausbuchen: %s",
			CancelOutbox: "Wartendes Schreiben zurückziehen", FollowUp: "WV %s: %s", HandOver: "Akte übergeben an %s", Note: "Notiz: %s", Somebody: "neue Person",
		},
		Errors:  germanErrors(),
		Bar:     germanBar(),
		Keys:    germanKeys(),
		Queue:   germanQueue(),
		Review:  germanReview(),
		Outbox:  germanOutbox(),
		Case:    germanCase(),
		Dialog:  germanDialogs(),
		Unlock:  Unlock{Title: "Kontor", Ask: "Passphrase", Working: "Öffne …", Wrong: "Diese Passphrase passt nicht. Nichts ist verloren; bitte noch einmal. Vergessen? kontor passwd setzt mit dem Wiederherstellungsschlüssel eine neue.", Empty: "Bitte die Passphrase eingeben.", Hint: "⏎ öffnen   ^c beenden", Quit: "beenden"},
		Help:    Help{Title: "Hilfe", Signs: "Zeichen", SignText: "! Alarm   ? unsicher   § Frist   ≡ gesperrt   ✓ erledigt   • ausgewählt   ‹…› berechneter Wert", Off: "jetzt nicht: %s", Palette: "Befehl oder Akte", PaletteHint: "Befehl, Aktenzeichen oder Name"},
		Morning: Morning{Title: "Morgen", Nothing: "Die Schlange ist leer. Neue Mails kommen von selbst.", Hint: "⏎ öffnet den ersten Vorgang der Zeile, ␣ das ganze Fach, F alle Fristen", Outbox: "Postausgang", Lanes: "Was heute ansteht", Open: "Den ersten Vorgang der Zeile öffnen", Lane: Key{"Fach zeigen", "Das ganze Fach zeigen"}},
		Pay:     germanPayments(),
		Deal:    germanDeals(),
		Call:    germanCalls(),
		Room:    germanRooms(),
		File:    germanFile(),
		Reg:     germanRegisters(),
		List:    germanLists(),
		Paper:   germanPapers(),
		Course:  germanCourses(),
	}
}

func germanBar() Bar {
	return Bar{
		Rooms: [10]string{"Morgen", "Schlange", "Akte", "Ohne Akte", "Zahlungen", "Postausgang", "Konflikte", "Team", "Übersicht", "Protokoll"},
		Demo:  "Vorführung", Masked: "verdeckt", Mail: "Post", SMTP: "Versand", Server: "Server", AI: "KI",
		OffSince: "%s getrennt seit %s", NextTry: "nächster Versuch %s", Working: "%s …", Progress: "%d von %d",
		Waiting: Plural{"1 wartet", "%d warten"}, Unknown: Plural{"1 unklar", "%d unklar"},
		Undo: "Antwort an %s geht in %d s hinaus", UndoDone: "Ohne Antwort erledigt, noch %d s zurückzunehmen", Undone: "Zurückgenommen. Nichts wurde versandt; der Vorgang liegt wieder in der Schlange.",
		UndoneMail: "Wieder offen. Der Vorgang liegt wieder in der Schlange.", UndoHand: "Erfasst, noch %d s zurückzunehmen", UndoneHand: "Zurückgenommen. Eintrag und Berichtigung stehen beide im Verlauf.",
		UndoWhy: "Zurückgenommen: versehentlich erfasst", UndoFixed: "Das steht an der Person und gilt für alle ihre Akten; mit G in der Akte berichtigen.", NothingToUndo: "Nichts zurückzunehmen; die Frist ist vorbei oder es gab keine Entscheidung.",
		StatementTo: "Auszug bis %s", NoStatement: "kein Auszug", More: "alles",
		QuitWaits: "Es warten noch %d Schreiben im Postausgang; sie gehen beim nächsten Start hinaus.", QuitAsk: "Kontor beenden?", QuitUnknown: "%d Zustellungen sind unklar.",
		Copied: "In die Zwischenablage kopiert: %s", NothingToCopy: "Hier ist nichts zu kopieren.", Pulled: Plural{"Post geholt: 1 neue Mail.", "Post geholt: %d neue Mails."}, Pulling: "Hole Post und versende, was fällig ist …", ThemeIs: "Farben: %s",
		MaskOn: "Namen und Beträge sind verdeckt. H deckt sie auf.", MaskOff: "Namen und Beträge sind wieder zu sehen.",
		NoEditor: "Kein eigener Editor eingerichtet. e schreibt hier.", NoLock: "Sperren geht nur, wo Kontor mit Passphrase geöffnet wird.", NoCase: "Kein Vorgang mit Akte ausgewählt. : findet jede Akte.", NoKey: "%s ist hier nicht belegt; %s zeigt alle Tasten.",

		TooSmall: "Das Fenster ist zu klein: mindestens 60 × 16.", Loading: "Lade …", NewDay: "Ein neuer Tag: die Schlange ist neu berechnet. o ordnet sie neu.", NoNext: "Nichts mehr in dieser Ansicht.", PasteIgnored: "Eingefügtes löst keine Taste aus; hier ist kein Textfeld.",
	}
}

func germanKeys() Keys {
	return Keys{
		Help: Key{"alles", "Alle Tasten dieser Ansicht"}, Palette: Key{"", "Befehl oder Akte suchen"}, Search: Key{"suchen", "Suchen"}, Back: Key{"zurück", "Einen Schritt zurück"},
		Quit: Key{"", "Beenden (sagt, was wartet)"}, Undo: Key{"zurücknehmen", "Letzte Entscheidung zurücknehmen"}, Pull: Key{"", "Post holen und versenden"}, Redraw: Key{"", "Bildschirm neu zeichnen"},
		Lock: Key{"", "Sperren"}, Mask: Key{"", "Namen und Beträge verdecken"}, Copy: Key{"", "Kopieren"}, Theme: Key{"", "Farben wechseln"}, Suspend: Key{"", "In den Hintergrund"}, Settings: Key{"", "Einstellungen"},
		Rooms:   [10]Key{{"", "Morgen: was ansteht"}, {"", "Schlange"}, {"Akte", "Akte des Vorgangs"}, {"", "Mails ohne Akte"}, {"", "Zahlungen"}, {"", "Postausgang"}, {"", "Konflikte"}, {"", "Team"}, {"", "Übersicht"}, {"", "Protokoll"}},
		Approve: Key{"senden", "Freigeben und senden"}, Write: Key{"schreiben", "Frei schreiben"}, Edit: Key{"ändern", "Entwurf ändern"}, Editor: Key{"", "Im eigenen Editor ändern"},
		Template: Key{"Textbaustein", "Anderen Textbaustein wählen"}, Language: Key{"", "Sprache des Schreibens wechseln"}, Correct: Key{"Einordnung", "Einordnung berichtigen"}, Finish: Key{"ohne Antwort", "Ohne Antwort erledigen"},
		Assign: Key{"Akte zuordnen", "Einer Akte zuordnen"}, Recipient: Key{"Empfänger", "Empfängeradresse bestätigen"}, FollowUp: Key{"WV", "Wiedervorlage"}, Note: Key{"Notiz", "Notiz"}, Phone: Key{"Telefonnotiz", "Telefonnotiz"},
		Arrange: Key{"Vereinbarung", "Vereinbarung"}, Hold: Key{"Sperre", "Sperre setzen oder aufheben"}, Inquire: Key{"", "Beim Gläubiger rückfragen"}, HandOver: Key{"", "Übergeben"}, Later: Key{"später", "Später heute"},
		Whole: Key{"ganze Mail", "Ganze Mail mit Zitaten"}, Attachments: Key{"Anhänge", "Anhänge"}, WhyHere: Key{"warum", "Warum steht das hier"}, Toggle: Key{"Folge", "Folge an- oder abwählen"},
		Next: Key{"nächster", "Nächster Vorgang"}, Prev: Key{"", "Voriger Vorgang"}, Tab: Key{"wechseln", "Nächster Bereich"}, TabBack: Key{"", "Voriger Bereich"},
		Effect:     Key{"Folge ändern", "Folge ändern, Ratenplan ganz zeigen"},
		OtherDraft: Key{"anderer Entwurf", "Anderer Entwurf zu diesem Vorgang"},
		Discard:    Key{"", "Getipptes oder gewählten Baustein verwerfen"}, Down: Key{"", "Abwärts"}, Up: Key{"", "Aufwärts"}, PageDown: Key{"", "Seite abwärts"}, PageUp: Key{"", "Seite aufwärts"}, First: Key{"", "Anfang"}, Last: Key{"", "Ende"},
		LaneNext: Key{"Fach", "Nächstes Fach"}, LanePrev: Key{"", "Voriges Fach"}, Open: Key{"öffnen", "Öffnen"}, Filter: Key{"filtern", "Filtern"}, Order: Key{"neu ordnen", "Neu ordnen"}, Mark: Key{"", "Markieren; z verschiebt dann alle markierten"},
		TakeBack: Key{"zurücknehmen", "Schreiben zurücknehmen"}, Settle: Key{"Einzelheiten", "Einzelheiten, unklare Zustellung entscheiden"}, Choose: Key{"wählen", "Wählen"},
		SaveEdit: Key{"fertig", "Fertig"}, Folder: Key{"im Gesendet-Ordner suchen", "Im Gesendet-Ordner suchen"},
		Groups: [4]string{"Bearbeiten", "Ansehen", "Bewegen", "Überall"},
	}
}

func germanQueue() Queue {
	return Queue{
		All: "Alle", Empty: "Nichts zu tun. Neue Mails kommen von selbst, r holt sie sofort.", EmptyLane: "Dieses Fach ist leer.", NoHit: "Kein Vorgang passt. ⏎ sucht in allen Akten, Esc zeigt wieder alle.",
		Filter: "Filter", FilterHint: "Aktenzeichen, Name oder Betreff", Ref: "Aktenzeichen", Debtor: "Name", Intent: "Anliegen", Sure: "sicher", Balance: "offen", Age: "Alter", Stage: "Stufe",
		Subject: "Betreff", Due: "Termin", Lane: "Fach", State: "Stand", Months: Plural{"1 Monat", "%d Monate"}, NewItems: Plural{"1 neuer Vorgang, o zum Neuordnen", "%d neue, o zum Neuordnen"}, Gone: "erledigt", AgeDays: "%d T", Today: "heute",
		Unassigned: "ohne Akte", Suggest: "Akten, zu denen die Mail gehören könnte (m ordnet zu)", NoSuggest: "Keine Akte passt. m ordnet von Hand zu.", From: "Von", Received: "Eingang",
		NoMail: "Ohne Mail: %s", Total: "Summe", Marked: Plural{"1 markiert", "%d markiert"}, Hits: "%d von %d", AllLater: Plural{"1 Vorgang kommt heute nach allem anderen noch einmal.", "%d Vorgänge kommen heute nach allem anderen noch einmal."}, PutLater: "Kommt heute nach allem anderen noch einmal.",
		NoSelection: "Kein Vorgang ausgewählt.", Loading: "Lade die Schlange …", Ordered: "Neu geordnet.", Take: "übernehmen", ShowAll: "alle zeigen", AllCases: "in allen Akten suchen",
	}
}

func germanReview() Review {
	return Review{
		Tabs: [3]string{"Mail", "Entwurf", "Akte"}, Mail: "Mail", Draft: "Entwurf", Facts: "Akte", Effects: "Folgen", Others: "Beantwortet auch", Findings: "Prüfung",
		To: "An", Subject: "Betreff", From: "Von", Date: "Eingang", Edited: "geändert", Saved: "gespeichert", Saving: "speichere …", Unsaved: "noch nicht gespeichert", Restored: "Ihr Text von %s ist wieder da.",
		AsOf: "Stand %s", StatementTo: "Auszug bis %s", NoStatement: "kein Auszug", Unassigned: "ohne Akte", SendTo: "an %s senden",
		NoDraftAuto: "Automatische Antwort: Darauf wird nicht geantwortet. x legt sie weg.", NoDraftBounce: "Unzustellbarkeitsmeldung: Darauf wird nicht geantwortet. x legt sie weg, die Adresse steht in der Akte.",
		NoDraftDone: "Diese Nachricht ist schon erledigt. J öffnet den nächsten Vorgang.", NoDraftCase: "Ohne Akte kein Entwurf. m ordnet die Mail zu.", NoDraft: "Kein Entwurf. s schreibt frei, t wählt einen Textbaustein.", NoDraftFor: "Kein Entwurf: %s",
		SeeRest: "Noch nicht alles gesehen: hier ist der Rest. Noch einmal a sendet.", SeeMore: "Noch nicht alles gesehen: a zeigt weiter, am Ende sendet es.", SeeEffects: "Noch nicht alle Folgen gesehen: hier sind sie. Noch einmal a sendet.", TurnedToDraft: "Das ist der Entwurf. Noch einmal a sendet.",
		Approving: "Wird freigegeben …", Repeated: "a wird gehalten: bitte loslassen, dann noch einmal drücken.", Deaf: "Der Vorgang hat sich eben von selbst geöffnet: a zählt gleich wieder.", ConfirmFirst: "Diese Adresse steht nicht bestätigt in der Akte. R bestätigt sie.", MaskedOff: "Namen und Beträge sind verdeckt; H deckt sie auf, dann erst senden.",
		Blocking: "Die Prüfung sperrt das Senden: %s", NoRecipient: "Kein Empfänger: In der Akte steht keine gültige E-Mail-Adresse.",
		Approved: "Freigegeben an %s.", Finished: "Ohne Antwort erledigt.", Assigned: "Zugeordnet zu %s.", Corrected: "Einordnung berichtigt: %s.", NoteSaved: "Notiz gespeichert.", HoldSet: "Sperre gesetzt.",
		SavesItself: "gespeichert wird von selbst", HoldLifted: "Sperre aufgehoben.", FollowSet: "Wiedervorlage gesetzt: %s", InquirySet: "Rückfrage vermerkt.", NoCaseYet: "Die Mail gehört noch zu keiner Akte. m ordnet sie zu.", NoMail: "Hier gibt es keine Mail.", NoAttachments: "Die Mail hat keine Anhänge.",
		NoTemplates: "Kein Textbaustein passt.", NoEffects: "Keine Folgen.", NoSuggest: "Keine Akte passt.", NotOnScreen: "Folgen stehen beim Entwurf; Tab wechselt dorthin.", Whole: "ganze Mail", Own: "eigener Text",
		NoText: "(kein Text)", InNoMailbox: "Liegt in keinem Postfach mehr: dort gelöscht oder in einen anderen Ordner verschoben. Hier bleibt sie.", More: Plural{"↓ 1 weitere Zeile", "↓ %d weitere Zeilen"}, Principal: "Hauptforderung", Interest: "Zinsen", Costs: "Kosten", Credit: "Guthaben", Balance: "Offen", Claims: "Forderungen", Parties: "Beteiligte",
		Arrangements: "Vereinbarung", Holds: "Sperre", FollowUps: "WV", Clocks: "Frist", Said: "Mail sagt", Siblings: "Andere Akten", Warnings: "Hinweis", OthersMore: "%d weitere Mails, nicht angekreuzt; Leertaste zeigt alle", AnswersToo: "beantwortet auch",
		NotFile: "Adresse nicht in der Akte: R bestätigt", Quote: "Stelle", Mend: "Abhilfe", AlsoAnswers: Plural{"beantwortet auch 1 weitere Mail", "beantwortet auch %d weitere Mails"}, Engine: "%s", ByPerson: "von Hand eingeordnet", OtherLang: "Sprache: %s",
		LangIs: "Schreiben jetzt auf %s.", Vanished: "Dieser Vorgang ist nicht mehr offen.",
		NoTextFits: "Zu diesem Anlass passt jetzt kein Textbaustein, etwa weil der Auszug noch nicht weit genug reicht. t wählt einen, x erledigt ohne Schreiben.", File: "Anlage: %s (%s)", WriteHint: "Freier Text. Esc beendet das Schreiben, a sendet.", Value: "berechnet", Unsure: "unsicher: %s oder %s", Disagree: "die beiden Lesarten weichen ab", Steering: "die Mail richtet sich an ein Programm", Occasion: "Anlass: %s", AlertBanner: "ALARM: %s. Bitte zuerst lesen und Hilfe holen, wo nötig.",
		Beside: "Dazu", BesideOf: "gehört zu: %s", BesideOpen: "%s (o zeigt es)", BesideSent: "%s, freigegeben", BesideDropped: "weggelassen",
		BesideFirst: "Das Schreiben dazu: a gibt es frei, x lässt es weg, o geht zurück.", BesideGone: "Weggelassen: %s. o holt es zurück.", BesideBack: "Gehört wieder dazu: %s.",
		TurnedWithBeside: "Das ist der Entwurf. Noch einmal a zeigt das Schreiben dazu.", BesideLeave: "weglassen", BesideTake: "doch senden", BesideNext: "weiter zum Schreiben dazu", BesideFixed: "Dieses Schreiben geht an die hinterlegte Anschrift und ist deutsch.", OneDraft: "Es gibt hier nur diesen Entwurf. t wählt einen anderen Textbaustein.",
		NoEffectHere: "Hier steht keine Folge. ↑↓ wählt eine aus.", EffectFixed: "An dieser Folge ist nichts zu ändern; die Leertaste nimmt sie heraus oder hinein.", Reason: "Grund", PaidOn: "Gezahlt am", PastBad: "Bitte einen Tag bis heute angeben.",
		Schedule: "Ratenplan", ScheduleKey: "p anderer Plan",
		ReadBy: "Gelesen", ReadLocal: "auf diesem Rechner (%s)", ReadNowhere: "Nichts davon wurde übermittelt.", AidFailed: "Lesehilfe %s",
		Discarded: "Verworfen. Das ist wieder der Textbaustein.", Unchosen: "Das ist wieder der vorgeschlagene Textbaustein.", ChosenBefore: "Hier steht der Textbaustein, den Sie zuletzt gewählt haben; D nimmt den vorgeschlagenen.", NothingTyped: "Nichts Getipptes oder Gewähltes zu verwerfen.", SaveFailed: "Der Text ließ sich nicht speichern und steht nur hier: %s", WouldLose: "Ihr geänderter Text ginge verloren; D verwirft ihn zuerst.", Reloaded: "Die Akte hat sich geändert; der Vorgang wurde neu geladen.",
	}
}

func germanOutbox() Outbox {
	return Outbox{
		Title: "Postausgang", Read: Key{"lesen", "Das Schreiben lesen"}, Empty: "Nichts unterwegs. Freigegebene Schreiben stehen hier bis zu ihrem Ende.", To: "An", Subject: "Betreff", State: "Stand", When: "Freigabe", Debtor: "Name", Case: "Aktenzeichen",
		TryAgain: "nächster Versuch %s", UndoLeft: "noch %d s zurückzunehmen", Attempts: "Versuche", Server: "Antwort des Servers", Approved: "Freigegeben", Sent: "Versandt", Held: "Im Gesendet-Ordner oder Posteingang gefunden: Die Mail ist angekommen.",
		NotHeld: "Nicht gefunden. Das beweist nichts: Unsere Kopie entsteht erst nach dem Versand.", Searching: "Suche im Postfach …", SettleTitle: "Zustellung entscheiden",
		SettleUnknown: "Die Verbindung riss, nachdem alles übergeben war. Nur Sie können entscheiden.", SettleRefused: "Der Server hat die Mail abgewiesen.", Settled: "Entschieden: %s.", TooLate: "Zu spät: %s.", Nothing: "Kein Schreiben ausgewählt.",
		Detail: "Schreiben", MessageID: "Message-ID", Hash: "SHA-256", ApprovedBy: "von", WaitsFor: "Wartet",
	}
}

func germanCase() Case {
	return Case{
		Parties: "Beteiligte", Claims: "Forderungen", Ledger: "Forderungskonto", Holds: "Sperren", FollowUps: "Wiedervorlagen", Arrangements: "Vereinbarungen", Clocks: "Fristen", Messages: "Nachrichten", Replies: "Schreiben",
		Notes: "Notizen", Objections: "Einwände", Timeline: "Verlauf", Siblings: "Weitere Akten der Person", Inquiries: "Rückfragen", None: "keine", Opened: "eröffnet %s", Stage: "Stufe", Creditor: "Gläubiger", NoRate: "Ohne Saldo: für das Halbjahr ab %s fehlt der Basiszinssatz, die Tabelle reicht bis %s", NoBalance: "Saldo nicht berechenbar", Invoice: "Rechnung",
		Due: "fällig", Default: "Verzug ab", Rate: "Zins", Principal: "Hauptforderung", Total: "Offen", Of: "vom", Until: "bis", Lifted: "aufgehoben", Done: "erledigt", Since: "seit", Failing: "unzustellbar",
		Ends: "endet", InterestLine: "%s auf %s, %s bis %s, %d Tage", Facts: Plural{"1 Eintrag im Protokoll", "%d Einträge im Protokoll"}, Private: "privat", Business: "gewerblich", Died: "verstorben", Insolvent: "insolvent", OpenUntil: "offen",
	}
}

func germanDialogs() Dialogs {
	return Dialogs{
		Reason: "Ohne Antwort erledigen", ReasonHint: "Grund in eigenen Worten", ReasonShort: "Bitte einen Grund angeben.", FollowUp: "Wiedervorlage", FollowWhen: "Wann", FollowWhy: "Wozu",
		FollowBad: "Nicht verstanden. Zum Beispiel: +14, fr, 31.12., morgen", FollowPast: "Das Datum liegt in der Vergangenheit.", FollowHint: "+14  fr  31.12.  morgen  2w  3m", Note: "Notiz", NoteHint: "Was soll in der Akte stehen?",
		HoldNone: "leer: bis sie aufgehoben wird", Assign: "Einer Akte zuordnen", AssignHint: "Aktenzeichen oder Name",
		Template: "Textbaustein", TemplateLoses: "Ihr geänderter Text wird dabei ersetzt.", Correct: "Einordnung berichtigen", CorrectHint: "Leertaste wählt, ⏎ speichert", CorrectFlags: "Merkmale und Alarme",
		Recipient: "Empfänger bestätigen", RecipientAsk: "An diese Adresse senden?", RecipientOn: "In der Akte steht: %s", RecipientFrom: "Die Mail kam von: %s", Confirmed: "Adresse für dieses Schreiben bestätigt.", Keep: "Warnung behalten", KeepHint: "Warum trotzdem?",
		Why: "Warum steht das hier", Attach: "Anhänge", Save: "Anhang speichern", SaveLead: "Anhänge können Schadprogramme enthalten. Gespeichert wird nur dieser, für Sie allein lesbar; nichts wird überschrieben.", SaveWhat: "Anhang", SaveDir: "Ordner", SaveDirBad: "Bitte einen Ordner nennen, den es gibt.", SaveKey: "s speichern", SavedTo: "Gespeichert: %s", AttachUnread: "nicht gelesen: %s", Quit: "Beenden", QuitHint: "⏎ oder q beendet, Esc bleibt", Inquire: "Rückfrage beim Gläubiger", InquireAsk: "Rückfrage beim Gläubiger in der Akte vermerken und in 14 Tagen wieder vorlegen?",
		ConfirmKeys: "⏎ ja   Esc nein", ChooseKeys: "↑↓ wählen   ⏎ übernehmen   Esc abbrechen", TextKeys: "⏎ übernehmen   Esc abbrechen", CloseKeys: "↑↓ blättern   Esc schließt", TabKeys: "Tab nächstes Feld   ⏎ übernehmen   Esc abbrechen", PickKeys: "←→ wählen   Tab nächstes Feld   ⏎ übernehmen   Esc abbrechen",
		Working: "…", NoMatch: "Nichts passt zu diesen Worten.", Score: "Punkte",
	}
}

func germanErrors() Errors {
	return Errors{
		Refusal: map[string]Trouble{
			"not_a_person": {"Das darf nur ein Mensch entscheiden.", "", ""}, "not_found": {"Das gibt es nicht mehr.", "Vielleicht hat sich die Akte inzwischen geändert.", "o ordnet neu."},
			"exists": {"Das gibt es schon.", "Nichts wurde geändert.", ""}, "invalid": {"So geht das nicht (%s).", "Nichts wurde geändert.", "Bitte die Angaben prüfen."},
			"stale":        {"Nicht freigegeben: %s, seit der Vorgang geöffnet wurde.", "Nichts wurde versandt, Ihr Text bleibt.", "Der Vorgang wird neu geladen; bitte noch einmal prüfen."},
			"already_done": {"Das ist schon erledigt (%s).", "Nichts wurde doppelt getan.", "J öffnet den nächsten Vorgang."}, "already_claimed": {"Zu spät: Das Schreiben ist schon unterwegs (%s).", "Es lässt sich nicht mehr zurücknehmen.", ""},
			"undo_window": {"Die Rücknahmefrist läuft noch.", "", ""}, "outside_window": {"Außerhalb der Versandzeit.", "Das Schreiben wartet und geht von selbst hinaus.", ""}, "wrong_state": {"Das geht in diesem Stand nicht (%s).", "Nichts wurde geändert.", ""},
			"blocked":                   {"Keine Zahlungsaufforderung: %s.", "Nichts wurde versandt.", "t wählt einen Text ohne Aufforderung."},
			"right_party":               {"Nicht freigegeben: Es ist nicht bestätigt, dass die Mail von der richtigen Person kommt.", "Daten der Forderung gehen nur an bestätigte Personen (Art. 5 Abs. 1 lit. f DSGVO).", "t wählt einen Text ohne Daten der Forderung."},
			"right_party:denied":        {"Nicht freigegeben: Die Person ist nicht der Schuldner.", "Daten der Forderung gehen nicht an sie.", "t wählt einen Text ohne Daten der Forderung."},
			"right_party:proof":         {"Nicht freigegeben: Die Vertretung ist nicht nachgewiesen.", "Daten der Forderung gehen erst nach einer Vollmacht an Vertreter.", "t wählt die Bitte um Vollmacht."},
			"recipient_differs":         {"Nicht freigegeben: Die Adresse steht nicht in der Akte.", "Nichts wurde versandt.", "R bestätigt die Adresse für dieses Schreiben."},
			"recipient_differs:party":   {"Nicht freigegeben: Der Empfänger ist in der Akte nicht beteiligt.", "Nichts wurde versandt.", "m ordnet die Mail einer anderen Akte zu."},
			"recipient_differs:failing": {"Nicht freigegeben: Diese Adresse ist als unzustellbar vermerkt.", "Nichts wurde versandt.", "Bitte eine andere Adresse eintragen."},
			"no_answer":                 {"Automatische Mails werden nicht beantwortet.", "", "x legt sie weg."}, "needs_answer": {"Ohne Antwort geht es hier nicht. %s", "Der Vorgang bleibt offen.", "a gibt die Antwort frei, t wählt eine andere."},
			"limit":       {"Über der Grenze (%s).", "Nichts wurde versandt.", "Bitte die Folge abwählen oder ein anderes Angebot wählen."},
			"cost_notice": {"Nicht freigegeben: Der Kostenhinweis nach § 13a Abs. 3 RDG fehlt.", "Ratenzahlung und Aufschub brauchen ihn als eigenen Absatz.", "t wählt einen Textbaustein, der ihn enthält."}, "too_soon": {"Nicht freigegeben: Zuletzt am %s zur Zahlung aufgefordert.", "Zwischen zwei Aufforderungen liegen 14 Tage.", "t wählt einen Text ohne Aufforderung."},
			"text_findings": {"Nicht freigegeben: Der Text verstößt gegen eine Regel (%s).", "Nichts wurde versandt.", "e ändert den Text."}, "wrong_device": {"Das darf nur das Gerät, das freigegeben hat.", "", ""}, "case_closed": {"Die Akte ist abgeschlossen.", "Nichts wurde geändert.", ""},
		},
		Slow: Trouble{"Das dauert zu lange.", "Nichts wurde geändert.", "Bitte noch einmal versuchen."}, Missing: Trouble{"Das gibt es nicht mehr.", "Vielleicht ist der Vorgang schon erledigt.", "o ordnet die Schlange neu."},
		ReadOnly: Trouble{"Diese Akte wurde mit einer neueren Fassung geschrieben.", "Sie lässt sich hier nur lesen.", "Bitte Kontor aktualisieren."}, Unknown: Trouble{"Das hat nicht geklappt.", "Grund: %s", "Nichts ist verloren; bitte noch einmal versuchen."}, NoCase: Trouble{"Keine Akte.", "", "m ordnet zu."},
	}
}
