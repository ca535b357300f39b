package mime

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// field is one header field: name in lower case, value unfolded and trimmed
// but not decoded.
type field struct {
	name  string
	value string
}

// header is one header block.
type header struct {
	fields []field
	broken bool // a line was no header field
	cut    bool // beyond a bound
}

// get returns the first field of that lower-case name, raw.
func (h *header) get(name string) string {
	for i := range h.fields {
		if h.fields[i].name == name {
			return h.fields[i].value
		}
	}
	return ""
}

// has reports whether there is a field of that lower-case name.
func (h *header) has(name string) bool { return h.count(name) > 0 }

func (h *header) count(name string) int {
	n := 0
	for i := range h.fields {
		if h.fields[i].name == name {
			n++
		}
	}
	return n
}

// nextLine cuts the first line off b; the line comes without its line break,
// which may be CRLF, LF or a lone CR.
func nextLine(b []byte) (line, rest []byte) {
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		i = len(b)
		rest = b[len(b):]
	} else {
		rest = b[i+1:]
	}
	line = b[:i]
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line, rest
}

// readHeader reads a header block and returns it with the body behind it. It
// survives lines that are no fields: where the block goes on behind them they
// are skipped, else the body starts there.
func readHeader(b []byte, top bool) (header, []byte) {
	var h header
	start, lines := len(b), 0
	if top {
		b = skipMboxLine(b)
	}
	for len(b) > 0 {
		line, rest := nextLine(b)
		if len(line) == 0 {
			return h, rest
		}
		lines++
		if lines > maxHeaderLines || start-len(b) > maxHeaderBytes {
			h.cut = true
			return h, skipHeader(b)
		}
		if (line[0] == ' ' || line[0] == '\t') && len(h.fields) > 0 {
			if len(bytes.TrimSpace(line)) == 0 && !goesOn(rest) {
				// A line of blanks where the empty line should be.
				return h, rest
			}
			f := &h.fields[len(h.fields)-1]
			f.value = f.value + " " + string(bytes.TrimSpace(line))
			b = rest
			continue
		}
		name, value, ok := splitField(line)
		if !ok {
			if len(h.fields) == 0 && !top || !goesOn(rest) {
				h.broken = true
				return h, b
			}
			h.broken = true
			b = rest
			continue
		}
		var v string
		v, b, lines = unfold(value, rest, lines)
		h.fields = append(h.fields, field{name, v})
	}
	return h, b
}

// unfold joins a field's value with its folded lines.
func unfold(value, rest []byte, lines int) (string, []byte, int) {
	value = bytes.TrimSpace(value)
	if len(rest) == 0 || rest[0] != ' ' && rest[0] != '\t' {
		return string(value), rest, lines
	}
	var v strings.Builder
	v.Write(value)
	for len(rest) > 0 && (rest[0] == ' ' || rest[0] == '\t') && lines < maxHeaderLines && v.Len() < maxHeaderBytes {
		line, after := nextLine(rest)
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			break
		}
		v.WriteByte(' ')
		v.Write(line)
		rest = after
		lines++
	}
	return v.String(), rest, lines
}

// skipMboxLine drops the "From " line that mbox files and some gateways put
// before the header, and empty lines before it.
func skipMboxLine(b []byte) []byte {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	for range 16 {
		line, rest := nextLine(b)
		switch {
		case len(line) == 0 && len(rest) > 0 && len(rest) < len(b):
			b = rest
		case bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From ")):
			b = rest
		default:
			return b
		}
	}
	return b
}

// skipHeader returns what follows the next empty line.
func skipHeader(b []byte) []byte {
	for len(b) > 0 {
		var line []byte
		line, b = nextLine(b)
		if len(line) == 0 {
			return b
		}
	}
	return b
}

// goesOn says whether header fields follow within the next lines, before an
// empty one.
func goesOn(b []byte) bool {
	for range 8 {
		line, rest := nextLine(b)
		if len(line) == 0 {
			return false
		}
		if line[0] != ' ' && line[0] != '\t' {
			if name, _, ok := splitField(line); ok && knownField(name) {
				return true
			}
		}
		b = rest
	}
	return false
}

// knownField says whether a name is surely a header field's and not the start
// of a sentence with a colon in it.
func knownField(name string) bool {
	switch name {
	case "from", "to", "cc", "date", "subject", "sender", "received", "reply-to", "references":
		return true
	}
	return strings.Contains(name, "-")
}

// splitField splits a header line at its colon. RFC 5322 3.6.8: a name is
// printable ASCII without colon; blanks before the colon are tolerated.
func splitField(line []byte) (name string, value []byte, ok bool) {
	i := bytes.IndexByte(line, ':')
	if i <= 0 || i > 100 {
		return "", nil, false
	}
	n := bytes.TrimRight(line[:i], " \t")
	if len(n) == 0 {
		return "", nil, false
	}
	for _, c := range n {
		if c <= ' ' || c >= 0x7f {
			return "", nil, false
		}
	}
	return fieldName(n), line[i+1:], true
}

// fieldName lower-cases a name, without allocating for the common ones.
func fieldName(n []byte) string {
	var buf [32]byte
	if len(n) > len(buf) {
		return strings.ToLower(string(n))
	}
	low := buf[:len(n)]
	for i, c := range n {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return string(low)
}

// text returns a header value as text: raw 8-bit bytes read as UTF-8 or else
// Windows-1252, encoded words (RFC 2047) decoded.
func headerText(v string) string {
	if isASCII(v) && !strings.Contains(v, "=?") {
		return v
	}
	return decodeWords(rawHeader(v))
}

// rawHeader makes valid UTF-8 of a header value with raw 8-bit bytes, which no
// RFC allows and many senders send.
func rawHeader(v string) string {
	if utf8.ValidString(v) {
		return v
	}
	if s, ok := mostlyUTF8(v); ok {
		return s
	}
	s, err := charmap.Windows1252.NewDecoder().String(v)
	if err != nil {
		return strings.ToValidUTF8(v, "\uFFFD")
	}
	return s
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
