package text

func germanRegisters() Registers {
	return Registers{
		Key:  Key{"erfassen", "Erfassen und beurteilen: Titel, Kosten, Stufe und mehr"},
		Menu: "Zur Akte", Judge: "Zu beurteilen", New: "Neu erfassen", Kept: "Vorhanden", NoneOpen: "Zu beurteilen ist nichts.",
		Whole: "ganze Akte", Claim: "Forderung", Words: "Begründung", Why: "Grund", WhyMissing: "Es fehlt der Grund.",
		Optional: "darf leer bleiben", DayBad: "Das ist kein Datum. Zum Beispiel 12.3., 12.3.2026, heute, -14.", DayFuture: "Das liegt in der Zukunft.", DayMissing: "Es fehlt das Datum.", NoChange: "Es ist nichts geändert.",
		TitleNew: Key{"Titel erfassen", "Titel erfassen"}, TitleFinal: Key{"Rechtskraft nachtragen", "Rechtskraft eines Titels nachtragen"}, TitleMend: Key{"Titel berichtigen", "Titel berichtigen"},
		TitleRemove: "Titel entfernen", TitleLead: "Mit der Rechtskraft beginnen die 30 Jahre (§§ 197, 201 BGB); Zinsen danach verjähren in drei Jahren.",
		Kind: "Art", Court: "Gericht", FileNo: "Geschäftszeichen", Date: "Datum", FinalOn: "rechtskräftig seit", TitleSaved: "Titel erfasst", TitleGone: "Titel entfernt", FinalEarly: "Die Rechtskraft liegt vor dem Titel.",
		Complaint: Key{"Beschwerde erfassen", "Beschwerde erfassen"}, ComplaintLead: "Von da an läuft die Frist des Hauses für die Antwort: %d Tage.", ComplaintEnd: "Beschwerde abschließen: %s", ComplaintMail: "Beschwerde in der Mail von %s erfassen", EventHint: "Was gilt für diese Akte? 2 öffnet sie, f beurteilt.",
		Received: "eingegangen", Channel: "auf dem Weg", About: "worüber", Said: "was gesagt wurde", Channels: [3]string{"Mail", "Brief", "Telefon"},
		FromMail: "aus Nachricht", NoMailOf: "aus keiner", ComplaintSaved: "Beschwerde erfasst; die Frist für die Antwort läuft", ComplaintDone: "Beschwerde abgeschlossen: %s", Outcome: "Ergebnis", Measure: "was geschah",
		SaidMissing: "Es fehlt, worüber sich beschwert wird.", MeasureMissing: "Es fehlt, was daraufhin geschah.",
		Document: Key{"Unterlage ablegen", "Unterlage aus einer Datei ablegen"}, DocumentLead: "Die Datei wird verschlüsselt zur Akte genommen. Nur solche Unterlagen gehen mit Schreiben mit.",
		Path: "Datei", PathMissing: "Es fehlt der Pfad der Datei.", NoFiles: "Hier können keine Dateien gelesen werden.", DocumentSaved: "Unterlage abgelegt: %s", DocumentGone: "Unterlage zählt nicht mehr: %s", DocumentHere: "Unterlage: %s",
		DocumentSave: "in eine Datei speichern", DocumentRemove: "zählt nicht mehr",
		Attachment: Key{"Anhang einer Mail ablegen", "Anhang einer Mail als Unterlage ablegen"}, AttachmentWhich: "Anhang", NoAttachments: "Keine Mail dieser Akte hat einen Anhang.",
		Act: Key{"Anerkenntnis oder Vollstreckung erfassen", "Anerkenntnis oder Vollstreckungshandlung erfassen"}, ActLead: "Beides lässt die Verjährung neu beginnen (§ 212 BGB). Nur was sicher ist, gehört hierher.",
		ActKinds: [2]string{"Vollstreckungshandlung", "Anerkenntnis"}, Ack: "Anerkenntnis vom %s beurteilen", AckPaid: "Zahlung vom %s (%s): Anerkenntnis?", AckAgain: "Urteil über das Anerkenntnis vom %s ändern",
		AckLead: "Ein Anerkenntnis lässt die Verjährung neu beginnen (§ 212 Abs. 1 Nr. 1 BGB). Wer unter Vorbehalt schreibt oder die Forderung bestreitet, erkennt in der Regel nicht an.", AckEffect: "Verjährung ohne: %s, mit: %s.", AckNow: "Verjährung derzeit: %s.", AckIs: "Urteil",
		Acks:     [4]string{"ja, ein Anerkenntnis", "nein, unter Vorbehalt erklärt", "ja, trotz Vorbehalt", "nein, kein Anerkenntnis"},
		AckSaved: "beurteilt: %s", ActSaved: "erfasst; die Verjährung ist neu berechnet", Judged: map[string]string{"confirmed": "anerkannt", "rejected": "kein Anerkenntnis", "proposed": "noch nicht beurteilt"},
		Objection: "Einwand erledigen: %s", ObjectionLead: "Solange der Einwand offen ist, bleibt die Sperre, und es geht keine Meldung an Auskunfteien.", ObjectionHow: "wodurch erledigt", ObjectionSaved: "Einwand erledigt",
		Event:     map[string]string{"deceased": "Todesfall beurteilen: %s", "insolvency": "Insolvenz beurteilen: %s"},
		EventLead: map[string]string{"deceased": "Die Person ist verstorben. Was gilt für diese Akte? Vorgeschlagen:", "insolvency": "Die Person ist insolvent. Was gilt für diese Akte? Vorgeschlagen:"},
		EventTake: "übernehmen", EventLeave: "betrifft diese Akte nicht", EventTaken: "für %s übernommen", EventLeft: "%s ist nicht betroffen", EventHere: "diese Akte",
		HoldTitle: "Sperren", HoldNew: "Neue Sperre", HoldWhat: "was ruht", HoldWhy: "weshalb", HoldSaved: "Sperre gesetzt", HoldGone: "Sperre aufgehoben", HoldUntil: "bis", HoldEnd: "aufheben: %s", HoldAsk: "Was ruhte, darf dann weitergehen. Aufheben?", HoldStays: "Die Sperre bleibt, solange ihr Grund besteht: %s. f zeigt, was dazu zu beurteilen ist.",
	}
}
