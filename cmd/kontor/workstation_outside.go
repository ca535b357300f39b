package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kontor/cases/desk"
	"kontor/inbox/mime"
	"kontor/ui/nav"
)

// outside is what the screens may ask of the machine: files that a caseworker
// names, and paper.
func (a *app) outside() nav.Outside {
	return nav.Outside{
		SaveDir:   a.saveDir(),
		Save:      func(dir, name string, data []byte) (string, error) { return mime.SaveAttachment(a.path(dir), name, data) },
		Statement: a.openStatement,
	}
}

// path reads a path as people type it: "~" is the home folder.
func (a *app) path(p string) string {
	if rest, ok := strings.CutPrefix(p, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home := a.g.env["HOME"]; home != "" {
			return filepath.Join(home, rest)
		}
	}
	return p
}

// saveDir proposes where to save: the folder for downloads if there is one,
// else the home folder.
func (a *app) saveDir() string {
	home := a.g.env["HOME"]
	if home == "" {
		return ""
	}
	for _, dir := range []string{a.g.env["XDG_DOWNLOAD_DIR"], filepath.Join(home, "Downloads")} {
		if st, err := os.Stat(dir); dir != "" && err == nil && st.IsDir() {
			return dir
		}
	}
	return home
}

// openStatement opens a bank statement that the caseworker named.
func (a *app) openStatement(path string) (desk.StatementFile, func() error, error) {
	f, err := os.Open(a.path(path))
	if err != nil {
		return nil, nil, err
	}
	st, err := f.Stat()
	if err == nil && !st.Mode().IsRegular() {
		err = fmt.Errorf("%s is no file", path)
	}
	if err != nil {
		_ = f.Close() // only read
		return nil, nil, err
	}
	return statementFile(f, st.Size()), f.Close, nil
}
