package ui

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/themes"
	"kontor/ui/casefile"
	"kontor/ui/cells"
	"kontor/ui/nav"
	"kontor/ui/review"
)

func sprintf(f string, a ...any) string { return fmt.Sprintf(f, a...) }

// The smallest window that is drawn.
const minW, minH = 60, 16

// View draws the bar, the topmost screen, the boxes over it, the status line
// and the keys.
func (a *app) View() tea.View {
	lines, cur := a.draw()
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen = true
	v.Cursor = cur
	v.WindowTitle = "Kontor"
	return v
}

func (a *app) draw() ([]string, *tea.Cursor) {
	if a.w <= 0 || a.h <= 0 {
		return nil, nil
	}
	if a.tooSmall() {
		return cells.Fit([]string{"", " " + a.look.Text.Bar.TooSmall}, a.w, a.h), nil
	}
	top := a.top()
	if top == nil {
		return cells.Fit(nil, a.w, a.h), nil
	}
	body, cur := top.View()
	if a.desk == nil {
		out := append([]string{cells.Space(a.w)}, body...)
		if cur != nil {
			cur.Y++
		}
		return cells.Fit(out, a.w, a.h), cur
	}
	if cur != nil {
		cur.Y++
	}
	out := make([]string, 0, a.h)
	_, whole := top.(nav.Whole)
	if !whole {
		out = append(out, a.barLine())
	}
	out = append(out, body...)
	for _, d := range a.over {
		box, c := d.View()
		x, y := a.place(box)
		out = cells.Over(out, box, x, y)
		cur = nil
		if c != nil {
			c.X += x
			c.Y += y
			cur = c
		}
	}
	if whole {
		return cells.Fit(out, a.w, a.h), cur
	}
	status := a.statusLines()
	switch n := len(status); {
	case n == 1:
		out = append(out, status[0], a.footLine())
	case a.say.Tone == nav.Bad:
		out = append(append(out[:max(1, len(out)-n+1)], status...), a.footLine())
	default: // what is on the screen stays on it: the keys give way
		out = append(out, status...)
	}
	return out, cur
}

// place sets a box into the middle, a little above.
func (a *app) place(box []string) (x, y int) {
	w := 0
	if len(box) > 0 {
		w = cells.Width(box[0])
	}
	return max(0, (a.w-w)/2), 1 + max(0, (a.h-3-len(box))/3)
}

// placeName names the screen for the help.
func (a *app) placeName() string {
	switch a.top().(type) {
	case *review.Screen:
		return a.look.Text.Words.Item["message"]
	case *casefile.Screen:
		return a.look.Text.Bar.Rooms[nav.RoomCase]
	}
	switch a.room { //nolint:exhaustive // the rooms without a number
	case nav.RoomSettings:
		return a.look.Text.Keys.Settings.Long
	case nav.RoomDuties:
		return a.look.Text.List.Key.Short
	}
	return a.look.Text.Bar.Rooms[a.room]
}

// barLine is the head: the rooms with their keys, and the day.
func (a *app) barLine() string {
	t, th := a.look.Text.Bar, a.look.Theme
	here := a.room
	if _, ok := a.top().(*casefile.Screen); ok {
		here = nav.RoomCase
	}
	left := a.rooms(here)
	right := a.look.Text.Day(a.look.Today()) + " "
	if a.look.Masked {
		right = t.Masked + " · " + right
	}
	if a.opts.Demo && cells.Width(left)+cells.Width(t.Demo+" · "+right) < a.w {
		right = t.Demo + " · " + right
	}
	left = cells.Cut(left, a.w)
	if cells.Width(right) > a.w-cells.Width(left) { // half a day tells nothing
		right = ""
		if a.look.Masked {
			right = t.Masked + " " // the day may go, this may not
		}
	}
	gap := a.w - cells.Width(left)
	return left + th.BarMuted.Render(cells.Right(right, gap))
}

// rooms are the rooms with their keys. Where not all names fit, the far ones
// show their key alone.
func (a *app) rooms(here nav.Room) string {
	th := a.look.Theme
	names := a.look.Text.Bar.Rooms
	label := func(r nav.Room, named bool) string {
		s := " " + strconv.Itoa(int(r))
		if named || r == here {
			s += " " + names[r]
		}
		if n := a.status.Waiting + a.status.Unknown; r == nav.RoomOutbox && n > 0 {
			s += " (" + strconv.Itoa(n) + ")"
		}
		return s + " "
	}
	const logo = " Kontor "
	first := nav.Room(len(names)) // rooms from here on show their key alone
	for _, most := range []nav.Room{nav.Room(len(names)), nav.RoomConflicts, nav.RoomUnassigned, 0} {
		first = most
		w := cells.Width(logo)
		if most > nav.RoomUnassigned {
			w += 10 // the day
		}
		for r := range nav.Room(len(names)) {
			w += cells.Width(label(r, r < first))
		}
		if w <= a.w {
			break
		}
	}
	var b strings.Builder
	b.WriteString(th.BarText.Render(logo))
	for r := range nav.Room(len(names)) {
		if r == here {
			b.WriteString(th.Tab.Render(label(r, true)))
		} else {
			b.WriteString(th.BarMuted.Render(label(r, r < first)))
		}
	}
	return b.String()
}

// statusLine says what was just said, what can be taken back, and how the
// links are.
func (a *app) statusLine() string {
	th := a.look.Theme
	left := ""
	switch {
	case a.say.Text != "":
		st, sign := a.tone(a.say.Tone)
		left = st.Render(" " + sign + cells.Line(a.say.Text))
		if u := a.undoShort(); u != "" {
			left += th.Accent.Render("  " + u)
		}
	case !a.undo.Zero() && a.undoLeft() > 0:
		left = th.Accent.Render(" " + a.undoWords())
	}
	right := a.links() + " "
	if w := cells.Width(left); w > 0 && w+cells.Width(right)+2 > a.w {
		return cells.Cell(left, a.w)
	}
	return cells.Ends(left, right, a.w)
}

// Sentences that do not fit beside the links take a second line in place of the
// keys, until the next key. Trouble takes more, over the screen's last lines.
const (
	sayLines     = 2
	troubleLines = 4
)

// statusLines is the status line, or the lines of a long sentence.
func (a *app) statusLines() []string {
	tone, most := a.say.Tone, sayLines
	if tone == nav.Bad {
		most = troubleLines
	}
	st, sign := a.tone(tone)
	words := sign + cells.Line(a.say.Text)
	if u := a.undoShort(); u != "" {
		words += "  " + u
	}
	if a.say.Text == "" || cells.Width(words)+1 <= a.w {
		return []string{a.statusLine()}
	}
	lines := cells.Wrap(plain.Line(words), a.w-2, st)
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = cells.Cut(lines[most-1], a.w-4) + st.Render(" …")
	}
	for i := range lines {
		lines[i] = cells.Cell(" "+lines[i], a.w)
	}
	return lines
}

// tone gives the style of a sentence and the sign before it.
func (a *app) tone(t nav.Tone) (themes.Style, string) {
	th := a.look.Theme
	switch t {
	case nav.Good:
		return th.Good, "✓ "
	case nav.Careful:
		return th.Warn, "! "
	case nav.Bad:
		return th.Bad, "× "
	case nav.Plain:
	}
	return th.Text, ""
}

func (a *app) undoLeft() int {
	if a.undo.Zero() {
		return 0
	}
	return int(a.undo.Until.Sub(a.look.Now()).Seconds() + 0.999)
}

func (a *app) undoWords() string {
	t := a.look.Text
	words := sprintf(t.Bar.UndoDone, a.undoLeft())
	if a.undo.Recorded != nil {
		words = sprintf(t.Bar.UndoHand, a.undoLeft())
	}
	if a.undo.Reply != "" {
		to := cells.Line(a.undo.To)
		if a.look.Masked {
			to = "▒▒▒▒▒▒"
		}
		words = sprintf(t.Bar.Undo, to, a.undoLeft())
	}
	return words + " · " + a.table.ByID("undo").Label() + " " + t.Keys.Undo.Short
}

func (a *app) undoShort() string {
	if n := a.undoLeft(); n > 0 {
		return sprintf("%s %s (%d s)", a.table.ByID("undo").Label(), a.look.Text.Keys.Undo.Short, n)
	}
	return ""
}

// links says how mail, sending, server and engine are; what is not set up is
// left out.
func (a *app) links() string {
	t, th := a.look.Text.Bar, a.look.Theme
	var parts []string
	add := func(name string, l desk.LinkState) {
		switch l.State {
		case desk.LinkNone, "":
		case desk.LinkOK:
			parts = append(parts, th.Good.Render("✓")+th.Muted.Render(" "+name))
		case desk.LinkWorking:
			words := sprintf(t.Working, name)
			if l.Total > 0 {
				words += " " + sprintf(t.Progress, l.Done, l.Total)
			}
			parts = append(parts, th.Muted.Render(words))
		case desk.LinkOff:
			words := "× " + sprintf(t.OffSince, name, a.look.When(l.Since))
			if !l.Next.IsZero() && a.w >= 120 {
				words += ", " + sprintf(t.NextTry, a.look.When(l.Next))
			}
			parts = append(parts, th.Bad.Render(words))
		}
	}
	if a.status.Unknown > 0 {
		parts = append(parts, th.Warn.Render("? "+t.Unknown.N(a.status.Unknown)))
	}
	if a.status.Waiting > 0 {
		parts = append(parts, th.Text.Render("→ "+t.Waiting.N(a.status.Waiting)))
	}
	add(t.Mail, a.status.Mail)
	add(t.SMTP, a.status.SMTP)
	add(t.Server, a.status.Server)
	add(t.AI, a.status.AI)
	if d := a.status.CoveredUntil; d != 0 && a.w >= 100 {
		parts = append(parts, th.Muted.Render(sprintf(t.StatementTo, a.look.Text.Day(d))))
	}
	return strings.Join(parts, th.Faint.Render(" · "))
}

// footLine lists the keys that work now, as many as fit, and how to see all.
func (a *app) footLine() string {
	th := a.look.Theme
	all := a.table.ByID("help")
	last := th.Accent.Render(all.Label()) + th.Muted.Render(" "+all.Short) + " "
	room := a.w - cells.Width(last) - 1
	if len(a.over) > 0 {
		return cells.Space(a.w)
	}
	var b strings.Builder
	b.WriteByte(' ')
	used := 1
	put := func(key, words string) {
		n := cells.Width(key) + 1 + cells.Width(words) + 3
		if used+n > room {
			return
		}
		b.WriteString(th.Accent.Render(key) + th.Muted.Render(" "+words) + "   ")
		used += n
	}
	top := a.top()
	if top.Typing() {
		foot := [][2]string{{"esc", a.look.Text.Keys.SaveEdit.Short}}
		if x, ok := top.(nav.Typist); ok {
			foot = x.TypingFoot()
		}
		room = a.w
		for _, x := range foot {
			put(x[0], x[1])
		}
		return cells.Cell(b.String(), a.w)
	}
	for _, x := range top.Keys().Foot() {
		put(x.Label(), x.Words())
	}
	if len(a.stack) > 1 {
		x := a.table.ByID("back")
		put(x.Label(), x.Short)
	}
	return cells.Cell(b.String(), room+1) + last
}
