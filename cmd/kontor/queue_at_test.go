package main

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kontor/cases/priority"
)

// The queue as the contract says it: ranks without a gap, lanes in their order,
// every point of a score in words; and at a later day another order, for what was
// put off comes back and what waits has waited longer.
func TestQueueAtADay(t *testing.T) {
	t.Parallel()
	home := filepath.Join(t.TempDir(), "home")
	kontor(t, 0, "demo", "--prepare", "--home", home, "--cases", "60", "--mails", "20")
	rows := func(args ...string) (items []string, kinds map[string]int) {
		t.Helper()
		kinds = map[string]int{}
		lane := 0
		for i, r := range kontor(t, 0, append([]string{"--home", home, "--json", "queue"}, args...)...) {
			if r["rank"] != float64(i+1) {
				t.Fatalf("row %d has rank %v", i+1, r["rank"])
			}
			at := slices.Index(priority.Lanes(), priority.Lane(r["lane"].(string)))
			if at < lane {
				t.Fatalf("row %d: lane %v stands after %v", i+1, r["lane"], priority.Lanes()[lane])
			}
			lane = at
			sum := 0.0
			for _, x := range r["reasons"].([]any) {
				reason := x.(map[string]any)
				sum += reason["points"].(float64)
				if reason["text"] == "" || reason["factor"] == "" {
					t.Errorf("row %d: a point without words: %v", i+1, reason)
				}
			}
			if sum != r["score"] {
				t.Errorf("row %d: score %v, its reasons make %v", i+1, r["score"], sum)
			}
			kinds[r["item"].(string)]++
			id := r["reference"].(string)
			if m, ok := r["message_id"].(string); ok {
				id += " " + m
			}
			items = append(items, r["item"].(string)+" "+id)
		}
		return items, kinds
	}
	now, kinds := rows()
	later, then := rows("--at", time.Now().AddDate(0, 2, 0).Format(time.DateOnly))
	if slices.Equal(now, later) {
		t.Error("the order does not move in two months")
	}
	if then["follow_up"] <= kinds["follow_up"] {
		t.Errorf("%d follow-ups in two months, %d today", then["follow_up"], kinds["follow_up"])
	}
	for _, r := range kontor(t, 0, "--home", home, "--json", "queue", "--lane", string(priority.LanePrivacy)) {
		if r["lane"] != string(priority.LanePrivacy) {
			t.Errorf("lane privacy shows %v", r["lane"])
		}
	}
	kontor(t, 2, "--home", home, "queue", "--lane", "nonsense")
}
