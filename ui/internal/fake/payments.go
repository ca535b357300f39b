package fake

import (
	"context"
	"fmt"
	"slices"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// Booked is one booking that was asked for.
type Booked struct {
	Entry  cases.EntryID
	Case   cases.CaseID
	Charge bool
	Parts  []cases.EntryPart
	Kind   string // book, split, refuse, creditor, reopen
	Cents  money.Cents
	Day    calendar.Date
	Reason string
}

// SetPayments puts statement entries in; those open come first.
func (d *Desk) SetPayments(views ...*desk.PaymentView) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pays = views
}

func (d *Desk) pay(id cases.EntryID) *desk.PaymentView {
	for _, v := range d.pays {
		if v.Entry.ID == id {
			return v
		}
	}
	return nil
}

// Payments lists the open entries, or all.
func (d *Desk) Payments(_ context.Context, all bool) ([]desk.PaymentRow, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []desk.PaymentRow
	for _, v := range d.pays {
		if all || v.Entry.State.Open() {
			r := v.Row
			r.State = v.Entry.State
			out = append(out, r)
		}
	}
	return out, d.Fail["Payments"]
}

// PaymentView returns one entry.
func (d *Desk) PaymentView(_ context.Context, id cases.EntryID) (*desk.PaymentView, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	v := d.pay(id)
	if v == nil {
		return nil, cases.ErrNotFound
	}
	w := *v
	e := *v.Entry
	w.Entry = &e
	return &w, d.Fail["PaymentView"]
}

func (d *Desk) decide(b Booked, state cases.EntryState) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.Fail[b.Kind]; err != nil {
		return err
	}
	d.Bookings = append(d.Bookings, b)
	if v := d.pay(b.Entry); v != nil {
		v.Entry.State = state
		v.Entry.Why = b.Reason
		v.Parts = nil
		for _, p := range b.Parts {
			v.Parts = append(v.Parts, desk.PayPart{CaseRef: d.caseRef(p.Case), EntryPart: p})
		}
	}
	return nil
}

func (d *Desk) caseRef(id cases.CaseID) desk.CaseRef {
	for _, it := range d.items {
		if it.Row.Case == id {
			return desk.CaseRef{ID: id, Reference: it.Row.Reference, Debtor: it.Row.Debtor, Creditor: it.Row.Creditor, Balance: it.Row.Balance, BalanceOK: it.Row.BalanceOK, Stage: it.Row.Stage}
		}
	}
	return desk.CaseRef{ID: id}
}

// Book books an entry on a case.
func (d *Desk) Book(_ context.Context, id cases.EntryID, o desk.BookOptions) error {
	var cents money.Cents
	d.mu.Lock()
	if v := d.pay(id); v != nil {
		cents = v.Entry.Said.Cents.Abs()
	}
	d.mu.Unlock()
	return d.decide(Booked{Entry: id, Case: o.Case, Charge: o.Charge, Kind: "book", Parts: []cases.EntryPart{{Case: o.Case, Cents: cents, Kind: ledger.Payment}}}, cases.EntryBooked)
}

// Split books an entry on several cases.
func (d *Desk) Split(_ context.Context, id cases.EntryID, parts []cases.EntryPart) error {
	return d.decide(Booked{Entry: id, Kind: "split", Parts: parts}, cases.EntryBooked)
}

// Refuse does not book an entry.
func (d *Desk) Refuse(_ context.Context, id cases.EntryID, reason, _ string) error {
	return d.decide(Booked{Entry: id, Kind: "refuse", Reason: reason}, cases.EntryRefused)
}

// ReopenPayment takes a decision back.
func (d *Desk) ReopenPayment(_ context.Context, id cases.EntryID) error {
	return d.decide(Booked{Entry: id, Kind: "reopen"}, cases.EntrySuggested)
}

// ToCreditor books what was paid to the creditor.
func (d *Desk) ToCreditor(_ context.Context, id cases.EntryID, c cases.CaseID, cents money.Cents, day calendar.Date, _ string) error {
	return d.decide(Booked{Entry: id, Case: c, Cents: cents, Day: day, Kind: "creditor"}, cases.EntryBooked)
}

// ImportStatement counts what a file says.
func (d *Desk) ImportStatement(_ context.Context, read desk.StatementFile) (desk.PaymentsImport, error) {
	var r desk.PaymentsImport
	err := read(func(i desk.StatementItem) error {
		if i.Entry != nil {
			r.Entries++
			r.Unmatched++
		}
		if i.Problem != "" {
			r.Problems = append(r.Problems, i.Problem)
		}
		return nil
	})
	return r, err
}

// Money is a statement entry of the sample.
type Money struct {
	N         int
	Cents     money.Cents
	Party     string
	IBAN      string
	Text      string
	Days      int // before today
	State     cases.EntryState
	Fits      []int // cases by their number
	Reasons   []cases.MatchReason
	Odd       []cases.Oddity
	Return    *cases.BankReturn
	Currency  string
	Amount    string
	BookedOn  cases.CaseID
	RefusedBy string
}

// MakePayment makes a statement entry.
func (d *Desk) MakePayment(m Money) *desk.PaymentView {
	day := d.Day - calendar.Date(m.Days)
	id := cases.EntryID(fmt.Sprintf("e-%d", m.N))
	if m.Currency == "" {
		m.Currency = money.Currency
	}
	e := &cases.BankEntry{
		ID: id, Said: cases.StatementEntry{
			Account: "DE02120300000000202051", Key: fmt.Sprint(m.N), Booked: day, Value: day, Cents: m.Cents, Currency: m.Currency, Amount: m.Amount,
			Text: plain.Line(m.Text), Party: plain.Line(m.Party), PartyIBAN: m.IBAN, Return: m.Return,
		},
		State: m.State, Oddities: m.Odd, Why: m.RefusedBy,
	}
	v := &desk.PaymentView{Entry: e, Covered: d.Day - 3}
	v.Row = desk.PaymentRow{
		Entry: id, State: m.State, Day: day, Cents: m.Cents, Amount: plain.Line(m.Amount), Currency: m.Currency, Party: plain.Line(m.Party), Text: plain.Line(m.Text), Oddities: m.Odd,
	}
	score := 0
	for _, r := range m.Reasons {
		score += r.Points
	}
	for i, n := range m.Fits {
		ref := d.caseRef(cases.CaseID(fmt.Sprintf("case-%d", n)))
		v.Candidates = append(v.Candidates, desk.PayCandidate{CaseRef: ref, Score: score - 10*i, Reasons: m.Reasons})
		e.Matches = append(e.Matches, cases.PaymentMatch{Case: ref.ID, Score: score - 10*i, Reasons: m.Reasons})
		if i == 0 {
			v.Row.Case, v.Row.Reference, v.Row.Debtor, v.Row.Balance, v.Row.BalanceOK, v.Row.Score = ref.ID, ref.Reference, ref.Debtor, ref.Balance, ref.BalanceOK, score
		}
	}
	v.Row.Cases = len(m.Fits)
	if m.BookedOn != "" {
		ref := d.caseRef(m.BookedOn)
		v.Parts = []desk.PayPart{{CaseRef: ref, EntryPart: cases.EntryPart{Case: m.BookedOn, Cents: m.Cents.Abs(), Kind: ledger.Payment}}}
		v.Row.Case, v.Row.Reference, v.Row.Debtor = ref.ID, ref.Reference, ref.Debtor
	}
	return v
}

// SamplePayments is what a morning's statement leaves to a person.
func (d *Desk) SamplePayments() []*desk.PaymentView {
	why := func(list ...cases.MatchReason) []cases.MatchReason { return slices.Clone(list) }
	return []*desk.PaymentView{
		d.MakePayment(Money{
			N: 1, Cents: 5000, Party: "Jana Muster", IBAN: "DE89370400440532013000", Text: "Rate November Az K-2026-318", Days: 4, State: cases.EntrySuggested, Fits: []int{318},
			Reasons: why(cases.MatchReason{Code: "reference_padded", Points: 80, Quote: plain.Line("K-2026-318")}, cases.MatchReason{Code: "amount_instalment", Points: 30, Quote: plain.Line("50,00")}),
		}),
		d.MakePayment(Money{
			N: 2, Cents: 18995, Party: "Erika Wiesinger", IBAN: "DE44500105175407324931", Text: "fuer Harald, offene Rechnung Velura", Days: 4, State: cases.EntrySuggested, Fits: []int{402, 318},
			Reasons: why(cases.MatchReason{Code: "name", Points: 25, Quote: plain.Line("Wiesinger")}, cases.MatchReason{Code: "amount_balance", Points: 35, Quote: plain.Line("189,95")}),
			Odd:     []cases.Oddity{cases.OddThirdParty, cases.OddSeveral},
		}),
		d.MakePayment(Money{
			N: 3, Cents: -5300, Party: "Olaf Petersen", Text: "Rueckgabe SEPA-Lastschrift", Days: 3, State: cases.EntrySuggested, Fits: []int{120},
			Reasons: why(cases.MatchReason{Code: "end_to_end", Points: 100, Quote: plain.Line("KON-120-11")}), Odd: []cases.Oddity{cases.OddReturn},
			Return: &cases.BankReturn{Reason: "AM04", Info: plain.Line("INSUFFICIENT FUNDS"), Original: 5000, Charges: 300},
		}),
		d.MakePayment(Money{N: 4, Cents: 7990, Party: "B. Sommer", IBAN: "DE21500500009876543210", Text: "Danke", Days: 3, State: cases.EntryUnmatched}),
		d.MakePayment(Money{N: 5, Cents: 0, Party: "Jürg Meier", Text: "K-2026-000077", Days: 3, State: cases.EntryRefused, Currency: "CHF", Amount: "120.00", RefusedBy: "foreign_currency"}),
		d.MakePayment(Money{N: 6, Cents: 2500, Party: "Melanie Stroh", Text: "K-2026-000077 Rate", Days: 5, State: cases.EntryBooked, BookedOn: "case-77"}),
	}
}
