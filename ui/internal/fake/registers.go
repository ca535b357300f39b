package fake

import (
	"context"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/desk"
	"kontor/cases/plain"
)

// Register is one thing that was recorded or judged.
type Register struct {
	What  string // the method
	Case  cases.CaseID
	ID    string // of what was judged, corrected or removed
	Code  string // kind, outcome
	Words string
	Day   calendar.Date
	Title deadline.Title
	Entry cases.ComplaintEntry
	Ack   desk.AckDecision
	Doc   desk.NewDocument
	Event desk.PersonEventRow
	Take  bool
	Index int
}

// Book is what the lists show.
type Book struct {
	Events     []desk.PersonEventRow
	Duties     []desk.Duty
	Silvester  []desk.SilvesterRow
	Complaints []desk.ComplaintRow
	Idle       []desk.IdleRow
}

func (d *Desk) register(r Register) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.Fail[r.What]; err != nil {
		return err
	}
	d.Registered = append(d.Registered, r)
	return nil
}

// RecordTitle keeps what was asked.
func (d *Desk) RecordTitle(_ context.Context, id cases.CaseID, t deadline.Title) error {
	return d.register(Register{What: "RecordTitle", Case: id, ID: t.ID, Title: t})
}

// RemoveTitle keeps what was asked.
func (d *Desk) RemoveTitle(_ context.Context, id cases.CaseID, title, why string) error {
	return d.register(Register{What: "RemoveTitle", Case: id, ID: title, Words: why})
}

// AddDocument keeps what was asked.
func (d *Desk) AddDocument(_ context.Context, id cases.CaseID, n desk.NewDocument) (cases.Document, error) {
	return cases.Document{Name: plain.Line(n.Name), Kind: n.Kind}, d.register(Register{What: "AddDocument", Case: id, Doc: n})
}

// KeepAttachment keeps what was asked.
func (d *Desk) KeepAttachment(_ context.Context, m cases.MessageID, index int, kind cases.DocumentKind, date calendar.Date) (cases.Document, error) {
	return cases.Document{Name: plain.Line("Anhang"), Kind: kind}, d.register(Register{What: "KeepAttachment", ID: string(m), Index: index, Code: string(kind), Day: date})
}

// DocumentBytes gives a document's bytes.
func (d *Desk) DocumentBytes(_ context.Context, id cases.CaseID, document string) (cases.Document, []byte, error) {
	return cases.Document{ID: document, Name: plain.Line("Vertrag.pdf")}, []byte("%PDF-1.7"), d.register(Register{What: "DocumentBytes", Case: id, ID: document})
}

// RemoveDocument keeps what was asked.
func (d *Desk) RemoveDocument(_ context.Context, id cases.CaseID, document, why string) error {
	return d.register(Register{What: "RemoveDocument", Case: id, ID: document, Words: why})
}

// RecordComplaint keeps what was asked.
func (d *Desk) RecordComplaint(_ context.Context, id cases.CaseID, x cases.ComplaintEntry) error {
	return d.register(Register{What: "RecordComplaint", Case: id, Entry: x})
}

// CloseComplaint keeps what was asked.
func (d *Desk) CloseComplaint(_ context.Context, id cases.CaseID, complaint, outcome, measure string) error {
	return d.register(Register{What: "CloseComplaint", Case: id, ID: complaint, Code: outcome, Words: measure})
}

// JudgeAcknowledgement keeps what was asked.
func (d *Desk) JudgeAcknowledgement(_ context.Context, id cases.CaseID, a desk.AckDecision) error {
	return d.register(Register{What: "JudgeAcknowledgement", Case: id, ID: a.ID, Ack: a})
}

// SettleObjection keeps what was asked.
func (d *Desk) SettleObjection(_ context.Context, id cases.CaseID, objection, text string) error {
	return d.register(Register{What: "SettleObjection", Case: id, ID: objection, Words: text})
}

// EndHold keeps what was asked.
func (d *Desk) EndHold(_ context.Context, id cases.CaseID, hold string) error {
	return d.register(Register{What: "EndHold", Case: id, ID: hold})
}

// JudgePersonEvent keeps what was asked.
func (d *Desk) JudgePersonEvent(_ context.Context, r desk.PersonEventRow, take bool) error {
	return d.register(Register{What: "JudgePersonEvent", Case: r.Case, Event: r, Take: take})
}

// Duties lists what it was given.
func (d *Desk) Duties(context.Context, calendar.Date) ([]desk.Duty, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.Lists.Duties, d.Fail["Duties"]
}

// Silvester lists what it was given that ends by the year's end.
func (d *Desk) Silvester(_ context.Context, year int) ([]desk.SilvesterRow, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if year == 0 {
		year, _, _ = d.Day.Civil()
	}
	var out []desk.SilvesterRow
	for _, r := range d.Lists.Silvester {
		if min(r.Ends, r.With) <= calendar.Of(year, 12, 31) {
			out = append(out, r)
		}
	}
	return out, d.Fail["Silvester"]
}

// Complaints lists what it was given.
func (d *Desk) Complaints(_ context.Context, all bool) ([]desk.ComplaintRow, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []desk.ComplaintRow
	for _, r := range d.Lists.Complaints {
		if all || r.Outcome == "" {
			out = append(out, r)
		}
	}
	return out, d.Fail["Complaints"]
}

// PersonEvents lists what it was given.
func (d *Desk) PersonEvents(context.Context) ([]desk.PersonEventRow, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.Lists.Events, d.Fail["PersonEvents"]
}

// IdleRows lists what it was given.
func (d *Desk) IdleRows(context.Context) ([]desk.IdleRow, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.Lists.Idle, d.Fail["IdleRows"]
}
