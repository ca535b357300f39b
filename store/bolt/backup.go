package bolt

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kontor/cases"
	"kontor/store/journal"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
	bbolt "go.etcd.io/bbolt"
)

// A backup is a tar file, compressed with zstd and encrypted with age under a
// passphrase, so that age and tar can open it without this program: the
// database, the blob files, and last a manifest with a checksum of each. What
// is in it is sealed once more, by the store's own keys.
const (
	manifestName   = "manifest.json"
	backupFormat   = 1
	maxManifest    = 64 << 20
	backupWork     = 16 // scrypt, 2^16: 64 MiB
	maxBackupWork  = 20
	backupLocalKey = "store/backup"
)

// ErrBackup says that a backup is damaged or not one of this program.
var ErrBackup = errors.New("backup is damaged")

// BackupReport says what a backup holds.
type BackupReport struct {
	Format int               `json:"format"`
	At     time.Time         `json:"at"`
	Facts  uint64            `json:"facts"`
	Root   string            `json:"root"` // of the leaves, in base64
	Sums   map[string]string `json:"sums"` // SHA-256 of each entry
}

// Backup writes a consistent backup while work goes on. See BackupFile for one
// that is read back.
func (s *Store) Backup(ctx context.Context, w io.Writer, passphrase []byte) (BackupReport, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.backup(ctx, w, passphrase)
	if err != nil {
		return BackupReport{}, fmt.Errorf("backup: %w", err)
	}
	return r, nil
}

func (s *Store) backup(ctx context.Context, w io.Writer, passphrase []byte) (_ BackupReport, err error) {
	// A copy first: streaming out of a transaction would hold writers up for
	// as long as the receiver takes.
	copyTo := filepath.Join(s.dir, dbName+copyBackup)
	defer func() { err = errors.Join(err, remove(copyTo)) }()
	report := BackupReport{Format: backupFormat, At: s.opts.Now().UTC().Truncate(time.Second), Sums: map[string]string{}}
	var large []string
	var head journal.Head
	err = s.back.read(func(t *bbolt.Tx) error {
		if err := t.Bucket([]byte(journal.Large)).ForEach(func(k, _ []byte) error {
			large = append(large, string(k))
			return nil
		}); err != nil {
			return err
		}
		var err error
		if head, err = s.HeadIn(newTx(t)); err != nil {
			return err
		}
		return writeFile(copyTo, func(w io.Writer) error {
			_, err := t.WriteTo(w)
			return err
		})
	})
	if err != nil {
		return report, err
	}
	report.Facts, report.Root = head.Facts, head.Root.String()

	recipient, err := age.NewScryptRecipient(string(passphrase))
	if err != nil {
		return report, err
	}
	recipient.SetWorkFactor(s.opts.backupWork())
	sealed, err := age.Encrypt(w, recipient)
	if err != nil {
		return report, err
	}
	packed, err := zstd.NewWriter(sealed, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return report, err
	}
	out := tar.NewWriter(packed)
	add := func(name, path string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		sum, err := addFile(out, name, path, report.At)
		report.Sums[name] = sum
		return err
	}
	if err = add(dbName, copyTo); err != nil {
		return report, err
	}
	for _, name := range large {
		if err = add(blobsName+"/"+name, filepath.Join(s.dir, blobsName, name)); err != nil {
			return report, err
		}
	}
	b, err := json.Marshal(report)
	if err != nil {
		return report, err
	}
	if err = out.WriteHeader(&tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(b)), ModTime: report.At}); err != nil {
		return report, err
	}
	if _, err = out.Write(b); err != nil {
		return report, err
	}
	return report, errors.Join(out.Close(), packed.Close(), sealed.Close())
}

func addFile(out *tar.Writer, name, path string, at time.Time) (sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // only read
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if err := out.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: at}); err != nil {
		return "", err
	}
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(out, h), f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// BackupFile writes a backup to a file that must not exist, syncs it, reads it
// back whole, and remembers that there is one. A file that does not read back
// is removed.
func (s *Store) BackupFile(ctx context.Context, path string, passphrase []byte) (BackupReport, error) {
	if _, err := os.Lstat(path); err == nil {
		return BackupReport{}, fmt.Errorf("backup to %s: %w", path, fs.ErrExist)
	}
	part := path + ".unverified"
	var report BackupReport
	err := writeFile(part, func(w io.Writer) (err error) {
		report, err = s.Backup(ctx, w, passphrase)
		return err
	})
	if err == nil {
		err = s.readBack(ctx, part, passphrase, report)
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return BackupReport{}, fmt.Errorf("backup to %s: %w", path, errors.Join(err, remove(part)))
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return report, fmt.Errorf("backup to %s: %w", path, err)
	}
	note, err := json.Marshal(BackupReport{Format: report.Format, At: report.At, Facts: report.Facts, Root: report.Root})
	if err != nil {
		return report, err
	}
	if err := s.SetLocal(ctx, cases.LocalWrite{Key: backupLocalKey, Value: note}); err != nil {
		return report, fmt.Errorf("note the backup: %w", err)
	}
	return report, nil
}

func (s *Store) readBack(ctx context.Context, path string, passphrase []byte, want BackupReport) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	got, err := readBackup(ctx, f, passphrase, func(string, io.Reader) error { return nil })
	if err == nil && (got.Root != want.Root || len(got.Sums) != len(want.Sums)) {
		err = ErrBackup
	}
	return err
}

// VerifyBackup reads a backup to its end and compares all checksums.
func VerifyBackup(ctx context.Context, r io.Reader, passphrase []byte) (BackupReport, error) {
	return readBackup(ctx, r, passphrase, func(string, io.Reader) error { return nil })
}

// readBackup gives each entry to take, and checks all against the manifest.
// It returns ErrPassphrase for a passphrase that does not open it.
func readBackup(ctx context.Context, r io.Reader, passphrase []byte, take func(name string, r io.Reader) error) (BackupReport, error) {
	identity, err := age.NewScryptIdentity(string(passphrase))
	if err != nil {
		return BackupReport{}, err
	}
	identity.SetMaxWorkFactor(maxBackupWork)
	opened, err := age.Decrypt(r, identity)
	if noMatch := new(age.NoIdentityMatchError); errors.As(err, &noMatch) {
		return BackupReport{}, fmt.Errorf("read backup: %w", ErrPassphrase)
	}
	if err != nil {
		return BackupReport{}, fmt.Errorf("read backup: %w: %w", ErrBackup, err)
	}
	unpacked, err := zstd.NewReader(opened, zstd.WithDecoderMaxMemory(256<<20))
	if err != nil {
		return BackupReport{}, fmt.Errorf("read backup: %w", err)
	}
	defer unpacked.Close()
	in := tar.NewReader(unpacked)
	sums := map[string]string{}
	for {
		if err := ctx.Err(); err != nil {
			return BackupReport{}, err
		}
		h, err := in.Next()
		if err != nil {
			return BackupReport{}, fmt.Errorf("read backup: %w: %w", ErrBackup, noEOF(err))
		}
		if h.Name == manifestName {
			return checkManifest(in, unpacked, sums)
		}
		if _, twice := sums[h.Name]; twice || h.Typeflag != tar.TypeReg || !backupEntry(h.Name) {
			return BackupReport{}, fmt.Errorf("read backup: %w: unexpected entry", ErrBackup)
		}
		sum := sha256.New()
		body := io.TeeReader(in, sum)
		if err := take(h.Name, body); err != nil {
			return BackupReport{}, fmt.Errorf("read backup: %w", err)
		}
		if _, err := io.Copy(io.Discard, body); err != nil {
			return BackupReport{}, fmt.Errorf("read backup: %w: %w", ErrBackup, err)
		}
		sums[h.Name] = hex.EncodeToString(sum.Sum(nil))
	}
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func backupEntry(name string) bool {
	blob, ok := strings.CutPrefix(name, blobsName+"/")
	return name == dbName || (ok && len(blob) == 32 && strings.Trim(blob, "0123456789abcdef") == "")
}

// checkManifest compares the entries read with the manifest, and that nothing
// follows: age authenticates up to its end.
func checkManifest(in io.Reader, rest io.Reader, sums map[string]string) (BackupReport, error) {
	var m BackupReport
	b, err := io.ReadAll(io.LimitReader(in, maxManifest))
	if err == nil {
		err = json.Unmarshal(b, &m)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, rest)
	}
	if err != nil {
		return BackupReport{}, fmt.Errorf("read backup: %w: %w", ErrBackup, err)
	}
	if m.Format != backupFormat {
		return BackupReport{}, fmt.Errorf("read backup: format %d is not known here", m.Format)
	}
	for name, sum := range m.Sums {
		if sums[name] != sum {
			return BackupReport{}, fmt.Errorf("read backup: %w: %s", ErrBackup, name)
		}
	}
	if len(sums) != len(m.Sums) || sums[dbName] == "" {
		return BackupReport{}, fmt.Errorf("read backup: %w: entries missing", ErrBackup)
	}
	return m, nil
}

// remove is os.Remove for what may be gone already.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// lastBackup returns the note of the last verified backup; false if none.
func (s *Store) lastBackup(ctx context.Context) (BackupReport, bool) {
	var r BackupReport
	b, err := s.Local(ctx, backupLocalKey)
	if err != nil || json.NewDecoder(bytes.NewReader(b)).Decode(&r) != nil {
		return r, false
	}
	return r, true
}
