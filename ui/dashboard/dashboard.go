// Package dashboard is the room of figures: how the work stands, never how fast
// somebody does it.
package dashboard

import (
	"context"
	"strconv"
	"strings"

	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/themes"
	"kontor/ui/board"
	"kontor/ui/cells"
	"kontor/ui/nav"
)

// Desk is what the room asks of the desk.
type Desk interface {
	Figures(ctx context.Context) (*desk.Figures, error)
}

// New makes the room.
func New(look *nav.Look, d Desk) *board.Screen {
	return board.New(look, board.Page{
		Load:  func(ctx context.Context) (any, error) { return d.Figures(ctx) },
		Draw:  func(data any, w int) []board.Line { return draw(look, data, w) },
		Watch: func(n desk.News) bool { return n.Queue || n.Outbox },
	})
}

// column is one block of figures.
type column struct {
	look  *nav.Look
	w     int
	lines []string
}

func (c *column) head(name string) {
	if len(c.lines) > 0 {
		c.lines = append(c.lines, "")
	}
	c.lines = append(c.lines, cells.Rule(c.look.Theme, c.look.Theme.Title.Render(name), c.w))
}

func (c *column) put(name, value string, st themes.Style) {
	c.lines = append(c.lines, cells.Cell(name, c.w-18)+st.Render(cells.Right(value, 18)))
}

// n puts a number; one that asks for work is loud.
func (c *column) n(name string, n int, loud bool) {
	th := c.look.Theme
	st := th.Text
	switch {
	case n == 0:
		st = th.Muted
	case loud:
		st = th.Warn
	}
	c.put(name, strconv.Itoa(n), st)
}

func draw(look *nav.Look, data any, w int) []board.Line {
	f, _ := data.(*desk.Figures)
	if f == nil {
		return nil
	}
	two := w >= 84
	cw := w
	if two {
		cw = min((w-4)/2, 60)
	}
	t := look.Text
	r := t.Room
	a, b := &column{look: look, w: cw}, &column{look: look, w: cw}
	a.head(r.Cases)
	a.n(r.Open, f.Open, false)
	for _, s := range f.Stages {
		a.put("  "+t.Stage(s.Stage), strconv.Itoa(s.Cases)+cells.Right(look.Sum(s.Sum), 14), look.Theme.Muted)
	}
	a.put(r.Sum, look.Sum(f.Sum), look.Theme.Money)
	a.n(r.NoBalance, f.NoBalance, true)
	a.n(r.Held, f.Held, false)
	a.n(r.Disputed, f.Disputed, false)
	a.n(r.Plans, f.Plans, false)
	a.n(r.Offers, f.Offers, false)
	a.n(r.Overdue, f.Overdue, true)
	a.n(r.Closed, f.Closed, false)
	b.head(r.Mail)
	b.n(r.Mails, f.Mails, false)
	b.n(r.Unassigned, f.Unassigned, true)
	b.n(r.Unsure, f.Unsure, true)
	if f.Mails > 0 {
		b.put(r.Oldest, r.OldestDays.N(f.Oldest), look.Theme.Text)
	}
	b.n(r.Waiting, f.Waiting, false)
	b.n(r.Unknown, f.Unknown, true)
	b.n(r.Payments, f.Payments, true)
	if f.Covered != 0 {
		b.put(r.Covered, t.Day(f.Covered), look.Theme.Text)
	} else {
		b.lines = append(b.lines, cells.Wrap(plain.Line("! "+r.CoveredNone), cw, look.Theme.Warn)...)
	}
	b.head(r.Days)
	b.days(f, r.Received, r.Sent)
	head := board.Line{Text: look.Theme.Strong.Render(cells.Cut(r.FigureTitle, w)) + look.Theme.Muted.Render("  "+sprintDay(r.FigureLead, t.Day(f.At)))}
	out := []board.Line{head, {}}
	lines := append(append(a.lines, ""), b.lines...)
	if two {
		n := max(len(a.lines), len(b.lines))
		lines = lines[:0:0]
		for i := range n {
			lines = append(lines, cells.Cell(at(a.lines, i), cw)+"    "+at(b.lines, i))
		}
	}
	for _, l := range lines {
		out = append(out, board.Line{Text: l})
	}
	return out
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

func sprintDay(format, day string) string { return strings.Replace(format, "%s", day, 1) }

// days draws what came and went as bars with their numbers.
func (c *column) days(f *desk.Figures, received, sent string) {
	th := c.look.Theme
	most := 1
	for _, d := range f.Days {
		most = max(most, d.Received, d.Sent)
	}
	room := max(4, (c.w-30)/2)
	bar := func(n int) string {
		if n == 0 {
			return ""
		}
		return strings.Repeat("▪", max(1, n*room/most))
	}
	c.lines = append(c.lines, th.Muted.Render(cells.Cell("", 11)+cells.Cell(received, room+9)+cells.Cell(sent, room+6)))
	for _, d := range f.Days {
		c.lines = append(c.lines, cells.Cell(c.look.Text.Day(d.Day), 11)+
			th.Text.Render(cells.Right(strconv.Itoa(d.Received), 5)+" ")+th.Muted.Render(cells.Cell(bar(d.Received), room+3))+
			th.Text.Render(cells.Right(strconv.Itoa(d.Sent), 5)+" ")+th.Good.Render(cells.Cell(bar(d.Sent), room)))
	}
}
