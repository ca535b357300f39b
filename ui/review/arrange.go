package review

import (
	"cmp"
	"context"
	"regexp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
	"kontor/ui/dialog"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// Answers of the boxes about arrangements.
type (
	chooseMsg struct{ what string } // which arrangement
	saidMsg   struct {
		said   desk.Said
		letter string // wanted template; empty: the fitting one
	}
	promiseMsg struct {
		cents money.Cents
		on    calendar.Date
	}
	acceptMsg struct {
		id, how string
	}
	endMsg  struct{ plan, why string }
	handMsg struct {
		to  cases.UserID
		why string
	}
	doneWithMsg struct { // a follow-up without a letter
		what string
		next calendar.Date
	}
)

// askArrange offers what can be arranged on the case as it stands.
func (s *Screen) askArrange(tea.KeyPressMsg) tea.Cmd {
	t := s.look.Text
	opts := []dialog.Option{{Label: t.Deal.Plan, Detail: t.Deal.PlanDetail, Value: chooseMsg{"plan"}}}
	for _, kind := range []cases.ArrangementKind{cases.ArrangePlan, cases.ArrangeSettlement} {
		if a, ok := s.rev.Case.Offer(kind); ok && a.State == cases.ArrOffered {
			opts = append([]dialog.Option{{Label: t.Deal.Accept + ": " + arrangement(s, a), Detail: t.Deal.AcceptDetail, Value: acceptMsg{id: a.ID}}}, opts...)
		}
	}
	opts = append(opts,
		dialog.Option{Label: t.Deal.Promise, Detail: t.Deal.PromiseDetail, Value: chooseMsg{"promise"}},
		dialog.Option{Label: t.Deal.PromiseLetter, Detail: t.Deal.LetterDetail, Value: chooseMsg{"promise_letter"}},
		dialog.Option{Label: t.Deal.Pause, Detail: t.Deal.PauseDetail, Value: chooseMsg{"pause"}},
		dialog.Option{Label: t.Deal.Settle, Detail: t.Deal.SettleDetail, Value: chooseMsg{"settle"}})
	if a, ok := s.rev.Case.Current(cases.ArrangePlan); ok {
		opts = append(opts,
			dialog.Option{Label: t.Deal.EndLetter, Detail: t.Deal.LetterDetail, Value: chooseMsg{"end_letter"}},
			dialog.Option{Label: t.Deal.End, Detail: sprintf(t.Deal.EndDetail, t.Words.ArrState[a.State]), Value: chooseMsg{"end"}})
	}
	return push(dialog.NewPick(s.look, t.Deal.Title, opts, "", t.Dialog.ChooseKeys, func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg { return o.Value }))
}

// chosen opens the box of one arrangement.
func (s *Screen) arrangeOne(what string) tea.Cmd {
	t := s.look.Text
	switch what {
	case "plan":
		return s.askPlan()
	case "promise":
		return s.askPromise(func(c money.Cents, on calendar.Date) tea.Msg { return promiseMsg{c, on} })
	case "promise_letter":
		return s.askPromise(func(c money.Cents, on calendar.Date) tea.Msg {
			return saidMsg{said: desk.Said{Intent: cases.PaymentPromise, Slots: cases.Slots{PromiseCents: &c, PromiseDate: on}}}
		})
	case "pause":
		return push(dialog.NewForm(s.look, t.Deal.Pause, []string{t.Deal.PauseLead}, []dialog.Field{{Label: t.Deal.Until, Hint: t.Dialog.FollowHint, Read: s.readFuture(false)}}, func(v []string) tea.Msg {
			d, _ := dialog.Date(v[0], s.rev.Today)
			return saidMsg{said: desk.Said{Intent: cases.PaymentPause, Slots: cases.Slots{PauseUntil: d}}}
		}))
	case "settle":
		return push(dialog.NewForm(s.look, t.Deal.Settle, []string{t.Deal.SettleLead}, []dialog.Field{{Label: t.Deal.Sum, Read: s.readSum(false)}}, func(v []string) tea.Msg {
			c, err := money.Parse(v[0])
			if err != nil {
				return nil
			}
			return saidMsg{said: desk.Said{Intent: cases.SettlementOffer, Slots: cases.Slots{OfferCents: &c}}}
		}))
	case "end_letter":
		return s.answer(templateMsg{"plan_end", s.lang})
	case "end":
		return s.askEnd()
	}
	return nil
}

// readSum reads an amount above zero.
func (s *Screen) readSum(optional bool) func(string) (string, string) {
	return func(v string) (string, string) {
		if v == "" && optional {
			return "", ""
		}
		c, err := money.Parse(v)
		if err != nil || c <= 0 {
			return "", s.look.Text.Deal.SumBad
		}
		return s.look.Sum(c), ""
	}
}

// readFuture reads a day after today.
func (s *Screen) readFuture(optional bool) func(string) (string, string) {
	t, today := s.look.Text, s.rev.Today
	return func(v string) (string, string) {
		if v == "" && optional {
			return "", ""
		}
		d, ok := dialog.Date(v, today)
		switch {
		case !ok:
			return "", t.Dialog.FollowBad
		case d <= today:
			return "", t.Deal.DateLate
		}
		return t.Day(d) + " " + d.Long(t.Lang), ""
	}
}

// askPlan asks for rate and first day, and shows the schedule while typing. The
// letter reckons it again, by the same rules.
func (s *Screen) askPlan() tea.Cmd {
	t, r := s.look.Text, s.rev
	switch {
	case r.BalanceErr != nil:
		return nav.Tell(nav.Careful, t.Deal.NoBalance)
	case r.Balance.Total <= 0:
		return nav.Tell(nav.Careful, t.Deal.NothingOpen)
	}
	lead := sprintf(t.Deal.PlanLead, s.look.Sum(r.Balance.Total), t.Day(r.Balance.At))
	f := dialog.NewForm(s.look, t.Deal.Plan, []string{lead}, []dialog.Field{
		{Label: t.Deal.Monthly, Read: func(v string) (string, string) {
			if c, err := money.Parse(v); err != nil || c <= 0 {
				return "", t.Deal.SumBad
			}
			return "", ""
		}},
		{Label: t.Deal.First, Hint: t.Deal.FirstHint, Read: func(v string) (string, string) {
			_, problem := s.readFuture(true)(v)
			return "", problem
		}},
	}, func(v []string) tea.Msg {
		c, err := money.Parse(v[0])
		if err != nil {
			return nil
		}
		said := desk.Said{Intent: cases.InstallmentRequest, Slots: cases.Slots{MonthlyCents: &c}}
		said.Slots.FirstPaymentDate, _ = dialog.Date(v[1], r.Today)
		return saidMsg{said: said}
	})
	f.Judge = func(v []string) (string, string) { return s.planWords(v[0], v[1]), "" }
	return push(f)
}

// mergeBelow is the smallest last instalment of our letters.
const mergeBelow money.Cents = 500

// planWords says what a plan of such instalments would be.
func (s *Screen) planWords(monthly, first string) string {
	t, r := s.look.Text, s.rev
	c, err := money.Parse(monthly)
	if err != nil || c <= 0 {
		return ""
	}
	rules := s.desk.Rules()
	land := r.Case.Land
	if land == "" {
		land = rules.Land
	}
	day, dated := dialog.Date(first, r.Today)
	wish := plan.Wish{Total: r.Balance.Total, Monthly: c, First: day}
	if !dated {
		wish.First = r.Today + 1
	}
	fits, offer, why := plan.Check(rules.Plan, wish, r.Today, land)
	if len(offer.Rates) == 0 {
		return ""
	}
	rates, err := plan.Schedule(wish.Total, offer.Monthly, offer.First, land, plan.Options{MergeBelow: mergeBelow})
	if err != nil {
		return ""
	}
	out := sprintf(t.Deal.PlanShape, len(rates), s.look.Sum(offer.Monthly), s.look.Sum(rates[len(rates)-1].Cents))
	if !fits {
		var words []string
		for _, w := range why {
			words = append(words, text.Code(t.Words.PlanWhy, w))
		}
		return out + "; " + sprintf(t.Deal.PlanUnlike, strings.Join(words, ", "))
	}
	if !dated {
		return out + "; " + t.Deal.PlanOffers
	}
	return out + "; " + sprintf(t.Deal.PlanBinds, t.Day(rates[0].Due))
}

// askPromise asks what is promised and for when.
func (s *Screen) askPromise(done func(money.Cents, calendar.Date) tea.Msg) tea.Cmd {
	t, r := s.look.Text, s.rev
	sum := ""
	if r.BalanceErr == nil && r.Balance.Total > 0 && !s.look.Masked {
		sum = r.Balance.Total.String()
	}
	return push(dialog.NewForm(s.look, t.Deal.Promise, []string{t.Deal.PromiseLead}, []dialog.Field{
		{Label: t.Deal.Sum, Value: sum, Read: s.readSum(false)}, {Label: t.Deal.On, Hint: t.Dialog.FollowHint, Read: s.readFuture(false)},
	}, func(v []string) tea.Msg {
		c, err := money.Parse(v[0])
		d, ok := dialog.Date(v[1], r.Today)
		if err != nil || !ok {
			return nil
		}
		return done(c, d)
	}))
}

// promised are the effects of a promise: the word itself, and the day on which
// somebody looks whether the money came.
func (s *Screen) promised(c money.Cents, on calendar.Date) []cases.Effect {
	r := s.desk.Rules()
	look := calendar.AddBankDays(plan.MissingFrom(on, r.Plan, cmp.Or(s.rev.Case.Land, r.Land)), 1) // when a statement can say that it did not come
	return []cases.Effect{
		{Kind: cases.RecordPromise, Cents: c, Date: on},
		{Kind: cases.SetFollowUp, Date: look, Code: "promise"},
	}
}

// accept records that the debtor said yes to what was offered: first it asks
// how, then it is a fact.
func (s *Screen) accept(m acceptMsg) tea.Cmd {
	t := s.look.Text
	if m.how == "" {
		return push(dialog.NewForm(s.look, t.Deal.Accept, []string{t.Deal.AcceptLead}, []dialog.Field{{Label: t.Deal.AcceptHow, Value: t.Deal.AcceptPhone, Read: func(v string) (string, string) {
			if v == "" {
				return "", t.Dialog.ReasonShort
			}
			return "", ""
		}}}, func(v []string) tea.Msg { return acceptMsg{m.id, v[0]} }))
	}
	d, id := s.desk, s.rev.Case.ID
	return s.do(doneMsg{say: t.Deal.OfferTaken, reload: true}, func(ctx context.Context) error { return d.AcceptOffer(ctx, id, m.id, m.how) })
}

func (s *Screen) askEnd() tea.Cmd {
	t := s.look.Text
	a, ok := s.rev.Case.Current(cases.ArrangePlan)
	if !ok {
		return nil
	}
	var opts []dialog.Option
	for _, why := range []string{"missed", "agreed", "other"} {
		opts = append(opts, dialog.Option{Label: t.Words.EndWhy[why], Value: endMsg{a.ID, why}})
	}
	p := dialog.NewPick(s.look, t.Deal.EndTitle, opts, "", t.Dialog.ChooseKeys, func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg { return o.Value })
	p.Say(t.Deal.EndAsk, false)
	return push(p)
}

// takeSaid makes the draft anew from what was said.
func (s *Screen) takeSaid(m saidMsg) tea.Cmd {
	said := m.said
	s.toAnswer()
	s.spoken, s.template = &said, m.letter
	var drop tea.Cmd
	if s.edited {
		drop = s.drop()
	}
	s.edited, s.dirty, s.effects = false, false, nil
	s.kept = map[string]string{}
	s.focus, s.letter.Top = onDraft, 0
	return tea.Sequence(drop, s.load(true), nav.Tell(nav.Plain, s.look.Text.Deal.DraftMade))
}

// userWord is how users are named: what a team's list and the record hold.
var userWord = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)

// askHandOver gives the case to a colleague; the reason stays on the case.
func (s *Screen) askHandOver(tea.KeyPressMsg) tea.Cmd {
	t := s.look.Text
	return push(dialog.NewForm(s.look, t.Deal.HandTitle, nil, []dialog.Field{
		{Label: t.Deal.HandTo, Hint: t.Deal.HandHint, Read: func(v string) (string, string) {
			if !userWord.MatchString(v) {
				return "", t.Deal.HandBad
			}
			return "", ""
		}},
		{Label: t.Deal.HandWhy, Read: func(v string) (string, string) {
			if v == "" {
				return "", t.Dialog.ReasonShort
			}
			return "", ""
		}},
	}, func(v []string) tea.Msg { return handMsg{cases.UserID(v[0]), v[1]} }))
}

// askDone ends a follow-up without a letter: what was done, and when the case
// comes back, for no case is without a next step.
func (s *Screen) askDone() tea.Cmd {
	t := s.look.Text
	return push(dialog.NewForm(s.look, t.Deal.DoneTitle, []string{t.Deal.DoneHint}, []dialog.Field{
		{Label: t.Deal.DoneWhat, Read: func(v string) (string, string) {
			if v == "" {
				return "", t.Dialog.ReasonShort
			}
			return "", ""
		}},
		{Label: t.Deal.DoneNext, Hint: t.Dialog.FollowHint, Value: "+30", Read: s.readFuture(false)},
	}, func(v []string) tea.Msg {
		d, ok := dialog.Date(v[1], s.rev.Today)
		if !ok {
			return nil
		}
		return doneWithMsg{v[0], d}
	}))
}

// due names the follow-ups of the case that are due: what replaces them closes
// them.
func (s *Screen) due() []string {
	var out []string
	for _, f := range s.rev.Case.FollowUps {
		if !f.Done && f.Due <= s.rev.Today {
			out = append(out, f.ID)
		}
	}
	return out
}

// arranged takes the answers of the boxes about arrangements; ok is false for
// anything else.
func (s *Screen) arranged(m tea.Msg) (cmd tea.Cmd, ok bool) {
	t := s.look.Text
	switch m := m.(type) {
	case chooseMsg:
		return s.arrangeOne(m.what), true
	case acceptMsg:
		return s.accept(m), true
	case saidMsg:
		return s.takeSaid(m), true
	case promiseMsg:
		return s.replace(sprintf(t.Deal.PromiseSet, s.look.Sum(m.cents), t.Day(m.on)), s.promised(m.cents, m.on)...), true
	case endMsg:
		return s.change(t.Deal.Ended, cases.Effect{Kind: cases.EndPlan, Target: m.plan, Code: m.why},
			cases.Effect{Kind: cases.SetFollowUp, Date: calendar.NextBusinessDay(s.rev.Today+1, s.rev.Case.Land), Code: "plan_end"}), true
	case handMsg:
		return s.change(sprintf(t.Deal.HandOn, string(m.to)), cases.Effect{Kind: cases.HandOver, User: m.to},
			cases.Effect{Kind: cases.AddNote, Text: plain.Line(sprintf(t.Deal.HandNote, string(m.to), m.why))}), true
	case doneWithMsg:
		return s.replace(sprintf(t.Deal.DoneSaid, t.Day(m.next)), cases.Effect{Kind: cases.AddNote, Text: plain.Line(m.what)},
			cases.Effect{Kind: cases.SetFollowUp, Date: m.next, Code: "next_step"}), true
	case callMsg:
		return s.called(m), true
	}
	return nil, false
}
