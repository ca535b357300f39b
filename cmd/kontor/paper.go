package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/money"
	"kontor/inbox/paper"
)

func (g *globals) paperCmd() *cobra.Command {
	c := &cobra.Command{Use: "paper", Short: "letters for the post, payment codes, calendars, the court sheet", Args: noArgs, RunE: func(*cobra.Command, []string) error {
		return usage("want: kontor paper letter, qr, ics or dunning")
	}}
	c.AddCommand(g.letterCmd(), g.qrCmd(), g.icsCmd(), g.dunningCmd())
	return c
}

// onCase runs f on a case, opened whole.
func (g *globals) onCase(ctx context.Context, ref string, f func(*app, *desk.CaseView) error) error {
	if ref == "" {
		return usage("--case is missing")
	}
	return g.withDesk(ctx, func(ctx context.Context, a *app) error {
		id, err := a.desk.FindCase(ctx, ref)
		if err != nil {
			return err
		}
		v, err := a.desk.CaseView(ctx, id, 0)
		if err != nil {
			return err
		}
		return f(a, v)
	})
}

type paperLine struct {
	File     string      `json:"file"`
	Case     string      `json:"case"`
	Template string      `json:"template,omitempty"`
	RF       string      `json:"rf,omitempty"`
	Amount   money.Cents `json:"amount_cents,omitempty"`
	Currency string      `json:"currency,omitempty"`
	Payload  string      `json:"payload,omitempty"`
	SHA256   string      `json:"sha256,omitempty"`
}

func (g *globals) letterCmd() *cobra.Command {
	var ref, occasion, template, out string
	var final bool
	c := &cobra.Command{
		Use: "letter --case REF [--occasion NAME] [--final] --out FILE.pdf [MAIL]", Short: "a draft as a letter for a window envelope (DIN 5008)", Args: atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			if ref == "" || out == "" {
				return usage("--case or --out is missing")
			}
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error {
				r, err := a.openFor(ctx, ref, occasion, template, args)
				if err != nil {
					return err
				}
				if r.DraftErr != nil {
					return r.DraftErr
				}
				if len(r.Drafts) == 0 {
					return fmt.Errorf("case %s: there is no draft to print", r.Case.Reference)
				}
				return a.printLetter(ctx, r, r.Drafts[0], out, final)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&ref, "case", "", "reference of the case")
	f.StringVar(&occasion, "occasion", "", "first_letter, balance_letter, …")
	f.StringVar(&template, "template", "", "another text")
	f.StringVar(&out, "out", "", "file to write")
	f.BoolVar(&final, "final", false, "I have read it and post it: without the draft's mark, noted on the case")
	return c
}

func atMostOne(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage("want at most one mail file")
	}
	return nil
}

// printLetter prints a draft that nothing forbids to send. A final one is the
// caseworker's word: the case notes who printed what, by the hash of its bytes.
func (a *app) printLetter(ctx context.Context, r *desk.Review, d cases.Draft, out string, final bool) error {
	l, pdf, err := a.letter(r, d, final)
	if err != nil {
		return err
	}
	if err := a.recordExport(ctx, "letter", "pdf", 1, r.Case.ID); err != nil {
		return err
	}
	if err := writeAtomic(out, pdf); err != nil {
		return err
	}
	if final {
		if err := a.notePrinted(ctx, r, d, l, pdf, out); err != nil {
			return err
		}
	}
	line := paperLine{File: out, Case: r.Case.Reference, Template: d.Template.ID, SHA256: fmt.Sprintf("%x", sha256.Sum256(pdf))}
	if !final {
		return a.g.result(line, "%s: Entwurf aus %s; nicht freigegeben", "%s: draft from %s; not approved", out, d.Template.ID)
	}
	return a.g.result(line, "%s: gedruckt aus %s, auf der Akte vermerkt", "%s: printed from %s, noted on the case", out, d.Template.ID)
}

func (g *globals) qrCmd() *cobra.Command {
	var ref, out string
	var no, scale int
	c := &cobra.Command{
		Use: "qr --case REF [--instalment N] [--out FILE.png]", Short: "GiroCode of what is open, or of an instalment", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return g.onCase(cmd.Context(), ref, func(a *app, v *desk.CaseView) error {
				t, err := a.transfer(&v.Review, no)
				if err != nil {
					return err
				}
				code, err := paper.Giro(t)
				if err != nil {
					return err
				}
				l := paperLine{File: out, Case: v.Case.Reference, RF: t.RF, Amount: t.Amount, Currency: money.Currency}
				if l.Payload, err = t.Payload(); err != nil {
					return err
				}
				if out == "" && !g.json {
					if _, err := io.WriteString(g.stdout, code.Terminal()); err != nil {
						return fmt.Errorf("write the code: %w", err)
					}
				}
				if out != "" {
					b, err := code.PNG(scale)
					if err != nil {
						return usage("--scale: %w", err)
					}
					if err := a.recordExport(cmd.Context(), "girocode", "png", 1, v.Case.ID); err != nil {
						return err
					}
					if err := writeAtomic(out, b); err != nil {
						return err
					}
				}
				return g.result(l, "%s an %s, Verwendungszweck %s", "%s to %s, reference %s", t.Amount.Format(a.lang()), t.Name, paper.SpacedRF(t.RF))
			})
		},
	}
	f := c.Flags()
	f.StringVar(&ref, "case", "", "reference of the case")
	f.StringVar(&out, "out", "", "PNG file to write; without it the terminal shows the code")
	f.IntVar(&no, "instalment", 0, "number of an instalment of the plan")
	f.IntVar(&scale, "scale", 8, "pixels a module, 1 to 32")
	return c
}

func (g *globals) icsCmd() *cobra.Command {
	var ref, out string
	c := &cobra.Command{
		Use: "ics --case REF --out FILE.ics", Short: "calendar of the plan, for the debtor", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return usage("--out is missing")
			}
			return g.onCase(cmd.Context(), ref, func(a *app, v *desk.CaseView) error {
				b, rates, rf, err := a.calendar(v)
				if err != nil {
					return err
				}
				if err := a.recordExport(cmd.Context(), "calendar", "ics", rates, v.Case.ID); err != nil {
					return err
				}
				if err := writeAtomic(out, b); err != nil {
					return err
				}
				return g.result(paperLine{File: out, Case: v.Case.Reference, RF: rf}, "%s: %d Raten", "%s: %d instalments", out, rates)
			})
		},
	}
	c.Flags().StringVar(&ref, "case", "", "reference of the case")
	c.Flags().StringVar(&out, "out", "", "file to write")
	return c
}

// writeAtomic writes a file that only its owner reads, whole or not at all.
func writeAtomic(file string, b []byte) error {
	return createAtomic(file, func(w io.Writer) error { _, err := w.Write(b); return err })
}

// createAtomic is writeAtomic for what is written piece by piece.
func createAtomic(file string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*") // mode 0600
	if err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("write %s: %w", file, errors.Join(err, ignoreGone(os.Remove(f.Name()))))
		}
	}()
	w := bufio.NewWriterSize(f, 256<<10)
	if err := errors.Join(write(w), w.Flush(), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

func ignoreGone(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
