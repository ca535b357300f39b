// Package seal is the store's cryptography: values sealed with
// XChaCha20-Poly1305 so that none can be read, changed or moved; a random data
// key wrapped by a passphrase (argon2id) and by a recovery key; keyed hashes.
//
// A sealed value is: format byte, 24 bytes of random nonce, ciphertext with
// tag. The associated data are store id, bucket, key and format byte, so a
// value taken from another place does not open.
package seal

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"slices"
	"sync"

	"golang.org/x/crypto/chacha20poly1305"
)

// Format is the format byte of the seal written by this program.
const Format = 1

// Overhead is how many bytes a sealed value is longer than its content.
const Overhead = 1 + chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead

// ErrDamaged says that a value is not what was sealed at its place: changed,
// swapped, cut off, or sealed under another key.
var ErrDamaged = errors.New("damaged or swapped record")

// StoreID names one store; it is random.
type StoreID [16]byte

// NewStoreID draws an id.
func NewStoreID() StoreID {
	var id StoreID
	fill(id[:])
	return id
}

// Box seals values under one key. It is safe for concurrent use.
type Box struct {
	aead  cipher.AEAD
	store StoreID
	rnd   *Random
}

// NewBox returns a box for a key in a store. rnd gives the nonces.
func NewBox(k Key, store StoreID, rnd *Random) (*Box, error) {
	if k.IsZero() {
		return nil, errors.New("seal: no key")
	}
	a, err := chacha20poly1305.NewX(k.Bytes())
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return &Box{aead: a, store: store, rnd: rnd}, nil
}

// Seal appends the sealed value to dst.
func (b *Box) Seal(dst []byte, bucket string, key, value []byte) []byte {
	n := len(dst)
	dst = slices.Grow(dst, Overhead+len(value))
	dst = append(dst, Format)
	dst = dst[:n+1+chacha20poly1305.NonceSizeX] // filled next
	nonce := dst[n+1:]
	b.rnd.Read(nonce)
	var ad [96]byte
	return b.aead.Seal(dst, nonce, value, b.data(ad[:0], bucket, key, Format))
}

// Open appends the content of a sealed value to dst. It returns ErrDamaged for
// anything but a value sealed by this key for this place.
func (b *Box) Open(dst []byte, bucket string, key, sealed []byte) ([]byte, error) {
	if len(sealed) < Overhead || sealed[0] != Format {
		return nil, ErrDamaged
	}
	var ad [96]byte
	nonce, text := sealed[1:1+chacha20poly1305.NonceSizeX], sealed[1+chacha20poly1305.NonceSizeX:]
	out, err := b.aead.Open(dst, nonce, text, b.data(ad[:0], bucket, key, Format))
	if err != nil {
		return nil, ErrDamaged
	}
	return out, nil
}

func (b *Box) data(dst []byte, bucket string, key []byte, format byte) []byte {
	dst = append(dst, b.store[:]...)
	dst = append(dst, byte(len(bucket)))
	dst = append(dst, bucket...)
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(key)))
	dst = append(dst, key...)
	return append(dst, format)
}

// Hasher makes keyed hashes under one key. It is safe for concurrent use. What
// it derives from the key it keeps, for a pull asks thousands of times, until
// Wipe.
type Hasher struct {
	key  Key
	mu   sync.Mutex
	idle []*keyed
}

// keyed is a hash at its start, with room for what is written and read through
// an interface, which would be allocated anew for each hash.
type keyed struct {
	h   hash.Hash
	len [8]byte
	sum [32]byte
}

// NewHasher returns a hasher for a key.
func NewHasher(k Key) *Hasher { return &Hasher{key: k} }

// Hash returns a keyed hash over the parts, each prefixed by its length, so
// that no two lists of parts give the same input.
func (s *Hasher) Hash(parts ...[]byte) [32]byte {
	k := s.take()
	for _, p := range parts {
		binary.BigEndian.PutUint64(k.len[:], uint64(len(p)))
		_, _ = k.h.Write(k.len[:]) // a hash never fails to write
		_, _ = k.h.Write(p)
	}
	k.h.Sum(k.sum[:0])
	out := k.sum
	k.h.Reset()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = append(s.idle, k)
	return out
}

func (s *Hasher) take() *keyed {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.idle); n > 0 {
		k := s.idle[n-1]
		s.idle = s.idle[:n-1]
		return k
	}
	return &keyed{h: hmac.New(sha256.New, s.key.Bytes())}
}

// Wipe forgets what was derived from the key, which is its owner's to wipe.
func (s *Hasher) Wipe() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = nil
}

// Random hands out random bytes, drawn from the system in larger pieces. It is
// safe for concurrent use.
type Random struct {
	mu  sync.Mutex
	buf [1024]byte
	n   int // bytes left, at the end of buf
}

// Read fills p with random bytes.
func (r *Random) Read(p []byte) {
	if len(p) > 64 {
		fill(p)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.n < len(p) {
		fill(r.buf[:])
		r.n = len(r.buf)
	}
	part := r.buf[len(r.buf)-r.n:][:len(p)]
	copy(p, part)
	clear(part) // a nonce handed out is not kept
	r.n -= len(p)
}

// fill reads system randomness, which since Go 1.24 never fails: the program
// ends instead.
func fill(p []byte) { _, _ = rand.Read(p) }
