package payments

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/desk"
	"kontor/cases/money"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/nav"
)

// splitLines is how many parts the screen offers; a collective payment of more
// comes as a file.
const splitLines = 6

// part is one line of a split as typed.
type part struct {
	ref   string
	cents money.Cents
}

// parsePart reads "K-2026-000318 50,00 €": a reference, then the sum.
func parsePart(s string) (part, bool) {
	words := strings.Fields(s)
	n := len(words)
	if n > 2 && (words[n-1] == "€" || strings.EqualFold(words[n-1], "EUR")) {
		n--
	}
	if n < 2 {
		return part{}, false
	}
	c, err := money.Parse(words[n-1])
	if err != nil || c <= 0 {
		return part{}, false
	}
	return part{strings.Join(words[:n-1], " "), c}, true
}

// parseParts reads the lines; bad is the number of the first one that says
// nothing clear.
func parseParts(lines []string) (parts []part, sum money.Cents, bad int) {
	for i, l := range lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		p, ok := parsePart(l)
		if !ok {
			if bad == 0 {
				bad = i + 1
			}
			continue
		}
		parts, sum = append(parts, p), sum+p.cents
	}
	return parts, sum, bad
}

// askSplit asks for the parts; what is left of the sum is shown while typing.
func (s *Screen) askSplit(tea.KeyPressMsg) tea.Cmd {
	v := s.shown()
	total := v.Entry.Said.Cents
	lines := make([]string, splitLines)
	at, left := 0, total
	for _, c := range v.Candidates { // what is open on each, as far as the money reaches
		if at == splitLines || left <= 0 || !c.BalanceOK || c.Balance <= 0 {
			break
		}
		n := min(left, c.Balance)
		lines[at] = cells.Line(c.Reference.String()) + " " + n.String()
		at, left = at+1, left-n
	}
	if left == 0 {
		at = 0 // all is given out: what is there gets mended
	}
	return push(s.splitForm(v, lines).At(at))
}

// splitForm has a line for each part. Who stands there by name is picked from
// the cases found, and the form goes on with the reference.
func (s *Screen) splitForm(v *desk.PaymentView, typed []string) *dialog.Form {
	t, total := s.look.Text, v.Entry.Said.Cents
	fields := make([]dialog.Field, splitLines)
	for i := range fields {
		fields[i] = dialog.Field{Label: sprintf(t.Pay.SplitLine, i+1), Value: typed[i]}
	}
	f := dialog.NewForm(s.look, t.Pay.SplitTitle, []string{t.Pay.SplitHint}, fields, nil)
	f.Judge = func(lines []string) (string, string) {
		parts, sum, bad := parseParts(lines)
		switch {
		case bad > 0:
			return "", sprintf(t.Pay.SplitBad, bad)
		case len(parts) == 0:
			return "", t.Pay.SplitTwo
		case sum > total:
			return "", sprintf(t.Pay.SplitOver, s.look.Sum(sum), s.look.Sum(total))
		case sum < total:
			return "", sprintf(t.Pay.SplitRest, s.look.Sum(sum), s.look.Sum(total), s.look.Sum(total-sum))
		}
		return sprintf(t.Pay.SplitDone, s.look.Sum(total)), ""
	}
	d := s.desk
	f.Try = func(lines []string) tea.Cmd {
		parts, _, _ := parseParts(lines)
		lines = slices.Clone(lines)
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), timeout)
			defer cancel()
			m := splitMsg{id: v.Entry.ID, sum: total}
			var names []string
			for _, p := range parts {
				id, err := d.FindCase(ctx, p.ref)
				if err != nil {
					return s.unknown(ctx, p.ref, func(ref string) nav.Dialog {
						i := slices.IndexFunc(lines, func(l string) bool { o, ok := parsePart(l); return ok && o.ref == p.ref })
						lines[i] = ref + " " + p.cents.String()
						return s.splitForm(v, lines).At(i)
					})
				}
				m.parts = append(m.parts, cases.EntryPart{Case: id, Cents: p.cents})
				names = append(names, p.ref)
			}
			m.names = strings.Join(names, ", ")
			return dialog.Tried{Msg: m}
		}
	}
	return f
}

// pickMsg says that words in a form name no case by its reference; with the one
// that is picked, the form goes on.
type pickMsg struct {
	words string
	again func(ref string) nav.Dialog
}

// unknown answers a form whose words are no reference: the cases that contain
// them are offered, if there are any.
func (s *Screen) unknown(ctx context.Context, words string, again func(ref string) nav.Dialog) dialog.Tried {
	if hits, err := s.desk.FindCases(ctx, words, 1); err != nil || len(hits) == 0 {
		return dialog.Tried{Problem: sprintf(s.look.Text.Pay.SplitUnknown, words)}
	}
	return dialog.Tried{Msg: pickMsg{words, again}}
}

// pick offers the cases that contain the words.
func (s *Screen) pick(m pickMsg) tea.Cmd {
	t := s.look.Text
	p := dialog.NewPick(s.look, t.Pay.OtherTitle, nil, t.Pay.OtherHint, t.Dialog.ChooseKeys, func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg { return o.Value })
	p.Cases(s.desk, func(c desk.CaseRef) any { return nav.Push{Dialog: m.again(cells.Line(c.Reference.String()))} })
	return push(p.With(m.words))
}

// askCreditor books what a debtor paid past the agency: with the selected
// credit, which then is the creditor's transfer that passes it on, or without.
func (s *Screen) askCreditor(tea.KeyPressMsg) tea.Cmd {
	t := s.look.Text
	if s.today == 0 {
		return nav.Tell(nav.Plain, t.Bar.Loading)
	}
	typed, m := make([]string, 4), creditorMsg{}
	if s.offOpen() == "" && s.at().Cents > 0 {
		r := s.at()
		typed[0], typed[1] = cells.Line(r.Reference.String()), r.Day.Long(t.Lang)
		m.id, m.sum, m.all = r.Entry, r.Cents, true
	}
	return push(s.creditorForm(m, typed))
}

// creditorForm asks on which case, when, and how much where no credit says so.
func (s *Screen) creditorForm(m creditorMsg, typed []string) *dialog.Form {
	t, d, today := s.look.Text, s.desk, s.today
	with, lead := m.all, t.Pay.CreditorFree
	if with {
		lead = sprintf(t.Pay.CreditorLead, s.look.Sum(m.sum))
	}
	readDay := func(v string) (string, string) {
		on, ok := pastDate(v, today)
		switch {
		case !ok:
			return "", t.Dialog.FollowBad
		case on > today:
			return "", t.Pay.DateFuture
		}
		return t.Day(on) + " " + on.Long(t.Lang), ""
	}
	fields := []dialog.Field{
		{Label: t.Pay.Reference, Hint: t.Pay.OtherHint, Value: typed[0], Read: func(v string) (string, string) {
			if v == "" {
				return "", t.Pay.ReferenceBad
			}
			return "", ""
		}},
		{Label: t.Pay.PaidOn, Value: typed[1], Read: readDay},
		{Label: t.Pay.Note, Value: typed[2]},
	}
	if !with {
		fields = append(fields, dialog.Field{Label: t.Pay.Amount, Value: typed[3], Read: func(v string) (string, string) {
			c, err := money.Parse(v)
			if err != nil || c <= 0 {
				return "", t.Pay.AmountBad
			}
			return s.look.Sum(c), ""
		}})
	}
	f := dialog.NewForm(s.look, t.Pay.CreditorTitle, []string{lead}, fields, nil)
	f.Try = func(v []string) tea.Cmd {
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), timeout)
			defer cancel()
			id, err := d.FindCase(ctx, v[0])
			if err != nil {
				kept := make([]string, 4)
				copy(kept, v)
				return s.unknown(ctx, v[0], func(ref string) nav.Dialog {
					kept[0] = ref
					return s.creditorForm(m, kept).At(1)
				})
			}
			m.to, m.name, m.text = id, v[0], v[2]
			m.day, _ = pastDate(v[1], today)
			if !with {
				if m.sum, err = money.Parse(v[3]); err != nil {
					return dialog.Tried{Problem: t.Pay.AmountBad}
				}
			}
			return dialog.Tried{Msg: m}
		}
	}
	return f
}

// pastDate reads a day of a payment: one without a year is the last such day.
func pastDate(s string, today calendar.Date) (calendar.Date, bool) {
	d, ok := dialog.Date(s, today)
	if ok && d > today && strings.Count(strings.TrimSuffix(strings.TrimSpace(s), "."), ".") == 1 {
		y, m, day := d.Civil()
		d = calendar.Of(y-1, m, day)
	}
	return d, ok
}
