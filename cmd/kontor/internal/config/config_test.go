package config

import (
	"strings"
	"testing"
)

func TestAssistAndSettlement(t *testing.T) {
	const head = "config_version = 1\n[agency]\nname = \"A\"\niban = \"DE02120300000000202051\"\n"
	c, err := Parse("config.toml", []byte(head+"[[rules.settlement]]\nstage = \"collection\"\nmin_percent = 70\nmin_cents = 5000\npay_within_days = 60\ncounter = true\n[[rules.settlement]]\nmin_percent = 100\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := (Settlement{"collection", 70, 5000, 60, true}); len(c.Rules.Settlement) != 2 || c.Rules.Settlement[0] != want {
		t.Errorf("%+v", c.Rules.Settlement)
	}
	for src, want := range map[string]string{
		"[[rules.settlement]]\nstage = \"monday\"\nmin_percent = 70\n":                     "want one of reminder",
		"[[rules.settlement]]\nmin_percent = 0\n":                                          "want 1 to 100",
		"[[rules.settlement]]\nmin_percent = 101\n":                                        "want 1 to 100",
		"[[rules.settlement]]\nmin_percent = 50\npay_within_days = 900\n":                  "at most 366 days",
		"[[rules.settlement]]\nmin_percent = 50\n[[rules.settlement]]\nmin_percent = 60\n": "twice",
		"[assist]\nexample_days = -1\n":                                                    "want 0 to 3650",
		"[assist]\nexample_days = 9999\n":                                                  "want 0 to 3650",
	} {
		if _, err := Parse("config.toml", []byte(head+src)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", src, err, want)
		}
	}
}
