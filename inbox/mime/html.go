package mime

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	maxStack  = 256 // open elements; deeper ones lend their text to the one around
	maxTarget = 300 // bytes of a link's target that are shown
)

// htmlLine is one line of a rendered document.
type htmlLine struct {
	text    string
	depth   int  // of quotes around it
	foreign bool // in a container that a mail program makes for quoted mail or signatures
}

// document is HTML as text.
type document struct {
	text  string
	lines []htmlLine
}

// own is the document's new words: OwnText of what stands in no container for
// quoted mail; of the whole where the containers leave nothing.
func (d *document) own() string {
	var b strings.Builder
	b.Grow(len(d.text) + 2*len(d.lines))
	for _, l := range d.lines {
		if !l.foreign {
			b.WriteString(l.quoted())
			b.WriteByte('\n')
		}
	}
	if s := OwnText(b.String()); s != "" {
		return s
	}
	return OwnText(d.text)
}

func (l htmlLine) quoted() string {
	if l.depth == 0 {
		return l.text
	}
	return strings.TrimRight(strings.Repeat("> ", l.depth)+l.text, " ")
}

// element is an open element with what its text inherits.
type element struct {
	tag     atom.Atom
	name    string // for elements without an atom
	style   style
	skip    bool
	pre     bool
	quote   bool
	foreign bool
	href    string
	linkAt  int // where the link's text begins in the current line, -1 if it was broken
	item    int // next number of an ordered list, 0 for bullets
}

// walker renders a token stream. It holds a bounded stack and one line.
type walker struct {
	stack  []element
	rules  rules
	lines  []htmlLine
	size   int
	cur    strings.Builder
	curOwn bool // the current line holds words outside foreign containers
	prefix string
	space  bool // a collapsed blank is due
	blank  bool // an empty line is due
	rest   bool // everything from here on is foreign
	hidden strings.Builder
	hasHid bool
}

// readHTML renders HTML as a reader would see it, as text: blocks, lists and
// table rows as lines, quotes with "> ", links with their real target. Nothing
// hidden is rendered; it is reported instead. Nothing is loaded.
func readHTML(src string, w *warnings) document {
	k := &walker{}
	k.stack = append(k.stack, element{style: rootStyle})
	z := html.NewTokenizer(strings.NewReader(src))
	z.SetMaxBuf(1 << 20)
	for {
		tt := z.Next()
		if tt == html.ErrorToken {
			if !errors.Is(z.Err(), io.EOF) {
				w.add(warnTruncated, "")
			}
			break
		}
		if k.size > maxText {
			w.add(warnTruncated, "")
			break
		}
		switch tt {
		case html.TextToken:
			k.token(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			k.start(z)
		case html.EndTagToken:
			name, _ := z.TagName()
			k.end(atom.Lookup(name), string(name))
		case html.ErrorToken, html.CommentToken, html.DoctypeToken:
		}
	}
	k.closeLink(&k.stack[len(k.stack)-1])
	k.flush()
	if k.hasHid {
		w.add(warnHidden, k.hidden.String())
	}
	size := 0
	for _, l := range k.lines {
		size += len(l.text) + 2*l.depth + 1
	}
	var b strings.Builder
	b.Grow(size)
	for _, l := range k.lines {
		b.WriteString(l.quoted())
		b.WriteByte('\n')
	}
	return document{text: strings.TrimRight(b.String(), "\n"), lines: k.lines}
}

func (k *walker) top() *element { return &k.stack[len(k.stack)-1] }

// token takes the text of a text token.
func (k *walker) token(s string) {
	e := k.top()
	if e.tag == atom.Style && len(k.rules) < maxRules {
		k.rules.parse(s)
	}
	if e.skip {
		return
	}
	if e.style.invisible() {
		if t := strings.TrimSpace(tidy(s)); t != "" && hasWord(t) {
			k.hasHid = true
			if k.hidden.Len() < 200 {
				k.hidden.WriteString(t + " ")
			}
		}
		return
	}
	if e.pre {
		for i, l := range strings.Split(newlines(s), "\n") {
			if i > 0 {
				k.breakLine()
			}
			k.write(l)
		}
		return
	}
	k.words(tidy(s))
}

func hasWord(s string) bool {
	for _, r := range s {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0xc0 && r < 0x2000 || r > 0x3000 && r < 0xfe00 {
			return true
		}
	}
	return false
}

// words writes text with its white space collapsed.
func (k *walker) words(s string) {
	for i := 0; i < len(s); {
		if htmlSpace(s[i]) {
			k.space = k.cur.Len() > 0
			i++
			continue
		}
		// A run of words with single blanks between them is written at once.
		j := i + 1
		for j < len(s) && (!htmlSpace(s[j]) || s[j] == ' ' && j+1 < len(s) && !htmlSpace(s[j+1])) {
			j++
		}
		k.write(s[i:j])
		i = j
	}
}

func htmlSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

func (k *walker) write(s string) {
	if s == "" {
		return
	}
	if k.cur.Len() == 0 {
		if k.blank && len(k.lines) > 0 {
			k.emit("", k.quoteDepth(), k.foreign())
		}
		k.blank = false
		if k.prefix != "" {
			k.cur.WriteString(k.prefix)
			k.prefix = ""
		}
	} else if k.space {
		k.cur.WriteByte(' ')
	}
	k.space = false
	k.curOwn = k.curOwn || !k.foreign()
	k.cur.WriteString(s)
	k.size += len(s)
}

func (k *walker) emit(s string, depth int, foreign bool) {
	k.lines = append(k.lines, htmlLine{s, depth, foreign})
	k.size++
}

// flush ends the current line where it holds something.
func (k *walker) flush() {
	if k.cur.Len() == 0 {
		return
	}
	s := k.cur.String()
	if s == "-- " || s == "--" {
		s = "-- "
	} else {
		s = strings.TrimRight(s, " ")
	}
	k.emit(s, k.quoteDepth(), !k.curOwn)
	k.cur.Reset()
	k.curOwn, k.space = false, false
	for i := range k.stack {
		if k.stack[i].href != "" {
			k.stack[i].linkAt = -1
		}
	}
}

// breakLine is <br>: it ends the line also where it is empty.
func (k *walker) breakLine() {
	if k.cur.Len() > 0 {
		k.flush()
		return
	}
	if n := len(k.lines); n > 0 && (n < 2 || k.lines[n-1].text != "" || k.lines[n-2].text != "") {
		k.emit("", k.quoteDepth(), k.foreign())
	}
	k.blank = false
}

func (k *walker) block(blank bool) {
	k.flush()
	if blank && len(k.lines) > 0 && k.lines[len(k.lines)-1].text != "" {
		k.blank = true
	}
}

func (k *walker) quoteDepth() int {
	n := 0
	for i := range k.stack {
		if k.stack[i].quote && n < 10 {
			n++
		}
	}
	return n
}

func (k *walker) foreign() bool { return k.rest || k.top().foreign }

// attrs are the attributes that matter.
type attrs struct {
	style, class, id, href, typ, name, color, bgcolor string
	hidden                                            bool
	start                                             string
}

func readAttrs(z *html.Tokenizer) (a attrs) {
	for n := 0; n < 100; n++ {
		key, val, more := z.TagAttr()
		switch string(key) {
		case "style":
			a.style = string(val)
		case "class":
			a.class = string(val)
		case "id":
			a.id = string(val)
		case "href":
			a.href = string(val)
		case "type":
			a.typ = strings.ToLower(string(val))
		case "name":
			a.name = strings.ToLower(string(val))
		case "color", "text":
			a.color = string(val)
		case "bgcolor":
			a.bgcolor = string(val)
		case "start":
			a.start = string(val)
		case "hidden":
			a.hidden = true
		case "data-smartmail":
			a.class += " " + string(val)
		}
		if !more {
			break
		}
	}
	return a
}

func (k *walker) start(z *html.Tokenizer) {
	name, hasAttr := z.TagName()
	tag := atom.Lookup(name)
	other := ""
	if tag == 0 {
		other = string(name)
	}
	var a attrs
	if hasAttr {
		a = readAttrs(z)
	}
	switch tag {
	case atom.Br:
		if !k.top().skip && !k.top().style.invisible() {
			k.breakLine()
		}
		return
	case atom.Hr:
		k.block(false)
		if !k.top().skip && !k.top().style.invisible() {
			k.markContainer(&a)
			k.write("________________________________")
			k.block(false)
		}
		return
	case atom.Img, atom.Meta, atom.Link, atom.Input, atom.Base, atom.Col, atom.Wbr, atom.Area, atom.Source, atom.Embed, atom.Param, atom.Track:
		return
	}
	k.implied(tag)
	parent := k.top()
	e := element{tag: tag, name: other, style: parent.style, skip: parent.skip || skipped(tag), pre: parent.pre || tag == atom.Pre || tag == atom.Listing || tag == atom.Xmp, foreign: parent.foreign}
	e.style.apply(k.rules, tag.String(), &a)
	if e.skip || len(k.stack) >= maxStack {
		if len(k.stack) < maxStack {
			k.stack = append(k.stack, e)
		}
		return
	}
	e.quote = isQuote(tag, &a)
	e.foreign = e.foreign || container(&a)
	if blockTag(tag) {
		k.block(tag == atom.P || e.quote || tag == atom.Ul && parent.tag != atom.Li || tag == atom.Ol && parent.tag != atom.Li || tag == atom.Table || heading(tag))
	}
	k.markContainer(&a)
	switch tag {
	case atom.Ol:
		e.item = 1
		if n, err := strconv.Atoi(a.start); err == nil && n > 0 && n < 1e6 {
			e.item = n
		}
	case atom.Li:
		k.bullet()
	case atom.Td, atom.Th:
		k.cell()
	case atom.A:
		e.href, e.linkAt = strings.TrimSpace(a.href), k.cur.Len()
	}
	k.stack = append(k.stack, e)
}

// bullet prepares a list item's mark, indented by its lists.
func (k *walker) bullet() {
	depth, mark := 0, "- "
	for i := len(k.stack) - 1; i >= 0; i-- {
		switch k.stack[i].tag {
		case atom.Ol:
			if depth == 0 {
				mark = strconv.Itoa(k.stack[i].item) + ". "
				k.stack[i].item++
			}
			depth++
		case atom.Ul:
			depth++
		}
	}
	k.prefix = strings.Repeat("  ", min(max(depth-1, 0), 10)) + mark
}

// cell separates the cells of a row that stand on one line.
func (k *walker) cell() {
	if k.cur.Len() > 0 {
		k.space = false
		k.cur.WriteString("  ")
	}
}
