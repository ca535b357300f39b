// Package palette finds a command by its words.
package palette

import (
	tea "charm.land/bubbletea/v2"

	"kontor/ui/dialog"
	"kontor/ui/keys"
	"kontor/ui/nav"
)

// New lists every action that works now.
func New(look *nav.Look, tables ...*keys.Table) nav.Dialog {
	var opts []dialog.Option
	for _, t := range tables {
		for _, a := range t.All() {
			if a.Group == keys.Move || a.Off() != "" {
				continue
			}
			opts = append(opts, dialog.Option{Label: a.Long, Detail: a.Label(), Value: nav.Run{ID: a.ID}})
		}
	}
	return dialog.NewPick(look, look.Text.Help.Palette, opts, look.Text.Help.PaletteHint, look.Text.Dialog.ChooseKeys, func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg {
		return o.Value
	})
}
