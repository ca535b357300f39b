package text_test

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/priority"
	"kontor/ui/text"
)

// No string is missing in a language, and both fill in the same values.
func TestNothingIsMissing(t *testing.T) {
	t.Parallel()
	de, en := reflect.ValueOf(*text.New("de")), reflect.ValueOf(*text.New("en"))
	walk(t, "Text", de, en)
}

var verbs = regexp.MustCompile(`%[a-z]`)

// mayBeEmpty are words that some actions do without.
func mayBeEmpty(path string) bool {
	return strings.HasSuffix(path, ".Short") || strings.Contains(path, ".Means") || strings.Contains(path, ".Next")
}

func walk(t *testing.T, path string, a, b reflect.Value) {
	t.Helper()
	switch a.Kind() {
	case reflect.String:
		if a.String() == "" != (b.String() == "") || a.String() == "" && !mayBeEmpty(path) {
			t.Errorf("%s: %q and %q", path, a.String(), b.String())
		}
		if x, y := verbs.FindAllString(a.String(), -1), verbs.FindAllString(b.String(), -1); !reflect.DeepEqual(x, y) {
			t.Errorf("%s: values %v and %v", path, x, y)
		}
	case reflect.Struct:
		for i := range a.NumField() {
			if a.Type().Field(i).Type.Kind() == reflect.Func { // no words
				continue
			}
			walk(t, path+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))
		}
	case reflect.Array:
		for i := range a.Len() {
			walk(t, path, a.Index(i), b.Index(i))
		}
	case reflect.Map:
		if a.Len() != b.Len() {
			t.Errorf("%s: %d and %d words", path, a.Len(), b.Len())
		}
		for _, k := range a.MapKeys() {
			if !b.MapIndex(k).IsValid() {
				t.Errorf("%s: %v is missing", path, k)
				continue
			}
			walk(t, path+"["+k.String()+"]", a.MapIndex(k), b.MapIndex(k))
		}
	default:
		t.Errorf("%s: unexpected %s", path, a.Kind())
	}
}

// Every value of a closed list has a word.
func TestClosedListsHaveWords(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"de", "en"} {
		w := text.New(lang).Words
		for _, i := range cases.Intents() {
			if w.Intent[i] == "" || w.IntentSlim[i] == "" {
				t.Errorf("%s: no word for intent %s", lang, i)
			}
			if n := len([]rune(w.IntentSlim[i])); n > 15 {
				t.Errorf("%s: the slim word for %s has %d cells", lang, i, n)
			}
		}
		for _, f := range cases.Flags() {
			if w.Flag[f] == "" {
				t.Errorf("%s: no word for flag %s", lang, f)
			}
		}
		for _, a := range cases.Alerts() {
			if w.Alert[a] == "" {
				t.Errorf("%s: no word for alert %s", lang, a)
			}
		}
		for _, s := range cases.Stages() {
			if w.Stage[s] == "" {
				t.Errorf("%s: no word for stage %s", lang, s)
			}
		}
		for _, l := range priority.Lanes() {
			if w.Lane[l] == "" || w.LaneSlim[l] == "" || len([]rune(w.LaneSlim[l])) > 10 {
				t.Errorf("%s: lane %s is %q and %q", lang, l, w.Lane[l], w.LaneSlim[l])
			}
		}
		for _, d := range cases.DisputeReasons() {
			if w.Dispute[d] == "" {
				t.Errorf("%s: no word for dispute reason %s", lang, d)
			}
		}
	}
}

// Every effect, every factor and every refusal has a sentence without a hole.
func TestSentencesAreWhole(t *testing.T) {
	t.Parallel()
	reasons := []cases.Reason{
		cases.NotAPerson, cases.NotFound, cases.Exists, cases.Invalid, cases.Stale, cases.AlreadyDone, cases.AlreadyClaimed, cases.UndoWindow, cases.OutsideWindow, cases.WrongState,
		cases.Blocked, cases.RightParty, cases.RecipientDiffers, cases.NoAnswer, cases.NeedsAnswer, cases.LimitExceeded, cases.CostNotice, cases.TooSoon, cases.TextFindings, cases.WrongDevice, cases.CaseIsClosed,
	}
	factors := []priority.Factor{
		priority.FactorAlert, priority.FactorDeadline, priority.FactorLimitation, priority.FactorVulnerable, priority.FactorPrivacy, priority.FactorDispute, priority.FactorBroken,
		priority.FactorReplyAge, priority.FactorFollowUp, priority.FactorAmount, priority.FactorLegalThreat, priority.FactorUndelivered, priority.FactorComplaint,
	}
	for _, lang := range []string{"de", "en"} {
		tx := text.New(lang)
		whole := func(what, s string) {
			t.Helper()
			if s == "" || strings.Contains(s, "%!") || strings.Contains(s, "%s") || strings.Contains(s, "%d") || strings.Contains(s, "_") {
				t.Errorf("%s %s: %q", lang, what, s)
			}
		}
		for _, k := range cases.EffectKinds() {
			whole(string(k), tx.Effect(cases.Effect{Kind: k, Hold: cases.HoldAll, Code: "dispute", Dispute: "fees", Role: cases.RoleHeir, Channel: cases.Email}, func(cases.PersonID) string { return "" }))
		}
		for _, f := range factors {
			for _, days := range []int{-1, -3, 0, 1, 3} {
				whole(string(f), tx.Reason(priority.Reason{Factor: f, Days: days, Code: "data_request"}))
			}
		}
		for _, r := range reasons {
			for _, detail := range []string{"", "message", "approved", "offer_plan: sum"} {
				whole(string(r), strings.ReplaceAll(tx.Refusal(&cases.Refusal{Reason: r, Detail: detail}).String(), "offer_plan", ""))
			}
		}
		whole("unknown error", tx.Error(errors.New("boom\x1b[2J")).String())
		if strings.Contains(tx.Error(errors.New("boom\x1b[2J")).String(), "\x1b") {
			t.Error("an error brings its escape sequences along")
		}
	}
}

func TestReasonReadsAsASentence(t *testing.T) {
	t.Parallel()
	de := text.New("de")
	r := priority.Reason{Factor: priority.FactorReplyAge, Points: 45, Days: 3}
	if got := de.Reason(r) + " " + text.Points(r); got != "seit 3 Tagen ohne Antwort +45" {
		t.Errorf("got %q", got)
	}
	if got := text.New("en").Reason(priority.Reason{Factor: priority.FactorReplyAge, Days: 1}); got != "1 day without an answer" {
		t.Errorf("got %q", got)
	}
}
