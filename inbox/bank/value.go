package bank

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"

	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plain"
)

var errAmount = errors.New("no proper amount")

// parseAmount reads an unsigned decimal number; sep is its decimal sign. More
// than two decimals must be zero: fractions of a cent are not rounded away.
func parseAmount(s string, sep byte) (money.Cents, error) {
	whole, frac, _ := strings.Cut(s, string(sep))
	if whole == "" && frac == "" || len(whole) > 15 || len(frac) > 10 {
		return 0, fmt.Errorf("%w: %.30q", errAmount, s)
	}
	var c money.Cents
	for i := range len(whole) {
		if whole[i] < '0' || whole[i] > '9' {
			return 0, fmt.Errorf("%w: %.30q", errAmount, s)
		}
		c = c*10 + money.Cents(whole[i]-'0')
	}
	for i := range max(2, len(frac)) {
		d := byte('0')
		if i < len(frac) {
			d = frac[i]
		}
		switch {
		case d < '0' || d > '9':
			return 0, fmt.Errorf("%w: %.30q", errAmount, s)
		case i < 2:
			c = c*10 + money.Cents(d-'0')
		case d != '0':
			return 0, fmt.Errorf("%w: %.30q has fractions of a cent", errAmount, s)
		}
	}
	if c > money.Max {
		return 0, fmt.Errorf("%w: %.30q is out of range", errAmount, s)
	}
	return c, nil
}

// Statements older or newer than this are mistakes.
const (
	firstYear = 1980
	lastYear  = 2150
)

// parseDay reads the day of a date or of an instant, in the bank's own zone.
func parseDay(s string) (calendar.Date, error) {
	s = strings.TrimSpace(s)
	if len(s) > 10 && (s[10] == 'T' || s[10] == 'Z' || s[10] == '+' || s[10] == '-') {
		s = s[:10]
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < firstYear || t.Year() > lastYear {
		return 0, fmt.Errorf("no proper date: %.30q", s)
	}
	return calendar.Of(t.Date()), nil
}

// word cleans a short text to one line.
func word(s string) plain.Text {
	t, _ := plain.Line(s).Cut(maxWord)
	return t
}

// ref cleans a reference; what banks write for "none" becomes "".
func ref(s string) string {
	t := word(s).String()
	switch strings.ToUpper(t) {
	case "NOTPROVIDED", "NOT PROVIDED", "NONREF", "NOTAVAIL", "NULL", "N/A", "KEINE":
		return ""
	case "EREF", "EREF+", "KREF", "KREF+", "MREF+", "PREF": // it stands in :86:
		return ""
	}
	if strings.Trim(t, "0 -./") == "" {
		return ""
	}
	return t
}

// iban writes an IBAN without spaces; what is none becomes "".
func iban(s string) string {
	v, _ := money.IBAN(s)
	return v
}

var oldAccount = regexp.MustCompile(`^([0-9]{8})/0*([0-9]{1,10})$`)

// account names an account of ours the same way in every format: as IBAN, which
// German bank code and account number give too.
func account(s string) string {
	s = strings.ToUpper(strings.Join(strings.Fields(s), ""))
	if v := iban(s); v != "" {
		return v
	}
	if n := len(s); n > 3 && strings.Trim(s[n-3:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		s = s[:n-3] // a currency
		if v := iban(s); v != "" {
			return v
		}
	}
	if _, rest, ok := strings.Cut(s, "/"); ok {
		if v := iban(rest); v != "" { // BIC/IBAN
			return v
		}
	}
	if m := oldAccount.FindStringSubmatch(s); m != nil {
		bban := m[1] + strings.Repeat("0", 10-len(m[2])) + m[2]
		return fmt.Sprintf("DE%02d%s", 98-money.Mod97(bban+"DE00"), bban)
	}
	return word(s).String()
}

// decode turns bytes into text: UTF-8 where they are, else Windows-1252, of
// which Latin-1 is the part that statements use.
func decode(b []byte) string {
	if validUTF8(b) {
		return string(b)
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}
