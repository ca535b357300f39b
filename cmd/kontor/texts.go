package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kontor/assist/policy"
	"kontor/assist/templates"
	"kontor/cases"
	"kontor/cases/plain"
	"kontor/ui/text"
)

func line(err error) plain.Text { return plain.Line(err.Error()) }

func (g *globals) templatesCmd() *cobra.Command {
	c := &cobra.Command{Use: "templates", Short: "look after the texts", Args: noArgs, RunE: func(*cobra.Command, []string) error {
		return usage("want: kontor templates list|check")
	}}
	var dir string
	list := &cobra.Command{
		Use: "list", Short: "all texts", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			set, _, err := g.textsOf(dir)
			if err != nil {
				return err
			}
			for _, t := range set.List() {
				what := make([]string, 0, len(t.Intents))
				for _, i := range t.Intents {
					what = append(what, string(i))
				}
				if err := g.result(t, "%-28s %s v%d  %s", "%-28s %s v%d  %s", t.ID, t.Lang, t.Version, strings.Join(append(what, t.Occasions...), ", ")); err != nil {
					return err
				}
			}
			return nil
		},
	}
	check := &cobra.Command{
		Use: "check", Short: "render every text against sample cases and the policy", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			set, gate, err := g.textsOf(dir)
			if faults, ok := errors.AsType[templates.Faults](err); ok {
				return g.sayFaults(faults)
			}
			if err != nil {
				return err
			}
			bad := 0
			for _, f := range set.Check(gate) {
				if !f.OK {
					bad++
				}
				if err := g.result(f, "%-5v %-30s %s", "%-5v %-30s %s", f.OK, f.Check, f.Detail); err != nil {
					return err
				}
			}
			if bad > 0 {
				return fmt.Errorf("%d texts are not fit to send", bad)
			}
			return nil
		},
	}
	for _, k := range []*cobra.Command{list, check} {
		k.Flags().StringVar(&dir, "dir", "", "folder of the agency's own texts (default: the one that the config names)")
	}
	c.AddCommand(list, check)
	return c
}

// textsOf reads the texts with those of a folder, or of the one that the config names.
func (g *globals) textsOf(dir string) (*templates.Set, *policy.Gate, error) {
	if dir == "" {
		var err error
		if dir, err = g.textsDir(); err != nil {
			return nil, nil, err
		}
	}
	return loadTexts(dir)
}

// sayFaults lists the files that cannot be read at all.
func (g *globals) sayFaults(faults templates.Faults) error {
	for _, e := range faults {
		f := cases.Finding{Check: "read", Detail: plain.Line(e.Error()), Advice: "template_edit"}
		if err := g.result(f, "%-5v %-30s %s", "%-5v %-30s %s", f.OK, f.Check, f.Detail); err != nil {
			return err
		}
	}
	return fmt.Errorf("%d files of texts cannot be read", len(faults))
}

// auditCmd shows and checks the record.
func (g *globals) auditCmd() *cobra.Command {
	c := &cobra.Command{Use: "audit", Short: "check and explain the record", Args: noArgs, RunE: func(*cobra.Command, []string) error {
		return usage("want: kontor audit verify | show --message ID | show --case REF")
	}}
	c.AddCommand(&cobra.Command{
		Use: "verify", Short: "recompute every leaf, the tree and all that facts name", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			a, err := g.prepare()
			if err != nil {
				return err
			}
			defer func() { err = joinClose(err, a) }()
			pass, err := a.needPassphrase(cmd.Context())
			if err != nil {
				return err
			}
			if err := a.openStore(cmd.Context(), pass); err != nil {
				return err
			}
			r, err := a.store.Verify(cmd.Context(), nil)
			if err != nil {
				return err
			}
			return g.result(map[string]any{"facts": r.Facts, "streams": r.Streams, "blobs": r.Blobs, "root": r.Head.Root.String(), "anchored": r.Anchored},
				"%d Fakten, %d Ströme, %d Blobs: alles stimmt", "%d facts, %d streams, %d blobs: all in order", r.Facts, r.Streams, r.Blobs)
		},
	})
	var message, ref string
	show := &cobra.Command{
		Use: "show", Short: "what happened to a message or case, fact by fact", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (message == "") == (ref == "") {
				return usage("want --message ID or --case REF")
			}
			return g.audit(cmd.Context(), message, ref)
		},
	}
	show.Flags().StringVar(&message, "message", "", "message id")
	show.Flags().StringVar(&ref, "case", "", "reference of a case")
	c.AddCommand(show)
	return c
}

func (g *globals) sayFacts(facts []cases.Fact) error {
	for _, f := range facts {
		l := timelineLine{f.Pos, f.At, string(f.Actor.User), uint16(f.Body.Type()), cases.EventName(f.Body), f.Body}
		if err := g.result(l, "%6d  %s  %-8s %s", "%6d  %s  %-8s %s", l.Pos, l.At.Format("2006-01-02 15:04:05"), l.User, l.Event); err != nil {
			return err
		}
		if x, ok := f.Body.(cases.MessageTransmitted); ok && !g.json {
			if err := g.say("        %s", text.New(g.words("de", "en")).Transmission(x.Transmission)); err != nil {
				return err
			}
		}
	}
	return nil
}
