package main

import (
	"context"
	"fmt"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cmd/kontor/internal/demo"
)

// fillFile puts onto the demo's cases what neither a case file nor a mail
// brings: a running plan, a title, papers, a complaint, a bank statement.
func (a *app) fillFile(ctx context.Context, f demo.File) error {
	if ref := f.Plan.Reference; ref != "" {
		cmd := cases.OpenCase{Case: a.desk.CaseID(ref), Reference: ref, Arrangements: []cases.Arrangement{f.Plan.Arrangement}}
		out, err := a.desk.Import(ctx, []desk.ImportRecord{{Case: cmd}})
		if err != nil {
			return err
		}
		if out[0].Refusal != nil {
			return fmt.Errorf("the sample plan: %w", out[0].Refusal)
		}
	}
	if ref := f.Title.Reference; ref != "" {
		if err := a.desk.RecordTitle(ctx, a.desk.CaseID(ref), f.Title.Title); err != nil {
			return fmt.Errorf("the sample title: %w", err)
		}
	}
	for _, p := range f.Papers {
		n := desk.NewDocument{Kind: p.Kind, Name: p.Name, Date: p.Date, Source: "import", Data: p.Data}
		if _, err := a.desk.AddDocument(ctx, a.desk.CaseID(p.Reference), n); err != nil {
			return fmt.Errorf("a sample paper: %w", err)
		}
	}
	if len(f.Entries) > 0 {
		_, err := a.desk.ImportStatement(ctx, func(sink func(desk.StatementItem) error) error {
			for i := range f.Entries {
				if err := sink(desk.StatementItem{Entry: &f.Entries[i]}); err != nil {
					return err
				}
			}
			return sink(desk.StatementItem{Statement: &f.Statement})
		})
		if err != nil {
			return fmt.Errorf("the sample statement: %w", err)
		}
	}
	return a.complain(ctx, len(f.Entries) > 0)
}

// complain enters the first complaint that came by mail in the register.
func (a *app) complain(ctx context.Context, wanted bool) error {
	if !wanted {
		return nil
	}
	duties, err := a.desk.Duties(ctx, 0)
	if err != nil {
		return err
	}
	for _, d := range duties {
		if d.Kind != "complaint" || d.Case == "" || d.Clock != "" {
			continue
		}
		x := cases.ComplaintEntry{Received: d.Started, Channel: cases.Email, About: "conduct", Message: d.Message}
		if err := a.desk.RecordComplaint(ctx, d.Case, x); err != nil {
			return fmt.Errorf("the sample complaint: %w", err)
		}
		return nil
	}
	return nil
}
