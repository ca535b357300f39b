package ledger

import (
	"bufio"
	_ "embed" // the rate table is data, not code
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/cases/calendar"
)

//go:embed rates.csv
var shippedRates string

// Rates is the table of the base rate (§ 247 BGB). It is read-only once made.
type Rates struct {
	rows  []rateRow // by day
	until calendar.Date
}

type rateRow struct {
	from calendar.Date
	bp   int // basis points a year, may be negative
}

// MissingRateError says that the base rate of a half-year is not in the table.
type MissingRateError struct {
	HalfYear calendar.Date // first day of the half-year that lacks a row
	Through  calendar.Date // last day that the table knows
}

func (e *MissingRateError) Error() string {
	return fmt.Sprintf("base rate: no row for the half-year from %s (the table ends with %s)", e.HalfYear, e.Through)
}

// ShippedRates returns the table that the program carries.
func ShippedRates() (*Rates, error) { return ParseRates(shippedRates) }

// ParseRates reads a table: lines "2026-07-01;1.52" by day, at last a line
// "known through;2026-12-31"; # begins a comment. Rates have two decimals and
// lie between -20 and 20 percent.
func ParseRates(s string) (*Rates, error) {
	r := &Rates{}
	sc := bufio.NewScanner(strings.NewReader(s))
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		key, val, ok := strings.Cut(line, ";")
		if !ok || r.until != 0 {
			return nil, fmt.Errorf("base rates line %d: want day;percent, and known through as the last", n)
		}
		if key == "known through" {
			d, err := calendar.Parse(val)
			if err != nil {
				return nil, fmt.Errorf("base rates line %d: %w", n, err)
			}
			r.until = d
			continue
		}
		d, err := calendar.Parse(key)
		if err != nil {
			return nil, fmt.Errorf("base rates line %d: %w", n, err)
		}
		bp, err := parsePercent(val)
		if err != nil {
			return nil, fmt.Errorf("base rates line %d: %w", n, err)
		}
		if k := len(r.rows); d.IsZero() || halfYear(d) != d || k > 0 && d <= r.rows[k-1].from {
			return nil, fmt.Errorf("base rates line %d: %s is not a later half-year's first day", n, key)
		}
		r.rows = append(r.rows, rateRow{d, bp})
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("base rates: %w", err)
	}
	k := len(r.rows)
	if k == 0 || r.until < r.rows[k-1].from {
		return nil, fmt.Errorf("base rates: no rows, or none is known through the last row's half-year")
	}
	return r, nil
}

// parsePercent reads "1.52" or "-0.88" as basis points.
func parsePercent(s string) (int, error) {
	digits, neg := strings.CutPrefix(s, "-")
	whole, frac, ok := strings.Cut(digits, ".")
	if !ok || len(frac) != 2 || whole == "" || len(whole) > 2 {
		return 0, fmt.Errorf("rate %q: want two decimals, as in 1.52", s)
	}
	bp, err := strconv.ParseUint(whole+frac, 10, 16)
	if err != nil || bp > 2000 {
		return 0, fmt.Errorf("rate %q: not between -20 and 20 percent", s)
	}
	if neg {
		return -int(bp), nil
	}
	return int(bp), nil
}

// Through returns the last day whose rate is known.
func (r *Rates) Through() calendar.Date { return r.until }

// warnDays is how long before the table ends a warning is due: the Bundesbank
// publishes the next rate in December and June.
const warnDays = 31

// Lacking returns the first day of the next half-year where its row is missing
// and needed within a month, or has been needed already; else 0.
func (r *Rates) Lacking(today calendar.Date) calendar.Date {
	if today+warnDays <= r.until {
		return 0
	}
	return r.until + 1
}

// At returns the base rate of a day in basis points and the last day to which it
// holds without a change.
func (r *Rates) At(d calendar.Date) (bp int, until calendar.Date, err error) {
	i, found := slices.BinarySearchFunc(r.rows, d, func(row rateRow, d calendar.Date) int { return int(row.from - d) })
	if !found {
		i--
	}
	if i < 0 || d > r.until {
		return 0, 0, &MissingRateError{HalfYear: halfYear(d), Through: r.until}
	}
	if i+1 < len(r.rows) {
		return r.rows[i].bp, r.rows[i+1].from - 1, nil
	}
	return r.rows[i].bp, r.until, nil
}

// halfYear returns the first day of the half-year of d.
func halfYear(d calendar.Date) calendar.Date {
	y, m, _ := d.Civil()
	if m < time.July {
		return calendar.Of(y, time.January, 1)
	}
	return calendar.Of(y, time.July, 1)
}
