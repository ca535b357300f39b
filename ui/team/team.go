// Package team is the room of who has which cases. It counts work that waits,
// and ranks nobody.
package team

import (
	"context"
	"strconv"

	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/ui/board"
	"kontor/ui/cells"
	"kontor/ui/nav"
)

// Desk is what the room asks of the desk.
type Desk interface {
	Team(ctx context.Context) ([]desk.Worker, error)
}

// New makes the room.
func New(look *nav.Look, d Desk) *board.Screen {
	return board.New(look, board.Page{
		Load:  func(ctx context.Context) (any, error) { return d.Team(ctx) },
		Draw:  func(data any, w int) []board.Line { return draw(look, data, w) },
		Watch: func(n desk.News) bool { return len(n.Cases) > 0 },
	})
}

func draw(look *nav.Look, data any, w int) []board.Line {
	list, _ := data.([]desk.Worker)
	t, th := look.Text.Room, look.Theme
	out := []board.Line{{}, {Text: th.Title.Render(cells.Cut(t.TeamTitle, w))}, {}}
	row := func(user, n, due string) string {
		return cells.Cell(user, 30) + cells.Right(n, 10) + cells.Right(due, 10)
	}
	out = append(out, board.Line{Text: th.Muted.Render(cells.Cut(row(t.TeamUser, t.TeamCases, t.TeamDue), w))})
	for _, x := range list {
		name, st := cells.Line(string(x.User)), th.Text
		switch {
		case x.User == "":
			name, st = t.TeamNobody, th.Muted
		case x.Me:
			name, st = name+" ("+t.TeamMe+")", th.Strong
		}
		out = append(out, board.Line{Text: st.Render(cells.Cut(row(name, strconv.Itoa(x.Cases), strconv.Itoa(x.Due)), w))})
	}
	out = append(out, board.Line{})
	for _, words := range []string{t.TeamLead, t.TeamAlone} {
		for _, l := range cells.Wrap(plain.Line(words), min(w, 92), th.Muted) {
			out = append(out, board.Line{Text: l})
		}
	}
	return out
}
