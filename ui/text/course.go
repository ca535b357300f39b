package text

import "kontor/cases"

// Courses is the course of a case by hand: stages, courts, bookings, and what one
// hears of a person on the phone.
type Courses struct {
	Stage, Court, Book, Contact, Life Key
	StageTo, StageWhy, StageLead      string
	StageSaved                        string // stage
	ClosedWhy                         string
	Same                              string
	Step                              string
	Steps                             map[cases.CourtStep]string
	StepLead, StepSaved               string
	ClockEnd, ClockEnded              string // clock
	What, Amount, AmountBad, Text     string
	WaiveCosts, WaiveInterest         string
	WriteOff                          string
	BookSaved                         string // what, sum
	Cap                               string // cap, value, base, factor, fee, expenses, rule
	NoLumpSum                         string
	Back                              string // what, sum
	BackSaved                         string
	Who, How, Value, Proof            string
	Hows                              [3]string
	Proofs                            [2]string // claimed, seen
	ValueMissing, ContactSaved        string
	LifeKinds                         [2]string // death, insolvency
	LifeLead                          string
	LifeSaved                         string
}

func germanCourses() Courses {
	return Courses{
		Stage: Key{"Stufe ändern oder abschließen", "Stufe der Akte ändern, Akte abschließen"}, Court: Key{"Schritt des Gerichts", "Schritt des Gerichts erfassen, mit seinen Fristen"},
		Book: Key{"Kosten, Verzicht oder Ausbuchung", "Kosten, Verzicht oder Ausbuchung buchen"}, Contact: Key{"Kontakt eintragen", "Anschrift, Mailadresse oder Telefon eintragen"}, Life: Key{"Todesfall oder Insolvenz", "Todesfall oder Insolvenz vermerken"},
		StageTo: "neue Stufe", StageWhy: "weshalb", StageLead: "Abgeschlossen wird nur, was beantwortet ist und keine Frist hat; Wiedervorlagen sind damit erledigt.", StageSaved: "Stufe: %s", ClosedWhy: "Zum Abschluss gehört ein Grund.", Same: "Auf dieser Stufe steht die Akte schon.",
		Step: "was", Steps: map[cases.CourtStep]string{cases.OrderServed: "Mahnbescheid zugestellt", cases.OrderContested: "Widerspruch eingelegt", cases.ReasonsAsked: "zur Anspruchsbegründung aufgefordert", cases.OrderRefused: "Antrag zurückgewiesen", cases.EnforcementServed: "Vollstreckungsbescheid zugestellt"},
		StepLead: "Die Fristen des Gesetzes und die Stufe folgen daraus.", StepSaved: "erfasst; die Fristen laufen", ClockEnd: "Frist erledigt: %s", ClockEnded: "Frist erledigt",
		What: "was", Amount: "Betrag", AmountBad: "Das ist kein Betrag. Zum Beispiel 46,35.", Text: "Text", WaiveCosts: "Verzicht auf Kosten", WaiveInterest: "Verzicht auf Zinsen", WriteOff: "Ausbuchung", BookSaved: "gebucht: %s %s",
		Cap: "höchstens %s: Wert bis %s, %s × %s = %s und Auslagen %s (%s)", NoLumpSum: "Die Pauschale gilt nicht gegen Verbraucher (§ 288 Abs. 5 BGB).", Back: "zurücknehmen: %s %s", BackSaved: "Buchung zurückgenommen",
		Who: "wer", How: "was", Value: "lautet", Proof: "Nachweis", Hows: [3]string{"Mailadresse", "Anschrift", "Telefon"}, Proofs: [2]string{"behauptet", "gesehen"}, ValueMissing: "Es fehlt, wie der Kontakt lautet.", ContactSaved: "Kontakt eingetragen",
		LifeKinds: [2]string{"verstorben", "insolvent"}, LifeLead: "Diese Akte ruht damit ganz, mit Wiedervorlage; die anderen Akten der Person werden zur Beurteilung vorgelegt.", LifeSaved: "vermerkt; die Akte ruht",
	}
}

func englishCourses() Courses {
	return Courses{
		Stage: Key{"Change the stage or close", "Change the stage of the case, close the case"}, Court: Key{"Step of the court", "Record a step of the court, with its deadlines"},
		Book: Key{"Costs, waiver or write-off", "Book costs, a waiver or a write-off"}, Contact: Key{"Enter a contact", "Enter an address, mail address or phone"}, Life: Key{"Death or insolvency", "Record a death or an insolvency"},
		StageTo: "new stage", StageWhy: "why", StageLead: "Only what is answered and has no clock is closed; follow-ups are settled with it.", StageSaved: "stage: %s", ClosedWhy: "Closing wants a reason.", Same: "The case is on this stage already.",
		Step: "what", Steps: map[cases.CourtStep]string{cases.OrderServed: "payment order served", cases.OrderContested: "payment order contested", cases.ReasonsAsked: "asked to reason the claim", cases.OrderRefused: "application refused", cases.EnforcementServed: "enforcement order served"},
		StepLead: "The deadlines of the law and the stage follow from it.", StepSaved: "recorded; the clocks run", ClockEnd: "clock done: %s", ClockEnded: "clock done",
		What: "what", Amount: "amount", AmountBad: "That is no amount. For example 46.35.", Text: "text", WaiveCosts: "waiver of costs", WaiveInterest: "waiver of interest", WriteOff: "write-off", BookSaved: "booked: %s %s",
		Cap: "at most %s: value up to %s, %s × %s = %s and expenses %s (%s)", NoLumpSum: "The lump sum does not hold against consumers (§ 288(5) BGB).", Back: "take back: %s %s", BackSaved: "booking taken back",
		Who: "who", How: "what", Value: "is", Proof: "proof", Hows: [3]string{"mail address", "address", "phone"}, Proofs: [2]string{"claimed", "seen"}, ValueMissing: "What the contact is is missing.", ContactSaved: "contact entered",
		LifeKinds: [2]string{"died", "insolvent"}, LifeLead: "With that this case rests wholly, with a follow-up; the person's other cases are put up to be judged.", LifeSaved: "recorded; the case rests",
	}
}
