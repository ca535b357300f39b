package text

// Papers is what leaves a case other than by mail: letters for the post, the
// payment code, a plan's calendar.
type Papers struct {
	Print, Code, Calendar       Key
	What                        string
	Kinds                       [2]string // draft, final
	DraftLead, FinalLead        string
	UnseenLead                  string
	Printed, PrintedFinal       string // path
	NoPrinter, NoCode, NoFolder string
	NoPlan                      string
	Amount                      string // heading: all that is open
	Instalment                  string // number
	To, IBAN, Reference         string
	CodeLead                    string
	Other, SavePNG, Close       string
	CodeSmall                   string // lines
	Saved                       string // path
	CalendarLead                string // instalments
	Court                       Key
	CourtLead                   string
	CourtName, CourtTrial       string
	CourtNumber, CourtCatalogue string
	CourtCatalogueBad           string
	CourtCounter, CourtSpeaks   string
	CourtCounters               [4]string
}

func germanPapers() Papers {
	return Papers{
		Print: Key{"drucken", "Brief für die Post drucken (PDF)"}, Code: Key{"GiroCode", "GiroCode zeigen und als Bild speichern"}, Calendar: Key{"Kalender", "Kalender des Ratenplans speichern (ICS)"},
		What: "als", Kinds: [2]string{"Entwurf, mit Vermerk", "endgültig, geht zur Post"}, DraftLead: "Ein Brief nach DIN 5008 für den Fensterumschlag.",
		FinalLead:  "Endgültig heißt: gelesen und in die Post. Das wird auf der Akte vermerkt. Vereinbarungen und andere Folgen macht nur das Schreiben per Mail.",
		UnseenLead: "Endgültig erst, wenn der ganze Text zu sehen war.", Printed: "Entwurf: %s", PrintedFinal: "Gedruckt und vermerkt: %s",
		NoPrinter: "Hier kann nicht gedruckt werden.", NoCode: "Hier gibt es keinen GiroCode.", NoFolder: "Hier kann nichts gespeichert werden.", NoPlan: "Es gibt keinen Ratenplan.",
		Amount: "alles, was offen ist", Instalment: "Rate %d", To: "an", IBAN: "IBAN", Reference: "Verwendungszweck", CodeLead: "Mit der Banking-App scannen.",
		Other: "anderer Betrag", SavePNG: "als Bild speichern", Close: "zurück", CodeSmall: "Der Code braucht ein Fenster mit %d Zeilen und %d Spalten.", Saved: "Gespeichert: %s",
		CalendarLead: "%d Raten, für den Kalender des Schuldners.",
		Court:        Key{"Mahnantrag", "Mahnantrag vorbereiten: Prüfung und Entscheidungsblatt"}, CourtLead: "Nur ein Mensch weiß das. Es wird nichts bei Gericht eingereicht.",
		CourtName: "Mahngericht", CourtTrial: "Streitgericht", CourtNumber: "Kennziffer", CourtCatalogue: "Katalognummer", CourtCatalogueBad: "Die Katalognummer ist eine Zahl, zum Beispiel 11.", CourtCounter: "Gegenleistung", CourtSpeaks: "Vertreter des Gläubigers",
		CourtCounters: [4]string{"noch nicht geklärt", "erbracht", "davon hängt der Anspruch nicht ab", "steht noch aus"},
	}
}

func englishPapers() Papers {
	return Papers{
		Print: Key{"print", "Print a letter for the post (PDF)"}, Code: Key{"GiroCode", "Show the GiroCode and save it as a picture"}, Calendar: Key{"calendar", "Save the plan's calendar (ICS)"},
		What: "as", Kinds: [2]string{"draft, marked", "final, goes by post"}, DraftLead: "A letter after DIN 5008 for a window envelope.",
		FinalLead:  "Final means: read, and into the post. That is noted on the case. Arrangements and other effects are made by a reply by mail alone.",
		UnseenLead: "Final only once the whole text has been on the screen.", Printed: "Draft: %s", PrintedFinal: "Printed and noted: %s",
		NoPrinter: "Nothing can be printed here.", NoCode: "There is no GiroCode here.", NoFolder: "Nothing can be saved here.", NoPlan: "There is no plan.",
		Amount: "all that is open", Instalment: "instalment %d", To: "to", IBAN: "IBAN", Reference: "Reference", CodeLead: "Scan it with a banking app.",
		Other: "another amount", SavePNG: "save as a picture", Close: "back", CodeSmall: "The code needs a window of %d lines and %d columns.", Saved: "Saved: %s",
		CalendarLead: "%d instalments, for the debtor's calendar.",
		Court:        Key{"court dunning", "Prepare a court application: check and decision sheet"}, CourtLead: "Only a person knows this. Nothing is filed with a court.",
		CourtName: "Dunning court", CourtTrial: "Trial court", CourtNumber: "Number (Kennziffer)", CourtCatalogue: "Catalogue no.", CourtCatalogueBad: "The catalogue number is a number, 11 for example.", CourtCounter: "Counter-performance", CourtSpeaks: "Who speaks for the creditor",
		CourtCounters: [4]string{"not clear yet", "rendered", "the claim depends on none", "still open"},
	}
}
