package bolt

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kontor/store/internal/seal"
	"kontor/store/journal"
)

func TestMigrations(t *testing.T) {
	dir := filled(t)
	opts := testOptions()
	boom := errors.New("boom")
	var ran []uint32
	step := func(from uint32, err error) migration {
		return migration{from, func(_ context.Context, tx journal.Tx, _ *seal.Keys) error {
			ran = append(ran, from)
			return errors.Join(err, tx.Put(journal.Meta, []byte("step"), []byte{byte(from)}))
		}}
	}
	opts.migrations = []migration{step(2, nil), step(3, boom)}
	if _, err := Open(t.Context(), dir, pass, opts); !errors.Is(err, boom) {
		t.Fatalf("failing step: %v", err)
	}
	opts.migrations = []migration{step(2, nil), step(3, nil), step(4, nil)}
	s, err := Open(t.Context(), dir, pass, opts)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if want := []uint32{2, 3, 3, 4}; len(ran) != len(want) || ran[1] != want[1] || ran[2] != want[2] || ran[3] != want[3] {
		t.Errorf("steps: got %v, want %v", ran, want)
	}
	var newer *SchemaError
	if _, err := Open(t.Context(), dir, pass, testOptions()); !errors.As(err, &newer) || newer.Found != 5 || newer.Known != schemaVersion {
		t.Errorf("store of a newer program: %v", err)
	}
	// The copy put aside is the store as it was.
	if err := os.Rename(filepath.Join(dir, dbName+".schema-2"), filepath.Join(dir, dbName)); err != nil {
		t.Fatal(err)
	}
	if _, err := look(t.Context(), dir); err != nil {
		t.Errorf("copy of before: %v", err)
	}
}
