package costs

import (
	"bufio"
	_ "embed" // the fee table is data, not code
	"fmt"
	"strings"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

//go:embed rvg.csv
var shipped string

// Tables are the dated fee tables. They are read-only once made.
type Tables struct{ tables []table }

type table struct {
	from       calendar.Date
	undisputed row   // § 13 Abs. 2 RVG
	rows       []row // by value
}

type row struct{ upto, fee money.Cents }

// Shipped returns the tables that the program carries.
func Shipped() (*Tables, error) { return Parse(shipped) }

// Parse reads fee tables in the form of rvg.csv.
func Parse(s string) (*Tables, error) {
	t := &Tables{}
	sc := bufio.NewScanner(strings.NewReader(s))
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if err := t.line(line); err != nil {
			return nil, fmt.Errorf("fee table line %d: %w", n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("fee table: %w", err)
	}
	for _, tab := range t.tables {
		if len(tab.rows) == 0 {
			return nil, fmt.Errorf("fee table of %s: no rows", tab.from)
		}
	}
	return t, nil
}

func (t *Tables) line(line string) error {
	key, val, ok := strings.Cut(line, ";")
	if !ok {
		return fmt.Errorf("%q: want value;fee", line)
	}
	if key == "table" {
		d, err := calendar.Parse(val)
		if err != nil {
			return err
		}
		if k := len(t.tables); d.IsZero() || k > 0 && d <= t.tables[k-1].from {
			return fmt.Errorf("table of %s is not later than the one before", val)
		}
		t.tables = append(t.tables, table{from: d})
		return nil
	}
	if len(t.tables) == 0 {
		return fmt.Errorf("row before any table")
	}
	tab := &t.tables[len(t.tables)-1]
	key, undisputed := strings.CutPrefix(key, "undisputed ")
	upto, err := money.Parse(key)
	if err != nil {
		return err
	}
	fee, err := money.Parse(val)
	if err != nil {
		return err
	}
	if upto <= 0 || fee <= 0 {
		return fmt.Errorf("%q: not above zero", line)
	}
	if undisputed {
		tab.undisputed = row{upto, fee}
		return nil
	}
	if k := len(tab.rows); k > 0 && (upto <= tab.rows[k-1].upto || fee < tab.rows[k-1].fee) {
		return fmt.Errorf("%q: rows are not in order", line)
	}
	tab.rows = append(tab.rows, row{upto, fee})
	return nil
}

// MissingRowError says that the table has no row for a value or a day.
type MissingRowError struct {
	Date  calendar.Date
	Value money.Cents // of the fee; 0 where no table holds on Date
	Last  money.Cents // highest value that the table knows
	From  calendar.Date
}

func (e *MissingRowError) Error() string {
	if e.Value == 0 {
		return fmt.Sprintf("fee table: none for %s (the first holds from %s)", e.Date, e.From)
	}
	return fmt.Sprintf("fee table of %s: no row for a value of %s (the last is up to %s)", e.From, e.Value, e.Last)
}

// find returns the table of a day and the row of a value in it.
func (t *Tables) find(value money.Cents, undisputed bool, on calendar.Date) (calendar.Date, row, error) {
	i := len(t.tables) - 1
	for i >= 0 && t.tables[i].from > on {
		i--
	}
	if i < 0 {
		e := &MissingRowError{Date: on}
		if len(t.tables) > 0 {
			e.From = t.tables[0].from
		}
		return 0, row{}, e
	}
	tab := &t.tables[i]
	if undisputed && value <= tab.undisputed.upto {
		return tab.from, tab.undisputed, nil
	}
	for _, r := range tab.rows {
		if value <= r.upto {
			return tab.from, r, nil
		}
	}
	return 0, row{}, &MissingRowError{Date: on, Value: value, Last: tab.rows[len(tab.rows)-1].upto, From: tab.from}
}
