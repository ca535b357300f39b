package templates

import (
	"errors"
	"testing"
)

// TestEverySampleHasADraft renders the built-in cases in both languages.
func TestEverySampleHasADraft(t *testing.T) {
	s, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	all, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	none := map[string]bool{"bounce": true, "plan_reminder_uncovered": true, "balance_letter_disputed": true}
	for _, x := range all {
		for _, lang := range []string{"de", "en"} {
			x.in.Lang = lang
			ds, err := s.Drafts(t.Context(), x.in)
			_, blocked := errors.AsType[*BlockedError](err)
			if none[x.name] {
				if !errors.Is(err, ErrNoText) && !blocked {
					t.Errorf("%s (%s): %d drafts, %v; want none", x.name, lang, len(ds), err)
				}
				continue
			}
			if err != nil || len(ds) == 0 || len(ds[0].Text) < 200 || ds[0].Subject == "" {
				t.Errorf("%s (%s): %d drafts, %v", x.name, lang, len(ds), err)
			}
		}
	}
}
