package slots

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math/bits"
	"sync"

	"kontor/cases"
)

// Why a claim is contested is told by a small linear model over the beginnings
// of words, pairs of them, and the phrases of reasons.txt. Its weights are whole
// numbers; it abstains where no reason leads.

// The observations about a text, in blocks.
const (
	rfWord  = 0                      // the beginning of a word
	rfPair  = rfWord + reasonWords   // two words in a row
	rfSign  = rfPair + reasonWords   // a phrase of reasons.txt, by its reason and how often
	rfNever = rfSign + 3*reasonCount // an order that is denied
	rfOld   = rfNever + 1            // a year that lies far back
	rfYoung = rfOld + 1              // an age below eighteen
	rfClass = rfYoung + 1            // a class of the lexicon
	rfCount = rfClass + int(classCount)

	reasonWords = 2048
	reasonCount = 10
	wordStem    = 6
)

// reasonNames is the order of the weights.
func reasonNames() [reasonCount]cases.DisputeReason {
	return [reasonCount]cases.DisputeReason{
		"not_ordered", "returned", "cancelled", "wrong_amount", "defective", "already_paid", "time_barred", "fraud", "fees", "other",
	}
}

// reasonModel holds a weight for each observation and reason.
type reasonModel struct {
	w    [][reasonCount]int16
	bias [reasonCount]int32
}

//go:embed reasons.bin
var reasonsData []byte

var errReasons = errors.New("slots: embedded weights of reasons do not fit the observations")

func loadReasons(b []byte) (*reasonModel, error) {
	if len(b) != 4+4*reasonCount+2*reasonCount*rfCount || binary.LittleEndian.Uint32(b) != uint32(rfCount) {
		return nil, errReasons
	}
	b = b[4:]
	m := &reasonModel{w: make([][reasonCount]int16, rfCount)}
	for k := range m.bias {
		m.bias[k] = int32(binary.LittleEndian.Uint32(b))
		b = b[4:]
	}
	for i := range m.w {
		for k := range m.w[i] {
			m.w[i][k] = int16(binary.LittleEndian.Uint16(b))
			b = b[2:]
		}
	}
	return m, nil
}

var embeddedReasons = sync.OnceValue(func() *reasonModel {
	m, err := loadReasons(reasonsData)
	if err != nil {
		panic(err.Error())
	}
	return m
})

// seen is one observation and the tokens that it was made of.
type seen struct {
	f    uint16
	d    *doc
	i, j int
}

// reasonFeatures notes what speaks for a reason, each observation once.
func (p *pass) reasonFeatures(v *poll, s *signs) []seen {
	out := make([]seen, 0, 256)
	var had [(rfCount + 63) / 64]uint64
	put := func(f int, d *doc, i, j int) {
		if had[f>>6]&(1<<(f&63)) == 0 {
			had[f>>6] |= 1 << (f & 63)
			out = append(out, seen{uint16(f), d, i, j})
		}
	}
	for _, d := range []*doc{p.text, p.subject} {
		last, at := uint32(0), -1
		for i := range d.tok {
			t := &d.tok[i]
			if t.masked || t.quoted || t.kind == tokSign {
				at = -1
				continue
			}
			if t.kind == tokNumber {
				at = -1
				switch n := atoi(d.src[t.start:t.end]); {
				case t.end-t.start == 4 && n >= 1995 && p.longAgo(n) && !d.currencyAt(i+1):
					put(rfOld, d, i, i+1)
				case n >= 7 && n < 18 && i+1 < len(d.tok) && d.unitAge(i+1):
					put(rfYoung, d, i, i+2)
				}
				continue
			}
			f := d.folded(i)
			h := uint32(2166136261)
			for _, c := range f[:min(len(f), stemLen(f))] {
				h = (h ^ uint32(c)) * 16777619
			}
			put(rfWord+int((h^h>>13)%reasonWords), d, i, i+1)
			if at == i-1 && i > 0 && t.pre&gapSentence == 0 {
				g := (last*31 ^ h) * 16777619
				put(rfPair+int((g^g>>13)%reasonWords), d, i-1, i+1)
			}
			last, at = h, i
		}
	}
	for h, set := range p.text.sent.all {
		for set != 0 {
			b := bits.TrailingZeros64(set)
			set &= set - 1
			put(rfClass+h<<6+b, nil, 0, 0)
		}
	}
	for k, name := range reasonNames() {
		for a, answer := range s.answers {
			if answer != string(name) || v.doc[a] == nil {
				continue
			}
			for step, least := range [3]int{1, 4, 8} {
				if v.weight[a] >= least {
					put(rfSign+3*k+step, v.doc[a], v.at[a], v.at[a]+v.words[a])
				}
			}
		}
	}
	return out
}

// stemLen is how much of a word counts, in bytes: more in scripts of two bytes.
func stemLen(f []byte) int {
	if len(f) > 0 && f[0] >= 0x80 {
		return 2 * wordStem
	}
	return wordStem
}

// longAgo says that claims of a year may be time-barred: three full years have
// passed (§§ 195, 199(1) BGB).
func (p *pass) longAgo(year int) bool {
	y, _, _ := p.today.Civil()
	return !p.today.IsZero() && year < y-3
}

// unitAge reads "14 Jahre", "14-jährig", "14 years", "14 ans".
func (d *doc) unitAge(i int) bool {
	f := d.folded(i)
	return d.tok[i].w.set.has(clsYear) || hasPrefix(string(f), "jahrig")
}

// score sums the weights for each reason. Words count the less the more there
// are, so that a long mail is not told by its chatter.
func (m *reasonModel) score(obs []seen) [reasonCount]int32 {
	s := m.bias
	var words [reasonCount]int32
	n := int32(0)
	for i := range obs {
		w := &m.w[obs[i].f]
		if obs[i].f < rfSign {
			n++
			for k := range words {
				words[k] += int32(w[k])
			}
			continue
		}
		for k := range s {
			s[k] += int32(w[k])
		}
	}
	share := wordShare(n)
	for k := range s {
		s[k] += words[k] * share / 256
	}
	return s
}

// wordShare is how much each of n words counts, in 1/256: 4 divided by the root
// of n, at most 1.
func wordShare(n int32) int32 {
	root := int32(1)
	for root*root < n {
		root++
	}
	return min(256, 4*256/root)
}

// reasonLead is how much the first reason must lead the second, in the 1/256 of
// log odds in which the weights count.
const reasonLead = 60

// classifyReason finds why the claim is contested, and proves it with the words
// that weigh most.
func (p *pass) classifyReason() {
	s := reasons()
	v := p.poll(s)
	p.neverOrdered(s, &v)
	obs := p.reasonFeatures(&v, s)
	sum := p.r.reasons.score(obs)
	best, second := 0, -1
	for k := 1; k < reasonCount; k++ {
		switch {
		case sum[k] > sum[best]:
			best, second = k, best
		case second < 0 || sum[k] > sum[second]:
			second = k
		}
	}
	if sum[best]-sum[second] < reasonLead {
		p.note("ambiguous", DisputeReason)
		return
	}
	top, weight := -1, int16(0)
	for i := range obs {
		w := p.r.reasons.w[obs[i].f][best]
		if obs[i].f < rfSign {
			w /= 2
		}
		if obs[i].d != nil && w > weight {
			top, weight = i, w
		}
	}
	if top < 0 {
		p.note("vague", DisputeReason)
		return
	}
	o := &obs[top]
	p.out.Slots.DisputeReason = reasonNames()[best]
	p.prove(o.d, DisputeReason, o.d.tok[o.i].start, o.d.tok[min(o.j, len(o.d.tok))-1].end)
}
