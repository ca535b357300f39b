package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kontor/cases"
	"kontor/cases/record"
	"kontor/store/internal/seal"

	"golang.org/x/mod/sumdb/tlog"
)

var errEncoding = errors.New("bad encoding")

// handle is the keyed hash that stands for a stream on disk.
type handle [16]byte

// streamRec is what the store knows of one stream beside its facts: the keys,
// one per retention class, and the positions of its facts.
type streamRec struct {
	stream    cases.Stream
	keys      [4]seal.Key // by cases.Retention; the zero key: none yet
	positions []uint64
}

func (r *streamRec) clone() *streamRec {
	c := *r
	c.positions = append(make([]uint64, 0, len(r.positions)+4), r.positions...)
	return &c
}

func (r *streamRec) encode() []byte {
	b := make([]byte, 0, 64+len(r.stream.ID)+3*33+3*len(r.positions))
	b = append(b, 1, byte(r.stream.Kind))
	b = appendString(b, r.stream.ID)
	for class, k := range r.keys {
		if !k.IsZero() {
			b = append(b, byte(class))
			b = append(b, k.Bytes()...)
		}
	}
	b = append(b, 0)
	last := uint64(0)
	for _, p := range r.positions {
		b = binary.AppendUvarint(b, p-last)
		last = p
	}
	return b
}

func decodeStream(b []byte) (*streamRec, error) {
	d := decoder{b: b}
	if d.byte() != 1 {
		return nil, errEncoding
	}
	r := &streamRec{}
	r.stream.Kind = cases.StreamKind(d.byte())
	r.stream.ID = d.string()
	for {
		class := d.byte()
		if class == 0 || d.err != nil {
			break
		}
		k, err := seal.KeyFrom(d.bytes(seal.KeySize))
		if err != nil || int(class) >= len(r.keys) {
			return nil, errEncoding
		}
		r.keys[class] = k
	}
	last := uint64(0)
	for d.err == nil && len(d.b) > 0 {
		last += d.uvarint()
		r.positions = append(r.positions, last)
	}
	return r, d.err
}

// header is the part of a fact that outlives its payload: enough to prove the
// record whole.
type header struct {
	handle  handle
	class   cases.Retention
	command cases.CommandID
	hash    [sha256.Size]byte // of salt and payload
}

func (h *header) append(b []byte) []byte {
	b = append(b, h.handle[:]...)
	b = append(b, byte(h.class))
	b = append(b, h.hash[:]...)
	return append(b, h.command...)
}

func decodeHeader(b []byte) (header, error) {
	var h header
	if len(b) < len(h.handle)+1+len(h.hash) {
		return h, errEncoding
	}
	b = b[copy(h.handle[:], b):]
	h.class = cases.Retention(b[0])
	b = b[1:]
	b = b[copy(h.hash[:], b):]
	h.command = cases.CommandID(b)
	return h, nil
}

// leaf is the tree's record of a fact. It says nothing of the payload to whom
// the salt is unknown.
func (h *header) leaf(pos uint64) tlog.Hash {
	b := make([]byte, 0, 128)
	b = append(b, "kontor leaf 1\n"...)
	b = binary.BigEndian.AppendUint64(b, pos)
	b = append(b, h.hash[:]...)
	b = append(b, h.command...)
	return tlog.RecordHash(b)
}

// appendPayload writes all that a fact says but its position and command,
// which the leaf holds.
func appendPayload(b []byte, f *cases.Fact, body []byte) []byte {
	b = append(b, byte(f.Stream.Kind))
	b = appendString(b, f.Stream.ID)
	b = binary.AppendUvarint(b, f.Version)
	b = binary.AppendUvarint(b, uint64(f.Body.Type()))
	b = binary.AppendVarint(b, f.At.UnixNano())
	b = appendString(b, string(f.Actor.User))
	b = appendString(b, string(f.Actor.Device))
	machine := byte(0)
	if f.Actor.Machine {
		machine = 1
	}
	b = append(b, machine)
	return append(b, body...)
}

// decodePayload fills f. An event of a newer program becomes a Newer body.
func decodePayload(b []byte, class cases.Retention, f *cases.Fact) error {
	d := decoder{b: b}
	f.Stream.Kind = cases.StreamKind(d.byte())
	f.Stream.ID = d.string()
	f.Version = d.uvarint()
	number := d.uvarint()
	f.At = time.Unix(0, d.varint()).UTC()
	f.Actor.User = cases.UserID(d.string())
	f.Actor.Device = cases.DeviceID(d.string())
	f.Actor.Machine = d.byte() == 1
	if d.err != nil || number > 1<<16-1 {
		return errEncoding
	}
	typ := cases.EventType(number)
	body, err := record.Decode(typ, d.b)
	if errors.Is(err, record.ErrNewer) {
		f.Body = Newer{Number: typ, Class: class, Encoded: append([]byte(nil), d.b...)}
		return nil
	}
	f.Body = body
	return err
}

// Newer is the body of a fact that a newer program wrote. It is kept as it
// is; folding it changes nothing but the version.
type Newer struct {
	Number  cases.EventType
	Class   cases.Retention
	Encoded []byte
}

// Type returns the number of the unknown type.
func (n Newer) Type() cases.EventType { return n.Number }

// Retention returns the class that the fact was sealed under.
func (n Newer) Retention() cases.Retention { return n.Class }

// verdict is the stored word on one command.
type verdict struct {
	first   uint64 // position of the first fact, 0 if there is none
	count   uint64
	refusal *cases.Refusal
}

func (v verdict) encode() ([]byte, error) {
	b := []byte{1}
	b = binary.AppendUvarint(b, v.first)
	b = binary.AppendUvarint(b, v.count)
	if v.refusal != nil {
		j, err := json.Marshal(v.refusal)
		if err != nil {
			return nil, fmt.Errorf("encode refusal: %w", err)
		}
		b = append(b, j...)
	}
	return b, nil
}

func decodeVerdict(b []byte) (verdict, error) {
	d := decoder{b: b}
	if d.byte() != 1 {
		return verdict{}, errEncoding
	}
	v := verdict{first: d.uvarint(), count: d.uvarint()}
	if d.err == nil && len(d.b) > 0 {
		v.refusal = new(cases.Refusal)
		if err := json.Unmarshal(d.b, v.refusal); err != nil {
			return verdict{}, errEncoding
		}
	}
	if d.err != nil || v.first+v.count < v.first {
		return verdict{}, errEncoding
	}
	return v, nil
}

func appendString(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// decoder reads what the append functions wrote; the first error sticks.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) fail() { d.b, d.err = nil, errEncoding }

func (d *decoder) byte() byte {
	if len(d.b) == 0 {
		d.fail()
		return 0
	}
	c := d.b[0]
	d.b = d.b[1:]
	return c
}

func (d *decoder) bytes(n uint64) []byte {
	if n > uint64(len(d.b)) {
		d.fail()
		return nil
	}
	out := d.b[:n:n] // without capacity: what lies behind may be mapped memory
	d.b = d.b[n:]
	return out
}

func (d *decoder) uint16() uint64 {
	b := d.bytes(2)
	if d.err != nil {
		return 0
	}
	return uint64(binary.BigEndian.Uint16(b))
}

func (d *decoder) uvarint() uint64 {
	n, k := binary.Uvarint(d.b)
	if k <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[k:]
	return n
}

func (d *decoder) varint() int64 {
	n, k := binary.Varint(d.b)
	if k <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[k:]
	return n
}

func (d *decoder) string() string { return string(d.bytes(d.uvarint())) }

func posKey(pos uint64) []byte { return binary.BigEndian.AppendUint64(nil, pos) }
