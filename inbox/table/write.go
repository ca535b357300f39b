package table

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
)

// Guard makes a cell safe for spreadsheets, which take text that begins with =,
// +, -, @, a tab or a line break for a formula: such text gets an apostrophe.
// Reading takes it off again.
func Guard(cell string) string {
	if risky(cell) {
		return "'" + cell
	}
	return cell
}

func risky(cell string) bool {
	rest := strings.TrimLeft(cell, "'")
	return rest != "" && strings.ContainsRune("=+-@\t\r\n", rune(rest[0]))
}

func unguard(cell string) string {
	if strings.HasPrefix(cell, "'") && risky(cell) {
		return cell[1:]
	}
	return cell
}

// CSVWriter writes cases as [Read] takes them without a mapping: UTF-8, ";",
// amounts with a point, a row for each claim, entry or further party, whichever
// a case has most of.
type CSVWriter struct {
	w    *csv.Writer
	cols []column
}

// NewCSVWriter writes the header.
func NewCSVWriter(w io.Writer) (*CSVWriter, error) {
	c := &CSVWriter{w: csv.NewWriter(w)}
	c.w.Comma = ';'
	var heads []string
	for _, k := range columns() {
		if k.get != nil {
			c.cols = append(c.cols, k)
			heads = append(heads, k.path)
		}
	}
	return c, c.w.Write(heads)
}

// Write writes one case.
func (c *CSVWriter) Write(k Case) error {
	cells := make([]string, len(c.cols))
	for i := range max(1, len(k.Claims), len(k.Entries), len(k.Parties)) {
		r := flat{Case: k}
		if i < len(k.Claims) {
			r.claim = k.Claims[i]
		}
		if i < len(k.Entries) {
			r.entry = k.Entries[i]
		}
		if i < len(k.Parties) {
			r.party = k.Parties[i]
		}
		for j, col := range c.cols {
			cells[j] = Guard(col.get(&r))
		}
		if err := c.w.Write(cells); err != nil {
			return err
		}
	}
	return nil
}

// Flush writes what is buffered.
func (c *CSVWriter) Flush() error {
	c.w.Flush()
	return c.w.Error()
}

// JSONWriter writes cases as NDJSON of the published schema.
type JSONWriter struct{ enc *json.Encoder }

// NewJSONWriter writes to w.
func NewJSONWriter(w io.Writer) *JSONWriter {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &JSONWriter{enc}
}

// Write writes one case.
func (j *JSONWriter) Write(k Case) error { return j.enc.Encode(k) }

// Flush has nothing to do.
func (j *JSONWriter) Flush() error { return nil }
