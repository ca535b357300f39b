package ui

import (
	"testing"

	"kontor/cases"
	"kontor/ui/internal/fake"
)

// A mail that was deleted or moved elsewhere says so: nobody finds it there.
func TestMailSaysThatNoMailboxHoldsIt(t *testing.T) {
	t.Parallel()
	open := func(gone bool) *driver {
		it := fake.Make(fake.Mail{N: 1, Name: "Jenny Muster", Addr: "a@example.org", Lender: "Velura", Subject: "Raten", Text: "Geht das in Raten?", Intent: cases.InstallmentRequest, Permille: 940, Principal: 100000, Letter: "Guten Tag,\n\nja."})
		m := it.Review.Message
		m.Places = []cases.Place{{Account: "inkasso", Mailbox: "INBOX", UIDValidity: 1, UID: 7}}
		if gone {
			m.Gone = m.Places
		}
		d := start(t, 120, 40, "de", it)
		d.keys("enter")
		return d
	}
	open(false).lacks("keinem Postfach")
	open(true).wants("Liegt in keinem Postfach mehr")
}

// Where two engines differ, or a mail speaks to a program, the reading says so.
func TestReadingSaysWhatIsDoubtful(t *testing.T) {
	t.Parallel()
	open := func(notes ...string) *driver {
		it := fake.Make(fake.Mail{N: 1, Name: "Jenny Muster", Addr: "a@example.org", Lender: "Velura", Subject: "Raten", Text: "Geht das in Raten?", Intent: cases.InstallmentRequest, Permille: 540, Principal: 100000, Letter: "Guten Tag,\n\nja."})
		it.Row.Lane = "new"
		c := &it.Review.Message.Class
		c.Unsure, c.Notes = true, notes
		c.Candidates = []cases.Candidate{{Intent: cases.InstallmentRequest, Permille: 540}, {Intent: cases.Paid, Permille: 300}}
		d := start(t, 120, 40, "de", it)
		d.keys("enter")
		return d
	}
	d := open("ambiguous:monthly_cents")
	d.wants("Rate: nicht eindeutig")
	d.lacks("Lesarten", "Mail richtet sich")
	open("engines_disagree", "steering").wants("unsicher: ", "Lesarten weichen", "Mail richtet sich an ein")
	open("engines_disagree:monthly_cents").wants("Lesarten weichen")
}
