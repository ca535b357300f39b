package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cases/priority"
	"kontor/ui/internal/fake"
	"kontor/ui/nav"
)

// Every room has its key, says what it is, and comes back with esc.
func TestEveryRoom(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"de", "en"} {
		d := start(t, 80, 24, lang)
		want := map[string]map[string]string{
			"de": {"4": "Keine Zahlung zu klären", "6": "Keine Konflikte", "7": "Wer hat welche Akten", "8": "Stand der Arbeit", "9": "Protokoll", ",": "config.toml"},
			"en": {"4": "No payment to match", "6": "No conflicts", "7": "Who has which cases", "8": "State of the work", "9": "Record", ",": "config.toml"},
		}[lang]
		for k, words := range want {
			d.keys(k)
			d.wants(words)
			d.keys("?")
			d.wants(d.app.look.Text.Help.Title + ": ")
			d.keys("esc", "esc")
			if d.app.room != nav.RoomQueue {
				t.Errorf("esc does not leave room %s", k)
			}
		}
	}
}

// The record is read page by page, and a fact opens its case.
func TestRecord(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("9")
	d.wants("Einträge 250 bis 449", "Mail eingegangen", "Schreiben freigegeben", "gebucht", "Programm")
	d.keys("l")
	d.wants("Einträge 50 bis 249")
	d.keys("l")
	d.wants("Einträge 0 bis 49")
	d.keys("l")
	d.wants("Ältere Einträge gibt es nicht.")
	d.keys("h", "h")
	d.wants("Einträge 250 bis 449")
	d.keys("g", "down", "enter")
	d.wants("Forderungskonto")
	d.keys("esc")
	d.wants("Einträge 250 bis 449")
}

// The language changes at once, everywhere, and back.
func TestLanguageChanges(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys(",")
	d.wants("Einstellungen", "Deutsch", "kleinste Rate", "20,00 €")
	d.keys("L")
	d.wants("Language: English", "least instalment", "€20.00")
	d.keys("1")
	d.wants("Queue", "New replies")
	d.keys(",", "L")
	d.wants("Sprache: Deutsch")
}

// A room that fails says so, and the others go on.
func TestRoomFails(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.desk.Fail["Figures"] = errors.New("disk on fire")
	d.keys("8")
	d.wants("Das hat nicht geklappt.", "disk on fire")
	d.keys("1")
	d.wants("Jana Muster")
}

// News reach the room that is looked at, and only that.
func TestRoomsReadAgainOnNews(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("8")
	d.desk.Fail["Figures"] = errors.New("asked")
	d.send(newsOf(desk.News{Queue: true}))
	d.wants("asked")
	d.keys("1")
	d.desk.Fail["Figures"] = nil
	d.send(newsOf(desk.News{Queue: true}))
	if s := d.screen(); strings.Contains(s, "Stand der Arbeit") {
		t.Error("a hidden room shows")
	}
}

// Leaving the room of mails without a case, the queue stands where it stood.
func TestEachRoomKeepsItsPlace(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("down", "down")
	was, _ := d.app.queue.Holds()
	d.keys("3")
	d.settle()
	there, _ := d.app.queue.Holds()
	if there == was {
		t.Fatal("both rooms stand on one item")
	}
	d.keys("1")
	d.settle()
	if now, _ := d.app.queue.Holds(); now != was {
		t.Errorf("the queue stands on %v, it stood on %v", now, was)
	}
	d.keys("3", "esc")
	d.settle()
	if now, _ := d.app.queue.Holds(); now != was {
		t.Errorf("after esc the queue stands on %v, it stood on %v", now, was)
	}
}

// The overview says of a payment who paid and for what, and of a complaint only
// once that it is one.
func TestMorningSaysWhatComesFirst(t *testing.T) {
	t.Parallel()
	pay := &fake.Item{Row: desk.Row{
		Item: desk.ItemRef{Kind: priority.ItemPayment, ID: "e1"}, Lane: priority.LanePayment, From: plain.Line("Erika Beispiel"), Subject: plain.Line("Rate 3 aus 2026"),
		Reasons: []priority.Reason{{Factor: priority.FactorAmount, Code: "payment", Cents: 5000}},
	}}
	complain := &fake.Item{Row: desk.Row{
		Item: desk.ItemRef{Kind: priority.ItemMessage, ID: "m1"}, Lane: priority.LaneComplaint, Reference: plain.Line("K-2026-000009"), Debtor: plain.Line("Ole Hansen"), Intent: cases.Complaint,
		Reasons: []priority.Reason{{Factor: priority.FactorComplaint}},
	}}
	d := start(t, 120, 24, "de", pay, complain)
	d.keys("0")
	d.wants("Erika Beispiel · Rate 3 aus 2026", "Ole Hansen · Beschwerde")
	d.lacks("Beschwerde · Beschwerde")
	d.keys("H")
	d.lacks("Erika", "Rate 3")
}

// At midnight the order is reckoned anew and offered: under hands that work
// nothing moves before o.
func TestMidnightOffersTheNewOrder(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("down")
	was, _ := d.app.queue.Holds()
	first := d.app.queue
	d.wait(23 * time.Hour)
	d.desk.Add(0, fake.Alarm())
	ran := false
	for _, x := range d.later { // the hour's watch
		if x.after <= time.Hour && x.after > time.Minute {
			d.take(x.f(d.now))
			ran = true
		}
	}
	d.settle()
	if !ran {
		t.Fatal("nobody waits for midnight")
	}
	d.wants("Ein neuer Tag", "1 neu")
	if now, _ := first.Holds(); now != was {
		t.Errorf("the cursor moved to %v", now)
	}
	d.keys("down", "up")
	d.lacks("Ein neuer Tag") // once
	d.keys("o", "g")
	d.settle()
	if now, _ := first.Holds(); now.ID != fake.Alarm().Row.Item.ID {
		t.Errorf("o did not put the alert first: %v", now)
	}
}
