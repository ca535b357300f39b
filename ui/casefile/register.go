package casefile

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/text"
)

// Messages of the boxes.
type (
	// deed is what a choice of a list does.
	deed struct{ do func() tea.Cmd }
	// doneMsg says how something ended that was asked of the desk.
	doneMsg struct {
		to  *Screen
		say string
		err error
		why string // in place of the error's own words
	}
)

func push(d nav.Dialog) tea.Cmd { return nav.Send(nav.Push{Dialog: d}) }

// took takes the answers of the boxes.
func (s *Screen) took(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case *deed:
		return m.do()
	case sheetMsg:
		if m.to == s {
			return s.showSheet(m)
		}
	case doneMsg:
		if m.to != s {
			return nil
		}
		if m.why != "" {
			return nav.Tell(nav.Careful, m.why)
		}
		if m.err != nil {
			return nav.Tell(nav.Bad, s.look.Text.Error(m.err).String())
		}
		return tea.Batch(nav.Tell(nav.Good, m.say), s.Init())
	}
	return nil
}

// do asks something of the desk and says how it ended; word may put a refusal into
// words of its own.
func (s *Screen) do(f func(ctx context.Context) (say string, err error), word ...func(error) string) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		say, err := f(ctx)
		m := doneMsg{to: s, say: say, err: err}
		for _, w := range word {
			if err != nil {
				m.why = w(err)
			}
		}
		return m
	}
}

// form asks for a few values; what the desk refuses keeps the box open, with all
// that was typed.
func (s *Screen) form(title string, lead []string, fields []dialog.Field, f func(ctx context.Context, v []string) (say string, err error)) *dialog.Form {
	box := dialog.NewForm(s.look, title, lead, fields, nil)
	box.Try = func(v []string) tea.Cmd {
		ask := s.do(func(ctx context.Context) (string, error) { return f(ctx, v) })
		return func() tea.Msg {
			done, _ := ask().(doneMsg)
			if done.err != nil {
				return dialog.Tried{Problem: s.look.Text.Error(done.err).String()}
			}
			return dialog.Tried{Msg: done}
		}
	}
	return box
}

// list is a choice of deeds.
func (s *Screen) list(title string, opts []dialog.Option) nav.Dialog {
	return dialog.NewPick(s.look, title, opts, "", s.look.Text.Dialog.ChooseKeys, func(o dialog.Option, _ string, _ []dialog.Option) tea.Msg {
		return o.Value
	})
}

func option(label, detail string, do func() tea.Cmd) dialog.Option {
	return dialog.Option{Label: label, Detail: detail, Value: &deed{do}}
}

// registerActions are the keys for what one records and judges. Those without a
// key are found in the palette, and may be bound.
func (s *Screen) registerActions() []*keys.Action {
	t := s.look.Text
	r := t.Reg
	act := func(id string, w text.Key, do func() tea.Cmd, why func() string, ks ...string) *keys.Action {
		return &keys.Action{ID: id, Keys: ks, Long: w.Long, Group: keys.Act, Do: func(tea.KeyPressMsg) tea.Cmd { return do() }, Why: why}
	}
	all := act("register", r.Key, s.askRegister, s.unread, "f")
	all.Short = r.Key.Short
	hold := act("hold", t.Keys.Hold, s.askHold, s.unread, "b")
	hold.Short = t.Keys.Hold.Short
	return []*keys.Action{
		all, hold,
		act("record_title", r.TitleNew, func() tea.Cmd { return s.askTitle(nil) }, s.unread),
		act("record_complaint", r.Complaint, s.askComplaint, s.unread),
		act("add_document", r.Document, s.askDocument, s.noFiles),
		act("keep_attachment", r.Attachment, s.askAttachment, s.noAttachment),
		act("record_acknowledgement", r.Act, s.askAct, s.unread),
	}
}

// unread says that the case is not there yet.
func (s *Screen) unread() string {
	if s.view == nil || s.view.Case == nil {
		return s.look.Text.Bar.Loading
	}
	return ""
}

// askRegister lists what waits for a person's word on this case, what can be
// recorded, and what is there.
func (s *Screen) askRegister() tea.Cmd {
	r := s.look.Text.Reg
	opts := s.toJudge()
	if len(opts) > 0 {
		opts = append([]dialog.Option{{Label: r.Judge, Head: true}}, opts...)
	}
	opts = append(opts, dialog.Option{Label: r.New, Head: true},
		option(r.TitleNew.Short, "", func() tea.Cmd { return s.askTitle(nil) }),
		option(r.Complaint.Short, "", s.askComplaint))
	if s.noFiles() == "" {
		opts = append(opts, option(r.Document.Short, "", s.askDocument))
	}
	if s.noAttachment() == "" {
		opts = append(opts, option(r.Attachment.Short, "", s.askAttachment))
	}
	opts = append(opts, option(r.Act.Short, "", s.askAct))
	for _, x := range s.courses() {
		opts = append(opts, option(x.w.Short, "", x.do))
	}
	if kept := s.onFile(); len(kept) > 0 {
		opts = append(append(opts, dialog.Option{Label: r.Kept, Head: true}), kept...)
	}
	return push(s.list(r.Menu, opts))
}

// toJudge lists what only a person may judge, and nobody did.
func (s *Screen) toJudge() []dialog.Option {
	t, c := s.look.Text, s.view.Case
	r := t.Reg
	var opts []dialog.Option
	if s.more != nil {
		for _, e := range s.more.Events {
			name := cells.Line(e.Reference.String())
			if e.Case == s.id {
				name = r.EventHere
			}
			opts = append(opts, option(sprintf(text.Code(r.Event, e.Kind), name), "", func() tea.Cmd { return s.askEvent(e) }))
		}
	}
	for _, a := range c.AckProposed {
		if !s.judged(a.ID) {
			opts = append(opts, option(sprintf(r.Ack, t.Day(a.Date)), "", func() tea.Cmd { return s.askAck(a.ID, sprintf(r.Ack, a.Date.Long(t.Lang))) }))
		}
	}
	for _, o := range c.Objections {
		if !o.Settled {
			name := text.Code(wordsOf(t.Words.Dispute), string(o.Reason))
			opts = append(opts, option(sprintf(r.Objection, name), t.Case.Since+" "+t.Day(o.Date), func() tea.Cmd { return s.askObjection(o, name) }))
		}
	}
	for _, m := range s.view.Messages {
		entered := slices.ContainsFunc(c.Complaints, func(x cases.ComplaintEntry) bool { return x.Message == m.ID })
		if m.Class.Intent == cases.Complaint && !entered {
			opts = append(opts, option(sprintf(r.ComplaintMail, s.look.When(m.Received)), "", func() tea.Cmd { return s.complain(m) }))
		}
	}
	for _, x := range c.Complaints {
		if x.Outcome == "" {
			opts = append(opts, option(sprintf(r.ComplaintEnd, text.Code(t.File.About, x.About)), sprintf(t.File.Due, t.Day(x.Due)), func() tea.Cmd { return s.askComplaintEnd(x) }))
		}
	}
	for _, k := range c.Clocks {
		if !k.Stopped && byHand(k.Kind) {
			opts = append(opts, option(sprintf(t.Course.ClockEnd, t.Clock(k.Kind)), t.Case.Until+" "+t.Day(k.Due), func() tea.Cmd { return s.endClock(k) }))
		}
	}
	for _, x := range c.Titles {
		if x.Begins() == 0 {
			opts = append(opts, option(r.TitleFinal.Short+": "+text.Code(t.File.Title, x.Kind), cells.Join(cells.Line(x.Court), cells.Line(x.FileNo)), func() tea.Cmd { return s.askTitle(&x) }))
		}
	}
	for _, e := range c.Ledger.Entries {
		if (e.Kind == ledger.Payment || e.Kind == ledger.PaymentToCreditor) && !s.judged(e.ID) {
			label := sprintf(r.AckPaid, t.Day(e.Date), s.look.Sum(e.Cents))
			opts = append(opts, option(label, "", func() tea.Cmd { return s.askAck(e.ID, label) }))
		}
	}
	return opts
}

// onFile lists what is there, to correct, save or take out.
func (s *Screen) onFile() []dialog.Option {
	t, c := s.look.Text, s.view.Case
	r := t.Reg
	var opts []dialog.Option
	for _, d := range c.Documents {
		if d.Removed == "" {
			opts = append(opts, option(sprintf(r.DocumentHere, cells.Line(d.Name.String())), t.File.Document[d.Kind], func() tea.Cmd { return s.chooseDocument(d) }))
		}
	}
	for _, x := range c.Titles {
		name := cells.Join(text.Code(t.File.Title, x.Kind), x.Date.Long(t.Lang))
		opts = append(opts,
			option(r.TitleMend.Short+": "+name, cells.Line(x.FileNo), func() tea.Cmd { return s.askTitle(&x) }),
			option(r.TitleRemove+": "+name, cells.Line(x.FileNo), func() tea.Cmd { return s.askTitleGone(x) }))
	}
	opts = append(opts, s.bookings()...)
	for _, a := range c.Acks {
		opts = append(opts, option(sprintf(r.AckAgain, t.Day(a.Date)), text.Code(r.Judged, string(a.State)), func() tea.Cmd { return s.askAck(a.ID, sprintf(r.AckAgain, a.Date.Long(t.Lang))) }))
	}
	return opts
}

// judged reports whether a person has judged an acknowledgement.
func (s *Screen) judged(id string) bool {
	return slices.ContainsFunc(s.view.Case.Acks, func(a cases.Acknowledgement) bool { return a.ID == id })
}

// errNoDay is a day that the fields' own check let through; it does not happen.
var errNoDay = errors.New("a day is missing")

// past reads a day that lies behind; it may be left out where optional.
func (s *Screen) past(optional bool) func(v string) (string, string) {
	t, today := s.look.Text, s.view.Today
	return func(v string) (string, string) {
		if v == "" {
			if optional {
				return "", ""
			}
			return "", t.Reg.DayMissing
		}
		d, ok := dialog.PastDate(v, today)
		switch {
		case !ok:
			return "", t.Reg.DayBad
		case d > today:
			return "", t.Reg.DayFuture
		}
		return t.Day(d) + " " + d.Long(t.Lang), ""
	}
}

// day reads what past let through; zero for an empty one.
func (s *Screen) day(v string) (calendar.Date, error) {
	if v == "" {
		return 0, nil
	}
	d, ok := dialog.PastDate(v, s.view.Today)
	if !ok {
		return 0, errNoDay
	}
	return d, nil
}

// wanted refuses an empty field with its words.
func wanted(problem string) func(v string) (string, string) {
	return func(v string) (string, string) {
		if v == "" {
			return "", problem
		}
		return "", ""
	}
}

// claims lists the whole case and its claims, as the choices of a field, with
// their ids.
func (s *Screen) claimChoices() (names, ids []string) { return dialog.Claims(s.look, s.view.Case) }

// of returns what stands where v stands in names; the first where it does not.
func of[T any](names []string, values []T, v string) T { return values[max(0, slices.Index(names, v))] }

// named lists words of codes, to choose from.
func named(m map[string]string, codes []string) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = text.Code(m, c)
	}
	return out
}
