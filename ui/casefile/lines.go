package casefile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/plain"
	"kontor/themes"
	"kontor/ui/cells"
	"kontor/ui/text"
)

// sheet collects the lines of the case.
type sheet struct {
	s   *Screen
	w   int
	day int // width of a column of days
	out []string
}

func (h *sheet) head(name string, n int) {
	th := h.s.look.Theme
	if len(h.out) > 0 {
		h.out = append(h.out, "")
	}
	h.s.heads = append(h.s.heads, len(h.out))
	if n > 0 {
		name += fmt.Sprintf(" (%d)", n)
	}
	h.out = append(h.out, cells.Rule(th, th.Title.Render(name), h.w))
}

// row sets cells of given widths beside each other; a negative width sets its
// cell to the right, the last column takes the rest.
func (h *sheet) row(st themes.Style, cols ...any) {
	var b strings.Builder
	used := 0
	rest := "" // what the last column has no room for
	for i := 0; i+1 < len(cols); i += 2 {
		v, _ := cols[i].(string)
		w, _ := cols[i+1].(int)
		v = cells.Line(v)
		switch {
		case w < 0:
			b.WriteString(cells.Right(v, -w-1) + " ")
			used -= w
		case w == 0:
			if cells.Width(v) > h.w-used {
				rest, v = v, ""
			}
			b.WriteString(cells.Cell(v, h.w-used))
			used = h.w
		default:
			b.WriteString(cells.Cell(v, w-1) + " ")
			used += w
		}
	}
	h.out = append(h.out, st.Render(b.String()))
	if rest == "" {
		return
	}
	const indent = 4
	for _, l := range cells.Wrap(plain.Line(rest), h.w-indent, h.s.look.Theme.Muted) {
		h.out = append(h.out, cells.Space(indent)+l)
	}
}

func (h *sheet) none() { h.out = append(h.out, h.s.look.Theme.Muted.Render(h.s.look.Text.Case.None)) }

// lines makes the whole case.
func (s *Screen) lines(w int) []string {
	s.heads = s.heads[:0]
	h := &sheet{s: s, w: w, day: 14}
	if s.look.Text.Lang == "en" {
		h.day = 20 // "30 September 2026"
	}
	s.title(h)
	s.parties(h)
	s.claims(h)
	s.ledger(h)
	s.plans(h)
	s.running(h)
	s.deadlines(h)
	s.papers(h)
	s.letters(h)
	s.timeline(h)
	return h.out
}

func (s *Screen) title(h *sheet) {
	t, th, c := s.look.Text, s.look.Theme, s.view.Case
	balance := t.Case.NoBalance
	if s.view.BalanceErr == nil {
		balance = s.look.Sum(s.view.Balance.Total) + " (" + fmt.Sprintf(t.Review.AsOf, t.Day(s.view.Balance.At)) + ")"
	}
	left := th.Strong.Render(cells.Line(c.Reference)) + th.Muted.Render("  "+cells.Line(c.Subject.String()))
	h.out = append(h.out, cells.Ends(left, th.Money.Render(balance), h.w))
	line := cells.Join(t.Stage(c.Stage), fmt.Sprintf(t.Case.Opened, c.Opened.Long(t.Lang)))
	if c.RightParty == cases.PartyConfirmed || c.RightParty == cases.PartyDenied {
		line = cells.Join(line, t.Right(c.RightParty))
	}
	if c.Vulnerable {
		line = cells.Join(line, "! "+t.Flag(cases.Vulnerable))
	}
	if s.view.CoveredUntil != 0 {
		line = cells.Join(line, fmt.Sprintf(t.Review.StatementTo, t.Day(s.view.CoveredUntil)))
	}
	h.out = append(h.out, th.Muted.Render(cells.Cut(line, h.w)))
}

func (s *Screen) parties(h *sheet) {
	t, th := s.look.Text, s.look.Theme
	h.head(t.Case.Parties, len(s.view.Case.Parties))
	role := 20
	if h.w < 90 {
		role = 14
	}
	for _, p := range s.view.Case.Parties {
		who := s.view.Persons[p.Person]
		name, traits := "–", ""
		if who != nil {
			name = s.look.Name(who.Name)
			if who.Deceased {
				traits = cells.Join(traits, "† "+t.Case.Died)
			}
			if who.Insolvent {
				traits = cells.Join(traits, "! "+t.Case.Insolvent)
			}
			if who.Business {
				traits = cells.Join(traits, t.Case.Business)
			}
		}
		h.row(th.Text, t.Role(p.Role), role, name, 30, cells.Join(text.Code(wordsOf(t.Words.Proof), string(p.Proof)), span(t, p.Since, p.Until), traits), 0)
		if who == nil || s.look.Masked {
			continue
		}
		for _, k := range who.Contacts {
			mark := cells.Join(text.Code(wordsOf(t.Words.Proof), string(k.Proof)), span(t, 0, k.Until))
			st := th.Muted
			if k.Failing {
				mark, st = "! "+t.Case.Failing, th.Bad
			}
			h.row(st, "", role, t.Channel(k.Channel), 12, k.Value.String(), max(20, min(44, h.w-role-12-14)), mark, 0)
		}
	}
	if len(s.view.Siblings) > 0 {
		h.head(t.Case.Siblings, len(s.view.Siblings))
		for _, o := range s.view.Siblings {
			h.row(th.Text, o.Reference.String(), 20, o.Creditor.String(), 30, s.look.Sum(o.Balance), -14, "", 2, t.Stage(o.Stage), 0)
		}
	}
}

func (s *Screen) claims(h *sheet) {
	t, th := s.look.Text, s.look.Theme
	cs := s.view.Case.Ledger.Claims
	h.head(t.Case.Claims, len(cs))
	if len(cs) == 0 {
		h.none()
	}
	for i := range cs {
		c := &cs[i]
		rate := ""
		for _, l := range s.view.Statement.Lines {
			if l.Claim == c.ID {
				rate = percent(t, l.Rate)
			}
		}
		what := c.Subject
		if c.Invoice != "" {
			what = cells.Join(c.Invoice, what)
		}
		purpose := t.Case.Private
		if c.Purpose == ledger.Business {
			purpose = t.Case.Business
		}
		h.row(th.Text, what, 40, s.look.Sum(c.Principal), -14, "", 2, cells.Join(dated(t, t.Case.Due, c.Due), dated(t, t.Case.Default, c.Default), rate, purpose), 0)
	}
}

func (s *Screen) ledger(h *sheet) {
	t, th := s.look.Text, s.look.Theme
	st := s.view.Statement
	h.head(t.Case.Ledger, len(st.Bookings))
	for _, b := range st.Bookings {
		name := text.Code(wordsOf(t.Words.Entry), string(b.Kind))
		if b.CostKind != "" {
			name = text.Code(wordsOf(t.Words.Cost), string(b.CostKind))
		}
		var shares []string
		for _, x := range b.Shares {
			word := map[ledger.Part]string{ledger.PartCosts: t.Review.Costs, ledger.PartInterest: t.Review.Interest, ledger.PartPrincipal: t.Review.Principal}[x.Part]
			shares = append(shares, word+" "+s.look.Sum(x.Cents))
		}
		sum, style := s.look.Sum(b.Cents), th.Text
		switch b.Kind {
		case ledger.Payment, ledger.PaymentToCreditor, ledger.WriteOff, ledger.Waiver, ledger.FromCredit:
			sum, style = "−"+sum, th.Good
		case ledger.Cost, ledger.Interest, ledger.Reversal, ledger.Refund:
		}
		if b.Reversed > 0 {
			shares = append(shares, "× "+t.Words.Entry[ledger.Reversal])
		}
		h.row(style, b.Date.Long(t.Lang), h.day, name, 26, sum, -14, "", 2, strings.Join(shares, " · "), 0)
	}
	for _, l := range st.Lines {
		h.row(th.Muted, l.To.Long(t.Lang), h.day, t.Words.Entry[ledger.Interest], 26, s.look.Sum(l.Cents), -14, "", 2,
			fmt.Sprintf(t.Case.InterestLine, percent(t, l.Rate), s.look.Sum(l.Base), l.From.Long(t.Lang), l.To.Long(t.Lang), l.Days), 0)
	}
	if len(st.Lines) > 0 {
		h.row(th.Muted, "", h.day, st.DayCount(t.Lang), 0)
	}
	if s.view.BalanceErr != nil {
		h.row(th.Bad, "", h.day, "! "+t.NoBalance(s.view.BalanceErr), 0)
	} else {
		b := s.view.Balance
		h.row(th.Strong, b.At.Long(t.Lang), h.day, t.Case.Total, 26, s.look.Sum(b.Total), -14, "", 2,
			cells.Join(t.Review.Principal+" "+s.look.Sum(b.Principal), t.Review.Interest+" "+s.look.Sum(b.Interest), t.Review.Costs+" "+s.look.Sum(b.Costs)), 0)
	}
}

// running is what stands on the case now: arrangements, holds, clocks, follow-ups.
func (s *Screen) running(h *sheet) {
	t, th, c := s.look.Text, s.look.Theme, s.view.Case
	if len(c.Arrangements) > 0 {
		h.head(t.Case.Arrangements, len(c.Arrangements))
		for _, a := range c.Arrangements {
			more := span(t, 0, a.Until)
			if n := len(a.Rates); n > 0 {
				more = fmt.Sprintf(t.Effects.Schedule, n, s.look.Sum(a.Rates[0].Cents), t.Day(a.Rates[0].Due))
			}
			st := th.Text
			if !a.State.Live() {
				st = th.Muted
			}
			h.row(st, t.Words.Arrange[a.Kind], 20, t.Words.ArrState[a.State], 20, s.look.Sum(a.Total), -14, "", 2, more, 0)
		}
	}
	h.head(t.Case.Holds, len(c.Holds))
	if len(c.Holds) == 0 {
		h.none()
	}
	for _, x := range c.Holds {
		st, state := th.Muted, t.Case.Lifted
		if x.Active(s.view.Today) {
			st, state = th.Warn, "≡ "+span(t, x.From, x.Until)
		}
		h.row(st, t.Words.Hold[x.Kind], 20, t.HoldReason(x.Reason), 30, state, 0)
	}
	if len(c.Clocks) > 0 {
		h.head(t.Case.Clocks, len(c.Clocks))
		for _, x := range c.Clocks {
			st, state := th.Law, "§ "+t.Case.Until+" "+t.Day(x.Due)
			if x.Stopped {
				st, state = th.Muted, "✓ "+t.Case.Done
			}
			h.row(st, t.Clock(x.Kind), 50, state, 30, x.Source, 0)
		}
	}
	if len(c.Objections) > 0 {
		h.head(t.Case.Objections, len(c.Objections))
		for _, x := range c.Objections {
			h.row(th.Text, t.Day(x.Date), 20, text.Code(wordsOf(t.Words.Dispute), string(x.Reason)), 0)
		}
	}
	h.head(t.Case.FollowUps, len(c.FollowUps))
	if len(c.FollowUps) == 0 {
		h.none()
	}
	for _, x := range c.FollowUps {
		st, sign := th.Text, "· "
		if x.Done {
			st, sign = th.Muted, "✓ "
		} else if x.Due < s.view.Today {
			st, sign = th.Bad, "! "
		}
		h.row(st, sign+x.Due.Long(t.Lang), 20, t.FollowUp(x.Reason), 0)
	}
}

func (s *Screen) letters(h *sheet) {
	t, th := s.look.Text, s.look.Theme
	h.head(t.Case.Messages, len(s.view.Messages))
	if len(s.view.Messages) == 0 {
		h.none()
	}
	for _, m := range s.view.Messages {
		st, state := th.Strong, t.Case.OpenUntil
		if m.State != cases.MessageOpen {
			st, state = th.Text, "✓ "+t.Case.Done
		}
		subject := m.Mail.Subject.String()
		if s.look.Masked {
			subject = "▒▒▒▒▒▒"
		}
		h.row(st, s.look.When(m.Received), 20, t.IntentSlim(m.Class.Intent), 18, state, 12, subject, 0)
	}
	h.head(t.Case.Replies, len(s.view.Replies))
	if len(s.view.Replies) == 0 {
		h.none()
	}
	for _, r := range s.view.Replies {
		subject, to := r.Approval.Subject.String(), r.Approval.ToAddr
		if s.look.Masked {
			subject, to = "▒▒▒▒▒▒", "▒▒▒▒▒▒"
		}
		h.row(th.Text, s.look.When(r.ApprovedAt), 20, t.Reply(r.State), 20, to, 32, subject, 0)
	}
}

// timeline is what happened, the latest first.
func (s *Screen) timeline(h *sheet) {
	t, th, c := s.look.Text, s.look.Theme, s.view.Case
	type event struct {
		at   time.Time
		what string
		day  calendar.Date // zero: the time of day is known
	}
	var all []event
	for _, m := range s.view.Messages {
		all = append(all, event{m.Received, "← " + cells.Join(t.Words.Kind[m.Mail.Kind], t.Intent(m.Class.Intent)), 0})
	}
	for _, r := range s.view.Replies {
		all = append(all, event{r.ApprovedAt, "→ " + cells.Join(t.Item("reply"), s.titleOf(r.Approval.Template.ID), t.Reply(r.State)), 0})
	}
	for _, n := range c.Notes {
		if !n.Gone && !s.look.Masked {
			all = append(all, event{n.At, "· " + n.Text.String(), 0})
		}
	}
	for _, b := range s.view.Statement.Bookings {
		if b.Kind == ledger.Payment || b.Kind == ledger.PaymentToCreditor || b.Kind == ledger.Reversal {
			all = append(all, event{b.Date.Time(), "€ " + t.Words.Entry[b.Kind] + " " + s.look.Sum(b.Cents), b.Date})
		}
	}
	slices.SortStableFunc(all, func(a, b event) int { return cmp.Compare(b.at.Unix(), a.at.Unix()) })
	h.head(t.Case.Timeline, len(all))
	for _, e := range all {
		for i, l := range cells.Wrap(plain.Line(e.what), max(20, h.w-20), th.Text) {
			when := ""
			if i == 0 {
				when = s.look.When(e.at)
				if e.day != 0 {
					when = t.Day(e.day)
				}
			}
			h.out = append(h.out, th.Muted.Render(cells.Cell(when, 20))+l)
		}
	}
	if n := len(s.view.Facts); n > 0 {
		h.out = append(h.out, "", th.Muted.Render(t.Case.Facts.N(n)))
	}
}

// titleOf names a text by its title.
func (s *Screen) titleOf(id string) string {
	if s.more != nil && s.more.Templates[id] != "" {
		return cells.Line(s.more.Templates[id])
	}
	return ""
}

func wordsOf[K ~string](m map[K]string) map[string]string {
	out := make(map[string]string, len(m))
	for k, v := range m {
		out[string(k)] = v
	}
	return out
}

func dated(t *text.Text, label string, d calendar.Date) string {
	if d == 0 {
		return ""
	}
	return label + " " + d.Long(t.Lang)
}

func span(t *text.Text, from, until calendar.Date) string {
	out := ""
	if from != 0 {
		out = t.Case.Since + " " + t.Day(from)
	}
	if until != 0 {
		out = strings.TrimSpace(out + " " + t.Case.Until + " " + t.Day(until))
	}
	return out
}

// percent writes basis points: "7,27 %".
func percent(t *text.Text, bp int) string {
	s := fmt.Sprintf("%d.%02d %%", bp/100, bp%100)
	if t.Lang == "de" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}
