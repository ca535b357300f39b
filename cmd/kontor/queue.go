package main

import (
	"context"

	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/money"
	"kontor/cases/priority"
	"kontor/ui/text"
)

type queueLine struct {
	Rank       int           `json:"rank"`
	Item       string        `json:"item"`
	Lane       string        `json:"lane"`
	Reference  string        `json:"reference"`
	Debtor     string        `json:"debtor"`
	Balance    *money.Cents  `json:"balance_cents"`
	Currency   string        `json:"currency"`
	Stage      string        `json:"stage"`
	FollowUp   calendar.Date `json:"follow_up"`
	Score      int           `json:"score"`
	Reasons    []reasonLine  `json:"reasons"`
	MessageID  *string       `json:"message_id"`
	CaseID     string        `json:"case_id"`
	Subject    string        `json:"subject"`
	Intent     string        `json:"intent"`
	Confidence float64       `json:"confidence"`
	Unsure     bool          `json:"unsure"`
	Alerts     []cases.Alert `json:"alerts"`
	Flags      []cases.Flag  `json:"flags"`
}

type reasonLine struct {
	Factor string `json:"factor"`
	Points int    `json:"points"`
	Text   string `json:"text"`
}

func (g *globals) queueCmd() *cobra.Command {
	var lane, at string
	var limit int
	c := &cobra.Command{
		Use: "queue", Short: "the queue in order", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if lane != "" && priority.Lane(lane).Rank() == len(priority.Lanes()) {
				return usage("--lane %q: want one of %v", lane, priority.Lanes())
			}
			if limit < 0 {
				return usage("--limit %d: want 0 (all) or more", limit)
			}
			day, err := calendar.Parse(at)
			if err != nil {
				return usage("--at: %w", err)
			}
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error {
				q, err := a.desk.Queue(ctx, desk.Query{Lane: priority.Lane(lane), At: day})
				if err != nil {
					return err
				}
				for i := range q.Len() {
					if limit > 0 && i >= limit {
						break
					}
					if err := g.queueRow(a, i+1, q.Row(i)); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&lane, "lane", "", "only this lane")
	c.Flags().StringVar(&at, "at", "", "the order of another day (YYYY-MM-DD)")
	c.Flags().IntVar(&limit, "limit", 0, "at most so many lines")
	return c
}

func (g *globals) queueRow(a *app, rank int, r desk.Row) error {
	w := text.New(a.lang())
	line := queueLine{
		Rank: rank, Item: string(r.Item.Kind), Lane: string(r.Lane), Reference: r.Reference.String(), Debtor: r.Debtor.String(),
		Currency: money.Currency, Stage: string(r.Stage), FollowUp: r.FollowUp, Score: r.Score, Reasons: []reasonLine{},
		CaseID: string(r.Case), Subject: r.Subject.String(), Intent: string(r.Intent), Confidence: permille(r.Permille), Unsure: r.Unsure,
		Alerts: orEmpty(r.Alerts), Flags: orEmpty(r.Flags),
	}
	if r.BalanceOK {
		line.Balance = &r.Balance
	}
	if r.Message != "" {
		id := string(r.Message)
		line.MessageID = &id
	}
	for _, x := range r.Reasons {
		line.Reasons = append(line.Reasons, reasonLine{string(x.Factor), x.Points, w.Reason(x)})
	}
	if g.json {
		return g.put(line)
	}
	why := ""
	if len(line.Reasons) > 0 {
		why = line.Reasons[0].Text
	}
	return g.say("%4d  %-24s %-15s %-24s %12s  %s", rank, w.Lane(r.Lane), line.Reference, cut(line.Debtor+pad(r), 24), amount(r, a.lang()), why)
}

func pad(r desk.Row) string {
	if r.Debtor.IsZero() {
		return r.From.String()
	}
	return ""
}

func amount(r desk.Row, lang string) string {
	if !r.BalanceOK {
		return ""
	}
	return r.Balance.Format(lang)
}

func cut(s string, n int) string {
	rs := []rune(s)
	if len(rs) > n {
		return string(rs[:n-1]) + "…"
	}
	return s
}

func permille(p int) float64 { return float64(p) / 1000 }

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
