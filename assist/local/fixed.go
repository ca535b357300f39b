package local

import "encoding/binary"

// Fixed-point arithmetic: scores are in 1/65536. Everything here is integer
// arithmetic, so that every machine gives the same answer.

const one = 1 << 16

// exp2Frac is 2^(i/64) in 1/65536, i in [0, 64]; computed once with integers
// by repeated square roots.
type expTable [65]int64

func newExpTable() *expTable {
	var t expTable
	// roots[k] is 2^(1/2^k) in 1/2^30.
	var roots [7]uint64
	roots[0] = 2 << 30
	for k := 1; k < len(roots); k++ {
		roots[k] = isqrt(roots[k-1] << 30)
	}
	for i := range t {
		v := uint64(1 << 30)
		for k := 1; k <= 6; k++ {
			if i>>(6-k)&1 == 1 {
				v = v * roots[k] >> 30
			}
		}
		if i == 64 {
			v = 2 << 30
		}
		t[i] = int64(v >> 14)
	}
	return &t
}

// exp returns e^x in 1/65536 for x <= 0 in 1/65536.
func (t *expTable) exp(x int64) int64 {
	const log2e = 94548 // in 1/65536
	if x < -16*one {
		return 0
	}
	y := x * log2e >> 16 // base 2, negative or zero
	whole := y >> 16     // rounds down
	frac := y - whole<<16
	i, rest := frac>>10, frac&1023
	v := t[i] + (t[min(i+1, 64)]-t[i])*rest>>10
	return v >> uint(-whole)
}

// sigmoid returns 1/(1+e^-x) in 1/65536.
func (t *expTable) sigmoid(x int64) int64 {
	if x >= 0 {
		return one * one / (one + t.exp(-x))
	}
	v := t.exp(x)
	return v * one / (one + v)
}

// softmax turns scores into shares of 1<<20 in place of p.
func (t *expTable) softmax(scores []int64, p []int64) {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	var sum int64
	for i, s := range scores {
		p[i] = t.exp(s - top)
		sum += p[i]
	}
	for i := range p {
		p[i] = p[i] << 20 / sum
	}
}

// lanes adds up rows of bytes, eight to a machine word: even and odd bytes
// apart, in lanes of sixteen bits that are emptied before they can run over.
type lanes struct {
	even, odd [stride / 8]uint64
	full      [stride]int32
	n         int
}

const laneMask = 0x00ff00ff00ff00ff

func (l *lanes) add(row []byte) {
	_ = row[stride-1]
	for i := range l.even {
		v := binary.LittleEndian.Uint64(row[8*i:])
		l.even[i] += v & laneMask
		l.odd[i] += v >> 8 & laneMask
	}
	if l.n++; l.n == 256 {
		l.flush()
	}
}

func (l *lanes) flush() {
	for i := range l.even {
		for j := range 4 {
			l.full[8*i+2*j] += int32(l.even[i] >> (16 * j) & 0xffff)
			l.full[8*i+2*j+1] += int32(l.odd[i] >> (16 * j) & 0xffff)
		}
		l.even[i], l.odd[i] = 0, 0
	}
	l.n = 0
}

// total returns the sums of count rows without the 128 that each byte carries.
func (l *lanes) total(count int) *[stride]int32 {
	l.flush()
	for k := range l.full {
		l.full[k] -= int32(128 * count)
	}
	return &l.full
}
