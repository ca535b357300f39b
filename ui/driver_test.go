package ui

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"kontor/cases/desk"
	"kontor/cases/priority"
	"kontor/ui/internal/fake"
	"kontor/ui/nav"
)

// driver plays the program without a terminal: it sends messages, carries
// commands out, and holds timers back until settle.
type driver struct {
	t     testing.TB
	app   *app
	desk  *fake.Desk
	now   time.Time
	later []timer
	quit  bool
}

// timer is what the program wants to happen later.
type timer struct {
	after time.Duration
	f     func(time.Time) tea.Msg
}

func start(t testing.TB, w, h int, lang string, items ...*fake.Item) *driver {
	t.Helper()
	d := &driver{t: t, now: fake.Start()}
	if items == nil {
		items = fake.Sample()
	}
	d.desk = fake.New(func() time.Time { return d.now }, fake.Today(), items...)
	d.desk.SetStatus(func(s *desk.Status) {
		s.Mail.State, s.SMTP.State, s.CoveredUntil = desk.LinkOK, desk.LinkOK, fake.Today()-3
	})
	return open(t, d, w, h, lang)
}

func open(t testing.TB, d *driver, w, h int, lang string) *driver {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	d.begin(Options{Desk: d.desk, Lang: lang, Loc: loc, Demo: true}, w, h)
	return d
}

// begin starts the program on the driver's clock and timers.
func (d *driver) begin(o Options, w, h int) {
	d.t.Helper()
	o.Clock = func() time.Time { return d.now }
	d.app = newApp(o)
	d.app.look.After = func(after time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		return func() tea.Msg { return timer{after, f} }
	}
	d.run(d.app.Init())
	d.send(tea.WindowSizeMsg{Width: w, Height: h})
	d.settle()
}

func (d *driver) send(m tea.Msg) {
	d.t.Helper()
	_, cmd := d.app.Update(m)
	d.run(cmd)
}

// run carries a command out.
func (d *driver) run(cmd tea.Cmd) {
	d.t.Helper()
	if cmd != nil {
		d.take(cmd())
	}
}

func (d *driver) take(m tea.Msg) {
	d.t.Helper()
	switch m := m.(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range m {
			d.run(c)
		}
	case timer:
		d.later = append(d.later, m)
	case tea.QuitMsg:
		d.quit = true
	default:
		if v := reflect.ValueOf(m); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range v.Len() { // a sequence
				c, _ := v.Index(i).Interface().(tea.Cmd)
				d.run(c)
			}
			return
		}
		d.send(m)
	}
}

// settle lets the timers below a second run out, until none is left.
func (d *driver) settle() {
	d.t.Helper()
	for range 20 {
		held := d.later
		d.later = nil
		for _, x := range held {
			if x.after < time.Second {
				d.take(x.f(d.now.Add(x.after)))
			} else {
				d.later = append(d.later, x)
			}
		}
	}
}

// keys presses keys by name: "a", "enter", "ctrl+x".
func (d *driver) keys(names ...string) {
	d.t.Helper()
	for _, n := range names {
		d.send(press(n))
	}
}

func (d *driver) typeText(s string) {
	d.t.Helper()
	for _, r := range s {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func press(n string) tea.KeyPressMsg {
	special := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace}
	if c, ok := special[n]; ok {
		return tea.KeyPressMsg{Code: c}
	}
	if n == "shift+tab" {
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	}
	if n == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if rest, ok := strings.CutPrefix(n, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	r := []rune(n)[0]
	return tea.KeyPressMsg{Code: r, Text: n}
}

func (d *driver) screen() string { return ansi.Strip(d.app.View().Content) }

func (d *driver) wants(words ...string) {
	d.t.Helper()
	s := d.screen()
	for _, w := range words {
		if !strings.Contains(s, w) {
			d.t.Fatalf("the screen lacks %q:\n%s", w, s)
		}
	}
}

func (d *driver) lacks(words ...string) {
	d.t.Helper()
	s := d.screen()
	for _, w := range words {
		if strings.Contains(s, w) {
			d.t.Fatalf("the screen shows %q:\n%s", w, s)
		}
	}
}

func (d *driver) wait(dur time.Duration) { d.now = d.now.Add(dur) }

func newsOf(n desk.News) tea.Msg { return nav.NewsMsg{News: n} }

func sizeMsg(w, h int) tea.Msg { return tea.WindowSizeMsg{Width: w, Height: h} }

// openN opens item n of the queue, from 0.
func (d *driver) openN(n int) {
	d.t.Helper()
	d.keys("g")
	for range n {
		d.keys("down")
	}
	d.settle()
	d.keys("enter")
}

// approveAll presses a until the letter is away, as a patient person does.
func (d *driver) approveAll() {
	d.t.Helper()
	before := len(d.desk.Approvals)
	for range 12 {
		d.wait(500 * time.Millisecond)
		d.keys("a")
		if len(d.desk.Approvals) > before {
			return
		}
	}
	d.t.Fatalf("a does not approve:\n%s", d.screen())
}

// focusCase turns to the facts of the case.
func (d *driver) focusCase() {
	d.t.Helper()
	d.keys("shift+tab")
}

// openFollow opens the sample's follow-up, which has no mail.
func (d *driver) openFollow() {
	d.t.Helper()
	d.send(nav.OpenItem{Item: desk.ItemRef{Kind: priority.ItemFollowUp, ID: "case-120"}})
	d.settle()
}
