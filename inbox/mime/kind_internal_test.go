package mime

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestContainsFold(t *testing.T) {
	t.Parallel()
	texts := rapid.StringOfN(rapid.SampledFrom([]rune("autoAUTOäſ ")), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		s := texts.Draw(t, "s")
		if got, want := containsFold(s, "auto"), strings.Contains(strings.ToLower(s), "auto"); got != want {
			t.Fatalf("%q: %v, want %v", s, got, want)
		}
	})
}

func TestDecodeQP(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		in, want string
		broken   bool
	}{
		{"a=3D b=\n c=E4", "a= b c\xe4", false},
		{"blanks go \t\nand stay=20\r\n", "blanks go\nand stay \r\n", false},
		{"blanks go \r\nand at the end stay ", "blanks go\r\nand at the end stay ", false},
		{"soft = \t\r\nbreak=", "soft break", false},
		{"50 % = 1/2, a=ZZ", "50 % = 1/2, a=ZZ", true},
		{"=4", "=4", true},
	} {
		if got, _, broken := decodeQP([]byte(tc.in), 100); string(got) != tc.want || broken != tc.broken {
			t.Errorf("%q: %q %v, want %q %v", tc.in, got, broken, tc.want, tc.broken)
		}
	}
	if got, cut, _ := decodeQP([]byte("one\ntwo\n"), 5); string(got) != "one\nt" || !cut {
		t.Errorf("cut: %q %v", got, cut)
	}
}

func TestRareCharsets(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, label, bytes, want string }{
		{"Polish under a Western label", "iso-8859-1", "prosz\xea o zw\xb3ok\xea", "proszę o zwłokę"},
		{"Polish, ISO bytes", "iso-8859-1", "dzi\xb1kuj\xea, \xb3\xf3d\xbc, k\xb6i\xb1\xbfka", "dziąkuję, łódź, kśiążka"},
		{"German with a raised digit", "iso-8859-1", "f\xfcr 5 m\xb3wasser", "für 5 m³wasser"},
		{"French", "iso-8859-1", "c\x9cur et s\x9cur", "cœur et sœur"},
		{"HZ", "hz-gb-2312", "~{NRPGFZNe86?n~}", "我星期五付款"},
		{"ISO-2022-KR", "iso-2022-kr", "\x1b$)C\n\x0e1]?d@O?!\x0f \x0eAv:RGO0Z=@4O4Y\x0f", "\n금요일에 지불하겠습니다"},
	} {
		if got, _ := decodeCharset([]byte(tc.bytes), tc.label); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}
