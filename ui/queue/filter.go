package queue

import (
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/unicode/norm"

	"kontor/cases/desk"
	"kontor/ui/nav"
)

// index holds the folded words of every row of one order, so that a filter is
// a substring search and nothing else.
type index struct {
	queue *desk.Queue
	words []string
}

// fold makes words comparable: composed, lower case, sharp s as ss.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if !ascii {
		s = strings.ReplaceAll(norm.NFC.String(s), "ß", "ss")
	}
	return strings.ToLower(s)
}

func makeIndex(q *desk.Queue) *index {
	x := &index{queue: q, words: make([]string, q.Len())}
	halves(len(x.words), func(a, z int) {
		for i := a; i < z; i++ {
			r := q.Row(i)
			x.words[i] = fold(r.Reference.String() + "\n" + r.Debtor.String() + "\n" + r.From.String() + "\n" + r.Subject.String())
		}
	})
	return x
}

// search returns those of view whose words contain every word of q.
func (x *index) search(view []int32, q string) []int32 {
	want := strings.Fields(fold(q))
	if len(want) == 0 {
		return view
	}
	hit := make([]bool, len(view))
	halves(len(view), func(a, z int) {
		for i := a; i < z; i++ {
			ok := true
			for _, w := range want {
				if !strings.Contains(x.words[view[i]], w) {
					ok = false
					break
				}
			}
			hit[i] = ok
		}
	})
	out := make([]int32, 0, 64)
	for i, h := range hit {
		if h {
			out = append(out, view[i])
		}
	}
	return out
}

// halves runs f over both halves of 0..n at once and waits for them.
func halves(n int, f func(a, z int)) {
	if n < 4096 {
		f(0, n)
		return
	}
	var wg sync.WaitGroup
	wg.Go(func() { f(0, n/2) })
	f(n/2, n)
	wg.Wait()
}

// search filters off the update loop. A longer filter narrows what the shorter
// one found.
func (s *Screen) search(q string) tea.Cmd {
	s.fgen++
	narrow := s.filter != "" && strings.HasPrefix(q, s.filter) && s.pending == s.filter
	s.filter = q
	if s.base == nil {
		return nil
	}
	if q == "" {
		s.pending = ""
		s.view = s.inLane(false)
		s.cursor, s.top = 0, 0
		return s.rest()
	}
	to, gen, x, base := s, s.fgen, s.index, s.base
	var view []int32
	if narrow {
		view = append(view, s.view...)
	} else {
		view = s.inLane(false)
	}
	return func() tea.Msg {
		if x == nil {
			x = makeIndex(base)
		}
		return filteredMsg{to: to, gen: gen, index: x, view: x.search(view, q)}
	}
}

func (s *Screen) openFilter(tea.KeyPressMsg) tea.Cmd {
	s.typing, s.moved = true, true
	s.field.SetValue(s.filter)
	s.field.CursorEnd()
	s.field.Placeholder = s.look.Text.Queue.FilterHint
	s.field.SetWidth(max(10, min(60, s.w-30)))
	return tea.Batch(s.field.Focus(), s.search(s.filter))
}

func (s *Screen) closeFilter() {
	s.typing = false
	s.filter, s.pending = "", ""
	s.fgen++
	s.field.SetValue("")
	s.field.Blur()
}

// TypingFoot names the keys of the filter.
func (s *Screen) TypingFoot() [][2]string {
	t := s.look.Text
	if s.nothing() {
		return [][2]string{{"⏎", t.Queue.AllCases}, {"esc", t.Queue.ShowAll}}
	}
	return [][2]string{{"⏎", t.Queue.Take}, {"↑↓", t.Keys.Choose.Short}, {"esc", t.Queue.ShowAll}}
}

// nothing reports whether no item of the queue has the words typed.
func (s *Screen) nothing() bool {
	return s.filter != "" && s.pending == s.filter && len(s.view) == 0
}

// filterKey handles a key while the filter is typed.
func (s *Screen) filterKey(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		at, _ := s.at()
		s.closeFilter()
		s.refill(at)
		return s.rest()
	case "enter":
		if s.nothing() {
			words := s.filter
			s.closeFilter()
			s.refill(desk.ItemRef{})
			return tea.Batch(s.rest(), nav.Send(nav.FindCase{Words: words}))
		}
		s.typing = false
		s.field.Blur()
		return nil
	case "down", "up":
		n := 1
		if k.String() == "up" {
			n = -1
		}
		return s.moveBy(n)
	}
	return s.typed(k)
}

func (s *Screen) typed(m tea.Msg) tea.Cmd {
	before := s.field.Value()
	var cmd tea.Cmd
	s.field, cmd = s.field.Update(m)
	if v := s.field.Value(); v != before {
		return tea.Batch(cmd, s.search(v))
	}
	return cmd
}
