package paper

import (
	"errors"
	"fmt"
	"strings"

	"kontor/cases/money"
)

// maxRF is what a creditor reference holds beside "RF" and its two digits.
const maxRF = 21

// RF makes the structured creditor reference of a case (ISO 11649): "RF", two
// check digits, then the letters and digits of the case's reference. Banks carry
// it unchanged, and a mistyped one is found out. References with more than 21
// letters and digits, or none, are refused.
func RF(reference string) (string, error) {
	var b strings.Builder
	for _, r := range strings.ToUpper(reference) {
		switch {
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			b.WriteRune(r)
		case r > 127:
			return "", fmt.Errorf("creditor reference: %q cannot stand in one", r)
		}
	}
	body := b.String()
	if body == "" || len(body) > maxRF {
		return "", fmt.Errorf("creditor reference: want 1 to %d letters and digits, have %d", maxRF, len(body))
	}
	return fmt.Sprintf("RF%02d%s", 98-money.Mod97(body+"RF00"), body), nil
}

// ValidRF reports whether s is a creditor reference with right check digits;
// spaces between its groups are allowed.
func ValidRF(s string) bool {
	s = strings.ToUpper(strings.ReplaceAll(s, " ", ""))
	if len(s) < 5 || len(s) > 4+maxRF || !strings.HasPrefix(s, "RF") || !alnum(s) {
		return false
	}
	n := int(s[2]-'0')*10 + int(s[3]-'0')
	return s[2] <= '9' && s[3] <= '9' && n >= 2 && money.Mod97(s[4:]+s[:4]) == 1
}

// SpacedRF writes a creditor reference in groups of four, for people.
func SpacedRF(s string) string { return groups(s) }

func groups(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i += 4 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s[i:min(i+4, len(s))])
	}
	return b.String()
}

var errIBAN = errors.New("account number: not an IBAN")

// iban returns an IBAN without spaces, if its check digits are right.
func iban(s string) (string, error) {
	if v, ok := money.IBAN(s); ok {
		return v, nil
	}
	return "", errIBAN
}

func alnum(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}
