package local_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"kontor/assist/data"
	"kontor/assist/local"
	"kontor/assist/train"
	"kontor/cases"
)

var golden = flag.Bool("local.golden", false, "write the digest of all answers anew")

func corpus(t testing.TB) *train.Corpus {
	t.Helper()
	c, err := train.Load(data.Files())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The shipped model must be the one that training makes of the data in the
// repository, and as good as docs/assist.md says.
func TestModelBelongsToTheData(t *testing.T) {
	h := load(t).Header()
	c := corpus(t)
	if h.Trained.Corpus != c.Digest() {
		t.Errorf("model was trained on corpus %s, the repository has %s: train anew", h.Trained.Corpus, c.Digest())
	}
	sum := sha256.Sum256([]byte(local.Lexicon()))
	if want := hex.EncodeToString(sum[:8]); h.Lexicon != want {
		t.Errorf("model was trained with lexicon %s, the repository has %s: train anew", h.Lexicon, want)
	}
	if h.Trained.Accuracy < 915 || h.Trained.MacroF1 < 915 {
		t.Errorf("cross-validated accuracy %d, macro-F1 %d: want 915 and 915 of 1000 or more", h.Trained.Accuracy, h.Trained.MacroF1)
	}
	if n := len(local.Embedded()); n > 20<<20 {
		t.Errorf("model has %d bytes, want at most 20 MiB", n)
	}
}

// The same mails give the same answers on every machine: one digest over all
// of them, made with integer arithmetic only.
func TestAnswersAreTheSameEverywhere(t *testing.T) {
	e := load(t)
	sum := sha256.New()
	enc := json.NewEncoder(sum)
	c := corpus(t)
	for i := range c.Mails {
		a, err := e.Classify(t.Context(), c.Mails[i].Input())
		if err != nil {
			t.Fatal(err)
		}
		if err := enc.Encode(a); err != nil {
			t.Fatal(err)
		}
	}
	got := hex.EncodeToString(sum.Sum(nil))
	file := filepath.Join("testdata", "answers.sha256")
	if *golden {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.TrimSpace(string(want)) {
		t.Errorf("digest of all answers %s, want %s; a new model needs -local.golden", got, want)
	}
}

// An alarm on a mail in which nobody is hurt, threatened or vulnerable is a
// false one; under one in a hundred is bearable.
func TestFalseAlarms(t *testing.T) {
	e := load(t)
	c := corpus(t)
	harmless, alarms := 0, 0
	for i := range c.Mails {
		m := &c.Mails[i]
		if slices.Contains(m.Labels.Flags, cases.Vulnerable) || slices.Contains(m.Labels.Flags, cases.Hostile) {
			continue
		}
		harmless++
		a, err := e.Classify(t.Context(), m.Input())
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Alerts) > 0 {
			alarms++
			t.Logf("%s: %v", m.ID, a.Alerts)
		}
	}
	if alarms*100 >= harmless {
		t.Errorf("%d alarms on %d harmless mails, want under 1 %%", alarms, harmless)
	}
}

func TestEvidenceStandsInTheMail(t *testing.T) {
	e := load(t)
	c := corpus(t)
	quoted := 0
	for i := range c.Mails {
		in := c.Mails[i].Input()
		a, err := e.Classify(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		check(t, in, a)
		if slices.ContainsFunc(a.Evidence, func(v cases.Evidence) bool { return v.For == string(a.Intent) }) {
			quoted++
		}
	}
	if quoted*100 < 95*len(c.Mails) {
		t.Errorf("%d of %d answers quote what speaks for them, want 95 %%", quoted, len(c.Mails))
	}
}

// check holds for any answer to any mail.
func check(t *testing.T, in cases.ClassifyInput, a cases.Classification) {
	t.Helper()
	for _, v := range a.Evidence {
		text := in.Text
		switch {
		case v.Field == "subject":
			text = in.Subject
		case strings.HasPrefix(v.Field, "attachment:"):
			text = in.Attachments[v.Field[len("attachment:")]-'0']
		}
		if v.Start < 0 || v.End > len(text) || v.Start >= v.End || text[v.Start:v.End] != v.Quote {
			t.Fatalf("evidence %+v is not in the mail", v)
		}
	}
	if !a.Intent.Valid() || a.Permille < 0 || a.Permille > 1000 || len(a.Candidates) < 2 || a.Lang == "" || a.Engine != "local" || a.Model == "" {
		t.Fatalf("answer %+v", a)
	}
	sum := 0
	for i, c := range a.Candidates {
		sum += c.Permille
		if i > 0 && c.Permille > a.Candidates[i-1].Permille {
			t.Fatalf("candidates %v are not in order", a.Candidates)
		}
	}
	if sum > 1000 || a.Candidates[0].Intent != a.Intent || slices.Contains(a.Secondary, a.Intent) {
		t.Fatalf("candidates %v of %s, secondary %v", a.Candidates, a.Intent, a.Secondary)
	}
}

func FuzzClassify(f *testing.F) {
	f.Add("Ratenzahlung", "50€ im Monat, ab 1.3.\n> ja", "Max <max@example.org>", "reply")
	f.Add("", "", "", "bounce")
	f.Add("€", "K-2026-000318 DE89370400440532013000 a.b@example.org 1.250,00 € \u0301\u0301 ﷽", "", "")
	e := load(f)
	f.Fuzz(func(t *testing.T, subject, text, from, kind string) {
		in := cases.ClassifyInput{Subject: subject, Text: text, From: from, Kind: cases.MailKind(kind), Attachments: []string{from}}
		a, err := e.Classify(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		check(t, in, a)
	})
}

// One engine serves many goroutines and gives each what it gives alone.
func TestManyAtOnce(t *testing.T) {
	e := load(t)
	c := corpus(t)
	want := make([]cases.Intent, 200)
	for i := range want {
		a, err := e.Classify(t.Context(), c.Mails[i].Input())
		if err != nil {
			t.Fatal(err)
		}
		want[i] = a.Intent
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range want {
				a, err := e.Classify(t.Context(), c.Mails[i].Input())
				if err != nil || a.Intent != want[i] {
					t.Errorf("mail %d: %s, %v; want %s", i, a.Intent, err, want[i])
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkClassify(b *testing.B) {
	e := load(b)
	c := corpus(b)
	ins := make([]cases.ClassifyInput, len(c.Mails))
	for i := range ins {
		ins[i] = c.Mails[i].Input()
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := e.Classify(b.Context(), ins[i%len(ins)]); err != nil {
			b.Fatal(err)
		}
		i++
	}
	b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "mails/s")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}
