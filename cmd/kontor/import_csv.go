package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"kontor/cases/costs"
	"kontor/cases/money"
	"kontor/inbox/table"
)

// importOptions say how a file of cases is read.
type importOptions struct {
	dry     bool
	format  string
	mapping string
}

func (g *globals) importCasesCmd() *cobra.Command {
	var o importOptions
	c := &cobra.Command{
		Use: "cases FILE", Short: "cases from NDJSON, JSON (docs/case.schema.json) or CSV", Args: oneArg("one file"),
		RunE: func(cmd *cobra.Command, args []string) error { return g.importCases(cmd.Context(), args[0], o) },
	}
	f := c.Flags()
	f.BoolVar(&o.dry, "dry-run", false, "check the file, report every row and change nothing")
	f.StringVar(&o.format, "format", "", "ndjson, json or csv (default: by the file)")
	f.StringVar(&o.mapping, "mapping", "", "TOML file that says what the columns of a CSV file mean")
	return c
}

// prepare finds out how the file is written, and with what its records are checked.
func (o importOptions) prepare(file string, r io.Reader) (io.Reader, table.Options, error) {
	br := bufio.NewReader(r)
	head, err := br.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, table.Options{}, fmt.Errorf("read %s: %w", file, err)
	}
	to := table.Options{Format: table.Format(o.format)}
	switch to.Format {
	case "":
		to.Format = table.Detect(file, head)
	case table.NDJSON, table.JSON, table.CSV:
	default:
		return nil, to, usage("--format %q: want ndjson, json or csv", o.format)
	}
	if to.Costs, err = costs.Shipped(); err != nil {
		return nil, to, fmt.Errorf("fee table: %w", err)
	}
	if o.mapping == "" {
		return br, to, nil
	}
	if to.Format != table.CSV {
		return nil, to, usage("--mapping is for CSV; %s is %s", file, to.Format)
	}
	to.Mapping, err = readMapping(o.mapping)
	return br, to, err
}

func readMapping(file string) (m *table.Mapping, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if m, err = table.ReadMapping(f); err != nil {
		return nil, fmt.Errorf("mapping %s: %w", file, err)
	}
	return m, nil
}

// rowLine is one row of a dry run.
type rowLine struct {
	Line      int         `json:"line"`
	Column    int         `json:"column,omitempty"`
	Name      string      `json:"name,omitempty"`
	State     string      `json:"state"` // good, refused
	Reference string      `json:"reference,omitempty"`
	Claims    int         `json:"claims,omitempty"`
	Principal money.Cents `json:"principal_cents,omitempty"`
	Error     string      `json:"error,omitempty"`
}

// checkCases reads the file and reports every record; nothing is changed.
func (g *globals) checkCases(r io.Reader, o table.Options, res *importResult) error {
	return table.Read(r, o, func(row table.Row) error {
		res.Records++
		if len(row.Bad) == 0 {
			l := rowLine{Line: row.Line, State: "good", Reference: row.Case.Reference, Claims: len(row.Case.Claims)}
			for _, k := range row.Case.Claims {
				l.Principal += k.Principal
			}
			return g.result(l, "Zeile %d: gut, %s, Forderungen: %d, %s", "line %d: good, %s, claims: %d, %s", l.Line, l.Reference, l.Claims, l.Principal.Format("de"))
		}
		res.Refused++
		for _, bad := range row.Bad {
			l := rowLine{Line: bad.Line, Column: bad.Column, Name: bad.Name, State: "refused", Error: bad.Err.Error()}
			where := ""
			if l.Column > 0 {
				where = fmt.Sprintf(g.words(", Spalte %d", ", column %d"), l.Column)
			}
			if l.Name != "" {
				where += " (" + l.Name + ")"
			}
			if err := g.result(l, "Zeile %d%s: abgelehnt: %s", "line %d%s: refused: %s", l.Line, where, l.Error); err != nil {
				return err
			}
		}
		return nil
	})
}
