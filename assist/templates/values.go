package templates

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plan"
)

func (f *facts) fillHouse() {
	a, w := f.in.Agency, f.words()
	for name, v := range map[string]string{
		"agency": a.Name, "phone": a.Phone, "hours": f.hours(a.Hours), "mail": a.Mail, "privacy": a.Privacy,
		"iban": spacedIBAN(a.IBAN), "bic": a.BIC, "authority": a.Authority,
	} {
		f.put(name, v)
	}
	f.put("contact", cmp.Or(a.Contact, f.in.UserName))
	f.put("signer", cmp.Or(f.in.UserName, a.Contact, a.Name))
	f.put("company", f.company(a.Phone, a.Mail, a.Web))
	if a.IBAN != "" {
		payee := w.payee + " " + a.Name
		if a.BIC != "" {
			payee += " · BIC: " + a.BIC
		}
		f.put("payment", payee+"\nIBAN: "+spacedIBAN(a.IBAN)+" · "+w.purpose+" "+f.in.Case.Reference)
	}
	if a.AINotice {
		f.put("ai_notice", cmp.Or(a.NoticeLine, fmt.Sprintf(w.aiNotice, f.values["signer"])))
	}
	f.put("imprint", f.imprint())
}

// company is what § 35a GmbHG and § 5 DDG want said about the house, as one
// running line: it stands under every letter and is read by few. The supervisory
// authority with its address is said where the law wants it, in the first letter,
// and with a complaint.
func (f *facts) company(reach ...string) string {
	a, w := f.in.Agency, f.words()
	owner := a.Owner
	if owner != "" && !strings.Contains(owner, ":") { // "Geschäftsführung: …" says itself what it is
		owner = w.owner + " " + owner
	}
	privacy := a.Privacy
	if privacy != "" {
		privacy = w.privacy + " " + privacy
	}
	parts := []string{a.Name, a.Street, a.Town}
	if f.lang != "de" {
		parts = append(parts, strings.Replace(a.Country, "Deutschland", "Germany", 1))
	}
	parts = append(append(parts, reach...), owner, a.Register, privacy)
	return strings.Join(slices.DeleteFunc(parts, func(x string) bool { return x == "" }), " · ")
}

// imprint is the company under a letter that has named a person and a phone
// already, with the notice about the software.
func (f *facts) imprint() string {
	web := f.in.Agency.Web
	if web != "" && strings.Contains(f.in.Agency.Privacy, strings.TrimPrefix(web, "https://")) {
		web = "" // the privacy notice lies there
	}
	return strings.TrimSuffix(f.company(web)+" · "+f.values["ai_notice"], " · ")
}

// hours writes opening hours as the language does: the house gives them once, in
// German.
func (f *facts) hours(s string) string {
	if f.lang != "en" {
		return s
	}
	days := strings.NewReplacer("Mo", "Mon", "Di", "Tue", "Mi", "Wed", "Do", "Thu", "Fr", "Fri", "Sa", "Sat", "So", "Sun")
	words := map[string]string{"bis": "to", "und": "and", "Uhr": "", "Uhr,": ",", "Uhr;": ";"}
	if strings.Contains(s, "Uhr") {
		s = regexp.MustCompile(`\b(\d{1,2})(?:[:.]\d{2})?\b`).ReplaceAllStringFunc(s, clock)
	}
	var out []string
	for w := range strings.FieldsSeq(s) {
		if en, ok := words[w]; ok {
			w = en
		} else {
			w = days.Replace(w)
		}
		if w != "" {
			out = append(out, w)
		}
	}
	return strings.NewReplacer(" ,", ",", " ;", ";").Replace(strings.Join(out, " "))
}

// clock writes an hour of the day as in English: "18" is "6 pm", "8.30" "8:30 am".
func clock(s string) string {
	h, minutes, _ := strings.Cut(strings.Replace(s, ".", ":", 1), ":")
	n, err := strconv.Atoi(h)
	if err != nil || n > 24 {
		return s
	}
	half := "am"
	if n >= 12 && n < 24 {
		half = "pm"
	}
	out := strconv.Itoa((n+11)%12 + 1)
	if minutes != "" && minutes != "00" {
		out += ":" + minutes
	}
	return out + " " + half
}

func spacedIBAN(s string) string {
	s = strings.ReplaceAll(s, " ", "")
	var b strings.Builder
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (f *facts) fillPeople() {
	if f.debtor != nil {
		f.put("debtor", f.debtor.Name.String())
		f.put("name", f.debtor.Name.String())
	}
	if f.creditor != nil {
		f.put("creditor", f.creditor.Name.String())
		f.put("creditor_address", f.postal(f.creditor))
	}
	if f.rep != nil {
		f.put("representative", f.rep.Name.String())
	}
	if f.administrator != nil {
		f.put("administrator", f.administrator.Name.String())
	}
	if f.sender != nil {
		f.put("sender", f.sender.Name.String())
	}
	switch { // the salutation
	case f.is("from_representative"):
		f.values["name"] = f.values["sender"]
	case f.msg == nil && f.rep != nil:
		f.values["name"] = f.rep.Name.String()
	}
}

func (f *facts) fillCase() {
	k, b := f.in.Case, f.in.Balance
	f.put("reference", k.Reference)
	f.put("today", f.day(f.in.Today))
	f.put("covered", f.day(f.in.CoveredUntil))
	f.put("clock_due", f.day(f.clockDue))
	f.put("answer_by", f.day(f.answerBy))
	f.put("pay_by", f.day(cases.PayBy(f.in.Today, f.land)))
	subject := k.Subject.String()
	if subject == "" && len(k.Ledger.Claims) > 0 {
		subject = k.Ledger.Claims[0].Subject
	}
	f.put("subject_matter", subject)
	if len(k.Ledger.Claims) > 0 {
		f.put("invoice", k.Ledger.Claims[0].Invoice)
	}
	f.put("rate_notice", f.rateNotice())
	f.put("circumstances", f.circumstances())
	if f.in.BalanceErr != nil {
		return
	}
	f.put("balance", f.money(max(0, b.Total)))
	f.put("principal", f.money(b.Principal))
	f.put("interest", f.money(b.Interest))
	f.put("costs", f.money(b.Costs))
	if b.Credit > 0 {
		f.put("credit", f.money(b.Credit))
	}
	f.put("claim_list", f.claimList())
	f.put("cost_lines", f.costLines())
	f.put("interest_lines", f.interestLines())
	f.put("statement", f.statement())
}

func (f *facts) fillMail() {
	s := f.class.Slots
	if s.PaidCents != nil && *s.PaidCents > 0 {
		f.put("paid_cents", f.money(*s.PaidCents))
	}
	f.put("paid_date", f.day(s.PaidDate))
	f.put("their_deadline", f.day(f.class.Details.TheirDeadline))
	if e := f.in.Found; e != nil {
		f.put("found_cents", f.money(e.Cents))
		f.put("found_date", f.day(e.Date))
	}
	if s.OfferCents != nil && *s.OfferCents > 0 {
		f.put("offer_cents", f.money(*s.OfferCents))
	}
	if f.has(cases.Dispute) {
		f.put("objection", f.words().dispute[cmp.Or(s.DisputeReason, "other")])
	}
	f.put("creditor_question", f.creditorQuestion())
	f.put("also", f.also())
}

func (f *facts) fillArrangement() {
	s, w := f.class.Slots, f.words()
	if s.MonthlyCents != nil && *s.MonthlyCents > 0 {
		f.put("wish_monthly", f.money(*s.MonthlyCents))
	}
	if s.FirstPaymentDate >= f.in.Today {
		f.put("wish_first", f.day(s.FirstPaymentDate))
	}
	if m := f.in.Rules.Plan.MinMonthly; m > 0 {
		f.put("min_monthly", f.money(m))
	}
	if m := f.in.Rules.Plan.MaxMonths; m > 0 {
		f.put("max_months", strconv.Itoa(m))
	}
	offerEnds := f.in.Today + calendar.Date(f.offerDays)
	f.put("offer_until", f.day(offerEnds))
	rates, total, since := f.plan.rates, f.plan.total, f.in.Today
	if a, ok := f.in.Case.Binding(cases.ArrangePlan); ok && f.in.Name != "" {
		// Letters about a plan speak of the one that runs, with the interest of the
		// day on which it was made.
		rates, total, since = a.Rates, a.Total, cmp.Or(a.Since, since)
	}
	f.put("plan_since", f.day(since))
	if n := len(rates); n > 0 {
		f.put("plan_total", f.money(total))
		f.put("plan_count", strconv.Itoa(n))
		f.put("plan_monthly", f.money(rates[0].Cents))
		f.put("plan_first", f.day(rates[0].Due))
		f.put("plan_last", f.day(rates[n-1].Due))
		f.put("plan_table", f.planTable(rates))
		f.put("plan_sum", fmt.Sprintf(w.planSum, n, f.money(total)))
	}
	f.put("cost_notice", fmt.Sprintf(w.costNotice, w.zero, w.zero, f.day(since)))
	f.put("pause_notice", fmt.Sprintf(w.pauseNotice, w.zero, w.zero))
	f.put("pause_until", f.day(f.pause.until))
	if f.settle.sum > 0 {
		f.put("settlement_sum", f.money(f.settle.sum))
		f.put("settlement_by", f.day(f.settle.by))
	}
	f.put("pause_wish", f.day(f.pauseWish()))
	if f.in.Rules.PauseDays > 0 {
		f.put("pause_limit", strconv.Itoa(f.in.Rules.PauseDays))
	}
	f.put("promise_date", f.day(s.PromiseDate))
	if s.PromiseCents != nil && *s.PromiseCents > 0 {
		f.put("promise_cents", f.money(*s.PromiseCents))
	}
	if f.in.Name == "promise_reminder" {
		if a, ok := f.in.Case.Current(cases.ArrangePromise); ok {
			f.values["promise_date"] = f.day(a.Until)
			if a.Total > 0 {
				f.values["promise_cents"] = f.money(a.Total)
			}
		}
	}
	if n := len(f.missing); n > 0 {
		last, sum := f.missing[n-1], money.Cents(0)
		for _, r := range f.missing {
			sum += r.Cents - r.Paid
		}
		f.put("rate_due", f.day(last.Due))
		f.put("rate_cents", f.money(last.Cents))
		f.put("overdue", f.money(sum))
		f.put("reminded_on", f.day(f.reminded()))
	}
}

// missingRates are the instalments of the running plan that are missing for sure,
// by what was paid and as far as bank statements reach. Of no other may a letter
// say so.
func (f *facts) missingRates() []plan.RateState {
	a, ok := f.in.Case.Binding(cases.ArrangePlan)
	if !ok {
		return nil
	}
	return slices.DeleteFunc(f.in.Case.Instalments(a, f.in.Rules.Plan, f.in.Rules.Land, f.in.Today, f.in.CoveredUntil),
		func(r plan.RateState) bool { return r.State != plan.Broken })
}

// reminded is the day of the last reminder of the running plan whose period has
// run out.
func (f *facts) reminded() calendar.Date {
	a, ok := f.in.Case.Binding(cases.ArrangePlan)
	if !ok {
		return 0
	}
	return f.in.Case.Reminded(a, f.in.Rules.Plan, f.in.Rules.Land, f.in.Now.Location(), f.in.Today, f.in.CoveredUntil)
}
