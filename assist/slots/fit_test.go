package slots

import (
	"bytes"
	"encoding/binary"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
)

var (
	fitWeights   = flag.Bool("slots.fit", false, "learn the weights anew from the labelled mails and write weights.bin")
	crossFolds   = flag.Int("slots.cross", 0, "cross-validate with this many folds")
	fitEpochs    = flag.Int("slots.epochs", 7, "rounds over the mails when learning")
	fitL2        = flag.Float64("slots.l2", 0.0012, "pull of the weights towards zero when learning")
	fitTau       = flag.Float64("slots.tau", -1.8, "log odds that fill a slot for a day")
	fitTauMoney  = flag.Float64("slots.tau.money", -1.85, "log odds that fill a slot for a sum")
	fitDrop      = flag.String("slots.drop", "", "observations to leave out when learning")
	reasonEpochs = flag.Int("slots.reason.epochs", 15, "rounds over the texts when learning reasons")
	reasonL2     = flag.Float64("slots.reason.l2", 0.005, "pull towards zero when learning reasons")
	reasonPrior  = flag.Float64("slots.reason.prior", 1.5, "weight of a phrase before learning")
	fitAlone     = flag.Bool("slots.alone", false, "learn from the labelled mails alone")
	fitMore      = flag.Float64("slots.more", 0.3, "weight of a line of lines-2.txt")
	fitNoise     = flag.Float64("slots.noise", 0.09, "weight of a mail with a neighbouring intent")
)

// point is one candidate of a mail: its observations and, for each slot, which
// value it would fill (0 is none) and whether that is right.
type point struct {
	f     []uint16
	value [slotCount]int64
	right [slotCount]bool
}

// lesson is one mail's candidates.
type lesson struct {
	points []point
	weight float64
}

func neighbour(in cases.Intent) cases.Intent {
	switch in {
	case cases.InstallmentRequest:
		return cases.PaymentPromise
	case cases.PaymentPromise:
		return cases.PaymentPause
	case cases.PaymentPause:
		return cases.InstallmentRequest
	case cases.Paid:
		return cases.Dispute
	case cases.Dispute:
		return cases.Paid
	case cases.SettlementOffer:
		return cases.InstallmentRequest
	case cases.Representation:
		return cases.SettlementOffer
	default:
		return cases.Other
	}
}

// lessons reads the candidates of mails, with the right values for the money
// when days are learnt.
func lessons(r *Reader, ex []example, days bool) []lesson {
	var out []lesson
	for i := range ex {
		e := &ex[i]
		for n, in := range []cases.Intent{e.Labels.Intent, neighbour(e.Labels.Intent)} {
			l := lesson{weight: 1}
			if n > 0 {
				l.weight = *fitNoise
			}
			if l.weight == 0 {
				continue
			}
			input := e.input()
			p := r.begin(&input, in)
			p.prepare()
			s := &e.Labels.Slots
			if days {
				p.out.Slots = *s
				p.setRoles()
			}
			for _, d := range p.docs() {
				if days {
					l.points = append(l.points, dayPoints(p, d, s)...)
				} else {
					l.points = append(l.points, moneyPoints(p, d, s)...)
				}
			}
			if len(l.points) > 0 {
				out = append(out, l)
			}
		}
	}
	return out
}

func moneyPoints(p *pass, d *doc, s *cases.Slots) []point {
	var out []point
	gold := [slotCount]*money.Cents{s.MonthlyCents, s.OfferCents, s.PromiseCents, s.PaidCents}
	for i := range d.amounts {
		pt := point{f: p.moneyFeatures(nil, d, i)}
		for k := range gold {
			pt.value[k] = int64(d.amounts[i].value)
			pt.right[k] = gold[k] != nil && *gold[k] == d.amounts[i].value
		}
		out = append(out, pt)
	}
	return out
}

func dayPoints(p *pass, d *doc, s *cases.Slots) []point {
	var out []point
	gold := [slotCount]calendar.Date{s.FirstPaymentDate, s.PauseUntil, s.PromiseDate, s.PaidDate}
	for i := range d.dates {
		pt := point{f: p.dateFeatures(nil, d, i)}
		for k, slot := range daySlots {
			v := d.dates[i].resolve(p.today, slot == PaidDate)
			if !p.valid(slot, &d.dates[i], v) {
				continue
			}
			pt.value[k] = int64(v)
			pt.right[k] = gold[k] == v
		}
		out = append(out, pt)
	}
	return out
}

// fit learns one model by logistic regression with adaptive steps. Of several
// right candidates with one value only the strongest learns.
func fit(ls []lesson, tau float64) *model {
	if *fitDrop != "" {
		for i := range ls {
			for j := range ls[i].points {
				pt := &ls[i].points[j]
				pt.f = slices.DeleteFunc(pt.f, func(f uint16) bool { return dropped(int(f)) })
			}
		}
	}
	var sum [slotCount]float64
	mean := make([][slotCount]float64, ftCount)
	for seed := range fitSeeds {
		w, b := descend(ls, uint64(seed))
		for k := range sum {
			sum[k] += b[k] / fitSeeds
			for i := range w {
				mean[i][k] += w[i][k] / fitSeeds
			}
		}
	}
	m := &model{w: make([][slotCount]int16, ftCount)}
	const scale = 256
	for k := range sum {
		m.bias[k] = int32(math.Round((sum[k] - tau) * scale))
		for i := range mean {
			m.w[i][k] = int16(math.Round(max(-32000, min(32000, mean[i][k]*scale))))
		}
	}
	return m
}

// fitSeeds is over how many orders of the mails the weights are averaged.
const fitSeeds = 4

// descend goes through the mails once an epoch, in an order given by seed.
func descend(ls []lesson, seed uint64) ([][slotCount]float64, [slotCount]float64) {
	w := make([][slotCount]float64, ftCount)
	g := make([][slotCount]float64, ftCount)
	var b, bg [slotCount]float64
	rng := rand.New(rand.NewPCG(7, seed))
	order := rng.Perm(len(ls))
	const rate = 0.15
	for range *fitEpochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, n := range order {
			l := &ls[n]
			sum := make([][slotCount]float64, len(l.points))
			for i := range l.points {
				sum[i] = b
				for _, f := range l.points[i].f {
					for k := range sum[i] {
						sum[i][k] += w[f][k]
					}
				}
			}
			for k := range slotCount {
				for i := range l.points {
					pt := &l.points[i]
					if pt.value[k] == 0 {
						continue
					}
					y := 0.0
					if pt.right[k] {
						y = 1
						if stronger(l.points, sum, i, k) {
							continue
						}
					}
					err := (1/(1+math.Exp(-sum[i][k])) - y) * l.weight
					bg[k] += err * err
					b[k] -= rate * err / math.Sqrt(bg[k]+1e-6)
					for _, f := range pt.f {
						d := err + *fitL2*w[f][k]
						g[f][k] += d * d
						w[f][k] -= rate * d / math.Sqrt(g[f][k]+1e-2)
					}
				}
			}
		}
	}
	return w, b
}

func dropped(f int) bool {
	for _, b := range []struct {
		name     string
		from, to int
	}{{"context", ftContext, ftNext}, {"next", ftNext, ftShape}, {"shape", ftShape, ftIntent}, {"joint", ftJoint, ftWord}, {"word", ftWord, ftPair}, {"pair", ftPair, ftForm}, {"form", ftForm, ftCount}} {
		if f >= b.from && f < b.to && strings.Contains(*fitDrop, b.name) {
			return true
		}
	}
	return false
}

func stronger(pts []point, sum [][slotCount]float64, i, k int) bool {
	for j := range pts {
		if j != i && pts[j].right[k] && (sum[j][k] > sum[i][k] || sum[j][k] == sum[i][k] && j < i) {
			return true
		}
	}
	return false
}

func encodeModels(m *models) []byte {
	var b []byte
	for _, v := range []*model{m.money, m.day} {
		b = binary.LittleEndian.AppendUint32(b, uint32(ftCount))
		for _, x := range v.bias {
			b = binary.LittleEndian.AppendUint32(b, uint32(x))
		}
		for i := range v.w {
			for _, x := range v.w[i] {
				b = binary.LittleEndian.AppendUint16(b, uint16(x))
			}
		}
	}
	return b
}

func train(tb testing.TB, r *Reader, ex []example) *models {
	tb.Helper()
	ls := [2][]lesson{lessons(r, ex, false), lessons(r, ex, true)}
	if !*fitAlone {
		ls[0] = append(ls[0], ownLessons(tb, r, false)...)
		ls[1] = append(ls[1], ownLessons(tb, r, true)...)
	}
	return &models{money: fit(ls[0], *fitTauMoney), day: fit(ls[1], *fitTau)}
}

// cause is a text and the reason for which its claim is contested.
type cause struct {
	obs    []uint16
	reason int
}

func causeOf(r *Reader, in cases.ClassifyInput, reason string) cause {
	p := r.begin(&in, cases.Dispute)
	p.prepare()
	s := reasons()
	v := p.poll(s)
	p.neverOrdered(s, &v)
	c := cause{reason: slices.Index(reasonList(), cases.DisputeReason(reason))}
	for _, o := range p.reasonFeatures(&v, s) {
		c.obs = append(c.obs, o.f)
	}
	return c
}

func reasonList() []cases.DisputeReason { n := reasonNames(); return n[:] }

func causes(tb testing.TB, r *Reader, ex []example) []cause {
	tb.Helper()
	var out []cause
	for i := range ex {
		if reason := ex[i].Labels.Slots.DisputeReason; reason != "" {
			out = append(out, causeOf(r, ex[i].input(), string(reason)))
		}
	}
	if *fitAlone {
		return out
	}
	for _, line := range readLines(tb, "testdata/reasons.txt") {
		reason, text, ok := strings.Cut(line, "|")
		c := causeOf(r, cases.ClassifyInput{Text: text, Date: calendar.Of(2026, time.March, 10)}, reason)
		if !ok || c.reason < 0 {
			tb.Fatalf("bad line %q", line)
		}
		out = append(out, c)
	}
	return out
}

// fitReasons learns the weights of reasons by multinomial logistic regression.
func fitReasons(cs []cause) *reasonModel {
	w := make([][reasonCount]float64, rfCount)
	g := make([][reasonCount]float64, rfCount)
	var b [reasonCount]float64
	// What people know beforehand: a phrase speaks for its own reason.
	for k := range reasonCount {
		for step, x := range [3]float64{1.2, 1, 0.8} {
			w[rfSign+3*k+step][k] = x * *reasonPrior
		}
	}
	w[rfNever][0], w[rfOld][6], w[rfYoung][9] = 1, 2, 2
	rng := rand.New(rand.NewPCG(3, 5))
	order := rng.Perm(len(cs))
	for range *reasonEpochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, n := range order {
			c := &cs[n]
			s, top, z := b, math.Inf(-1), 0.0
			n := int32(0)
			for _, f := range c.obs {
				if f < rfSign {
					n++
				}
			}
			share := float64(wordShare(n)) / 256
			for _, f := range c.obs {
				x := 1.0
				if f < rfSign {
					x = share
				}
				for k := range s {
					s[k] += x * w[f][k]
				}
			}
			for k := range s {
				top = max(top, s[k])
			}
			for k := range s {
				s[k] = math.Exp(s[k] - top)
				z += s[k]
			}
			for k := range s {
				err := s[k] / z
				if k == c.reason {
					err--
				}
				b[k] -= 0.01 * err
				for _, f := range c.obs {
					d := err
					if f < rfSign {
						d = err*share + *reasonL2*w[f][k]
					}
					g[f][k] += d * d
					w[f][k] -= 0.1 * d / math.Sqrt(g[f][k]+0.1)
				}
			}
		}
	}
	m := &reasonModel{w: make([][reasonCount]int16, rfCount)}
	for k := range b {
		m.bias[k] = int32(math.Round(b[k] * 256))
		for i := range w {
			m.w[i][k] = int16(math.Round(max(-32000, min(32000, w[i][k]*256))))
		}
	}
	return m
}

func encodeReasons(m *reasonModel) []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(rfCount))
	for _, x := range m.bias {
		b = binary.LittleEndian.AppendUint32(b, uint32(x))
	}
	for i := range m.w {
		for _, x := range m.w[i] {
			b = binary.LittleEndian.AppendUint16(b, uint16(x))
		}
	}
	return b
}

func reader() *Reader {
	return &Reader{shape: parseShape(DefaultReference), lex: words(), intents: cases.Intents()}
}

// TestFit holds that the embedded weights are those that the labelled mails and
// the lines written for learning give; with -slots.fit it writes them. The last
// bits of the arithmetic differ between processors, so it compares on one only.
func TestFit(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("weights are learned on amd64")
	}
	r, ex := reader(), loadExamples(t)
	want := map[string][]byte{
		"weights.bin": encodeModels(train(t, r, ex)),
		"reasons.bin": encodeReasons(fitReasons(causes(t, r, ex))),
	}
	for name, b := range want {
		if *fitWeights {
			if err := os.WriteFile(name, b, 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, b) {
			t.Errorf("%s is not what the data give; run go test ./assist/slots -run TestFit -slots.fit", name)
		}
	}
}

// TestCross measures with as many folds as asked for.
func TestCross(t *testing.T) {
	if *crossFolds < 2 {
		t.Skip("asked for with -slots.cross")
	}
	report(t, "crossed", cross(t, *crossFolds, nil))
}

// cross learns on all folds but one and measures on that one, for each, after
// change.
func cross(t *testing.T, folds int, change func(*example)) map[string]*tally {
	t.Helper()
	total := map[string]*tally{}
	for _, s := range allSlots() {
		total[s] = &tally{}
	}
	ex := loadExamples(t)
	for k := range folds {
		var in, out []example
		for i := range ex {
			if i%folds == k {
				out = append(out, ex[i])
			} else {
				in = append(in, ex[i])
			}
		}
		r := reader()
		r.models = train(t, r, in)
		r.reasons = fitReasons(causes(t, r, in))
		for i := range out {
			if change != nil {
				change(&out[i])
			}
		}
		for s, c := range measureWith(t, r, out, *showErrors) {
			total[s].add(c)
		}
	}
	return total
}
