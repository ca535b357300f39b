package train

import (
	"cmp"
	"math"
	"slices"

	"kontor/assist/local"
	"kontor/assist/local/feature"
	"kontor/cases"
)

// langs are the languages the engine tells apart, most frequent first.
func langs() []string { return []string{"de", "en", "tr", "pl", "ru", "ro", "fr", "it", "ar"} }

// groupWeight says how much a group of features counts before learning: the
// length of its vector. Chosen by cross-validation.
func groupWeight() [feature.Groups]float32 {
	return [feature.Groups]float32{feature.Words: 2.2, feature.Chars: 1.6, feature.Concepts: 0.8, feature.Meta: 0.8}
}

// layout of the outputs.
const (
	nIntents = 17
	nFlags   = 3
	nLangs   = 9
	oFlags   = nIntents
	oSecond  = oFlags + nFlags
	oLangs   = oSecond + nIntents
	outputs  = oLangs + nLangs
)

// seen is a mail as hashed features, before the dictionary.
type seen struct {
	hashes []uint64
	groups []uint8
	// sentences holds for each sentence of subject and body the places in hashes
	// of its features.
	sentences [][]int32
	target    target
	// carried says for each flag whether a concept of it stands in the mail.
	carried [nFlags]bool
}

type target struct {
	intent    int
	flags     [nFlags]bool
	secondary [nIntents]bool
	// labels are what the outputs are to say: 1 yes, -1 no, 0 not to be learned
	// from this mail.
	labels [outputs]float32
}

func targetOf(m *Mail) target {
	t := target{intent: slices.Index(cases.Intents(), m.Labels.Intent)}
	for k := range t.labels {
		t.labels[k] = -1
	}
	t.labels[t.intent], t.labels[oSecond+t.intent] = 1, 1
	for _, f := range m.Labels.Flags {
		k := slices.Index(cases.Flags(), f)
		t.flags[k] = true
		t.labels[oFlags+k] = 1
	}
	for _, s := range m.Labels.Secondary {
		k := slices.Index(cases.Intents(), s)
		t.secondary[k] = true
		t.labels[oSecond+k] = 1
		if k != t.intent {
			t.labels[k] = 0 // neither what the mail is mainly about nor foreign to it
		}
	}
	if k := slices.Index(langs(), m.Labels.Lang); k >= 0 {
		t.labels[oLangs+k] = 1
	}
	return t
}

// observe extracts the distinct features of one input.
func observe(x *feature.Extractor, in cases.ClassifyInput) (s seen) {
	x.Read(in)
	x.Extract(in)
	for f, name := range cases.Flags() {
		s.carried[f] = local.Carried(x, local.Carriers(x.Lex, name))
	}
	type entry struct {
		at    int32
		heard uint64 // a bit for each sentence it stands in
	}
	have := make(map[uint64]*entry, len(x.Out))
	for i := range x.Out {
		f := &x.Out[i]
		h := have[f.Hash]
		if h == nil {
			h = &entry{at: int32(len(s.hashes))}
			have[f.Hash] = h
			s.hashes = append(s.hashes, f.Hash)
			s.groups = append(s.groups, f.Group)
		}
		v := local.Vote(&x.Doc, f.First)
		if v < 0 || h.heard>>v&1 == 1 {
			continue
		}
		h.heard |= 1 << v
		for v >= len(s.sentences) {
			s.sentences = append(s.sentences, nil)
		}
		s.sentences[v] = append(s.sentences[v], h.at)
	}
	return s
}

// dictionary numbers the features that at least minDF mails show.
type dictionary struct {
	hashes []uint64  // by row
	idf    []float32 // by row, a quarter of the logarithm
	groups []uint8   // by row
	rows   map[uint64]int32
}

const minDF = 2

func newDictionary(all []seen) *dictionary {
	df := map[uint64]int32{}
	group := map[uint64]uint8{}
	for i := range all {
		for j, h := range all[i].hashes {
			df[h]++
			group[h] = all[i].groups[j]
		}
	}
	d := &dictionary{rows: map[uint64]int32{}}
	for h, n := range df {
		if n >= minDF {
			d.hashes = append(d.hashes, h)
		}
	}
	// Two features whose table keys agree would be one to the engine; the
	// order decides nothing else.
	slices.SortFunc(d.hashes, cmp.Compare[uint64])
	for r, h := range d.hashes {
		d.rows[h] = int32(r)
		d.idf = append(d.idf, float32(math.Log(float64(len(all))/float64(df[h]))/4))
		d.groups = append(d.groups, group[h])
	}
	return d
}

// example is a mail as rows with values.
type example struct {
	rows []int32
	vals []float32
	target
}

func (d *dictionary) examples(part []seen) []example {
	ex := make([]example, len(part))
	for i := range part {
		ex[i] = d.example(&part[i])
	}
	return ex
}

// example is the whole mail.
func (d *dictionary) example(s *seen) example {
	all := make([]int32, len(s.hashes))
	for i := range all {
		all[i] = int32(i)
	}
	return d.part(s, all)
}

// part is what stands at the given places of the mail's features.
func (d *dictionary) part(s *seen, places []int32) example {
	e := example{target: s.target}
	var count [feature.Groups]int
	for _, i := range places {
		if r, ok := d.rows[s.hashes[i]]; ok {
			e.rows = append(e.rows, r)
			count[s.groups[i]]++
		}
	}
	gw := groupWeight()
	var val [feature.Groups]float32
	for g, n := range count {
		if n > 0 {
			val[g] = gw[g] * invSqrt(n)
		}
	}
	for _, r := range e.rows {
		e.vals = append(e.vals, val[d.groups[r]]*d.idf[r])
	}
	return e
}
