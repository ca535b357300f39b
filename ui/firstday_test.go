package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/desk"
	"kontor/cases/priority"
)

// A key that nobody bound says so, and names the one that helps.
func TestUnboundKeySaysSo(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.keys("Q")
	d.wants("! Q ist hier nicht belegt; ? zeigt alle Tasten.")
	d.keys("j")
	d.lacks("nicht belegt")
	d.send(tea.KeyPressMsg{Code: tea.KeyF7})
	d.wants("! F7 ist hier nicht belegt")
	d.send(tea.KeyPressMsg{Code: tea.KeyF1})
	d.wants("Hilfe: Schlange")
}

// From the overview of the day `2` opens the case that its line is about.
func TestCaseFromTheMorning(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("0", "2")
	d.wants("Beteiligte")
	d.lacks("Kein Vorgang mit Akte")
}

// A look at the mails without a case does not lose the place in the queue.
func TestQueueKeepsItsPlace(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("down", "down")
	before, _ := d.app.queue.Holds()
	d.keys("3")
	if there, _ := d.app.queue.Holds(); there == before {
		t.Fatal("the room without cases shows an item with one")
	}
	d.keys("1")
	if after, _ := d.app.queue.Holds(); after != before {
		t.Errorf("back in the queue the cursor is on %v, want %v", after, before)
	}
}

// What must be done before anything else stands first below, also where not
// all keys fit.
func TestUrgentKeysStandFirst(t *testing.T) {
	t.Parallel()
	d := start(t, 60, 20, "de")
	d.keys("3")
	if f := foot(d); !strings.HasPrefix(f, "m Akte zuordnen") {
		t.Errorf("below the mails without a case stands %q", f)
	}
	it := d.desk.Item(desk.ItemRef{Kind: priority.ItemMessage, ID: "m-318"})
	it.Review.Differs = true
	d.keys("1", "g", "enter", "a")
	if f := foot(d); !strings.HasPrefix(f, "R Empfänger") {
		t.Errorf("below a letter to an address that is not on file stands %q", f)
	}
}

// foot is the last line of the screen.
func foot(d *driver) string {
	lines := strings.Split(d.screen(), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

// On a narrow screen the bar shows whole words or none.
func TestNarrowBarCutsNoWord(t *testing.T) {
	t.Parallel()
	for _, w := range []int{60, 64, 72, 80, 90, 100} {
		d := start(t, w, 20, "de")
		for _, room := range []string{"0", "1", "3", "4", "5", "6", "7", "8", "9", ","} {
			d.keys(room)
			bar, _, _ := strings.Cut(d.screen(), "\n")
			if strings.Contains(bar, "…") || !strings.Contains(bar, " 9") {
				t.Errorf("%d columns, room %s: %q", w, room, bar)
			}
		}
	}
}
