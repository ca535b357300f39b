package mime

import (
	"bytes"
	"context"
	"strings"
)

// tree is what a look at a mail's structure found.
type tree struct {
	header header
	parts  []part // leaves, in order
	broken bool   // boundaries missing or header lines that are none
	cut    bool   // deeper or more parts than the bounds allow
	hard   bool   // beyond the scanner: another reader may make more of it
}

// scanner walks a mail's parts over its bytes, copying none of them.
type scanner struct {
	ctx   context.Context
	tree  tree
	count int
	alts  int
}

// scan finds the parts of a mail. It works in one pass per nesting level over
// slices of raw, so time is bounded by depth times length.
func scan(ctx context.Context, raw []byte) tree {
	h, body := readHeader(raw, true)
	s := &scanner{ctx: ctx}
	s.tree.header = h
	s.tree.broken = h.broken
	s.tree.cut = h.cut
	s.walk(newPart(h, body))
	return s.tree
}

func (s *scanner) walk(p part) {
	s.count++
	if s.count > maxParts || p.depth > maxDepth || s.ctx.Err() != nil {
		s.tree.cut = true
		return
	}
	if !strings.HasPrefix(p.typ.value, "multipart/") {
		s.tree.parts = append(s.tree.parts, p)
		return
	}
	boundary := p.typ.param("boundary")
	if boundary == "" {
		boundary = findBoundary(p.body)
		s.tree.broken = true
	}
	bodies, closed := split(p.body, boundary)
	if len(bodies) == 0 {
		// A multipart without parts: what it holds is shown as text.
		s.tree.broken, s.tree.hard = true, true
		p.typ = mediaType{value: "text/plain"}
		s.tree.parts = append(s.tree.parts, p)
		return
	}
	s.tree.broken = s.tree.broken || !closed
	alt := p.alt
	if p.typ.value == "multipart/alternative" {
		s.alts++
		alt = s.alts
	}
	for i, b := range bodies {
		h, body := readHeader(b, false)
		s.tree.broken = s.tree.broken || h.broken
		s.tree.cut = s.tree.cut || h.cut
		c := newPart(h, body)
		c.parent, c.depth, c.alt = p.typ.value, p.depth+1, alt
		c.related = p.related || p.typ.value == "multipart/related" && i > 0
		if p.typ.value == "multipart/digest" && !h.has("content-type") {
			c.typ.value = "message/rfc822"
		}
		s.walk(c)
		if s.tree.cut {
			return
		}
	}
}

// split cuts a multipart body at its boundary lines. closed says whether the
// closing one was there.
func split(b []byte, boundary string) (bodies [][]byte, closed bool) {
	if boundary == "" || len(boundary) > 1000 {
		return nil, false
	}
	mark := []byte("--" + boundary)
	start := -1
	for at := 0; at < len(b); {
		i := bytes.Index(b[at:], mark)
		if i < 0 {
			break
		}
		i += at
		at = i + len(mark)
		if i > 0 && b[i-1] != '\n' && b[i-1] != '\r' {
			continue
		}
		tail, _ := nextLine(b[at:])
		end := bytes.HasPrefix(tail, []byte("--"))
		if end {
			tail = tail[2:]
		}
		if len(bytes.TrimSpace(tail)) > 0 {
			continue // a longer boundary that starts like ours
		}
		if start >= 0 {
			bodies = append(bodies, trimBreak(b[start:i]))
			if len(bodies) > maxParts {
				return bodies, true
			}
		}
		if end {
			return bodies, true
		}
		start = at + lineLen(b[at:])
		at = start
	}
	if start >= 0 && start <= len(b) {
		bodies = append(bodies, b[start:])
	}
	return bodies, false
}

// lineLen is the length of the first line with its break.
func lineLen(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	return len(b)
}

// trimBreak drops the line break that belongs to the boundary behind it.
func trimBreak(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte("\n"))
	return bytes.TrimSuffix(b, []byte("\r"))
}

// findBoundary guesses the boundary of a multipart that does not name it: the
// first line of "--" and a token that a Content- field follows.
func findBoundary(b []byte) string {
	for n := 0; len(b) > 0 && n < 200; n++ {
		var line []byte
		line, b = nextLine(b)
		if len(line) < 4 || !bytes.HasPrefix(line, []byte("--")) || bytes.ContainsAny(line, " \t") {
			continue
		}
		after, _ := nextLine(b)
		if len(after) > 8 && strings.EqualFold(string(after[:8]), "content-") {
			return string(line[2:])
		}
	}
	return ""
}
