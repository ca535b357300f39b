package journal

import "testing"

func TestMoment(t *testing.T) {
	for _, tc := range []struct {
		id   string
		slot uint64
		ok   bool
	}{
		{"0193a5b4-c7d8-7abc-8def-000000000000", 0x0193a5b4c7, true},
		{"0193a5b4-c7ff-7000-8000-ffffffffffff", 0x0193a5b4c7, true},
		{"0193a5b4-c800-7000-8000-ffffffffffff", 0x0193a5b4c8, true},
		{"0193a5b4-c7d8-4abc-8def-000000000000", 0, false}, // drawn by chance alone
		{"0193a5bx-c7d8-7abc-8def-000000000000", 0, false},
		{"import/0193a5b4-c7d8-7abc-8def-00000", 0, false},
		{"", 0, false},
	} {
		if slot, ok := moment(tc.id); slot != tc.slot || ok != tc.ok {
			t.Errorf("%q: slot %x, %t, want %x, %t", tc.id, slot, ok, tc.slot, tc.ok)
		}
	}
}
