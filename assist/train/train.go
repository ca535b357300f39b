// Package train makes the embedded model from the labelled mails and measures
// engines: accuracy, calibration, alerts, fairness. Training is reproducible to
// the byte on linux/amd64: one order of operations, seeded shuffles, no clock.
package train

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"sync"

	"kontor/assist/local"
	"kontor/assist/local/feature"
	"kontor/cases"
)

// ErrWorse says that a new model is worse than the one it would replace.
var ErrWorse = errors.New("the new model is worse than the shipped one")

// Options change a training.
type Options struct {
	// Epochs over the corpus; 0 means the default.
	Epochs int
	// HoldBack leaves the held-back fifth out, to measure on it. The shipped
	// model is trained on everything.
	HoldBack bool
	// Against is the model that the new one must not fall behind in
	// cross-validated accuracy or macro-F1; nil compares with nothing.
	Against []byte
	// Tolerance is by how many thousandths it may be worse; 0 means 5.
	Tolerance int
}

const (
	folds         = 5
	defaultEpochs = 8
)

func defaults(o Options) dual {
	d := dual{c: 0.3, epochs: o.Epochs, seed: 1}
	if d.epochs <= 0 {
		d.epochs = defaultEpochs
	}
	return d
}

// Train makes a model from the corpus and reports how it does on mails of the
// corpus that the weights measured had not seen (five-fold cross-validation).
// It returns ErrWorse, with the report, if it falls behind o.Against.
func Train(ctx context.Context, c *Corpus, o Options) ([]byte, Report, error) {
	lx, err := feature.ParseLexicon(local.Lexicon())
	if err != nil {
		return nil, Report{}, fmt.Errorf("train: %w", err)
	}
	x := feature.NewExtractor(lx)
	var mails []Mail
	for i := range c.Mails {
		if !o.HoldBack || !c.Mails[i].HeldBack() {
			mails = append(mails, c.Mails[i])
		}
	}
	if len(mails) < 2*folds {
		return nil, Report{}, fmt.Errorf("train: %d mails are too few", len(mails))
	}
	main := observeAll(x, mails)
	extra := observeAll(x, c.Extra)
	opt := defaults(o)
	scores, err := crossValidate(ctx, mails, main, extra, opt)
	if err != nil {
		return nil, Report{}, err
	}
	h := calibrate(main, scores)
	report := reportOf(mails, main, h, scores)

	all := append(append([]seen{}, main...), extra...)
	d, w := opt.learn(all, local.MaxRows)
	h.Precedence = newPrecedence(all).fixed()
	if err := ctx.Err(); err != nil {
		return nil, Report{}, err
	}
	h.Lexicon = digest([]byte(local.Lexicon()))
	h.Trained = local.Trained{Mails: len(all), Corpus: c.Digest(), Accuracy: report.Accuracy, MacroF1: report.MacroF1}
	file, err := quantise(h, d, w)
	if err != nil {
		return nil, Report{}, fmt.Errorf("train: %w", err)
	}
	if o.Against != nil {
		if err := notWorse(report, o); err != nil {
			return nil, report, err
		}
	}
	return file, report, nil
}

func notWorse(r Report, o Options) error {
	old, err := local.ReadHeader(o.Against)
	if err != nil {
		return fmt.Errorf("compare with the shipped model: %w", err)
	}
	tol := o.Tolerance
	if tol == 0 {
		tol = 5
	}
	if r.Accuracy < old.Trained.Accuracy-tol || r.MacroF1 < old.Trained.MacroF1-tol {
		return fmt.Errorf("%w: accuracy %d (was %d), macro-F1 %d (was %d) of 1000",
			ErrWorse, r.Accuracy, old.Trained.Accuracy, r.MacroF1, old.Trained.MacroF1)
	}
	return nil
}

func observeAll(x *feature.Extractor, mails []Mail) []seen {
	out := make([]seen, len(mails))
	for i := range mails {
		out[i] = observe(x, mails[i].Input())
		out[i].target = targetOf(&mails[i])
	}
	return out
}

// crossValidate scores each mail by weights that had not seen it. Extra mails
// are in every training part and in no measured one.
func crossValidate(ctx context.Context, mails []Mail, main, extra []seen, opt dual) ([][outputs]float32, error) {
	scores := make([][outputs]float32, len(main))
	var wg sync.WaitGroup
	sem := make(chan struct{}, 2)
	for f := range uint32(folds) {
		wg.Go(func() {
			sem <- struct{}{}
			defer func() { <-sem }()
			if ctx.Err() != nil {
				return
			}
			var part []seen
			for i := range main {
				if mails[i].fold(folds) != f {
					part = append(part, main[i])
				}
			}
			part = append(part, extra...)
			// As many rows for each mail as the whole model may have.
			d, w := opt.learn(part, local.MaxRows*len(part)/(len(main)+len(extra)))
			p := newPrecedence(part)
			for i := range main {
				if mails[i].fold(folds) == f {
					e := d.example(&main[i])
					scores[i] = w.scores(&e)
					p.apply(&scores[i])
					d.addSentences(&scores[i], &main[i], w)
				}
			}
		})
	}
	wg.Wait()
	return scores, ctx.Err()
}

// learn fits the weights of at most rows features; if there are more, those that
// weigh least in a first fit are left out of the second.
func (o dual) learn(part []seen, rows int) (*dictionary, *weights) {
	d := newDictionary(part)
	w := o.fit(d.examples(part), len(d.hashes))
	if len(d.hashes) > rows {
		d = d.shrink(w, rows)
		w = o.fit(d.examples(part), rows)
	}
	w.join()
	return d, w
}

func digest(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:8])
}

// quantise turns the weights into a model file: eight bits each, one scale for
// each group of features and output.
func quantise(h local.Header, d *dictionary, w *weights) ([]byte, error) {
	h.Rows = len(d.hashes)
	gw := groupWeight()
	var top [feature.Groups][outputs]float32
	value := func(r, k int) float32 { return w.w[r*outputs+k] * d.idf[r] * gw[d.groups[r]] }
	for r := range d.hashes {
		t := &top[d.groups[r]]
		for k := range outputs {
			t[k] = max(t[k], float32(math.Abs(float64(value(r, k)))))
		}
	}
	for g := range top {
		h.Scale[g] = make([]int32, outputs)
		for k := range outputs {
			h.Scale[g][k] = int32(math.Round(float64(top[g][k]) / 127 * (1 << 24)))
		}
	}
	table, order, log := local.Table(d.hashes)
	h.TableLog = log
	rows := make([]int8, len(d.hashes)*outputs)
	for at, r := range order {
		for k := range outputs {
			if t := top[d.groups[r]][k]; t > 0 {
				rows[at*outputs+k] = int8(math.Round(float64(value(r, k) / t * 127)))
			}
		}
	}
	h.Bias = make([]int32, outputs)
	for k, b := range w.bias {
		h.Bias[k] = int32(math.Round(float64(b) * (1 << 16)))
	}
	for _, i := range cases.Intents() {
		h.Intents = append(h.Intents, string(i))
	}
	for _, f := range cases.Flags() {
		h.Flags = append(h.Flags, string(f))
	}
	h.Langs = langs()
	raw := make([]byte, len(rows))
	for i, v := range rows {
		raw[i] = byte(v)
	}
	h.Version = "local-" + digest(append(raw, h.Lexicon...))[:10]
	return local.Encode(h, table, rows)
}
