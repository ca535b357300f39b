package desk_test

import (
	"testing"

	"kontor/cases"
	"kontor/cases/casestest"
)

// A mail that came before its case gets it once the case is there; one that a
// person took out of a case does not.
func TestMailFindsTheCaseThatCameLater(t *testing.T) {
	b := setUp(t, nil)
	const early = casestest.DebtorMail + "|e1@mail.example.org|K-2026-000777|Wofür ist das?"
	const strange = "wer@example.org|e2@mail.example.org|Hallo|Wofür ist das?"
	b.take(t, early, strange, question)
	for _, m := range b.Messages("", false) { // whatever was thought of the first, a person says: to none
		if m.Case != "" && m.RFCID != "q1@mail.example.org" {
			if err := b.Assign(t.Context(), m.ID, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n, err := b.MatchAgain(t.Context()); err != nil || n != 0 {
		t.Fatalf("%d matched without a new case, %v", n, err)
	}
	const late = "spaet@example.org|e3@mail.example.org|K-2026-000778|Wofür ist das?"
	b.take(t, late)
	another(t, b, "777", nil)
	another(t, b, "778", nil)
	n, err := b.MatchAgain(t.Context())
	if err != nil || n != 1 {
		t.Fatalf("%d matched, %v", n, err)
	}
	for _, m := range b.Messages("", false) {
		want := map[string]cases.CaseID{"q1@mail.example.org": casestest.CaseID, "e3@mail.example.org": "778"}[m.RFCID]
		if m.Case != want {
			t.Errorf("%s belongs to %q, want %q", m.RFCID, m.Case, want)
		}
	}
	if k := b.w.State.Cases["778"]; len(k.Messages) != 1 {
		t.Errorf("the case knows %d mails, want 1", len(k.Messages))
	}
	if n, err := b.MatchAgain(t.Context()); err != nil || n != 0 {
		t.Errorf("%d matched twice, %v", n, err)
	}
}
