package payments

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/themes"
	"kontor/ui/cells"
	"kontor/ui/text"
)

const labelWidth = 14 // of the detail

func (s *Screen) detailHeight() int {
	switch {
	case s.h < 12:
		return 0
	case s.h < 28:
		return s.h * 3 / 5
	}
	return s.h / 2
}

func (s *Screen) listHeight() int { return max(1, s.h-2-s.detailHeight()) }

// View draws the list and, below, the selected payment with its reasons.
func (s *Screen) View() ([]string, *tea.Cursor) {
	if s.w <= 0 || s.h <= 0 {
		return nil, nil
	}
	t, th := s.look.Text, s.look.Theme
	out := []string{s.tabs()}
	if len(s.rows) == 0 {
		words := t.Bar.Loading
		switch {
		case s.err != nil:
			words = t.Error(s.err).String()
		case s.loaded && s.all:
			words = t.Pay.EmptyAll
		case s.loaded:
			words = t.Pay.Empty
		}
		out = append(out, "")
		for _, l := range cells.Wrap(plain.Line(words), s.w-4, th.Muted) {
			out = append(out, "  "+l)
		}
		return cells.Fit(out, s.w, s.h), nil
	}
	c := columnsFor(s.w)
	out = append(out, th.Muted.Render(c.line("", t.Pay.Day, t.Pay.Sum, t.Pay.Payer, t.Pay.Text, t.Pay.Case, t.Pay.Debtor, t.Pay.State)))
	for i := s.top; i < min(s.top+s.listHeight(), len(s.rows)); i++ {
		out = append(out, s.row(c, &s.rows[i], i == s.cursor))
	}
	out = cells.Fit(out, s.w, 2+s.listHeight())
	if d := s.detailHeight(); d > 0 {
		out = append(out, cells.Rule(th, th.Muted.Render(t.Pay.Detail), s.w))
		var body []string
		for _, l := range s.detail(s.w - 4) {
			body = append(body, "  "+l)
		}
		out = append(out, cells.Fit(body, s.w, d-1)...)
	}
	return cells.Fit(out, s.w, s.h), nil
}

// tabs names the two lists, and how far the account is known.
func (s *Screen) tabs() string {
	t, th := s.look.Text.Pay, s.look.Theme
	name := func(on bool, words string) string {
		if on {
			if s.loaded {
				words += sprintf(" %d", len(s.rows))
			}
			return th.Tab.Render(" " + words + " ")
		}
		return th.Muted.Render(" " + words + " ")
	}
	right := ""
	if v := s.shown(); v != nil && v.Gap != 0 {
		right = th.Warn.Render("! " + t.Gap + " ")
	}
	return cells.Ends(" "+name(!s.all, t.Open)+" "+name(s.all, t.All), right, s.w)
}

// columns are the widths of a row's cells; the text gives way first.
type columns struct{ sign, day, sum, payer, text, ref, debtor, state int }

func columnsFor(w int) columns {
	c := columns{sign: 3, day: 7, sum: 13, ref: 15, state: 15}
	rest := w - c.sign - c.day - c.sum - c.ref - c.state
	switch {
	case rest >= 60:
		c.debtor = 18
		c.payer = 22
		c.text = rest - c.debtor - c.payer
	default:
		c.payer = rest
	}
	return c
}

func (c columns) line(sign, day, sum, payer, words, ref, debtor, state string) string {
	var b strings.Builder
	put := func(v string, w int) {
		if w > 0 {
			b.WriteString(cells.Cell(v, w-1) + " ")
		}
	}
	b.WriteString(cells.Cell(sign, c.sign))
	put(day, c.day)
	b.WriteString(cells.Right(sum, c.sum-2) + "  ")
	put(payer, c.payer)
	put(words, c.text)
	put(ref, c.ref)
	put(debtor, c.debtor)
	put(state, c.state)
	return b.String()
}

func (s *Screen) row(c columns, r *desk.PaymentRow, here bool) string {
	th, t := s.look.Theme, s.look.Text
	left := " "
	if here {
		left = "▌"
	}
	sign, st := looks(th, r)
	state := t.EntryIs(r.State)
	if r.State.Open() {
		for _, o := range r.Oddities {
			if o != cases.OddSettles {
				state = t.OddSlim(o)
				break
			}
		}
	}
	sum := s.look.Sum(r.Cents)
	if r.Currency != money.Currency {
		sum = cells.Line(r.Amount.String()) + " " + cells.Line(r.Currency)
	}
	payer := cells.Line(s.look.Name(r.Party))
	if c.text == 0 && r.Party.IsZero() {
		payer = s.words(r.Text)
	}
	words := c.line(left+sign, short(t, r.Day.Short(t.Lang)), sum, payer, s.words(r.Text), cells.Line(r.Reference.String()), cells.Line(s.look.Name(r.Debtor)), state)
	if here {
		st = th.Selected
	}
	return st.Render(words)
}

// short leaves the weekday out of a day.
func short(_ *text.Text, day string) string {
	if _, after, ok := strings.Cut(day, " "); ok {
		return after
	}
	return day
}

// words are the payer's, which may name people.
func (s *Screen) words(p plain.Text) string {
	if s.look.Masked && !p.IsZero() {
		return "▒▒▒▒▒▒"
	}
	return cells.Line(p.String())
}

// looks gives a payment's sign and style.
func looks(th *themes.Theme, r *desk.PaymentRow) (string, themes.Style) {
	switch r.State {
	case cases.EntryBooked:
		return "✓", th.Text
	case cases.EntryRefused:
		return "×", th.Muted
	case cases.EntrySuperseded:
		return "-", th.Muted
	case cases.EntrySuggested:
		if r.Cents < 0 {
			return "!", th.Warn
		}
		return "→", th.Text
	case cases.EntryUnmatched:
	}
	return "?", th.Warn
}

// detail is all that is known of the selected payment: what the bank said,
// what it may belong to and why, and what was decided.
func (s *Screen) detail(w int) []string {
	t, th, v := s.look.Text, s.look.Theme, s.shown()
	p := t.Pay
	if v == nil {
		words := t.Bar.Loading
		if s.viewErr != nil {
			words = t.Error(s.viewErr).String()
		}
		return cells.Wrap(plain.Line(words), w, th.Muted)
	}
	var out []string
	pair := func(label, value string, st themes.Style) {
		if value == "" {
			return
		}
		for i, l := range cells.Wrap(plain.Line(value), w-labelWidth, st) {
			if i > 0 {
				label = ""
			}
			out = append(out, th.Muted.Render(cells.Cell(label, labelWidth))+l)
		}
	}
	e := v.Entry.Said
	sum := s.look.Sum(e.Cents)
	if e.Currency != money.Currency {
		sum = cells.Line(e.Amount) + " " + cells.Line(e.Currency)
	}
	when := p.Booked + " " + t.Day(e.Booked)
	if e.Value != 0 && e.Value != e.Booked {
		when = cells.Join(when, p.Value+" "+t.Day(e.Value))
	}
	pair(p.Sum, cells.Join(sum, when, t.EntryIs(v.Entry.State)), th.Strong)
	who := s.words(e.Party)
	if e.PartyIBAN != "" && !s.look.Masked {
		who = cells.Join(who, cells.Line(e.PartyIBAN))
	}
	pair(p.Payer, who, th.Text)
	pair(p.ForWhom, s.words(e.Ultimate), th.Text)
	pair(p.Purpose, s.words(e.Text), th.Text)
	if r := e.Return; r != nil {
		words := cells.Join(t.Return(cells.Line(r.Reason)), cells.Line(r.Info.String()))
		if r.Charges > 0 {
			words = cells.Join(words, p.Charges+" "+s.look.Sum(r.Charges))
		}
		pair(p.Returned, words, th.Warn)
	}
	var odd []string
	for _, o := range v.Entry.Oddities {
		odd = append(odd, t.Oddity(o))
	}
	pair(p.Odd, strings.Join(odd, "; "), th.Warn)
	switch v.Entry.State {
	case cases.EntryBooked:
		label := p.BookedOn
		for _, x := range v.Parts {
			pair(label, cells.Join(cells.Line(x.Reference.String())+" "+cells.Line(s.look.Name(x.Debtor)), t.Words.Entry[x.Kind]+" "+s.look.Sum(x.Cents), s.open(x.CaseRef)), th.Good)
			label = ""
		}
		return out
	case cases.EntryRefused:
		pair(p.Refused, text.Code(t.Words.EntryWhy, cells.Line(v.Entry.Why)), th.Muted)
		return out
	case cases.EntrySuperseded:
		return out
	case cases.EntryUnmatched, cases.EntrySuggested:
	}
	if len(v.Candidates) == 0 {
		pair(p.Suggestion, p.NoSuggest, th.Muted)
	}
	label := p.Suggestion
	for i, c := range v.Candidates {
		st := th.Text
		if i == 0 {
			st = th.Strong
		}
		held := ""
		if c.Held != "" {
			held = "≡ " + t.HoldReason(c.Held)
		}
		pair(label, cells.Join(cells.Line(c.Reference.String())+" "+cells.Line(s.look.Name(c.Debtor)), sprintf(p.Points, c.Score), s.open(c.CaseRef), t.Stage(c.Stage), held), st)
		label = ""
		var why []string
		for _, r := range c.Reasons {
			why = append(why, t.Match(r.Code)+sprintf(" %+d", r.Points))
		}
		pair(" ", "  "+strings.Join(why, ", "), th.Muted)
	}
	return out
}
