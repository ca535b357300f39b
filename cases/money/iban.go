package money

import "strings"

// IBAN returns an account number without spaces and in capitals; ok is false
// for what is none by form or check digits (ISO 13616).
func IBAN(s string) (iban string, ok bool) {
	s = strings.ToUpper(strings.Join(strings.Fields(s), ""))
	if len(s) < 15 || len(s) > 34 || !letter(s[0]) || !letter(s[1]) || !digit(s[2]) || !digit(s[3]) || Mod97(s[4:]+s[:4]) != 1 {
		return "", false
	}
	return s, true
}

// Mod97 is the remainder of ISO 7064, by which check digits of account numbers
// and creditor references are reckoned: capitals count as 10 to 35. It is -1
// where s holds anything else.
func Mod97(s string) int {
	n := 0
	for i := range len(s) {
		switch c := s[i]; {
		case digit(c):
			n = (n*10 + int(c-'0')) % 97
		case letter(c):
			n = (n*100 + int(c-'A') + 10) % 97
		default:
			return -1
		}
	}
	return n
}

func digit(c byte) bool  { return c >= '0' && c <= '9' }
func letter(c byte) bool { return c >= 'A' && c <= 'Z' }
