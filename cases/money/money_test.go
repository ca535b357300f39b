package money_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"kontor/cases/money"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]money.Cents{
		"1.234,56": 123456, "1234,56 €": 123456, "€1,234.56": 123456, "EUR 50": 5000, "80,-": 8000, "80,--": 8000, "25,– Euro": 2500,
		"0,5": 50, "-12,30": -1230, "1.000": 100000, "1,000": 100000, "1 234,50": 123450, "12": 1200, "1.234.567,89": 123456789, "412,90 €": 41290,
	} {
		if got, err := money.Parse(in); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"", "€", "abc", "1,2345", "1.23.4", "12.34.56", "1,,2", "--5", "1.2345,00", "5 €€€ x", "0x10", "1e5"} {
		if got, err := money.Parse(in); !errors.Is(err, money.ErrSyntax) {
			t.Errorf("%q: %d, %v; want ErrSyntax", in, got, err)
		}
	}
	if _, err := money.Parse("99999999999999"); !errors.Is(err, money.ErrOverflow) {
		t.Errorf("beyond the bound: %v", err)
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		c := money.Cents(rapid.Int64Range(-int64(money.Max), int64(money.Max)).Draw(rt, "cents"))
		for _, s := range []string{c.String(), c.Format("de"), c.Format("en"), c.Plain()} {
			if c < 0 && s == c.Format("en") {
				continue // -€1.00 is for people
			}
			if got, err := money.Parse(s); err != nil || got != c {
				rt.Fatalf("%d writes %q and reads %d, %v", c, s, got, err)
			}
		}
	})
}

func TestSplit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		c := money.Cents(rapid.Int64Range(-1_000_000, 1_000_000).Draw(rt, "cents"))
		n := rapid.IntRange(1, 120).Draw(rt, "parts")
		parts := c.Split(n)
		var sum money.Cents
		for i, p := range parts {
			sum += p
			if i > 0 && (parts[0]-p).Abs() > 1 {
				rt.Fatalf("%d in %d: parts %v differ by more than a cent", c, n, parts)
			}
		}
		if sum != c || len(parts) != n {
			rt.Fatalf("%d in %d: %d parts sum to %d", c, n, len(parts), sum)
		}
	})
	if money.Cents(1).Split(0) != nil {
		t.Error("split in none")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1.234,56 €", "80,-", "€150", "-0,01", "1 000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := money.Parse(s)
		if err != nil {
			if c != 0 {
				t.Errorf("%q: an error and %d", s, c)
			}
			return
		}
		if again, err := money.Parse(c.Plain()); err != nil || again != c {
			t.Errorf("%q: %d reads back as %d, %v", s, c, again, err)
		}
	})
}
