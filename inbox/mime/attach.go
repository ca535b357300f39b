package mime

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kontor/cases/plain"
)

// ErrNoAttachment says that a mail has no part of that index.
var ErrNoAttachment = errors.New("no such attachment")

// Attachment returns the content of the part that cases.Attachment names by
// its Index, with its cleaned name. The same raw mail gives the same part.
func (r *Reader) Attachment(raw []byte, index int) (name, mediaType string, data []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read attachment %d: %w", index, ErrNoAttachment)
		}
	}()
	if int64(len(raw)) > r.opts.MaxBytes {
		raw = raw[:r.opts.MaxBytes]
	}
	ctx, cancel := context.WithTimeout(context.Background(), maxTime)
	defer cancel()
	t := structure(ctx, raw)
	if index < 0 || index >= len(t.parts) {
		return "", "", nil, fmt.Errorf("read attachment %d: %w", index, ErrNoAttachment)
	}
	p := &t.parts[index]
	data, _, _ = p.bytes(int(r.opts.MaxBytes))
	return lineText(p.fileName(index), maxName).String(), cleanType(p.typ.value), data, nil
}

// SaveAttachment writes data to a new file in dir, which must exist, and
// returns its path. The name is cleaned to a base name that no system gives a
// meaning; an existing file is never overwritten: the new one gets a number.
// Symbolic links do not lead out of dir. The file's mode is 0600.
func SaveAttachment(dir, name string, data []byte) (path string, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", fmt.Errorf("open folder for attachment: %w", err)
	}
	defer func() { _ = root.Close() }() // only read from
	name = safeName(name)
	ext := filepath.Ext(name)
	base := strings.TrimSuffix(name, ext)
	for n := 1; n <= 10000; n++ {
		if n > 1 {
			name = base + " (" + strconv.Itoa(n) + ")" + ext
		}
		f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("create attachment file: %w", err)
		}
		_, err = f.Write(data)
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			_ = root.Remove(name) // half a file helps nobody
			return "", fmt.Errorf("write attachment file: %w", err)
		}
		return filepath.Join(dir, name), nil
	}
	return "", fmt.Errorf("create attachment file: %w", fs.ErrExist)
}

// fileName is a part's cleaned name; without one it is made from its type.
func (p *part) fileName(index int) string {
	if n := strings.TrimSpace(p.name()); n != "" {
		return safeName(n)
	}
	if p.typ.value == "message/rfc822" {
		return "message-" + strconv.Itoa(index) + ".eml"
	}
	ext := map[string]string{
		"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "text/plain": ".txt",
		"text/html": ".html", "text/calendar": ".ics", "message/delivery-status": ".txt", "text/rfc822-headers": ".txt",
	}[p.typ.value]
	return "attachment-" + strconv.Itoa(index) + ext
}

// safeName makes a base name that can be shown and saved on any system: no
// path, no controls, no characters or names that Windows gives a meaning.
func safeName(n string) string {
	n = plain.Line(tidy(n)).String()
	if i := strings.LastIndexAny(n, `/\`); i >= 0 {
		n = n[i+1:]
	}
	n = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) || r == plain.Mark || r < ' ' {
			return '_'
		}
		return r
	}, n)
	n = strings.Trim(n, " ")
	n = strings.TrimRight(n, ". ")
	if strings.HasPrefix(n, ".") {
		n = "_" + strings.TrimLeft(n, ".")
	}
	if strings.HasPrefix(n, "-") {
		n = "_" + n
	}
	n = cutName(n, 150)
	stem, _, _ := strings.Cut(n, ".")
	if reserved(strings.TrimSpace(stem)) {
		n = "_" + n
	}
	if n == "" || n == "_" {
		n = "attachment"
	}
	return n
}

// cutName shortens a name to n bytes and keeps its extension.
func cutName(s string, n int) string {
	if len(s) <= n {
		return s
	}
	ext := filepath.Ext(s)
	if len(ext) > 10 {
		ext = ""
	}
	return strings.TrimRight(cutString(s, n-len(ext)), ". ") + ext
}

func cutString(s string, n int) string {
	t, _ := plain.Clean(s).Cut(n)
	return t.String()
}

// reserved are the names of devices on Windows, with any extension.
func reserved(stem string) bool {
	s := strings.ToUpper(stem)
	switch s {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return true
	}
	for _, p := range []string{"COM", "LPT"} {
		if d, ok := strings.CutPrefix(s, p); ok {
			switch d {
			case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³":
				return true
			}
		}
	}
	return false
}

func lineText(s string, n int) plain.Text {
	t, _ := plain.Line(tidy(s)).Cut(n)
	return t
}

// cleanType is a media type safe to show.
func cleanType(s string) string {
	if len(s) > 100 || plain.Line(s).String() != s {
		return "application/octet-stream"
	}
	return s
}
