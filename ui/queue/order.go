package queue

import (
	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/priority"
)

// refill takes the lane's items into view, the cursor on keep where it is there.
func (s *Screen) refill(keep desk.ItemRef) {
	s.view = s.view[:0:0]
	if s.base == nil {
		return
	}
	s.view = s.inLane(false)
	s.cursor, s.top = 0, 0
	s.keep(keep)
}

// keep puts the cursor on an item where it is in view.
func (s *Screen) keep(item desk.ItemRef) {
	for i, k := range s.view {
		if s.base.Ref(int(k)) == item {
			s.cursor = i
			break
		}
	}
	s.clamp()
}

// inLane lists the items of the chosen lane, without what is done where tidy
// is set; what was put off comes last.
func (s *Screen) inLane(tidy bool) []int32 {
	n := s.base.Len()
	out := make([]int32, 0, n)
	var late []int32
	for i := range n {
		if s.lane != "" && s.base.Lane(i) != s.lane {
			continue
		}
		if s.only && (!mayLackCase(s.base.Lane(i)) || s.base.Row(i).Case != "" || s.base.Ref(i).Kind != priority.ItemMessage) {
			continue
		}
		if tidy && s.done(i) {
			continue
		}
		if len(s.later) > 0 && s.later[s.base.Ref(i)] {
			late = append(late, int32(i))
			continue
		}
		out = append(out, int32(i))
	}
	return append(out, late...)
}

// mayLackCase spares looking into rows of lanes that hold cases only.
func mayLackCase(l priority.Lane) bool {
	switch l { //nolint:exhaustive // the others come from cases
	case priority.LaneUnsure, priority.LaneAlert, priority.LaneDueToday, priority.LaneDelivery, priority.LaneNew, priority.LanePrivacy, priority.LaneComplaint:
		return true
	}
	return false
}

// Tidy drops what is done from the view, once the hands are elsewhere.
func (s *Screen) Tidy() {
	if s.base == nil || s.filter != "" {
		return
	}
	at, _ := s.at()
	if len(s.view) > 0 && s.done(int(s.view[s.cursor])) {
		if next, ok := s.Step(at, 1); ok {
			at = next
		}
	}
	s.view = s.inLane(true)
	s.cursor, s.top = 0, 0
	s.keep(at)
}

// row gives the newest content of item i of the order.
func (s *Screen) row(i int) desk.Row {
	if s.live != nil && s.live != s.base {
		if k := s.live.Find(s.base.Ref(i)); k >= 0 {
			return s.live.Row(k)
		}
	}
	return s.base.Row(i)
}

// done reports whether item i is no longer open.
func (s *Screen) done(i int) bool {
	ref := s.base.Ref(i)
	return s.gone[ref] || s.live != nil && s.live != s.base && s.live.Find(ref) < 0
}

// Gone marks items as decided before the desk says so.
func (s *Screen) Gone(item desk.ItemRef, also []cases.MessageID) {
	s.gone[item] = true
	for _, m := range also {
		s.gone[desk.ItemRef{Kind: priority.ItemMessage, ID: string(m)}] = true
	}
}

// Back says that a decision was undone: the items are open again.
func (s *Screen) Back() { clear(s.gone) }

// Step returns the open item n places after from in the view and moves the
// cursor there; ok is false where there is none.
func (s *Screen) Step(from desk.ItemRef, n int) (ref desk.ItemRef, ok bool) {
	if s.base == nil {
		return desk.ItemRef{}, false
	}
	at := s.cursor
	for i, k := range s.view {
		if s.base.Ref(int(k)) == from {
			at = i
			break
		}
	}
	dir := 1
	if n < 0 {
		dir = -1
	}
	for i := at + dir; i >= 0 && i < len(s.view); i += dir {
		if !s.done(int(s.view[i])) {
			s.cursor, s.moved = i, true
			s.clamp()
			return s.base.Ref(int(s.view[i])), true
		}
	}
	return desk.ItemRef{}, false
}

// First returns the first open item of the view.
func (s *Screen) First() (desk.ItemRef, bool) {
	for i, k := range s.view {
		if !s.done(int(k)) {
			s.cursor = i
			return s.base.Ref(int(k)), true
		}
	}
	return desk.ItemRef{}, false
}

// Later puts an item to the end of today's view and returns the next one.
func (s *Screen) Later(item desk.ItemRef) (desk.ItemRef, bool) {
	next, ok := s.Step(item, 1)
	s.later[item] = true
	if s.filter == "" {
		s.refill(next)
	}
	return next, ok
}

// putOff puts what is marked to the end of today's view.
func (s *Screen) putOff() {
	at, ok := s.at()
	for ok && s.marked[at] { // the cursor goes to the next one that stays
		at, ok = s.Step(at, 1)
	}
	for item := range s.marked {
		s.later[item] = true
	}
	clear(s.marked)
	if s.filter == "" {
		s.refill(at)
	}
}

// Lanes gives what the queue holds, for the overview of the day.
func (s *Screen) Lanes() []desk.LaneCount {
	if s.live == nil {
		return nil
	}
	return s.live.Lanes()
}

// FirstOf returns the first item of a lane as the desk ranks it now.
func (s *Screen) FirstOf(l priority.Lane) (desk.Row, bool) {
	if s.live == nil {
		return desk.Row{}, false
	}
	at := 0
	for _, c := range s.live.Lanes() {
		if c.Lane == l {
			return s.live.Row(at), true
		}
		at += c.N
	}
	return desk.Row{}, false
}

// Loaded reports whether the queue has come.
func (s *Screen) Loaded() bool { return s.live != nil }
