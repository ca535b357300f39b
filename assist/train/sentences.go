package train

import "kontor/assist/local"

// addSentences gives the scores of a whole mail the share that its sentences
// have in them, as the engine does.
func (d *dictionary) addSentences(z *[outputs]float32, s *seen, w *weights) {
	var sum, best [outputs]float32
	voters := 0
	for _, at := range s.sentences {
		e := d.part(s, at)
		if len(e.rows) == 0 {
			continue
		}
		v := w.scores(&e)
		for k := range nIntents {
			sum[k] += v[k]
			v[oSecond+k] = atAll(&v, k)
		}
		for k := oFlags; k < oLangs; k++ {
			if voters == 0 || v[k] > best[k] {
				best[k] = v[k]
			}
		}
		voters++
	}
	if voters == 0 {
		return
	}
	const one = 1 << 16
	for k := range nIntents {
		z[k] += sum[k] * invSqrt(voters) * local.ByAll / one
		z[oSecond+k] += best[oSecond+k] * local.ByBestBeside / one
	}
	for k := oFlags; k < oSecond; k++ {
		z[k] += best[k] * local.ByBestFlag / one
	}
}

// atAll is how far a text is about intent k at all, from joined scores.
func atAll(z *[outputs]float32, k int) float32 {
	return (z[oSecond+k] + besides*z[k]) / (1 + besides)
}
