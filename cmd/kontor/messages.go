package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"kontor/cases"
)

type messageLine struct {
	MessageID  string        `json:"message_id"`
	Case       *string       `json:"case"`
	RFCID      string        `json:"rfc_message_id"`
	Received   time.Time     `json:"received"`
	From       string        `json:"from"`
	FromAddr   string        `json:"from_address"`
	Subject    string        `json:"subject"`
	Kind       string        `json:"kind"`
	State      string        `json:"state"`
	Intent     string        `json:"intent"`
	Confidence float64       `json:"confidence"`
	Unsure     bool          `json:"unsure"`
	Flags      []cases.Flag  `json:"flags"`
	Alerts     []cases.Alert `json:"alerts"`
	RightParty string        `json:"right_party"`
	InMailbox  bool          `json:"in_mailbox"` // a mailbox still holds it, as far as is known
}

func (g *globals) messagesCmd() *cobra.Command {
	var unassigned bool
	var ref string
	c := &cobra.Command{
		Use: "messages", Short: "messages with classification", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error {
				var id cases.CaseID
				if ref != "" {
					var err error
					if id, err = a.desk.FindCase(ctx, ref); err != nil {
						return err
					}
				}
				for _, m := range a.desk.Messages(id, unassigned) {
					l := messageLine{
						string(m.ID), nil, m.RFCID, m.Received, m.From, m.FromAddr, m.Subject, string(m.Kind), string(m.State),
						string(m.Intent), permille(m.Permille), m.Unsure || m.Permille < cases.Sure, orEmpty(m.Flags), orEmpty(m.Alerts), string(m.Right), len(m.Lies) > 0,
					}
					if m.Case != "" {
						r := a.desk.Reference(m.Case)
						l.Case = &r
					}
					where := ""
					if !l.InMailbox {
						where = g.words("  (in keinem Postfach mehr)", "  (in no mailbox any more)")
					}
					if err := g.result(l, "%s  %-20s %-28s %s%s", "%s  %-20s %-28s %s%s", m.Received.In(a.loc).Format("02.01.2006 15:04"), l.Intent, cut(l.From, 28), l.Subject, where); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	c.Flags().BoolVar(&unassigned, "unassigned", false, "only those without a case")
	c.Flags().StringVar(&ref, "case", "", "only those of a case")
	return c
}
