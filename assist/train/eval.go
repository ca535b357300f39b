package train

import (
	"context"
	"fmt"

	"kontor/cases"
)

// Engine is what can be measured.
type Engine interface {
	Classify(context.Context, cases.ClassifyInput) (cases.Classification, error)
}

// Eval measures an engine on labelled mails. Mails that the engine's model was
// trained on say nothing about new ones: measure on others.
func Eval(ctx context.Context, e Engine, mails []Mail) (Report, error) {
	answers := make([]cases.Classification, len(mails))
	for i := range mails {
		c, err := e.Classify(ctx, mails[i].Input())
		if err != nil {
			return Report{}, fmt.Errorf("eval mail %s: %w", mails[i].ID, err)
		}
		answers[i] = c
	}
	return measure(mails, answers), nil
}

// HeldBack returns the mails of the corpus that are never trained on when
// Options.HoldBack is set.
func (c *Corpus) HeldBack() []Mail {
	var out []Mail
	for i := range c.Mails {
		if c.Mails[i].HeldBack() {
			out = append(out, c.Mails[i])
		}
	}
	return out
}
