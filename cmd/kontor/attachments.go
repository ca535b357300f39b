package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/inbox/mime"
)

type attachmentLine struct {
	Index  int    `json:"index"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	Unread string `json:"unread,omitempty"`
	Saved  string `json:"saved,omitempty"`
}

// attachmentsCmd lists a mail's attachments, and saves one only on its word.
func (g *globals) attachmentsCmd() *cobra.Command {
	var id, dir string
	save := -1
	c := &cobra.Command{
		Use: "attachments --message ID [--save INDEX --dir DIR]", Short: "list a mail's attachments, or save one", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case id == "":
				return usage("--message is missing; kontor messages --json lists the ids")
			case save >= 0 && dir == "":
				return usage("--save needs --dir: the folder to save into, which must exist")
			}
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error {
				return a.attachments(ctx, cases.MessageID(id), save, dir)
			})
		},
	}
	c.Flags().StringVar(&id, "message", "", "message id")
	c.Flags().IntVar(&save, "save", -1, "index of the attachment to save")
	c.Flags().StringVar(&dir, "dir", "", "folder to save into; nothing there is overwritten")
	return c
}

func (a *app) attachments(ctx context.Context, id cases.MessageID, save int, dir string) error {
	m, err := a.desk.Message(ctx, id)
	if err != nil {
		return err
	}
	found := false
	for _, at := range m.Mail.Attachments {
		if save >= 0 && at.Index != save {
			continue
		}
		found = true
		l := attachmentLine{Index: at.Index, Name: at.Name.String(), Type: at.MediaType, Size: at.Size, Unread: at.Unread}
		if save >= 0 {
			name, data, err := a.desk.Attachment(ctx, id, at.Index)
			if err != nil {
				return err
			}
			var ids []cases.CaseID
			if m.Match.Case != "" {
				ids = append(ids, m.Match.Case)
			}
			if err := a.recordExport(ctx, "attachments", at.MediaType, 1, ids...); err != nil {
				return err
			}
			if l.Saved, err = mime.SaveAttachment(dir, name, data); err != nil {
				return err
			}
		}
		if err := a.g.result(l, "%d  %-40s %-24s %d %s", "%d  %-40s %-24s %d %s", l.Index, l.Name, l.Type, l.Size, l.Saved); err != nil {
			return err
		}
	}
	if save >= 0 && !found {
		return errors.New("no attachment with that index; without --save they are listed")
	}
	return nil
}
