package match_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/match"
	"kontor/cases/money"
	"kontor/cases/plain"
)

func pattern(t *testing.T) *match.Pattern {
	t.Helper()
	p, err := match.Compile(`K-\d{4}-\d{6}`)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestReferences(t *testing.T) {
	t.Parallel()
	p := pattern(t)
	for _, tc := range []struct {
		text, key     string
		exact, padded bool
	}{
		{"Az. K-2026-000318, bitte", "K2026000318", true, false},
		{"K-2026-000318", "K2026000318", true, false},
		{"(K-2026-000318)", "K2026000318", true, false},
		{"k 2026 000318", "K2026000318", false, false},
		{"K2026000318", "K2026000318", false, false},
		{"K–2026–000318", "K2026000318", false, false},
		{"K-2O26-OOO318", "K2026000318", false, false},
		{"K/2026/000318", "K2026000318", false, false},
		{"K-2026- 000 318", "K2026000318", false, false},
		{"K-2026-0003l8", "K2026000318", false, false},
		{"K-2026-318", "K2026000318", false, true},
		{"AK-2026-000318", "", false, false},
		{"K-2026-0003189", "", false, false},
		{"Kunde 2026", "", false, false},
		{"seit 2026-11-24", "", false, false},
	} {
		found := p.Find(tc.text)
		if tc.key == "" {
			if len(found) != 0 {
				t.Errorf("%q: found %+v, want nothing", tc.text, found)
			}
			continue
		}
		if len(found) != 1 || found[0].Key != tc.key || found[0].Exact != tc.exact || found[0].Padded != tc.padded {
			t.Errorf("%q: found %+v, want %s exact %v padded %v", tc.text, found, tc.key, tc.exact, tc.padded)
			continue
		}
		if f := found[0]; tc.text[f.Start:f.End] != f.Quote {
			t.Errorf("%q: quote %q is not at its place", tc.text, f.Quote)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"K-2026-000318", "K 2O26 - 3l8", strings.Repeat("K-2026-", 40), "\xff\xfeK-2026-000001"} {
		f.Add(s)
	}
	p, err := match.Compile(`K-\d{4}-\d{6}`)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, x := range p.Find(s) {
			if len(x.Key) != 11 || x.Start < 0 || x.End < x.Start {
				t.Errorf("%q: %+v", s, x)
			}
		}
	})
}

// world is a small index: two persons, three cases.
type world struct{}

func (world) CaseByReference(key string) (cases.CaseID, bool) {
	c, ok := map[string]cases.CaseID{"K2026000001": "c1", "K2026000002": "c2", "K2026000003": "c3"}[key]
	return c, ok
}

func (world) CaseByLetter(id string) (cases.CaseID, cases.ReplyID, bool) {
	if id == "letter-1@kontor.example.org" {
		return "c1", "r1", true
	}
	return "", "", false
}

func (world) PersonsByMail(a string) []cases.PersonID {
	switch a {
	case "anna@example.org":
		return []cases.PersonID{"anna"}
	case "bernd@example.org":
		return []cases.PersonID{"bernd"}
	}
	return nil
}

func (world) PersonsByName(n string) []cases.PersonID {
	if n == "anna ehlers" {
		return []cases.PersonID{"anna"}
	}
	return nil
}

func (world) OpenCases(p cases.PersonID) []cases.CaseID {
	if p == "anna" {
		return []cases.CaseID{"c1"}
	}
	return []cases.CaseID{"c2", "c3"}
}

func (world) Debtor(c cases.CaseID) cases.PersonID {
	if c == "c1" {
		return "anna"
	}
	return "bernd"
}

func (world) Balance(cases.CaseID) (money.Cents, bool) { return 41290, true }

func TestMatch(t *testing.T) {
	t.Parallel()
	from := func(name, addr string) cases.Address { return cases.Address{Name: plain.Line(name), Addr: addr} }
	for _, tc := range []struct {
		name string
		mail cases.Mail
		want cases.CaseID
		code string
		n    int // suggestions
	}{
		{"reference in subject", cases.Mail{Subject: plain.Line("Re: K-2026-000001")}, "c1", "reference", 1},
		{"reference mistyped", cases.Mail{Own: plain.Clean("mein Zeichen ist k 2o26 000002")}, "c2", "reference_fuzzy", 1},
		{"zeros left out, unknown sender", cases.Mail{Own: plain.Clean("Az K-2026-1")}, "", "reference_padded", 1},
		{"zeros left out, sender on file", cases.Mail{From: from("", "anna@example.org"), Own: plain.Clean("Az K-2026-1")}, "c1", "sender", 1},
		{"thread", cases.Mail{InReplyTo: []string{"letter-1@kontor.example.org"}}, "c1", "thread", 1},
		{"sender with one case", cases.Mail{From: from("", "anna@example.org")}, "c1", "sender", 1},
		{"sender with two cases", cases.Mail{From: from("", "bernd@example.org")}, "", "sender", 2},
		{"sender with two cases and a reference", cases.Mail{From: from("", "bernd@example.org"), Subject: plain.Line("K-2026-000003")}, "c3", "reference", 2},
		{"name alone", cases.Mail{From: from("Anna Ehlers", "neu@example.net")}, "", "name", 1},
		{"name and amount", cases.Mail{From: from("Anna Ehlers", "neu@example.net"), Own: plain.Clean("die 412,90 € zahle ich")}, "c1", "name", 1},
		{"two references", cases.Mail{Own: plain.Clean("K-2026-000001 und K-2026-000002")}, "", "reference", 2},
		{"nothing", cases.Mail{From: from("X", "x@example.net"), Own: plain.Clean("hallo")}, "", "", 0},
	} {
		got, list := match.Mail(tc.mail, pattern(t), world{})
		if got.Case != tc.want || len(list) != tc.n {
			t.Errorf("%s: case %q with %d suggestions, want %q with %d (%+v)", tc.name, got.Case, len(list), tc.want, tc.n, list)
			continue
		}
		if tc.code != "" && (len(got.Reasons) == 0 || got.Reasons[0].Code != tc.code) {
			t.Errorf("%s: reasons %+v, want %s first", tc.name, got.Reasons, tc.code)
		}
	}
}

func TestRightParty(t *testing.T) {
	t.Parallel()
	p := &cases.Person{ID: "anna", PersonFacts: cases.PersonFacts{
		Name: plain.Line("Anna Ehlers"), Born: calendar.Of(1980, 3, 2), IBANs: []string{"DE02120300000000202051"},
		Contacts: []cases.Contact{
			{Channel: cases.Email, Value: plain.Line("anna@example.org"), Proof: cases.ProofSeen},
			{Channel: cases.Email, Value: plain.Line("claimed@example.org"), Proof: cases.ProofClaimed},
			{Channel: cases.Postal, Value: plain.Line("Lindenweg 4, 22301 Hamburg")},
		},
	}}
	c := &cases.Case{Reference: "K-2026-000001"}
	c.Ledger.Claims = append(c.Ledger.Claims, ledgerClaim("RE-2026-118"))
	pass := func(domain string) []cases.AuthResult {
		return []cases.AuthResult{{ServID: "mx", Method: "dmarc", Result: "pass", Domain: domain}}
	}
	mail := func(addr, text string, auth []cases.AuthResult) cases.Mail {
		return cases.Mail{From: cases.Address{Addr: addr}, Own: plain.Clean(text), Auth: auth}
	}
	for _, tc := range []struct {
		name string
		mail cases.Mail
		want cases.RightPartyState
	}{
		{"confirmed address, authenticated", mail("anna@example.org", "", pass("example.org")), cases.PartyConfirmed},
		{"confirmed address alone", mail("anna@example.org", "", nil), cases.PartyUnknown},
		{"authenticated for another domain", mail("anna@example.org", "", pass("evil.example.net")), cases.PartyUnknown},
		{"authentication failed", mail("anna@example.org", "", []cases.AuthResult{{Method: "dmarc", Result: "fail", Domain: "example.org"}}), cases.PartyUnknown},
		{"claimed address, authenticated", mail("claimed@example.org", "", pass("example.org")), cases.PartyUnknown},
		{"reference and address", mail("neu@example.net", "K-2026-000001, Anna Ehlers, Lindenweg 4, 22301 Hamburg", nil), cases.PartyConfirmed},
		{"invoice and date of birth", mail("neu@example.net", "RE-2026-118, geb. 02.03.1980", nil), cases.PartyConfirmed},
		{"two of one group", mail("neu@example.net", "Lindenweg 4, 22301 Hamburg, geb. 02.03.1980", nil), cases.PartyUnknown},
		{"reference and name", mail("neu@example.net", "K-2026-000001 Anna Ehlers", nil), cases.PartyUnknown},
		{"reference and IBAN", mail("neu@example.net", "K-2026-000001 DE02 1203 0000 0000 2020 51", nil), cases.PartyConfirmed},
	} {
		if got, why := match.RightParty(tc.mail, c, p); got != tc.want {
			t.Errorf("%s: %s %v, want %s", tc.name, got, why, tc.want)
		}
	}
	other := mail("anna@example.org", "", pass("example.org"))
	other.ReplyTo = cases.Address{Addr: "x@example.net"}
	if got, _ := match.RightParty(other, c, p); got == cases.PartyConfirmed {
		t.Error("a Reply-To that is not on file was taken for confirmed")
	}
	denied := &cases.Case{Reference: c.Reference, RightParty: cases.PartyDenied}
	if got, _ := match.RightParty(mail("anna@example.org", "", pass("example.org")), denied, p); got != cases.PartyDenied {
		t.Errorf("denied case: %s", got)
	}
}

func ledgerClaim(invoice string) ledger.Claim { return ledger.Claim{ID: "f1", Invoice: invoice} }

func TestFoldName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Müller, Jörg": "joerg mueller", "Jörg Müller": "joerg mueller", "Dr. Jörg  Müller": "joerg mueller", "Jörg": "", "": "", "J. Müller": "",
	} {
		if got := match.FoldName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.String().Draw(rt, "name")
		if a := match.FoldName(s); a != "" && match.FoldName(a) != a {
			rt.Fatalf("%q folds to %q and on to %q", s, a, match.FoldName(a))
		}
	})
}
