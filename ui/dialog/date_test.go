package dialog_test

import (
	"testing"

	"kontor/cases/calendar"
	"kontor/ui/dialog"
)

func TestDate(t *testing.T) {
	t.Parallel()
	today := calendar.Of(2026, 11, 23) // a Monday
	for in, want := range map[string]string{
		"+14": "2026-12-07", "14": "2026-12-07", "fr": "2026-11-27", "Freitag": "2026-11-27", "mo": "2026-11-30", "31.12.": "2026-12-31", "31.12": "2026-12-31",
		"5.1.": "2027-01-05", "5.1.28": "2028-01-05", "24.12.2027": "2027-12-24", "2027-02-01": "2027-02-01", "morgen": "2026-11-24", "heute": "2026-11-23",
		"2w": "2026-12-07", "+3m": "2027-02-23", "tomorrow": "2026-11-24", "23.11.": "2026-11-23",
		"": "", "bald": "", "31.2.": "", "0.1.": "", "1.13.": "", "-3": "", "+99999": "", "29.2.": "", "1.2.3.4": "",
	} {
		d, ok := dialog.Date(in, today)
		if ok != (want != "") || d.String() != want {
			t.Errorf("%q: %s, %t; want %q", in, d, ok, want)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"+14", "fr", "31.12.", "2w", "29.2."} {
		f.Add(s)
	}
	today := calendar.Of(2026, 11, 23)
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := dialog.Date(s, today)
		if !ok && d != 0 {
			t.Errorf("%q: %s though it is not understood", s, d)
		}
	})
}

func TestPastDate(t *testing.T) {
	t.Parallel()
	today := calendar.Of(2026, 11, 24) // a Tuesday
	for in, want := range map[string]string{
		"heute": "2026-11-24", "gestern": "2026-11-23", "yesterday": "2026-11-23", "-14": "2026-11-10", "14": "2026-11-10", "2w": "2026-11-10", "fr": "2026-11-20", "di": "2026-11-17",
		"12.3.": "2026-03-12", "24.11.": "2026-11-24", "25.11.": "2025-11-25", "31.12.": "2025-12-31", "12.3.2019": "2019-03-12", "2019-03-12": "2019-03-12", "12.3.27": "2027-03-12",
		"": "", "xx": "", "31.2.": "", "-": "",
	} {
		d, ok := dialog.PastDate(in, today)
		got := ""
		if ok {
			got = d.String()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
