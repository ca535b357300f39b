package calendar_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"kontor/cases/calendar"
)

func d(s string) calendar.Date {
	x, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return x
}

func TestEaster(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"1997-03-30", "2000-04-23", "2008-03-23", "2011-04-24", "2016-03-27", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25"} {
		y, _, _ := d(s).Civil()
		if got := calendar.Easter(y); got != d(s) {
			t.Errorf("Easter %d = %s, want %s", y, got, s)
		}
	}
}

// TestHolidays2026 lists the holidays of each Land in 2026 beyond the nine of
// all: 01-01, 04-03, 04-06, 05-01, 05-14, 05-25, 10-03, 12-25, 12-26.
func TestHolidays2026(t *testing.T) {
	t.Parallel()
	const all = "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"
	for land, more := range map[calendar.Land]string{
		calendar.BW: "01-06 06-04 11-01", calendar.BY: "01-06 06-04 11-01", calendar.BE: "03-08",
		calendar.BB: "04-05 05-24 10-31", calendar.HB: "10-31", calendar.HH: "10-31", calendar.HE: "06-04",
		calendar.MV: "03-08 10-31", calendar.NI: "10-31", calendar.NW: "06-04 11-01", calendar.RP: "06-04 11-01",
		calendar.SL: "06-04 08-15 11-01", calendar.SN: "10-31 11-18", calendar.ST: "01-06 10-31", calendar.SH: "10-31",
		calendar.TH: "09-20 10-31", "": "",
		calendar.BYCatholic: "01-06 06-04 08-15 11-01", calendar.BYAugsburg: "01-06 06-04 08-08 08-15 11-01",
		calendar.SNCatholic: "06-04 10-31 11-18", calendar.THCatholic: "06-04 09-20 10-31",
	} {
		want := map[string]bool{}
		for _, s := range strings.Fields(all + " " + more) {
			want["2026-"+s] = true
		}
		for _, h := range calendar.Holidays(2026, land) {
			if !want[h.String()] {
				t.Errorf("%s: %s is no holiday", land, h)
			}
			delete(want, h.String())
		}
		if len(want) > 0 {
			t.Errorf("%s: missing %v", land, want)
		}
	}
	if n := len(calendar.Laender()); n != 16 {
		t.Errorf("%d Länder", n)
	}
}

func TestHolidayYears(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		day  string
		land calendar.Land
		want bool
	}{
		{"2018-03-08", calendar.BE, false},
		{"2019-03-08", calendar.BE, true},
		{"2022-03-08", calendar.MV, false},
		{"2023-03-08", calendar.MV, true},
		{"2018-09-20", calendar.TH, false},
		{"2019-09-20", calendar.TH, true},
		{"2016-10-31", calendar.NW, false},
		{"2017-10-31", calendar.NW, true},
		{"2018-10-31", calendar.NW, false},
		{"2017-10-31", "", true},
		{"2016-10-31", calendar.HH, false},
		{"2018-10-31", calendar.HH, true},
		{"2016-10-31", calendar.SN, true},
		{"2020-05-08", calendar.BE, true},
		{"2025-05-08", calendar.BE, true},
		{"2026-05-08", calendar.BE, false},
		{"2020-05-08", calendar.BB, false},
		{"2028-06-17", calendar.BE, true},
		{"2027-06-17", calendar.BE, false},
		{"1994-11-16", calendar.NW, true},
		{"1995-11-22", calendar.NW, false},
		{"1995-11-22", calendar.SN, true},
		{"2026-08-15", calendar.BY, false},
		{"2026-08-15", calendar.BYCatholic, true},
		{"2026-08-15", calendar.SL, true},
		{"2026-12-24", calendar.NW, false},
		{"2026-12-31", calendar.NW, false},
	} {
		if _, got := calendar.Holiday(d(c.day), c.land); got != c.want {
			t.Errorf("%s in %q: %v", c.day, c.land, got)
		}
	}
}

func TestBusinessDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		land calendar.Land
		want string
	}{
		{"2026-04-02", 1, calendar.NW, "2026-04-07"},  // over Good Friday to Easter Monday
		{"2026-06-03", 1, calendar.NW, "2026-06-05"},  // Corpus Christi
		{"2026-06-03", 1, calendar.BE, "2026-06-04"},  // none in Berlin
		{"2026-12-23", 2, calendar.BY, "2026-12-28"},  // 24th works, 25th and 26th do not
		{"2026-12-28", -2, calendar.BY, "2026-12-23"}, // and back
		{"2026-10-31", 0, calendar.BE, "2026-11-02"},  // a Saturday
		{"2026-11-24", 5, calendar.SN, "2026-12-01"},
	} {
		if got := calendar.AddBusinessDays(d(c.from), c.n, c.land); got != d(c.want) {
			t.Errorf("%s %+d in %s = %s, want %s", c.from, c.n, c.land, got, c.want)
		}
	}
	if got := calendar.PrevBusinessDay(d("2027-01-03"), calendar.NW); got != d("2026-12-31") {
		t.Errorf("before New Year: %s", got)
	}
}

func TestBankDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-04-02", 1, "2026-04-07"},
		{"2026-04-30", 1, "2026-05-04"},
		{"2026-12-24", 1, "2026-12-28"},
		{"2026-12-31", 1, "2027-01-04"},
		{"2026-10-02", 1, "2026-10-05"},
		{"2026-05-13", 1, "2026-05-14"}, // Ascension is a bank day
		{"2026-06-06", 0, "2026-06-08"},
		{"2026-01-02", -1, "2025-12-31"},
	} {
		if got := calendar.AddBankDays(d(c.from), c.n); got != d(c.want) {
			t.Errorf("%s %+d = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

// TestPeriods: where a source is named, the example was published there.
func TestPeriods(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		event string
		p     calendar.Period
		after string // § 188
		ends  string // and § 193
	}{
		{"2001-04-04", calendar.Months(1), "2001-05-04", "2001-05-04"}, // ra-kotz.de/monatsfrist.htm, 1
		{"2001-01-31", calendar.Months(1), "2001-02-28", "2001-02-28"}, // ra-kotz.de, 2
		{"2001-02-28", calendar.Months(1), "2001-03-28", "2001-03-28"}, // ra-kotz.de, 2; BGH NJW 84, 1358
		{"2001-04-05", calendar.Months(1), "2001-05-05", "2001-05-07"}, // ra-kotz.de, 3: a Saturday
		{"2026-09-01", calendar.Days(14), "2026-09-15", "2026-09-15"},  // dein-gesetz.de, § 187: from the 1st, 14 days end on the 15th
		{"2026-12-11", calendar.Weeks(2), "2026-12-25", "2026-12-28"},
		{"2024-02-29", calendar.Years(1), "2025-02-28", "2025-02-28"},
		{"2025-10-31", calendar.Months(6), "2026-04-30", "2026-04-30"},
		{"2025-10-03", calendar.Months(6), "2026-04-03", "2026-04-07"}, // Good Friday to Tuesday
	} {
		if got := c.p.After(d(c.event)); got != d(c.after) {
			t.Errorf("%v after %s = %s, want %s", c.p, c.event, got, c.after)
		}
		if got := c.p.Ends(d(c.event), calendar.NW); got != d(c.ends) {
			t.Errorf("%v after %s ends %s, want %s", c.p, c.event, got, c.ends)
		}
	}
	for _, c := range []struct {
		first string
		p     calendar.Period
		want  string
	}{
		{"2026-03-01", calendar.Months(1), "2026-03-31"},
		{"2026-01-31", calendar.Months(1), "2026-02-28"},
		{"2008-02-29", calendar.Years(18), "2026-02-28"}, // of age at the end of it
		{"2008-11-24", calendar.Years(18), "2026-11-23"},
		{"2026-11-02", calendar.Weeks(1), "2026-11-08"},
	} {
		if got := c.p.From(d(c.first)); got != d(c.want) {
			t.Errorf("%v from %s = %s, want %s", c.p, c.first, got, c.want)
		}
	}
}

func TestBusinessDayProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := calendar.Of(2000, 1, 1) + calendar.Date(rapid.IntRange(0, 20_000).Draw(t, "day"))
		land := rapid.SampledFrom(calendar.Laender()).Draw(t, "land")
		next := calendar.NextBusinessDay(day, land)
		if next < day || next > day+6 || !calendar.IsBusinessDay(next, land) {
			t.Fatalf("next after %s in %s: %s", day, land, next)
		}
		n := rapid.IntRange(1, 60).Draw(t, "n")
		if got := calendar.AddBusinessDays(calendar.AddBusinessDays(next, n, land), -n, land); got != next {
			t.Fatalf("%d days there and back from %s: %s", n, next, got)
		}
		if got, err := calendar.Parse(day.String()); err != nil || got != day {
			t.Fatalf("%s: %v, %v", day, got, err)
		}
	})
}

func TestWindow(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	w, err := calendar.ParseWindow("Mo-Sa 08:00-20:00")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at   string // UTC
		open bool
		next string // UTC
	}{
		{"2026-11-24T07:00:00Z", true, "2026-11-24T07:00:00Z"},  // Tuesday 08:00 in winter
		{"2026-11-24T06:59:59Z", false, "2026-11-24T07:00:00Z"}, //
		{"2026-11-24T18:59:59Z", true, "2026-11-24T18:59:59Z"},  //
		{"2026-11-24T19:00:00Z", false, "2026-11-25T07:00:00Z"}, // 20:00 is over
		{"2026-07-14T06:00:00Z", true, "2026-07-14T06:00:00Z"},  // 08:00 in summer
		{"2026-11-28T12:00:00Z", true, "2026-11-28T12:00:00Z"},  // Saturday
		{"2026-11-29T12:00:00Z", false, "2026-11-30T07:00:00Z"}, // Sunday
		{"2026-12-25T12:00:00Z", false, "2026-12-28T07:00:00Z"}, // Christmas, then Sunday
		{"2026-04-03T10:00:00Z", false, "2026-04-04T06:00:00Z"}, // Good Friday, open on the Saturday
		{"2026-10-24T18:00:00Z", false, "2026-10-26T07:00:00Z"}, // the clock goes back on Sunday
		{"2027-03-27T19:30:00Z", false, "2027-03-30T06:00:00Z"}, // and forward on Easter Sunday, Monday is a holiday
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Open(at, berlin, calendar.NW); got != c.open {
			t.Errorf("%s: open %v", c.at, got)
		}
		if got, ok := w.Next(at, berlin, calendar.NW); !ok || got.UTC().Format(time.RFC3339) != c.next {
			t.Errorf("%s: next %s, want %s", c.at, got.UTC(), c.next)
		}
	}
	if !calendar.Always().Open(time.Date(2026, 12, 25, 3, 0, 0, 0, berlin), berlin, calendar.NW) {
		t.Error("always is closed")
	}
	two, err := calendar.ParseWindow("Mo-Fr 08:00-20:00, Sa 09:00-14:00")
	if err != nil {
		t.Fatal(err)
	}
	if two.Open(time.Date(2026, 11, 28, 14, 0, 0, 0, berlin), berlin, calendar.NW) || !two.Open(time.Date(2026, 11, 28, 13, 59, 0, 0, berlin), berlin, calendar.NW) {
		t.Error("Saturday hours")
	}
	for _, bad := range []string{"", "Mo", "Mo-Sa", "Mo-Xx 08:00-20:00", "Mo 20:00-08:00", "Mo 8-20", "Mo 08:00", "Mo 08:00-25:00", "daily 08:00-20:00"} {
		if _, err := calendar.ParseWindow(bad); !errors.Is(err, calendar.ErrWindow) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func FuzzParseWindow(f *testing.F) {
	f.Add("Mo-Sa 08:00-20:00")
	f.Add("always")
	f.Add("Mo-Fr 08:00-20:00, Sa 09:00-14:00")
	f.Fuzz(func(t *testing.T, s string) {
		w, err := calendar.ParseWindow(s)
		if err != nil {
			return
		}
		at := time.Date(2026, 12, 24, 23, 0, 0, 0, time.UTC)
		next, ok := w.Next(at, time.UTC, calendar.NW)
		if !ok || next.Before(at) || !w.Open(next, time.UTC, calendar.NW) {
			t.Fatalf("%q: next %v, %v", s, next, ok)
		}
	})
}

func BenchmarkNextBusinessDay(b *testing.B) {
	day := calendar.Of(2026, 12, 25)
	for b.Loop() {
		calendar.NextBusinessDay(day, calendar.NW)
	}
}

func TestNearShowsTheYearWhereItMatters(t *testing.T) {
	today := calendar.Of(2026, 11, 25)
	for _, r := range []struct {
		day    calendar.Date
		de, en string
	}{
		{calendar.Of(2027, 2, 25), "Do 25.02.", "Thu 25 Feb"},
		{calendar.Of(2027, 12, 31), "Fr 31.12.2027", "Fri 31 Dec 2027"},
		{calendar.Of(2025, 12, 1), "Mo 01.12.2025", "Mon 1 Dec 2025"},
		{0, "–", "–"},
	} {
		if got := r.day.Near(today, "de"); got != r.de {
			t.Errorf("%q, want %q", got, r.de)
		}
		if got := r.day.Near(today, "en"); got != r.en {
			t.Errorf("%q, want %q", got, r.en)
		}
	}
}
