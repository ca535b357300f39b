package text

import "kontor/cases"

func germanFile() File {
	return File{
		Plan: "Raten", Limitation: "Verjährung", Titles: "Titel", Documents: "Unterlagen", Complaints: "Beschwerden", Stops: "Was jetzt nicht weitergehen darf", Acks: "Anerkenntnisse zur Prüfung", Rate: "Rate %d", Paid: "bezahlt %s", PaidOn: "am %s",
		PlanSum: "bezahlt %s von %s", PlanMissing: "es fehlen %s", RateState: map[string]string{"open": "offen", "unclear": "unklar: Auszug fehlt", "met": "bezahlt", "late": "verspätet bezahlt", "broken": "fehlt"},
		Ends: "verjährt mit Ablauf des %s", Without: "ohne Anerkenntnis %s", With: "mit vorgemerktem Anerkenntnis %s", Act: "spätestens handeln am %s", InCourt: "gehemmt: das Verfahren läuft", Lapsed: "verjährt",
		InterestYear: "Zinsen aus %d verjähren am %s", Final: "rechtskräftig seit %s", NotFinal: "nicht rechtskräftig",
		Document: map[cases.DocumentKind]string{cases.DocContract: "Vertrag", cases.DocInvoice: "Rechnung", cases.DocTitle: "Titel", cases.DocPower: "Vollmacht", cases.DocOther: "Sonstiges"},
		Source:   map[string]string{"import": "vom Gläubiger", "mail": "aus einer Mail", "person": "von Hand abgelegt"}, Removed: "zählt nicht mehr: %s",
		Title: map[string]string{"enforcement_order": "Vollstreckungsbescheid", "judgment": "Urteil", "cost_order": "Kostenfestsetzung", "settlement": "Vergleich", "notarial_deed": "notarielle Urkunde", "insolvency_table": "Insolvenztabelle"},
		About: map[string]string{"conduct": "Verhalten", "amount": "Höhe", "privacy": "Datenschutz", "contact": "Kontakt", "other": "Sonstiges"}, Outcome: map[string]string{"justified": "berechtigt", "partly": "teils berechtigt", "unjustified": "unberechtigt", "withdrawn": "zurückgenommen"},
		Due: "Antwort bis %s", Stop: map[string]string{"dunning": "Mahnen", "court": "Mahnverfahren", "bureau": "Auskunftei", "interest": "Zinsen"}, AckProposed: "vorgemerkt %s, noch nicht beurteilt",
	}
}
