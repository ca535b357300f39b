package cases

import (
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// Commands about bank accounts and statement entries.
type (
	// ReportStatement says that the account is known for some days.
	ReportStatement struct {
		Account   AccountID
		Statement Statement
	}
	// ReportEntry reports a movement on an account. The same movement reported
	// again changes nothing.
	ReportEntry struct {
		Entry   EntryID
		Account AccountID
		Said    StatementEntry
		// Batch is the collective booking that the entry is a part of: it is
		// superseded, so that nothing counts twice.
		Batch EntryID
		// Guess is what the machine makes of it, if it has looked already: taken up
		// right after the report as the proposal that it is. Its Entry is this one.
		Guess *ProposeBooking
	}
	// ProposeBooking is the machine's match of an entry. Auto asks to book it on
	// the first match's case at once; Decide falls back to a suggestion where the
	// facts are against that.
	ProposeBooking struct {
		Entry    EntryID
		Matches  []PaymentMatch
		Oddities []Oddity
		Auto     bool
	}
	// BookEntry is a person's word that a whole entry belongs to one case: a
	// credit as payment; a returned debit as reversal of a payment; another debit
	// as refund to the debtor.
	BookEntry struct {
		Entry EntryID
		Case  CaseID
		// Reverses is the payment that a return takes back; empty: the latest of
		// the same amount.
		Reverses string
		// Charge books what the banks charged for a return as costs on the case.
		Charge        bool
		Claim         string
		Determination ledger.Determination
		Oddities      []Oddity // as shown, so that follow-ups can come of them
	}
	// SplitEntry divides a credit over cases; the parts sum to it.
	SplitEntry struct {
		Entry EntryID
		Parts []EntryPart
	}
	// RefuseEntry says that an entry is not ours to book.
	RefuseEntry struct {
		Entry  EntryID
		Reason string // not_ours, duplicate, clearing, other, …
		Text   plain.Text
	}
	// ReopenEntry takes a decision about an entry back; what it booked is
	// reversed on the cases.
	ReopenEntry struct {
		Entry EntryID
		Cases []CaseID // those it was booked on
	}
	// PaidToCreditor books what a debtor paid past the agency. Entry is the
	// creditor's transfer that passes the money on, if there is one.
	PaidToCreditor struct {
		Case  CaseID
		Entry EntryID
		Cents money.Cents // zero with an entry: all of it
		Date  calendar.Date
		Text  plain.Text
	}
)

// Class and Streams of these commands.
func (ReportStatement) Class() CommandClass { return Report }
func (ReportEntry) Class() CommandClass     { return Report }
func (ProposeBooking) Class() CommandClass  { return Proposal }
func (BookEntry) Class() CommandClass       { return Request }
func (SplitEntry) Class() CommandClass      { return Request }
func (RefuseEntry) Class() CommandClass     { return Request }
func (ReopenEntry) Class() CommandClass     { return Request }
func (PaidToCreditor) Class() CommandClass  { return Request }

func (c ReportStatement) Streams() []Stream { return streams(c.Account) }
func (c ReportEntry) Streams() []Stream {
	out := streams(c.Entry, c.Batch)
	if c.Guess != nil {
		out = append(out, c.Guess.Streams()...)
	}
	return out
}

func (c ProposeBooking) Streams() []Stream {
	out := streams(c.Entry)
	if len(c.Matches) > 0 {
		out = append(out, streams(c.Matches[0].Case, c.Matches[0].Original)...)
	}
	return out
}
func (c BookEntry) Streams() []Stream { return streams(c.Entry, c.Case) }
func (c SplitEntry) Streams() []Stream {
	ids := []Stream{c.Entry.Stream()}
	for _, p := range c.Parts {
		ids = append(ids, p.Case.Stream())
	}
	return streams(ids)
}
func (c RefuseEntry) Streams() []Stream { return streams(c.Entry) }
func (c ReopenEntry) Streams() []Stream {
	ids := []Stream{c.Entry.Stream()}
	for _, k := range c.Cases {
		ids = append(ids, k.Stream())
	}
	return streams(ids)
}
func (c PaidToCreditor) Streams() []Stream { return streams(c.Case, c.Entry) }
