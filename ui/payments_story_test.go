package ui

import (
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/ui/internal/fake"
	"kontor/ui/nav"
)

// statement is a file of one entry and one thing that was left out.
func statement(path string) (desk.StatementFile, func() error, error) {
	if path != "auszug.xml" {
		return nil, nil, cases.ErrNotFound
	}
	return func(sink func(desk.StatementItem) error) error {
		if err := sink(desk.StatementItem{Entry: &cases.StatementEntry{Key: "1"}}); err != nil {
			return err
		}
		return sink(desk.StatementItem{Problem: "entry 2: no amount"})
	}, func() error { return nil }, nil
}

// paid starts with a morning's payments.
func paid(t testing.TB, w, h int, lang string) *driver {
	t.Helper()
	d := start(t, w, h, lang)
	d.desk.SetPayments(d.desk.SamplePayments()...)
	d.app.opts.Outside.Statement = statement
	d.keys("4")
	d.settle()
	return d
}

func (d *driver) booking(n int) fake.Booked {
	d.t.Helper()
	if len(d.desk.Bookings) != n {
		d.t.Fatalf("%d bookings, want %d:\n%s", len(d.desk.Bookings), n, d.screen())
	}
	return d.desk.Bookings[n-1]
}

// What is plain is booked with one key; the reasons stand beside it, and u takes
// it back.
func TestPaymentIsBookedAndTakenBack(t *testing.T) {
	t.Parallel()
	d := paid(t, 120, 40, "de")
	d.wants("Zu klären 4", "Jana Muster", "K-2026-000318", "Aktenzeichen ohne führende Nullen +80", "genau die Rate +30", "110 Punkte", "⏎ buchen")
	d.keys("enter")
	if b := d.booking(1); b.Kind != "book" || b.Entry != "e-1" || b.Case != "case-318" {
		t.Fatalf("%+v", b)
	}
	d.wants("50,00 € auf K-2026-000318 gebucht", "Zu klären 3")
	d.keys("u")
	if b := d.booking(2); b.Kind != "reopen" || b.Entry != "e-1" {
		t.Fatalf("%+v", b)
	}
	d.wants("wieder offen", "Zu klären 4")
}

// What is odd asks first and says why.
func TestOddPaymentAsksFirst(t *testing.T) {
	t.Parallel()
	d := paid(t, 80, 24, "de")
	d.keys("down", "enter")
	d.wants("Auf welche Akte?", "jemand anderes zahlt (§ 267 BGB)", "mehrere Akten passen")
	d.keys("esc")
	if len(d.desk.Bookings) != 0 {
		t.Fatal("esc booked it")
	}
	d.keys("enter", "down", "enter")
	if b := d.booking(1); b.Case != "case-318" || b.Entry != "e-2" {
		t.Fatalf("%+v", b)
	}
}

// A return asks who bears the bank's charges.
func TestReturnAsksForCharges(t *testing.T) {
	t.Parallel()
	d := paid(t, 120, 40, "de")
	d.keys("down", "down")
	d.wants("AM04 (Konto nicht gedeckt)", "Bankkosten 3,00 €")
	d.keys("enter", "down", "enter")
	if b := d.booking(1); !b.Charge || b.Case != "case-120" {
		t.Fatalf("%+v", b)
	}
}

// A split must give out all of the money to cases that exist.
func TestSplit(t *testing.T) {
	t.Parallel()
	d := paid(t, 80, 24, "de")
	d.keys("down", "s")
	d.wants("Zahlung aufteilen", "K-2026-000402 189,95", "aufgeteilt: 189,95 €, kein Rest")
	for range len("189,95") {
		d.keys("backspace")
	}
	d.typeText("100")
	d.wants("verteilt 100,00 € von 189,95 €, Rest 89,95 €")
	d.keys("enter")
	d.wants("Rest 89,95 €")
	d.keys("tab")
	d.typeText("K-2026-999999 89,95")
	d.keys("enter")
	d.wants("Keine Akte mit dem Aktenzeichen K-2026-999999.")
	for range len("999999 89,95") {
		d.keys("backspace")
	}
	d.typeText("000318 89,95")
	d.keys("enter")
	b := d.booking(1)
	if b.Kind != "split" || len(b.Parts) != 2 || b.Parts[0].Cents != 10000 || b.Parts[1].Cents != 8995 || b.Parts[1].Case != "case-318" {
		t.Fatalf("%+v", b)
	}
}

// A name in a line of a split, or in the box of D, is no reference: the cases with
// that name are offered, and the box goes on with what was typed.
func TestSplitAndCreditorFindACaseByName(t *testing.T) {
	t.Parallel()
	d := paid(t, 80, 24, "de")
	d.keys("down", "s")
	for range len("189,95") {
		d.keys("backspace")
	}
	d.typeText("100")
	d.keys("tab")
	d.typeText("muster 89,95")
	d.keys("enter")
	d.settle()
	d.wants("Auf welche Akte buchen?", "K-2026-000318 Jana Muster")
	d.keys("enter")
	d.wants("Zahlung aufteilen", "K-2026-000318 89,95", "kein Rest")
	d.keys("enter")
	if b := d.booking(1); b.Kind != "split" || len(b.Parts) != 2 || b.Parts[1].Cents != 8995 || b.Parts[1].Case != "case-318" {
		t.Fatalf("%+v", b)
	}
	d.keys("g", "D")
	d.erase()
	d.typeText("muster")
	d.keys("tab", "tab")
	d.typeText("bar beim Gläubiger")
	d.keys("enter")
	d.settle()
	d.keys("enter")
	d.wants("An den Gläubiger gezahlt", "K-2026-000318", "bar beim Gläubiger")
	d.keys("enter")
	if b := d.booking(2); b.Kind != "creditor" || b.Case != "case-318" {
		t.Fatalf("%+v", b)
	}
}

// m books on another case, x refuses with a reason, D books what went to the
// creditor.
func TestOtherCaseRefuseCreditor(t *testing.T) {
	t.Parallel()
	d := paid(t, 120, 40, "de")
	d.keys("G", "enter")
	d.wants("Keine Akte vorgeschlagen. m wählt eine.")
	d.keys("m")
	d.typeText("K-2026-000077")
	d.settle()
	d.wants("› K-2026-000077 ")
	d.keys("enter")
	if b := d.booking(1); b.Entry != "e-4" || b.Case != "case-77" {
		t.Fatalf("%+v", b)
	}
	d.keys("g", "x", "down", "enter")
	if b := d.booking(2); b.Kind != "refuse" || b.Reason != "duplicate" || b.Entry != "e-1" {
		t.Fatalf("%+v", b)
	}
	d.wants("nicht gebucht: doppelt")
	d.keys("g", "D")
	d.wants("An den Gläubiger gezahlt", "Gutschrift über 189,95 €")
	d.keys("enter")
	if b := d.booking(3); b.Kind != "creditor" || b.Case != "case-402" || b.Cents != 0 || b.Day != fake.Today()-4 {
		t.Fatalf("%+v", b)
	}
}

// Everything is listed on tab: also what was refused, and why.
func TestAllPayments(t *testing.T) {
	t.Parallel()
	d := paid(t, 120, 40, "de")
	d.keys("tab")
	d.wants("Alle 6", "gebucht", "abgelehnt", "120.00 CHF")
	d.keys("G", "k")
	d.wants("fremde Währung")
	d.keys("enter")
	d.wants("Fremde Währung")
}

// A statement comes in by its name; what was left out is said.
func TestImportStatement(t *testing.T) {
	t.Parallel()
	d := paid(t, 80, 24, "de")
	d.keys("I")
	d.typeText("nichts.xml")
	d.keys("enter")
	d.wants("Das gibt es nicht mehr.")
	d.keys("I")
	d.typeText("auszug.xml")
	d.keys("enter")
	d.wants("1 Buchungen", "1 Angabe blieb aus", "entry 2: no amount")
}

// Nothing to do is said, with the key that brings work.
func TestNoPayments(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "en")
	d.keys("4")
	d.wants("No payment to match. I imports a bank statement.")
	d.keys("I")
	d.wants("kontor import payments FILE does it")
	d.send(nav.OpenItem{Item: desk.ItemRef{Kind: "payment", ID: "e-2"}})
	d.wants("To match 0")
}

// Names and sums can be masked here too.
func TestPaymentsMasked(t *testing.T) {
	t.Parallel()
	d := paid(t, 120, 40, "de")
	d.keys("H")
	for _, secret := range []string{"Muster", "Wiesinger", "DE89", "Rate November", "50,00 €"} {
		if strings.Contains(d.screen(), secret) {
			t.Errorf("%q shows though masked:\n%s", secret, d.screen())
		}
	}
}
