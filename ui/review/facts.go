package review

import (
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/themes"
	"kontor/ui/cells"
	"kontor/ui/text"
)

const (
	labelWidth = 10 // of mail and letter
	readable   = 92 // longest line of running text, however wide the window
	factWidth  = 14 // of the facts
)

var themesNone themes.Style // paints nothing

// hang sets a label before the first line and indents the others.
func (s *Screen) hang(label string, lines []string) []string {
	pad := cells.Space(cells.Width(label))
	for i := range lines {
		if i == 0 {
			lines[i] = label + lines[i]
		} else {
			lines[i] = pad + lines[i]
		}
	}
	return lines
}

func (s *Screen) pair(label string, value plain.Text, w int) []string {
	return s.pairIn(label, value, w, s.look.Theme.Text)
}

func (s *Screen) pairIn(label string, value plain.Text, w int, st themes.Style) []string {
	return s.pairAt(label, value, w, labelWidth, st)
}

func (s *Screen) fact(label string, value plain.Text, w int, st themes.Style) []string {
	return s.pairAt(label, value, w, factWidth, st)
}

func (s *Screen) pairAt(label string, value plain.Text, w, lw int, st themes.Style) []string {
	return s.hang(s.look.Theme.Muted.Render(cells.Cell(label, lw-1)+" "), cells.Wrap(value, w-lw, st))
}

// headLine is the line that never leaves the screen: which case, who, how much.
func (s *Screen) headLine(w int) string {
	t, th := s.look.Text, s.look.Theme
	if s.rev == nil {
		return cells.Space(w)
	}
	r := s.rev
	c := r.Case
	if c == nil {
		return cells.Cell(" "+th.Warn.Render("? "+t.Review.Unassigned)+" · "+cells.Line(r.Row.From.String()), w)
	}
	sep := th.Faint.Render(" · ")
	narrow := w < 100
	who := cells.Line(s.nameOf(cases.RoleDebtor))
	if !narrow {
		who += th.Muted.Render(" ./. ") + cells.Line(s.nameOf(cases.RoleCreditor))
	}
	sum := s.look.Sum(r.Balance.Total)
	if r.BalanceErr != nil {
		sum = "?"
	}
	ref := th.Strong.Render(cells.Line(c.Reference))
	rest := sep + th.Money.Render(sum) + th.Muted.Render(" ("+asOf(t, r.Balance.At, narrow)+")") + sep + th.Text.Render(t.Stage(c.Stage))
	if s.mailed() {
		st, sign := th.Bad, "! "
		if r.Right == cases.PartyConfirmed {
			st, sign = th.Good, "✓ "
		}
		word := t.Right(r.Right)
		if narrow {
			word = text.Code(t.Words.RightSlim, string(r.Right))
		}
		rest += sep + st.Render(sign+word)
	}
	if h, ok := c.Held(cases.HoldDunning, r.Today); ok {
		rest += sep + th.Warn.Render("≡ "+t.HoldReason(h.Reason))
	}
	who = cells.Cut(who, max(8, w-cells.Width(ref)-cells.Width(rest)-4)) // names give way first
	return cells.Cell(" "+ref+sep+who+rest, w)
}

// asOf is the day of a balance: without its weekday, to the point.
func asOf(t *text.Text, d calendar.Date, narrow bool) string {
	_, m, day := d.Civil()
	short := sprintf("%02d.%02d.", day, int(m))
	if t.Lang != "de" {
		short = d.Time().Format("2 Jan")
	}
	if narrow {
		return short
	}
	return sprintf(t.Review.AsOf, short)
}

func (s *Screen) nameOf(role cases.Role) string {
	if p, ok := s.rev.Case.Party(role, s.rev.Today); ok {
		if who := s.rev.Persons[p.Person]; who != nil {
			if role == cases.RoleCreditor {
				return who.Name.String()
			}
			return s.look.Name(who.Name)
		}
	}
	return "–"
}

func (s *Screen) personName(id cases.PersonID) string {
	if p := s.rev.Persons[id]; p != nil {
		return cells.Line(s.look.Name(p.Name))
	}
	return ""
}

// factLines are the facts that an answer rests on, densest first.
func (s *Screen) factLines(w int) []string {
	t, th := s.look.Text, s.look.Theme
	r := s.rev
	var out []string
	if x := s.rev.Said; x != nil && s.mailed() {
		out = append(out, s.fact(t.Deal.Held, plain.Line(cells.Join(t.Intent(x.Intent), s.saidOf(x.Slots, cases.Details{}))), w, th.Strong)...)
	}
	if s.mailed() {
		if said := s.said(); said != "" {
			out = append(out, s.fact(t.Review.Said, plain.Line(said), w, th.Strong)...)
		}
	}
	if r.Case == nil {
		return append(out, s.suggestLines(w)...)
	}
	out = append(out, s.balanceLines(w)...)
	if s.mailed() && r.Right != cases.PartyConfirmed && len(r.RightWhy) > 0 {
		out = append(out, s.fact(t.Review.From, plain.Line("! "+t.RightWhy(r.RightWhy)), w, th.Warn)...)
	}
	for _, a := range r.Case.Arrangements {
		if a.State.Live() {
			out = append(out, s.fact(t.Review.Arrangements, plain.Line(arrangement(s, a)), w, th.Text)...)
		}
	}
	for _, h := range r.Case.Holds {
		if h.Active(r.Today) {
			out = append(out, s.fact(t.Review.Holds, plain.Line("≡ "+t.Words.Hold[h.Kind]+": "+t.HoldReason(h.Reason)+until(t, h.Until)), w, th.Warn)...)
		}
	}
	for _, c := range r.Case.Clocks {
		if !c.Stopped {
			out = append(out, s.fact(t.Review.Clocks, plain.Line("§ "+t.Clock(c.Kind)+" "+t.Case.Until+" "+t.Day(c.Due)), w, th.Law)...)
		}
	}
	for _, f := range r.Case.FollowUps {
		if !f.Done {
			out = append(out, s.fact(t.Review.FollowUps, plain.Line(t.Day(f.Due)+" "+t.FollowUp(f.Reason)), w, th.Text)...)
		}
	}
	for i, o := range r.Siblings {
		label := ""
		if i == 0 {
			label = t.Review.Siblings
		}
		out = append(out, s.fact(label, plain.Line(cells.Join(o.Reference.String(), o.Creditor.String(), s.look.Sum(o.Balance), t.Stage(o.Stage))), w, th.Text)...)
		if i == 3 {
			break
		}
	}
	return out
}

func (s *Screen) balanceLines(w int) []string {
	t, th, b := s.look.Text, s.look.Theme, s.rev.Balance
	if s.rev.BalanceErr != nil {
		return s.fact(t.Review.Balance, plain.Line(t.NoBalance(s.rev.BalanceErr)), w, th.Bad)
	}
	line := s.look.Sum(b.Total) + " = " + t.Review.Principal + " " + s.look.Sum(b.Principal)
	add := func(label string, c money.Cents, sign string) {
		if c != 0 {
			line += sign + label + " " + s.look.Sum(c)
		}
	}
	add(t.Review.Interest, b.Interest, " + ")
	add(t.Review.Costs, b.Costs, " + ")
	add(t.Review.Credit, b.Credit, " − ")
	if s.rev.CoveredUntil != 0 {
		line += " · " + sprintf(t.Review.StatementTo, t.Day(s.rev.CoveredUntil))
	} else {
		line += " · " + t.Review.NoStatement
	}
	return s.fact(t.Review.Balance, plain.Line(line), w, th.Text)
}

func (s *Screen) suggestLines(w int) []string {
	t, th := s.look.Text, s.look.Theme
	if len(s.rev.Suggest) == 0 {
		return cells.Wrap(plain.Line(t.Queue.NoSuggest), w, th.Muted)
	}
	out := cells.Wrap(plain.Line(t.Queue.Suggest), w, th.Muted)
	for _, g := range s.rev.Suggest {
		var why []string
		for _, r := range g.Reasons {
			why = append(why, t.Match(r.Code))
		}
		line := cells.Right(sprintf("%d", g.Score), 4) + "  " + cells.Cell(cells.Line(g.Reference.String()), 15) + cells.Cell(cells.Line(s.look.Name(g.Debtor)), 22) + " " + strings.Join(why, ", ")
		out = append(out, cells.Cut(line, w))
	}
	return out
}

// address is a mail address as the screen may show it.
func (s *Screen) address(a string) string { return s.look.Name(plain.Line(a)) }

// said is what the mail states, in words.
func (s *Screen) said() string {
	return s.saidOf(s.rev.Message.Class.Slots, s.rev.Message.Class.Details)
}

func (s *Screen) saidOf(x cases.Slots, d cases.Details) string {
	t := s.look.Text
	var out []string
	sum := func(name string, c *money.Cents) {
		if c != nil {
			out = append(out, t.Words.Slot[name]+" "+s.look.Sum(*c))
		}
	}
	day := func(name string, d calendar.Date) {
		if d != 0 {
			out = append(out, t.Words.Slot[name]+" "+t.Day(d))
		}
	}
	sum("monthly_cents", x.MonthlyCents)
	day("first_payment_date", x.FirstPaymentDate)
	day("pause_until", x.PauseUntil)
	sum("offer_cents", x.OfferCents)
	sum("promise_cents", x.PromiseCents)
	day("promise_date", x.PromiseDate)
	sum("paid_cents", x.PaidCents)
	day("paid_date", x.PaidDate)
	if x.DisputeReason != "" {
		out = append(out, t.Words.Slot["dispute_reason"]+": "+text.Code(stringMap(t.Words.Dispute), string(x.DisputeReason)))
	}
	day("their_deadline", d.TheirDeadline)
	if k := d.RequestKind; k != "" {
		out = append(out, t.Words.Slot["request_kind"]+" "+text.Code(t.Words.Request, k))
	}
	return cells.Join(out...)
}

func stringMap[K ~string](m map[K]string) map[string]string {
	out := make(map[string]string, len(m))
	for k, v := range m {
		out[string(k)] = v
	}
	return out
}

func arrangement(s *Screen, a cases.Arrangement) string {
	t := s.look.Text
	out := t.Words.Arrange[a.Kind] + " " + t.Words.ArrState[a.State]
	if n := len(a.Rates); n > 0 {
		out += ", " + sprintf(t.Effects.Schedule, n, s.look.Sum(a.Rates[0].Cents), t.Day(a.Rates[0].Due))
	} else if a.Total > 0 {
		out += ", " + s.look.Sum(a.Total)
	}
	out += until(t, a.Until)
	if a.Expires != 0 {
		out += ", " + t.Case.Ends + " " + t.Day(a.Expires)
	}
	return out
}

func until(t *text.Text, d calendar.Date) string {
	if d == 0 {
		return ""
	}
	return " " + t.Case.Until + " " + t.Day(d)
}
