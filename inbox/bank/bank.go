// Package bank reads what banks say about accounts: camt.053 and camt.054 (XML,
// or ZIP files of them) and MT940, as German banks write them.
//
// Files are read as a stream: an entry is handed over when it is complete, and
// no more than one collective booking is held in memory. Nothing in a file can
// make the reader expand entities, nest deeply or grow without bound.
//
// # Identity
//
// A movement's Key makes a repeated report of it known: a hash over the bank's
// own reference, amount and booking day, or, where the bank gives no reference,
// over everything that it said; and a number where one statement says the same
// thing more than once.
package bank

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"kontor/cases"
	"kontor/cases/plain"
)

// Bounds of what is read.
const (
	maxFile    = 1 << 30   // bytes of one file, unpacked
	maxUnpack  = 2 << 30   // bytes of all files of one ZIP
	maxMembers = 2000      // files in one ZIP
	bombSize   = 64 << 20  // from here on the ratio counts
	bombRatio  = 250       // unpacked to packed; statements stay below 100
	maxParts   = 20_000    // parts of one collective booking
	maxText    = 4 << 10   // bytes of remittance text
	maxWord    = 140       // bytes of a reference or name
	sniffBytes = 8 << 10   // where the kind of a file must show
	maxEntries = 5_000_000 // entries in one file
)

// Errors about a whole file.
var (
	// ErrKind says that a file is neither camt nor MT940.
	ErrKind = errors.New("not a camt.053, camt.054 or MT940 file")
	// ErrBounds says that a file is larger or deeper than any statement is.
	ErrBounds = errors.New("beyond the bounds of a statement file")
	// ErrBroken says that a file breaks its own format.
	ErrBroken = errors.New("broken file")
)

// Problem is something that was not taken in. Entry counts from 1 in its file;
// 0 speaks of a statement or a file as a whole.
type Problem struct {
	File      string
	Statement string
	Entry     int
	What      string
}

func (p Problem) String() string {
	var b strings.Builder
	for _, s := range []string{p.File, p.Statement} {
		if s != "" {
			b.WriteString(plain.Line(s).String() + ": ")
		}
	}
	if p.Entry > 0 {
		fmt.Fprintf(&b, "entry %d: ", p.Entry)
	}
	return b.String() + p.What
}

// Item is one thing that a file said; exactly one field is set.
type Item struct {
	Entry     *cases.StatementEntry
	Statement *cases.Statement // after its entries
	Problem   *Problem
}

// Sink takes what was read, in order. An error of it ends the reading.
type Sink func(Item) error

// Read reads one file and hands over what it says. A member of a ZIP file that
// cannot be read becomes a Problem, the others are read; a plain file that
// cannot be read is an error, after what came before the fault.
func Read(r io.ReaderAt, size int64, sink Sink) error {
	head := make([]byte, min(size, 4))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the file: %w", err)
	}
	if bytes.Equal(head, []byte("PK\x03\x04")) || bytes.Equal(head, []byte("PK\x05\x06")) {
		return readZip(r, size, sink)
	}
	if size > maxFile {
		return fmt.Errorf("%w: more than %d bytes", ErrBounds, maxFile)
	}
	return readOne(io.NewSectionReader(r, 0, size), "", sink)
}

// readOne reads one statement file, not packed.
func readOne(r io.Reader, name string, sink Sink) error {
	in := bufio.NewReaderSize(r, sniffBytes)
	head, err := in.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return fmt.Errorf("read the file: %w", err)
	}
	out := &output{file: name, sink: sink, seen: map[[16]byte]int32{}, pages: map[string]page{}}
	if bom := []byte("\xef\xbb\xbf"); bytes.HasPrefix(head, bom) {
		head = head[len(bom):]
		if _, err := in.Discard(len(bom)); err != nil {
			return fmt.Errorf("read the file: %w", err)
		}
	}
	start := bytes.TrimLeft(head, " \t\r\n")
	switch {
	case len(start) > 0 && start[0] == '<':
		return readCamt(in, out)
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return fmt.Errorf("%w: UTF-16; statements are UTF-8 or Latin-1", ErrKind)
	case bytes.HasPrefix(start, []byte(":20:")), bytes.Contains(start, []byte("\n:20:")), bytes.Contains(start, []byte("\r:20:")):
		return readMT940(in, anyLine, out)
	case bytes.Contains(start, []byte("@@:20:")):
		return readMT940(in, dialogLine, out)
	}
	return ErrKind
}

func readZip(r io.ReaderAt, size int64, sink Sink) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return fmt.Errorf("%w: ZIP: %w", ErrBroken, err)
	}
	if len(z.File) > maxMembers {
		return fmt.Errorf("%w: %d files in a ZIP, at most %d", ErrBounds, len(z.File), maxMembers)
	}
	left, read := int64(maxUnpack), 0
	for _, f := range z.File {
		base := path.Base(strings.ReplaceAll(f.Name, `\`, "/"))
		if f.FileInfo().IsDir() || strings.HasPrefix(f.Name, "__MACOSX/") || strings.HasPrefix(base, ".") {
			continue
		}
		name := plain.Line(base).String()
		read++
		n, err := readMember(f, name, min(left, maxFile), sink)
		left -= n
		if sunk, ok := errors.AsType[*sinkError](err); ok {
			return sunk.err
		}
		if err != nil {
			if err := sink(Item{Problem: &Problem{File: name, What: err.Error()}}); err != nil {
				return err
			}
		}
		if left <= 0 {
			return fmt.Errorf("%w: the ZIP unpacks to more than %d bytes", ErrBounds, int64(maxUnpack))
		}
	}
	if read == 0 {
		return fmt.Errorf("%w: the ZIP is empty", ErrKind)
	}
	return nil
}

// readMember reads one file of a ZIP and returns how many bytes it unpacked.
func readMember(f *zip.File, name string, limit int64, sink Sink) (n int64, err error) {
	if f.Flags&1 != 0 {
		return 0, fmt.Errorf("%w: encrypted", ErrKind)
	}
	in, err := f.Open()
	if err != nil {
		return 0, fmt.Errorf("%w: ZIP: %w", ErrBroken, err)
	}
	m := &meter{r: in, limit: limit, packed: int64(f.CompressedSize64)}
	err = readOne(m, name, func(i Item) error {
		if err := sink(i); err != nil {
			return &sinkError{err}
		}
		return nil
	})
	return m.n, errors.Join(err, in.Close())
}

// sinkError keeps the caller's error apart from the file's.
type sinkError struct{ err error }

func (e *sinkError) Error() string { return e.err.Error() }
func (e *sinkError) Unwrap() error { return e.err }

// meter counts what is unpacked and stops a bomb.
type meter struct {
	r         io.Reader
	n, limit  int64
	packed    int64
	exhausted error
}

func (m *meter) Read(p []byte) (int, error) {
	if m.exhausted != nil {
		return 0, m.exhausted
	}
	n, err := m.r.Read(p)
	m.n += int64(n)
	switch {
	case m.n > m.limit:
		m.exhausted = fmt.Errorf("%w: unpacks to more than %d bytes", ErrBounds, m.limit)
	case m.n > bombSize && m.n/max(1, m.packed) > bombRatio:
		m.exhausted = fmt.Errorf("%w: packed more than %d times", ErrBounds, bombRatio)
	}
	if m.exhausted != nil {
		return 0, m.exhausted
	}
	return n, err
}
