package text

import (
	"testing"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
)

// Past the last known base rate the missing row is named, in the language of the
// screen.
func TestNoBalanceNamesTheMissingRow(t *testing.T) {
	t.Parallel()
	rates, err := ledger.ShippedRates()
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.Ledger{Claims: []ledger.Claim{{ID: "c", Principal: 100000, Default: calendar.Of(2026, 7, 1), Rate: ledger.RateRule{Kind: ledger.RateConsumer}}}}
	_, err = ledger.BalanceAt(l, calendar.Of(2027, 1, 1), ledger.Rules{Rates: rates})
	for lang, want := range map[string]string{
		"de": "Ohne Saldo: für das Halbjahr ab 01.01.2027 fehlt der Basiszinssatz, die Tabelle reicht bis 31.12.2026",
		"en": "No balance: the base rate of the half-year from 1 January 2027 is missing, the table ends with 31 December 2026",
	} {
		if got := New(lang).NoBalance(err); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
