package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/inbox/table"
)

type exportOptions struct {
	what, format, out, ref string
	since                  calendar.Date
}

// exportResult counts what was written.
type exportResult struct {
	What  string `json:"what"`
	File  string `json:"file"`
	Cases int    `json:"cases"`
	Lines int    `json:"lines"`
}

func (g *globals) exportCmd() *cobra.Command {
	c := &cobra.Command{Use: "export", Short: "cases, accounts and activity for the ERP", Args: noArgs, RunE: func(*cobra.Command, []string) error {
		return usage("want: kontor export cases, ledger or activity")
	}}
	for _, k := range [][2]string{
		{"cases", "cases as kontor import cases takes them (docs/case.schema.json)"},
		{"ledger", "claims, bookings and balances"},
		{"activity", "what happened on the cases, and who did it"},
	} {
		o := exportOptions{what: k[0]}
		var since string
		sub := &cobra.Command{Use: k[0] + " [--format csv|json] [--out FILE]", Short: k[1], Args: noArgs, RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if o.format != "csv" && o.format != "json" {
				return usage("--format %q: want csv or json", o.format)
			}
			if o.since, err = calendar.Parse(since); err != nil {
				return usage("--since: %w", err)
			}
			return g.export(cmd.Context(), o)
		}}
		f := sub.Flags()
		f.StringVar(&o.format, "format", "csv", "csv or json (one object a line)")
		f.StringVar(&o.out, "out", "", "file to write, readable by its owner alone (default: stdout)")
		f.StringVar(&o.ref, "case", "", "only this case")
		if k[0] == "activity" {
			f.StringVar(&since, "since", "", "only from this day on (YYYY-MM-DD)")
		}
		c.AddCommand(sub)
	}
	return c
}

func (g *globals) export(ctx context.Context, o exportOptions) error {
	return g.withDesk(ctx, func(ctx context.Context, a *app) error {
		ids, err := a.exported(ctx, o)
		if err != nil {
			return err
		}
		res := exportResult{What: o.what, File: o.out, Cases: len(ids)}
		// What is not on record does not leave: the file is dropped where the fact
		// cannot be written.
		write := func(w io.Writer) (err error) {
			if res.Lines, err = a.exportTo(ctx, w, o, ids); err != nil {
				return err
			}
			return a.recordExport(ctx, o.what, o.format, res.Lines, ids...)
		}
		if o.out == "" {
			return write(g.stdout)
		}
		if err := createAtomic(o.out, write); err != nil {
			return err
		}
		a.log.Info("export", "what", o.what, "format", o.format, "cases", res.Cases, "lines", res.Lines, "user", a.cfg.User.ID)
		return g.result(res, "%s: %d Akten, %d Zeilen", "%s: %d cases, %d lines", o.out, res.Cases, res.Lines)
	})
}

// recordExport puts on record that data left: who, when, what and how many, no
// content.
func (a *app) recordExport(ctx context.Context, what, format string, items int, ids ...cases.CaseID) error {
	e := cases.DataExported{What: what, Format: format, Cases: len(ids), Items: items}
	if len(ids) == 1 {
		e.Case = ids[0]
	}
	if err := a.desk.Exported(ctx, e); err != nil {
		return fmt.Errorf("put the export on record: %w", err)
	}
	return nil
}

// exported lists the cases in the order of their references.
func (a *app) exported(ctx context.Context, o exportOptions) ([]cases.CaseID, error) {
	if o.ref != "" {
		id, err := a.desk.FindCase(ctx, o.ref)
		return []cases.CaseID{id}, err
	}
	var list []cases.CaseSummary
	err := a.store.Summaries(ctx, func(s cases.Stream, b []byte) error {
		if s.Kind != cases.CaseStream {
			return nil
		}
		c, err := cases.ReadCaseSummary(cases.CaseID(s.ID), b)
		list = append(list, cases.CaseSummary{ID: c.ID, Reference: c.Reference})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the cases: %w", err)
	}
	slices.SortFunc(list, func(a, b cases.CaseSummary) int {
		return cmp.Or(cmp.Compare(a.Reference, b.Reference), cmp.Compare(a.ID, b.ID))
	})
	ids := make([]cases.CaseID, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	return ids, nil
}

// exportTo writes case by case and counts the lines.
func (a *app) exportTo(ctx context.Context, w io.Writer, o exportOptions, ids []cases.CaseID) (int, error) {
	var add func(*cases.Case) error
	var end func() error
	n := 0
	switch o.what {
	case "cases":
		tw, err := newTable(w, o.format)
		if err != nil {
			return 0, err
		}
		people := map[cases.PersonID]*cases.Person{}
		add = func(c *cases.Case) error {
			k, err := a.record(ctx, c, people)
			if err != nil {
				return err
			}
			n++
			return tw.Write(k)
		}
		end = tw.Flush
	default:
		lw, err := newLines(w, o.format, o.what)
		if err != nil {
			return 0, err
		}
		put := func(l exportLine) error { n++; return lw.put(l) }
		add = func(c *cases.Case) error { return a.accountLines(c, put) }
		if o.what == "activity" {
			add = func(c *cases.Case) error { return a.activityLines(ctx, c, o.since, put) }
		}
		end = lw.flush
	}
	for _, id := range ids {
		st, err := a.store.State(ctx, id.Stream())
		if err != nil {
			return n, fmt.Errorf("read case %s: %w", id, err)
		}
		c, ok := st.(*cases.Case)
		if !ok {
			return n, fmt.Errorf("read case %s: unexpected kind %T", id, st)
		}
		if err := add(c); err != nil {
			return n, fmt.Errorf("case %s: %w", c.Reference, err)
		}
	}
	return n, end()
}

type tableWriter interface {
	Write(k table.Case) error
	Flush() error
}

func newTable(w io.Writer, format string) (tableWriter, error) {
	if format == "json" {
		return table.NewJSONWriter(w), nil
	}
	return table.NewCSVWriter(w)
}

// record turns a case into the record that an import would make it of.
func (a *app) record(ctx context.Context, c *cases.Case, people map[cases.PersonID]*cases.Person) (table.Case, error) {
	k := table.Case{
		Reference: c.Reference, Portfolio: c.Portfolio, Subject: c.Subject.String(), Opened: c.Opened, Stage: c.Stage, Land: c.Land,
		Currency: money.Currency, Claims: c.Ledger.Claims, Entries: c.Ledger.Entries,
	}
	for _, f := range c.FollowUps {
		if !f.Done && (k.FollowUp == 0 || f.Due < k.FollowUp) {
			k.FollowUp, k.FollowWhy = f.Due, f.Reason
		}
	}
	today := a.desk.Today()
	for _, p := range c.Parties {
		if p.Until != 0 && p.Until < today {
			continue
		}
		who := people[p.Person]
		if who == nil {
			st, err := a.store.State(ctx, p.Person.Stream())
			if errors.Is(err, cases.ErrNotFound) {
				continue
			}
			if err != nil {
				return k, err
			}
			who, _ = st.(*cases.Person)
			people[p.Person] = who
		}
		person := personRecord(who, today)
		switch {
		case p.Role == cases.RoleCreditor && k.Creditor.Name == "":
			k.Creditor = person
		case p.Role == cases.RoleDebtor && k.Debtor.Name == "":
			k.Debtor = person
		default:
			k.Parties = append(k.Parties, table.Party{Role: p.Role, Proof: p.Proof, Person: person})
		}
	}
	return k, nil
}

func personRecord(p *cases.Person, today calendar.Date) table.Person {
	r := table.Person{
		PersonID: p.External, Name: p.Name.String(), Legal: p.Legal, Business: p.Business, Born: p.Born, IBANs: p.IBANs, Lang: p.Lang, Email: p.Mail(today),
	}
	for _, k := range p.Contacts {
		if !k.Valid(today) {
			continue
		}
		switch k.Channel {
		case cases.Email:
			if k.Value.String() == r.Email {
				r.EmailConfirmed = k.Proof == cases.ProofSeen
			}
		case cases.Postal:
			r.Postal = k.Value.String()
		case cases.Phone:
			r.Phone = k.Value.String()
		}
	}
	return r
}

// exportLine is one line of the account or of the activity.
type exportLine struct {
	Reference string        `json:"reference"`
	Row       string        `json:"row"` // claim, entry, balance; the event's name
	ID        string        `json:"id,omitempty"`
	Date      calendar.Date `json:"date,omitzero"`
	Kind      string        `json:"kind,omitempty"`
	CostKind  string        `json:"cost_kind,omitempty"`
	ClaimID   string        `json:"claim_id,omitempty"`
	Amount    money.Cents   `json:"amount_cents,omitempty"`
	Principal *money.Cents  `json:"principal_cents,omitempty"`
	Interest  *money.Cents  `json:"interest_cents,omitempty"`
	Costs     *money.Cents  `json:"costs_cents,omitempty"`
	Credit    *money.Cents  `json:"credit_cents,omitempty"`
	Total     *money.Cents  `json:"total_cents,omitempty"`
	Currency  string        `json:"currency,omitempty"`
	Text      string        `json:"text,omitempty"`
	Pos       uint64        `json:"pos,omitempty"`
	At        time.Time     `json:"at,omitzero"`
	User      string        `json:"user,omitempty"`
	Machine   bool          `json:"machine,omitempty"`
	Data      any           `json:"data,omitempty"`
}

// accountLines writes claims, bookings and today's balance of one case.
func (a *app) accountLines(c *cases.Case, put func(exportLine) error) error {
	for _, k := range c.Ledger.Claims {
		if err := put(exportLine{Reference: c.Reference, Row: "claim", ID: k.ID, Date: k.Due, Kind: string(k.Kind), Amount: k.Principal, Currency: money.Currency, Text: k.Invoice}); err != nil {
			return err
		}
	}
	for _, e := range c.Ledger.Entries {
		if err := put(exportLine{
			Reference: c.Reference, Row: "entry", ID: e.ID, Date: e.Date, Kind: string(e.Kind), CostKind: string(e.CostKind), ClaimID: e.ClaimID,
			Amount: e.Cents, Currency: money.Currency, Text: e.Text,
		}); err != nil {
			return err
		}
	}
	_, lr, err := a.rules()
	if err != nil {
		return err
	}
	l := exportLine{Reference: c.Reference, Row: "balance", Date: a.desk.Today(), Currency: money.Currency}
	if b, err := ledger.BalanceAt(c.Ledger, l.Date, lr); err != nil {
		l.Text = err.Error()
	} else {
		l.Principal, l.Interest, l.Costs, l.Credit, l.Total = &b.Principal, &b.Interest, &b.Costs, &b.Credit, &b.Total
	}
	return put(l)
}

// activityLines writes what happened on one case.
func (a *app) activityLines(ctx context.Context, c *cases.Case, since calendar.Date, put func(exportLine) error) error {
	facts, err := a.store.Facts(ctx, c.ID.Stream())
	if err != nil {
		return err
	}
	for _, f := range facts {
		if calendar.In(f.At, a.loc) < since {
			continue
		}
		l := exportLine{Reference: c.Reference, Row: cases.EventName(f.Body), Pos: f.Pos, At: f.At, User: string(f.Actor.User), Machine: f.Actor.Machine, Data: f.Body}
		if err := put(l); err != nil {
			return err
		}
	}
	return nil
}

// lineWriter writes lines in one of the two formats.
type lineWriter struct {
	csv  *csv.Writer
	json *json.Encoder
	cols []lineColumn
}

type lineColumn struct {
	name string
	get  func(exportLine) string
}

func newLines(w io.Writer, format, what string) (*lineWriter, error) {
	if format == "json" {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return &lineWriter{json: enc}, nil
	}
	l := &lineWriter{csv: csv.NewWriter(w), cols: lineColumns(what)}
	l.csv.Comma = ';'
	heads := make([]string, len(l.cols))
	for i, c := range l.cols {
		heads[i] = c.name
	}
	return l, l.csv.Write(heads)
}

func lineColumns(what string) []lineColumn {
	text := func(name string, get func(exportLine) string) lineColumn {
		return lineColumn{name, func(l exportLine) string { return table.Guard(get(l)) }}
	}
	sum := func(name string, get func(exportLine) *money.Cents) lineColumn {
		return lineColumn{name, func(l exportLine) string {
			if p := get(l); p != nil {
				return p.Plain() // a number, whatever its sign
			}
			return ""
		}}
	}
	ref := text("reference", func(l exportLine) string { return l.Reference })
	if what == "activity" {
		return []lineColumn{
			ref,
			text("pos", func(l exportLine) string { return strconv.FormatUint(l.Pos, 10) }),
			text("at", func(l exportLine) string { return l.At.Format(time.RFC3339) }),
			text("user", func(l exportLine) string { return l.User }),
			text("machine", func(l exportLine) string { return strconv.FormatBool(l.Machine) }),
			text("event", func(l exportLine) string { return l.Row }),
		}
	}
	return []lineColumn{
		ref,
		text("row", func(l exportLine) string { return l.Row }),
		text("id", func(l exportLine) string { return l.ID }),
		text("date", func(l exportLine) string { return l.Date.String() }),
		text("kind", func(l exportLine) string { return l.Kind }),
		text("cost_kind", func(l exportLine) string { return l.CostKind }),
		text("claim_id", func(l exportLine) string { return l.ClaimID }),
		sum("amount", func(l exportLine) *money.Cents {
			if l.Row == "balance" {
				return nil
			}
			return &l.Amount
		}),
		sum("principal", func(l exportLine) *money.Cents { return l.Principal }),
		sum("interest", func(l exportLine) *money.Cents { return l.Interest }),
		sum("costs", func(l exportLine) *money.Cents { return l.Costs }),
		sum("credit", func(l exportLine) *money.Cents { return l.Credit }),
		sum("total", func(l exportLine) *money.Cents { return l.Total }),
		text("currency", func(l exportLine) string { return l.Currency }),
		text("text", func(l exportLine) string { return l.Text }),
	}
}

func (w *lineWriter) put(l exportLine) error {
	if w.json != nil {
		return w.json.Encode(l)
	}
	cells := make([]string, len(w.cols))
	for i, c := range w.cols {
		cells[i] = c.get(l)
	}
	return w.csv.Write(cells)
}

func (w *lineWriter) flush() error {
	if w.json != nil {
		return nil
	}
	w.csv.Flush()
	return w.csv.Error()
}
