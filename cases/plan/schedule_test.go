package plan_test

import (
	"flag"
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plan"
)

var write = flag.Bool("golden.write", false, "write the schedules of the second calculator into testdata")

const golden = "testdata/schedules.txt"

// The second calculator: big numbers, the standard library's dates and holidays
// typed from the Länder's calendars of 2026 to 2028 (Monday to Friday alone).
var holidays = map[string]string{
	"": "2026-01-01 2026-04-03 2026-04-06 2026-05-01 2026-05-14 2026-05-25 2026-12-25 " +
		"2027-01-01 2027-03-26 2027-03-29 2027-05-06 2027-05-17 " +
		"2028-04-14 2028-04-17 2028-05-01 2028-05-25 2028-06-05 2028-10-03 2028-12-25 2028-12-26",
	"NW": "2026-06-04 2027-05-27 2027-11-01 2028-06-15 2028-11-01",
	"BY": "2026-01-06 2026-06-04 2027-01-06 2027-05-27 2027-11-01 2028-01-06 2028-06-15 2028-11-01",
	"BE": "2027-03-08 2028-03-08",
	"SN": "2026-11-18 2027-11-17 2028-11-22 2028-10-31",
	"TH": "2027-09-20 2028-09-20 2028-10-31",
}

func open(t time.Time, land string) bool {
	if w := t.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	s := t.Format(time.DateOnly)
	return !strings.Contains(holidays[""]+" "+holidays[land], s)
}

// dueOf is the nth month after first, the month's last day where it is shorter,
// moved to a day that is open.
func dueOf(first time.Time, n int, land string) (nominal, due time.Time) {
	month := time.Date(first.Year(), first.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	t := month
	for t.AddDate(0, 0, 1).Month() == month.Month() && t.Day() < first.Day() {
		t = t.AddDate(0, 0, 1)
	}
	nominal = t
	for !open(t, land) {
		t = t.AddDate(0, 0, 1)
	}
	return nominal, t
}

type schedule struct {
	name, input string
	args        map[string]string
	lines       []string // "no due amount"
}

func euro(n *big.Int) string {
	return fmt.Sprintf("%d.%02d", new(big.Int).Div(n, big.NewInt(100)), new(big.Int).Mod(n, big.NewInt(100)))
}

func cents(s string) *big.Int {
	n, ok := new(big.Int).SetString(strings.Replace(s, ".", "", 1), 10)
	if !ok {
		panic(s)
	}
	return n
}

// second reckons a schedule from its arguments.
func (s schedule) second() (lines, steps []string) {
	total, left := cents(s.args["total"]), cents(s.args["total"])
	var parts []*big.Int
	if n := s.args["equal"]; n != "" {
		k, ok := new(big.Int).SetString(n, 10)
		if !ok {
			panic(n)
		}
		for ; k.Sign() > 0; k.Sub(k, big.NewInt(1)) {
			// What is left through what remains, rounded up, each time.
			p := new(big.Int).Add(left, new(big.Int).Sub(k, big.NewInt(1)))
			p.Div(p, k)
			parts = append(parts, p)
			left.Sub(left, p)
		}
	} else {
		m := cents(s.args["monthly"])
		for left.Cmp(m) > 0 {
			parts = append(parts, m)
			left.Sub(left, m)
		}
		steps = append(steps, fmt.Sprintf("%s = %d x %s + %s", euro(total), len(parts), euro(m), euro(left)))
		if least := s.args["merge"]; least != "" && left.Cmp(cents(least)) < 0 && len(parts) > 0 {
			parts[len(parts)-1] = new(big.Int).Add(m, left)
		} else {
			parts = append(parts, left)
		}
	}
	if s.args["odd"] == "first" {
		parts[0], parts[len(parts)-1] = parts[len(parts)-1], parts[0]
	}
	first, err := time.Parse(time.DateOnly, s.args["first"])
	if err != nil {
		panic(err)
	}
	every := 1
	if e := s.args["every"]; e != "" {
		every = int(cents(e).Int64())
	}
	for i, p := range parts {
		nominal, due := dueOf(first, i*every, s.args["land"])
		if nominal != due {
			steps = append(steps, fmt.Sprintf("%s %s is no business day", nominal.Format("Mon"), nominal.Format(time.DateOnly)))
		}
		lines = append(lines, fmt.Sprintf("%d %s %s", i+1, due.Format(time.DateOnly), euro(p)))
	}
	return lines, steps
}

func readSchedules(t *testing.T) []schedule {
	t.Helper()
	b, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var out []schedule
	for _, line := range strings.Split(string(b), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "== "):
			out = append(out, schedule{name: line[3:], args: map[string]string{}})
		case strings.HasPrefix(line, "total "):
			s, f := &out[len(out)-1], strings.Fields(line)
			s.input = line
			for i := 0; i+1 < len(f); i += 2 {
				s.args[f[i]] = f[i+1]
			}
		default:
			s := &out[len(out)-1]
			s.lines = append(s.lines, line)
		}
	}
	return out
}

func (s schedule) compute(t *testing.T) []plan.Rate {
	t.Helper()
	amount := func(k string) money.Cents {
		if s.args[k] == "" {
			return 0
		}
		return money.Cents(cents(s.args[k]).Int64())
	}
	first, err := calendar.Parse(s.args["first"])
	if err != nil {
		t.Fatal(err)
	}
	land := calendar.Land(s.args["land"])
	o := plan.Options{EveryMonths: int(amount("every")), OddFirst: s.args["odd"] == "first", MergeBelow: amount("merge")}
	var rates []plan.Rate
	if s.args["equal"] != "" {
		rates, err = plan.Equal(amount("total"), int(amount("equal")), first, land, o)
	} else {
		rates, err = plan.Schedule(amount("total"), amount("monthly"), first, land, o)
	}
	if err != nil {
		t.Fatal(err)
	}
	return rates
}

func TestSchedules(t *testing.T) {
	t.Parallel()
	all := readSchedules(t)
	if len(all) < 25 {
		t.Errorf("only %d schedules", len(all))
	}
	var file strings.Builder
	file.WriteString("# Schedules by the second calculator in schedule_test.go; -golden.write fills them in anew.\n")
	for _, s := range all {
		lines, steps := s.second()
		fmt.Fprintf(&file, "\n== %s\n%s\n", s.name, s.input)
		for _, x := range steps {
			fmt.Fprintf(&file, "# %s\n", x)
		}
		fmt.Fprintln(&file, strings.Join(lines, "\n"))
		if *write {
			s.lines = lines
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			if strings.Join(lines, "\n") != strings.Join(s.lines, "\n") {
				t.Errorf("second calculator:\n%s\nfile:\n%s", strings.Join(lines, "\n"), strings.Join(s.lines, "\n"))
			}
			var got []string
			for _, r := range s.compute(t) {
				got = append(got, fmt.Sprintf("%d %s %s", r.No, r.Due, r.Cents.Plain()))
			}
			if strings.Join(got, "\n") != strings.Join(s.lines, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(s.lines, "\n"))
			}
		})
	}
	if *write {
		if err := os.WriteFile(golden, []byte(file.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestScheduleSums: a schedule sums to the cent, is due on business days in
// order, and no instalment but the odd one differs.
func TestScheduleSums(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := money.Cents(rapid.Int64Range(1, int64(money.Max)).Draw(t, "total"))
		monthly := max(1, total/money.Cents(rapid.IntRange(1, plan.MaxRates-1).Draw(t, "parts")))
		first := calendar.Of(2026, 1, 1) + calendar.Date(rapid.IntRange(0, 1500).Draw(t, "first"))
		land := rapid.SampledFrom(calendar.Laender()).Draw(t, "land")
		o := plan.Options{OddFirst: rapid.Bool().Draw(t, "odd"), EveryMonths: rapid.IntRange(0, 3).Draw(t, "every"), MergeBelow: monthly / 10}
		rates, err := plan.Schedule(total, monthly, first, land, o)
		if err != nil {
			if total/monthly < plan.MaxRates {
				t.Fatal(err)
			}
			return
		}
		if n := rapid.IntRange(1, plan.MaxRates).Draw(t, "n"); money.Cents(n) <= total {
			equal, err := plan.Equal(total, n, first, land, o)
			if err != nil || len(equal) != n || plan.Sum(equal) != total || equal[0].Cents-equal[n-1].Cents > 1 {
				t.Fatalf("equal: %v, %v", equal, err)
			}
		}
		if plan.Sum(rates) != total {
			t.Fatalf("sum %v, want %v", plan.Sum(rates), total)
		}
		odd := 0
		for i, r := range rates {
			if r.No != i+1 || r.Cents <= 0 || !calendar.IsBusinessDay(r.Due, land) || i > 0 && r.Due <= rates[i-1].Due {
				t.Fatalf("instalment %+v", r)
			}
			if r.Cents != monthly {
				odd++
			}
		}
		if odd > 1 {
			t.Fatalf("%d odd instalments", odd)
		}
	})
}

func TestScheduleRefuses(t *testing.T) {
	t.Parallel()
	day := calendar.Of(2026, 12, 1)
	for name, f := range map[string]func() ([]plan.Rate, error){
		"nothing":       func() ([]plan.Rate, error) { return plan.Schedule(0, 100, day, calendar.NW, plan.Options{}) },
		"no instalment": func() ([]plan.Rate, error) { return plan.Schedule(1000, 0, day, calendar.NW, plan.Options{}) },
		"no date":       func() ([]plan.Rate, error) { return plan.Schedule(1000, 100, 0, calendar.NW, plan.Options{}) },
		"too long":      func() ([]plan.Rate, error) { return plan.Schedule(money.Max, 1, day, calendar.NW, plan.Options{}) },
		"odd options": func() ([]plan.Rate, error) {
			return plan.Schedule(1000, 100, day, calendar.NW, plan.Options{EveryMonths: 13})
		},
		"more than cents": func() ([]plan.Rate, error) { return plan.Equal(5, 6, day, calendar.NW, plan.Options{}) },
		"no parts":        func() ([]plan.Rate, error) { return plan.Equal(5, 0, day, calendar.NW, plan.Options{}) },
	} {
		if r, err := f(); err == nil {
			t.Errorf("%s: %v", name, r)
		}
	}
}

// An instalment is broken from the day on which statements reach MissingFrom, and
// on no day before.
func TestMissingFromIsWhenItBreaks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		due := calendar.Of(2026, 1, 1) + calendar.Date(rapid.IntRange(0, 900).Draw(t, "due"))
		p := plan.Policy{GraceDays: rapid.IntRange(0, 20).Draw(t, "grace"), BankDays: rapid.IntRange(0, 6).Draw(t, "bank")}
		land := rapid.SampledFrom([]calendar.Land{"", "SH", "BY", "SN"}).Draw(t, "land")
		from := plan.MissingFrom(due, p, land)
		for c := due - 3; c < from+40; c++ { // the short cut is none
			if got := plan.Missing(due, c, p, land); got != (c >= from) {
				t.Fatalf("due %s, %+v in %q: covered to %s it is missing %v, want from %s", due, p, land, c, got, from)
			}
		}
		rates := []plan.Rate{{No: 1, Due: due, Cents: 5000}}
		for _, c := range []struct {
			covered calendar.Date
			want    plan.State
		}{{from - 1, plan.Unclear}, {from, plan.Broken}, {from + 9, plan.Broken}} {
			if got := plan.Progress(rates, nil, p, land, from+10, c.covered)[0].State; got != c.want {
				t.Fatalf("due %s, %+v: covered to %s it is %s, want %s", due, p, c.covered, got, c.want)
			}
		}
	})
}
