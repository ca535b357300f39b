package mime

import (
	"encoding/base64"
	"strings"
)

// decodeWords decodes the encoded words in s (RFC 2047, with RFC 2231 language
// tags). Where the RFC has words that senders break, it is lenient: blanks
// inside a word, missing padding, words glued to text, one character cut over
// two words. What cannot be decoded stays as it is.
func decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	var out strings.Builder
	var run []byte // bytes of adjacent words in one charset
	label := ""
	flush := func() {
		if len(run) > 0 {
			out.WriteString(decodeWord(run, label))
		}
		run, label = nil, ""
	}
	for len(s) > 0 {
		i := strings.Index(s, "=?")
		if i < 0 {
			flush()
			out.WriteString(s)
			return out.String()
		}
		w, rest, ok := parseWord(s[i:])
		if !ok {
			flush()
			out.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		// White space between two encoded words is not part of the text.
		if before := s[:i]; len(run) == 0 || strings.Trim(before, " \t") != "" {
			flush()
			out.WriteString(before)
		}
		if !strings.EqualFold(label, w.charset) {
			flush()
			label = w.charset
		}
		run = append(run, w.data...)
		s = rest
	}
	flush()
	return out.String()
}

type word struct {
	charset string
	data    []byte
}

// parseWord reads one encoded word at the start of s ("=?charset?enc?text?=").
func parseWord(s string) (w word, rest string, ok bool) {
	charset, after, ok := strings.Cut(s[2:], "?")
	if !ok || charset == "" || len(charset) > 40 || strings.ContainsAny(charset, " =") {
		return w, s, false
	}
	w.charset, _, _ = strings.Cut(charset, "*")
	if len(after) < 2 || after[1] != '?' {
		return w, s, false
	}
	enc, body := after[0]|0x20, after[2:]
	end := strings.Index(body, "?=")
	// In Q a "?=" may be followed by two hex digits where a sender left the
	// question mark unencoded ("Wann?=20Heute?=").
	for end >= 0 && enc == 'q' && len(body) >= end+4 && isHex(body[end+2]) && isHex(body[end+3]) {
		more := strings.Index(body[end+2:], "?=")
		if more < 0 || strings.Contains(body[end+2:end+2+more], "=?") {
			break
		}
		end += 2 + more
	}
	if end < 0 {
		return w, s, false
	}
	text := body[:end]
	rest = body[end+2:]
	switch enc {
	case 'q':
		w.data = decodeQ(text)
	case 'b':
		w.data = decodeB(text)
	default:
		return w, s, false
	}
	return w, rest, true
}

func decodeQ(s string) []byte {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '_':
			b = append(b, ' ')
		case c == '=' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b = append(b, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		default:
			b = append(b, c)
		}
	}
	return b
}

// decodeB decodes base64 and does not mind blanks, padding or foreign bytes.
func decodeB(s string) []byte {
	in := make([]byte, 0, len(s))
	for i := range len(s) {
		if c := s[i]; isBase64(c) {
			in = append(in, c)
		}
	}
	if len(in)%4 == 1 {
		in = in[:len(in)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(in)))
	n, _ := base64.RawStdEncoding.Decode(out, in) // the alphabet was checked above
	return out[:n]
}

func isBase64(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	default:
		return c - 'a' + 10
	}
}

// decodeWord decodes the bytes of a word; control characters in it become
// blanks, so that no word can smuggle in a line.
func decodeWord(b []byte, label string) string {
	s, _ := decodeCharset(b, label)
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, s)
}
