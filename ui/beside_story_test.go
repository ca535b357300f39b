package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/ui/internal/fake"
)

// withInquiry gives the first item a letter to the creditor beside its answer.
func withInquiry(items []*fake.Item) {
	r := items[0].Review
	r.Drafts = append(r.Drafts, cases.Draft{
		Template: cases.TemplateRef{ID: "creditor_inquiry", Version: 1, Lang: "de"}, To: "creditor", ToAddr: "fragen@velura.example.com",
		Subject: "K-2026-000318: Rückfrage", Text: "Sehr geehrte Damen und Herren,\n\nbitte schicken Sie uns den Vertrag.\n",
		Effects: []cases.DraftEffect{{Effect: cases.Effect{Kind: cases.InquireCreditor}, Ticked: true, Why: "template"}},
	})
	r.Templates = append(r.Templates, cases.TemplateInfo{TemplateRef: cases.TemplateRef{ID: "creditor_inquiry", Version: 1, Lang: "de"}, Title: "Nachfrage beim Gläubiger"})
	items[0].Review = r
}

func startBeside(t *testing.T, w, h int) *driver {
	t.Helper()
	d := start(t, w, h, "de")
	items := fake.Sample()
	withInquiry(items)
	*d.desk.Item(items[0].Row.Item) = *items[0]
	d.keys("enter")
	return d
}

// untilApproved presses `a` until there are n approvals.
func (d *driver) untilApproved(n int) {
	d.t.Helper()
	for range 20 {
		if len(d.desk.Approvals) >= n {
			return
		}
		d.wait(time.Second)
		d.keys("a")
	}
	d.t.Fatalf("%d approvals, want %d:\n%s", len(d.desk.Approvals), n, d.screen())
}

// A letter to the creditor goes with the answer: seen and approved on its own,
// before the answer ends the item; nothing of it is approved by the answer's key.
func TestLetterBesideIsApprovedOnItsOwn(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		d := startBeside(t, size[0], size[1])
		if size[0] < 100 {
			d.keys("a")
			d.wants("a zeigt das Schreiben dazu")
			d.wait(time.Second)
		}
		d.wants("1/2", "+ Nachfrage beim Gläubiger", "a weiter zum Schreiben dazu")
		d.keys("a")
		d.wants("2/2", "fragen@velura.example.com", "bitte schicken Sie uns den Vertrag", "x weglassen")
		d.keys("a") // bounces
		if len(d.desk.Approvals) != 0 {
			t.Fatal("approved by a bouncing key")
		}
		d.untilApproved(1)
		first := d.desk.Approvals[0]
		if first.Draft != 1 || first.Review.Drafts[1].To != "creditor" || first.OtherAddress {
			t.Fatalf("approved draft %d first", first.Draft)
		}
		d.wants("An        Jana Muster", "geht in 15 s hinaus")
		d.keys("a") // the key that approved, pressed twice
		if len(d.desk.Approvals) != 1 {
			t.Fatal("the answer went out with the key for the letter beside")
		}
		d.untilApproved(2)
		if d.desk.Approvals[1].Draft != 0 || !strings.HasPrefix(d.desk.Approvals[1].Text, "Sehr geehrte Frau Muster") {
			t.Fatalf("second: draft %d, %q", d.desk.Approvals[1].Draft, d.desk.Approvals[1].Text)
		}
	}
}

// One is left out, and that is still so after leaving; the answer alone goes.
func TestLetterBesideLeftOut(t *testing.T) {
	t.Parallel()
	d := startBeside(t, 120, 40)
	d.keys("o", "x")
	d.wants("1/2", "– Nachfrage beim Gläubiger · weggelassen", "o holt es zurück")
	d.keys("esc", "enter")
	d.wants("– Nachfrage beim Gläubiger · weggelassen")
	d.keys("o")
	d.wants("x doch senden")
	d.keys("x")
	d.wants("+ Nachfrage beim Gläubiger")
	d.keys("o", "x")
	d.untilApproved(1)
	if d.desk.Approvals[0].Draft != 0 {
		t.Errorf("approved draft %d", d.desk.Approvals[0].Draft)
	}
}

// That the creditor is asked is recorded with the answer only if the letter that
// asks is to go, also after leaving and coming back; who asks otherwise ticks it.
func TestLeftOutLetterIsNotRecorded(t *testing.T) {
	t.Parallel()
	for _, way := range []struct {
		name string
		keys []string
		want bool
	}{
		{"left out", []string{"o", "x"}, false},
		{"left out, then left", []string{"o", "x", "esc", "enter"}, false},
		{"left out and brought back", []string{"o", "x", "o", "x", "o"}, true},
	} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			d := start(t, 120, 40, "de")
			items := fake.Sample()
			withInquiry(items)
			drafts := items[0].Review.Drafts
			drafts[0].Effects = append(slices.Clone(drafts[0].Effects), drafts[len(drafts)-1].Effects...)
			*d.desk.Item(items[0].Row.Item) = *items[0]
			d.keys("enter")
			d.keys(way.keys...)
			n := 1
			if way.want {
				n = 2
			}
			d.untilApproved(n)
			last := d.desk.Approvals[n-1]
			at := slices.IndexFunc(last.Effects, func(e cases.DraftEffect) bool { return e.Kind == cases.InquireCreditor })
			if last.Draft != 0 || at < 0 || last.Effects[at].Ticked != way.want {
				t.Errorf("draft %d approved last, inquiry at %d of its effects; want the answer, the inquiry ticked %t", last.Draft, at, way.want)
			}
		})
	}
}

// What is typed on either stays with it, across turning and leaving.
func TestLettersBesideAreEditedApart(t *testing.T) {
	t.Parallel()
	d := startBeside(t, 120, 40)
	d.keys("e")
	d.typeText("Liebe Frau Muster! ")
	d.keys("esc", "o", "e")
	d.typeText("Es eilt. ")
	d.keys("esc")
	d.wants("Es eilt. Sehr geehrte Damen", "geändert")
	d.keys("o")
	d.wants("Liebe Frau Muster! Sehr geehrte")
	d.keys("esc", "enter")
	d.wants("Liebe Frau Muster! Sehr geehrte", "1/2")
	d.keys("o")
	d.wants("Es eilt. Sehr geehrte Damen")
	d.keys("D")
	d.lacks("Es eilt.")
	d.keys("o")
	d.wants("Liebe Frau Muster! Sehr geehrte")
	d.untilApproved(2)
	if a := d.desk.Approvals; a[0].Draft != 1 || a[0].Edited || a[1].Draft != 0 || !a[1].Edited {
		t.Errorf("approved %d (edited %t), then %d (edited %t)", a[0].Draft, a[0].Edited, a[1].Draft, a[1].Edited)
	}
}

// Choosing the letter among the templates turns to it; it replaces no answer.
func TestLetterBesideAmongTemplates(t *testing.T) {
	t.Parallel()
	d := startBeside(t, 120, 40)
	d.keys("t", "down", "enter")
	d.wants("2/2", "fragen@velura.example.com")
	d.keys("R")
	d.wants("hinterlegte Anschrift")
	d.keys("L")
	d.wants("hinterlegte Anschrift")
	d.keys("o")
	d.wants("1/2", "Jana Muster")
}
