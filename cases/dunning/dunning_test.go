package dunning_test

import (
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/dunning"
	"kontor/cases/ledger"
	"kontor/cases/plain"
	"kontor/cases/plan"
)

var write = flag.Bool("golden.write", false, "write testdata/*.golden anew")

var today = calendar.Of(2026, 11, 24)

// complete is an application that lacks nothing.
func complete(t testing.TB) dunning.Input {
	t.Helper()
	fees, err := costs.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	rates, err := ledger.ShippedRates()
	if err != nil {
		t.Fatal(err)
	}
	person := func(id cases.PersonID, name, postal string, legal bool) *cases.Person {
		return &cases.Person{ID: id, PersonFacts: cases.PersonFacts{
			Name: plain.Line(name), Legal: legal, Contacts: []cases.Contact{{ID: "1", Channel: cases.Postal, Value: plain.Line(postal), Proof: cases.ProofSeen}},
		}}
	}
	return dunning.Input{
		Case: &cases.Case{
			ID: "c1", Reference: "K-2026-000210", Opened: calendar.Of(2026, 9, 1), Stage: cases.StageCollection, Land: "HH",
			Parties: []cases.Party{{ID: "1", Person: "cr", Role: cases.RoleCreditor}, {ID: "2", Person: "de", Role: cases.RoleDebtor}},
			Ledger: ledger.Ledger{
				Claims: []ledger.Claim{{
					ID: "F1", Kind: ledger.Ordinary, Invoice: "KW-26-1184", Subject: "Einbauküche", Purpose: ledger.Private, Principal: 238900,
					Contract: calendar.Of(2026, 6, 18), InvoiceDate: calendar.Of(2026, 7, 4), Due: calendar.Of(2026, 7, 18), Default: calendar.Of(2026, 8, 2),
					Rate: ledger.RateRule{Kind: ledger.RateConsumer},
				}},
				Entries: []ledger.Entry{
					{ID: "k1", Date: calendar.Of(2026, 9, 1), Kind: ledger.Cost, CostKind: ledger.CollectionFee, Cents: 23195},
					{ID: "b1", Date: calendar.Of(2026, 9, 28), Kind: ledger.Payment, Cents: 15000},
				},
			},
		},
		Persons: map[cases.PersonID]*cases.Person{
			"cr": person("cr", "Küchenwelt Nord GmbH", "Herdstraße 9, 22000 Hamburg", true), "de": person("de", "Sabine Kröger", "Lerchenweg 14, 22115 Hamburg", false),
		},
		Today: today, Fees: fees, Rates: rates,
		Agency: cases.Agency{Name: "Forderungsservice Nordlicht GmbH", Street: "Speicherkai 7", Town: "20457 Hamburg", Owner: "Geschäftsführung: Dr. Imke Petersen"},
		Answers: dunning.Answers{
			Catalogue: map[string]int{"F1": 11}, Counter: dunning.CounterRendered, Court: "Amtsgericht Hamburg-Altona", TrialCourt: "Amtsgericht Hamburg",
			Number: "12345678", Representatives: map[cases.PersonID]string{"cr": "Geschäftsführer Karl Beispiel"},
		},
	}
}

func prepare(t testing.TB, in dunning.Input) dunning.Sheet {
	t.Helper()
	in.Statement, in.BalanceErr = ledger.StatementAt(in.Case.Ledger, in.Today, ledger.Rules{Rates: in.Rates})
	s, err := dunning.Prepare(in)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestComplete: nothing is missing, and the costs are reckoned: court fee for a
// value up to 3,000 euros 62.75; 1.0 of 235.50 less half of the booked 231.95,
// rounded up to 115.98, plus 20.00 = 139.52; 0.5 of 235.50 = 117.75.
func TestComplete(t *testing.T) {
	t.Parallel()
	s := prepare(t, complete(t))
	if !s.Ready || len(s.Findings) > 0 || s.Filed {
		t.Errorf("ready %v, filed %v, %v", s.Ready, s.Filed, s.Findings)
	}
	var sums []string
	for _, c := range s.CostsToCome {
		sums = append(sums, c.Cents.Plain())
	}
	if got := strings.Join(sums, " "); got != "62.75 139.52 117.75" {
		t.Errorf("costs to come %s", got)
	}
	b, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *write {
		if err := os.WriteFile("testdata/complete.golden", append(b, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/complete.golden")
	if err != nil {
		t.Fatal(err)
	}
	if string(b)+"\n" != string(want) {
		t.Errorf("got\n%s\nwant\n%s", b, want)
	}
}

func TestFindings(t *testing.T) {
	t.Parallel()
	type in = dunning.Input
	claim := func(i *in) *ledger.Claim { return &i.Case.Ledger.Claims[0] }
	for name, tc := range map[string]struct {
		change func(*in)
		code   string
		level  dunning.Level
		source string
	}{
		"counter-performance open":    {func(i *in) { i.Answers.Counter = dunning.CounterOpen }, "counter_performance", dunning.Block, "§ 688 Abs. 2 Nr. 2"},
		"counter-performance unsaid":  {func(i *in) { i.Answers.Counter = "" }, "counter_performance", dunning.Open, "§ 690 Abs. 1 Nr. 4"},
		"no court":                    {func(i *in) { i.Answers.Court = "" }, "court", dunning.Open, "§ 689"},
		"no trial court":              {func(i *in) { i.Answers.TrialCourt = "" }, "trial_court", dunning.Open, "§ 690 Abs. 1 Nr. 5"},
		"no Kennziffer":               {func(i *in) { i.Answers.Number = "" }, "number", dunning.Open, "§ 702 Abs. 2"},
		"Kennziffer of seven":         {func(i *in) { i.Answers.Number = "1234567" }, "number", dunning.Open, "§ 702 Abs. 2"},
		"no catalogue number":         {func(i *in) { i.Answers.Catalogue = nil }, "catalogue", dunning.Open, ""},
		"catalogue number unknown":    {func(i *in) { i.Answers.Catalogue["F1"] = 61 }, "catalogue", dunning.Warn, ""},
		"catalogue number impossible": {func(i *in) { i.Answers.Catalogue["F1"] = 100 }, "catalogue", dunning.Open, ""},
		"flat without its place":      {func(i *in) { i.Answers.Catalogue["F1"] = 19 }, "catalogue_extra", dunning.Open, ""},
		"firm unrepresented":          {func(i *in) { i.Answers.Representatives = nil }, "representative", dunning.Open, "§ 690 Abs. 1 Nr. 1"},
		"no address":                  {func(i *in) { i.Persons["de"].Contacts = nil }, "address", dunning.Block, "§ 688 Abs. 2 Nr. 3"},
		"address abroad": {func(i *in) {
			i.Persons["de"].Contacts[0].Value = plain.Line("Ringstraße 1, 1010 Wien")
		}, "address", dunning.Open, "§ 688 Abs. 3"},
		"town too long": {func(i *in) {
			i.Persons["de"].Contacts[0].Value = plain.Line("Weg 1, 12345 Sankt-Beispielhausen an der Unteren Aue")
		}, "address_length", dunning.Open, "Feldlängen"},
		"post box":              {func(i *in) { i.Persons["de"].Contacts[0].Value = plain.Line("Postfach 12, 22115 Hamburg") }, "postbox", dunning.Open, "§ 178"},
		"name of one long word": {func(i *in) { i.Persons["cr"].Name = plain.Line(strings.Repeat("Küchen", 6)) }, "name", dunning.Open, "Feldlängen"},
		"name of 35 is no long": {func(i *in) { i.Persons["cr"].Name = plain.Line(strings.Repeat("ü", 35)) }, "", "", ""},
		"deceased":              {func(i *in) { i.Persons["de"].Deceased = true }, "deceased", dunning.Block, "§ 1958"},
		"insolvent":             {func(i *in) { i.Persons["de"].Insolvent = true }, "insolvent", dunning.Block, "§§ 87, 174 InsO"},
		"minor until tomorrow":  {func(i *in) { i.Persons["de"].Born = calendar.Of(2008, 11, 25) }, "minor", dunning.Open, "§§ 107, 108"},
		"of age today":          {func(i *in) { i.Persons["de"].Born = calendar.Of(2008, 11, 24) }, "", "", ""},
		"held": {func(i *in) {
			i.Case.Holds = []cases.Hold{{ID: "h", Kind: cases.HoldCourt, Reason: "debt_settlement_attempt", From: 1}}
		}, "hold", dunning.Block, ""},
		"held no longer": {func(i *in) { i.Case.Holds = []cases.Hold{{ID: "h", Kind: cases.HoldCourt, From: 1, Lifted: true}} }, "", "", ""},
		"disputed":       {func(i *in) { i.Case.Objections = []cases.Objection{{ID: "o"}} }, "disputed", dunning.Block, "§§ 694, 696"},
		"plan": {func(i *in) {
			i.Case.Arrangements = []cases.Arrangement{{ID: "a", Kind: cases.ArrangePlan, State: cases.ArrRunning, Rates: []plan.Rate{{}}}}
		}, "arrangement", dunning.Block, "§ 205"},
		"plan broken": {func(i *in) {
			i.Case.Arrangements = []cases.Arrangement{{ID: "a", Kind: cases.ArrangePlan, State: cases.ArrBroken}}
		}, "", "", ""},
		"at court already": {func(i *in) { i.Case.Stage = cases.StageCourtOrder }, "stage", dunning.Block, ""},
		"still dunning":    {func(i *in) { i.Case.Stage = cases.StageDunning }, "stage", dunning.Warn, ""},
		"represented": {func(i *in) {
			i.Case.Parties = append(i.Case.Parties, cases.Party{Person: "cr", Role: cases.RoleAdviser})
		}, "represented", dunning.Warn, "§ 172"},
		"two debtors": {func(i *in) {
			i.Case.Parties = append(i.Case.Parties, cases.Party{Person: "de", Role: cases.RoleCoDebtor})
		}, "several", dunning.Warn, "§ 421"},
		"no debtor":               {func(i *in) { i.Case.Parties = i.Case.Parties[:1] }, "respondent", dunning.Block, "§ 690"},
		"nothing open":            {func(i *in) { i.Case.Ledger.Entries[1].Cents = 400000 }, "nothing_open", dunning.Block, "§ 688 Abs. 1"},
		"no base rate":            {func(i *in) { i.Today = calendar.Of(2031, 1, 5) }, "balance", dunning.Block, "§ 688 Abs. 1"},
		"no invoice, no contract": {func(i *in) { claim(i).Invoice, claim(i).Contract = "", 0 }, "individual", dunning.Open, "§ 204 Abs. 1 Nr. 3"},
		"no default":              {func(i *in) { claim(i).Default = 0 }, "interest", dunning.Warn, "§ 288"},
		"credit without a rate":   {func(i *in) { claim(i).Kind = ledger.ConsumerCredit }, "apr", dunning.Open, "§ 688 Abs. 2 Nr. 1"},
		"credit too dear": {func(i *in) { // base rate in June 2026 is 1.27: at most 13.27
			claim(i).Kind = ledger.ConsumerCredit
			i.Answers.APR = map[string]int{"F1": 1328}
		}, "apr", dunning.Block, "§ 688 Abs. 2 Nr. 1"},
		"credit at the limit": {func(i *in) {
			claim(i).Kind = ledger.ConsumerCredit
			i.Answers.APR = map[string]int{"F1": 1327}
		}, "", "", ""},
		"lapsed": {func(i *in) {
			i.Case.Ledger.Entries = nil
			claim(i).Contract, claim(i).InvoiceDate, claim(i).Due, claim(i).Default = calendar.Of(2022, 1, 1), calendar.Of(2022, 2, 1), calendar.Of(2022, 3, 1), calendar.Of(2022, 4, 1)
		}, "limitation", dunning.Block, "§ 214"},
		"lapses at year-end": {func(i *in) {
			i.Case.Ledger.Entries, i.Today = nil, calendar.Of(2026, 12, 3)
			claim(i).Contract, claim(i).InvoiceDate, claim(i).Due, claim(i).Default = calendar.Of(2023, 1, 1), calendar.Of(2023, 2, 1), calendar.Of(2023, 3, 1), calendar.Of(2023, 4, 1)
		}, "limitation_soon", dunning.Warn, "§ 167 ZPO"},
		"costs above the cap":    {func(i *in) { i.Case.Ledger.Entries[0].Cents = 23196 }, "cost_cap", dunning.Block, "§ 13e RDG"},
		"value above the tables": {func(i *in) { claim(i).Principal = 9_600_000 }, "court_fee", dunning.Open, "KV GKG"},
		"open inquiry":           {func(i *in) { i.Case.Inquiries = []cases.Inquiry{{ID: "q", Kind: "creditor"}} }, "inquiry", dunning.Open, ""},
		"vulnerable":             {func(i *in) { i.Case.Vulnerable = true }, "vulnerable", dunning.Warn, "§ 4a UWG"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := complete(t)
			tc.change(&x)
			s := prepare(t, x)
			if tc.code == "" {
				if len(s.Findings) > 0 {
					t.Errorf("found %v", s.Findings)
				}
				return
			}
			i := slices.IndexFunc(s.Findings, func(f dunning.Finding) bool { return f.Code == tc.code })
			if i < 0 {
				t.Fatalf("%s is not found in %v", tc.code, s.Findings)
			}
			if f := s.Findings[i]; f.Level != tc.level || !strings.Contains(f.Source, tc.source) || f.Text == "" {
				t.Errorf("found %+v, want %s by %s", f, tc.level, tc.source)
			}
			if s.Ready == (tc.level != dunning.Warn) {
				t.Errorf("ready is %v with %v", s.Ready, s.Findings)
			}
		})
	}
}
