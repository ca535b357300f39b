package cells_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"kontor/cases/plain"
	"kontor/themes"
	"kontor/ui/cells"
)

var none themes.Style

// Wrapped text fits, and loses nothing but the spaces at the breaks.
func TestWrapFitsAndLosesNothing(t *testing.T) {
	t.Parallel()
	th := themes.New("kontor", true)
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.StringOf(rapid.RuneFrom([]rune("ab cdefg hÄß€-/ \n\t漢字👩\u200dé\u0301"))).Draw(t, "text")
		body := plain.Clean(raw)
		w := rapid.IntRange(30, 60).Draw(t, "width")
		var marks []cells.Mark
		if n := len(body.String()); n > 4 {
			a := rapid.IntRange(0, n-1).Draw(t, "start")
			z := rapid.IntRange(a, n).Draw(t, "end")
			if boundary(body.String(), a) && boundary(body.String(), z) {
				marks = append(marks, cells.Mark{Start: a, End: z, Style: th.Evidence, Tag: "Rate", Open: "‹", Shut: "›"})
			}
		}
		lines := cells.Wrap(body, w, th.Text, marks...)
		for _, l := range lines {
			if n := ansi.StringWidth(l); n > w {
				t.Fatalf("a line of %d cells in %d: %q", n, w, l)
			}
		}
		got := ansi.Strip(strings.Join(lines, ""))
		got = strings.NewReplacer(" [Rate]", "", "‹", "", "›", "").Replace(got)
		if squash(got) != squash(body.String()) {
			t.Fatalf("%q became %q", body.String(), got)
		}
	})
}

// boundary keeps marks off the middle of a grapheme, where no evidence lies.
func boundary(s string, i int) bool {
	for at := 0; at < len(s); {
		if at == i {
			return true
		}
		g, _ := ansi.FirstGraphemeCluster(s[at:], ansi.GraphemeWidth)
		at += len(g)
	}
	return i == len(s)
}

func squash(s string) string { return strings.Join(strings.Fields(s), "") }

func TestWrapBreaksAtSpaces(t *testing.T) {
	t.Parallel()
	got := cells.Wrap(plain.Clean("eins zwei drei\n\nvier"), 9, none)
	want := []string{"eins zwei", "drei", "", "vier"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := cells.Wrap(plain.Clean("aa bb cc"), 5, none); strings.Join(got, "|") != "aa bb|cc" {
		t.Errorf("got %q", got)
	}
	if got := cells.Wrap(plain.Clean(strings.Repeat("x", 12)), 5, none); len(got) != 3 {
		t.Errorf("a long word became %q", got)
	}
}

func TestCellsHaveTheirWidth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := plain.Line(rapid.String().Draw(t, "s")).String()
		w := rapid.IntRange(0, 40).Draw(t, "w")
		for name, f := range map[string]func(string, int) string{"cell": cells.Cell, "right": cells.Right, "center": cells.Center} {
			if n := ansi.StringWidth(f(s, w)); n != w {
				t.Fatalf("%s of %q has %d cells, want %d", name, s, n, w)
			}
		}
		if n := ansi.StringWidth(cells.Ends(s, "rechts", w)); n != w {
			t.Fatalf("ends have %d cells, want %d", n, w)
		}
	})
}

func TestOverKeepsTheWidth(t *testing.T) {
	t.Parallel()
	base := cells.Fit([]string{"漢字漢字漢字漢字漢字", "0123456789"}, 20, 2)
	got := cells.Over(base, []string{"[box]"}, 3, 0)
	for i, l := range got {
		if n := ansi.StringWidth(l); n != 20 {
			t.Errorf("line %d has %d cells: %q", i, n, l)
		}
	}
}

// What was on the screen is what may be approved: every line, without a gap.
func TestPaneRemembersWhatWasSeen(t *testing.T) {
	t.Parallel()
	var p cells.Pane
	p.Refill(strings.Split("1 2 3 4 5 6 7 8 9 10", " "))
	p.Resize(4)
	p.Look()
	p.Scroll(100) // the end, but not the middle
	p.Look()
	if p.Seen() {
		t.Fatal("lines 5 and 6 were never on the screen")
	}
	p.ShowUnseen() // lines 3 to 6; the sign for more lies over the sixth
	p.Look()
	p.Scroll(4)
	p.Look()
	if p.Seen() {
		t.Fatal("line 6 was never whole on the screen")
	}
	for range 3 {
		p.ShowUnseen()
		p.Look()
	}
	if !p.Seen() {
		t.Error("all lines were on the screen")
	}
	p.Refill([]string{"the", "same", "text", "laid", "out", "anew"})
	if !p.Seen() {
		t.Error("a new width is no new text")
	}
	p.Forget()
	if p.Seen() {
		t.Error("a changed text has not been seen")
	}
	var empty cells.Pane
	empty.Refill(nil)
	empty.Look()
	if empty.Seen() {
		t.Error("nothing was seen of nothing")
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ top, cursor, height, n, want int }{
		{0, 0, 10, 100, 0}, {0, 10, 10, 100, 1}, {50, 20, 10, 100, 20}, {95, 99, 10, 100, 90}, {0, 3, 10, 4, 0}, {5, 0, 10, 0, 0},
	} {
		if got := cells.Window(c.top, c.cursor, c.height, c.n); got != c.want {
			t.Errorf("%+v: got %d", c, got)
		}
	}
}
