package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"kontor/cases/desk"
	"kontor/inbox/table"
)

// importBatch is how many cases go into one transaction.
const importBatch = 500

type importResult struct {
	Records   int `json:"records"`
	New       int `json:"new"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Refused   int `json:"refused"`
	// Matched counts mails that were there before their case.
	Matched int `json:"matched,omitempty"`
}

func (g *globals) importCmd() *cobra.Command {
	c := &cobra.Command{Use: "import", Short: "bring cases, payments and documents in", Args: noArgs, RunE: func(*cobra.Command, []string) error {
		return usage("want: kontor import cases, payments or documents")
	}}
	c.AddCommand(g.importCasesCmd(), g.importPaymentsCmd(), g.importDocumentsCmd())
	return c
}

func (g *globals) importCases(ctx context.Context, file string, o importOptions) (err error) {
	r := g.stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		r = f
	}
	src, to, err := o.prepare(file, r)
	if err != nil {
		return err
	}
	var res importResult
	if o.dry {
		err = named(file, g.checkCases(src, to, &res))
	} else {
		err = g.withDesk(ctx, func(ctx context.Context, a *app) error {
			err := named(file, g.readCases(src, to, &res, a.importer(ctx, &res)))
			if res.New > 0 {
				n, again := a.desk.MatchAgain(ctx)
				res.Matched, err = n, errors.Join(err, again)
			}
			return err
		})
	}
	if err != nil {
		return err
	}
	if err := g.result(res, "Sätze: %d; neu %d, geändert %d, unverändert %d, abgelehnt %d", "records: %d; new %d, updated %d, unchanged %d, refused %d",
		res.Records, res.New, res.Updated, res.Unchanged, res.Refused); err != nil {
		return err
	}
	if res.Matched > 0 {
		g.tell(g.words("Mails, die schon da waren und jetzt eine Akte haben: %d", "mails that were there already and have a case now: %d"), res.Matched)
	}
	if res.Refused > 0 {
		return partly("%s: %d of %d records left out", file, res.Refused, res.Records)
	}
	return nil
}

// named says which file an error is about.
func named(file string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", file, err)
}

type lined struct {
	line int
	c    table.Case
}

// readCases reads the file in batches; bad records are told and left out.
func (g *globals) readCases(r io.Reader, o table.Options, res *importResult, put func([]lined) error) error {
	var batch []lined
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		err := put(batch)
		batch = batch[:0]
		return err
	}
	err := table.Read(r, o, func(row table.Row) error {
		res.Records++
		if len(row.Bad) > 0 {
			res.Refused++
			for _, bad := range row.Bad {
				g.tell("left out: %v", bad)
			}
			return nil
		}
		if batch = append(batch, lined{row.Line, row.Case}); len(batch) >= importBatch {
			return flush()
		}
		return nil
	})
	return errors.Join(err, flush())
}

func (a *app) importer(ctx context.Context, res *importResult) func([]lined) error {
	ids := table.IDs{Case: a.desk.CaseID, Person: a.desk.PersonID}
	return func(batch []lined) error {
		recs := make([]desk.ImportRecord, len(batch))
		for i := range batch {
			recs[i].Persons, recs[i].Case = batch[i].c.Commands(ids)
		}
		out, err := a.desk.Import(ctx, recs)
		if err != nil {
			return err
		}
		for i, o := range out {
			switch {
			case o.Refusal != nil:
				res.Refused++
				a.g.tell("left out: line %d: %v", batch[i].line, o.Refusal)
			case o.New:
				res.New++
			case o.Changed:
				res.Updated++
			default:
				res.Unchanged++
			}
		}
		return nil
	}
}
