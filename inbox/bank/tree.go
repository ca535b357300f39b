package bank

import (
	"bytes"
	"fmt"
	"strings"
)

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
func (s *scanner) tree(start token, stop string, f func(token) error) (*node, error) {
	b := budget{nodes: maxNodes, bytes: maxInner}
	return s.subtree(start, &b, stop, f)
}

type budget struct{ nodes, bytes int }

func (s *scanner) subtree(start token, b *budget, stop string, f func(token) error) (*node, error) {
	if b.nodes--; b.nodes < 0 {
		return nil, fmt.Errorf("%w: an entry of more than %d elements", ErrBounds, maxNodes)
	}
	n := s.node()
	n.name, n.ccy = start.name, start.ccy
	for {
		t, err := s.token()
		if err != nil {
			return nil, err
		}
		switch t.kind {
		case startTag:
			if stop != "" && t.name == stop {
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
		case charData:
			if b.bytes -= len(t.text); b.bytes < 0 {
				return nil, fmt.Errorf("%w: an entry longer than %d bytes", ErrBounds, maxInner)
			}
			if len(n.kids) == 0 && (n.text != "" || len(bytes.TrimSpace(t.text)) > 0) {
				n.text += string(t.text)
			}
		case endTag:
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
