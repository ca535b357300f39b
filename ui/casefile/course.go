package casefile

import (
	"context"
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/costs"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/keys"
	"kontor/ui/text"
)

// courses lists what is recorded of the course of a case, with its words.
func (s *Screen) courses() []struct {
	id string
	w  text.Key
	do func() tea.Cmd
} {
	c := s.look.Text.Course
	return []struct {
		id string
		w  text.Key
		do func() tea.Cmd
	}{
		{"stage", c.Stage, s.askStage},
		{"court_step", c.Court, s.askCourt},
		{"book", c.Book, s.askBooking},
		{"contact", c.Contact, s.askContact},
		{"death_insolvency", c.Life, s.askLife},
	}
}

// courseActions are found in the palette, and may be bound.
func (s *Screen) courseActions() []*keys.Action {
	var out []*keys.Action
	for _, x := range s.courses() {
		out = append(out, &keys.Action{ID: x.id, Long: x.w.Long, Group: keys.Act, Do: func(tea.KeyPressMsg) tea.Cmd { return x.do() }, Why: s.unread})
	}
	return out
}

func (s *Screen) askStage() tea.Cmd {
	t, d, id := s.look.Text, s.desk, s.id
	c := t.Course
	stages := cases.Stages()
	words := make([]string, len(stages))
	for i, x := range stages {
		words[i] = t.Stage(x)
	}
	now := s.view.Case.Stage
	f := s.form(c.Stage.Short, []string{c.StageLead}, []dialog.Field{
		{Label: c.StageTo, Choices: words, Value: t.Stage(now)},
		{Label: c.StageWhy, Hint: t.Reg.Optional},
	}, func(ctx context.Context, v []string) (string, error) {
		to := of(words, stages, v[0])
		return sprintf(c.StageSaved, t.Stage(to)), d.SetStage(ctx, id, to, v[1])
	})
	f.Judge = func(v []string) (string, string) {
		switch to := of(words, stages, v[0]); {
		case to == now:
			return "", c.Same
		case to == cases.StageClosed && v[1] == "":
			return "", c.ClosedWhy
		}
		return "", ""
	}
	return push(f)
}

func (s *Screen) askCourt() tea.Cmd {
	t, d, id := s.look.Text, s.desk, s.id
	c := t.Course
	steps := cases.CourtSteps()
	return push(s.form(c.Court.Short, []string{c.StepLead}, []dialog.Field{
		{Label: c.Step, Choices: s.stepWords()},
		{Label: t.Reg.Date, Hint: "12.3.2026", Read: s.past(false)},
		{Label: c.Text, Hint: t.Reg.Optional},
	}, func(ctx context.Context, v []string) (string, error) {
		on, err := s.day(v[1])
		if err != nil {
			return "", err
		}
		words := v[0]
		if v[2] != "" {
			words += ": " + v[2]
		}
		return c.StepSaved, d.RecordCourtStep(ctx, id, of(s.stepWords(), steps, v[0]), on, words)
	}))
}

func (s *Screen) stepWords() []string {
	var out []string
	for _, x := range cases.CourtSteps() {
		out = append(out, s.look.Text.Course.Steps[x])
	}
	return out
}

// endClock says that a clock of a court is done; what has to be answered ends
// with its answer.
func (s *Screen) endClock(k cases.Clock) tea.Cmd {
	t, d, id := s.look.Text, s.desk, s.id
	title := sprintf(t.Course.ClockEnd, t.Clock(k.Kind))
	return push(s.form(title, nil, []dialog.Field{{Label: t.Reg.ObjectionHow, Read: wanted(t.Reg.WhyMissing)}}, func(ctx context.Context, v []string) (string, error) {
		return t.Course.ClockEnded, d.Change(ctx, id, []cases.Effect{{Kind: cases.StopClock, Target: k.ID}, {Kind: cases.AddNote, Text: plain.Line(title + ", " + v[0])}}, nil)
	}))
}

// byHand reports whether a person may end a clock.
func byHand(kind string) bool {
	return slices.Contains([]string{"court_objection", "court_order_window", "appeal", "claim_reasons", "sue_after_refusal", "their_deadline"}, kind)
}

// kindsOfBooking lists what is booked by hand, with its words.
func (s *Screen) kindsOfBooking() (words []string, entries []ledger.Entry) {
	t := s.look.Text
	for _, k := range []ledger.CostKind{
		ledger.CollectionFee, ledger.CollectionExp, ledger.PlanFee, ledger.CourtDunning, ledger.CourtFee, ledger.EnforcementFee, ledger.BailiffCost,
		ledger.AddressInquiry, ledger.BankReturn, ledger.CreditorDun, ledger.LumpSum, ledger.OtherCost,
	} {
		words = append(words, text.Code(wordsOf(t.Words.Cost), string(k)))
		entries = append(entries, ledger.Entry{Kind: ledger.Cost, CostKind: k})
	}
	words = append(words, t.Course.WaiveCosts, t.Course.WaiveInterest, t.Course.WriteOff)
	entries = append(entries, ledger.Entry{Kind: ledger.Waiver, Part: ledger.PartCosts}, ledger.Entry{Kind: ledger.Waiver, Part: ledger.PartInterest}, ledger.Entry{Kind: ledger.WriteOff})
	return words, entries
}

// askBooking books by hand. What a private debtor may be asked for at most is
// shown with its reckoning before anything is booked.
func (s *Screen) askBooking() tea.Cmd {
	t, d, id := s.look.Text, s.desk, s.id
	c := t.Course
	words, entries := s.kindsOfBooking()
	claims, ids := s.claimChoices()
	make := func(v []string) (e ledger.Entry, err error) {
		e = of(words, entries, v[0])
		if e.Cents, err = money.Parse(v[1]); err != nil {
			return e, err
		}
		e.Date, err = s.day(v[2])
		e.ClaimID, e.Text = of(claims, ids, v[3]), v[4]
		return e, err
	}
	f := s.form(c.Book.Short, nil, []dialog.Field{
		{Label: c.What, Choices: words},
		{Label: c.Amount, Read: func(v string) (string, string) {
			if x, err := money.Parse(v); err != nil || x <= 0 {
				return "", c.AmountBad
			}
			return "", ""
		}},
		{Label: t.Reg.Date, Value: s.view.Today.Long(t.Lang), Read: s.past(false)},
		{Label: t.Reg.Claim, Choices: claims},
		{Label: c.Text, Hint: t.Reg.Optional},
	}, func(ctx context.Context, v []string) (string, error) {
		e, err := make(v)
		if err != nil {
			return "", err
		}
		return sprintf(c.BookSaved, v[0], s.look.Sum(e.Cents)), d.BookByHand(ctx, id, e)
	})
	f.Judge = func(v []string) (string, string) {
		e, err := make(v)
		return s.capOf(e, err == nil)
	}
	return push(f)
}

// capOf says what may be asked for at most, and whether a booking would be above
// it. whole says that the booking is complete.
func (s *Screen) capOf(e ledger.Entry, whole bool) (meaning, problem string) {
	k, tables := s.view.Case, s.desk.Rules().Costs
	fee, bound := costs.FeeOf(e.CostKind)
	if e.Kind != ledger.Cost || tables == nil || !s.private() {
		return "", ""
	}
	if e.CostKind == ledger.LumpSum {
		return "", s.look.Text.Course.NoLumpSum
	}
	if !bound {
		return "", ""
	}
	var principal money.Cents
	for _, c := range k.Ledger.Claims {
		principal += c.Principal
	}
	r, err := tables.Cap(fee, principal, k.Opened)
	if err != nil {
		return "", s.look.Text.Error(err).String()
	}
	if whole {
		l := k.Ledger
		e.ID = "new"
		l.Entries = append(slices.Clone(l.Entries), e)
		var over *costs.CapError
		if errors.As(tables.CheckLedger(l, k.Opened), &over) {
			return "", s.reckoning(over.Reckoning)
		}
	}
	return s.reckoning(r), ""
}

func (s *Screen) reckoning(r costs.Reckoning) string {
	t := s.look.Text
	factor := fmt.Sprintf("%d,%d", r.Tenths/10, r.Tenths%10)
	if t.Lang != "de" {
		factor = fmt.Sprintf("%d.%d", r.Tenths/10, r.Tenths%10)
	}
	return sprintf(t.Course.Cap, t.Money(r.Cap), t.Money(r.Upto), t.Money(r.Base), factor, t.Money(r.Fee), t.Money(r.Expenses), r.Rule)
}

// private reports whether the debtor is a natural person who owes privately.
func (s *Screen) private() bool {
	for _, p := range s.view.Case.Parties {
		if who := s.view.Persons[p.Person]; p.Role == cases.RoleDebtor && who != nil && !who.Natural() {
			return false
		}
	}
	return !slices.ContainsFunc(s.view.Case.Ledger.Claims, func(c ledger.Claim) bool { return c.Purpose == ledger.Business })
}

// bookings lists what was booked by hand and can be taken back.
func (s *Screen) bookings() []dialog.Option {
	t, d, id := s.look.Text, s.desk, s.id
	back := map[string]money.Cents{}
	for _, e := range s.view.Case.Ledger.Entries {
		if e.Kind == ledger.Reversal {
			back[e.Reverses] += e.Cents
		}
	}
	var out []dialog.Option
	for _, e := range s.view.Case.Ledger.Entries {
		rest := e.Cents - back[e.ID]
		if rest <= 0 || e.Kind != ledger.Cost && e.Kind != ledger.WriteOff && e.Kind != ledger.Waiver {
			continue
		}
		name := t.Words.Entry[e.Kind]
		if e.CostKind != "" {
			name = text.Code(wordsOf(t.Words.Cost), string(e.CostKind))
		}
		title := sprintf(t.Course.Back, name, s.look.Sum(rest))
		out = append(out, option(title, e.Date.Long(t.Lang), func() tea.Cmd {
			return push(s.form(title, nil, []dialog.Field{{Label: t.Reg.Why, Read: wanted(t.Reg.WhyMissing)}}, func(ctx context.Context, v []string) (string, error) {
				return t.Course.BackSaved, d.BookByHand(ctx, id, ledger.Entry{Kind: ledger.Reversal, Reverses: e.ID, Cents: rest, Date: max(e.Date, s.view.Today), Text: v[0]})
			}))
		}))
	}
	return out
}

// people lists the parties but creditor and court, with their ids; the debtor
// first.
func (s *Screen) people() (names []string, ids []cases.PersonID) {
	for _, debtor := range []bool{true, false} {
		for _, p := range s.view.Case.Parties {
			who := s.view.Persons[p.Person]
			if who == nil || p.Role == cases.RoleCreditor || p.Role == cases.RoleCourt || (p.Role == cases.RoleDebtor) != debtor || slices.Contains(ids, p.Person) {
				continue
			}
			name := cells.Line(s.look.Name(who.Name)) + " (" + s.look.Text.Role(p.Role) + ")"
			for slices.Contains(names, name) {
				name += " "
			}
			names, ids = append(names, name), append(ids, p.Person)
		}
	}
	return names, ids
}

func (s *Screen) askContact() tea.Cmd {
	t, d, id := s.look.Text, s.desk, s.id
	c := t.Course
	names, ids := s.people()
	channels := []cases.Channel{cases.Email, cases.Postal, cases.Phone}
	proofs := []cases.Proof{cases.ProofClaimed, cases.ProofSeen}
	return push(s.form(c.Contact.Short, nil, []dialog.Field{
		{Label: c.Who, Choices: names},
		{Label: c.How, Choices: c.Hows[:]},
		{Label: c.Value, Read: wanted(c.ValueMissing)},
		{Label: c.Proof, Choices: c.Proofs[:]},
	}, func(ctx context.Context, v []string) (string, error) {
		e := cases.Effect{Kind: cases.ChangeContact, Person: of(names, ids, v[0]), Channel: of(c.Hows[:], channels, v[1]), Text: plain.Line(v[2]), Proof: of(c.Proofs[:], proofs, v[3])}
		return c.ContactSaved, d.Change(ctx, id, []cases.Effect{e}, nil)
	}))
}

// askLife records a death or an insolvency that one hears of without a mail. The
// case rests at once; the person's other cases are judged one by one.
func (s *Screen) askLife() tea.Cmd {
	t, d, id := s.look.Text, s.desk, s.id
	c := t.Course
	names, ids := s.people()
	return push(s.form(c.Life.Short, []string{c.LifeLead}, []dialog.Field{
		{Label: c.Who, Choices: names},
		{Label: c.How, Choices: c.LifeKinds[:]},
		{Label: t.Reg.Date, Hint: t.Reg.Optional, Read: s.past(true)},
	}, func(ctx context.Context, v []string) (string, error) {
		on, err := s.day(v[2])
		if err != nil {
			return "", err
		}
		who, today := of(names, ids, v[0]), s.view.Today
		effects := []cases.Effect{
			{Kind: cases.MarkDeceased, Person: who, Date: on},
			{Kind: cases.PlaceHold, Hold: cases.HoldAll, Code: cases.EventDeceased, Until: today + 56},
			{Kind: cases.SetFollowUp, Code: "deceased", Date: calendar.NextBusinessDay(today+56, s.view.Case.Land)},
		}
		if v[1] == c.LifeKinds[1] {
			effects = []cases.Effect{
				{Kind: cases.MarkInsolvent, Person: who, Date: on},
				{Kind: cases.PlaceHold, Hold: cases.HoldAll, Code: cases.EventInsolvent},
				{Kind: cases.SetFollowUp, Code: "insolvency_filing", Date: calendar.NextBusinessDay(today+14, s.view.Case.Land)},
			}
		}
		return c.LifeSaved, d.Change(ctx, id, effects, nil)
	}))
}
