package bank

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/cases"
)

var update = flag.Bool("update", false, "write the golden files anew; read them before you trust them")

// say writes what was read, one line a thing.
func say(data []byte) (string, []Item, error) {
	var b strings.Builder
	var items []Item
	err := Read(bytes.NewReader(data), int64(len(data)), func(i Item) error {
		items = append(items, i)
		switch {
		case i.Entry != nil:
			sayEntry(&b, i.Entry)
		case i.Statement != nil:
			s := i.Statement
			fmt.Fprintf(&b, "days   %s %s %s..%s %s -> %s\n", s.Account, s.ID, s.From, s.Until, s.Opening, s.Closing)
		case i.Problem != nil:
			fmt.Fprintf(&b, "amiss  %s\n", i.Problem)
		}
		return nil
	})
	if err != nil {
		fmt.Fprintf(&b, "fault  %v\n", err)
	}
	return b.String(), items, err
}

func sayEntry(b *strings.Builder, e *cases.StatementEntry) {
	amount := e.Cents.String()
	if e.Amount != "" {
		amount = e.Amount
	}
	fmt.Fprintf(b, "entry  %s %s booked %s value %s account %s code %s\n", amount, e.Currency, e.Booked, e.Value, e.Account, e.Code)
	for _, f := range [][2]string{
		{"ref", e.BankRef},
		{"end-to-end", e.EndToEnd},
		{"mandate", e.Mandate},
		{"creditor ref", e.CreditorRef},
		{"party", e.Party.String()},
		{"iban", e.PartyIBAN},
		{"ultimate", e.Ultimate.String()},
		{"text", short(e.Text.String())},
		{"part of", e.Batch},
	} {
		if f[1] != "" {
			fmt.Fprintf(b, "       %s: %q\n", f[0], f[1])
		}
	}
	if e.Reversal {
		b.WriteString("       reversal\n")
	}
	if e.Collective > 0 {
		fmt.Fprintf(b, "       collective: %d, key %s\n", e.Collective, e.Key)
	}
	if r := e.Return; r != nil {
		fmt.Fprintf(b, "       return: %s %q original %s charges %s\n", r.Reason, r.Info, r.Original, r.Charges)
	}
}

func short(s string) string {
	if len(s) > 120 {
		return fmt.Sprintf("%s… (%d bytes)", s[:120], len(s))
	}
	return s
}

func TestFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/files/*")
	if err != nil || len(files) < 50 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			got, items, _ := say(data)
			keys := map[string]bool{}
			for _, i := range items {
				if i.Entry == nil {
					continue
				}
				k := i.Entry.Account + i.Entry.Key
				if i.Entry.Key == "" || keys[k] {
					t.Errorf("key %q is empty or there twice", i.Entry.Key)
				}
				keys[k] = true
			}
			golden := filepath.Join("testdata", "want", filepath.Base(f)+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			again, _, _ := say(data)
			if again != got {
				t.Error("read again it says something else")
			}
		})
	}
}
