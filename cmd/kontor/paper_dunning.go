package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/dunning"
	"kontor/cases/money"
	"kontor/inbox/paper"
)

// dunningFlags are what only a person knows about an application.
type dunningFlags struct {
	ref, out, counter             string
	court, trial, number          string
	catalogue, extra, apr, speaks []string
}

func (g *globals) dunningCmd() *cobra.Command {
	var o dunningFlags
	c := &cobra.Command{
		Use: "dunning --case REF [--out FILE.pdf]", Short: "check and decision sheet for the court's dunning procedure; files nothing", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return g.onCase(cmd.Context(), o.ref, func(a *app, v *desk.CaseView) error { return a.courtSheet(cmd.Context(), v, o) })
		},
	}
	f := c.Flags()
	f.StringVar(&o.ref, "case", "", "reference of the case")
	f.StringVar(&o.out, "out", "", "PDF file to write")
	f.StringVar(&o.counter, "counter-performance", "", "rendered, not_dependent or open (§ 690 Abs. 1 Nr. 4 ZPO)")
	f.StringVar(&o.court, "court", "", "dunning court at the applicant's seat")
	f.StringVar(&o.trial, "trial-court", "", "court for the contested proceedings")
	f.StringVar(&o.number, "number", "", "the agency's Kennziffer, 8 digits")
	f.StringArrayVar(&o.catalogue, "catalogue", nil, "CLAIM=NUMBER of the court's catalogue, or NUMBER for all claims")
	f.StringArrayVar(&o.extra, "extra", nil, "CLAIM=TEXT, or TEXT for all: what the catalogue number wants besides")
	f.StringArrayVar(&o.apr, "apr", nil, "CLAIM=PERCENT, or PERCENT for all: effective annual rate of consumer credit at contract")
	f.StringArrayVar(&o.speaks, "representative", nil, "creditor=TEXT or debtor=TEXT: who represents a legal person")
	return c
}

func (a *app) courtSheet(ctx context.Context, v *desk.CaseView, o dunningFlags) error {
	answers, err := o.answers(v)
	if err != nil {
		return err
	}
	s, err := a.prepareSheet(v, answers)
	if err != nil {
		return err
	}
	if o.out != "" {
		b, err := paper.CourtPDF(s, a.g.now())
		if err != nil {
			return err
		}
		if err := a.recordExport(ctx, "court_sheet", "pdf", 1, v.Case.ID); err != nil {
			return err
		}
		if err := writeAtomic(o.out, b); err != nil {
			return err
		}
	}
	if a.g.json {
		return a.g.put(s)
	}
	return a.g.say("%s", strings.TrimRight(paper.CourtText(s), "\n"))
}

// prepareSheet checks an application as far as the case and a person's answers go.
func (a *app) prepareSheet(v *desk.CaseView, answers dunning.Answers) (dunning.Sheet, error) {
	rules, lr, err := a.rules()
	if err != nil {
		return dunning.Sheet{}, err
	}
	return dunning.Prepare(dunning.Input{
		Case: v.Case, Persons: v.Persons, Statement: v.Statement, BalanceErr: v.BalanceErr, Today: v.Today, Agency: a.agency(),
		Fees: rules.Costs, Rates: lr.Rates, Answers: answers,
	})
}

// sheetForScreen is the sheet as the screen shows and saves it.
func (a *app) sheetForScreen(v *desk.CaseView, answers dunning.Answers) (text string, pdf []byte, err error) {
	s, err := a.prepareSheet(v, answers)
	if err != nil {
		return "", nil, err
	}
	pdf, err = paper.CourtPDF(s, a.g.now())
	return paper.CourtText(s), pdf, err
}

// answers reads the flags; what names no claim counts for all.
func (o dunningFlags) answers(v *desk.CaseView) (dunning.Answers, error) {
	out := dunning.Answers{
		Court: o.court, TrialCourt: o.trial, Number: o.number, Counter: dunning.Counter(o.counter),
		Catalogue: map[string]int{}, Extra: map[string]string{}, APR: map[string]int{}, Representatives: map[cases.PersonID]string{},
	}
	switch out.Counter {
	case dunning.CounterUnknown, dunning.CounterRendered, dunning.CounterNone, dunning.CounterOpen:
	default:
		return out, usage("--counter-performance %q: want rendered, not_dependent or open", o.counter)
	}
	each := func(flag string, list []string, put func(claim, value string) error) error {
		for _, s := range list {
			claim, value, ok := strings.Cut(s, "=")
			known := false
			for _, k := range v.Case.Ledger.Claims {
				if !ok || k.ID == claim {
					known = true
					if err := put(k.ID, strings.TrimSpace(s[strings.Index(s, "=")+1:])); err != nil {
						return usage("--%s %q: %w", flag, s, err)
					}
				}
			}
			if !known {
				return usage("--%s %q: the case has no claim %q (value %q)", flag, s, claim, value)
			}
		}
		return nil
	}
	if err := each("catalogue", o.catalogue, func(c, s string) error {
		n, err := strconv.Atoi(s)
		out.Catalogue[c] = n
		return err
	}); err != nil {
		return out, err
	}
	if err := each("extra", o.extra, func(c, s string) error { out.Extra[c] = s; return nil }); err != nil {
		return out, err
	}
	if err := each("apr", o.apr, func(c, s string) error {
		p, err := money.Parse(strings.TrimSuffix(s, "%"))
		out.APR[c] = int(p)
		return err
	}); err != nil {
		return out, err
	}
	for _, s := range o.speaks {
		who, name, _ := strings.Cut(s, "=")
		role := cases.Role(who)
		p, ok := v.Case.Party(role, v.Today)
		if !ok || name == "" {
			return out, usage("--representative %q: want creditor=TEXT or debtor=TEXT", s)
		}
		out.Representatives[p.Person] = name
	}
	return out, nil
}
