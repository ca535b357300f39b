package templates

import (
	"errors"
	"testing"

	"kontor/assist/policy"
)

// TestEveryFittingTextPasses renders every text for every built-in case that it
// fits, not only the one that is proposed: a caseworker may choose any of them.
func TestEveryFittingTextPasses(t *testing.T) {
	s, all := load(t)
	gate, err := policy.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	letters, pairs := map[string]int{}, 0
	for i, x := range all {
		for l, lang := range []string{"de", "en"} {
			if *simFactor < 1 && (i+l)%2 == 1 {
				continue // each case in one language
			}
			in := x.in
			in.Lang = lang
			for _, u := range s.texts {
				if u.info.Lang != lang {
					continue
				}
				f := newFacts(in, lang) // address and summary are set for each text
				if !f.fits(u) {
					continue
				}
				d, err := s.draft(f, u, "test")
				if blocked, ok := errors.AsType[*BlockedError](err); ok && blocked.Why != "" {
					continue
				}
				if err != nil {
					t.Errorf("%s: %s (%s): %v", x.name, u.info.ID, lang, err)
					continue
				}
				pairs++
				letters[u.info.ID+" "+lang]++
				for _, found := range gate.Check(filledIn(in, d)) {
					t.Errorf("%s: %s (%s): %s %s %q", x.name, u.info.ID, lang, found.Severity, found.Rule, found.Quote.String())
				}
			}
		}
	}
	for _, u := range s.texts {
		if letters[u.info.ID+" "+u.info.Lang] == 0 && *simFactor >= 1 {
			t.Errorf("no built-in case fits %s (%s)", u.info.ID, u.info.Lang)
		}
	}
	t.Logf("%d letters of %d texts and %d cases", pairs, len(s.texts), len(all))
}
