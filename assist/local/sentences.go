package local

import "kontor/assist/local/feature"

// A mail is scored as a whole and once more sentence by sentence, since a long
// story drowns the sentence that holds the wish. The shares, in 1/65536, that the
// sentences have in the final scores were chosen by cross-validation; package
// train applies the same ones.
const (
	// ByAll (0.4) is what the sum over the sentences, divided by the root of their
	// number, adds to an intent.
	ByAll = 26214
	// ByBestFlag (0.25) is what the best sentence adds to a flag.
	ByBestFlag = 16384
	// ByBestBeside (0.2) is what the sentence that is most about an intent adds to
	// its standing beside another.
	ByBestBeside = 13107
)

// MaxVotes bounds the sentences that are scored alone; what follows counts as
// part of the last.
const MaxVotes = 64

// vote is one sentence of subject or body while its features are counted.
type vote struct {
	count [feature.Groups]int
	sum   [feature.Groups]lanes
}

// Vote is the place of the sentence that a token stands in, or -1 outside subject
// and body and for features of the whole mail.
func Vote(d *feature.Doc, token int32) int {
	if token < 0 {
		return -1
	}
	t := &d.Tokens[token]
	if t.Field != feature.Subject && t.Field != feature.Body {
		return -1
	}
	return min(int(t.Sent), MaxVotes-1)
}

// tally adds what the sentences say to the scores of the whole mail.
func (e *Engine) tally(s *scratch) {
	m := e.m
	ni, nf := len(m.Intents), len(m.Flags)
	n := 2*ni + nf // languages have no use of it
	var sum, best, z [stride]int64
	voters := 0
	for i := range s.votes {
		v := &s.votes[i]
		if v.count == [feature.Groups]int{} {
			continue
		}
		m.scores(z[:n], &v.sum, &v.count)
		for k := range ni {
			sum[k] += z[k]
			z[ni+nf+k] = atAll(z[k], z[ni+nf+k])
		}
		for k := ni; k < n; k++ {
			if voters == 0 || z[k] > best[k] {
				best[k] = z[k]
			}
		}
		voters++
	}
	if voters == 0 {
		return
	}
	root := InvSqrt(voters)
	for k := range ni {
		s.score[k] += (sum[k] * root >> 20) * ByAll >> 16
		s.score[ni+nf+k] += best[ni+nf+k] * ByBestBeside >> 16
	}
	for k := ni; k < ni+nf; k++ {
		s.score[k] += best[k] * ByBestFlag >> 16
	}
}
