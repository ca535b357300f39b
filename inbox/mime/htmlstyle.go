package mime

import (
	"strconv"
	"strings"
)

const (
	maxRules    = 500
	maxRuleText = 64 << 10
)

// style is what decides whether text can be seen. The first group of fields
// holds for all inside an element, the rest can be set anew by it.
type style struct {
	gone    bool // display:none, opacity:0, off-screen, clipped to nothing
	zero    bool // font-size of nothing
	unseen  bool // visibility:hidden
	fg, bg  rgb
	clearFg bool // a transparent colour
}

type rgb struct{ r, g, b uint8 }

var rootStyle = style{bg: rgb{255, 255, 255}}

func (s *style) invisible() bool {
	return s.gone || s.zero || s.unseen || s.clearFg || near(s.fg, s.bg)
}

// near says that two colours cannot be told apart.
func near(a, b rgb) bool {
	d := func(x, y uint8) int { return max(int(x), int(y)) - min(int(x), int(y)) }
	return d(a.r, b.r) < 12 && d(a.g, b.g) < 12 && d(a.b, b.b) < 12
}

// apply sets what style sheet, attributes and style attribute say, in the
// order in which they count.
func (s *style) apply(r rules, tag string, a *attrs) {
	if len(r) > 0 {
		s.declare(r[tag])
		for c := range strings.FieldsSeq(a.class) {
			s.declare(r["."+c])
			s.declare(r[tag+"."+c])
		}
		if a.id != "" {
			s.declare(r["#"+a.id])
		}
	}
	if a.bgcolor != "" {
		s.setBg(a.bgcolor)
	}
	if a.color != "" {
		s.setFg(a.color)
	}
	if a.hidden {
		s.gone = true
	}
	s.declare(a.style)
}

// declare reads a list of CSS declarations.
func (s *style) declare(css string) {
	if css == "" {
		return
	}
	css = strings.ToLower(stripCSSComments(css))
	var b box
	for d := range strings.SplitSeq(css, ";") {
		prop, v, ok := strings.Cut(d, ":")
		if !ok {
			continue
		}
		v = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(v), "!important"))
		switch strings.TrimSpace(prop) {
		case "display":
			s.gone = s.gone || v == "none"
		case "visibility":
			s.unseen = v == "hidden" || v == "collapse"
		case "mso-hide":
			s.gone = s.gone || v == "all"
		case "opacity":
			f, err := strconv.ParseFloat(v, 64)
			s.gone = s.gone || err == nil && f < 0.05
		case "font-size":
			s.setSize(v)
		case "font":
			for f := range strings.FieldsSeq(v) {
				f, _, _ = strings.Cut(f, "/")
				if f != "" && f[0] >= '0' && f[0] <= '9' && strings.ContainsAny(f, "pe%") {
					s.setSize(f)
				}
			}
		case "color", "-webkit-text-fill-color":
			s.setFg(v)
		case "background-color", "background":
			s.setBg(v)
		case "text-indent", "margin-left", "margin-top":
			if n, ok := length(v); ok && n <= -500 {
				s.gone = true
			}
		default:
			b.declare(strings.TrimSpace(prop), v)
		}
	}
	s.gone = s.gone || b.nothing()
}

// box collects the declarations that hide only together.
type box struct {
	absolute, away, flat, clip, clipped bool
}

func (b *box) declare(prop, v string) {
	n, ok := length(v)
	switch prop {
	case "position":
		b.absolute = v == "absolute" || v == "fixed"
	case "left", "top", "right", "bottom":
		b.away = b.away || ok && n <= -100
	case "height", "max-height", "width", "max-width":
		b.flat = b.flat || ok && n >= 0 && n < 2
	case "overflow", "overflow-x", "overflow-y":
		b.clip = b.clip || v == "hidden"
	case "clip":
		b.clipped = strings.HasPrefix(v, "rect(0") || strings.HasPrefix(v, "rect(1px")
	case "clip-path":
		b.clipped = strings.HasPrefix(v, "inset(100%") || strings.HasPrefix(v, "inset(50%") || strings.HasPrefix(v, "circle(0")
	case "transform":
		b.clipped = strings.HasPrefix(v, "scale(0)") || strings.HasPrefix(v, "translate") && strings.Contains(v, "-9999")
	}
}

func (b *box) nothing() bool {
	return b.absolute && b.away || b.flat && b.clip || b.clipped
}

func (s *style) setSize(v string) {
	if n, ok := length(v); ok {
		relative := strings.HasSuffix(v, "em") && !strings.HasSuffix(v, "rem") || strings.HasSuffix(v, "%")
		if relative && n > 0 {
			return // a share of nothing is nothing, of something is seen
		}
		s.zero = n <= 1
		return
	}
	s.zero = false
}

// length reads a CSS length as pixels, roughly: what matters is nothing or not.
func length(v string) (float64, bool) {
	i := 0
	for i < len(v) && (v[i] >= '0' && v[i] <= '9' || v[i] == '.' || v[i] == '-' || v[i] == '+') {
		i++
	}
	n, err := strconv.ParseFloat(v[:i], 64)
	if err != nil {
		return 0, false
	}
	switch strings.TrimSpace(v[i:]) {
	case "em", "rem", "ex", "ch", "pc":
		n *= 16
	case "in":
		n *= 96
	case "cm":
		n *= 38
	case "mm":
		n *= 3.8
	}
	return n, true
}

func (s *style) setFg(v string) {
	if v == "transparent" {
		s.clearFg = true
		return
	}
	if c, alpha, ok := parseColor(v); ok {
		s.fg, s.clearFg = c, alpha < 0.05
	}
}

func (s *style) setBg(v string) {
	for f := range strings.FieldsSeq(v) {
		if c, alpha, ok := parseColor(f); ok && alpha > 0.5 {
			s.bg = c
			return
		}
	}
	if c, alpha, ok := parseColor(v); ok && alpha > 0.5 {
		s.bg = c
	}
}

func parseColor(v string) (c rgb, alpha float64, ok bool) {
	v = strings.ToLower(strings.TrimSpace(v))
	if n, found := namedColors[v]; found {
		return n, 1, true
	}
	if strings.HasPrefix(v, "rgb") {
		open, end := strings.IndexByte(v, '('), strings.IndexByte(v, ')')
		if open < 0 || end < open {
			return c, 0, false
		}
		p := strings.FieldsFunc(v[open+1:end], func(r rune) bool { return r == ',' || r == ' ' || r == '/' })
		if len(p) < 3 {
			return c, 0, false
		}
		var n [3]uint8
		for i := range n {
			f, err := strconv.ParseFloat(strings.TrimSuffix(p[i], "%"), 64)
			if err != nil {
				return c, 0, false
			}
			if strings.HasSuffix(p[i], "%") {
				f *= 2.55
			}
			n[i] = uint8(max(0, min(255, f)))
		}
		alpha = 1
		if len(p) > 3 {
			if f, err := strconv.ParseFloat(strings.TrimSuffix(p[3], "%"), 64); err == nil {
				alpha = f
			}
		}
		return rgb{n[0], n[1], n[2]}, alpha, true
	}
	h, hash := strings.CutPrefix(v, "#")
	if len(h) == 3 && hash {
		h = string([]byte{h[0], h[0], h[1], h[1], h[2], h[2]})
	}
	if len(h) != 6 {
		return c, 0, false
	}
	n, err := strconv.ParseUint(h, 16, 32)
	if err != nil {
		return c, 0, false
	}
	return rgb{uint8(n >> 16), uint8(n >> 8), uint8(n)}, 1, true
}

var namedColors = map[string]rgb{
	"white": {255, 255, 255}, "black": {}, "red": {255, 0, 0}, "green": {0, 128, 0}, "blue": {0, 0, 255}, "yellow": {255, 255, 0},
	"gray": {128, 128, 128}, "grey": {128, 128, 128}, "silver": {192, 192, 192}, "snow": {255, 250, 250}, "ivory": {255, 255, 240},
	"whitesmoke": {245, 245, 245}, "ghostwhite": {248, 248, 255}, "floralwhite": {255, 250, 240}, "navy": {0, 0, 128}, "windowtext": {},
	"window": {255, 255, 255}, "maroon": {128, 0, 0}, "orange": {255, 165, 0}, "purple": {128, 0, 128},
}

// rules are a style sheet's declarations by simple selector (tag, .class,
// tag.class, #id).
type rules map[string]string

// parse reads a style sheet. Media blocks and compound selectors are left out:
// what they hide on one screen is seen on another.
func (r *rules) parse(css string) {
	if len(css) > maxRuleText {
		css = css[:maxRuleText]
	}
	css = strings.ReplaceAll(strings.ReplaceAll(stripCSSComments(css), "<!--", ""), "-->", "")
	for css != "" {
		head, rest, ok := strings.Cut(css, "{")
		if !ok {
			return
		}
		head = strings.TrimSpace(head)
		if strings.HasPrefix(head, "@") {
			css = skipBlock(rest)
			continue
		}
		var body string
		body, css, _ = strings.Cut(rest, "}")
		for sel := range strings.SplitSeq(head, ",") {
			sel = strings.TrimSpace(sel)
			if sel == "" || strings.ContainsAny(sel, " >+~:[*") || len(*r) >= maxRules {
				continue
			}
			if *r == nil {
				*r = rules{}
			}
			if len((*r)[sel])+len(body) < 4096 {
				(*r)[sel] += ";" + body
			}
		}
	}
}

func skipBlock(css string) string {
	depth := 1
	for i := range len(css) {
		switch css[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return css[i+1:]
			}
		}
	}
	return ""
}

func stripCSSComments(s string) string {
	if !strings.Contains(s, "/*") {
		return s
	}
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(s, "/*")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, s, _ = strings.Cut(after, "*/")
	}
}

// metaCharset finds the charset that an HTML head names.
func metaCharset(b []byte) string {
	head := strings.ToLower(string(b[:min(len(b), 2048)]))
	i := strings.Index(head, "charset=")
	if i < 0 {
		return ""
	}
	v := strings.TrimLeft(head[i+len("charset="):], `"' `)
	if end := strings.IndexAny(v, `"'>; /`); end >= 0 {
		v = v[:end]
	}
	return v
}
