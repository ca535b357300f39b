package templates

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kontor/assist/policy"
	"kontor/cases"
)

// binds is how each language says that the German text binds.
var binds = map[string]string{
	"tr": "Almanca metin", "pl": "wiążący jest tekst niemiecki", "ru": "немецкий текст", "ro": "textul german", "fr": "texte allemand", "ar": "النص الألماني",
}

// shippedSummaries reads the files that wait for their reviewers.
func shippedSummaries(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(shipped, "texts/summaries", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(shipped, path)
		out[strings.TrimPrefix(path, "texts/")] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// asked is a mail in a language that leads to the text with a summary.
func asked(t *testing.T, id, lang string) cases.DraftContext {
	t.Helper()
	name := map[string]string{"plan_offer_plain": "plan_turkish", "dispute_received_plain": "dispute_plain", "right_party_unknown": "stranger_dispute"}[id]
	if name == "" {
		t.Fatalf("no built-in case for %s", id)
	}
	in := builtIn(t, name)
	m := *in.Messages[0]
	m.Class.Lang = lang
	in.Messages = []*cases.Message{&m}
	return in
}

// TestShippedSummariesAreOff: nobody has reviewed them, so no letter holds one.
func TestShippedSummariesAreOff(t *testing.T) {
	s, _ := load(t)
	files := shippedSummaries(t)
	langs := map[string]int{}
	for path, src := range files {
		one, err := parseSummary(strings.Split(path, "/")[1], src)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		langs[one.lang]++
		if one.reviewer != "" {
			t.Errorf("%s: shipped with the reviewer %s", path, one.reviewer)
		}
		if !strings.Contains(one.text, binds[one.lang]) {
			t.Errorf("%s does not say that the German text binds: %s", path, one.text)
		}
		drafts, err := s.Drafts(t.Context(), asked(t, one.id, one.lang))
		if err != nil || drafts[0].Template.ID != one.id || strings.Contains(drafts[0].Text, one.text[:40]) {
			t.Errorf("%s: %v, %s", path, err, drafts[0].Template.ID)
		}
	}
	for _, l := range summaryLangs() {
		if langs[l] < 3 {
			t.Errorf("%s: %d summaries", l, langs[l])
		}
	}
	if len(s.pending) != len(files) {
		t.Errorf("%d of %d wait", len(s.pending), len(files))
	}
}

// TestReviewedSummaries switches each on as an agency would: it stands below the
// German letter, for mails in its language alone, and the gate lets it pass.
func TestReviewedSummaries(t *testing.T) {
	gate, err := policy.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	shippedSet, _ := load(t)
	for path, src := range shippedSummaries(t) {
		lang := strings.Split(path, "/")[1]
		one, err := parseSummary(lang, src)
		if err != nil {
			t.Fatal(err)
		}
		version := shippedSet.find(one.id, "de").info.Version
		review := func(v int) *Set {
			t.Helper()
			text := strings.NewReplacer("reviewer:\n", "reviewer: Aylin Beispiel\n", "reviewed:\ntext_version:\n", fmt.Sprintf("reviewed: 2026-11-01\ntext_version: %d\n", v)).Replace(src)
			s, err := Load(fstest.MapFS{path: {Data: []byte(text)}})
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			return s
		}
		shows := func(s *Set, mail, wanted string) bool {
			t.Helper()
			in := asked(t, one.id, mail)
			in.Lang = wanted
			drafts, err := s.Drafts(t.Context(), in)
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			d := drafts[0]
			at := strings.Index(d.Text, one.text)
			if at < 0 {
				return false
			}
			if d.Template.Lang != "de" || at < strings.Index(d.Text, in.UserName) {
				t.Errorf("%s: stands above the German letter", path)
			}
			if found := gate.Check(filledIn(in, d)); len(found) > 0 {
				t.Errorf("%s: the gate finds %v", path, found)
			}
			return true
		}
		s := review(version)
		if !shows(s, lang, "") {
			t.Errorf("%s: reviewed, but not shown", path)
		}
		for _, other := range append(summaryLangs(), "de") {
			if other != lang && shows(s, other, "") {
				t.Errorf("%s: shown below a letter in answer to a mail in %s", path, other)
			}
		}
		if shows(s, lang, "en") {
			t.Errorf("%s: shown below an English letter", path)
		}
		stale := review(version + 1)
		if shows(stale, lang, "") {
			t.Errorf("%s: shown although the German text is another one than was reviewed", path)
		}
		if !slices.ContainsFunc(stale.pending, func(p summary) bool {
			return p.lang == lang && p.id == one.id && strings.Contains(p.waits(), "Aylin Beispiel")
		}) {
			t.Errorf("%s: not said that it has to be reviewed anew", path)
		}
	}
}

func TestSummariesAreChecked(t *testing.T) {
	good := "---\nid: plan_offer_plain\nlanguage: tr\nreviewer: Aylin Beispiel\nreviewed: 2026-11-01\ntext_version: 1\n---\nKısa özet. Almanca metin bağlayıcıdır.\n"
	if _, err := parseSummary("tr", good); err != nil {
		t.Fatal(err)
	}
	for name, src := range map[string]string{
		"no day":             strings.Replace(good, "reviewed: 2026-11-01\n", "", 1),
		"nobody":             strings.Replace(good, "reviewer: Aylin Beispiel\n", "", 1),
		"no version":         strings.Replace(good, "text_version: 1\n", "", 1),
		"version of letters": strings.Replace(good, "text_version: 1", "text_version: one", 1),
		"unknown key":        strings.Replace(good, "---\nid", "---\ncolour: red\nid", 1),
		"other language":     strings.Replace(good, "language: tr", "language: pl", 1),
		"a figure":           strings.Replace(good, "Kısa", "50 € kısa", 1),
		"a slot":             strings.Replace(good, "Kısa", "{{balance}} kısa", 1),
		"no text":            good[:strings.Index(good, "Kısa")],
		"too long":           good + strings.Repeat("a", 3000),
	} {
		if _, err := parseSummary("tr", src); err == nil {
			t.Errorf("%s: want an error", name)
		}
	}
	if _, err := Load(fstest.MapFS{"summaries/tr/nowhere.txt": {Data: []byte(strings.Replace(good, "plan_offer_plain", "nowhere", 1))}}); err == nil {
		t.Error("a summary without a German text: want an error")
	}
}
