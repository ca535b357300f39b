package review

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/dialog"
)

// callMsg is a phone note as it was filled in.
type callMsg struct {
	note    string
	cents   money.Cents
	pays    calendar.Date
	back    calendar.Date
	promise bool
}

// The fields of the phone note.
const (
	callWho = iota
	callWay
	callFirst
	callSecond
	callSaid
	callSum
	callOn
	callBack
)

// askCall is the phone note: who, whether it is the right person, what was said,
// what was promised, and when to call back. That a caller named two identifiers
// says who is on the phone, and nothing about any mail address: it stands in
// the note and confirms nobody for letters.
func (s *Screen) askCall(tea.KeyPressMsg) tea.Cmd {
	t := s.look.Text
	c := t.Call
	var who []string
	for _, debtor := range []bool{true, false} { // who calls most comes first
		for _, p := range s.rev.Case.Parties {
			if n := s.personName(p.Person); n != "" && (p.Role == cases.RoleDebtor) == debtor {
				who = append(who, n+" ("+t.Role(p.Role)+")")
			}
		}
	}
	who = append(slices.Compact(who), c.Other)
	var lead []string
	if same := s.compare(); same != "" {
		lead = append(lead, sprintf(c.Compare, same))
	}
	f := dialog.NewForm(s.look, c.Title, lead, []dialog.Field{
		callWho:    {Label: c.Who, Choices: who},
		callWay:    {Label: c.Way, Choices: c.Ways[:]},
		callFirst:  {Label: c.First, Choices: c.Firsts[:]},
		callSecond: {Label: c.Second, Choices: c.Seconds[:]},
		callSaid:   {Label: c.Said},
		callSum:    {Label: c.Sum, Read: s.readSum(true)},
		callOn:     {Label: c.On, Hint: t.Dialog.FollowHint, Read: s.readFuture(true)},
		callBack:   {Label: c.Back, Hint: t.Dialog.FollowHint, Read: s.readFuture(true)},
	}, func(v []string) tea.Msg { return s.callNote(v) })
	f.Judge = s.judgeCall
	return push(f)
}

// compare is what the file says of the identifiers that a caller may name.
func (s *Screen) compare() string {
	if s.look.Masked {
		return ""
	}
	t, k := s.look.Text, s.rev.Case
	var out []string
	for _, cl := range k.Ledger.Claims {
		if cl.Invoice != "" {
			out = append(out, cells.Line(cl.Invoice))
			break
		}
	}
	p, ok := k.Party(cases.RoleDebtor, s.rev.Today)
	if !ok || s.rev.Persons[p.Person] == nil {
		return cells.Join(out...)
	}
	who := s.rev.Persons[p.Person]
	if who.External != "" {
		out = append(out, cells.Line(who.External))
	}
	for _, x := range who.Contacts {
		if x.Channel == cases.Postal && x.Valid(s.rev.Today) {
			out = append(out, cells.Line(x.Value.String()))
			break
		}
	}
	if who.Born != 0 {
		out = append(out, sprintf(t.Call.Born, who.Born.Long(t.Lang)))
	}
	if len(who.IBANs) > 0 {
		iban := cells.Line(who.IBANs[0])
		out = append(out, sprintf(t.Call.Account, "…"+iban[max(0, len(iban)-4):]))
	}
	return cells.Join(out...)
}

func (s *Screen) judgeCall(v []string) (string, string) {
	c := s.look.Text.Call
	id := c.NotChecked
	switch {
	case v[callWay] == c.Ways[2]:
		id = c.NotReached
	case v[callWho] == c.Other:
		id = c.Stranger
	case v[callFirst] != c.Firsts[0] && v[callSecond] != c.Seconds[0]:
		id = c.Checked
	}
	switch {
	case (v[callSum] == "") != (v[callOn] == ""):
		return "", id + " " + c.PromiseHalf
	case v[callSaid] == "" && v[callWay] != c.Ways[2]:
		return "", id + " " + c.SaidMissing
	}
	return id, ""
}

// callNote puts the fields into the words that stay on the case.
func (s *Screen) callNote(v []string) tea.Msg {
	t, today := s.look.Text, s.rev.Today
	c := t.Call
	words := []string{sprintf(c.NoteHead, v[callWay], v[callWho])}
	if v[callWay] != c.Ways[2] {
		if v[callFirst] != c.Firsts[0] && v[callSecond] != c.Seconds[0] && v[callWho] != c.Other {
			words = append(words, sprintf(c.NoteChecked, v[callFirst], v[callSecond]))
		} else {
			words = append(words, c.NoteNotChecked)
		}
	}
	if v[callSaid] != "" {
		words = append(words, v[callSaid])
	}
	m := callMsg{}
	if v[callSum] != "" {
		cents, err := money.Parse(v[callSum])
		if err != nil {
			return nil
		}
		m.cents, m.promise = cents, true
		m.pays, _ = dialog.Date(v[callOn], today)
		words = append(words, sprintf(c.NotePromise, t.Money(cents), m.pays.Long(t.Lang)))
	}
	if v[callBack] != "" {
		m.back, _ = dialog.Date(v[callBack], today)
		words = append(words, sprintf(c.NoteBack, m.back.Long(t.Lang)))
	}
	m.note = strings.Join(words, " ")
	return m
}

// called records the note, with the promise and the call-back that it names.
func (s *Screen) called(m callMsg) tea.Cmd {
	effects := []cases.Effect{{Kind: cases.AddNote, Text: plain.Line(m.note)}}
	if m.promise {
		effects = append(effects, s.promised(m.cents, m.pays)...)
	}
	if m.back != 0 {
		effects = append(effects, cases.Effect{Kind: cases.SetFollowUp, Date: m.back, Code: "call_back"})
	}
	if m.promise || m.back != 0 {
		return s.replace(s.look.Text.Call.Saved, effects...)
	}
	return s.change(s.look.Text.Call.Saved, effects...)
}
