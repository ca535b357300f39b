package policy

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
)

// The gate and the base rates never change: they are made once.
var (
	shippedGate  = sync.OnceValues(func() (*Gate, error) { return New(nil) })
	shippedRates = sync.OnceValues(ledger.ShippedRates)
)

func gate(tb testing.TB) *Gate {
	tb.Helper()
	g, err := shippedGate()
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

const greeting = "Guten Tag Jenny Muster,\n\n"

const foot = "\n\nFragen beantwortet Ihnen Maren Beispiel: Telefon 040 5550 100.\n\nFreundliche Grüße\nTom Beispiel\n\n" +
	"Kontor Inkasso GmbH · Speicherstraße 3 · 20457 Hamburg\nRechtsdienstleistungsregister 371-00\n" +
	"Datenschutz: www.kontor.example/datenschutz\nDieses Schreiben wurde mit Softwareunterstützung erstellt und geprüft.\n"

// outgoing builds a letter on the named case.
func outgoing(tb testing.TB, which, text string) cases.Outgoing {
	tb.Helper()
	rates, err := shippedRates()
	if err != nil {
		tb.Fatal(err)
	}
	day := calendar.Of
	mail := func(id, v string) cases.Contact {
		return cases.Contact{ID: id, Channel: cases.Email, Value: plain.Line(v), Proof: cases.ProofSeen}
	}
	k := &cases.Case{
		ID: "c1", Reference: "K-2026-000318", Stage: cases.StageCollection, Land: calendar.NW, RightParty: cases.PartyConfirmed,
		Parties: []cases.Party{
			{ID: "p1", Person: "debtor", Role: cases.RoleDebtor, Proof: cases.ProofSeen},
			{ID: "p2", Person: "creditor", Role: cases.RoleCreditor, Proof: cases.ProofSeen},
		},
		Ledger: ledger.Ledger{
			Claims: []ledger.Claim{{
				ID: "f1", Kind: ledger.Ordinary, Invoice: "RG-88213", Subject: "Winterjacke", Principal: 35_000,
				Contract: day(2026, 5, 4), InvoiceDate: day(2026, 5, 6), Due: day(2026, 5, 20), Default: day(2026, 6, 21),
				Rate: ledger.RateRule{Kind: ledger.RateConsumer},
			}},
			Entries: []ledger.Entry{
				{ID: "e1", Date: day(2026, 9, 1), Kind: ledger.Cost, CostKind: ledger.CollectionFee, Cents: 4_635},
				{ID: "e2", Date: day(2026, 9, 1), Kind: ledger.Cost, CostKind: ledger.CollectionExp, Cents: 927},
			},
		},
	}
	in := cases.DraftContext{
		Case: k,
		Persons: map[cases.PersonID]*cases.Person{
			"debtor":   {ID: "debtor", PersonFacts: cases.PersonFacts{Name: plain.Line("Jenny Muster"), Contacts: []cases.Contact{mail("m1", "j.muster@example.org")}}},
			"creditor": {ID: "creditor", PersonFacts: cases.PersonFacts{Name: plain.Line("Velura Versand GmbH"), Legal: true}},
		},
		Now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Today: day(2026, 11, 23), Confirmed: cases.PartyConfirmed,
		CoveredUntil: day(2026, 11, 20), UserName: "Tom Beispiel",
		Rules: cases.Rules{DemandDays: 14, OfferDays: 14, PauseDays: 90, Plan: plan.Policy{BankDays: 2}},
		Agency: cases.Agency{
			Name: "Kontor Inkasso GmbH", Register: "Rechtsdienstleistungsregister 371-00", Phone: "040 5550 100", Mail: "post@kontor.example",
			Web: "www.kontor.example", Privacy: "www.kontor.example/datenschutz", IBAN: "DE89370400440532013000", Contact: "Maren Beispiel", AINotice: true,
		},
	}
	out := cases.Outgoing{To: "debtor", ToAddr: "j.muster@example.org", Subject: "K-2026-000318: Ihre Nachricht", Edited: true}
	message := func(c cases.Classification) {
		in.Messages = []*cases.Message{{ID: "m1", Received: in.Now.Add(-time.Hour), Match: cases.Match{Case: "c1", Person: "debtor"}, Class: c}}
	}
	rate := func(r []plan.Rate, err error) []plan.Rate {
		if err != nil {
			tb.Fatal(err)
		}
		return r
	}
	switch which {
	case "plain":
	case "disputed":
		k.Objections = []cases.Objection{{ID: "o1", Reason: "returned", Date: in.Today - 3}}
	case "titled":
		k.Stage = cases.StageEnforcement
	case "barred":
		f := &k.Ledger.Claims[0]
		f.Contract, f.InvoiceDate, f.Due, f.Default = day(2019, 5, 4), day(2019, 5, 6), day(2019, 5, 20), day(2019, 6, 21)
	case "unconfirmed":
		in.Confirmed, k.RightParty = cases.PartyUnknown, cases.PartyUnknown
	case "represented":
		in.Persons["helper"] = &cases.Person{ID: "helper", PersonFacts: cases.PersonFacts{Name: plain.Line("Ruth Vertreterin")}}
		k.Parties = append(k.Parties, cases.Party{ID: "p3", Person: "helper", Role: cases.RoleRepresentative, Proof: cases.ProofSeen})
	case "outsider":
		out.To = "stranger"
	case "deceased":
		in.Persons["debtor"].Deceased = true
	case "insolvent":
		in.Persons["debtor"].Insolvent = true
	case "alert":
		message(cases.Classification{Intent: cases.Dispute, Alerts: []cases.Alert{cases.SelfHarm}})
	case "data":
		message(cases.Classification{Intent: cases.DataRequest})
	case "plan":
		k.Arrangements = []cases.Arrangement{{
			ID: "a1", Kind: cases.ArrangePlan, State: cases.ArrRunning, Total: 10_000,
			Rates: []plan.Rate{{No: 1, Due: day(2026, 11, 2), Cents: 5_000}, {No: 2, Due: day(2026, 11, 20), Cents: 5_000}},
		}}
	case "offer", "costly":
		e := cases.Effect{Kind: cases.OfferPlan, Cents: 41_535, Days: 14, Rates: rate(plan.Schedule(41_535, 5_000, day(2027, 1, 4), calendar.NW, plan.Options{}))}
		if which == "costly" {
			e.Costs = 1_200
		}
		out.Effects = []cases.Effect{e}
	case "pause":
		out.Effects = []cases.Effect{{Kind: cases.GrantPause, Until: day(2027, 2, 1)}}
	default:
		tb.Fatalf("no such case: %s", which)
	}
	var balErr error
	in.Balance, balErr = ledger.BalanceAt(k.Ledger, in.Today, ledger.Rules{Rates: rates})
	if balErr == nil {
		in.Statement, balErr = ledger.StatementAt(k.Ledger, in.Today, ledger.Rules{Rates: rates})
	}
	in.BalanceErr = balErr
	out.Context = in
	out.Text, out.Drafted = greeting+text+foot, greeting+foot // text is what a person added
	return out
}

// row is one line of testdata/texts.txt or edits.txt.
type row struct {
	line              string
	which, want, text string
}

func rows(tb testing.TB) []row {
	tb.Helper()
	return append(rowsOf(tb, "texts.txt"), rowsOf(tb, "edits.txt")...)
}

func rowsOf(tb testing.TB, name string) []row {
	tb.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []row
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		l := strings.TrimSpace(sc.Text())
		if l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		p := strings.SplitN(l, " | ", 3)
		if len(p) != 3 {
			tb.Fatalf("%s line %d: want three fields", name, n)
		}
		text := p[2]
		if !strings.Contains(text, "https://") {
			text = strings.ReplaceAll(text, "/", "\n")
		}
		out = append(out, row{fmt.Sprintf("%s:%d", name, n), p[0], p[1], text})
	}
	if err := sc.Err(); err != nil {
		tb.Fatal(err)
	}
	return out
}

// TestTexts holds what the gate finds in each text, and that every rule has its
// file.
func TestTexts(t *testing.T) {
	g := gate(t)
	all := rows(t)
	good, bad, missed, asked := 0, 0, 0, 0
	for i, r := range all {
		switch r.want {
		case "-":
			good++
		case "~":
			asked++
		case "?":
			missed++
			continue
		default:
			bad++
		}
		if i%step() != 0 {
			continue
		}
		out := outgoing(t, r.which, r.text)
		if strings.HasPrefix(r.line, "texts.txt") {
			out.Drafted = out.Text // a template's own words
		}
		found := g.Check(out)
		var got []string
		for _, f := range found {
			got = append(got, f.Rule)
			if f.Source == "Regelwerk" { // what the code reports without a file
				t.Errorf("%s: rule %s has no file", r.line, f.Rule)
			}
			if f.Source == "" || f.Mend == "" || f.Severity != Block && f.Severity != Warn {
				t.Errorf("%s: %+v has no source, mend or severity", r.line, f)
			}
		}
		if r.want == "~" {
			if i := slices.IndexFunc(found, func(f cases.TextFinding) bool { return f.Severity == Block }); i >= 0 {
				t.Errorf("%s: %q is blocked: %v", r.line, r.text, found[i])
			}
			continue
		}
		if r.want == "!" {
			if len(found) == 0 {
				t.Errorf("%s: %q: nothing found", r.line, r.text)
			}
			continue
		}
		if r.want == "-" {
			if len(found) > 0 {
				t.Errorf("%s: %q (%s): got %v, want nothing", r.line, r.text, r.which, found)
			}
			continue
		}
		for want := range strings.FieldsSeq(r.want) {
			if !slices.Contains(got, want) {
				t.Errorf("%s: %q (%s): got %v, want %s", r.line, r.text, r.which, got, want)
			}
		}
	}
	if good < 60 || bad < 100 {
		t.Errorf("%d good and %d bad texts; want at least 60 and 100", good, bad)
	}
	t.Logf("%d good, %d bad texts, %d bad ones not found yet, %d harmless ones asked about", good, bad, missed, asked)
}

// TestSpellingDoesNotHelp checks every forbidden wording again in capitals, with
// soft hyphens, hand-wrapped, as a quotation, with ae or a for ä and with letters
// of another script.
func TestSpellingDoesNotHelp(t *testing.T) {
	g := gate(t)
	for i, r := range rows(t) {
		if i%step() != 0 || !slices.ContainsFunc([]string{"threat.", "insult", "hint.", "tone."}, func(p string) bool { return strings.HasPrefix(r.want, p) }) {
			continue
		}
		for name, twist := range map[string]func(string) string{
			"capitals":  strings.ToUpper,
			"umlauts":   strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace,
			"no marks":  strings.NewReplacer("ä", "a", "ö", "o", "ü", "u", "ß", "ss").Replace,
			"quoted":    func(s string) string { return "> " + strings.ReplaceAll(s, "\n", "\n> ") },
			"lookalike": strings.NewReplacer("a", "а", "e", "е", "o", "о").Replace,
			"wrapped":   func(s string) string { return strings.ReplaceAll(s, " ", "\n") },
			"hidden":    func(s string) string { return strings.ReplaceAll(s, "e", "e\u00ad") },
			"blanks":    func(s string) string { return strings.ReplaceAll(s, " ", " \u00a0 ") },
		} {
			if name == "wrapped" && strings.HasPrefix(r.text, ">") {
				continue // a mark of quoting alone on a line ends a paragraph
			}
			if !slices.ContainsFunc(g.Check(outgoing(t, r.which, twist(r.text))), func(f cases.TextFinding) bool { return f.Rule == r.want }) {
				t.Errorf("%s: %s hides %s", r.line, name, r.want)
			}
		}
	}
}

func TestSubjects(t *testing.T) {
	g := gate(t)
	for subject, ok := range map[string]bool{
		"K-2026-000318: Insolvenzverfahren": false, "K-2026-000318: Todesfall": false,
		"K-2026-000318: Ihre Nachricht": true, "Ihre Nachricht": true, "K-2026-000318: Rückfrage": true, "Ihre Datenschutzanfrage": true,
		"K-2026-000318: your message": true, "Power of attorney": true, "Unsere Entschuldigung": true,
		"Ihre offene Forderung": false, "Zahlungserinnerung": false, "LETZTE MAHNUNG": false, "K-2026-000318: 415,35 €": false,
		"Inkasso Kontor": false, "Debt collection": false, "Your overdue payment": false, "Achtung, wichtig": false, "Ihre Ratenzahlung": false,
	} {
		out := outgoing(t, "plain", "Danke für Ihre Nachricht.")
		out.Subject = subject
		got := !slices.ContainsFunc(g.Check(out), func(f cases.TextFinding) bool { return f.Rule == "subject.neutral" })
		if got != ok {
			t.Errorf("%q: neutral %v, want %v", subject, got, ok)
		}
	}
}

func TestFormOfALetter(t *testing.T) {
	g := gate(t)
	for name, c := range map[string]struct {
		change func(*cases.Outgoing)
		want   string
	}{
		"empty":      {func(o *cases.Outgoing) { o.Text = " \n" }, "form.empty"},
		"no subject": {func(o *cases.Outgoing) { o.Subject = "" }, "form.empty"},
		"no company": {func(o *cases.Outgoing) { o.Text = "Danke.\n" }, "form.company"},
		"no contact": {func(o *cases.Outgoing) { o.Text = strings.Replace(o.Text, "040 5550 100", "", 1) }, "form.contact"},
		"no privacy": {func(o *cases.Outgoing) {
			o.Text = strings.Replace(o.Text, "Datenschutz: www.kontor.example/datenschutz\n", "", 1)
		}, "form.privacy"},
		"no notice": {func(o *cases.Outgoing) { o.Text = strings.Replace(o.Text, "mit Softwareunterstützung ", "", 1) }, "form.ai_notice"},
		"too long": {func(o *cases.Outgoing) {
			o.Text = strings.Replace(o.Text, "\n\nFragen", strings.Repeat(" Das ist so.", 70)+"\n\nFragen", 1)
		}, "form.length"},
		"no case":     {func(o *cases.Outgoing) { o.Context.Case = nil }, "gate.context"},
		"first alone": {func(o *cases.Outgoing) { o.Context.Name = "first_letter" }, "rdg.13a1"},
	} {
		out := outgoing(t, "plain", "Danke für Ihre Nachricht.")
		c.change(&out)
		if !slices.ContainsFunc(g.Check(out), func(f cases.TextFinding) bool { return f.Rule == c.want }) {
			t.Errorf("%s: got %v, want %s", name, g.Check(out), c.want)
		}
	}
}

// TestBeforeADemand holds what must be so before money is asked for.
func TestBeforeADemand(t *testing.T) {
	g := gate(t)
	has := func(out cases.Outgoing, id string) bool {
		return slices.ContainsFunc(g.Check(out), func(f cases.TextFinding) bool { return f.Rule == id })
	}
	demand := func(change func(*cases.DraftContext)) cases.Outgoing {
		out := outgoing(t, "plain", "Bitte überweisen Sie 415,35 € (Stand 23.11.2026) bis zum 07.12.2026.")
		out.Template = cases.TemplateRef{ID: "balance_letter", Demand: true, ClaimData: true}
		change(&out.Context)
		return out
	}
	if out := demand(func(*cases.DraftContext) {}); len(g.Check(out)) > 0 {
		t.Errorf("a plain demand: %v", g.Check(out))
	}
	stale := demand(func(in *cases.DraftContext) { in.CoveredUntil = in.Today - 30 })
	if !has(stale, "state.statement_stale") {
		t.Error("a stale statement is not found")
	}
	dear := demand(func(in *cases.DraftContext) {
		in.Statement.Bookings = append(slices.Clone(in.Statement.Bookings), ledger.Booking{Date: in.Today, Kind: ledger.Cost, CostKind: ledger.CollectionFee, Cents: 1})
	})
	if !has(dear, "costs.cap") {
		t.Error("one cent above the cap is not found")
	}
	held := demand(func(in *cases.DraftContext) {
		in.Case.Holds = []cases.Hold{{ID: "h1", Kind: cases.HoldAll, Reason: "identity_theft", From: in.Today - 2}}
	})
	if !has(held, "state.demand") {
		t.Error("a demand on a held case is not found")
	}
}

// TestCreditorsMayReadTheClaim: the creditor's own data are no secret to it.
func TestCreditorsMayReadTheClaim(t *testing.T) {
	out := outgoing(t, "unconfirmed", "Am 23.11.2026 sind 415,35 € offen, Rechnung RG-88213.")
	out.To, out.ToAddr = "creditor", "forderungen@velura.example"
	if f := gate(t).Check(out); len(f) > 0 {
		t.Errorf("got %v", f)
	}
}

func TestRuleFiles(t *testing.T) {
	const rule = "[[rule]]\nid = \"%\"\nseverity = \"block\"\nsource = \"Haus\"\nfrom = \"2026-01-01\"\nmend = \"Streichen.\"\n"
	own := strings.Replace(rule, "%", "house.emoji", 1) + "[[rule.pattern]]\nmatch = '''smiley'''\n"
	g, err := New(fstest.MapFS{"own.toml": {Data: []byte(own)}})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(g.Check(outgoing(t, "plain", "Danke, ein Smiley für Sie.")), func(f cases.TextFinding) bool { return f.Rule == "house.emoji" }) {
		t.Error("the agency's rule finds nothing")
	}
	later := strings.Replace(own, "2026-01-01", "2027-01-01", 1)
	if g, err = New(fstest.MapFS{"own.toml": {Data: []byte(later)}}); err != nil {
		t.Fatal(err)
	}
	if f := g.Check(outgoing(t, "plain", "Danke, ein Smiley für Sie.")); len(f) > 0 {
		t.Errorf("a rule of next year finds %v today", f)
	}
	for name, src := range map[string]string{
		"weaker":      strings.Replace(strings.Replace(rule, "%", "threat.arrest", 1), "block", "warn", 1),
		"ended":       strings.Replace(rule, "%", "threat.arrest", 1) + "until = \"2026-01-02\"\n",
		"narrowed":    strings.Replace(rule, "%", "threat.arrest", 1) + "when = \"titled\"\n",
		"unknown key": strings.Replace(rule, "%", "x.y", 1) + "colour = \"red\"\n",
		"bad pattern": strings.Replace(rule, "%", "x.y", 1) + "[[rule.pattern]]\nmatch = '''('''\n",
		"no source":   strings.Replace(strings.Replace(rule, "%", "x.y", 1), "Haus", "", 1),
		"bad day":     strings.Replace(strings.Replace(rule, "%", "x.y", 1), "2026-01-01", "gestern", 1),
		"bad state":   strings.Replace(rule, "%", "x.y", 1) + "when = \"monday\"\n",
	} {
		if _, err := New(fstest.MapFS{"own.toml": {Data: []byte(src)}}); err == nil {
			t.Errorf("%s: want an error", name)
		}
	}
	tighter := strings.Replace(rule, "%", "threat.arrest", 1)
	if g, err = New(fstest.MapFS{"own.toml": {Data: []byte(tighter)}}); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(g.Check(outgoing(t, "plain", "Ihnen droht eine Verhaftung.")), func(f cases.TextFinding) bool { return f.Rule == "threat.arrest" }) {
		t.Error("an agency's file took the shipped patterns away")
	}
}

// TestForeignAmountsAreFound: whatever sum of money stands in a letter and is
// not the case's is found, in every way of writing it.
func TestForeignAmountsAreFound(t *testing.T) {
	g := gate(t)
	base := outgoing(t, "plain", "")
	known := collect(base).cents
	rapid.Check(t, func(r *rapid.T) {
		c := rapid.Int64Range(1, 99_999_999).Draw(r, "cents")
		if known[moneyOf(c)] {
			return
		}
		v := moneyOf(c)
		text := rapid.SampledFrom([]string{
			"Es geht um " + v.Format("de") + " insgesamt.", "Das sind EUR " + v.String() + " für alles.", "It is " + v.Format("en") + " in all.",
			"Das sind " + v.String() + " Euro.", "Rest:\n" + v.String() + "€",
		}).Draw(r, "text")
		out := base
		out.Text = greeting + text + foot
		if !slices.ContainsFunc(g.Check(out), func(f cases.TextFinding) bool { return f.Rule == "value.amount" }) {
			r.Fatalf("%q: not found", text)
		}
	})
}

func FuzzCheck(f *testing.F) {
	g := gate(f)
	base := outgoing(f, "offer", "")
	f.Add("Ihre Nachricht", "Bitte überweisen Sie 415,35 € bis zum 31.12.2026 an DE89 3704.")
	f.Add("", "\u202e1.2.3.4.5,-- €€ {{")
	f.Fuzz(func(t *testing.T, subject, text string) {
		out := base
		out.Subject, out.Text = subject, text
		a, b := g.Check(out), g.Check(out)
		if !slices.Equal(a, b) {
			t.Fatalf("two checks differ: %v and %v", a, b)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	g := gate(b)
	out := outgoing(b, "offer", "Danke für Ihren Vorschlag.\n\nHinweis nach § 13a Abs. 3 RDG: Kosten der Ratenzahlung\nZusätzliche Kosten durch die Ratenzahlung: 0,00 €\n\n1. Rate: 50,00 € am 04.01.2027\n\nDas kann die Verjährung neu beginnen lassen.")
	for b.Loop() {
		g.Check(out)
	}
}

func moneyOf(c int64) money.Cents { return money.Cents(c) }

// TestAuthorityToSettle: a settlement below what a caseworker may accept does not
// leave, whoever wrote the text, unless the creditor agreed.
func TestAuthorityToSettle(t *testing.T) {
	g := gate(t)
	rules := []cases.SettlementRule{{Stage: cases.StageCollection, Permille: 700, WithinDays: 30}}
	for name, c := range map[string]struct {
		rules []cases.SettlementRule
		sum   money.Cents
		days  calendar.Date
		code  string
		found bool
	}{
		"within":                  {rules, 29_075, 14, "", false},
		"a cent below":            {rules, 29_074, 14, "", true},
		"paid too late":           {rules, 35_000, 31, "", true},
		"the creditor agreed":     {rules, 10_000, 60, cases.CreditorAgreed, false},
		"other stage":             {[]cases.SettlementRule{{Stage: cases.StageDunning, Permille: 100}}, 35_000, 14, "", true},
		"the house keeps no rule": {nil, 10_000, 14, "", false},
	} {
		out := outgoing(t, "plain", "")
		by := out.Context.Today + c.days
		out.Text = greeting + "Zahlen Sie " + c.sum.Format("de") + " bis zum " + by.Long("de") + ", ist die Sache erledigt." + foot
		out.Context.Rules.Settlement = c.rules
		out.Effects = []cases.Effect{{Kind: cases.OfferSettlement, Cents: c.sum, Date: by, Days: 14, Code: c.code}}
		got := slices.ContainsFunc(g.Check(out), func(f cases.TextFinding) bool { return f.Rule == "settlement.authority" })
		if got != c.found {
			t.Errorf("%s: %v", name, g.Check(out))
		}
		out.Text = strings.Replace(out.Text, by.Long("de"), "Jahresende", 1)
		if !slices.ContainsFunc(g.Check(out), func(f cases.TextFinding) bool { return f.Rule == "plan.mismatch" }) {
			t.Errorf("%s: the day of the effect is not in the text, and nothing is found", name)
		}
	}
}

// TestPlanEndsAfterAReminder: a plan ends for missing instalments only when two
// are missing and the period of a reminder is over (§ 314 Abs. 2 BGB).
func TestPlanEndsAfterAReminder(t *testing.T) {
	g := gate(t)
	for name, c := range map[string]struct {
		reminded calendar.Date
		paid     money.Cents
		why      string
		want     string
	}{
		"two missing, reminded":     {calendar.Of(2026, 10, 12), 0, "missed", ""},
		"two missing, not reminded": {0, 0, "missed", "plan_reminder"},
		"its period still runs":     {calendar.Of(2026, 11, 12), 0, "missed", "plan_reminder"},
		"one missing":               {calendar.Of(2026, 10, 12), 5_000, "missed", "1/2"},
		"the debtor wanted it":      {0, 0, "amended", ""},
	} {
		out := outgoing(t, "plain", "")
		in := &out.Context
		in.Today, in.CoveredUntil = calendar.Of(2026, 11, 23), calendar.Of(2026, 11, 20)
		in.Now = in.Today.Time().Add(10 * time.Hour)
		rates, err := plan.Schedule(41_000, 5_000, calendar.Of(2026, 10, 1), in.Case.Land, plan.Options{})
		if err != nil {
			t.Fatal(err)
		}
		in.Case.Arrangements = []cases.Arrangement{{ID: "a1", Kind: cases.ArrangePlan, State: cases.ArrRunning, Total: 41_000, Rates: rates, Since: calendar.Of(2026, 9, 20)}}
		in.Case.Replies = nil
		if c.reminded != 0 {
			in.Case.Replies = []cases.ReplyLink{{Reply: "r0", At: c.reminded.Time(), State: cases.ReplySent, Template: cases.PlanReminder}}
		}
		if c.paid > 0 {
			in.Case.Ledger.Entries = append(in.Case.Ledger.Entries, ledger.Entry{ID: "p1", Date: calendar.Of(2026, 10, 1), Kind: ledger.Payment, Cents: c.paid})
		}
		out.Text = greeting + "Wir führen den Plan nicht weiter." + foot
		out.Effects = []cases.Effect{{Kind: cases.EndPlan, Target: "a1", Code: c.why}}
		got := ""
		for _, f := range g.Check(out) {
			if f.Rule == "plan.end" {
				got = f.Quote.String()
			}
		}
		if got != c.want {
			t.Errorf("%s: found %q, want %q", name, got, c.want)
		}
	}
}

// TestInvoicesOfDigits: an invoice number of digits and marks looks like a
// telephone number or a part of an IBAN; only behind its word it is one.
func TestInvoicesOfDigits(t *testing.T) {
	g := gate(t)
	for text, want := range map[string]bool{
		"Rufen Sie an: 040 5550 100, IBAN DE89 3704 0044 0532 0130 00.":    false,
		"Es geht um die Rechnung 2025-1187 über 350,00 €.":                 false,
		"Es geht um die Rechnung Nr. 2025/1187 über 350,00 €.":             false,
		"Es geht um die Rechnung Nr. 2025/1188 über 350,00 €.":             true,
		"Auch die Rechnungsnummer: 2025-9911 ist noch offen.":              true,
		"This is about invoice no. 2025-0042 of your order, as you asked.": true,
	} {
		out := outgoing(t, "plain", text)
		out.Context.Case.Ledger.Claims[0].Invoice = "2025-1187"
		found := slices.ContainsFunc(g.Check(out), func(f cases.TextFinding) bool { return f.Rule == "value.invoice" })
		if found != want {
			t.Errorf("%q: found %v, want %v", text, found, want)
		}
	}
}

// TestTheirOwnDayIsNoDeadline: a day that the sender named for a payment may be
// named again, also where the house would set no such day.
func TestTheirOwnDayIsNoDeadline(t *testing.T) {
	g := gate(t)
	out := outgoing(t, "plain", "Sie möchten bis zum 05.12.2026 zahlen. Bitte überweisen Sie bis zum 05.12.2026.")
	late := func() bool {
		return slices.ContainsFunc(g.Check(out), func(f cases.TextFinding) bool { return f.Rule == "form.deadline_day" })
	}
	if !late() {
		t.Error("a Saturday that nobody named passes as a deadline")
	}
	out.Context.Messages = []*cases.Message{{ID: "m1", Class: cases.Classification{Slots: cases.Slots{PromiseDate: calendar.Of(2026, 12, 5)}}}}
	if late() {
		t.Error("their own day is refused")
	}
}

// TestOneSentenceIsSaidOnce: where a sentence must go, no warning says so again;
// the warnings of the other sentences stay.
func TestOneSentenceIsSaidOnce(t *testing.T) {
	out := outgoing(t, "plain", "Wir pfänden Ihren Lohn bei Ihrem Arbeitgeber. Ihre Nachbarn grüßen Sie sicher noch.")
	var warned []string
	blocked := false
	for _, f := range gate(t).Check(out) {
		blocked = blocked || f.Rule == "threat.garnishment"
		if f.Severity == Warn {
			warned = append(warned, f.Quote.String())
		}
	}
	if !blocked || len(warned) == 0 || slices.ContainsFunc(warned, func(q string) bool { return strings.Contains(q, "Arbeitgeber") }) {
		t.Errorf("blocked %v, warned of %q", blocked, warned)
	}
}
