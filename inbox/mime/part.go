package mime

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// part is one leaf of a mail's tree, in order of appearance.
type part struct {
	header  header
	typ     mediaType
	disp    mediaType
	body    []byte // as it stands in the mail, a slice of it where possible
	decoded bool   // body has no transfer encoding any more
	parent  string // media type of the multipart around it
	alt     int    // number of the multipart/alternative it is in, 0 none
	related bool   // inside multipart/related, not its first part
	depth   int
}

func newPart(h header, body []byte) part {
	p := part{header: h, body: body}
	p.typ = parseMedia(h.get("content-type"))
	if v := h.get("content-disposition"); v != "" {
		p.disp = parseMedia(v)
	}
	if p.typ.value == "" || !strings.Contains(p.typ.value, "/") {
		switch p.typ.value {
		case "html":
			p.typ.value = "text/html"
		case "", "text", "plain":
			p.typ.value = "text/plain"
		default:
			p.typ.value = "application/octet-stream"
		}
	}
	return p
}

// name is the file name that the part gives itself, decoded but not cleaned.
func (p *part) name() string {
	if n := p.disp.param("filename"); n != "" {
		return n
	}
	return p.typ.param("name")
}

// bytes returns the part's content without its transfer encoding, at most max
// bytes of it, and whether there was more or something was broken.
func (p *part) bytes(limit int) (b []byte, cut, broken bool) {
	if p.decoded {
		return clip(p.body, limit)
	}
	enc, _, _ := strings.Cut(strings.ToLower(p.header.get("content-transfer-encoding")), ";")
	switch strings.Trim(enc, " \t\"'") {
	case "base64":
		return decodeBase64(p.body, limit)
	case "quoted-printable":
		return decodeQP(p.body, limit)
	case "x-uuencode", "uuencode", "x-uue":
		return decodeUU(p.body, limit)
	}
	return clip(p.body, limit)
}

func clip(b []byte, limit int) ([]byte, bool, bool) {
	if len(b) > limit {
		return b[:limit], true, false
	}
	return b, false, false
}

// size is the length of the content, counted without decoding it.
func (p *part) size() int64 {
	enc := strings.ToLower(p.header.get("content-transfer-encoding"))
	if p.decoded || !strings.Contains(enc, "base64") {
		if strings.Contains(enc, "quoted-printable") && !p.decoded {
			b, _, _ := decodeQP(p.body, len(p.body))
			return int64(len(b))
		}
		return int64(len(p.body))
	}
	n := 0
	for _, c := range p.body {
		n += int(base64Bytes[c])
	}
	return int64(n/4*3 + n%4*3/4)
}

// base64Bytes has 1 for each byte of the alphabet.
var base64Bytes = func() (t [256]uint8) {
	for c := range t {
		if isBase64(byte(c)) {
			t[c] = 1
		}
	}
	return t
}()

// decodeBase64 skips what is not of the alphabet; padding ends a quantum and
// not the text, as several base64 blocks are at times joined.
func decodeBase64(b []byte, limit int) (out []byte, cut, broken bool) {
	if len(b)/4*3 <= limit {
		out = make([]byte, base64.StdEncoding.DecodedLen(len(b)))
		if n, err := base64.StdEncoding.Decode(out, bytes.TrimSpace(b)); err == nil {
			return out[:n], false, false
		}
	}
	out = make([]byte, 0, min(len(b)/4*3+3, limit))
	var quantum uint32
	bits := 0
	for _, c := range b {
		var v byte
		switch {
		case c >= 'A' && c <= 'Z':
			v = c - 'A'
		case c >= 'a' && c <= 'z':
			v = c - 'a' + 26
		case c >= '0' && c <= '9':
			v = c - '0' + 52
		case c == '+' || c == '-':
			v = 62
		case c == '/' || c == '_':
			v = 63
		case c == '=':
			quantum, bits = 0, 0
			continue
		case c == '\r' || c == '\n' || c == ' ' || c == '\t':
			continue
		default:
			broken = true
			continue
		}
		quantum = quantum<<6 | uint32(v)
		if bits += 6; bits >= 8 {
			bits -= 8
			if len(out) == limit {
				return out, true, broken
			}
			out = append(out, byte(quantum>>bits))
		}
	}
	return out, false, broken
}

// decodeQP decodes quoted-printable; a stray "=" stays. Blanks at a line's end
// were added in transport and go.
func decodeQP(b []byte, limit int) (out []byte, cut, broken bool) {
	out = make([]byte, 0, min(len(b), limit))
	for len(b) > 0 {
		if len(out) >= limit {
			return out, true, broken
		}
		line, rest, whole := bytes.Cut(b, newline)
		b = rest
		soft := false
		for !soft {
			i := bytes.IndexByte(line, '=')
			if i < 0 {
				break
			}
			out = appendRaw(out, line[:i])
			line = line[i:]
			switch {
			case len(line) > 2 && isHex(line[1]) && isHex(line[2]):
				out = append(out, unhex(line[1])<<4|unhex(line[2]))
				line = line[3:]
			case len(bytes.Trim(line[1:], " \t\r")) == 0:
				soft = true // a soft line break
			default:
				broken = true
				out = append(out, '=')
				line = line[1:]
			}
		}
		switch {
		case soft:
		case whole:
			out = append(appendRaw(out, bytes.TrimRight(line, " \t")), '\n')
		default:
			out = appendRaw(out, line)
		}
	}
	if len(out) > limit {
		return out[:limit], true, broken
	}
	return out, false, broken
}

var newline = []byte("\n")

// appendRaw appends text that has no "=", without blanks before a carriage return.
func appendRaw(out, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '\r')
		if i < 0 {
			return append(out, text...)
		}
		out = append(append(out, bytes.TrimRight(text[:i], " \t")...), '\r')
		text = text[i+1:]
	}
}

// decodeUU decodes uuencoded text between "begin" and "end".
func decodeUU(b []byte, limit int) (out []byte, cut, broken bool) {
	started := false
	for len(b) > 0 {
		var line []byte
		line, b = nextLine(b)
		switch {
		case !started:
			started = bytes.HasPrefix(line, []byte("begin "))
			continue
		case bytes.Equal(line, []byte("end")):
			return out, false, broken
		case len(line) == 0:
			continue
		}
		n := int(line[0]-' ') & 0x3f
		for i := 1; i+3 < len(line) && n > 0; i += 4 {
			var v uint32
			for _, c := range line[i : i+4] {
				v = v<<6 | uint32((c-' ')&0x3f)
			}
			for _, s := range []int{16, 8, 0} {
				if n > 0 {
					out = append(out, byte(v>>s))
					n--
				}
			}
		}
		if len(out) > limit {
			return out[:limit], true, broken
		}
	}
	return out, false, true
}
