package templates

import (
	"cmp"
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plan"
)

// promiseDays is how far ahead a promise to pay in full may lie; beyond it is a
// deferral, which has its own notice (§ 13a Abs. 3 RDG).
const promiseDays = 31

// facts is what one letter can be made of: the case seen through the closed
// lists of conditions and slots.
type facts struct {
	in       cases.DraftContext
	lang     string
	land     calendar.Land
	class    cases.Classification
	msg      *cases.Message // the one that is answered: the last
	debtor   *cases.Person
	creditor *cases.Person
	chain    []owner // of the claim: the original creditor first
	rep      *cases.Person
	repParty cases.Party
	// administrator is the insolvency administrator on file; adminProven says that
	// the appointment was seen.
	administrator *cases.Person
	adminProven   bool
	sender        *cases.Person // who wrote, where the file knows
	fromAddr      string

	plan   proposal
	pause  pause
	settle settlement
	// missing are the instalments of the running plan that are missing for sure.
	missing []plan.RateState

	offerDays int
	answerBy  calendar.Date // by when the creditor's answer is reported
	clockDue  calendar.Date

	conds  map[string]bool
	values map[string]string
}

func (f *facts) all(terms []term) bool {
	for _, t := range terms {
		if f.is(t.name) == t.not {
			return false
		}
	}
	return true
}

func (f *facts) is(name string) bool { return f.conds[name] || f.values[name] != "" }

// newFacts looks at a context for letters in one language.
func newFacts(in cases.DraftContext, lang string) *facts {
	f := &facts{in: in, lang: lang, conds: map[string]bool{}, values: map[string]string{}}
	f.land = in.Case.Land
	if f.land == "" {
		f.land = in.Rules.Land
	}
	f.readPeople()
	f.readMessages()
	f.missing = f.missingRates()
	f.conditions()
	f.readAttached()
	f.arrange()
	f.fillHouse()
	f.fillPeople()
	f.fillCase()
	f.fillMail()
	f.fillArrangement()
	return f
}

func (f *facts) person(role cases.Role) *cases.Person {
	if p, ok := f.in.Case.Party(role, f.in.Today); ok {
		return f.in.Persons[p.Person]
	}
	return nil
}

func (f *facts) readPeople() {
	f.debtor = f.person(cases.RoleDebtor)
	if f.debtor == nil {
		f.debtor = f.person(cases.RoleCoDebtor)
	}
	f.creditor = f.person(cases.RoleCreditor)
	f.readChain()
	if p, ok := f.in.Case.Party(cases.RoleAdministrator, f.in.Today); ok {
		f.administrator, f.adminProven = f.in.Persons[p.Person], p.Proof == cases.ProofSeen
	}
	if p, ok := f.in.Case.Represented(f.in.Today); ok {
		f.repParty, f.rep = p, f.in.Persons[p.Person]
	}
}

// readMessages merges what the open mails say: alerts and flags of any of them
// count, the last one is answered.
func (f *facts) readMessages() {
	for _, m := range f.in.Messages {
		if m == nil {
			continue
		}
		if f.msg == nil || !m.Received.Before(f.msg.Received) {
			f.msg = m
		}
	}
	if f.msg == nil {
		return
	}
	f.class = f.msg.Class
	f.class.Secondary = slices.Clone(f.class.Secondary)
	f.class.Flags, f.class.Alerts = slices.Clone(f.class.Flags), slices.Clone(f.class.Alerts)
	for _, m := range f.in.Messages {
		if m == nil || m == f.msg {
			continue
		}
		f.class.Flags = union(f.class.Flags, m.Class.Flags)
		f.class.Alerts = union(f.class.Alerts, m.Class.Alerts)
		if m.Class.Intent.Answered() && m.Class.Intent != cases.Other {
			f.class.Secondary = union(f.class.Secondary, []cases.Intent{m.Class.Intent})
		}
	}
	f.class.Secondary = slices.DeleteFunc(f.class.Secondary, func(i cases.Intent) bool {
		return i == f.class.Intent || i == cases.InformationRequest && f.onlyTheAccount()
	})
	f.fromAddr = f.msg.Mail.From.Addr
	f.sender = f.in.Persons[f.msg.Match.Person]
	if f.sender == nil {
		f.sender = f.byAddress(f.fromAddr)
	}
}

// onlyTheAccount reports whether a mail asks, beside what it is about, for
// nothing but where to pay: the letter names the account, and no papers are
// wanted.
func (f *facts) onlyTheAccount() bool {
	switch f.class.Intent { //nolint:exhaustive // the others' letters name no account
	case cases.InstallmentRequest, cases.PaymentPromise, cases.SettlementOffer, cases.PaymentPause, cases.ContactChange, cases.Complaint, cases.Other:
		return len(f.in.Messages) == 1 && f.mentions(accountWords...) && !f.mentions(paperWords...) &&
			!f.mentions("wofür", "woher", "gläubiger", "zusammensetz", "kosten", "zinsen", "what is this", "who is", "costs", "interest")
	}
	return false
}

// paperWords name papers that may be asked for.
var paperWords = []string{
	"vertrag", "verträge", "nachweis", "beleg", "kopie", "aufstellung", "aufschlüssel", "unterlagen", "dokument", "vollmacht", "abtretung",
	"contract", "proof", "copy", "copies", "breakdown", "evidence", "document", "paperwork", "power of attorney", "assignment",
}

func union[T comparable](a, b []T) []T {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

// byAddress finds the party whose mail address on file is addr, in the order of
// the case's parties.
func (f *facts) byAddress(addr string) *cases.Person {
	if addr == "" {
		return nil
	}
	for _, p := range f.in.Case.Parties {
		who := f.in.Persons[p.Person]
		if who == nil {
			continue
		}
		for _, c := range who.Contacts {
			if c.Channel == cases.Email && strings.EqualFold(c.Value.String(), addr) {
				return who
			}
		}
	}
	return nil
}

func (f *facts) role(p *cases.Person) cases.Role {
	if p == nil {
		return ""
	}
	party, _ := f.in.Case.PartyOf(p.ID, f.in.Today)
	return party.Role
}

func personID(p *cases.Person) cases.PersonID {
	if p == nil {
		return ""
	}
	return p.ID
}

func (f *facts) has(i cases.Intent) bool {
	return f.msg != nil && (f.class.Intent == i || slices.Contains(f.class.Secondary, i))
}

func (f *facts) conditions() {
	k, today, c := f.in.Case, f.in.Today, f.class
	set := func(name string, on bool) { f.conds[name] = on }
	dispute := c.Slots.DisputeReason

	set("denied", f.in.Confirmed == cases.PartyDenied || k.RightParty == cases.PartyDenied)
	set("alert", len(c.Alerts) > 0)
	set("minor", len(c.Alerts) == 1 && c.Alerts[0] == cases.Minor)
	set("vulnerable", c.HasFlag(cases.Vulnerable) || k.Vulnerable)
	set("hostile", c.HasFlag(cases.Hostile))
	set("legal_threat", c.HasFlag(cases.LegalThreat))
	set("private", f.debtor != nil && f.debtor.Natural())

	role := f.role(f.sender)
	standsFor := role == cases.RoleRepresentative || role == cases.RoleGuardian || role == cases.RoleAdviser || role == cases.RoleAdministrator
	party, _ := k.PartyOf(personID(f.sender), today)
	proven := standsFor && party.Proof == cases.ProofSeen
	set("represented", f.rep != nil)
	set("from_administrator", role == cases.RoleAdministrator)
	set("says_administrator", f.mentions("als insolvenzverwalter", "zum insolvenzverwalter", "zur insolvenzverwalterin", "zum vorläufigen insolvenzverwalter",
		"zum treuhänder", "zur treuhänderin", "bin ich insolvenzverwalter", "as insolvency administrator", "appointed insolvency administrator") ||
		f.msg != nil && f.sender == nil && strings.Contains(strings.ToLower(f.msg.Mail.From.Name.String()), "insolvenzverwalt"))
	set("administrator_mail", f.administrator != nil && f.administrator.Mail(today) != "")
	set("rep_proven", proven)
	set("confirmed", f.in.Confirmed == cases.PartyConfirmed || proven)
	set("adviser", f.rep != nil && f.repParty.Role == cases.RoleAdviser || f.mentions("schuldnerberat", "schuldenberat", "debt advi", "caritas", "diakonie"))
	set("from_representative", standsFor)
	set("from_debtor", role == cases.RoleDebtor || role == cases.RoleCoDebtor)
	set("deceased", f.debtor != nil && f.debtor.Deceased)
	set("insolvent", f.debtor != nil && f.debtor.Insolvent)
	set("closed", k.Stage == cases.StageClosed)
	set("in_court", k.Stage == cases.StageCourtOrder || k.Stage == cases.StageEnforcementOrder)
	set("titled", k.Stage == cases.StageEnforcementOrder || k.Stage == cases.StageEnforcement || len(k.Titles) > 0)
	set("settled", f.in.BalanceErr == nil && f.in.Balance.Total <= 0)
	set("disputed", k.Disputed())
	_, held := k.Held(cases.HoldDunning, today)
	_, court := k.Held(cases.HoldCourt, today)
	set("held", held)
	set("court_held", court)
	set("fraud", dispute == "fraud" || c.Intent == cases.NotDebtor && f.mentions("identitätsdiebstahl", "identity theft", "anzeige erstattet", "betrug", "missbrauch meine", "stolen identity"))
	set("time_barred", dispute == "time_barred")
	set("barred", k.Lapsed(today))
	set("barred_claim", dispute == "time_barred" && k.Lapsed(today))
	for _, i := range []cases.Intent{cases.Dispute, cases.SettlementOffer, cases.Paid, cases.InformationRequest} {
		set("intent_"+string(i), f.has(i))
	}
	_, running := k.Binding(cases.ArrangePlan)
	set("plan_running", running)
	set("rates_missing", len(f.missing) > 1)
	set("rate_part", len(f.missing) == 1 && f.missing[0].Paid > 0)

	set("promise", c.Slots.PromiseDate >= today && c.Slots.PromiseDate <= today+promiseDays)
	set("promise_late", c.Slots.PromiseDate > today+promiseDays)
	set("promise_full", c.Slots.PromiseCents == nil || f.in.BalanceErr == nil && *c.Slots.PromiseCents >= f.in.Balance.Total)
	set("found", f.in.Found != nil && f.in.Found.Kind == ledger.Payment)
	set("found_creditor", f.in.Found != nil && f.in.Found.Kind == ledger.PaymentToCreditor)
	set("paid_creditor", f.in.Found == nil && f.paidToCreditor())
	set("paid_stated", c.Slots.PaidCents != nil || c.Slots.PaidDate != 0)

	set("covers_due", f.coversDue())

	kind := c.Details.RequestKind
	set("erasure", kind == "erasure")
	set("rectify", kind == "rectification")
	set("objects", kind == "objection" || kind == "restriction" || kind == "withdrawal")
	set("access", kind == "access" || kind == "portability" || kind == "")
	set("creditor_mail", f.creditor != nil && f.creditor.Mail(today) != "")
	set("statement_ready", f.in.BalanceErr == nil && len(k.Ledger.Claims) > 0 && f.creditor != nil)
	set("assigned", len(f.chain) > 1)
	set("asks_account", f.mentions(accountWords...))
	set("asks_identity", f.mentions("wer sind sie", "wer seid ihr", "ist das echt", "betrug", "seriös", "abzocke", "fake", "who are you", "is this real", "scam", "genuine", "legit",
		"kim siniz", "dolandırıcı", "kim państwo", "oszustwo", "qui êtes-vous", "arnaque", "cine sunteți", "кто вы", "мошен"))
	set("vat_deducted", f.in.Agency.VATDeduct)
	set("address_found", f.debtor != nil && slices.ContainsFunc(f.debtor.Contacts, func(c cases.Contact) bool {
		return c.Channel == cases.Postal && c.Valid(today) && strings.Contains(c.Why, "inquiry")
	}))
}

// coversDue reports whether bank statements reach past the day on which a missing
// payment would have shown: before that nobody may be told that it is missing.
func (f *facts) coversDue() bool {
	if f.in.Name != "promise_reminder" {
		return len(f.missing) > 0
	}
	a, ok := f.in.Case.Current(cases.ArrangePromise)
	return ok && plan.Missing(a.Until, f.in.CoveredUntil, f.in.Rules.Plan, f.land)
}

// bankDays is how long a payment may take to show.
func (f *facts) bankDays() int { return max(2, f.in.Rules.Plan.BankDays) }

// mentions reports whether the answered mail's own words hold one of the words,
// which are given in lower case.
func (f *facts) mentions(words ...string) bool {
	if f.msg == nil {
		return false
	}
	own := strings.ToLower(f.msg.Mail.Subject.String() + "\n" + f.msg.Mail.Own.String())
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(own, w) })
}

func (f *facts) paidToCreditor() bool {
	if f.msg == nil {
		return false
	}
	if f.creditor != nil {
		name, _, _ := strings.Cut(strings.ToLower(f.creditor.Name.String()), " ")
		if len(name) > 3 && f.mentions("an "+name, "bei "+name, "to "+name) {
			return true
		}
	}
	return f.mentions("direkt an den", "direkt an die", "direkt bei", "direkt beim", "an den händler", "an den shop", "an den verkäufer",
		"directly to", "direct to the", "to the shop", "to the seller", "to the retailer", "to the creditor")
}

// arrange reckons what may be offered.
func (f *facts) arrange() {
	in, c := f.in, f.class
	// An offer ends on a day on which a period may end (§ 193 BGB).
	f.offerDays = int(goodDay(in.Today+calendar.Date(cmp.Or(in.Rules.OfferDays, 14)), in.Today, f.land) - in.Today)
	f.answerBy = calendar.NextBusinessDay(in.Today+14, f.land)
	f.clockDue = calendar.Months(1).After(in.Today) // Art. 12 Abs. 3 DSGVO
	if f.msg != nil {
		received := calendar.In(f.msg.Received, in.Now.Location())
		f.clockDue = max(calendar.Months(1).After(received), in.Today)
	}
	if in.BalanceErr == nil {
		wish := plan.Wish{Total: in.Balance.Total, First: c.Slots.FirstPaymentDate}
		if c.Slots.MonthlyCents != nil {
			wish.Monthly = max(0, *c.Slots.MonthlyCents)
		}
		p, ok := propose(in.Balance.Total, wish, in.Rules, in.Today, f.land)
		f.plan = p
		set := func(name string, on bool) { f.conds[name] = ok && on }
		set("plan", true)
		set("plan_exact", p.exact)
		set("plan_outside", p.outside())
		set("below_min", p.belowMin)
		set("too_long", p.tooLong)
		set("too_late", p.tooLate)
		set("no_figure", p.noFigure)
		set("plan_single", len(p.rates) == 1)
		if !ok {
			f.plan = proposal{}
		}
	}
	p, ok := proposePause(f.pauseWish(), in.Rules.PauseDays, in.Today, f.land)
	if ok {
		f.pause = p
	}
	f.conds["pause"] = ok
	f.conds["pause_fits"] = ok && !p.outside && !p.unsaid
	f.conds["pause_outside"] = ok && p.outside
	f.conds["pause_unsaid"] = ok && p.unsaid
	if f.has(cases.SettlementOffer) && f.msg != nil {
		s, ok := settle(in, f.class.Slots, f.land, f.offerDays)
		f.settle = s
		f.conds["settlement_fits"], f.conds["settlement_counter"] = ok && s.fits, ok && s.counter
		f.conds["settlement_late"] = ok && s.late
		// Who offers all that is owed, or more, need not be forgiven anything.
		offer := f.class.Slots.OfferCents
		f.conds["offer_covers"] = offer != nil && in.BalanceErr == nil && in.Balance.Total > 0 && *offer >= in.Balance.Total
	}
}

// pauseWish is the day until which a rest is asked for; a promise far ahead is
// such a wish too.
func (f *facts) pauseWish() calendar.Date {
	if f.class.Slots.PauseUntil != 0 {
		return f.class.Slots.PauseUntil
	}
	if f.conds["promise_late"] {
		return f.class.Slots.PromiseDate
	}
	return 0
}

func (f *facts) money(c money.Cents) string { return c.Format(f.lang) }

func (f *facts) day(d calendar.Date) string {
	if d == 0 {
		return ""
	}
	return d.Long(f.lang)
}

// put sets a slot; an empty value leaves it without one.
func (f *facts) put(name, v string) {
	if v != "" {
		f.values[name] = v
	}
}

// accountWords ask where to pay.
var accountWords = []string{
	"iban", "bankverbindung", "auf welches konto", "welches konto", "wohin soll ich", "wohin überweis", "which account", "bank details", "where to pay",
	"where to send", "contul", "unde trebuie plătit", "numer konta", "hesap numara", "compte bancaire", "реквизит", "номер счета", "номер счёта",
}
