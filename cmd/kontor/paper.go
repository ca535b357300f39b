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
	"strings"

	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
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
	for _, f := range d.Findings {
		if f.Blocking() {
			return fmt.Errorf("case %s: not printed, %s forbids it (%s)", r.Case.Reference, f.Rule, f.Source)
		}
	}
	who := r.Persons[d.To]
	if who == nil {
		return fmt.Errorf("case %s: the recipient is no party", r.Case.Reference)
	}
	postal := ""
	for _, k := range who.Contacts {
		if k.Channel == cases.Postal && k.Valid(r.Today) && (postal == "" || k.Proof == cases.ProofSeen) {
			postal = k.Value.String()
		}
	}
	if postal == "" {
		return fmt.Errorf("case %s: the recipient has no postal address on file; record one or write a mail", r.Case.Reference)
	}
	l := paper.Letter{
		Agency: a.agency(), To: paper.Window(who.Name.String(), postal), Reference: r.Case.Reference, Date: r.Today,
		Subject: d.Subject, Text: d.Text, Lang: d.Template.Lang, Made: a.g.now(),
		Draft: !final,
	}
	if d.Template.Demand {
		// A letter goes without a code where none can be made: the text says all.
		if t, err := a.transfer(r, 0); err == nil {
			l.Pay = &t
		}
	}
	pdf, err := l.PDF()
	if err != nil {
		return err
	}
	if err := a.recordExport(ctx, "letter", "pdf", 1, r.Case.ID); err != nil {
		return err
	}
	if err := writeAtomic(out, pdf); err != nil {
		return err
	}
	l2 := paperLine{File: out, Case: r.Case.Reference, Template: d.Template.ID, SHA256: fmt.Sprintf("%x", sha256.Sum256(pdf))}
	if !final {
		return a.g.result(l2, "%s: Entwurf aus %s; nicht freigegeben", "%s: draft from %s; not approved", out, d.Template.ID)
	}
	note := cases.Effect{Kind: cases.AddNote, Text: plain.Line(fmt.Sprintf("Brief gedruckt: %s, an %s, SHA-256 %s", d.Template.ID, strings.Join(l.To, ", "), l2.SHA256))}
	if err := a.desk.Change(ctx, r.Case.ID, []cases.Effect{note}, nil); err != nil {
		return errors.Join(fmt.Errorf("case %s: the letter could not be noted, so it is not kept: %w", r.Case.Reference, err), os.Remove(out))
	}
	return a.g.result(l2, "%s: gedruckt aus %s, auf der Akte vermerkt", "%s: printed from %s, noted on the case", out, d.Template.ID)
}

// transfer is the payment of an instalment of the current plan, or of all that
// is open (no 0).
func (a *app) transfer(r *desk.Review, no int) (paper.Transfer, error) {
	c := r.Case
	rf, err := paper.RF(c.Reference)
	if err != nil {
		return paper.Transfer{}, fmt.Errorf("case %s: %w", c.Reference, err)
	}
	t := paper.Transfer{Name: a.cfg.Agency.Name, IBAN: a.cfg.Agency.IBAN, BIC: a.cfg.Agency.BIC, RF: rf}
	if no > 0 {
		rates, err := ratesOf(c)
		if err != nil {
			return t, err
		}
		if no > len(rates) {
			return t, fmt.Errorf("case %s: the plan has %d instalments", c.Reference, len(rates))
		}
		t.Amount = rates[no-1].Cents
		return t, nil
	}
	if r.BalanceErr != nil {
		return t, fmt.Errorf("case %s: the balance cannot be reckoned: %w", c.Reference, r.BalanceErr)
	}
	if t.Amount = r.Balance.Total; t.Amount <= 0 {
		return t, fmt.Errorf("case %s: nothing is open", c.Reference)
	}
	return t, nil
}

// ratesOf returns the instalments of the case's live plan.
func ratesOf(c *cases.Case) ([]plan.Rate, error) {
	p, ok := c.Current(cases.ArrangePlan)
	if !ok || len(p.Rates) == 0 {
		return nil, fmt.Errorf("case %s: there is no plan", c.Reference)
	}
	return p.Rates, nil
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
				rates, err := ratesOf(v.Case)
				if err != nil {
					return err
				}
				rf, err := paper.RF(v.Case.Reference)
				if err != nil {
					return err
				}
				p := paper.Plan{
					Domain: "kontor.invalid", Case: v.Case.Reference, Rates: rates, Lang: a.lang(), Made: g.now(),
					Summary: "Rate " + v.Case.Reference,
					Details: fmt.Sprintf("Empfänger: %s\nIBAN: %s\nVerwendungszweck: %s\nKlappt es einmal nicht, melden Sie sich bitte: %s, %s", a.cfg.Agency.Name, a.cfg.Agency.IBAN, rf, a.cfg.Agency.Phone, a.cfg.Agency.Mail),
				}
				if a.lang() == "en" {
					p.Summary = "Instalment " + v.Case.Reference
					p.Details = fmt.Sprintf("Payee: %s\nIBAN: %s\nReference: %s\nIf one month does not work out, please tell us: %s, %s", a.cfg.Agency.Name, a.cfg.Agency.IBAN, rf, a.cfg.Agency.Phone, a.cfg.Agency.Mail)
				}
				if _, domain, ok := strings.Cut(a.cfg.Agency.Mail, "@"); ok {
					p.Domain = domain
				}
				for _, x := range v.Case.Arrangements {
					if x.Kind == cases.ArrangePlan {
						p.Version++
					}
				}
				b, err := paper.ICS(p)
				if err != nil {
					return err
				}
				if err := a.recordExport(cmd.Context(), "calendar", "ics", len(rates), v.Case.ID); err != nil {
					return err
				}
				if err := writeAtomic(out, b); err != nil {
					return err
				}
				return g.result(paperLine{File: out, Case: v.Case.Reference, RF: rf}, "%s: %d Raten", "%s: %d instalments", out, len(rates))
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
