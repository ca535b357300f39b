package ui

import (
	"strings"
	"testing"

	"kontor/ui/keys"
)

// On every screen no key has two actions that work, every action has words for
// the help, and every action that is off says why.
func TestEveryScreensKeys(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"de", "en"} {
		for _, sc := range scenes() {
			d := start(t, 120, 40, lang)
			sc.play(d)
			table := d.app.top().Keys()
			seen := map[string]string{}
			for _, a := range table.All() {
				if a.Long == "" || a.ID == "" || a.Do == nil {
					t.Errorf("%s: action %q has no words, name or deed", sc.name, a.ID)
				}
				for _, k := range a.Keys {
					if o := seen[k]; o != "" {
						t.Errorf("%s: %q is %s and %s", sc.name, k, o, a.ID)
					}
					seen[k] = a.ID
				}
			}
			for _, a := range d.app.table.All() {
				for _, k := range a.Keys {
					if o := seen[k]; o != "" && !allowed(k) {
						t.Errorf("%s: %q is %s here and %s everywhere", sc.name, k, o, a.ID)
					}
				}
			}
		}
	}
}

// allowed are keys that a screen may take from the program: cli.md gives them
// a meaning of their own there.
func allowed(k string) bool { return k == "u" || k == "/" }

// Every key of the contract is bound on the screens that it names.
func TestKeysOfTheContract(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	has := func(where string, table *keys.Table, want string) {
		t.Helper()
		for _, k := range strings.Fields(want) {
			if table.Find(k) == nil {
				t.Errorf("%s lacks %q", where, k)
			}
		}
	}
	has("everywhere", d.app.table, "? : / esc q u 0 1 2 3 4 5 6 7 8 9 , F r ctrl+l ctrl+x H T ctrl+z")
	item := "a s e t c x m R w n N p b M d v V P i z"
	has("queue", d.app.queue.Keys(), strings.Replace(item, "i", "", 1)+" i j k G g pgup pgdown h l left right enter f o space y")
	d.keys("enter")
	has("review", d.app.top().Keys(), item+" E J K space y")
	d.keys("2")
	has("case", d.app.top().Keys(), "E i z J K a s e t c x m R w n N p b M d v V P f Q I C y")
	d.keys("5")
	has("outbox", d.app.top().Keys(), "u enter")
}

func TestCheckKeys(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bound map[string][]string
		want  string
	}{
		"none":    {nil, ""},
		"fits":    {map[string][]string{"approve": {"f2"}}, ""},
		"unknown": {map[string][]string{"aprove": {"f2"}}, `no screen has an action called "aprove"`},
		"twice":   {map[string][]string{"approve": {"e"}}, `"e" is bound to`},
	} {
		err := CheckKeys(c.bound)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
