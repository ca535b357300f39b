package train

import (
	"cmp"
	"math"
	"slices"
)

// shrink keeps the n features that weigh most in any output. What is left out
// moved few scores and little.
func (d *dictionary) shrink(w *weights, n int) *dictionary {
	if n >= len(d.hashes) {
		return d
	}
	gw := groupWeight()
	weight := make([]float64, len(d.hashes))
	order := make([]int, len(d.hashes))
	for r := range order {
		order[r] = r
		for _, v := range w.w[r*outputs : r*outputs+oLangs] {
			weight[r] += math.Pow(float64(v*d.idf[r]*gw[d.groups[r]]), 2)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(weight[b], weight[a]), a-b) })
	kept := order[:n]
	slices.Sort(kept) // hashes stay in order
	out := &dictionary{rows: make(map[uint64]int32, n)}
	for i, r := range kept {
		out.hashes = append(out.hashes, d.hashes[r])
		out.idf = append(out.idf, d.idf[r])
		out.groups = append(out.groups, d.groups[r])
		out.rows[d.hashes[r]] = int32(i)
	}
	return out
}
