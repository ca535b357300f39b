package templates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kontor/cases"
	"kontor/cases/ledger"
	"kontor/cases/plan"
)

// planTable writes every instalment of a short plan, and first, rest and last of
// a long one.
func (f *facts) planTable(rates []plan.Rate) string {
	w := f.words()
	var lines []string
	row := func(format string, r plan.Rate) {
		lines = append(lines, fmt.Sprintf(format, r.No, f.money(r.Cents), f.day(r.Due)))
	}
	n := len(rates)
	odd := n > 1 && rates[n-1].Cents != rates[0].Cents
	for i, r := range rates {
		switch {
		case i == n-1 && odd:
			row(w.planOdd, r)
		case n > 12 && i > 0 && i < n-1:
			if i == 1 {
				last := n - 2
				lines = append(lines, fmt.Sprintf(w.planMore, rates[1].No, rates[last].No, f.money(r.Cents), f.day(r.Due), f.day(rates[last].Due)))
			}
		default:
			row(w.planRow, r)
		}
	}
	return strings.Join(lines, "\n")
}

// claimList names each claim with its invoice and due date.
func (f *facts) claimList() string {
	w := f.words()
	var lines []string
	for i, c := range f.in.Case.Ledger.Claims {
		what := c.Subject
		if what == "" {
			what = w.claimSub
		}
		s := fmt.Sprintf(w.claimRow, i+1, what, f.money(c.Principal))
		if c.Invoice != "" {
			s += ", " + fmt.Sprintf(w.claimInvoice, c.Invoice)
		}
		if c.Due != 0 {
			s += ", " + fmt.Sprintf(w.claimDue, f.day(c.Due))
		}
		lines = append(lines, s)
	}
	return strings.Join(lines, "\n")
}

// costLines gives kind, amount and reason of the costs (§ 13a Abs. 1 Nr. 5 RDG).
func (f *facts) costLines() string {
	w := f.words()
	var lines []string
	for _, b := range f.in.Statement.Bookings {
		if b.Kind != ledger.Cost || b.Reversed >= b.Cents {
			continue
		}
		kind := w.cost[b.CostKind]
		if kind == "" {
			kind = w.cost[ledger.OtherCost]
		}
		lines = append(lines, fmt.Sprintf(w.costRow, kind, f.day(b.Date), f.money(b.Cents-b.Reversed)))
	}
	if len(lines) == 0 {
		return w.noCosts
	}
	return strings.Join(lines, "\n")
}

// interestLines gives base, rate and period (§ 13a Abs. 1 Nr. 3 RDG).
func (f *facts) interestLines() string {
	w := f.words()
	var lines []string
	for _, l := range f.in.Statement.Lines {
		if l.Cents == 0 {
			continue
		}
		base := ""
		if l.Kind != ledger.RateFixed {
			base = rewrite(w.interestBase, f.percent(l.BaseRate), f.percent(l.Rate-l.BaseRate))
		}
		lines = append(lines, rewrite(w.interestRow, f.money(l.Cents), f.money(l.Base), f.percent(l.Rate), base, f.day(l.From), f.day(l.To), strconv.Itoa(l.Days)))
	}
	if len(lines) == 0 {
		return w.noInterest
	}
	return strings.Join(append(lines, f.in.Statement.DayCount(f.lang)+"."), "\n")
}

// rewrite puts values in place of %s and %d, in order; every other percent sign
// stays, in the text as in a value.
func rewrite(format string, values ...string) string {
	var b strings.Builder
	for _, v := range values {
		i := strings.Index(format, "%s")
		if d := strings.Index(format, "%d"); i < 0 || d >= 0 && d < i {
			i = d
		}
		if i < 0 {
			break
		}
		b.WriteString(format[:i] + v)
		format = format[i+2:]
	}
	return b.String() + format
}

func (f *facts) percent(bp int) string {
	s := strconv.Itoa(bp/100) + "," + fmt.Sprintf("%02d", bp%100)
	if f.lang == "en" {
		s = strings.Replace(s, ",", ".", 1)
	}
	return s
}

// statement is the account that a debtor can follow.
func (f *facts) statement() string {
	w, b := f.words(), f.in.Balance
	lines := []string{f.claimList(), f.interestLines(), f.costLines()}
	for _, e := range f.in.Statement.Bookings {
		if (e.Kind == ledger.Payment || e.Kind == ledger.PaymentToCreditor) && e.Reversed < e.Cents {
			lines = append(lines, fmt.Sprintf(w.rowPaid, f.day(e.Date), f.money(e.Cents-e.Reversed)))
		}
	}
	lines = append(lines,
		fmt.Sprintf(w.rowPrincipal, f.money(b.Principal)),
		fmt.Sprintf(w.rowInterest, f.money(b.Interest)),
		fmt.Sprintf(w.rowCosts, f.money(b.Costs)))
	if b.Credit > 0 {
		lines = append(lines, fmt.Sprintf(w.rowCredit, f.money(b.Credit)))
	}
	lines = append(lines, fmt.Sprintf(w.rowTotal, f.day(b.At), f.money(max(0, b.Total))))
	lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
	return strings.Join(lines, "\n")
}

// circumstances are those of § 13a Abs. 2 RDG, as far as the file knows them.
func (f *facts) circumstances() string {
	w := f.words()
	var lines []string
	for i, c := range f.chain {
		who := c.person.Name.String()
		if a := f.postal(c.person); a != "" {
			who += ", " + a
		}
		switch {
		case i == 0:
			lines = append(lines, fmt.Sprintf(w.creditorOf, who))
		case c.since == 0:
			lines = append(lines, fmt.Sprintf(w.assignedTo, who))
		default:
			lines = append(lines, fmt.Sprintf(w.assignedOn, who, f.day(c.since)))
		}
	}
	for _, c := range f.in.Case.Ledger.Claims {
		if c.Subject != "" {
			lines = append(lines, fmt.Sprintf(w.claimOf, c.Subject))
		}
		var days []string
		for _, d := range []struct {
			format string
			day    string
		}{
			{w.contract, f.day(c.Contract)},
			{w.invoiceOf, f.day(c.InvoiceDate)},
			{w.dueOn, f.day(c.Due)},
			{w.defaultSince, f.day(c.Default)},
		} {
			if d.day != "" {
				days = append(days, fmt.Sprintf(d.format, d.day))
			}
		}
		if len(days) > 0 {
			lines = append(lines, strings.Join(days, ", "))
		}
	}
	return strings.Join(lines, "\n")
}

// rateNotice says where a rate is above the statutory one and why (§ 13a Abs. 1
// Nr. 4 RDG).
func (f *facts) rateNotice() string {
	w := f.words()
	if !f.is("private") {
		return "" // a notice for private persons; between firms nine points are statutory
	}
	for _, l := range f.in.Statement.Lines {
		if l.Kind == ledger.RateFixed || l.Kind == ledger.RateOverBase && l.Rate-l.BaseRate > 500 {
			return rewrite(w.rateOver, f.percent(l.Rate))
		}
	}
	return ""
}

// creditorQuestion is what the creditor is asked on behalf of the mail.
func (f *facts) creditorQuestion() string {
	w, s := f.words(), f.class.Slots
	papers := w.ask[cases.InformationRequest]
	if f.is("assigned") {
		papers += " " + w.askDeed
	}
	switch {
	case f.is("fraud"):
		return w.askFraud
	case f.has(cases.Dispute):
		reason := s.DisputeReason
		if reason == "" {
			reason = "other"
		}
		ask := w.ask[cases.Dispute]
		if reason == "fees" {
			ask = w.askFees
		}
		return fmt.Sprintf(w.askObjection, w.objection[reason]) + " " + ask
	case f.has(cases.SettlementOffer):
		if s.OfferCents == nil || *s.OfferCents <= 0 {
			return ""
		}
		by, open := "", ""
		if d := s.PromiseDate; d > f.in.Today {
			by = fmt.Sprintf(w.askBy, f.day(d))
		}
		if f.in.BalanceErr == nil && f.in.Balance.Total > 0 {
			open = fmt.Sprintf(w.askOpen, f.day(f.in.Today), f.money(f.in.Balance.Total))
		}
		return fmt.Sprintf(w.ask[cases.SettlementOffer], f.money(*s.OfferCents), by, open)
	case f.has(cases.Paid):
		detail := ""
		if f.values["paid_cents"] != "" {
			detail = " (" + f.values["paid_cents"] + ")"
		}
		return fmt.Sprintf(w.ask[cases.Paid], detail)
	case f.has(cases.PaymentPause):
		until := ""
		if d := f.pauseWish(); d > f.in.Today {
			until = fmt.Sprintf(w.askUntil, f.day(d))
		}
		ask := fmt.Sprintf(w.ask[cases.PaymentPause], until)
		if f.has(cases.InformationRequest) {
			ask += " " + papers
		}
		return ask
	case f.has(cases.InformationRequest):
		return papers
	}
	return w.ask[cases.Other]
}

// also is what is said about further wishes of the mail: one sentence each, at
// most two.
func (f *facts) also() string {
	w := f.words()
	var out []string
	for _, i := range []cases.Intent{cases.Dispute, cases.Paid, cases.DataRequest, cases.Complaint, cases.ContactChange, cases.InformationRequest, cases.Representation} {
		if i == f.class.Intent || !f.has(i) || len(out) == 2 {
			continue
		}
		s := w.also[i]
		if i == cases.InformationRequest && f.mentions(paperWords...) {
			s = w.alsoPapers // only what was asked for is promised
		}
		if strings.Contains(s, "%s") {
			due := f.values["answer_by"]
			if i == cases.DataRequest {
				due = f.values["clock_due"]
			}
			s = fmt.Sprintf(s, due)
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}
