package queue

import (
	tea "charm.land/bubbletea/v2"

	"kontor/cases/priority"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/text"
)

func (s *Screen) actions() *keys.Table {
	t := s.look.Text
	k := t.Keys
	act := func(id string, w text.Key, g keys.Group, do func(tea.KeyPressMsg) tea.Cmd, why func() string, ks ...string) *keys.Action {
		return &keys.Action{ID: id, Keys: ks, Short: w.Short, Long: w.Long, Group: g, Do: do, Why: why}
	}
	selected := func() string {
		if _, ok := s.at(); !ok {
			return t.Queue.NoSelection
		}
		return ""
	}
	move := func(n int) func(tea.KeyPressMsg) tea.Cmd {
		return func(tea.KeyPressMsg) tea.Cmd { return s.moveBy(n) }
	}
	page := func(n int) func(tea.KeyPressMsg) tea.Cmd {
		return func(tea.KeyPressMsg) tea.Cmd { return s.moveBy(n * max(1, s.lay().list.Dy()-1)) }
	}
	fresh := act("order", k.Order, keys.Move, func(tea.KeyPressMsg) tea.Cmd {
		clear(s.later)
		s.moved = true
		return tea.Batch(s.load(true), nav.Tell(nav.Plain, t.Queue.Ordered))
	}, nil, "o")
	lane := act("lane_next", k.LaneNext, keys.Move, s.laneBy(1), nil, "l", "right", "tab")
	lane.Foot = func() string {
		if s.only {
			return ""
		}
		return k.LaneNext.Short
	}
	own := []*keys.Action{
		act("open", k.Open, keys.Act, s.open, selected, "enter"),
		lane,
		act("lane_prev", k.LanePrev, keys.Move, s.laneBy(-1), nil, "h", "left", "shift+tab"),
		act("filter", k.Filter, keys.Look, s.openFilter, nil, "f", "/"),
		act("why", k.WhyHere, keys.Look, s.why, selected, "i"),
		fresh,
		act("later", k.Later, keys.Act, func(tea.KeyPressMsg) tea.Cmd {
			s.moved = true
			if n := len(s.marked); n > 0 {
				s.putOff()
				return tea.Batch(nav.Tell(nav.Plain, t.Queue.AllLater.N(n)), s.rest())
			}
			ref, _ := s.at()
			s.Later(ref)
			return tea.Batch(nav.Tell(nav.Plain, t.Queue.PutLater), s.rest())
		}, selected, "z"),
		act("mark", k.Mark, keys.Act, func(tea.KeyPressMsg) tea.Cmd {
			ref, _ := s.at()
			if s.marked[ref] {
				delete(s.marked, ref)
			} else {
				s.marked[ref] = true
			}
			return s.moveBy(1)
		}, selected, "space"),
		act("copy", k.Copy, keys.Look, func(tea.KeyPressMsg) tea.Cmd {
			ref := s.row(int(s.view[s.cursor])).Reference.String()
			return tea.Batch(tea.SetClipboard(ref), nav.Tell(nav.Plain, sprintf(t.Bar.Copied, ref)))
		}, func() string {
			if m := selected(); m != "" {
				return m
			}
			if s.row(int(s.view[s.cursor])).Reference.IsZero() {
				return t.Bar.NothingToCopy
			}
			return ""
		}, "y"),
		act("down", k.Down, keys.Move, move(1), nil, "j", "down"),
		act("up", k.Up, keys.Move, move(-1), nil, "k", "up"),
		act("page_down", k.PageDown, keys.Move, page(1), nil, "pgdown", "ctrl+d"),
		act("page_up", k.PageUp, keys.Move, page(-1), nil, "pgup", "ctrl+u"),
		act("first", k.First, keys.Move, move(-1<<30), nil, "g", "home"),
		act("last", k.Last, keys.Move, move(1<<30), nil, "G", "end"),
	}
	verbs := nav.VerbActions(t, s.Item, selected)
	for _, v := range verbs {
		if v.ID == "assign" {
			v.Urgent = s.homeless
			v.Foot = func() string {
				if s.homeless() {
					return k.Assign.Short
				}
				return ""
			}
		}
	}
	return keys.Must(s.look.Bound, append(own, verbs...)...)
}

// homeless reports whether the cursor is on a mail without a case.
func (s *Screen) homeless() bool {
	ref, ok := s.at()
	return ok && ref.Kind == priority.ItemMessage && s.row(int(s.view[s.cursor])).Case == ""
}

func (s *Screen) open(tea.KeyPressMsg) tea.Cmd {
	ref, _ := s.at()
	s.moved = true
	return nav.Send(nav.OpenItem{Item: ref})
}

func (s *Screen) moveBy(n int) tea.Cmd {
	before := s.cursor
	s.cursor = max(0, min(s.cursor+n, len(s.view)-1))
	s.moved = true
	s.clamp()
	if s.cursor == before {
		return nil
	}
	return s.rest()
}

// laneBy goes to the next lane that holds something; before the first stands "all".
func (s *Screen) laneBy(n int) func(tea.KeyPressMsg) tea.Cmd {
	return func(tea.KeyPressMsg) tea.Cmd {
		lanes := []priority.Lane{""}
		if s.base != nil {
			for _, c := range s.base.Lanes() {
				lanes = append(lanes, c.Lane)
			}
		}
		at := 0
		for i, l := range lanes {
			if l == s.lane {
				at = i
			}
		}
		s.only = false
		s.lane = lanes[(at+n+len(lanes))%len(lanes)]
		s.moved = true
		s.closeFilter()
		s.refill(s.Item())
		return s.rest()
	}
}
