package policy

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// figure is a sum or a day that stands in the text.
type figure struct {
	span
	cents money.Cents
	day   calendar.Date // without a year: in the year that fits best
	bad   bool          // no such day
}

// amounts finds every sum of money in the text.
func (c *check) amounts() []figure {
	if c.foundSums != nil {
		return c.foundSums
	}
	s := c.text.s
	out := []figure{}
	add := func(from, to int, num string) {
		num = strings.TrimRight(num, ".,")
		v, err := money.Parse(strings.ReplaceAll(num, " ", ""))
		if slices.ContainsFunc(out, func(f figure) bool { return from < f.to && f.from < to }) {
			return
		}
		out = append(out, figure{span: span{from, to}, cents: v, bad: err != nil})
	}
	for _, m := range c.gate.find.after.FindAllStringSubmatchIndex(s, -1) {
		// "on 5 May 2026 €415.35 is open": the sign belongs to what follows.
		if m[1] < len(s) && s[m[1]] >= '0' && s[m[1]] <= '9' {
			continue
		}
		add(m[0], m[1], s[m[2]:m[3]])
	}
	for _, m := range c.gate.find.before.FindAllStringSubmatchIndex(s, -1) {
		add(m[0], m[1], s[m[2]:m[3]])
	}
	for _, m := range c.gate.find.bare.FindAllStringIndex(s, -1) {
		rest := strings.TrimLeft(s[m[1]:], " ")
		if strings.HasPrefix(rest, "%") || strings.HasPrefix(rest, "prozent") || strings.HasPrefix(rest, "percent") || strings.HasPrefix(s[m[1]:], ".") {
			continue
		}
		add(m[0], m[1], s[m[0]:m[1]])
	}
	c.foundSums = out
	return out
}

// money compares the sums with the case.
func (c *check) money() {
	balance := false
	for _, f := range c.amounts() {
		if f.bad || !c.known.cents[f.cents] {
			c.report("value.amount", c.text.original(f.from, f.to))
		}
		balance = balance || c.known.totals[f.cents]
	}
	if !balance {
		return
	}
	for _, d := range c.dates() {
		if d.day == c.out.Context.Today || d.day == c.out.Context.Balance.At {
			return
		}
	}
	c.report("value.amount_stale", "")
}

// dates finds every day in the text.
func (c *check) dates() []figure {
	if c.foundDays != nil {
		return c.foundDays
	}
	s, find := c.text.s, c.gate.find
	out := []figure{}
	sums := c.amounts()
	clash := func(from, to int) func(figure) bool {
		return func(f figure) bool { return from < f.to && f.from < to }
	}
	add := func(m []int, y, mo, d string, month int) {
		if slices.ContainsFunc(out, clash(m[0], m[1])) || slices.ContainsFunc(sums, clash(m[0], m[1])) {
			return
		}
		day, _ := strconv.Atoi(d)
		if month == 0 {
			month, _ = strconv.Atoi(mo)
		}
		f := figure{span: span{m[0], m[1]}}
		f.day, f.bad = c.civil(y, month, day)
		out = append(out, f)
	}
	group := func(m []int, i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return s[m[2*i]:m[2*i+1]]
	}
	for _, m := range find.iso.FindAllStringSubmatchIndex(s, -1) {
		add(m, group(m, 1), group(m, 2), group(m, 3), 0)
	}
	for _, re := range []*regexp.Regexp{find.named, find.english} {
		for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
			add(m, group(m, 3), "", group(m, 1), month(group(m, 2)))
		}
	}
	for _, m := range find.german.FindAllStringSubmatchIndex(s, -1) {
		add(m, group(m, 3), group(m, 2), group(m, 1), 0)
	}
	slices.SortFunc(out, func(a, b figure) int { return a.from - b.from })
	c.foundDays = out
	return out
}

// civil makes a day; without a year it is the known one, else the next.
func (c *check) civil(y string, month, day int) (calendar.Date, bool) {
	build := func(year int) (calendar.Date, bool) {
		d := calendar.Of(year, time.Month(month), day)
		_, m, dd := d.Civil()
		return d, month < 1 || month > 12 || day < 1 || int(m) != month || dd != day
	}
	if y != "" {
		year, _ := strconv.Atoi(y)
		if len(y) == 2 {
			year += 2000
		}
		return build(year)
	}
	this, _, _ := c.out.Context.Today.Civil()
	for _, year := range []int{this, this + 1, this - 1} {
		if d, bad := build(year); !bad && c.known.days[d] {
			return d, false
		}
	}
	d, bad := build(this)
	if !bad && d < c.out.Context.Today {
		return build(this + 1)
	}
	return d, bad
}

// days compares the days with the case, and deadlines with the form rules.
func (c *check) days() {
	for _, f := range c.dates() {
		q := c.text.original(f.from, f.to)
		if f.bad {
			c.report("value.date_invalid", q)
			continue
		}
		deadline := c.isDeadline(f)
		if !c.known.days[f.day] && !deadline && !c.isOwnTerm(f) {
			c.report("value.date", q)
		}
		if !deadline || c.known.theirs[f.day] { // a day that they chose themselves is no time that we set
			continue
		}
		today := c.out.Context.Today
		if f.day < today+7 {
			c.report("form.deadline_short", q)
		}
		if !calendar.IsBusinessDay(f.day, c.land()) {
			c.report("form.deadline_day", q)
		}
	}
}

func (c *check) land() calendar.Land {
	if l := c.out.Context.Case.Land; l != "" {
		return l
	}
	return c.out.Context.Rules.Land
}

// around returns the sentence that a figure stands in.
func (c *check) around(f figure) (string, int) {
	for _, s := range c.sent {
		if s.from <= f.from && f.to <= s.to {
			return strings.ReplaceAll(c.text.s[s.from:s.to], "\n", " "), f.from - s.from
		}
	}
	return "", 0
}

// isDeadline reports whether a day is the end of a time that the letter sets to
// its reader: "bis zum …" with something for the reader to do.
func (c *check) isDeadline(f figure) bool {
	s, at := c.around(f)
	m := c.gate.find.deadline.FindStringIndex(s[:at])
	if s == "" || m == nil {
		return false
	}
	// "vom 21.06.2026 bis 30.06.2026" is a stretch of time.
	for _, o := range c.dates() {
		if o.to < f.from && o.to <= f.from-at+m[0] && strings.TrimSpace(c.text.s[o.to:f.from-at+m[0]]) == "" {
			return false
		}
	}
	if c.gate.find.promi.MatchString(s) && !c.gate.find.ask.MatchString(s) {
		return false
	}
	for _, w := range []string{
		"bitte", "ueberweis", "zahlen sie", "antworten sie", "begleichen", "melden sie", "holen sie", "hoeren", "nichts von ihnen", "frist",
		"please", "pay", "transfer", "reply", "respond", "make up", "hear nothing", "deadline", "einverstanden", "zahlung",
	} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// isOwnTerm reports whether a day is the end of a time that the house sets to
// itself: such a promise needs no entry in the case.
func (c *check) isOwnTerm(f figure) bool {
	s, at := c.around(f)
	d := f.day - c.out.Context.Today
	return s != "" && d >= 0 && d <= 62 && c.gate.find.deadline.MatchString(s[:at]) && c.gate.find.promi.MatchString(s)
}

// accounts allows the IBAN of the house and no other.
func (c *check) accounts() {
	own := strings.ToLower(strings.ReplaceAll(c.out.Context.Agency.IBAN, " ", ""))
	for _, f := range []folded{c.text, c.subject} {
		for _, m := range c.gate.find.iban.FindAllStringIndex(f.s, -1) {
			got := bareRef(f.s[m[0]:m[1]])
			named := strings.HasPrefix(got, "konto") || strings.HasPrefix(got, "account")
			if len(got) < 15 && !named || !strings.ContainsAny(got[4:], "0123456789") || own != "" && (got == own || strings.HasPrefix(got, own)) {
				continue
			}
			c.report("value.iban", f.original(m[0], m[1]))
		}
	}
}

// references finds other cases' references and invoices by the shape of the own.
func (c *check) references() {
	k := c.out.Context.Case
	own := []string{strings.ToLower(k.Reference)}
	var invoices []string
	for _, f := range k.Ledger.Claims {
		if f.Invoice != "" {
			invoices = append(invoices, strings.ToLower(f.Invoice))
		}
	}
	for _, m := range c.out.Context.Messages {
		if m != nil && m.Class.Slots.Invoice != "" {
			invoices = append(invoices, strings.ToLower(m.Class.Slots.Invoice))
		}
	}
	for _, f := range []folded{c.text, c.subject} {
		c.foreign("value.reference", f, own, own)
		c.foreign("value.invoice", f, invoices, append(own, invoices...))
	}
	for _, m := range c.gate.find.mail.FindAllStringIndex(c.text.s, -1) {
		if got := c.text.s[m[0]:m[1]]; !c.ownAddress(got) {
			c.report("value.address", got)
		}
	}
	for _, m := range c.gate.find.link.FindAllStringIndex(c.text.s, -1) {
		if got := strings.TrimRight(c.text.s[m[0]:m[1]], ".,;"); !c.ownAddress(got) {
			c.report("value.address", got)
		}
	}
	for _, f := range []folded{c.text, c.subject} {
		if m := c.gate.find.slot.FindStringIndex(f.s); m != nil {
			c.report("value.slot", f.original(m[0], m[1]))
		}
	}
}

// foreign reports what has the shape of one of the patterns and is none of own.
func (c *check) foreign(id string, f folded, shapes, own []string) {
	for _, s := range shapes {
		re, ok := shape(s)
		if !ok {
			continue
		}
		for _, m := range re.FindAllStringSubmatchIndex(f.s, -1) {
			got := bareRef(f.s[m[2]:m[3]])
			if !slices.ContainsFunc(own, func(o string) bool { return strings.Contains(bareRef(o), got) }) {
				c.report(id, f.original(m[2], m[3]))
			}
		}
	}
}

// refMarks stand between the parts of a reference, or are left out.
const refMarks = "/_. -"

// bareRef is a reference without its marks: "K 2026/000318" is K-2026-000318.
func bareRef(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(refMarks, r) {
			return -1
		}
		return r
	}, s)
}

// shape makes an expression of a reference: its letters stand, each run of
// digits may be any run of about its length, marks may be others or none. It is
// the expression's first group. What is only digits has no shape; digits with
// marks look like a telephone number or a part of an IBAN, and count where a word
// for an invoice stands before them.
func shape(ref string) (*regexp.Regexp, bool) {
	ref = strings.TrimSpace(ref)
	if len(ref) < 5 || len(ref) > 40 || !strings.ContainsAny(ref, "0123456789") || strings.Trim(ref, "0123456789") == "" {
		return nil, false
	}
	var b strings.Builder
	b.WriteString(`\b`)
	if strings.Trim(ref, "0123456789"+refMarks) == "" {
		b.WriteString(`(?:rechnung\pL*|rg|re|beleg\pL*|invoice|bill|nummer|number|nr|no)[^\pL\d\n]{1,4}(?:(?:nummer|number|nr|no|vom|of)[^\pL\d\n]{1,4})?`)
	}
	b.WriteString(`(`)
	for i := 0; i < len(ref); {
		j := i
		for j < len(ref) && ref[j] >= '0' && ref[j] <= '9' {
			j++
		}
		if n := j - i; n > 0 {
			b.WriteString(`\d{` + strconv.Itoa(max(1, n-1)) + `,` + strconv.Itoa(n+1) + `}`)
			i = j
			continue
		}
		if strings.IndexByte(refMarks, ref[i]) >= 0 {
			b.WriteString("[" + refMarks + "]{0,2}")
		} else {
			b.WriteString(regexp.QuoteMeta(string(ref[i])))
		}
		i++
	}
	b.WriteString(`)\b`)
	re, err := regexp.Compile(b.String())
	return re, err == nil
}

func (c *check) ownAddress(s string) bool {
	a := c.out.Context.Agency
	for _, own := range []string{a.Mail, a.Web, a.Privacy, a.Authority, a.Register, c.out.ToAddr} {
		own = strings.ToLower(own)
		if own != "" && (strings.Contains(own, s) || strings.HasPrefix(strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://"), host(own))) {
			return true
		}
	}
	return false
}

func host(u string) string {
	u = strings.TrimPrefix(strings.TrimPrefix(u, "https://"), "http://")
	h, _, _ := strings.Cut(u, "/")
	if !strings.Contains(h, ".") || strings.ContainsAny(h, " @") {
		return "\x00" // no host
	}
	return h
}
