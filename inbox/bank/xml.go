package bank

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

func validUTF8(b []byte) bool { return utf8.Valid(b) }

// Bounds of an XML file.
const (
	maxDepth = 40
	maxToken = 64 << 10 // bytes of a tag or of the text between two
	maxNodes = 4000     // elements of one entry or part
	maxInner = 128 << 10
)

// The kinds of token.
const (
	startTag = iota + 1
	endTag
	charData
)

// token is a start tag, an end tag or text. Its text is good until the next one.
type token struct {
	kind int
	name string // without namespace
	ccy  string // attribute Ccy
	text []byte
}

// scanner walks through the elements of an XML file. It knows the part of XML
// that data needs: elements, attributes, text, CDATA, the five entities and
// character references; comments and instructions are passed over. A document
// type declaration is an error, so there is nothing to expand. The standard
// library's decoder takes five times as long and holds a token of any length;
// a test compares the two.
type scanner struct {
	r     *bufio.Reader
	names map[string]string
	depth int
	open  []string // elements on the way down, as written
	inTag bool     // '<' was read
	empty bool     // a start tag ended in "/>": its end is due
	long  []byte   // a tag with '>' in an attribute
	nodes []*node  // used again by the next entry
	used  int
}

var (
	errToken   = fmt.Errorf("%w: a piece of XML longer than %d bytes", ErrBounds, maxToken)
	encodingOf = regexp.MustCompile(`^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)
)

func newScanner(r *bufio.Reader) (*scanner, error) {
	head, _ := r.Peek(200) // as much as there is
	var in io.Reader = r
	if m := encodingOf.FindSubmatch(head); m != nil {
		switch strings.ToLower(string(m[1])) {
		case "utf-8", "utf8", "us-ascii", "ascii":
		case "iso-8859-1", "latin1", "windows-1252", "cp1252":
			in = charmap.Windows1252.NewDecoder().Reader(r)
		case "iso-8859-15", "latin9":
			in = charmap.ISO8859_15.NewDecoder().Reader(r)
		default:
			return nil, fmt.Errorf("%w: character set %.30q", ErrKind, m[1])
		}
	}
	return &scanner{r: bufio.NewReaderSize(in, maxToken), names: map[string]string{}}, nil
}

func broken(what string) error { return fmt.Errorf("%w: XML: %s", ErrBroken, what) }

// until reads up to and including a byte; io.EOF where the file ends before.
func (s *scanner) until(c byte) ([]byte, error) {
	b, err := s.r.ReadSlice(c)
	if errors.Is(err, bufio.ErrBufferFull) {
		return nil, errToken
	}
	return b, err
}

// token returns the next start, end or text; io.EOF at the end of a whole file.
func (s *scanner) token() (token, error) {
	for {
		if s.empty {
			s.empty = false
			s.depth--
			return token{kind: endTag}, nil
		}
		if !s.inTag {
			b, err := s.until('<')
			if errors.Is(err, io.EOF) {
				return s.end(b)
			}
			if err != nil {
				return token{}, err
			}
			s.inTag = true
			if b = b[:len(b)-1]; len(b) > 0 && s.depth > 0 {
				b, err = unescape(b)
				return token{kind: charData, text: b}, err
			}
		}
		s.inTag = false
		t, ok, err := s.tag()
		if errors.Is(err, io.EOF) {
			return t, broken("ends within a tag")
		}
		if ok || err != nil {
			return t, err
		}
	}
}

func (s *scanner) end(rest []byte) (token, error) {
	switch {
	case s.depth > 0:
		return token{}, broken(fmt.Sprintf("ends within <%.40s>", s.open[s.depth-1]))
	case len(bytes.TrimSpace(rest)) > 0:
		return token{}, broken("text after the end")
	}
	return token{}, io.EOF
}

// tag reads what follows '<'; ok is false for what is passed over.
func (s *scanner) tag() (t token, ok bool, err error) {
	c, err := s.r.ReadByte()
	if err != nil {
		return t, false, err
	}
	switch c {
	case '?':
		return t, false, s.pass("?>")
	case '!':
		return s.declared()
	case '/':
		b, err := s.until('>')
		if err != nil {
			return t, false, err
		}
		name := bytes.TrimRight(b[:len(b)-1], " \t\r\n")
		if s.depth == 0 || s.open[s.depth-1] != string(name) {
			return t, false, broken(fmt.Sprintf("</%.40q> ends no element", name))
		}
		s.depth--
		return token{kind: endTag}, true, nil
	}
	if err := s.r.UnreadByte(); err != nil {
		return t, false, err
	}
	b, err := s.until('>')
	if err != nil {
		return t, false, err
	}
	if quoted(b) { // '>' in an attribute
		s.long = append(s.long[:0], b...)
		for quoted(s.long) {
			if b, err = s.until('>'); err != nil {
				return t, false, err
			}
			if len(s.long)+len(b) > maxToken {
				return t, false, errToken
			}
			s.long = append(s.long, b...)
		}
		b = s.long
	}
	return s.start(b[:len(b)-1])
}

// quoted reports whether a tag so far ends within an attribute.
func quoted(b []byte) bool {
	var in byte
	for _, c := range b {
		switch {
		case in == 0 && (c == '"' || c == '\''):
			in = c
		case c == in:
			in = 0
		}
	}
	return in != 0
}

// start reads a start tag without its brackets.
func (s *scanner) start(b []byte) (t token, ok bool, err error) {
	if n := len(b); n > 0 && b[n-1] == '/' {
		s.empty, b = true, b[:n-1]
	}
	i := bytes.IndexAny(b, " \t\r\n")
	name, attrs := b, []byte(nil)
	if i >= 0 {
		name, attrs = b[:i], b[i:]
	}
	if !isName(name) {
		return t, false, broken(fmt.Sprintf("<%.40q is no element", name))
	}
	if s.depth++; s.depth > maxDepth {
		return t, false, fmt.Errorf("%w: nested more than %d deep", ErrBounds, maxDepth)
	}
	whole := s.intern(name)
	s.open = append(s.open[:s.depth-1], whole)
	t = token{kind: startTag, name: whole[strings.LastIndexByte(whole, ':')+1:]}
	t.ccy, err = s.currency(attrs)
	return t, err == nil, err
}

func isName(b []byte) bool {
	for i, c := range b {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || c >= 0x80
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || c == '-' || c == '.')) {
			return false
		}
	}
	return len(b) > 0
}

// currency checks a tag's attributes and returns the one that matters.
func (s *scanner) currency(b []byte) (ccy string, err error) {
	for {
		b = bytes.TrimLeft(b, " \t\r\n")
		if len(b) == 0 {
			return ccy, nil
		}
		eq := bytes.IndexByte(b, '=')
		if eq < 0 {
			return "", broken("an attribute without a value")
		}
		name := bytes.TrimRight(b[:eq], " \t\r\n")
		b = bytes.TrimLeft(b[eq+1:], " \t\r\n")
		if !isName(name) || len(b) < 2 || (b[0] != '"' && b[0] != '\'') {
			return "", broken("an attribute without a value")
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			return "", broken("an attribute without an end")
		}
		if string(name) == "Ccy" {
			ccy = s.intern(b[1 : end+1])
		}
		b = b[end+2:]
	}
}

// declared reads what follows "<!": a comment, a CDATA section, or a document
// type, which no statement has.
func (s *scanner) declared() (t token, ok bool, err error) {
	head, err := s.r.Peek(7)
	switch {
	case bytes.HasPrefix(head, []byte("--")):
		if _, err := s.r.Discard(2); err != nil {
			return t, false, err
		}
		return t, false, s.pass("-->")
	case bytes.Equal(head, []byte("[CDATA[")):
		if s.depth == 0 {
			return t, false, broken("text outside of elements")
		}
		if _, err := s.r.Discard(7); err != nil {
			return t, false, err
		}
		b, err := s.upTo("]]>")
		return token{kind: charData, text: b}, err == nil, err
	case err != nil:
		return t, false, err
	}
	return t, false, fmt.Errorf("%w: a document type declaration; statements have none", ErrKind)
}

// upTo reads up to a mark that ends in '>' and returns what is before it.
func (s *scanner) upTo(mark string) ([]byte, error) {
	s.long = s.long[:0]
	for {
		b, err := s.until('>')
		if err != nil {
			return nil, err
		}
		if len(s.long)+len(b) > maxToken {
			return nil, errToken
		}
		if s.long = append(s.long, b...); bytes.HasSuffix(s.long, []byte(mark)) {
			return s.long[:len(s.long)-len(mark)], nil
		}
	}
}

func (s *scanner) pass(mark string) error {
	_, err := s.upTo(mark)
	return err
}

var entities = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "apos": '\'', "quot": '"'}

// unescape replaces the entities of a text.
func unescape(b []byte) ([]byte, error) {
	if bytes.IndexByte(b, '&') < 0 {
		return b, nil
	}
	out := make([]byte, 0, len(b))
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(out, b...), nil
		}
		out, b = append(out, b[:i]...), b[i+1:]
		end := bytes.IndexByte(b[:min(len(b), 12)], ';')
		if end < 1 {
			return nil, broken("'&' without a meaning")
		}
		r, ok := entities[string(b[:end])]
		if !ok {
			if r, ok = charRef(string(b[:end])); !ok {
				return nil, broken(fmt.Sprintf("unknown entity &%.12q;", b[:end]))
			}
		}
		out, b = utf8.AppendRune(out, r), b[end+1:]
	}
}

// charRef reads "#65" and "#x41".
func charRef(s string) (rune, bool) {
	s, ok := strings.CutPrefix(s, "#")
	if !ok {
		return 0, false
	}
	base := 10
	if h, ok := strings.CutPrefix(s, "x"); ok {
		s, base = h, 16
	}
	n, err := strconv.ParseUint(s, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

// intern keeps one copy of each of the few names that occur.
func (s *scanner) intern(name []byte) string {
	if v, ok := s.names[string(name)]; ok {
		return v
	}
	v := string(name)
	if len(s.names) < 1000 && len(v) < 100 {
		s.names[v] = v
	}
	return v
}
