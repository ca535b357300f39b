package payments

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// Answers of the boxes.
type (
	bookMsg struct {
		id   cases.EntryID
		o    desk.BookOptions
		name string
		sum  money.Cents
	}
	splitMsg struct {
		id    cases.EntryID
		parts []cases.EntryPart
		names string
		sum   money.Cents
	}
	refuseMsg struct {
		id            cases.EntryID
		reason, words string
		sum           string
	}
	creditorMsg struct {
		id   cases.EntryID
		to   cases.CaseID
		name string
		sum  money.Cents // as booked
		all  bool        // of the entry
		day  calendar.Date
		text string
	}
	reopenMsg struct {
		id  cases.EntryID
		sum string
	}
	importMsg struct{ path string }
)

func push(d nav.Dialog) tea.Cmd { return nav.Send(nav.Push{Dialog: d}) }

// answer takes the answers of the boxes.
func (s *Screen) answer(m tea.Msg) tea.Cmd {
	t, d := s.look.Text.Pay, s.desk
	switch m := m.(type) {
	case bookMsg:
		return s.do(doneMsg{say: sprintf(t.DoneBooked, s.look.Sum(m.sum), m.name), id: m.id}, func(ctx context.Context) error { return d.Book(ctx, m.id, m.o) })
	case splitMsg:
		return s.do(doneMsg{say: sprintf(t.DoneSplit, s.look.Sum(m.sum), m.names), id: m.id}, func(ctx context.Context) error { return d.Split(ctx, m.id, m.parts) })
	case refuseMsg:
		why := text.Code(s.look.Text.Words.EntryWhy, m.reason)
		return s.do(doneMsg{say: sprintf(t.DoneRefused, m.sum, why), id: m.id}, func(ctx context.Context) error { return d.Refuse(ctx, m.id, m.reason, m.words) })
	case creditorMsg:
		cents := m.sum
		if m.all {
			cents = 0
		}
		return s.do(doneMsg{say: sprintf(t.DoneCreditor, s.look.Sum(m.sum), m.name), id: m.id}, func(ctx context.Context) error {
			return d.ToCreditor(ctx, m.id, m.to, cents, m.day, m.text)
		})
	case reopenMsg:
		return s.do(doneMsg{say: sprintf(t.DoneReopened, m.sum), back: true}, func(ctx context.Context) error { return d.ReopenPayment(ctx, m.id) })
	case importMsg:
		return s.read(m.path)
	case pickMsg:
		return s.pick(m)
	case nav.Push:
		return push(m.Dialog)
	}
	return nil
}

// harmless are the oddities that do not ask for a second look before booking.
func harmless(o cases.Oddity) bool { return o == cases.OddSettles || o == cases.OddReturn }

// book books the suggestion. Where something about the payment is odd, several
// cases fit, or a return brings charges, it asks first.
func (s *Screen) book(tea.KeyPressMsg) tea.Cmd {
	v := s.shown()
	odd := slices.ContainsFunc(v.Entry.Oddities, func(o cases.Oddity) bool { return !harmless(o) })
	charge := v.Entry.Said.Return != nil && v.Entry.Said.Return.Charges > 0
	first := v.Candidates[0]
	if !odd && !charge && len(v.Candidates) == 1 {
		return s.answer(s.bookOn(v, first.CaseRef, desk.BookOptions{Case: first.ID}))
	}
	return push(s.choose(v, v.Candidates, charge))
}

func (s *Screen) bookOn(v *desk.PaymentView, c desk.CaseRef, o desk.BookOptions) bookMsg {
	return bookMsg{id: v.Entry.ID, o: o, name: cells.Line(c.Reference.String()), sum: v.Entry.Said.Cents}
}

// choose asks on which of the cases to book.
func (s *Screen) choose(v *desk.PaymentView, list []desk.PayCandidate, charge bool) nav.Dialog {
	t := s.look.Text.Pay
	var opts []dialog.Option
	for _, c := range list {
		label := cells.Line(c.Reference.String()) + " " + cells.Line(s.look.Name(c.Debtor))
		detail := cells.Join(sprintf(t.Points, c.Score), s.open(c.CaseRef))
		if !charge {
			opts = append(opts, dialog.Option{Label: label, Detail: detail, Value: s.bookOn(v, c.CaseRef, desk.BookOptions{Case: c.ID})})
			continue
		}
		opts = append(opts,
			dialog.Option{Label: label, Detail: t.BookPlain, Value: s.bookOn(v, c.CaseRef, desk.BookOptions{Case: c.ID})},
			dialog.Option{Label: label, Detail: sprintf(t.BookCharge, s.look.Sum(v.Entry.Said.Return.Charges)), Value: s.bookOn(v, c.CaseRef, desk.BookOptions{Case: c.ID, Charge: true})})
	}
	title := sprintf(t.BookAsk, s.look.Sum(v.Entry.Said.Cents), cells.Line(list[0].Reference.String()))
	if len(list) > 1 {
		title = t.ChooseCase
	}
	p := dialog.NewPick(s.look, title, opts, "", s.look.Text.Dialog.ChooseKeys, func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg { return o.Value })
	if note := s.oddWords(v); note != "" {
		p.Say(t.BookFirst+" "+note, true)
	}
	return p
}

func (s *Screen) oddWords(v *desk.PaymentView) string {
	var words []string
	for _, o := range v.Entry.Oddities {
		if !harmless(o) {
			words = append(words, s.look.Text.Oddity(o))
		}
	}
	return strings.Join(words, "; ")
}

func (s *Screen) open(c desk.CaseRef) string {
	if !c.BalanceOK {
		return s.look.Text.Case.NoBalance
	}
	return sprintf(s.look.Text.Pay.OpenSum, s.look.Sum(c.Balance))
}

// askOther asks for another case by its reference or a name, or among those suggested.
func (s *Screen) askOther(tea.KeyPressMsg) tea.Cmd {
	t, d, v := s.look.Text, s.desk, s.shown()
	var opts []dialog.Option
	for _, c := range v.Candidates {
		opts = append(opts, dialog.Option{
			Label: cells.Line(c.Reference.String()) + " " + cells.Line(s.look.Name(c.Debtor)), Detail: cells.Join(sprintf(t.Pay.OtherWhy, c.Score), s.open(c.CaseRef)),
			Value: s.bookOn(v, c.CaseRef, desk.BookOptions{Case: c.ID}),
		})
	}
	p := dialog.NewPick(s.look, t.Pay.OtherTitle, opts, t.Pay.OtherHint, t.Dialog.ChooseKeys, func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg {
		return o.Value
	})
	p.Cases(d, func(c desk.CaseRef) any { return s.bookOn(v, c, desk.BookOptions{Case: c.ID}) })
	return push(p)
}

// askRefuse asks why a payment is not booked.
func (s *Screen) askRefuse(tea.KeyPressMsg) tea.Cmd {
	t, r := s.look.Text, *s.at()
	var opts []dialog.Option
	for _, code := range []string{"not_ours", "duplicate", "clearing", "other"} {
		opts = append(opts, dialog.Option{Label: t.Words.EntryWhy[code], Value: code})
	}
	p := dialog.NewPick(s.look, t.Pay.RefuseTitle, opts, t.Pay.OwnWords, t.Dialog.ChooseKeys, func(o dialog.Option, typed string, _ []dialog.Option) tea.Msg {
		code, _ := o.Value.(string)
		if typed = plain.Line(typed).String(); typed != "" {
			code = "other"
		}
		if code == "" {
			return nil
		}
		return refuseMsg{id: r.Entry, reason: code, words: typed, sum: s.look.Sum(r.Cents)}
	})
	p.Keep = true
	return push(p)
}

// reopen takes a decision back; one of another day asks first.
func (s *Screen) reopen(tea.KeyPressMsg) tea.Cmd {
	id, ask := s.reopened()
	t := s.look.Text
	m := reopenMsg{id: id}
	for _, r := range s.rows {
		if r.Entry == id {
			m.sum = s.look.Sum(r.Cents)
			if ask {
				return push(dialog.NewAsk(s.look, t.Pay.ReopenTitle, []string{sprintf(t.Pay.ReopenAsk, m.sum, t.Day(r.Day))}, t.Dialog.ConfirmKeys, "", m))
			}
		}
	}
	if m.sum == "" {
		m.sum = t.Pay.Detail
	}
	return s.answer(m)
}

// why lists every point of the suggestions in plain words.
func (s *Screen) why(tea.KeyPressMsg) tea.Cmd {
	v, look := s.shown(), s.look
	return push(dialog.NewRead(look, look.Text.Pay.WhyTitle, 68, func(w int) []string { return whyLines(look, v, w) }))
}

func whyLines(look *nav.Look, v *desk.PaymentView, w int) []string {
	t, th := look.Text, look.Theme
	var out []string
	if len(v.Candidates) == 0 {
		out = append(out, cells.Wrap(plain.Line(t.Pay.WhyNone), w, th.Text)...)
	}
	for i, c := range v.Candidates {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, th.Strong.Render(cells.Cell(cells.Line(c.Reference.String())+"  "+cells.Line(look.Name(c.Debtor)), w-8))+th.Strong.Render(cells.Right(sprintf("%d", c.Score), 8)))
		for _, r := range c.Reasons {
			words := t.Match(r.Code)
			if !r.Quote.IsZero() && !look.Masked {
				words += ": „" + r.Quote.String() + "“"
			}
			for k, l := range cells.Wrap(plain.Line(words), w-10, th.Text) {
				points := ""
				if k == 0 {
					points = sprintf("%+d", r.Points)
				}
				out = append(out, "  "+cells.Cell(l, w-10)+th.Muted.Render(cells.Right(points, 8)))
			}
		}
	}
	for i, o := range v.Entry.Oddities {
		if i == 0 {
			out = append(out, "")
		}
		out = append(out, cells.Wrap(plain.Line("! "+t.Oddity(o)), w, th.Warn)...)
	}
	return out
}

// askImport asks for a statement file.
func (s *Screen) askImport(tea.KeyPressMsg) tea.Cmd {
	t := s.look.Text.Pay
	return push(dialog.NewForm(s.look, t.ImportTitle, []string{t.ImportHint}, []dialog.Field{{
		Label: t.ImportFile,
		Read: func(v string) (string, string) {
			if v == "" {
				return "", t.ImportHint
			}
			return "", ""
		},
	}}, func(v []string) tea.Msg { return importMsg{v[0]} }))
}

func (s *Screen) read(path string) tea.Cmd {
	s.busy = true
	to, d, open := s, s.desk, s.outside.Statement
	return tea.Batch(nav.Tell(nav.Plain, s.look.Text.Pay.Importing), func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), importTimeout)
		defer cancel()
		read, done, err := open(path)
		if err != nil {
			return importedMsg{to: to, err: err}
		}
		res, err := d.ImportStatement(ctx, read)
		return importedMsg{to, res, errors.Join(err, done())}
	})
}

func (s *Screen) imported(m importedMsg) tea.Cmd {
	s.busy = false
	t, r := s.look.Text, m.res
	if m.err != nil && r.Entries == 0 {
		return tea.Batch(nav.Tell(nav.Bad, t.Error(m.err).String()), s.load())
	}
	tone := nav.Good
	said := sprintf(t.Pay.Imported, r.Entries, r.Booked, r.Suggested, r.Unmatched, r.Refused, r.Duplicates)
	cmds := []tea.Cmd{s.load()}
	problems := r.Problems
	if m.err != nil {
		problems = append([]string{t.Error(m.err).String()}, problems...)
	}
	if len(problems) > 0 {
		tone = nav.Careful
		look := s.look
		cmds = append(cmds, push(dialog.NewRead(look, t.Pay.ImportTitle, 76, func(w int) []string {
			out := cells.Wrap(plain.Line(said), w, look.Theme.Text)
			out = append(out, "", look.Theme.Warn.Render(cells.Cut(look.Text.Pay.ImportProblems.N(len(problems)), w)))
			for _, p := range problems {
				out = append(out, cells.Wrap(plain.Line("– "+p), w, look.Theme.Text)...)
			}
			return out
		})))
	}
	return tea.Batch(append(cmds, nav.Tell(tone, said))...)
}
