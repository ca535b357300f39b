package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// maxMapping bounds a mapping file, in bytes.
const maxMapping = 256 << 10

// Mapping says what the columns of another program's CSV file mean. The zero
// value takes a file whose header names the fields of this package, as
// [WriteCSV] writes it.
type Mapping struct {
	Version   int    `toml:"mapping_version"`
	Separator string `toml:"separator,omitempty"` // ";", ",", "tab"; empty: found out
	Charset   string `toml:"charset,omitempty"`   // "utf-8", "windows-1252"; empty: found out, cell by cell
	Date      string `toml:"date,omitempty"`      // "dmy", "ymd"; empty: YYYY-MM-DD and D.M.YYYY
	Decimal   string `toml:"decimal,omitempty"`   // "comma", "point", "cents"; empty: found out
	NoHeader  bool   `toml:"no_header,omitempty"` // columns are named by number: "1", "2"
	// Columns gives the field of a column, by its heading. Columns without a
	// field are not read.
	Columns map[string]string `toml:"columns"`
	// Defaults are fields that the file does not have, or has empty.
	Defaults map[string]string `toml:"defaults,omitempty"`
	// Values translates the words of the other program, by field.
	Values map[string]map[string]string `toml:"values,omitempty"`
}

// ReadMapping reads a mapping file. It is strict: an unknown key or field is an
// error that names it.
func ReadMapping(r io.Reader) (*Mapping, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxMapping+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxMapping {
		return nil, fmt.Errorf("longer than %d bytes", maxMapping)
	}
	m := &Mapping{}
	if err := toml.NewDecoder(bytes.NewReader(b)).DisallowUnknownFields().Decode(m); err != nil {
		if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(strict.Errors) > 0 {
			line, _ := strict.Errors[0].Position()
			return nil, fmt.Errorf("line %d: unknown key %q", line, strings.Join(strict.Errors[0].Key(), "."))
		}
		if de, ok := errors.AsType[*toml.DecodeError](err); ok {
			line, column := de.Position()
			return nil, fmt.Errorf("line %d, column %d: %w", line, column, err)
		}
		return nil, err
	}
	return m, m.check()
}

func (m *Mapping) check() error {
	if m.Version != 1 {
		return fmt.Errorf("mapping_version = %d: want 1", m.Version)
	}
	for _, w := range []struct {
		key, v string
		ok     []string
	}{
		{"separator", m.Separator, []string{"", ";", ",", "tab", "\t"}},
		{"charset", m.Charset, []string{"", "utf-8", "windows-1252"}},
		{"date", m.Date, []string{"", "dmy", "ymd"}},
		{"decimal", m.Decimal, []string{"", "comma", "point", "cents"}},
	} {
		if !slices.Contains(w.ok, w.v) {
			return fmt.Errorf("%s = %q: want one of %q", w.key, w.v, w.ok[1:])
		}
	}
	if len(m.Columns) == 0 {
		return errors.New("[columns] is missing")
	}
	known := Columns()
	used := map[string]string{}
	for head, field := range m.Columns {
		if !slices.Contains(known, field) {
			return fmt.Errorf("[columns] %q = %q: there is no such field", head, field)
		}
		if used[field] != "" {
			return fmt.Errorf("[columns] %q and %q are one field, %s", min(head, used[field]), max(head, used[field]), field)
		}
		used[field] = head
	}
	for field := range m.Defaults {
		if !slices.Contains(known, field) {
			return fmt.Errorf("[defaults] %s: there is no such field", field)
		}
	}
	for field := range m.Values {
		if !slices.Contains(known, field) {
			return fmt.Errorf("[values] %s: there is no such field", field)
		}
	}
	return nil
}
