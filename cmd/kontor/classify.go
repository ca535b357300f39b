package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"kontor/assist/llm"
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/inbox/mime"
	"kontor/inbox/mime/pdftext"
)

var errPDF = errors.New("the PDF could not be read")

// maxMailFile bounds a mail file, in bytes; the reader keeps head and start of
// a longer one.
const maxMailFile = 64 << 20

type classifyLine struct {
	File       string              `json:"file"`
	RFCID      string              `json:"rfc_message_id"`
	Date       *time.Time          `json:"date"`
	From       string              `json:"from"`
	Subject    string              `json:"subject"`
	Kind       cases.MailKind      `json:"kind"`
	KindReason string              `json:"kind_reason,omitempty"`
	ReplyText  string              `json:"reply_text"`
	Intent     cases.Intent        `json:"intent"`
	Confidence float64             `json:"confidence"`
	Unsure     bool                `json:"unsure"`
	Candidates []candidateLine     `json:"candidates"`
	Secondary  []cases.Intent      `json:"secondary"`
	Flags      []cases.Flag        `json:"flags"`
	Alerts     []cases.Alert       `json:"alerts"`
	Slots      cases.Slots         `json:"slots"`
	Details    cases.Details       `json:"details"`
	Lang       string              `json:"lang"`
	Engine     string              `json:"engine"`
	Model      string              `json:"model,omitempty"`
	Evidence   []cases.Evidence    `json:"evidence"`
	Notes      []string            `json:"notes,omitempty"`
	Warnings   []cases.Warning     `json:"warnings,omitempty"`
	Attached   []cases.Attachment  `json:"attachments,omitempty"`
	Bounce     *cases.BounceReport `json:"bounce,omitempty"`
}

type candidateLine struct {
	Intent     cases.Intent `json:"intent"`
	Confidence float64      `json:"confidence"`
}

type errorLine struct {
	File  string `json:"file"`
	Error string `json:"error"`
}

func (g *globals) classifyCmd() *cobra.Command {
	var which string
	c := &cobra.Command{
		Use: "classify FILE…", Short: "read mails (.eml; -: stdin) and say what they want; needs no home",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("want at least one file, or - for stdin")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return g.classify(cmd.Context(), which, args) },
	}
	c.Flags().StringVar(&which, "engine", "auto", "local, llm or auto")
	return c
}

func (g *globals) classify(ctx context.Context, which string, files []string) error {
	if which != "local" && which != "auto" && which != "llm" {
		return usage("--engine %q: want local, llm or auto", which)
	}
	second, err := g.secondEngine(which)
	if err != nil {
		return err
	}
	eng, err := newEngine(`K-\d{4}-\d{6}`)
	if err != nil {
		return err
	}
	exe, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program's file: %w", err)
	}
	reader := mime.New(mime.Options{PDF: func(ctx context.Context, pdf []byte) (string, error) {
		return pdftext.Extract(ctx, exe, []string{"pdf-text"}, pdf)
	}})
	loc, err := berlin()
	if err != nil {
		return err
	}
	failed, unread := 0, 0
	for _, file := range files {
		line, err := g.classifyFile(ctx, reader, eng, second, loc, file)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			if err := g.put(errorLine{file, err.Error()}); err != nil {
				return err
			}
			continue
		}
		if slices.Contains(line.Notes, llm.NoteFailed) {
			unread++
		}
		if err := g.put(line); err != nil {
			return err
		}
	}
	switch {
	case failed > 0:
		return partly("%d of %d files could not be read", failed, len(files))
	case unread > 0 && which == "llm":
		return partly("the endpoint gave no usable answer to %d of %d mails: there the local reading stands", unread, len(files))
	}
	return nil
}

func (g *globals) classifyFile(ctx context.Context, reader *mime.Reader, eng *engine, second secondOpinion, loc *time.Location, file string) (classifyLine, error) {
	raw, err := g.readMail(file)
	if err != nil {
		return classifyLine{}, err
	}
	m, err := reader.Read(ctx, raw)
	if err != nil {
		return classifyLine{}, err
	}
	if m.KindReason == "unreadable" {
		return classifyLine{}, desk.ErrNoMail
	}
	in := cases.ClassifyInput{
		Subject: m.Subject.String(), Text: m.Own.String(), From: m.From.Name.String() + " <" + m.From.Addr + ">", Kind: m.Kind,
		InReply: len(m.InReplyTo) > 0,
	}
	for _, a := range m.Attachments {
		if !a.Text.IsZero() {
			in.Attachments = append(in.Attachments, a.Text.String())
		}
	}
	l := classifyLine{
		File: file, RFCID: m.RFCMessageID, From: m.From.Addr, Subject: in.Subject, Kind: m.Kind, KindReason: m.KindReason,
		ReplyText: in.Text, Warnings: m.Warnings, Attached: m.Attachments, Bounce: m.Bounce,
	}
	if name := m.From.Name.String(); name != "" {
		l.From = name + " <" + m.From.Addr + ">"
	}
	if !m.Date.IsZero() {
		l.Date = &m.Date
		// The sender's own day: "tomorrow" counts from where it was written.
		in.Date = calendar.In(m.Date, m.Date.Location())
	} else {
		in.Date = calendar.In(g.now(), loc)
	}
	c, err := eng.Classify(ctx, in)
	if err != nil {
		return classifyLine{}, err
	}
	if second != nil {
		if c, err = second(ctx, in, c); err != nil {
			return classifyLine{}, err
		}
	}
	if desk.MatterAttached(m, c) {
		c.Unsure, c.Notes = true, append(c.Notes, desk.NoteAttached)
	}
	l.Intent, l.Confidence, l.Unsure = c.Intent, permille(c.Permille), c.Unsure || c.Permille < cases.Sure
	l.Candidates = []candidateLine{}
	for _, k := range c.Candidates {
		l.Candidates = append(l.Candidates, candidateLine{k.Intent, permille(k.Permille)})
	}
	l.Secondary, l.Flags, l.Alerts = orEmpty(c.Secondary), orEmpty(c.Flags), orEmpty(c.Alerts)
	l.Slots, l.Details, l.Lang, l.Engine, l.Model = c.Slots, c.Details, c.Lang, c.Engine, c.Model
	l.Evidence, l.Notes = orEmpty(c.Evidence), c.Notes
	return l, nil
}

// secondOpinion joins a generative engine's reading to the local one.
type secondOpinion func(context.Context, cases.ClassifyInput, cases.Classification) (cases.Classification, error)

func (g *globals) readMail(file string) (b []byte, err error) {
	r := g.stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		if st, err := f.Stat(); err == nil && st.IsDir() {
			return nil, fmt.Errorf("%s is a folder", file)
		}
		r = f
	}
	b, err = io.ReadAll(io.LimitReader(r, maxMailFile))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if len(b) == 0 {
		return nil, errors.New("empty file")
	}
	return b, nil
}
