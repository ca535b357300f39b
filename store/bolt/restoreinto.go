package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"kontor/store/journal"
)

// RestoreInto is Restore for a home that already holds other files, a config
// say: the store is unpacked and verified in a folder inside, then its parts
// are moved out. It is ErrStoreExists where the home holds a store.
func RestoreInto(ctx context.Context, r io.Reader, home string, backupPass, storePass []byte, opts Options) (_ journal.Report, err error) {
	for _, name := range []string{dbName, blobsName} {
		path := filepath.Join(home, name)
		if name == blobsName { // an empty folder is what a fresh home has
			if es, err := os.ReadDir(path); err == nil && len(es) == 0 {
				if err := os.Remove(path); err != nil {
					return journal.Report{}, fmt.Errorf("restore: %w", err)
				}
			}
		}
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return journal.Report{}, fmt.Errorf("restore into %s: %w", path, errors.Join(ErrStoreExists, err))
		}
	}
	part := filepath.Join(home, "restore.part")
	if err := os.RemoveAll(part); err != nil { // of an attempt that was cut off
		return journal.Report{}, fmt.Errorf("restore: %w", err)
	}
	rep, err := Restore(ctx, r, part, backupPass, storePass, opts)
	if err != nil {
		return rep, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(part)) }()
	for _, name := range []string{blobsName, dbName} { // the database last: with it there is a store
		from := filepath.Join(part, name)
		if _, err := os.Lstat(from); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.Rename(from, filepath.Join(home, name)); err != nil {
			return rep, fmt.Errorf("restore: %w", err)
		}
	}
	return rep, syncDir(home)
}
