package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/dunning"
)

// TestPaperFromTheScreen: what the screen prints is what stands on it, judged
// once more, written over nothing; a final letter is noted on the case.
func TestPaperFromTheScreen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home := filepath.Join(dir, "home")
	kontor(t, 0, "demo", "--prepare", "--home", home, "--cases", "8", "--mails", "2")
	a := openHome(t, home)
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	ctx := t.Context()
	id, err := a.desk.FindCase(ctx, "K-2026-000210")
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.openFor(ctx, "K-2026-000210", "balance_letter", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	out := a.outside()
	req := desk.ApproveRequest{Review: r, Subject: r.Drafts[0].Subject, Text: r.Drafts[0].Text}
	first, err := out.Print(ctx, req, false, dir)
	if err != nil {
		t.Fatal(err)
	}
	second, err := out.Print(ctx, req, true, dir)
	if err != nil {
		t.Fatal(err)
	}
	if first == second || !bytes.HasPrefix(private(t, first), []byte("%PDF-")) || !bytes.HasPrefix(private(t, second), []byte("%PDF-")) {
		t.Errorf("printed %s and %s", first, second)
	}
	v, err := a.desk.CaseView(ctx, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	if n := v.Case.Notes; len(n) != 1 || !strings.Contains(n[0].Text.String(), "Brief gedruckt: balance_letter") {
		t.Errorf("the case notes %+v", n)
	}
	bad := req
	bad.Text += "\n\nZahlen Sie sofort, sonst kommt der Gerichtsvollzieher und holt Ihre Möbel."
	if path, err := out.Print(ctx, bad, true, dir); err == nil {
		t.Errorf("%s was printed against the policy", path)
	}
	code, err := out.Code(v, 0)
	if err != nil || code.Amount != v.Balance.Total || code.Size < 21 || !code.Dark(0, 0) || code.Dark(-1, 0) || code.Dark(code.Size, 0) {
		t.Errorf("the code: %+v, %v", code, err)
	}
	if _, err := out.Code(v, 1); err == nil {
		t.Error("a code of an instalment without a plan")
	}
	if _, err := out.Calendar(v); err == nil {
		t.Error("a calendar without a plan")
	}
	text, pdf, err := out.CourtSheet(v, dunning.Answers{Court: "AG Hamburg-Altona", Counter: dunning.CounterRendered})
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) || !strings.Contains(text, "nichts bei Gericht eingereicht") {
		t.Errorf("the sheet for the court: %q, %v", text, err)
	}
	if _, _, err := out.Document(dir); err == nil {
		t.Error("a folder is a document")
	}
	if _, _, err := out.Document(filepath.Join(dir, "nothing.pdf")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	name, data, err := out.Document(first)
	if err != nil || name != filepath.Base(first) || !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Errorf("read %q, %d bytes, %v", name, len(data), err)
	}
	big := filepath.Join(dir, "big.pdf")
	if err := os.WriteFile(big, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(big, desk.MaxDocument+1); err != nil {
		t.Fatal(err)
	}
	if _, _, err := out.Document(big); err == nil {
		t.Error("more than a document may be was read")
	}
	exports, err := a.desk.Exports(ctx)
	if err != nil {
		t.Fatal(err)
	}
	letters := 0
	for _, f := range exports {
		if e, ok := f.Body.(cases.DataExported); ok && e.What == "letter" {
			letters++
		}
	}
	if letters != 2 {
		t.Errorf("%d letters on record, want 2", letters)
	}
}
