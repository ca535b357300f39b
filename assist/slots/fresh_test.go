package slots

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
)

var showFresh = flag.Bool("slots.fresh", false, "print the misses over the fresh snippets")

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
	report(t, "fresh", measure(t, ex, ""))
}
