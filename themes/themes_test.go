package themes

import (
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// Every style leaves the text as it is and closes what it opens, in every theme.
func TestStylesKeepTheText(t *testing.T) {
	t.Parallel()
	for _, name := range append(Names(), "no such theme") {
		for _, dark := range []bool{true, false} {
			th := reflect.ValueOf(New(name, dark)).Elem()
			for i := range th.NumField() {
				s, ok := th.Field(i).Interface().(Style)
				if !ok {
					continue
				}
				got := s.Render("Größe €")
				if ansi.Strip(got) != "Größe €" {
					t.Errorf("%s %s: text became %q", name, th.Type().Field(i).Name, got)
				}
				if strings.Contains(got, "\x1b") && !strings.HasSuffix(got, "m") {
					t.Errorf("%s %s: not closed: %q", name, th.Type().Field(i).Name, got)
				}
			}
		}
	}
}

func TestMonoHasNoColour(t *testing.T) {
	t.Parallel()
	th := New("mono", true)
	for what, got := range map[string]string{"selected": th.Selected.Render("x"), "alert": th.Alert.Render("x"), "bad": th.Bad.Render("x")} {
		if strings.Contains(got, "38;") || strings.Contains(got, "48;") {
			t.Errorf("%s: %q has a colour", what, got)
		}
	}
	if th.Selected.Render("x") == "x" {
		t.Error("the selected row looks like any other")
	}
}

func TestNextWalksAll(t *testing.T) {
	t.Parallel()
	name, seen := "kontor", map[string]bool{}
	for range Names() {
		seen[name] = true
		name = Next(name)
	}
	if len(seen) != len(Names()) || name != "kontor" {
		t.Errorf("walked %v, ended at %s", seen, name)
	}
}
