package paper_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"image/png"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/plan"
	"kontor/inbox/paper"
)

var write = flag.Bool("golden.write", false, "write testdata/*.golden anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *write {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRF(t *testing.T) {
	t.Parallel()
	for ref, want := range map[string]string{
		"539007547034":  "RF18539007547034", // the worked example of ISO 11649 texts
		"K-2026-000210": "RF46K2026000210",
		"k 2026/000210": "RF46K2026000210",
	} {
		got, err := paper.RF(ref)
		if err != nil || got != want || !paper.ValidRF(got) {
			t.Errorf("%s: %s %v, want %s", ref, got, err, want)
		}
	}
	for _, bad := range []string{"", "---", strings.Repeat("1", 22), "Köln-1"} {
		if got, err := paper.RF(bad); err == nil {
			t.Errorf("%q gives %s", bad, got)
		}
	}
	for s, want := range map[string]bool{
		"RF18 5390 0754 7034": true, "rf18539007547034": true, "RF19539007547034": false, "RF18": false, "RF00": false, "RFXX1": false, "XX18539007547034": false,
		"RF01" + "9": false, "RF18539007547034'": false,
	} {
		if paper.ValidRF(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	}
}

// TestRFProperties: the digits make the number of ISO 7064 leave 1 (reckoned with
// big numbers), and a wrong or swapped digit, or letter, is found out.
func TestRFProperties(t *testing.T) {
	t.Parallel()
	const signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	rapid.Check(t, func(t *rapid.T) {
		ref := rapid.StringOfN(rapid.SampledFrom([]rune(signs)), 1, 21, -1).Draw(t, "ref")
		rf, err := paper.RF(ref)
		if err != nil {
			t.Fatal(err)
		}
		var digits strings.Builder
		for _, c := range ref + rf[:4] {
			digits.WriteString(big.NewInt(int64(strings.IndexRune(signs, c))).String())
		}
		n, ok := new(big.Int).SetString(digits.String(), 10)
		if !ok || new(big.Int).Mod(n, big.NewInt(97)).Int64() != 1 {
			t.Fatalf("%s: %s leaves no 1", rf, digits.String())
		}
		i := rapid.IntRange(2, len(rf)-1).Draw(t, "place")
		other := rapid.SampledFrom([]byte(signs)).Draw(t, "sign")
		digit := func(c byte) bool { return c <= '9' }
		if other != rf[i] && digit(other) == digit(rf[i]) && paper.ValidRF(rf[:i]+string(other)+rf[i+1:]) {
			t.Fatalf("%s with %c at %d is taken", rf, other, i)
		}
		if i > 2 && rf[i] != rf[i-1] && digit(rf[i]) == digit(rf[i-1]) && paper.ValidRF(rf[:i-1]+string(rf[i])+string(rf[i-1])+rf[i+1:]) {
			t.Fatalf("%s with %d and %d swapped is taken", rf, i-1, i)
		}
	})
}

func transfer() paper.Transfer {
	rf, err := paper.RF("K-2026-000210")
	if err != nil {
		panic(err)
	}
	return paper.Transfer{Name: "Forderungsservice Nordlicht GmbH", IBAN: "DE02 1203 0000 0000 2020 51", BIC: "BYLADEM1001", Amount: 252045, RF: rf}
}

func TestPayload(t *testing.T) {
	t.Parallel()
	got, err := transfer().Payload()
	if err != nil {
		t.Fatal(err)
	}
	want := "BCD\n002\n1\nSCT\nBYLADEM1001\nForderungsservice Nordlicht GmbH\nDE02120300000000202051\nEUR2520.45\n\n" + transfer().RF
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for name, change := range map[string]func(*paper.Transfer){
		"iban":   func(p *paper.Transfer) { p.IBAN = "DE03120300000000202051" },
		"name":   func(p *paper.Transfer) { p.Name = strings.Repeat("a", 71) },
		"none":   func(p *paper.Transfer) { p.Name = " \n" },
		"zero":   func(p *paper.Transfer) { p.Amount = 0 },
		"amount": func(p *paper.Transfer) { p.Amount = 100_000_000_000 },
		"rf":     func(p *paper.Transfer) { p.RF = "RF00K2026000210" },
		"bic":    func(p *paper.Transfer) { p.BIC = "BYLADEM10" },
		"note":   func(p *paper.Transfer) { p.Note = strings.Repeat("ä", 71) },
	} {
		p := transfer()
		change(&p)
		if s, err := p.Payload(); err == nil {
			t.Errorf("%s: %q", name, s)
		} else if strings.Contains(err.Error(), "DE03") {
			t.Errorf("%s: the error shows an account", name)
		}
	}
	long := paper.Transfer{Name: strings.Repeat("ä", 70), IBAN: transfer().IBAN, BIC: transfer().BIC, Amount: 99_999_999_999, RF: transfer().RF, Note: strings.Repeat("ö", 60)}
	if _, err := long.Payload(); err == nil {
		c, err := paper.Giro(long)
		if err != nil || c.Size() > 69+8 {
			t.Errorf("a long code: %v", err)
		}
	}
}

// TestCode: the terminal's picture and the PNG are the same modules, with four
// of white around; a reader that is installed reads the payload back.
func TestCode(t *testing.T) {
	t.Parallel()
	c, err := paper.Giro(transfer())
	if err != nil {
		t.Fatal(err)
	}
	img, err := c.PNG(4)
	if err != nil {
		t.Fatal(err)
	}
	pic, err := png.Decode(bytes.NewReader(img))
	if err != nil {
		t.Fatal(err)
	}
	lines := c.Lines()
	n := c.Size()
	if len(lines) != (n+1)/2 || pic.Bounds().Dx() != 4*n {
		t.Fatalf("%d lines, %d pixels for %d modules", len(lines), pic.Bounds().Dx(), n)
	}
	for y := range n {
		for x := range n {
			cell := []rune(lines[y/2])[x]
			drawn := cell == '█' || cell == '▀' && y%2 == 0 || cell == '▄' && y%2 == 1
			r, _, _, _ := pic.At(4*x+1, 4*y+1).RGBA()
			if drawn != c.Dark(x, y) || (r == 0) != c.Dark(x, y) {
				t.Fatalf("module %d,%d differs", x, y)
			}
			if (x < 4 || y < 4 || x >= n-4 || y >= n-4) && c.Dark(x, y) {
				t.Fatalf("module %d,%d in the quiet zone is dark", x, y)
			}
		}
	}
	golden(t, "code.golden", strings.Join(lines, "\n")+"\n")
	for _, l := range strings.Split(strings.TrimSpace(c.Terminal()), "\n") {
		if !strings.HasPrefix(l, "\x1b[38;5;16;48;5;231m") || !strings.HasSuffix(l, "\x1b[0m") {
			t.Fatalf("line %q sets no colours", l)
		}
	}
	for _, scale := range []int{0, 33} {
		if _, err := c.PNG(scale); err == nil {
			t.Errorf("scale %d is drawn", scale)
		}
	}
	reader, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Log("no zbarimg: the code is not read back")
		return
	}
	file := filepath.Join(t.TempDir(), "code.png")
	if err := os.WriteFile(file, img, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), reader, "-q", "--raw", file).Output()
	want, _ := transfer().Payload()
	if err != nil || strings.TrimRight(string(out), "\n") != want {
		t.Errorf("read back %q, %v", out, err)
	}
}

func rates() []plan.Rate {
	return []plan.Rate{
		{No: 1, Due: calendar.Of(2026, 12, 31), Cents: 5000},
		{No: 2, Due: calendar.Of(2027, 2, 1), Cents: 5000},
		{No: 3, Due: calendar.Of(2027, 3, 1), Cents: 2045},
	}
}

func TestICS(t *testing.T) {
	t.Parallel()
	p := paper.Plan{
		Domain: "nordlicht.example.org", Case: "K-2026-000210", Rates: rates(), Summary: "Rate, Küchenwelt; Nord", Lang: "de",
		Details: "IBAN DE02 1203 0000 0000 2020 51\nVerwendungszweck RF46 K202 6000 210 – Rückfragen: 040 5550 120, C:\\ und mehr",
		Made:    time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC),
	}
	b, err := paper.ICS(p)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "plan.golden", strings.ReplaceAll(string(b), "\r\n", "\n"))
	for _, bad := range []paper.Plan{{}, {Case: "K", Domain: "d"}, {Case: "K", Domain: "d", Rates: []plan.Rate{{Cents: 1}}}, {Case: "K", Domain: "d", Rates: make([]plan.Rate, 601)}} {
		if _, err := paper.ICS(bad); err == nil {
			t.Errorf("%+v is written", bad)
		}
	}
}

// TestICSLines: no line is longer than 75 bytes, none is cut within a character,
// and unfolded and unescaped the text is whole again.
func TestICSLines(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("aß€;,\\n\n 😀")), 1, 200, -1).Draw(t, "text")
		b, err := paper.ICS(paper.Plan{Domain: "d.example", Case: "K", Rates: rates()[:1], Summary: "s", Details: text, Lang: "de"})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range strings.Split(string(b), "\r\n") {
			if len(l) > 75 || strings.ToValidUTF8(l, "") != l || strings.ContainsAny(l, "\r\n") {
				t.Fatalf("line %q of %d bytes", l, len(l))
			}
		}
		flat := strings.ReplaceAll(string(b), "\r\n ", "")
		_, rest, _ := strings.Cut(flat, "\r\nDESCRIPTION:")
		value, _, _ := strings.Cut(rest, "\r\n")
		var got strings.Builder
		for i := 0; i < len(value); i++ {
			if value[i] != '\\' {
				got.WriteByte(value[i])
				continue
			}
			if i++; value[i] == 'n' {
				got.WriteByte('\n')
			} else {
				got.WriteByte(value[i])
			}
		}
		if got.String() != text {
			t.Fatalf("got %q, want %q", got.String(), text)
		}
	})
}

func agency() cases.Agency {
	return cases.Agency{
		Name: "Forderungsservice Nordlicht GmbH", Street: "Speicherkai 7", Town: "20457 Hamburg", Phone: "040 5550 120", Hours: "Mo–Fr 8–18 Uhr",
		Mail: "inkasso@nordlicht.example.org", Web: "nordlicht.example.org", IBAN: "DE02120300000000202051", BIC: "BYLADEM1001", Bank: "Beispielbank",
		Register: "Rechtsdienstleistungsregister 371 E-000", Authority: "Aufsicht: Bundesamt für Justiz, 53094 Bonn, www.bundesjustizamt.de",
		Owner: "Geschäftsführung: Dr. Imke Petersen", Contact: "Svenja Harms",
	}
}

// TestShow writes the letter for people to look at, where asked to.
func TestShow(t *testing.T) {
	dir := os.Getenv("PAPER_SHOW")
	if dir == "" {
		t.Skip("PAPER_SHOW names no folder")
	}
	l := letter()
	l.Draft = true
	b, err := l.PDF()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "letter.pdf"), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func letter() paper.Letter {
	pay := transfer()
	return paper.Letter{
		Agency: agency(), To: paper.Window("Sabine Kröger", "Lerchenweg 14, 22115 Hamburg"), Reference: "K-2026-000210", Date: calendar.Of(2026, 11, 25),
		Subject: "K-2026-000210: Ihr aktueller Stand", Lang: "de", Made: time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC), Pay: &pay,
		Text: "Guten Tag Sabine Kröger,\n\nhier ist der aktuelle Stand in Ihrer Sache mit Küchenwelt Nord GmbH.\n\nHauptforderung offen: 2.389,00 €\nZinsen: 49,50 €\nKosten: 81,95 €\nOffen am 25.11.2026: 2.520,45 €\n\n" +
			"Passt das gerade nicht, schreiben Sie uns, was möglich ist. Raten oder eine Pause lassen sich oft vereinbaren. Haben Sie schon gezahlt oder stimmt etwas nicht, sagen Sie uns bitte Bescheid.\n\n" +
			"Freundliche Grüße\nSvenja Harms\nForderungsservice Nordlicht GmbH\n\nForderungsservice Nordlicht GmbH · Speicherkai 7 · 20457 Hamburg\n040 5550 120 · inkasso@nordlicht.example.org",
	}
}

// TestLetter: equal letters give equal bytes; the text can be taken out again
// where a reader is installed; long ones go over several pages.
func TestLetter(t *testing.T) {
	t.Parallel()
	a, err := letter().PDF()
	if err != nil {
		t.Fatal(err)
	}
	b, err := letter().PDF()
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("two prints differ: %v", err)
	}
	if !bytes.HasPrefix(a, []byte("%PDF-")) || len(a) > 200_000 {
		t.Errorf("%d bytes, begins with %q", len(a), a[:5])
	}
	long := letter()
	long.Text = strings.Repeat("Ein Absatz, der umbricht, weil er länger ist als eine Zeile, und noch etwas länger, damit er es wirklich tut.\n\n", 40) +
		strings.Repeat("Donaudampfschifffahrtsgesellschaft", 20)
	c, err := long.PDF()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("no pdftotext: the text is not read back")
		return
	}
	read := func(pdf []byte) string {
		file := filepath.Join(t.TempDir(), "letter.pdf")
		if err := os.WriteFile(file, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), reader, "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	text := read(a)
	for _, want := range []string{"Sabine Kröger", "Lerchenweg 14", "22115 Hamburg", "Offen am 25.11.2026: 2.520,45 €", "Seite 1 von 1", "IBAN DE02 1203", "Code scannen", "Rechtsdienstleistungsregister"} {
		if !strings.Contains(text, want) {
			t.Errorf("the letter does not say %q:\n%s", want, text)
		}
	}
	if text := read(c); !strings.Contains(text, "Seite 3 von 3") || strings.Count(text, "Ein Absatz") != 40 {
		t.Errorf("the long letter lost something:\n%s", text)
	}
}

func TestLetterRefuses(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*paper.Letter){
		"no address":   func(l *paper.Letter) { l.To = nil },
		"long address": func(l *paper.Letter) { l.To = make([]string, 7) },
		"empty line":   func(l *paper.Letter) { l.To = []string{"a", " "} },
		"no text":      func(l *paper.Letter) { l.Text = "" },
		"no date":      func(l *paper.Letter) { l.Date = 0 },
		"bad code":     func(l *paper.Letter) { l.Pay = &paper.Transfer{} },
		"endless":      func(l *paper.Letter) { l.Text = strings.Repeat("x\n\n", 5000) },
	} {
		l := letter()
		change(&l)
		if _, err := l.PDF(); err == nil {
			t.Errorf("%s is printed", name)
		}
	}
	l := letter()
	l.Text = "مرحبا"
	if _, err := l.PDF(); err == nil {
		t.Error("Arabic is printed without shaping")
	} else if _, ok := errors.AsType[*paper.GlyphError](err); !ok {
		t.Errorf("%v", err)
	}
}

// TestGlyphs: every character that is let through has a sign in both fonts.
func TestGlyphs(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"font/DejaVuSansCondensed.ttf", "font/DejaVuSansCondensed-Bold.ttf"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		has := cmap(t, b)
		n := 0
		for r := rune(0x20); r < 0x10000; r++ {
			if !paper.Printable(r) {
				continue
			}
			if n++; !has(r) {
				t.Errorf("%s: %U has no sign", file, r)
			}
		}
		if n < 700 {
			t.Errorf("only %d characters", n)
		}
	}
}

// cmap reads which characters of the basic plane a TrueType font has (format 4).
func cmap(t *testing.T, b []byte) func(rune) bool {
	t.Helper()
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(b[at:])) }
	for i := range u16(4) {
		rec := 12 + 16*i
		if string(b[rec:rec+4]) != "cmap" {
			continue
		}
		base := u32(rec + 8)
		for k := range u16(base + 2) {
			sub := base + u32(base+4+8*k+4)
			if u16(sub) != 4 {
				continue
			}
			segs := u16(sub+6) / 2
			return func(r rune) bool {
				for s := range segs {
					end, start := u16(sub+14+2*s), u16(sub+16+2*segs+2*s)
					if int(r) < start || int(r) > end {
						continue
					}
					delta, off := u16(sub+16+4*segs+2*s), u16(sub+16+6*segs+2*s)
					if off == 0 {
						return (int(r)+delta)&0xffff != 0
					}
					return u16(sub+16+6*segs+2*s+off+2*(int(r)-start)) != 0
				}
				return false
			}
		}
	}
	t.Fatal("no cmap")
	return nil
}

func TestWindow(t *testing.T) {
	t.Parallel()
	got := strings.Join(paper.Window(" Sabine  Kröger ", "c/o Meier, Lerchenweg 14 , 22115 Hamburg,"), "|")
	if got != "Sabine Kröger|c/o Meier|Lerchenweg 14|22115 Hamburg" {
		t.Error(got)
	}
}

func BenchmarkLetter(b *testing.B) {
	l := letter()
	for b.Loop() {
		if _, err := l.PDF(); err != nil {
			b.Fatal(err)
		}
	}
}
