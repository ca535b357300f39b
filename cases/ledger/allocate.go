package ledger

import (
	"cmp"
	"math/bits"
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// The orders of parts within one claim.
var (
	order367 = [3]Part{PartCosts, PartInterest, PartPrincipal} // § 367 Abs. 1 BGB
	order497 = [3]Part{PartCosts, PartPrincipal, PartInterest} // § 497 Abs. 3 S. 1 BGB
)

// parts returns the order for a kind, with what was asked for in front.
func parts(kind ClaimKind, asked []Part) [3]Part {
	out := order367
	if kind == ConsumerCredit {
		out = order497
	}
	if len(asked) == 0 {
		return out
	}
	law, n := out, 0
	for _, p := range slices.Concat(asked, law[:]) {
		if n < len(out) && slices.Contains(law[:], p) && !slices.Contains(out[:n], p) {
			out[n] = p
			n++
		}
	}
	return out
}

// pay allocates a payment; what meets no debt becomes credit.
func (f *fold) pay(e *Entry, amount money.Cents) error {
	if amount == 0 {
		return nil
	}
	if err := f.advance(e.Date); err != nil {
		return err
	}
	if f.credit < 0 {
		n := min(amount, -f.credit)
		f.credit += n
		amount -= n
	}
	var asked []Part
	if e.Determination != ByLaw {
		asked = e.Order
		if e.ClaimID != "" {
			s, err := f.find(e)
			if err != nil {
				return err
			}
			if s.started {
				amount = f.take(s, amount, parts(s.c.Kind, asked))
			}
		}
	}
	f.credit += f.payByLaw(amount, asked, e.Date)
	return nil
}

// payByLaw allocates an amount over all debts by § 366 Abs. 2 BGB and returns
// what is left. Costs of the case as a whole come first, unless another part was
// asked for before costs.
func (f *fold) payByLaw(amount money.Cents, asked []Part, day calendar.Date) money.Cents {
	costsLast := len(asked) > 0 && asked[0] != PartCosts
	if !costsLast {
		amount = f.takeCaseCosts(amount)
	}
	open := f.scratch[:0]
	if amount > 0 {
		for i := range f.claims {
			if s := &f.claims[i]; s.started && (s.principal > 0 || s.costs > 0 || s.open() > 0) {
				open = append(open, s)
			}
		}
	}
	f.scratch = open
	if len(open) > 1 {
		slices.SortFunc(open, func(a, b *claimState) int {
			return cmp.Or(f.before(a, b, day), cmp.Compare(a.c.ID, b.c.ID))
		})
	}
	for len(open) > 0 && amount > 0 {
		n := 1
		for n < len(open) && f.before(open[0], open[n], day) == 0 {
			n++
		}
		amount = f.proRata(open[:n], amount, asked)
		open = open[n:]
	}
	if costsLast {
		amount = f.takeCaseCosts(amount)
	}
	return amount
}

func (f *fold) takeCaseCosts(amount money.Cents) money.Cents {
	n := min(amount, f.caseCosts)
	f.caseCosts -= n
	f.share("", PartCosts, n)
	return amount - n
}

// before compares two claims by § 366 Abs. 2 BGB: due, less secured, more
// burdensome (here: the higher rate), older.
func (f *fold) before(a, b *claimState, day calendar.Date) int {
	due := func(s *claimState) int {
		if s.c.Due > day {
			return 1
		}
		return 0
	}
	secured := func(s *claimState) int {
		if s.c.Secured {
			return 1
		}
		return 0
	}
	if c := cmp.Or(cmp.Compare(due(a), due(b)), cmp.Compare(secured(a), secured(b))); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(f.burden(b, day), f.burden(a, day)), cmp.Compare(age(a.c), age(b.c)))
}

// burden is the rate that a claim bears on a day, 0 before default.
func (f *fold) burden(s *claimState, day calendar.Date) int {
	if s.c.Default == 0 || s.c.Default > day || s.c.Kind == TitleInterest || s.c.InterestUntil != 0 && s.c.InterestUntil < day {
		return 0
	}
	if s.line.to >= s.line.from && s.line.from != 0 {
		return s.line.piece.bp
	}
	p, err := f.rules.pieceAt(s.c, day)
	if err != nil {
		return 0 // no interest is reckoned with it: a lacking row has stopped advance before
	}
	return p.bp
}

func age(c *Claim) calendar.Date {
	for _, d := range [...]calendar.Date{c.Due, c.InvoiceDate, c.Contract, c.Default} {
		if d != 0 {
			return d
		}
	}
	return 0
}

// proRata pays equal claims in proportion to what is open on them (§ 366 Abs. 2
// BGB at the end). Cents that do not divide go to the largest remainders.
func (f *fold) proRata(group []*claimState, amount money.Cents, asked []Part) money.Cents {
	var sum money.Cents
	for _, s := range group {
		sum += s.total()
	}
	if len(group) == 1 || amount >= sum {
		for _, s := range group {
			amount = f.take(s, amount, parts(s.c.Kind, asked))
		}
		return amount
	}
	type part struct {
		s     *claimState
		cents money.Cents
		rest  uint64
	}
	ps, left := make([]part, len(group)), amount
	for i, s := range group {
		hi, lo := bits.Mul64(uint64(amount), uint64(s.total()))
		q, rest := bits.Div64(hi, lo, uint64(sum))
		ps[i] = part{s, money.Cents(q), rest}
		left -= ps[i].cents
	}
	slices.SortStableFunc(ps, func(a, b part) int { return cmp.Compare(b.rest, a.rest) })
	for i := range ps {
		if left > 0 {
			ps[i].cents++
			left--
		}
		f.take(ps[i].s, ps[i].cents, parts(ps[i].s.c.Kind, asked))
	}
	return 0
}

// take pays one claim in an order of parts and returns what is left.
func (f *fold) take(s *claimState, amount money.Cents, order [3]Part) money.Cents {
	for _, p := range order {
		if amount <= 0 {
			return amount
		}
		amount = f.takePart(s, amount, p)
	}
	return amount
}

func (f *fold) takePart(s *claimState, amount money.Cents, p Part) money.Cents {
	var n money.Cents
	switch p {
	case PartCosts:
		n = min(amount, s.costs)
		s.costs -= n
	case PartInterest:
		n = max(0, min(amount, s.open()))
		s.interest -= n
	case PartPrincipal:
		if n = min(amount, s.principal); n > 0 {
			f.closeLine(s) // the base changes from tomorrow
			s.principal -= n
		}
	}
	f.share(s.c.ID, p, n)
	return amount - n
}

// remit books a write-off or waiver and returns what met no debt.
func (f *fold) remit(e *Entry, amount money.Cents) (money.Cents, error) {
	if err := f.advance(e.Date); err != nil {
		return 0, err
	}
	order := order367
	only := order[:]
	if e.Part != "" {
		only = []Part{e.Part}
	}
	if e.ClaimID != "" {
		s, err := f.find(e)
		if err != nil || !s.started {
			return amount, err
		}
		for _, p := range only {
			amount = f.takePart(s, amount, p)
		}
		return amount, nil
	}
	for _, p := range only {
		if p == PartCosts {
			amount = f.takeCaseCosts(amount)
		}
		for i := range f.claims {
			if s := &f.claims[i]; s.started {
				amount = f.takePart(s, amount, p)
			}
		}
	}
	return amount, nil
}
