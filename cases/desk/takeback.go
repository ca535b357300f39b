package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kontor/cases"
	"kontor/cases/plain"
)

// takeBackFor is how long TakeBack corrects what was recorded by hand without
// being told what it is. Later the file's own corrections do it: a booking is
// reversed, a hold ended, a title taken out.
const takeBackFor = time.Minute

// Recorded is something that was recorded on a case by hand.
type Recorded struct {
	Case    cases.CaseID
	Command cases.CommandID
	Until   time.Time
	// Fixed says that it cannot be taken back: it is about a person, over all
	// cases.
	Fixed bool
}

// remember keeps what the caseworker recorded last, so that it can be taken
// back; any other decision ends that.
func (d *Desk) remember(cmd cases.Command, v cases.Verdict) {
	var r *Recorded
	if id := byHand(cmd); id != "" && len(v.Facts) > 0 {
		r = &Recorded{Case: id, Command: v.Facts[0].Command, Until: d.o.Now().Add(takeBackFor)}
		r.Fixed = slices.ContainsFunc(v.Facts, func(f cases.Fact) bool { return f.Stream != id.Stream() })
	}
	if _, note := cmd.(cases.ReportExport); note {
		return // printing a letter decides nothing
	}
	d.setStatus(func(s *Status) { s.Recorded = r })
}

// byHand returns the case that a command records something on, "" for those that
// TakeBack does not correct.
func byHand(cmd cases.Command) cases.CaseID {
	switch c := cmd.(type) {
	case cases.ChangeCase:
		return c.Case
	case cases.SetStage:
		return c.Case
	case cases.BookByHand:
		return c.Case
	case cases.RecordCourtStep:
		return c.Case
	case cases.RecordTitle:
		return c.Case
	case cases.RemoveTitle:
		return c.Case
	case cases.AddDocument:
		return c.Case
	case cases.RemoveDocument:
		return c.Case
	case cases.RecordComplaint:
		return c.Case
	case cases.CloseComplaint:
		return c.Case
	case cases.JudgeAcknowledgement:
		return c.Case
	case cases.JudgePersonEvent:
		return c.Case
	case cases.SettleObjection:
		return c.Case
	case cases.AcceptOffer:
		return c.Case
	}
	return ""
}

// TakeBack corrects what was recorded by hand on a case: what is taken away and
// what stands again is a fact of its own, with the reason. It is refused as stale
// where something rests on it already.
func (d *Desk) TakeBack(ctx context.Context, r Recorded, why string) error {
	if r.Fixed {
		return &cases.Refusal{Reason: cases.WrongState, Thing: r.Case.Stream().String(), Detail: "person"}
	}
	facts, err := d.o.Journal.Facts(ctx, r.Case.Stream())
	if err != nil {
		return fmt.Errorf("read what was recorded: %w", err)
	}
	first := slices.IndexFunc(facts, func(f cases.Fact) bool { return f.Command == r.Command })
	if first < 0 {
		return &cases.Refusal{Reason: cases.NotFound, Thing: r.Case.Stream().String(), Detail: "correction"}
	}
	cmd := cases.TakeBack{Case: r.Case, Why: plain.Line(why)}
	k, ok := cases.New(r.Case.Stream()).(*cases.Case)
	if !ok {
		return fmt.Errorf("stream %s is no case", r.Case.Stream())
	}
	for i, f := range facts {
		if i == first {
			cmd.Before, _ = k.Copy().(*cases.Case) // a case's copy is a case
		}
		if i > first && f.Command != r.Command {
			break
		}
		k.Apply(f.Body)
	}
	cmd.After = k
	_, err = d.submit(ctx, d.o.Actor, cmd)
	return err
}
