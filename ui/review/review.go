// Package review is the screen on which a mail becomes an approved answer: the
// mail with the words that its reading rests on, the facts of the case, the
// draft, and what approving does. Nothing leaves the house that was not on
// this screen.
package review

import (
	"context"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/unicode/norm"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cases/priority"
	"kontor/ui/cells"
	"kontor/ui/dialog"
	"kontor/ui/keys"
	"kontor/ui/nav"
)

// Desk is what reviewing asks of the desk.
type Desk interface {
	Open(ctx context.Context, item desk.ItemRef, o desk.OpenOptions) (*desk.Review, error)
	Check(ctx context.Context, req desk.ApproveRequest) ([]cases.TextFinding, error)
	Approve(ctx context.Context, req desk.ApproveRequest) (desk.Approved, error)
	Finish(ctx context.Context, m cases.MessageID, reason string) error
	Correct(ctx context.Context, m cases.MessageID, intent cases.Intent, flags []cases.Flag, alerts []cases.Alert) error
	Assign(ctx context.Context, m cases.MessageID, to cases.CaseID) error
	Change(ctx context.Context, c cases.CaseID, effects []cases.Effect, doneFollowUps []string) error
	dialog.Finder
	Rules() cases.Rules
	Attachment(ctx context.Context, m cases.MessageID, index int) (name string, data []byte, err error)
	Exported(ctx context.Context, e cases.DataExported) error
	AcceptOffer(ctx context.Context, c cases.CaseID, arrangement, text string) error
	SaveTyped(ctx context.Context, item desk.ItemRef, t desk.Typed) error
	DropTyped(ctx context.Context, item desk.ItemRef) error
}

// Editor makes the command that edits a text outside; Done gives what came back.
type Editor func(text string) (cmd tea.ExecCommand, done func() (string, error), err error)

const (
	deafFor   = 400 * time.Millisecond // design.md: after an item opened by itself, and on key repeat
	saveAfter = 600 * time.Millisecond // typed text is saved within a second
	timeout   = 10 * time.Second
	ownNews   = 2 * time.Second // news that soon after a change of ours tell of it
	maxText   = 20_000          // bytes of a draft that is being edited
)

// focus says which pane the moving keys move.
type focus int

const (
	onMail focus = iota
	onDraft
	onEffects
	onCase
)

// Screen is one item opened.
type Screen struct {
	look   *nav.Look
	desk   Desk
	editor Editor
	ports  *nav.Outside
	table  *keys.Table

	item  desk.ItemRef
	auto  bool   // opened by itself
	then  string // action to run once the item is there
	gen   int    // of the question that is open: later answers replace earlier ones
	rev   *desk.Review
	err   error
	gone  bool
	quiet time.Time // until then news of the case are of our own making
	moved bool      // the case moved: the answer that comes is about its new state

	w, h  int
	focus focus
	whole bool // the whole mail, quotes too

	draft    int // index into rev.Drafts, -1: none
	subject  string
	text     string
	edited   bool
	template string // wanted; empty: the fitting one
	lang     string
	also     []cases.MessageID
	spoken   *desk.Said // past the mail, or without one
	effects  []cases.DraftEffect
	base     []cases.DraftEffect // the effects as the draft came with them
	pages    map[string]page     // drafts that are not on the screen, by template
	dropped  map[string]bool     // letters beside that are not to go
	choice   bool                // a person chose the template
	ticked   map[string]bool     // files, by what the hands have set
	findings []cases.TextFinding
	kept     map[string]string
	other    bool // send to the mail's sender, not to the address on file
	chosen   bool // somebody decided on the recipient

	editing bool
	area    textarea.Model

	lay                        layout
	mail, facts, letter, panel cells.Pane
	entries                    []entry // of the panel
	cursor                     int     // in entries
	allOthers                  bool    // the list of further mails is unfolded

	deafUntil time.Time // `a` does nothing before it
	deafSay   string    // and says this
	shownAt   time.Time
	approving bool
	dirty     bool // typed and not saved
	saveTimer bool
	saveErr   error
	checkGen  int
}

// New opens an item. auto says that nobody asked for it: then `a` is deaf at
// first. then is the id of an action that runs once the item is there.
func New(look *nav.Look, d Desk, ed Editor, out *nav.Outside, item desk.ItemRef, auto bool, then string) *Screen {
	s := &Screen{look: look, desk: d, editor: ed, ports: out, item: item, auto: auto, then: then, draft: -1, kept: map[string]string{}, ticked: map[string]bool{}}
	s.table = s.actions()
	return s
}

// Messages of this screen.
type (
	openedMsg struct {
		to    *Screen
		gen   int
		rev   *desk.Review
		err   error
		fresh bool // take text and effects from the draft anew
	}
	approvedMsg struct {
		to    *Screen
		out   desk.Approved
		title string // template of the letter
		err   error
	}
	doneMsg struct { // an action on the item or its case ended
		to     *Screen
		say    string
		err    error
		reload bool
		leave  nav.Undo // not zero: the item is decided
		// decided says the same where there is nothing to take back.
		decided bool
	}
	saveDueMsg struct{ to *Screen }
	savedMsg   struct {
		to  *Screen
		err error
	}
	checkedMsg struct {
		to       *Screen
		gen      int
		findings []cases.TextFinding
		err      error
	}
	editedMsg struct {
		to   *Screen
		text string
		err  error
	}
)

// Init loads the item.
func (s *Screen) Init() tea.Cmd { return s.load(true) }

func (s *Screen) load(fresh bool) tea.Cmd {
	s.gen++
	to, gen, d, item := s, s.gen, s.desk, s.item
	o := desk.OpenOptions{Template: s.template, Lang: s.lang, Also: s.also, Said: s.spoken}
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		rev, err := d.Open(ctx, item, o)
		return openedMsg{to: to, gen: gen, rev: rev, err: err, fresh: fresh}
	}
}

// Keys gives the screen's actions.
func (s *Screen) Keys() *keys.Table { return s.table }

// Typing says that the draft is being edited.
func (s *Screen) Typing() bool { return s.editing }

// Holds names what the screen is about.
func (s *Screen) Holds() (desk.ItemRef, cases.CaseID) {
	if s.rev != nil && s.rev.Case != nil {
		return s.item, s.rev.Case.ID
	}
	return s.item, ""
}

// Update takes messages; keys of the table do not come here.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.SizeMsg:
		s.w, s.h = msg.W, msg.H
		s.relayout()
	case nav.LookMsg:
		s.table = s.actions()
		s.relayout()
	case nav.NewsMsg:
		return s.news(msg.News)
	case openedMsg:
		if msg.to == s && msg.gen == s.gen {
			return s.opened(msg)
		}
	case approvedMsg:
		if msg.to == s {
			return s.approved(msg)
		}
	case doneMsg:
		if msg.to == s {
			return s.done(msg)
		}
	case saveDueMsg:
		if msg.to == s {
			s.saveTimer = false
			return s.save()
		}
	case savedMsg:
		if msg.to == s {
			return s.saved(msg)
		}
	case checkedMsg:
		if msg.to == s && msg.gen == s.checkGen && msg.err == nil {
			s.findings = msg.findings
			s.panel.Forget()
			s.relayout()
		}
	case editedMsg:
		if msg.to == s {
			if msg.err != nil {
				return nav.Tell(nav.Bad, s.look.Text.Error(msg.err).String())
			}
			return s.setText(msg.text)
		}
	case tea.PasteMsg:
		return s.paste(msg)
	case tea.KeyPressMsg:
		if s.editing {
			return s.editKey(msg)
		}
	default:
		if s.editing {
			return s.edit(msg)
		}
		return s.answer(msg)
	}
	return nil
}

func (s *Screen) opened(msg openedMsg) tea.Cmd {
	if msg.err != nil {
		s.err = msg.err
		if s.rev != nil {
			return nav.Tell(nav.Bad, s.look.Text.Error(msg.err).String())
		}
		s.relayout()
		return nil
	}
	first := s.rev == nil
	aside := s.besideID()
	if aside != "" { // what follows is about the answer
		s.putAway()
		s.put(0)
	}
	s.rev, s.err, s.gone = msg.rev, nil, false
	s.also = msg.rev.Also
	s.tickFiles()
	var say tea.Cmd
	if s.moved {
		s.moved = false
		say = tea.Batch(nav.Tell(nav.Careful, s.look.Text.Review.Reloaded), s.check())
	}
	if msg.fresh {
		say = tea.Batch(say, s.takeDraft(first))
	} else if s.draft >= len(s.rev.Drafts) {
		s.takeDraft(false)
	} else {
		s.refreshEffects()
	}
	if first {
		s.shownAt = s.look.Now()
		s.focus = onMail
		if s.wide() || s.rev.Message == nil {
			s.focus = onDraft
		}
		s.mail.Top, s.letter.Top, s.panel.Top, s.facts.Top = 0, 0, 0, 0
		if s.auto {
			s.deafUntil, s.deafSay = s.shownAt.Add(deafFor), s.look.Text.Review.Deaf
		}
	}
	if first && slices.ContainsFunc(s.rev.Row.Reasons, func(r priority.Reason) bool { return r.Factor == priority.FactorPersonEvent }) {
		say = tea.Batch(say, nav.Tell(nav.Careful, s.look.Text.Reg.EventHint))
	}
	if i := slices.IndexFunc(s.rev.Drafts, func(d cases.Draft) bool { return d.Template.ID == aside }); i > 0 {
		s.putAway()
		s.put(i)
	}
	s.letter.Forget()
	s.panel.Forget()
	s.relayout()
	return tea.Batch(say, s.follow())
}

// follow runs the action that the item was opened for. Approving is not among
// them: it only turns to the draft, for nothing of it has been seen.
func (s *Screen) follow() tea.Cmd {
	id := s.then
	s.then = ""
	if id == "approve" {
		s.focus = onDraft
		s.relayout()
		return nil
	}
	if id == "print" {
		s.focus = onDraft
		s.relayout()
	}
	a := s.table.ByID(id)
	if a == nil {
		return nil
	}
	if why := a.Off(); why != "" {
		return nav.Tell(nav.Careful, why)
	}
	return a.Do(tea.KeyPressMsg{})
}

// takeDraft puts a draft of the review, or what was typed before, on the screen.
func (s *Screen) takeDraft(restore bool) tea.Cmd {
	reopened := s.template == ""
	s.draft, s.subject, s.text, s.edited, s.findings = -1, "", "", false, nil
	if len(s.rev.Drafts) == 0 {
		s.effects = nil
	} else {
		s.draft = 0
		d := s.rev.Drafts[0]
		delete(s.pages, d.Template.ID)
		if d.Template.ID != s.template {
			s.effects = nil // ticks of another letter say nothing about this one
		}
		s.subject, s.text, s.findings = d.Subject, d.Text, d.Findings
		s.template, s.lang = d.Template.ID, d.Template.Lang
		s.refreshEffects()
	}
	t := s.rev.Typed
	if !restore || t == nil || s.draft < 0 {
		return nil
	}
	s.choice = t.Template != "" && reopened
	besides := s.takeTyped(t.Beside)
	var check tea.Cmd
	if len(s.dropped) > 0 {
		s.refreshEffects()
		check = s.check()
	}
	if t.Subject == "" && t.Text == "" {
		switch {
		case s.choice: // a choice alone; nobody should take it for the suggestion
			return tea.Batch(check, nav.Tell(nav.Careful, s.look.Text.Review.ChosenBefore))
		case besides:
			return tea.Batch(check, nav.Tell(nav.Good, sprintf(s.look.Text.Review.Restored, s.look.When(t.At))))
		}
		return check
	}
	s.subject, s.text, s.edited = t.Subject, t.Text, true
	return tea.Batch(nav.Tell(nav.Good, sprintf(s.look.Text.Review.Restored, s.look.When(t.At))), s.check())
}

// refreshEffects takes the draft's effects and keeps what the hands have set.
func (s *Screen) refreshEffects() {
	d := s.current()
	if d == nil {
		return
	}
	old, base := s.effects, s.base
	s.base = s.withoutDropped(d.Effects)
	s.effects = slices.Clone(s.base)
	for i := range s.effects {
		for k, o := range old {
			was := o
			if k < len(base) {
				was = base[k]
			}
			changed := changedEffect(was, o)
			if k < len(base) && was.Ticked == o.Ticked && !changed {
				continue // as it came: what comes now counts
			}
			if was.Kind == s.effects[i].Kind && was.Code == s.effects[i].Code && was.Hold == s.effects[i].Hold && was.Target == s.effects[i].Target {
				s.effects[i].Ticked = o.Ticked
				if changed {
					s.effects[i].Effect = o.Effect
				}
			}
		}
	}
}

// current returns the draft on the screen, or nil.
func (s *Screen) current() *cases.Draft {
	if s.rev == nil || s.draft < 0 || s.draft >= len(s.rev.Drafts) {
		return nil
	}
	return &s.rev.Drafts[s.draft]
}

// recipient returns the address that approving sends to.
func (s *Screen) recipient() string {
	d := s.current()
	if d == nil {
		return ""
	}
	if s.other && !s.beside() {
		return s.sender()
	}
	return d.ToAddr
}

// sender is where an answer to the mail itself would go.
func (s *Screen) sender() string {
	m := s.rev.Message
	if m == nil {
		return ""
	}
	if m.Mail.ReplyTo.Addr != "" {
		return m.Mail.ReplyTo.Addr
	}
	return m.Mail.From.Addr
}

// news reloads where the case or the mail moved; what was typed stays.
func (s *Screen) news(n desk.News) tea.Cmd {
	if s.rev == nil || s.rev.Case == nil || s.approving || s.gone || !slices.Contains(n.Cases, s.rev.Case.ID) {
		return nil
	}
	// A draft that nobody has touched is made anew: an old balance must not
	// stand under a new state of the case.
	s.moved = !s.look.Now().Before(s.quiet)
	return s.load(!s.answerTyped())
}

func (s *Screen) done(msg doneMsg) tea.Cmd {
	if msg.err != nil {
		return nav.Tell(nav.Bad, s.look.Text.Error(msg.err).String())
	}
	s.quiet = s.look.Now().Add(ownNews)
	if !msg.leave.Zero() || msg.decided {
		return tea.Batch(nav.Tell(nav.Good, msg.say), nav.Send(nav.Done{Item: s.item, Undo: msg.leave}))
	}
	cmds := []tea.Cmd{nav.Tell(nav.Good, msg.say)}
	if msg.reload {
		cmds = append(cmds, s.load(!s.answerTyped()))
	}
	return tea.Batch(cmds...)
}

// wide says that mail and draft stand side by side.
func (s *Screen) wide() bool { return s.w >= 100 }

// mailed reports whether the item is about a mail.
func (s *Screen) mailed() bool { return s.rev != nil && s.rev.Message != nil }

// maskText hides digits and known names where masking is on, byte for byte, so
// that offsets stay true.
func (s *Screen) maskText(t plain.Text) plain.Text {
	if !s.look.Masked {
		return t
	}
	b := []byte(t.String())
	for i, c := range b {
		if c >= '0' && c <= '9' {
			b[i] = '#'
		}
	}
	low := strings.ToLower(string(b))
	for _, n := range s.names() {
		for at := 0; ; {
			i := strings.Index(low[at:], n)
			if i < 0 || len(low) != len(b) {
				break
			}
			for k := at + i; k < at+i+len(n); k++ {
				b[k] = '#'
			}
			at += i + len(n)
		}
	}
	return plain.Clean(string(b))
}

func (s *Screen) names() []string {
	var out []string
	add := func(t plain.Text) {
		for _, w := range strings.FieldsFunc(strings.ToLower(t.String()), func(r rune) bool { return r == ' ' || r == ',' || r == '.' || r == '-' }) {
			if len(w) > 2 {
				out = append(out, w)
			}
		}
	}
	for _, p := range s.rev.Persons {
		add(p.Name)
	}
	if s.mailed() {
		add(s.rev.Message.Mail.From.Name)
	}
	return out
}

func nfc(t string) string { return norm.NFC.String(t) }
