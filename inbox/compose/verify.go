package compose

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"

	"kontor/cases"
)

// ErrDiffers means that the bytes of a mail do not say what its letter said.
var ErrDiffers = errors.New("mail differs from the letter")

// allowed lists the header fields that Build writes; a field beyond them, a cc
// for instance, makes Verify refuse.
var allowed = []string{
	"Date", "Message-Id", "From", "To", "Reply-To", "Subject", "In-Reply-To", "References",
	"Auto-Submitted", "Content-Language", "Mime-Version", "Content-Type",
}

// Verify decodes raw with other code than Build encodes with and compares
// recipient, sender, subject, text, HTML alternative, thread, files and date
// with l. Each difference is an error: the bytes must not be sent.
func Verify(raw []byte, l cases.Letter) error {
	msg, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("read mail: %w", err)
	}
	if err := verifyHeader(msg.Header, l); err != nil {
		return err
	}
	text, html, files, err := parts(msg)
	if err != nil {
		return err
	}
	want := l.Text
	switch {
	case text != want:
		return differs("text")
	case html != htmlOf(l):
		return differs("html alternative")
	case len(files) != len(l.Files):
		return differs("files")
	}
	for i, f := range files {
		if f.Name != l.Files[i].Name || f.MediaType != l.Files[i].MediaType || !bytes.Equal(f.Data, l.Files[i].Data) {
			return differs("files")
		}
	}
	return nil
}

func htmlOf(l cases.Letter) string { return html(l.Text, l.Lang) }

func differs(what string) error { return fmt.Errorf("%w: %s", ErrDiffers, what) }

func verifyHeader(h mail.Header, l cases.Letter) error {
	for field, values := range h {
		if !slices.Contains(allowed, field) || len(values) != 1 {
			return differs("header field " + field)
		}
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
	if err != nil || subject != l.Subject {
		return differs("subject")
	}
	for _, a := range []struct {
		field string
		want  cases.Address
	}{{"From", l.From}, {"To", l.To}, {"Reply-To", l.ReplyTo}} {
		if a.want.Addr == "" {
			if h.Get(a.field) != "" {
				return differs(a.field)
			}
			continue
		}
		list, err := h.AddressList(a.field)
		if err != nil || len(list) != 1 || list[0].Address != a.want.Addr || list[0].Name != displayName(a.want) {
			return differs(a.field)
		}
	}
	for _, f := range []struct{ field, want string }{
		{"Message-Id", "<" + l.MessageID + ">"},
		{"Date", dateOf(l.Date)},
		{"In-Reply-To", ids(l.InReplyTo)},
		{"References", ids(references(l.References)...)},
		{"Auto-Submitted", ""},
		{"Content-Language", l.Lang},
	} {
		if h.Get(f.field) != f.want {
			return differs(f.field)
		}
	}
	return nil
}

func ids(list ...string) string {
	if len(list) == 0 || list[0] == "" {
		return ""
	}
	return "<" + strings.Join(list, "> <") + ">"
}

// parts decodes the body: multipart/alternative of text and HTML, in a
// multipart/mixed where there are files.
func parts(msg *mail.Message) (text, html string, files []cases.LetterFile, err error) {
	header := textproto.MIMEHeader(msg.Header)
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return "", "", nil, fmt.Errorf("read mail: %w", err)
	}
	body := io.Reader(msg.Body)
	if kind == "multipart/mixed" {
		outer := multipart.NewReader(body, params["boundary"])
		first, err := outer.NextRawPart()
		if err != nil {
			return "", "", nil, fmt.Errorf("read mail: %w", err)
		}
		if kind, params, err = mime.ParseMediaType(first.Header.Get("Content-Type")); err != nil {
			return "", "", nil, fmt.Errorf("read mail: %w", err)
		}
		if text, html, err = alternative(first, kind, params["boundary"]); err != nil {
			return "", "", nil, err
		}
		files, err = attachments(outer)
		return text, html, files, err
	}
	text, html, err = alternative(body, kind, params["boundary"])
	return text, html, nil, err
}

func alternative(r io.Reader, kind, boundary string) (text, html string, err error) {
	if kind != "multipart/alternative" {
		return "", "", differs("structure")
	}
	reader := multipart.NewReader(r, boundary)
	for i, want := range []string{"text/plain", "text/html"} {
		p, err := reader.NextRawPart()
		if err != nil {
			return "", "", fmt.Errorf("read mail: %w", err)
		}
		got, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil || got != want || !strings.EqualFold(params["charset"], "utf-8") {
			return "", "", differs("structure")
		}
		data, err := decode(p)
		if err != nil {
			return "", "", err
		}
		// Lines end with CRLF on the wire, with LF in the letter.
		s := strings.ReplaceAll(string(data), "\r\n", "\n")
		if i == 0 {
			text = s
		} else {
			html = s
		}
	}
	if _, err := reader.NextRawPart(); !errors.Is(err, io.EOF) {
		return "", "", differs("structure")
	}
	return text, html, nil
}

func attachments(r *multipart.Reader) (files []cases.LetterFile, err error) {
	for {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read mail: %w", err)
		}
		kind, _, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			return nil, differs("files")
		}
		data, err := decode(p)
		if err != nil {
			return nil, err
		}
		files = append(files, cases.LetterFile{Name: p.FileName(), MediaType: kind, Data: data})
	}
}

func decode(p *multipart.Part) ([]byte, error) {
	var r io.Reader
	switch enc := strings.ToLower(p.Header.Get("Content-Transfer-Encoding")); enc {
	case "quoted-printable":
		r = quotedprintable.NewReader(p)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, p)
	default:
		return nil, differs("transfer encoding")
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	return data, nil
}
