package train

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"kontor/assist/data"
	"kontor/assist/local"
)

// small is a corpus that trains in a moment.
func small(t *testing.T) *Corpus {
	t.Helper()
	c, err := Load(data.Files())
	if err != nil {
		t.Fatal(err)
	}
	return &Corpus{Mails: c.Mails[:60], Extra: c.Extra[:20], digest: "small"}
}

func TestTrainingIsReproducible(t *testing.T) {
	c := small(t)
	first, r, err := Train(t.Context(), c, Options{Epochs: 2})
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := Train(t.Context(), c, Options{Epochs: 2})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, again) {
		t.Error("two trainings on the same mails differ")
	}
	if r.Mails != 60 {
		t.Errorf("measured on %d mails, want 60: extra mails are not measured on", r.Mails)
	}
	if _, err := local.New(first); err != nil {
		t.Errorf("the new model does not load: %v", err)
	}
}

func TestWorseModelIsRefused(t *testing.T) {
	_, _, err := Train(t.Context(), small(t), Options{Epochs: 1, Against: local.Embedded()})
	if !errors.Is(err, ErrWorse) {
		t.Errorf("error %v, want ErrWorse", err)
	}
}

func TestHeldBackIsAFifth(t *testing.T) {
	c, err := Load(data.Files())
	if err != nil {
		t.Fatal(err)
	}
	if n := len(c.HeldBack()); n*100 < 15*len(c.Mails) || n*100 > 25*len(c.Mails) {
		t.Errorf("%d of %d mails are held back, want about a fifth", n, len(c.Mails))
	}
}

func TestParseRefuses(t *testing.T) {
	for name, line := range map[string]string{
		"no json":        `{`,
		"no id":          `{"text":"a","labels":{"intent":"paid","lang":"de"}}`,
		"unknown intent": `{"id":"a","labels":{"intent":"party","lang":"de"}}`,
		"unknown flag":   `{"id":"a","labels":{"intent":"paid","lang":"de","flags":["odd"]}}`,
		"no language":    `{"id":"a","labels":{"intent":"paid"}}`,
	} {
		if ms, err := Parse("x", []byte(line)); err == nil || ms != nil {
			t.Errorf("%s: mails %v, error %v; want an error and no mails", name, ms, err)
		}
	}
	twice := strings.Repeat(`{"id":"a","labels":{"intent":"paid","lang":"de"}}`+"\n", 2)
	if _, err := Parse("x", []byte(twice)); err == nil {
		t.Error("a repeated id passes")
	}
	one := `{"id":"a","labels":{"intent":"paid","lang":"de"}}`
	if _, err := Parse("x", []byte(one+"\n"+`{"id":"`+strings.Repeat("b", maxLine)+`"}`)); err == nil || !strings.Contains(err.Error(), "line 2: longer than") {
		t.Errorf("a line of a megabyte: %v", err)
	}
	if ms, err := Parse("x", []byte("\xef\xbb\xbf"+one+"\r\n")); err != nil || len(ms) != 1 {
		t.Errorf("as Windows editors write it: %d mails, %v", len(ms), err)
	}
}

// Broken spelling must not change what a person gets: for at most one pair in
// twenty, which of twenty-four is one.
func TestPairsAgree(t *testing.T) {
	e, err := local.Load()
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := Pairs(data.Files())
	if err != nil {
		t.Fatal(err)
	}
	r, err := Fairness(t.Context(), e, nil, pairs)
	if err != nil {
		t.Fatal(err)
	}
	if 20*len(r.Split) > r.Pairs {
		t.Errorf("pairs %v: the broken mail got another intent than the good one", r.Split)
	}
}
