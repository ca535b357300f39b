package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"kontor/inbox/oauth"
)

func (g *globals) pullCmd() *cobra.Command {
	return &cobra.Command{
		Use: "pull", Short: "one round over the mailboxes", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error {
				r, err := a.desk.Pull(ctx)
				if r.Fetched > 0 || err == nil {
					if perr := g.result(r, "%d geholt, %d neu, %d zugeordnet, %d ohne Akte, %d unlesbar", "%d fetched, %d new, %d matched, %d unassigned, %d failed",
						r.Fetched, r.New, r.Matched, r.Unassigned, r.Failed); perr != nil {
						return perr
					}
				}
				if err != nil && r.Fetched > 0 {
					return partly("%w", err)
				}
				if errors.Is(err, oauth.ErrLogin) {
					return fmt.Errorf("%w; kontor login shows a code to confirm", err)
				}
				if err != nil {
					return fmt.Errorf("%w; kontor doctor tests each step", err)
				}
				return nil
			})
		},
	}
}

// result writes a value as JSON, or a sentence.
func (g *globals) result(v any, de, en string, args ...any) error {
	if g.json {
		return g.put(v)
	}
	return g.say(g.words(de, en), args...)
}

// words picks a sentence by --lang, else by the config.
func (g *globals) words(de, en string) string {
	lang := g.lang
	if lang == "" {
		lang = g.homeLang
	}
	if lang == "en" {
		return en
	}
	return de
}
