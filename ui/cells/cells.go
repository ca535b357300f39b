// Package cells lays text out in terminal cells. It is the only way of text to
// a View: what strangers wrote comes as plain.Text, our own words as string;
// every function measures and cuts by cells, never by bytes or runes.
package cells

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"kontor/cases/plain"
	"kontor/themes"
)

// Line makes foreign text of one line safe to show: names, references,
// addresses, server answers, errors.
func Line(s string) string { return plain.Line(s).String() }

// Plain returns what is left of s without its colours, to be coloured anew.
func Plain(s string) string { return ansi.Strip(s) }

// Width returns the number of cells that s takes; escape sequences take none.
func Width(s string) int { return ansi.StringWidth(s) }

// Cut shortens s to w cells, ending in … where something was cut.
func Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if len(s) <= w { // no cell is shorter than a byte
		return s
	}
	return ansi.Truncate(s, w, "…")
}

// Cell cuts or pads s to exactly w cells, text to the left.
func Cell(s string, w int) string {
	if w <= 0 {
		return ""
	}
	s = Cut(s, w)
	return s + spaces(w-Width(s))
}

// Right cuts or pads s to exactly w cells, text to the right.
func Right(s string, w int) string {
	if w <= 0 {
		return ""
	}
	s = Cut(s, w)
	return spaces(w-Width(s)) + s
}

// Center cuts or pads s to exactly w cells, text in the middle.
func Center(s string, w int) string {
	if w <= 0 {
		return ""
	}
	s = Cut(s, w)
	left := (w - Width(s)) / 2
	return spaces(left) + s + spaces(w-Width(s)-left)
}

// Ends puts left and right at the two ends of w cells; where both do not fit,
// the left one is cut.
func Ends(left, right string, w int) string {
	r := Cut(right, w)
	return Cell(left, w-Width(r)) + r
}

const blank = "                                                                                "

func spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blank) {
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}

// Space returns n cells of nothing.
func Space(n int) string { return spaces(n) }

// Rule returns a horizontal line with a caption set into it.
func Rule(th *themes.Theme, caption string, w int) string {
	if w <= 0 {
		return ""
	}
	if caption == "" {
		return th.Faint.Render(strings.Repeat("─", w))
	}
	caption = Cut(caption, max(0, w-4))
	rest := w - Width(caption) - 3
	return th.Faint.Render("─ ") + caption + th.Faint.Render(" "+strings.Repeat("─", max(0, rest)))
}

// Fit makes exactly w × h cells of lines: cut, padded, filled up.
func Fit(lines []string, w, h int) []string {
	out := make([]string, h)
	for i := range out {
		if i < len(lines) {
			out[i] = Cell(lines[i], w)
		} else {
			out[i] = spaces(w)
		}
	}
	return out
}

// Beside puts columns of equally many lines side by side.
func Beside(columns ...[]string) []string {
	if len(columns) == 0 {
		return nil
	}
	out := make([]string, len(columns[0]))
	for i := range out {
		var b strings.Builder
		for _, c := range columns {
			b.WriteString(c[i])
		}
		out[i] = b.String()
	}
	return out
}

// Column repeats one cell h times, as a rule between panes.
func Column(cell string, h int) []string {
	out := make([]string, h)
	for i := range out {
		out[i] = cell
	}
	return out
}

// Over lays box over base with its upper left corner at x, y.
func Over(base, box []string, x, y int) []string {
	out := append([]string(nil), base...)
	for i, b := range box {
		if y+i < 0 || y+i >= len(out) {
			continue
		}
		row := out[y+i]
		w := Width(b)
		out[y+i] = Cell(ansi.Truncate(row, x, ""), x) + b + ansi.TruncateLeft(row, x+w, "")
	}
	return out
}

// Join puts parts that are not empty together with " · ".
func Join(parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}
