package paper

import (
	"fmt"
	"strings"
	"time"

	"kontor/cases"
	"kontor/cases/dunning"
	"kontor/cases/money"
)

// row is one line of the court sheet: a heading, or words with an amount.
type row struct {
	heading bool
	text    string
	amount  string
}

// CourtText writes the decision sheet of a court dunning as plain text, as wide
// as a page.
func CourtText(s dunning.Sheet) string {
	const wide = 92
	var b strings.Builder
	for _, r := range courtRows(s) {
		switch {
		case r.heading:
			fmt.Fprintf(&b, "\n%s\n%s\n", r.text, strings.Repeat("-", len([]rune(r.text))))
		case r.amount != "":
			fill := max(2, wide-len([]rune(r.text))-len([]rune(r.amount)))
			fmt.Fprintf(&b, "%s%s%s\n", r.text, strings.Repeat(" ", fill), r.amount)
		default:
			b.WriteString(r.text + "\n")
		}
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// CourtPDF prints the decision sheet, with lines for the person who decides.
func CourtPDF(s dunning.Sheet, made time.Time) ([]byte, error) {
	p := newSheet("Gerichtliches Mahnverfahren "+s.Reference, "de", made)
	y := 0.0
	turn := func() {
		if p.PageCount() >= maxPages && p.err == nil {
			p.err = fmt.Errorf("court sheet: longer than %d pages", maxPages)
		}
		if p.err == nil {
			p.AddPage()
		}
		y = 24
	}
	turn()
	for i, r := range courtRows(s) {
		size, step := 9.5, 4.6
		style := ""
		if r.heading {
			size, step, style = 11, 5.4, "B"
			if i == 0 {
				size = 15
			}
			y += 3
			if y > pageH-45 { // no heading at the foot of a page
				turn()
			}
		}
		p.font(style, size)
		room := width
		if r.amount != "" {
			room = width - 35
		}
		for k, line := range p.wrap(r.text, room) {
			if y > pageH-25 {
				turn()
				p.font(style, size)
			}
			p.put(left, y, width, line)
			if k == 0 && r.amount != "" {
				p.put(pageW-right-p.GetStringWidth(p.clean(r.amount)), y, 60, r.amount)
			}
			y += step
		}
		if r.heading {
			y += 0.6
		}
	}
	if y > pageH-50 {
		turn()
	}
	y += 16
	p.SetLineWidth(0.2)
	p.font("", 8)
	for x, label := range []string{"Entscheidung: beantragen / nicht beantragen", "Datum, Name, Unterschrift"} {
		at := left + float64(x)*(width/2+2)
		p.Line(at, y, at+width/2-4, y)
		p.put(at, y+4, width/2, label)
	}
	for n := 1; n <= p.PageCount(); n++ {
		p.SetPage(n)
		p.font("B", 7.5)
		p.put(left, 12, width, dunning.Notice)
		p.font("", 8.5)
		p.put(left, pageH-12, width, fmt.Sprintf("%s · %s · Seite %d von %d", s.Reference, s.Date.Long("de"), n, p.PageCount()))
	}
	return p.bytes()
}

var levelWords = map[dunning.Level]string{dunning.Block: "STEHT ENTGEGEN", dunning.Open: "OFFEN", dunning.Warn: "HINWEIS"}

var counterWords = map[dunning.Counter]string{
	dunning.CounterUnknown: "noch zu erklären", dunning.CounterRendered: "abhängig, erbracht", dunning.CounterNone: "nicht abhängig", dunning.CounterOpen: "abhängig, nicht erbracht",
}

func courtRows(s dunning.Sheet) []row {
	var rows []row
	head := func(t string) { rows = append(rows, row{heading: true, text: t}) }
	say := func(format string, a ...any) { rows = append(rows, row{text: fmt.Sprintf(format, a...)}) }
	sum := func(c money.Cents, format string, a ...any) {
		rows = append(rows, row{text: fmt.Sprintf(format, a...), amount: c.Format("de")})
	}
	head("Gerichtliches Mahnverfahren: Vorbereitung " + s.Reference)
	say("%s", s.Notice)
	state := "NICHT ENTSCHEIDUNGSREIF: siehe Prüfung"
	if s.Ready {
		state = "Vollständig; nichts steht entgegen. Die Entscheidung trifft eine Person."
	}
	say("Stand %s. %s", s.Date.Long("de"), state)
	head("Prüfung")
	if len(s.Findings) == 0 {
		say("Keine Beanstandung.")
	}
	for _, f := range s.Findings {
		where := ""
		if f.On != "" {
			where = " [" + f.On + "]"
		}
		source := ""
		if f.Source != "" {
			source = " (" + f.Source + ")"
		}
		say("%s%s: %s%s", levelWords[f.Level], where, f.Text, source)
	}
	head("Beteiligte")
	say("Antragsteller: %s", partyWords(s.Applicant))
	say("Prozessbevollmächtigt (§ 79 Abs. 2 Nr. 4 ZPO): %s", partyWords(s.Agent))
	for i, p := range s.Respondents {
		say("Antragsgegner %d%s: %s", i+1, roleWords(p.Role), partyWords(p))
	}
	say("Mahngericht: %s · Streitgericht: %s · Kennziffer: %s · Gegenleistung: %s", orDash(s.Court), orDash(s.TrialCourt), orDash(s.Number), counterWords[s.Counter])
	head("Hauptforderungen")
	for i, c := range s.Claims {
		no := "–"
		if c.Number > 0 {
			no = fmt.Sprint(c.Number)
		}
		sum(c.Open, "%d. Katalog-Nr. %s %s: %s", i+1, no, c.Designation, orDash(strings.Join(nonEmpty(c.Subject, prefixed("Rechnung ", c.Invoice), c.Extra), ", ")))
		say("   Vertrag %s, Rechnung oder Fälligkeit %s, ursprünglich %s, Verjährung %s", c.Contract.Long("de"), c.Dated.Long("de"), c.Principal.Format("de"), c.Limitation.Long("de"))
		if c.Rate != "" {
			say("   laufende Zinsen: %s aus %s ab %s", c.Rate, c.Open.Format("de"), c.RateFrom.Long("de"))
		}
		if c.Interest != 0 {
			sum(c.Interest, "   ausgerechnete Zinsen bis %s", s.Date.Long("de"))
		}
	}
	head("Kosten bisher")
	for _, c := range s.CostsSoFar {
		sum(c.Cents, "%s vom %s", c.What, c.Date.Long("de"))
	}
	sum(s.Paid, "Gezahlt bisher (in den Salden berücksichtigt)")
	head("Offen am " + s.Date.Long("de"))
	sum(s.Principal, "Hauptforderung")
	sum(s.Interest, "Zinsen")
	sum(s.CostsOpen, "Kosten")
	sum(s.Total, "Summe")
	head("Kosten, die dazukommen")
	for _, c := range s.CostsToCome {
		sum(c.Cents, "%s: %s (%s)", c.What, c.Reckon, c.Rule)
	}
	if len(s.CostsToCome) == 0 {
		say("Nicht berechnet; siehe Prüfung.")
	}
	return rows
}

func partyWords(p dunning.Party) string {
	return strings.Join(nonEmpty(strings.Join(p.Name, " / "), p.Street, p.Code+" "+p.Town, prefixed("vertreten durch ", p.Representative)), ", ")
}

func roleWords(r cases.Role) string {
	switch r {
	case cases.RoleCoDebtor:
		return " (Mitschuldner)"
	case cases.RoleHeir:
		return " (Erbe)"
	default:
		return ""
	}
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
