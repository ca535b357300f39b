package feature

import (
	"strings"

	"kontor/cases"
)

// Groups of features; each is normalised by its own count.
const (
	Words = iota
	Chars
	Concepts
	Meta
	Groups
)

// Feature is one hashed observation and the tokens it was made from.
type Feature struct {
	Hash        uint64
	First, Last int32 // tokens; First is -1 for features of the whole mail
	Group       uint8
}

// Extractor makes features of mails. It holds buffers: one goroutine each.
type Extractor struct {
	Lex     *Lexicon
	Doc     Doc
	Matches []Match
	Out     []Feature
	concept []uint64 // hash per concept
	neg     int32    // the concept of negation words, or -1
	asks    int32    // the concept of words that ask, or -1
}

// NewExtractor returns an extractor that finds the concepts of lx.
func NewExtractor(lx *Lexicon) *Extractor {
	x := &Extractor{Lex: lx, concept: make([]uint64, len(lx.Names)), neg: -1, asks: -1}
	for i, n := range lx.Names {
		x.concept[i] = hashRunes([]rune("concept " + n))
		switch n {
		case "NEG":
			x.neg = int32(i)
		case "ASKS":
			x.asks = int32(i)
		}
	}
	return x
}

// Read takes the mail apart: tokens, sentences and concepts, no features yet.
func (x *Extractor) Read(in cases.ClassifyInput) {
	d := &x.Doc
	d.reset()
	d.add(in.Subject, Subject, 0)
	d.add(in.Text, Body, 0)
	for i, a := range in.Attachments {
		if i >= 8 {
			break
		}
		if len(a) > 8<<10 {
			a = a[:8<<10]
		}
		d.add(strings.ToValidUTF8(a, ""), Attached, uint8(i))
	}
	d.add(in.From, Sender, 0)
	x.Matches = x.Lex.Find(d, x.Matches[:0])
	for i := range x.Matches {
		if m := &x.Matches[i]; m.Concept == x.asks {
			d.Sentences[m.Sent].Question = true // the mark is often left out
		}
	}
}

// salts keep the feature templates apart.
const (
	sUni = iota + 1
	sBi
	sTri
	sSkip
	sSkip2
	sSubj
	sSubjBi
	sFrom
	sPre
	sPreBi
	sChar
	sConc
	sConcFirst
	sConcLast
	sConcSubj
	sConcQ
	sConcFrom
	sConcAtt
	sLen
	sSents
	sQuestion
	sMisc
	sNeg
	sFirstWord
	sLastWord
	sKind
	sAtt
)

func (x *Extractor) emit(h uint64, salt uint64, group uint8, first, last int) {
	x.Out = append(x.Out, Feature{Hash: mix(h, salt), First: int32(first), Last: int32(last), Group: group})
}

// Extract fills x.Out from what Read found.
func (x *Extractor) Extract(in cases.ClassifyInput) {
	x.Out = x.Out[:0]
	x.words()
	x.chars()
	x.concepts()
	x.meta(in)
}

func (x *Extractor) words() {
	d := &x.Doc
	ts := d.Tokens
	for i := range ts {
		t := &ts[i]
		switch t.Field {
		case Sender:
			if t.Kind == Word && t.to-t.from > 2 {
				x.emit(t.Hash, sFrom, Meta, i, i)
			}
			continue
		case Subject:
			x.emit(t.Hash, sSubj, Words, i, i)
			if i+1 < len(ts) && ts[i+1].Field == Subject {
				x.emit(mix(t.Hash, ts[i+1].Hash), sSubjBi, Words, i, i+1)
			}
		case Attached:
			x.emit(t.Hash, sAtt, Meta, i, i)
		}
		x.emit(t.Hash, sUni, Words, i, i)
		p1 := prefixHash(d, t, 5)
		x.emit(p1, sPre, Words, i, i)
		same := func(j int) bool { return j < len(ts) && ts[j].Field == t.Field && ts[j].Sent-t.Sent <= 0 }
		if same(i + 1) {
			x.emit(mix(t.Hash, ts[i+1].Hash), sBi, Words, i, i+1)
			x.emit(mix(p1, prefixHash(d, &ts[i+1], 5)), sPreBi, Words, i, i+1)
		}
		if same(i + 2) {
			x.emit(mix(t.Hash, ts[i+2].Hash), sSkip, Words, i, i+2)
			x.emit(mix(mix(t.Hash, ts[i+1].Hash), ts[i+2].Hash), sTri, Words, i, i+2)
		}
		if same(i + 3) {
			x.emit(mix(t.Hash, ts[i+3].Hash), sSkip2, Words, i, i+3)
		}
	}
}

func prefixHash(d *Doc, t *Token, n int) uint64 {
	if t.Kind != Word {
		return t.Hash
	}
	rs := d.Form(t)
	if len(rs) > n {
		rs = rs[:n]
	}
	return hashRunes(rs)
}

func (x *Extractor) chars() {
	d := &x.Doc
	for i := range d.Tokens {
		t := &d.Tokens[i]
		if t.Kind != Word || t.Field == Sender || t.Field == Attached {
			continue
		}
		rs := d.Form(t)
		// n-grams of three to five letters with the word's edges as letters.
		at := func(k int) uint64 {
			if k < 0 || k >= len(rs) {
				return 1
			}
			return uint64(rs[k]) & 0xffff
		}
		for k := -1; k < len(rs)-1; k++ {
			h := at(k)<<32 | at(k+1)<<16 | at(k+2)
			x.emit(h, sChar, Chars, i, i)
			if k+3 <= len(rs) {
				h = mix(h, at(k+3))
				x.emit(h, sChar, Chars, i, i)
				if k+4 <= len(rs) {
					x.emit(mix(h, at(k+4)), sChar, Chars, i, i)
				}
			}
		}
	}
}

func (x *Extractor) concepts() {
	d := &x.Doc
	lastBody := int32(-1)
	firstBody := int32(-1)
	for i := range d.Sentences {
		if d.Sentences[i].Field == Body {
			if firstBody < 0 {
				firstBody = int32(i)
			}
			lastBody = int32(i)
		}
	}
	for i := range x.Matches {
		m := &x.Matches[i]
		h := x.concept[m.Concept]
		f, l := int(m.First), int(m.Last)
		if x.negated(i) {
			h = mix(h, sNeg)
		}
		s := &d.Sentences[m.Sent]
		switch s.Field {
		case Sender:
			x.emit(h, sConcFrom, Concepts, f, l)
			continue
		case Attached:
			x.emit(h, sConcAtt, Concepts, f, l)
			continue
		case Subject:
			x.emit(h, sConcSubj, Concepts, f, l)
		}
		x.emit(h, sConc, Concepts, f, l)
		if s.Question {
			x.emit(h, sConcQ, Concepts, f, l)
		}
		if s.Field == Body && m.Sent >= lastBody-2 {
			x.emit(h, sConcLast, Concepts, f, l)
		}
		if s.Field == Body && m.Sent <= firstBody+1 {
			x.emit(h, sConcFirst, Concepts, f, l)
		}
	}
}

// negated reports whether a negation stands beside match i and is not part of
// it: "ich will keine Raten" speaks against instalments.
func (x *Extractor) negated(i int) bool {
	m := &x.Matches[i]
	if m.Concept == x.neg {
		return false
	}
	for j := i - 1; j >= 0 && x.Matches[j].First >= m.First-3; j-- {
		if o := &x.Matches[j]; o.Concept == x.neg && o.Sent == m.Sent && o.First < m.First {
			return true
		}
	}
	for j := i + 1; j < len(x.Matches) && x.Matches[j].First <= m.Last+2; j++ {
		if o := &x.Matches[j]; o.Concept == x.neg && o.Sent == m.Sent && o.First > m.Last {
			return true
		}
	}
	return false
}

func (x *Extractor) meta(in cases.ClassifyInput) {
	d := &x.Doc
	whole := func(h, salt uint64) { x.emit(h, salt, Meta, -1, -1) }
	body, questions := 0, 0
	sents := 0
	for i := range d.Tokens {
		if d.Tokens[i].Field == Body {
			body++
			if k := d.Tokens[i].Kind; k != Word {
				x.emit(uint64(k), sKind, Meta, i, i)
			}
		}
	}
	for i := range d.Sentences {
		if d.Sentences[i].Field != Body {
			continue
		}
		sents++
		if d.Sentences[i].Question {
			questions++
		}
	}
	whole(bucket(body), sLen)
	whole(bucket(sents), sSents)
	whole(uint64(min(questions, 3)), sQuestion)
	if in.Subject == "" {
		whole(1, sMisc)
	}
	if len(in.Attachments) > 0 {
		whole(2, sMisc)
	}
	if d.Emoji {
		whole(3, sMisc)
	}
	if d.Cyrillic > d.Latin {
		whole(4, sMisc)
	}
	if d.Arabic > d.Latin {
		whole(5, sMisc)
	}
	if d.Upper*3 > d.Latin && d.Latin > 20 {
		whole(6, sMisc)
	}
}

// bucket is the number of bits of n, so that lengths compare by magnitude.
func bucket(n int) uint64 {
	var b uint64
	for ; n > 0; n >>= 1 {
		b++
	}
	return b
}
