package queue

import (
	"fmt"
	"image"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cases/priority"
	"kontor/ui/cells"
	"kontor/ui/text"
)

func sprintf(f string, a ...any) string { return fmt.Sprintf(f, a...) }

// layout is where lanes, list and preview stand.
type layout struct{ lanes, head, list, rule, preview image.Rectangle }

// arrange divides w × h cells: beside each other from 110 columns on, else the
// preview below the list, and none where there is no room for it.
func arrange(w, h int) layout {
	l := layout{lanes: image.Rect(0, 0, w, 1), head: image.Rect(0, 1, w, 2)}
	body := image.Rect(0, 2, w, max(2, h))
	switch {
	case w >= 110:
		left := min(max(68, w*3/5), 124)
		l.head.Max.X = left
		l.list = image.Rect(0, 2, left, body.Max.Y)
		l.rule = image.Rect(left, 1, left+1, body.Max.Y)
		l.preview = image.Rect(left+1, 1, w, body.Max.Y)
	case body.Dy() >= 16:
		p := min(12, body.Dy()*2/5)
		l.list = image.Rect(0, 2, w, body.Max.Y-p)
		l.rule = image.Rect(0, body.Max.Y-p, w, body.Max.Y-p+1)
		l.preview = image.Rect(0, body.Max.Y-p+1, w, body.Max.Y)
	default:
		l.list = body
	}
	return l
}

func (s *Screen) lay() layout { return arrange(s.w, s.h) }

// Item names what is under the cursor, or nothing.
func (s *Screen) Item() desk.ItemRef {
	ref, _ := s.at()
	return ref
}

// View draws exactly the pane's cells: only the rows in sight.
func (s *Screen) View() ([]string, *tea.Cursor) {
	if s.w <= 0 || s.h <= 0 {
		return nil, nil
	}
	l := s.lay()
	lanes, cur := s.laneLine(s.w)
	out := make([]string, 0, s.h)
	out = append(out, lanes)
	list := append([]string{s.headLine(columnsFor(l.list.Dx()))}, s.rows(l)...)
	switch {
	case l.preview.Empty():
		out = append(out, list...)
	case l.preview.Min.X > 0:
		bar := s.look.Theme.Faint.Render("│")
		preview := cells.Fit(indent(s.previewLines(l.preview.Dx()-2)), l.preview.Dx(), l.preview.Dy())
		for i := range list {
			out = append(out, list[i]+bar+preview[i])
		}
	default:
		out = append(out, list...)
		out = append(out, cells.Rule(s.look.Theme, "", s.w))
		out = append(out, cells.Fit(indent(s.previewLines(s.w-2)), s.w, l.preview.Dy())...)
	}
	return cells.Fit(out, s.w, s.h), cur
}

func indent(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = " " + l
	}
	return out
}

// laneLine is the row of lanes with their counts, or the filter.
func (s *Screen) laneLine(w int) (string, *tea.Cursor) {
	t, th := s.look.Text.Queue, s.look.Theme
	right := ""
	if s.fresh > 0 {
		st := th.Accent
		if s.calls > 0 {
			st = th.Alert
		}
		right = st.Render(" " + t.NewItems.N(s.fresh) + " ")
	}
	if len(s.marked) > 0 {
		right = th.Muted.Render(t.Marked.N(len(s.marked))+" ") + right
	}
	if s.typing || s.filter != "" {
		all := 0
		if s.base != nil {
			all = s.base.Len()
		}
		hits := th.Muted.Render(sprintf(t.Hits, len(s.view), all)) + " " + right
		label := " " + th.Title.Render(t.Filter) + " "
		body := cells.Line(s.filter)
		var cur *tea.Cursor
		if s.typing {
			body = s.field.View()
			if cur = s.field.Cursor(); cur != nil {
				cur.X += cells.Width(label)
				cur.Y = 0
			}
		}
		return cells.Ends(label+body, hits, w), cur
	}
	if s.base == nil {
		return cells.Ends("", right, w), nil
	}
	if s.only {
		return cells.Ends(" "+th.Tab.Render(" "+s.look.Text.Bar.Rooms[3]+sprintf(" %d ", len(s.view))), right, w), nil
	}
	tab := func(l priority.Lane, name string, n int) string {
		label := sprintf(" %s %d ", name, n)
		switch {
		case l == s.lane:
			return th.Tab.Render(label)
		case l == priority.LaneAlert && n > 0:
			return th.Alert.Render(label)
		}
		return th.Muted.Render(label)
	}
	now := map[priority.Lane]int{}
	for _, c := range s.live.Lanes() {
		now[c.Lane] += c.N
	}
	parts := []string{tab("", t.All, s.live.Len())}
	chosen := 0
	for i, c := range s.base.Lanes() {
		parts = append(parts, tab(c.Lane, s.look.Text.Lane(c.Lane), now[c.Lane]))
		if c.Lane == s.lane {
			chosen = i + 1
		}
	}
	room := w - cells.Width(right) - 2
	return cells.Ends(" "+scrollTabs(parts, chosen, room), right, w), nil
}

// scrollTabs drops tabs at the left until the chosen one fits.
func scrollTabs(parts []string, chosen, room int) string {
	from := 0
	for from < chosen && cells.Width(strings.Join(parts[from:chosen+1], "")) > room-2 {
		from++
	}
	out := strings.Join(parts[from:], "")
	if from > 0 {
		out = "‹ " + out
	}
	if cells.Width(out) > room {
		out = cells.Cut(out, room-1) + "›"
	}
	return out
}

// columns are the widths of a row; a column of width 0 is not shown.
type columns struct{ sign, lane, ref, debtor, intent, sure, balance, age, stage, subject int }

func columnsFor(w int) columns {
	c := columns{sign: 3, ref: 14, intent: 15, balance: 12, age: 7}
	if w >= 78 {
		c.lane = 11
	}
	if w >= 96 {
		c.sure = 7
	}
	if w >= 108 {
		c.stage = 14
	}
	rest := w - c.sign - c.lane - c.ref - c.intent - c.sure - c.balance - c.age - c.stage
	c.debtor = rest
	if rest > 46 {
		c.debtor = 24
		c.subject = rest - 24
	}
	if c.debtor < 10 {
		c.intent = max(8, c.intent-(10-c.debtor))
		c.debtor = w - c.sign - c.ref - c.intent - c.balance - c.age
	}
	return c
}

func (s *Screen) headLine(c columns) string {
	t := s.look.Text.Queue
	return s.look.Theme.Muted.Render(line(c, "", t.Lane, t.Ref, t.Debtor, t.Intent, t.Sure, t.Balance, t.Age, t.Stage, t.Subject))
}

// line sets the cells of one row.
func line(c columns, sign, lane, ref, debtor, intent, sure, balance, age, stage, subject string) string {
	var b strings.Builder
	b.Grow(256)
	b.WriteString(cells.Cell(sign, c.sign))
	put := func(s string, w int) {
		if w > 0 {
			b.WriteString(cells.Cell(s, w-1))
			b.WriteByte(' ')
		}
	}
	put(lane, c.lane)
	put(ref, c.ref)
	put(debtor, c.debtor)
	put(intent, c.intent)
	put(sure, c.sure)
	put(subject, c.subject)
	put(stage, c.stage)
	b.WriteString(cells.Right(balance, c.balance-1))
	b.WriteString(cells.Right(age, c.age))
	b.WriteByte(' ')
	return b.String()
}

func (s *Screen) rows(l layout) []string {
	th, t := s.look.Theme, s.look.Text
	h := l.list.Dy()
	out := make([]string, 0, h)
	if len(s.view) == 0 {
		words := t.Queue.Loading
		switch {
		case s.err != nil:
			words = t.Error(s.err).String()
		case s.filter != "":
			words = t.Queue.NoHit
		case s.base != nil && (s.lane != "" || s.only):
			words = t.Queue.EmptyLane
		case s.base != nil:
			words = t.Queue.Empty
		}
		out = append(out, "")
		for _, x := range cells.Wrap(plain.Line(words), l.list.Dx()-4, th.Muted) {
			out = append(out, "  "+x)
		}
		return cells.Fit(out, l.list.Dx(), h)
	}
	c := columnsFor(l.list.Dx())
	for i := s.top; i < min(s.top+h, len(s.view)); i++ {
		out = append(out, s.rowLine(int(s.view[i]), c, i == s.cursor))
	}
	return cells.Fit(out, l.list.Dx(), h)
}

func (s *Screen) rowLine(i int, c columns, here bool) string {
	th, t := s.look.Theme, s.look.Text
	r := s.row(i)
	gone := s.done(i)
	ref := r.Reference.String()
	if ref == "" {
		ref = t.Queue.Unassigned
	}
	who := r.Debtor
	if who.IsZero() {
		who = r.From
	}
	balance := ""
	if r.BalanceOK {
		balance = s.look.Sum(r.Balance)
	}
	what, sure := s.what(r)
	words := line(c, s.sign(r, here, gone, s.marked[r.Item]), t.LaneSlim(r.Lane), cells.Line(ref), cells.Line(s.look.Name(who)), what, sure, balance, s.age(r), t.Stage(r.Stage), cells.Line(r.Subject.String()))
	switch {
	case here:
		return th.Selected.Render(words)
	case gone:
		return th.Faint.Render(words)
	case r.Lane == priority.LaneAlert:
		return th.Bad.Render(words)
	case r.Lane == priority.LaneDueToday:
		return th.Law.Render(words)
	case r.Unsure || r.Reference.IsZero():
		return th.Warn.Render(words)
	}
	return th.Text.Render(words)
}

// sign is the row's mark: where the hands are, and what sort of row it is.
func (s *Screen) sign(r desk.Row, here, gone, marked bool) string {
	left, right := " ", " "
	switch {
	case here:
		left = "▌"
	case marked:
		left = "•"
	}
	switch {
	case gone:
		right = "✓"
	case len(r.Alerts) > 0:
		right = "!"
	case r.Lane == priority.LaneDueToday || r.Due != 0:
		right = "§"
	case r.Unsure || r.Case == "":
		right = "?"
	case r.Held != "":
		right = "≡"
	case marked:
		right = "•"
	}
	return left + right
}

// what says what the item wants.
func (s *Screen) what(r desk.Row) (what, sure string) {
	t := s.look.Text
	if len(r.Alerts) > 0 {
		return t.LaneSlim(priority.LaneAlert), ""
	}
	if r.Item.Kind == priority.ItemMessage || r.Item.Kind == priority.ItemAlert {
		return t.IntentSlim(r.Intent), text.Percent(r.Permille)
	}
	if r.State != "" {
		return t.Reply(r.State), ""
	}
	return t.Item(r.Item.Kind), ""
}

func (s *Screen) age(r desk.Row) string {
	t := s.look.Text
	switch {
	case r.AgeDays > 0:
		return sprintf(t.Queue.AgeDays, r.AgeDays)
	case !r.Received.IsZero():
		return s.look.Clock(r.Received)
	case r.FollowUp != 0:
		_, m, d := r.FollowUp.Civil()
		return sprintf("%02d.%02d.", d, int(m))
	}
	return ""
}

// previewLines is what the item under the cursor is about.
func (s *Screen) previewLines(w int) []string {
	ref, ok := s.at()
	if !ok || w < 10 {
		return nil
	}
	if s.previewW == w && s.previewOf == ref && s.lines != nil {
		return s.lines
	}
	s.lines, s.previewW = s.makePreview(ref, w), w
	return s.lines
}

func (s *Screen) makePreview(ref desk.ItemRef, w int) []string {
	th, t := s.look.Theme, s.look.Text
	r := s.row(int(s.view[s.cursor]))
	title := s.mask(cells.Line(r.Subject.String()))
	if title == "" {
		title = t.Item(ref.Kind)
	}
	who := r.From
	if who.IsZero() {
		who = r.Debtor
	}
	meta := cells.Join(cells.Line(s.look.Name(who)), s.look.When(r.Received), t.Stage(r.Stage))
	var out []string
	if s.lay().preview.Min.X == 0 { // below the list: few lines, so two of a kind share one
		out = append(out, cells.Ends(th.Strong.Render(title), "  "+th.Muted.Render(meta), w))
		line := s.chips(r, w)[0]
		if len(r.Reasons) > 0 && !s.look.Masked {
			line = cells.Ends(line, "  "+th.Muted.Render(t.Reason(r.Reasons[0])+" "+text.Points(r.Reasons[0])), w)
		}
		out = append(out, line)
	} else {
		out = append(cells.Wrap(plain.Line(title), w, th.Strong), th.Muted.Render(cells.Cut(meta, w)))
		out = append(out, s.chips(r, w)...)
		for _, x := range r.Reasons[:min(3, len(r.Reasons))] {
			if s.look.Masked && x.Factor == priority.FactorAmount {
				continue
			}
			out = append(out, th.Muted.Render(cells.Cell("· "+t.Reason(x), w-5)+cells.Right(text.Points(x), 5)))
		}
	}
	out = append(out, "")
	if s.previewOf != ref || s.preview == nil {
		if s.previewErr != nil {
			return append(out, cells.Wrap(plain.Line(t.Error(s.previewErr).String()), w, th.Bad)...)
		}
		return out
	}
	p := s.preview
	if p.Case == nil && p.Message != nil {
		if len(p.Suggest) == 0 {
			out = append(out, th.Muted.Render(cells.Cut(t.Queue.NoSuggest, w)), "")
		} else {
			out = append(out, th.Muted.Render(cells.Cut(t.Queue.Suggest, w)))
			for _, g := range p.Suggest[:min(3, len(p.Suggest))] {
				out = append(out, cells.Cut(sprintf("%4d  %s  %s", g.Score, cells.Line(g.Reference.String()), cells.Line(s.look.Name(g.Debtor))), w))
			}
			out = append(out, "")
		}
	}
	body := p.Own
	if body.IsZero() {
		body = p.Text
	}
	if c, cut := body.Cut(8000); cut {
		body = c
	}
	return append(out, cells.Wrap(plain.Clean(s.mask(body.String())), w, th.Text)...)
}

// chips are intent, flags and alerts, with signs of their own.
func (s *Screen) chips(r desk.Row, w int) []string {
	th, t := s.look.Theme, s.look.Text
	if len(r.Alerts) > 0 {
		var names []string
		for _, a := range r.Alerts {
			names = append(names, t.Alert(a))
		}
		return []string{th.Alert.Render(cells.Cell(" ! "+strings.Join(names, ", "), w))}
	}
	words := t.Intent(r.Intent)
	if r.Item.Kind != priority.ItemMessage {
		words = t.Item(r.Item.Kind)
	} else if r.Unsure && r.Second != "" {
		words = "? " + sprintf(t.Review.Unsure, t.Intent(r.Intent)+" "+text.Percent(r.Permille), t.Intent(r.Second))
	} else if s.byHand(r) {
		words += ", " + t.Review.ByPerson
	} else if r.Intent != "" {
		words += " " + text.Percent(r.Permille)
	}
	for _, f := range r.Flags {
		words += " · " + t.Flag(f)
	}
	if r.Held != "" {
		words += " · ≡ " + t.HoldReason(r.Held)
	}
	st := th.Value
	if r.Unsure || len(r.Flags) > 0 {
		st = th.Warn
	}
	return cells.Wrap(plain.Line(words), w, st)
}

// byHand reports whether a person has classified the mail of the preview.
func (s *Screen) byHand(r desk.Row) bool {
	p := s.preview
	return s.previewOf == r.Item && p != nil && p.Message != nil && p.Message.ClassifiedByPerson
}

// mask hides words of strangers where masking is on: a list has no names to
// hide one by one.
func (s *Screen) mask(words string) string {
	if !s.look.Masked {
		return words
	}
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' {
			return r
		}
		return '▒'
	}, words)
}
