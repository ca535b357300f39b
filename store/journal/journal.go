// Package journal is the one algorithm by which facts come to be, whatever
// keeps the bytes: dedupe by command id, load the streams, decide, append with
// gap-free positions in commit order, fold, seal, and put verdict and leaf
// beside the facts, all in one transaction of a small Backend.
//
// What is where, and what it promises:
//
//   - A fact is a sealed header (stream, class, command, salted hash), which
//     outlives its payload, and the payload, sealed under the key of its stream
//     and retention class.
//   - A stream's record holds these keys and the positions of its facts. State
//     is folded from the facts when asked for and kept in memory; it is never
//     on disk, so it cannot disagree with them.
//   - Summaries lie in sealed pages of many; a page is written whole, and pages
//     that are mostly outdated are cleaned a few at a time.
//   - Each fact has a leaf in a Merkle tree (tlog); the head is sealed.
//   - A blob has its own key, wrapped by the key of its stream and class.
package journal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"kontor/cases"
	"kontor/store/internal/seal"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/mod/sumdb/tlog"
)

// Options say what decides and who listens. Decide, Summarise and Env are
// required.
type Options struct {
	Decide    func(cases.Scope, cases.Env, cases.Command) ([]cases.Event, error)
	Summarise func(cases.State) []byte
	// Env gives the world in which a command is decided.
	Env func(cases.CommandID) cases.Env
	// OnCommit is called after each commit, in commit order, by whoever
	// submitted; it must return soon, and neither write nor read summaries.
	OnCommit func([]cases.Change)
	// CacheBytes bounds the states kept in memory, measured by their facts;
	// 0 is 16 MiB.
	CacheBytes int
}

// Journal keeps the facts. It is safe for concurrent use; writers take turns.
type Journal struct {
	back             Backend
	files            Files
	keys             *seal.Keys
	data             *seal.Box
	places, identity *seal.Hasher
	rnd              *seal.Random
	opts             Options
	enc              *zstd.Encoder
	dec              *zstd.Decoder
	cache            *cache
	ids              blobIDs
	packed           sync.Pool // buffers of sealChunk

	mu        sync.Mutex // one writer
	index     *pageIndex // nil until first needed; guarded by mu
	head      atomic.Pointer[Head]
	scattered bool // verdicts may lie where schema 1 put them
	stale     bool // a commit failed: head, index and cache are read anew; guarded by mu
	shut      atomic.Bool
}

// Head is the state of the log: how many facts, and the Merkle root over their
// leaves.
type Head struct {
	Facts uint64
	Root  tlog.Hash
}

// Keys are the opened keys of a store. They print as "redacted".
type Keys = seal.Keys

// Open returns the journal in a backend. It owns the keys from now on: Close
// wipes them.
func Open(ctx context.Context, back Backend, files Files, keys *Keys, opts Options) (*Journal, error) {
	if opts.Decide == nil || opts.Summarise == nil || opts.Env == nil {
		return nil, errors.New("journal: Decide, Summarise and Env are required")
	}
	if opts.CacheBytes == 0 {
		opts.CacheBytes = 16 << 20
	}
	j := &Journal{back: back, files: files, keys: keys, rnd: new(seal.Random), opts: opts, cache: newCache(opts.CacheBytes)}
	j.places, j.identity = seal.NewHasher(keys.Index), seal.NewHasher(keys.Identity)
	var err error
	if j.data, err = seal.NewBox(keys.Data, keys.Store, j.rnd); err != nil {
		return nil, err
	}
	// One block each: blobs are compressed whole, by as many as there are cores.
	if j.enc, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(chunkSize), zstd.WithZeroFrames(true)); err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	if j.dec, err = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(4*chunkSize), zstd.WithDecoderMaxWindow(4*chunkSize)); err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	if err := j.readHead(ctx); err != nil {
		return nil, err
	}
	err = back.View(ctx, func(tx Tx) error {
		mark, err := tx.Get(Meta, scatteredKey)
		j.scattered = mark != nil
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	return j, j.dropOrphans(ctx)
}

// Close wipes the keys. The backend is closed by who opened it.
func (j *Journal) Close() error {
	if j.shut.Swap(true) {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.keys.Wipe()
	j.places.Wipe()
	j.identity.Wipe()
	j.cache.clear()
	j.index = nil
	j.dec.Close()
	return j.enc.Close()
}

func (j *Journal) open() error {
	if j.shut.Load() {
		return ErrClosed
	}
	return nil
}

// Head returns the head of the log.
func (j *Journal) Head() Head { return *j.head.Load() }

// Hash returns a keyed hash over the parts, 16 bytes in hexadecimal, under the
// identity key: the same on every device of a team. Kind separates uses.
func (j *Journal) Hash(kind string, parts ...[]byte) string {
	h := j.identity.Hash(append([][]byte{[]byte(kind)}, parts...)...)
	return hex.EncodeToString(h[:16])
}

// place is the bucket key of something named: a keyed hash.
func (j *Journal) place(b Bucket, parts ...[]byte) handle {
	h := j.places.Hash(append([][]byte{[]byte(b)}, parts...)...)
	return handle(h[:16])
}

func (j *Journal) handleOf(s cases.Stream) handle {
	return j.place(Streams, []byte{byte(s.Kind)}, []byte(s.ID))
}

func (j *Journal) readHead(ctx context.Context) error {
	var h Head
	err := j.back.View(ctx, func(tx Tx) (err error) {
		h, err = j.HeadIn(tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("read head of the log: %w", err)
	}
	j.head.Store(&h)
	return nil
}

// HeadIn returns the head of the log that a transaction sees.
func (j *Journal) HeadIn(tx Tx) (Head, error) {
	sealed, err := tx.Get(Meta, headKey)
	if err != nil {
		return Head{}, err
	}
	if sealed == nil {
		// No head is right only where there is no fact either.
		return Head{Root: emptyRoot()}, tx.Scan(Facts, nil, func(_, _ []byte) (bool, error) {
			return false, &DamageError{What: "head of the log", Err: errors.New("missing")}
		})
	}
	b, err := j.data.Open(nil, string(Meta), headKey, sealed)
	if err != nil {
		return Head{}, &DamageError{What: "head of the log", Err: err}
	}
	return decodeHead(b)
}

var headKey = []byte("head")

func (h Head) encode() []byte { return append(posKey(h.Facts), h.Root[:]...) }

func decodeHead(b []byte) (Head, error) {
	if len(b) != 8+tlog.HashSize {
		return Head{}, &DamageError{What: "head of the log", Err: errEncoding}
	}
	d := decoder{b: b}
	h := Head{}
	for _, c := range d.bytes(8) {
		h.Facts = h.Facts<<8 | uint64(c)
	}
	copy(h.Root[:], d.b)
	return h, nil
}

// emptyRoot is the root of a tree without leaves.
func emptyRoot() tlog.Hash { return sha256.Sum256(nil) }
