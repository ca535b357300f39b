// Package money holds amounts as integer cents of the euro. No float comes near
// an amount: parsing, formatting, splitting and rounding all happen here, and
// every rounding is named.
package money

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Cents is an amount in euro cents. Negative amounts are credits.
type Cents int64

// Currency is the only currency that Kontor keeps books in.
const Currency = "EUR"

// Errors of this package.
var (
	ErrOverflow = errors.New("amount out of range")
	ErrSyntax   = errors.New("not an amount")
)

// Max bounds every amount that enters the books: 1,000,000,000.00 €. It leaves
// room for sums over 90,000 such amounts in an int64.
const Max Cents = 100_000_000_000

// Add returns c+d, or ErrOverflow.
func (c Cents) Add(d Cents) (Cents, error) {
	s := c + d
	if (d > 0 && s < c) || (d < 0 && s > c) {
		return 0, ErrOverflow
	}
	return s, nil
}

// Split divides c into n parts that differ by at most one cent and sum to c;
// the larger parts come first. It returns nil if n < 1.
func (c Cents) Split(n int) []Cents {
	if n < 1 {
		return nil
	}
	parts := make([]Cents, n)
	q, r := c/Cents(n), c%Cents(n)
	for i := range parts {
		parts[i] = q
		switch {
		case r > 0 && Cents(i) < r:
			parts[i]++
		case r < 0 && Cents(i) < -r:
			parts[i]--
		}
	}
	return parts
}

// Abs returns the amount without its sign.
func (c Cents) Abs() Cents {
	if c < 0 {
		return -c
	}
	return c
}

// Format writes the amount for people: "1.234,56 €" for "de", "€1,234.56" else.
func (c Cents) Format(lang string) string {
	if lang == "de" {
		return c.group('.', ',') + " €"
	}
	s := c.group(',', '.')
	if c < 0 {
		return "-€" + s[1:]
	}
	return "€" + s
}

// String gives the German form without a currency sign: "1.234,56".
func (c Cents) String() string { return c.group('.', ',') }

func (c Cents) group(thousands, decimal byte) string {
	neg := c < 0
	u := uint64(c)
	if neg {
		u = -u
	}
	whole := strconv.FormatUint(u/100, 10)
	var b strings.Builder
	if neg {
		b.WriteByte('-')
	}
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(thousands)
		}
		b.WriteByte(whole[i])
	}
	b.WriteByte(decimal)
	b.WriteByte(byte('0' + u%100/10))
	b.WriteByte(byte('0' + u%10))
	return b.String()
}

// Plain writes the amount as a decimal number with a point: "1234.56", as
// machine formats (EPC QR code, camt) want it.
func (c Cents) Plain() string {
	sign := ""
	u := uint64(c)
	if c < 0 {
		sign, u = "-", -u
	}
	return fmt.Sprintf("%s%d.%02d", sign, u/100, u%100)
}

// Parse reads one amount strictly: "1.234,56", "1234,56", "1,234.56", "80,-",
// "80,--", "50", with or without a euro sign or "EUR", "Euro" before or after.
// A separator followed by three digits groups thousands; followed by one or two
// it is decimal. Anything else is ErrSyntax; beyond ±Max it is ErrOverflow.
func Parse(s string) (Cents, error) {
	t := strings.TrimSpace(s)
	for _, sign := range []string{"€", "EUR", "Eur", "eur", "Euro", "euro", "EURO"} {
		t = strings.TrimSpace(strings.TrimSuffix(t, sign))
		t = strings.TrimSpace(strings.TrimPrefix(t, sign))
	}
	neg := false
	if rest, ok := strings.CutPrefix(t, "-"); ok {
		neg, t = true, strings.TrimSpace(rest)
	}
	t = strings.NewReplacer("\u00a0", "", "\u202f", "", "'", "").Replace(t)
	for _, dash := range []string{",--", ",-", ".--", ".-", ",\u2013", ",\u2014"} {
		t = strings.TrimSuffix(t, dash)
	}
	if t == "" {
		return 0, fmt.Errorf("%w: %q", ErrSyntax, s)
	}
	whole, frac, err := splitDecimal(t)
	if err != nil {
		return 0, fmt.Errorf("%w: %q", err, s)
	}
	u, err := strconv.ParseUint(whole, 10, 63)
	if err != nil || u > math.MaxInt64/100-1 {
		return 0, fmt.Errorf("%w: %q", ErrOverflow, s)
	}
	c := Cents(u)*100 + Cents(frac)
	if c > Max {
		return 0, fmt.Errorf("%w: %q", ErrOverflow, s)
	}
	if neg {
		c = -c
	}
	return c, nil
}

// splitDecimal returns the whole digits and the cents of an unsigned number.
func splitDecimal(t string) (whole string, cents int, err error) {
	last := strings.LastIndexAny(t, ".,")
	intPart, fracPart := t, ""
	if last >= 0 {
		tail := t[last+1:]
		switch len(tail) {
		case 1, 2:
			intPart, fracPart = t[:last], tail
		case 3: // thousands
		default:
			return "", 0, ErrSyntax
		}
	}
	sep := byte(0)
	if fracPart != "" {
		sep = t[last]
	}
	digits, run, groups := make([]byte, 0, len(intPart)), 0, 0
	var thousands byte
	for i := range len(intPart) {
		ch := intPart[i]
		switch {
		case ch >= '0' && ch <= '9':
			digits = append(digits, ch)
			run++
		case ch == '.' || ch == ',' || ch == ' ':
			if ch == sep || (thousands != 0 && ch != thousands) || run == 0 || run > 3 || (groups > 0 && run != 3) {
				return "", 0, ErrSyntax
			}
			thousands, run = ch, 0
			groups++
		default:
			return "", 0, ErrSyntax
		}
	}
	if len(digits) == 0 || (groups > 0 && run != 3) {
		return "", 0, ErrSyntax
	}
	for len(fracPart) > 0 && len(fracPart) < 2 {
		fracPart += "0"
	}
	if fracPart != "" {
		n, err := strconv.ParseUint(fracPart, 10, 8)
		if err != nil {
			return "", 0, ErrSyntax
		}
		cents = int(n)
	}
	return string(digits), cents, nil
}
