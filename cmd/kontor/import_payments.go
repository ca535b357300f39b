package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"kontor/cases/desk"
	"kontor/inbox/bank"
)

// maxStdin bounds a statement file that comes through a pipe, in bytes.
const maxStdin = 64 << 20

func (g *globals) importPaymentsCmd() *cobra.Command {
	return &cobra.Command{
		Use: "payments FILE", Short: "payments from camt.053, camt.054 (XML or ZIP) or MT940", Args: oneArg("one file"),
		RunE: func(cmd *cobra.Command, args []string) error { return g.importPayments(cmd.Context(), args[0]) },
	}
}

func (g *globals) importPayments(ctx context.Context, file string) (err error) {
	var in io.ReaderAt
	var size int64
	if file == "-" {
		b, err := io.ReadAll(io.LimitReader(g.stdin, maxStdin+1))
		if err != nil {
			return fmt.Errorf("read stdin: %w", err)
		}
		if len(b) > maxStdin {
			return fmt.Errorf("stdin holds more than %d bytes; import the file by its name", maxStdin)
		}
		in, size = bytes.NewReader(b), int64(len(b))
	} else {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		st, err := f.Stat()
		if err != nil {
			return err
		}
		if !st.Mode().IsRegular() {
			return fmt.Errorf("%s is no file", file)
		}
		in, size = f, st.Size()
	}
	var res desk.PaymentsImport
	var fault error
	if err := g.withDesk(ctx, func(ctx context.Context, a *app) error {
		defer a.garbage.work()()
		res, fault = a.desk.ImportStatement(ctx, statementFile(in, size))
		return nil
	}); err != nil {
		return err
	}
	return g.paymentsResult(file, res, fault)
}

// statementFile fits the reader of bank files to the desk.
func statementFile(in io.ReaderAt, size int64) desk.StatementFile {
	return func(sink func(desk.StatementItem) error) error {
		return bank.Read(in, size, func(i bank.Item) error {
			out := desk.StatementItem{Entry: i.Entry, Statement: i.Statement}
			if i.Problem != nil {
				out.Problem, out.Refused = i.Problem.String(), i.Problem.Entry > 0
			}
			return sink(out)
		})
	}
}

func (g *globals) paymentsResult(file string, res desk.PaymentsImport, fault error) error {
	for _, p := range res.Problems {
		g.tell("%s: %s", file, p)
	}
	if res.Gap != 0 {
		g.tell("no statement covers %s although later ones are known: import the missing statement, else nothing counts as overdue", res.Gap)
	}
	if fault != nil && res.Entries == 0 {
		return fmt.Errorf("%s: %w", file, fault)
	}
	covered := "–"
	if res.Covered != 0 {
		covered = g.words(res.Covered.Long("de"), res.Covered.Long("en"))
	}
	if err := g.result(res,
		"%d Buchungen: %d gebucht, %d vorgeschlagen, %d offen, %d abgelehnt, %d schon bekannt; Auszug bis %s",
		"%d entries: %d booked, %d suggested, %d unmatched, %d refused, %d known already; statements up to %s",
		res.Entries, res.Booked, res.Suggested, res.Unmatched, res.Refused, res.Duplicates, covered); err != nil {
		return err
	}
	switch {
	case fault != nil:
		return partly("%s: %v", file, fault)
	case len(res.Problems) > 0 || res.Refused > 0:
		return partly("%s: %d of %d entries refused", file, res.Refused, res.Entries)
	}
	return nil
}
