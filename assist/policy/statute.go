package policy

import (
	"fmt"
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/money"
)

// statute asks for what the law wants said, by what the letter does.
func (c *check) statute() {
	c.costNotice()
	c.arrangementText()
	if c.out.Context.Name == "first_letter" || c.out.Template.ID == "first_letter" {
		c.firstLetter()
	}
	if c.out.Template.ID == "information" {
		c.information()
	}
	if c.debtorSide() {
		c.services()
	}
}

func (c *check) debtorSide() bool {
	return c.role == cases.RoleDebtor || c.role == cases.RoleCoDebtor
}

// paragraphs cuts folded text at blank lines.
func (c *check) paragraphs() []span {
	var out []span
	at := 0
	for p := range strings.SplitSeq(c.text.s, "\n\n") {
		if strings.TrimSpace(p) != "" {
			out = append(out, span{at, at + len(p)})
		}
		at += len(p) + 2
	}
	return out
}

// costNotice holds § 13a Abs. 3 RDG: the notice as its own block, before the
// plan, with the very costs that the effect names.
func (c *check) costNotice() {
	if c.to == nil || !c.to.Natural() {
		return
	}
	for _, e := range c.out.Effects {
		if !slices.Contains([]cases.EffectKind{cases.OfferPlan, cases.AgreePlan, cases.AmendPlan, cases.GrantPause}, e.Kind) {
			continue // neither deferral nor instalments
		}
		if e.Costs > 0 {
			c.report("plan.costs", e.Costs.Format("de"))
		}
		at, ok := c.noticeBlock(e.Costs)
		if !ok {
			c.report("rdg.13a3", string(e.Kind))
			continue
		}
		if len(e.Rates) > 0 {
			first := fold(e.Rates[0].Cents.Format("de")).s
			if i := c.rowOf(first); i >= 0 && i < at {
				c.report("rdg.13a3_order", first)
			}
		}
	}
}

// rowOf finds the schedule: the first line with a number of an instalment.
func (c *check) rowOf(amount string) int {
	i := strings.Index(c.text.s, "1. rate: "+amount)
	if j := strings.Index(c.text.s, "instalment 1: "); i < 0 {
		return j
	}
	return i
}

// noticeBlock finds a paragraph that begins with the notice and names the costs.
func (c *check) noticeBlock(costs money.Cents) (int, bool) {
	for _, p := range c.paragraphs() {
		body := strings.TrimSpace(c.text.s[p.from:p.to])
		m := c.gate.find.notice.FindStringIndex(body)
		if m == nil || m[0] != 0 {
			continue
		}
		_, after, _ := strings.Cut(body, "\n")
		line, _, _ := strings.Cut(after, "\n")
		if !strings.Contains(line, "zusaetzliche kosten") && !strings.Contains(line, "additional costs") {
			continue
		}
		for _, lang := range []string{"de", "en"} {
			if strings.Contains(line, fold(costs.Format(lang)).s) {
				return p.from, true
			}
		}
	}
	return 0, false
}

// arrangementText compares the words with the effects.
func (c *check) arrangementText() {
	for _, e := range c.out.Effects {
		switch e.Kind { //nolint:exhaustive // the others need no words
		case cases.OfferPlan, cases.AgreePlan, cases.AmendPlan:
			if len(e.Rates) == 0 {
				continue
			}
			r := e.Rates[0]
			if !c.hasDay(r.Due) || !slices.ContainsFunc(c.amounts(), func(f figure) bool { return f.cents == r.Cents }) {
				c.report("plan.mismatch", r.Cents.Format("de")+" / "+r.Due.Long("de"))
			}
			if !c.says("verjaehrung", "limitation") {
				c.report("plan.limitation", "")
			}
		case cases.GrantPause:
			if !c.hasDay(e.Until) {
				c.report("plan.mismatch", e.Until.Long("de"))
			}
			if !c.says("verjaehrung", "limitation") {
				c.report("plan.limitation", "")
			}
		case cases.OfferSettlement:
			if !slices.ContainsFunc(c.amounts(), func(f figure) bool { return f.cents == e.Cents }) || e.Date != 0 && !c.hasDay(e.Date) {
				c.report("plan.mismatch", e.Cents.Format("de")+" / "+e.Date.Long("de"))
			}
			c.authority(e)
		}
	}
	if c.arranges() || !c.debtorSide() {
		return
	}
	if _, running := c.out.Context.Case.Current(cases.ArrangePlan); running {
		return
	}
	for _, s := range c.sent {
		sentence := strings.ReplaceAll(c.text.s[s.from:s.to], "\n", " ")
		for _, w := range []string{
			"raten sind wir einverstanden", "im monat sind wir einverstanden", "ratenzahlung sind wir einverstanden", "stimmen der ratenzahlung zu", "stimmen wir ihrem ratenvorschlag zu", "ratenzahlung wird gewaehrt", "gewaehren ihnen", "stunden wir", "wir stunden", "pause geht in ordnung", "vergleich sind wir einverstanden",
			"nehmen wir ihr angebot an", "wir nehmen ihr angebot an", "we agree to instalments", "a month is fine", "we accept your offer", "we agree to a pause", "we grant you",
		} {
			if strings.Contains(sentence, w) {
				c.report("plan.unrecorded", w)
				return
			}
		}
	}
}

// authority holds a settlement against what a caseworker may accept at this
// stage, as a share of the balance. Outside of it the creditor has to agree.
func (c *check) authority(e cases.Effect) {
	in := c.out.Context
	if len(in.Rules.Settlement) == 0 || e.Code == cases.CreditorAgreed || in.BalanceErr != nil {
		return
	}
	rule, ok := in.Rules.SettlementAt(in.Case.Stage)
	if !ok || e.Cents < rule.Least(in.Balance.Total) || e.Date > rule.Latest(in.Today) {
		c.report("settlement.authority", e.Cents.Format("de"))
	}
}

func (c *check) says(words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(c.text.s, w) })
}

// firstLetter holds § 13a Abs. 1 RDG for natural persons.
func (c *check) firstLetter() {
	if c.to == nil || !c.to.Natural() {
		return
	}
	in := c.out.Context
	need := func(what string, ok bool) {
		if !ok {
			c.report("rdg.13a1", what)
		}
	}
	var creditor *cases.Person
	if p, ok := in.Case.Party(cases.RoleCreditor, in.Today); ok {
		creditor = in.Persons[p.Person]
	}
	need("Nr. 1: Name des Gläubigers", creditor != nil && c.says(fold(creditor.Name.String()).s))
	if creditor != nil {
		need("Nr. 1: Anschrift des Gläubigers", slices.ContainsFunc(creditor.Contacts, func(k cases.Contact) bool {
			return k.Channel == cases.Postal && c.says(fold(strings.ReplaceAll(k.Value.String(), "\n", ", ")).s)
		}))
	}
	for _, f := range in.Case.Ledger.Claims {
		need("Nr. 2: Grund der Forderung", f.Subject == "" || c.says(fold(f.Subject).s))
		need("Nr. 2: Tag des Vertrags", f.Contract == 0 || c.hasDay(f.Contract))
	}
	interest := false
	for _, l := range in.Statement.Lines {
		if l.Cents == 0 {
			continue
		}
		interest = true
		need("Nr. 3: Zeitraum der Zinsen", c.hasDay(l.From) && c.hasDay(l.To))
		need("Nr. 3: Zinssatz", c.says(percent(l.Rate, ","), percent(l.Rate, ".")))
	}
	need("Nr. 3: Zinsen", interest || c.says("zinsen: keine", "interest: none"))
	need("Nr. 5: Inkassokosten", in.Balance.Costs == 0 || slices.ContainsFunc(c.amounts(), func(f figure) bool { return f.cents == in.Balance.Costs }))
	need("Nr. 6: Umsatzsteuer", in.Balance.Costs == 0 || c.says("umsatzsteuer", "vorsteuer", "vat", "input tax"))
	need("Nr. 8: Aufsichtsbehörde", c.says("bundesamt fuer justiz", "aufsichtsbehoerde", "supervisory authority"))
}

func percent(bp int, sep string) string { return fmt.Sprintf("%d%s%02d", bp/100, sep, bp%100) }

// information holds § 13a Abs. 2 RDG.
func (c *check) information() {
	in := c.out.Context
	p, ok := in.Case.Party(cases.RoleCreditor, in.Today)
	if !ok || in.Persons[p.Person] == nil || !c.says(fold(in.Persons[p.Person].Name.String()).s) {
		c.report("rdg.13a2", "")
	}
}

// services are what a letter owes people beside the law of the claim.
func (c *check) services() {
	in := c.out.Context
	vulnerable := in.Case.Vulnerable
	var dispute, data, alert bool
	for _, m := range in.Messages {
		if m == nil {
			continue
		}
		vulnerable = vulnerable || m.Class.HasFlag(cases.Vulnerable)
		dispute = dispute || m.Class.Intent == cases.Dispute
		data = data || m.Class.Intent == cases.DataRequest
		alert = alert || len(m.Class.Alerts) > 0
	}
	if vulnerable && !alert && (c.arranges() || c.out.Template.Demand) && !c.says("schuldnerberat", "debt advice") {
		c.report("advice.missing", "")
	}
	if data && !c.says("aufsichtsbehoerde", "data protection authority", "supervisory authority") {
		c.report("privacy.erasure", "")
	}
	if dispute && c.confirmed() && !alert && !c.says("auskunftei", "credit bureau") && c.out.Template.ID == "dispute_received" {
		c.report("bureau.inform", "")
	}
}
