package fake

import (
	"context"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

// Register is one thing that was recorded or judged.
type Register struct {
	What    string // the method
	Case    cases.CaseID
	ID      string // of what was judged, corrected or removed
	Code    string // kind, outcome
	Words   string
	Day     calendar.Date
	Title   deadline.Title
	Entry   cases.ComplaintEntry
	Ack     desk.AckDecision
	Doc     desk.NewDocument
	Event   desk.PersonEventRow
	Take    bool
	Index   int
	Booking ledger.Entry
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

// SampleLists are lists with one of everything.
func SampleLists() Book {
	today := Today()
	ref, who := plain.Line("K-2026-000318"), plain.Line("Jana Muster")
	return Book{
		Duties: []desk.Duty{
			{Kind: "data_request", Case: "case-318", Reference: ref, Debtor: who, Clock: "c", Due: today - 1, Late: true, Source: "Art. 12 Abs. 3 DSGVO"},
			{Kind: "court_objection", Case: "case-319", Reference: plain.Line("K-2026-000319"), Debtor: plain.Line("Zoran Petrović"), Clock: "d", Due: today},
			{Kind: "complaint", Case: "case-318", Reference: ref, Debtor: who, Clock: "e", Complaint: "b", About: "conduct", Due: today + 2},
			{Kind: "complaint", Message: "m-401", Due: today + 9},
			{Kind: "information", Case: "case-120", Reference: plain.Line("K-2026-000120"), Debtor: plain.Line("Ole Hansen"), Message: "m-120", Due: today + 12, Source: "§ 13a Abs. 2 RDG"},
		},
		Silvester: []desk.SilvesterRow{
			{Case: "case-318", Reference: ref, Debtor: who, Claim: "1", Invoice: "RE-2023-00318", Principal: 35000, Stage: cases.StageDunning, Ends: calendar.Of(2026, 12, 31), Without: calendar.Of(2026, 12, 31), With: calendar.Of(2029, 11, 21), Act: calendar.Of(2026, 12, 31), Disputed: true},
			{Case: "case-120", Reference: plain.Line("K-2026-000120"), Debtor: plain.Line("Ole Hansen"), Claim: "1", Invoice: "RE-2019-7", Principal: 120580, Stage: cases.StageEnforcement, Title: deadline.TitleOrder, InterestYear: 2023, Ends: calendar.Of(2026, 12, 31), Without: calendar.Of(2026, 12, 31), With: calendar.Of(2026, 12, 31), Act: calendar.Of(2026, 12, 31)},
			{Case: "case-319", Reference: plain.Line("K-2026-000319"), Debtor: plain.Line("Zoran Petrović"), Claim: "1", Invoice: "RE-2024-1", Principal: 9900, Stage: cases.StageReminder, Ends: calendar.Of(2027, 12, 31), Without: calendar.Of(2027, 12, 31), With: calendar.Of(2027, 12, 31), Act: calendar.Of(2027, 12, 31)},
		},
		Complaints: []desk.ComplaintRow{
			{Case: "case-318", Reference: ref, Debtor: who, ComplaintEntry: cases.ComplaintEntry{ID: "b", About: "conduct", Due: today + 2, Text: plain.Line("unfreundlich am Telefon")}},
			{Case: "case-120", Reference: plain.Line("K-2026-000120"), Debtor: plain.Line("Ole Hansen"), ComplaintEntry: cases.ComplaintEntry{ID: "a", About: "amount", Due: today - 20, Outcome: "partly", Closed: today - 22, Text: plain.Line("Kosten zu hoch")}},
		},
		Events: []desk.PersonEventRow{{Case: "case-120", Reference: plain.Line("K-2026-000120"), Debtor: plain.Line("Ole Hansen"), Kind: cases.EventDeceased}},
		Idle:   []desk.IdleRow{{Case: "case-319", Reference: plain.Line("K-2026-000319"), Debtor: plain.Line("Zoran Petrović"), Stage: cases.StageDunning}},
	}
}

// SetStage keeps what was asked.
func (d *Desk) SetStage(_ context.Context, id cases.CaseID, stage cases.Stage, text string) error {
	return d.register(Register{What: "SetStage", Case: id, Code: string(stage), Words: text})
}

// BookByHand keeps what was asked.
func (d *Desk) BookByHand(_ context.Context, id cases.CaseID, e ledger.Entry) error {
	return d.register(Register{What: "BookByHand", Case: id, Booking: e})
}

// RecordCourtStep keeps what was asked.
func (d *Desk) RecordCourtStep(_ context.Context, id cases.CaseID, step cases.CourtStep, date calendar.Date, text string) error {
	return d.register(Register{What: "RecordCourtStep", Case: id, Code: string(step), Day: date, Words: text})
}
