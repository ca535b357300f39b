package main

import (
	"os"
	"path/filepath"
	"testing"

	"kontor/cases"
)

// Papers come onto a case by command, and what leaves the house is on record:
// who, when, what and how many, no content.
func TestDocumentsAndExports(t *testing.T) {
	dir := t.TempDir()
	home := filepath.Join(dir, "home")
	if err := cheapHome(t.Context(), home, 5, 5); err != nil {
		t.Fatal(err)
	}
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	pass, _, err := a.passphrase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	open := func() {
		t.Helper()
		if err := a.open(t.Context(), pass); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "Vollmacht.pdf")
	if err := os.WriteFile(file, []byte("%PDF-1.4 Vollmacht"), 0o600); err != nil {
		t.Fatal(err)
	}
	const ref = "K-2026-000210"
	for i, want := range []int{exitOK, exitOK, exitPart, exitFailed} {
		args := []string{"--home", home, "--json", "import", "documents", "--case", ref, "--kind", "power_of_attorney", "--date", "2026-11-02", file}
		switch i {
		case 2:
			args = append(args, filepath.Join(dir, "fehlt.pdf"))
		case 3:
			args = append(args[:len(args)-1], dir)
		}
		lines := kontor(t, want, args...)
		if want == exitOK && (len(lines) != 1 || lines[0]["kind"] != "power_of_attorney" || lines[0]["name"] != "Vollmacht.pdf" || lines[0]["source"] != "import") {
			t.Errorf("run %d: %v", i, lines)
		}
	}
	kontor(t, exitUsage, "--home", home, "import", "documents", "--case", ref, file)
	kontor(t, exitFailed, "--home", home, "import", "documents", "--case", ref, "--kind", "photo", file)
	c := kontor(t, exitOK, "--home", home, "--json", "case", ref)[0]
	docs, ok := c["documents"].([]any)
	if !ok || len(docs) != 1 || docs[0].(map[string]any)["date"] != "2026-11-02" {
		t.Errorf("the case shows %v", c["documents"])
	}
	for _, list := range []string{"titles", "complaints", "acknowledgements", "limitation", "stops"} {
		if _, ok := c[list].([]any); !ok {
			t.Errorf("%s is %v, want a list", list, c[list])
		}
	}
	kontor(t, exitOK, "--home", home, "--json", "export", "ledger", "--out", filepath.Join(dir, "konten.csv"))
	kontor(t, exitOK, "--home", home, "--json", "export", "cases", "--case", ref, "--format", "json", "--out", filepath.Join(dir, "akte.json"))
	open()
	list, err := a.desk.Exports(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatalf("on record: %+v, %v", list, err)
	}
	first, second := list[0].Body.(cases.DataExported), list[1].Body.(cases.DataExported)
	if first.What != "ledger" || first.Format != "csv" || first.Cases != 5 || first.Items < 5 || list[0].Actor.User != "demo" ||
		second.What != "cases" || second.Cases != 1 || second.Items != 1 || second.Case != a.desk.CaseID(ref) {
		t.Errorf("on record: %+v", list)
	}
	if _, _, err := a.desk.DocumentBytes(t.Context(), a.desk.CaseID(ref), docs[0].(map[string]any)["id"].(string)); err != nil {
		t.Error(err)
	}
}
