package cases

import (
	"slices"

	"kontor/cases/calendar"
)

// waitsForWord lists the follow-ups that look whether the debtor has answered or
// accepted. What the debtor writes, and the next letter, settle that question;
// those that wait for others, or for what the agency itself has to do, stand.
func waitsForWord(reason string) bool {
	switch reason {
	case "answer", "next_step", "first_letter", "balance_letter", "plan_ask", "plan_offer", "plan_reminder", "promise_ask", "promise_reminder", "settlement_ask", "court_announcement", "call_back":
		return true
	}
	return false
}

// settledBy lists the open follow-ups that a letter settles: on a follow-up what
// is due; with a next step of its own those of the same kind that wait for the
// debtor, and where it answers the debtor's mail all of these. A letter without a
// next step leaves them: no case is left without one.
func (c *Case) settledBy(a Approval, today calendar.Date) []string {
	next := map[string]bool{}
	for _, e := range a.Effects {
		if e.Kind == SetFollowUp {
			next[e.Code] = true
		}
	}
	var out []string
	for _, f := range c.FollowUps {
		due := a.Occasion.Kind == OccasionFollowUp && f.Due <= today
		over := waitsForWord(f.Reason) && (next[f.Reason] || len(next) > 0 && len(a.Messages) > 0)
		if !f.Done && (due || over) {
			out = append(out, f.ID)
		}
	}
	return slices.Clip(out)
}
