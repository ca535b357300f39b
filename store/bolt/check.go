package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"kontor/cases"
	"kontor/cases/plain"

	bbolt "go.etcd.io/bbolt"
)

// Bounds beyond which a check gives advice.
const (
	backupDays   = 2
	compactShare = 2       // the file is more than twice what is used,
	compactFrom  = 8 << 20 // and that is worth the trouble
)

// The advice codes of findings.
const (
	AdviceInit       = "store_init"
	AdviceOtherDir   = "store_local_folder"
	AdviceMode       = "store_mode"
	AdviceLocked     = "store_close_other"
	AdviceRestore    = "store_restore"
	AdviceSpace      = "store_free_space"
	AdviceBackup     = "store_backup"
	AdviceCompact    = "store_compact"
	AdviceKernel     = "store_kernel"
	AdviceNewProgram = "store_newer_program"
)

func finding(check string, ok bool, advice, format string, args ...any) cases.Finding {
	f := cases.Finding{Check: check, OK: ok, Detail: plain.Line(fmt.Sprintf(format, args...))}
	if !ok {
		f.Advice = advice
	}
	return f
}

// judge is a finding about err. A full disk hides what was looked for: then the
// advice is to free space, never to put a backup in the place of a sound store.
func judge(check string, err error, advice, well string) cases.Finding {
	if errors.Is(err, syscall.ENOSPC) {
		advice = AdviceSpace
	}
	return finding(check, err == nil, advice, "%s", say(err, well))
}

// Inspect looks at a store from outside, without a passphrase: is it there, who
// may read it, where does it lie, who has it open, and is the file whole.
func Inspect(_ context.Context, dir string, opts Options) []cases.Finding {
	path := filepath.Join(dir, dbName)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return []cases.Finding{finding("store_file", false, AdviceInit, "%s is not there", path)}
	}
	if err != nil {
		return []cases.Finding{finding("store_file", false, AdviceMode, "%v", err)}
	}
	out := []cases.Finding{finding("store_file", true, "", "%s, %d KiB", path, info.Size()>>10)}
	out = append(out, modes(dir)...)
	err = checkFolder(dir, Options{})
	out = append(out, finding("store_folder", err == nil, AdviceOtherDir, "%s", say(err, "local")))
	out = append(out, kernel()...)
	held, err := lock(dir, opts.Now())
	if err != nil {
		return append(out, judge("store_lock", err, AdviceLocked, ""))
	}
	defer func() { _ = held.Close() }() // nothing was written
	out = append(out, finding("store_lock", true, "", "free"))
	err = checkPages(path, false)
	return append(out, judge("store_pages", err, AdviceRestore, "page structure whole"))
}

func say(err error, well string) string {
	if err != nil {
		return err.Error()
	}
	return well
}

// modes looks that nobody else may read the store's files.
func modes(dir string) []cases.Finding {
	if runtime.GOOS == "windows" {
		return nil // access is by lists there, inherited from the profile
	}
	for _, p := range []string{dir, filepath.Join(dir, dbName), filepath.Join(dir, blobsName)} {
		info, err := os.Stat(p)
		if err != nil {
			return []cases.Finding{finding("store_mode", false, AdviceMode, "%v", err)}
		}
		if info.Mode().Perm()&0o077 != 0 && p != dir {
			return []cases.Finding{finding("store_mode", false, AdviceMode, "%s may be read by others (%v)", p, info.Mode().Perm())}
		}
	}
	return []cases.Finding{finding("store_mode", true, "", "readable by the owner only")}
}

// Check looks at an open store as a whole: file, schema, pages of a consistent
// copy, leaves and everything that Verify recomputes, the last backup, unused
// space. It takes as long as reading everything; others may go on working.
func (s *Store) Check(ctx context.Context) []cases.Finding {
	info, err := os.Stat(filepath.Join(s.dir, dbName))
	if err != nil {
		return []cases.Finding{finding("store_file", false, AdviceRestore, "%v", err)}
	}
	out := []cases.Finding{finding("store_file", true, "", "%s, %d KiB", filepath.Join(s.dir, dbName), info.Size()>>10)}
	out = append(out, modes(s.dir)...)
	err = checkFolder(s.dir, Options{})
	out = append(out, finding("store_folder", err == nil, AdviceOtherDir, "%s", say(err, "local")))
	out = append(out, kernel()...)

	var schema uint32
	err = s.back.read(func(t *bbolt.Tx) (err error) {
		schema, err = readSchema(t)
		return err
	})
	out = append(out, judge("store_schema", err, AdviceRestore, fmt.Sprintf("schema %d", schema)))
	err = s.checkCopy()
	out = append(out, judge("store_pages", err, AdviceRestore, "page structure whole"))

	report, err := s.Verify(ctx, nil)
	out = append(out, judge("store_record", err, AdviceRestore,
		fmt.Sprintf("%d facts, %d streams, %d blobs fit their leaves; not anchored elsewhere", report.Facts, report.Streams, report.Blobs)))
	out = append(out, s.checkBackup(ctx))
	if u, err := s.Usage(ctx); err == nil {
		waste := u.File > compactFrom && u.File > compactShare*u.Used
		out = append(out, finding("store_space", !waste, AdviceCompact, "%d of %d KiB in use", u.Used>>10, u.File>>10))
	}
	return out
}

// checkCopy checks the pages of a consistent copy: in the file itself they
// change under a reader.
func (s *Store) checkCopy() (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := filepath.Join(s.dir, dbName+copyCheck)
	defer func() { err = errors.Join(err, remove(path)) }()
	if err := s.copyFile(path); err != nil {
		return err
	}
	return checkPages(path, false)
}

func (s *Store) checkBackup(ctx context.Context) cases.Finding {
	last, ok := s.lastBackup(ctx)
	if !ok {
		return finding("store_backup", false, AdviceBackup, "never backed up")
	}
	age := s.opts.Now().Sub(last.At)
	return finding("store_backup", age <= backupDays*24*time.Hour, AdviceBackup, "last verified backup %s, %d facts of %d",
		last.At.Format("2006-01-02 15:04"), last.Facts, s.Head().Facts)
}
