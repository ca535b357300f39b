package bolt

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kontor/cases"
	"kontor/store/journal"
)

// files is journal.Files in a folder.
type files struct{ dir string }

const partSuffix = ".part"

func (f files) path(name string) (string, error) {
	if name == "" || strings.Trim(name, "0123456789abcdef") != "" {
		return "", fmt.Errorf("blob file: improper name")
	}
	return filepath.Join(f.dir, name), nil
}

// Write fills a file beside its place, syncs it, moves it in place and syncs
// the folder.
func (f files) Write(name string, fill func(io.Writer) error) error {
	path, err := f.path(name)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("blob file %s: %w", name, fs.ErrExist)
	}
	err = writeFile(path, fill)
	if noSpace(err) {
		err = fmt.Errorf("%w: %w", journal.ErrSpace, err)
	}
	return err
}

// writeFile makes a file with its whole content or not at all, durably.
func writeFile(path string, fill func(io.Writer) error) (err error) {
	part := path + partSuffix
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(part)
		}
	}()
	w := bufio.NewWriterSize(file, 1<<16)
	if err = fill(w); err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err = os.Rename(part, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func (f files) Open(name string) (io.ReadCloser, error) {
	path, err := f.path(name)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, cases.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{bufio.NewReaderSize(file, 1<<16), file}, nil
}

func (f files) Remove(name string) error {
	path, err := f.path(name)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// List names the files; half-written ones of a crash are removed on the way.
func (f files) List() ([]string, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), partSuffix) {
			if err := os.Remove(filepath.Join(f.dir, e.Name())); err != nil {
				return nil, err
			}
			continue
		}
		out = append(out, e.Name())
	}
	return out, nil
}
