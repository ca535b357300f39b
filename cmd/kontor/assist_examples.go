package main

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"github.com/spf13/cobra"

	"kontor/assist/learn"
	"kontor/assist/redact"
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
)

// keeper keeps what is corrected in this home.
func (a *app) keeper() *learn.Keeper {
	days := learn.Days
	if d := a.cfg.Assist.ExampleDays; d != nil {
		days = *d
	}
	return learn.New(a.store, func() calendar.Date { return calendar.In(a.g.now(), a.loc) }, days)
}

// workplace is the desk as the screens use it: what a person corrects there is
// kept as an example.
func (a *app) workplace() desk.Workstation { return learning{a.desk, a.keeper(), a} }

// learning is a desk that keeps corrections and edits. An example that cannot
// be kept stops nobody's work.
type learning struct {
	*desk.Desk
	keep *learn.Keeper
	a    *app
}

// Correct puts a person's reading over the machine's, and keeps both.
func (l learning) Correct(ctx context.Context, id cases.MessageID, intent cases.Intent, flags []cases.Flag, alerts []cases.Alert) error {
	m, err := l.Message(ctx, id)
	if err != nil {
		return err
	}
	before := *m // the desk may hand out what it then changes
	if err := l.Desk.Correct(ctx, id, intent, flags, alerts); err != nil {
		return err
	}
	if err := l.corrected(ctx, &before, learn.Reading{Intent: intent, Flags: flags, Alerts: alerts}); err != nil {
		l.a.log.Warn("keep a correction", "err", err)
	}
	return nil
}

func (l learning) corrected(ctx context.Context, m *cases.Message, person learn.Reading) error {
	mail := learn.Mail{
		ID: m.ID, Date: calendar.In(m.Received, l.a.loc), Subject: m.Mail.Subject.String(), Text: m.Mail.Own.String(), Class: m.Class, Case: m.Match.Case,
		Known: redact.Known{From: m.Mail.From.Name.String() + " <" + m.Mail.From.Addr + ">"},
	}
	for _, at := range m.Mail.Attachments {
		if !at.Text.IsZero() {
			mail.Attached = append(mail.Attached, at.Text.String())
		}
	}
	if m.Match.Person != "" {
		mail.Persons = []cases.PersonID{m.Match.Person}
	}
	if m.Match.Case != "" {
		view, err := l.CaseView(ctx, m.Match.Case, l.Today())
		if err != nil && !errors.Is(err, cases.ErrNotFound) {
			return err
		}
		if err == nil {
			mail.Persons = append(mail.Persons, peopleOf(&view.Review)...)
			mail.Known = withCase(mail.Known, &view.Review)
		}
	}
	return l.keep.Corrected(ctx, mail, person)
}

// Approve is the caseworker's word, and keeps what was changed of the draft.
func (l learning) Approve(ctx context.Context, req desk.ApproveRequest) (desk.Approved, error) {
	out, err := l.Desk.Approve(ctx, req)
	if err != nil || req.Review == nil || req.Draft < 0 || req.Draft >= len(req.Review.Drafts) {
		return out, err
	}
	r, d := req.Review, req.Review.Drafts[req.Draft]
	letter := learn.Letter{
		Reply: out.Reply, Template: d.Template, Before: d.Subject + "\n" + d.Text, After: req.Subject + "\n" + req.Text,
		Case: r.Case.ID, Persons: peopleOf(r), Known: withCase(redact.Known{}, r),
	}
	if m := r.Message; m != nil {
		letter.Known.From = m.Mail.From.Name.String() + " <" + m.Mail.From.Addr + ">"
	}
	if err := l.keep.Approved(ctx, letter); err != nil {
		l.a.log.Warn("keep an edited draft", "err", err)
	}
	return out, nil
}

// Undo takes an approval back, and the example of it.
func (l learning) Undo(ctx context.Context, id cases.ReplyID) error {
	if err := l.Desk.Undo(ctx, id); err != nil {
		return err
	}
	if err := l.keep.Withdrawn(ctx, id); err != nil {
		l.a.log.Warn("forget an edited draft", "err", err)
	}
	return nil
}

func peopleOf(r *desk.Review) []cases.PersonID {
	var out []cases.PersonID
	for id := range r.Persons {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// withCase adds what the file knows of its people, for redaction.
func withCase(k redact.Known, r *desk.Review) redact.Known {
	if r.Case != nil {
		k.References = append(k.References, r.Case.Reference)
		for _, c := range r.Case.Ledger.Claims {
			k.References = append(k.References, c.Invoice)
		}
	}
	for _, p := range r.Persons {
		k.Names = append(k.Names, p.Name.String())
		k.Other = append(k.Other, p.IBANs...)
		if p.Born != 0 {
			k.Other = append(k.Other, p.Born.Long("de"), p.Born.String())
		}
		for _, c := range p.Contacts {
			switch c.Channel {
			case cases.Email:
				k.Addresses = append(k.Addresses, c.Value.String())
			case cases.Postal:
				k.Postal = append(k.Postal, c.Value.String())
			default:
				k.Other = append(k.Other, c.Value.String())
			}
		}
	}
	return k
}

// withExamples opens the home's store and hands its examples over.
func (g *globals) withExamples(ctx context.Context, f func(*learn.Keeper) error) (err error) {
	a, err := g.prepare()
	if err != nil {
		return err
	}
	defer func() { err = joinClose(err, a) }()
	pass, err := a.needPassphrase(ctx)
	if err != nil {
		return err
	}
	if err := a.openStore(ctx, pass); err != nil {
		return err
	}
	return f(a.keeper())
}

var errAsks = errors.New("its passphrase has to be typed")

// examplesIfAny reads the examples of a home that opens by itself; without says
// why there are none although there is a home.
func (g *globals) examplesIfAny(ctx context.Context) (list []learn.Example, without error) {
	home, err := g.homeDir()
	if err != nil {
		return nil, err
	}
	if !exists(g.configFile(home)) {
		return nil, nil
	}
	a, err := g.prepare()
	if err != nil {
		return nil, err
	}
	defer func() { without = joinClose(without, a) }()
	pass, ok, err := a.passphrase(ctx)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errAsks
	}
	if err := a.openStore(ctx, pass); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, err
	}
	return a.keeper().List(ctx)
}

func (g *globals) examplesCmd() *cobra.Command {
	var ids []string
	var all, text bool
	c := &cobra.Command{
		Use: "examples", Short: "what was corrected here and is kept, redacted, to measure and to learn from", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return g.withExamples(ctx, func(k *learn.Keeper) error {
				if all || len(ids) > 0 {
					return g.dropExamples(ctx, k, ids, all)
				}
				list, err := k.List(ctx)
				if err != nil {
					return err
				}
				for _, e := range list {
					if err := g.sayExample(e, text); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	c.Flags().StringSliceVar(&ids, "delete", nil, "ids of examples to delete")
	c.Flags().BoolVar(&all, "delete-all", false, "delete all examples")
	c.Flags().BoolVar(&text, "text", false, "show the redacted texts")
	return c
}

func (g *globals) dropExamples(ctx context.Context, k *learn.Keeper, ids []string, all bool) error {
	n, err := k.Delete(ctx, func(e learn.Example) bool { return all || slices.Contains(ids, e.ID) })
	if err != nil {
		return err
	}
	if err := g.result(map[string]int{"deleted": n}, "%d Beispiele gelöscht", "%d examples deleted", n); err != nil {
		return err
	}
	if !all && n < len(ids) {
		return partly("%d of %d examples are not there", len(ids)-n, len(ids))
	}
	return nil
}

func (g *globals) sayExample(e learn.Example, text bool) error {
	if !text {
		e.Subject, e.Text, e.Attached, e.Before, e.After = "", "", nil, "", ""
	}
	if g.json {
		for _, r := range []*learn.Reading{e.Machine, e.Person} {
			if r != nil {
				r.Flags, r.Alerts = orEmpty(r.Flags), orEmpty(r.Alerts)
			}
		}
		return g.put(e)
	}
	if e.Kind == learn.Correction {
		return g.say("%s  %s  %s  %s → %s %s%s", e.ID, e.Until, e.Lang, e.Machine.Intent, e.Person.Intent, e.Subject, below(e.Text))
	}
	return g.say("%s  %s  %s  %s v%d: %d of %d words%s%s", e.ID, e.Until, e.Lang, e.Template.ID, e.Template.Version, e.Distance, e.Words, below(e.Before), below(e.After))
}

func below(s string) string {
	if s == "" {
		return ""
	}
	return "\n" + s + "\n"
}
