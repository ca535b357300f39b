package ui

import (
	"testing"

	"kontor/ui/internal/fake"
)

// The lists of what runs: each is a tab further, and enter opens the case's
// file, or the mail where there is no case yet.
func TestDutiesOpenTheirCase(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.desk.Lists = fake.SampleLists()
	d.keys("F")
	d.wants("Datenschutzanfrage", "seit 1 Tag", "heute", "ohne Akte", "nicht erfasst")
	d.keys("enter")
	d.wants("Warenlieferung", "Beteiligte")
	d.keys("esc")
	d.wants("Pflichten · Silvester")
	d.keys("l")
	d.wants("Weiter wird nicht gerechnet") // only of the year's list
	d.keys("tab")
	d.wants("31.12.2026", "zu beurteilen: ohne Anerkenntnis 31.12.2026", "mit 21.11.2029", "Zinsen aus 2023 · Vollstreckungsbescheid")
	d.lacks("31.12.2027")
	d.keys("h")
	d.wants("Was früher verjährte")
	d.keys("l")
	d.wants("31.12.2027", "bis Ende 2027")
	d.keys("down", "enter")
	d.wants("Forderungskonto")
	d.keys("esc", "tab")
	d.wants("unfreundlich am Telefon", "✓ teils berechtigt")
	d.keys("tab")
	d.wants("Todesfall", "Ole Hansen")
	d.keys("tab")
	d.wants("K-2026-000319", "Mahnung")
	d.keys("H")
	d.lacks("Zoran")
}

func TestDutyWithoutACaseOpensItsMail(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	l := fake.SampleLists()
	l.Duties = l.Duties[3:4]
	l.Duties[0].Message = "m-318"
	d.desk.Lists = l
	d.keys("F", "enter")
	d.settle()
	d.wants("j.muster@example.org")
}
