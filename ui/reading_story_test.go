package ui

import (
	"testing"

	"kontor/cases"
	"kontor/ui/internal/fake"
)

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
	open("ambiguous:monthly_cents").lacks("Lesarten", "an ein Programm")
	open("engines_disagree", "steering").wants("unsicher: ", "Lesarten weichen", "an ein Programm")
	open("engines_disagree:monthly_cents").wants("Lesarten weichen")
}
