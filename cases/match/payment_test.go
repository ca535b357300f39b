package match_test

import (
	"slices"
	"testing"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/match"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// books is a small house of cases.
type books struct {
	cases  map[cases.CaseID]match.PayCase
	refs   map[string]cases.CaseID
	payers map[string][]cases.CaseID
	names  map[string][]cases.PersonID
	open   map[cases.PersonID][]cases.CaseID
	e2e    map[string][]match.BookedCredit
	twin   bool
}

func (b *books) CaseByReference(key string) (cases.CaseID, bool) {
	c, ok := b.refs[key]
	return c, ok
}
func (b *books) PayersByIBAN(iban string) []cases.CaseID          { return b.payers[iban] }
func (b *books) PersonsByName(folded string) []cases.PersonID     { return b.names[folded] }
func (b *books) OpenCases(p cases.PersonID) []cases.CaseID        { return b.open[p] }
func (b *books) CreditsByEndToEnd(id string) []match.BookedCredit { return b.e2e[id] }
func (b *books) Twin(cases.StatementEntry) bool                   { return b.twin }
func (b *books) PayCase(c cases.CaseID) (match.PayCase, bool) {
	k, ok := b.cases[c]
	return k, ok
}

func (b *books) CreditsOn(c cases.CaseID, cents money.Cents) []match.BookedCredit {
	var out []match.BookedCredit
	for _, l := range b.e2e {
		for _, k := range l {
			if k.Case == c && k.Cents == cents {
				out = append(out, k)
			}
		}
	}
	return out
}

const (
	janaIBAN  = "DE89370400440532013000"
	otherIBAN = "DE07200505501280123456"
)

func house() *books {
	return &books{
		cases: map[cases.CaseID]match.PayCase{
			"c318": {Debtor: "Jana Muster", Balance: 41290, Known: true, Instalment: 5000, IBANs: []string{janaIBAN}},
			"c319": {Debtor: "Jana Muster", Balance: 9900, Known: true, IBANs: []string{janaIBAN}},
			"c500": {Debtor: "Cem Örnek", Balance: 30000, Known: true},
			"c501": {Debtor: "Tote Person", Balance: 30000, Known: true, Deceased: true},
			"c502": {Debtor: "Zu Ende", Balance: 0, Known: true, Closed: true},
			"c503": {Debtor: "Ohne Satz"},
		},
		refs: map[string]cases.CaseID{
			"K2026000318": "c318", "K2026000319": "c319", "K2026000500": "c500", "K2026000501": "c501", "K2026000502": "c502", "K2026000503": "c503",
		},
		payers: map[string][]cases.CaseID{janaIBAN: {"c318", "c319"}, "DE19701500000090123400": {"c500"}},
		names:  map[string][]cases.PersonID{match.FoldName("Cem Örnek"): {"p500"}},
		open:   map[cases.PersonID][]cases.CaseID{"p500": {"c500"}},
		e2e: map[string][]match.BookedCredit{
			"E-1": {{Entry: "e1", Case: "c318", Cents: 5000}},
			"E-2": {{Entry: "e2", Case: "c500", Cents: 7000}, {Entry: "e3", Case: "c500", Cents: 7000}},
		},
	}
}

func payPattern(t testing.TB) *match.Pattern {
	t.Helper()
	p, err := match.Compile(`K-\d{4}-\d{6}`)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func said(cents money.Cents, text, party, iban string) cases.StatementEntry {
	return cases.StatementEntry{
		Key: "k", Booked: calendar.Of(2026, 11, 23), Cents: cents, Currency: "EUR", Text: plain.Clean(text), Party: plain.Line(party), PartyIBAN: iban,
	}
}

func TestPayment(t *testing.T) {
	p := payPattern(t)
	jana := func(cents money.Cents, text string) cases.StatementEntry {
		return said(cents, text, "Jana Muster", janaIBAN)
	}
	with := func(e cases.StatementEntry, f func(*cases.StatementEntry)) cases.StatementEntry { f(&e); return e }
	for _, tt := range []struct {
		name string
		e    cases.StatementEntry
		best cases.CaseID
		auto bool
		odd  []cases.Oddity
	}{
		{"as the agency writes it", jana(5000, "K-2026-000318 Rate"), "c318", true, nil},
		{"spaces", jana(5000, "K 2026 000318"), "c318", true, nil},
		{"the letter O", jana(5000, "k-2O26-OOO318"), "c318", true, nil},
		{"broken in the number", jana(5000, "Aktenzeichen K-2026-00\n0318 danke"), "c318", true, nil},
		{"broken at the dash", jana(5000, "AZ K-2026-\n000318"), "c318", true, nil},
		{"zeros left out, own account", jana(5000, "K-2026-318"), "c318", true, nil},
		{"zeros left out, stranger", said(5000, "K-2026-318", "Anna Fremd", otherIBAN), "c318", false, []cases.Oddity{cases.OddThirdParty}},
		{"RF in groups of four", jana(5000, groups(rf("K2026000318"))+" Rate"), "c318", true, nil},
		{"RF with wrong check digits", jana(5000, "RF18 K202 6000 318 Rate"), "c318", false, []cases.Oddity{cases.OddCheck}},
		{"structured RF", with(jana(5000, ""), func(e *cases.StatementEntry) { e.CreditorRef = rf("K2026000318") }), "c318", true, nil},
		{"RF in the text", jana(5000, "Ref "+rf("K2026000318")+" Danke"), "c318", true, nil},
		{"reference as end-to-end id", with(jana(5000, "Rate"), func(e *cases.StatementEntry) { e.EndToEnd = "K-2026-000318" }), "c318", true, nil},
		{"third party, reference", said(5000, "K-2026-000318", "Oma Fremd", otherIBAN), "c318", true, []cases.Oddity{cases.OddThirdParty}},
		{"all that is open", jana(41290, "K-2026-000318"), "c318", true, []cases.Oddity{cases.OddSettles}},
		{"more than is open", jana(41291, "K-2026-000318"), "c318", false, []cases.Oddity{cases.OddOverpaid}},
		{"two references", jana(5000, "K-2026-000318 und K-2026-000319"), "c318", false, []cases.Oddity{cases.OddSeveral}},
		{"known account, two cases", jana(5000, "Rate"), "c318", false, nil},
		{"known account, one case", said(1234, "", "", "DE19701500000090123400"), "c500", false, nil},
		{"name and balance", said(30000, "danke", "Örnek, Cem", otherIBAN), "c500", false, []cases.Oddity{cases.OddSettles}},
		{"name alone", said(1234, "danke", "Örnek, Cem", otherIBAN), "", false, nil},
		{"deceased", said(100, "K-2026-000501", "Tote Person", ""), "c501", false, []cases.Oddity{cases.OddDeceased}},
		{"closed", said(100, "K-2026-000502", "Zu Ende", ""), "c502", false, []cases.Oddity{cases.OddOverpaid, cases.OddClosed}},
		{"balance unknown", said(100, "K-2026-000503", "Ohne Satz", ""), "c503", false, []cases.Oddity{cases.OddUnclear}},
		{"unknown reference", said(100, "K-2026-999999", "Wer Auch", ""), "", false, []cases.Oddity{cases.OddNoCase}},
		{"collective", with(jana(5000, "K-2026-000318"), func(e *cases.StatementEntry) { e.Collective = 3 }), "", false, []cases.Oddity{cases.OddCollective}},
		{"our own payment", jana(-5000, "Erstattung K-2026-000318"), "c318", false, []cases.Oddity{cases.OddOutgoing}},
		{"our own payment came back", with(jana(5000, "K-2026-000318"), func(e *cases.StatementEntry) { e.Return = &cases.BankReturn{Reason: "AC04"} }), "c318", false, []cases.Oddity{cases.OddSentBack}},
		{"return of a known payment", with(jana(-5300, "Retoure"), func(e *cases.StatementEntry) {
			e.EndToEnd, e.Return = "E-1", &cases.BankReturn{Reason: "AM04", Original: 5000, Charges: 300}
		}), "c318", true, []cases.Oddity{cases.OddReturn}},
		{"return of one of two", with(jana(-7000, "Retoure"), func(e *cases.StatementEntry) {
			e.EndToEnd, e.Return = "E-2", &cases.BankReturn{Reason: "MD06"}
		}), "c500", false, []cases.Oddity{cases.OddReturn}},
		{"return by reference", with(jana(-5300, "K-2026-000318"), func(e *cases.StatementEntry) { e.Return = &cases.BankReturn{Charges: 300} }), "c318", true, []cases.Oddity{cases.OddReturn}},
		{"return of nothing known", with(jana(-5300, "K-2026-000500"), func(e *cases.StatementEntry) { e.Return = &cases.BankReturn{} }), "c500", false, []cases.Oddity{cases.OddReturn}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := match.Payment(tt.e, p, house())
			var best cases.CaseID
			if len(b.Matches) > 0 {
				best = b.Matches[0].Case
				if len(b.Matches[0].Reasons) == 0 {
					t.Error("a match without reasons")
				}
			}
			if best != tt.best || b.Auto != tt.auto || !slices.Equal(b.Oddities, tt.odd) {
				t.Errorf("got %s auto %v %v, want %s auto %v %v; matches %+v", best, b.Auto, b.Oddities, tt.best, tt.auto, tt.odd, b.Matches)
			}
		})
	}
	h := house()
	h.twin = true
	if b := match.Payment(jana(5000, "K-2026-000318"), p, h); b.Auto || !slices.Contains(b.Oddities, cases.OddDouble) {
		t.Errorf("a credit seen before booked by itself: %+v", b)
	}
}

// rf makes a creditor reference by trying the check digits.
func rf(body string) string {
	for n := range 100 {
		s := "RF" + string([]byte{byte('0' + n/10), byte('0' + n%10)}) + body
		v := 0
		for _, c := range body + s[:4] {
			if c >= 'A' {
				v = (v*100 + int(c-'A') + 10) % 97
			} else {
				v = (v*10 + int(c-'0')) % 97
			}
		}
		if v == 1 && n >= 2 {
			return s
		}
	}
	return ""
}

// groups writes a reference in groups of four, as people do.
func groups(s string) string {
	var b []byte
	for i := range len(s) {
		if i > 0 && i%4 == 0 {
			b = append(b, ' ')
		}
		b = append(b, s[i])
	}
	return string(b)
}

func FuzzPayment(f *testing.F) {
	p := payPattern(f)
	f.Add("K-2026-000318", "RF18K2026000318", "E-1", int64(5000))
	f.Fuzz(func(t *testing.T, text, creditor, e2e string, cents int64) {
		e := said(money.Cents(cents), text, "Jana Muster", janaIBAN)
		e.CreditorRef, e.EndToEnd = creditor, e2e
		h := house()
		b := match.Payment(e, p, h)
		if b.Auto {
			k := h.cases[b.Matches[0].Case]
			if e.Cents > 0 && e.Cents > k.Balance {
				t.Errorf("%d booked by itself on a balance of %d", e.Cents, k.Balance)
			}
		}
		if !slices.IsSortedFunc(b.Matches, func(x, y cases.PaymentMatch) int { return y.Score - x.Score }) {
			t.Errorf("matches out of order: %+v", b.Matches)
		}
	})
}
