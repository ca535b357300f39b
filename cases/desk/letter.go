package desk

import (
	"context"
	"fmt"

	"kontor/cases"
	"kontor/cases/plain"
)

// Letter is what a reply says, read from its exact bytes.
type Letter struct {
	Subject plain.Text
	Text    plain.Text
	Files   []cases.SentFile
}

// Letter reads a reply from the bytes that were approved, whatever became of it.
func (d *Desk) Letter(ctx context.Context, id cases.ReplyID) (Letter, error) {
	r, err := d.reply(ctx, id)
	if err != nil {
		return Letter{}, err
	}
	raw, err := d.approvedBytes(ctx, r.Approval)
	if err != nil {
		return Letter{}, err
	}
	mail, err := d.o.Reader.Read(ctx, raw)
	if err != nil {
		return Letter{}, fmt.Errorf("read a letter: %w", err)
	}
	return Letter{Subject: r.Approval.Subject, Text: mail.Text, Files: r.Approval.Files}, nil
}
