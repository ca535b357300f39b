// Package data holds the labelled mails that the local engine is trained and
// measured on. All people and addresses in them are fictitious.
package data

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed *.jsonl
var files embed.FS

// Files returns the corpus: train-*.jsonl are hand-labelled mails, extra-*.jsonl
// were written to widen them, hard.jsonl (indirect mails) and fresh.jsonl (half of
// them hard) are to measure on and never to learn from, alerts.jsonl and near.jsonl are single sentences with and
// without danger, pairs.jsonl holds mails in good and broken spelling.
func Files() fs.FS { return files }

// Labelled decodes every hand-labelled mail into a T, in the order of the files;
// assist/data/labels.md names the fields. None at all is an error.
func Labelled[T any]() ([]T, error) {
	names, err := fs.Glob(files, "train-*.jsonl")
	if err != nil {
		return nil, fmt.Errorf("list the labelled mails: %w", err)
	}
	var out []T
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read the labelled mails: %w", err)
		}
		n := 0
		for line := range strings.Lines(string(b)) {
			n++
			var v T
			if err := json.Unmarshal([]byte(line), &v); err != nil {
				return nil, fmt.Errorf("%s, line %d: %w", name, n, err)
			}
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no labelled mails")
	}
	return out, nil
}
