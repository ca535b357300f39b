package local

import "slices"

// besidesTenths is what the score of an intent that stands beside another leaves out
// of the score for being mainly about it, in tenths; package train joins the
// two so.
const besidesTenths = 6

// atAll is how far a text is about an intent at all, from the two stored scores,
// which join that with being mainly about it; see package train.
func atAll(intent, beside int64) int64 {
	return (10*beside + besidesTenths*intent) / (10 + besidesTenths)
}

// precede moves the scores of intents that a mail is about at the same time
// towards the one that people call the main wish when both are there: who
// writes for a debtor comes before what is asked for, a wish before a
// complaint. It acts only as far as the mail is about both.
func (e *Engine) precede(s *scratch) {
	m := e.m
	ni := len(m.Intents)
	about := s.about[:ni]
	for k := range ni {
		about[k] = e.exp.sigmoid(3 * atAll(s.score[k], s.score[ni+len(m.Flags)+k]))
	}
	moved := s.moved[:ni]
	for k := range ni {
		var sum int64
		for j, p := range m.Precedence[k] {
			sum += int64(p) * about[j] >> 16
		}
		moved[k] = sum * about[k] >> 16
	}
	for k, v := range moved {
		s.score[k] += v
	}
}

// goodPrecedence reports whether p is a square of n and holds nothing beyond
// what scores can bear.
func goodPrecedence(p [][]int32, n int) bool {
	const limit = 8 * one
	return len(p) == n && !slices.ContainsFunc(p, func(row []int32) bool {
		return len(row) != n || slices.ContainsFunc(row, func(v int32) bool { return v < -limit || v > limit })
	})
}
