package main

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"kontor/inbox/paper"
)

// TestPaper prints what a case gives: code, letter, court sheet; a final letter
// is noted on the case.
func TestPaper(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home := filepath.Join(dir, "home")
	kontor(t, 0, "demo", "--prepare", "--home", home, "--cases", "8", "--mails", "2")
	const ref = "K-2026-000210"
	at := func(name string) string { return filepath.Join(dir, name) }
	whole := kontor(t, 0, "--home", home, "--json", "case", ref)[0]

	code := kontor(t, 0, "--home", home, "--json", "paper", "qr", "--case", ref, "--out", at("code.png"))[0]
	if code["amount_cents"] != whole["balance_cents"] || !paper.ValidRF(code["rf"].(string)) || !strings.Contains(code["payload"].(string), code["rf"].(string)) {
		t.Errorf("the code says %v", code)
	}
	img := private(t, at("code.png"))
	if _, err := png.Decode(bytes.NewReader(img)); err != nil {
		t.Error(err)
	}
	kontor(t, 1, "--home", home, "--json", "paper", "ics", "--case", ref, "--out", at("plan.ics"))
	if exists(at("plan.ics")) {
		t.Error("a calendar without a plan")
	}

	kontor(t, 0, "--home", home, "--json", "paper", "letter", "--case", ref, "--occasion", "balance_letter", "--out", at("draft.pdf"))
	draft := private(t, at("draft.pdf"))
	if !bytes.HasPrefix(draft, []byte("%PDF-")) {
		t.Error("a draft is no PDF")
	}
	final := kontor(t, 0, "--home", home, "--json", "paper", "letter", "--case", ref, "--occasion", "balance_letter", "--final", "--out", at("final.pdf"))[0]
	n := len(kontor(t, 0, "--home", home, "--json", "case", ref)[0]["notes"].([]any)) // the draft left none
	if bytes.Equal(private(t, at("final.pdf")), draft) || n != 1 || len(final["sha256"].(string)) != 64 {
		t.Errorf("the final letter: %v, %d notes", final, n)
	}
	kontor(t, 2, "--home", home, "--json", "paper", "letter", "--case", ref)

	sheet := kontor(t, 0, "--home", home, "--json", "paper", "dunning", "--case", ref, "--catalogue", "11", "--counter-performance", "rendered", "--out", at("court.pdf"))[0]
	if sheet["filed"] != false || sheet["ready"] != false || !strings.Contains(sheet["notice"].(string), "nichts bei Gericht eingereicht") {
		t.Errorf("the sheet says %v", sheet)
	}
	private(t, at("court.pdf"))
	kontor(t, 2, "--home", home, "--json", "paper", "dunning", "--case", ref, "--catalogue", "nose=11")
	if left, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// private reads a file that nobody but its owner may read.
func private(t *testing.T, file string) []byte {
	t.Helper()
	st, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if st.Mode().Perm()&0o077 != 0 {
		t.Errorf("%s has mode %o", file, st.Mode().Perm())
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestExport: what is exported is imported again and changes nothing, in both
// formats; the records fit the published schema.
func TestExport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home := filepath.Join(dir, "home")
	kontor(t, 0, "demo", "--prepare", "--home", home, "--cases", "30", "--mails", "4")
	schema, err := jsonschema.NewCompiler().Compile("../../docs/case.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"csv", "json"} {
		file := filepath.Join(dir, "cases."+format)
		out := kontor(t, 0, "--home", home, "--json", "export", "cases", "--format", format, "--out", file)[0]
		if out["cases"].(float64) != 30 {
			t.Errorf("%s: %v", format, out)
		}
		b := private(t, file)
		in := kontor(t, 0, "--home", home, "--json", "import", "cases", file)[0]
		if in["records"].(float64) != 30 || in["unchanged"].(float64) != 30 {
			t.Errorf("%s imported again: %v", format, in)
		}
		if format == "csv" {
			continue
		}
		for line := range strings.Lines(string(b)) {
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(v); err != nil {
				t.Errorf("%v\n%s", err, line)
			}
		}
	}
	balance := map[string]any{}
	for _, l := range kontor(t, 0, "--home", home, "--json", "export", "ledger", "--format", "json") {
		if l["row"] == "balance" {
			balance[l["reference"].(string)] = l["total_cents"]
		}
	}
	const ref = "K-2026-000210"
	if whole := kontor(t, 0, "--home", home, "--json", "case", ref)[0]; len(balance) != 30 || balance[ref] != whole["balance_cents"] {
		t.Errorf("%d balances, %v for %s, want %v", len(balance), balance[ref], ref, whole["balance_cents"])
	}
	var opened int
	for _, l := range kontor(t, 0, "--home", home, "--json", "export", "activity", "--format", "json", "--case", ref) {
		if l["reference"] != ref || l["at"] == nil {
			t.Errorf("activity %v", l)
		}
		if l["row"] == "CaseOpened" {
			opened++
		}
	}
	if opened != 1 {
		t.Errorf("opened %d times", opened)
	}
	kontor(t, 2, "--home", home, "--json", "export", "cases", "--format", "xlsx")
	kontor(t, 1, "--home", home, "--json", "export", "cases", "--out", filepath.Join(dir, "nowhere", "cases.csv"))
}

// TestImportCSV: an ERP's file; the dry run reports every row and changes
// nothing, the good rows go in, and both end with 3.
func TestImportCSV(t *testing.T) {
	t.Parallel()
	home := filepath.Join(t.TempDir(), "home")
	kontor(t, 0, "demo", "--prepare", "--home", home, "--cases", "1", "--mails", "0")
	const data = "../../inbox/table/testdata/"
	args := []string{"--home", home, "--json", "import", "cases", "--mapping", data + "erp.toml"}
	rows := kontor(t, 3, append(args, "--dry-run", data+"erp.csv")...)
	state := map[string]int{}
	for _, r := range rows {
		s, _ := r["state"].(string)
		state[s]++
		if s == "refused" && (r["line"].(float64) < 2 || r["error"] == "") {
			t.Errorf("row %v", r)
		}
	}
	if state["good"] != 3 || state["refused"] != 5 {
		b, _ := json.Marshal(rows)
		t.Errorf("dry run: %v\n%s", state, b)
	}
	for _, want := range []string{"new", "unchanged"} {
		if in := kontor(t, 3, append(args, data+"erp.csv")...)[0]; in[want].(float64) != 3 || in["refused"].(float64) != 4 {
			t.Errorf("want 3 %s: %v", want, in)
		}
	}
	kontor(t, 2, append(args, "../../docs/case.schema.json")...) // no CSV
}
