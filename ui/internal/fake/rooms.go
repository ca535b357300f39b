package fake

import (
	"context"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/plain"
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
