package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"kontor/store/journal"

	bbolt "go.etcd.io/bbolt"
)

// compactTx bounds what compaction writes in one transaction, in bytes.
const compactTx = 16 << 20

// Usage is the size of the database file and how much of it is in use, in bytes.
type Usage struct{ File, Used int64 }

// Usage reads the present sizes.
func (s *Store) Usage(context.Context) (Usage, error) {
	var u Usage
	err := s.back.read(func(t *bbolt.Tx) error {
		u.File = t.Size()
		free := int64(t.DB().Stats().FreePageN) * int64(t.DB().Info().PageSize)
		u.Used = u.File - free
		return nil
	})
	if err != nil {
		return u, fmt.Errorf("read sizes: %w", err)
	}
	return u, nil
}

// Compact copies what is in use into a new file, syncs it and moves it in
// place of the old. Other calls wait; call it when nobody works. If it fails
// before the move the store is as it was.
func (s *Store) Compact(_ context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.back.exchange(func(old *bbolt.DB) (*bbolt.DB, error) { return s.compact(old) }); err != nil {
		return fmt.Errorf("compact: %w", err)
	}
	return nil
}

func (s *Store) compact(old *bbolt.DB) (*bbolt.DB, error) {
	path := filepath.Join(s.dir, dbName)
	part := path + copyCompact
	if err := remove(part); err != nil {
		return old, err
	}
	fresh, err := openDB(part, s.opts)
	if err != nil {
		return old, err
	}
	err = guard(func() error { return bbolt.Compact(fresh, old, compactTx) })
	if err == nil {
		err = fresh.Sync()
	}
	if err = errors.Join(err, fresh.Close()); err == nil {
		err = checkPages(part, false)
	}
	if err != nil {
		return old, errors.Join(err, remove(part))
	}
	if err := old.Close(); err != nil {
		return old, err
	}
	err = os.Rename(part, path)
	if err == nil {
		err = syncDir(s.dir)
	}
	db, openErr := openDB(path, s.opts) // the new file, or the old one if the move failed
	if openErr != nil {
		return nil, errors.Join(err, openErr)
	}
	return db, err
}

// exchange lets fn put another database in place while nobody reads or writes.
func (b *backend) exchange(fn func(*bbolt.DB) (*bbolt.DB, error)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopped.Load() {
		return journal.ErrStopped
	}
	db, err := fn(b.db)
	if db == nil {
		b.stopped.Store(true)
		return err
	}
	b.db = db
	return err
}

// read runs fn in a reading transaction.
func (b *backend) read(fn func(*bbolt.Tx) error) error {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return guard(func() error { return closed(b.db.View(fn)) })
}

// write runs fn in a writing transaction, for the store's own records.
func (b *backend) write(fn func(*bbolt.Tx) error) error {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.stopped.Load() {
		return journal.ErrStopped
	}
	return guard(func() error { return closed(b.db.Update(fn)) })
}
