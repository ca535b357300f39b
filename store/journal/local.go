package journal

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"kontor/cases"
)

// MaxLocal bounds a value of this device, in bytes.
const MaxLocal = 1 << 20

const maxLocalKey = 512

// Local returns a value of this device, cases.ErrNotFound if there is none.
func (j *Journal) Local(ctx context.Context, key string) ([]byte, error) {
	if err := j.open(); err != nil {
		return nil, err
	}
	var out []byte
	place := j.place(Locals, []byte(key))
	err := j.back.View(ctx, func(tx Tx) error {
		sealed, err := tx.Get(Locals, place[:])
		if err != nil {
			return err
		}
		if sealed == nil {
			return cases.ErrNotFound
		}
		_, out, err = j.openLocal(place[:], sealed)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read local value: %w", err)
	}
	return out, nil
}

// Locals calls fn for every value of this device whose key has the prefix, in
// no order.
func (j *Journal) Locals(ctx context.Context, prefix string, fn func(key string, value []byte) error) error {
	if err := j.open(); err != nil {
		return err
	}
	var all []cases.LocalWrite
	err := j.back.View(ctx, func(tx Tx) error {
		all = nil
		return tx.Scan(Locals, nil, func(k, v []byte) (bool, error) {
			key, value, err := j.openLocal(k, v)
			if err == nil && strings.HasPrefix(key, prefix) {
				all = append(all, cases.LocalWrite{Key: key, Value: value})
			}
			return true, err
		})
	})
	if err != nil {
		return fmt.Errorf("read local values: %w", err)
	}
	for _, l := range all {
		if err := fn(l.Key, l.Value); err != nil {
			return err
		}
	}
	return nil
}

// SetLocal writes values of this device in one transaction; when it returns
// nil they are durable.
func (j *Journal) SetLocal(ctx context.Context, writes ...cases.LocalWrite) error {
	_, err := j.Submit(ctx, cases.Batch{Local: writes})
	return err
}

func (j *Journal) putLocal(tx Tx, l cases.LocalWrite) error {
	if l.Key == "" || len(l.Key) > maxLocalKey || len(l.Value) > MaxLocal {
		return fmt.Errorf("local value: key of %d bytes, value of %d, at most %d and %d", len(l.Key), len(l.Value), maxLocalKey, MaxLocal)
	}
	place := j.place(Locals, []byte(l.Key))
	if l.Value == nil {
		return tx.Delete(Locals, place[:])
	}
	b := append(appendString(nil, l.Key), l.Value...)
	return tx.Put(Locals, place[:], j.data.Seal(nil, string(Locals), place[:], b))
}

func (j *Journal) openLocal(place, sealed []byte) (string, []byte, error) {
	b, err := j.data.Open(nil, string(Locals), place, sealed)
	if err != nil {
		return "", nil, &DamageError{What: fmt.Sprintf("local value %x", place), Err: err}
	}
	d := decoder{b: b}
	key := d.string()
	return key, bytes.Clone(d.b), d.err
}
