package train

import (
	"math"

	"kontor/assist/local"
)

// calibrate fits what turns scores into statements, on scores of mails that
// the weights had not seen: temperature, the confidence curve, thresholds.
func calibrate(main []seen, scores [][outputs]float32) local.Header {
	var h local.Header
	temp := bestTemperature(main, scores)
	h.Temperature = int64(math.Round(temp * (1 << 16)))
	h.Calibration = curve(main, scores, temp)
	for f := range nFlags {
		recall := 0.0
		if f == 0 {
			// A missed vulnerable person weighs more than a needless flag.
			recall = 0.91
		}
		at, sure := flagCuts(main, scores, f, recall)
		h.FlagAt = append(h.FlagAt, int64(math.Round(at*(1<<16))))
		h.FlagSureAt = append(h.FlagSureAt, int64(math.Round(sure*(1<<16))))
	}
	// One threshold for all secondary intents: each alone has too few to fit.
	at := threshold(len(main)*nIntents, 1, func(i int) (float32, bool) {
		m, s := i/nIntents, i%nIntents
		if s == main[m].target.intent || s == bestIntent(&scores[m]) {
			return -100, false // the main intent is no secondary one
		}
		return scores[m][oSecond+s], main[m].target.secondary[s]
	})
	for range nIntents {
		h.SecondaryAt = append(h.SecondaryAt, int64(math.Round(float64(at)*(1<<16))))
	}
	return h
}

func bestIntent(z *[outputs]float32) int {
	best := 0
	for k := range nIntents {
		if z[k] > z[best] {
			best = k
		}
	}
	return best
}

func probabilities(z []float32, temp float64) []float64 {
	p := make([]float64, len(z))
	top, sum := math.Inf(-1), 0.0
	for _, v := range z {
		top = max(top, float64(v)*temp)
	}
	for k, v := range z {
		p[k] = math.Exp(float64(v)*temp - top)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// bestTemperature minimises the log loss over a fixed grid.
func bestTemperature(main []seen, scores [][outputs]float32) float64 {
	best, at := math.Inf(1), 1.0
	for step := range 120 {
		temp := 0.5 + 0.1*float64(step)
		loss := 0.0
		for i := range main {
			loss -= math.Log(1e-9 + probabilities(scores[i][:nIntents], temp)[main[i].target.intent])
		}
		if loss < best {
			best, at = loss, temp
		}
	}
	return at
}

// curve measures how often the best intent is right by its probability, in
// steps of 1/32, smoothed and made never to fall (pool adjacent violators).
func curve(main []seen, scores [][outputs]float32, temp float64) []int32 {
	const steps = 32
	right, all := make([]float64, steps+1), make([]float64, steps+1)
	for i := range main {
		p := probabilities(scores[i][:nIntents], temp)
		best := 0
		for k := range p {
			if p[k] > p[best] {
				best = k
			}
		}
		x := p[best] * steps
		lo := min(int(x), steps-1)
		frac := x - float64(lo)
		ok := b2f(best == main[i].target.intent)
		all[lo] += 1 - frac
		all[lo+1] += frac
		right[lo] += (1 - frac) * float64(ok)
		right[lo+1] += frac * float64(ok)
	}
	type block struct {
		right, all float64
		n          int
	}
	var blocks []block
	for i := range all {
		// A prior of two mails that agree with the raw probability.
		x := float64(i) / steps
		blocks = append(blocks, block{right[i] + 2*x, all[i] + 2, 1})
		for n := len(blocks); n > 1 && blocks[n-2].right/blocks[n-2].all > blocks[n-1].right/blocks[n-1].all; n = len(blocks) {
			b := blocks[n-1]
			blocks = blocks[:n-1]
			blocks[n-2].right += b.right
			blocks[n-2].all += b.all
			blocks[n-2].n += b.n
		}
	}
	var out []int32
	for _, b := range blocks {
		v := int32(math.Round(1000 * b.right / b.all))
		for range b.n {
			out = append(out, min(v, 995))
		}
	}
	return out
}

// threshold is the score that gives the best F-measure; beta weighs recall.
func threshold(n int, beta float64, at func(i int) (float32, bool)) float32 {
	best, where := 0.0, float32(8)
	for step := range 151 {
		cut := -2 + float32(step)*0.02
		tp, fp, fn := 0.0, 0.0, 0.0
		for i := range n {
			v, y := at(i)
			switch {
			case v >= cut && y:
				tp++
			case v >= cut:
				fp++
			case y:
				fn++
			}
		}
		b2 := beta * beta
		if f := (1 + b2) * tp / ((1+b2)*tp + b2*fn + fp + 1); f > best {
			best, where = f, cut
		}
	}
	return where
}

// flagCuts finds the two scores above which a flag is raised, beside a concept
// that carries it and without one: those of the best F1 or, with a recall asked
// for, of the best precision that has it.
func flagCuts(main []seen, scores [][outputs]float32, f int, recall float64) (at, sure float64) {
	best := -1.0
	const lo, hi, step = -75, 35, 2 // in fiftieths
	for a := lo; a < hi; a += step {
		for s := a; s < hi; s += step {
			cutA, cutS := float64(a)/50, float64(s)/50
			var t tally
			for i := range main {
				v := float64(scores[i][oFlags+f])
				t.count(v >= cutS || v >= cutA && main[i].carried[f], main[i].target.flags[f])
			}
			good := float64(2*t.tp) / float64(max(1, 2*t.tp+t.fp+t.fn))
			if recall > 0 {
				if float64(t.tp) < recall*float64(t.tp+t.fn) {
					continue
				}
				good = float64(t.tp) / float64(max(1, t.tp+t.fp))
			}
			if good > best {
				best, at, sure = good, cutA, cutS
			}
		}
	}
	return at, sure
}
