package table_test

import (
	"os"
	"strings"
	"testing"

	"kontor/inbox/table"
)

// docs/import.md names every column, and its examples are read.
func TestDocumentedColumns(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../docs/import.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(b)
	for _, c := range table.Columns() {
		who, part, dotted := strings.Cut(c, ".")
		if !dotted {
			part = who
		}
		if !strings.Contains(doc, "`"+part+"`") && !strings.Contains(doc, "`"+c+"`") {
			t.Errorf("column %s is not documented", c)
		}
	}
	block := func(lang string) string {
		_, rest, _ := strings.Cut(doc, "```"+lang+"\n")
		body, _, ok := strings.Cut(rest, "```")
		if !ok {
			t.Fatalf("no example of %s", lang)
		}
		return body
	}
	if _, err := table.ReadMapping(strings.NewReader(block("toml"))); err != nil {
		t.Errorf("the mapping: %v", err)
	}
	n := 0
	err = table.Read(strings.NewReader(block("csv")), table.Options{Format: table.CSV}, func(r table.Row) error {
		n++
		if len(r.Bad) > 0 {
			t.Errorf("line %d: %v", r.Line, r.Bad)
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("%d records, %v", n, err)
	}
}

// A heading that is no column is answered with those that may be meant.
func TestHeadingsNearby(t *testing.T) {
	t.Parallel()
	for head, want := range map[string]string{
		"debtor.mail": "debtor.email", "creditor": "creditor.name", "email": "debtor.email", "claim.sum": "claim.principal",
	} {
		err := table.Read(strings.NewReader("reference;"+head+"\n"), table.Options{Format: table.CSV}, func(table.Row) error { return nil })
		if err == nil || !strings.Contains(err.Error(), `"`+head+`" is no field (there are `) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", head, err)
		}
	}
}
