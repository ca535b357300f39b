package templates

import (
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/plain"
)

// TestQuestionsAreAnswered: who asks where to pay gets the account, who asks
// whether we are genuine gets to know how to check it; others get neither.
func TestQuestionsAreAnswered(t *testing.T) {
	s, _ := load(t)
	for name, c := range map[string]struct {
		own     string
		account bool
		genuine bool
	}{
		"neither":        {"Bitte schicken Sie mir eine Aufstellung.", false, false},
		"account":        {"Wie viel ist offen und auf welches Konto soll ich zahlen?", true, false},
		"Turkish":        {"IBAN aynı mı?", true, false},
		"Romanian":       {"Îmi puteți trimite contul unde trebuie plătit?", true, false},
		"is this a scam": {"Who are you? Is this a scam?", false, true},
		"ist das echt":   {"Wer sind Sie überhaupt, ist das echt oder Betrug?", false, true},
	} {
		in := builtIn(t, "information")
		m := *in.Messages[0]
		m.Mail.Own = plain.Clean(c.own)
		in.Messages = []*cases.Message{&m}
		for lang, register := range map[string]string{"de": "nachprüfen", "en": "you can check it"} {
			in.Lang = lang
			drafts, err := s.Drafts(t.Context(), in)
			if err != nil || len(drafts) == 0 {
				t.Fatalf("%s: %v", name, err)
			}
			text := drafts[0].Text
			if got := strings.Contains(text, "IBAN: "); got != c.account {
				t.Errorf("%s (%s): account %v\n%s", name, lang, got, text)
			}
			if got := strings.Contains(text, register); got != c.genuine {
				t.Errorf("%s (%s): how to check us %v\n%s", name, lang, got, text)
			}
		}
	}
}

// TestHoursInEnglish: opening hours come from the house in German.
func TestHoursInEnglish(t *testing.T) {
	for de, en := range map[string]string{
		"Mo bis Fr 8 bis 18 Uhr": "Mon to Fri 8 am to 6 pm", "Mo–Fr 8–18 Uhr": "Mon–Fri 8 am–6 pm", "": "",
		"Mo-Do 9-16 Uhr, Fr 9-12 Uhr": "Mon-Thu 9 am-4 pm, Fri 9 am-12 pm", "Di 8.30 bis 17:00 Uhr": "Tue 8:30 am to 5 pm", "Mo bis Fr 8-18": "Mon to Fri 8-18",
	} {
		if got := (&facts{lang: "en"}).hours(de); got != en {
			t.Errorf("%q: got %q, want %q", de, got, en)
		}
		if got := (&facts{lang: "de"}).hours(de); got != de {
			t.Errorf("%q: changed to %q in German", de, got)
		}
	}
}
