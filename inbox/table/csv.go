package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"kontor/cases/ledger"
)

// readCSV reads rows and joins those of one reference that follow each other.
func readCSV(r io.Reader, m *Mapping, f func(Row) error) error {
	if m == nil {
		m = &Mapping{}
	}
	cr, err := newCSV(r, m)
	if err != nil {
		return err
	}
	var row *Row             // being put together
	seen := map[string]int{} // line on which a case began
	flush := func() error {
		if row == nil {
			return nil
		}
		done := *row
		row = nil
		if len(done.Bad) > 0 {
			done.Case = Case{}
		}
		return f(done)
	}
	for {
		line, rec, bad, err := cr.next()
		if errors.Is(err, io.EOF) {
			return flush()
		}
		if err != nil {
			return errors.Join(flush(), err)
		}
		if row == nil || rec.Reference == "" || rec.Reference != row.Case.Reference {
			if err := flush(); err != nil {
				return err
			}
			row = &Row{Line: line, Case: rec.Case}
			// Ids may be made of the place in the case: a second part would
			// overwrite the first.
			if first := seen[rec.Reference]; first > 0 && rec.Reference != "" {
				bad = append(bad, &RowError{Line: line, Err: fmt.Errorf("rows of one case must follow each other; it began on line %d", first)})
			} else {
				seen[rec.Reference] = line
			}
		} else if !sameCase(row.Case, rec.Case) {
			bad = append(bad, &RowError{Line: line, Err: fmt.Errorf("says something else about the case than line %d", row.Line)})
		}
		row.Bad = append(row.Bad, bad...)
		if err := row.Case.take(rec); err != nil {
			row.Bad = append(row.Bad, &RowError{Line: line, Err: err})
		}
	}
}

// sameCase reports whether two rows agree on all but claims, entries, parties.
func sameCase(a, b Case) bool {
	a.Claims, a.Entries, a.Parties = nil, nil, nil
	b.Claims, b.Entries, b.Parties = nil, nil, nil
	return reflect.DeepEqual(a, b)
}

// take adds a row's claim, entry and party. Ids that the file does not have are
// made of the reference and the place in the case.
func (c *Case) take(r *flat) error {
	if len(c.Claims) >= maxClaims || len(c.Entries) >= maxEntries || len(c.Parties) >= maxParties {
		return errors.New("too many parties, claims or entries")
	}
	if k := r.claim; k.Principal != 0 {
		if k.ID == "" {
			k.ID = fmt.Sprintf("%s-%d", c.Reference, len(c.Claims)+1)
		}
		if k.Kind == "" {
			k.Kind = ledger.Ordinary
		}
		c.Claims = append(c.Claims, k)
	}
	if e := r.entry; e.Cents != 0 {
		if e.ID == "" {
			e.ID = fmt.Sprintf("%s-e%d", c.Reference, len(c.Entries)+1)
		}
		c.Entries = append(c.Entries, e)
	}
	if r.party.Role != "" {
		c.Parties = append(c.Parties, r.party)
	}
	return nil
}

// csvReader reads rows as the mapping says.
type csvReader struct {
	m     *Mapping
	r     *csv.Reader
	src   *budget
	heads []string
	cols  []*column // by place; nil: not read
	rest  []column  // defaults that no column gives
	first []string  // the first row, where there is no header
	line  int
}

// budget ends a reading in which one record has no end.
type budget struct {
	r    io.Reader
	left int
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

func newCSV(r io.Reader, m *Mapping) (*csvReader, error) {
	br := bufio.NewReaderSize(r, 64<<10)
	head, err := br.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("line 1: %w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\ufeff")):
		_, _ = br.Discard(3) // these bytes are in the buffer
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		// A spreadsheet's "Unicode text".
		br = bufio.NewReaderSize(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(br), 64<<10)
	}
	sniff, err := br.Peek(32 << 10)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("line 1: %w", err)
	}
	cr := &csvReader{m: m, src: &budget{r: br, left: 2 * maxLine}}
	cr.r = csv.NewReader(cr.src)
	cr.r.Comma, cr.r.FieldsPerRecord = separator(m.Separator, sniff), -1
	rec, err := cr.r.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("line 1: the file is empty")
	}
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if len(rec) > maxColumns {
		return nil, fmt.Errorf("line 1: more than %d columns", maxColumns)
	}
	if m.NoHeader {
		cr.first, cr.line = rec, 1
		rec = make([]string, len(rec))
		for i := range rec {
			rec[i] = strconv.Itoa(i + 1)
		}
	}
	return cr, cr.headings(rec)
}

// separator is the given one, or the one that the first line holds most of.
func separator(given string, sniff []byte) rune {
	switch given {
	case "tab", "\t":
		return '\t'
	case ";", ",":
		return rune(given[0])
	}
	best, most, quoted := ';', 0, false
	count := map[rune]int{}
	for _, b := range sniff {
		switch {
		case b == '"':
			quoted = !quoted
		case b == '\n' && !quoted:
			sniff = nil
		case !quoted && (b == ';' || b == ',' || b == '\t'):
			count[rune(b)]++
		}
		if sniff == nil {
			break
		}
	}
	for _, c := range ";\t," { // in this order where they are level
		if count[c] > most {
			best, most = c, count[c]
		}
	}
	return best
}

// headings finds the field of each column.
func (cr *csvReader) headings(rec []string) error {
	known := map[string]*column{}
	all := columns()
	for i := range all {
		known[all[i].path] = &all[i]
	}
	found := map[string]bool{}
	cr.heads, cr.cols = make([]string, len(rec)), make([]*column, len(rec))
	for i, cell := range rec {
		head, err := cr.decode(cell)
		if err != nil {
			return fmt.Errorf("line 1, column %d: %w", i+1, err)
		}
		cr.heads[i] = head
		path := head
		if cr.m.Columns != nil {
			path = cr.m.Columns[head]
		}
		c := known[path]
		if c == nil {
			if cr.m.Columns == nil {
				return fmt.Errorf("line 1, column %d: %q is no field%s; --mapping FILE says what columns mean (docs/import.md)", i+1, head, likely(head))
			}
			continue
		}
		if found[path] {
			return fmt.Errorf("line 1, column %d: %q is there twice", i+1, head)
		}
		found[path] = true
		cr.cols[i] = c
	}
	for _, head := range slices.Sorted(maps.Keys(cr.m.Columns)) {
		if !found[cr.m.Columns[head]] {
			return fmt.Errorf("line 1: the column %q of the mapping is not there", head)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(cr.m.Defaults)) {
		if !found[path] {
			cr.rest = append(cr.rest, *known[path])
		}
	}
	return nil
}

// next reads one row. Errors of cells come in bad; err ends the file.
func (cr *csvReader) next() (line int, r *flat, bad []*RowError, err error) {
	rec := cr.first
	if cr.first = nil; rec == nil {
		cr.src.left = 2 * maxLine
		rec, err = cr.r.Read()
		if pe, ok := errors.AsType[*csv.ParseError](err); ok {
			cr.line = max(cr.line+1, pe.StartLine)
			return cr.line, &flat{}, []*RowError{{Line: pe.Line, Column: 0, Err: fmt.Errorf("no CSV: %w", pe.Err)}}, nil
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				return 0, nil, nil, io.EOF
			}
			return 0, nil, nil, fmt.Errorf("after line %d: %w", cr.line, err)
		}
		cr.line, _ = cr.r.FieldPos(0)
	}
	line, r = cr.line, &flat{}
	fail := func(column int, name string, err error) { bad = append(bad, &RowError{line, column, name, err}) }
	if len(rec) != len(cr.cols) {
		fail(0, "", fmt.Errorf("%d cells under %d headings", len(rec), len(cr.cols)))
		// The reference alone, so that the case's other rows stay out with it.
		for i, c := range cr.cols[:min(len(rec), len(cr.cols))] {
			if c != nil && c.path == "reference" {
				r.Reference, _ = cr.decode(rec[i])
			}
		}
		return line, r, bad, nil
	}
	size := 0
	for i, cell := range rec {
		if size += len(cell); size > maxLine {
			fail(0, "", errTooLong)
			return line, &flat{}, bad, nil
		}
		c := cr.cols[i]
		if c == nil {
			continue
		}
		cell, err := cr.decode(cell)
		if err == nil {
			if cell == "" {
				cell = cr.m.Defaults[c.path]
			}
			err = c.set(r, cell, cr.m)
		}
		if err != nil {
			fail(i+1, cr.heads[i], err)
		}
	}
	for _, c := range cr.rest {
		if err := c.set(r, cr.m.Defaults[c.path], cr.m); err != nil {
			fail(0, c.path, err)
		}
	}
	r.join()
	return line, r, bad, nil
}

// decode turns the bytes of a cell into text without spaces around it.
func (cr *csvReader) decode(cell string) (string, error) {
	switch {
	case cr.m.Charset == "windows-1252", cr.m.Charset == "" && !utf8.ValidString(cell):
		s, err := charmap.Windows1252.NewDecoder().String(cell)
		if err != nil {
			return "", errors.New("not windows-1252")
		}
		cell = s
	case !utf8.ValidString(cell):
		return "", errors.New("not utf-8")
	}
	return strings.TrimSpace(unguard(cell)), nil
}
