package nav

import (
	tea "charm.land/bubbletea/v2"

	"kontor/ui/keys"
	"kontor/ui/text"
)

// Moves are the keys that move a list's cursor: by is told by how many rows, page
// how many rows a page has.
func Moves(look *Look, by func(n int) tea.Cmd, page func() int) []*keys.Action {
	k := look.Text.Keys
	act := func(id string, w text.Key, n func() int, ks ...string) *keys.Action {
		return &keys.Action{ID: id, Keys: ks, Short: w.Short, Long: w.Long, Group: keys.Move, Do: func(tea.KeyPressMsg) tea.Cmd { return by(n()) }}
	}
	rows := func(n int) func() int { return func() int { return n } }
	return []*keys.Action{
		act("down", k.Down, rows(1), "j", "down"),
		act("up", k.Up, rows(-1), "k", "up"),
		act("page_down", k.PageDown, page, "pgdown", "ctrl+d"),
		act("page_up", k.PageUp, func() int { return -page() }, "pgup", "ctrl+u"),
		act("first", k.First, rows(-1<<30), "g", "home"),
		act("last", k.Last, rows(1<<30), "G", "end"),
	}
}
