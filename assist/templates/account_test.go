package templates

import (
	"slices"
	"testing"

	"kontor/cases"
	"kontor/cases/plain"
)

// TestWhereToPayIsNoRequestForPapers: who offers instalments and asks for the
// account gets the account, and no clock of § 13a Abs. 2 RDG runs.
func TestWhereToPayIsNoRequestForPapers(t *testing.T) {
	for text, want := range map[string]bool{
		"Ich zahle 50 € im Monat. Auf welches Konto soll ich überweisen?":                                false,
		"Ich zahle 50 € im Monat. Auf welches Konto? Und schicken Sie mir bitte eine Kopie vom Vertrag.": true,
		"Ich zahle 50 € im Monat. Wie setzt sich die Summe zusammen?":                                    true,
	} {
		f := &facts{in: cases.DraftContext{Case: &cases.Case{}, Messages: []*cases.Message{{
			Mail: cases.Mail{Own: plain.Clean(text)}, Class: cases.Classification{Intent: cases.InstallmentRequest, Secondary: []cases.Intent{cases.InformationRequest}},
		}}}}
		f.readMessages()
		if got := slices.Contains(f.class.Secondary, cases.InformationRequest); got != want {
			t.Errorf("%s: asks for papers %v, want %v", text, got, want)
		}
	}
}
