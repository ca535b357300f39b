package ui

import (
	"testing"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/ui/internal/fake"
)

// What goes with a letter stands among what approving does, with its size, and
// is ticked and unticked there; what was ticked is what the approval carries.
func TestFilesOfALetter(t *testing.T) {
	t.Parallel()
	items := fake.Sample()
	items[0].Review.Drafts[0].Attach = []cases.DraftFile{
		{Kind: cases.FileGiroCode, Name: plain.Line("GiroCode-K-2026-000318.png"), Size: 2100, Ticked: true},
		{Kind: cases.FileDocument, Document: "d1", Name: plain.Line("Vertrag.pdf"), Size: 300 << 10},
	}
	d := start(t, 120, 40, "de", items...)
	d.keys("enter")
	d.wants("[x] Anlage: GiroCode-K-2026-000318.png (2 KB)", "[ ] Anlage: Vertrag.pdf (300 KB)")
	d.keys("tab", "G", "space")
	d.wants("[x] Anlage: Vertrag.pdf")
	d.approveAll()
	got := d.desk.Approvals[0].Review.Drafts[0].Attach
	if len(got) != 2 || !got[0].Ticked || !got[1].Ticked {
		t.Errorf("approved with %+v", got)
	}
	if items[0].Review.Drafts[0].Attach[1].Ticked {
		t.Error("the desk's own draft was changed")
	}
}

// An offer that was accepted on the phone is recorded as such.
func TestOfferAccepted(t *testing.T) {
	t.Parallel()
	items := fake.Sample()
	k := items[0].Review.Case
	k.Arrangements = append(k.Arrangements, cases.Arrangement{ID: "offer-1", Kind: cases.ArrangePlan, State: cases.ArrOffered, Total: 41290})
	d := start(t, 80, 24, "de", items...)
	d.keys("enter", "p")
	d.wants("Angebot ist angenommen: Ratenplan angeboten")
	d.keys("enter")
	d.wants("am Telefon")
	d.keys("enter")
	d.wants("Angebot angenommen: der Plan läuft.")
	if len(d.desk.Accepted) != 1 || d.desk.Accepted[0] != "offer-1" {
		t.Errorf("accepted %v", d.desk.Accepted)
	}
}
