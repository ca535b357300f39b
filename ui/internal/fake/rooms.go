package fake

import (
	"context"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cases/plan"
)

// Figures are those of a small agency.
func (d *Desk) Figures(context.Context) (*desk.Figures, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := &desk.Figures{
		At: d.Day, Open: 84, Closed: 12, Sum: 3456789, Held: 6, Disputed: 3, Plans: 9, Offers: 2, Overdue: 4, Mails: 31, Unassigned: 3, Unsure: 5, Oldest: 5, Payments: 4, Waiting: 2, Unknown: 1, Covered: d.Day - 3,
		Stages: []desk.StageCount{{Stage: cases.StageReminder, Cases: 20, Sum: 456789}, {Stage: cases.StageDunning, Cases: 64, Sum: 3000000}},
	}
	for i := range 7 {
		f.Days = append(f.Days, desk.DayCount{Day: d.Day - calendar.Date(6-i), Received: 3 * i, Sent: 2 * i})
	}
	return f, d.Fail["Figures"]
}

// Team is one caseworker and a colleague.
func (d *Desk) Team(context.Context) ([]desk.Worker, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return []desk.Worker{{User: "anna", Me: true, Cases: 61, Due: 4}, {User: "berta", Cases: 20, Due: 1}, {Cases: 3}}, d.Fail["Team"]
}

// Record is 450 facts.
func (d *Desk) Record(_ context.Context, before uint64, limit int) ([]desk.RecordRow, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	const all = 450
	if before == 0 {
		before = all
	}
	names := []string{"MessageReceived", "ReplyWasApproved", "LedgerBooked", "FollowUpSet", "PersonRecorded"}
	var out []desk.RecordRow
	for pos := before; pos > 0 && len(out) < limit; pos-- {
		p := pos - 1
		r := desk.RecordRow{Pos: p, At: d.Now().Add(-time.Duration(all-p) * time.Minute), By: "anna", Event: names[p%5], Stream: "case", Case: "case-318", Reference: plain.Line("K-2026-000318"), Debtor: plain.Line("Jana Muster")}
		switch r.Event {
		case "MessageReceived":
			r.By, r.Machine, r.Stream = "", true, "message"
		case "PersonRecorded":
			r.Stream, r.Case, r.Reference = "person", "", plain.Text{}
		}
		out = append(out, r)
	}
	return out, len(out) > 0 && out[len(out)-1].Pos > 0, d.Fail["Record"]
}

// CaseMore is made of the sample's plan, with a payment on its first instalment.
func (d *Desk) CaseMore(_ context.Context, id cases.CaseID, _ string) (*desk.CaseMore, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	m := &desk.CaseMore{Templates: map[string]string{"plan_offer": "Ratenzahlung anbieten"}}
	for _, it := range d.items {
		if it.Row.Case != id || it.Review.Case == nil {
			continue
		}
		c := it.Review.Case
		for _, a := range c.Arrangements {
			if a.Kind == cases.ArrangePlan && len(a.Rates) > 0 {
				p := desk.PlanView{Arrangement: a, Rates: plan.Progress(a.Rates, []plan.Payment{{Date: a.Rates[0].Due, Cents: a.Rates[0].Cents}}, plan.Policy{}, "SH", d.Day, d.Day-3)}
				p.Outcome = plan.SumUp(p.Rates)
				m.Plans = append(m.Plans, p)
			}
		}
		for _, k := range c.Ledger.Claims {
			r, err := deadline.Limitation(deadline.Facts{Basis: deadline.Regular, Due: k.Due}, d.Day)
			if err != nil {
				return nil, err
			}
			m.Limitations = append(m.Limitations, cases.ClaimLimitation{Claim: k.ID, Result: r})
		}
		for _, h := range c.Holds {
			if h.Active(d.Day) {
				m.Stops = append(m.Stops, cases.Stop{What: cases.StopDunning, Reason: h.Reason, From: h.From, Until: h.Until, Hold: h.ID})
			}
		}
	}
	m.Events = d.Lists.Events
	return m, d.Fail["CaseMore"]
}

// Attachment gives the words of an attachment as its bytes.
func (d *Desk) Attachment(_ context.Context, id cases.MessageID, index int) (string, []byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, it := range d.items {
		m := it.Review.Message
		if m == nil || m.ID != id {
			continue
		}
		for _, a := range m.Mail.Attachments {
			if a.Index == index {
				return a.Name.String(), []byte(a.Text.String()), d.Fail["Attachment"]
			}
		}
	}
	return "", nil, cases.ErrNotFound
}

// Exported counts.
func (d *Desk) Exported(_ context.Context, e cases.DataExported) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Exports = append(d.Exports, e)
	return d.Fail["Exported"]
}
