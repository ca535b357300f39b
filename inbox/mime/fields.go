package mime

import (
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"kontor/cases"
	"kontor/cases/plain"
)

// senderOf is the address of the first From field that has one.
func senderOf(h *header) cases.Address {
	first := firstAddress(h.get("from"))
	if first.Addr != "" || h.count("from") < 2 {
		return first
	}
	for i := range h.fields {
		if h.fields[i].name != "from" {
			continue
		}
		if a := firstAddress(h.fields[i].value); a.Addr != "" {
			return a
		}
	}
	return first
}

// readFields fills what the header says.
func readFields(m *cases.Mail, h *header, w *warnings) {
	if ids := messageIDs(h.get("message-id")); len(ids) > 0 {
		m.RFCMessageID = ids[0]
	}
	m.InReplyTo = messageIDs(h.get("in-reply-to"))
	m.References = messageIDs(h.get("references"))
	m.Date = parseDate(h.get("date"))
	if h.count("from") > 1 || h.count("subject") > 1 {
		w.add(warnDuplicate, "")
	}
	m.From = senderOf(h)
	if m.From.Addr == "" {
		if s := firstAddress(h.get("sender")); s.Addr != "" && m.From.Name.IsZero() {
			m.From = s
		}
	}
	if r := firstAddress(h.get("reply-to")); r.Addr != "" && !strings.EqualFold(r.Addr, m.From.Addr) {
		m.ReplyTo = r
	}
	m.To = addresses(h.get("to"))
	m.Cc = addresses(h.get("cc"))
	m.Subject, _ = plain.Line(tidy(headerText(h.get("subject")))).Cut(maxSubject)
}

// messageIDs reads a list of message ids leniently: what stands in <> or, where
// there are none, the words that hold an "@". At most maxIDs of maxIDBytes.
func messageIDs(v string) []string {
	if v == "" {
		return nil
	}
	var ids []string
	add := func(s string) {
		s = strings.Join(strings.Fields(s), "")
		if s == "" || len(s) > maxIDBytes || len(ids) == maxIDs {
			return
		}
		if c := plain.Line(s).String(); c != s || strings.ContainsAny(s, "<>") {
			return // no id that could not be shown
		}
		ids = append(ids, s)
	}
	if strings.Contains(v, "<") {
		for v != "" {
			_, after, ok := strings.Cut(v, "<")
			if !ok {
				break
			}
			end := strings.IndexAny(after, "><")
			if end < 0 {
				add(after)
				break
			}
			add(after[:end])
			v = after[end:]
		}
		return ids
	}
	for _, s := range strings.FieldsFunc(v, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == ';' }) {
		if strings.Contains(s, "@") {
			add(strings.Trim(s, `"'()`))
		}
	}
	if ids == nil {
		add(strings.Trim(v, "<> "))
	}
	return ids
}

// dateLayouts are the shapes net/mail does not know.
var dateLayouts = []string{
	"Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15:04:05 -07:00", "Mon 2 Jan 2006 15:04:05 -0700",
	time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02T15:04:05",
	"Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 MST 2006", "Mon, 2 Jan 2006 15.04.05 -0700", "Mon, 2 January 2006 15:04:05 -0700", "02.01.2006 15:04:05", "02.01.2006 15:04",
}

// parseDate reads a Date header; the zero time where there is none that makes
// sense. Years outside 1980–2100 and zones beyond 14 hours do not.
func parseDate(v string) time.Time {
	if v == "" || len(v) > 200 {
		return time.Time{}
	}
	// What most programs write first: ParseDate makes an error of each layout
	// that does not fit.
	t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", v)
	if err != nil {
		t, err = mail.ParseDate(v)
	}
	if err != nil {
		v, _, _ = strings.Cut(v, "(")
		v = strings.Join(strings.Fields(v), " ")
		for _, l := range dateLayouts {
			if t, err = time.Parse(l, v); err == nil {
				break
			}
		}
	}
	if err != nil || t.Year() < 1980 || t.Year() > 2100 {
		return time.Time{}
	}
	if _, off := t.Zone(); off > 14*3600 || off < -14*3600 {
		t = t.UTC()
	}
	return t
}

func firstAddress(v string) cases.Address {
	if list := addressList(v, 1); len(list) > 0 {
		return list[0]
	}
	return cases.Address{}
}

func addresses(v string) []cases.Address { return addressList(v, maxAddresses) }

// addressList reads addresses as they come: quoted names, comments, groups,
// encoded words, bare addresses, names without quotes around their commas.
func addressList(v string, limit int) []cases.Address {
	if v == "" {
		return nil
	}
	if len(v) > 64<<10 {
		v = v[:64<<10]
	}
	v = rawHeader(v)
	var list []cases.Address
	var name, comment, addr strings.Builder
	inAngle, hadAngle, hasAt := false, false, false
	lastAngle, lastSemi := strings.LastIndexByte(v, '<'), strings.LastIndexByte(v, ';')
	flush := func() {
		a := makeAddress(name.String(), comment.String(), addr.String(), hadAngle)
		if (a.Addr != "" || !a.Name.IsZero()) && len(list) < limit {
			list = append(list, a)
		}
		name.Reset()
		comment.Reset()
		addr.Reset()
		inAngle, hadAngle, hasAt = false, false, false
	}
	for i := 0; i < len(v) && len(list) < limit; i++ {
		c := v[i]
		switch {
		case inAngle:
			if c == '>' {
				inAngle = false
			} else {
				addr.WriteByte(c)
			}
		case c == '"':
			j := i + 1
			for ; j < len(v) && v[j] != '"'; j++ {
				if v[j] == '\\' && j+1 < len(v) {
					j++
				}
				name.WriteByte(v[j])
			}
			i = j
		case c == '(':
			depth := 1
			for i++; i < len(v) && depth > 0; i++ {
				switch v[i] {
				case '(':
					depth++
				case ')':
					depth--
				case '\\':
					i++
				}
				if depth > 0 && i < len(v) {
					comment.WriteByte(v[i])
				}
			}
			i--
		case c == '<':
			// The last pair of angles holds the address.
			if hadAngle {
				addr.Reset()
			}
			inAngle, hadAngle = true, true
		case c == ':' && !hadAngle && !hasAt && lastSemi > i:
			name.Reset() // a group's name
		case c == ';' || c == ',':
			if c == ',' && !hadAngle && !hasAt && lastAngle > i && name.Len() > 0 && name.Len() < maxName {
				name.WriteByte(c) // "Meier, Anna <…>" without quotes
				continue
			}
			flush()
		default:
			hasAt = hasAt || c == '@'
			name.WriteByte(c)
		}
	}
	flush()
	return list
}

func makeAddress(name, comment, addr string, angle bool) cases.Address {
	if !angle {
		// A bare address, perhaps with words around it.
		for _, f := range strings.Fields(name) {
			if strings.Contains(f, "@") {
				addr = f
				name = strings.TrimSpace(strings.Replace(name, f, "", 1))
				break
			}
		}
		if name == "" {
			name = comment
		}
	}
	name = decodeWords(strings.TrimSpace(name))
	n, _ := plain.Line(tidy(strings.Trim(name, `"' `))).Cut(maxName)
	a := cases.Address{Name: n, Addr: cleanAddr(addr)}
	if a.Name.String() == a.Addr {
		a.Name = plain.Text{}
	}
	return a
}

// cleanAddr returns the address with its domain in lower case, or "" for what
// is no address that could be written to: RFC 5321 4.5.3.1.3 allows 254 bytes.
func cleanAddr(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	s = strings.Trim(s, `"'<> `)
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || len(s) > 254 || !utf8.ValidString(s) {
		return ""
	}
	if strings.ContainsAny(s, " \t<>,;\"\\()") || plain.Line(s).String() != s {
		return ""
	}
	return s[:at] + "@" + strings.ToLower(s[at+1:])
}

// tidy drops characters that mean nothing to a reader and stand in honest mail
// often (soft hyphens, variation selectors, a byte order mark), so that
// plain.Clean marks only what is worth a mark. Two kinds of hard blank become
// plain ones.
func tidy(s string) string {
	if isASCII(s) || !hasInvisible(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\ufe0f', '\ufe0e', '\ufeff':
			return -1
		case '\u00a0', '\u202f':
			return ' '
		}
		if isC1(r) {
			return charmap.Windows1252.DecodeByte(byte(r))
		}
		return r
	}, s)
}

// hasInvisible looks at the bytes: each of them starts with one of three.
func hasInvisible(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		switch c := s[i]; {
		case c < 0xc2:
		case c == 0xc2:
			if r := rune(s[i+1]); isC1(r) || r == 0xa0 || r == 0xad {
				return true
			}
		case c == 0xe2:
			if strings.HasPrefix(s[i:], "\u202f") {
				return true
			}
		case c == 0xef:
			if strings.HasPrefix(s[i:], "\ufe0f") || strings.HasPrefix(s[i:], "\ufe0e") || strings.HasPrefix(s[i:], "\ufeff") {
				return true
			}
		}
	}
	return false
}

// isC1 leaves out those that steer terminals: they get a mark.
func isC1(r rune) bool {
	return r == 0x80 || r == 0x82 || r == 0x84 || r == 0x85 || r >= 0x91 && r <= 0x97
}
