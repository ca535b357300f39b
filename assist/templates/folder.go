package templates

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Faults is all that is wrong with an agency's folder, a fault a file.
type Faults []error

// Error names the first fault, in one line.
func (f Faults) Error() string {
	if len(f) == 1 {
		return f[0].Error()
	}
	return fmt.Sprintf("%v (and %d more; kontor templates check lists them)", f[0], len(f)-1)
}

// Unwrap gives the faults.
func (f Faults) Unwrap() []error { return f }

// orNil is f as an error, nil where there is no fault.
func (f Faults) orNil() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// maxUnread bounds the list of files that are not read.
const maxUnread = 50

// unread lists what lies in an agency's folder and is not read: a name that is no
// text's, a link, a folder of another language. Names that begin with a point and
// a README are nobody's concern.
func unread(root fs.FS) ([]string, error) {
	var out []string
	look := func(dir string, wanted func(fs.DirEntry) bool) error {
		entries, err := fs.ReadDir(root, dir)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read templates (%s): %w", dir, err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(strings.ToLower(e.Name()), "readme") || wanted(e) || len(out) >= maxUnread {
				continue
			}
			out = append(out, path.Join(dir, e.Name()))
		}
		return nil
	}
	text := func(e fs.DirEntry) bool { return e.Type().IsRegular() && strings.HasSuffix(e.Name(), ".txt") }
	folder := func(names ...string) func(fs.DirEntry) bool {
		return func(e fs.DirEntry) bool { return e.IsDir() && slices.Contains(names, e.Name()) }
	}
	errs := []error{look(".", folder("de", "en", "summaries")), look("de", text), look("en", text), look("summaries", folder(summaryLangs()...))}
	for _, lang := range summaryLangs() {
		errs = append(errs, look(path.Join("summaries", lang), text))
	}
	return out, errors.Join(errs...)
}
