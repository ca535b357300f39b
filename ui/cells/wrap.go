package cells

import (
	"sort"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"kontor/cases/plain"
	"kontor/themes"
)

// Mark paints the bytes Start to End of a text. Tag, if any, is set behind it.
// Marks that overlap an earlier one are dropped.
type Mark struct {
	Start, End int
	Style      themes.Style
	Tag        string
	TagStyle   themes.Style
	// Open and Shut stand around the marked text, so that the mark is seen
	// without colour.
	Open, Shut string
}

// maxLines bounds the lines of one wrapped text; more are told, not shown.
const maxLines = 20_000

// Wrap breaks foreign text into lines of at most w cells, at spaces where it
// can, and paints the marks. A tab becomes spaces to the next fourth cell.
// Every line is painted in base.
func Wrap(t plain.Text, w int, base themes.Style, marks ...Mark) []string {
	lines, _ := WrapOffsets(t, w, base, marks...)
	return lines
}

// WrapOffsets is Wrap that also gives the byte offset at which each line starts.
func WrapOffsets(t plain.Text, w int, base themes.Style, marks ...Mark) (lines []string, offsets []int) {
	if w <= 0 {
		return nil, nil
	}
	s := t.String()
	p := painter{base: base, marks: tidy(marks, len(s))}
	start := 0
	for {
		end := strings.IndexByte(s[start:], '\n')
		last := end < 0
		if last {
			end = len(s)
		} else {
			end += start
		}
		for _, r := range breaks(s, start, end, w, p.marks) {
			if len(lines) >= maxLines {
				return append(lines, "…"), append(offsets, r[0])
			}
			lines = append(lines, p.paint(s, r[0], r[1]))
			offsets = append(offsets, r[0])
		}
		if last {
			return lines, offsets
		}
		start = end + 1
	}
}

func tidy(marks []Mark, n int) []Mark {
	ms := make([]Mark, 0, len(marks))
	for _, m := range marks {
		if m.Start >= 0 && m.End <= n && m.Start < m.End {
			ms = append(ms, m)
		}
	}
	sort.SliceStable(ms, func(i, k int) bool { return ms[i].Start < ms[k].Start })
	out := ms[:0]
	for _, m := range ms {
		if len(out) == 0 || m.Start >= out[len(out)-1].End {
			out = append(out, m)
		}
	}
	return out
}

// breaks cuts s[start:end], one line of the text, into pieces of at most w cells.
func breaks(s string, start, end, w int, marks []Mark) [][2]int {
	if start == end {
		return [][2]int{{start, end}}
	}
	var out [][2]int
	from, space, cells := start, -1, 0
	for i := start; i < end; {
		g, cw := cluster(s[i:end], cells)
		before, after := added(marks, i, i+len(g))
		if g == "\t" && before > 0 { // a sign before a tab moves it
			_, cw = cluster(g, cells+before)
		}
		cw += before + after
		if cells+cw > w && i > from {
			cut := i
			if g != " " && space > from {
				cut = space
			}
			out = append(out, [2]int{from, cut})
			from = cut
			for from < end && s[from] == ' ' {
				from++
			}
			i, space, cells = from, -1, 0
			continue
		}
		if g == " " {
			space = i
		}
		cells += cw
		i += len(g)
		if g == "-" || g == "/" {
			space = i
		}
	}
	return append(out, [2]int{from, end})
}

// added is the room that the signs and tags of marks take which begin within a
// cluster (before it) or end within it (after it).
func added(marks []Mark, i, end int) (before, after int) {
	for k := range marks {
		m := &marks[k]
		if m.Start >= end {
			break
		}
		if m.Start >= i {
			before += Width(m.Open)
		}
		if m.End > i && m.End <= end {
			after += Width(m.Shut)
			if m.Tag != "" {
				after += Width(tag(m))
			}
		}
	}
	return before, after
}

func tag(m *Mark) string { return " [" + Cut(m.Tag, 24) + "]" }

// cluster returns the first grapheme of s and its cells. A grapheme that is
// absurdly long counts as one cell and is shown as a mark.
func cluster(s string, at int) (string, int) {
	if s[0] == '\t' {
		return s[:1], 4 - at%4
	}
	if s[0] < 0x80 && (len(s) == 1 || s[1] < 0x80) {
		return s[:1], 1
	}
	g, cw := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	if g == "" {
		return s[:1], 1
	}
	if len(g) > maxCluster {
		return g, 1
	}
	return g, cw
}

const maxCluster = 64

type painter struct {
	base  themes.Style
	marks []Mark
}

// paint renders s[from:to] with the marks that touch it.
func (p *painter) paint(s string, from, to int) string {
	var b strings.Builder
	cells := 0
	text := func(a, z int, st themes.Style) {
		b.WriteString(st.Render(visible(s[a:z], &cells)))
	}
	at := from
	for k := range p.marks {
		m := &p.marks[k]
		if m.End <= from || m.Start >= to {
			continue
		}
		a, z := max(m.Start, from), min(m.End, to)
		text(at, a, p.base)
		if a == m.Start {
			b.WriteString(m.Style.Render(m.Open))
			cells += Width(m.Open)
		}
		text(a, z, m.Style)
		if z == m.End {
			b.WriteString(m.Style.Render(m.Shut))
			cells += Width(m.Shut)
			if m.Tag != "" {
				t := tag(m)
				b.WriteString(m.TagStyle.Render(t))
				cells += Width(t)
			}
		}
		at = z
	}
	text(at, to, p.base)
	return b.String()
}

// visible spells tabs out and replaces graphemes that no terminal can place.
func visible(s string, cells *int) string {
	plainASCII := true
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] == '\t' {
			plainASCII = false
			break
		}
	}
	if plainASCII {
		*cells += len(s)
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		g, cw := cluster(s, *cells)
		switch {
		case g == "\t":
			b.WriteString(spaces(cw))
		case len(g) > maxCluster:
			b.WriteRune(plain.Mark)
		default:
			b.WriteString(g)
		}
		*cells += cw
		s = s[len(g):]
	}
	return b.String()
}
