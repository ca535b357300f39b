package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kontor/assist/data"
	"kontor/assist/learn"
	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/priority"
)

// runIn runs the program in this process and returns what it wrote.
func runIn(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, []string{"XDG_DATA_HOME=" + t.TempDir()}, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

// openHome opens a small demo home as the screens do.
func openHome(t *testing.T, dir string) *app {
	t.Helper()
	a, err := testApp(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	pass, _, err := a.passphrase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.open(t.Context(), pass); err != nil {
		t.Fatal(err)
	}
	return a
}

func drafted(t *testing.T, w desk.Workstation) *desk.Review {
	t.Helper()
	q, err := w.Queue(t.Context(), desk.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range q.Len() {
		if q.Ref(i).Kind != priority.ItemMessage {
			continue
		}
		r, err := w.Open(t.Context(), q.Ref(i), desk.OpenOptions{})
		if err == nil && len(r.Drafts) > 0 && r.Message.Class.Engine == "local" {
			return r
		}
	}
	t.Fatal("no mail with a draft")
	return nil
}

// TestCorrectionsBecomeExamples corrects a reading and edits a letter as a
// caseworker does at the screen, and looks at what is kept of it.
func TestCorrectionsBecomeExamples(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	if err := cheapHome(t.Context(), home, 10, 40); err != nil {
		t.Fatal(err)
	}
	a := openHome(t, home)
	w := a.workplace()
	r := drafted(t, w)
	other := cases.Complaint
	if r.Message.Class.Intent == other {
		other = cases.Dispute
	}
	if err := w.Correct(t.Context(), r.Message.ID, other, []cases.Flag{cases.Hostile}, nil); err != nil {
		t.Fatal(err)
	}
	if r = reopened(t, w, r); len(r.Drafts) == 0 {
		t.Fatalf("no draft after the correction: %v", r.DraftErr)
	}
	d := r.Drafts[0]
	text := strings.Replace(d.Text, "\n\n", "\n\nWir haben telefoniert, "+r.Message.Mail.From.Name.String()+". ", 1)
	got, err := w.Approve(t.Context(), desk.ApproveRequest{
		Review: r, Subject: d.Subject, Text: text, Effects: d.Effects, Edited: true, OtherAddress: r.Differs, Seconds: 9, Kept: keptAll(d),
	})
	if err != nil {
		t.Fatal(err)
	}
	list, err := a.keeper().List(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatalf("%d examples, %v", len(list), err)
	}
	b, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Persons {
		for _, part := range strings.Fields(p.Name.String()) {
			if len(part) > 4 && !p.Legal && bytes.Contains(b, []byte(part)) {
				t.Errorf("%q is kept", part)
			}
		}
	}
	if bytes.Contains(b, []byte(r.Case.Reference)) || bytes.Contains(b, []byte(r.Message.Mail.From.Addr)) {
		t.Error("reference or address is kept")
	}
	if i := slices.IndexFunc(list, func(e learn.Example) bool { return e.Kind == learn.Edit }); i < 0 || list[i].Distance == 0 || list[i].Template.ID != d.Template.ID {
		t.Errorf("%+v", list)
	}
	if err := w.Undo(t.Context(), got.Reply); err != nil {
		t.Fatal(err)
	}
	if list, err = a.keeper().List(t.Context()); err != nil || len(list) != 1 || list[0].Person.Intent != other {
		t.Fatalf("after undo: %+v, %v", list, err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	t.Run("commands", func(t *testing.T) { exampleCommands(t, home, list[0].ID) })
}

func keptAll(d cases.Draft) map[string]string {
	out := map[string]string{"value.date": "checked", "form.length": "needed"}
	for _, f := range d.Findings {
		out[f.Rule] = "checked"
	}
	return out
}

func reopened(t *testing.T, w desk.Workstation, r *desk.Review) *desk.Review {
	t.Helper()
	r, err := w.Open(t.Context(), r.Item, desk.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func exampleCommands(t *testing.T, home, id string) {
	t.Helper()
	code, out, errOut := runIn(t, "assist", "examples", "--home", home, "--json")
	var e learn.Example
	if err := json.Unmarshal([]byte(out), &e); err != nil || code != exitOK || e.ID != id || e.Text != "" {
		t.Fatalf("exit %d, %v: %s%s", code, err, out, errOut)
	}
	if _, out, _ = runIn(t, "assist", "examples", "--home", home, "--json", "--text"); !strings.Contains(out, `"text":"`) {
		t.Errorf("--text: %s", out)
	}
	code, out, errOut = runIn(t, "assist", "eval", "--home", home, "--json")
	var r evalLine
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != exitOK || r.Corrections != 1 {
		t.Errorf("eval: exit %d, %v, %d corrections: %s", code, err, r.Corrections, errOut)
	}
	if code, _, _ = runIn(t, "assist", "examples", "--home", home, "--delete", "c/none"); code != exitPart {
		t.Errorf("an unknown id: exit %d", code)
	}
	if code, out, _ = runIn(t, "assist", "examples", "--home", home, "--delete", id, "--json"); code != exitOK || out != "{\"deleted\":1}\n" {
		t.Errorf("exit %d: %s", code, out)
	}
	if code, out, _ = runIn(t, "assist", "examples", "--home", home, "--json"); code != exitOK || out != "" {
		t.Errorf("exit %d, left: %s", code, out)
	}
}

// TestEvalPrintsAll holds what the report names, and that a home which cannot be
// opened is told, not hidden.
func TestEvalPrintsAll(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mails.jsonl")
	const mails = `{"id":"1","date":"2026-11-02T10:00:00+01:00","from":"A <a@example.org>","subject":"K-2026-000123","text":"Kann ich 40 Euro im Monat zahlen, ab 1. Dezember?","labels":{"intent":"installment_request","secondary":[],"flags":[],"slots":{"monthly_cents":4000,"first_payment_date":"2026-12-01","reference":"K-2026-000123"},"lang":"de"}}
`
	if err := os.WriteFile(file, []byte(mails), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errOut := runIn(t, "assist", "eval", file)
	if code != exitOK {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	for _, want := range []string{"accuracy", "macro-F1", "precision recall", "calibration error", "confusion", "slots", "monthly_cents", "alerts: ", "drafts: words changed", "vulnerable"} {
		if !strings.Contains(out, want) {
			t.Errorf("eval lacks %q", want)
		}
	}
	code, out, _ = runIn(t, "assist", "eval", file, "--json")
	var line map[string]any
	if err := json.Unmarshal([]byte(out), &line); err != nil || code != exitOK || strings.Count(out, "\n") != 1 {
		t.Fatalf("exit %d, %v: %s", code, err, out)
	}
	for _, f := range []string{
		"mails", "accuracy", "macro_f1", "classes", "confusion", "bins", "calibration_error", "flags", "lang", "slots", "money", "dates", "alerts", "templates",
		"corrections", "trained_on", "cross_validated", "sure", "sure_right", "unsure",
	} {
		if _, ok := line[f]; !ok {
			t.Errorf("eval --json lacks %s", f)
		}
	}
	if line["trained_on"] != false || line["known_mails"] != 0.0 {
		t.Error("foreign mails are called the training's own")
	}
	shipped, err := fs.ReadFile(data.Files(), "train-1.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := bytes.Cut(shipped, []byte("\n"))
	mixed := filepath.Join(t.TempDir(), "mixed.jsonl")
	if err := os.WriteFile(mixed, append(first, "\n"+mails...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, out, _ := runIn(t, "assist", "eval", mixed); !strings.Contains(out, "learned from 1 of these mails") {
		t.Errorf("a copy of a training mail is not told: %.200s", out)
	}
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "config.toml"), []byte("config_version = 1\n[agency]\nname = \"A\"\niban = \"DE02120300000000202051\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errOut = runIn(t, "assist", "eval", file, "--home", home); code != exitPart || !strings.Contains(errOut, "without the examples") {
		t.Errorf("exit %d: %s", code, errOut)
	}
	for _, bad := range [][]string{{"assist", "eval", "nosuch.jsonl"}, {"assist", "eval", t.TempDir()}, {"assist", "eval", os.DevNull}} {
		if code, _, errOut = runIn(t, bad...); code != exitFailed || strings.Count(errOut, "\n") != 1 {
			t.Errorf("%v: exit %d: %s", bad, code, errOut)
		}
	}
	if code, _, _ = runIn(t, "assist", "eval", "a", "b"); code != exitUsage {
		t.Errorf("two files: exit %d", code)
	}
}

func TestFairness(t *testing.T) {
	code, out, errOut := runIn(t, "assist", "fairness", "--json")
	var r struct {
		Groups []struct {
			By, Name                      string
			Mails, Wrong, Unsure, Offered int
		}
		Pairs int
		Split []string
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != exitOK {
		t.Fatalf("exit %d, %v: %s", code, err, errOut)
	}
	by := map[string]int{}
	for _, g := range r.Groups {
		by[g.By]++
	}
	if by["language"] < 9 || by["length"] != 3 || by["spelling"] != 2 || r.Pairs < 20 {
		t.Errorf("%v, %d pairs", by, r.Pairs)
	}
	if 10*len(r.Split) > r.Pairs {
		t.Errorf("pairs with different intents: %v of %d", r.Split, r.Pairs)
	}
	if code, out, _ = runIn(t, "assist", "fairness"); code != exitOK || !strings.Contains(out, "offered") || !strings.Contains(out, "pairs ") {
		t.Errorf("exit %d: %s", code, out)
	}
}
