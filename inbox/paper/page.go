package paper

import (
	"bytes"
	_ "embed" // the fonts travel with the program
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"kontor/cases/plain"
)

//go:embed font/DejaVuSansCondensed.ttf
var regular []byte

//go:embed font/DejaVuSansCondensed-Bold.ttf
var bold []byte

// A page of A4 and the margins of DIN 5008, in millimetres.
const (
	pageW  = 210.0
	pageH  = 297.0
	left   = 25.0
	right  = 20.0
	width  = pageW - left - right
	family = "DejaVu"
	point  = 25.4 / 72 // millimetres
)

// maxPages bounds a document.
const maxPages = 50

// GlyphError says that the fonts cannot print a character.
type GlyphError struct{ Rune rune }

func (e *GlyphError) Error() string {
	return fmt.Sprintf("print: the font has no sign for %U; send this text by mail or write it anew", e.Rune)
}

// printable are the blocks that the fonts cover and that need no shaping.
func printable(r rune) bool {
	switch {
	case r >= 0x20 && r <= 0x7e, r >= 0xa0 && r <= 0x24f, r == '\n', r == '\t': // Latin
		return true
	case r >= 0x2c6 && r <= 0x2dd, r >= 0x300 && r <= 0x30c, r >= 0x391 && r <= 0x3a1, r >= 0x3a3 && r <= 0x3ce: // modifiers, marks, Greek
		return true
	case r >= 0x400 && r <= 0x45f, r >= 0x490 && r <= 0x4f9, r >= 0x1e00 && r <= 0x1ef9: // Cyrillic, further Latin
		return true
	case r >= 0x2010 && r <= 0x2026, r >= 0x2030 && r <= 0x203a, r == 0x20ac, r == 0x2116, r == 0x2122: // punctuation, €, №, ™
		return true
	case r >= 0x2190 && r <= 0x2199, r == 0x2212, r == 0x2248, r >= 0x2264 && r <= 0x2265, r == 0x25a1, r == 0x2610, r == 0x2611, r == 0x2713: // arrows, signs, boxes
		return true
	}
	return false
}

// sheet is a PDF being written. Errors are kept until the end.
type sheet struct {
	*fpdf.Fpdf
	err error
}

// newSheet begins a document whose bytes hang on its content and on made alone.
func newSheet(title, lang string, made time.Time) *sheet {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCatalogSort(true)
	f.SetCreationDate(made.UTC())
	f.SetModificationDate(made.UTC())
	f.SetProducer("Kontor", true)
	f.SetTitle(title, true)
	f.SetLang(lang)
	f.AddUTF8FontFromBytes(family, "", regular)
	f.AddUTF8FontFromBytes(family, "B", bold)
	f.SetMargins(left, 20, right)
	f.SetAutoPageBreak(false, 0)
	f.SetCellMargin(0)
	return &sheet{Fpdf: f}
}

func (s *sheet) bytes() ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	var buf bytes.Buffer
	if err := s.Output(&buf); err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	return buf.Bytes(), nil
}

// clean makes foreign words fit to print; a sign without a glyph ends the document.
func (s *sheet) clean(text string) string {
	text = plain.Clean(text).String()
	for _, r := range text {
		if !printable(r) && s.err == nil {
			s.err = &GlyphError{r}
		}
	}
	if s.err != nil {
		return ""
	}
	return strings.ReplaceAll(text, "\t", "    ")
}

// font chooses style ("" or "B") and size in points.
func (s *sheet) font(style string, size float64) { s.SetFont(family, style, size) }

// put writes one line with its baseline at y; it is cut where w ends.
func (s *sheet) put(x, y, w float64, text string) {
	text = s.clean(text)
	if s.err == nil && s.GetStringWidth(text) > w {
		rs := []rune(text)
		for len(rs) > 0 && s.GetStringWidth(string(rs)+"…") > w {
			rs = rs[:len(rs)-1]
		}
		text = string(rs) + "…"
	}
	s.Text(x, y, text)
}

// wrap breaks text into lines of at most w; words longer than a line are cut.
func (s *sheet) wrap(text string, w float64) []string {
	var out []string
	for _, para := range strings.Split(s.clean(text), "\n") {
		if s.err != nil {
			return nil
		}
		line := ""
		for _, word := range strings.Fields(para) {
			try := word
			if line != "" {
				try = line + " " + word
			}
			if s.GetStringWidth(try) <= w {
				line = try
				continue
			}
			if line != "" {
				out = append(out, line)
			}
			for s.GetStringWidth(word) > w {
				rs := []rune(word)
				n := len(rs) - 1
				for n > 1 && s.GetStringWidth(string(rs[:n])) > w {
					n--
				}
				out = append(out, string(rs[:n]))
				word = string(rs[n:])
			}
			line = word
		}
		out = append(out, line)
	}
	return out
}
