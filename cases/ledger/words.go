package ledger

import (
	"fmt"
	"strings"
)

// Percent writes basis points as a percentage: "6,52 %" in German, "6.52%" else.
func Percent(bp int, lang string) string {
	sign := ""
	if bp < 0 {
		sign, bp = "-", -bp
	}
	if lang == "de" {
		return fmt.Sprintf("%s%d,%02d %%", sign, bp/100, bp%100)
	}
	return fmt.Sprintf("%s%d.%02d%%", sign, bp/100, bp%100)
}

// Text writes the line so that a reader can reckon it again: "01.07.2026 bis
// 24.11.2026: 1.000,00 € × 6,52 % (Basiszinssatz 1,52 % + 5,00 Punkte) × 147/365
// Tage = 26,26 €".
func (l InterestLine) Text(lang string) string {
	rate := Percent(l.Rate, lang)
	de := lang == "de"
	if l.Kind != RateFixed && l.Rate == l.BaseRate+l.margin() {
		form := "%s (base rate %s + %s points)"
		if de {
			form = "%s (Basiszinssatz %s + %s Punkte)"
		}
		points := strings.TrimRight(Percent(l.margin(), lang), " %")
		rate = fmt.Sprintf(form, rate, Percent(l.BaseRate, lang), points)
	}
	form := "%s to %s: %s × %s × %d/%d days = %s"
	if de {
		form = "%s bis %s: %s × %s × %d/%d Tage = %s"
	}
	return fmt.Sprintf(form, l.From.Long(lang), l.To.Long(lang), l.Base.Format(lang), rate, l.Days, l.Year, l.Cents.Format(lang))
}

func (l InterestLine) margin() int {
	if l.Kind == RateOverBase {
		return l.Rate - l.BaseRate
	}
	return RateRule{Kind: l.Kind}.margin()
}

// Convention says in a few sentences by which rules the statement was reckoned.
func (s Statement) Convention(lang string) string {
	if lang == "de" {
		return s.DayCount(lang) + ". Der erste und der letzte Tag zählen mit. Jede Zeile wird einmal, an ihrem Ende, auf den Cent gerundet, ein halber Cent nach oben. " +
			"Zinsen und Kosten werden nicht verzinst (§ 289 BGB)."
	}
	return s.DayCount(lang) + ". First and last day count. Each line is rounded once, at its end, to the cent, half a cent up. " +
		"Interest and costs bear no interest (section 289 BGB)."
}

// DayCount says how days became a part of a year: no statute fixes it, so it
// stands below every reckoning of interest.
func (s Statement) DayCount(lang string) string {
	var b strings.Builder
	head, since := "Day count: ", "; from %s "
	if lang == "de" {
		head, since = "Zinstage: ", "; ab %s "
	}
	for i, c := range s.DayCounts {
		if i == 0 {
			b.WriteString(head)
		} else {
			fmt.Fprintf(&b, since, c.From.Long(lang))
		}
		b.WriteString(c.DayCount.words(lang == "de"))
	}
	return b.String()
}

func (c DayCount) words(de bool) string {
	switch c {
	case Act365:
		if de {
			return "taggenau, das Jahr zu 365 Tagen (act/365)"
		}
		return "calendar days, a year of 365 days (act/365)"
	case ActAct:
		if de {
			return "taggenau, das Jahr zu 365, das Schaltjahr zu 366 Tagen (act/act)"
		}
		return "calendar days, a year of 365 days, a leap year of 366 (act/act)"
	case D30360:
		if de {
			return "der Monat zu 30, das Jahr zu 360 Tagen (30/360)"
		}
		return "months of 30 days, a year of 360 (30/360)"
	}
	return string(c)
}
