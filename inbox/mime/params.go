package mime

import (
	"net/url"
	"strconv"
	"strings"
)

// mediaType is a parsed Content-Type or Content-Disposition.
type mediaType struct {
	value  string // lower case, "text/plain" or "attachment"
	params map[string]string
}

func (m mediaType) param(name string) string { return m.params[name] }

// parseMedia reads a Content-Type or Content-Disposition value as it comes:
// RFC 2231 continuations and charsets, encoded words in quotes, missing quotes,
// stray semicolons.
func parseMedia(v string) mediaType {
	head, rest, _ := strings.Cut(v, ";")
	m := mediaType{value: strings.ToLower(strings.Trim(stripComment(head), " \t\"'"))}
	if rest == "" {
		return m
	}
	raw := map[string]string{}
	for n := 0; rest != "" && n < 100; n++ {
		var key, val string
		key, val, rest = nextParam(rest)
		if key == "" {
			continue
		}
		if _, dup := raw[key]; !dup {
			raw[key] = val
		}
	}
	m.params = make(map[string]string, len(raw))
	for key, val := range raw {
		name, section, isExt := strings.Cut(key, "*")
		switch {
		case !isExt:
			if _, done := m.params[name]; !done {
				m.params[name] = headerText(val)
			}
		case section == "" || section == "0" || section == "0*":
			m.params[name] = joinSections(raw, name, key)
		}
	}
	return m
}

// joinSections puts an RFC 2231 value together.
func joinSections(raw map[string]string, name, first string) string {
	v := raw[first]
	var b []byte
	charset := ""
	if strings.HasSuffix(first, "*") {
		// charset'language'percent-encoded
		if p := strings.SplitN(v, "'", 3); len(p) == 3 {
			charset, v = p[0], p[2]
		}
		b = append(b, percent(v)...)
	} else {
		b = append(b, v...)
	}
	if strings.HasPrefix(first[len(name):], "*0") {
		for i := 1; i < 100; i++ {
			k := name + "*" + strconv.Itoa(i)
			if v, ok := raw[k]; ok {
				b = append(b, v...)
			} else if v, ok := raw[k+"*"]; ok {
				b = append(b, percent(v)...)
			} else {
				break
			}
		}
	}
	if charset == "" {
		return headerText(string(b))
	}
	s, _ := decodeCharset(b, charset)
	return s
}

func percent(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// nextParam cuts the first key=value off s.
func nextParam(s string) (key, val, rest string) {
	s = strings.TrimLeft(s, " \t;")
	eq := strings.IndexAny(s, "=;")
	if eq < 0 {
		return "", "", ""
	}
	if s[eq] == ';' {
		return "", "", s[eq+1:]
	}
	key = strings.ToLower(strings.TrimSpace(s[:eq]))
	s = strings.TrimLeft(s[eq+1:], " \t")
	if !strings.HasPrefix(s, `"`) {
		val, rest, _ = strings.Cut(s, ";")
		// An unquoted encoded word holds "?" and "=", never ";".
		return key, strings.TrimSpace(stripComment(val)), rest
	}
	var b strings.Builder
	i := 1
	for ; i < len(s) && s[i] != '"'; i++ {
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		b.WriteByte(s[i])
	}
	if i < len(s) {
		rest = s[i+1:]
	}
	return key, b.String(), rest
}

func stripComment(s string) string {
	if i := strings.IndexByte(s, '('); i > 0 && strings.HasSuffix(strings.TrimSpace(s), ")") {
		return strings.TrimSpace(s[:i])
	}
	return s
}
