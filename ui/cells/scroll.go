package cells

import "slices"

// Window returns the first visible row of a list of n rows in height rows, so
// that the cursor stays in sight and the list moves as little as it can.
func Window(top, cursor, height, n int) int {
	if cursor < top {
		top = cursor
	}
	if cursor >= top+height {
		top = cursor - height + 1
	}
	return max(0, min(top, n-height))
}

// Pane is a run of lines of which a part is on the screen, and the memory of
// what has been on it.
type Pane struct {
	Lines  []string
	Top    int
	Height int
	seen   int  // lines from the first on that have been on the screen without a gap
	whole  bool // all of them have
}

// Refill replaces the lines by the same text laid out anew: what was wholly
// seen stays seen, what was not starts anew. Forget comes first where the text
// is another one.
func (p *Pane) Refill(lines []string) {
	same := slices.Equal(p.Lines, lines) // drawn again, nothing moved
	p.Lines = lines
	switch {
	case p.whole:
		p.seen = len(lines)
	case !same:
		p.seen = 0
	}
	p.clamp()
}

// Resize sets the height.
func (p *Pane) Resize(h int) {
	p.Height = max(0, h)
	p.clamp()
}

// Scroll moves by n lines and reports whether anything moved.
func (p *Pane) Scroll(n int) bool {
	before := p.Top
	p.Top += n
	p.clamp()
	return p.Top != before
}

// Show scrolls as little as needed for line i to be in sight.
func (p *Pane) Show(i int) {
	p.Top = Window(p.Top, i, p.Height, len(p.Lines))
	p.clamp()
}

func (p *Pane) clamp() { p.Top = max(0, min(p.Top, len(p.Lines)-p.Height)) }

// Look notes that the lines in sight are on the screen now. While more stands
// below, the last line does not count: the sign that says so lies over it.
func (p *Pane) Look() {
	if p.Height <= 0 || len(p.Lines) == 0 {
		return
	}
	end := min(len(p.Lines), p.Top+p.Height)
	if end < len(p.Lines) && p.Height > 1 {
		end--
	}
	if p.Top <= p.seen {
		p.seen = max(p.seen, end)
	}
	p.whole = p.seen >= len(p.Lines)
}

// Forget says that the text has changed: nothing of it has been seen.
func (p *Pane) Forget() { p.seen, p.whole = 0, false }

// Seen reports whether every line has been on the screen since Forget.
func (p *Pane) Seen() bool { return p.whole }

// ShowUnseen scrolls to the first line that has not been on the screen, with
// one line of what was before it.
func (p *Pane) ShowUnseen() {
	p.Top = max(0, p.seen-1)
	p.clamp()
}

// View returns exactly w × Height cells.
func (p *Pane) View(w int) []string {
	end := min(len(p.Lines), p.Top+p.Height)
	return Fit(p.Lines[min(p.Top, end):end], w, p.Height)
}

// More says how many lines stand below what is in sight.
func (p *Pane) More() int { return max(0, len(p.Lines)-p.Top-p.Height) }
