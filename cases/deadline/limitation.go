package deadline

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"kontor/cases/calendar"
)

// ErrFacts says that a limitation cannot be computed from the facts.
var ErrFacts = errors.New("limitation")

// The periods in months.
const (
	regularMonths = 3 * 12  // § 195 BGB
	capMonths     = 10 * 12 // § 199 Abs. 4 BGB
	titledMonths  = 30 * 12 // § 197 Abs. 1 BGB
	creditMonths  = 10 * 12 // § 497 Abs. 3 S. 3 BGB
	afterCourt    = 6       // § 204 Abs. 2 S. 1 BGB
	afterTalks    = 3       // § 203 S. 2 BGB
)

// Limitation computes the last day of the limitation period from the facts known
// on a day. A restart counts from confirmed acknowledgements alone; what a
// machine proposed shows in EndsWithAck and moves no warning.
//
// A suspension stops the clock on its days, both ends included (§ 209 BGB); days
// before the period began and days under two suspensions count once. A restart
// needs a running period: before its beginning and after its end it has no
// effect (§§ 212, 214 BGB).
func Limitation(f Facts, at calendar.Date) (Result, error) {
	if err := f.check(); err != nil {
		return Result{}, err
	}
	var r Result
	pauses := make([]span, 0, len(f.Pause))
	for _, p := range f.Pause {
		if p.To.IsZero() {
			r.Open = true
		}
		pauses = append(pauses, p.span(f, at))
	}
	slices.SortStableFunc(pauses, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	acks := slices.Clone(f.Acks)
	slices.SortStableFunc(acks, func(a, b Ack) int { return cmp.Compare(a.Date, b.Date) })

	r.Ends, r.Steps = run(f, pauses, acks, func(a Ack) bool { return a.State == AckConfirmed })
	r.EndsWithoutAck, _ = run(f, pauses, acks, func(a Ack) bool { return a.State == AckConfirmed && a.Kind == AckEnforcement })
	proposed := func(a Ack) bool { return a.State == AckConfirmed || a.State == AckProposed && !a.Reserved }
	r.EndsWithAck, _ = run(f, pauses, acks, proposed)
	r.Earliest = min(r.Ends, r.EndsWithAck)
	r.Act = calendar.NextBusinessDay(r.Earliest, f.Land)
	for _, a := range acks {
		switch {
		case a.State == AckProposed && a.Reserved:
			r.Steps = append(r.Steps, Step{Date: a.Date, Rule: "§ 212 Abs. 1 Nr. 1 BGB", Code: StepReserved, Ends: r.Ends})
		case a.State == AckProposed:
			r.Steps = append(r.Steps, Step{Date: a.Date, Rule: "§ 212 Abs. 1 BGB", Code: StepProposed, Ends: r.EndsWithAck})
		}
	}
	return r, nil
}

// Lapsed reports whether the debtor may refuse on a day (§ 214 Abs. 1 BGB). In
// doubt, as where only a proposed acknowledgement would save it, it is lapsed.
func (r Result) Lapsed(on calendar.Date) bool { return on > r.Earliest }

// maxFacts bounds the events of one claim.
const maxFacts = 10_000

func (f Facts) check() error {
	if len(f.Acks) > maxFacts || len(f.Pause) > maxFacts {
		return fmt.Errorf("%w: more than %d events", ErrFacts, maxFacts)
	}
	switch f.Basis {
	case Regular, Recurring:
		if f.Due.IsZero() {
			return fmt.Errorf("%w: no due date", ErrFacts)
		}
	case Titled:
		if f.Final.IsZero() {
			return fmt.Errorf("%w: no day of finality", ErrFacts)
		}
	default:
		return fmt.Errorf("%w: unknown basis %q", ErrFacts, f.Basis)
	}
	for _, p := range f.Pause {
		if p.From.IsZero() || !p.To.IsZero() && p.To < p.From {
			return fmt.Errorf("%w: suspension %s ends before it begins", ErrFacts, p.Kind)
		}
		if p.rule() == "" {
			return fmt.Errorf("%w: unknown suspension %q", ErrFacts, p.Kind)
		}
	}
	for _, a := range f.Acks {
		if a.Date.IsZero() {
			return fmt.Errorf("%w: acknowledgement without a day", ErrFacts)
		}
	}
	return nil
}

// span is a suspension with its end by law; grace is the earliest end of the
// whole period after it.
type span struct {
	from, to, grace calendar.Date
	rule            string
}

func (p Pause) rule() string {
	switch p.Kind {
	case PauseNegotiation:
		return "§ 203 BGB"
	case PauseCourtOrder:
		return "§ 204 Abs. 1 Nr. 3, Abs. 2 BGB"
	case PauseLawsuit:
		return "§ 204 Abs. 1 Nr. 1, Abs. 2 BGB"
	case PauseInsolvency:
		return "§ 204 Abs. 1 Nr. 10, Abs. 2 BGB"
	case PauseDeferral:
		return "§ 205 BGB"
	case PauseCredit:
		return "§ 497 Abs. 3 S. 3 BGB"
	}
	return ""
}

func (p Pause) span(f Facts, at calendar.Date) span {
	s := span{from: p.From, to: p.To, rule: p.rule()}
	if s.to.IsZero() {
		s.to = max(p.From, at)
	}
	switch p.Kind {
	case PauseNegotiation:
		s.grace = s.to.AddMonths(afterTalks)
	case PauseCourtOrder, PauseLawsuit, PauseInsolvency:
		s.to = s.to.AddMonths(afterCourt)
	case PauseCredit:
		arose := f.Due
		if arose.IsZero() {
			arose = p.From
		}
		s.to = max(s.from-1, min(s.to, arose.AddMonths(creditMonths)))
	case PauseDeferral:
	}
	return s
}

// run walks the period through suspensions and the restarts that count.
func run(f Facts, pauses []span, acks []Ack, counts func(Ack) bool) (calendar.Date, []Step) {
	begin, end, months, steps := f.begin()
	first := begin
	for _, a := range acks {
		if !counts(a) {
			continue
		}
		until, _ := extend(begin, end, pauses)
		if begin == first {
			until = min(until, f.cap(pauses, until))
		}
		rule := "§ 212 Abs. 1 Nr. 1 BGB"
		if a.Kind == AckEnforcement {
			rule = "§ 212 Abs. 1 Nr. 2 BGB"
		}
		switch {
		case a.Date <= begin:
			steps = append(steps, Step{Date: a.Date, Rule: rule, Code: StepEarly, Ends: until})
		case a.Date > until:
			steps = append(steps, Step{Date: a.Date, Rule: rule, Code: StepLate, Ends: until})
		default:
			begin, end = a.Date, a.Date.AddMonths(months)
			steps = append(steps, Step{Date: a.Date, Rule: rule, Code: StepRestart, Ends: end})
		}
	}
	end, more := extend(begin, end, pauses)
	steps = append(steps, more...)
	if begin == first {
		if c := f.cap(pauses, end); c < end {
			end = c
			steps = append(steps, Step{Date: f.Due, Rule: "§ 199 Abs. 4 BGB", Code: StepCap, Ends: end})
		}
	}
	return end, steps
}

// begin returns the day after which the period runs, its end and its length.
func (f Facts) begin() (begin, end calendar.Date, months int, steps []Step) {
	if f.Basis == Titled {
		end = f.Final.AddMonths(titledMonths)
		return f.Final, end, titledMonths, []Step{{Date: f.Final, Rule: "§§ 197 Abs. 1, 201 BGB", Code: StepStart, Ends: end}}
	}
	rule := "§§ 195, 199 Abs. 1 BGB"
	if f.Basis == Recurring {
		rule = "§§ 197 Abs. 2, 195, 199 Abs. 1 BGB"
	}
	y, _, _ := max(f.Due, f.Known).Civil()
	begin = calendar.Of(y, time.December, 31)
	end = begin.AddMonths(regularMonths)
	return begin, end, regularMonths, []Step{{Date: begin, Rule: rule, Code: StepStart, Ends: end}}
}

// cap returns where the longest period ends, or fallback where there is none.
func (f Facts) cap(pauses []span, fallback calendar.Date) calendar.Date {
	if f.Basis == Titled {
		return fallback
	}
	end, _ := extend(f.Due, f.Due.AddMonths(capMonths), pauses)
	return end
}

// extend moves the end of a period by the days that suspensions take out of it.
func extend(begin, end calendar.Date, pauses []span) (calendar.Date, []Step) {
	var steps []Step
	counted := begin // days up to here are dealt with
	for _, p := range pauses {
		if p.from > end {
			steps = append(steps, Step{Date: p.from, Rule: p.rule, Code: StepLate, Ends: end})
			continue
		}
		from := max(p.from, counted+1)
		if from <= p.to {
			n := int(p.to-from) + 1
			end += calendar.Date(n)
			counted = p.to
			steps = append(steps, Step{Date: p.from, Rule: p.rule, Code: StepPause, Days: n, Ends: end})
		}
		if p.grace > end && p.to > begin {
			end = p.grace
			steps = append(steps, Step{Date: p.to, Rule: "§ 203 S. 2 BGB", Code: StepGrace, Ends: end})
		}
	}
	return end, steps
}
