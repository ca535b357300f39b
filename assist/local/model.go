package local

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"math/bits"

	"kontor/assist/local/feature"
	"kontor/cases"
)

// ErrModel says that the bytes are no model that this program can read.
var ErrModel = errors.New("not a usable model")

const (
	magic   = "KLM5"
	maxSize = 20_000_000 // what a model may weigh
	maxHead = 1 << 16
	maxLog  = 19 // of the size of the table
	stride  = 48 // bytes of a row: a weight for each output, each 128 too large
)

// MaxRows is how many features a model can hold.
const MaxRows = (maxSize - maxHead - 4<<maxLog) / stride

// Header is the readable head of a model file; the table of features and their
// weights follow it.
type Header struct {
	Version  string   `json:"version"`   // of the weights: a digest of them
	Lexicon  string   `json:"lexicon"`   // digest of the lexicon it was trained with
	Intents  []string `json:"intents"`   // outputs 0..: intents, flags, secondary intents, languages
	Flags    []string `json:"flags"`     //
	Langs    []string `json:"langs"`     //
	Rows     int      `json:"rows"`      // features
	TableLog int      `json:"table_log"` // log2 of the size of the table
	Bias     []int32  `json:"bias"`      // in 1/65536
	// Scale holds, for each group and output, what one unit of weight is
	// worth, in 1/2^24.
	Scale [feature.Groups][]int32 `json:"scale"`
	// Temperature is the factor on intent scores in 1/65536, fitted on mails
	// that the weights had not seen.
	Temperature int64 `json:"temperature"`
	// Calibration maps the best intent's probability in steps of 1/32 to a
	// measured share of right answers, in thousandths; never decreasing.
	Calibration []int32 `json:"calibration"`
	// Thresholds for flags and secondary intents, scores in 1/65536.
	FlagAt      []int64 `json:"flag_at"`      // beside a concept that carries the flag
	FlagSureAt  []int64 `json:"flag_sure_at"` // without one
	SecondaryAt []int64 `json:"secondary_at"`
	// Precedence holds, for each two intents that a mail is about, what the first
	// gains over the second, in 1/65536.
	Precedence [][]int32 `json:"precedence"`
	Trained    Trained   `json:"trained"`
}

// Trained tells where a model comes from and how good it was.
type Trained struct {
	Mails    int    `json:"mails"`
	Corpus   string `json:"corpus"`   // digest of the training data
	Accuracy int    `json:"accuracy"` // cross-validated on the hand-labelled mails, in thousandths
	MacroF1  int    `json:"macro_f1"` // likewise
}

type model struct {
	Header
	outs  int
	mask  uint32
	table []byte   // a slot is a key of four bytes, 0 if it is empty
	taken []uint64 // a bit for each slot
	below []uint32 // taken slots before each 64th
	rows  []byte   // stride bytes a row, in the order of the slots
}

// Encode writes a model file: header, slots of keys, and the rows of weights in
// the order of the taken slots.
func Encode(h Header, table []uint32, rows []int8) ([]byte, error) {
	head, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("encode model header: %w", err)
	}
	if len(head) > maxHead {
		return nil, fmt.Errorf("encode model: header of %d bytes", len(head))
	}
	out := make([]byte, 0, len(head)+4*len(table)+h.Rows*stride+16)
	out = append(out, magic...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(head)))
	out = append(out, head...)
	for _, v := range table {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	outs := len(rows) / max(h.Rows, 1)
	if outs > stride || outs*h.Rows != len(rows) {
		return nil, fmt.Errorf("encode model: %d weights for %d rows", len(rows), h.Rows)
	}
	for r := range h.Rows {
		for k := range stride {
			w := int8(0)
			if k < outs {
				w = rows[r*outs+k]
			}
			out = append(out, byte(int(w)+128))
		}
	}
	out = binary.LittleEndian.AppendUint32(out, crc32.Checksum(out, crc32.MakeTable(crc32.Castagnoli)))
	if len(out) > maxSize {
		return nil, fmt.Errorf("model of %d bytes is larger than %d", len(out), maxSize)
	}
	return out, nil
}

// ReadHeader returns the header of a model file without reading the rest.
func ReadHeader(b []byte) (Header, error) {
	h, _, err := splitHeader(b)
	return h, err
}

func splitHeader(b []byte) (Header, []byte, error) {
	var h Header
	if len(b) < 12 || len(b) > maxSize || string(b[:4]) != magic {
		return h, nil, fmt.Errorf("%w: no model header", ErrModel)
	}
	n := int(binary.LittleEndian.Uint32(b[4:]))
	if n > maxHead || n > len(b)-12 {
		return h, nil, fmt.Errorf("%w: header of %d bytes", ErrModel, n)
	}
	if err := json.Unmarshal(b[8:8+n], &h); err != nil {
		return h, nil, fmt.Errorf("%w: header: %w", ErrModel, err)
	}
	return h, b[8+n:], nil
}

// decode reads a model file; the result refers to b.
func decode(b []byte) (*model, error) {
	h, rest, err := splitHeader(b)
	if err != nil {
		return nil, err
	}
	end := len(b) - 4
	if got := crc32.Checksum(b[:end], crc32.MakeTable(crc32.Castagnoli)); got != binary.LittleEndian.Uint32(b[end:]) {
		return nil, fmt.Errorf("%w: checksum", ErrModel)
	}
	m := &model{Header: h, outs: 2*len(h.Intents) + len(h.Flags) + len(h.Langs)}
	bad := len(h.Intents) != len(cases.Intents()) || len(h.Flags) != len(cases.Flags()) || len(h.Langs) == 0 ||
		m.outs > stride || len(h.Bias) != m.outs || len(h.Calibration) != 33 || h.Temperature <= 0 || h.Temperature > 1<<24 ||
		len(h.FlagAt) != len(h.Flags) || len(h.FlagSureAt) != len(h.Flags) || len(h.SecondaryAt) != len(h.Intents) || h.TableLog < 4 || h.TableLog > maxLog || h.Rows < 1 || h.Rows >= 1<<h.TableLog
	bad = bad || !goodPrecedence(h.Precedence, len(h.Intents))
	for _, s := range h.Scale {
		bad = bad || len(s) != m.outs
	}
	if bad {
		return nil, fmt.Errorf("%w: inconsistent header", ErrModel)
	}
	size := 4 << h.TableLog
	rest = rest[:len(rest)-4]
	if len(rest) != size+h.Rows*stride {
		return nil, fmt.Errorf("%w: %d bytes of weights", ErrModel, len(rest))
	}
	m.table, m.rows, m.mask = rest[:size], rest[size:], uint32(1)<<h.TableLog-1
	if n := m.index(); n != h.Rows {
		return nil, fmt.Errorf("%w: %d features for %d rows", ErrModel, n, h.Rows)
	}
	return m, nil
}

// weight returns the weight of a row for output k.
func (m *model) weight(row int32, k int) int64 {
	return int64(m.rows[int(row)*stride+k]) - 128
}

// index counts the taken slots, so that the row of a slot is the number of those
// before it.
func (m *model) index() int {
	slots := len(m.table) / 4
	m.taken, m.below = make([]uint64, (slots+63)/64), make([]uint32, (slots+63)/64)
	n := uint32(0)
	for i := range slots {
		if i%64 == 0 {
			m.below[i/64] = n
		}
		if binary.LittleEndian.Uint32(m.table[4*i:]) != 0 {
			m.taken[i/64] |= 1 << (i % 64)
			n++
		}
	}
	return int(n)
}

// row returns the row of a feature, or -1. A table has empty slots, since Rows is
// smaller than it.
func (m *model) row(hash uint64) int32 {
	key := keyOf(hash)
	for i := uint32(hash) & m.mask; ; i = (i + 1) & m.mask {
		switch binary.LittleEndian.Uint32(m.table[4*i:]) {
		case key:
			return int32(m.below[i/64]) + int32(bits.OnesCount64(m.taken[i/64]<<(63-i%64))) - 1
		case 0:
			return -1
		}
	}
}

// keyOf is what a slot holds of a hash: half of it, never 0.
func keyOf(hash uint64) uint32 { return max(uint32(hash>>32), 1) }

// scores fills z with the first len(z) outputs for sums of rows, each group
// normalised by the number of its rows.
func (m *model) scores(z []int64, sum *[feature.Groups]lanes, count *[feature.Groups]int) {
	for k := range z {
		z[k] = int64(m.Bias[k])
	}
	for g, n := range count {
		if n == 0 {
			continue
		}
		inv := InvSqrt(n)
		acc := sum[g].total(n)
		for k := range z {
			z[k] += (int64(acc[k]) * inv >> 8) * int64(m.Scale[g][k]) >> 20
		}
	}
}

// Table lays out the slots for the hashes of features; order tells which of them
// each taken slot holds, first slot first. At most eight slots of ten are taken,
// so that a search ends soon.
func Table(hashes []uint64) (table []uint32, order []int, log int) {
	log = 4
	for 8<<log < 10*len(hashes) {
		log++
	}
	mask := uint32(1)<<log - 1
	table = make([]uint32, 1<<log)
	holds := make([]int, 1<<log)
	for r, h := range hashes {
		i := uint32(h) & mask
		for table[i] != 0 {
			i = (i + 1) & mask
		}
		table[i], holds[i] = keyOf(h), r
	}
	for i, key := range table {
		if key != 0 {
			order = append(order, holds[i])
		}
	}
	return table, order, log
}

// InvSqrt returns 2^20 / sqrt(n), rounded down; n is at least 1.
func InvSqrt(n int) int64 {
	return int64(isqrt(1 << 40 / uint64(n)))
}

func isqrt(v uint64) uint64 {
	if v == 0 {
		return 0
	}
	x := uint64(1) << ((bits.Len64(v) + 1) / 2)
	for {
		y := (x + v/x) / 2
		if y >= x {
			return x
		}
		x = y
	}
}
