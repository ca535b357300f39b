package dunning

import (
	_ "embed" // the court's catalogue and fees are data, not code
	"fmt"
	"strconv"
	"strings"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

//go:embed catalogue.csv
var shippedCatalogue string

//go:embed courtfee.csv
var shippedFees string

// entry is one row of the catalogue.
type entry struct {
	designation string
	extra       string // what must be said besides
}

func catalogue(s string) (map[int]entry, error) {
	out := map[int]entry{}
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, ";")
		no, err := strconv.Atoi(f[0])
		if err != nil || len(f) != 3 || no < 1 || no > 99 || out[no].designation != "" {
			return nil, fmt.Errorf("catalogue of claims: %q", line)
		}
		out[no] = entry{f[1], f[2]}
	}
	return out, nil
}

// courtFee returns the fee of the order for a value (KV 1100 GKG) and the day
// from which the table holds. It refuses values and days that the table lacks.
func courtFee(s string, value money.Cents, on calendar.Date) (money.Cents, calendar.Date, error) {
	var from, held calendar.Date
	var fee money.Cents
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, val, _ := strings.Cut(line, ";")
		if key == "table" {
			d, err := calendar.Parse(val)
			if err != nil || d <= from {
				return 0, 0, fmt.Errorf("court fees: table of %q", val)
			}
			if from = d; d <= on {
				held, fee = d, 0
			}
			continue
		}
		upto, err := money.Parse(key)
		if err != nil {
			return 0, 0, fmt.Errorf("court fees: %w", err)
		}
		f, err := money.Parse(val)
		if err != nil {
			return 0, 0, fmt.Errorf("court fees: %w", err)
		}
		if from == held && held != 0 && fee == 0 && value <= upto {
			fee = f
		}
	}
	if held == 0 || fee == 0 {
		return 0, 0, fmt.Errorf("court fees: no row for a value of %s on %s", value, on)
	}
	return fee, held, nil
}
