package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kontor/assist/data"
	"kontor/assist/learn"
	"kontor/assist/local"
	"kontor/assist/measure"
	"kontor/assist/train"
)

// maxLabelled bounds a file of labelled mails, in bytes.
const maxLabelled = 64 << 20

func (g *globals) assistCmd() *cobra.Command {
	c := &cobra.Command{Use: "assist", Short: "measure and train the local engine", Args: noArgs, RunE: func(*cobra.Command, []string) error {
		return usage("want: kontor assist eval [FILE] | fairness [FILE] | train --out FILE | examples")
	}}
	c.AddCommand(g.evalCmd(), g.fairnessCmd(), g.trainCmd(), g.examplesCmd())
	return c
}

func atMostOneFile(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage("want at most one file of labelled mails")
	}
	return nil
}

// evalLine is the report with what must be known to read it: whether the model
// learned from these very mails, and how its training did on mails it had not
// seen (five-fold cross-validation).
type evalLine struct {
	measure.Report
	Trained      bool          `json:"trained_on"`
	Known        int           `json:"known_mails"` // how many of them the model has learned from
	CrossChecked local.Trained `json:"cross_validated"`
}

func (g *globals) evalCmd() *cobra.Command {
	return &cobra.Command{
		Use: "eval [FILE]", Short: "how the assistant does on labelled mails (default: those it ships with)", Args: atMostOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			mails, own, err := labelledMails(args)
			if err != nil {
				return err
			}
			eng, err := newEngine(`K-\d{4}-\d{6}`)
			if err != nil {
				return err
			}
			head, err := local.ReadHeader(local.Embedded())
			if err != nil {
				return err
			}
			known, err := knownMails(mails)
			if err != nil {
				return err
			}
			examples, without := g.examplesIfAny(cmd.Context())
			r, err := measure.Run(cmd.Context(), eng, mails, data.Files(), examples)
			if err != nil {
				return err
			}
			if g.json {
				err = g.put(evalLine{r, !own || known == len(mails), known, head.Trained})
			} else {
				err = g.sayEval(r, known, head)
			}
			if err == nil && without != nil {
				err = partly("without the examples of this home: %v", without)
			}
			return err
		},
	}
}

func (g *globals) sayEval(r measure.Report, known int, head local.Header) error {
	if known > 0 {
		which := "these mails"
		if known < r.Mails {
			which = fmt.Sprintf("%d of these mails", known)
		}
		if err := g.say("the model has learned from %s: on mails it had not seen accuracy is %.3f, macro-F1 %.3f (five-fold cross-validation)\n",
			which, float64(head.Trained.Accuracy)/1000, float64(head.Trained.MacroF1)/1000); err != nil {
			return err
		}
	}
	return g.say("%s", r)
}

// knownMails counts the mails that the shipped model has learned from.
func knownMails(mails []train.Mail) (int, error) {
	corpus, err := train.Load(data.Files())
	if err != nil {
		return 0, err
	}
	learned := map[[2]string]bool{}
	for _, list := range [][]train.Mail{corpus.Mails, corpus.Extra} {
		for _, m := range list {
			learned[[2]string{m.Subject, m.Text}] = true
		}
	}
	n := 0
	for _, m := range mails {
		if learned[[2]string{m.Subject, m.Text}] {
			n++
		}
	}
	return n, nil
}

// labelledMails reads a file of labelled mails, or takes those that the engine
// ships with; own says that they come from outside.
func labelledMails(args []string) (mails []train.Mail, own bool, err error) {
	if len(args) == 0 {
		corpus, err := train.Load(data.Files())
		if err != nil {
			return nil, false, err
		}
		return corpus.Mails, false, nil
	}
	st, err := os.Stat(args[0])
	switch {
	case err != nil:
		return nil, true, err
	case st.IsDir():
		return nil, true, fmt.Errorf("%s is a folder; want a file of labelled mails, one JSON object a line", args[0])
	case st.Size() > maxLabelled:
		return nil, true, fmt.Errorf("%s: longer than %d bytes", args[0], maxLabelled)
	}
	b, err := os.ReadFile(args[0])
	if err != nil {
		return nil, true, err
	}
	if mails, err = train.Parse(args[0], b); err != nil {
		return nil, true, err
	}
	if len(mails) == 0 {
		return nil, true, fmt.Errorf("%s: no labelled mail", args[0])
	}
	return mails, true, nil
}

func (g *globals) fairnessCmd() *cobra.Command {
	return &cobra.Command{
		Use: "fairness [FILE]", Short: "whether some senders are understood worse: by language, length, spelling, and in pairs", Args: atMostOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			mails, _, err := labelledMails(args)
			if err != nil {
				return err
			}
			pairs, err := train.Pairs(data.Files())
			if err != nil {
				return err
			}
			eng, err := newEngine(`K-\d{4}-\d{6}`)
			if err != nil {
				return err
			}
			r, err := train.Fairness(cmd.Context(), eng, mails, pairs)
			if err != nil {
				return err
			}
			if g.json {
				return g.put(r)
			}
			return g.say("%s", r)
		},
	}
}

func (g *globals) trainCmd() *cobra.Command {
	var out string
	var with bool
	c := &cobra.Command{
		Use: "train", Short: "make the model anew; refused if it got worse", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return usage("--out is missing")
			}
			return g.train(cmd.Context(), out, with)
		},
	}
	c.Flags().StringVar(&out, "out", "", "file for the model (in the repository: assist/local/model.bin)")
	c.Flags().BoolVar(&with, "examples", false, "learn from what was corrected in this home, too; the model is then another on every machine")
	return c
}

func (g *globals) train(ctx context.Context, out string, with bool) error {
	// Training takes minutes: that the file can be written is found out before.
	if st, err := os.Stat(filepath.Dir(out)); err != nil {
		return fmt.Errorf("write the model: %w", err)
	} else if !st.IsDir() {
		return fmt.Errorf("write the model: %s is no folder", filepath.Dir(out))
	}
	corpus, err := train.Load(data.Files())
	if err != nil {
		return err
	}
	examples := 0
	if with {
		err := g.withExamples(ctx, func(k *learn.Keeper) error {
			list, err := k.List(ctx)
			mails := learn.Mails(list)
			examples = len(mails)
			corpus.Extra = append(corpus.Extra, mails...) // learned from, never measured on
			return err
		})
		if err != nil {
			return err
		}
	}
	model, r, err := train.Train(ctx, corpus, train.Options{Against: local.Embedded()})
	if errors.Is(err, train.ErrWorse) {
		return fmt.Errorf("%w; %s was not written, the shipped one stays in use", err, out)
	}
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, model, 0o600); err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	same := bytes.Equal(model, local.Embedded())
	return g.result(map[string]any{"bytes": len(model), "same_as_shipped": same, "accuracy": r.Accuracy, "macro_f1": r.MacroF1, "examples": examples},
		"%d Bytes, gleich dem mitgelieferten: %v; Genauigkeit %d ‰, Makro-F1 %d ‰; %d Korrekturen dieses Arbeitsplatzes",
		"%d bytes, same as shipped: %v; accuracy %d ‰, macro-F1 %d ‰; %d corrections of this home", len(model), same, r.Accuracy, r.MacroF1, examples)
}
