package local

import (
	"context"
	_ "embed" // the model and the lexica
	"fmt"
	"slices"
	"sync"

	"kontor/assist/local/feature"
	"kontor/cases"
)

//go:embed model.bin
var modelFile []byte

//go:embed lexicon.txt
var lexiconFile string

// SlotReader reads the facts that a mail states, given its intent. The package
// slots has one.
type SlotReader func(in cases.ClassifyInput, intent cases.Intent, secondary []cases.Intent) (cases.Slots, cases.Details, []cases.Evidence, []string)

// Option changes an engine.
type Option func(*Engine)

// WithSlots fills slots, details, their evidence and notes by r.
func WithSlots(r SlotReader) Option { return func(e *Engine) { e.slots = r } }

// Engine is the embedded classifier. It is safe for use by many goroutines.
type Engine struct {
	m     *model
	lex   *feature.Lexicon
	exp   *expTable
	carry [][]bool // by flag, whether a concept carries it
	alarm *alarm
	slots SlotReader
	pool  sync.Pool // of *scratch
}

// Load returns the engine with the embedded model. The error is ErrModel if
// the program was built with a model that does not fit it.
func Load(opts ...Option) (*Engine, error) { return New(modelFile, opts...) }

// Embedded returns the embedded model file.
func Embedded() []byte { return modelFile }

// Lexicon returns the text of the embedded lexicon of concepts.
func Lexicon() string { return lexiconFile }

// New returns an engine with the model in file, which must not change after.
func New(file []byte, opts ...Option) (*Engine, error) {
	var (
		al      *alarm
		alarmed error
		wait    sync.WaitGroup
	)
	wait.Go(func() { al, alarmed = newAlarm() }) // half of the time that loading takes
	m, err := decode(file)
	if err != nil {
		return nil, fmt.Errorf("load model: %w", err)
	}
	lex, err := feature.ParseLexicon(lexiconFile)
	if err != nil {
		return nil, fmt.Errorf("load lexicon: %w", err)
	}
	if wait.Wait(); alarmed != nil {
		return nil, alarmed
	}
	e := &Engine{m: m, lex: lex, exp: newExpTable(), alarm: al}
	for _, f := range m.Flags {
		e.carry = append(e.carry, Carriers(lex, cases.Flag(f)))
	}
	for _, o := range opts {
		o(e)
	}
	e.pool.New = func() any {
		return &scratch{x: feature.NewExtractor(lex), seen: make([]mark, m.Rows)}
	}
	return e, nil
}

// Version names the model.
func (e *Engine) Version() string { return e.m.Version }

// Header returns the head of the model.
func (e *Engine) Header() Header { return e.m.Header }

type scratch struct {
	x     *feature.Extractor
	seen  []mark // by row
	round uint32
	votes []vote
	occ   []occurrence
	score [stride]int64
	about [stride]int64 // how far the mail is about each intent, in 1/65536
	moved [stride]int64
	count [feature.Groups]int
	inv   [feature.Groups]int64
	found []feature.Match
	alarm []danger
}

// mark tells where a row was last counted: in which mail, and in which sentence
// of which mail.
type mark struct{ mail, sentence uint32 }

// occurrence is a feature known to the model and the tokens it came from.
type occurrence struct {
	row         int32
	first, last int32
	group       uint8
}

// Classify reads one mail. The answer depends on nothing but the model and in,
// and is the same on every machine. Errors come from ctx alone.
func (e *Engine) Classify(ctx context.Context, in cases.ClassifyInput) (cases.Classification, error) {
	if err := ctx.Err(); err != nil {
		return cases.Classification{}, err
	}
	s, _ := e.pool.Get().(*scratch)
	defer e.pool.Put(s)
	s.x.Read(in)
	e.weigh(s, in)
	c := cases.Classification{Engine: "local", Model: e.m.Version}
	e.decide(s, in, &c)
	s.found, s.alarm = e.alarm.find(&s.x.Doc, s.found, s.alarm[:0])
	for _, a := range cases.Alerts() {
		if slices.ContainsFunc(s.alarm, func(d danger) bool { return d.alert == a }) {
			c.Alerts = append(c.Alerts, a)
		}
	}
	if f := cases.Vulnerable; !c.HasFlag(f) && slices.ContainsFunc(c.Alerts, endangered) {
		c.Flags = slices.Insert(c.Flags, 0, f)
	}
	c.Evidence = e.evidence(s, in, &c)
	if e.slots != nil {
		var ev []cases.Evidence
		c.Slots, c.Details, ev, c.Notes = e.slots(in, c.Intent, c.Secondary)
		c.Evidence = append(c.Evidence, ev...)
	}
	return c, nil
}

// weigh computes the scores of all outputs, precedence among intents and the
// sentences' share included.
func (e *Engine) weigh(s *scratch, in cases.ClassifyInput) {
	m := e.m
	s.x.Extract(in)
	s.begin()
	d := &s.x.Doc
	var sum [feature.Groups]lanes
	// All rows are looked up before any is used: memory serves many at a time.
	for i := range s.x.Out {
		f := &s.x.Out[i]
		if r := m.row(f.Hash); r >= 0 {
			s.occ = append(s.occ, occurrence{row: r, first: f.First, last: f.Last, group: f.Group})
		}
	}
	for i := range s.occ {
		f := &s.occ[i]
		r := f.row
		row := m.rows[int(r)*stride : int(r)*stride+stride]
		seen := &s.seen[r]
		if seen.mail != s.round {
			seen.mail = s.round
			s.count[f.group]++
			sum[f.group].add(row)
		}
		if at := Vote(d, f.first); at >= 0 && seen.sentence != s.round+uint32(at) {
			seen.sentence = s.round + uint32(at)
			for at >= len(s.votes) {
				s.votes = append(s.votes, vote{})
			}
			v := &s.votes[at]
			v.count[f.group]++
			v.sum[f.group].add(row)
		}
	}
	for g, n := range s.count {
		if n > 0 {
			s.inv[g] = InvSqrt(n)
		}
	}
	m.scores(s.score[:m.outs], &sum, &s.count)
	e.precede(s)
	e.tally(s)
}

// begin makes s ready for the next mail.
func (s *scratch) begin() {
	s.round += MaxVotes
	if s.round < MaxVotes { // after 67 million mails the numbers begin anew
		clear(s.seen)
		s.round = MaxVotes
	}
	s.count = [feature.Groups]int{}
	s.occ = s.occ[:0]
	s.votes = s.votes[:0]
}

// Scores returns the raw scores of all outputs in 1/65536: intents, flags,
// secondary intents, languages. Training fits thresholds and calibration on it.
func (e *Engine) Scores(in cases.ClassifyInput) []int64 {
	s, _ := e.pool.Get().(*scratch)
	defer e.pool.Put(s)
	s.x.Read(in)
	e.weigh(s, in)
	return slices.Clone(s.score[:e.m.outs])
}

// UnsureBelow is the calibrated confidence, in thousandths, below which the
// answer is "unsure": as likely wrong as right.
const UnsureBelow = 550

func (e *Engine) decide(s *scratch, in cases.ClassifyInput, c *cases.Classification) {
	m := e.m
	ni, nf := len(m.Intents), len(m.Flags)
	var scaled, p [stride]int64
	for k := range ni {
		scaled[k] = s.score[k] * m.Temperature >> 16
	}
	e.exp.softmax(scaled[:ni], p[:ni])
	order := make([]int, ni)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(p[b] - p[a]) })
	top := e.calibrated(p[order[0]])
	rest := int64(1<<20) - p[order[0]]
	for i, k := range order[:3] {
		permille := top
		if i > 0 {
			// What the calibration leaves is shared as the scores share it.
			permille = 0
			if rest > 0 {
				permille = int(int64(1000-top) * p[k] / rest)
			}
			permille = min(permille, top)
		}
		if i < 2 || permille > 0 {
			c.Candidates = append(c.Candidates, cases.Candidate{Intent: cases.Intent(m.Intents[k]), Permille: permille})
		}
	}
	if k := headerIntent(in.Kind); k != "" && c.Candidates[0].Intent != k {
		other := c.Candidates[0]
		other.Permille = 10
		c.Candidates = []cases.Candidate{{Intent: k, Permille: 990}, other}
	} else if k != "" {
		c.Candidates[0].Permille = max(c.Candidates[0].Permille, 990)
		for i := range c.Candidates[1:] {
			c.Candidates[i+1].Permille = min(c.Candidates[i+1].Permille, 10)
		}
	}
	c.Intent, c.Permille = c.Candidates[0].Intent, c.Candidates[0].Permille
	c.Unsure = c.Permille < UnsureBelow
	for f := range nf {
		if e.flagged(s, f) {
			c.Flags = append(c.Flags, cases.Flag(m.Flags[f]))
		}
	}
	for k := range ni {
		if i := cases.Intent(m.Intents[k]); i != c.Intent && s.score[ni+nf+k] >= m.SecondaryAt[k] {
			c.Secondary = append(c.Secondary, i)
		}
	}
	best := 0
	ls := s.score[2*ni+nf : m.outs]
	for k := range ls {
		if ls[k] > ls[best] {
			best = k
		}
	}
	c.Lang = m.Langs[best]
}

// headerIntent is what the mail's headers already prove, or "".
func headerIntent(k cases.MailKind) cases.Intent {
	switch k {
	case cases.KindAuto:
		return cases.AutoReply
	case cases.KindBounce:
		return cases.Bounce
	case cases.KindReply, cases.KindOther:
	}
	return ""
}

// calibrated maps a share of 1<<20 to thousandths by the measured curve.
func (e *Engine) calibrated(p int64) int {
	p = min(max(p, 0), 1<<20)
	i, rest := p>>15, p&(1<<15-1)
	v := int64(e.m.Calibration[i])
	if i < 32 {
		v += (int64(e.m.Calibration[i+1]) - v) * rest >> 15
	}
	return int(v)
}
