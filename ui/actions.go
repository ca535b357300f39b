package ui

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"kontor/themes"
	"kontor/ui/dialog"
	"kontor/ui/help"
	"kontor/ui/keys"
	"kontor/ui/nav"
	"kontor/ui/palette"
	"kontor/ui/text"
)

// actions is the table of the keys that work everywhere.
func (a *app) actions() *keys.Table {
	t := a.look.Text
	k := t.Keys
	act := func(id string, w text.Key, do func(tea.KeyPressMsg) tea.Cmd, why func() string, ks ...string) *keys.Action {
		return &keys.Action{ID: id, Keys: ks, Short: w.Short, Long: w.Long, Group: keys.Program, Do: do, Why: why}
	}
	list := []*keys.Action{
		act("undo", k.Undo, a.takeBack, func() string {
			if a.undo.Zero() || a.undone || !a.look.Now().Before(a.undo.Until) {
				return t.Bar.NothingToUndo
			}
			if r := a.undo.Recorded; r != nil && r.Fixed {
				return t.Bar.UndoFixed
			}
			return ""
		}, "u"),
		act("help", k.Help, a.help, nil, "?", "f1"),
		act("palette", k.Palette, func(tea.KeyPressMsg) tea.Cmd {
			return a.lay(palette.New(a.look, a.desk, "", a.top().Keys(), a.table))
		}, nil, ":", "ctrl+p"),
		act("back", k.Back, func(tea.KeyPressMsg) tea.Cmd { return a.back() }, nil, "esc"),
		act("search", text.Key{Long: k.Search.Long}, func(m tea.KeyPressMsg) tea.Cmd {
			return tea.Sequence(a.enter(nav.Go{Room: nav.RoomQueue}), nav.Send(nav.Run{ID: "filter"}))
		}, nil, "/"),
		act("quit", k.Quit, func(tea.KeyPressMsg) tea.Cmd { return a.quit() }, nil, "q"),
		act("pull", k.Pull, a.pull, nil, "r", "f5"),
		act("redraw", k.Redraw, func(tea.KeyPressMsg) tea.Cmd { return tea.ClearScreen }, nil, "ctrl+l"),
		act("lock", k.Lock, a.lock, func() string {
			if a.opts.Unlock == nil {
				return t.Bar.NoLock
			}
			return ""
		}, "ctrl+x"),
		act("mask", k.Mask, a.mask, nil, "H"),
		act("theme", k.Theme, func(tea.KeyPressMsg) tea.Cmd {
			name := themes.Next(a.look.Theme.Name)
			a.say = nav.Say{Text: sprintf(t.Bar.ThemeIs, name)}
			return a.relook(name)
		}, nil, "T"),
		act("suspend", k.Suspend, func(tea.KeyPressMsg) tea.Cmd { return tea.Suspend }, nil, "ctrl+z"),
		act("duties", text.Key{Long: t.List.Key.Long}, func(tea.KeyPressMsg) tea.Cmd { return a.enter(nav.Go{Room: nav.RoomDuties}) }, nil, "F"),
		act("settings", k.Settings, func(tea.KeyPressMsg) tea.Cmd { return a.enter(nav.Go{Room: nav.RoomSettings}) }, nil, ","),
	}
	for i, w := range k.Rooms {
		room := nav.Room(i)
		list = append(list, act("room_"+strconv.Itoa(i), w, func(tea.KeyPressMsg) tea.Cmd { return a.enter(nav.Go{Room: room}) }, nil, strconv.Itoa(i)))
	}
	return keys.Must(a.opts.Keys, list...)
}

func (a *app) help(tea.KeyPressMsg) tea.Cmd {
	return a.lay(help.New(a.look, a.placeName(), a.top().Keys(), a.table))
}

func (a *app) pull(tea.KeyPressMsg) tea.Cmd {
	a.say, a.pulling = nav.Say{Text: a.look.Text.Bar.Pulling}, true
	d := a.desk
	return tea.Batch(func() tea.Msg { d.Wake(); return nil }, a.askStatus())
}

// otherLang changes the language of the screen until the program ends.
func (a *app) otherLang() tea.Cmd {
	lang := "de"
	if a.look.Text.Lang == "de" {
		lang = "en"
	}
	a.look.Text = text.New(lang).From(a.look.Today)
	a.table = a.actions()
	a.say = nav.Say{Text: sprintf(a.look.Text.Room.LangIs, a.look.Text.Words.Language[lang])}
	return a.everyone(nav.LookMsg{})
}

func (a *app) mask(tea.KeyPressMsg) tea.Cmd {
	a.look.Masked = !a.look.Masked
	a.say = nav.Say{Text: a.look.Text.Bar.MaskOff}
	if a.look.Masked {
		a.say.Text = a.look.Text.Bar.MaskOn
	}
	return a.everyone(nav.LookMsg{})
}

// quitBox tells the box that asks about quitting from the others.
type quitBox struct{ *dialog.Ask }

func (a *app) askQuit(lines []string) nav.Dialog {
	t := a.look.Text.Dialog
	return quitBox{dialog.NewAsk(a.look, t.Quit, lines, t.QuitHint, "q", tea.QuitMsg{})}
}

// asking reports whether the box about quitting is open.
func (a *app) asking() bool {
	if n := len(a.over); n > 0 {
		_, ok := a.over[n-1].(quitBox)
		return ok
	}
	return false
}
