package bolt

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"

	"kontor/store/journal"

	bbolt "go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// backend is journal.Backend over one bbolt file.
type backend struct {
	mu      sync.RWMutex // held for writing only while another file is put in place
	db      *bbolt.DB
	stopped atomic.Bool // a commit failed and only opening again tells what is on disk
}

// guard turns what bbolt does on a bad file (panics, and faults where the
// mapped file was cut off) into an error.
func guard(fn func() error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		if r := recover(); r != nil {
			debug.PrintStack()
			err = &journal.DamageError{What: "database file", Err: fmt.Errorf("page structure: %v", r)}
		}
	}()
	return fn()
}

func (b *backend) View(ctx context.Context, fn func(journal.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return b.read(func(t *bbolt.Tx) error { return fn(newTx(t)) })
}

func (b *backend) Update(ctx context.Context, fn func(journal.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var inner error
	done := false
	err := b.write(func(t *bbolt.Tx) error {
		inner = fn(newTx(t))
		done = inner == nil
		return inner
	})
	switch {
	case err == nil || errors.Is(err, journal.ErrStopped) || (inner != nil && errors.Is(err, inner)):
		return err
	case noSpace(err):
		return fmt.Errorf("%w: %w", journal.ErrSpace, err)
	case done || errors.Is(err, journal.ErrDamaged):
		// A failed sync may have dropped pages that the kernel calls clean; a
		// second one would lie. So no more writes on this handle.
		b.stopped.Store(true)
		return fmt.Errorf("commit: %w", err)
	}
	return err
}

func closed(err error) error {
	if errors.Is(err, bbolterrors.ErrDatabaseNotOpen) {
		return journal.ErrClosed
	}
	return err
}

func noSpace(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EFBIG) || isQuota(err)
}

// tx is journal.Tx over a bbolt transaction.
type tx struct {
	t       *bbolt.Tx
	buckets map[journal.Bucket]*bbolt.Bucket
}

func newTx(t *bbolt.Tx) *tx {
	return &tx{t: t, buckets: make(map[journal.Bucket]*bbolt.Bucket, 8)}
}

func (x *tx) bucket(name journal.Bucket) (*bbolt.Bucket, error) {
	if b := x.buckets[name]; b != nil {
		return b, nil
	}
	b := x.t.Bucket([]byte(name))
	if b == nil {
		return nil, &journal.DamageError{What: "database file", Err: fmt.Errorf("bucket %s missing", name)}
	}
	for _, a := range journal.Appended() {
		if a == name {
			b.FillPercent = 0.95
		}
	}
	x.buckets[name] = b
	return b, nil
}

func (x *tx) Get(name journal.Bucket, key []byte) ([]byte, error) {
	b, err := x.bucket(name)
	if err != nil {
		return nil, err
	}
	return b.Get(key), nil
}

func (x *tx) Put(name journal.Bucket, key, value []byte) error {
	b, err := x.bucket(name)
	if err != nil {
		return err
	}
	return b.Put(key, value)
}

func (x *tx) Delete(name journal.Bucket, key []byte) error {
	b, err := x.bucket(name)
	if err != nil {
		return err
	}
	return b.Delete(key)
}

func (x *tx) Scan(name journal.Bucket, from []byte, fn func(k, v []byte) (bool, error)) error {
	b, err := x.bucket(name)
	if err != nil {
		return err
	}
	c := b.Cursor()
	for k, v := c.Seek(from); k != nil; k, v = c.Next() {
		more, err := fn(k, v)
		if err != nil || !more {
			return err
		}
	}
	return nil
}
