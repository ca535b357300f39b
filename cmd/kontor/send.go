package main

import (
	"context"

	"github.com/spf13/cobra"
)

func (g *globals) sendCmd() *cobra.Command {
	return &cobra.Command{
		Use: "send", Short: "deliver what is approved and due", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error {
				if err := a.desk.Recover(ctx); err != nil {
					return err
				}
				r, err := a.desk.Send(ctx)
				if perr := g.result(r, "%d gesendet, %d abgelehnt, %d unklar, %d warten", "%d sent, %d refused, %d unknown, %d waiting",
					r.Sent, r.Refused, r.Unknown, r.Waiting); perr != nil {
					return perr
				}
				if err != nil && r.Sent > 0 {
					return partly("%w", err)
				}
				if err == nil && r.Refused+r.Unknown > 0 {
					return partly("%d refused, %d unknown: see kontor outbox", r.Refused, r.Unknown)
				}
				return err
			})
		},
	}
}
