package ui

import (
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/ui/internal/fake"
)

// Each effect can be changed where it stands; what is changed is ticked, kept when
// the case moves, and approved.
func TestEffectsAreChanged(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	items := fake.Sample()
	r := items[0].Review
	draft := r.Drafts[0]
	draft.Effects = append(draft.Effects,
		cases.DraftEffect{Effect: cases.Effect{Kind: cases.ChangeContact, Person: draft.To, Channel: cases.Postal, Proof: cases.ProofClaimed}, Why: "fill_in"},
		cases.DraftEffect{Effect: cases.Effect{Kind: cases.InquireCreditor}, Ticked: true, Why: "template"})
	r.Drafts = append([]cases.Draft{draft}, r.Drafts[1:]...)
	items[0].Review = r
	*d.desk.Item(items[0].Row.Item) = *items[0]
	d.keys("enter", "tab", "enter") // the plan: all instalments
	d.wants("Ratenplan", " 1.  Mo 04.01.", " 9.  ", "12,90 €", "412,90 €", "p anderer Plan")
	d.keys("esc", "down", "enter")
	d.wants("Mahnsperre: Ratenplan", "14.12.2026")
	d.erase()
	d.typeText("20.12.2026")
	d.keys("enter")
	d.wants("[x] Mahnsperre: Ratenplan bis So 20.12.")
	d.keys("down", "enter")
	d.erase()
	d.typeText("gestern")
	d.keys("enter")
	d.wants("Nicht verstanden") // stays open
	d.erase()
	d.typeText("heute")
	d.wants("Mo 23.11.")
	d.erase()
	d.typeText("+21")
	d.keys("tab")
	d.erase()
	d.typeText("Frau Muster anrufen")
	d.keys("enter")
	d.wants("Frau Muster anrufen")
	d.keys("down", "enter") // the acknowledgement
	d.wants("An dieser Folge ist nichts zu ändern")
	d.keys("down", "enter")
	d.keys("tab")
	d.typeText("Am Markt 3, 24103 Kiel")
	d.keys("enter")
	d.wants("[x] Neue Angabe: Anschrift Am Markt 3, 24103 Kiel")
	d.keys("r") // asked anew: what the hands have set stays
	d.wants("[x] Neue Angabe: Anschrift Am Markt 3", "So 20.12.", "Frau Muster anrufen")
	d.approveAll()
	got := d.desk.Approvals[0].Effects
	for _, want := range []struct {
		kind cases.EffectKind
		ok   func(e cases.Effect) bool
	}{
		{cases.PlaceHold, func(e cases.Effect) bool { return e.Until == calendar.Of(2026, 12, 20) }},
		{cases.SetFollowUp, func(e cases.Effect) bool { return e.Code == "Frau Muster anrufen" && e.Date == fake.Today()+21 }},
		{cases.ChangeContact, func(e cases.Effect) bool { return strings.HasPrefix(e.Text.String(), "Am Markt 3") }},
	} {
		found := false
		for _, e := range got {
			found = found || e.Kind == want.kind && e.Ticked && want.ok(e.Effect)
		}
		if !found {
			t.Errorf("%s was not approved as changed: %+v", want.kind, got)
		}
	}
}
