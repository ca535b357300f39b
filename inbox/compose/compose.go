// Package compose turns a decided letter into the bytes of a mail and proves
// that the bytes say what the letter said.
//
// Build is a function of the letter alone: the same letter gives the same
// bytes, on every machine and on every day. What is approved, recorded and
// sent are these bytes. They carry no Auto-Submitted: a person has read and
// approved each of them (RFC 3834, 5.2), and none answers automatic mail.
package compose

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"kontor/cases"
)

// Bounds of a letter.
const (
	maxText    = 1 << 20
	maxSubject = 500 // bytes; it is folded over several lines
	maxFiles   = 20
	maxFile    = 20 << 20
	maxRefs    = 20 // references kept, the first and the newest
	maxID      = 250
)

// ErrLetter refuses a letter that cannot be said in a mail as it stands.
var ErrLetter = errors.New("letter cannot be sent as it is")

// Build returns the mail for l with CRLF line ends: text/plain in
// quoted-printable, an HTML alternative computed from the same text, and the
// files. It refuses letters with control characters in any field that becomes
// a header, and never adds a recipient, a date or an identity of its own.
func Build(l cases.Letter) ([]byte, error) {
	if err := check(l); err != nil {
		return nil, err
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP), gomail.WithCharset(gomail.CharsetUTF8))
	headers(m, l)
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	m.AddAlternativeString(gomail.TypeTextHTML, html(l.Text, l.Lang))
	for _, f := range l.Files {
		if err := m.AttachReader(f.Name, bytes.NewReader(f.Data), gomail.WithFileContentType(gomail.ContentType(f.MediaType))); err != nil {
			return nil, fmt.Errorf("attach file %d: %w", len(l.Files), err)
		}
	}
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write mail: %w", err)
	}
	raw, err := fixBoundaries(b.Bytes(), l)
	if err != nil {
		return nil, err
	}
	if !bytes.HasSuffix(raw, []byte("\r\n")) {
		raw = append(raw, "\r\n"...)
	}
	return raw, nil
}

func headers(m *gomail.Msg, l cases.Letter) {
	m.SetDateWithValue(l.Date)
	m.SetMessageIDWithValue(l.MessageID)
	m.FromMailAddress(address(l.From))
	m.ToMailAddress(address(l.To))
	if l.ReplyTo.Addr != "" {
		m.ReplyToMailAddress(address(l.ReplyTo))
	}
	m.Subject(l.Subject)
	if l.InReplyTo != "" {
		m.SetGenHeader(gomail.HeaderInReplyTo, "<"+l.InReplyTo+">")
	}
	if refs := references(l.References); len(refs) > 0 {
		m.SetGenHeader(gomail.HeaderReferences, "<"+strings.Join(refs, "> <")+">")
	}
	if l.Lang != "" {
		m.SetGenHeader("Content-Language", l.Lang)
	}
}

// references keeps the thread's first mail and the newest ones.
func references(all []string) []string {
	if len(all) <= maxRefs {
		return all
	}
	return append(all[:1:1], all[len(all)-maxRefs+1:]...)
}

func address(a cases.Address) *mail.Address {
	return &mail.Address{Name: displayName(a), Address: a.Addr}
}

// displayName is the name that stands in a header. net/mail writes a backslash
// beside letters that are not ASCII in a form that no reader takes back, itself
// included; a slash stands for it.
func displayName(a cases.Address) string {
	name := a.Name.String()
	if strings.IndexFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return name
	}
	return strings.ReplaceAll(name, `\`, "/")
}

// boundary matches the random boundaries of the library: it stands alone on a
// folded header line, which neither quoted-printable (no bare "=") nor base64
// (no space) can imitate.
var boundary = regexp.MustCompile(`\r\n boundary=([0-9a-f]{60})\r\n`)

// fixBoundaries replaces the random boundaries by ones derived from the
// letter, of the same length. They hash the whole text, so no text can hold
// its own boundary.
func fixBoundaries(raw []byte, l cases.Letter) ([]byte, error) {
	found := boundary.FindAllSubmatch(raw, -1)
	want := 1
	if len(l.Files) > 0 {
		want = 2
	}
	if len(found) != want {
		return nil, fmt.Errorf("write mail: %d boundaries, want %d", len(found), want)
	}
	for i, f := range found {
		h := sha256.New()
		fmt.Fprintf(h, "%d\x00%s\x00%s\x00%s\x00%s", i, l.Boundary, l.MessageID, l.Subject, l.Text)
		for _, file := range l.Files {
			fmt.Fprintf(h, "\x00%s\x00%d", file.Name, len(file.Data))
			h.Write(file.Data)
		}
		raw = bytes.ReplaceAll(raw, f[1], []byte(hex.EncodeToString(h.Sum(nil))[:60]))
	}
	return raw, nil
}

func check(l cases.Letter) error {
	switch {
	case l.Date.IsZero():
		return fmt.Errorf("%w: has no date", ErrLetter)
	case l.Date.Year() < 1970 || l.Date.Year() > 9999:
		return fmt.Errorf("%w: date out of range", ErrLetter)
	case l.Text == "" || len(l.Text) > maxText:
		return fmt.Errorf("%w: text empty or longer than %d bytes", ErrLetter, maxText)
	case !utf8.ValidString(l.Text) || strings.ContainsFunc(l.Text, func(r rune) bool { return control(r) && r != '\n' && r != '\t' }):
		return fmt.Errorf("%w: text holds control characters", ErrLetter)
	case l.Subject == "" || len(l.Subject) > maxSubject || unfit(l.Subject) || strings.Join(strings.Fields(l.Subject), " ") != l.Subject:
		return fmt.Errorf("%w: subject empty, too long, or with control characters or stray spaces", ErrLetter)
	case l.Lang != "" && !token.MatchString(l.Lang):
		return fmt.Errorf("%w: language", ErrLetter)
	case len(l.Files) > maxFiles:
		return fmt.Errorf("%w: more than %d files", ErrLetter, maxFiles)
	}
	for _, id := range append([]string{l.MessageID}, l.References...) {
		if !messageID.MatchString(id) || len(id) > maxID {
			return fmt.Errorf("%w: message id", ErrLetter)
		}
	}
	if l.InReplyTo != "" && (!messageID.MatchString(l.InReplyTo) || len(l.InReplyTo) > maxID) {
		return fmt.Errorf("%w: in-reply-to", ErrLetter)
	}
	for what, a := range map[string]cases.Address{"sender": l.From, "recipient": l.To, "reply-to": l.ReplyTo} {
		if what == "reply-to" && a.Addr == "" {
			continue
		}
		if !addrSpec.MatchString(a.Addr) || len(a.Addr) > 254 || len(a.Name.String()) > 200 || unfit(a.Name.String()) {
			return fmt.Errorf("%w: %s", ErrLetter, what)
		}
	}
	for i, f := range l.Files {
		if !fileName.MatchString(f.Name) || len(f.Name) > 120 || !mediaType.MatchString(f.MediaType) || len(f.Data) == 0 || len(f.Data) > maxFile {
			return fmt.Errorf("%w: file %d", ErrLetter, i+1)
		}
	}
	return nil
}

// What the parts of a letter may look like. Message-IDs are those of RFC 5322
// without quoting; foreign ones that do not fit are left out by the caller.
var (
	messageID = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9!#$%&'*+/=?^_`{|}~.:-]+$")
	addrSpec  = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+$")
	token     = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$`)
	mediaType = regexp.MustCompile(`^[a-z]+/[a-z0-9.+-]+$`)
	fileName  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 ._()-]*$`)
)

func unfit(s string) bool { return !utf8.ValidString(s) || strings.ContainsFunc(s, control) }

func control(r rune) bool { return r < 0x20 || (r >= 0x7f && r <= 0x9f) || r == 0x2028 || r == 0x2029 }

// ValidID reports whether a foreign Message-ID (without <>) may stand in
// In-Reply-To or References.
func ValidID(id string) bool { return len(id) <= maxID && messageID.MatchString(id) }

// dateOf is the date as Build writes it, to the second.
func dateOf(t time.Time) string { return t.Format(time.RFC1123Z) }
