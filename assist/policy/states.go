package policy

import (
	"slices"
	"strconv"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plan"
)

// stateNames is the closed list of states that a rule's "when" may name.
func stateNames() []string {
	return []string{"titled", "untitled", "disputed", "barred", "debtor", "bare"}
}

// read looks at the case once.
func (c *check) read() {
	in := c.out.Context
	k, today := in.Case, in.Today
	c.known = collect(c.out)
	c.to = in.Persons[c.out.To]
	party, _ := k.PartyOf(c.out.To, today)
	c.role = party.Role
	titled := k.Stage == cases.StageEnforcementOrder || k.Stage == cases.StageEnforcement
	c.state = map[string]bool{
		"titled":   titled,
		"untitled": !titled,
		"disputed": k.Disputed() || slices.ContainsFunc(c.out.Effects, func(e cases.Effect) bool { return e.Kind == cases.RecordObjection }),
		"barred":   k.Lapsed(today),
		"debtor":   c.role != cases.RoleCreditor && c.role != cases.RoleCourt,
		"bare":     len(c.out.Files) == 0,
	}
	for _, m := range in.Messages {
		if m != nil && (m.Class.Intent == cases.Dispute || slices.Contains(m.Class.Secondary, cases.Dispute)) {
			c.state["disputed"] = true
		}
	}
}

// confirmed reports whether claim data may go to the recipient (domain.md 1.7).
func (c *check) confirmed() bool {
	in := c.out.Context
	party, ok := in.Case.PartyOf(c.out.To, in.Today)
	if !ok {
		return false
	}
	switch party.Role {
	case cases.RoleCreditor, cases.RoleCourt:
		return true
	case cases.RoleRepresentative, cases.RoleGuardian, cases.RoleAdviser, cases.RoleAdministrator:
		return party.Proof == cases.ProofSeen
	case cases.RoleDebtor, cases.RoleCoDebtor, cases.RoleHeir, cases.RolePayer:
	}
	return in.Confirmed == cases.PartyConfirmed && in.Case.RightParty != cases.PartyDenied
}

func (c *check) rightParty() {
	in := c.out.Context
	if c.role == "" {
		c.report("right_party.recipient", "")
	}
	if q, ok := c.claimData(); ok && !c.confirmed() {
		c.report("right_party.claim_data", q)
	}
	if rep, ok := in.Case.Represented(in.Today); ok && rep.Person != c.out.To && (c.role == cases.RoleDebtor || c.role == cases.RoleCoDebtor) {
		if q, ok := c.claimData(); ok {
			c.report("right_party.represented", q)
		}
	}
}

// claimData finds the first thing in the text that belongs to the claim: a sum,
// an account, the creditor's name, an invoice, what was bought.
func (c *check) claimData() (string, bool) {
	for _, f := range c.amounts() {
		return c.text.original(f.from, f.to), true
	}
	if m := c.gate.find.iban.FindStringIndex(c.text.s); m != nil {
		return c.text.original(m[0], m[1]), true
	}
	in := c.out.Context
	words := []string{in.Case.Subject.String()}
	for _, p := range in.Case.Parties { // who was creditor before is claim data, too
		if p.Role != cases.RoleCreditor || in.Persons[p.Person] == nil {
			continue
		}
		name := in.Persons[p.Person].Name.String()
		words = append(words, name)
		// "Velura Versand GmbH" is also "Velura".
		if short, _, more := strings.Cut(name, " "); more && len(short) > 4 {
			words = append(words, short)
		}
	}
	for _, f := range in.Case.Ledger.Claims {
		words = append(words, f.Invoice, f.Subject)
	}
	for _, w := range words {
		w = strings.TrimSpace(fold(w).s)
		if len(w) < 4 {
			continue
		}
		if i := strings.Index(c.text.s, w); i >= 0 {
			return c.text.original(i, i+len(w)), true
		}
	}
	return "", false
}

// asks finds where the text asks for money.
func (c *check) asks() (string, bool) {
	for _, s := range c.sent {
		sentence := strings.ReplaceAll(c.text.s[s.from:s.to], "\n", " ")
		m := c.gate.find.ask.FindStringIndex(sentence)
		if m == nil {
			continue
		}
		around := clause(sentence, m[0], m[1])
		if c.gate.negation.MatchString(around) {
			continue
		}
		return c.text.original(s.from+m[0], s.from+m[1]), true
	}
	return "", false
}

// states holds what blocks a demand, whatever the template says of itself.
func (c *check) states() {
	in := c.out.Context
	debtorSide := c.role != cases.RoleCreditor && c.role != cases.RoleCourt && c.role != cases.RoleAdministrator
	if !debtorSide {
		return
	}
	quote, asks := c.asks()
	demand := c.out.Template.Demand || asks
	c.alerts(quote, demand)
	c.deaths(quote, demand)
	if c.insolvent() && (demand || c.arranges()) {
		c.report("state.insolvency", quote)
	}
	if slices.ContainsFunc(in.Messages, func(m *cases.Message) bool { return m != nil && m.Class.Intent == cases.DataRequest }) && demand {
		c.report("state.data_request", quote)
	}
	if c.state["barred"] && demand {
		c.report("state.limitation", quote)
	}
	if demand {
		why := c.blocked()
		soft := slices.Contains([]string{"", "plan", "offer_open", "inquiry", "other", "hold"}, why)
		// A plan or a promise says where to pay what was agreed; that is no demand.
		if why != "" && (c.out.Template.Demand || !soft) && (c.out.Template.Demand || !c.arranges()) {
			c.report("state.demand", quote)
		}
	}
	if c.out.Template.Demand {
		c.beforeDemand()
	}
	if h, ok := in.Case.Held(cases.HoldCourt, in.Today); ok && c.says("mahnbescheid", "payment order", "gerichtliches verfahren", "court proceedings") && c.out.Template.Demand {
		c.report("state.court_hold", h.Reason)
	}
	c.notPaid()
	c.planEnd()
}

// planEnd holds § 314 Abs. 2 BGB: a plan has no clause by which it ends, so for
// missing instalments it ends only after a reminder whose period ran out in vain,
// and, by the measure of § 498 Abs. 1 BGB, not for one of them.
func (c *check) planEnd() {
	in := c.out.Context
	if !slices.ContainsFunc(c.out.Effects, func(e cases.Effect) bool { return e.Kind == cases.EndPlan && e.Code == "missed" }) {
		return
	}
	a, ok := in.Case.Binding(cases.ArrangePlan)
	if !ok {
		return
	}
	broken := plan.SumUp(in.Case.Instalments(a, in.Rules.Plan, in.Rules.Land, in.Today, in.CoveredUntil)).Broken
	switch {
	case broken < min(2, len(a.Rates)):
		c.report("plan.end", strconv.Itoa(broken)+"/2")
	case in.Case.Reminded(a, in.Rules.Plan, in.Rules.Land, in.Now.Location(), in.Today, in.CoveredUntil) == 0:
		c.report("plan.end", cases.PlanReminder)
	}
}

// staleDays is how many bank days a statement may be old under a demand.
const staleDays = 3

// beforeDemand holds what has to be so before anybody is asked for money: fresh
// bank statements, and costs within the cap (§ 13e RDG).
func (c *check) beforeDemand() {
	in := c.out.Context
	if in.CoveredUntil == 0 || calendar.AddBankDays(in.CoveredUntil, staleDays) < in.Today {
		c.report("state.statement_stale", in.CoveredUntil.String())
	}
	if c.to == nil || !c.to.Natural() {
		return
	}
	var claim, asked money.Cents
	on := in.Today
	for _, f := range in.Case.Ledger.Claims {
		claim += f.Principal
	}
	for _, b := range in.Statement.Bookings {
		if b.Kind == ledger.Cost && (b.CostKind == ledger.CollectionFee || b.CostKind == ledger.CollectionExp) {
			asked += b.Cents - b.Reversed
			on = min(on, b.Date)
		}
	}
	if asked == 0 {
		return
	}
	limit, err := c.gate.tables.Cap(costs.Normal, claim, on)
	switch {
	case err != nil:
		c.report("costs.unknown", claim.Format("de"))
	case asked > limit.Cap:
		c.report("costs.cap", asked.Format("de")+" > "+limit.Cap.Format("de"))
	}
}

func (c *check) blocked() string {
	in := c.out.Context
	sc := cases.NewScope(cases.Actor{})
	sc.Put(in.Case)
	for _, p := range in.Persons {
		if p != nil {
			sc.Put(p)
		}
	}
	return cases.DemandBlocked(sc, cases.Env{Now: in.Now, Today: in.Today, Rules: in.Rules}, in.Case, c.out.To)
}

func (c *check) alerts(quote string, demand bool) {
	alert := slices.ContainsFunc(c.out.Context.Messages, func(m *cases.Message) bool { return m != nil && len(m.Class.Alerts) > 0 })
	if h, ok := c.out.Context.Case.Held(cases.HoldAll, c.out.Context.Today); ok && h.Reason == "alert" {
		alert = true
	}
	if !alert {
		return
	}
	if q, ok := c.claimData(); ok {
		c.report("state.alert", q)
		return
	}
	if d := c.dates(); len(d) > 0 {
		c.report("state.alert", c.text.original(d[0].from, d[0].to))
		return
	}
	if demand || c.arranges() {
		c.report("state.alert", quote)
	}
}

func (c *check) deaths(quote string, demand bool) {
	in := c.out.Context
	dead := slices.ContainsFunc(in.Messages, func(m *cases.Message) bool { return m != nil && m.Class.Intent == cases.Deceased })
	for _, p := range in.Case.Parties {
		if who := in.Persons[p.Person]; who != nil && who.Deceased && (p.Role == cases.RoleDebtor || p.Role == cases.RoleCoDebtor) {
			dead = true
		}
	}
	if !dead {
		return
	}
	if q, ok := c.claimData(); ok {
		c.report("state.deceased", q)
		return
	}
	for _, w := range []string{"erbe ", "erben", "erbschaft", "erbschein", "nachlass", "heir", "estate", "inherit"} {
		if i := strings.Index(c.text.s, w); i >= 0 {
			c.report("state.deceased", c.text.original(i, i+len(w)))
			return
		}
	}
	if demand {
		c.report("state.deceased", quote)
	}
}

func (c *check) insolvent() bool {
	in := c.out.Context
	for _, p := range in.Case.Parties {
		if who := in.Persons[p.Person]; who != nil && who.Insolvent && (p.Role == cases.RoleDebtor || p.Role == cases.RoleCoDebtor) {
			return true
		}
	}
	return slices.ContainsFunc(in.Messages, func(m *cases.Message) bool { return m != nil && m.Class.Intent == cases.Insolvency })
}

// arranges reports whether approving offers or grants an arrangement.
func (c *check) arranges() bool {
	return slices.ContainsFunc(c.out.Effects, func(e cases.Effect) bool {
		switch e.Kind { //nolint:exhaustive // only these arrange
		case cases.OfferPlan, cases.AgreePlan, cases.AmendPlan, cases.GrantPause, cases.OfferSettlement:
			return true
		}
		return false
	})
}

// notPaid holds "money first": that something was not paid may be said only
// where bank statements reach past the day it was due, with their day in sight.
func (c *check) notPaid() {
	in := c.out.Context
	var at span
	var quote string
	for _, s := range c.sent {
		sentence := strings.ReplaceAll(c.text.s[s.from:s.to], "\n", " ")
		if m := c.gate.find.notPaid.FindStringIndex(sentence); m != nil && !conditional(sentence[:m[0]]) {
			at, quote = s, c.text.original(s.from+m[0], s.from+m[1])
			break
		}
	}
	if quote == "" {
		return
	}
	if in.CoveredUntil == 0 || !c.hasDay(in.CoveredUntil) {
		c.report("state.not_paid", quote)
		return
	}
	// The day that the sentence itself names must lie far enough back.
	for _, f := range c.dates() {
		if at.from <= f.from && f.to <= at.to && f.day != in.Today && in.CoveredUntil < calendar.AddBankDays(f.day, max(2, in.Rules.Plan.BankDays)) && c.isDue(f.day) {
			c.report("state.not_paid", quote)
		}
	}
}

// isDue reports whether something of a running arrangement was due on d.
func (c *check) isDue(d calendar.Date) bool {
	for _, kind := range []cases.ArrangementKind{cases.ArrangePlan, cases.ArrangePromise} {
		a, ok := c.out.Context.Case.Current(kind)
		if ok && (a.Until == d || slices.ContainsFunc(a.Rates, func(r plan.Rate) bool { return r.Due == d })) {
			return true
		}
	}
	return false
}

func (c *check) hasDay(d calendar.Date) bool {
	return slices.ContainsFunc(c.dates(), func(f figure) bool { return f.day == d })
}

// conditional reports whether a sentence up to here only supposes.
func conditional(before string) bool {
	for _, w := range []string{"wenn ", "falls ", "sollte", "sofern ", "if ", "should ", "ob ", "whether "} {
		if strings.Contains(before, w) {
			return true
		}
	}
	return false
}
