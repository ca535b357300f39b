package desk

import (
	"context"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// CaseRef is a case as a list names it.
type CaseRef struct {
	ID        cases.CaseID
	Reference plain.Text
	Debtor    plain.Text
	Creditor  plain.Text
	Balance   money.Cents
	BalanceOK bool // false: cannot be reckoned
	Stage     cases.Stage
	Held      string // reason of a hold on it, "" if none
}

// PayCandidate is a case that a payment may belong to, with the points for it.
type PayCandidate struct {
	CaseRef
	Score   int
	Reasons []cases.MatchReason
	Returns bool // the payment that a return takes back is known
}

// PayPart is what of a payment was booked on one case.
type PayPart struct {
	CaseRef
	cases.EntryPart
}

// PaymentView is one statement entry with all that a decision about it rests on.
type PaymentView struct {
	Row        PaymentRow
	Entry      *cases.BankEntry
	Candidates []PayCandidate // best first
	Parts      []PayPart
	Covered    calendar.Date // the account is known up to this day
	Gap        calendar.Date // no statement covers this day, though later ones do
}

// PaymentView returns one statement entry whole. cases.ErrNotFound if there is
// none.
func (d *Desk) PaymentView(ctx context.Context, id cases.EntryID) (*PaymentView, error) {
	e, err := d.bankEntry(ctx, id)
	if err != nil {
		return nil, err
	}
	today := d.Today()
	d.ix.mu.RLock()
	defer d.ix.mu.RUnlock()
	v := &PaymentView{Entry: e}
	if s := d.ix.pay.entries[id]; s != nil {
		v.Row = d.ix.paymentRow(s, today)
	}
	if a, ok := d.ix.pay.accounts[e.Account]; ok {
		v.Covered, v.Gap = a.Covered, a.Gap
	}
	for _, m := range e.Matches {
		v.Candidates = append(v.Candidates, PayCandidate{
			CaseRef: d.ix.caseRef(m.Case, today), Score: m.Score, Reasons: m.Reasons, Returns: m.Original != "",
		})
	}
	for _, p := range e.Parts {
		v.Parts = append(v.Parts, PayPart{CaseRef: d.ix.caseRef(p.Case, today), EntryPart: p})
	}
	return v, nil
}

// caseRef names a case. The caller holds the lock.
func (x *index) caseRef(id cases.CaseID, at calendar.Date) CaseRef {
	r := CaseRef{ID: id}
	c := x.cases[id]
	if c == nil {
		return r
	}
	r.Reference, r.Stage = plain.Line(c.Reference), c.Stage
	r.Balance, r.BalanceOK = c.Daily.Total(at)
	if c.HoldReason != "" && (c.HoldUntil == 0 || at <= c.HoldUntil) {
		r.Held = c.HoldReason
	}
	if p := x.persons[c.Debtor]; p != nil {
		r.Debtor = plain.Line(p.Name)
	}
	if p := x.persons[c.Creditor]; p != nil {
		r.Creditor = plain.Line(p.Name)
	}
	return r
}
