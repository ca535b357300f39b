package policy

import (
	"slices"
	"strings"
	"testing"

	"kontor/cases"
)

// TestPromisesAreCarriedOut: what a letter promises needs an effect, or a fact
// of the case that keeps it.
func TestPromisesAreCarriedOut(t *testing.T) {
	g := gate(t)
	const quiet, answer, contact = "Bis das geklärt ist, mahnen wir nicht.", "Bis zum 07.12.2026 schreiben wir Ihnen, was herauskam.", "Ihre neue Anschrift haben wir eingetragen."
	today := outgoing(t, "plain", "").Context.Today
	hold := cases.Effect{Kind: cases.PlaceHold, Hold: cases.HoldDunning, Code: "inquiry", Until: today + 14}
	for name, c := range map[string]struct {
		which, text string
		effects     []cases.Effect
		want        string
	}{
		"quiet, no effect":             {"plain", quiet, nil, "promise.quiet"},
		"quiet, held":                  {"plain", quiet, []cases.Effect{hold}, ""},
		"quiet, disputed already":      {"disputed", quiet, nil, ""},
		"quiet in English":             {"plain", "Until then we send no reminders.", nil, "promise.quiet"},
		"answer, no effect":            {"plain", answer, nil, "promise.answer"},
		"answer, remembered":           {"plain", answer, []cases.Effect{{Kind: cases.SetFollowUp, Date: today + 14}}, ""},
		"answer, remembered late":      {"plain", answer, []cases.Effect{{Kind: cases.SetFollowUp, Date: today + 15}}, "promise.answer"},
		"answer, a clock":              {"plain", answer, []cases.Effect{{Kind: cases.StartClock, Code: "information", Until: today + 14}}, ""},
		"answer in English":            {"plain", "You will get them by 7 December 2026.", nil, "promise.answer"},
		"contact, no effect":           {"plain", contact, nil, "promise.contact"},
		"contact, changed":             {"plain", contact, []cases.Effect{{Kind: cases.ChangeContact}}, ""},
		"contact as the letter has it": {"plain", "Danke für Ihre neuen Daten. Wir tragen sie bei Ihrer Akte ein und schreiben Ihnen künftig dorthin.", nil, "promise.contact"},
		"the same in English":          {"plain", "Thank you for the details. We will enter them on your file and write to you there from now on.", nil, "promise.contact"},
		"contact in English":           {"plain", "We have updated your address: we enter your new address.", nil, "promise.contact"},
		"courts, no effect":            {"plain", "Bis dahin unternehmen wir auch gerichtlich nichts.", []cases.Effect{hold}, "promise.court"},
		"courts, held":                 {"plain", "Bis dahin unternehmen wir auch gerichtlich nichts.", []cases.Effect{{Kind: cases.PlaceHold, Hold: cases.HoldCourt, Code: "pause", Until: today + 14}}, ""},
		"costs, no effect":             {"plain", "Neue Kosten entstehen nicht.", []cases.Effect{hold}, "promise.court"},
		"courts in English":            {"plain", "Until then we take no steps in court.", []cases.Effect{hold}, "promise.court"},
		"waiver, no effect":            {"plain", "Diesen Rest erlassen wir Ihnen.", nil, "promise.waiver"},
		"waiver, written off":          {"plain", "Diesen Rest erlassen wir Ihnen.", []cases.Effect{{Kind: cases.WriteOffRest, Cents: 100}}, ""},
		"waiver in English":            {"plain", "We waive the rest.", nil, "promise.waiver"},
		"nothing is promised":          {"plain", "Danke für Ihre Nachricht.", nil, ""},
		"a question is no promise":     {"plain", "Hat sich Ihre Anschrift geändert?", nil, ""},
		"the reader's own deadline":    {"plain", "Bitte antworten Sie bis zum 07.12.2026.", nil, ""},
	} {
		out := outgoing(t, c.which, c.text)
		out.Template.ID, out.Effects = "house", c.effects
		var got []string
		for _, f := range g.Check(out) {
			if strings.HasPrefix(f.Rule, "promise.") {
				got = append(got, f.Rule)
			}
		}
		if c.want == "" && len(got) > 0 || c.want != "" && !slices.Contains(got, c.want) {
			t.Errorf("%s: got %v, want %q", name, got, c.want)
		}
		out.Template.ID = ""
		if slices.ContainsFunc(g.Check(out), func(f cases.TextFinding) bool { return f.Rule == c.want }) {
			t.Errorf("%s: a loose text is held to effects that it cannot have", name)
		}
	}
}
