package train

import (
	"flag"
	"os"
	"testing"

	"kontor/assist/data"
	"kontor/assist/local"
)

var full = flag.String("train.full", "", "train the model in full and write it to this file")

// TestFull is the whole training, the held-back measure first.
func TestFull(t *testing.T) {
	if *full == "" {
		t.Skip("needs -train.full=FILE")
	}
	c, err := Load(data.Files())
	if err != nil {
		t.Fatal(err)
	}
	held, _, err := Train(t.Context(), c, Options{HoldBack: true})
	if err != nil {
		t.Fatal(err)
	}
	e, err := local.New(held)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Eval(t.Context(), e, c.HeldBack())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("held back fifth, from a model that never saw it:\n%s", r)
	pairs, err := Pairs(data.Files())
	if err != nil {
		t.Fatal(err)
	}
	fair, err := Fairness(t.Context(), e, c.HeldBack(), pairs)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("fairness on the held back fifth:\n%s", fair)
	right, still, same, n := misspeltShares(t.Context(), t, e, c.HeldBack())
	t.Logf("misspelt by rule, %d German mails held back: right %d as they are, %d misspelt, %d keep their intent, of 1000", n, right, still, same)
	if still < right-60 || same < 900 {
		t.Errorf("misspelling costs too much: right %d and %d, the same %d of 1000", right, still, same)
	}
	if r.Accuracy < 915 || r.MacroF1 < 915 || r.Lang < 980 || r.SureRight < 950 || r.Flags[0].Recall < 850 {
		t.Errorf("held back: accuracy %d, macro-F1 %d, language %d, sure and right %d, vulnerable %d of 1000", r.Accuracy, r.MacroF1, r.Lang, r.SureRight, r.Flags[0].Recall)
	}
	for _, b := range r.Bins {
		if b.Mails >= 20 && (b.Right < b.Mean-120 || b.Right > b.Mean+150) {
			t.Errorf("calibration: confidence %d, right %d of 1000 (%d mails)", b.Mean, b.Right, b.Mails)
		}
	}
	file, cv, err := Train(t.Context(), c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("cross-validation:\n%s", cv)
	whole, err := local.New(file)
	if err != nil {
		t.Fatal(err)
	}
	u := unseenMails(t)
	for _, set := range []struct {
		name  string
		mails []Mail
	}{{"hard.jsonl", u.hard}, {"fresh.jsonl, hard", u.freshHard}, {"fresh.jsonl, ordinary", u.freshOrdinary}} {
		r, err := Eval(t.Context(), whole, set.mails)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s, never trained on:\n%s", set.name, r)
	}
	if err := os.WriteFile(*full, file, 0o600); err != nil {
		t.Fatal(err)
	}
}
