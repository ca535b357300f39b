package desk

import (
	"cmp"
	"context"
	"slices"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// figureDays is how many days back the figures go, today included.
const figureDays = 7

// DayCount is what came and went on one day.
type DayCount struct {
	Day      calendar.Date
	Received int // mails
	Sent     int // letters and mails that left
}

// StageCount is how many open cases stand in a stage, and what is open on them.
type StageCount struct {
	Stage cases.Stage
	Cases int
	Sum   money.Cents
}

// Figures are the state of the work. They count work, never people.
type Figures struct {
	At         calendar.Date
	Stages     []StageCount // that hold a case, in order
	Open       int          // cases not closed
	Closed     int
	Sum        money.Cents // open on them, as far as it can be reckoned
	NoBalance  int         // cases whose balance cannot be reckoned
	Held       int
	Disputed   int
	Plans      int // running
	Offers     int // not yet accepted
	Overdue    int // instalments or promises that a statement shows missing
	Mails      int // unanswered
	Unassigned int
	Unsure     int
	Oldest     int // days since the oldest unanswered mail came
	Payments   int // to match
	Waiting    int // approved, not yet sent
	Unknown    int
	Covered    calendar.Date
	Days       []DayCount // oldest first
}

// Figures counts. It walks the summaries in memory and touches no disk.
func (d *Desk) Figures(_ context.Context) (*Figures, error) {
	today := d.Today()
	f := &Figures{At: today}
	x := d.ix
	x.mu.RLock()
	defer x.mu.RUnlock()
	f.Covered = x.pay.covered(d.o.Agency.IBAN)
	stages := map[cases.Stage]*StageCount{}
	for _, c := range x.cases {
		if c.Flags.Has(cases.CaseClosed) {
			f.Closed++
			continue
		}
		f.Open++
		s := stages[c.Stage]
		if s == nil {
			s = &StageCount{Stage: c.Stage}
			stages[c.Stage] = s
		}
		s.Cases++
		if sum, ok := c.Daily.Total(today); ok {
			s.Sum += sum
			f.Sum += sum
		} else {
			f.NoBalance++
		}
		count(&f.Held, c.HoldReason != "" && (c.HoldUntil == 0 || today <= c.HoldUntil))
		count(&f.Disputed, c.Flags.Has(cases.CaseDisputed))
		count(&f.Plans, c.Flags.Has(cases.CasePlan))
		count(&f.Offers, c.OfferEnds != 0)
		count(&f.Overdue, overdue(c, today, f.Covered, d.o.Rules))
	}
	for _, s := range cases.Stages() {
		if n := stages[s]; n != nil {
			f.Stages = append(f.Stages, *n)
		}
	}
	days := make([]DayCount, figureDays)
	for i := range days {
		days[i].Day = today - figureDays + 1 + calendar.Date(i)
	}
	at := func(day calendar.Date) *DayCount {
		if i := int(day - days[0].Day); i >= 0 && i < figureDays {
			return &days[i]
		}
		return &DayCount{}
	}
	for _, m := range x.messages {
		day := calendar.In(m.Received, d.o.Loc)
		at(day).Received++
		if m.State != cases.MessageOpen || m.Kind == cases.KindAuto || m.Kind == cases.KindBounce {
			continue
		}
		f.Mails++
		count(&f.Unassigned, m.Case == "")
		count(&f.Unsure, m.Unsure || m.Permille < cases.Sure)
		f.Oldest = max(f.Oldest, int(today-day))
	}
	for _, r := range x.replies {
		switch r.State {
		case cases.ReplySent:
			at(calendar.In(r.SentAt, d.o.Loc)).Sent++
		case cases.ReplyApproved, cases.ReplyClaimed, cases.ReplyDotSent:
			f.Waiting++
		case cases.ReplyUnknown:
			f.Unknown++
		case cases.ReplyRefused, cases.ReplyStale, cases.ReplyWithdrawn:
		}
	}
	for id := range x.pay.open {
		count(&f.Payments, toMatch(x.pay.entries[id]))
	}
	f.Days = days
	return f, nil
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

// Worker is a user as the record knows him: by the cases handed to him.
type Worker struct {
	User  cases.UserID // "" for cases of nobody
	Me    bool
	Cases int // open ones
	Due   int // of them, with a follow-up due
}

// Team lists who has which cases, me first, nobody last.
func (d *Desk) Team(_ context.Context) ([]Worker, error) {
	today := d.Today()
	x := d.ix
	x.mu.RLock()
	defer x.mu.RUnlock()
	all := map[cases.UserID]*Worker{d.o.Actor.User: {User: d.o.Actor.User, Me: true}}
	for _, c := range x.cases {
		if c.Flags.Has(cases.CaseClosed) {
			continue
		}
		w := all[c.Owner]
		if w == nil {
			w = &Worker{User: c.Owner}
			all[c.Owner] = w
		}
		w.Cases++
		count(&w.Due, c.FollowUp != 0 && c.FollowUp <= today)
	}
	out := make([]Worker, 0, len(all))
	for _, w := range all {
		out = append(out, *w)
	}
	slices.SortFunc(out, func(a, b Worker) int {
		rank := func(w Worker) int {
			switch {
			case w.Me:
				return 0
			case w.User == "":
				return 2
			}
			return 1
		}
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.User, b.User))
	})
	return out, nil
}
