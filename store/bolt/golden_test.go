package bolt

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/cases"

	"github.com/klauspost/compress/zstd"
)

var update = flag.Bool("update", false, "write the store of the present schema into testdata (only where there is none yet)")

// goldenStore makes the content that every old store is expected to hold.
func goldenStore(tb testing.TB, dir string) {
	tb.Helper()
	initStore(tb, dir, testOptions())
	s := openStore(tb, dir, testOptions())
	submit(tb, s, openCase(1), openCase(2), note("n1", 1, "Übertrag mit € und ß"), note("n2", 9, "abgelehnt"))
	if _, err := s.Submit(tb.Context(), mail(s, 1, []byte(strings.Repeat("Guten Tag, hier ist Post. ", 50)))); err != nil {
		tb.Fatal(err)
	}
	if err := s.SetLocal(tb.Context(), cases.LocalWrite{Key: "draft", Value: []byte("Entwurf")}); err != nil {
		tb.Fatal(err)
	}
	if err := s.Compact(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	if err := s.Close(); err != nil {
		tb.Fatal(err)
	}
}

// TestOldStores opens a store of each schema that was ever written.
func TestOldStores(t *testing.T) {
	name := filepath.Join("testdata", fmt.Sprintf("schema-%d.db.zst", schemaVersion))
	if _, err := os.Stat(name); *update && os.IsNotExist(err) {
		dir := t.TempDir()
		goldenStore(t, dir)
		b, err := os.ReadFile(filepath.Join(dir, dbName))
		if err != nil {
			t.Fatal(err)
		}
		enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, enc.EncodeAll(b, nil), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	dec, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer dec.Close()
	for v := 1; v <= schemaVersion; v++ {
		packed, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("schema-%d.db.zst", v)))
		if err != nil {
			t.Fatal(err)
		}
		b, err := dec.DecodeAll(packed, nil)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, dbName), b, 0o600); err != nil {
			t.Fatal(err)
		}
		s := openStore(t, dir, testOptions())
		r, err := s.Verify(t.Context(), nil)
		if err != nil || r.Facts != 4 || r.Streams != 3 || r.Blobs != 1 {
			t.Errorf("schema %d: %+v, %v", v, r, err)
		}
		// A verdict given before the change of schema and one after it are both found.
		if vs := submit(t, s, note("n1", 1, "Übertrag mit € und ß")); !vs[0].Repeat || vs[0].Refusal != nil {
			t.Errorf("schema %d: accepted before: %+v", v, vs)
		}
		late := note("0193a5b4-c7d8-7abc-8def-000000000000", 9, "danach")
		if vs := submit(t, s, late); vs[0].Repeat {
			t.Errorf("schema %d: new verdict: %+v", v, vs)
		}
		if vs := submit(t, s, late); !vs[0].Repeat || vs[0].Refusal == nil {
			t.Errorf("schema %d: verdict repeated: %+v", v, vs)
		}
		st, err := s.State(t.Context(), caseStream(1))
		if err != nil || len(st.(*cases.Case).Notes) != 1 || st.(*cases.Case).Notes[0].Text.String() != "Übertrag mit € und ß" {
			t.Errorf("schema %d: case: %+v, %v", v, st, err)
		}
		if vs := submit(t, s, note("n2", 9, "abgelehnt")); !vs[0].Repeat || vs[0].Refusal == nil {
			t.Errorf("schema %d: verdict: %+v", v, vs)
		}
		if l, err := s.Local(t.Context(), "draft"); err != nil || string(l) != "Entwurf" {
			t.Errorf("schema %d: local value: %q, %v", v, l, err)
		}
	}
}
