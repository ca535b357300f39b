package table

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"strings"

	"kontor/cases/costs"
)

// Bounds of one import.
const (
	maxLine    = 1 << 20 // bytes of one record
	maxParties = 50
	maxClaims  = 200
	maxEntries = 10_000
	maxColumns = 500 // of a CSV file
)

// Format is how a file of cases is written.
type Format string

// The formats.
const (
	NDJSON Format = "ndjson" // one object a line
	JSON   Format = "json"   // an array of objects, or objects over several lines
	CSV    Format = "csv"
)

// Options shape a reading. The zero value reads NDJSON and checks no costs.
type Options struct {
	Format  Format
	Mapping *Mapping      // of CSV; nil: the header names fields of this package
	Costs   *costs.Tables // caps of collection costs (§ 13e RDG); nil: unchecked
}

// Row is one record of a file: a case, or what is wrong with it.
type Row struct {
	Line int // on which it begins, from 1
	Case Case
	Bad  []*RowError // empty: Case may go in
}

// RowError is one thing that is wrong with a record.
type RowError struct {
	Line   int    // from 1
	Column int    // from 1: the byte of a line of JSON, the cell of a CSV row; 0: the whole record
	Name   string // of the column or field, if known
	Err    error
}

func (e *RowError) Error() string {
	where := fmt.Sprintf("line %d", e.Line)
	if e.Column > 0 {
		where += fmt.Sprintf(", column %d", e.Column)
	}
	if e.Name != "" {
		where += fmt.Sprintf(" (%s)", e.Name)
	}
	return where + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *RowError) Unwrap() error { return e.Err }

// Detect guesses the format from a file's name and its first bytes.
func Detect(name string, head []byte) Format {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".txt":
		return CSV
	}
	switch head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"); {
	case bytes.HasPrefix(head, []byte("[")):
		return JSON
	case bytes.HasPrefix(head, []byte("{")), len(head) == 0:
		if rest := bytes.TrimLeft(head[min(1, len(head)):], " \t\r"); bytes.HasPrefix(rest, []byte("\n")) {
			return JSON // an object over several lines
		}
		return NDJSON
	}
	return CSV
}

// Read calls f for every record of r, in order; one record at a time is kept in
// memory. Bad records do not end the reading; an error of f, of r, or a file
// that is broken beyond a record does.
func Read(r io.Reader, o Options, f func(Row) error) error {
	check := func(row Row) error {
		if len(row.Bad) == 0 {
			if err := row.Case.check(o.Costs); err != nil {
				row.Bad = []*RowError{{Line: row.Line, Err: err}}
			}
		}
		return f(row)
	}
	switch o.Format {
	case NDJSON, "":
		return readNDJSON(r, check)
	case JSON:
		return readArray(r, check)
	case CSV:
		return readCSV(r, o.Mapping, check)
	}
	return fmt.Errorf("format %q: want ndjson, json or csv", o.Format)
}

func readNDJSON(r io.Reader, f func(Row) error) error {
	br := bufio.NewReaderSize(r, 64<<10)
	for line := 1; ; line++ {
		b, tooLong, err := readLine(br)
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if line == 1 {
			b = bytes.TrimPrefix(b, []byte("\ufeff"))
		}
		if text := bytes.TrimSpace(b); len(text) > 0 || tooLong {
			row := Row{Line: line}
			if tooLong {
				row.Bad = []*RowError{{Line: line, Err: errTooLong}}
			} else {
				row.parse(text)
			}
			if err := f(row); err != nil {
				return err
			}
		}
		if last {
			return nil
		}
	}
}

var errTooLong = fmt.Errorf("longer than %d bytes", maxLine)

// readLine reads one line of at most maxLine bytes; a longer one is skipped to
// its end.
func readLine(br *bufio.Reader) (b []byte, tooLong bool, err error) {
	for {
		part, err := br.ReadSlice('\n')
		if len(b)+len(part) > maxLine {
			tooLong, b = true, nil
		}
		if !tooLong {
			b = append(b, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		return b, tooLong, err
	}
}

// parse reads one JSON object into the row. Columns count from its first byte,
// where it stands on one line.
func (row *Row) parse(b []byte) {
	bad := func(column int64, name string, err error) {
		row.Case, row.Bad = Case{}, []*RowError{{row.Line, int(column), name, err}}
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&row.Case); err != nil {
		if se, ok := errors.AsType[*json.SyntaxError](err); ok {
			bad(se.Offset, "", fmt.Errorf("no JSON: %w", err))
			return
		}
		if te, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			bad(te.Offset, te.Field, fmt.Errorf("want %s", wanted(te.Type)))
			return
		}
		bad(0, "", err)
		return
	}
	if dec.More() {
		bad(dec.InputOffset()+1, "", errors.New("more than one value on the line"))
	}
}

// wanted names a type in the words of JSON.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		return "an object"
	case reflect.Slice, reflect.Array:
		return "an array"
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "a string"
	default:
		return "a whole number"
	}
}

// readArray reads a JSON array, or objects without one, element by element.
func readArray(r io.Reader, f func(Row) error) error {
	br := bufio.NewReaderSize(r, 64<<10)
	if b, err := br.Peek(3); err == nil && string(b) == "\ufeff" {
		_, _ = br.Discard(3) // these bytes are in the buffer
	}
	src := &counted{r: br, left: 2 * maxLine}
	dec := json.NewDecoder(src)
	array := first(br) == '['
	if array {
		if _, err := dec.Token(); err != nil {
			return fmt.Errorf("line 1: no JSON: %w", err)
		}
	}
	for dec.More() {
		src.left = 2 * maxLine
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			at := dec.InputOffset()
			if se, ok := errors.AsType[*json.SyntaxError](err); ok {
				at = max(at, se.Offset)
			}
			return fmt.Errorf("line %d: no JSON: %w; what comes after is not read", src.line(at), err)
		}
		row := Row{Line: src.line(dec.InputOffset() - int64(len(raw)))}
		if len(raw) > maxLine {
			row.Bad = []*RowError{{Line: row.Line, Err: errTooLong}}
		} else if row.parse(raw); len(row.Bad) > 0 && bytes.IndexByte(raw, '\n') >= 0 {
			row.Bad[0].locate(raw)
		}
		if err := f(row); err != nil {
			return err
		}
	}
	if src.err != nil {
		return fmt.Errorf("line %d: %w", src.line(dec.InputOffset()), src.err)
	}
	if !array {
		return nil
	}
	if _, err := dec.Token(); err != nil {
		return fmt.Errorf("line %d: the array does not end: %w", src.line(dec.InputOffset()), err)
	}
	return nil
}

// first is the first byte that is no space, 0 if it is far away.
func first(br *bufio.Reader) byte {
	head, _ := br.Peek(4096) // a short file is no error here
	if head = bytes.TrimLeft(head, " \t\r\n"); len(head) > 0 {
		return head[0]
	}
	return 0
}

// locate turns an offset into an element of several lines into line and column.
func (e *RowError) locate(raw []byte) {
	if e.Column == 0 {
		return
	}
	before := raw[:min(e.Column, len(raw))]
	e.Line += bytes.Count(before, []byte("\n"))
	e.Column = len(before) - 1 - bytes.LastIndexByte(before, '\n')
}

// counted is a reader that knows where its lines begin and refuses records that
// do not end.
type counted struct {
	r      io.Reader
	left   int // bytes that may still be read for the current record
	read   int64
	err    error   // of r, but for its end
	breaks []int64 // offsets of line breaks not asked for yet
	lines  int     // line breaks forgotten
}

func (c *counted) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, errTooLong
	}
	n, err := c.r.Read(p[:min(len(p), c.left)])
	for i, b := range p[:n] {
		if b == '\n' {
			c.breaks = append(c.breaks, c.read+int64(i))
		}
	}
	c.read += int64(n)
	c.left -= n
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}

// line returns the line of an offset; offsets never go back.
func (c *counted) line(offset int64) int {
	n := 0
	for n < len(c.breaks) && c.breaks[n] < offset {
		n++
	}
	c.breaks = c.breaks[n:]
	c.lines += n
	return c.lines + 1
}
