// Package data holds the labelled mails that the local engine is trained and
// measured on. All people and addresses in them are fictitious.
package data

import (
	"embed"
	"io/fs"
)

//go:embed *.jsonl
var files embed.FS

// Files returns the corpus: train-*.jsonl are hand-labelled mails, extra-*.jsonl
// were written to widen them, alerts.jsonl and near.jsonl are single sentences
// with and without danger, pairs.jsonl holds mails in good and broken spelling.
func Files() fs.FS { return files }
