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

// Restore brings a backup back into a folder that does not exist or is empty;
// otherwise it is ErrStoreExists. See RestoreInto.
func Restore(ctx context.Context, r io.Reader, dir string, backupPass, storePass []byte, opts Options) (journal.Report, error) {
	es, err := os.ReadDir(dir)
	if err == nil && len(es) > 0 {
		return journal.Report{}, fmt.Errorf("restore into %s: %w", dir, ErrStoreExists)
	}
	fresh := errors.Is(err, fs.ErrNotExist)
	report, err := RestoreInto(ctx, r, dir, backupPass, storePass, opts)
	if err != nil && fresh {
		err = errors.Join(err, remove(dir))
	}
	return report, err
}

// RestoreInto brings a backup back into a folder that holds no store, whatever
// else it holds. The backup is unpacked beside its place, opened with the
// store's passphrase of the day of the backup, verified whole, and only then
// moved in place, the database last: there is never half a store. It returns
// ErrStoreExists, ErrPassphrase, ErrBackup, or what Verify found.
func RestoreInto(ctx context.Context, r io.Reader, dir string, backupPass, storePass []byte, opts Options) (_ journal.Report, err error) {
	if err := checkFolder(dir, opts); err != nil {
		return journal.Report{}, err
	}
	if _, err := os.Lstat(filepath.Join(dir, dbName)); !errors.Is(err, fs.ErrNotExist) {
		return journal.Report{}, fmt.Errorf("restore into %s: %w", dir, errors.Join(ErrStoreExists, err))
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return journal.Report{}, fmt.Errorf("restore: %w", err)
	}
	tmp, err := os.MkdirTemp(dir, ".restore-")
	if err != nil {
		return journal.Report{}, fmt.Errorf("restore: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(tmp)) }()
	if err := os.Mkdir(filepath.Join(tmp, blobsName), 0o700); err != nil {
		return journal.Report{}, fmt.Errorf("restore: %w", err)
	}
	m, err := readBackup(ctx, r, backupPass, func(name string, r io.Reader) error {
		return writeFile(filepath.Join(tmp, filepath.FromSlash(name)), func(w io.Writer) error {
			_, err := io.Copy(w, r)
			return err
		})
	})
	if err != nil {
		return journal.Report{}, err
	}
	report, err := verifyIn(ctx, tmp, storePass, opts)
	if err != nil {
		return report, fmt.Errorf("restore: %w", err)
	}
	if report.Head.Facts != m.Facts || (m.Facts > 0 && report.Head.Root.String() != m.Root) {
		return report, fmt.Errorf("restore: %w: not the store that its manifest names", ErrBackup)
	}
	report.Anchored = true // against the manifest
	if err := moveIn(tmp, dir, opts); err != nil {
		return report, fmt.Errorf("restore: %w", err)
	}
	return report, nil
}

// moveIn moves a verified store in place. Blob files without a database, left by
// an interrupted restore, are put aside.
func moveIn(from, dir string, opts Options) error {
	blobs := filepath.Join(dir, blobsName)
	if es, err := os.ReadDir(blobs); err == nil && len(es) > 0 {
		if err := os.Rename(blobs, blobs+aside(opts)); err != nil {
			return err
		}
	}
	if err := remove(blobs); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(from, blobsName), blobs); err != nil {
		return err
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(from, dbName), filepath.Join(dir, dbName)); err != nil {
		return err
	}
	return syncDir(dir)
}

func aside(opts Options) string { return opts.Now().UTC().Format(".aside-20060102-150405") }

// SetAside renames the files of a damaged store, so that a backup can be
// restored in its place; nothing is deleted. It returns the database's new name.
func SetAside(_ context.Context, dir string, opts Options) (_ string, err error) {
	held, err := lock(dir, opts.Now())
	if err != nil {
		return "", fmt.Errorf("set aside: %w", err)
	}
	defer func() { err = errors.Join(err, held.Close()) }()
	suffix := aside(opts)
	path := filepath.Join(dir, dbName)
	if err := os.Rename(path, path+suffix); errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("set aside: %w", ErrNoStore)
	} else if err != nil {
		return "", fmt.Errorf("set aside: %w", err)
	}
	blobs := filepath.Join(dir, blobsName)
	if err := os.Rename(blobs, blobs+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("set aside: %w", err)
	}
	return path + suffix, syncDir(dir)
}

func verifyIn(ctx context.Context, dir string, pass []byte, opts Options) (report journal.Report, err error) {
	s, err := Open(ctx, dir, pass, opts)
	if err != nil {
		return journal.Report{}, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return s.Verify(ctx, nil)
}
