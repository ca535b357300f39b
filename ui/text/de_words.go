package text

import (
	"kontor/cases"
	"kontor/cases/ledger"
	"kontor/cases/priority"
)

func germanWords() Words {
	return Words{
		Intent: map[cases.Intent]string{
			cases.InstallmentRequest: "Ratenwunsch", cases.Dispute: "Widerspruch", cases.PaymentPause: "Bitte um Aufschub",
			cases.Paid: "Zahlung behauptet", cases.PaymentPromise: "Zahlungszusage", cases.SettlementOffer: "Vergleichsangebot",
			cases.InformationRequest: "Bitte um Auskunft", cases.DataRequest: "Datenschutzanfrage", cases.ContactChange: "Neue Kontaktdaten",
			cases.Representation: "Vertretung", cases.Insolvency: "Insolvenz", cases.Deceased: "Todesfall", cases.NotDebtor: "Falsche Person",
			cases.Complaint: "Beschwerde", cases.AutoReply: "Automatische Antwort", cases.Bounce: "Unzustellbar", cases.Other: "Sonstiges",
		},
		IntentSlim: map[cases.Intent]string{
			cases.InstallmentRequest: "Ratenwunsch", cases.Dispute: "Widerspruch", cases.PaymentPause: "Aufschub", cases.Paid: "Bezahlt?",
			cases.PaymentPromise: "Zusage", cases.SettlementOffer: "Vergleich", cases.InformationRequest: "Auskunft", cases.DataRequest: "Datenschutz",
			cases.ContactChange: "Kontaktdaten", cases.Representation: "Vertretung", cases.Insolvency: "Insolvenz", cases.Deceased: "Todesfall",
			cases.NotDebtor: "Falsche Person", cases.Complaint: "Beschwerde", cases.AutoReply: "Automatisch", cases.Bounce: "Unzustellbar", cases.Other: "Sonstiges",
		},
		Flag: map[cases.Flag]string{cases.Vulnerable: "schutzbedürftig", cases.Hostile: "feindselig", cases.LegalThreat: "droht mit Rechtsweg"},
		Alert: map[cases.Alert]string{
			cases.SelfHarm: "Hinweis auf Selbstgefährdung", cases.DangerToOthers: "Hinweis auf Gefahr für andere",
			cases.Minor: "Minderjährige Person", cases.MedicalEmergency: "Medizinischer Notfall",
		},
		Stage: map[cases.Stage]string{
			cases.StageReminder: "Erinnerung", cases.StageDunning: "Mahnung", cases.StageCollection: "Inkasso", cases.StageCourtOrder: "Mahnbescheid",
			cases.StageEnforcementOrder: "Vollstr.-Bescheid", cases.StageEnforcement: "Vollstreckung", cases.StageClosed: "Abgeschlossen",
		},
		Lane: map[priority.Lane]string{
			priority.LaneAlert: "Alarm", priority.LaneDueToday: "Frist heute", priority.LaneConflict: "Konflikte", priority.LaneNew: "Neue Antworten",
			priority.LaneUnsure: "Unsicher", priority.LaneApprove: "Erneut freigeben", priority.LaneFollowUp: "Wiedervorlagen", priority.LaneOverdue: "Raten überfällig",
			priority.LanePayment: "Zahlungen", priority.LanePrivacy: "Datenschutz", priority.LaneComplaint: "Beschwerden", priority.LaneWaiting: "Wartet",
			priority.LaneHeld: "Gesperrt", priority.LaneDelivery: "Zustellung", priority.LaneLimitation: "Verjährung", priority.LaneSent: "Versandt",
		},
		LaneSlim: map[priority.Lane]string{
			priority.LaneAlert: "ALARM", priority.LaneDueToday: "Frist", priority.LaneConflict: "Konflikt", priority.LaneNew: "Neu",
			priority.LaneUnsure: "Unsicher", priority.LaneApprove: "Erneut", priority.LaneFollowUp: "WV", priority.LaneOverdue: "Überfällig",
			priority.LanePayment: "Zahlung", priority.LanePrivacy: "DSGVO", priority.LaneComplaint: "Beschwerde", priority.LaneWaiting: "Wartet",
			priority.LaneHeld: "Gesperrt", priority.LaneDelivery: "Zustellung", priority.LaneLimitation: "Verjährung", priority.LaneSent: "Versandt",
		},
		Item: map[priority.ItemKind]string{
			priority.ItemMessage: "Nachricht", priority.ItemFollowUp: "Wiedervorlage", priority.ItemPlan: "Ratenplan", priority.ItemPayment: "Zahlung",
			priority.ItemDeadline: "Frist", priority.ItemClock: "Gesetzliche Frist", priority.ItemConflict: "Konflikt", priority.ItemAlert: "Alarm", priority.ItemReply: "Schreiben",
		},
		Role: map[cases.Role]string{
			cases.RoleDebtor: "Schuldner", cases.RoleCoDebtor: "Mitschuldner", cases.RoleRepresentative: "Vertreter", cases.RoleGuardian: "Betreuer",
			cases.RoleHeir: "Erbe", cases.RoleAdministrator: "Insolvenzverwalter", cases.RoleAdviser: "Schuldnerberatung", cases.RolePayer: "Zahler",
			cases.RoleCreditor: "Gläubiger", cases.RoleCourt: "Gericht",
		},
		Proof: map[cases.Proof]string{cases.ProofNone: "ohne Nachweis", cases.ProofClaimed: "behauptet", cases.ProofSeen: "nachgewiesen"},
		Reply: map[cases.ReplyState]string{
			cases.ReplyApproved: "freigegeben", cases.ReplyClaimed: "in Zustellung", cases.ReplyDotSent: "wird übergeben", cases.ReplySent: "versandt",
			cases.ReplyRefused: "abgewiesen", cases.ReplyUnknown: "Zustellung unklar", cases.ReplyWithdrawn: "zurückgenommen", cases.ReplyStale: "überholt",
		},
		Right: map[cases.RightPartyState]string{
			cases.PartyUnknown: "Absender nicht bestätigt", cases.PartyConfirmed: "Absender bestätigt", cases.PartyDenied: "nicht die gesuchte Person",
		},
		RightSlim: map[string]string{"unknown": "unbestätigt", "confirmed": "bestätigt", "denied": "falsche Person", "": "unbestätigt"},
		RightWhy: map[string]string{
			"no_party": "Absender ist in der Akte nicht beteiligt", "denied": "Person bestreitet, gemeint zu sein",
			"authenticated":     "bestätigte Adresse, vom eigenen Mailserver geprüft",
			"not_authenticated": "Adresse bekannt, vom Mailserver aber nicht bestätigt", "address_unconfirmed": "Adresse in der Akte nicht bestätigt",
			"reference": "nennt das Aktenzeichen", "invoice": "nennt die Rechnung", "postal_address": "nennt die Anschrift",
			"date_of_birth": "nennt das Geburtsdatum", "iban": "nennt die Bankverbindung",
		},
		Match: map[string]string{
			"reference": "Aktenzeichen", "reference_fuzzy": "Aktenzeichen, fast gleich", "reference_loose": "Aktenzeichen, lose geschrieben",
			"reference_attachment": "Aktenzeichen im Anhang", "thread": "Antwort auf unser Schreiben", "sender": "Absenderadresse",
			"name": "Name", "amount": "Betrag", "bounce": "Rückläufer zu unserem Schreiben", "recipient": "Adresse, die nicht erreicht wurde", "invoice": "Rechnungsnummer",
		},
		Warning: map[string]string{
			"hidden_text": "Die Mail enthielt unsichtbaren Text; er wurde entfernt", "parts_differ": "Text- und HTML-Teil sagen Verschiedenes",
			"truncated": "Die Mail ist sehr groß; nur der Anfang wird gezeigt", "bad_charset": "Unbekannter Zeichensatz; einzelne Zeichen können falsch sein",
			"broken_mime": "Die Mail ist fehlerhaft aufgebaut; gezeigt wird, was lesbar war", "winmail": "Inhalt steckt in einer winmail.dat",
			"no_text": "Die Mail enthält keinen Text", "too_large": "Die Mail ist zu groß und wurde nicht ganz gelesen",
			"unreadable": "Die Mail konnte nicht gelesen werden; das Original ist aufbewahrt", "encrypted": "Die Mail ist verschlüsselt",
			"duplicate_header": "Ein Kopffeld stand doppelt in der Mail", "reply_to_differs": "Antwortadresse weicht vom Absender ab",
		},
		Hold: map[cases.HoldKind]string{cases.HoldDunning: "Mahnsperre", cases.HoldCourt: "Gerichtssperre", cases.HoldBureau: "Auskunfteisperre", cases.HoldAll: "Vollsperre"},
		HoldReason: map[string]string{
			"dispute": "Widerspruch", "paid_claimed": "Zahlung behauptet", "plan": "Ratenplan", "pause": "Aufschub", "deceased": "Todesfall",
			"insolvency": "Insolvenz", "represented": "Vertretung", "alert": "Alarm", "not_debtor": "falsche Person", "identity_theft": "Identitätsdiebstahl",
			"debt_settlement_attempt": "außergerichtlicher Einigungsversuch", "data_request": "Datenschutzanfrage", "inquiry": "Rückfrage läuft", "complaint": "Beschwerde", "other": "sonstiger Grund",
		},
		Dispute: map[cases.DisputeReason]string{
			"not_ordered": "nicht bestellt", "returned": "zurückgeschickt", "cancelled": "widerrufen oder gekündigt", "wrong_amount": "Betrag falsch",
			"defective": "mangelhaft", "already_paid": "schon bezahlt", "time_barred": "verjährt", "fraud": "Betrug", "fees": "gegen die Kosten", "other": "ohne nähere Angabe",
		},
		Clock: map[string]string{
			"data_request": "Datenschutzanfrage (Art. 12 Abs. 3 DSGVO)", "information": "Auskunft (§ 13a Abs. 2 RDG)", "complaint": "Beschwerde",
			"court_objection": "Widerspruch gegen den Mahnbescheid", "court_order_window": "Antrag auf Vollstreckungsbescheid", "appeal": "Einspruch",
			"claim_reasons": "Anspruchsbegründung", "sue_after_refusal": "Klage nach Zurückweisung", "their_deadline": "Frist der Gegenseite", "rate": "Rate", "promise": "zugesagte Zahlung", "offer": "Angebot läuft ab",
		},
		FollowUp: map[string]string{
			"next_step": "nächster Schritt", "creditor_answer": "Antwort des Gläubigers", "plan_offer": "Ratenangebot prüfen", "power_of_attorney": "Vollmacht abwarten", "data_request": "Datenschutzanfrage beantworten", "close_case": "Akte abschließen", "refund": "Guthaben auszahlen", "plan_first": "erste Rate prüfen", "insolvency_filing": "Forderung zur Insolvenztabelle anmelden", "alert": "nach dem Alarm nachsehen", "address_check": "Anschrift prüfen", "settlement_ask": "Vergleich mit dem Gläubiger klären", "right_party": "richtige Person klären", "rest_open": "offener Rest", "promise_reminder": "an die Zusage erinnern", "promise_ask": "Zahlungstermin erfragen", "plan_reminder": "an die Rate erinnern", "plan_end": "Ratenplan beendet", "plan_ask": "Ratenwunsch klären", "payment_search": "Zahlung suchen", "payment_receipt": "Zahlung bestätigt", "first_letter": "Antwort auf das erste Schreiben", "court_announcement": "Mahnverfahren prüfen", "contact_check": "Kontaktdaten prüfen", "complaint": "Beschwerde klären", "balance_letter": "Antwort auf die Aufstellung",
			"offer_expired": "Angebot abgelaufen", "reply_refused": "Schreiben abgewiesen", "dispute": "Widerspruch prüfen", "pause_end": "Aufschub endet",
			"promise": "Zahlungszusage prüfen", "plan": "Ratenplan prüfen", "paid_claimed": "Zahlungseingang prüfen", "offer": "Angebot prüfen",
			"first_step": "Akte neu", "inquiry": "Rückfrage beim Gläubiger", "address": "Anschrift prüfen", "insolvency": "Insolvenz prüfen",
			"deceased": "Erben ermitteln", "represented": "Vertretung prüfen", "settlement": "Vergleich prüfen", "documents": "Unterlagen abwarten",
			"creditor_inquiry": "Antwort des Gläubigers", "payment_inquiry": "Zahlungseingang prüfen", "answer": "Antwort abwarten", "other": "Wiedervorlage",
		},
		Open: map[string]string{"range": "von–bis, bitte nachlesen", "ambiguous": "nicht eindeutig, bitte nachlesen", "vague": "ohne Datum", "weekly": "je Woche", "seldom": "nicht je Monat"},
		Slot: map[string]string{
			"monthly_cents": "Rate", "first_payment_date": "erste Zahlung", "pause_until": "Aufschub bis", "offer_cents": "Angebot", "promise_date": "zahlt am",
			"promise_cents": "zahlt", "paid_cents": "gezahlt", "paid_date": "gezahlt am", "dispute_reason": "Einwand", "reference": "Aktenzeichen", "invoice": "Rechnung",
			"their_deadline": "setzt Frist bis", "request_kind": "verlangt",
		},
		Arrange: map[cases.ArrangementKind]string{
			cases.ArrangePlan: "Ratenplan", cases.ArrangePause: "Aufschub", cases.ArrangePromise: "Zahlungszusage", cases.ArrangeSettlement: "Vergleich",
		},
		ArrState: map[cases.ArrangementState]string{
			cases.ArrPending: "wartet auf Versand", cases.ArrAsked: "erbeten", cases.ArrOffered: "angeboten", cases.ArrAccepted: "angenommen", cases.ArrRunning: "läuft",
			cases.ArrMet: "erfüllt", cases.ArrLate: "im Rückstand", cases.ArrBroken: "gebrochen", cases.ArrAmended: "ersetzt", cases.ArrEnded: "beendet",
			cases.ArrLapsed: "verfallen", cases.ArrWithdrawn: "zurückgenommen",
		},
		Entry: map[ledger.EntryKind]string{
			ledger.Cost: "Kosten", ledger.Interest: "Zinsen", ledger.Payment: "Zahlung", ledger.PaymentToCreditor: "Zahlung an Gläubiger", ledger.Reversal: "Rückbuchung",
			ledger.WriteOff: "Ausbuchung", ledger.Waiver: "Erlass", ledger.Refund: "Erstattung", ledger.FromCredit: "aus Guthaben",
		},
		Cost: map[ledger.CostKind]string{
			ledger.CollectionFee: "Inkassovergütung", ledger.CollectionExp: "Auslagenpauschale", ledger.PlanFee: "Einigungsgebühr", ledger.CourtDunning: "Mahnverfahren",
			ledger.CourtFee: "Gerichtskosten", ledger.EnforcementFee: "Vollstreckungsgebühr", ledger.BailiffCost: "Gerichtsvollzieher", ledger.AddressInquiry: "Adressermittlung",
			ledger.BankReturn: "Rücklastschrift", ledger.CreditorDun: "Mahnkosten des Gläubigers", ledger.LumpSum: "Verzugspauschale", ledger.OtherCost: "sonstige Kosten",
		},
		Kind: map[cases.MailKind]string{
			cases.KindReply: "Antwort", cases.KindAuto: "automatische Antwort", cases.KindBounce: "Unzustellbarkeitsmeldung", cases.KindOther: "Nachricht",
		},
		Waiting: map[string]string{
			"undo": "wartet die Rücknahmefrist ab", "window": "wartet auf die Versandzeit", "retry": "neuer Versuch folgt", "offline": "Mailserver nicht erreichbar",
			"held": "wartet", "second": "wartet auf zweite Freigabe",
		},
		Blocked: map[string]string{
			"too_soon": "die letzte ist keine 14 Tage her", "limitation": "die Forderung ist verjährt", "closed": "die Akte ist abgeschlossen", "hold": "eine Sperre gilt", "dispute": "die Forderung ist bestritten", "pause": "Aufschub ist gewährt",
			"offer_open": "ein Angebot steht noch offen", "not_debtor": "die Person ist nicht der Schuldner", "deceased": "der Schuldner ist verstorben",
			"insolvency": "der Schuldner ist insolvent", "represented": "der Schuldner wird vertreten", "alert": "die Mail enthält einen Alarm",
			"paid_claimed": "Zahlung wird behauptet", "plan": "ein Ratenplan läuft", "identity_theft": "Identitätsdiebstahl steht im Raum",
			"debt_settlement_attempt": "ein Einigungsversuch läuft", "data_request": "eine Datenschutzanfrage läuft", "inquiry": "eine Rückfrage läuft", "other": "eine Sperre gilt",
		},
		StaleWhy: map[string]string{
			"message": "eine neue Nachricht kam", "payment": "eine Zahlung kam", "reversal": "eine Zahlung wurde zurückgebucht", "hold": "eine Sperre wurde geändert",
			"claim": "die Forderung wurde geändert", "party": "die Beteiligten wurden geändert", "address": "eine Adresse wurde geändert", "reply": "ein anderes Schreiben ging ab",
			"arrangement": "eine Vereinbarung wurde geändert", "stage": "die Stufe wurde geändert", "case": "die Akte wurde geändert", "person": "die Person wurde geändert",
			"assigned": "die Nachricht wurde anders zugeordnet", "unseen": "der Stand der Akte fehlt", "returned": "ein Schreiben kam zurück", "aged": "die Freigabe ist zu alt", "cancelled": "es wurde storniert",
			"contact": "eine Adresse wurde geändert", "deceased": "der Todesfall wurde vermerkt", "insolvent": "die Insolvenz wurde vermerkt",
		},
		Duty: map[string]string{
			"alert": "Die Mail enthält einen Alarm; jemand muss sich kümmern.", "Art. 12 Abs. 3 DSGVO": "Art. 12 Abs. 3 DSGVO: Antwort binnen eines Monats.",
			"§ 13a Abs. 2 RDG": "§ 13a Abs. 2 RDG: Auskunft auf Anfrage einer Privatperson.", "dispute": "Der Widerspruch ist noch unbeantwortet.",
			"complaint": "Eine Beschwerde wird beantwortet.",
		},
		WhyEffect: map[string]string{
			"template": "gehört zum Textbaustein", "never_preset": "nie vorausgewählt", "carried": "steht schon durch das Schreiben dazu", "needs_proof": "erst ankreuzen, wenn ein Nachweis vorliegt",
			"policy": "innerhalb der Vorgaben", "over_policy": "außerhalb der Vorgaben",
		},
		Request: map[string]string{
			"access": "Auskunft", "erasure": "Löschung", "rectification": "Berichtigung", "restriction": "Einschränkung", "objection": "Widerspruch gegen die Verarbeitung",
			"portability": "Datenübertragung", "withdrawal": "Widerruf der Einwilligung",
		},
		Severity: map[string]string{"block": "Sperrt", "warn": "Prüfen"},
		SentTo:   "an %s bei %s (%s), %s s, %d Bytes hin, %d zurück, %d Stellen unkenntlich: %s", OutcomeFailed: "ohne Ergebnis, %s",
		Outcome: map[string]string{
			"ok": "gelesen", "repaired": "gelesen, nach einer Rückfrage", "unreachable": "nicht erreichbar", "timeout": "keine Antwort in der Zeit", "server": "Fehler beim Anbieter", "busy": "Anbieter überlastet",
			"refused": "Zugang verweigert", "quota": "Guthaben verbraucht", "not_found": "Adresse oder Modell unbekannt", "redirect": "leitet um, nicht gefolgt", "key": "Schlüssel nicht lesbar", "status": "Anfrage abgelehnt",
			"too_large": "Antwort zu groß", "too_long": "Mail zu lang", "filtered": "vom Anbieter gefiltert", "length": "Antwort abgeschnitten", "invalid": "Antwort unbrauchbar", "error_body": "Antwort ohne Inhalt",
			"broken": "Antwort abgebrochen", "cancelled": "abgebrochen", "encode": "nicht zu übermitteln",
		},
		Unread: map[string]string{
			"encrypted": "verschlüsselt", "scan": "Scan ohne Text", "unknown": "unbekanntes Format", "too_large": "zu groß", "failed": "nicht lesbar", "not_tried": "nicht gelesen",
		},
		ReplyWhy: map[string]string{
			"message": "eine neue Nachricht kam", "payment": "eine Zahlung kam", "cancelled": "storniert", "aged": "Freigabe zu alt", "hold": "Sperre geändert",
			"reply": "ein anderes Schreiben ging ab", "party": "Beteiligte geändert", "claim": "Forderung geändert", "answer_lost": "Antwort des Servers ging verloren",
			"connection": "Verbindung riss vor der Antwort", "restart": "Programm endete während der Übergabe", "expired": "abgelaufen", "arrangement": "Vereinbarung geändert", "address": "Adresse geändert", "given_up": "aufgegeben",
		},
		Language: map[string]string{"de": "Deutsch", "en": "Englisch", "tr": "Türkisch", "pl": "Polnisch", "ru": "Russisch", "ro": "Rumänisch", "fr": "Französisch", "it": "Italienisch", "ar": "Arabisch"},
		Engine:   map[string]string{"local": "örtlich gelesen", "llm": "KI gelesen", "local+llm": "örtlich und KI gelesen", "person": "von Hand eingeordnet"},
		Link:     map[string]string{"none": "nicht eingerichtet", "off": "getrennt", "ok": "verbunden", "working": "arbeitet"},
		Settle:   map[string]string{"sent": "Ist angekommen: als versandt führen", "again": "Dieselben Bytes noch einmal senden", "give_up": "Aufgeben: die Nachricht kommt zurück in die Schlange"},
		Done: map[string]string{
			"thanks": "Dank oder Bestätigung, nichts zu tun", "spam": "Werbung oder Irrläufer", "duplicate": "Doppelt, schon beantwortet",
			"phone": "Telefonisch erledigt", "no_matter": "Kein Bezug zu einer Akte", "automatic": "Automatische Nachricht",
		},
		Unknown: "nicht eingeordnet", Yes: "ja", No: "nein", None: "keine",
	}
}
