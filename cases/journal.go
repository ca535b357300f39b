package cases

import "errors"

// What travels between the desk and a journal. The journal's algorithm lives
// in store; these are only its words.

// Errors that every journal returns with these meanings.
var (
	// ErrNotFound says that the stream, blob or local value does not exist.
	ErrNotFound = errors.New("not found")
	// ErrReadOnlyStream says that the stream holds a fact newer than this program.
	ErrReadOnlyStream = errors.New("stream was written by a newer program and is read-only here")
)

// LocalWrite is a value of this device (a cursor, a draft being typed) that is
// written in the same transaction as the facts. A nil Value deletes.
type LocalWrite struct {
	Key   string
	Value []byte
}

// NewBlob is a blob that becomes durable with or before the facts of its batch.
type NewBlob struct {
	ID        BlobID
	Stream    Stream
	Retention Retention
	Data      []byte
}

// Batch is one transaction: all of it or nothing. Each envelope is decided in
// turn and sees the ones before it; a refused one does not spoil the others.
type Batch struct {
	Envelopes []Envelope
	Blobs     []NewBlob
	Local     []LocalWrite
	// Once says that nobody will ask for these streams again soon: what is not in
	// memory before stays out of it.
	Once bool
}

// Verdict is the authority's word on one command; the same command always gets
// the same verdict.
type Verdict struct {
	Command CommandID
	Refusal *Refusal // nil: accepted
	Facts   []Fact   // none: a no-op
	Repeat  bool     // the verdict had been given before; Facts may be empty then
}

// Change says that a stream has moved on.
type Change struct {
	Stream  Stream
	Version uint64
	Summary []byte // nil where the stream has none
}
