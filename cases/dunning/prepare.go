package dunning

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"kontor/cases"
	"kontor/cases/costs"
	"kontor/cases/deadline"
	"kontor/cases/ledger"
	"kontor/cases/money"
)

// Fields of the application (EDA, Konditionen of the courts), in characters.
const (
	nameLine  = 35
	nameLines = 4
	townLen   = 27
	streetLen = 35
	numberLen = 8 // Kennziffer
)

// maxOverBase is the effective rate over the base rate from which consumer
// credit is kept out, in basis points (§ 688 Abs. 2 Nr. 1 ZPO).
const maxOverBase = 1200

// soon is how many days before limitation a sheet warns.
const soon = 30

// Prepare makes the sheet of a case. It never fails for what the case lacks:
// that is a finding. Its error is a fault of the shipped tables.
func Prepare(in Input) (Sheet, error) {
	cat, err := catalogue(shippedCatalogue)
	if err != nil {
		return Sheet{}, err
	}
	p := &preparing{in: in, cat: cat}
	p.Sheet = Sheet{
		Notice: Notice, Reference: in.Case.Reference, Date: in.Today, Court: in.Answers.Court, TrialCourt: in.Answers.TrialCourt,
		Number: in.Answers.Number, Counter: in.Answers.Counter, Respondents: []Party{}, Claims: []Claim{}, CostsSoFar: []Cost{}, CostsToCome: []Cost{}, Findings: []Finding{},
	}
	p.admissible()
	p.parties()
	p.claims()
	p.soFar()
	p.toCome()
	slices.SortStableFunc(p.Findings, func(a, b Finding) int { return rank(a.Level) - rank(b.Level) })
	p.Ready = !slices.ContainsFunc(p.Findings, func(f Finding) bool { return f.Level != Warn })
	return p.Sheet, nil
}

func rank(l Level) int { return slices.Index([]Level{Block, Open, Warn}, l) }

type preparing struct {
	Sheet
	in  Input
	cat map[int]entry
}

func (p *preparing) find(l Level, code, on, source, format string, a ...any) {
	p.Findings = append(p.Findings, Finding{Code: code, Level: l, On: on, Text: fmt.Sprintf(format, a...), Source: source})
}

// admissible looks at the case as a whole.
func (p *preparing) admissible() {
	c, today := p.in.Case, p.in.Today
	switch c.Stage {
	case cases.StageReminder, cases.StageDunning:
		p.find(Warn, "stage", "", "", "Die Akte steht noch bei %s; ein außergerichtlicher Schritt fehlt vielleicht.", c.Stage)
	case cases.StageCourtOrder, cases.StageEnforcementOrder, cases.StageEnforcement:
		p.find(Block, "stage", "", "", "Für die Akte läuft oder lief das gerichtliche Verfahren schon (%s).", c.Stage)
	case cases.StageClosed:
		p.find(Block, "stage", "", "", "Die Akte ist abgeschlossen.")
	case cases.StageCollection:
	}
	for _, h := range c.Holds {
		if h.Active(today) && (h.Kind == cases.HoldAll || h.Kind == cases.HoldCourt || h.Kind == cases.HoldDunning) {
			p.find(Block, "hold", h.ID, "", "Eine Sperre (%s) gilt: %s.", h.Kind, h.Reason)
		}
	}
	if c.Disputed() {
		p.find(Block, "disputed", "", "§§ 694, 696 ZPO", "Die Forderung ist bestritten; nach einem Widerspruch ginge sie ins streitige Verfahren. Erst klären.")
	}
	for _, k := range []cases.ArrangementKind{cases.ArrangePlan, cases.ArrangePause, cases.ArrangePromise, cases.ArrangeSettlement} {
		if a, ok := c.Current(k); ok {
			p.find(Block, "arrangement", a.ID, "§ 205 BGB", "Eine Vereinbarung besteht oder ist angeboten (%s, %s).", a.Kind, a.State)
		}
	}
	if len(c.Inquiries) > 0 && slices.ContainsFunc(c.Inquiries, func(q cases.Inquiry) bool { return !q.Closed }) {
		p.find(Open, "inquiry", "", "", "Eine Anfrage beim Gläubiger oder zur Zahlung ist offen.")
	}
	if c.Vulnerable {
		p.find(Warn, "vulnerable", "", "§ 4a UWG", "Die Akte ist als schutzbedürftig gekennzeichnet: Einigung versucht?")
	}
	switch p.in.Answers.Counter {
	case CounterRendered, CounterNone:
	case CounterOpen:
		p.find(Block, "counter_performance", "", "§ 688 Abs. 2 Nr. 2 ZPO", "Die Gegenleistung ist noch nicht erbracht: das Mahnverfahren findet nicht statt.")
	case CounterUnknown:
		p.find(Open, "counter_performance", "", "§ 690 Abs. 1 Nr. 4 ZPO", "Zu erklären: Hängt der Anspruch von einer Gegenleistung ab, und ist sie erbracht?")
	default:
		p.find(Open, "counter_performance", "", "§ 690 Abs. 1 Nr. 4 ZPO", "Unbekannte Angabe zur Gegenleistung.")
	}
	if p.Court == "" {
		p.find(Open, "court", "", "§ 689 Abs. 2, 3 ZPO", "Mahngericht am Sitz des Antragstellers eintragen (zentrales Mahngericht des Landes).")
	}
	if p.TrialCourt == "" {
		p.find(Open, "trial_court", "", "§ 690 Abs. 1 Nr. 5 ZPO", "Gericht für das streitige Verfahren eintragen.")
	}
	switch {
	case p.Number == "":
		p.find(Open, "number", "", "§ 702 Abs. 2 S. 2 ZPO", "Kennziffer fehlt: registrierte Inkassodienstleister können nur maschinell lesbar beantragen.")
	case len(p.Number) != numberLen || strings.Trim(p.Number, "0123456789") != "":
		p.find(Open, "number", "", "§ 702 Abs. 2 S. 2 ZPO", "Die Kennziffer hat nicht %d Ziffern.", numberLen)
	}
	if p.in.BalanceErr != nil {
		p.find(Block, "balance", "", "§ 688 Abs. 1 ZPO", "Der Stand lässt sich nicht berechnen, also keine bestimmte Summe: %v.", p.in.BalanceErr)
	}
}

// parties fills in both sides and the agent.
func (p *preparing) parties() {
	p.Agent = p.party(cases.RoleRepresentative, "agent", p.in.Agency.Name, p.in.Agency.Street+", "+p.in.Agency.Town, true)
	p.Agent.Representative = p.in.Agency.Owner
	found := false
	for _, x := range p.in.Case.Parties {
		if x.Until != 0 && x.Until < p.in.Today {
			continue
		}
		who := p.in.Persons[x.Person]
		if who == nil {
			continue
		}
		postal := ""
		for _, k := range who.Contacts {
			if k.Channel == cases.Postal && k.Valid(p.in.Today) {
				postal = k.Value.String()
			}
		}
		switch x.Role {
		case cases.RoleCreditor:
			found = true
			p.Applicant = p.side(x.Role, "applicant", who, postal)
		case cases.RoleDebtor, cases.RoleCoDebtor, cases.RoleHeir:
			on := fmt.Sprintf("respondent %d", len(p.Respondents)+1)
			p.Respondents = append(p.Respondents, p.side(x.Role, on, who, postal))
			p.respondent(on, who)
		case cases.RoleRepresentative, cases.RoleGuardian, cases.RoleAdviser, cases.RoleAdministrator:
			p.find(Warn, "represented", string(x.Role), "§ 172 ZPO", "Auf der Gegenseite steht jemand für den Schuldner (%s): Zustellung und Ansprechpartner prüfen.", x.Role)
		case cases.RolePayer, cases.RoleCourt:
		}
	}
	if !found {
		p.find(Open, "applicant", "", "§ 690 Abs. 1 Nr. 1 ZPO", "Der Antragsteller fehlt.")
	}
	if len(p.Respondents) == 0 {
		p.find(Block, "respondent", "", "§ 690 Abs. 1 Nr. 1 ZPO", "Der Antragsgegner fehlt.")
	}
	if len(p.Respondents) > 1 {
		p.find(Warn, "several", "", "§ 421 BGB", "%d Antragsgegner: als Gesamtschuldner?", len(p.Respondents))
	}
}

func (p *preparing) respondent(on string, who *cases.Person) {
	if who.Deceased {
		p.find(Block, "deceased", on, "§ 1958 BGB", "Die Person ist verstorben; vor Annahme der Erbschaft kein Verfahren gegen Erben.")
	}
	if who.Insolvent {
		p.find(Block, "insolvent", on, "§§ 87, 174 InsO", "Insolvenz: nur anmelden, kein Mahnverfahren.")
	}
	if who.Born != 0 && p.in.Today < who.Born.AddMonths(18*12) {
		p.find(Open, "minor", on, "§§ 51, 52 ZPO, §§ 107, 108 BGB", "Die Person ist minderjährig: gesetzliche Vertreter nennen, Wirksamkeit des Vertrags prüfen.")
	}
}

func (p *preparing) side(role cases.Role, on string, who *cases.Person, postal string) Party {
	s := p.party(role, on, who.Name.String(), postal, who.Legal)
	s.Representative = p.in.Answers.Representatives[who.ID]
	if who.Legal && s.Representative == "" {
		p.find(Open, "representative", on, "§ 690 Abs. 1 Nr. 1 ZPO", "Gesetzlicher Vertreter fehlt (Funktion und Name).")
	}
	return s
}

// party splits name and address into the fields of the application.
func (p *preparing) party(role cases.Role, on, name, postal string, legal bool) Party {
	s := Party{Role: role, Name: lines(name, nameLine), Legal: legal}
	const rule = "§ 690 Abs. 1 Nr. 1 ZPO; Feldlängen der Mahngerichte"
	if len(s.Name) > nameLines || slices.ContainsFunc(s.Name, func(l string) bool { return utf8.RuneCountInString(l) > nameLine }) {
		p.find(Open, "name", on, rule, "Die Bezeichnung passt nicht in %d Zeilen zu %d Zeichen.", nameLines, nameLine)
	}
	street, town, _ := cutLast(postal, ",")
	s.Street = strings.TrimSpace(street)
	s.Code, s.Town, _ = strings.Cut(strings.TrimSpace(town), " ")
	respondent := role != cases.RoleCreditor && role != cases.RoleRepresentative
	switch {
	case strings.Trim(postal, " ,") == "" && respondent:
		p.find(Block, "address", on, "§ 688 Abs. 2 Nr. 3 ZPO", "Keine Anschrift: ein Mahnbescheid wird nicht öffentlich zugestellt.")
	case len(s.Code) != 5 || strings.Trim(s.Code, "0123456789") != "" || s.Town == "" || s.Street == "":
		p.find(Open, "address", on, "§ 690 Abs. 1 Nr. 1, § 688 Abs. 3 ZPO", "Die Anschrift ist nicht vollständig (Straße, fünfstellige Postleitzahl, Ort) oder liegt im Ausland.")
	}
	if utf8.RuneCountInString(s.Town) > townLen || utf8.RuneCountInString(s.Street) > streetLen {
		p.find(Open, "address_length", on, rule, "Ort (höchstens %d) oder Straße (höchstens %d Zeichen) ist zu lang.", townLen, streetLen)
	}
	if strings.Contains(strings.ToLower(s.Street), "postfach") {
		p.find(Open, "postbox", on, "§ 178 ZPO", "An ein Postfach wird nicht zugestellt.")
	}
	return s
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+len(sep):], true
}

// lines breaks a designation at spaces.
func lines(s string, n int) []string {
	var out []string
	line := ""
	for _, w := range strings.Fields(s) {
		switch {
		case line == "":
			line = w
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) <= n:
			line += " " + w
		default:
			out = append(out, line)
			line = w
		}
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}

func (p *preparing) claims() {
	b := p.in.Statement.Balance
	p.Principal, p.Interest, p.Total, p.CostsOpen = b.Principal, b.Interest, b.Total, b.Costs
	if p.in.BalanceErr == nil && b.Total <= 0 {
		p.find(Block, "nothing_open", "", "§ 688 Abs. 1 ZPO", "Es ist nichts offen.")
	}
	for _, k := range p.in.Case.Ledger.Claims {
		c := Claim{
			ID: k.ID, Number: p.in.Answers.Catalogue[k.ID], Extra: p.in.Answers.Extra[k.ID], Subject: k.Subject, Invoice: k.Invoice,
			Contract: k.Contract, Dated: max(k.InvoiceDate, 0), Principal: k.Principal,
		}
		if c.Dated == 0 {
			c.Dated = k.Due
		}
		for _, x := range b.Claims {
			if x.ID == k.ID {
				c.Open, c.Interest = x.Principal, x.Interest
			}
		}
		p.catalogued(&c)
		p.credit(k)
		if c.Invoice == "" && c.Contract == 0 || c.Dated == 0 {
			p.find(Open, "individual", k.ID, "§ 690 Abs. 1 Nr. 3 ZPO, § 204 Abs. 1 Nr. 3 BGB", "Die Forderung ist nicht genau genug bezeichnet (Rechnung oder Vertrag mit Datum): sonst hemmt der Mahnbescheid die Verjährung nicht.")
		}
		c.Rate, c.RateFrom = rateWords(k.Rate), p.in.Today+1
		if k.Default == 0 || c.Rate == "" {
			c.Rate, c.RateFrom = "", 0
			p.find(Warn, "interest", k.ID, "§ 288 BGB", "Es laufen keine Zinsen: Verzugsbeginn oder Zinssatz fehlt.")
		}
		p.limited(&c)
		p.Claims = append(p.Claims, c)
	}
}

func (p *preparing) catalogued(c *Claim) {
	const rule = "Hauptforderungskatalog der Mahngerichte"
	e, known := p.cat[c.Number]
	switch {
	case c.Number == 0:
		p.find(Open, "catalogue", c.ID, rule, "Katalognummer fehlt.")
	case c.Number < 1 || c.Number > 99:
		p.find(Open, "catalogue", c.ID, rule, "Katalognummer %d gibt es nicht.", c.Number)
	case !known:
		p.find(Warn, "catalogue", c.ID, rule, "Katalognummer %d steht nicht in der mitgelieferten Liste: beim Mahngericht prüfen.", c.Number)
	}
	c.Designation = e.designation
	if e.extra != "" && c.Extra == "" {
		p.find(Open, "catalogue_extra", c.ID, rule, "Zu Nummer %d gehört noch: %s.", c.Number, e.extra)
	}
}

// credit holds consumer credit against § 688 Abs. 2 Nr. 1 ZPO.
func (p *preparing) credit(k ledger.Claim) {
	const rule = "§ 688 Abs. 2 Nr. 1 ZPO"
	if k.Kind != ledger.ConsumerCredit && k.Kind != ledger.MortgageCredit {
		return
	}
	apr, ok := p.in.Answers.APR[k.ID]
	if !ok || k.Contract == 0 || p.in.Rates == nil {
		p.find(Open, "apr", k.ID, rule, "Verbraucherdarlehen: Vertragstag und effektiver Jahreszins angeben (höchstens 12 Punkte über dem Basiszinssatz bei Vertragsschluss).")
		return
	}
	base, _, err := p.in.Rates.At(k.Contract)
	switch {
	case err != nil:
		p.find(Open, "apr", k.ID, rule, "Der Basiszinssatz bei Vertragsschluss ist nicht bekannt.")
	case apr > base+maxOverBase:
		p.find(Block, "apr", k.ID, rule, "Der effektive Jahreszins von %s %% liegt mehr als 12 Punkte über dem Basiszinssatz von %s %%.", money.Cents(apr), money.Cents(base))
	}
}

func (p *preparing) limited(c *Claim) {
	facts, ok := deadline.FactsOf(p.in.Case.Ledger, c.ID, p.in.Today, p.in.Case.Land)
	if !ok || facts.Due == 0 {
		p.find(Open, "limitation", c.ID, "§§ 195, 199 BGB", "Die Verjährung lässt sich ohne Fälligkeit nicht berechnen.")
		return
	}
	r, err := deadline.Limitation(facts, p.in.Today)
	if err != nil {
		p.find(Open, "limitation", c.ID, "§§ 195, 199 BGB", "Die Verjährung lässt sich nicht berechnen: %v.", err)
		return
	}
	c.Limitation = r.Earliest
	switch {
	case r.Earliest < p.in.Today && r.EndsWithAck < p.in.Today:
		p.find(Block, "limitation", c.ID, "§ 214 BGB", "Verjährt seit dem %s.", (r.EndsWithAck + 1).Long("de"))
	case r.Earliest < p.in.Today:
		p.find(Open, "limitation", c.ID, "§ 212 BGB", "Verjährt seit dem %s, wenn keine Zahlung als Anerkenntnis gilt: eine Person muss das beurteilen.", (r.Earliest + 1).Long("de"))
	case r.Earliest-p.in.Today <= soon:
		p.find(Warn, "limitation_soon", c.ID, "§ 204 Abs. 1 Nr. 3 BGB, § 167 ZPO", "Verjährt mit Ablauf des %s: spätestens am %s beantragen.", r.Earliest.Long("de"), r.Act.Long("de"))
	}
}

func rateWords(r ledger.RateRule) string {
	const over = " Prozentpunkte über dem Basiszinssatz"
	switch r.Kind {
	case ledger.RateConsumer:
		return "5,00" + over
	case ledger.RateBusiness:
		return "9,00" + over
	case ledger.RateMortgage:
		return "2,50" + over
	case ledger.RateOverBase:
		return money.Cents(r.BasisPoints).String() + over
	case ledger.RateFixed:
		return money.Cents(r.BasisPoints).String() + " % im Jahr"
	case ledger.RateNone, "":
	}
	return ""
}

var costNames = map[ledger.CostKind]string{
	ledger.CollectionFee: "Inkassovergütung", ledger.CollectionExp: "Auslagen", ledger.PlanFee: "Einigungsgebühr", ledger.CourtDunning: "Vergütung Mahnverfahren",
	ledger.CourtFee: "Gerichtskosten", ledger.EnforcementFee: "Vollstreckungsgebühr", ledger.BailiffCost: "Gerichtsvollzieher", ledger.AddressInquiry: "Auskünfte",
	ledger.BankReturn: "Bankrücklastkosten", ledger.CreditorDun: "Mahnkosten", ledger.LumpSum: "Verzugspauschale", ledger.OtherCost: "Sonstige Nebenforderung",
}

func (p *preparing) soFar() {
	for _, b := range p.in.Statement.Bookings {
		switch b.Kind {
		case ledger.Cost:
			name := costNames[b.CostKind]
			if name == "" {
				name = costNames[ledger.OtherCost]
			}
			if left := b.Cents - b.Reversed; left > 0 {
				p.CostsSoFar = append(p.CostsSoFar, Cost{What: name, Date: b.Date, Cents: left})
			}
		case ledger.Payment, ledger.PaymentToCreditor:
			p.Paid += b.Cents - b.Reversed
		case ledger.Interest, ledger.Reversal, ledger.WriteOff, ledger.Waiver, ledger.Refund, ledger.FromCredit:
		}
	}
}

// fees sums the collection fees booked and not taken back, with expenses.
func (p *preparing) fees() (fee, all money.Cents) {
	for _, b := range p.in.Statement.Bookings {
		if b.Kind != ledger.Cost {
			continue
		}
		switch b.CostKind { //nolint:exhaustive // the two kinds of the collection fee alone
		case ledger.CollectionFee:
			fee += b.Cents - b.Reversed
			all += b.Cents - b.Reversed
		case ledger.CollectionExp:
			all += b.Cents - b.Reversed
		}
	}
	return fee, all
}

// toCome reckons what the procedure costs: the court's fee, and for the agency at
// most what a lawyer would get (§ 13e RDG), half of the collection fee credited
// (Vorbem. 3 Abs. 4 VV RVG).
func (p *preparing) toCome() {
	var claimed money.Cents
	for _, k := range p.in.Case.Ledger.Claims {
		claimed += k.Principal
	}
	value := p.Principal
	if value <= 0 || p.in.BalanceErr != nil {
		return
	}
	if fee, from, err := courtFee(shippedFees, value, p.in.Today); err != nil {
		p.find(Open, "court_fee", "", "Nr. 1100 KV GKG", "Die Gerichtskosten lassen sich nicht berechnen: %v.", err)
	} else {
		p.CostsToCome = append(p.CostsToCome, Cost{What: "Gerichtskosten Mahnbescheid", Cents: fee, Rule: "Nr. 1100 KV GKG, § 34 GKG", Reckon: fmt.Sprintf("0,5 aus %s, Tabelle vom %s", value, from.Long("de"))})
	}
	if p.in.Fees == nil {
		return
	}
	if collect, err := p.in.Fees.Cap(costs.Normal, claimed, p.in.Case.Opened); err == nil {
		if _, all := p.fees(); all > collect.Cap && p.private() {
			p.find(Block, "cost_cap", "", "§ 13e RDG", "Inkassokosten von %s liegen über der Grenze von %s: %s.", all, collect.Cap, collect)
		}
	}
	order, err := p.in.Fees.Cap(costs.CourtDunning, value, p.in.Today)
	if err != nil {
		p.find(Open, "fee", "", "Nr. 3305 VV RVG", "Die Vergütung lässt sich nicht berechnen: %v.", err)
		return
	}
	booked, _ := p.fees()
	credit := min((booked+1)/2, (order.Base*75+50)/100, order.Fee)
	p.CostsToCome = append(p.CostsToCome, Cost{
		What: "Vergütung Mahnantrag (höchstens)", Cents: order.Fee - credit + order.Expenses, Rule: "§ 13e RDG, Nr. 3305, 7002, Vorbem. 3 Abs. 4 VV RVG",
		Reckon: fmt.Sprintf("1,0 aus %s = %s, angerechnet %s, Auslagen %s", value, order.Fee, credit, order.Expenses),
	})
	if second, err := p.in.Fees.Cap(costs.CourtOrder, value, p.in.Today); err == nil {
		p.CostsToCome = append(p.CostsToCome, Cost{
			What: "Vergütung Vollstreckungsbescheid (höchstens)", Cents: second.Fee, Rule: "§ 13e RDG, Nr. 3308 VV RVG", Reckon: fmt.Sprintf("0,5 aus %s, ohne weitere Auslagen", value),
		})
	}
}

// private reports whether the first respondent is a person whom § 13e RDG protects.
func (p *preparing) private() bool {
	d, ok := p.in.Case.Party(cases.RoleDebtor, p.in.Today)
	who := p.in.Persons[d.Person]
	return ok && who != nil && who.Natural()
}
