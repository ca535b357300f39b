package fake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
	"kontor/cases/priority"
)

// Start is the sample's moment: Monday, 23 November 2026, 14:05 in Berlin.
func Start() time.Time { return time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC) }

// Today is the sample's day.
func Today() calendar.Date { return calendar.Of(2026, 11, 23) }

// Mail is what a sample item is made of.
type Mail struct {
	N                  int
	Name, Addr, Lender string
	Subject, Text      string
	Intent             cases.Intent
	Second             cases.Intent
	Permille           int
	Lane               priority.Lane
	Age                int
	Principal          money.Cents
	Letter             string   // the draft; values in ‹ ›
	Quotes             []string // "for=quote"
	Effects            []cases.DraftEffect
	Flags              []cases.Flag
	Alerts             []cases.Alert
	Slots              cases.Slots
	Kind               cases.MailKind
	NoCase             bool
	Reasons            []priority.Reason
	Right              cases.RightPartyState
}

// Make builds an item of a mail.
func Make(m Mail) *Item {
	today := Today()
	ref := fmt.Sprintf("K-2026-%06d", m.N)
	caseID := cases.CaseID(fmt.Sprintf("case-%d", m.N))
	debtor, creditor := cases.PersonID(fmt.Sprintf("p-%d", m.N)), cases.PersonID("creditor")
	at := Start().Add(-time.Duration(m.Age)*24*time.Hour - 6*time.Hour + time.Duration(m.N%50)*time.Minute)
	item := desk.ItemRef{Kind: priority.ItemMessage, ID: fmt.Sprintf("m-%d", m.N)}
	interest, costs := m.Principal*34/1000, money.Cents(5050)
	bal := ledger.Balance{At: today, Principal: m.Principal, Interest: interest, Costs: costs, Total: m.Principal + interest + costs}
	kind := m.Kind
	if kind == "" {
		kind = cases.KindReply
	}
	right := m.Right
	if right == "" {
		right = cases.PartyConfirmed
	}
	msg := &cases.Message{
		ID: cases.MessageID(item.ID), Received: at, State: cases.MessageOpen,
		Mail: cases.Mail{From: cases.Address{Name: plain.Line(m.Name), Addr: m.Addr}, Subject: plain.Line(m.Subject), Own: plain.Clean(m.Text), Text: plain.Clean(m.Text), Kind: kind},
		Class: cases.Classification{
			Intent: m.Intent, Permille: m.Permille, Unsure: m.Second != "", Flags: m.Flags, Alerts: m.Alerts, Slots: m.Slots, Lang: "de", Engine: "local",
			Candidates: []cases.Candidate{{Intent: m.Intent, Permille: m.Permille}, {Intent: second(m.Second), Permille: (1000 - m.Permille) * 6 / 10}},
		},
		Match: cases.Match{Case: caseID, Person: debtor, Right: right},
	}
	for _, q := range m.Quotes {
		what, quote, _ := strings.Cut(q, "=")
		i := strings.Index(m.Text, quote)
		msg.Class.Evidence = append(msg.Class.Evidence, cases.Evidence{Field: "text", Quote: quote, For: what, Start: i, End: i + len(quote)})
	}
	reasons := m.Reasons
	if m.Age > 0 {
		reasons = append(reasons, priority.Reason{Factor: priority.FactorReplyAge, Points: 15 * m.Age, Days: m.Age})
	}
	if pts := int(bal.Total / 10000); pts > 0 {
		reasons = append(reasons, priority.Reason{Factor: priority.FactorAmount, Points: min(40, pts), Cents: bal.Total})
	}
	score := 0
	for _, r := range reasons {
		score += r.Points
	}
	row := desk.Row{
		Item: item, Lane: m.Lane, Score: score, Reasons: reasons, Message: msg.ID, From: plain.Line(m.Name), Subject: plain.Line(m.Subject),
		Received: at, AgeDays: m.Age, Intent: m.Intent, Second: m.Second, Permille: m.Permille, Unsure: m.Second != "", Flags: m.Flags, Alerts: m.Alerts,
	}
	review := desk.Review{Message: msg, Text: plain.Clean(m.Text + "\n\n> Sehr geehrte Damen und Herren,\n> bitte zahlen Sie den offenen Betrag."), Own: plain.Clean(m.Text), Right: right}
	if m.NoCase {
		msg.Match = cases.Match{}
		review.Suggest = []desk.Suggestion{
			{Case: "case-318", Reference: plain.Line("K-2026-000318"), Debtor: plain.Line("Jana Muster"), Score: 62, Reasons: []cases.MatchReason{{Code: "name", Points: 40}, {Code: "amount", Points: 22}}},
			{Case: "case-402", Reference: plain.Line("K-2026-000402"), Debtor: plain.Line("Jan Mustermann"), Score: 31, Reasons: []cases.MatchReason{{Code: "name", Points: 31}}},
		}
		return &Item{Row: row, Review: review}
	}
	row.Case, row.Reference, row.Debtor, row.Creditor = caseID, plain.Line(ref), plain.Line(m.Name), plain.Line(m.Lender)
	row.Balance, row.BalanceOK, row.Stage = bal.Total, true, cases.StageDunning
	review.Case = &cases.Case{
		ID: caseID, Reference: ref, Subject: plain.Line("Warenlieferung"), Opened: today - 90, Stage: cases.StageDunning, RightParty: cases.PartyUnknown,
		Parties: []cases.Party{
			{ID: "a", Person: debtor, Role: cases.RoleDebtor, Proof: cases.ProofSeen, Since: today - 90},
			{ID: "b", Person: creditor, Role: cases.RoleCreditor, Proof: cases.ProofSeen},
		},
		Ledger:    ledger.Ledger{Claims: []ledger.Claim{{ID: "1", Kind: ledger.Ordinary, Invoice: fmt.Sprintf("RE-%05d", m.N), Subject: "Bestellung", Principal: m.Principal, Due: today - 120, Default: today - 100}}},
		FollowUps: []cases.FollowUp{{ID: "f", Due: today + 7, Reason: "answer"}},
	}
	review.Persons = map[cases.PersonID]*cases.Person{
		debtor: {ID: debtor, PersonFacts: cases.PersonFacts{Name: plain.Line(m.Name), Contacts: []cases.Contact{
			{ID: "c1", Channel: cases.Email, Value: plain.Line(m.Addr), Proof: cases.ProofSeen},
			{ID: "c2", Channel: cases.Postal, Value: plain.Line("Lindenweg 4, 24103 Kiel"), Proof: cases.ProofSeen},
		}}},
		creditor: {ID: creditor, PersonFacts: cases.PersonFacts{Name: plain.Line(m.Lender), Legal: true}},
	}
	review.Balance, review.CoveredUntil = bal, today-3
	review.Statement = ledger.Statement{At: today, Balance: bal, Bookings: []ledger.Booking{
		{Date: today - 95, Kind: ledger.Cost, CostKind: ledger.CollectionFee, Cents: costs},
		{Date: today - 40, Kind: ledger.Payment, Cents: 2500, Shares: []ledger.Share{{Part: ledger.PartCosts, Cents: 2500}}},
	}, Lines: []ledger.InterestLine{{Claim: "1", Base: m.Principal, Rate: 627, From: today - 100, To: today, Days: 101, Year: 365, Cents: interest}}}
	if m.Letter != "" {
		review.Drafts = []cases.Draft{draft(m, debtor, "de", "reply_"+string(m.Intent), m.Letter), draft(m, debtor, "en", "reply_"+string(m.Intent), "Dear Sir or Madam,\n\nthank you for your message.\n\nYours faithfully")}
		review.Templates = []cases.TemplateInfo{
			{TemplateRef: review.Drafts[0].Template, Title: "Antwort: " + string(m.Intent)},
			{TemplateRef: review.Drafts[1].Template, Title: "Antwort: " + string(m.Intent)},
			{TemplateRef: cases.TemplateRef{ID: "balance_letter", Version: 1, Lang: "de"}, Title: "Forderungsaufstellung"},
		}
	}
	return &Item{Row: row, Review: review}
}

func second(i cases.Intent) cases.Intent {
	if i == "" {
		return cases.Other
	}
	return i
}

// draft takes the values out of a letter written with ‹ ›.
func draft(m Mail, to cases.PersonID, lang, id, letter string) cases.Draft {
	d := cases.Draft{Template: cases.TemplateRef{ID: id, Version: 1, Lang: lang}, To: to, ToAddr: m.Addr, Subject: "AW: " + m.Subject, Effects: m.Effects}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(letter, "‹")
		b.WriteString(before)
		if !ok {
			break
		}
		value, after, _ := strings.Cut(rest, "›")
		d.Values = append(d.Values, [2]int{b.Len(), b.Len() + len(value)})
		b.WriteString(value)
		letter = after
	}
	d.Text = b.String()
	return d
}

// Sample is a small world: an everyday mail first, harder ones behind it.
func Sample() []*Item {
	today := Today()
	fifty := money.Cents(5000)
	rates := make([]plan.Rate, 0, 9)
	for i := range 9 {
		c := fifty
		if i == 8 {
			c = 1290
		}
		rates = append(rates, plan.Rate{No: i + 1, Due: calendar.Of(2027, 1, 4).AddMonths(i), Cents: c})
	}
	items := []*Item{
		Make(Mail{
			N: 318, Name: "Jana Muster", Addr: "j.muster@example.org", Lender: "Velura Mode GmbH", Subject: "K-2026-000318 Ratenzahlung",
			Text:   "Guten Tag,\n\nich kann den Betrag leider nicht auf einmal zahlen. Wäre es möglich, 50 € im Monat zu zahlen, ab Januar? Ich arbeite seit Oktober wieder und bekomme mein Gehalt immer zum Monatsende.\n\nVielen Dank und freundliche Grüße\nJana Muster",
			Intent: cases.InstallmentRequest, Permille: 940, Lane: priority.LaneNew, Age: 3, Principal: 35000,
			Quotes: []string{"installment_request=nicht auf einmal zahlen", "monthly_cents=50 € im Monat", "first_payment_date=ab Januar"},
			Slots:  cases.Slots{MonthlyCents: &fifty, FirstPaymentDate: calendar.Of(2027, 1, 1)},
			Letter: "Sehr geehrte Frau Muster,\n\nvielen Dank für Ihre Nachricht vom ‹20.11.2026›. Ihren Wunsch nach Ratenzahlung nehmen wir gern an.\n\nUnser Angebot: ‹9› monatliche Raten zu ‹50,00 €›, die erste fällig am ‹04.01.2027›, die letzte Rate beträgt ‹12,90 €›. Das Angebot gilt bis zum ‹07.12.2026›. Es gilt als angenommen, wenn die erste Rate rechtzeitig eingeht.\n\nHinweis nach § 13a Abs. 3 RDG: Durch die Ratenzahlung entstehen Ihnen keine weiteren Kosten.\n\nBitte geben Sie bei jeder Zahlung das Aktenzeichen ‹K-2026-000318› an.\n\nMit freundlichen Grüßen\nForderungsservice Nordlicht GmbH",
			Effects: []cases.DraftEffect{
				{Effect: cases.Effect{Kind: cases.OfferPlan, Cents: 41290, Rates: rates, Days: 14}, Ticked: true, Why: "template"},
				{Effect: cases.Effect{Kind: cases.PlaceHold, Hold: cases.HoldDunning, Code: "plan", Until: today + 21}, Ticked: true, Why: "template"},
				{Effect: cases.Effect{Kind: cases.SetFollowUp, Date: today + 22, Code: "offer"}, Ticked: true, Why: "template"},
				{Effect: cases.Effect{Kind: cases.ProposeAcknowledgement}, Why: "never_preset"},
			},
		}),
		Make(Mail{
			N: 402, Name: "Harald Wiesinger", Addr: "h.wiesinger@example.com", Lender: "Velura Mode GmbH", Subject: "Ihre Zahlungsaufforderung vom 05.11.",
			Text:   "Sehr geehrte Damen und Herren,\n\nSie fordern von mir Geld für eine Bestellung bei einem Modeversand. Ich habe dort nichts bestellt. Bitte nehmen Sie die Forderung zurück, sonst gehe ich zum Anwalt.\n\nHarald Wiesinger",
			Intent: cases.Dispute, Permille: 910, Lane: priority.LaneNew, Age: 2, Principal: 18995, Flags: []cases.Flag{cases.LegalThreat},
			Reasons: []priority.Reason{{Factor: priority.FactorDispute, Points: 90}, {Factor: priority.FactorLegalThreat, Points: 40}},
			Quotes:  []string{"dispute=nichts bestellt", "legal_threat=gehe ich zum Anwalt"}, Slots: cases.Slots{DisputeReason: "not_ordered"},
			Letter: "Sehr geehrter Herr Wiesinger,\n\nIhren Widerspruch vom ‹21.11.2026› haben wir erhalten. Wir fragen beim Gläubiger nach und melden uns bis zum ‹07.12.2026›. Bis dahin ruht das Mahnverfahren.\n\nMit freundlichen Grüßen\nForderungsservice Nordlicht GmbH",
			Effects: []cases.DraftEffect{
				{Effect: cases.Effect{Kind: cases.RecordObjection, Dispute: "not_ordered"}, Ticked: true, Why: "template"},
				{Effect: cases.Effect{Kind: cases.PlaceHold, Hold: cases.HoldDunning, Code: "dispute"}, Ticked: true, Why: "template"},
				{Effect: cases.Effect{Kind: cases.InquireCreditor}, Ticked: true, Why: "template"},
			},
		}),
		Make(Mail{
			N: 77, Name: "Melanie Stroh", Addr: "melstroh@example.net", Lender: "Stadtwerke Musterhausen", Subject: "Aufschub",
			Text:   "Guten Tag,\nmein Mann ist seit Anfang November in Kurzarbeit und ich bin in Elternzeit. Ab 1. März gehe ich wieder arbeiten. Könnten Sie die Sache bis dahin ruhen lassen?\nViele Grüße\nMelanie Stroh",
			Intent: cases.PaymentPause, Permille: 880, Lane: priority.LaneNew, Age: 1, Principal: 21240, Flags: []cases.Flag{cases.Vulnerable},
			Quotes: []string{"payment_pause=ruhen lassen", "vulnerable=in Kurzarbeit", "pause_until=Ab 1. März"}, Slots: cases.Slots{PauseUntil: calendar.Of(2027, 3, 1)},
			Letter:  "Sehr geehrte Frau Stroh,\n\nwir haben Ihre Nachricht erhalten und gewähren Ihnen Aufschub bis zum ‹01.03.2027›. Kosten entstehen Ihnen dadurch nicht (§ 13a Abs. 3 RDG).\n\nMit freundlichen Grüßen\nForderungsservice Nordlicht GmbH",
			Effects: []cases.DraftEffect{{Effect: cases.Effect{Kind: cases.GrantPause, Until: calendar.Of(2027, 3, 1)}, Ticked: true, Why: "template"}},
		}),
		Make(Mail{
			N: 511, Name: "Cem Yıldız", Addr: "cem@example.org", Lender: "FitPlus Studios", Subject: "Rechnung schon gezahlt",
			Text:   "Hallo, das habe ich am 12.11. überwiesen, 89,90 Euro. Bitte prüfen.\nCem",
			Intent: cases.Paid, Second: cases.Dispute, Permille: 520, Lane: priority.LaneUnsure, Age: 0, Principal: 8990,
			Quotes: []string{"paid=am 12.11. überwiesen"}, Letter: "Sehr geehrter Herr Yıldız,\n\nwir prüfen Ihre Zahlung vom ‹12.11.2026› über ‹89,90 €› und melden uns.\n\nMit freundlichen Grüßen",
			Effects: []cases.DraftEffect{{Effect: cases.Effect{Kind: cases.RecordPaidClaim, Cents: 8990, Date: calendar.Of(2026, 11, 12)}, Ticked: true, Why: "template"}},
		}),
		Make(Mail{
			N: 900, Name: "J. Muster", Addr: "jm77@example.net", Subject: "wegen der Mahnung", NoCase: true, Right: cases.PartyUnknown,
			Text:   "Hallo, ich habe eine Mahnung bekommen, das muss ein Irrtum sein. Bitte melden Sie sich.",
			Intent: cases.Dispute, Second: cases.NotDebtor, Permille: 480, Lane: priority.LaneUnsure, Age: 1,
		}),
		Make(Mail{
			N: 640, Name: "Petra Lang", Addr: "p.lang@example.org", Lender: "Velura Mode GmbH", Subject: "Abwesenheitsnotiz: AW: Ihre Akte",
			Text:   "Ich bin bis zum 30.11. nicht im Büro und lese meine Mails nicht.",
			Intent: cases.AutoReply, Permille: 990, Lane: priority.LaneNew, Age: 0, Principal: 12000, Kind: cases.KindAuto,
		}),
		Make(Mail{
			N: 233, Name: "Ruth Behrens", Addr: "ruth.b@example.com", Lender: "Stadtwerke Musterhausen", Subject: "Auskunft nach Art. 15 DSGVO",
			Text:   "Bitte teilen Sie mir mit, welche Daten Sie über mich gespeichert haben.\nRuth Behrens",
			Intent: cases.DataRequest, Permille: 970, Lane: priority.LanePrivacy, Age: 5, Principal: 4300,
			Reasons: []priority.Reason{{Factor: priority.FactorDeadline, Points: 0, Days: 25, Date: today + 25, Code: "data_request"}, {Factor: priority.FactorPrivacy, Points: 100}},
			Letter:  "Sehr geehrte Frau Behrens,\n\nIhre Anfrage nach Art. 15 DSGVO haben wir am ‹18.11.2026› erhalten. Sie bekommen die Auskunft bis zum ‹18.12.2026›.\n\nMit freundlichen Grüßen",
			Effects: []cases.DraftEffect{{Effect: cases.Effect{Kind: cases.StartClock, Code: "data_request", Until: today + 25}, Ticked: true, Why: "template"}},
		}),
	}
	follow := Make(Mail{
		N: 120, Name: "Olaf Petersen", Addr: "o.petersen@example.org", Lender: "FitPlus Studios", Intent: "", Lane: priority.LaneFollowUp, Principal: 30000,
		Letter: "Sehr geehrter Herr Petersen,\n\nan die Zahlung von ‹300,00 €› möchten wir Sie erinnern.\n\nMit freundlichen Grüßen", Reasons: []priority.Reason{{Factor: priority.FactorFollowUp, Points: 40, Days: 2, Date: today - 2}},
	})
	follow.Row.Item = desk.ItemRef{Kind: priority.ItemFollowUp, ID: "case-120"}
	follow.Row.Message, follow.Row.From, follow.Row.Received, follow.Row.FollowUp = "", plain.Text{}, time.Time{}, today-2
	follow.Review.Message, follow.Review.Text, follow.Review.Own = nil, plain.Text{}, plain.Text{}
	items = append(items, follow)
	slices.SortStableFunc(items, func(a, b *Item) int { return a.Row.Lane.Rank() - b.Row.Lane.Rank() })
	return items
}

// Alarm is a mail of a person in despair.
func Alarm() *Item {
	return Make(Mail{
		N: 999, Name: "Tobias Kern", Addr: "t.kern@example.org", Lender: "Velura Mode GmbH", Subject: "ich kann nicht mehr",
		Text:   "Ich weiß nicht mehr weiter. Mit all den Schulden will ich nicht mehr leben.",
		Intent: cases.Other, Permille: 610, Lane: priority.LaneAlert, Age: 0, Principal: 50000, Alerts: []cases.Alert{cases.SelfHarm},
		Reasons: []priority.Reason{{Factor: priority.FactorAlert, Points: 10000, Code: string(cases.SelfHarm)}},
		Quotes:  []string{"self_harm=will ich nicht mehr leben"},
	})
}

// Many makes n rows quickly, for measurements.
func Many(n int) []*Item {
	base := Sample()
	out := make([]*Item, n)
	for i := range out {
		it := *base[i%len(base)]
		it.Row.Item.ID = fmt.Sprintf("m-x%d", i)
		it.Row.Reference = plain.Line(fmt.Sprintf("K-2026-%06d", i))
		it.Row.Debtor = plain.Line(fmt.Sprintf("%s %d", it.Row.Debtor, i))
		out[i] = &it
	}
	slices.SortStableFunc(out, func(a, b *Item) int { return a.Row.Lane.Rank() - b.Row.Lane.Rank() })
	return out
}
