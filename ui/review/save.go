package review

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/nav"
)

// Answers of the boxes that save an attachment.
type (
	askSaveMsg   struct{}
	savedFileMsg struct{ path string }
)

// saving takes the answers about saving; ok is false for anything else.
func (s *Screen) saving(m tea.Msg) (cmd tea.Cmd, ok bool) {
	switch m := m.(type) {
	case askSaveMsg:
		return s.askSave(), true
	case savedFileMsg:
		return nav.Tell(nav.Good, sprintf(s.look.Text.Dialog.SavedTo, cells.Line(m.path))), true
	}
	return nil, false
}

// askSave asks which attachment to save and where. What strangers sent is
// written only on this word: under its own cleaned name, into a folder that is
// there, over nothing, for its owner alone; that it left the store is on record.
func (s *Screen) askSave() tea.Cmd {
	t := s.look.Text
	list := s.rev.Message.Mail.Attachments
	names := make([]string, len(list))
	for i, a := range list {
		names[i] = sprintf("%d  ", i+1) + cells.Line(a.Name.String())
	}
	f := dialog.NewForm(s.look, t.Dialog.Save, []string{t.Dialog.SaveLead}, []dialog.Field{
		{Label: t.Dialog.SaveWhat, Choices: names},
		{Label: t.Dialog.SaveDir, Value: s.ports.SaveDir, Read: func(v string) (string, string) {
			if v == "" {
				return "", t.Dialog.SaveDirBad
			}
			return "", ""
		}},
	}, nil)
	d, save, id, c := s.desk, s.ports.Save, s.rev.Message.ID, cases.CaseID("")
	if s.rev.Case != nil {
		c = s.rev.Case.ID
	}
	f.Try = func(v []string) tea.Cmd {
		at := 0
		for i, n := range names {
			if n == v[0] {
				at = i
			}
		}
		index := list[at].Index
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), timeout)
			defer cancel()
			name, data, err := d.Attachment(ctx, id, index)
			if err != nil {
				return dialog.Tried{Problem: t.Error(err).String()}
			}
			path, err := save(v[1], name, data)
			if err != nil {
				return dialog.Tried{Problem: t.Error(err).String()}
			}
			if err := d.Exported(ctx, cases.DataExported{What: "attachments", Format: "file", Cases: 1, Items: 1, Case: c}); err != nil {
				return dialog.Tried{Problem: t.Error(err).String()}
			}
			return dialog.Tried{Msg: savedFileMsg{path}}
		}
	}
	return push(f)
}
