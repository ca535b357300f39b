package deadline_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/cases/calendar"
	"kontor/cases/deadline"
)

func d(s string) calendar.Date {
	x, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return x
}

func ack(day string, k deadline.AckKind, s deadline.AckState) deadline.Ack {
	return deadline.Ack{Date: d(day), Kind: k, State: s}
}

func reserved(day string, s deadline.AckState) deadline.Ack {
	return deadline.Ack{Date: d(day), Kind: deadline.AckStatement, State: s, Reserved: true}
}

func pause(k deadline.PauseKind, from, to string) deadline.Pause {
	return deadline.Pause{Kind: k, From: d(from), To: d(to)}
}

const (
	yes = deadline.AckConfirmed
	no  = deadline.AckRejected
	may = deadline.AckProposed
)

type row struct {
	name    string
	facts   deadline.Facts
	at      string
	ends    string // counting what is confirmed
	without string // no acknowledgement at all; "" as ends
	with    string // counting what is proposed; "" as ends
}

func regular(due string, more ...any) deadline.Facts {
	f := deadline.Facts{Basis: deadline.Regular, Due: d(due), Land: calendar.NW}
	for _, m := range more {
		switch x := m.(type) {
		case deadline.Ack:
			f.Acks = append(f.Acks, x)
		case deadline.Pause:
			f.Pause = append(f.Pause, x)
		case calendar.Date:
			f.Known = x
		}
	}
	return f
}

func titled(final string, acks ...deadline.Ack) deadline.Facts {
	return deadline.Facts{Basis: deadline.Titled, Final: d(final), Acks: acks, Land: calendar.NW}
}

// The golden table. Steps stand at each row; the second calculator below walks
// the days one by one.
var rows = []row{
	// §§ 195, 199 Abs. 1: year-end of due and knowledge, then three years.
	{"published: claims of 2023 lapse with 2026 (every chamber's leaflet)", regular("2023-05-04"), "2026-11-24", "2026-12-31", "", ""},
	{"due on New Year's Eve", regular("2023-12-31"), "2026-11-24", "2026-12-31", "", ""},
	{"due on New Year's Day", regular("2024-01-01"), "2026-11-24", "2027-12-31", "", ""},
	// Knowledge in 2025: year-end 2025 + 3 = 2028, before the cap of 2033-05-04.
	{"known two years later", regular("2023-05-04", d("2025-02-01")), "2026-11-24", "2028-12-31", "", ""},
	// Knowledge in 2024 of a claim of 2012: 2027 by knowledge, but § 199 Abs. 4: ten years from 2012-06-15.
	{"ten years without knowledge end it", regular("2012-06-15", d("2021-01-15")), "2022-01-01", "2022-06-15", "", ""},
	// § 212 Abs. 1 Nr. 1: restart on the day after, not at year-end (haufe.de, Rz. 525).
	{"published: a payment starts it anew, to the day", regular("2023-05-04", ack("2024-03-15", deadline.AckPayment, yes)), "2026-11-24", "2027-03-15", "2026-12-31", ""},
	{"payment on the last day", regular("2023-05-04", ack("2026-12-31", deadline.AckPayment, yes)), "2026-12-31", "2029-12-31", "2026-12-31", ""},
	{"payment a day late stays paid and starts nothing, § 214 Abs. 2", regular("2022-05-04", ack("2026-01-01", deadline.AckPayment, yes)), "2026-11-24", "2025-12-31", "", ""},
	{"payment before the period began", regular("2023-05-04", ack("2023-09-01", deadline.AckPayment, yes)), "2026-11-24", "2026-12-31", "", ""},
	{"payment on the 29th of February", regular("2021-05-04", ack("2024-02-29", deadline.AckPayment, yes)), "2026-11-24", "2027-02-28", "2024-12-31", ""},
	{"two payments, the last counts", regular("2021-05-04", ack("2023-02-01", deadline.AckPayment, yes), ack("2025-08-20", deadline.AckPayment, yes)), "2026-11-24", "2028-08-20", "2024-12-31", ""},
	{"a payment keeps alive for the next", regular("2021-05-04", ack("2024-12-30", deadline.AckPayment, yes), ack("2027-12-30", deadline.AckPayment, yes)), "2028-01-01", "2030-12-30", "2024-12-31", ""},
	// Acknowledgements: proposed never moves the warning.
	{"wish for instalments, confirmed", regular("2023-05-04", ack("2026-10-01", deadline.AckStatement, yes)), "2026-11-24", "2029-10-01", "2026-12-31", ""},
	{"wish for instalments, only proposed", regular("2023-05-04", ack("2026-10-01", deadline.AckStatement, may)), "2026-11-24", "2026-12-31", "", "2029-10-01"},
	{"wish for instalments, rejected", regular("2023-05-04", ack("2026-10-01", deadline.AckStatement, no)), "2026-11-24", "2026-12-31", "", ""},
	{"proposed after a confirmed payment", regular("2021-05-04", ack("2023-02-01", deadline.AckPayment, yes), ack("2025-08-20", deadline.AckStatement, may)), "2026-11-24", "2026-02-01", "2024-12-31", "2028-08-20"},
	// Six with "unter Vorbehalt": never without a person.
	{"unter Vorbehalt: instalments wished", regular("2023-05-04", reserved("2026-10-01", may)), "2026-11-24", "2026-12-31", "", ""},
	{"unter Vorbehalt: deferral wished days before the end", regular("2023-05-04", reserved("2026-12-28", may)), "2026-12-29", "2026-12-31", "", ""},
	{"unter Vorbehalt: a person confirmed it all the same", regular("2023-05-04", reserved("2026-10-01", yes)), "2026-11-24", "2029-10-01", "2026-12-31", ""},
	{"unter Vorbehalt: rejected", regular("2023-05-04", reserved("2026-10-01", no)), "2026-11-24", "2026-12-31", "", ""},
	{"unter Vorbehalt after a confirmed payment", regular("2021-05-04", ack("2024-02-01", deadline.AckPayment, yes), reserved("2026-10-01", may)), "2026-11-24", "2027-02-01", "2024-12-31", ""},
	{"unter Vorbehalt and a plain wish later, both proposed", regular("2023-05-04", reserved("2026-10-01", may), ack("2026-11-01", deadline.AckStatement, may)), "2026-11-24", "2026-12-31", "", "2029-11-01"},
	// § 204 Abs. 1 Nr. 3, Abs. 2: from service (or filing, § 167 ZPO) to 6 months after the last step.
	// 2026-12-15 .. 2027-01-20 + 6 months = 2027-07-20: 218 days; 2026-12-31 + 218 = 2027-08-06.
	{"Mahnbescheid before the end", regular("2023-05-04", pause(deadline.PauseCourtOrder, "2026-12-15", "2027-01-20")), "2027-02-01", "2027-08-06", "", ""},
	// 2024-02-01 .. 2024-02-20 + 6 months = 2024-08-20: 202 days from 2026-12-31.
	{"Mahnbescheid early in the period", regular("2023-05-04", pause(deadline.PauseCourtOrder, "2024-02-01", "2024-02-20")), "2026-11-24", "2027-07-21", "", ""},
	{"Mahnbescheid a day too late", regular("2022-05-04", pause(deadline.PauseCourtOrder, "2026-01-01", "2026-02-01")), "2026-11-24", "2025-12-31", "", ""},
	{"Mahnbescheid before the period began costs nothing", regular("2023-05-04", pause(deadline.PauseCourtOrder, "2023-05-10", "2023-06-10")), "2026-11-24", "2026-12-31", "", ""},
	// Insolvency still going on: as if it ended today, 2026-11-24 + 6 months = 2027-05-24.
	// 2025-03-01 .. 2027-05-24 = 815 days; 2026-12-31 + 815 = 2029-03-25.
	{"insolvency filed and going on", regular("2023-05-04", pause(deadline.PauseInsolvency, "2025-03-01", "")), "2026-11-24", "2029-03-25", "", ""},
	// § 203: 2026-11-01 .. 2026-12-20 = 50 days: 2027-02-19; but not before 2027-03-20.
	{"negotiation near the end: three months at least", regular("2023-05-04", pause(deadline.PauseNegotiation, "2026-11-01", "2026-12-20")), "2026-12-24", "2027-03-20", "", ""},
	// 2024-03-01 .. 2024-09-30 = 214 days from 2026-12-31: 2027-08-02.
	{"negotiation long ago", regular("2023-05-04", pause(deadline.PauseNegotiation, "2024-03-01", "2024-09-30")), "2026-11-24", "2027-08-02", "", ""},
	// § 205: 2025-01-01 .. 2025-03-31 = 90 days.
	{"deferral agreed", regular("2023-05-04", pause(deadline.PauseDeferral, "2025-01-01", "2025-03-31")), "2026-11-24", "2027-03-31", "", ""},
	// Overlap counts once: 2025-01-01 .. 2025-04-30 = 120 days.
	{"two suspensions overlap", regular("2023-05-04", pause(deadline.PauseDeferral, "2025-01-01", "2025-03-31"), pause(deadline.PauseDeferral, "2025-03-01", "2025-04-30")), "2026-11-24", "2027-04-30", "", ""},
	// Restart on 2025-02-01 within a suspension to 2025-03-31: 2028-02-01 + the 58 days left.
	{"payment during a suspension", regular("2023-05-04", pause(deadline.PauseDeferral, "2025-01-01", "2025-03-31"), ack("2025-02-01", deadline.AckPayment, yes)), "2026-11-24", "2028-03-30", "2027-03-31", ""},
	// § 497 Abs. 3 S. 3: suspended from default, ten years from the claim at most: 2024-01-01 .. 2033-11-15.
	// 3607 days from 2026-12-31.
	{"consumer credit, never titled: ten years", regular("2023-11-15", pause(deadline.PauseCredit, "2023-12-01", "")), "2040-01-01", "2036-11-15", "", ""},
	// Titles.
	{"title: thirty years from finality", titled("2001-04-20"), "2026-11-24", "2031-04-20", "", ""},
	{"title: an act of enforcement starts it anew", titled("2001-04-20", ack("2019-09-03", deadline.AckEnforcement, yes)), "2026-11-24", "2049-09-03", "2049-09-03", ""},
	{"title: payment starts it anew", titled("2001-04-20", ack("2019-09-03", deadline.AckPayment, yes)), "2026-11-24", "2049-09-03", "2031-04-20", ""},
	// § 197 Abs. 2: interest that fell due in 2023, after the title.
	{"interest after the title: three years", deadline.Facts{Basis: deadline.Recurring, Due: d("2023-12-31"), Land: calendar.NW}, "2026-11-24", "2026-12-31", "", ""},
	{"interest after the title, enforced", deadline.Facts{Basis: deadline.Recurring, Due: d("2023-06-30"), Land: calendar.NW, Acks: []deadline.Ack{ack("2025-05-05", deadline.AckEnforcement, yes)}}, "2026-11-24", "2028-05-05", "2028-05-05", ""},
}

func TestLimitation(t *testing.T) {
	t.Parallel()
	reserve := 0
	for _, c := range rows {
		if strings.Contains(c.name, "unter Vorbehalt") {
			reserve++
		}
	}
	if len(rows) < 30 || reserve < 6 {
		t.Errorf("only %d rows, %d of them under reserve", len(rows), reserve)
	}
	for _, c := range rows {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, err := deadline.Limitation(c.facts, d(c.at))
			if err != nil {
				t.Fatal(err)
			}
			without, with := c.without, c.with
			if without == "" {
				without = c.ends
			}
			if with == "" {
				with = c.ends
			}
			if r.Ends != d(c.ends) || r.EndsWithoutAck != d(without) || r.EndsWithAck != d(with) {
				t.Errorf("ends %s, without %s, with %s; want %s, %s, %s\n%+v", r.Ends, r.EndsWithoutAck, r.EndsWithAck, c.ends, without, with, r.Steps)
			}
			if r.Earliest != min(r.Ends, r.EndsWithAck) || r.Act != calendar.NextBusinessDay(r.Earliest, calendar.NW) {
				t.Errorf("earliest %s, act %s", r.Earliest, r.Act)
			}
			if r.Lapsed(r.Earliest) || !r.Lapsed(r.Earliest+1) {
				t.Error("lapses on another day")
			}
			if got := walk(c.facts, d(c.at)); got != c.ends {
				t.Errorf("second calculator: %s, want %s", got, c.ends)
			}
		})
	}
}

// walk is the second calculator: it lets the days go by one by one with the
// standard library's dates, counting down what is left of the period.
func walk(f deadline.Facts, at calendar.Date) string {
	parse := func(x calendar.Date) time.Time {
		t, err := time.Parse(time.DateOnly, x.String())
		if err != nil {
			panic(err)
		}
		return t
	}
	// later is the same day some months on, or the last of the month.
	later := func(t time.Time, months int) time.Time {
		m := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
		for k := m; k.Month() == m.Month() && k.Day() <= t.Day(); k = k.AddDate(0, 0, 1) {
			m = k
		}
		return m
	}
	length := func(t time.Time, months int) int { return int(later(t, months).Sub(t).Hours() / 24) }
	months := 36
	var begin time.Time
	if f.Basis == deadline.Titled {
		months, begin = 360, parse(f.Final)
	} else {
		due, known := parse(f.Due), parse(f.Due)
		if f.Known != 0 {
			known = parse(f.Known)
		}
		begin = time.Date(max(due.Year(), known.Year()), 12, 31, 0, 0, 0, 0, time.UTC)
	}
	type stop struct{ from, to, notBefore time.Time }
	var stops []stop
	for _, p := range f.Pause {
		s := stop{from: parse(p.From), to: parse(max(p.From, at))}
		if p.To != 0 {
			s.to = parse(p.To)
		}
		switch p.Kind {
		case deadline.PauseNegotiation:
			s.notBefore = later(s.to, 3)
		case deadline.PauseCourtOrder, deadline.PauseLawsuit, deadline.PauseInsolvency:
			s.to = later(s.to, 6)
		case deadline.PauseCredit:
			if limit := later(parse(f.Due), 120); s.to.After(limit) {
				s.to = limit
			}
		case deadline.PauseDeferral:
		}
		stops = append(stops, s)
	}
	left, longest := length(begin, months), 1<<30
	day := begin
	if f.Basis != deadline.Titled {
		day = parse(f.Due)
		longest = length(day, 120)
	}
	restarted := false
	notBefore := time.Time{}
	for {
		day = day.AddDate(0, 0, 1)
		stopped := false
		for _, s := range stops {
			if !day.Before(s.from) && !day.After(s.to) {
				stopped = true
				if s.notBefore.After(notBefore) && day.After(begin) {
					notBefore = s.notBefore
				}
			}
		}
		if !stopped && !restarted {
			longest--
		}
		if day.After(begin) {
			if !stopped {
				left--
			}
			for _, a := range f.Acks {
				if a.State == deadline.AckConfirmed && parse(a.Date).Equal(day) {
					left, restarted, longest = length(day, months), true, 1<<30
					notBefore = time.Time{}
				}
			}
		}
		over := left <= 0 && !day.Before(notBefore)
		if over || longest <= 0 {
			return day.Format(time.DateOnly)
		}
	}
}

// TestLimitationProperties: a suspension or restart never shortens the period,
// and both calculators agree on whatever happens.
func TestLimitationProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := deadline.Facts{Basis: deadline.Regular, Due: calendar.Of(2015, 1, 1) + calendar.Date(rapid.IntRange(0, 1000).Draw(t, "due"))}
		if rapid.Bool().Draw(t, "later") {
			f.Known = f.Due + calendar.Date(rapid.IntRange(0, 3000).Draw(t, "known"))
		}
		for range rapid.IntRange(0, 4).Draw(t, "pauses") {
			from := f.Due + calendar.Date(rapid.IntRange(0, 2500).Draw(t, "from"))
			f.Pause = append(f.Pause, deadline.Pause{
				Kind: rapid.SampledFrom([]deadline.PauseKind{deadline.PauseCourtOrder, deadline.PauseDeferral, deadline.PauseLawsuit}).Draw(t, "kind"),
				From: from, To: from + calendar.Date(rapid.IntRange(0, 300).Draw(t, "long")),
			})
		}
		bare, err := deadline.Limitation(f, calendar.Of(2026, 1, 1))
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 3).Draw(t, "acks") {
			f.Acks = append(f.Acks, deadline.Ack{
				Date: f.Due + calendar.Date(rapid.IntRange(0, 4000).Draw(t, "ack")), Kind: deadline.AckPayment,
				State: rapid.SampledFrom([]deadline.AckState{yes, may, no}).Draw(t, "state"),
			})
		}
		r, err := deadline.Limitation(f, calendar.Of(2026, 1, 1))
		if err != nil {
			t.Fatal(err)
		}
		if got := walk(f, calendar.Of(2026, 1, 1)); got != r.Ends.String() {
			t.Fatalf("ends %s, second calculator %s", r.Ends, got)
		}
		// Three years from a 29 February are a day short of three from 28 February.
		if r.EndsWithoutAck != bare.Ends || r.Ends < bare.Ends-1 || r.EndsWithAck < r.Ends-1 || r.Earliest != min(r.Ends, r.EndsWithAck) {
			t.Fatalf("%+v, without anything %+v", r, bare)
		}
		slices.Reverse(f.Acks)
		slices.Reverse(f.Pause)
		if back, err := deadline.Limitation(f, calendar.Of(2026, 1, 1)); err != nil || back.Ends != r.Ends {
			t.Fatalf("order matters: %s and %s", r.Ends, back.Ends)
		}
	})
}

func TestLimitationRefuses(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]deadline.Facts{
		"no due date":     {Basis: deadline.Regular},
		"no finality":     {Basis: deadline.Titled},
		"unknown basis":   {Basis: "tort", Due: 5},
		"backward pause":  regular("2023-05-04", pause(deadline.PauseDeferral, "2024-02-01", "2024-01-01")),
		"unknown pause":   regular("2023-05-04", pause("holiday", "2024-02-01", "2024-03-01")),
		"undated restart": regular("2023-05-04", deadline.Ack{Kind: deadline.AckPayment, State: yes}),
	} {
		if r, err := deadline.Limitation(f, 740000); !errors.Is(err, deadline.ErrFacts) {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

func TestDeadlines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind    deadline.Kind
		event   string
		land    calendar.Land
		nominal string
		ends    string
	}{
		{deadline.Objection, "2026-11-10", calendar.NW, "2026-11-24", "2026-11-24"},
		{deadline.Objection, "2026-12-11", calendar.NW, "2026-12-25", "2026-12-28"},   // Christmas, a weekend
		{deadline.Objection, "2026-10-18", calendar.NW, "2026-11-01", "2026-11-02"},   // a Sunday and All Saints
		{deadline.Objection, "2026-11-04", calendar.SN, "2026-11-18", "2026-11-19"},   // Repentance Day in Saxony
		{deadline.Objection, "2026-11-04", calendar.NW, "2026-11-18", "2026-11-18"},   // and not elsewhere
		{deadline.OrderExpiry, "2026-08-31", calendar.NW, "2027-02-28", "2027-03-01"}, // § 188 Abs. 3, then a Sunday
		{deadline.OrderExpiry, "2026-05-24", calendar.NW, "2026-11-24", "2026-11-24"},
		{deadline.Opposition, "2026-12-17", calendar.BY, "2026-12-31", "2026-12-31"},
		{deadline.Opposition, "2026-12-23", calendar.BY, "2027-01-06", "2027-01-07"}, // Epiphany
		{deadline.Opposition, "2026-12-23", calendar.HE, "2027-01-06", "2027-01-06"},
		{deadline.StatementClaim, "2027-03-12", calendar.NW, "2027-03-26", "2027-03-30"}, // Good Friday to Easter Monday
		{deadline.SuspensionEnd, "2024-06-08", calendar.NW, "2024-12-08", "2024-12-08"},  // frag-einen-anwalt.de f438661: ends with 8 December, a Sunday
		{deadline.SueAfterRefusal, "2026-01-31", calendar.NW, "2026-02-28", "2026-03-02"},
		{deadline.DataRequest, "2026-11-24", calendar.NW, "2026-12-24", "2026-12-24"},
		{deadline.DataRequest, "2026-11-25", calendar.NW, "2026-12-25", "2026-12-28"},
		{deadline.DataRequest, "2026-12-31", calendar.NW, "2027-01-31", "2027-02-01"},
		{deadline.DataRequestLong, "2026-11-30", calendar.NW, "2027-02-28", "2027-03-01"},
		{deadline.Disclaimer, "2026-11-02", calendar.NW, "2026-12-14", "2026-12-14"},
	} {
		got, err := deadline.Of(c.kind, d(c.event), c.land)
		if err != nil || got.Nominal != d(c.nominal) || got.Ends != d(c.ends) || got.Rule == "" {
			t.Errorf("%s after %s in %s: %s, %s, %v; want %s, %s", c.kind, c.event, c.land, got.Nominal, got.Ends, err, c.nominal, c.ends)
		}
	}
	if _, err := deadline.Of("soon", 740000, calendar.NW); err == nil {
		t.Error("an unknown kind has a deadline")
	}
	opens, closes, err := deadline.OrderWindow(d("2026-11-10"), calendar.NW)
	if err != nil || opens != d("2026-11-25") || closes != d("2027-05-10") {
		t.Errorf("window %s to %s, %v", opens, closes, err)
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	title := deadline.Title{ID: "t1", Final: d("2022-03-01"), Acks: []deadline.Ack{ack("2024-05-06", deadline.AckEnforcement, yes)}}
	claims, interest, err := title.Limitation(2023, d("2026-11-24"), calendar.NW)
	if err != nil || claims.Ends != d("2054-05-06") || interest.Ends != d("2027-05-06") {
		t.Errorf("claims %s, interest of 2023 %s, %v", claims.Ends, interest.Ends, err)
	}
	if _, _, err := (deadline.Title{ID: "t2"}).Limitation(2023, d("2026-11-24"), calendar.NW); !errors.Is(err, deadline.ErrFacts) {
		t.Errorf("not final: %v", err)
	}
}

// From which day the 30 years run, by the kind of title (§ 201 BGB), and the
// three years of a titled claim's interest, which never outlive it (§ 217 BGB).
func TestTitleRegister(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, date, final string
		year              int
		claims, interest  string // "": not final
	}{
		// Finality counts, not the day of the order; interest of 2023 to the end of 2026.
		{deadline.TitleOrder, "2022-02-10", "2022-03-01", 2023, "2052-03-01", "2026-12-31"},
		{deadline.TitleJudgment, "2019-06-03", "2019-07-10", 2019, "2049-07-10", "2022-12-31"},
		{deadline.TitleCosts, "2024-02-28", "2024-02-29", 2024, "2054-02-28", "2027-12-31"}, // § 188 Abs. 3: no 29th in 2054
		{deadline.TitleOrder, "2026-11-02", "", 2026, "", ""},
		// A deed, a settlement and the table run from their own day.
		{deadline.TitleDeed, "2021-06-01", "", 2022, "2051-06-01", "2025-12-31"},
		{deadline.TitleSettlement, "2021-06-01", "", 2021, "2051-06-01", "2024-12-31"},
		{deadline.TitleTable, "2020-04-20", "", 2023, "2050-04-20", "2026-12-31"},
		// The last year's interest lapses with the claim, not three years later.
		{deadline.TitleJudgment, "1999-05-02", "1999-06-15", 2028, "2029-06-15", "2029-06-15"},
	} {
		title := deadline.Title{ID: "t", Kind: c.kind, Date: d(c.date), Final: d(c.final)}
		claims, interest, err := title.Limitation(c.year, d("2026-11-24"), calendar.NW)
		if c.claims == "" {
			if !errors.Is(err, deadline.ErrFacts) {
				t.Errorf("%s of %s runs before it is final: %v", c.kind, c.date, err)
			}
			continue
		}
		if err != nil || claims.Ends != d(c.claims) || interest.Ends != d(c.interest) {
			t.Errorf("%s of %s: claims %s, interest of %d %s, %v; want %s, %s", c.kind, c.date, claims.Ends, c.year, interest.Ends, err, c.claims, c.interest)
		}
	}
}

func TestLetterDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		leaves, ends string
		want         []string
	}{
		{"2026-11-24", "2026-12-01", nil},
		{"2026-11-24", "2026-11-30", []string{deadline.LetterTooShort}},
		{"2026-11-24", "2026-12-05", []string{deadline.LetterNoWork}}, // a Saturday
		{"2026-12-18", "2026-12-25", []string{deadline.LetterNoWork}},
		{"2026-11-24", "2026-11-29", []string{deadline.LetterTooShort, deadline.LetterNoWork}},
		{"2026-11-24", "2026-11-24", []string{deadline.LetterPast}},
	} {
		if got := deadline.CheckLetter(d(c.leaves), d(c.ends), calendar.NW); !slices.Equal(got, c.want) {
			t.Errorf("%s to %s: %v, want %v", c.leaves, c.ends, got, c.want)
		}
	}
	for _, c := range []struct {
		leaves string
		days   int
		want   string
	}{{"2026-11-24", 14, "2026-12-08"}, {"2026-11-24", 3, "2026-12-01"}, {"2026-12-11", 14, "2026-12-28"}} {
		if got := deadline.LetterDate(d(c.leaves), c.days, calendar.NW); got != d(c.want) || deadline.CheckLetter(d(c.leaves), got, calendar.NW) != nil {
			t.Errorf("%s and %d days: %s, want %s", c.leaves, c.days, got, c.want)
		}
	}
}
