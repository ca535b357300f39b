package match

import (
	"regexp"
	"slices"
	"strings"

	"kontor/cases"
)

// RightParty says whether a mail's sender is proven to be the person (domain.md
// 1.7). A From address proves nothing. Confirmed is only
//
//   - an aligned verdict of our own receiving server (DMARC, or DKIM or SPF of
//     the From domain) for an address that was confirmed earlier, or
//   - two identifiers that agree with the file, one of each group: reference,
//     invoice or customer number; and postal address, date of birth or IBAN.
//
// why lists codes of what was found or missing.
func RightParty(m cases.Mail, c *cases.Case, p *cases.Person) (state cases.RightPartyState, why []string) {
	if c == nil || p == nil {
		return cases.PartyUnknown, []string{"no_party"}
	}
	if c.RightParty == cases.PartyDenied {
		return cases.PartyDenied, []string{"denied"}
	}
	if fromProven(m, p.ProvenMails()) {
		if aligned(m) {
			return cases.PartyConfirmed, []string{vouched}
		}
		why = append(why, "not_authenticated")
	} else {
		why = append(why, "address_unconfirmed")
	}
	first, second := identifiers(m.Own.String(), m.Subject.String(), c, p)
	if first != "" && second != "" {
		return cases.PartyConfirmed, []string{first, second}
	}
	return cases.PartyUnknown, why
}

// vouched is the reason where address and domain are proven.
const vouched = "authenticated"

// Vouched is the part of RightParty that needs neither case nor person, only
// the person's proven addresses: it confirms the sender for a case whose party
// was not denied. Where ok is false RightParty has to look.
func Vouched(m cases.Mail, proven []string) (why []string, ok bool) {
	if fromProven(m, proven) && aligned(m) {
		return []string{vouched}, true
	}
	return nil, false
}

// fromProven reports whether whoever would be answered is among the addresses.
func fromProven(m cases.Mail, proven []string) bool {
	in := func(addr string) bool {
		return slices.ContainsFunc(proven, func(p string) bool { return strings.EqualFold(p, addr) })
	}
	return in(m.From.Addr) && (m.ReplyTo.Addr == "" || in(m.ReplyTo.Addr))
}

// aligned reports whether a verdict that counts vouches for the From domain.
func aligned(m cases.Mail) bool {
	_, domain, ok := strings.Cut(strings.ToLower(m.From.Addr), "@")
	if !ok {
		return false
	}
	for _, a := range m.Auth {
		if a.Result != "pass" {
			continue
		}
		d := strings.ToLower(a.Domain)
		if d == domain || strings.HasSuffix(domain, "."+d) && strings.Contains(d, ".") && a.Method == "dkim" {
			return true
		}
	}
	return false
}

var notWord = regexp.MustCompile(`[^\pL\pN]+`)

func squash(s string) string { return strings.ToLower(notWord.ReplaceAllString(s, "")) }

// identifiers looks for one of each group in what the sender wrote.
func identifiers(text, subject string, c *cases.Case, p *cases.Person) (first, second string) {
	all := squash(text + "\n" + subject)
	if k := squash(c.Reference); k != "" && strings.Contains(all, k) {
		first = "reference"
	}
	for _, cl := range c.Ledger.Claims {
		if k := squash(cl.Invoice); first == "" && len(k) >= 4 && strings.Contains(all, k) {
			first = "invoice"
		}
	}
	body := squash(text)
	for _, k := range p.Contacts {
		if v := squash(k.Value.String()); k.Channel == cases.Postal && len(v) >= 12 && strings.Contains(body, v) {
			second = "postal_address"
		}
	}
	if p.Born != 0 {
		t := p.Born.Time()
		for _, f := range []string{"02.01.2006", "2.1.2006", "2006-01-02"} {
			if strings.Contains(text, t.Format(f)) {
				second = "date_of_birth"
			}
		}
	}
	for _, iban := range p.IBANs {
		if v := squash(iban); len(v) >= 15 && strings.Contains(body, v) {
			second = "iban"
		}
	}
	return first, second
}
