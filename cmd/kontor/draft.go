package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/priority"
	"kontor/ui/text"
)

// maxText bounds an outgoing text read from a file, in bytes.
const maxText = 256 << 10

type draftLine struct {
	Template string              `json:"template"`
	Version  int                 `json:"version"`
	Lang     string              `json:"lang"`
	To       string              `json:"to"`
	Subject  string              `json:"subject"`
	Text     string              `json:"text"`
	Effects  []cases.DraftEffect `json:"effects"`
	Findings []cases.TextFinding `json:"findings"`
	Attach   []cases.DraftFile   `json:"attach"` // what goes along where ticked
	Why      string              `json:"why,omitempty"`
}

func (g *globals) draftCmd() *cobra.Command {
	var ref, occasion, template string
	c := &cobra.Command{
		Use: "draft --case REF [--occasion NAME] [FILE]", Short: "the draft for a mail or an occasion",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("want at most one mail file")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if ref == "" {
				return usage("--case is missing")
			}
			if err := knownOccasion(occasion); err != nil {
				return err
			}
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error {
				r, err := a.openAnswer(ctx, ref, occasion, template, args)
				if err != nil {
					return err
				}
				if r.DraftErr != nil {
					return r.DraftErr
				}
				for _, k := range r.Drafts {
					l := draftLine{k.Template.ID, k.Template.Version, k.Template.Lang, k.ToAddr, k.Subject, k.Text, orEmpty(k.Effects), orEmpty(k.Findings), orEmpty(k.Attach), k.Why}
					if g.json {
						err = g.put(l)
					} else {
						err = g.say("%s → %s\n%s\n\n%s", l.Template, l.To, l.Subject, l.Text)
					}
					if err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&ref, "case", "", "reference of the case")
	c.Flags().StringVar(&occasion, "occasion", "", "first_letter, balance_letter, payment_receipt, plan_confirmation, …")
	c.Flags().StringVar(&template, "template", "", "another text")
	return c
}

// knownOccasion reports an occasion that no text is made for.
func knownOccasion(name string) error {
	if name == "" {
		return nil
	}
	set, _, err := loadTexts("")
	if err != nil {
		return err
	}
	var known []string
	for _, t := range set.List() {
		known = append(known, t.Occasions...)
	}
	slices.Sort(known)
	if known = slices.Compact(known); !slices.Contains(known, name) {
		return usage("--occasion %q: want one of %s", name, strings.Join(known, ", "))
	}
	return nil
}

// openAnswer opens what a draft is for: an occasion or a mail file, and without
// either the newest mail of the case that nobody has answered.
func (a *app) openAnswer(ctx context.Context, ref, occasion, template string, files []string) (*desk.Review, error) {
	if occasion == "" && len(files) == 0 {
		id, err := a.desk.FindCase(ctx, ref)
		if err != nil {
			return nil, err
		}
		var newest *cases.MessageSummary
		for _, m := range a.desk.Messages(id, false) {
			if m.State == cases.MessageOpen && (newest == nil || m.Received.After(newest.Received)) {
				newest = &m
			}
		}
		if newest != nil {
			return a.desk.Open(ctx, desk.ItemRef{Kind: priority.ItemMessage, ID: string(newest.ID)}, desk.OpenOptions{Template: template, Lang: a.g.lang})
		}
	}
	return a.openFor(ctx, ref, occasion, template, files)
}

// openFor opens a case for an occasion, or a mail file on it: read and
// classified, but not recorded.
func (a *app) openFor(ctx context.Context, ref, occasion, template string, files []string) (*desk.Review, error) {
	id, err := a.desk.FindCase(ctx, ref)
	if err != nil {
		return nil, err
	}
	o := desk.OpenOptions{Template: template, Lang: a.g.lang, Name: occasion}
	if len(files) == 0 {
		return a.desk.Open(ctx, desk.ItemRef{Kind: priority.ItemFollowUp, ID: string(id)}, o)
	}
	raw, err := a.g.readMail(files[0])
	if err != nil {
		return nil, err
	}
	return a.desk.Preview(ctx, id, raw, o)
}

type lintLine struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Quote    string `json:"quote"`
	Source   string `json:"source"`
	Mend     string `json:"mend,omitempty"`
}

func (g *globals) lintCmd() *cobra.Command {
	var ref, occasion string
	c := &cobra.Command{
		Use: "lint --case REF FILE", Short: "check an outgoing text", Args: oneArg("one text file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if ref == "" {
				return usage("--case is missing")
			}
			if err := knownOccasion(occasion); err != nil {
				return err
			}
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error {
				body, err := g.readText(args[0])
				if err != nil {
					return err
				}
				r, err := a.openAnswer(ctx, ref, occasion, "", nil)
				if err == nil {
					if _, drafted := r.Drafted(body); !drafted {
						r, err = a.openFor(ctx, ref, occasion, "", nil)
					}
				}
				if err != nil {
					return err
				}
				findings, err := a.desk.Lint(ctx, r, body)
				if err != nil {
					return err
				}
				blocked, w := 0, text.New(a.lang())
				for _, f := range findings {
					if f.Blocking() {
						blocked++
					}
					l := lintLine{f.Rule, f.Severity, f.Quote.String(), f.Source, w.Mend(f.Rule, f.Mend)}
					quote := "" // of what is missing there is none
					if l.Quote != "" {
						quote = fmt.Sprintf(g.words("„%s“ ", "%q "), l.Quote)
					}
					if err := g.result(l, "%-5s %-28s %s(%s) %s", "%-5s %-28s %s(%s) %s", l.Severity, l.Rule, quote, l.Source, l.Mend); err != nil {
						return err
					}
				}
				if blocked > 0 {
					return fmt.Errorf("%s: blocking findings: %d", args[0], blocked)
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&ref, "case", "", "reference of the case")
	c.Flags().StringVar(&occasion, "occasion", "", "what the text is for")
	return c
}

func (g *globals) readText(file string) (string, error) {
	b, err := g.readMail(file)
	if err != nil {
		return "", err
	}
	if len(b) > maxText {
		return "", fmt.Errorf("%s: longer than %d bytes", file, maxText)
	}
	return string(b), nil
}

// exists reports whether a file is there.
func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}
