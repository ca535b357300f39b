package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"
)

type outboxLine struct {
	ReplyID    string    `json:"reply_id"`
	Case       string    `json:"case"`
	To         string    `json:"to"`
	Subject    string    `json:"subject"`
	State      string    `json:"state"`
	Waiting    string    `json:"waiting,omitempty"`
	Why        string    `json:"why,omitempty"`
	Response   string    `json:"response,omitempty"`
	ApprovedBy string    `json:"approved_by"`
	ApprovedAt time.Time `json:"approved_at"`
	SentAt     time.Time `json:"sent_at,omitzero"`
	Attempts   int       `json:"attempts"`
	RFCID      string    `json:"rfc_message_id"`
	SHA256     string    `json:"sha256"`
}

func (g *globals) outboxCmd() *cobra.Command {
	return &cobra.Command{
		Use: "outbox", Short: "replies from approval to their end", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error {
				rows, err := a.desk.Outbox(ctx)
				if err != nil {
					return err
				}
				for _, r := range rows {
					l := outboxLine{
						string(r.Reply), r.Reference.String(), r.To.String(), r.Subject.String(), string(r.State), r.Waiting, r.Why, r.Response.String(),
						string(r.ApprovedBy), r.ApprovedAt, r.SentAt, r.Attempts, r.RFCID, r.SHA256,
					}
					if err := g.result(l, "%-10s %-15s %-30s %s", "%-10s %-15s %-30s %s", l.State, l.Case, l.To, l.Subject); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}
