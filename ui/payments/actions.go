package payments

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/money"
	"kontor/ui/cells"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/text"
)

func sprintf(f string, a ...any) string { return fmt.Sprintf(f, a...) }

func (s *Screen) actions() *keys.Table {
	t := s.look.Text
	act := func(id string, w text.Key, g keys.Group, do func(tea.KeyPressMsg) tea.Cmd, why func() string, ks ...string) *keys.Action {
		return &keys.Action{ID: id, Keys: ks, Short: w.Short, Long: w.Long, Group: g, Do: do, Why: why}
	}
	moves := nav.Moves(s.look, s.move, func() int { return max(1, s.listHeight()-1) })
	return keys.Must(s.look.Bound, append(moves,
		act("book", t.Pay.Book, keys.Act, s.book, s.offBook, "enter"),
		act("split", t.Pay.Split, keys.Act, s.askSplit, s.offSplit, "s"),
		act("other_case", t.Pay.Other, keys.Act, s.askOther, s.offOpen, "m"),
		act("to_creditor", t.Pay.ToCreditor, keys.Act, s.askCreditor, nil, "D"),
		act("refuse", t.Pay.Refuse, keys.Act, s.askRefuse, s.offOpen, "x"),
		act("why", t.Pay.Why, keys.Look, s.why, s.offShown, "i"),
		act("import", t.Pay.Import, keys.Act, s.askImport, s.offImport, "I"),
		act("reopen", t.Pay.Reopen, keys.Act, s.reopen, s.offReopen, "u"),
		act("list", t.Keys.LaneNext, keys.Move, s.list, nil, "tab", "l", "right", "h", "left", "shift+tab"),
		act("copy", text.Key{Long: t.Keys.Copy.Long}, keys.Look, func(tea.KeyPressMsg) tea.Cmd {
			what := cells.Line(s.at().Reference.String())
			return tea.Batch(tea.SetClipboard(what), nav.Tell(nav.Plain, sprintf(t.Bar.Copied, what)))
		}, func() string {
			if r := s.at(); r == nil || r.Reference.IsZero() {
				return t.Bar.NothingToCopy
			}
			return ""
		}, "y"),
	)...)
}

// offShown says that nothing is selected, or not read yet.
func (s *Screen) offShown() string {
	switch {
	case s.at() == nil:
		return s.look.Text.Pay.Nothing
	case s.shown() == nil:
		return s.look.Text.Bar.Loading
	}
	return ""
}

// offOpen says why no decision can be made about the selected payment.
func (s *Screen) offOpen() string {
	t := s.look.Text.Pay
	if why := s.offShown(); why != "" {
		return why
	}
	switch r := s.at(); {
	case r.Currency != money.Currency:
		return t.Foreign
	case !r.State.Open():
		return t.NotOpen
	}
	return ""
}

func (s *Screen) offBook() string {
	if why := s.offOpen(); why != "" {
		return why
	}
	if len(s.shown().Candidates) == 0 {
		return s.look.Text.Pay.NoCase
	}
	return ""
}

func (s *Screen) offSplit() string {
	if why := s.offOpen(); why != "" {
		return why
	}
	if s.at().Cents <= 0 {
		return s.look.Text.Pay.NotCredit
	}
	return ""
}

func (s *Screen) offImport() string {
	switch {
	case s.outside == nil || s.outside.Statement == nil:
		return s.look.Text.Pay.NoImport
	case s.busy:
		return s.look.Text.Pay.Importing
	}
	return ""
}

func (s *Screen) offReopen() string {
	if id, _ := s.reopened(); id == "" {
		if s.at() == nil {
			return s.look.Text.Pay.Nothing
		}
		return s.look.Text.Pay.NotBooked
	}
	return ""
}

// reopened names what u takes back: the selected payment if it is decided, else
// the one that was decided here last.
func (s *Screen) reopened() (id cases.EntryID, ask bool) {
	if r := s.at(); r != nil && r.Currency == money.Currency && (r.State == cases.EntryBooked || r.State == cases.EntryRefused) {
		return r.Entry, r.Entry != s.last
	}
	return s.last, false
}
