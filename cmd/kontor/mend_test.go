package main

import (
	"testing"

	"kontor/assist/policy"
	"kontor/ui/text"
)

// Every rule of the gate says in English, too, how what it found is mended.
func TestRulesHaveEnglishWords(t *testing.T) {
	gate, err := policy.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	en, de := text.New("en"), text.New("de")
	for _, id := range gate.RuleIDs() {
		if en.Mend(id, "") == "" {
			t.Errorf("rule %s has German words only", id)
		}
		if de.Mend(id, "x") != "x" {
			t.Errorf("rule %s: the file's own words are not used", id)
		}
	}
}
