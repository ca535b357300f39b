package mime

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decodeCharset decodes b, which claims to be in the charset label, into UTF-8.
// wrong says that the label was false, unknown, or missing where one is needed.
// The order is: what the bytes can only be, what the label says, Windows-1252.
func decodeCharset(b []byte, label string) (s string, wrong bool) {
	label = normLabel(label)
	switch {
	case label == "utf-7" || label == "unicode-1-1-utf-7" || label == "x-unicode-2-0-utf-7":
		return decodeUTF7(b), false
	case asciiBytes(b) && !shifting(label):
		return string(b), false
	case label == "iso-2022-kr" || label == "csiso2022kr":
		return run(korean.EUCKR, unshiftKorean(b)), false
	}
	if enc, ok := bom(b); ok {
		return run(enc, b), false
	}
	valid := utf8.Valid(b)
	switch label {
	case "utf-8", "":
		if valid {
			return undouble(string(b))
		}
		if s, ok := mostlyUTF8(string(b)); ok {
			return s, true
		}
		return run(guess(b), b), true
	}
	enc := lookup(label)
	if enc == nil {
		if valid {
			return string(b), true
		}
		return run(guess(b), b), true
	}
	if valid && (!shifting(label) || sevenBit(label)) && !wide(label) && multibyte(b) > 0 {
		// Bytes in a single-byte or seven-bit charset that form valid UTF-8
		// throughout are UTF-8.
		s, _ := undouble(string(b))
		return s, true
	}
	enc2 := widen(label, enc, b)
	s = run(enc2, b)
	if wide(label) && valid && strings.ContainsRune(s, utf8.RuneError) {
		return string(b), true
	}
	return s, enc2 != enc
}

func normLabel(l string) string {
	l = strings.ToLower(strings.Trim(l, " \t\"'<>"))
	switch l {
	case "utf8", "utf_8", "utf-8-sig", "unicode-1-1-utf-8", "cp65001", "unicode":
		return "utf-8"
	case "us-ascii", "ascii", "ansi_x3.4-1968", "7bit", "8bit", "unknown-8bit", "x-unknown", "unknown", "default", "default_charset", "none", "binary", "x-user-defined", "_autodetect":
		return ""
	case "ansi", "cp-1252", "win-1252", "iso-8859-1-windows-3.1-latin-1", "iso8859_1", "iso-8859-1i", "latin-1", "iso_8859_1", "8859-1":
		return "windows-1252"
	case "iso8859-15", "iso_8859-15", "latin-9", "latin9", "8859-15":
		return "iso-8859-15"
	}
	return l
}

func lookup(label string) encoding.Encoding {
	switch label {
	case "hz-gb-2312", "hz":
		return simplifiedchinese.HZGB2312 // the index has it replaced, for browsers' sake
	case "cp850", "ibm850":
		return charmap.CodePage850
	case "cp437", "ibm437":
		return charmap.CodePage437
	case "cp852", "ibm852":
		return charmap.CodePage852
	case "iso-8859-9", "latin5":
		return charmap.ISO8859_9
	case "iso-8859-1":
		return charmap.Windows1252 // what everyone means by it (WHATWG Encoding)
	}
	if rest, ok := strings.CutPrefix(label, "cp125"); ok && len(rest) == 1 {
		label = "windows-125" + rest
	}
	enc, err := htmlindex.Get(label)
	if err != nil || enc == encoding.Replacement {
		return nil
	}
	return enc
}

// widen replaces a single-byte ISO charset by its Windows superset where bytes
// 0x80–0x9F, which are controls in the ISO one, are used as letters.
func widen(label string, enc encoding.Encoding, b []byte) encoding.Encoding {
	if enc == charmap.Windows1252 {
		return central(b)
	}
	if !strings.HasPrefix(label, "iso-8859-") && label != "latin2" && label != "latin5" {
		return enc
	}
	c1 := bytes.IndexFunc(b, func(r rune) bool { return r == utf8.RuneError })
	if c1 < 0 || !hasC1(b) {
		return enc
	}
	switch enc {
	case charmap.ISO8859_2:
		return charmap.Windows1250
	case charmap.ISO8859_9:
		return charmap.Windows1254
	case charmap.ISO8859_15:
		return charmap.Windows1252
	case charmap.ISO8859_5:
		return charmap.Windows1251
	case charmap.ISO8859_7:
		return charmap.Windows1253
	case charmap.ISO8859_6:
		return charmap.Windows1256
	}
	return enc
}

// central tells Western from Central European text under a Western label: there
// a raised digit, a fraction or the like before a small letter and behind a
// letter is one of theirs. German umlauts say that it is none.
func central(b []byte) encoding.Encoding {
	windows, iso := 0, 0
	for i := 1; i+1 < len(b); i++ {
		switch c := b[i]; {
		case c < 0x80:
			continue
		case c == 0xe4 || c == 0xfc || c == 0xdf: // ä ü ß
			return charmap.Windows1252
		case b[i-1]|0x20 < 'a' || b[i-1]|0x20 > 'z' || b[i+1] < 'a' || b[i+1] > 'z':
		case c == 0xb3: // ł in both
			windows++
			iso++
		case c == 0xb9 || c == 0xbf: // ą ż
			windows++
		case c == 0xb1 || c == 0xb6 || c == 0xbc: // ą ś ź
			iso++
		}
	}
	switch {
	case windows == 0 && iso == 0:
		return charmap.Windows1252
	case iso > windows:
		return charmap.ISO8859_2
	}
	return charmap.Windows1250
}

// unshiftKorean makes EUC-KR of ISO-2022-KR (RFC 1557).
func unshiftKorean(b []byte) []byte {
	out := make([]byte, 0, len(b))
	shifted := false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == 0x0e:
			shifted = true
		case c == 0x0f:
			shifted = false
		case c == 0x1b && bytes.HasPrefix(b[i:], []byte("\x1b$)C")):
			i += 3
		case c == '\n':
			shifted = false
			out = append(out, c)
		case shifted && c > 0x20 && c < 0x7f:
			out = append(out, c|0x80)
		default:
			out = append(out, c)
		}
	}
	return out
}

func hasC1(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 && c <= 0x9f {
			return true
		}
	}
	return false
}

// wide: charsets of two and more bytes, whose text may by accident be UTF-8.
func wide(label string) bool {
	switch {
	case strings.HasPrefix(label, "gb"), strings.HasPrefix(label, "big5"), strings.HasPrefix(label, "euc"),
		strings.HasPrefix(label, "utf-16"), strings.HasPrefix(label, "shift"), strings.Contains(label, "sjis"),
		strings.HasPrefix(label, "ks_c"), label == "cp936", label == "x-gbk", label == "korean", label == "windows-949":
		return true
	}
	return false
}

// shifting: charsets whose text can be all ASCII bytes and yet not ASCII.
func shifting(label string) bool {
	return strings.HasPrefix(label, "iso-2022") || strings.HasPrefix(label, "hz") || strings.HasPrefix(label, "utf-16") || label == "csiso2022jp"
}

// sevenBit: charsets whose text has no byte above 0x7F.
func sevenBit(label string) bool {
	return strings.HasPrefix(label, "iso-2022") || strings.HasPrefix(label, "hz") || label == "csiso2022jp"
}

func bom(b []byte) (encoding.Encoding, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return unicode.UTF8BOM, true
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), true
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM), true
	}
	return nil, false
}

func run(enc encoding.Encoding, b []byte) string {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

func asciiBytes(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// multibyte counts the non-ASCII runes of valid UTF-8, up to 3.
func multibyte(b []byte) int {
	n := 0
	for _, c := range b {
		if c >= 0xc0 {
			if n++; n == 3 {
				break
			}
		}
	}
	return n
}

// mostlyUTF8 repairs text that is UTF-8 but for a few bytes: cut characters at
// line ends, one Latin-1 byte in a signature.
func mostlyUTF8(s string) (string, bool) {
	good, bad := 0, 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	if good < 2 || bad*4 > good {
		return "", false
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(s[i])
		}
		b.WriteRune(r)
		i += n
	}
	return b.String(), true
}

// undouble repairs UTF-8 that was taken for Windows-1252 and encoded once more
// ("Ã¤" for "ä"): only where each non-ASCII character of the text takes part.
func undouble(s string) (string, bool) {
	if !strings.Contains(s, "Ã") && !strings.Contains(s, "Ð") && !strings.Contains(s, "Å") {
		return s, false
	}
	raw := make([]byte, 0, len(s))
	for _, r := range s {
		c, ok := charmap.Windows1252.EncodeRune(r)
		switch {
		case ok:
			raw = append(raw, c)
		case r >= 0x80 && r < 0xa0:
			raw = append(raw, byte(r))
		default:
			return s, false
		}
	}
	if !utf8.Valid(raw) {
		return s, false
	}
	return string(raw), true
}

// guess names the charset of unlabelled 8-bit text: Windows-1252 unless most
// letters are high, as in Cyrillic text.
func guess(b []byte) encoding.Encoding {
	high, letters, lowRow, midRow := 0, 0, 0, 0
	for _, c := range b {
		switch {
		case c >= 0xe0:
			high++
			lowRow++
		case c >= 0xc0:
			high++
			midRow++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			letters++
		}
	}
	if high < 8 || high < 2*letters {
		return charmap.Windows1252
	}
	// Lower case is 0xE0–0xFF in windows-1251 and 0xC0–0xDF in KOI8-R.
	if midRow > lowRow {
		return charmap.KOI8R
	}
	return charmap.Windows1251
}

// decodeUTF7 decodes RFC 2152; what is not well-formed stays as it is.
func decodeUTF7(b []byte) string {
	var out strings.Builder
	for i := 0; i < len(b); i++ {
		if b[i] != '+' {
			out.WriteByte(b[i])
			continue
		}
		j := i + 1
		for j < len(b) && isBase64(b[j]) {
			j++
		}
		if j == i+1 {
			out.WriteByte('+')
			if j < len(b) && b[j] == '-' {
				i++
			}
			continue
		}
		raw := decodeB(string(b[i+1 : j]))
		out.WriteString(run(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), raw[:len(raw)&^1]))
		i = j - 1
		if j < len(b) && b[j] == '-' {
			i = j
		}
	}
	return strings.ToValidUTF8(out.String(), "\uFFFD")
}
