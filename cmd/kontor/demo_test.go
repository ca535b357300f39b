package main

import (
	"path/filepath"
	"testing"
)

// The demo starts calm: an everyday wish first, in the lane of new answers,
// nothing in a lane above, and only what nobody could assign without a case.
func TestDemoStartsCalm(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	line := kontor(t, 0, "demo", "--prepare", "--home", home)[0]
	if line["cases"].(float64) < 60 || line["mails"].(float64) < 46 || line["drafts"].(float64) < 45 {
		t.Errorf("a small world: %v", line)
	}
	queue := kontor(t, 0, "--home", home, "--json", "queue")
	if len(queue) < 50 {
		t.Fatalf("%d items in the queue", len(queue))
	}
	first := queue[0]
	if first["lane"] != "new" || first["intent"] != "installment_request" || first["unsure"] == true {
		t.Errorf("the day begins with %v", first)
	}
	open := 0
	for _, m := range kontor(t, 0, "--home", home, "--json", "messages") {
		if m["case"] == nil || m["case"] == "" {
			open++
		}
		if a, _ := m["alerts"].([]any); len(a) > 0 {
			t.Errorf("%v is an alert at the start", m["subject"])
		}
	}
	if open != 3 {
		t.Errorf("%d mails without a case, want 3: two cases of one person, one that matches nothing, spam", open)
	}
}
