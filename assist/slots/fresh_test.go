package slots

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestFresh measures on snippets that were written before anything was tuned
// and that nothing is tuned on.
func TestFresh(t *testing.T) {
	b, err := os.ReadFile("testdata/fresh.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var ex []example
	for line := range strings.SplitSeq(strings.TrimSpace(string(b)), "\n") {
		var e example
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		ex = append(ex, e)
	}
	m := measure(t, ex, "")
	report(t, "fresh", m)
	floors{
		Monthly: 0.95, Offer: 0.95, Promise: 0.85, PaidCents: 0.85, FirstPayment: 0.90, PauseUntil: 0.90, PromiseDate: 0.90, PaidDate: 0.90,
		DisputeReason: 0.75, Invoice: 0.95,
	}.hold(t, m)
}
