package desk

import (
	"context"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

// SetStage moves a case; text says why, and closing wants it. A case with an open
// mail or a running clock is not closed; what would bring it back is settled.
func (d *Desk) SetStage(ctx context.Context, id cases.CaseID, stage cases.Stage, text string) error {
	_, err := d.submit(ctx, d.o.Actor, cases.SetStage{Case: id, Stage: stage, Text: plain.Clean(text)})
	return err
}

// BookByHand books a cost, a write-off, a waiver or the reversal of one of these
// by hand. A private debtor's costs above the cap are refused, with the reckoning.
func (d *Desk) BookByHand(ctx context.Context, id cases.CaseID, e ledger.Entry) error {
	c, err := d.caseState(ctx, id)
	if err != nil {
		return err
	}
	cmd := cases.BookByHand{Case: id, Entry: e}
	for _, p := range c.Parties {
		cmd.Persons = append(cmd.Persons, p.Person)
	}
	_, err = d.submit(ctx, d.o.Actor, cmd)
	return err
}

// RecordCourtStep says what a court did on a day; deadlines and stage follow.
func (d *Desk) RecordCourtStep(ctx context.Context, id cases.CaseID, step cases.CourtStep, date calendar.Date, text string) error {
	_, err := d.submit(ctx, d.o.Actor, cases.RecordCourtStep{Case: id, Step: step, Date: date, Text: plain.Clean(text)})
	return err
}
