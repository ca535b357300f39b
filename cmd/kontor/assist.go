package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"kontor/assist/data"
	"kontor/assist/local"
	"kontor/assist/train"
)

func (g *globals) assistCmd() *cobra.Command {
	c := &cobra.Command{Use: "assist", Short: "measure and train the local engine", Args: noArgs, RunE: func(*cobra.Command, []string) error {
		return usage("want: kontor assist eval [FILE] | train --out FILE")
	}}
	c.AddCommand(g.evalCmd(), g.trainCmd())
	return c
}

func (g *globals) evalCmd() *cobra.Command {
	return &cobra.Command{
		Use: "eval [FILE]", Short: "how the engine does on labelled mails (default: those it ships with)",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("want at most one file")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			corpus, err := train.Load(data.Files())
			if err != nil {
				return err
			}
			mails := corpus.Mails
			if len(args) == 1 {
				b, err := os.ReadFile(args[0])
				if err != nil {
					return err
				}
				if mails, err = train.Parse(args[0], b); err != nil {
					return err
				}
			}
			eng, err := newEngine(`K-\d{4}-\d{6}`)
			if err != nil {
				return err
			}
			r, err := train.Eval(cmd.Context(), eng, mails)
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
	c := &cobra.Command{
		Use: "train", Short: "make the model anew; refused if it got worse", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return usage("--out is missing")
			}
			return g.train(cmd.Context(), out)
		},
	}
	c.Flags().StringVar(&out, "out", "", "file for the model (in the repository: assist/local/model.bin)")
	return c
}

func (g *globals) train(ctx context.Context, out string) error {
	corpus, err := train.Load(data.Files())
	if err != nil {
		return err
	}
	model, r, err := train.Train(ctx, corpus, train.Options{Against: local.Embedded()})
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, model, 0o600); err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	same := bytes.Equal(model, local.Embedded())
	return g.result(map[string]any{"bytes": len(model), "same_as_shipped": same, "accuracy": r.Accuracy, "macro_f1": r.MacroF1},
		"%d Bytes, gleich dem mitgelieferten: %v; Genauigkeit %d ‰, Makro-F1 %d ‰", "%d bytes, same as shipped: %v; accuracy %d ‰, macro-F1 %d ‰", len(model), same, r.Accuracy, r.MacroF1)
}
