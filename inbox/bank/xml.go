package bank

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

func validUTF8(b []byte) bool { return utf8.Valid(b) }

// Bounds of an XML file.
const (
	maxDepth = 40
	maxToken = 64 << 10 // bytes between two tokens
	maxNodes = 4000     // elements of one entry or part
	maxInner = 128 << 10
)

// tokenReader fails where a single token grows beyond bounds.
type tokenReader struct {
	r *bufio.Reader
	n int
}

var errToken = fmt.Errorf("%w: a piece of text longer than %d bytes", ErrBounds, maxToken)

func (t *tokenReader) ReadByte() (byte, error) {
	if t.n++; t.n > maxToken {
		return 0, errToken
	}
	return t.r.ReadByte()
}

func (t *tokenReader) Read(p []byte) (int, error) {
	if t.n > maxToken {
		return 0, errToken
	}
	n, err := t.r.Read(p[:min(len(p), 4096)])
	t.n += n
	return n, err
}

// scanner walks through the elements of an XML file.
type scanner struct {
	in    *tokenReader
	d     *xml.Decoder
	names map[string]string
	depth int
	open  []xml.Name // elements on the way down
	nodes []*node    // used again by the next entry
	used  int
}

func newScanner(r *bufio.Reader) *scanner {
	in := &tokenReader{r: r}
	s := &scanner{in: in, names: map[string]string{}}
	s.d = xml.NewDecoder(in)
	s.d.Entity = nil // only the five of XML itself
	s.d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		switch strings.ToLower(label) {
		case "utf-8", "us-ascii", "ascii":
			return input, nil
		case "iso-8859-1", "latin1", "windows-1252", "cp1252":
			return charmap.Windows1252.NewDecoder().Reader(input), nil
		case "iso-8859-15", "latin9":
			return charmap.ISO8859_15.NewDecoder().Reader(input), nil
		}
		return nil, fmt.Errorf("%w: character set %.30q", ErrKind, label)
	}
	return s
}

// broken makes the decoder's error ours. Its text may quote the file.
func broken(err error) error {
	if errors.Is(err, ErrBounds) || errors.Is(err, ErrKind) {
		return err
	}
	if se, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return fmt.Errorf("%w: XML, line %d: %s", ErrBroken, se.Line, se.Msg)
	}
	return fmt.Errorf("%w: XML: %w", ErrBroken, err)
}

// token returns the next start, end or text; io.EOF at the end.
func (s *scanner) token() (xml.Token, error) {
	for {
		s.in.n = 0
		t, err := s.d.RawToken() // namespaces do not matter here
		if errors.Is(err, io.EOF) {
			if s.depth > 0 {
				return nil, fmt.Errorf("%w: XML ends within <%.40s>", ErrBroken, s.open[s.depth-1].Local)
			}
			return nil, io.EOF
		}
		if err != nil {
			return nil, broken(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if s.depth++; s.depth > maxDepth {
				return nil, fmt.Errorf("%w: nested more than %d deep", ErrBounds, maxDepth)
			}
			s.open = append(s.open[:s.depth-1], t.Name)
			return t, nil
		case xml.EndElement:
			if s.depth == 0 || s.open[s.depth-1] != t.Name {
				return nil, fmt.Errorf("%w: XML: </%.40s> ends no element", ErrBroken, t.Name.Local)
			}
			s.depth--
			return t, nil
		case xml.CharData:
			return t, nil
		case xml.Directive:
			return nil, fmt.Errorf("%w: a document type declaration; statements have none", ErrKind)
		}
	}
}

// node is an element of an entry, whole. It is good until its entry is done.
type node struct {
	name string
	ccy  string
	text string
	kids []*node
}

// keepNodes is how many nodes wait for the next entry.
const keepNodes = 8 * maxNodes

func (s *scanner) node() *node {
	if s.used < len(s.nodes) {
		n := s.nodes[s.used]
		s.used++
		*n = node{kids: n.kids[:0]}
		return n
	}
	n := &node{}
	if len(s.nodes) < keepNodes {
		s.nodes = append(s.nodes, n)
		s.used++
	}
	return n
}

// done gives the nodes of an entry back.
func (s *scanner) done() { s.used = 0 }

// tree reads an element to its end. stop names children that are handed to f
// instead of being kept.
func (s *scanner) tree(start xml.StartElement, stop string, f func(xml.StartElement) error) (*node, error) {
	b := budget{nodes: maxNodes, bytes: maxInner}
	return s.subtree(start, &b, stop, f)
}

type budget struct{ nodes, bytes int }

func (s *scanner) subtree(start xml.StartElement, b *budget, stop string, f func(xml.StartElement) error) (*node, error) {
	if b.nodes--; b.nodes < 0 {
		return nil, fmt.Errorf("%w: an entry of more than %d elements", ErrBounds, maxNodes)
	}
	n := s.node()
	n.name = s.intern(start.Name.Local)
	for _, a := range start.Attr {
		if a.Name.Local == "Ccy" {
			n.ccy = s.intern(a.Value)
		}
	}
	for {
		t, err := s.token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if stop != "" && t.Name.Local == stop {
				if err := f(t); err != nil {
					return nil, err
				}
				continue
			}
			kid, err := s.subtree(t, b, stop, f)
			if err != nil {
				return nil, err
			}
			n.kids = append(n.kids, kid)
		case xml.CharData:
			if b.bytes -= len(t); b.bytes < 0 {
				return nil, fmt.Errorf("%w: an entry longer than %d bytes", ErrBounds, maxInner)
			}
			if len(n.kids) == 0 && (n.text != "" || len(bytes.TrimSpace(t)) > 0) {
				n.text += string(t)
			}
		case xml.EndElement:
			if len(n.kids) > 0 {
				n.text = ""
			}
			n.text = strings.TrimSpace(n.text)
			return n, nil
		}
	}
}

// skip reads an element to its end and keeps nothing.
func (s *scanner) skip() error {
	for end := s.depth - 1; s.depth > end; {
		if _, err := s.token(); err != nil {
			return err
		}
	}
	return nil
}

// intern keeps one copy of each of the few names that occur.
func (s *scanner) intern(name string) string {
	if v, ok := s.names[name]; ok {
		return v
	}
	if len(s.names) < 1000 {
		s.names[name] = name
	}
	return name
}

// at returns the first descendant on a path, nil if there is none. It may be
// called on nil.
func (n *node) at(path ...string) *node {
	for _, p := range path {
		if n == nil {
			return nil
		}
		var next *node
		for _, k := range n.kids {
			if k.name == p {
				next = k
				break
			}
		}
		n = next
	}
	return n
}

// str returns the text on a path, "" if there is none.
func (n *node) str(path ...string) string {
	if v := n.at(path...); v != nil {
		return v.text
	}
	return ""
}

// all calls f for each child with a name.
func (n *node) all(name string, f func(*node)) {
	if n == nil {
		return
	}
	for _, k := range n.kids {
		if k.name == name {
			f(k)
		}
	}
}
