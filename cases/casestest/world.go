// Package casestest builds cases, people and mails for tests, and a small
// in-memory authority that decides commands as a journal does.
package casestest

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

// Berlin is the zone of the sample world.
func Berlin() *time.Location {
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return time.FixedZone("CET", 3600)
	}
	return loc
}

// Rules are the rules of the sample agency.
func Rules() cases.Rules {
	return cases.Rules{
		Version: "test-1", Land: "HH", Undo: 15 * time.Second, Window: calendar.Always(), ApprovalDays: 2, DemandDays: 14,
		Plan: plan.Policy{MinMonthly: 2000, MaxMonths: 36, FirstWithinDays: 62}, PauseDays: 92, OfferDays: 14,
	}
}

// World is a set of aggregates with a clock: facts are decided and folded at
// once.
type World struct {
	Now   time.Time
	Rules cases.Rules
	State cases.Scope
	Log   []cases.Fact
	n     int
}

// Caseworker is the person at the desk.
func Caseworker() cases.Actor { return cases.Actor{User: "u1", Device: "d1"} }

// Machine is a worker on the same device.
func Machine() cases.Actor { return cases.Actor{Device: "d1", Machine: true} }

// NewWorld returns an empty world on Tuesday, 24 November 2026, 9:00 in Berlin.
func NewWorld() *World {
	return &World{Now: time.Date(2026, 11, 24, 9, 0, 0, 0, Berlin()), Rules: Rules(), State: cases.NewScope(Caseworker())}
}

// Today is the world's day.
func (w *World) Today() calendar.Date { return calendar.In(w.Now, w.Now.Location()) }

// Scope narrows the world to what a command names.
func (w *World) Scope(a cases.Actor, cmd cases.Command) cases.Scope {
	s := cases.NewScope(a)
	for _, st := range cmd.Streams() {
		if v := w.State.State(st); v != nil {
			s.Put(v)
		}
	}
	return s
}

// Do decides a command as an actor and folds what came of it.
func (w *World) Do(a cases.Actor, cmd cases.Command) ([]cases.Event, error) {
	w.n++
	id := cases.CommandID(fmt.Sprintf("cmd-%06d", w.n))
	env := cases.Env{Now: w.Now, Today: w.Today(), ID: id, Rules: w.Rules}
	ev, err := cases.Decide(w.Scope(a, cmd), env, cmd)
	if err != nil {
		return nil, err
	}
	w.State = w.State.Fold(ev)
	for _, e := range ev {
		f := cases.Fact{Pos: uint64(len(w.Log) + 1), Stream: e.Stream, Command: id, Actor: a, At: w.Now.UTC(), Body: e.Body}
		if st := w.State.State(e.Stream); st != nil { // the team has no aggregate
			f.Version = st.At()
		}
		w.Log = append(w.Log, f)
	}
	return ev, nil
}

// Ids of the sample case.
const (
	CaseID   cases.CaseID   = "c1"
	Debtor   cases.PersonID = "p1"
	Creditor cases.PersonID = "p2"
)

// DebtorMail is the debtor's confirmed address.
const DebtorMail = "j.muster@example.org"

// Open records the sample case: Jana Muster owes 412,90 € to Velura.
func (w *World) Open() error {
	for _, p := range []cases.RecordPerson{
		{Person: Debtor, Facts: cases.PersonFacts{
			External: "D-1", Name: plain.Line("Jana Muster"), Lang: "de",
			Contacts: []cases.Contact{
				{ID: "k1", Channel: cases.Email, Value: plain.Line(DebtorMail), Proof: cases.ProofSeen},
				{ID: "k2", Channel: cases.Postal, Value: plain.Line("Lindenweg 4, 22301 Hamburg"), Proof: cases.ProofClaimed},
			},
		}},
		{Person: Creditor, Facts: cases.PersonFacts{
			External: "C-1", Name: plain.Line("Velura Mode GmbH"), Legal: true,
			Contacts: []cases.Contact{{ID: "k3", Channel: cases.Email, Value: plain.Line("mandat@velura.example.com"), Proof: cases.ProofSeen}},
		}},
	} {
		if _, err := w.Do(Caseworker(), p); err != nil {
			return err
		}
	}
	_, err := w.Do(Caseworker(), cases.OpenCase{
		Case: CaseID, Reference: "K-2026-000318", Subject: plain.Line("Kleiderbestellung"), Opened: calendar.Of(2026, 9, 1), Stage: cases.StageDunning,
		Parties: []cases.Party{{Person: Debtor, Role: cases.RoleDebtor}, {Person: Creditor, Role: cases.RoleCreditor}},
		Claims: []ledger.Claim{{
			ID: "f1", Kind: ledger.Ordinary, Invoice: "RE-2026-118", Subject: "Bestellung vom 02.06.2026", Purpose: ledger.Private,
			Principal: 38990, Contract: calendar.Of(2026, 6, 2), InvoiceDate: calendar.Of(2026, 6, 4), Due: calendar.Of(2026, 6, 18),
			Default: calendar.Of(2026, 7, 20), Rate: ledger.RateRule{Kind: ledger.RateConsumer},
		}},
		FollowUp: cases.FollowUp{Due: calendar.Of(2026, 12, 7), Reason: "dunning"},
	})
	return err
}

// Receive records a mail of the debtor on the sample case.
func (w *World) Receive(id cases.MessageID, intent cases.Intent, own string) error {
	mail := cases.Mail{
		RFCMessageID: string(id) + "@mail.example.org", Date: w.Now, From: cases.Address{Name: plain.Line("Jana Muster"), Addr: DebtorMail},
		Subject: plain.Line("K-2026-000318"), Own: plain.Clean(own), Kind: cases.KindReply,
	}
	steps := []cases.Command{
		cases.ReceiveMessage{Message: id, Received: w.Now, Mail: mail, Raw: "b1", RawSize: 1000, Place: cases.Place{Account: "inkasso", Mailbox: "INBOX", UIDValidity: 1, UID: uint32(w.n + 1)}},
		cases.ProposeMatch{Message: id, Match: cases.Match{Case: CaseID, Person: Debtor, Score: 100, Right: cases.PartyConfirmed, Reasons: []cases.MatchReason{{Code: "reference", Points: 100}}}},
		cases.ProposeClass{Message: id, Case: CaseID, Reading: cases.Classification{Intent: intent, Permille: 930, Engine: "local"}},
	}
	for _, c := range steps {
		if _, err := w.Do(Machine(), c); err != nil {
			return err
		}
	}
	return nil
}

// Approval is a harmless approval that answers messages of the sample case, as
// the screen would make it now.
func (w *World) Approval(messages ...cases.MessageID) cases.Approval {
	c := w.State.Cases[CaseID]
	a := cases.Approval{
		Case: CaseID, Occasion: cases.Occasion{Kind: cases.OccasionMessage}, Messages: messages, To: Debtor, ToAddr: DebtorMail,
		Subject: plain.Line("K-2026-000318"), RFCID: "r1@kontor.example.org", SHA256: fmt.Sprintf("%064x", len(messages)+1), Size: 900, Bytes: "b2",
		Template: cases.TemplateRef{ID: "information", Version: 1, Lang: "de", ClaimData: true}, Rules: w.Rules.Version, Private: true,
		Seen: []cases.Seen{{Stream: c.Of(), Touched: c.Touched, Replies: c.RepliesTo(Debtor)}, {Stream: Debtor.Stream(), Touched: w.State.Persons[Debtor].Touched}},
	}
	return a
}

// Persons are those that commands about the sample case name.
func Persons() []cases.PersonID { return []cases.PersonID{Debtor, Creditor} }

// Cents is a pointer to an amount.
func Cents(c money.Cents) *money.Cents { return &c }
