package paper_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"kontor/cases/dunning"
	"kontor/inbox/paper"
)

// TestCourt prints the sheet of a complete application and of one with findings:
// each says that nothing was filed, and leaves the decision to a person.
func TestCourt(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../cases/dunning/testdata/complete.golden")
	if err != nil {
		t.Fatal(err)
	}
	var s dunning.Sheet
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	golden(t, "court.golden", paper.CourtText(s))
	s.Ready = false
	s.Findings = []dunning.Finding{{Code: "disputed", Level: dunning.Block, Text: "Die Forderung ist bestritten.", Source: "§§ 694, 696 ZPO"}, {Code: "x", Level: dunning.Open, On: "F1", Text: "Offen."}}
	text := paper.CourtText(s)
	for _, want := range []string{"nichts bei Gericht eingereicht", "NICHT ENTSCHEIDUNGSREIF", "STEHT ENTGEGEN: Die Forderung ist bestritten. (§§ 694, 696 ZPO)", "OFFEN [F1]: Offen."} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet does not say %q", want)
		}
	}
	made := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	a, err := paper.CourtPDF(s, made)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := paper.CourtPDF(s, made); err != nil || !bytes.Equal(a, c) {
		t.Errorf("two prints differ: %v", err)
	}
	for range 300 {
		s.Findings = append(s.Findings, s.Findings[0])
	}
	if _, err := paper.CourtPDF(s, made); err != nil {
		t.Errorf("a long sheet: %v", err)
	}
}
