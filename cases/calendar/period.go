package calendar

// Unit is the measure of a period.
type Unit uint8

// The units.
const (
	Day Unit = iota
	Week
	Month
	Year
)

// Period is a length of time by the rules of §§ 187 to 193 BGB, which court
// deadlines share (§ 222 Abs. 1 ZPO).
type Period struct {
	N    int
	Unit Unit
}

// Days makes a period of n days.
func Days(n int) Period { return Period{n, Day} }

// Weeks makes a period of n weeks.
func Weeks(n int) Period { return Period{n, Week} }

// Months makes a period of n months.
func Months(n int) Period { return Period{n, Month} }

// Years makes a period of n years.
func Years(n int) Period { return Period{n, Year} }

// After returns the last day of a period that an event on d starts; the day of
// the event does not count (§ 187 Abs. 1, § 188 BGB). A month without the day
// ends it on its last day (§ 188 Abs. 3).
func (p Period) After(d Date) Date {
	switch p.Unit {
	case Week:
		return d + Date(7*p.N)
	case Month:
		return d.AddMonths(p.N)
	case Year:
		return d.AddMonths(12 * p.N)
	case Day:
	}
	return d + Date(p.N)
}

// From returns the last day of a period of which d itself is the first (§ 187
// Abs. 2, § 188 Abs. 2 BGB).
func (p Period) From(d Date) Date {
	if p.Unit == Day || p.Unit == Week {
		return p.After(d) - 1
	}
	end := p.After(d)
	if _, _, day := d.Civil(); day != dayOf(end) {
		return end // a month without that day: its last day ends the period
	}
	return end - 1
}

func dayOf(d Date) int {
	_, _, day := d.Civil()
	return day
}

// Ends returns the last day of the period started by an event on d, moved to the
// next business day in l where a declaration or payment is due within it (§ 193
// BGB, § 222 Abs. 2 ZPO). Limitation is such a period too (BGH 6 Dec 2007 III ZR
// 146/07).
func (p Period) Ends(d Date, l Land) Date { return NextBusinessDay(p.After(d), l) }
