package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
)

type documentFlags struct {
	ref, kind, date, message string
	index                    int
}

// documentLine is one document that came onto a case.
type documentLine struct {
	Case string `json:"case"`
	cases.Document
}

func (g *globals) importDocumentsCmd() *cobra.Command {
	o := documentFlags{index: -1}
	c := &cobra.Command{
		Use: "documents --kind KIND (--case REF FILE… | --message ID --index N)", Short: "papers onto a case: contract, invoice, title, power_of_attorney, other",
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case o.kind == "":
				return usage("--kind is missing: contract, invoice, title, power_of_attorney or other")
			case (o.message == "") == (o.ref == ""):
				return usage("want --case with files, or --message with --index")
			case o.message != "" && (o.index < 0 || len(args) > 0):
				return usage("--message wants --index and no files; kontor attachments lists them")
			case o.ref != "" && len(args) == 0:
				return usage("want at least one file")
			}
			day, err := calendar.Parse(o.date)
			if err != nil {
				return usage("--date: %w", err)
			}
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error { return a.importDocuments(ctx, o, day, args) })
		},
	}
	f := c.Flags()
	f.StringVar(&o.ref, "case", "", "reference of the case")
	f.StringVar(&o.kind, "kind", "", "contract, invoice, title, power_of_attorney or other")
	f.StringVar(&o.date, "date", "", "day of the document (YYYY-MM-DD)")
	f.StringVar(&o.message, "message", "", "message id: keep its attachment on the case that the message is on")
	f.IntVar(&o.index, "index", -1, "index of the attachment")
	return c
}

func (a *app) importDocuments(ctx context.Context, o documentFlags, day calendar.Date, files []string) error {
	kind := cases.DocumentKind(o.kind)
	if o.message != "" {
		m, err := a.desk.Message(ctx, cases.MessageID(o.message))
		if err != nil {
			return err
		}
		d, err := a.desk.KeepAttachment(ctx, m.ID, o.index, kind, day)
		if err != nil {
			return err
		}
		return a.sayDocument(a.desk.Reference(m.Match.Case), d)
	}
	id, err := a.desk.FindCase(ctx, o.ref)
	if err != nil {
		return err
	}
	left := 0
	for _, file := range files {
		b, err := readBounded(file, desk.MaxDocument)
		var d cases.Document
		if err == nil {
			d, err = a.desk.AddDocument(ctx, id, desk.NewDocument{Kind: kind, Name: filepath.Base(file), Date: day, Source: "import", Data: b})
		}
		if err != nil {
			left++
			a.g.tell("left out: %s: %v", file, err)
			continue
		}
		if err := a.sayDocument(a.desk.Reference(id), d); err != nil {
			return err
		}
	}
	switch {
	case left == 0:
		return nil
	case left == len(files):
		return errors.New("no document was taken; the lines above say why")
	}
	return partly("%d of %d documents left out", left, len(files))
}

func (a *app) sayDocument(ref string, d cases.Document) error {
	return a.g.result(documentLine{Case: ref, Document: d}, "%s: %s (%s), SHA-256 %s", "%s: %s (%s), SHA-256 %s", ref, d.Name, d.Kind, d.SHA256)
}

// readBounded reads a regular file of at most limit bytes.
func readBounded(file string, limit int64) (b []byte, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	st, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !st.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no file", file)
	case st.Size() > limit:
		return nil, fmt.Errorf("%s is longer than %d bytes", file, limit)
	}
	return io.ReadAll(io.LimitReader(f, limit))
}
