package slots

import "math/bits"

// context holds, for each class, how near it stands to the left and to the
// right of a number within its sentence: 1 is next to it, 0 is not there.
type context struct {
	left, right [classCount]int8
}

// reach is how far the context of a number goes, in steps; a word is one step,
// a comma two more.
const reach = 16

// contextOf looks around tokens ti..tj-1.
func (d *doc) contextOf(ti, tj int) context {
	var c context
	dist := 0
	for k := ti - 1; k >= 0; k-- {
		dist += d.step(k + 1)
		if dist > reach {
			break
		}
		mark(&c.left, d.tok[k].w.set, dist)
	}
	dist = 0
	for k := tj; k < len(d.tok); k++ {
		dist += d.step(k)
		if dist > reach {
			break
		}
		mark(&c.right, d.tok[k].w.set, dist)
	}
	return c
}

// step is the distance between token k and the one before it.
func (d *doc) step(k int) int {
	pre := d.tok[k].pre
	switch {
	case pre&(gapSentence|gapPara) != 0, d.tok[k].quoted != d.tok[k-1].quoted:
		return reach + 1
	case pre&gapComma != 0:
		return 3
	case pre&gapHyphen != 0 && pre&gapSpace != 0:
		return 3
	case pre&gapLine != 0:
		return 2
	}
	return 1
}

func mark(dst *[classCount]int8, s classSet, dist int) {
	for h, set := range s {
		for set != 0 {
			b := bits.TrailingZeros64(set)
			set &^= 1 << b
			if c := h<<6 | b; dst[c] == 0 {
				dst[c] = int8(dist)
			}
		}
	}
}

// near reports whether c stands within l steps to the left or r to the right.
func (c *context) near(k class, l, r int8) bool {
	return (c.left[k] > 0 && c.left[k] <= l) || (c.right[k] > 0 && c.right[k] <= r)
}
