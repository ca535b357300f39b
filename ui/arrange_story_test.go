package ui

import (
	"slices"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/priority"
	"kontor/ui/internal/fake"
)

func (d *driver) effect(k cases.EffectKind) cases.Effect {
	d.t.Helper()
	i := slices.IndexFunc(d.desk.Changes, func(e cases.Effect) bool { return e.Kind == k })
	if i < 0 {
		d.t.Fatalf("no %s among %+v:\n%s", k, d.desk.Changes, d.screen())
	}
	return d.desk.Changes[i]
}

// A plan from the keyboard: the box shows the schedule while typing, and the
// draft is made of what was said.
func TestPlanFromTheKeyboard(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.openFollow()
	d.keys("p")
	d.wants("Vereinbarung", "Ratenzahlung", "Zahlungszusage vermerken", "Aufschub")
	d.keys("enter")
	d.typeText("60")
	d.wants("6 Raten zu 60,00 €, die letzte", "ohne Tag: ein Angebot")
	for range 2 {
		d.keys("backspace")
	}
	d.typeText("5")
	d.wants("nicht ganz wie gewünscht", "unter der kleinsten Rate")
	d.keys("backspace")
	d.typeText("60")
	d.keys("tab")
	d.typeText("gestern")
	d.keys("enter")
	d.wants("Nicht verstanden")
	for range len("gestern") {
		d.keys("backspace")
	}
	d.typeText("4.1.")
	d.wants("erste Rate am Mo 04.01.:", "bindet mit dem Schreiben")
	d.keys("enter")
	said := d.desk.Said
	if said == nil || said.Intent != cases.InstallmentRequest || *said.Slots.MonthlyCents != 6000 || said.Slots.FirstPaymentDate != calendar.Of(2027, 1, 4) {
		t.Fatalf("said %+v", said)
	}
	d.wants("Der Entwurf ist gemacht")
	d.keys("tab", "tab", "tab")
}

// The phone note holds who called, whether it was the right person, what was
// promised and when to call back; promise and call-back are facts of their own,
// and the follow-up that was due is done.
func TestPhoneNote(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	it := d.desk.Item(desk.ItemRef{Kind: priority.ItemFollowUp, ID: "case-120"})
	it.Review.Case.FollowUps = append(it.Review.Case.FollowUps, cases.FollowUp{ID: "due", Due: fake.Today() - 2, Reason: "promise"})
	d.openFollow()
	d.keys("N")
	d.wants("Telefonnotiz", "Olaf Petersen (Schuldner)", "rief an", "Zum Abgleich: RE-00120 · Lindenweg 4, 24103 Kiel", "Identität nicht geprüft", "Was wurde gesprochen?")
	d.keys("tab", "tab", "right")
	d.wants("Aktenzeichen", "Identität nicht geprüft")
	d.keys("tab", "right", "right")
	d.wants("Geburtsdatum", "✓ Identität geprüft")
	d.keys("tab")
	d.typeText("will zahlen")
	d.keys("tab")
	d.typeText("100")
	d.keys("tab")
	d.wants("Zur Zusage gehören")
	d.typeText("1.12.")
	d.keys("tab")
	d.typeText("+14")
	d.keys("enter")
	note := d.effect(cases.AddNote).Text.String()
	for _, w := range []string{"Telefonat (rief an): Olaf Petersen (Schuldner).", "Identität geprüft: Aktenzeichen, Geburtsdatum.", "will zahlen", "Sagt zu: 100,00 € am 01.12.2026.", "Rückruf am 07.12.2026."} {
		if !strings.Contains(note, w) {
			t.Errorf("the note lacks %q: %s", w, note)
		}
	}
	if p := d.effect(cases.RecordPromise); p.Cents != 10000 || p.Date != calendar.Of(2026, 12, 1) {
		t.Errorf("promise %+v", p)
	}
	if i := slices.IndexFunc(d.desk.Changes, func(e cases.Effect) bool { return e.Code == "call_back" }); i < 0 || d.desk.Changes[i].Date != calendar.Of(2026, 12, 7) {
		t.Errorf("no call-back: %+v", d.desk.Changes)
	}
	if !slices.Equal(d.desk.Closed, []string{"due"}) {
		t.Errorf("closed %v", d.desk.Closed)
	}
	if slices.ContainsFunc(d.desk.Changes, func(e cases.Effect) bool { return e.Kind == cases.SetRightParty }) {
		t.Error("a call confirms nobody for letters")
	}
}

// A stranger on the phone: the box says what may not be told; nobody reached
// needs no words.
func TestPhoneNoteOfAStrangerAndOfNobody(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.openFollow()
	d.keys("N", "left")
	d.wants("jemand anderes", "Nicht der Schuldner: keine Auskunft")
	d.keys("tab", "left")
	d.wants("nicht erreicht", "nichts auf die Mailbox sprechen")
	d.keys("enter")
	if note := d.effect(cases.AddNote).Text.String(); note != "Telefonat (nicht erreicht): jemand anderes." {
		t.Errorf("note %q", note)
	}
}

// d hands the case over and keeps why.
func TestHandOver(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "en")
	d.keys("enter", "d")
	d.typeText("no such name!")
	d.keys("enter")
	d.wants("Please name the user")
	for range len("no such name!") {
		d.keys("backspace")
	}
	d.typeText("berta")
	d.keys("tab")
	d.typeText("knows the matter")
	d.keys("enter")
	if e := d.effect(cases.HandOver); e.User != "berta" {
		t.Errorf("%+v", e)
	}
	if n := d.effect(cases.AddNote).Text.String(); n != "Handed over to berta: knows the matter" {
		t.Errorf("note %q", n)
	}
	d.wants("Case handed over to berta.")
}

// x on a follow-up asks what was done and for the next day: no case is without a
// next step.
func TestFollowUpDone(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.openFollow()
	d.keys("x", "enter")
	d.wants("Bitte einen Grund angeben.")
	d.typeText("alles ruhig")
	d.keys("enter")
	if e := d.effect(cases.SetFollowUp); e.Date != fake.Today()+30 || e.Code != "next_step" {
		t.Errorf("%+v", e)
	}
}

// The review's b asks what the case file's asks: what rests, why, which claim,
// until when; and it ends a hold that stands.
func TestReviewPlacesAndEndsAHold(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.keys("enter", "b")
	d.wants("Mahnung", "ganze Akte")
	d.keys("right", "tab", "right", "tab", "tab")
	d.typeText("31.12.2026")
	d.keys("enter")
	if e := d.effect(cases.PlaceHold); e.Hold != cases.HoldCourt || e.Code != cases.HoldReasons()[1] || e.Until != calendar.Of(2026, 12, 31) {
		t.Errorf("placed %+v", e)
	}
	it := d.desk.Item(desk.ItemRef{Kind: priority.ItemMessage, ID: "m-318"})
	it.Review.Case.Holds = []cases.Hold{{ID: "h1", Kind: cases.HoldDunning, Reason: "dispute", From: fake.Today() - 3}}
	d.keys("esc", "enter", "b")
	d.wants("aufheben: Mahnsperre · Widerspruch", "seit")
	d.keys("enter", "enter")
	if e := d.effect(cases.LiftHold); e.Target != "h1" {
		t.Errorf("ended %+v", e)
	}
}
