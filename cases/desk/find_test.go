package desk_test

import (
	"testing"

	"kontor/cases/casestest"
)

// A case is found by any part of its reference, its debtor's name in any
// spelling, or an address, and by all words at once; what does not fit is not.
func TestFindCases(t *testing.T) {
	b := setUp(t, nil)
	for _, words := range []string{"K-2026-000318", "k 2026 000318", "318", "muster", "Jana M", "jana 0003", casestest.DebtorMail, "MUSTER jana"} {
		got, err := b.FindCases(t.Context(), words, 5)
		if err != nil || len(got) != 1 || got[0].ID != casestest.CaseID {
			t.Errorf("%q: %+v, %v", words, got, err)
			continue
		}
		if got[0].Debtor.String() != "Jana Muster" || got[0].Creditor.String() != "Velura Mode GmbH" || got[0].Reference.String() != "K-2026-000318" {
			t.Errorf("%q: %+v", words, got[0])
		}
	}
	for _, words := range []string{"", "  ", "jana huber", "velura", "K-2026-000319", "\n"} {
		if got, err := b.FindCases(t.Context(), words, 5); err != nil || len(got) != 0 {
			t.Errorf("%q: %+v, %v", words, got, err)
		}
	}
	if got, err := b.FindCases(t.Context(), "jana", 0); err != nil || got != nil {
		t.Errorf("no hit was wanted: %+v, %v", got, err)
	}
}
