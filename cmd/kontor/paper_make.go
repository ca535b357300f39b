package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"strings"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cases/plan"
	"kontor/inbox/mime"
	"kontor/inbox/paper"
	"kontor/ui/nav"
)

// letter sets a draft that nothing forbids to send as a letter. Only a final one
// is without the draft's mark.
func (a *app) letter(r *desk.Review, d cases.Draft, final bool) (paper.Letter, []byte, error) {
	for _, f := range d.Findings {
		if f.Blocking() {
			return paper.Letter{}, nil, fmt.Errorf("case %s: not printed, %s forbids it (%s)", r.Case.Reference, f.Rule, f.Source)
		}
	}
	who := r.Persons[d.To]
	if who == nil {
		return paper.Letter{}, nil, fmt.Errorf("case %s: the recipient is no party", r.Case.Reference)
	}
	postal := ""
	for _, k := range who.Contacts {
		if k.Channel == cases.Postal && k.Valid(r.Today) && (postal == "" || k.Proof == cases.ProofSeen) {
			postal = k.Value.String()
		}
	}
	if postal == "" {
		return paper.Letter{}, nil, fmt.Errorf("case %s: %w", r.Case.Reference, errNoAddress)
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
	return l, pdf, err
}

// errNoAddress says that a letter has nowhere to go.
var errNoAddress = errors.New("the recipient has no postal address on file; record one or write a mail")

// notePrinted notes a final letter on its case; one that cannot be noted is not
// kept.
func (a *app) notePrinted(ctx context.Context, r *desk.Review, d cases.Draft, l paper.Letter, pdf []byte, file string) error {
	words := fmt.Sprintf("Brief gedruckt: %s, an %s, SHA-256 %x", d.Template.ID, strings.Join(l.To, ", "), sha256.Sum256(pdf))
	if err := a.desk.Change(ctx, r.Case.ID, []cases.Effect{{Kind: cases.AddNote, Text: plain.Line(words)}}, nil); err != nil {
		return errors.Join(fmt.Errorf("case %s: the letter could not be noted, so it is not kept: %w", r.Case.Reference, err), os.Remove(file))
	}
	return nil
}

// print is what the screen prints: the letter as it stands there, judged once
// more, into a folder, over nothing.
func (a *app) print(ctx context.Context, req desk.ApproveRequest, final bool, dir string) (string, error) {
	r := req.Review
	if r == nil || r.Case == nil || req.Draft < 0 || req.Draft >= len(r.Drafts) {
		return "", errors.New("there is no letter to print")
	}
	d := r.Drafts[req.Draft]
	d.Subject, d.Text = req.Subject, req.Text
	var err error
	if d.Findings, err = a.desk.Check(ctx, req); err != nil {
		return "", err
	}
	l, pdf, err := a.letter(r, d, final)
	if err != nil {
		return "", err
	}
	if err := a.recordExport(ctx, "letter", "pdf", 1, r.Case.ID); err != nil {
		return "", err
	}
	file, err := mime.SaveAttachment(a.path(dir), fmt.Sprintf("%s %s %s.pdf", r.Case.Reference, d.Template.ID, r.Today), pdf)
	if err != nil || !final {
		return file, err
	}
	return file, a.notePrinted(ctx, r, d, l, pdf, file)
}

// payCode is the GiroCode of a case for the screen.
func (a *app) payCode(v *desk.CaseView, no int) (nav.PayCode, error) {
	t, err := a.transfer(&v.Review, no)
	if err != nil {
		return nav.PayCode{}, err
	}
	code, err := paper.Giro(t)
	if err != nil {
		return nav.PayCode{}, err
	}
	png, err := code.PNG(codeScale)
	if err != nil {
		return nav.PayCode{}, err
	}
	return nav.PayCode{To: t.Name, IBAN: t.IBAN, RF: paper.SpacedRF(t.RF), Amount: t.Amount, Size: code.Modules(), Dark: code.At, PNG: png}, nil
}

// calendar makes the calendar of a case's plan, and says how many instalments it
// has and the reference to pay with.
func (a *app) calendar(v *desk.CaseView) (ics []byte, rates int, rf string, err error) {
	list, err := ratesOf(v.Case)
	if err != nil {
		return nil, 0, "", err
	}
	if rf, err = paper.RF(v.Case.Reference); err != nil {
		return nil, 0, "", err
	}
	p := paper.Plan{
		Domain: "kontor.invalid", Case: v.Case.Reference, Rates: list, Lang: a.lang(), Made: a.g.now(),
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
	ics, err = paper.ICS(p)
	return ics, len(list), rf, err
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
