package calendar

import "time"

// holiday is one rule: a fixed day of the year or a distance from Easter Sunday,
// in certain Länder, from one year through another. Source: the Länder's holiday
// acts and Art. 2 Abs. 2 Einigungsvertrag (3 October).
type holiday struct {
	name     string
	month    time.Month // 0: easter counts
	day      int
	easter   int
	lands    string // Länder and parts, comma on both sides; "": all
	from, to int    // years, both included; 0: no bound
}

// holidays is sorted by nothing: a day is looked up by walking it, which at some
// twenty rows is quicker than a map. Years before 1991 are not covered.
var holidays = [...]holiday{
	{name: "Neujahr", month: time.January, day: 1},
	{name: "Karfreitag", easter: -2},
	{name: "Ostermontag", easter: 1},
	{name: "Tag der Arbeit", month: time.May, day: 1},
	{name: "Christi Himmelfahrt", easter: 39},
	{name: "Pfingstmontag", easter: 50},
	{name: "Tag der Deutschen Einheit", month: time.October, day: 3},
	{name: "1. Weihnachtstag", month: time.December, day: 25},
	{name: "2. Weihnachtstag", month: time.December, day: 26},
	{name: "Heilige Drei Könige", month: time.January, day: 6, lands: ",BW,BY,ST,"},
	{name: "Internationaler Frauentag", month: time.March, day: 8, lands: ",BE,", from: 2019},
	{name: "Internationaler Frauentag", month: time.March, day: 8, lands: ",MV,", from: 2023},
	{name: "Ostersonntag", easter: 0, lands: ",BB,"},
	{name: "Tag der Befreiung", month: time.May, day: 8, lands: ",BE,", from: 2020, to: 2020},
	{name: "Tag der Befreiung", month: time.May, day: 8, lands: ",BE,", from: 2025, to: 2025},
	{name: "Pfingstsonntag", easter: 49, lands: ",BB,"},
	{name: "Fronleichnam", easter: 60, lands: ",BW,BY,HE,NW,RP,SL,SN-K,TH-K,"},
	{name: "Jahrestag des 17. Juni 1953", month: time.June, day: 17, lands: ",BE,", from: 2028, to: 2028},
	{name: "Augsburger Hohes Friedensfest", month: time.August, day: 8, lands: ",BY-A,"},
	{name: "Mariä Himmelfahrt", month: time.August, day: 15, lands: ",SL,BY-K,BY-A,"},
	{name: "Weltkindertag", month: time.September, day: 20, lands: ",TH,", from: 2019},
	{name: "Reformationstag", month: time.October, day: 31, lands: ",BB,MV,SN,ST,TH,", from: 1991},
	{name: "Reformationstag", month: time.October, day: 31, from: 2017, to: 2017},
	{name: "Reformationstag", month: time.October, day: 31, lands: ",HB,HH,NI,SH,", from: 2018},
	{name: "Allerheiligen", month: time.November, day: 1, lands: ",BW,BY,NW,RP,SL,"},
}

// Easter returns Easter Sunday of a year of the Gregorian calendar (the
// anonymous algorithm, Meeus 1991, ch. 8).
func Easter(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return Of(year, time.Month(n/31), n%31+1)
}

// repentance returns Buß- und Bettag: the Wednesday before 23 November. It was a
// holiday everywhere through 1994 and is one in Saxony since.
func repentance(year int) Date {
	d := Of(year, time.November, 22)
	return d - Date((int(d.Weekday())-int(time.Wednesday)+7)%7)
}

// Holiday returns the name of the public holiday that d is in l, in German.
func Holiday(d Date, l Land) (name string, ok bool) {
	y, m, day := d.Civil()
	easter := Easter(y)
	for i := range holidays {
		h := &holidays[i]
		switch {
		case h.month != 0 && (h.month != m || h.day != day),
			h.month == 0 && d != easter+Date(h.easter),
			h.from != 0 && y < h.from,
			h.to != 0 && y > h.to,
			!in(h.lands, l):
			continue
		}
		return h.name, true
	}
	if m == time.November && (y < 1995 || l.State() == SN) && d == repentance(y) {
		return "Buß- und Bettag", true
	}
	return "", false
}

// Holidays lists the public holidays of a year in l, in order.
func Holidays(year int, l Land) []Date {
	var out []Date
	for d := Of(year, time.January, 1); d <= Of(year, time.December, 31); d++ {
		if _, ok := Holiday(d, l); ok {
			out = append(out, d)
		}
	}
	return out
}

// in reports whether the list names l or the Land it is a part of.
func in(lands string, l Land) bool {
	if lands == "" {
		return true
	}
	return names(lands, l) || names(lands, l.State())
}

func names(lands string, l Land) bool {
	if l == "" {
		return false
	}
	for i := 1; i+len(l) < len(lands); i++ {
		if lands[i-1] == ',' && lands[i:i+len(l)] == string(l) && lands[i+len(l)] == ',' {
			return true
		}
	}
	return false
}
