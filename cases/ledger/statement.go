package ledger

import (
	"cmp"
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// InterestLine is one line of the interest statement (§ 13a Abs. 1 Nr. 3 RDG:
// base, rate, period): Base × Rate/10,000 × Days/Year, rounded half up.
type InterestLine struct {
	Claim    string        `json:"claim"`
	Base     money.Cents   `json:"base_cents"`
	Rate     int           `json:"rate_bp"`      // basis points a year
	BaseRate int           `json:"base_rate_bp"` // of it the base rate of § 247 BGB; 0 for a fixed rate
	Kind     RateKind      `json:"kind"`         // how the rate is found
	From     calendar.Date `json:"from"`         // first and last day, both included
	To       calendar.Date `json:"to"`           //
	Days     int           `json:"days"`         // by the day count
	Count    DayCount      `json:"day_count"`    //
	Year     int32         `json:"year"`         // divisor: 365, 366 or 360
	Cents    money.Cents   `json:"cents"`        //
}

// FromCredit is the kind of a booking in which credit met a new debt.
const FromCredit EntryKind = "from_credit"

// Share is what of a booking went to a part of a debt; an empty claim is the
// case as a whole.
type Share struct {
	Claim string      `json:"claim,omitempty"`
	Part  Part        `json:"part"`
	Cents money.Cents `json:"cents"`
}

// Booking is one entry with what it did.
type Booking struct {
	Entry    string        `json:"entry,omitempty"`
	Date     calendar.Date `json:"date"`
	Kind     EntryKind     `json:"kind"`
	CostKind CostKind      `json:"cost_kind,omitempty"`
	Cents    money.Cents   `json:"cents"`
	Reversed money.Cents   `json:"reversed_cents,omitempty"` // taken back by a reversal
	Reverses string        `json:"reverses,omitempty"`
	Shares   []Share       `json:"shares,omitempty"`
	Credit   money.Cents   `json:"credit_cents,omitempty"` // of a payment: beyond the debt, or met what was refunded too much
	Unused   money.Cents   `json:"unused_cents,omitempty"` // of a waiver: met no debt
}

// Rounding names the only rounding of an account, for the printed statement.
const Rounding = "half_up_once_per_line"

// Statement is an account that a debtor can follow.
type Statement struct {
	At        calendar.Date  `json:"at"`
	Rounding  string         `json:"rounding"`
	DayCounts []DayCountFrom `json:"day_counts"` // in force, by day
	RatesTo   calendar.Date  `json:"rates_known_through,omitzero"`
	Lines     []InterestLine `json:"interest,omitempty"` // by claim and day
	Bookings  []Booking      `json:"bookings,omitempty"` // by day
	Balance   Balance        `json:"balance"`
}

// StatementAt returns the account at the end of a day with every line of
// interest and what became of every booking. The lines of a claim and the
// interest booked on it, less the shares taken off its interest, are the interest
// in Balance. Errors are those of [BalanceAt].
func StatementAt(l Ledger, at calendar.Date, rules Rules) (Statement, error) {
	f, err := newFold(&l, at, &rules, true)
	if err != nil {
		return Statement{}, err
	}
	if err := f.run(at); err != nil {
		return Statement{}, err
	}
	st := Statement{At: at, Rounding: Rounding, DayCounts: rules.DayCounts, Bookings: f.booked, Balance: f.balance(at)}
	if len(st.DayCounts) == 0 || st.DayCounts[0].From > 0 {
		st.DayCounts = slices.Concat([]DayCountFrom{{DayCount: Act365}}, st.DayCounts)
	}
	if rules.Rates != nil {
		st.RatesTo = rules.Rates.Through()
	}
	for i := range f.claims {
		f.closeLine(&f.claims[i])
	}
	st.Lines = f.lines
	slices.SortStableFunc(st.Lines, func(a, b InterestLine) int {
		return cmp.Or(cmp.Compare(a.Claim, b.Claim), cmp.Compare(a.From, b.From))
	})
	return st, nil
}

func (s *claimState) interestLine() InterestLine {
	l := &s.line
	return InterestLine{
		Claim: s.c.ID, Base: l.base, Rate: l.piece.bp, BaseRate: l.piece.base, Kind: s.c.Rate.Kind,
		From: l.from, To: l.to, Days: l.days(), Count: l.piece.count, Year: l.piece.year, Cents: l.cents,
	}
}
