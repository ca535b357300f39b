package main

import (
	"github.com/spf13/cobra"

	"kontor/inbox/mime/pdftext"
)

// pdfTextCmd is the guarded child that reads a PDF: a hostile file can kill it
// and nothing else.
func (g *globals) pdfTextCmd() *cobra.Command {
	return &cobra.Command{
		Use: "pdf-text", Hidden: true, Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if code := pdftext.Child(g.stdin, g.stdout); code != 0 {
				return &codeError{code, errPDF}
			}
			return nil
		},
	}
}
