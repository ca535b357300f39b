// Package palette finds a command by its words, and a case by its reference or
// name.
package palette

import (
	tea "charm.land/bubbletea/v2"

	"kontor/cases/desk"
	"kontor/ui/dialog"
	"kontor/ui/keys"
	"kontor/ui/nav"
)

// New lists every action that works now and, once words are typed, the cases
// that contain them.
func New(look *nav.Look, d dialog.Finder, words string, tables ...*keys.Table) nav.Dialog {
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
	}).Cases(d, func(c desk.CaseRef) any { return nav.OpenCase{Case: c.ID} }).With(words)
}
