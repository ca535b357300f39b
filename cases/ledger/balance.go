package ledger

import (
	"fmt"
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// BalanceAt returns what is open at the end of a day, as known then: entries
// after it, reversals too, do not count. Its error is a *[MissingRateError]
// where a base rate is lacking, else names the entry that does not fit.
func BalanceAt(l Ledger, at calendar.Date, rules Rules) (Balance, error) {
	f, err := newFold(&l, at, &rules, false)
	if err != nil {
		return Balance{}, err
	}
	if err := f.run(at); err != nil {
		return Balance{}, err
	}
	return f.balance(at), nil
}

func (f *fold) balance(at calendar.Date) Balance {
	b := Balance{At: at, Costs: f.caseCosts, CaseCosts: f.caseCosts, Credit: f.credit}
	if len(f.claims) > 0 {
		b.Claims = make([]ClaimBalance, 0, len(f.claims))
	}
	// In the order of the ledger's claims, which people know.
	for i := range f.l.Claims {
		for k := range f.claims {
			s := &f.claims[k]
			if s.c != &f.l.Claims[i] || !s.started {
				continue
			}
			cb := ClaimBalance{ID: s.c.ID, Principal: s.principal, Interest: s.open(), Costs: s.costs}
			b.Principal += cb.Principal
			b.Interest += cb.Interest
			b.Costs += cb.Costs
			b.Claims = append(b.Claims, cb)
		}
	}
	b.Total = b.Principal + b.Interest + b.Costs - b.Credit
	return b
}

// Bearing is principal that bears interest at one rate from a day on.
type Bearing struct {
	Base  money.Cents   `json:"base_cents"`
	Rate  int           `json:"rate_bp"`
	From  calendar.Date `json:"from"`
	Count DayCount      `json:"day_count"`
	Year  int32         `json:"year"`
}

// Stretch holds from one day to another, both included: the balance on a day is
// Fixed plus the interest of each Bearing from its From to that day.
type Stretch struct {
	From    calendar.Date `json:"from"`
	Until   calendar.Date `json:"until"`
	Fixed   money.Cents   `json:"fixed_cents"`
	Bearing []Bearing     `json:"bearing,omitempty"`
}

// Dated is a case's balance for the days to come, as long as nothing is booked:
// the account at any day without folding it again.
type Dated struct {
	Stretches []Stretch `json:"stretches"`
}

// maxStretches bounds a Dated; three cover the year ahead in practice.
const maxStretches = 8

// Daily returns the balance from day at on in dated parts. It reaches to the
// last day whose base rate is known, to the day before the next entry that is
// already booked with a later value date, or to 8 stretches, whichever is first.
func Daily(l Ledger, at calendar.Date, rules Rules) (Dated, error) {
	f, err := newFold(&l, at, &rules, false)
	if err != nil {
		return Dated{}, err
	}
	if err := f.run(at); err != nil {
		return Dated{}, err
	}
	horizon := farFuture
	for i := range l.Entries {
		if d := l.Entries[i].Date; d > at {
			horizon = min(horizon, d-1)
		}
	}
	var out Dated
	for day := at; day <= horizon && len(out.Stretches) < maxStretches; {
		st, err := f.stretch(day, horizon)
		if err != nil {
			return Dated{}, err
		}
		out.Stretches = append(out.Stretches, st)
		day = st.Until + 1
		if day > horizon || f.beyond(day) {
			break
		}
		if err := f.startClaims(day); err != nil {
			return Dated{}, err
		}
		if err := f.advance(day); err != nil {
			return Dated{}, err
		}
	}
	return out, nil
}

// stretch describes the account, reckoned up to day, until something changes.
func (f *fold) stretch(day, horizon calendar.Date) (Stretch, error) {
	st := Stretch{From: day, Until: horizon, Fixed: f.caseCosts - f.credit}
	for i := range f.claims {
		s := &f.claims[i]
		if !s.started {
			st.Until = min(st.Until, s.start-1)
			continue
		}
		st.Fixed += s.principal + s.costs + s.interest
		if s.principal == 0 || s.c.Default == 0 || s.c.Rate.Kind == "" || s.c.Rate.Kind == RateNone || s.c.Kind == TitleInterest {
			continue
		}
		if s.c.Default > day {
			st.Until = min(st.Until, s.c.Default-1)
			continue
		}
		if until := s.c.InterestUntil; until != 0 {
			if until <= day {
				st.Fixed += s.line.cents
				continue
			}
			st.Until = min(st.Until, until)
		}
		if s.line.from == 0 || s.line.to < s.line.from {
			// Paid down on this very day: the new base bears from tomorrow.
			st.Until = min(st.Until, day)
			continue
		}
		p, err := f.rules.pieceAt(s.c, day)
		if err != nil {
			return Stretch{}, err
		}
		st.Until = min(st.Until, p.until)
		st.Bearing = append(st.Bearing, Bearing{Base: s.line.base, Rate: s.line.piece.bp, From: s.line.from, Count: s.line.piece.count, Year: s.line.piece.year})
	}
	return st, nil
}

// beyond reports whether day needs a base rate that is not known.
func (f *fold) beyond(day calendar.Date) bool {
	for i := range f.claims {
		s := &f.claims[i]
		if s.c.Default == 0 || s.c.Default > day || s.c.Principal == 0 || s.started && s.principal == 0 ||
			s.c.InterestUntil != 0 && s.c.InterestUntil < day {
			continue
		}
		if _, err := f.rules.pieceAt(s.c, day); err != nil {
			return true
		}
	}
	return false
}

// Total returns the balance at the end of a day, and false where the parts do
// not reach.
func (d Dated) Total(at calendar.Date) (money.Cents, bool) {
	i := slices.IndexFunc(d.Stretches, func(s Stretch) bool { return s.From <= at && at <= s.Until })
	if i < 0 {
		return 0, false
	}
	sum := d.Stretches[i].Fixed
	for _, b := range d.Stretches[i].Bearing {
		sum += interest(b.Base, b.Rate, days(b.Count, b.From, at), b.Year)
	}
	return sum, true
}

// Until returns the last day that the parts reach.
func (d Dated) Until() calendar.Date {
	if len(d.Stretches) == 0 {
		return 0
	}
	return d.Stretches[len(d.Stretches)-1].Until
}

// String describes the balance without names, for a log or a test.
func (b Balance) String() string {
	return fmt.Sprintf("%s: principal %s, interest %s, costs %s, credit %s, total %s", b.At, b.Principal, b.Interest, b.Costs, b.Credit, b.Total)
}
