package bolt

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"kontor/store/internal/seal"
	"kontor/store/journal"

	bbolt "go.etcd.io/bbolt"
)

// schemaVersion is how this program lays a store out. Each step to it is one
// of migrations.
const schemaVersion = 2

// SchemaError says that a store was laid out by a newer program.
type SchemaError struct{ Found, Known uint32 }

func (e *SchemaError) Error() string {
	return fmt.Sprintf("store has schema %d, this program knows up to %d: use a newer one", e.Found, e.Known)
}

// migration turns a store of schema From into From+1, in one transaction.
type migration struct {
	from uint32
	do   func(context.Context, journal.Tx, *seal.Keys) error
}

// steps lists the migrations in order.
func (o Options) steps() []migration {
	return append([]migration{
		// Verdicts of one moment lie together; those of before stay where they are.
		{1, func(_ context.Context, tx journal.Tx, _ *seal.Keys) error { return journal.MarkScattered(tx) }},
	}, o.migrations...)
}

func (o Options) backupWork() int {
	if o.work > 0 {
		return o.work
	}
	return backupWork
}

func (o Options) known() uint32 {
	steps := o.steps()
	return steps[len(steps)-1].from + 1
}

var schemaKey = []byte("schema")

func putSchema(t *bbolt.Tx, v uint32) error {
	return t.Bucket([]byte(journal.Meta)).Put(schemaKey, binary.BigEndian.AppendUint32(nil, v))
}

func readSchema(t *bbolt.Tx) (uint32, error) {
	b := t.Bucket([]byte(journal.Meta))
	if b == nil {
		return 0, damaged("not a store of this program")
	}
	v := b.Get(schemaKey)
	if len(v) != 4 {
		return 0, damaged("no schema version")
	}
	return binary.BigEndian.Uint32(v), nil
}

// checkSchema refuses a store of a newer program.
func (o Options) checkSchema(t *bbolt.Tx) error {
	have, err := readSchema(t)
	if err == nil && have > o.known() {
		err = &SchemaError{Found: have, Known: o.known()}
	}
	return err
}

func damaged(what string) error {
	return &journal.DamageError{What: "database file", Err: errors.New(what)}
}

// migrate takes a store of an older schema step by step to this program's,
// after a copy of the file was put aside.
func (s *Store) migrate(ctx context.Context) error {
	var have uint32
	if err := s.back.read(func(t *bbolt.Tx) (err error) {
		have, err = readSchema(t)
		return err
	}); err != nil {
		return fmt.Errorf("read schema: %w", err)
	}
	if have == s.opts.known() {
		return nil
	}
	copyTo := filepath.Join(s.dir, fmt.Sprintf("%s.schema-%d", dbName, have))
	if err := s.copyFile(copyTo); err != nil {
		return fmt.Errorf("copy the store before changing its schema: %w", err)
	}
	for _, m := range s.opts.steps() {
		if m.from < have {
			continue
		}
		err := s.back.write(func(t *bbolt.Tx) error {
			if err := m.do(ctx, newTx(t), s.keys); err != nil {
				return err
			}
			return putSchema(t, m.from+1)
		})
		if err != nil {
			return fmt.Errorf("change schema %d to %d (the file as it was is %s): %w", m.from, m.from+1, copyTo, err)
		}
		have = m.from + 1
	}
	if have != s.opts.known() {
		return damaged(fmt.Sprintf("schema %d cannot be brought to %d", have, s.opts.known()))
	}
	return nil
}

// copyFile writes a consistent copy of the database beside it.
func (s *Store) copyFile(path string) error {
	return s.back.read(func(t *bbolt.Tx) error {
		return writeFile(path, func(w io.Writer) error {
			_, err := t.WriteTo(w)
			return err
		})
	})
}

// The vault is kept twice, in different buckets and so on different pages:
// without it nothing opens.
var (
	vaultKey    = []byte("vault")
	vaultPlaces = []journal.Bucket{journal.Meta, spareBucket}
)

// spareBucket holds the second copy of the vault and nothing else.
const spareBucket journal.Bucket = "k"

func putVault(t *bbolt.Tx, v *seal.Vault) error {
	b, err := v.Encode()
	if err != nil {
		return err
	}
	for _, p := range vaultPlaces {
		bucket := t.Bucket([]byte(p))
		if bucket == nil {
			return damaged("bucket missing")
		}
		if err := bucket.Put(vaultKey, b); err != nil {
			return err
		}
	}
	return nil
}

func getVault(t *bbolt.Tx) (*seal.Vault, error) {
	for _, p := range vaultPlaces {
		if bucket := t.Bucket([]byte(p)); bucket != nil {
			if v, err := seal.Decode(bucket.Get(vaultKey)); err == nil {
				return v, nil
			}
		}
	}
	return nil, &journal.DamageError{What: "wrapped keys", Err: seal.ErrHeader}
}
