package bank

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"kontor/cases"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// sound fails where an item says what no bank can have said.
func sound(t *testing.T, i Item) {
	t.Helper()
	switch {
	case i.Entry != nil:
		soundEntry(t, i.Entry)
	case i.Statement != nil:
		if s := i.Statement; s.From == 0 || s.Until < s.From || s.Account == "" || s.Currency != money.Currency {
			t.Errorf("statement %+v", s)
		}
	case i.Problem != nil:
		if s := i.Problem.String(); !utf8.ValidString(s) || plain.Clean(s).String() != s {
			t.Errorf("a problem is told in dirty words: %q", s)
		}
	default:
		t.Error("an empty item")
	}
}

func soundEntry(t *testing.T, e *cases.StatementEntry) {
	t.Helper()
	switch {
	case e.Key == "" || e.Account == "" || e.Booked == 0 || len(e.Currency) != 3:
		t.Errorf("entry without its parts: %+v", e)
	case (e.Currency == money.Currency) != (e.Cents != 0) || e.Cents.Abs() > money.Max:
		t.Errorf("amount %d %s", e.Cents, e.Currency)
	case len(e.Text.String()) > maxText || plain.Clean(e.Text.String()) != e.Text || plain.Line(e.Party.String()) != e.Party:
		t.Errorf("dirty text: %q, %q", e.Text, e.Party)
	case e.Return != nil && (e.Return.Original > e.Cents.Abs() || e.Return.Original < 0 || e.Return.Charges < 0):
		t.Errorf("return of %d and charges of %d in %d", e.Return.Original, e.Return.Charges, e.Cents)
	}
}

func fuzz(f *testing.F, pattern string, read func([]byte, Sink) error) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds for %s: %v", pattern, err)
	}
	for _, name := range files {
		if filepath.Base(name) == "73_bomb.zip" {
			continue // takes its time, and is read by TestFiles
		}
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = read(data, func(i Item) error { // any error is fine, a wrong item is not
			sound(t, i)
			return nil
		})
	})
}

// FuzzCamt reads any bytes as XML.
func FuzzCamt(f *testing.F) {
	fuzz(f, "testdata/files/*.xml", func(b []byte, sink Sink) error {
		return Read(bytes.NewReader(append([]byte("<"), bytes.TrimPrefix(b, []byte("<"))...)), int64(len(bytes.TrimPrefix(b, []byte("<")))+1), sink)
	})
}

// FuzzMT940 reads any bytes as MT940.
func FuzzMT940(f *testing.F) {
	fuzz(f, "testdata/files/*.sta", func(b []byte, sink Sink) error {
		b = append([]byte(":20:X\n"), b...)
		return Read(bytes.NewReader(b), int64(len(b)), sink)
	})
}

// FuzzRead reads any bytes, ZIP files too.
func FuzzRead(f *testing.F) {
	fuzz(f, "testdata/files/*", func(b []byte, sink Sink) error { return Read(bytes.NewReader(b), int64(len(b)), sink) })
}
