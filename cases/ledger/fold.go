package ledger

import (
	"cmp"
	"fmt"
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// claimState is a claim on the way through the account.
type claimState struct {
	c         *Claim
	start     calendar.Date // first day on which it stands in the account
	started   bool
	principal money.Cents
	costs     money.Cents
	interest  money.Cents   // booked and closed lines, less what was taken; the open line comes on top
	next      calendar.Date // first day not yet reckoned into the line
	piece     piece         // what held last; days only go forward
	line      line
}

// open returns the interest open on the last day reckoned.
func (s *claimState) open() money.Cents { return s.interest + s.line.cents }

func (s *claimState) total() money.Cents { return s.principal + s.costs + s.open() }

// fold is the account on the way through its days.
type fold struct {
	rules     *Rules
	l         *Ledger
	claims    []claimState // by id
	caseCosts money.Cents
	credit    money.Cents // negative where more was refunded than stood to credit
	day       calendar.Date

	order   []int                  // entries by canonical order; nil: as they stand
	taken   map[string]money.Cents // what reversals up to the day of the balance took back
	record  bool
	lines   []InterestLine
	booked  []Booking
	shares  []Share // of the booking at hand, when recording
	scratch []*claimState
}

// An account is bounded, so that sums cannot overflow and a fold stays quick.
const (
	maxEntries = 50_000
	maxClaims  = 1_000
)

// newFold prepares the account as it is known at the end of day at.
func newFold(l *Ledger, at calendar.Date, rules *Rules, record bool) (*fold, error) {
	if len(l.Entries) > maxEntries || len(l.Claims) > maxClaims {
		return nil, fmt.Errorf("account: more than %d entries or %d claims", maxEntries, maxClaims)
	}
	f := &fold{rules: rules, l: l, record: record}
	f.claims = make([]claimState, len(l.Claims))
	for i := range l.Claims {
		c := &l.Claims[i]
		f.claims[i] = claimState{c: c, start: start(c), next: c.Default}
	}
	slices.SortFunc(f.claims, func(a, b claimState) int { return cmp.Compare(a.c.ID, b.c.ID) })
	for i := range l.Entries {
		e := &l.Entries[i]
		if e.Kind == Reversal && e.Date <= at {
			if f.taken == nil {
				f.taken = make(map[string]money.Cents)
			}
			f.taken[e.Reverses] += e.Cents
		}
		// What is booked on a claim says that the claim is there.
		if (e.Kind == Cost || e.Kind == Interest) && e.ClaimID != "" {
			s, err := f.find(e)
			if err != nil {
				return nil, err
			}
			s.start = min(s.start, e.Date)
		}
	}
	less := func(i, j int) int { return compareEntries(&l.Entries[i], &l.Entries[j]) }
	for i := 1; i < len(l.Entries); i++ {
		if less(i-1, i) > 0 {
			f.order = make([]int, len(l.Entries))
			for k := range f.order {
				f.order[k] = k
			}
			slices.SortFunc(f.order, less)
			break
		}
	}
	return f, nil
}

// start is the first day on which a claim stands in the account.
func start(c *Claim) calendar.Date {
	var first calendar.Date
	for _, d := range [...]calendar.Date{c.InvoiceDate, c.Due, c.Default} {
		if d != 0 && (first == 0 || d < first) {
			first = d
		}
	}
	return first
}

// rank orders bookings of one day: what adds to the debt, what remits it, what
// pays a chosen claim, what pays, what goes back.
func rank(e *Entry) int {
	switch e.Kind {
	case Cost, Interest:
		return 0
	case WriteOff, Waiver:
		return 1
	case Payment, PaymentToCreditor:
		if e.Determination != ByLaw {
			return 2
		}
		return 3
	case Refund:
		return 4
	case Reversal, FromCredit:
	}
	return 5
}

// compareEntries is the canonical order of bookings. It rests on what they say
// alone, so the order of a list never matters.
func compareEntries(a, b *Entry) int {
	if a.Date != b.Date {
		return cmp.Compare(a.Date, b.Date)
	}
	if c := cmp.Compare(rank(a), rank(b)); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.ClaimID, b.ClaimID), cmp.Compare(a.Part, b.Part), cmp.Compare(b.Cents, a.Cents), cmp.Compare(a.ID, b.ID))
}

func (f *fold) entry(i int) *Entry {
	if f.order != nil {
		i = f.order[i]
	}
	return &f.l.Entries[i]
}

// run books everything up to the end of day at.
func (f *fold) run(at calendar.Date) error {
	for i := range f.l.Entries {
		e := f.entry(i)
		if e.Date > at {
			break
		}
		if err := f.startClaims(e.Date); err != nil {
			return err
		}
		if err := f.book(e); err != nil {
			return err
		}
	}
	if err := f.startClaims(at); err != nil {
		return err
	}
	return f.advance(at)
}

// startClaims takes in the claims that begin up to day, in the order of their
// beginning, and lets credit meet them.
func (f *fold) startClaims(day calendar.Date) error {
	for {
		var next *claimState
		for i := range f.claims {
			if s := &f.claims[i]; !s.started && s.start <= day && (next == nil || s.start < next.start) {
				next = s
			}
		}
		if next == nil {
			return nil
		}
		next.started, next.principal = true, next.c.Principal
		if f.credit <= 0 {
			continue // nothing can meet it; its interest is caught up with later
		}
		// Claims of one day begin together, so that credit meets them as one debt.
		for i := range f.claims {
			if s := &f.claims[i]; !s.started && s.start == next.start {
				s.started, s.principal = true, s.c.Principal
			}
		}
		if err := f.useCredit(max(next.start, f.day)); err != nil {
			return err
		}
	}
}

// useCredit lets what was paid too much meet what is owed now.
func (f *fold) useCredit(day calendar.Date) error {
	if f.credit <= 0 {
		return nil
	}
	if err := f.advance(day); err != nil {
		return err
	}
	amount := f.credit
	f.credit = 0
	f.shares = nil
	f.credit += f.payByLaw(amount, nil, day)
	if f.record && amount > f.credit {
		f.booked = append(f.booked, Booking{Date: day, Kind: FromCredit, Cents: amount - f.credit, Shares: f.shares})
	}
	return nil
}

// advance reckons interest up to and including day.
func (f *fold) advance(day calendar.Date) error {
	f.day = max(f.day, day)
	for i := range f.claims {
		if s := &f.claims[i]; s.started {
			if err := f.accrue(s, day); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *fold) accrue(s *claimState, day calendar.Date) error {
	if s.c.Default == 0 || s.c.Rate.Kind == "" || s.c.Rate.Kind == RateNone || s.c.Kind == TitleInterest {
		return nil
	}
	if s.c.InterestUntil != 0 {
		day = min(day, s.c.InterestUntil)
	}
	if s.principal == 0 {
		s.next = max(s.next, day+1)
		return nil
	}
	for s.next <= day {
		if s.next > s.piece.until {
			var err error
			if s.piece, err = f.rules.pieceAt(s.c, s.next); err != nil {
				return err
			}
		}
		p := &s.piece
		end := min(p.until, day)
		if s.line.to < s.line.from || s.line.from == 0 || !s.line.fits(s.principal, p) || s.line.to+1 != s.next {
			f.closeLine(s)
			s.line = line{base: s.principal, piece: *p, from: s.next}
		}
		s.line.through(end)
		s.next = end + 1
	}
	return nil
}

// closeLine ends the open line, rounding it.
func (f *fold) closeLine(s *claimState) {
	if s.line.from == 0 || s.line.to < s.line.from {
		return
	}
	if f.record {
		f.lines = append(f.lines, s.interestLine())
	}
	s.interest += s.line.cents
	s.line = line{}
}

func (f *fold) find(e *Entry) (*claimState, error) {
	i, ok := slices.BinarySearchFunc(f.claims, e.ClaimID, func(s claimState, id string) int { return cmp.Compare(s.c.ID, id) })
	if !ok {
		return nil, fmt.Errorf("entry %s: no claim %q in the account", e.ID, e.ClaimID)
	}
	return &f.claims[i], nil
}

// book books one entry on its day.
func (f *fold) book(e *Entry) error {
	if e.Kind == Reversal {
		if f.record {
			f.booked = append(f.booked, Booking{Entry: e.ID, Date: e.Date, Kind: e.Kind, Cents: e.Cents, Reverses: e.Reverses})
		}
		return nil
	}
	amount := max(0, e.Cents-f.taken[e.ID])
	f.shares = nil
	var left money.Cents
	switch e.Kind {
	case Cost, Interest:
		if err := f.add(e, amount); err != nil {
			return err
		}
	case Payment, PaymentToCreditor:
		if err := f.pay(e, amount); err != nil {
			return err
		}
	case WriteOff, Waiver:
		var err error
		if left, err = f.remit(e, amount); err != nil {
			return err
		}
	case Refund:
		f.credit -= amount
	case Reversal:
	default:
		return fmt.Errorf("entry %s: unknown kind %q", e.ID, e.Kind)
	}
	if f.record {
		b := Booking{Entry: e.ID, Date: e.Date, Kind: e.Kind, CostKind: e.CostKind, Cents: e.Cents, Reversed: e.Cents - amount, Shares: f.shares, Unused: left}
		if e.Kind == Payment || e.Kind == PaymentToCreditor {
			b.Credit = amount
			for _, s := range f.shares {
				b.Credit -= s.Cents
			}
		}
		f.booked = append(f.booked, b)
	}
	if e.Kind == Cost || e.Kind == Interest {
		return f.useCredit(e.Date)
	}
	return nil
}

func (f *fold) add(e *Entry, amount money.Cents) error {
	part := PartCosts
	if e.Kind == Interest {
		part = PartInterest
	}
	if e.ClaimID == "" {
		if e.Kind == Interest {
			return fmt.Errorf("entry %s: interest without a claim", e.ID)
		}
		f.caseCosts += amount
		f.share("", part, amount)
		return nil
	}
	s, err := f.find(e)
	if err != nil {
		return err
	}
	if e.Kind == Cost {
		s.costs += amount
	} else {
		s.interest += amount
	}
	f.share(e.ClaimID, part, amount)
	return nil
}

func (f *fold) share(claim string, part Part, amount money.Cents) {
	if f.record && amount != 0 {
		f.shares = append(f.shares, Share{Claim: claim, Part: part, Cents: amount})
	}
}
