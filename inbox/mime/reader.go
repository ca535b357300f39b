package mime

import (
	"context"
	"fmt"
	"strings"

	"kontor/cases"
	"kontor/cases/plain"
)

// Options says how a Reader reads.
type Options struct {
	// AuthServIDs names our own receiving servers: only their
	// Authentication-Results count (RFC 8601 section 5). None if empty.
	AuthServIDs []string
	// MaxBytes is the largest mail that is read whole; DefaultMaxBytes if zero.
	MaxBytes int64
	// PDF returns the text of a PDF file, or an error that may be one of the
	// Err values of this package. It is called at most three times a mail, with
	// at most 20 MB, and must keep to its context. If nil, no text of PDF
	// attachments is read.
	PDF func(ctx context.Context, data []byte) (string, error)
}

// Reader reads mails. It has no state and may be used by many at once.
type Reader struct {
	opts Options
}

// New returns a Reader.
func New(opts Options) *Reader {
	if opts.MaxBytes <= 0 {
		opts.MaxBytes = DefaultMaxBytes
	}
	return &Reader{opts: opts}
}

// Read reads one mail. It never panics and never refuses a mail: what cannot
// be read as one comes as a Mail with the raw start as its text and the warning
// "unreadable". The error is ctx's, and only where ctx itself has ended; a mail
// that takes more than ten seconds is cut short and flagged instead.
func (r *Reader) Read(ctx context.Context, raw []byte) (m cases.Mail, err error) {
	if err := ctx.Err(); err != nil {
		return cases.Mail{}, fmt.Errorf("read mail: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	defer func() {
		// A panic here is a mistake of ours or of a library; the mail is not
		// lost for it, and the pull goes on.
		if p := recover(); p != nil {
			m = unreadable(raw)
		}
	}()
	tooLarge := int64(len(raw)) > r.opts.MaxBytes
	if tooLarge {
		raw = raw[:min(int64(len(raw)), int64(maxRawShown), r.opts.MaxBytes)]
	}
	m = r.read(limited, raw, tooLarge)
	if err := ctx.Err(); err != nil {
		return cases.Mail{}, fmt.Errorf("read mail: %w", err)
	}
	return m, nil
}

func (r *Reader) read(ctx context.Context, raw []byte, tooLarge bool) cases.Mail {
	t := structure(ctx, raw)
	if len(t.header.fields) == 0 {
		return unreadable(raw)
	}
	var m cases.Mail
	w := &warnings{}
	if tooLarge {
		w.add(warnTooLarge, "")
	}
	if t.broken && !tooLarge {
		w.add(warnBroken, "")
	}
	if t.cut || ctx.Err() != nil {
		w.add(warnTruncated, "")
	}
	readFields(&m, &t.header, w)
	m.Auth = authResults(&t.header, r.opts.AuthServIDs)
	b := r.readBody(ctx, &t, w)
	m.Attachments = b.attachments
	m.Text, m.Own = cleanBody(b.text), cleanBody(b.own)
	if strings.TrimSpace(b.text) == "" {
		w.add(warnNoText, "")
	}
	tellKind(&m, &t)
	m.Warnings = w.list
	return m
}

// unreadable shows the raw start of something that is no mail.
func unreadable(raw []byte) cases.Mail {
	start := raw[:min(len(raw), maxRawShown)]
	s, _ := decodeCharset(start, "")
	text := cleanBody(s)
	return cases.Mail{
		Text: text, Own: text, Kind: cases.KindOther, KindReason: "unreadable",
		Warnings: []cases.Warning{{Code: warnUnreadable}},
	}
}

// cleanBody makes display text of a body: at most maxText bytes, without
// blanks at line ends and empty lines at the ends.
func cleanBody(s string) plain.Text {
	t, _ := plain.Clean(strings.Trim(s, "\n")).Cut(maxText)
	return t
}

// warnings collects each code once.
type warnings struct{ list []cases.Warning }

func (w *warnings) add(code, detail string) {
	for _, have := range w.list {
		if have.Code == code {
			return
		}
	}
	d, _ := plain.Line(detail).Cut(200)
	w.list = append(w.list, cases.Warning{Code: code, Detail: d})
}
