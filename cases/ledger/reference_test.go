package ledger_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
)

// The reference calculator: a second reckoning of the same rules that shares
// nothing with the package. It goes day by day with big numbers, has its own
// table of base rates as the Bundesbank prints them, and its own calendar (the
// standard library's). It is slow and plain on purpose.

// refRates are the base rates of § 247 BGB in percent, each from its day on.
var refRates = []struct{ from, percent string }{
	{"2002-01-01", "2.57"},
	{"2002-07-01", "2.47"},
	{"2003-01-01", "1.97"},
	{"2003-07-01", "1.22"},
	{"2004-01-01", "1.14"},
	{"2004-07-01", "1.13"},
	{"2005-01-01", "1.21"},
	{"2005-07-01", "1.17"},
	{"2006-01-01", "1.37"},
	{"2006-07-01", "1.95"},
	{"2007-01-01", "2.70"},
	{"2007-07-01", "3.19"},
	{"2008-01-01", "3.32"},
	{"2008-07-01", "3.19"},
	{"2009-01-01", "1.62"},
	{"2009-07-01", "0.12"},
	{"2011-07-01", "0.37"},
	{"2012-01-01", "0.12"},
	{"2013-01-01", "-0.13"},
	{"2013-07-01", "-0.38"},
	{"2014-01-01", "-0.63"},
	{"2014-07-01", "-0.73"},
	{"2015-01-01", "-0.83"},
	{"2016-07-01", "-0.88"},
	{"2023-01-01", "1.62"},
	{"2023-07-01", "3.12"},
	{"2024-01-01", "3.62"},
	{"2024-07-01", "3.37"},
	{"2025-01-01", "2.27"},
	{"2025-07-01", "1.27"},
	{"2026-01-01", "1.27"},
	{"2026-07-01", "1.52"},
}

type refClaim struct {
	id, kind               string
	principal              int64
	invoice, due, defaultD string
	until                  string
	rate                   string // none, consumer, business, mortgage, over_base N, fixed N (percent)
	percent                string
	secured                bool
}

type refEntry struct {
	id, date, kind string
	cents          int64
	claim          string
	by             string // debtor, agreed
	order          []string
	part, reverses string
}

type refLedger struct {
	claims  []refClaim
	entries []refEntry
	count   [][2]string // from, convention
}

type refState struct {
	refClaim
	on                         bool
	start                      string
	principalLeft, costs, paid *big.Int // paid: interest taken
	booked                     *big.Int // interest booked and closed
	lineKey                    string
	lineSum                    *big.Rat
	lineFrom, lineTo           string
	lineWeight                 int64
	lineBase                   *big.Int
	lineRate                   *big.Rat
	lineYear                   int64
}

type reference struct {
	l         refLedger
	claims    []*refState
	caseCosts *big.Int
	credit    *big.Int
	steps     []string
}

func mustDay(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func (r *reference) note(format string, a ...any) {
	r.steps = append(r.steps, fmt.Sprintf(format, a...))
}

func euro(b *big.Int) string {
	s := fmt.Sprintf("%03d", new(big.Int).Abs(b))
	s = s[:len(s)-2] + "." + s[len(s)-2:]
	if b.Sign() < 0 {
		s = "-" + s
	}
	return s
}

// reckon walks from the first day to the last.
func reckon(l refLedger, at string) *reference {
	r := &reference{l: l, caseCosts: new(big.Int), credit: new(big.Int)}
	first := at
	for _, c := range l.claims {
		r.claims = append(r.claims, &refState{
			refClaim: c, principalLeft: new(big.Int), costs: new(big.Int), paid: new(big.Int), booked: new(big.Int), lineSum: new(big.Rat),
		})
		s := r.claims[len(r.claims)-1]
		s.start = refStart(c)
		for _, e := range l.entries {
			if e.claim == c.id && (e.kind == "cost" || e.kind == "interest") && e.date < s.start {
				s.start = e.date
			}
		}
		if s.start != "" {
			first = min(first, s.start)
		}
	}
	slices.SortFunc(r.claims, func(a, b *refState) int { return strings.Compare(a.id, b.id) })
	for _, e := range l.entries {
		first = min(first, e.date)
	}
	for d := mustDay(first); day(d) <= at; d = d.AddDate(0, 0, 1) {
		r.oneDay(day(d), d, at)
	}
	for _, c := range r.claims {
		r.endLine(c)
	}
	return r
}

func refStart(c refClaim) string {
	s := ""
	for _, d := range []string{c.invoice, c.due, c.defaultD} {
		if d != "" && (s == "" || d < s) {
			s = d
		}
	}
	return s
}

func (r *reference) oneDay(d string, t time.Time, at string) {
	started := false
	for _, c := range r.claims {
		if !c.on && c.start <= d {
			c.on, started = true, true
			c.principalLeft.SetInt64(c.refClaim.principal)
		}
	}
	for _, c := range r.claims {
		r.bear(c, d, t)
	}
	if started {
		r.spendCredit(d)
	}
	// Reversed entries are as if never made, once the reversal is known.
	back := map[string]int64{}
	for _, e := range r.l.entries {
		if e.kind == "reversal" && e.date <= at {
			back[e.reverses] += e.cents
		}
	}
	var today []refEntry
	for _, e := range r.l.entries {
		if e.date == d && e.kind != "reversal" {
			today = append(today, e)
		}
	}
	slices.SortFunc(today, func(a, b refEntry) int {
		for _, c := range []int{
			strings.Compare(a.claim, b.claim), strings.Compare(a.part, b.part), int(b.cents - a.cents), strings.Compare(a.id, b.id),
		} {
			if c != 0 {
				return c
			}
		}
		return 0
	})
	for i := range today {
		today[i].cents = max(0, today[i].cents-back[today[i].id])
	}
	each := func(want func(refEntry) bool, do func(refEntry)) {
		for _, e := range today {
			if want(e) {
				do(e)
			}
		}
	}
	each(func(e refEntry) bool { return e.kind == "cost" || e.kind == "interest" }, func(e refEntry) {
		n := big.NewInt(e.cents)
		switch {
		case e.kind == "interest":
			c := r.claim(e.claim)
			c.booked.Add(c.booked, n)
		case e.claim == "":
			r.caseCosts.Add(r.caseCosts, n)
		default:
			c := r.claim(e.claim)
			c.costs.Add(c.costs, n)
		}
		r.note("%s %s %s", d, e.kind, euro(n))
		r.spendCredit(d)
	})
	each(func(e refEntry) bool { return e.kind == "write_off" || e.kind == "waiver" }, func(e refEntry) { r.giveUp(e) })
	isPay := func(e refEntry) bool { return e.kind == "payment" || e.kind == "payment_to_creditor" }
	each(func(e refEntry) bool { return isPay(e) && e.by != "" }, func(e refEntry) { r.payment(e) })
	each(func(e refEntry) bool { return isPay(e) && e.by == "" }, func(e refEntry) { r.payment(e) })
	each(func(e refEntry) bool { return e.kind == "refund" }, func(e refEntry) {
		r.credit.Sub(r.credit, big.NewInt(e.cents))
		r.note("%s refund %s, credit %s", d, euro(big.NewInt(e.cents)), euro(r.credit))
	})
}

func (r *reference) claim(id string) *refState {
	for _, c := range r.claims {
		if c.id == id {
			return c
		}
	}
	panic("no claim " + id)
}

// rateOn returns base rate and rate in percent, or nil where none runs.
func rateOn(c *refState, d string) (base, rate *big.Rat) {
	if c.defaultD == "" || d < c.defaultD || c.until != "" && d > c.until || c.kind == "title_interest" {
		return nil, nil
	}
	base = new(big.Rat)
	switch c.rate {
	case "", "none":
		return nil, nil
	case "fixed":
		return base, rat(c.percent)
	}
	for _, row := range refRates {
		if row.from <= d {
			base = rat(row.percent)
		}
	}
	margin := map[string]string{"consumer": "5", "business": "9", "mortgage": "2.5", "over_base": c.percent}[c.rate]
	rate = new(big.Rat).Add(base, rat(margin))
	if rate.Sign() < 0 {
		rate = new(big.Rat)
	}
	return base, rate
}

// bear adds one day of interest.
func (r *reference) bear(c *refState, d string, t time.Time) {
	if !c.on || c.principalLeft.Sign() == 0 {
		return
	}
	base, rate := rateOn(c, d)
	if rate == nil {
		return
	}
	conv := "act/365"
	for _, s := range r.l.count {
		if s[0] <= d {
			conv = s[1]
		}
	}
	weight, year := int64(1), int64(365)
	switch conv {
	case "act/act":
		if y := t.Year(); y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			year = 366
		}
	case "30/360":
		year = 360
		weight = thirty(t) - thirty(t.AddDate(0, 0, -1))
	}
	key := fmt.Sprint(c.principalLeft, base, rate, conv, year)
	if key != c.lineKey || c.lineTo != day(t.AddDate(0, 0, -1)) {
		r.endLine(c)
		c.lineKey, c.lineFrom, c.lineBase, c.lineRate, c.lineYear = key, d, new(big.Int).Set(c.principalLeft), rate, year
	}
	c.lineTo = d
	c.lineWeight += weight
	x := new(big.Rat).SetInt(c.principalLeft)
	x.Mul(x, rate)
	x.Mul(x, big.NewRat(weight, 100*year))
	c.lineSum.Add(c.lineSum, x)
}

func thirty(t time.Time) int64 {
	d := t.Day()
	if d > 30 || t.AddDate(0, 0, 1).Day() == 1 {
		d = 30
	}
	return int64(t.Year())*360 + int64(t.Month())*30 + int64(d)
}

func halfUp(x *big.Rat) *big.Int {
	y := new(big.Rat).Add(x, big.NewRat(1, 2))
	return new(big.Int).Div(y.Num(), y.Denom())
}

func (r *reference) endLine(c *refState) {
	if c.lineKey != "" {
		n := halfUp(c.lineSum)
		c.booked.Add(c.booked, n)
		r.note("%s: %s to %s: %s x %s %% x %d/%d = %s", c.id, c.lineFrom, c.lineTo, euro(c.lineBase), c.lineRate.FloatString(2), c.lineWeight, c.lineYear, euro(n))
	}
	c.lineKey, c.lineSum, c.lineWeight = "", new(big.Rat), 0
}

func (c *refState) interestOpen() *big.Int {
	x := new(big.Int).Add(c.booked, halfUp(c.lineSum))
	return x.Sub(x, c.paid)
}

func (r *reference) spendCredit(d string) {
	if r.credit.Sign() <= 0 {
		return
	}
	before := new(big.Int).Set(r.credit)
	r.credit = r.spread(before, nil, d)
	r.note("%s credit %s, left %s", d, euro(before), euro(r.credit))
}

func (r *reference) payment(e refEntry) {
	n := big.NewInt(e.cents)
	r.note("%s %s %s", e.date, e.kind, euro(n))
	if n.Sign() == 0 {
		return
	}
	if r.credit.Sign() < 0 {
		fill := minInt(n, new(big.Int).Neg(r.credit))
		r.credit.Add(r.credit, fill)
		n = new(big.Int).Sub(n, fill)
	}
	if e.by != "" && e.claim != "" {
		if c := r.claim(e.claim); c.on {
			n = r.payClaim(c, n, e.order)
		}
	}
	var order []string
	if e.by != "" {
		order = e.order
	}
	r.credit.Add(r.credit, r.spread(n, order, e.date))
}

func minInt(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return new(big.Int).Set(a)
	}
	return new(big.Int).Set(b)
}

func (r *reference) fromCase(n *big.Int) *big.Int {
	x := minInt(n, r.caseCosts)
	r.caseCosts.Sub(r.caseCosts, x)
	if x.Sign() > 0 {
		r.note("  case costs %s", euro(x))
	}
	return new(big.Int).Sub(n, x)
}

// spread follows § 366 Abs. 2 BGB.
func (r *reference) spread(n *big.Int, order []string, d string) *big.Int {
	last := len(order) > 0 && order[0] != "costs"
	if !last {
		n = r.fromCase(n)
	}
	var open []*refState
	for _, c := range r.claims {
		if c.on && c.total().Sign() > 0 {
			open = append(open, c)
		}
	}
	for len(open) > 0 && n.Sign() > 0 {
		best := []*refState{open[0]}
		for _, c := range open[1:] {
			switch refBefore(c, best[0], d) {
			case -1:
				best = []*refState{c}
			case 0:
				best = append(best, c)
			}
		}
		open = slices.DeleteFunc(open, func(c *refState) bool { return slices.Contains(best, c) })
		sum := new(big.Int)
		for _, c := range best {
			sum.Add(sum, c.total())
		}
		if n.Cmp(sum) >= 0 {
			for _, c := range best {
				n = r.payClaim(c, n, order)
			}
			continue
		}
		parts, rests, left := make([]*big.Int, len(best)), make([]*big.Int, len(best)), new(big.Int).Set(n)
		for i, c := range best {
			parts[i], rests[i] = new(big.Int).DivMod(new(big.Int).Mul(n, c.total()), sum, new(big.Int))
			left.Sub(left, parts[i])
		}
		for left.Sign() > 0 {
			k := 0
			for i := range rests {
				if rests[i].Cmp(rests[k]) > 0 {
					k = i
				}
			}
			rests[k] = big.NewInt(-1)
			parts[k].Add(parts[k], big.NewInt(1))
			left.Sub(left, big.NewInt(1))
		}
		for i, c := range best {
			r.payClaim(c, parts[i], order)
		}
		n = new(big.Int)
	}
	if last {
		n = r.fromCase(n)
	}
	return n
}

func (c *refState) total() *big.Int {
	x := new(big.Int).Add(c.principalLeft, c.costs)
	return x.Add(x, c.interestOpen())
}

func refBefore(a, b *refState, d string) int {
	notDue := func(c *refState) bool { return c.due > d }
	if notDue(a) != notDue(b) {
		if notDue(a) {
			return 1
		}
		return -1
	}
	if a.secured != b.secured {
		if a.secured {
			return 1
		}
		return -1
	}
	rate := func(c *refState) *big.Rat {
		if _, r := rateOn(c, d); r != nil {
			return r
		}
		return new(big.Rat)
	}
	if c := rate(a).Cmp(rate(b)); c != 0 {
		return -c
	}
	age := func(c *refState) string {
		for _, x := range []string{c.due, c.invoice, c.defaultD} {
			if x != "" {
				return x
			}
		}
		return ""
	}
	return strings.Compare(age(a), age(b))
}

func (r *reference) payClaim(c *refState, n *big.Int, asked []string) *big.Int {
	order := []string{"costs", "interest", "principal"}
	if c.kind == "consumer_credit" {
		order = []string{"costs", "principal", "interest"}
	}
	order = append(slices.Clone(asked), order...) // a part met twice is empty the second time
	for _, p := range order {
		n = r.fromPart(c, p, n)
	}
	return n
}

func (r *reference) fromPart(c *refState, p string, n *big.Int) *big.Int {
	var x *big.Int
	switch p {
	case "costs":
		x = minInt(n, c.costs)
		c.costs.Sub(c.costs, x)
	case "interest":
		x = minInt(n, c.interestOpen())
		c.paid.Add(c.paid, x)
	case "principal":
		x = minInt(n, c.principalLeft)
		if x.Sign() > 0 {
			r.endLine(c)
		}
		c.principalLeft.Sub(c.principalLeft, x)
	}
	if x.Sign() > 0 {
		r.note("  %s %s %s", c.id, p, euro(x))
	}
	return new(big.Int).Sub(n, x)
}

func (r *reference) giveUp(e refEntry) {
	n := big.NewInt(e.cents)
	r.note("%s %s %s", e.date, e.kind, euro(n))
	parts := []string{"costs", "interest", "principal"}
	if e.part != "" {
		parts = []string{e.part}
	}
	if e.claim != "" {
		if c := r.claim(e.claim); c.on {
			for _, p := range parts {
				n = r.fromPart(c, p, n)
			}
		}
		return
	}
	for _, p := range parts {
		if p == "costs" {
			n = r.fromCase(n)
		}
		for _, c := range r.claims {
			if c.on {
				n = r.fromPart(c, p, n)
			}
		}
	}
}

// sums returns principal, interest, costs and credit in cents.
func (r *reference) sums() [4]int64 {
	p, i, c := new(big.Int), new(big.Int), new(big.Int).Set(r.caseCosts)
	for _, s := range r.claims {
		p.Add(p, s.principalLeft)
		i.Add(i, s.interestOpen())
		c.Add(c, s.costs)
	}
	return [4]int64{p.Int64(), i.Int64(), c.Int64(), r.credit.Int64()}
}
