// Package plain makes foreign text safe to show. Its type Text is the only way
// for words of strangers (mails, server answers, file names, model answers) to
// reach a screen, and Clean is the only function that makes one.
package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Mark stands where Clean removed something, so that a reader sees it.
const Mark = '\uFFFD'

// maxMarks is the number of combining marks that may follow one base rune.
const maxMarks = 4

// Text is cleaned text: valid UTF-8 in NFC, of printable runes, "\n" and "\t".
// The zero value is the empty text.
type Text struct{ s string }

// String returns the cleaned text.
func (t Text) String() string { return t.s }

// IsZero reports whether the text is empty.
func (t Text) IsZero() bool { return t.s == "" }

// MarshalText returns the cleaned text.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.s), nil }

// UnmarshalText cleans what it reads, so a record written by hand is no way in.
func (t *Text) UnmarshalText(b []byte) error { *t = Clean(string(b)); return nil }

// Clean returns s without what a terminal could act on or a reader could be
// deceived by: C0 controls but "\n" and "\t", C1 controls, DEL, bidi controls,
// tag characters, zero-width characters (joiners are kept between letters),
// combining marks without a letter before them or more than four on one, private
// use and invalid UTF-8.
// Where something was removed a single Mark stands. "\r\n" and "\r" become
// "\n". The result is NFC, and Clean(Clean(s)) equals Clean(s).
func Clean(s string) Text {
	if clean(s) {
		return Text{s}
	}
	// Normalise first and drop afterwards: a removed rune must not let its
	// neighbours compose into something new on a second pass.
	s = norm.NFC.String(strings.ToValidUTF8(s, string(Mark)))
	var b strings.Builder
	b.Grow(len(s))
	marks, prev, marked := 0, rune(0), false
	mark := func() {
		if !marked {
			b.WriteRune(Mark)
			marked = true
		}
	}
	for i, r := range s {
		if r == '\r' {
			if strings.HasPrefix(s[i+1:], "\n") {
				continue
			}
			r = '\n'
		}
		switch {
		case extends(r):
			marks++
			// After a space or at the start a mark has no letter to stand on:
			// a terminal would join it with whatever is drawn before it.
			if marks > maxMarks || prev == 0 || prev == Mark || unicode.IsSpace(prev) {
				mark()
				prev = Mark
				continue
			}
		case r == '\u200d' || r == '\u200c':
			if !joins(prev) || !joins(next(s[i+utf8.RuneLen(r):])) {
				mark()
				prev = Mark
				continue
			}
		case unsafe(r):
			mark()
			prev = Mark
			continue
		case r == Mark:
			mark()
			prev, marks = Mark, 0
			continue
		default:
			marks = 0
		}
		b.WriteRune(r)
		prev, marked = r, false
	}
	return Text{b.String()}
}

// Line is Clean for a single line: line breaks and tabs become spaces, runs of
// space become one, ends are trimmed.
func Line(s string) Text {
	return Text{strings.Join(strings.Fields(Clean(s).s), " ")}
}

// Cut returns at most n bytes of t, ending between runes, and whether anything
// was cut off.
func (t Text) Cut(n int) (Text, bool) {
	if len(t.s) <= n {
		return t, false
	}
	for n > 0 && !utf8.RuneStart(t.s[n]) {
		n--
	}
	return Text{t.s[:n]}, true
}

// clean is the quick look that spares most texts the rebuild.
func clean(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f {
			return cleanSlow(s)
		}
	}
	return true
}

func cleanSlow(s string) bool {
	for _, r := range s {
		// Most text is ASCII and Latin letters, which need no table.
		if r >= ' ' && r < 0x7f || r == '\n' || r == '\t' || r >= 0xa1 && r < 0x250 && r != 0xad {
			continue
		}
		if r == utf8.RuneError || r == '\r' || unsafe(r) || extends(r) || r == '\u200d' || r == '\u200c' {
			return false
		}
	}
	return norm.NFC.IsNormalString(s)
}

func next(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// joins says where a zero-width joiner is part of writing: Arabic, Indic and
// other joining scripts, and between emoji.
func joins(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Devanagari, unicode.Bengali, unicode.Sinhala, unicode.Malayalam, unicode.Kannada, unicode.So, unicode.Sk)
}

// extends reports whether a terminal draws r into the cell of the rune before
// it: combining marks, the skin tones of emoji, halfwidth voicing marks (class
// Extend and SpacingMark of UAX #29).
func extends(r rune) bool {
	return unicode.Is(unicode.M, r) || r >= 0x1f3fb && r <= 0x1f3ff || r == 0xff9e || r == 0xff9f
}

func unsafe(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r <= 0x9f:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x061c, r == 0x200e, r == 0x200f:
		return true
	case r >= 0xe0000 && r <= 0xe0fff:
		return true
	case r == 0x00ad, r == 0x034f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x180e, r == 0x3164, r == 0xffa0:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x2029, r >= 0x2060 && r <= 0x206f, r == 0xfeff, r >= 0xfff0 && r <= 0xfffb:
		return true
	case r >= 0xfe00 && r <= 0xfe0f:
		return true
	case unicode.In(r, unicode.Co, unicode.Cs):
		return true
	}
	return r != ' ' && !unicode.IsPrint(r) && !unicode.IsSpace(r)
}
