package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"kontor/cases/desk"
	"kontor/cases/dunning"
	"kontor/ui/nav"
)

// dark is a pattern of 41 modules that no symmetry hides.
func dark(x, y int) bool {
	return x >= 0 && y >= 0 && x < 41 && y < 41 && (x*x+3*y+x*y)%7 < 3
}

// paperPorts lets the screens print and draw codes.
func paperPorts(d *driver) {
	o := &d.app.opts.Outside
	o.SaveDir = "/home/anna"
	o.Save = func(dir, name string, _ []byte) (string, error) { return dir + "/" + name, nil }
	o.Print = func(_ context.Context, _ desk.ApproveRequest, _ bool, dir string) (string, error) {
		return dir + "/brief.pdf", nil
	}
	o.Calendar = func(*desk.CaseView) ([]byte, error) { return []byte("BEGIN:VCALENDAR"), nil }
	o.Code = func(v *desk.CaseView, no int) (nav.PayCode, error) {
		c := nav.PayCode{To: "Forderungsservice Nordlicht GmbH", IBAN: "DE02120300000000202051", RF: "RF35 K202 6000 318", Amount: v.Balance.Total, Size: 41, Dark: dark, PNG: []byte("png")}
		if no > 0 {
			c.Amount = 5000
		}
		return c, nil
	}
}

// Only what was read is printed as final; edits are printed, and what policy
// forbids is not.
func TestLetterIsPrintedAsItStands(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.keys("enter", "P")
	d.wants("Hier kann nicht gedruckt werden")
	paperPorts(d)
	type print struct {
		text  string
		final bool
		dir   string
	}
	var got []print
	d.app.opts.Outside.Print = func(_ context.Context, req desk.ApproveRequest, final bool, dir string) (string, error) {
		if strings.Contains(dir, "voll") {
			return "", errors.New("no space left")
		}
		got = append(got, print{req.Text, final, dir})
		return dir + "/brief.pdf", nil
	}
	d.keys("P")
	d.wants("Endgültig erst, wenn der ganze Text zu sehen war")
	d.keys("right", "enter") // there is only the draft
	if len(got) != 1 || got[0].final || got[0].dir != "/home/anna" {
		t.Fatalf("printed %+v", got)
	}
	d.wants("Entwurf: /home/anna/brief.pdf")
	for range 6 {
		d.keys("pgdown")
	}
	d.keys("P", "right", "tab")
	d.typeText("/voll")
	d.keys("enter")
	d.wants("no space left")
	for range len("/voll") {
		d.keys("backspace")
	}
	d.keys("enter")
	if len(got) != 2 || !got[1].final {
		t.Fatalf("printed %+v", got)
	}
	d.wants("Gedruckt und vermerkt")
	d.keys("e")
	d.typeText("Lieber Kunde, ")
	d.keys("esc", "P", "enter")
	if len(got) != 3 || !strings.Contains(got[2].text, "Lieber Kunde, ") {
		t.Fatal("the edit was not printed")
	}
}

// The code on the screen is the code: read back from its half blocks it has the
// same modules, with light around.
func TestPayCodeOnTheScreen(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		d := start(t, size[0], size[1], "de")
		d.keys("2", "Q")
		d.wants("Hier gibt es keinen GiroCode")
		paperPorts(d)
		fullCase(d)
		d.send(newsOf(desk.News{Cases: caseIDs("case-318")}))
		d.keys("Q")
		d.wants("412,40 €", "alles, was offen ist", "RF35 K202 6000 318")
		d.lacks("Kontor  0")
		light := 3
		if size[1] > 24 {
			light = 4
		}
		lines := strings.Split(d.screen(), "\n")
		at := func(x, y int) bool {
			if y >= 2*len(lines) {
				return false
			}
			r := []rune(lines[y/2])[x]
			return r == '█' || r == '▀' && y%2 == 0 || r == '▄' && y%2 == 1
		}
		for y := range 41 + 2*light {
			for x := range 41 + 2*light {
				if at(x, y) != dark(x-light, y-light) {
					t.Fatalf("%v: module %d, %d is wrong:\n%s", size, x-light, y-light, d.screen())
				}
			}
		}
		if raw := strings.Split(d.app.View().Content, "\n")[0]; !strings.Contains(raw, "48;5;231") {
			t.Errorf("the code does not set its colours: %q", raw)
		}
		d.keys("right")
		d.wants("50,00 €", "Rate 2") // the first is paid
		d.keys("s", "enter")
		d.wants("GiroCode 2.png")
		if n := len(d.desk.Exports); n != 1 || d.desk.Exports[0].What != "girocode" {
			t.Errorf("on record: %+v", d.desk.Exports)
		}
		d.keys("left")
		d.wants("alles, was offen ist")
		d.keys("H")
		d.lacks("RF35", "█")
		d.keys("H", "esc")
		d.wants("Kontor  0", "Beteiligte")
	}
	d := start(t, 80, 22, "de")
	paperPorts(d)
	d.keys("2", "Q")
	d.wants("Der Code braucht ein Fenster mit 23 Zeilen")
}

func TestPlanBecomesACalendar(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	paperPorts(d)
	d.keys("2", "I")
	d.wants("Es gibt keinen Ratenplan")
	fullCase(d)
	d.send(newsOf(desk.News{Cases: caseIDs("case-318")}))
	d.keys("I")
	d.wants("4 Raten, für den Kalender")
	d.keys("enter")
	d.wants("/home/anna/K-2026-000318.ics")
	if n := len(d.desk.Exports); n != 1 || d.desk.Exports[0].What != "calendar" || d.desk.Exports[0].Items != 4 {
		t.Errorf("on record: %+v", d.desk.Exports)
	}
}

// The sheet for the court: what a person answers goes in, what it says is shown,
// and s saves it; nothing is filed.
func TestCourtSheet(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.keys("2", "C")
	d.wants("Hier kann nicht gedruckt werden")
	paperPorts(d)
	var got dunning.Answers
	d.app.opts.Outside.CourtSheet = func(v *desk.CaseView, a dunning.Answers) (string, []byte, error) {
		got = a
		return "Es wird nichts bei Gericht eingereicht.\n\nHauptforderung 350,00", []byte("%PDF"), nil
	}
	d.keys("C")
	d.typeText("AG Hamburg-Altona")
	d.keys("tab", "tab", "tab")
	d.typeText("elf")
	d.keys("enter")
	d.wants("Die Katalognummer ist eine Zahl")
	d.keys("backspace", "backspace", "backspace")
	d.typeText("11")
	d.keys("tab", "right", "tab")
	d.typeText("Geschäftsführerin Ines Probe")
	d.keys("enter")
	d.wants("nichts bei Gericht eingereicht", "Hauptforderung 350,00")
	if got.Court != "AG Hamburg-Altona" || got.Counter != dunning.CounterRendered || len(got.Catalogue) != 1 {
		t.Errorf("answers %+v", got)
	}
	for _, who := range got.Representatives {
		if who != "Geschäftsführerin Ines Probe" {
			t.Errorf("the creditor is spoken for by %q", who)
		}
	}
	for _, n := range got.Catalogue {
		if n != 11 {
			t.Errorf("catalogue number %d", n)
		}
	}
	if len(d.desk.Exports) != 0 {
		t.Error("on record before anything left")
	}
	d.keys("s", "enter")
	d.wants("Mahnantrag Entwurf.pdf")
	if n := len(d.desk.Exports); n != 1 || d.desk.Exports[0].What != "court_sheet" {
		t.Errorf("on record: %+v", d.desk.Exports)
	}
}
