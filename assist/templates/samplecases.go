package templates

import (
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
)

type sampleSpec struct {
	name    string
	changes []change
}

func mailSamples() []sampleSpec {
	cents := func(c money.Cents) *money.Cents { return &c }
	wish := func(c money.Cents, first calendar.Date) change {
		return slotsOf(func(s *cases.Slots) { s.MonthlyCents, s.FirstPaymentDate = cents(c), first })
	}
	pauseUntil := func(d calendar.Date) change { return slotsOf(func(s *cases.Slots) { s.PauseUntil = d }) }
	also := func(i ...cases.Intent) change {
		return class(func(c *cases.Classification) { c.Secondary = append(c.Secondary, i...) })
	}
	raten := mail(cases.InstallmentRequest, "Guten Tag, kann ich in Raten zahlen?")
	hallo := mail(cases.InstallmentRequest, "hallo kann ich in raten zahlen? lg")
	pausiert := mail(cases.PaymentPause, "Guten Tag, ich bitte um Aufschub.")
	bezahlt := mail(cases.Paid, "Das habe ich längst bezahlt.")
	einwand := mail(cases.Dispute, "Ich widerspreche der Forderung.")
	vergleich := mail(cases.SettlementOffer, "Ich biete Ihnen eine einmalige Zahlung.")
	offers := func(c money.Cents, by calendar.Date) change {
		return slotsOf(func(s *cases.Slots) { s.OfferCents, s.PromiseDate = cents(c), by })
	}
	jan4 := calendar.Of(2027, 1, 4)
	return []sampleSpec{
		{"plan_exact", []change{raten, wish(5_000, jan4)}},
		{"plan_moved", []change{raten, wish(5_000, calendar.Of(2027, 1, 1))}},
		{"plan_no_day", []change{raten, wish(5_000, 0)}},
		{"plan_single", []change{raten, wish(500_000, 0)}},
		{"plan_single_exact", []change{raten, wish(500_000, jan4)}},
		{"plan_single_plain", []change{hallo, wish(600_000, 0), flags(cases.Vulnerable)}},
		{"plan_plain", []change{hallo, wish(6_000, 0), flags(cases.Vulnerable)}},
		{"plan_too_small", []change{raten, wish(1_000, 0)}},
		{"plan_too_small_plain", []change{hallo, wish(1_000, 0), flags(cases.Vulnerable)}},
		{"plan_too_late", []change{raten, wish(5_000, calendar.Of(2027, 6, 1))}},
		{"plan_too_long", []change{raten, wish(3_000, 0), func(in *cases.DraftContext) { in.Case.Ledger.Claims[0].Principal = 180_000 }}},
		{"plan_no_figure", []change{raten}},
		{"plan_no_figure_plain", []change{hallo, flags(cases.Vulnerable)}},
		{"plan_co_debtor", []change{raten, wish(5_000, 0), asPerson(cases.RoleCoDebtor, "Kim Muster")}},
		{"plan_guardian", []change{raten, wish(5_000, 0), asPerson(cases.RoleGuardian, "Ada Betreuerin")}},
		{"plan_firm", []change{raten, wish(1_000, 0), state(func(p *cases.Person) { p.Name, p.Legal, p.Business = plain.Line("Radhaus Beispiel e. K."), true, true })}},
		{"plan_hostile_complaint", []change{raten, wish(5_000, 0), flags(cases.Hostile), also(cases.Complaint, cases.ContactChange)}},
		{"plan_lowered", []change{raten, wish(3_000, jan4), running}},
		{"plan_insolvent", []change{raten, wish(5_000, 0), state(func(p *cases.Person) { p.Insolvent = true })}},
		{"plan_deceased", []change{raten, wish(5_000, 0), state(func(p *cases.Person) { p.Deceased = true })}},
		{"plan_nothing_open", []change{raten, wish(5_000, 0), found(ledger.Payment, 50_000, calendar.Of(2026, 11, 18))}},
		{"plan_closed", []change{raten, wish(5_000, 0), func(in *cases.DraftContext) { in.Case.Stage = cases.StageClosed }}},
		{"plan_disputed", []change{raten, wish(5_000, 0), disputeOnFile}},
		{"plan_turkish", []change{raten, wish(5_000, 0), class(func(c *cases.Classification) { c.Lang = "tr" })}},
		{"pause_fits", []change{pausiert, pauseUntil(calendar.Of(2027, 2, 1))}},
		{"pause_plain", []change{pausiert, pauseUntil(calendar.Of(2027, 1, 31)), flags(cases.Vulnerable)}},
		{"pause_too_long", []change{pausiert, pauseUntil(calendar.Of(2027, 9, 1))}},
		{"pause_no_day", []change{pausiert}},
		{"pause_no_day_plain", []change{pausiert, flags(cases.Vulnerable)}},
		{"pause_asks_account", []change{
			mail(cases.PaymentPause, "Guten Tag, ich bitte um Aufschub. Auf welches Konto muss ich später überweisen?"), pauseUntil(calendar.Of(2027, 2, 1)), also(cases.InformationRequest),
		}},
		{"pause_asks_papers", []change{
			mail(cases.PaymentPause, "Guten Tag, ich bitte um Aufschub und um eine Kopie des Vertrags."), pauseUntil(calendar.Of(2027, 2, 1)), also(cases.InformationRequest),
		}},
		{"pause_asks_who", []change{
			mail(cases.PaymentPause, "Guten Tag, ich bitte um Aufschub. Wer ist eigentlich der Gläubiger?"), pauseUntil(calendar.Of(2027, 2, 1)), also(cases.InformationRequest),
		}},
		{"pause_none_allowed", []change{pausiert, func(in *cases.DraftContext) { in.Rules.PauseDays = 0 }}},
		{"dispute_not_ordered", []change{einwand, disputes("not_ordered")}},
		{"dispute_in_court", []change{einwand, disputes("not_ordered"), func(in *cases.DraftContext) { in.Case.Stage = cases.StageCourtOrder }}},
		{"dispute_plain", []change{mail(cases.Dispute, "hallo das stimmt nicht"), disputes("wrong_amount")}},
		{"dispute_hostile", []change{einwand, flags(cases.Hostile, cases.LegalThreat)}},
		{"dispute_fraud", []change{einwand, disputes("fraud")}},
		{"dispute_barred", []change{einwand, disputes("time_barred"), old}},
		{"dispute_not_barred", []change{einwand, disputes("time_barred")}},
		{"paid_found_all", []change{bezahlt, found(ledger.Payment, 42_000, calendar.Of(2026, 11, 18)), flags(cases.Hostile)}},
		{"paid_found_part", []change{bezahlt, found(ledger.Payment, 20_000, calendar.Of(2026, 11, 18))}},
		{"paid_rest_waived", []change{bezahlt, found(ledger.Payment, 41_400, calendar.Of(2026, 11, 18)), func(in *cases.DraftContext) { in.Template = "paid_found_waived" }}},
		{"paid_found_creditor", []change{bezahlt, found(ledger.PaymentToCreditor, 35_000, calendar.Of(2026, 11, 2))}},
		{"paid_to_creditor", []change{
			mail(cases.Paid, "Ich habe direkt an den Händler gezahlt."),
			slotsOf(func(s *cases.Slots) { s.PaidCents, s.PaidDate = cents(35_000), calendar.Of(2026, 11, 2) }),
		}},
		{"paid_not_found", []change{bezahlt}},
		{"promise", []change{mail(cases.PaymentPromise, "Ich zahle."), slotsOf(func(s *cases.Slots) { s.PromiseDate = calendar.Of(2026, 12, 4) })}},
		{"promise_far", []change{mail(cases.PaymentPromise, "Ich zahle."), slotsOf(func(s *cases.Slots) { s.PromiseDate = calendar.Of(2027, 2, 1) })}},
		{"promise_vague", []change{mail(cases.PaymentPromise, "Ich zahle bald.")}},
		{"settlement", []change{mail(cases.SettlementOffer, "Ich biete 200 Euro."), slotsOf(func(s *cases.Slots) { s.OfferCents = cents(20_000) })}},
		{"settlement_vague", []change{mail(cases.SettlementOffer, "Können wir uns einigen?")}},
		{"information", []change{mail(cases.InformationRequest, "Worum geht es?")}},
		{"information_assigned", []change{mail(cases.InformationRequest, "Wem schulde ich das eigentlich?"), assigned}},
		{"information_lacking", []change{mail(cases.InformationRequest, "Worum geht es?"), func(in *cases.DraftContext) { in.Case.Ledger = ledger.Ledger{} }}},
		{"data_access", []change{mail(cases.DataRequest, "Auskunft bitte."), requests("access")}},
		{"data_erasure", []change{mail(cases.DataRequest, "Löschen Sie alles."), requests("erasure")}},
		{"data_rectification", []change{mail(cases.DataRequest, "Mein Name ist falsch."), requests("rectification")}},
		{"data_objection", []change{mail(cases.DataRequest, "Ich widerspreche."), requests("objection")}},
		{"contact", []change{mail(cases.ContactChange, "Ich bin umgezogen.")}},
		{"lawyer", []change{mail(cases.Representation, "Wir vertreten."), helper(cases.RoleRepresentative, cases.ProofClaimed)}},
		{"lawyer_unknown", []change{mail(cases.Representation, "Wir vertreten."), stranger}},
		{"lawyer_asks_for_instalments", []change{raten, wish(5_000, 0), helper(cases.RoleRepresentative, cases.ProofClaimed)}},
		{"lawyer_proven_asks_for_instalments", []change{raten, wish(5_000, 0), helper(cases.RoleRepresentative, cases.ProofSeen)}},
		{"adviser", []change{mail(cases.Representation, "Schuldnerberatung der Stadt."), helper(cases.RoleAdviser, cases.ProofClaimed)}},
		{"represented_debtor", []change{
			helper(cases.RoleRepresentative, cases.ProofSeen), raten, wish(5_000, 0),
		}},
		{"insolvency", []change{mail(cases.Insolvency, "Das Verfahren ist eröffnet.")}},
		{"settlement_within", []change{vergleich, offers(35_000, calendar.Of(2026, 12, 15)), authority(true)}},
		{"settlement_full", []change{vergleich, offers(900_000, 0)}},
		{"settlement_full_disputed", []change{vergleich, offers(900_000, 0), disputeOnFile}},
		{"settlement_below", []change{vergleich, offers(10_000, 0), authority(true)}},
		{"settlement_below_no_counter", []change{vergleich, offers(10_000, 0), authority(false)}},
		{"settlement_too_late", []change{vergleich, offers(35_000, calendar.Of(2027, 6, 1)), authority(true)}},
		{"settlement_other_stage", []change{vergleich, offers(35_000, 0), authority(true), func(in *cases.DraftContext) { in.Case.Stage = cases.StageDunning }}},
		{"settlement_disputed", []change{vergleich, offers(35_000, 0), authority(true), disputeOnFile}},
		{"insolvency_unknown_administrator", []change{
			mail(cases.Insolvency, "Im Verfahren 67c IN 331/26 bin ich zum Insolvenzverwalter bestellt worden. Anmeldung bis zum 04.01.2027."), stranger,
			class(func(c *cases.Classification) { c.Details.TheirDeadline = calendar.Of(2027, 1, 4) }),
		}},
		{"insolvency_administrator", []change{mail(cases.Insolvency, "Das Verfahren ist eröffnet."), administrator}},
		{"insolvency_from_administrator", []change{mail(cases.Insolvency, "Verfahren 67g IN 123/26."), helper(cases.RoleAdministrator, cases.ProofClaimed)}},
		{"insolvent_with_administrator", []change{raten, wish(5_000, 0), administrator, state(func(p *cases.Person) { p.Insolvent = true })}},
		{"lawyer_with_authority", []change{
			mail(cases.Representation, "Wir vertreten. Eine Vollmacht liegt bei."), helper(cases.RoleRepresentative, cases.ProofClaimed),
			attach("Vollmacht.pdf", "Vollmacht: Der Kanzlei wird hiermit Vollmacht erteilt."),
		}},
		{"adviser_with_authority", []change{
			mail(cases.Representation, "Schuldnerberatung der Stadt, Vollmacht im Anhang."), helper(cases.RoleAdviser, cases.ProofClaimed), attach("scan.pdf", ""),
		}},
		{"lawyer_proof_only", []change{
			raten, wish(5_000, 0), helper(cases.RoleRepresentative, cases.ProofClaimed), attach("vollmacht_unterschrieben.pdf", ""),
		}},
		{"paid_with_slip", []change{bezahlt, attach("Umsatzdetails.pdf", "Umsatzdetails Überweisung vom 12.11.2026")}},
		{"paid_creditor_with_slip", []change{mail(cases.Paid, "Ich habe direkt an den Händler gezahlt, Beleg anbei."), attach("scan0001.pdf", "")}},
		{"dispute_with_papers", []change{einwand, disputes("returned"), attach("Einlieferungsbeleg.pdf", "Paket 123")}},
		{"dispute_plain_with_papers", []change{mail(cases.Dispute, "hallo das stimmt nicht"), disputes("returned"), attach("foto.pdf", "")}},
		{"deceased", []change{mail(cases.Deceased, "Mein Vater ist gestorben."), stranger}},
		{"not_debtor", []change{mail(cases.NotDebtor, "Das bin ich nicht."), stranger}},
		{"identity_theft", []change{mail(cases.NotDebtor, "Identitätsdiebstahl, ich habe Anzeige erstattet.")}},
		{"complaint", []change{mail(cases.Complaint, "Ihr Ton ist unmöglich."), flags(cases.Hostile)}},
		{"other", []change{mail(cases.Other, "Danke.")}},
		{"stranger_instalments", []change{raten, wish(5_000, 0), stranger}},
		{"stranger_dispute", []change{einwand, disputes("returned"), stranger}},
		{"despair", []change{raten, wish(5_000, 0), alert(cases.SelfHarm), flags(cases.Vulnerable)}},
		{"despair_stranger", []change{einwand, alert(cases.SelfHarm), stranger}},
		{"minor", []change{einwand, alert(cases.Minor)}},
		{"danger", []change{mail(cases.Complaint, "Ich komme vorbei."), alert(cases.DangerToOthers), flags(cases.Hostile)}},
		{"bounce", []change{mail(cases.Bounce, "")}},
	}
}

func occasionSamples() []sampleSpec {
	addressFound := func(in *cases.DraftContext) { in.Persons["debtor"].Contacts[1].Why = "address_inquiry" }
	fixedRate := func(in *cases.DraftContext) {
		in.Case.Ledger.Claims[0].Rate = ledger.RateRule{Kind: ledger.RateFixed, BasisPoints: 1_200}
	}
	promised := func(in *cases.DraftContext) {
		in.Case.Arrangements = append(in.Case.Arrangements, cases.Arrangement{
			ID: "a2", Kind: cases.ArrangePromise, State: cases.ArrRunning, Until: calendar.Of(2026, 11, 13), Total: 41_000,
		})
	}
	return []sampleSpec{
		{"first_letter", []change{occasion("first_letter", cases.OccasionOpening)}},
		{"first_letter_found_address", []change{occasion("first_letter", cases.OccasionOpening), addressFound, fixedRate}},
		{"balance_letter", []change{occasion("balance_letter", cases.OccasionFollowUp)}},
		{"balance_letter_lawyer", []change{occasion("balance_letter", cases.OccasionFollowUp), helper(cases.RoleRepresentative, cases.ProofSeen)}},
		{"balance_letter_vulnerable", []change{occasion("balance_letter", cases.OccasionFollowUp), func(in *cases.DraftContext) { in.Case.Vulnerable = true }}},
		{"balance_letter_firm", []change{
			occasion("balance_letter", cases.OccasionFollowUp),
			state(func(p *cases.Person) { p.Name, p.Legal, p.Business = plain.Line("Radhaus Beispiel e. K."), true, true }),
			func(in *cases.DraftContext) { in.Persons["creditor"].Name = plain.Line("Muster Velo e. K.") },
		}},
		{"balance_letter_disputed", []change{occasion("balance_letter", cases.OccasionFollowUp), disputeOnFile}},
		{"payment_receipt_part", []change{occasion("payment_receipt", cases.OccasionPayment), found(ledger.Payment, 20_000, calendar.Of(2026, 11, 18))}},
		{"payment_receipt_all", []change{occasion("payment_receipt", cases.OccasionPayment), found(ledger.Payment, 50_000, calendar.Of(2026, 11, 18))}},
		{"payment_receipt_plan", []change{occasion("payment_receipt", cases.OccasionPayment), running, found(ledger.Payment, 5_000, calendar.Of(2026, 11, 18))}},
		{"plan_confirmation", []change{occasion("plan_confirmation", cases.OccasionPlan), running}},
		{"plan_reminder", []change{occasion("plan_reminder", cases.OccasionPlan), running}},
		{"plan_reminder_uncovered", []change{
			occasion("plan_reminder", cases.OccasionPlan), running,
			func(in *cases.DraftContext) { in.CoveredUntil = calendar.Of(2026, 10, 2) },
		}},
		{"promise_reminder", []change{occasion("promise_reminder", cases.OccasionPlan), promised}},
		{"plan_reminder_one", []change{occasion("plan_reminder", cases.OccasionPlan), running, paidRates(5_000)}},
		{"plan_reminder_part", []change{occasion("plan_reminder", cases.OccasionPlan), running, paidRates(8_000)}},
		{"plan_reminder_paid", []change{occasion("plan_reminder", cases.OccasionPlan), running, paidRates(10_000)}},
		{"plan_reminder_lawyer", []change{occasion("plan_reminder", cases.OccasionPlan), running, helper(cases.RoleRepresentative, cases.ProofSeen)}},
		{"plan_end", []change{occasion("plan_end", cases.OccasionPlan), running, remindedOn(calendar.Of(2026, 10, 12))}},
		{"plan_end_unreminded", []change{occasion("plan_end", cases.OccasionPlan), running}},
		{"plan_end_too_soon", []change{occasion("plan_end", cases.OccasionPlan), running, remindedOn(calendar.Of(2026, 11, 10))}},
		{"court_announcement", []change{occasion("court_announcement", cases.OccasionFollowUp)}},
		{"closing_letter", []change{occasion("closing_letter", cases.OccasionPayment), found(ledger.Payment, 50_000, calendar.Of(2026, 11, 18))}},
		{"address_check", []change{occasion("address_check", cases.OccasionFree)}},
		{"creditor_inquiry", []change{occasion("creditor_inquiry", cases.OccasionFree)}},
	}
}

func state(set func(*cases.Person)) change {
	return func(in *cases.DraftContext) { set(in.Persons["debtor"]) }
}

func disputeOnFile(in *cases.DraftContext) {
	in.Case.Objections = append(in.Case.Objections, cases.Objection{ID: "o1", Reason: "returned", Date: in.Today - 5})
}

// old moves the claim so far back that limitation has passed.
func old(in *cases.DraftContext) {
	c := &in.Case.Ledger.Claims[0]
	c.Contract, c.InvoiceDate, c.Due, c.Default = calendar.Of(2019, 5, 4), calendar.Of(2019, 5, 6), calendar.Of(2019, 5, 20), calendar.Of(2019, 6, 21)
	c.Subject = plain.Line("Zeitschriftenabonnement").String()
}
