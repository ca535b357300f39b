package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/cases/desk"
)

// mt940 is a day on the agency's account: a rate with the case's reference, a
// credit that nobody knows, and francs.
const mt940 = `:20:STARTUMS
:25:12030000/202051
:28C:00225/001
:60F:C261120EUR1000,00
:61:2611231123CR20,00NTRFNONREF//A1
:86:166?00GUTSCHRIFT?20SVWZ+REFERENCE Rate?32NAME
:61:2611231123CR7,00NTRFNONREF//A2
:86:166?00GUTSCHRIFT?20SVWZ+Spende?32Wer Auch Immer
:62F:C261123EUR1027,00
-
:20:STARTUMS
:25:12030000/202052
:28C:00225/001
:60F:C261120CHF0,00
:61:2611231123CR7,00NTRFNONREF//A3
:86:166?00GUTSCHRIFT?20SVWZ+Spende?32Wer Auch Immer
:62F:C261123CHF7,00
-
`

func TestImportPayments(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	call := func(want int, args ...string) ([]byte, string) {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(t.Context(), append(args, "--home", home), os.Environ(), strings.NewReader(""), &out, &errs); code != want {
			t.Fatalf("%v: exit %d, want %d; %s", args, code, want, errs.String())
		}
		return out.Bytes(), errs.String()
	}
	call(exitOK, "demo", "--prepare", "--cases", "5", "--mails", "1")
	var row struct{ Reference, Debtor string }
	out, _ := call(exitOK, "--json", "queue", "--limit", "1")
	if err := json.Unmarshal(out, &row); err != nil || row.Reference == "" {
		t.Fatalf("queue gives %s, %v", out, err)
	}
	file := filepath.Join(t.TempDir(), "day.sta")
	text := strings.NewReplacer("REFERENCE", row.Reference, "NAME", row.Debtor).Replace(mt940)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	count := func(want int) (r desk.PaymentsImport, errs string) {
		t.Helper()
		out, errs := call(want, "--json", "import", "payments", file)
		if err := json.Unmarshal(out, &r); err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		return r, errs
	}
	got, errs := count(exitPart)
	if got.Entries != 3 || got.Booked != 1 || got.Matched != 1 || got.Unmatched != 1 || got.Refused != 1 || !strings.Contains(errs, "foreign currency") {
		t.Errorf("first import: %+v, %s", got, errs)
	}
	if got, _ := count(exitOK); got.Entries != 3 || got.Duplicates != 3 {
		t.Errorf("second import: %+v", got)
	}
	out, _ = call(exitOK, "--json", "queue", "--lane", "payment")
	if n := bytes.Count(out, []byte("\n")); n != 1 {
		t.Errorf("%d payments to match, want 1: %s", n, out)
	}
	out, _ = call(exitOK, "--json", "case", row.Reference)
	if n := bytes.Count(out, []byte(`"source":`)); n == 0 {
		t.Errorf("the case has no booking of the statement: %s", out)
	}
	if err := os.WriteFile(file, []byte("no statement"), 0o600); err != nil {
		t.Fatal(err)
	}
	call(exitFailed, "import", "payments", file)
	call(exitUsage, "import", "payments")
}
