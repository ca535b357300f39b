package train

import "math"

// precedence tells for two intents which one people call the main wish of a
// mail that is about both: the logarithm of how much more often the first is,
// on the training mails, times a weight.
type precedence [nIntents][nIntents]float32

// precedenceWeight was chosen by cross-validation over the extra mails.
const precedenceWeight = 0.3

func newPrecedence(part []seen) *precedence {
	var count [nIntents][nIntents]float64
	for i := range part {
		t := &part[i].target
		for k, beside := range t.secondary {
			if beside && k != t.intent {
				count[t.intent][k]++
			}
		}
	}
	p := &precedence{}
	for k := range count {
		for j := range count {
			p[k][j] = float32(precedenceWeight * math.Log((count[k][j]+1)/(count[j][k]+1)))
		}
	}
	return p
}

// apply moves the joined scores of an example as the engine does.
func (p *precedence) apply(z *[outputs]float32) {
	var about, moved [nIntents]float32
	for k := range about {
		about[k] = float32(1 / (1 + math.Exp(-3*float64(atAll(z, k)))))
	}
	for k := range moved {
		for j := range about {
			moved[k] += p[k][j] * about[j]
		}
		moved[k] *= about[k]
	}
	for k, v := range moved {
		z[k] += v
	}
}

// fixed is p in 1/65536, as the model file holds it.
func (p *precedence) fixed() [][]int32 {
	out := make([][]int32, nIntents)
	for k := range out {
		for j := range p[k] {
			out[k] = append(out[k], int32(math.Round(float64(p[k][j])*(1<<16))))
		}
	}
	return out
}
