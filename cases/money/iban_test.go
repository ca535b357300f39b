package money_test

import (
	"testing"

	"kontor/cases/money"
)

func TestIBAN(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"DE02120300000000202051": "DE02120300000000202051", " de02 1203 0000 0000 2020 51\n": "DE02120300000000202051", "NO9386011117947": "NO9386011117947",
		"DE02120300000000202052": "", "DE0212030000000020205": "", "": "", "DE": "", "0202120300000000202051": "", "DEXX120300000000202051": "",
		"DE02120300000000202051Ä": "", "DE02-1203-0000-0000-2020-51": "", "DE021203000000002020510000000000000000": "",
	} {
		if got, ok := money.IBAN(s); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %t; want %q", s, got, ok, want)
		}
	}
	if got := money.Mod97("RF18539007547034"[4:] + "RF18"); got != 1 {
		t.Errorf("remainder %d, want 1", got)
	}
}
