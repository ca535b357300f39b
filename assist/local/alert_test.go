package local_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io/fs"
	"slices"
	"testing"

	"kontor/assist/data"
	"kontor/assist/local"
	"kontor/cases"
)

type sentence struct {
	ID, Lang, Text string
	Alerts         []cases.Alert
}

func sentences(t *testing.T, name string) []sentence {
	t.Helper()
	b, err := fs.ReadFile(data.Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	var out []sentence
	for sc := bufio.NewScanner(bytes.NewReader(b)); sc.Scan(); {
		var s sentence
		if err := json.Unmarshal(sc.Bytes(), &s); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, s)
	}
	return out
}

func load(t testing.TB) *local.Engine {
	t.Helper()
	e, err := local.Load()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Every sentence written for an alert must raise it: recall comes first.
func TestAlertsFound(t *testing.T) {
	e := load(t)
	all := sentences(t, "alerts.jsonl")
	if len(all) < 200 {
		t.Fatalf("%d sentences, want 200 or more", len(all))
	}
	for _, s := range all {
		c, err := e.Classify(t.Context(), cases.ClassifyInput{Text: s.Text})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range s.Alerts {
			if !slices.Contains(c.Alerts, a) {
				t.Errorf("%s %q: alerts %v, want %s", s.ID, s.Text, c.Alerts, a)
			}
		}
	}
}

// Figures of speech and grown-up sons must not.
func TestNearMissesStayQuiet(t *testing.T) {
	e := load(t)
	all := sentences(t, "near.jsonl")
	if len(all) < 200 {
		t.Fatalf("%d sentences, want 200 or more", len(all))
	}
	for _, s := range all {
		c, err := e.Classify(t.Context(), cases.ClassifyInput{Text: s.Text})
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Alerts) > 0 {
			t.Errorf("%s %q: alerts %v, want none", s.ID, s.Text, c.Alerts)
		}
	}
}
