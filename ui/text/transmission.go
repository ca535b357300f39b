package text

import (
	"fmt"
	"strings"

	"kontor/cases"
)

// Transmission says what left the machine for a generative engine, to whom, and
// what came of it.
func (t *Text) Transmission(x cases.Transmission) string {
	w := &t.Words
	took := fmt.Sprintf("%.1f", float64(x.LatencyMS)/1000)
	if t.Lang == "de" {
		took = strings.Replace(took, ".", ",", 1)
	}
	return fmt.Sprintf(w.SentTo, x.Model, x.Provider, x.Prompt, took, x.BytesOut, x.BytesIn, x.Redactions, t.Outcome(x.Outcome))
}

// Outcome says what an exchange with a generative engine led to.
func (t *Text) Outcome(outcome string) string {
	why, failed := strings.CutPrefix(outcome, "failed:")
	words := Code(t.Words.Outcome, why)
	if failed {
		return fmt.Sprintf(t.Words.OutcomeFailed, words)
	}
	return words
}
