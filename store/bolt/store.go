// Package bolt keeps a journal on this machine: one bbolt file, kontor.db, and
// a folder, blobs, for what is longer than 1 MiB. Everything in both is sealed;
// in clear stand only the wrapped keys, counts and sizes.
//
// One process has a store open; the second is told who. A file that is not
// what the program wrote is reported as damaged, never repaired in place, never
// deleted, never taken for an empty store.
package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"kontor/store/internal/seal"
	"kontor/store/journal"

	bbolt "go.etcd.io/bbolt"
)

// Errors of this package.
var (
	// ErrNoStore says that the folder holds no store; Init makes one.
	ErrNoStore = errors.New("no store here")
	// ErrStoreExists says that Init or Restore found a store.
	ErrStoreExists = errors.New("there is a store already")
	// ErrPassphrase says that the passphrase or recovery key is not this store's.
	ErrPassphrase = seal.ErrPassphrase
	// ErrRecoveryKey says that the recovery key was mistyped.
	ErrRecoveryKey = seal.ErrRecoveryKey
)

// The names in a store's folder.
const (
	dbName    = "kontor.db"
	blobsName = "blobs"
)

// Working copies of the database beside it.
const (
	copyBackup  = ".backup"
	copyCheck   = ".check"
	copyCompact = ".compact"
)

// growStep is by how much the file grows at a time, in bytes: each step costs a
// sync, and what is not used yet is empty.
const growStep = 4 << 20

// KDF are the costs of argon2id for a new passphrase; the zero value is 64 MiB
// and three passes. Less is for tests only.
type KDF struct {
	Time, MemoryKiB uint32
	Threads         uint8
}

func (k KDF) params() seal.Params {
	if k == (KDF{}) {
		return seal.DefaultParams()
	}
	return seal.Params{Time: k.Time, Memory: k.MemoryKiB, Threads: k.Threads}
}

// Options of a store.
type Options struct {
	Journal journal.Options
	KDF     KDF
	// Now is the clock for lock and backup notes; required.
	Now func() time.Time
	// MaxSize bounds the database file in bytes; 0 is no bound.
	MaxSize int
	// AnyFolder opens a store although its folder seems to be synced or on a
	// network drive, where it will sooner or later be damaged.
	AnyFolder bool
	// AcceptOlder opens a file one of whose two heads is damaged, with the
	// other: what the last commit wrote may be missing then.
	AcceptOlder bool
	// Unlocked is called when the keys are derived, before anything is read
	// with them; nil: nobody waits for it.
	Unlocked func()

	// For tests; zero is what this program does.
	migrations []migration
	work       int // scrypt's, for backups
}

// Store is an open store. It is safe for concurrent use.
type Store struct {
	*journal.Journal
	dir   string
	opts  Options
	back  *backend
	lock  *os.File
	keys  *seal.Keys
	mu    sync.Mutex // guards vault, and keeps backup and compaction apart
	vault *seal.Vault
}

// Init makes a new store in dir, which is created if need be, and returns the
// recovery key to show once. It returns ErrStoreExists where there is one.
func Init(_ context.Context, dir string, passphrase []byte, opts Options) (recovery string, err error) {
	if err := checkFolder(dir, opts); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Join(dir, blobsName), 0o700); err != nil {
		return "", fmt.Errorf("init store: %w", err)
	}
	held, err := lock(dir, opts.Now())
	if err != nil {
		return "", fmt.Errorf("init store: %w", err)
	}
	defer func() { err = errors.Join(err, held.Close()) }()
	path := filepath.Join(dir, dbName)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("init %s: %w", path, errors.Join(ErrStoreExists, err))
	}
	vault, keys, recovery, err := seal.New(passphrase, opts.KDF.params())
	if err != nil {
		return "", fmt.Errorf("init store: %w", err)
	}
	defer keys.Wipe()
	// Made under another name first, so that there is never half a store.
	part := path + partSuffix
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("init store: %w", err)
	}
	db, err := openDB(part, opts)
	if err != nil {
		return "", fmt.Errorf("init store: %w", err)
	}
	err = db.Update(func(t *bbolt.Tx) error {
		for _, b := range append(journal.Buckets(), spareBucket) {
			if _, err := t.CreateBucket([]byte(b)); err != nil {
				return err
			}
		}
		if err := putSchema(t, schemaVersion); err != nil {
			return err
		}
		return putVault(t, vault)
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return "", fmt.Errorf("init store: %w", errors.Join(err, os.Remove(part)))
	}
	if err := os.Rename(part, path); err != nil {
		return "", fmt.Errorf("init store: %w", err)
	}
	return recovery, syncDir(dir)
}

// Open unlocks the store in dir with its passphrase. Errors: ErrNoStore,
// ErrPassphrase, *LockedError, *SchemaError, and journal.ErrDamaged.
func Open(ctx context.Context, dir string, passphrase []byte, opts Options) (*Store, error) {
	return open(ctx, dir, opts, func(v *seal.Vault) (*seal.Keys, bool, error) {
		k, weak, err := v.Open(passphrase, opts.KDF.params())
		if err == nil && weak {
			err = v.SetPassphrase(k, passphrase, opts.KDF.params())
		}
		return k, weak, err
	})
}

// OpenWithRecovery unlocks the store with its recovery key. The caller should
// then let a new passphrase be chosen.
func OpenWithRecovery(ctx context.Context, dir, recovery string, opts Options) (*Store, error) {
	return open(ctx, dir, opts, func(v *seal.Vault) (*seal.Keys, bool, error) {
		k, err := v.OpenRecovery(recovery)
		return k, false, err
	})
}

// unlock returns the keys, and whether it changed the vault.
type unlock func(*seal.Vault) (*seal.Keys, bool, error)

func open(ctx context.Context, dir string, opts Options, unlock unlock) (_ *Store, err error) {
	if opts.Now == nil {
		return nil, errors.New("open store: no clock")
	}
	path := filepath.Join(dir, dbName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open %s: %w", dir, ErrNoStore)
	} else if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := checkFolder(dir, opts); err != nil {
		return nil, err
	}
	s := &Store{dir: dir, opts: opts}
	if s.lock, err = lock(dir, opts.Now()); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.release())
		}
	}()
	if err := removeCopies(path); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := s.openFile(path); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	var changed bool
	if s.keys, changed, err = unlock(s.vault); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if opts.Unlocked != nil {
		opts.Unlocked()
	}
	if changed {
		if err := s.saveVault(s.vault); err != nil {
			return nil, fmt.Errorf("raise the passphrase's costs: %w", err)
		}
	}
	if err := s.migrate(ctx); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(dir, blobsName), 0o700); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	s.Journal, err = journal.Open(ctx, s.back, files{filepath.Join(dir, blobsName)}, s.keys, opts.Journal)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

// removeCopies removes the working copies that a backup, check or compaction
// left when it was cut off. The store itself is never among them.
func removeCopies(path string) error {
	for _, suffix := range []string{copyBackup, copyCheck, copyCompact} {
		if err := errors.Join(remove(path+suffix), remove(path+suffix+partSuffix)); err != nil {
			return err
		}
	}
	return nil
}

// openFile scans the file, opens it and reads schema and vault.
func (s *Store) openFile(path string) error {
	if err := checkPages(path, s.opts.AcceptOlder); err != nil {
		return err
	}
	db, err := openDB(path, s.opts)
	if err != nil {
		return err
	}
	s.back = &backend{db: db}
	return s.back.read(func(t *bbolt.Tx) error {
		if err := s.opts.checkSchema(t); err != nil {
			return err
		}
		var err error
		s.vault, err = getVault(t)
		return err
	})
}

func openDB(path string, opts Options) (db *bbolt.DB, err error) {
	err = guard(func() error {
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout: time.Second, NoFreelistSync: true, FreelistType: bbolt.FreelistMapType,
			MaxSize: opts.MaxSize,
		})
		if err == nil {
			db.AllocSize = growStep
		}
		return err
	})
	return db, err
}

// Close ends all use of the store, wipes its keys and frees it for others.
func (s *Store) Close() error {
	return errors.Join(s.Journal.Close(), s.release())
}

func (s *Store) release() error {
	if s.keys != nil {
		s.keys.Wipe()
	}
	var err error
	if s.back != nil {
		s.back.mu.Lock()
		defer s.back.mu.Unlock()
		err = guard(s.back.db.Close)
	}
	// The file goes on to exist, without the name of who had the store.
	return errors.Join(err, s.lock.Truncate(0), s.lock.Close())
}

// Flush returns when everything submitted is durable: at once, for each
// submission is when it returns.
func (s *Store) Flush(ctx context.Context) error { return ctx.Err() }

// ChangePassphrase wraps the data key under another passphrase. It returns
// ErrPassphrase if old is not the present one.
func (s *Store) ChangePassphrase(_ context.Context, old, passphrase []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, _, err := s.vault.Open(old, s.opts.KDF.params())
	if err != nil {
		return fmt.Errorf("change passphrase: %w", err)
	}
	k.Wipe()
	return s.setPassphrase(passphrase)
}

// SetPassphrase sets a passphrase without asking for the old one: for who
// opened the store with the recovery key.
func (s *Store) SetPassphrase(_ context.Context, passphrase []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setPassphrase(passphrase)
}

func (s *Store) setPassphrase(passphrase []byte) error {
	v := *s.vault
	if err := v.SetPassphrase(s.keys, passphrase, s.opts.KDF.params()); err != nil {
		return fmt.Errorf("change passphrase: %w", err)
	}
	if err := s.saveVault(&v); err != nil {
		return fmt.Errorf("change passphrase: %w", err)
	}
	return nil
}

// NewRecoveryKey replaces the recovery key and returns it, to show once.
func (s *Store) NewRecoveryKey(context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := *s.vault
	recovery, err := v.SetRecovery(s.keys)
	if err == nil {
		err = s.saveVault(&v)
	}
	if err != nil {
		return "", fmt.Errorf("new recovery key: %w", err)
	}
	return recovery, nil
}

func (s *Store) saveVault(v *seal.Vault) error {
	if err := s.back.write(func(t *bbolt.Tx) error { return putVault(t, v) }); err != nil {
		return err
	}
	s.vault = v
	return nil
}
