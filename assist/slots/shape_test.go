package slots

import (
	"testing"

	"kontor/cases"
	"kontor/cases/calendar"
)

// TestShapeOf: the config gives references as an expression; the reader used to
// take its letters for the reference's own, and found none.
func TestShapeOf(t *testing.T) {
	for pattern, want := range map[string]string{
		"":                         DefaultReference,
		`K-\d{4}-\d{6}`:            "K-9999-999999",
		`^K-[0-9]{4}-[0-9]{6}$`:    "K-9999-999999",
		`\bAZ(\d{2})/(\d{5})\b`:    "AZ99/99999",
		`F\d\d[-/ ]\d{3}`:          "F99-999",
		`K-?\d{4}\s*\d{6}`:         "K-9999-999999",
		"AB-9999":                  "AB-9999",
		`K-\d{4,6}`:                DefaultReference,
		`(K|L)-\d{4}`:              DefaultReference,
		`[A-Z]{2}\d{4}`:            DefaultReference,
		`.*`:                       DefaultReference,
		`(`:                        DefaultReference,
		`\d{400}`:                  DefaultReference,
		`K-X`:                      "K-X",
		`(((((\d{20}){20}){20})))`: DefaultReference,
	} {
		if got := shapeOf(pattern); got != want {
			t.Errorf("shapeOf(%q) = %q, want %q", pattern, got, want)
		}
	}
	in := cases.ClassifyInput{Text: "mein Zeichen ist K 2026/000318, bitte prüfen", Date: calendar.Of(2026, 3, 3)}
	for _, pattern := range []string{"", `K-\d{4}-\d{6}`, "K-9999-999999"} {
		if got := New(pattern).Read(in, cases.InformationRequest).Slots.Reference; got != "K 2026/000318" {
			t.Errorf("%q: reference %q", pattern, got)
		}
	}
	in.Text = "Az. F26-117 und nicht K-2026-000318"
	if got := New(`F\d{2}-\d{3}`).Read(in, cases.InformationRequest).Slots.Reference; got != "F26-117" {
		t.Errorf("reference %q", got)
	}
}
