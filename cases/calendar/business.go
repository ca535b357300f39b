package calendar

import "time"

// IsWeekend reports whether d is a Saturday or Sunday.
func (d Date) IsWeekend() bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

// IsBusinessDay reports whether d is no Saturday, Sunday or public holiday in l:
// a day on which a period may end (§ 193 BGB, § 222 Abs. 2 ZPO).
func IsBusinessDay(d Date, l Land) bool {
	if d.IsWeekend() {
		return false
	}
	_, holiday := Holiday(d, l)
	return !holiday
}

// NextBusinessDay returns d if it is a business day, else the next one: where a
// period ends that would end on d (§ 193 BGB).
func NextBusinessDay(d Date, l Land) Date {
	for !IsBusinessDay(d, l) {
		d++
	}
	return d
}

// PrevBusinessDay returns d if it is a business day, else the one before: a
// reminder lands before its deadline, not after it.
func PrevBusinessDay(d Date, l Land) Date {
	for !IsBusinessDay(d, l) {
		d--
	}
	return d
}

// AddBusinessDays returns the n-th business day after d, before it where n is
// negative; for 0 it is NextBusinessDay.
func AddBusinessDays(d Date, n int, l Land) Date {
	return add(d, n, func(d Date) bool { return IsBusinessDay(d, l) })
}

// IsBankDay reports whether TARGET is open on d: Monday to Friday without New
// Year, Good Friday, Easter Monday, 1 May, 25 and 26 December.
func IsBankDay(d Date) bool {
	if d.IsWeekend() {
		return false
	}
	y, m, day := d.Civil()
	switch {
	case m == time.January && day == 1, m == time.May && day == 1,
		m == time.December && (day == 25 || day == 26):
		return false
	}
	e := Easter(y)
	return d != e-2 && d != e+1
}

// AddBankDays returns the n-th TARGET day after d, before it where n is
// negative; for 0 it is d or the next TARGET day.
func AddBankDays(d Date, n int) Date { return add(d, n, IsBankDay) }

func add(d Date, n int, open func(Date) bool) Date {
	step := Date(1)
	if n < 0 {
		step, n = -1, -n
	}
	if n == 0 {
		for !open(d) {
			d++
		}
		return d
	}
	for n > 0 {
		if d += step; open(d) {
			n--
		}
	}
	return d
}
