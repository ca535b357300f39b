package bolt

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/cases"
)

func fastBackups() Options {
	o := testOptions()
	o.work = 10
	return o
}

var backupPass = []byte("Sicherung")

func TestBackupAndRestore(t *testing.T) {
	dir := filled(t)
	want, err := look(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	s := openStore(t, dir, fastBackups())
	path := filepath.Join(t.TempDir(), "kontor.backup")
	r, err := s.BackupFile(t.Context(), path, backupPass)
	if err != nil {
		t.Fatal(err)
	}
	if r.Facts != 91 || len(r.Sums) != 2 {
		t.Errorf("report: %+v", r)
	}
	submit(t, s, note("after", 1, "nach der Sicherung")) // a hot backup holds nobody up
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "home")
	report, err := Restore(t.Context(), bytes.NewReader(raw), to, backupPass, pass, fastBackups())
	if err != nil || report.Facts != 91 {
		t.Fatalf("restore: %+v, %v", report, err)
	}
	if got, err := look(t.Context(), to); err != nil || got != want {
		t.Errorf("restored store reads differently: %v", err)
	}
	if _, err := Restore(t.Context(), bytes.NewReader(raw), to, backupPass, pass, fastBackups()); !errors.Is(err, ErrStoreExists) {
		t.Errorf("restore over a store: %v", err)
	}
	parent := t.TempDir()
	if _, err := Restore(t.Context(), bytes.NewReader(raw), filepath.Join(parent, "x"), []byte("falsch"), pass, fastBackups()); !errors.Is(err, ErrPassphrase) {
		t.Errorf("wrong passphrase of the backup: %v", err)
	}
	if _, err := Restore(t.Context(), bytes.NewReader(raw), filepath.Join(parent, "x"), backupPass, []byte("falsch"), fastBackups()); !errors.Is(err, ErrPassphrase) {
		t.Errorf("wrong passphrase of the store: %v", err)
	}
	for i := range 40 {
		bad := bytes.Clone(raw)
		if i%2 == 0 {
			bad[len(bad)*i/40] ^= 4
		} else {
			bad = bad[:len(bad)*i/40]
		}
		if _, err := Restore(t.Context(), bytes.NewReader(bad), filepath.Join(parent, "x"), backupPass, pass, fastBackups()); err == nil {
			t.Errorf("damaged backup %d was restored", i)
		}
	}
	if es, err := os.ReadDir(parent); err != nil || len(es) != 0 {
		t.Errorf("failed restores left %v, %v", es, err)
	}
}

// TestSetAside is what to do with a damaged store: put it aside and restore a
// backup in its place, beside whatever else the home holds.
func TestSetAside(t *testing.T) {
	dir := filled(t)
	want, err := look(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	s := openStore(t, dir, fastBackups())
	path := filepath.Join(dir, "sicherung.age")
	if _, err := s.BackupFile(t.Context(), path, backupPass); err != nil {
		t.Fatal(err)
	}
	if _, err := SetAside(t.Context(), dir, fastBackups()); !errors.As(err, new(*LockedError)) {
		t.Errorf("set aside while open: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(dir, dbName), 9000); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if _, err := RestoreInto(t.Context(), f, dir, backupPass, pass, fastBackups()); !errors.Is(err, ErrStoreExists) {
		t.Errorf("restore over a damaged store: %v", err)
	}
	old, err := SetAside(t.Context(), dir, fastBackups())
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(old); err != nil || info.Size() != 9000 {
		t.Errorf("the damaged file is not kept: %v", err)
	}
	if _, err := RestoreInto(t.Context(), f, dir, backupPass, pass, fastBackups()); err != nil {
		t.Fatal(err)
	}
	if got, err := look(t.Context(), dir); err != nil || got != want {
		t.Errorf("restored: %v", err)
	}
	if m, err := filepath.Glob(filepath.Join(dir, ".restore-*")); err != nil || len(m) != 0 {
		t.Errorf("left behind: %v, %v", m, err)
	}
}

func TestCheck(t *testing.T) {
	dir := filled(t)
	if err := os.Chmod(filepath.Join(dir, dbName), 0o644); err != nil {
		t.Fatal(err)
	}
	bad := func(fs []cases.Finding) (out []string) {
		for _, f := range fs {
			if !f.OK {
				out = append(out, f.Check+"="+f.Advice)
			}
			if strings.Contains(f.Detail.String(), "abgelehnt") {
				t.Errorf("a finding tells content: %s", f.Detail)
			}
		}
		return out
	}
	if got, want := bad(Inspect(t.Context(), dir, testOptions())), []string{"store_mode=" + AdviceMode}; !slices.Equal(got, want) {
		t.Errorf("inspect: got %q, want %q", got, want)
	}
	if err := os.Chmod(filepath.Join(dir, dbName), 0o600); err != nil {
		t.Fatal(err)
	}
	now := testStart
	opts := fastBackups()
	opts.Now = func() time.Time { return now }
	s := openStore(t, dir, opts)
	if got, want := bad(s.Check(t.Context())), []string{"store_backup=" + AdviceBackup}; !slices.Equal(got, want) {
		t.Errorf("check: got %q, want %q", got, want)
	}
	if got := bad(Inspect(t.Context(), dir, testOptions())); !slices.Equal(got, []string{"store_lock=" + AdviceLocked}) {
		t.Errorf("inspect of an open store: %q", got)
	}
	if _, err := s.BackupFile(t.Context(), filepath.Join(t.TempDir(), "b"), backupPass); err != nil {
		t.Fatal(err)
	}
	if got := bad(s.Check(t.Context())); len(got) != 0 {
		t.Errorf("check after a backup: %q", got)
	}
	now = now.AddDate(0, 0, 5)
	if got := bad(s.Check(t.Context())); len(got) != 1 {
		t.Errorf("check of an old backup: %q", got)
	}
	if got := bad(Inspect(t.Context(), t.TempDir(), testOptions())); !slices.Equal(got, []string{"store_file=" + AdviceInit}) {
		t.Errorf("inspect of nothing: %q", got)
	}
}

func TestFolders(t *testing.T) {
	for dir, want := range map[string]bool{
		"/home/anna/OneDrive/kontor": true, "/home/anna/OneDrive - Firma/kontor": true, "/home/anna/Dropbox": true,
		"/home/anna/Nextcloud/x": true, "/home/anna/kontor": false, "/srv/dropboxes": false,
	} {
		err := checkFolder(dir, Options{})
		if got := errors.As(err, new(*FolderError)); got != want {
			t.Errorf("%s refused: got %v, want %v", dir, got, want)
		}
		if err := checkFolder(dir, Options{AnyFolder: true}); err != nil {
			t.Errorf("%s, any folder: %v", dir, err)
		}
	}
	if _, err := Init(t.Context(), filepath.Join(t.TempDir(), "Dropbox", "k"), pass, testOptions()); !errors.As(err, new(*FolderError)) {
		t.Errorf("init in a synced folder: %v", err)
	}
}

func TestCompact(t *testing.T) {
	dir := filled(t)
	want, err := look(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{copyBackup, copyCheck + partSuffix, copyCompact} {
		if err := os.WriteFile(filepath.Join(dir, dbName+suffix), []byte("cut off"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := openStore(t, dir, testOptions())
	if m, err := filepath.Glob(filepath.Join(dir, dbName+".*")); err != nil || len(m) != 0 {
		t.Errorf("left from before: %v, %v", m, err)
	}
	for range 60 {
		if err := s.SetLocal(t.Context(), cases.LocalWrite{Key: "big", Value: bytes.Repeat([]byte{7}, 900_000)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SetLocal(t.Context(), cases.LocalWrite{Key: "big"}); err != nil {
		t.Fatal(err)
	}
	before, err := s.Usage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	after, err := s.Usage(t.Context())
	if err != nil || after.File >= before.File {
		t.Errorf("compacted from %+v to %+v, %v", before, after, err)
	}
	submit(t, s, note("n", 1, "geht weiter"))
	if _, err := s.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := look(t.Context(), dir)
	if err != nil || !strings.HasPrefix(got, want[:1000]) {
		t.Errorf("compacted store reads differently: %v", err)
	}
}
