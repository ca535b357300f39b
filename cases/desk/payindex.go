package desk

import (
	"cmp"
	"slices"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/match"
	"kontor/cases/money"
	"kontor/cases/priority"
)

// payIndex holds the summaries of accounts and statement entries; the index's
// lock guards it.
type payIndex struct {
	accounts map[cases.AccountID]cases.AccountSummary
	entries  map[cases.EntryID]*cases.EntrySummary
	open     map[cases.EntryID]bool
	byE2E    multi[string, cases.EntryID]
	byTwin   multi[uint64, cases.EntryID]
	byCase   multi[cases.CaseID, cases.EntryID]
	byPayer  multi[string, cases.CaseID]   // of booked credits
	byIBAN   multi[string, cases.PersonID] // on file
	taken    map[cases.EntryID]bool        // credits that a return took back
}

func (x *payIndex) init() {
	if x.entries != nil {
		return
	}
	*x = payIndex{
		accounts: map[cases.AccountID]cases.AccountSummary{}, entries: map[cases.EntryID]*cases.EntrySummary{}, open: map[cases.EntryID]bool{},
		byE2E: newMulti[string, cases.EntryID](0), byTwin: newMulti[uint64, cases.EntryID](0), byCase: newMulti[cases.CaseID, cases.EntryID](0),
		byPayer: newMulti[string, cases.CaseID](0), byIBAN: newMulti[string, cases.PersonID](0), taken: map[cases.EntryID]bool{},
	}
}

func (x *payIndex) loadAccount(id cases.AccountID, b []byte) error {
	x.init()
	a, err := cases.ReadAccountSummary(id, b)
	if err == nil {
		x.accounts[id] = a
	}
	return err
}

// loadPerson keeps the accounts that a person has on file; old is nil for one
// that is new here.
func (x *payIndex) loadPerson(old, p *cases.PersonSummary) {
	x.init()
	if old != nil {
		for _, i := range old.IBANs {
			x.byIBAN.drop(i, p.ID)
		}
	}
	for _, i := range p.IBANs {
		x.byIBAN.put(i, p.ID)
	}
}

func (x *payIndex) loadEntry(id cases.EntryID, b []byte) error {
	x.init()
	e, err := cases.ReadEntrySummary(id, b)
	if err != nil {
		return err
	}
	if e.Currency == "" { // known only as the collective booking of its parts
		return nil
	}
	old := x.entries[id]
	x.entries[id] = &e
	if e.State.Open() {
		x.open[id] = true
	} else {
		delete(x.open, id)
	}
	if old == nil {
		if e.EndToEnd != "" && e.Cents > 0 {
			x.byE2E.add(e.EndToEnd, id)
		}
		if e.Twin != 0 {
			x.byTwin.add(e.Twin, id)
		}
	}
	if old != nil && old.State == cases.EntryBooked {
		x.unbook(old)
	}
	if e.State == cases.EntryBooked {
		x.book(&e)
	}
	return nil
}

func (x *payIndex) book(e *cases.EntrySummary) {
	x.byCase.put(e.Case, e.ID)
	if e.Cents < 0 && e.Original != "" {
		x.taken[e.Original] = true
	}
	if e.Cents > 0 && e.Payer != "" && e.Cases == 1 {
		x.byPayer.put(e.Payer, e.Case)
	}
}

func (x *payIndex) unbook(e *cases.EntrySummary) {
	x.byCase.drop(e.Case, e.ID)
	delete(x.taken, e.Original)
}

// covered is the last day up to which money is known: of the agency's account
// where statements of it are known, else of the account known least far.
func (x *payIndex) covered(iban string) calendar.Date {
	var least calendar.Date
	for _, a := range x.accounts {
		if a.IBAN == iban && iban != "" {
			return a.Covered
		}
		if least == 0 || a.Covered < least {
			least = a.Covered
		}
	}
	return least
}

// payments is what matching looks up: the index and what the batch at hand will
// book.
type payments struct {
	d       *Desk
	pending map[cases.CaseID]money.Cents
	twins   map[uint64][]calendar.Date
	self    cases.EntryID // the entry that is matched
	day     calendar.Date // from which its money counts: the balance is that of this day
}

func (d *Desk) payments() *payments {
	return &payments{d: d, pending: map[cases.CaseID]money.Cents{}, twins: map[uint64][]calendar.Date{}}
}

// took remembers an entry of the batch.
func (p *payments) took(e cases.StatementEntry, b match.Booking) {
	if t := e.Twin(); t != 0 {
		p.twins[t] = append(p.twins[t], e.Day())
	}
	if b.Auto {
		p.pending[b.Matches[0].Case] += e.Cents
	}
}

// CaseByReference looks up a canonical reference.
func (p *payments) CaseByReference(key string) (cases.CaseID, bool) {
	return p.d.ix.CaseByReference(key)
}

// PersonsByName looks up a folded name.
func (p *payments) PersonsByName(folded string) []cases.PersonID {
	return p.d.ix.PersonsByName(folded)
}

// OpenCases returns the open cases of a debtor.
func (p *payments) OpenCases(id cases.PersonID) []cases.CaseID { return p.d.ix.OpenCases(id) }

// PayersByIBAN returns the open cases that an account paid for, or whose debtor
// has it.
func (p *payments) PayersByIBAN(iban string) []cases.CaseID {
	x := p.d.ix
	x.mu.RLock()
	out := x.pay.byPayer.get(iban, 50)
	who := x.pay.byIBAN.get(iban, 50)
	x.mu.RUnlock()
	for _, id := range who {
		for _, c := range x.OpenCases(id) {
			out = with(out, c)
		}
	}
	return slices.DeleteFunc(out, func(c cases.CaseID) bool {
		s, ok := x.caseSummary(c)
		return !ok || s.Flags.Has(cases.CaseClosed)
	})
}

// PayCase returns what plausibility is judged by.
func (p *payments) PayCase(id cases.CaseID) (match.PayCase, bool) {
	x := p.d.ix
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.cases[id]
	if c == nil {
		return match.PayCase{}, false
	}
	k := match.PayCase{Instalment: c.RateCents, Closed: c.Flags.Has(cases.CaseClosed)}
	k.Balance, k.Known = c.Daily.Total(x.today)
	if p.day != 0 && p.day < x.today { // interest ran on since, and is not owed
		if sum, ok := c.Daily.Total(p.day); ok {
			k.Balance, k.Known = sum, true
		}
	}
	k.Balance -= p.pending[id]
	if who := x.persons[c.Debtor]; who != nil {
		k.Debtor, k.Deceased, k.Insolvent, k.IBANs = who.Name, who.Deceased, who.Insolvent, who.IBANs
	}
	return k, true
}

// CreditsByEndToEnd returns booked credits that no return took back.
func (p *payments) CreditsByEndToEnd(id string) []match.BookedCredit {
	x := p.d.ix
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.pay.credits(x.pay.byE2E.get(id, 50), 0)
}

// CreditsOn returns the credits of an amount on a case.
func (p *payments) CreditsOn(c cases.CaseID, cents money.Cents) []match.BookedCredit {
	x := p.d.ix
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.pay.credits(x.pay.byCase.get(c, 500), cents)
}

func (x *payIndex) credits(ids []cases.EntryID, cents money.Cents) []match.BookedCredit {
	var out []match.BookedCredit
	for _, id := range ids {
		e := x.entries[id]
		if e == nil || e.State != cases.EntryBooked || e.Cents <= 0 || e.Cases != 1 || x.taken[id] || (cents != 0 && e.Cents != cents) {
			continue
		}
		out = append(out, match.BookedCredit{Entry: id, Case: e.Case, Cents: e.Cents})
	}
	slices.SortFunc(out, func(a, b match.BookedCredit) int { return cmp.Compare(a.Entry, b.Entry) })
	return out
}

// twinDays is how near two equal credits must be to look like one paid twice: a
// weekly payment is none.
const twinDays = 4

// Twin reports whether the same credit is there already.
func (p *payments) Twin(e cases.StatementEntry) bool {
	t := e.Twin()
	if t == 0 {
		return false
	}
	near := func(d calendar.Date) bool { return max(d-e.Day(), e.Day()-d) <= twinDays }
	if slices.ContainsFunc(p.twins[t], near) {
		return true
	}
	x := p.d.ix
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.ContainsFunc(x.pay.byTwin.get(t, 10_000), func(id cases.EntryID) bool {
		o := x.pay.entries[id]
		return id != p.self && near(o.Day) && (o.State == cases.EntryBooked || o.State == cases.EntrySuggested)
	})
}

// paymentInput is what ranking may look at of an entry to match. The caller
// holds the lock.
func (x *index) paymentInput(e *cases.EntrySummary, at calendar.Date) priority.Input {
	in := priority.Input{Received: e.Booked, Minute: int64(e.Booked) * 24 * 60}
	x.caseInput(&in, x.cases[e.Case], at)
	in.Balance = e.Cents.Abs() // what is at stake is the payment
	in.Limitation = 0
	return in
}
