package journal

import (
	"context"
	"errors"
	"io"
)

// Bucket names a set of keys. The names are neutral: they stand in clear on
// disk.
type Bucket string

// The buckets. Keys are positions, random ids or keyed hashes.
const (
	Meta     Bucket = "m" // schema, head of the log
	Streams  Bucket = "s" // keyed hash of a stream -> its keys and positions
	Facts    Bucket = "f" // position -> leaf hashes, sealed header, sealed payload
	Commands Bucket = "c" // keyed hash of a command id -> verdict
	Pages    Bucket = "v" // number -> sealed page of summaries
	Blobs    Bucket = "b" // blob id -> sealed header and first chunk; id and number -> further chunks
	Pending  Bucket = "p" // blob id, until a fact names the blob
	Large    Bucket = "g" // name of a blob's file -> blob id
	Locals   Bucket = "l" // keyed hash of a name -> value of this device
)

// Buckets lists all buckets, for backends that make them ahead.
func Buckets() []Bucket {
	return []Bucket{Meta, Streams, Facts, Commands, Pages, Blobs, Pending, Large, Locals}
}

// Appended lists the buckets whose keys mostly grow, so that a backend can fill
// their pages.
func Appended() []Bucket { return []Bucket{Facts, Pages, Blobs} }

// Backend keeps bytes under keys, in transactions. One writer at a time.
type Backend interface {
	// View runs fn on a consistent state. The transaction ends with fn.
	View(ctx context.Context, fn func(Tx) error) error
	// Update runs fn and commits what it wrote; when Update returns nil, that is
	// durable. If fn or the commit fails nothing was written. A full disk is
	// ErrSpace; after any other failed commit the backend refuses further
	// updates until it is opened again.
	Update(ctx context.Context, fn func(Tx) error) error
}

// Tx is one transaction. Slices that it hands out die with it and must not be
// changed; slices that it is given must not be changed before it ends.
type Tx interface {
	// Get returns nil for a key that does not exist.
	Get(b Bucket, key []byte) ([]byte, error)
	Put(b Bucket, key, value []byte) error
	Delete(b Bucket, key []byte) error
	// Scan calls fn for each key from "from" on, in order, until fn returns
	// false or an error.
	Scan(b Bucket, from []byte, fn func(key, value []byte) (bool, error)) error
}

// Files keeps the sealed chunks of large blobs. Names are hexadecimal.
type Files interface {
	// Write makes a file durable, content and name; it replaces nothing.
	Write(name string, fill func(io.Writer) error) error
	// Open returns cases.ErrNotFound where there is no such file.
	Open(name string) (io.ReadCloser, error)
	Remove(name string) error
	List() ([]string, error)
}

// Errors of this package.
var (
	// ErrSpace says that the disk is full. Nothing was lost; reading goes on.
	ErrSpace = errors.New("no space left on the disk")
	// ErrStopped says that an earlier write failed in a way that leaves the
	// disk's state unknown; the store must be opened again.
	ErrStopped = errors.New("store stopped after a failed write, open it again")
	// ErrDamaged is what every DamageError is.
	ErrDamaged = errors.New("damaged store")
	// ErrClosed says that the journal was closed.
	ErrClosed = errors.New("store closed")
)

// DamageError names a record that is not what the program wrote.
type DamageError struct {
	What string // fact 17, page 3, blob 0a1b…, head
	Err  error
}

func (e *DamageError) Error() string {
	return "damaged store: " + e.What + ": " + e.Err.Error()
}

// Is reports true for ErrDamaged.
func (e *DamageError) Is(target error) bool { return target == ErrDamaged }

// Unwrap returns the cause.
func (e *DamageError) Unwrap() error { return e.Err }
