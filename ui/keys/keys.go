// Package keys holds tables of actions: which key, what it does, and why it
// does nothing now. Footer, help and cheat sheet are made of the same table, so
// help never offers what would not work.
package keys

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Group orders actions in the help.
type Group int

// The groups of the help, in order.
const (
	Act     Group = iota // what changes the case
	Look                 // what shows more
	Move                 // what moves
	Program              // everywhere
)

// Action is one thing that a key does.
type Action struct {
	ID    string   // stable name, for rebinding
	Keys  []string // as tea.KeyPressMsg.String gives them
	Short string   // for the footer; empty: help only
	// Foot, if set, gives the footer's words now, in place of Short.
	Foot func() string
	// Urgent, if set, puts the action first in the footer while it is true.
	Urgent func() bool
	Long   string // for the help
	Group  Group
	Do     func(tea.KeyPressMsg) tea.Cmd
	// Why says in one sentence why the action does nothing now; empty, or a nil
	// Why, means that it works.
	Why func() string
}

// Off returns the reason why the action does nothing now, or "".
func (a *Action) Off() string {
	if a.Why == nil {
		return ""
	}
	return a.Why()
}

// Label returns the first key as the screen writes it.
func (a *Action) Label() string {
	if len(a.Keys) == 0 {
		return ""
	}
	return Pretty(a.Keys[0])
}

// Words returns the footer's words now.
func (a *Action) Words() string {
	if a.Foot != nil {
		return a.Foot()
	}
	return a.Short
}

// Labels returns all keys as the screen writes them.
func (a *Action) Labels() string {
	ls := make([]string, 0, len(a.Keys))
	for _, k := range a.Keys {
		if p := Pretty(k); !slices.Contains(ls, p) {
			ls = append(ls, p)
		}
	}
	return strings.Join(ls, " ")
}

// Pretty writes a key as people read it.
func Pretty(k string) string {
	switch k {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "enter":
		return "⏎"
	case "space":
		return "␣"
	case "shift+tab":
		return "⇧tab"
	}
	if len(k) > 1 && k[0] == 'f' && strings.Trim(k[1:], "0123456789") == "" {
		return strings.ToUpper(k)
	}
	return strings.Replace(k, "ctrl+", "^", 1)
}

// Table is the actions of one screen. The zero Table has none.
type Table struct {
	actions []*Action
	byKey   map[string]*Action
	err     error
}

// Err says why the rebinding that Must was given does not fit; nil where it does.
func (t *Table) Err() error {
	if t == nil {
		return nil
	}
	return t.err
}

// New makes a table; bound replaces keys by action id. It is an error to bind
// one key twice.
func New(bound map[string][]string, actions ...*Action) (*Table, error) {
	t := &Table{actions: actions, byKey: map[string]*Action{}}
	for _, a := range actions {
		if ks, ok := bound[a.ID]; ok {
			a.Keys = ks
		}
	}
	for _, a := range actions {
		for _, k := range a.Keys {
			if o := t.byKey[k]; o != nil {
				return nil, fmt.Errorf("key %q is bound to %s and %s", k, o.ID, a.ID)
			}
			t.byKey[k] = a
		}
	}
	return t, nil
}

// Must is New for tables whose bindings were checked at start: where a
// rebinding does not fit, the built-in keys stand.
func Must(bound map[string][]string, actions ...*Action) *Table {
	builtin := make([][]string, len(actions))
	for i, a := range actions {
		builtin[i] = a.Keys
	}
	t, err := New(bound, actions...)
	if err == nil {
		return t
	}
	for i, a := range actions {
		a.Keys = builtin[i]
	}
	misfit := err
	if t, err = New(nil, actions...); err != nil {
		panic(err) // a table of our own with one key twice; a test walks them all
	}
	t.err = misfit
	return t
}

// Find returns the action of a key, or nil.
func (t *Table) Find(key string) *Action {
	if t == nil {
		return nil
	}
	return t.byKey[key]
}

// ByID returns an action by its name, or nil.
func (t *Table) ByID(id string) *Action {
	if t == nil {
		return nil
	}
	for _, a := range t.actions {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// Press runs the action of a key. found is false where the table has none; why
// is the reason where the action is off.
func (t *Table) Press(k tea.KeyPressMsg) (cmd tea.Cmd, why string, found bool) {
	a := t.Find(k.String())
	if a == nil {
		return nil, "", false
	}
	if why = a.Off(); why != "" {
		return nil, why, true
	}
	return a.Do(k), "", true
}

// All returns the actions in order.
func (t *Table) All() []*Action {
	if t == nil {
		return nil
	}
	return t.actions
}

// Foot returns the actions for the footer: those with words for it that work
// now, the urgent ones first.
func (t *Table) Foot() []*Action {
	var urgent, rest []*Action
	for _, a := range t.All() {
		switch {
		case len(a.Keys) == 0 || a.Words() == "" || a.Off() != "":
		case a.Urgent != nil && a.Urgent():
			urgent = append(urgent, a)
		default:
			rest = append(rest, a)
		}
	}
	return append(urgent, rest...)
}
