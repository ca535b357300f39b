package main

import (
	"strings"
	"testing"
)

// Each sentence is found by its own pattern and not by one before it, with what
// stood in its gaps.
func TestGermanDetails(t *testing.T) {
	t.Parallel()
	for _, s := range sentences() {
		if n, m := strings.Count(s.en, "%s"), strings.Count(s.de, "%s"); m > n {
			t.Errorf("%q has %d gaps in German, %d in English", s.en, m, n)
		}
		if got, want := german(strings.ReplaceAll(s.en, "%s", "17")), strings.ReplaceAll(s.de, "%s", "17"); got != want {
			t.Errorf("%q: %q, want %q", s.en, got, want)
		}
	}
	for in, want := range map[string]string{
		"INBOX: 12 mails": "INBOX: 12 Mails",
		"dial tcp 127.0.0.1:1: connect: connection refused": "127.0.0.1:1: Verbindung abgelehnt",
		"lookup nirgends.invalid: no such host":             "nirgends.invalid: diesen Namen gibt es nicht",
		"534 5.7.9 Ask %s your administrator":               "534 5.7.9 Ask %s your administrator",
	} {
		if got := german(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
