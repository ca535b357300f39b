package templates

import (
	"fmt"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
)

// sample is a built-in case that `kontor templates check` and the tests render
// letters for. All people and firms are made up.
type sample struct {
	name string
	in   cases.DraftContext
}

// change turns the everyday case into another.
type change func(*cases.DraftContext)

// samples lists the built-in cases, in a fixed order.
func samples() ([]sample, error) {
	rates, err := ledger.ShippedRates()
	if err != nil {
		return nil, err
	}
	rules := ledger.Rules{Rates: rates}
	var out []sample
	for _, s := range append(mailSamples(), occasionSamples()...) {
		in := everyday()
		for _, c := range s.changes {
			c(&in)
		}
		k := in.Case
		if in.Balance, in.BalanceErr = ledger.BalanceAt(k.Ledger, in.Today, rules); in.BalanceErr != nil {
			return nil, fmt.Errorf("sample %s: %w", s.name, in.BalanceErr)
		}
		if in.Statement, err = ledger.StatementAt(k.Ledger, in.Today, rules); err != nil {
			return nil, fmt.Errorf("sample %s: %w", s.name, err)
		}
		out = append(out, sample{s.name, in})
	}
	return out, nil
}

func everyday() cases.DraftContext {
	day := func(y int, m time.Month, d int) calendar.Date { return calendar.Of(y, m, d) }
	contact := func(id string, ch cases.Channel, v string) cases.Contact {
		return cases.Contact{ID: id, Channel: ch, Value: plain.Line(v), Proof: cases.ProofSeen}
	}
	return cases.DraftContext{
		Case: &cases.Case{
			ID: "c1", Version: 5, Reference: "K-2026-000318", Subject: plain.Line("Bestellung im Onlineshop"),
			Opened: day(2026, 9, 1), Stage: cases.StageCollection, Land: calendar.NW,
			Parties: []cases.Party{
				{ID: "pa1", Person: "debtor", Role: cases.RoleDebtor, Proof: cases.ProofSeen},
				{ID: "pa2", Person: "creditor", Role: cases.RoleCreditor, Proof: cases.ProofSeen},
			},
			Ledger: ledger.Ledger{
				Claims: []ledger.Claim{{
					ID: "f1", Kind: ledger.Ordinary, Invoice: "RG-88213", Subject: "Winterjacke und Stiefel", Purpose: ledger.Private,
					Principal: 35_000, Contract: day(2026, 5, 4), InvoiceDate: day(2026, 5, 6), Due: day(2026, 5, 20),
					Default: day(2026, 6, 21), Rate: ledger.RateRule{Kind: ledger.RateConsumer},
				}},
				Entries: []ledger.Entry{
					{ID: "e1", Date: day(2026, 9, 1), Kind: ledger.Cost, CostKind: ledger.CollectionFee, Cents: 4_635},
					{ID: "e2", Date: day(2026, 9, 1), Kind: ledger.Cost, CostKind: ledger.CollectionExp, Cents: 927},
				},
			},
			RightParty: cases.PartyConfirmed,
		},
		Persons: map[cases.PersonID]*cases.Person{
			"debtor": {ID: "debtor", PersonFacts: cases.PersonFacts{
				Name: plain.Line("Jenny Muster"), Born: day(1994, 3, 11), Lang: "de",
				Contacts: []cases.Contact{
					contact("m1", cases.Email, "j.muster@example.org"),
					contact("m2", cases.Postal, "Ahornweg 7, 50667 Köln"),
				},
				IBANs: []string{"DE02120300000000202051"},
			}},
			"creditor": {ID: "creditor", PersonFacts: cases.PersonFacts{
				Name: plain.Line("Velura Versand GmbH"), Legal: true,
				Contacts: []cases.Contact{
					contact("m3", cases.Email, "forderungen@velura.example"),
					contact("m4", cases.Postal, "Hafenstraße 12, 20457 Hamburg"),
				},
			}},
		},
		Now:   time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC),
		Today: day(2026, 11, 23),
		Rules: cases.Rules{
			Version: "sample", Land: calendar.NW, ApprovalDays: 2, DemandDays: 14, PauseDays: 90, OfferDays: 14,
			Plan: plan.Policy{MinMonthly: 2_000, MaxMonths: 24, FirstWithinDays: 60, BankDays: 2},
		},
		Agency: cases.Agency{
			Name: "Kontor Inkasso GmbH", Street: "Speicherstraße 3", Town: "20457 Hamburg", Country: "Deutschland",
			Phone: "040 5550 100", Hours: "Mo bis Fr 8 bis 18 Uhr", Mail: "post@kontor.example", Web: "www.kontor.example",
			Privacy: "www.kontor.example/datenschutz", IBAN: "DE89370400440532013000", BIC: "COBADEFFXXX", Bank: "Beispielbank",
			Register:  "Rechtsdienstleistungsregister 371-00, Handelsregister Hamburg HRB 000000",
			Authority: "Bundesamt für Justiz, Adenauerallee 99-103, 53113 Bonn, rdg@bfj.example",
			Owner:     "Maren Beispiel", Contact: "Maren Beispiel", AINotice: true,
		},
		CoveredUntil: day(2026, 11, 20),
		Confirmed:    cases.PartyConfirmed,
		UserName:     "Tom Beispiel",
	}
}

// mail makes the occasion a mail of the debtor.
func mail(intent cases.Intent, own string) change {
	return func(in *cases.DraftContext) {
		in.Occasion = cases.Occasion{Kind: cases.OccasionMessage, ID: "m1"}
		in.Messages = []*cases.Message{{
			ID: "m1", Received: in.Now.Add(-26 * time.Hour), State: cases.MessageOpen,
			Mail: cases.Mail{
				From:    cases.Address{Name: plain.Line("Jenny Muster"), Addr: "j.muster@example.org"},
				Subject: plain.Line("K-2026-000318"), Own: plain.Clean(own), Kind: cases.KindReply,
			},
			Match: cases.Match{Case: "c1", Person: "debtor", Right: cases.PartyConfirmed},
			Class: cases.Classification{Intent: intent, Permille: 950, Lang: "de", Engine: "local"},
		}}
	}
}

func class(set func(*cases.Classification)) change {
	return func(in *cases.DraftContext) { set(&in.Messages[0].Class) }
}

func slotsOf(set func(*cases.Slots)) change {
	return class(func(c *cases.Classification) { set(&c.Slots) })
}

func flags(f ...cases.Flag) change {
	return class(func(c *cases.Classification) { c.Flags = append(c.Flags, f...) })
}

func alert(a cases.Alert) change {
	return class(func(c *cases.Classification) { c.Alerts = append(c.Alerts, a) })
}

func disputes(r cases.DisputeReason) change {
	return slotsOf(func(s *cases.Slots) { s.DisputeReason = r })
}

func requests(kind string) change {
	return class(func(c *cases.Classification) { c.Details.RequestKind = kind })
}

func occasion(name string, kind cases.OccasionKind) change {
	return func(in *cases.DraftContext) { in.Name, in.Occasion = name, cases.Occasion{Kind: kind, ID: name} }
}

// stranger makes the mail come from an address that is on no file.
func stranger(in *cases.DraftContext) {
	in.Messages[0].Mail.From = cases.Address{Name: plain.Line("J."), Addr: "unbekannt@example.net"}
	in.Messages[0].Match.Person, in.Messages[0].Match.Right = "", cases.PartyUnknown
	in.Confirmed, in.Case.RightParty = cases.PartyUnknown, cases.PartyUnknown
}

// helper adds a person who stands for the debtor and, where a mail is there,
// makes it come from them.
func helper(role cases.Role, proof cases.Proof) change {
	return func(in *cases.DraftContext) {
		in.Persons["helper"] = &cases.Person{ID: "helper", PersonFacts: cases.PersonFacts{
			Name: plain.Line("Ruth Vertreterin"), Legal: true,
			Contacts: []cases.Contact{{ID: "m9", Channel: cases.Email, Value: plain.Line("kanzlei@example.com"), Proof: proof}},
		}}
		in.Case.Parties = append(in.Case.Parties, cases.Party{ID: "pa9", Person: "helper", Role: role, Proof: proof})
		if len(in.Messages) > 0 {
			in.Messages[0].Mail.From = cases.Address{Name: plain.Line("Ruth Vertreterin"), Addr: "kanzlei@example.com"}
			in.Messages[0].Match.Person, in.Messages[0].Match.Right = "helper", cases.PartyUnknown
			in.Confirmed = cases.PartyUnknown
		}
	}
}

// asPerson has another person write, whose role was proven.
func asPerson(role cases.Role, name string) change {
	return func(in *cases.DraftContext) {
		helper(role, cases.ProofSeen)(in)
		in.Persons["helper"].Name, in.Persons["helper"].Legal = plain.Line(name), false
		in.Persons["helper"].Contacts[0].Value = plain.Line("post@example.com")
		in.Messages[0].Mail.From = cases.Address{Name: plain.Line(name), Addr: "post@example.com"}
		in.Messages[0].Match.Right, in.Confirmed = cases.PartyConfirmed, cases.PartyConfirmed
	}
}

// authority lets caseworkers settle for seven tenths at the stage of collection.
func authority(counter bool) change {
	return func(in *cases.DraftContext) {
		in.Rules.Settlement = []cases.SettlementRule{{Stage: cases.StageCollection, Permille: 700, Cents: 5_000, WithinDays: 60, Counter: counter}}
	}
}

// assigned gives the claim two creditors before the one of today.
func assigned(in *cases.DraftContext) {
	for _, id := range []cases.PersonID{"shop", "bank"} {
		in.Persons[id] = &cases.Person{ID: id, PersonFacts: cases.PersonFacts{
			Name: plain.Line("Beispiel " + string(id) + " GmbH"), Legal: true,
			Contacts: []cases.Contact{{ID: "p-" + string(id), Channel: cases.Postal, Value: plain.Line("Musterweg 1, 10115 Berlin")}},
		}}
	}
	in.Case.Parties[1].Since = calendar.Of(2026, 8, 15)
	in.Case.Parties = append(in.Case.Parties,
		cases.Party{ID: "pa7", Person: "bank", Role: cases.RoleCreditor, Proof: cases.ProofSeen, Since: calendar.Of(2026, 7, 1), Until: calendar.Of(2026, 8, 14)},
		cases.Party{ID: "pa6", Person: "shop", Role: cases.RoleCreditor, Proof: cases.ProofSeen, Until: calendar.Of(2026, 6, 30)})
}

// attach puts a file on the mail.
func attach(name, text string) change {
	return func(in *cases.DraftContext) {
		m := &in.Messages[0].Mail
		m.Attachments = append(m.Attachments, cases.Attachment{Name: plain.Line(name), MediaType: "application/pdf", Size: 40_000, Text: plain.Clean(text)})
	}
}

// administrator puts an insolvency administrator on the file.
func administrator(in *cases.DraftContext) {
	in.Persons["administrator"] = &cases.Person{ID: "administrator", PersonFacts: cases.PersonFacts{
		Name: plain.Line("Kanzlei Beispiel, Insolvenzverwaltung"), Legal: true,
		Contacts: []cases.Contact{{ID: "m8", Channel: cases.Email, Value: plain.Line("verwaltung@beispiel.example.com"), Proof: cases.ProofSeen}},
	}}
	in.Case.Parties = append(in.Case.Parties, cases.Party{ID: "pa8", Person: "administrator", Role: cases.RoleAdministrator, Proof: cases.ProofSeen})
}

func found(kind ledger.EntryKind, c money.Cents, on calendar.Date) change {
	return func(in *cases.DraftContext) {
		e := ledger.Entry{ID: "e9", Date: on, Kind: kind, Cents: c}
		in.Case.Ledger.Entries = append(in.Case.Ledger.Entries, e)
		in.Found = &e
	}
}

// paidRates books a payment on the running plan.
func paidRates(c money.Cents) change {
	return func(in *cases.DraftContext) {
		in.Case.Ledger.Entries = append(in.Case.Ledger.Entries, ledger.Entry{ID: "p1", Date: calendar.Of(2026, 10, 1), Kind: ledger.Payment, Cents: c})
	}
}

// remindedOn puts a reminder of the plan on the case.
func remindedOn(d calendar.Date) change {
	return func(in *cases.DraftContext) {
		in.Case.Replies = append(in.Case.Replies, cases.ReplyLink{
			Reply: "r0", To: "debtor", At: in.Now.AddDate(0, 0, int(d-in.Today)), State: cases.ReplySent, Template: "plan_reminder", Demand: true,
		})
	}
}

// running puts a plan on the case whose second rate fell due on 2 November.
func running(in *cases.DraftContext) {
	rates, err := plan.Schedule(41_000, 5_000, calendar.Of(2026, 10, 1), in.Case.Land, plan.Options{})
	if err != nil {
		return // the sample then leads to no letter, which Check reports
	}
	in.Case.Arrangements = append(in.Case.Arrangements, cases.Arrangement{
		ID: "a1", Kind: cases.ArrangePlan, State: cases.ArrRunning, Total: 41_000,
		Rates: rates, Since: calendar.Of(2026, 9, 20),
	})
}
