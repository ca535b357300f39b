package train

import (
	"math"
	"math/rand/v2"

	"kontor/assist/local"
)

func invSqrt(n int) float32 { return float32(float64(local.InvSqrt(n)) / (1 << 20)) }

// weights of the linear model, outputs a row.
type weights struct {
	w    []float32
	bias [outputs]float32
}

type sgd struct {
	lambda float64
	rate   float64
	epochs int
	seed   uint64
}

// fit minimises the sum of the heads' losses by stochastic gradient descent
// with weight decay; the weights of the last third of all steps are averaged
// per epoch. It is one goroutine with a fixed order of operations, so the
// result is the same to the bit on one architecture.
func (o sgd) fit(ex []example, rows int) *weights {
	w := make([]float32, rows*outputs)
	sum := make([]float32, rows*outputs)
	var bias, biasSum [outputs]float32
	bias = priors(ex)
	rng := rand.New(rand.NewPCG(o.seed, 7)) //nolint:gosec // reproducible on purpose
	order := make([]int, len(ex))
	for i := range order {
		order[i] = i
	}
	scale := 1.0
	t, averaged := 0.0, 0
	t0 := 1 / (o.lambda * o.rate)
	for epoch := range o.epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &ex[i]
			lr := 1 / (o.lambda * (t0 + t))
			t++
			var z [outputs]float32
			for j, r := range e.rows {
				v := e.vals[j]
				row := w[int(r)*outputs : int(r)*outputs+outputs]
				for k := range z {
					z[k] += row[k] * v
				}
			}
			for k := range z {
				z[k] = z[k]*float32(scale) + bias[k]
			}
			g := e.gradient(&z)
			scale *= 1 - lr*o.lambda
			step := float32(lr / scale)
			for k := range g {
				bias[k] -= float32(lr) * 0.1 * g[k]
				g[k] *= step
			}
			for j, r := range e.rows {
				v := e.vals[j]
				row := w[int(r)*outputs : int(r)*outputs+outputs]
				for k := range g {
					row[k] -= v * g[k]
				}
			}
			if scale < 1e-6 {
				for j := range w {
					w[j] *= float32(scale)
				}
				scale = 1
			}
		}
		if epoch*3 >= o.epochs*2 || epoch == o.epochs-1 {
			averaged++
			for j := range w {
				sum[j] += w[j] * float32(scale)
			}
			for k := range bias {
				biasSum[k] += bias[k]
			}
		}
	}
	for j := range sum {
		sum[j] /= float32(averaged)
	}
	for k := range biasSum {
		biasSum[k] /= float32(averaged)
	}
	return &weights{w: sum, bias: biasSum}
}

// priors are the log odds of the heads that answer yes or no: a mail of three
// words should not be thought to want everything.
func priors(ex []example) (bias [outputs]float32) {
	for k := range nFlags + nIntents {
		yes := 0.5
		for i := range ex {
			if k < nFlags && ex[i].flags[k] || k >= nFlags && ex[i].secondary[k-nFlags] {
				yes++
			}
		}
		bias[oFlags+k] = float32(math.Log(yes / (float64(len(ex)) + 1 - yes)))
	}
	return bias
}

// gradient of the heads' losses by their scores.
func (e *example) gradient(z *[outputs]float32) (g [outputs]float32) {
	if !e.langOnly {
		softGrad(z[:nIntents], g[:nIntents], e.intent, e.weight)
		for f, y := range e.flags {
			w := e.weight
			if y {
				w *= 2 // a missed flag is worse than a needless one
			}
			g[oFlags+f] = w * (sigmoid(z[oFlags+f]) - b2f(y))
		}
		for s, y := range e.secondary {
			if s == e.intent {
				continue // what the main intent is, is no secondary one
			}
			g[oSecond+s] = e.weight * (sigmoid(z[oSecond+s]) - b2f(y))
		}
	}
	if e.lang >= 0 {
		softGrad(z[oLangs:], g[oLangs:], e.lang, e.weight)
	}
	return g
}

func softGrad(z, g []float32, want int, weight float32) {
	top := z[0]
	for _, v := range z {
		top = max(top, v)
	}
	var sum float32
	for k, v := range z {
		g[k] = float32(math.Exp(float64(v - top)))
		sum += g[k]
	}
	for k := range z {
		g[k] = weight * (g[k]/sum - b2f(k == want))
	}
}

func sigmoid(v float32) float32 { return float32(1 / (1 + math.Exp(float64(-v)))) }

func b2f(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// scores of one example.
func (w *weights) scores(e *example) (z [outputs]float32) {
	z = w.bias
	for j, r := range e.rows {
		row := w.w[int(r)*outputs : int(r)*outputs+outputs]
		for k := range z {
			z[k] += row[k] * e.vals[j]
		}
	}
	return z
}
