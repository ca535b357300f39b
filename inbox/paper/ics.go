package paper

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"kontor/cases/plan"
)

// Plan is a plan for a calendar. Its file goes to the debtor: nothing in it but
// what Summary and Details say, the dates and the amounts.
type Plan struct {
	Domain  string // of the agency; makes the entries' ids worldwide
	Case    string // reference
	Rates   []plan.Rate
	Summary string // of each entry; " 3/12: 50,00 €" is added
	Details string
	Lang    string
	Made    time.Time
	// Version grows when the plan changes, so that calendars replace the entries.
	Version int
}

// ICS writes the plan as a calendar (RFC 5545): an entry for every instalment on
// its whole day, which takes no time of the day, with a reminder the day before.
func ICS(p Plan) ([]byte, error) {
	if len(p.Rates) == 0 || len(p.Rates) > plan.MaxRates {
		return nil, fmt.Errorf("calendar of a plan: want 1 to %d instalments, have %d", plan.MaxRates, len(p.Rates))
	}
	if p.Case == "" || p.Domain == "" {
		return nil, fmt.Errorf("calendar of a plan: reference or domain is missing")
	}
	var b strings.Builder
	line := func(name, value string) { fold(&b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Kontor//Plan//DE")
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	stamp := p.Made.UTC().Format("20060102T150405Z")
	for i, r := range p.Rates {
		if r.Due <= 0 || r.Cents <= 0 {
			return nil, fmt.Errorf("calendar of a plan: instalment %d has no date or amount", i+1)
		}
		summary := fmt.Sprintf("%s %d/%d: %s", p.Summary, i+1, len(p.Rates), r.Cents.Format(p.Lang))
		line("BEGIN", "VEVENT")
		line("UID", escape(fmt.Sprintf("%s-%d@%s", p.Case, i+1, p.Domain)))
		line("SEQUENCE", fmt.Sprint(max(0, p.Version)))
		line("DTSTAMP", stamp)
		line("DTSTART;VALUE=DATE", r.Due.Time().Format("20060102"))
		line("DTEND;VALUE=DATE", (r.Due + 1).Time().Format("20060102")) // the day after, which is not in it
		line("SUMMARY", escape(summary))
		if p.Details != "" {
			line("DESCRIPTION", escape(p.Details))
		}
		line("TRANSP", "TRANSPARENT")
		line("BEGIN", "VALARM")
		line("ACTION", "DISPLAY")
		line("DESCRIPTION", escape(summary))
		line("TRIGGER", "-P1D")
		line("END", "VALARM")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return []byte(b.String()), nil
}

// escape makes a text value (RFC 5545, 3.3.11).
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n"))
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// fold ends a line with CRLF and breaks it after at most 75 bytes, between
// characters (RFC 5545, 3.1).
func fold(b *strings.Builder, s string) {
	room := 75
	for len(s) > room {
		n := room
		for !utf8.RuneStart(s[n]) {
			n--
		}
		b.WriteString(s[:n] + "\r\n ")
		s, room = s[n:], 74 // the space counts
	}
	b.WriteString(s + "\r\n")
}
