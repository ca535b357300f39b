package dialog

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/ui/cells"
	"kontor/ui/nav"
)

// Finder looks cases up by reference or name.
type Finder interface {
	FindCases(ctx context.Context, words string, limit int) ([]desk.CaseRef, error)
}

const (
	findFrom    = 2 // letters typed
	findMost    = 20
	findTimeout = 10 * time.Second
)

// foundMsg answers a look-up.
type foundMsg struct {
	pick  *Pick
	words string
	hits  []desk.CaseRef
	err   error
}

// Cases lists, below the options, the cases that contain the words typed; value
// makes the answer of one of them. An old list goes with the first letter of a
// new word: enter never takes what was found for other words.
func (p *Pick) Cases(d Finder, value func(desk.CaseRef) any) *Pick {
	fixed := len(p.all)
	p.Typed = func(s string) tea.Cmd {
		p.all = p.all[:fixed:fixed]
		p.filter()
		words := plain.Line(s).String()
		if utf8.RuneCountInString(words) < findFrom {
			return nil
		}
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), findTimeout)
			defer cancel()
			hits, err := d.FindCases(ctx, words, findMost)
			return foundMsg{p, words, hits, err}
		}
	}
	p.React = func(p *Pick, m tea.Msg) tea.Cmd {
		f, ok := m.(foundMsg)
		if !ok || f.pick != p || f.words != plain.Line(p.Value()).String() {
			return nil
		}
		if f.err != nil {
			p.Say(p.look.Text.Error(f.err).String(), true)
			return nil
		}
		p.all = p.all[:fixed:fixed]
		p.filter()
		for _, c := range f.hits {
			ref := c.Reference.String() + " "
			if slices.ContainsFunc(p.shown, func(i int) bool { return strings.HasPrefix(p.all[i].Label, ref) }) {
				continue // it is offered already
			}
			label := ref + p.look.Name(c.Debtor)
			detail := cells.Join(p.look.Text.Stage(c.Stage), p.look.Name(c.Creditor))
			p.all = append(p.all, Option{Label: label, Detail: detail, Value: value(c), found: true})
		}
		p.filter()
		return nil
	}
	return p
}

// With puts words into the field, as if they had been typed.
func (p *Pick) With(words string) *Pick {
	if p.field != nil {
		p.field.SetValue(words)
		p.field.CursorEnd()
		p.filter()
	}
	return p
}

var _ nav.Dialog = (*Pick)(nil)
