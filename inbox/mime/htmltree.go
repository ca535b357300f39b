package mime

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// implied closes what HTML closes by itself.
func (k *walker) implied(tag atom.Atom) {
	switch {
	case k.inHead() && tag != atom.Style && tag != atom.Title && tag != atom.Script && tag != atom.Head && tag != atom.Noscript && tag != 0:
		k.popTo(atom.Head, "")
	case tag == atom.Li:
		k.closeUntil(atom.Li, atom.Ul, atom.Ol)
	case tag == atom.Td || tag == atom.Th:
		k.closeUntil(atom.Td, atom.Tr, atom.Table)
		k.closeUntil(atom.Th, atom.Tr, atom.Table)
	case tag == atom.Tr:
		k.closeUntil(atom.Tr, atom.Table, atom.Table)
	case blockTag(tag) && k.top().tag == atom.P:
		k.end(atom.P, "")
	}
}

func (k *walker) inHead() bool {
	for i := range k.stack {
		if k.stack[i].tag == atom.Head {
			return true
		}
	}
	return false
}

// closeUntil closes the innermost tag unless one of the stops is nearer.
func (k *walker) closeUntil(tag, stop1, stop2 atom.Atom) {
	for i := len(k.stack) - 1; i > 0; i-- {
		switch k.stack[i].tag {
		case tag:
			k.popTo(tag, "")
			return
		case stop1, stop2:
			return
		}
	}
}

func (k *walker) end(tag atom.Atom, name string) {
	if tag == atom.Br {
		k.breakLine()
		return
	}
	if tag == atom.P && !k.open(tag) {
		k.block(true)
		return
	}
	k.popTo(tag, name)
}

func (k *walker) open(tag atom.Atom) bool {
	for i := range k.stack {
		if k.stack[i].tag == tag {
			return true
		}
	}
	return false
}

// popTo closes elements up to and including the innermost of that name.
func (k *walker) popTo(tag atom.Atom, name string) {
	at := -1
	for i := len(k.stack) - 1; i > 0; i-- {
		if k.stack[i].tag == tag && (tag != 0 || k.stack[i].name == name) {
			at = i
			break
		}
	}
	if at < 0 {
		return
	}
	for len(k.stack) > at {
		e := k.top()
		k.closeLink(e)
		if !e.skip && (blockTag(e.tag) || e.quote) {
			k.block(e.tag == atom.P || e.quote || heading(e.tag) || e.tag == atom.Table)
			k.prefix = ""
		}
		k.stack = k.stack[:len(k.stack)-1]
	}
}

// closeLink writes a link's target behind its text where the two differ.
func (k *walker) closeLink(e *element) {
	if e.tag != atom.A || e.href == "" || e.skip || e.style.invisible() {
		return
	}
	href := e.href
	e.href = ""
	if strings.HasPrefix(href, "#") {
		return
	}
	line := k.cur.String()
	if e.linkAt < 0 || e.linkAt > len(line) {
		e.linkAt = 0
	}
	text := strings.TrimSpace(line[e.linkAt:])
	if text == "" || bareURL(text) == bareURL(href) {
		return
	}
	if len(href) > maxTarget {
		href = href[:maxTarget] + "…"
	}
	k.space = true
	k.write("<" + strings.Join(strings.Fields(tidy(href)), "") + ">")
}

// bareURL is what of an address a reader would compare.
func bareURL(s string) string {
	s = strings.ToLower(s)
	for _, p := range []string{"mailto:", "tel:", "https://", "http://", "www."} {
		s = strings.TrimPrefix(s, p)
	}
	s = strings.TrimRight(s, "/.,;")
	return strings.Join(strings.Fields(s), "")
}
