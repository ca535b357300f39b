package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"kontor/cases"
	"kontor/store/internal/seal"

	"golang.org/x/mod/sumdb/tlog"
)

// A fact's value is: number of tree hashes, the hashes, length of the sealed
// header, the sealed header, the sealed payload. The hashes are those that tlog
// stores for the fact's leaf: the leaf's own and of each subtree it completes.
// They are salted and say nothing.
const (
	headerPlace  = "f.h"
	payloadPlace = "f.p"
	saltSize     = 16
)

type rawFact struct {
	hashes, header, payload []byte
}

func splitFact(v []byte) (rawFact, error) {
	d := decoder{b: v}
	var f rawFact
	f.hashes = d.bytes(uint64(d.byte()) * tlog.HashSize)
	f.header = d.bytes(d.uint16())
	f.payload = d.b
	if d.err != nil || len(f.hashes) == 0 {
		return rawFact{}, errEncoding
	}
	return f, nil
}

func damagedFact(pos uint64, err error) error {
	return &DamageError{What: fmt.Sprintf("fact %d", pos), Err: err}
}

// openHeader reads the header of a fact's value.
func (j *Journal) openHeader(pos uint64, value []byte) (rawFact, header, error) {
	raw, err := splitFact(value)
	if err != nil {
		return raw, header{}, damagedFact(pos, err)
	}
	var buf [192]byte
	b, err := j.data.Open(buf[:0], headerPlace, posKey(pos), raw.header)
	if err != nil {
		return raw, header{}, damagedFact(pos, err)
	}
	h, err := decodeHeader(b)
	if err != nil {
		return raw, h, damagedFact(pos, err)
	}
	return raw, h, nil
}

// openFact reads a whole fact with the keys of its stream, and checks that the
// payload is the one whose hash the leaf holds.
func (j *Journal) openFact(pos uint64, value []byte, rec *streamRec) (cases.Fact, error) {
	f := cases.Fact{Pos: pos}
	raw, h, err := j.openHeader(pos, value)
	if err != nil {
		return f, err
	}
	if int(h.class) >= len(rec.keys) || rec.keys[h.class].IsZero() {
		return f, damagedFact(pos, errors.New("no key for its class"))
	}
	box, err := seal.NewBox(rec.keys[h.class], j.keys.Store, j.rnd)
	if err != nil {
		return f, err
	}
	b, err := box.Open(nil, payloadPlace, posKey(pos), raw.payload)
	if err != nil {
		return f, damagedFact(pos, err)
	}
	if len(b) < saltSize || sha256.Sum256(b) != h.hash {
		return f, damagedFact(pos, errors.New("payload does not fit its leaf"))
	}
	f.Command = h.command
	if err := decodePayload(b[saltSize:], h.class, &f); err != nil {
		return f, damagedFact(pos, err)
	}
	if f.Stream != rec.stream {
		return f, damagedFact(pos, errors.New("belongs to another stream"))
	}
	return f, nil
}

// sealFact makes the value of a fact and its leaf's hashes.
// scratch is room for the payload, to be used again; its content is wiped.
func (j *Journal) sealFact(scratch *[]byte, f *cases.Fact, h handle, key seal.Key, body []byte, tree tlog.HashReader) ([]byte, []tlog.Hash, error) {
	payload := slices.Grow((*scratch)[:0], saltSize+128+len(body))[:saltSize]
	j.rnd.Read(payload)
	payload = appendPayload(payload, f, body)
	*scratch = payload
	defer clear(payload)
	head := header{handle: h, class: f.Body.Retention(), command: f.Command, hash: sha256.Sum256(payload)}
	hashes, err := tlog.StoredHashesForRecordHash(int64(f.Pos-1), head.leaf(f.Pos), tree)
	if err != nil {
		return nil, nil, fmt.Errorf("leaf of fact %d: %w", f.Pos, err)
	}
	box, err := seal.NewBox(key, j.keys.Store, j.rnd)
	if err != nil {
		return nil, nil, err
	}
	key8 := posKey(f.Pos)
	v := make([]byte, 0, 1+len(hashes)*tlog.HashSize+2+160+2*seal.Overhead+len(payload))
	v = append(v, byte(len(hashes)))
	for _, x := range hashes {
		v = append(v, x[:]...)
	}
	var buf [192]byte
	plain := head.append(buf[:0])
	v = binary.BigEndian.AppendUint16(v, uint16(len(plain)+seal.Overhead))
	v = j.data.Seal(v, headerPlace, key8, plain)
	return box.Seal(v, payloadPlace, key8, payload), hashes, nil
}

// tree reads the log's hashes in a transaction; fresh ones, not yet readable
// there, are remembered.
type tree struct {
	tx    Tx
	fresh map[int64]tlog.Hash
}

// ReadHashes implements tlog.HashReader.
func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if h, ok := t.fresh[x]; ok {
			out[i] = h
			continue
		}
		level, n := tlog.SplitStoredHashIndex(x)
		pos := uint64(n+1) << uint(level)
		v, err := t.tx.Get(Facts, posKey(pos))
		if err != nil {
			return nil, err
		}
		raw, err := splitFact(v)
		if err != nil || len(raw.hashes) < (level+1)*tlog.HashSize {
			return nil, damagedFact(pos, errors.New("hash of the log missing"))
		}
		copy(out[i][:], raw.hashes[level*tlog.HashSize:])
	}
	return out, nil
}

// add remembers the hashes of a new fact.
func (t *tree) add(pos uint64, hashes []tlog.Hash) {
	n := int64(pos - 1)
	for level, h := range hashes {
		t.fresh[tlog.StoredHashIndex(level, n>>uint(level))] = h
	}
}

func (t *tree) root(facts uint64) (tlog.Hash, error) {
	if facts == 0 {
		return emptyRoot(), nil
	}
	return tlog.TreeHash(int64(facts), t)
}

// storedHashes is how many hashes a fact's value holds: one more for each
// subtree that its leaf completes.
func storedHashes(pos uint64) int { return 1 + bits.TrailingZeros64(pos) }
