package local_test

import (
	"slices"
	"strings"
	"testing"

	"kontor/cases"
)

// A flag is shown with the clause that gives cause for it, and not without one.
func TestFlagsHaveCause(t *testing.T) {
	e := load(t)
	rows := []struct {
		name, text string
		flag       cases.Flag
		quote      string // part of the flag's quote; "" means no flag
	}{
		{"plain wish", "Guten Tag, die Rechnung ist in Ordnung. Ich möchte sie in Raten zu 80 Euro begleichen. Mit freundlichen Grüßen", cases.Vulnerable, ""},
		{"plain promise", "Good morning, I will transfer the full amount on Friday. Kind regards", cases.Vulnerable, ""},
		{"illness", "Guten Tag, ich liege nach einem Schlaganfall seit März in der Klinik. Bitte warten Sie bis Juni mit der Zahlung.", cases.Vulnerable, "Schlaganfall"},
		{"danger to life", "Sie bekommen Ihr Geld nicht. Ich will nicht mehr leben, morgen bringe ich mich um.", cases.Vulnerable, "nicht mehr leben"},
		{"insult", "Ihr Verbrecher, ihr elenden Drecksbande, verpisst euch, von mir bekommt ihr keinen Cent.", cases.Hostile, "Verbrecher"},
		{"lawyer to come", "Wenn Sie die Forderung nicht fallen lassen, schalte ich meinen Anwalt ein und erstatte Anzeige bei der Polizei.", cases.LegalThreat, "Anwalt"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			a, err := e.Classify(t.Context(), cases.ClassifyInput{Subject: "Re: Ihr Schreiben", Text: row.text})
			if err != nil {
				t.Fatal(err)
			}
			if row.quote == "" {
				if a.HasFlag(row.flag) {
					t.Errorf("flag %s on a mail that gives no cause: %+v", row.flag, a.Evidence)
				}
				return
			}
			if !a.HasFlag(row.flag) || !slices.ContainsFunc(a.Evidence, func(v cases.Evidence) bool {
				return v.For == string(row.flag) && strings.Contains(v.Quote, row.quote)
			}) {
				t.Errorf("flags %v, evidence %+v: want %s with a quote of %q", a.Flags, a.Evidence, row.flag, row.quote)
			}
			for _, v := range a.Evidence {
				if strings.HasSuffix(v.Quote, ".") {
					t.Errorf("quote %q ends in a full stop", v.Quote)
				}
			}
		})
	}
}
