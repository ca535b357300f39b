package train

import (
	"math/rand/v2"

	"kontor/assist/local"
)

func invSqrt(n int) float32 { return float32(float64(local.InvSqrt(n)) / (1 << 20)) }

// weights of the linear model, outputs a row.
type weights struct {
	w    []float32
	bias [outputs]float32
}

// dual fits linear support vector machines, one for each output against the
// rest, with the squared hinge loss, by coordinate descent in the dual (Hsieh
// and others, 2008). It is one goroutine with a fixed order of operations, so
// the result is the same to the bit on one architecture.
type dual struct {
	c      float32 // weight of an error against the length of the weights
	epochs int
	seed   uint64
}

func (o dual) fit(ex []example, rows int) *weights {
	w := &weights{w: make([]float32, rows*outputs)}
	alpha := make([][outputs]float32, len(ex))
	norm := make([]float32, len(ex)) // squared length, the constant feature included
	order := make([]int, len(ex))
	for i := range ex {
		order[i], norm[i] = i, 1
		for _, v := range ex[i].vals {
			norm[i] += v * v
		}
	}
	diag := 1 / (2 * o.c)
	rng := rand.New(rand.NewPCG(o.seed, 7)) //nolint:gosec // reproducible on purpose
	moved := make([]move, 0, outputs)
	for range o.epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &ex[i]
			z := w.scores(e)
			moved = moved[:0]
			for k, y := range e.labels {
				if y == 0 {
					continue
				}
				slope := y*z[k] - 1 + diag*alpha[i][k]
				to := max(alpha[i][k]-slope/(norm[i]+diag), 0)
				if to == alpha[i][k] {
					continue
				}
				by := (to - alpha[i][k]) * y
				alpha[i][k] = to
				w.bias[k] += by
				moved = append(moved, move{k, by})
			}
			w.add(e, moved)
		}
	}
	return w
}

// scores of one example.
func (w *weights) scores(e *example) (z [outputs]float32) {
	z = w.bias
	for j, r := range e.rows {
		v := e.vals[j]
		row := (*[outputs]float32)(w.w[int(r)*outputs:])
		for k := range z {
			z[k] += row[k] * v
		}
	}
	return z
}

// move is a step along an example for one output; most examples that are well
// on the right side of most outputs move few of them.
type move struct {
	output int
	by     float32
}

func (w *weights) add(e *example, moved []move) {
	for j, r := range e.rows {
		v := e.vals[j]
		row := (*[outputs]float32)(w.w[int(r)*outputs:])
		for _, m := range moved {
			row[m.output] += v * m.by
		}
	}
}

// besides is how much of the score for being mainly about an intent is taken
// from the score for being about it at all, to tell what stands beside: a mail
// that looks as if an intent were its main one, and is not, rather resembles it
// than mentions it. Chosen by cross-validation.
const besides = 0.6

// join makes the score of an intent the sum of two: what the mail is mainly
// about, and what it is about at all. The second has more to learn from, since
// it counts the secondary intents too.
func (w *weights) join() {
	for i := 0; i < len(w.w); i += outputs {
		joinIntents((*[outputs]float32)(w.w[i:]))
	}
	joinIntents(&w.bias)
}

func joinIntents(row *[outputs]float32) {
	for k := range nIntents {
		mainly, atAll := row[k], row[oSecond+k]
		row[k] = mainly + atAll
		row[oSecond+k] = atAll - besides*mainly
	}
}

func b2f(b bool) float32 {
	if b {
		return 1
	}
	return 0
}
