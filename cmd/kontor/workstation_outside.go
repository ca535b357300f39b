package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kontor/cases/desk"
	"kontor/inbox/mime"
	"kontor/ui/nav"
)

// outside is what the screens may ask of the machine: files that a caseworker
// names, and paper.
func (a *app) outside() nav.Outside {
	return nav.Outside{
		SaveDir: a.saveDir(),
		Save: func(dir, name string, data []byte) (string, error) {
			return mime.SaveAttachment(a.path(dir), name, data)
		},
		Statement:  a.openStatement,
		Document:   a.readDocument,
		Print:      a.print,
		Code:       a.payCode,
		CourtSheet: a.sheetForScreen,
		Calendar: func(v *desk.CaseView) ([]byte, error) {
			b, _, _, err := a.calendar(v)
			return b, err
		},
		Settings: a.settings,
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

// readDocument reads a file that the caseworker named for a case. What is no
// file, or larger than a document may be, is refused before it is read.
func (a *app) readDocument(path string) (name string, data []byte, err error) {
	f, err := os.Open(a.path(path))
	if err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	st, err := f.Stat()
	switch {
	case err != nil:
		return "", nil, err
	case !st.Mode().IsRegular():
		return "", nil, fmt.Errorf("%s is no file", path)
	case st.Size() > desk.MaxDocument:
		return "", nil, fmt.Errorf("%s has %d bytes, a document at most %d", path, st.Size(), desk.MaxDocument)
	}
	data, err = io.ReadAll(io.LimitReader(f, desk.MaxDocument+1))
	return filepath.Base(path), data, err
}

// settings lists what this home runs with, to read on the screen. No secret is
// among it, not even where it lies.
func (a *app) settings() []nav.Setting {
	var out []nav.Setting
	add := func(group, name, value string) {
		if value != "" {
			out = append(out, nav.Setting{Group: group, Name: name, Value: value})
		}
	}
	c := a.cfg
	add("home", "home", a.home)
	add("home", "config", a.g.configFile(a.home))
	add("home", "save", a.saveDir())
	add("home", "user", c.User.ID)
	add("home", "version", version)
	add("agency", "name", c.Agency.Name)
	add("agency", "iban", c.Agency.IBAN)
	add("agency", "reference", c.Agency.Reference)
	for _, m := range c.Mailboxes {
		add("mail", "mailbox", m.Name+", "+m.Address+" ("+m.Security+")")
		add("mail", "folders", strings.Join(m.Folders, ", "))
		add("mail", "authserv", m.AuthServID)
	}
	if c.SMTP != nil {
		add("send", "smtp", c.SMTP.Address+" ("+c.SMTP.Security+")")
		add("send", "from", c.SMTP.From)
	}
	if c.Send.Undo != nil {
		add("send", "undo", time.Duration(*c.Send.Undo).String())
	}
	add("send", "window", c.Send.Window)
	add("assist", "endpoint", c.Assist.Endpoint)
	add("assist", "model", c.Assist.Model)
	add("assist", "scope", c.Assist.Scope)
	add("server", "url", c.Server.URL)
	return out
}
