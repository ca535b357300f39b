package cases

import (
	"fmt"
	"slices"

	"kontor/cases/ledger"
	"kontor/cases/money"
)

func decideStatement(s Scope, c ReportStatement) []Event {
	t := c.Statement
	n := Span{From: t.From, Until: t.Until, Opening: t.Opening, Closing: t.Closing}
	if c.Account == "" || t.From == 0 || t.Until < t.From {
		return nil
	}
	if a := s.Accounts[c.Account]; a != nil && a.covers(n) {
		return nil
	}
	return []Event{{c.Account.Stream(), StatementCovered{t}}}
}

func decideEntry(s Scope, env Env, c ReportEntry) []Event {
	e := s.Entries[c.Entry]
	if c.Entry == "" || c.Said.Key == "" || (e != nil && e.Told()) {
		return nil
	}
	told := &BankEntry{ID: c.Entry}
	if e != nil {
		*told = *e
	}
	out := []Event{{c.Entry.Stream(), EntryReported{Account: c.Account, Said: c.Said}}}
	if c.Said.Currency != money.Currency {
		out = append(out, Event{c.Entry.Stream(), EntryWasRefused{Reason: "foreign_currency"}})
	}
	for _, o := range out {
		told.Apply(o.Body)
	}
	if g := c.Guess; g != nil {
		out = append(out, propose(s, env, told, *g)...)
	}
	if c.Batch != "" {
		if b := s.Entries[c.Batch]; b == nil || b.State.Open() && !b.Decided() {
			out = append(out, Event{c.Batch.Stream(), EntryWasSuperseded{}})
		}
	}
	return out
}

func decidePropose(s Scope, env Env, c ProposeBooking) []Event {
	e := s.Entries[c.Entry]
	if e == nil || !e.Told() {
		return nil
	}
	return propose(s, env, e, c)
}

// propose books what is sure and suggests the rest.
func propose(s Scope, env Env, e *BankEntry, c ProposeBooking) []Event {
	if !e.State.Open() || e.Decided() {
		return nil
	}
	if c.Auto && len(c.Matches) > 0 {
		if out := autoBook(s, env, e, c); out != nil {
			return out
		}
	}
	if len(c.Matches) == 0 && len(c.Oddities) == 0 && len(e.Matches) == 0 && len(e.Oddities) == 0 {
		return nil // nothing known, nothing to record
	}
	if sameMatches(e, c) {
		return nil
	}
	return []Event{{e.Of(), EntryWasSuggested{Matches: c.Matches, Oddities: c.Oddities}}}
}

// sameMatches reports whether a proposal says what is known already.
func sameMatches(e *BankEntry, c ProposeBooking) bool {
	return slices.Equal(e.Oddities, c.Oddities) && slices.EqualFunc(e.Matches, c.Matches, func(a, b PaymentMatch) bool {
		return a.Case == b.Case && a.Score == b.Score && a.Original == b.Original && slices.Equal(a.Reasons, b.Reasons)
	})
}

// autoBook returns nil where the facts are against booking without a person.
func autoBook(s Scope, env Env, e *BankEntry, c ProposeBooking) []Event {
	m := c.Matches[0]
	k := s.Cases[m.Case]
	if k == nil || k.Stage == StageClosed || e.Said.Collective > 0 || e.Said.Currency != money.Currency {
		return nil
	}
	b := booking{s: s, env: env, e: e, oddities: c.Oddities, matches: c.Matches[:1]}
	switch {
	case e.Said.Cents > 0 && e.Said.Return == nil && !e.Said.Reversal:
		b.parts = []EntryPart{{Case: m.Case, Cents: e.Said.Cents, Kind: ledger.Payment}}
	case e.Said.Cents < 0 && m.Original != "":
		orig := s.Entries[m.Original]
		if orig == nil || orig.State != EntryBooked || len(orig.Parts) != 1 || orig.Parts[0].Case != m.Case || orig.Parts[0].Cents != returned(e.Said) {
			return nil
		}
		b.parts = []EntryPart{{Case: m.Case, Cents: orig.Parts[0].Cents, Kind: ledger.Reversal, Reverses: orig.Parts[0].Ledger}}
	default:
		return nil
	}
	out, err := b.events()
	if err != nil {
		return nil
	}
	return out
}

// returned is the sum that a return takes back, without the banks' charges.
func returned(e StatementEntry) money.Cents {
	if e.Return != nil && e.Return.Original > 0 {
		return e.Return.Original
	}
	if e.Return != nil && e.Return.Charges > 0 && e.Return.Charges < e.Cents.Abs() {
		return e.Cents.Abs() - e.Return.Charges
	}
	return e.Cents.Abs()
}

// openEntry returns an entry that a person may decide about.
func openEntry(s Scope, id EntryID) (*BankEntry, error) {
	e := s.Entries[id]
	switch {
	case e == nil || !e.Told():
		return nil, refuse(NotFound, id.Stream(), "")
	case !e.State.Open():
		return nil, refuse(AlreadyDone, id.Stream(), string(e.State))
	case e.Said.Currency != money.Currency:
		return nil, refuse(Invalid, id.Stream(), "foreign_currency")
	}
	return e, nil
}

func decideBook(s Scope, env Env, c BookEntry) ([]Event, error) {
	e, err := openEntry(s, c.Entry)
	if err != nil {
		return nil, err
	}
	k := s.Cases[c.Case]
	if k == nil {
		return nil, refuse(NotFound, c.Case.Stream(), "")
	}
	b := booking{s: s, env: env, e: e, oddities: c.Oddities, by: s.Actor.User}
	part := EntryPart{Case: c.Case, Cents: e.Said.Cents.Abs()}
	switch {
	case e.Said.Cents > 0:
		part.Kind, part.Claim, part.Determination = ledger.Payment, c.Claim, c.Determination
	case e.Said.Return != nil || e.Said.Reversal || c.Reverses != "":
		part.Kind, part.Cents = ledger.Reversal, returned(e.Said)
		if part.Reverses = c.Reverses; part.Reverses == "" {
			part.Reverses = k.paymentOf(part.Cents)
		}
		if part.Reverses == "" {
			return nil, refuse(Invalid, c.Entry.Stream(), "no payment of that amount")
		}
	default:
		part.Kind = ledger.Refund
	}
	b.parts = []EntryPart{part}
	if c.Charge {
		if e.Said.Return == nil || e.Said.Return.Charges <= 0 {
			return nil, refuse(Invalid, c.Entry.Stream(), "no charges")
		}
		b.parts = append(b.parts, EntryPart{Case: c.Case, Cents: e.Said.Return.Charges, Kind: ledger.Cost, CostKind: ledger.BankReturn})
	}
	return b.events()
}

// paymentOf returns the id of the latest payment of an amount that was not
// taken back, "" if there is none.
func (c *Case) paymentOf(cents money.Cents) string {
	gone := c.reversed()
	for i := len(c.Ledger.Entries) - 1; i >= 0; i-- {
		if e := c.Ledger.Entries[i]; e.Kind == ledger.Payment && e.Cents == cents && gone[e.ID] == 0 {
			return e.ID
		}
	}
	return ""
}

// reversed sums what was taken back of each booking.
func (c *Case) reversed() map[string]money.Cents {
	gone := map[string]money.Cents{}
	for _, e := range c.Ledger.Entries {
		if e.Kind == ledger.Reversal {
			gone[e.Reverses] += e.Cents
		}
	}
	return gone
}

func decideSplit(s Scope, env Env, c SplitEntry) ([]Event, error) {
	e, err := openEntry(s, c.Entry)
	if err != nil {
		return nil, err
	}
	var sum money.Cents
	parts := slices.Clone(c.Parts)
	for i := range parts {
		p := &parts[i]
		if p.Kind == "" {
			p.Kind = ledger.Payment
		}
		if p.Cents <= 0 || p.Cents > money.Max || (p.Kind != ledger.Payment && p.Kind != ledger.PaymentToCreditor) {
			return nil, refuse(Invalid, c.Entry.Stream(), "part")
		}
		sum += p.Cents
	}
	if len(parts) == 0 || len(parts) > maxParts || e.Said.Cents <= 0 || sum != e.Said.Cents {
		return nil, refuse(Invalid, c.Entry.Stream(), "sum")
	}
	b := booking{s: s, env: env, e: e, parts: parts, by: s.Actor.User}
	return b.events()
}

// maxParts bounds a split: a debt adviser's or a bailiff's collective payment
// has dozens of parts, not thousands.
const maxParts = 200

func decideRefuse(s Scope, c RefuseEntry) ([]Event, error) {
	e := s.Entries[c.Entry]
	switch {
	case e == nil || !e.Told():
		return nil, refuse(NotFound, c.Entry.Stream(), "")
	case !e.State.Open():
		return nil, refuse(AlreadyDone, c.Entry.Stream(), string(e.State))
	case c.Reason == "" || len(c.Reason) > 64:
		return nil, refuse(Invalid, c.Entry.Stream(), "reason")
	}
	return []Event{{e.Of(), EntryWasRefused{Reason: c.Reason, Text: c.Text, By: s.Actor.User}}}, nil
}

// decideReopenEntry reverses what an entry booked. A return's reversal cannot be
// reversed itself: the payment is booked anew.
func decideReopenEntry(s Scope, env Env, c ReopenEntry) ([]Event, error) {
	e := s.Entries[c.Entry]
	switch {
	case e == nil:
		return nil, refuse(NotFound, c.Entry.Stream(), "")
	case e.State != EntryBooked && e.State != EntryRefused, e.Said.Currency != money.Currency:
		return nil, refuse(WrongState, c.Entry.Stream(), string(e.State))
	}
	b := booking{s: s, env: env, e: e, by: s.Actor.User}
	out := []Event{{e.Of(), EntryReopened{By: s.Actor.User}}}
	for i, p := range e.Parts {
		if s.Cases[p.Case] == nil {
			return nil, refuse(Invalid, c.Entry.Stream(), "case not named")
		}
		if p.Kind == ledger.Reversal {
			return nil, refuse(WrongState, c.Entry.Stream(), "return")
		}
		k := b.state(p.Case)
		if left := p.Cents - k.reversed()[p.Ledger]; left > 0 {
			back := EntryPart{Case: p.Case, Cents: left, Kind: ledger.Reversal, Reverses: p.Ledger, Ledger: b.ledgerID(i) + "-r"}
			out = append(out, b.book(back, "booked in error")...)
		}
	}
	return out, nil
}

func decideToCreditor(s Scope, env Env, c PaidToCreditor) ([]Event, error) {
	k := s.Cases[c.Case]
	if k == nil {
		return nil, refuse(NotFound, c.Case.Stream(), "")
	}
	if c.Date > env.Today {
		return nil, refuse(Invalid, c.Case.Stream(), "date")
	}
	if c.Entry != "" {
		e, err := openEntry(s, c.Entry)
		if err != nil {
			return nil, err
		}
		cents := c.Cents
		if cents == 0 {
			cents = e.Said.Cents
		}
		if e.Said.Cents <= 0 || cents != e.Said.Cents {
			return nil, refuse(Invalid, c.Entry.Stream(), "sum")
		}
		b := booking{s: s, env: env, e: e, by: s.Actor.User, parts: []EntryPart{{Case: c.Case, Cents: cents, Kind: ledger.PaymentToCreditor, Date: c.Date}}}
		return b.events()
	}
	if c.Cents <= 0 || c.Cents > money.Max || c.Date == 0 {
		return nil, refuse(Invalid, c.Case.Stream(), "amount or date")
	}
	b := booking{s: s, env: env, by: s.Actor.User}
	return b.book(EntryPart{Case: c.Case, Cents: c.Cents, Kind: ledger.PaymentToCreditor, Date: c.Date, Ledger: DeriveID(env.ID, "to_creditor", 0)}, c.Text.String()), nil
}

// booking is one entry on its way to the cases' accounts.
type booking struct {
	s        Scope
	env      Env
	e        *BankEntry // nil: no entry behind it
	parts    []EntryPart
	matches  []PaymentMatch
	oddities []Oddity
	by       UserID
	folded   map[CaseID]*Case // cases as they are after the parts so far
	n        int
}

// events checks the parts and makes the facts of a booking.
func (b *booking) events() ([]Event, error) {
	var onCases []Event
	for i := range b.parts {
		p := &b.parts[i]
		if b.s.Cases[p.Case] == nil {
			return nil, refuse(NotFound, p.Case.Stream(), "")
		}
		k := b.state(p.Case)
		p.Ledger = b.ledgerID(i)
		if p.Date == 0 {
			p.Date = b.e.Said.Day()
		}
		if p.Claim != "" && !slices.ContainsFunc(k.Ledger.Claims, func(c claim) bool { return c.ID == p.Claim }) {
			return nil, refuse(Invalid, p.Case.Stream(), "claim")
		}
		if p.Kind == ledger.Reversal {
			j := slices.IndexFunc(k.Ledger.Entries, func(x entry) bool { return x.ID == p.Reverses })
			if j < 0 || k.Ledger.Entries[j].Kind == ledger.Reversal || k.reversed()[p.Reverses]+p.Cents > k.Ledger.Entries[j].Cents {
				return nil, refuse(Invalid, p.Case.Stream(), "reversal")
			}
			p.Date = max(p.Date, k.Ledger.Entries[j].Date)
		}
		onCases = append(onCases, b.book(*p, "")...)
	}
	made := EntryWasBooked{Parts: b.parts, Matches: b.matches, Oddities: b.oddities, By: b.by}
	return append([]Event{{b.e.Of(), made}}, onCases...), nil
}

// ledgerID derives the id of a booking from the statement entry, so that the
// same entry can never be booked twice under one id.
func (b *booking) ledgerID(part int) string {
	return fmt.Sprintf("%s-%d-%d", b.e.ID, b.e.Rounds, part)
}

// state returns the case with what this booking has done to it so far.
func (b *booking) state(id CaseID) *Case {
	if k := b.folded[id]; k != nil {
		return k
	}
	return b.s.Cases[id]
}

// book makes the case's facts of one part: the booking itself, what it means for
// arrangements, and the next step.
func (b *booking) book(p EntryPart, text string) []Event {
	k := b.state(p.Case)
	st := k.Of()
	e := ledger.Entry{
		ID: p.Ledger, Date: p.Date, Kind: p.Kind, CostKind: p.CostKind, Cents: p.Cents, Reverses: p.Reverses,
		ClaimID: p.Claim, Determination: p.Determination, Text: text,
	}
	if b.e != nil {
		e.Source = string(b.e.ID)
		if e.Date == 0 {
			e.Date = b.e.Said.Day()
		}
		if r := b.e.Said.Return; r != nil && e.Text == "" {
			e.Text = r.Reason
		}
	}
	if p.Kind == ledger.Reversal {
		for _, o := range k.Ledger.Entries {
			if o.ID == p.Reverses {
				e.Date = max(e.Date, o.Date)
			}
		}
	}
	out := []Event{{st, LedgerBooked{Entry: e}}}
	after, ok := k.Copy().(*Case)
	if !ok {
		return out
	}
	after.Apply(LedgerBooked{Entry: e})
	for _, m := range after.afterBooking(b.env.Today) {
		out = append(out, Event{st, m})
		after.Apply(m)
	}
	if why := b.nextStep(p.Kind); why != "" && !slices.ContainsFunc(after.FollowUps, func(f FollowUp) bool { return !f.Done && f.Reason == why }) {
		b.n++
		f := FollowUpSet{FollowUp{ID: DeriveID(b.env.ID, "payment", b.n), Due: b.env.Today, Reason: why}}
		out = append(out, Event{st, f})
		after.Apply(f)
	}
	if b.folded == nil {
		b.folded = map[CaseID]*Case{}
	}
	b.folded[p.Case] = after
	return out
}

// nextStep is what a booking asks a person to do.
func (b *booking) nextStep(kind ledger.EntryKind) string {
	switch {
	case kind == ledger.Reversal && b.e != nil && b.e.State != EntryBooked:
		return "payment_returned"
	case slices.Contains(b.oddities, OddOverpaid):
		return "overpaid"
	case slices.Contains(b.oddities, OddSettles):
		return "paid_in_full"
	}
	return ""
}
