package ui

import (
	"testing"
	"time"
)

// The caseworker opens the first item, approves what is on the screen, and the
// next item opens by itself; a bouncing key approves nothing.
func TestApproveOpensTheNextAndABouncingKeyApprovesNothing(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.wants("Jana Muster", "Ratenwunsch", "Neue Antworten")
	d.keys("enter")
	d.wants("‹50,00 €›", "Folgen", "j.muster@example.org")
	d.keys("a")
	if n := len(d.desk.Approvals); n != 1 {
		t.Fatalf("%d approvals after a, want 1:\n%s", n, d.screen())
	}
	d.wants("K-2026-000402", "Antwort an j.muster@example.org geht in 15 s hinaus")
	for range 20 { // a key held down: every 30 ms
		d.wait(30 * time.Millisecond)
		d.keys("a")
	}
	d.wait(399 * time.Millisecond)
	d.keys("a")
	if n := len(d.desk.Approvals); n != 1 {
		t.Fatalf("the held key approved %d letters", n)
	}
	d.wait(500 * time.Millisecond)
	d.keys("a")
	if n := len(d.desk.Approvals); n != 2 {
		t.Fatalf("%d approvals after a new a, want 2:\n%s", n, d.screen())
	}
}
