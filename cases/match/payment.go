package match

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"kontor/cases"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// Points of the reasons why a payment belongs to a case.
const (
	pointsRF         = 110
	pointsEndToEnd   = 100 // a return of a payment that we know
	pointsPayer      = 60  // IBAN on file, or of an earlier payment
	pointsPayerMany  = 35  // …with several open cases
	pointsPayerName  = 25
	pointsInstalment = 30
	pointsBalance    = 35
	pointsPaidBefore = 15 // a return: the case has a payment of this amount
	leastPayment     = 40 // below it a case is not worth suggesting
)

// PaymentIndex is what matching of payments may look up.
type PaymentIndex interface {
	CaseByReference(key string) (cases.CaseID, bool)
	// PayersByIBAN lists the open cases for which an account paid before, or
	// whose debtor has it on file.
	PayersByIBAN(iban string) []cases.CaseID
	PersonsByName(folded string) []cases.PersonID
	OpenCases(p cases.PersonID) []cases.CaseID
	// PayCase returns what plausibility is judged by.
	PayCase(c cases.CaseID) (PayCase, bool)
	// Credits returns booked credits with an end-to-end id, or booked on a case
	// with an amount; those taken back already are left out.
	CreditsByEndToEnd(id string) []BookedCredit
	CreditsOn(c cases.CaseID, cents money.Cents) []BookedCredit
	// Twin reports whether the same credit is there already, within days.
	Twin(e cases.StatementEntry) bool
}

// PayCase is a case as a payment sees it.
type PayCase struct {
	Debtor     string // name
	Balance    money.Cents
	Known      bool // the balance could be reckoned
	Instalment money.Cents
	Closed     bool
	Deceased   bool
	Insolvent  bool
	IBANs      []string
}

// BookedCredit is a payment that was booked whole on one case.
type BookedCredit struct {
	Entry cases.EntryID
	Case  cases.CaseID
	Cents money.Cents
}

// Booking is what matching makes of a statement entry. Auto is set only for a
// unique reference and a plausible amount.
type Booking struct {
	Matches  []cases.PaymentMatch // best first, at most five
	Oddities []cases.Oddity
	Auto     bool
}

// Payment finds the case that a statement entry belongs to.
func Payment(e cases.StatementEntry, p *Pattern, ix PaymentIndex) Booking {
	t := payTally{e: e, ix: ix}
	switch {
	case e.Collective > 0:
		return Booking{Oddities: []cases.Oddity{cases.OddCollective}}
	case e.Currency != money.Currency:
		return Booking{}
	case e.Cents < 0 && (e.Return != nil || e.Reversal):
		return t.takenBack(p)
	}
	t.references(p)
	if len(t.list) == 0 || t.weak() {
		t.payer()
		t.named()
	}
	t.amounts()
	b := t.booking()
	switch {
	case e.Cents < 0:
		b.odd(cases.OddOutgoing)
		return b
	case e.Return != nil:
		b.odd(cases.OddSentBack)
		return b
	case e.Reversal:
		b.odd(cases.OddReversal)
		return b
	}
	t.judge(&b)
	return b
}

// odd adds an oddity.
func (b *Booking) odd(o cases.Oddity) {
	if !slices.Contains(b.Oddities, o) {
		b.Oddities = append(b.Oddities, o)
	}
}

type payTally struct {
	e       cases.StatementEntry
	ix      PaymentIndex
	list    []cases.PaymentMatch
	quoted  int  // cases that a reference names for sure
	padded  int  // …and those named with zeros left out
	unknown bool // a reference that no case has
	slip    bool // an RF reference whose check digits do not fit
}

func (t *payTally) add(c cases.CaseID, code string, points int, quote string) {
	i := slices.IndexFunc(t.list, func(m cases.PaymentMatch) bool { return m.Case == c })
	if i < 0 {
		i = len(t.list)
		t.list = append(t.list, cases.PaymentMatch{Case: c})
	}
	m := &t.list[i]
	if slices.ContainsFunc(m.Reasons, func(r cases.MatchReason) bool { return r.Code == code }) {
		return
	}
	m.Score += points
	m.Reasons = append(m.Reasons, cases.MatchReason{Code: code, Points: points, Quote: plain.Line(quote)})
}

// named says whether a case was found by a reference already.
func (t *payTally) hasRef(c cases.CaseID) bool {
	return slices.ContainsFunc(t.list, func(m cases.PaymentMatch) bool {
		return m.Case == c && slices.ContainsFunc(m.Reasons, func(r cases.MatchReason) bool {
			return strings.HasSuffix(r.Code, "reference") || strings.HasPrefix(r.Code, "reference")
		})
	})
}

// weak says that only a reference with zeros left out was found.
func (t *payTally) weak() bool { return t.quoted == 0 }

// references looks for RF and case references in everything that the payer
// could fill in. Banks break lines anywhere, so a text is read with its line
// breaks as spaces and without them.
func (t *payTally) references(p *Pattern) {
	text := t.e.Text.String()
	for _, s := range []string{t.e.CreditorRef, text, t.e.EndToEnd} {
		t.rf(s)
	}
	if p == nil {
		return
	}
	sources := []string{t.e.CreditorRef, t.e.EndToEnd, text}
	if strings.Contains(text, "\n") {
		sources = append(sources, strings.ReplaceAll(text, "\n", ""))
	}
	for i, s := range sources {
		if !hasDigits(s, 3) {
			continue
		}
		for _, f := range p.Find(s) {
			c, ok := t.ix.CaseByReference(f.Key)
			if !ok {
				t.unknown = t.unknown || f.Exact
				continue
			}
			if t.hasRef(c) {
				continue
			}
			switch {
			case f.Padded:
				t.padded++
				t.add(c, "reference_padded", pointsPadded, f.Quote)
			case !f.Exact || i == 3:
				t.quoted++
				t.add(c, "reference_fuzzy", pointsLoose, f.Quote)
			default:
				t.quoted++
				t.add(c, "reference", pointsReference, f.Quote)
			}
		}
	}
}

func hasDigits(s string, n int) bool {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			if n--; n == 0 {
				return true
			}
		}
	}
	return false
}

var rfForm = regexp.MustCompile(`(?i)(?:^|[^\pL\pN])RF ?[0-9]{2}(?:[ \n]?[0-9A-Z]){1,21}`)

// rf finds creditor references by ISO 11649. What follows one in a text may look
// like a part of it, so the longest beginning whose check digits fit counts.
func (t *payTally) rf(s string) {
	if !strings.Contains(s, "RF") && !strings.Contains(s, "rf") {
		return
	}
	for _, m := range rfForm.FindAllString(s, 8) {
		k := Key(m)
		fits := false
		for n := len(k); n >= 5; n-- {
			if !validRF(k[:n]) {
				continue
			}
			fits = true
			if c, ok := t.ix.CaseByReference(k[4:n]); ok && !t.hasRef(c) {
				t.quoted++
				t.add(c, "rf_reference", pointsRF, k[:n])
				break
			}
		}
		t.slip = t.slip || !fits
	}
}

// validRF reports whether s is a creditor reference by ISO 11649, written
// without spaces.
func validRF(s string) bool {
	return len(s) >= 5 && len(s) <= 25 && s[:2] == "RF" && money.Mod97(s[4:]+s[:4]) == 1
}

func (t *payTally) payer() {
	if t.e.PartyIBAN == "" {
		return
	}
	list := t.ix.PayersByIBAN(t.e.PartyIBAN)
	points := pointsPayer
	if len(list) > 1 {
		points = pointsPayerMany
	}
	for _, c := range list {
		t.add(c, "iban", points, "")
	}
}

func (t *payTally) named() {
	for _, name := range []plain.Text{t.e.Party, t.e.Ultimate} {
		folded := FoldName(name.String())
		if folded == "" {
			continue
		}
		for _, p := range t.ix.PersonsByName(folded) {
			for _, c := range t.ix.OpenCases(p) {
				t.add(c, "name", pointsPayerName, name.String())
			}
		}
	}
}

// amounts adds points where the sum is exactly what is due or open.
func (t *payTally) amounts() {
	for i := range t.list {
		c := t.list[i].Case
		k, ok := t.ix.PayCase(c)
		switch {
		case !ok || t.e.Cents <= 0:
		case k.Known && k.Balance == t.e.Cents:
			t.add(c, "amount_balance", pointsBalance, t.e.Cents.String())
		case k.Instalment > 0 && k.Instalment == t.e.Cents:
			t.add(c, "amount_instalment", pointsInstalment, t.e.Cents.String())
		}
	}
}

// booking ranks what was found.
func (t *payTally) booking() Booking {
	list := slices.DeleteFunc(t.list, func(m cases.PaymentMatch) bool { return m.Score < leastPayment })
	slices.SortFunc(list, func(a, b cases.PaymentMatch) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Case, b.Case))
	})
	b := Booking{Matches: list[:min(len(list), 5)]}
	if len(list) == 0 {
		b.Matches = nil
		if t.unknown {
			b.odd(cases.OddNoCase)
		}
	}
	return b
}

// judge marks what is odd about a credit and says whether it books by itself.
func (t *payTally) judge(b *Booking) {
	if len(b.Matches) == 0 {
		return
	}
	best := b.Matches[0]
	k, ok := t.ix.PayCase(best.Case)
	if !ok {
		return
	}
	if t.quoted+t.padded > 1 || len(b.Matches) > 1 && t.quoted == 0 && best.Score-b.Matches[1].Score < lead {
		b.odd(cases.OddSeveral)
	}
	same := t.samePayer(k)
	switch {
	case !k.Known:
		b.odd(cases.OddUnclear)
	case t.e.Cents > k.Balance:
		b.odd(cases.OddOverpaid)
	case t.e.Cents == k.Balance:
		b.odd(cases.OddSettles)
	}
	for _, c := range []struct {
		on  bool
		odd cases.Oddity
	}{
		{!same, cases.OddThirdParty},
		{k.Closed, cases.OddClosed},
		{k.Insolvent, cases.OddInsolvent},
		{k.Deceased, cases.OddDeceased},
		{t.ix.Twin(t.e), cases.OddDouble},
		{t.slip, cases.OddCheck},
	} {
		if c.on {
			b.odd(c.odd)
		}
	}
	// A reference with zeros left out is one only if the payer agrees.
	unique := t.quoted == 1 && t.padded == 0 || t.quoted == 0 && t.padded == 1 && same && t.e.Party.String()+t.e.PartyIBAN != ""
	b.Auto = unique && t.hasRef(best.Case) && !slices.ContainsFunc(b.Oddities, func(o cases.Oddity) bool {
		return o != cases.OddSettles && o != cases.OddThirdParty
	})
}

// samePayer reports whether the payer may be the debtor: an account on file, or
// a name that shares a word. A payer that the bank does not name may be.
func (t *payTally) samePayer(k PayCase) bool {
	if slices.Contains(k.IBANs, t.e.PartyIBAN) && t.e.PartyIBAN != "" {
		return true
	}
	named := false
	for _, n := range []plain.Text{t.e.Party, t.e.Ultimate} {
		if !n.IsZero() {
			named = true
			if shareWord(n.String(), k.Debtor) {
				return true
			}
		}
	}
	return !named
}

// shareWord reports whether two names share a word of three letters or more,
// umlauts written either way.
func shareWord(a, b string) bool {
	words := func(s string) []string {
		s = umlauts.Replace(strings.ToLower(s))
		return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	}
	wb := words(b)
	for _, w := range words(a) {
		if len(w) >= 3 && slices.Contains(wb, w) {
			return true
		}
	}
	return false
}

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// takenBack finds the payment that a returned debit takes back.
func (t *payTally) takenBack(p *Pattern) Booking {
	sum := t.e.Cents.Abs()
	if r := t.e.Return; r != nil {
		switch {
		case r.Original > 0:
			sum = r.Original
		case r.Charges > 0 && r.Charges < sum:
			sum -= r.Charges
		}
	}
	var b Booking
	b.odd(cases.OddReturn)
	if t.e.EndToEnd != "" {
		var hits []BookedCredit
		for _, c := range t.ix.CreditsByEndToEnd(t.e.EndToEnd) {
			if c.Cents == sum {
				hits = append(hits, c)
			}
		}
		for _, c := range hits[:min(len(hits), 5)] {
			b.Matches = append(b.Matches, cases.PaymentMatch{
				Case: c.Case, Score: pointsEndToEnd, Original: c.Entry,
				Reasons: []cases.MatchReason{{Code: "end_to_end", Points: pointsEndToEnd, Quote: plain.Line(t.e.EndToEnd)}},
			})
		}
		if len(hits) > 0 {
			b.Auto = len(hits) == 1
			return b
		}
	}
	t.references(p)
	quoted := t.quoted
	if quoted == 0 {
		t.payer()
	}
	for i := range t.list {
		c := t.list[i].Case
		if hits := t.ix.CreditsOn(c, sum); len(hits) > 0 {
			t.add(c, "paid_before", pointsPaidBefore, sum.String())
			if len(hits) == 1 {
				t.list[i].Original = hits[0].Entry
			}
		}
	}
	r := t.booking()
	r.Oddities = append(b.Oddities, r.Oddities...)
	r.Auto = quoted == 1 && t.padded == 0 && len(r.Matches) > 0 && r.Matches[0].Original != ""
	return r
}
