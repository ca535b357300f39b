package plain_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"kontor/cases/plain"
)

func TestClean(t *testing.T) {
	t.Parallel()
	m := string(plain.Mark)
	for _, tc := range []struct{ name, in, want string }{
		{"plain", "Grüße, 50 €\n\tMfG", "Grüße, 50 €\n\tMfG"},
		{"line ends", "a\r\nb\rc", "a\nb\nc"},
		{"escape", "a\x1b[31mrot\x1b[0m", "a" + m + "[31mrot" + m + "[0m"},
		{"osc", "\x1b]0;titel\x07x", m + "]0;titel" + m + "x"},
		{"c1 in utf-8", "a\u009dtitle\u009cb", "a" + m + "title" + m + "b"},
		{"bidi", "abc\u202egpj.exe", "abc" + m + "gpj.exe"},
		{"tags", "a\U000E0041\U000E0042b", "a" + m + "b"},
		{"zero width", "Za\u200bhl\ufeffung", "Za" + m + "hl" + m + "ung"},
		{"zalgo", "a" + strings.Repeat("\u0301", 20), norm.NFC.String("a\u0301") + strings.Repeat("\u0301", 4) + m},
		{"invalid utf-8", "a\xffb", "a" + m + "b"},
		{"nul", "a\x00\x00b", "a" + m + "b"},
		{"decomposed", "u\u0308", "ü"},
	} {
		if got := plain.Clean(tc.in).String(); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
	if got := plain.Line(" a\n\tb  c ").String(); got != "a b c" {
		t.Errorf("line: %q", got)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "a\x1b[2J", "\u202e", "e\u0301\u0301\u0301\u0301\u0301\u0301", "\xf0\x28", "का\u200dकि", "👩\u200d👩"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := plain.Clean(s).String()
		if !utf8.ValidString(got) {
			t.Fatalf("%q: not UTF-8", s)
		}
		if again := plain.Clean(got).String(); again != got {
			t.Fatalf("%q: %q cleans on to %q", s, got, again)
		}
		for _, r := range got {
			if r != '\n' && r != '\t' && (unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r >= 0xe0000 && r <= 0xe007f) {
				t.Fatalf("%q: %U came through", s, r)
			}
		}
	})
}

// What would join the cell drawn before a text is no part of it.
func TestMarksNeedALetter(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"\u2008\u0983":   "\ufffd",
		"\U0001f3fe":     "\ufffd",
		"a \u0301b":      "a \ufffdb",
		"\t\u0301":       "\ufffd",
		"👩\U0001f3fe":    "👩\U0001f3fe",
		"ｶ\uff9e":        "ｶ\uff9e",
		"e\u0301":        "é",
		"\n\u20e0danger": "\ufffddanger",
	} {
		if got := plain.Line(in).String(); got != want {
			t.Errorf("%+q became %+q, want %+q", in, got, want)
		}
	}
}

// Cleaning what is clean changes nothing, in whatever order nasty runes come;
// else a record would differ from what was shown.
func TestCleanTwiceIsCleanOnce(t *testing.T) {
	t.Parallel()
	nasty := rapid.RuneFrom([]rune("=a e\u0301\u0300\u0338\u200c\u200d\u200e\u202e\ufffd\ufe0f\n\r\t\x1b\u0085ع\u094dक👩🏾ｶ\uff9e\u0983\u1100\u1161\u11a8\U000e0041\ue000"))
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOf(nasty)).Draw(t, "s")
		once := plain.Clean(s).String()
		if twice := plain.Clean(once).String(); twice != once {
			t.Fatalf("%+q became %+q, then %+q", s, once, twice)
		}
		line := plain.Line(s).String()
		if again := plain.Line(line).String(); again != line {
			t.Fatalf("line %+q became %+q, then %+q", s, line, again)
		}
		if !utf8.ValidString(once) || !norm.NFC.IsNormalString(once) {
			t.Fatalf("%+q is not clean", once)
		}
	})
}
