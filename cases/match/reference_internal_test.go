package match

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Trying only where a match can begin finds what a search of the whole text
// finds, and besides it a second reference right after the first.
func TestAnchoredFindsAll(t *testing.T) {
	t.Parallel()
	for _, expr := range []string{`K-\d{4}-\d{6}`, `\d{6}/\d{2}`, `AZ\d{3,5}`, `#\d{5}`} {
		p, err := Compile(expr)
		if err != nil {
			t.Fatal(err)
		}
		slow := *p
		slow.exactAt, slow.looseAt = nil, nil
		rapid.Check(t, func(rt *rapid.T) {
			piece := rapid.SampledFrom([]string{
				"K", "k", "AZ", "az", "-", "\u2013", "/", " ", "\n", "2026", "000318", "2O26", "OOO3l8", "12", "318", "#", "x", "ü", "\xff", ".", "000 318", "12345",
			})
			text := strings.Join(rapid.SliceOfN(piece, 0, 24).Draw(rt, "text"), "")
			fast := map[string]Found{}
			for _, f := range p.Find(text) {
				fast[f.Key] = f
				if text[f.Start:f.End] != f.Quote || insideWord(text[:f.Start]) {
					rt.Fatalf("%q: %+v is not at its place", text, f)
				}
			}
			for _, f := range slow.Find(text) {
				if _, ok := fast[f.Key]; !ok {
					rt.Fatalf("%s in %q: %+v is not found", expr, text, f)
				}
			}
		})
	}
	p, err := Compile(`K-\d{4}-\d{6}`)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Find("K-2026-000318 K-2026-000319"); len(got) != 2 {
		t.Errorf("two references beside each other: %+v", got)
	}
}

func BenchmarkFind(b *testing.B) {
	p, err := Compile(`K-\d{4}-\d{6}`)
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("> Zeile 12 des alten Briefes mit etwas Text und einem Betrag von 1.234,56 EUR darin, kein Konto.\n", 60) + "K-2026-000318"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if len(p.Find(text)) != 1 {
			b.Fatal("not found")
		}
	}
}
