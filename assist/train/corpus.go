package train

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path"
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/plain"
)

// bounds of a corpus file.
const (
	maxCorpus = 64 << 20
	maxLine   = 1 << 20
)

// Labels are what a person said about a mail; the scheme is in data/labels.md.
type Labels struct {
	Intent    cases.Intent    `json:"intent"`
	Secondary []cases.Intent  `json:"secondary"`
	Flags     []cases.Flag    `json:"flags"`
	Slots     json.RawMessage `json:"slots,omitempty"`
	Lang      string          `json:"lang"`
}

// Mail is one labelled mail.
type Mail struct {
	ID          string   `json:"id"`
	Date        string   `json:"date"`
	From        string   `json:"from"`
	Subject     string   `json:"subject"`
	Text        string   `json:"text"`
	Attachments []string `json:"attachments,omitempty"`
	Labels      Labels   `json:"labels"`
}

// Input is what an engine may see of the mail.
func (m *Mail) Input() cases.ClassifyInput {
	in := cases.ClassifyInput{
		Subject: plain.Line(m.Subject).String(), Text: plain.Clean(m.Text).String(), From: plain.Line(m.From).String(),
	}
	for _, a := range m.Attachments {
		in.Attachments = append(in.Attachments, plain.Clean(a).String())
	}
	if len(m.Date) >= 10 {
		if d, err := calendar.Parse(m.Date[:10]); err == nil {
			in.Date = d
		}
	}
	return in
}

// HeldBack reports whether a mail belongs to the fifth that the reported
// figures are measured on; it depends on nothing but the id.
func (m *Mail) HeldBack() bool { return m.fold(5) == 0 }

func (m *Mail) fold(n uint32) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(m.ID)) // a hash never fails
	return h.Sum32() >> 7 % n
}

// Corpus is a set of labelled mails. Extra mails widen the training and are
// never measured on.
type Corpus struct {
	Mails  []Mail
	Extra  []Mail
	digest string
}

// Digest names the content.
func (c *Corpus) Digest() string { return c.digest }

// Load reads train-*.jsonl and extra-*.jsonl of fsys, in the order of their
// names. Every mail is checked against the label scheme.
func Load(fsys fs.FS) (*Corpus, error) {
	c := &Corpus{}
	sum := sha256.New()
	for _, kind := range []string{"train-*.jsonl", "extra-*.jsonl"} {
		names, err := fs.Glob(fsys, kind)
		if err != nil {
			return nil, fmt.Errorf("list corpus: %w", err)
		}
		slices.Sort(names)
		for _, name := range names {
			b, err := fs.ReadFile(fsys, name)
			if err != nil {
				return nil, fmt.Errorf("read corpus: %w", err)
			}
			_, _ = sum.Write(b) // a hash never fails
			ms, err := Parse(name, b)
			if err != nil {
				return nil, err
			}
			if strings.HasPrefix(path.Base(name), "extra") {
				c.Extra = append(c.Extra, ms...)
			} else {
				c.Mails = append(c.Mails, ms...)
			}
		}
	}
	c.digest = hex.EncodeToString(sum.Sum(nil)[:8])
	return c, nil
}

// Parse reads JSON lines of labelled mails; name is for errors.
func Parse(name string, b []byte) ([]Mail, error) {
	if len(b) > maxCorpus {
		return nil, fmt.Errorf("corpus %s: %d bytes, at most %d are read", name, len(b), maxCorpus)
	}
	var out []Mail
	seen := map[string]bool{}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")) // some editors begin a file with it
	sc := bufio.NewScanner(bytes.NewReader(b))
	sc.Buffer(nil, maxLine)
	n := 0
	for sc.Scan() {
		n++
		if len(bytes.TrimSpace(sc.Bytes())) == 0 {
			continue
		}
		var m Mail
		if err := json.Unmarshal(sc.Bytes(), &m); err != nil {
			return nil, fmt.Errorf("corpus %s line %d: %w", name, n, err)
		}
		if err := m.check(); err != nil {
			return nil, fmt.Errorf("corpus %s line %d: %w", name, n, err)
		}
		if seen[m.ID] {
			return nil, fmt.Errorf("corpus %s line %d: id %q appears twice", name, n, m.ID)
		}
		seen[m.ID] = true
		out = append(out, m)
	}
	switch err := sc.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fmt.Errorf("corpus %s line %d: longer than %d bytes", name, n+1, maxLine)
	case err != nil:
		return nil, fmt.Errorf("corpus %s: %w", name, err)
	}
	return out, nil
}

func (m *Mail) check() error {
	if m.ID == "" {
		return fmt.Errorf("no id")
	}
	if !m.Labels.Intent.Valid() {
		return fmt.Errorf("unknown intent %q", m.Labels.Intent)
	}
	for _, s := range m.Labels.Secondary {
		if !s.Valid() {
			return fmt.Errorf("unknown secondary intent %q", s)
		}
	}
	for _, f := range m.Labels.Flags {
		if !slices.Contains(cases.Flags(), f) {
			return fmt.Errorf("unknown flag %q", f)
		}
	}
	if len(m.Labels.Lang) != 2 {
		return fmt.Errorf("language %q is no ISO 639-1 code", m.Labels.Lang)
	}
	return nil
}
