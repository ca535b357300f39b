package templates

import (
	"fmt"
	"strings"
)

type (
	textNode struct{ s string }
	slotNode struct{ name string }
	ifNode   struct {
		all            []term
		yes, otherwise []node
	}
	partNode struct {
		name  string
		nodes []node
	}
	node any
)

// term is a condition or its negation.
type term struct {
	name string
	not  bool
}

func (t term) String() string {
	if t.not {
		return "!" + t.name
	}
	return t.name
}

// parser reads one body. Bodies are short, so it is written for clear errors.
type parser struct {
	src   string
	parts map[string]string
	in    []string // parts being read, against circles
}

func parseBody(src string, parts map[string]string) ([]node, error) {
	return parseIn(src, parts, nil)
}

func parseIn(src string, parts map[string]string, in []string) ([]node, error) {
	p := &parser{src: joinLines(src), parts: parts, in: in}
	nodes, end, err := p.nodes()
	if err != nil {
		return nil, err
	}
	if end != "" {
		return nil, fmt.Errorf("{{%s}} without {{if}}", end)
	}
	return nodes, nil
}

// nodes reads up to the end of the source, an {{else}} or an {{end}}, which it
// names.
func (p *parser) nodes() (out []node, end string, err error) {
	for p.src != "" {
		before, rest, found := strings.Cut(p.src, "{{")
		if before != "" {
			out = append(out, textNode{before})
		}
		if !found {
			p.src = ""
			break
		}
		tag, after, closed := strings.Cut(rest, "}}")
		if !closed || strings.ContainsAny(tag, "{\n") {
			return nil, "", fmt.Errorf("tag %q is not closed", "{{"+cutAt(rest, 20))
		}
		p.src = after
		word, arg, _ := strings.Cut(strings.TrimSpace(tag), " ")
		switch {
		case (word == "else" || word == "end") && arg == "":
			return out, word, nil
		case word == "if":
			n, err := p.branch(arg)
			if err != nil {
				return nil, "", err
			}
			out = append(out, n)
		case word == "part":
			n, err := p.part(strings.TrimSpace(arg))
			if err != nil {
				return nil, "", err
			}
			out = append(out, n)
		case arg != "":
			return nil, "", fmt.Errorf("tag {{%s}}: no such form", tag)
		default:
			if _, ok := slots[word]; !ok {
				return nil, "", fmt.Errorf("slot {{%s}} is not on the list", word)
			}
			out = append(out, slotNode{word})
		}
	}
	return out, "", nil
}

func (p *parser) branch(arg string) (node, error) {
	all, err := parseTerms(strings.Split(arg, " and "))
	if err != nil {
		return nil, err
	}
	n := ifNode{all: all}
	var end string
	if n.yes, end, err = p.nodes(); err != nil {
		return nil, err
	}
	if end == "else" {
		if n.otherwise, end, err = p.nodes(); err != nil {
			return nil, err
		}
	}
	if end != "end" {
		return nil, fmt.Errorf("{{if %s}} without {{end}}", arg)
	}
	return n, nil
}

func (p *parser) part(name string) (node, error) {
	src, ok := p.parts[name]
	if !ok {
		return nil, fmt.Errorf("part %q is not in parts.txt", name)
	}
	for _, outer := range p.in {
		if outer == name {
			return nil, fmt.Errorf("part %q holds itself", name)
		}
	}
	nodes, err := parseIn(src, p.parts, append(p.in[:len(p.in):len(p.in)], name))
	if err != nil {
		return nil, fmt.Errorf("part %q: %w", name, err)
	}
	return partNode{name, nodes}, nil
}

func parseTerms(words []string) ([]term, error) {
	var out []term
	for _, w := range words {
		w = strings.TrimSpace(w)
		name, not := strings.CutPrefix(w, "!")
		if !knownCondition(name) {
			return nil, fmt.Errorf("condition %q is not on the list", name)
		}
		out = append(out, term{name, not})
	}
	return out, nil
}

// joinLines makes one line of each paragraph, drops lines that hold control tags
// only, and keeps those that begin with "|".
func joinLines(src string) string {
	var b strings.Builder
	open := false // a joined line is being built
	for line := range strings.Lines(src) {
		line = strings.TrimSpace(line)
		own, verbatim := strings.CutPrefix(line, "|")
		verbatim = verbatim || blockOnly(line)
		switch {
		case controlOnly(line):
			if open {
				b.WriteByte('\n')
				open = false
			}
			b.WriteString(line)
			continue
		case line == "":
			if open {
				b.WriteByte('\n')
				open = false
			}
			b.WriteByte('\n')
			continue
		case verbatim:
			if open {
				b.WriteByte('\n')
				open = false
			}
			b.WriteString(strings.TrimSpace(own))
			b.WriteByte('\n')
			continue
		}
		if open {
			b.WriteByte(' ')
		}
		b.WriteString(line)
		open = true
	}
	return strings.TrimRight(b.String(), "\n")
}

// blockOnly reports whether a line is one slot whose value has lines of its own.
func blockOnly(line string) bool {
	name, ok := strings.CutPrefix(line, "{{")
	name, end := strings.CutSuffix(name, "}}")
	return ok && end && slots[name] == block
}

// controlOnly reports whether a line holds nothing but if, else and end.
func controlOnly(line string) bool {
	if !strings.HasPrefix(line, "{{") {
		return false
	}
	for line != "" {
		tag, rest, ok := strings.Cut(strings.TrimPrefix(line, "{{"), "}}")
		word, _, _ := strings.Cut(tag, " ")
		if !ok || word != "if" && word != "else" && word != "end" {
			return false
		}
		if line = strings.TrimSpace(rest); line != "" && !strings.HasPrefix(line, "{{") {
			return false
		}
	}
	return true
}

func cutAt(s string, n int) string {
	if len(s) > n {
		return s[:n] + "…"
	}
	return s
}
