// Package outbox shows every reply from its approval to its end, takes back
// what may still be taken back, and asks a person where delivery is unclear.
package outbox

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/themes"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// Desk is what the outbox asks of the desk.
type Desk interface {
	Outbox(ctx context.Context) ([]desk.OutboxRow, error)
	Letter(ctx context.Context, r cases.ReplyID) (desk.Letter, error)
	Undo(ctx context.Context, r cases.ReplyID) error
	Settle(ctx context.Context, r cases.ReplyID, choice string) error
	Holds(ctx context.Context, r cases.ReplyID) (bool, error)
}

const (
	timeout       = 10 * time.Second
	searchTimeout = 60 * time.Second // a mailbox may be slow
)

// Screen is the outbox.
type Screen struct {
	look   *nav.Look
	desk   Desk
	table  *keys.Table
	rows   []desk.OutboxRow
	loaded bool
	err    error
	gen    int
	cursor int
	top    int
	w, h   int
}

// New makes the outbox's screen.
func New(look *nav.Look, d Desk) *Screen {
	s := &Screen{look: look, desk: d}
	s.table = s.actions()
	return s
}

type (
	loadedMsg struct {
		to   *Screen
		gen  int
		rows []desk.OutboxRow
		err  error
	}
	doneMsg struct {
		to  *Screen
		say string
		err error
	}
	readMsg struct {
		to     *Screen
		letter desk.Letter
		err    error
	}
	heldMsg struct {
		reply cases.ReplyID
		found bool
		err   error
	}
	settleMsg struct {
		reply  cases.ReplyID
		choice string
	}
)

// Init loads the rows.
func (s *Screen) Init() tea.Cmd { return s.load() }

func (s *Screen) load() tea.Cmd {
	s.gen++
	to, gen, d := s, s.gen, s.desk
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		rows, err := d.Outbox(ctx)
		return loadedMsg{to, gen, rows, err}
	}
}

// Keys gives the actions.
func (s *Screen) Keys() *keys.Table { return s.table }

// Typing is never so here.
func (s *Screen) Typing() bool { return false }

// Holds names the case of the selected reply.
func (s *Screen) Holds() (desk.ItemRef, cases.CaseID) {
	if r := s.at(); r != nil {
		return desk.ItemRef{}, r.Case
	}
	return desk.ItemRef{}, ""
}

func (s *Screen) at() *desk.OutboxRow {
	if s.cursor < 0 || s.cursor >= len(s.rows) {
		return nil
	}
	return &s.rows[s.cursor]
}

func (s *Screen) actions() *keys.Table {
	t := s.look.Text
	act := func(id string, w text.Key, g keys.Group, do func(tea.KeyPressMsg) tea.Cmd, why func() string, ks ...string) *keys.Action {
		return &keys.Action{ID: id, Keys: ks, Short: w.Short, Long: w.Long, Group: g, Do: do, Why: why}
	}
	some := func() string {
		if s.at() == nil {
			return t.Outbox.Nothing
		}
		return ""
	}
	moves := nav.Moves(s.look, func(n int) tea.Cmd {
		s.cursor = max(0, min(s.cursor+n, len(s.rows)-1))
		s.clamp()
		return nil
	}, func() int { return 10 })
	return keys.Must(s.look.Bound, append(moves,
		act("take_back", t.Keys.TakeBack, keys.Act, s.takeBack, func() string {
			r := s.at()
			switch {
			case r == nil:
				return t.Outbox.Nothing
			case r.State != cases.ReplyApproved:
				return fmt.Sprintf(t.Outbox.TooLate, t.Reply(r.State))
			}
			return ""
		}, "u"),
		act("settle", t.Keys.Settle, keys.Act, s.settle, some, "enter"),
		act("read", t.Outbox.Read, keys.Look, s.read, func() string {
			if s.at() != nil && s.look.Masked {
				return t.Bar.MaskOn
			}
			return some()
		}, "v"),
		act("copy", t.Keys.Copy, keys.Look, func(tea.KeyPressMsg) tea.Cmd {
			id := cells.Line(s.at().RFCID)
			return tea.Batch(tea.SetClipboard(id), nav.Tell(nav.Plain, fmt.Sprintf(t.Bar.Copied, id)))
		}, some, "y"),
	)...)
}

// Update takes messages.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.SizeMsg:
		s.w, s.h = msg.W, msg.H
		s.clamp()
	case nav.LookMsg:
		s.table = s.actions()
	case nav.NewsMsg:
		if msg.Outbox || msg.Status {
			return s.load()
		}
	case loadedMsg:
		if msg.to == s && msg.gen == s.gen {
			s.take(msg)
		}
	case doneMsg:
		if msg.to != s {
			return nil
		}
		if msg.err != nil {
			return tea.Batch(nav.Tell(nav.Bad, s.look.Text.Error(msg.err).String()), s.load())
		}
		return tea.Batch(nav.Tell(nav.Good, msg.say), s.load())
	case readMsg:
		if msg.to != s {
			return nil
		}
		if msg.err != nil {
			return nav.Tell(nav.Bad, s.look.Text.Error(msg.err).String())
		}
		look := s.look
		return nav.Send(nav.Push{Dialog: dialog.NewRead(look, look.Text.Outbox.Detail, 76, func(w int) []string { return letterLines(look, msg.letter, w) })})
	case settleMsg:
		d, words := s.desk, s.look.Text.Words.Settle[msg.choice]
		return s.do(fmt.Sprintf(s.look.Text.Outbox.Settled, words), func(ctx context.Context) error { return d.Settle(ctx, msg.reply, msg.choice) })
	}
	return nil
}

// take puts the rows on the screen; the cursor stays on its reply.
func (s *Screen) take(m loadedMsg) {
	s.loaded, s.err = true, m.err
	if m.err != nil {
		return
	}
	var keep cases.ReplyID
	if r := s.at(); r != nil {
		keep = r.Reply
	}
	s.rows = m.rows
	for i := range s.rows {
		if s.rows[i].Reply == keep {
			s.cursor = i
		}
	}
	s.clamp()
}

func (s *Screen) do(say string, f func(context.Context) error) tea.Cmd {
	to := s
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		return doneMsg{to, say, f(ctx)}
	}
}

func (s *Screen) takeBack(tea.KeyPressMsg) tea.Cmd {
	d, id := s.desk, s.at().Reply
	return s.do(s.look.Text.Bar.Undone, func(ctx context.Context) error { return d.Undo(ctx, id) })
}

// read fetches what the selected reply says.
func (s *Screen) read(tea.KeyPressMsg) tea.Cmd {
	to, d, id := s, s.desk, s.at().Reply
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		l, err := d.Letter(ctx, id)
		return readMsg{to, l, err}
	}
}

// letterLines is a letter to read: subject, text, what goes with it.
func letterLines(look *nav.Look, l desk.Letter, w int) []string {
	th := look.Theme
	out := append(cells.Wrap(l.Subject, w, th.Strong), "")
	out = append(out, cells.Wrap(l.Text, w, th.Text)...)
	for i, f := range l.Files {
		if i == 0 {
			out = append(out, "")
		}
		out = append(out, cells.Wrap(plain.Line("+ "+f.Name.String()), w, th.Muted)...)
	}
	return out
}

// settle shows everything about the reply, and the choices where it needs one.
func (s *Screen) settle(tea.KeyPressMsg) tea.Cmd {
	t, r := s.look.Text, *s.at()
	if r.State != cases.ReplyUnknown && r.State != cases.ReplyRefused {
		look := s.look
		return nav.Send(nav.Push{Dialog: dialog.NewRead(s.look, t.Outbox.Detail, 76, func(w int) []string { return detail(look, r, w) })})
	}
	choices := []string{"sent", "again", "give_up"}
	say := t.Outbox.SettleUnknown
	if r.State == cases.ReplyRefused {
		choices, say = []string{"again", "give_up"}, t.Outbox.SettleRefused
	}
	var opts []dialog.Option
	for _, c := range choices {
		opts = append(opts, dialog.Option{Label: t.Words.Settle[c], Value: settleMsg{r.Reply, c}})
	}
	if r.State == cases.ReplyUnknown {
		opts = append(opts, dialog.Option{Label: t.Keys.Folder.Long, Value: "search"})
	}
	d := s.desk
	p := dialog.NewPick(s.look, cells.Line(t.Outbox.SettleTitle+": "+r.To.String()), opts, "", t.Dialog.ChooseKeys, nil)
	p.Say(say+" "+cells.Line(r.Response.String()), false)
	p.OnDone(func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg {
		if m, ok := o.Value.(settleMsg); ok {
			return m
		}
		return nil
	})
	p.Choose = func(o dialog.Option) tea.Cmd {
		if o.Value != "search" {
			return nil
		}
		p.Say(t.Outbox.Searching, false)
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), searchTimeout)
			defer cancel()
			found, err := d.Holds(ctx, r.Reply)
			return heldMsg{r.Reply, found, err}
		}
	}
	p.React = func(p *dialog.Pick, m tea.Msg) tea.Cmd {
		h, ok := m.(heldMsg)
		if !ok || h.reply != r.Reply {
			return nil
		}
		switch {
		case h.err != nil:
			p.Say(t.Error(h.err).String(), true)
		case h.found:
			p.Say(t.Outbox.Held, false)
		default:
			p.Say(t.Outbox.NotHeld, false)
		}
		return nil
	}
	return nav.Send(nav.Push{Dialog: p})
}

func (s *Screen) clamp() {
	s.cursor = max(0, min(s.cursor, len(s.rows)-1))
	s.top = cells.Window(s.top, s.cursor, s.listHeight(), len(s.rows))
}

func (s *Screen) detailHeight() int {
	if s.h < 14 {
		return 0
	}
	return min(11, s.h*2/5)
}

func (s *Screen) listHeight() int { return max(1, s.h-1-s.detailHeight()) }

// View draws the rows and, below, the selected reply.
func (s *Screen) View() ([]string, *tea.Cursor) {
	if s.w <= 0 || s.h <= 0 {
		return nil, nil
	}
	t, th := s.look.Text, s.look.Theme
	if len(s.rows) == 0 {
		words := t.Bar.Loading
		if s.err != nil {
			words = t.Error(s.err).String()
		} else if s.loaded {
			words = t.Outbox.Empty
		}
		out := []string{""}
		for _, l := range cells.Wrap(plain.Line(words), s.w-4, th.Muted) {
			out = append(out, "  "+l)
		}
		return cells.Fit(out, s.w, s.h), nil
	}
	o := t.Outbox
	out := []string{th.Muted.Render(s.line("", o.State, o.Case, o.Debtor, o.To, o.Subject, o.When))}
	for i := s.top; i < min(s.top+s.listHeight(), len(s.rows)); i++ {
		out = append(out, s.row(&s.rows[i], i == s.cursor))
	}
	out = cells.Fit(out, s.w, 1+s.listHeight())
	if d := s.detailHeight(); d > 0 {
		out = append(out, cells.Rule(th, th.Muted.Render(o.Detail), s.w))
		var body []string
		if r := s.at(); r != nil {
			for _, l := range detail(s.look, *r, s.w-4) {
				body = append(body, "  "+l)
			}
		}
		out = append(out, cells.Fit(body, s.w, d-1)...)
	}
	return cells.Fit(out, s.w, s.h), nil
}

// line sets the cells of one row.
func (s *Screen) line(sign, state, ref, debtor, to, subject, when string) string {
	ww := 16
	if s.w < 76 { // who gets it matters more than when; the detail below has both
		ww = 0
	}
	rest := s.w - 3 - 20 - 15 - ww - 2
	dw := 0
	if rest > 44 {
		dw = 22
	}
	tw := (rest - dw) / 2
	if ww == 0 {
		tw = rest
	}
	var b strings.Builder
	put := func(v string, w int) {
		if w > 0 {
			b.WriteString(cells.Cell(v, w-1) + " ")
		}
	}
	b.WriteString(cells.Cell(sign, 3))
	put(state, 20)
	put(ref, 15)
	put(debtor, dw)
	put(to, tw)
	put(subject, rest-dw-tw)
	b.WriteString(cells.Right(when, ww) + "  ")
	return b.String()
}

func (s *Screen) row(r *desk.OutboxRow, here bool) string {
	th, t := s.look.Theme, s.look.Text
	left := " "
	if here {
		left = "▌"
	}
	sign, st := look(th, r.State)
	words := s.line(left+sign, t.Reply(r.State), cells.Line(r.Reference.String()), cells.Line(s.look.Name(r.Debtor)), cells.Line(s.look.Name(r.To)), cells.Line(r.Subject.String()), s.look.When(r.ApprovedAt))
	if here {
		st = th.Selected
	}
	return st.Render(words)
}

// look gives a state's sign and style.
func look(th *themes.Theme, s cases.ReplyState) (string, themes.Style) {
	switch s {
	case cases.ReplySent:
		return "✓", th.Good
	case cases.ReplyRefused, cases.ReplyStale:
		return "×", th.Bad
	case cases.ReplyUnknown:
		return "?", th.Warn
	case cases.ReplyWithdrawn:
		return "-", th.Muted
	case cases.ReplyApproved, cases.ReplyClaimed, cases.ReplyDotSent:
	}
	return "→", th.Text
}

// detail is all that is known of a reply.
func detail(l *nav.Look, r desk.OutboxRow, w int) []string {
	t, th := l.Text, l.Theme
	o := t.Outbox
	var out []string
	pair := func(label, value string, st themes.Style) {
		if value == "" {
			return
		}
		lines := cells.Wrap(plain.Line(value), w-22, st)
		for i, v := range lines {
			if i > 0 {
				label = ""
			}
			out = append(out, th.Muted.Render(cells.Cell(label, 22))+v)
		}
	}
	sign, st := look(th, r.State)
	state := sign + " " + t.Reply(r.State)
	if r.Why != "" {
		state += ": " + text.Code(t.Words.ReplyWhy, cells.Line(r.Why))
	}
	pair(o.State, state, st)
	if r.Waiting != "" {
		words := text.Code(t.Words.Waiting, r.Waiting)
		if left := int(r.UndoUntil.Sub(l.Now()).Seconds()); r.Waiting == "undo" && left > 0 {
			words += ", " + fmt.Sprintf(o.UndoLeft, left)
		}
		if !r.NextTry.IsZero() {
			words += ", " + fmt.Sprintf(o.TryAgain, l.When(r.NextTry))
		}
		pair(o.WaitsFor, words, th.Text)
	}
	pair(o.To, l.Name(r.To), th.Text)
	pair(o.Subject, r.Subject.String(), th.Text)
	by := l.When(r.ApprovedAt)
	if r.ApprovedBy != "" {
		by += " " + o.ApprovedBy + " " + string(r.ApprovedBy)
	}
	pair(o.Approved, by, th.Text)
	if !r.SentAt.IsZero() {
		pair(o.Sent, l.When(r.SentAt), th.Good)
	}
	if r.Attempts > 0 {
		pair(o.Attempts, fmt.Sprint(r.Attempts), th.Text)
	}
	pair(o.Server, r.Response.String(), th.Text)
	pair(o.MessageID, r.RFCID, th.Muted)
	pair(o.Hash, r.SHA256, th.Muted)
	return out
}
