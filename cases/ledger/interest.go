package ledger

import (
	"fmt"
	"math/bits"
	"time"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// DayCount is how days become a part of a year. No statute fixes it, so it is a
// setting and stands in every statement.
type DayCount string

// The day counts.
const (
	Act365 DayCount = "act/365" // days by the calendar over 365
	ActAct DayCount = "act/act" // over 366 in leap years
	D30360 DayCount = "30/360"  // months of 30 days over 360: a month's last day is its 30th
)

// DayCountFrom is a day count with the first day on which it is used.
type DayCountFrom struct {
	From     calendar.Date `json:"from,omitzero"`
	DayCount DayCount      `json:"day_count"`
}

// Rules are the dated conventions that a reckoning follows. Rates is needed
// where a claim's rate hangs on the base rate. Without DayCounts act/365 holds;
// else they are in order of their days, and days before the first are act/365.
type Rules struct {
	Rates     *Rates
	DayCounts []DayCountFrom
}

// Check reports what makes rules unusable.
func (r Rules) Check() error {
	for i, d := range r.DayCounts {
		switch d.DayCount {
		case Act365, ActAct, D30360:
		default:
			return fmt.Errorf("day count %q: want act/365, act/act or 30/360", d.DayCount)
		}
		if i > 0 && d.From <= r.DayCounts[i-1].From {
			return fmt.Errorf("day count %q: its first day %s is not after the one before", d.DayCount, d.From)
		}
	}
	return nil
}

// farFuture bounds open-ended stretches: 31 December 9999.
const farFuture calendar.Date = 3652059

// piece is what holds for the interest of a claim from a day until another.
type piece struct {
	base, bp int // base rate (0 where none) and rate of the claim
	count    DayCount
	year     int32 // divisor
	until    calendar.Date
}

// pieceAt returns what holds for c on day d.
func (r *Rules) pieceAt(c *Claim, d calendar.Date) (piece, error) {
	p := piece{count: Act365, year: 365, until: farFuture}
	switch c.Rate.Kind {
	case RateNone, "":
		return p, nil
	case RateFixed:
		p.bp = c.Rate.BasisPoints
	case RateConsumer, RateBusiness, RateMortgage, RateOverBase:
		if r.Rates == nil {
			return piece{}, fmt.Errorf("claim %s: no table of base rates given", c.ID)
		}
		base, until, err := r.Rates.At(d)
		if err != nil {
			return piece{}, fmt.Errorf("claim %s: %w", c.ID, err)
		}
		p.base, p.until = base, until
		// A rate below zero would make the creditor pay for the delay.
		p.bp = max(0, base+c.Rate.margin())
	default:
		return piece{}, fmt.Errorf("claim %s: unknown rate %q", c.ID, c.Rate.Kind)
	}
	for i, s := range r.DayCounts {
		if s.From > d {
			p.until = min(p.until, s.From-1)
			break
		}
		p.count = r.DayCounts[i].DayCount
	}
	switch p.count {
	case D30360:
		p.year = 360
	case ActAct:
		y, _, _ := d.Civil()
		last := calendar.Of(y, time.December, 31)
		p.year = int32(last - calendar.Of(y-1, time.December, 31))
		p.until = min(p.until, last)
	case Act365:
	}
	return p, nil
}

// margin is the distance to the base rate in basis points.
func (r RateRule) margin() int {
	switch r.Kind {
	case RateConsumer:
		return 500
	case RateBusiness:
		return 900
	case RateMortgage:
		return 250
	case RateOverBase:
		return r.BasisPoints
	case RateNone, RateFixed:
	}
	return 0
}

// days counts the days of a line, first and last included.
func days(count DayCount, from, to calendar.Date) int {
	if count != D30360 {
		return int(to-from) + 1
	}
	return pos360(to) - pos360(from-1)
}

// pos360 numbers the days of a calendar of twelve months of 30 days. As a
// difference of positions the days of adjoining lines add up, and each month has
// 30 whatever its length.
func pos360(d calendar.Date) int {
	y, m, day := d.Civil()
	if d == d.EndOfMonth() {
		day = 30
	}
	return y*360 + int(m)*30 + min(day, 30)
}

// interest returns base × bp/10,000 × n/year, rounded half up to the cent. It is
// the only place of the account where anything is rounded. All values are at
// least 0; base up to money.Max × 1,000 and n up to 1,000,000 cannot overflow.
func interest(base money.Cents, bp, n int, year int32) money.Cents {
	if base <= 0 || bp <= 0 || n <= 0 {
		return 0
	}
	den := 20_000 * uint64(year)
	hi, lo := bits.Mul64(uint64(base)*2, uint64(bp)*uint64(n))
	lo, carry := bits.Add64(lo, den/2, 0)
	q, _ := bits.Div64(hi+carry, lo, den)
	return money.Cents(q)
}

// line is a stretch of interest that is rounded as one.
type line struct {
	base     money.Cents
	piece    piece
	from, to calendar.Date // to < from: nothing yet
	cents    money.Cents   // its amount up to to
}

func (l *line) days() int {
	if l.to < l.from {
		return 0
	}
	return days(l.piece.count, l.from, l.to)
}

// through lets the line reach to a day.
func (l *line) through(to calendar.Date) {
	l.to = to
	l.cents = interest(l.base, l.piece.bp, l.days(), l.piece.year)
}

func (l *line) fits(base money.Cents, p *piece) bool {
	return l.base == base && l.piece.bp == p.bp && l.piece.base == p.base && l.piece.count == p.count && l.piece.year == p.year
}
