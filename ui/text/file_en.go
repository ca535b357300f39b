package text

import "kontor/cases"

func englishFile() File {
	return File{
		Plan: "Instalments", Limitation: "Limitation", Titles: "Titles", Documents: "Documents", Complaints: "Complaints", Stops: "What may not go on now", Acks: "Acknowledgements to judge", Rate: "no. %d", Paid: "paid %s", PaidOn: "on %s",
		PlanSum: "paid %s of %s", PlanMissing: "%s missing", RateState: map[string]string{"open": "open", "unclear": "unclear: no statement yet", "met": "paid", "late": "paid late", "broken": "missing"},
		Ends: "time-barred after %s", Without: "without acknowledgements %s", With: "with the proposed acknowledgement %s", Act: "act by %s at the latest", InCourt: "suspended: proceedings are pending", Lapsed: "time-barred",
		InterestYear: "interest of %d lapses on %s", Final: "final since %s", NotFinal: "not final",
		Document: map[cases.DocumentKind]string{cases.DocContract: "contract", cases.DocInvoice: "invoice", cases.DocTitle: "title", cases.DocPower: "power of attorney", cases.DocOther: "other"},
		Source:   map[string]string{"import": "from the creditor", "mail": "from a mail", "person": "filed by hand"}, Removed: "does not count any more: %s",
		Title: map[string]string{"enforcement_order": "enforcement order", "judgment": "judgment", "cost_order": "cost order", "settlement": "settlement", "notarial_deed": "notarial deed", "insolvency_table": "insolvency table"},
		About: map[string]string{"conduct": "conduct", "amount": "amount", "privacy": "privacy", "contact": "contact", "other": "other"}, Outcome: map[string]string{"justified": "justified", "partly": "partly justified", "unjustified": "unjustified", "withdrawn": "withdrawn"},
		Due: "answer by %s", Stop: map[string]string{"dunning": "dunning", "court": "court dunning", "bureau": "credit bureau", "interest": "interest"}, AckProposed: "proposed %s, not judged yet",
	}
}
