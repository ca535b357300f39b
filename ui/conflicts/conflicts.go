// Package conflicts is the room of changes that the authority refused because
// somebody else was quicker. A device that works alone has none.
package conflicts

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/plain"
	"kontor/ui/board"
	"kontor/ui/cells"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// New makes the room.
func New(look *nav.Look) *board.Screen {
	return board.New(look, board.Page{
		Load: func(context.Context) (any, error) { return struct{}{}, nil },
		Draw: func(_ any, w int) []board.Line { return draw(look, w) },
		Actions: func(*board.Screen) []*keys.Action {
			t := look.Text.Room
			act := func(id, key string, k text.Key) *keys.Action {
				return &keys.Action{
					ID: id, Keys: []string{key}, Long: k.Long, Group: keys.Act,
					Do: func(tea.KeyPressMsg) tea.Cmd { return nil }, Why: func() string { return look.Text.Room.NoConflicts },
				}
			}
			return []*keys.Action{act("side", "v", t.Side), act("mine", "m", t.Mine), act("theirs", "t", t.Theirs), act("merge", "e", t.Merge), act("keep_note", "n", t.KeepNote)}
		},
	})
}

func draw(look *nav.Look, w int) []board.Line {
	t, th := look.Text.Room, look.Theme
	out := []board.Line{{}, {Text: th.Good.Render("✓ " + cells.Cut(t.NoConflicts, w-2))}, {}}
	for _, words := range []string{t.ConflictAlone, t.ConflictLead} {
		for _, l := range cells.Wrap(plain.Line(words), min(w, 92), th.Muted) {
			out = append(out, board.Line{Text: l})
		}
		out = append(out, board.Line{})
	}
	return out
}
