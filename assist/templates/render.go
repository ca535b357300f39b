package templates

import (
	"bytes"
	"fmt"
	"strings"
)

// MissingError says that a letter wants a value that the case does not have.
type MissingError struct {
	Template string
	Slot     string
}

func (e *MissingError) Error() string {
	return fmt.Sprintf("template %s: the case has no value for {{%s}}", e.Template, e.Slot)
}

// writer builds a letter. It never leaves two blank lines or a blank before a
// line's end, so that a branch not taken leaves no trace, and it remembers which
// bytes are computed.
type writer struct {
	id     string
	f      *facts
	out    []byte
	values [][2]int
	words  int // of sentences: blocks and parts are not counted
	depth  int // of parts
}

func (w *writer) write(s string) {
	for i := range len(s) {
		switch c := s[i]; c {
		case '\n':
			w.out = bytes.TrimRight(w.out, " ")
			if len(w.out) == 0 || bytes.HasSuffix(w.out, []byte("\n\n")) {
				continue
			}
			w.out = append(w.out, c)
		case ' ':
			if n := len(w.out); n > 0 && w.out[n-1] != '\n' && w.out[n-1] != ' ' {
				w.out = append(w.out, c)
			}
		default:
			if 'a' <= c && c <= 'z' && w.opensParagraph() {
				c -= 'a' - 'A'
			}
			w.out = append(w.out, c)
		}
	}
}

// opensParagraph reports whether the next letter begins a paragraph that is not
// the one after the salutation, which goes on in lower case in German.
func (w *writer) opensParagraph() bool {
	n := len(w.out)
	return n > 2 && w.out[n-1] == '\n' && w.out[n-2] == '\n' && w.out[n-3] != ','
}

func (w *writer) nodes(list []node) error {
	for _, n := range list {
		switch n := n.(type) {
		case textNode:
			if w.depth == 0 {
				w.words += len(strings.Fields(n.s))
			}
			w.write(w.afterAbbreviation(n.s))
		case slotNode:
			if err := w.slot(n.name); err != nil {
				return err
			}
		case partNode:
			w.depth++
			err := w.nodes(n.nodes)
			w.depth--
			if err != nil {
				return err
			}
		case ifNode:
			branch := n.otherwise
			if w.f.all(n.all) {
				branch = n.yes
			}
			if err := w.nodes(branch); err != nil {
				return err
			}
		}
	}
	return nil
}

// afterAbbreviation drops the full stop after a value that ends in one: "Radhaus
// e. K." closes its sentence itself.
func (w *writer) afterAbbreviation(s string) string {
	n, v := len(w.out), len(w.values)
	if v == 0 || w.values[v-1][1] != n || n == 0 || w.out[n-1] != '.' || !strings.HasPrefix(s, ".") || strings.HasPrefix(s, "..") {
		return s
	}
	return s[1:]
}

func (w *writer) slot(name string) error {
	v := w.f.values[name]
	if v == "" {
		return &MissingError{w.id, name}
	}
	if w.depth == 0 && slots[name] == value {
		w.words += len(strings.Fields(v))
	}
	start := len(w.out)
	w.write(v)
	if len(w.out) > start {
		w.values = append(w.values, [2]int{start, len(w.out)})
	}
	return nil
}

// fill renders a body; it returns the text, the computed ranges and the number
// of words that count.
func fill(id string, f *facts, body []node) (string, [][2]int, int, error) {
	w := &writer{id: id, f: f}
	if err := w.nodes(body); err != nil {
		return "", nil, 0, err
	}
	text := strings.TrimRight(string(w.out), "\n ")
	for i := range w.values {
		w.values[i][1] = min(w.values[i][1], len(text))
	}
	return text + "\n", w.values, w.words, nil
}
