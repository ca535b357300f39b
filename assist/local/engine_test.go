package local_test

import (
	"slices"
	"testing"

	"kontor/assist/local"
	"kontor/cases"
)

func TestClassify(t *testing.T) {
	e, err := local.Load()
	if err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		name string
		in   cases.ClassifyInput
		want cases.Intent
		lang string
	}{
		{"instalments", cases.ClassifyInput{Subject: "Ratenzahlung", Text: "Guten Tag, ich kann nicht alles auf einmal bezahlen. Geht es in Raten zu 50 Euro im Monat?"}, cases.InstallmentRequest, "de"},
		{"header says automatic", cases.ClassifyInput{Text: "Ich zahle nicht.", Kind: cases.KindAuto}, cases.AutoReply, "de"},
		{"header says bounce", cases.ClassifyInput{Text: "Ich zahle nicht.", Kind: cases.KindBounce}, cases.Bounce, "de"},
		{"death", cases.ClassifyInput{Subject: "Todesfall", Text: "Meine Mutter ist am 3. März verstorben, die Sterbeurkunde liegt bei. Das Erbe wurde ausgeschlagen."}, cases.Deceased, "de"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			c, err := e.Classify(t.Context(), row.in)
			if err != nil {
				t.Fatal(err)
			}
			if c.Intent != row.want || c.Lang != row.lang {
				t.Errorf("got %s in %s with %d, want %s in %s", c.Intent, c.Lang, c.Permille, row.want, row.lang)
			}
			if len(c.Candidates) < 2 || c.Candidates[0].Intent != c.Intent || c.Candidates[0].Permille < c.Candidates[1].Permille {
				t.Errorf("candidates %v: want the answer first and a second", c.Candidates)
			}
		})
	}
}

func TestModelIsChecked(t *testing.T) {
	good := local.Embedded()
	for _, n := range []int{0, 3, 11, 40, len(good) / 2, len(good) - 1} {
		if _, err := local.New(good[:n]); err == nil {
			t.Errorf("a model cut to %d bytes loads", n)
		}
	}
	bad := slices.Clone(good)
	bad[len(bad)/2] ^= 1
	if _, err := local.New(bad); err == nil {
		t.Error("a model with a flipped bit loads")
	}
}
