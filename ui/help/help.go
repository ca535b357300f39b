// Package help shows every key of a screen, made of the same tables that
// answer them, so that it never offers what would not work.
package help

import (
	"fmt"
	"strings"

	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/keys"
	"kontor/ui/nav"
)

// New makes the help of a screen: its own table first, the program's last.
func New(look *nav.Look, name string, tables ...*keys.Table) nav.Dialog {
	t := look.Text
	return dialog.NewRead(look, t.Help.Title+": "+name, 92, func(w int) []string { return Lines(look, w, tables...) })
}

// Lines is the cheat sheet at a width.
func Lines(look *nav.Look, w int, tables ...*keys.Table) []string {
	t, th := look.Text, look.Theme
	var out []string
	for g, name := range t.Keys.Groups {
		var body []string
		for _, table := range tables {
			for _, a := range table.All() {
				if int(a.Group) == g && len(a.Keys) > 0 {
					body = append(body, row(look, a, w)...)
				}
			}
		}
		if len(body) > 0 {
			out = append(out, th.Title.Render(cells.Cut(name, w)))
			out = append(out, body...)
			out = append(out, "")
		}
	}
	out = append(out, th.Title.Render(cells.Cut(t.Help.Signs, w)))
	return append(out, cells.Wrap(plain.Line(t.Help.SignText), w, th.Text)...)
}

// row is one key: what it does, and why not now.
func row(look *nav.Look, a *keys.Action, w int) []string {
	th := look.Theme
	key := cells.Cell("  "+a.Labels(), 18)
	off := a.Off()
	if off == "" {
		return []string{th.Accent.Render(key) + th.Text.Render(cells.Cut(a.Long, w-18))}
	}
	lines := cells.Wrap(plain.Line(a.Long+" – "+fmt.Sprintf(look.Text.Help.Off, off)), w-18, th.Muted)
	for i := range lines {
		k := strings.Repeat(" ", 18)
		if i == 0 {
			k = th.Muted.Render(key)
		}
		lines[i] = k + lines[i]
	}
	return lines
}
