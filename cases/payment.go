package cases

import (
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// BankReturn is what a bank says of money that goes back: the reason (an ISO
// 20022 code such as AM04, or the bank's own), what was moved at first, and what
// the banks charge.
type BankReturn struct {
	Reason   string      `json:"reason,omitempty"`
	Info     plain.Text  `json:"info,omitzero"`
	Original money.Cents `json:"original_cents,omitempty"` // as moved at first, without charges; 0: not said
	Charges  money.Cents `json:"charges_cents,omitempty"`
}

// StatementEntry is one movement on an account as the bank told it. Cents is
// positive for a credit. An entry in another currency has no Cents: its Amount
// is kept as text.
type StatementEntry struct {
	Account  string        `json:"account"` // IBAN, or BANK/NUMBER where none is known
	Key      string        `json:"key"`     // its identity within the account, see inbox/bank
	Booked   calendar.Date `json:"booked"`
	Value    calendar.Date `json:"value"`
	Cents    money.Cents   `json:"cents"`
	Currency string        `json:"currency"`
	Amount   string        `json:"amount,omitempty"` // of a foreign currency, with its sign

	BankRef     string      `json:"bank_ref,omitempty"`
	EndToEnd    string      `json:"end_to_end,omitempty"`
	Mandate     string      `json:"mandate,omitempty"`
	CreditorRef string      `json:"creditor_ref,omitempty"` // structured: RF…
	Text        plain.Text  `json:"text,omitzero"`          // remittance, as it stood
	Party       plain.Text  `json:"party,omitzero"`         // the other side
	PartyIBAN   string      `json:"party_iban,omitempty"`
	Ultimate    plain.Text  `json:"ultimate,omitzero"`  // on whose behalf
	Code        string      `json:"code,omitempty"`     // PMNT/RCDT/ESCT, or a German GVC
	Reversal    bool        `json:"reversal,omitempty"` // the bank takes back a booking of its own
	Return      *BankReturn `json:"return,omitempty"`
	// Batch is the key of the collective booking that this is a part of;
	// Collective marks a collective booking whose parts are not in the file.
	Batch      string `json:"batch,omitempty"`
	Collective int    `json:"collective,omitempty"` // number of its parts, 0: none
}

// Day is the day from which a movement counts: its value date.
func (e StatementEntry) Day() calendar.Date {
	if e.Value != 0 {
		return e.Value
	}
	return e.Booked
}

// Statement is what a bank vouches for: every movement of the days From..Until.
// The balances chain statements: where a bank makes none for a day without
// movement, equal balances show that nothing is missing.
type Statement struct {
	Account  string        `json:"account"`
	ID       string        `json:"id,omitempty"`
	Currency string        `json:"currency"`
	From     calendar.Date `json:"from"`
	Until    calendar.Date `json:"until"`
	Opening  money.Cents   `json:"opening_cents"`
	Closing  money.Cents   `json:"closing_cents"`
}

// Span is a run of days that statements cover without a gap, with the balances
// at its ends.
type Span struct {
	From    calendar.Date `json:"from"`
	Until   calendar.Date `json:"until"`
	Opening money.Cents   `json:"opening_cents"`
	Closing money.Cents   `json:"closing_cents"`
}

// Account is a bank account of ours, as far as statements tell.
type Account struct {
	ID      AccountID `json:"id"`
	Version uint64    `json:"version"`
	IBAN    string    `json:"iban,omitempty"`
	Spans   []Span    `json:"spans,omitempty"` // ascending, apart
}

// gapDays is how far back a gap between statements counts: an older one is
// history that nobody reckons with.
const gapDays = 400

// CoveredUntil is the last day up to which the account is known without a gap;
// zero if no statement is known. A gap of the last 400 days ends it: money that
// came in the gap is not known.
func (a *Account) CoveredUntil() calendar.Date {
	if len(a.Spans) == 0 {
		return 0
	}
	newest := a.Spans[len(a.Spans)-1].Until
	for _, s := range a.Spans {
		if s.Until >= newest-gapDays {
			return s.Until
		}
	}
	return newest
}

// Gap returns the first day that no statement covers although later ones do,
// zero if there is none.
func (a *Account) Gap() calendar.Date {
	if u := a.CoveredUntil(); u != 0 && u != a.Spans[len(a.Spans)-1].Until {
		return u + 1
	}
	return 0
}

// cover adds a statement's days and joins what touches.
func (a *Account) cover(s Span) {
	a.Spans = append(a.Spans, s)
	slices.SortFunc(a.Spans, func(x, y Span) int {
		if x.From != y.From {
			return int(x.From - y.From)
		}
		return int(x.Until - y.Until)
	})
	out := a.Spans[:1:1]
	for _, n := range a.Spans[1:] {
		last := &out[len(out)-1]
		if !last.meets(n) {
			out = append(out, n)
			continue
		}
		if n.Until >= last.Until {
			last.Until, last.Closing = n.Until, n.Closing
		}
	}
	a.Spans = out
}

// meets reports whether nothing can lie between s and the later n: they share a
// day, or n begins with the balance that s ended with.
func (s Span) meets(n Span) bool { return n.From <= s.Until || n.Opening == s.Closing }

// covers reports whether a span says nothing new.
func (a *Account) covers(n Span) bool {
	return slices.ContainsFunc(a.Spans, func(s Span) bool { return s.From <= n.From && n.Until <= s.Until })
}

// EntryState is where a statement entry stands.
type EntryState string

// The states of a statement entry.
const (
	EntryUnmatched  EntryState = "unmatched"
	EntrySuggested  EntryState = "suggested"
	EntryBooked     EntryState = "booked"
	EntryRefused    EntryState = "refused"
	EntrySuperseded EntryState = "superseded" // a collective booking whose parts came
)

// Open reports whether a person has something to do.
func (s EntryState) Open() bool { return s == EntryUnmatched || s == EntrySuggested }

// Oddity is what a person should know about a payment before booking it.
type Oddity string

// The oddities.
const (
	OddOverpaid   Oddity = "overpaid"          // more than is open
	OddSettles    Oddity = "settles"           // nothing is open after it
	OddThirdParty Oddity = "third_party"       // somebody else paid (§ 267 BGB)
	OddDouble     Oddity = "double"            // the same credit was there before
	OddReturn     Oddity = "return"            // money that went back
	OddSentBack   Oddity = "sent_back"         // our own payment came back
	OddOutgoing   Oddity = "outgoing"          // our own payment
	OddCollective Oddity = "collective"        // parts not known
	OddReversal   Oddity = "bank_reversal"     // the bank corrects itself
	OddSeveral    Oddity = "several_cases"     // more than one case fits
	OddClosed     Oddity = "case_closed"       //
	OddInsolvent  Oddity = "insolvent"         // may be contested (§§ 129 ff. InsO)
	OddDeceased   Oddity = "deceased"          //
	OddUnclear    Oddity = "amount_unclear"    // balance cannot be reckoned
	OddCheck      Oddity = "check_digits"      // an RF reference with a slip in it
	OddNoCase     Oddity = "reference_unknown" // quotes a reference that no case has
)

// PaymentMatch is a case that a statement entry may belong to.
type PaymentMatch struct {
	Case    CaseID        `json:"case"`
	Score   int           `json:"score"`
	Reasons []MatchReason `json:"reasons"`
	// Original is the entry whose money a return takes back.
	Original EntryID `json:"original,omitempty"`
}

// EntryPart is what of an entry was booked on one case. Cents is positive; Kind
// says which way it goes.
type EntryPart struct {
	Case  CaseID           `json:"case"`
	Cents money.Cents      `json:"cents"`
	Kind  ledger.EntryKind `json:"kind"`
	// Date is the value date on the case's account; zero: that of the entry.
	Date calendar.Date `json:"date,omitzero"`
	// Ledger is the id of the booking on the case's account.
	Ledger string `json:"ledger,omitempty"`
	// Reverses is the booking that a returned payment takes back.
	Reverses string          `json:"reverses,omitempty"`
	CostKind ledger.CostKind `json:"cost_kind,omitempty"`
	// Claim and Determination are the debtor's choice (§ 366 Abs. 1 BGB).
	Claim         string               `json:"claim,omitempty"`
	Determination ledger.Determination `json:"determination,omitempty"`
}

// BankEntry is the state of one statement entry.
type BankEntry struct {
	ID       EntryID        `json:"id"`
	Version  uint64         `json:"version"`
	Account  AccountID      `json:"account,omitempty"`
	Said     StatementEntry `json:"said"`
	State    EntryState     `json:"state"`
	Matches  []PaymentMatch `json:"matches,omitempty"` // best first
	Oddities []Oddity       `json:"oddities,omitempty"`
	Parts    []EntryPart    `json:"parts,omitempty"`
	Why      string         `json:"why,omitempty"`    // of a refusal
	User     UserID         `json:"user,omitempty"`   // the person who decided, "" for the machine
	Rounds   int            `json:"rounds,omitempty"` // how often it was booked
}

// Decided reports whether a person has had the last word.
func (e *BankEntry) Decided() bool { return e.User != "" }

// Told reports whether the bank's words are here; an entry may first be known as
// the collective booking of its parts.
func (e *BankEntry) Told() bool { return e.Said.Key != "" }

// Of returns the stream of the account.
func (a *Account) Of() Stream { return a.ID.Stream() }

// At returns the version.
func (a *Account) At() uint64 { return a.Version }

// Copy returns a deep copy.
func (a *Account) Copy() State {
	b := *a
	b.Spans = slices.Clone(a.Spans)
	return &b
}

// Of returns the stream of the entry.
func (e *BankEntry) Of() Stream { return e.ID.Stream() }

// At returns the version.
func (e *BankEntry) At() uint64 { return e.Version }

// Copy returns a copy that shares only what Apply replaces as a whole.
func (e *BankEntry) Copy() State {
	f := *e
	return &f
}

// Apply folds one event into the account.
func (a *Account) Apply(b Body) {
	a.Version++
	if e, ok := b.(StatementCovered); ok {
		a.IBAN = e.Statement.Account
		s := e.Statement
		a.cover(Span{From: s.From, Until: s.Until, Opening: s.Opening, Closing: s.Closing})
	}
}

// Apply folds one event into the entry.
func (e *BankEntry) Apply(b Body) {
	e.Version++
	switch v := b.(type) {
	case EntryReported:
		e.Account, e.Said = v.Account, v.Said
		if e.State == "" {
			e.State = EntryUnmatched
		}
	case EntryWasSuggested:
		e.State, e.Matches, e.Oddities = EntrySuggested, v.Matches, v.Oddities
		if len(v.Matches) == 0 {
			e.State = EntryUnmatched
		}
	case EntryWasBooked:
		e.State, e.Parts, e.User, e.Why = EntryBooked, v.Parts, v.By, ""
		e.Rounds++
		if v.By == "" {
			e.Matches, e.Oddities = v.Matches, v.Oddities
		}
	case EntryWasRefused:
		e.State, e.Why, e.User = EntryRefused, v.Reason, v.By
	case EntryReopened:
		e.State, e.Parts, e.User, e.Why = EntryUnmatched, nil, v.By, ""
		if len(e.Matches) > 0 {
			e.State = EntrySuggested
		}
	case EntryWasSuperseded:
		e.State = EntrySuperseded
	}
}
