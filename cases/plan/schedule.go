package plan

import (
	"errors"
	"fmt"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// MaxRates bounds a plan: 50 years of months.
const MaxRates = 600

// ErrSchedule is a plan that cannot be computed.
var ErrSchedule = errors.New("plan")

// Schedule splits total into instalments of monthly, the first due on first and
// each next a month later (§ 188 BGB: the same day, or the last of a shorter
// month), each moved to the next business day of land (§ 193 BGB). The last, or
// with OddFirst the first, takes what is left; the sum is total to the cent.
func Schedule(total, monthly money.Cents, first calendar.Date, land calendar.Land, o Options) ([]Rate, error) {
	switch {
	case total <= 0 || total > money.Max:
		return nil, fmt.Errorf("%w: total %s out of range", ErrSchedule, total)
	case monthly <= 0:
		return nil, fmt.Errorf("%w: instalment %s out of range", ErrSchedule, monthly)
	case o.MergeBelow < 0 || o.EveryMonths < 0 || o.EveryMonths > 12:
		return nil, fmt.Errorf("%w: options out of range", ErrSchedule)
	case first.IsZero():
		return nil, fmt.Errorf("%w: no first date", ErrSchedule)
	}
	n := ceil(total, monthly)
	if n > MaxRates {
		return nil, fmt.Errorf("%w: more than %d instalments", ErrSchedule, MaxRates)
	}
	amounts := make([]money.Cents, n)
	for i := range amounts {
		amounts[i] = monthly
	}
	odd := total - money.Cents(n-1)*monthly
	amounts[n-1] = odd
	if n > 1 && odd < o.MergeBelow {
		n--
		amounts = amounts[:n]
		amounts[n-1] += odd
	}
	if o.OddFirst {
		amounts[0], amounts[n-1] = amounts[n-1], amounts[0]
	}
	return dated(amounts, first, land, o), nil
}

// Equal splits total into n instalments that differ by at most a cent, the larger
// ones first, due as in [Schedule].
func Equal(total money.Cents, n int, first calendar.Date, land calendar.Land, o Options) ([]Rate, error) {
	switch {
	case total <= 0 || total > money.Max:
		return nil, fmt.Errorf("%w: total %s out of range", ErrSchedule, total)
	case n < 1 || n > MaxRates || money.Cents(n) > total:
		return nil, fmt.Errorf("%w: %d instalments of %s", ErrSchedule, n, total)
	case o.EveryMonths < 0 || o.EveryMonths > 12:
		return nil, fmt.Errorf("%w: options out of range", ErrSchedule)
	case first.IsZero():
		return nil, fmt.Errorf("%w: no first date", ErrSchedule)
	}
	return dated(total.Split(n), first, land, o), nil
}

func dated(amounts []money.Cents, first calendar.Date, land calendar.Land, o Options) []Rate {
	step := max(1, o.EveryMonths)
	rates := make([]Rate, len(amounts))
	for i, c := range amounts {
		// From first each time: going from month to month would lose the 31st.
		rates[i] = Rate{No: i + 1, Due: calendar.NextBusinessDay(first.AddMonths(i*step), land), Cents: c}
	}
	return rates
}

// ceil returns a/b rounded up, and more than MaxRates where that would not fit an
// int. Both are positive.
func ceil(a, b money.Cents) int {
	q := a / b
	if a%b > 0 {
		q++
	}
	return int(min(q, MaxRates+1))
}

// Sum adds up the instalments.
func Sum(rates []Rate) money.Cents {
	var s money.Cents
	for _, r := range rates {
		s += r.Cents
	}
	return s
}
