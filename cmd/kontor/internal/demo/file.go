package demo

import (
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
	"kontor/inbox/table"
)

// File is what the demo's cases hold beside claims and mails: a plan that runs,
// a title, papers, a statement of the agency's account. Parts that the world is
// too small for are empty.
type File struct {
	Plan      PlanOf
	Title     TitleOf
	Papers    []Paper
	Entries   []cases.StatementEntry
	Statement cases.Statement
}

// PlanOf is an instalment plan on a case, of which one rate is missed.
type PlanOf struct {
	Reference   string
	Arrangement cases.Arrangement
}

// TitleOf is a title on a case.
type TitleOf struct {
	Reference string
	Title     deadline.Title
}

// Paper is a document on a case.
type Paper struct {
	Reference string
	Kind      cases.DocumentKind
	Name      string
	Date      calendar.Date
	Data      []byte
}

// The days of the plan and of the statement, counted from today.
const (
	planBegan   = 75
	ratePaid    = 50
	rateMissed  = 19
	coveredDays = 25
)

// file makes the file of a world. quiet are the cases whose debtors do not
// write: changing them leaves the mails' stories as they are.
func (d *drawer) file(quiet []table.Case, iban string) File {
	var f File
	if len(quiet) < 4 {
		return f
	}
	day := func(back int) calendar.Date {
		return calendar.NextBusinessDay(d.today-calendar.Date(back), calendar.HH)
	}
	c := &quiet[0]
	k := &c.Claims[0]
	k.Principal, k.Contract, k.InvoiceDate, k.Due, k.Default = 30000, d.today-260, d.today-240, d.today-220, d.today-190
	c.Opened, c.Stage = d.today-150, cases.StageDunning
	c.Entries = []ledger.Entry{{ID: c.Reference + "-r1", Date: day(ratePaid), Kind: ledger.Payment, Cents: 6000, Text: "Rate 1"}}
	f.Plan = PlanOf{c.Reference, cases.Arrangement{
		ID: c.Reference + "-plan", Kind: cases.ArrangePlan, State: cases.ArrRunning, OnSent: cases.ArrRunning, Since: d.today - planBegan, Total: 24000,
		Rates: []plan.Rate{
			{No: 1, Due: day(ratePaid), Cents: 6000},
			{No: 2, Due: day(rateMissed), Cents: 6000},
			{No: 3, Due: day(rateMissed - 30), Cents: 6000},
			{No: 4, Due: day(rateMissed - 61), Cents: 6000},
		},
	}}
	f.title(&quiet[1], d.today)
	for _, p := range []struct {
		kind  cases.DocumentKind
		name  string
		date  calendar.Date
		lines string
	}{
		{cases.DocContract, "Vertrag.pdf", quiet[0].Claims[0].Contract, "Vertrag\n" + quiet[0].Subject},
		{cases.DocInvoice, "Rechnung.pdf", quiet[0].Claims[0].InvoiceDate, "Rechnung " + quiet[0].Claims[0].Invoice},
	} {
		f.Papers = append(f.Papers, Paper{quiet[0].Reference, p.kind, p.name, p.date, pdf(p.lines + "\n" + quiet[0].Debtor.Name)})
	}
	f.statement(quiet[2:4], iban, d.today)
	return f
}

// title makes a case old and titled: the interest of its first year is about to
// lapse, or has just lapsed, whatever the day.
func (f *File) title(c *table.Case, today calendar.Date) {
	year, _, _ := today.Civil()
	order := calendar.Of(year-3, 3, 14)
	k := &c.Claims[0]
	k.Contract, k.InvoiceDate, k.Due, k.Default = order-400, order-390, order-370, order-340
	c.Opened, c.Stage, c.Entries = order-300, cases.StageEnforcement, nil
	f.Title = TitleOf{c.Reference, deadline.Title{
		Kind: deadline.TitleOrder, Court: "AG Hamburg-Altona", FileNo: "20-" + c.Reference[len(c.Reference)-6:] + "-0-4", Date: order, Final: order + 20,
		Claims: []string{k.ID},
	}}
}

// statement makes a bank statement up to yesterday: a payment that quotes its
// case, one that nobody can place without looking, one that is not ours.
func (f *File) statement(quiet []table.Case, iban string, today calendar.Date) {
	until := today - 1
	entry := func(key string, back calendar.Date, cents money.Cents, party, text string) cases.StatementEntry {
		day := calendar.PrevBusinessDay(today-back, calendar.HH)
		return cases.StatementEntry{
			Account: iban, Key: key, Booked: day, Value: day, Cents: cents, Currency: money.Currency, EndToEnd: "NOTPROVIDED",
			Party: plain.Line(party), Text: plain.Line(text), Code: "PMNT/RCDT/ESCT",
		}
	}
	// Less than is open, so that the case goes on.
	f.Entries = []cases.StatementEntry{
		entry("demo-1", 4, 2500, quiet[0].Debtor.Name, quiet[0].Reference+" Teilzahlung"),
		entry("demo-2", 3, 3700, quiet[1].Debtor.Name, "Rechnung vom letzten Jahr"),
		entry("demo-3", 2, 1190, "Buerobedarf Elbe GmbH", "Gutschrift Kd-Nr 4711"),
	}
	sum := money.Cents(0)
	for _, e := range f.Entries {
		sum += e.Cents
	}
	const opening = 184250
	f.Statement = cases.Statement{
		Account: iban, ID: "demo", Currency: money.Currency, From: today - coveredDays, Until: until, Opening: opening, Closing: opening + sum,
	}
}
