package text

// Lists is the room of what runs against the agency, over all cases.
type Lists struct {
	Key                           Key
	Tabs                          [5]string // duties, Silvester, complaints, events, idle
	Next, Prev                    Key
	Later, Earlier                Key
	NoLater, NoEarlier            string
	DutyLead, DutyNone            string
	SilvesterLead                 string // year
	SilvesterNone                 string // year
	ComplaintLead, ComplaintNone  string
	EventLead, EventNone          string
	IdleLead, IdleNone            string
	Due, What, Case, Debtor, Open string // column heads
	Sum                           string
	Today                         string
	In, Late                      Plural
	ActBy                         string // day
	Undecided                     string // without, with
	Interest                      string // year
	Entered, NotEntered           string // a complaint in the register, or only a mail
	Unassigned                    string
	Closed                        string // outcome, day
}

func germanLists() Lists {
	return Lists{
		Key:  Key{"Fristen", "Fristen: Pflichten, Silvester, Beschwerden, Todesfälle, Akten ohne nächsten Schritt"},
		Tabs: [5]string{"Pflichten", "Silvester", "Beschwerden", "Tod und Insolvenz", "ohne Schritt"},
		Next: Key{"nächste Liste", "Nächste Liste"}, Prev: Key{"", "Vorige Liste"}, Later: Key{"nächstes Jahr", "Das nächste Jahr"}, Earlier: Key{"voriges Jahr", "Das vorige Jahr"},
		NoLater: "Weiter wird nicht gerechnet.", NoEarlier: "Was früher verjährte, ist verjährt.",
		DutyLead: "Was bis wann beantwortet sein muss, das Eiligste zuerst.", DutyNone: "Es läuft keine Frist.",
		SilvesterLead: "Was bis Ende %d verjährt, wenn nichts geschieht. Es gilt der frühere Tag; ein Anerkenntnis zählt erst, wenn ein Mensch es bestätigt.", SilvesterNone: "Bis Ende %d verjährt nichts.",
		ComplaintLead: "Das Register der Beschwerden: die offenen zuerst.", ComplaintNone: "Es ist keine Beschwerde erfasst.",
		EventLead: "Wer gestorben oder insolvent ist, hat hier noch Akten, für die niemand gesagt hat, was gilt.", EventNone: "Es ist nichts zu beurteilen.",
		IdleLead: "Diese Akten bringt nichts zurück: keine Wiedervorlage, keine Frist, keine Mail, keine Rate.", IdleNone: "Jede offene Akte hat einen nächsten Schritt.",
		Due: "bis", What: "was", Case: "Akte", Debtor: "Schuldner", Open: "Stand", Sum: "Hauptforderung", Today: "heute", In: Plural{"noch 1 Tag", "noch %d Tage"}, Late: Plural{"seit 1 Tag", "seit %d Tagen"},
		ActBy: "handeln bis %s", Undecided: "zu beurteilen: ohne Anerkenntnis %s, mit %s", Interest: "Zinsen aus %d", Entered: "im Register", NotEntered: "nicht erfasst", Unassigned: "ohne Akte", Closed: "%s am %s",
	}
}

func englishLists() Lists {
	return Lists{
		Key:  Key{"deadlines", "Deadlines: duties, year's end, complaints, bereavements, cases without a next step"},
		Tabs: [5]string{"Duties", "Year's end", "Complaints", "Death, insolvency", "no next step"},
		Next: Key{"next list", "Next list"}, Prev: Key{"", "Previous list"}, Later: Key{"next year", "The next year"}, Earlier: Key{"year before", "The year before"},
		NoLater: "There is no reckoning beyond.", NoEarlier: "What lapsed earlier has lapsed.",
		DutyLead: "What has to be answered by when, the most urgent first.", DutyNone: "No clock is running.",
		SilvesterLead: "What lapses by the end of %d if nothing happens. The earlier day counts; an acknowledgement counts only once a person confirms it.", SilvesterNone: "Nothing lapses by the end of %d.",
		ComplaintLead: "The register of complaints: the open ones first.", ComplaintNone: "No complaint is recorded.",
		EventLead: "Who has died or become insolvent has cases here for which nobody has said what holds.", EventNone: "Nothing is to be judged.",
		IdleLead: "Nothing brings these cases back: no follow-up, no clock, no mail, no instalment.", IdleNone: "Every open case has a next step.",
		Due: "by", What: "what", Case: "case", Debtor: "debtor", Open: "state", Sum: "principal", Today: "today", In: Plural{"1 day left", "%d days left"}, Late: Plural{"1 day late", "%d days late"},
		ActBy: "act by %s", Undecided: "to be judged: without the acknowledgement %s, with it %s", Interest: "interest of %d", Entered: "in the register", NotEntered: "not recorded", Unassigned: "no case", Closed: "%s on %s",
	}
}
