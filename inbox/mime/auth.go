package mime

import (
	"net/netip"
	"strings"

	"kontor/cases"
	"kontor/cases/plain"
)

const maxAuth = 50 // verdicts of one mail

// authResults reads the Authentication-Results that one of our own servers
// added (RFC 8601). A sender can put any such header into a mail, so only the
// topmost run of them counts, and only where nothing above it was added by a
// foreign server; forged ones stand below.
func authResults(h *header, ids []string) []cases.AuthResult {
	if len(ids) == 0 {
		return nil
	}
	var out []cases.AuthResult
	inRun := false
	for _, f := range h.fields {
		switch f.name {
		case "authentication-results":
			id, results := parseAuth(f.value)
			if !oneOf(id, ids) {
				if inRun {
					return out
				}
				continue
			}
			inRun = true
			for _, r := range results {
				if len(out) < maxAuth {
					out = append(out, r)
				}
			}
		case "received":
			if inRun || !ownHop(f.value, ids) {
				return out
			}
		default:
			if inRun {
				return out
			}
		}
	}
	return out
}

func oneOf(id string, ids []string) bool {
	for _, want := range ids {
		if id != "" && strings.EqualFold(id, want) {
			return true
		}
	}
	return false
}

// ownHop says that a Received field was added by a server of the same house as
// one of ids, or by one without a public name.
func ownHop(v string, ids []string) bool {
	_, by, ok := strings.Cut(" "+v, " by ")
	if !ok {
		return true // qmail's and others' local hops
	}
	by, _, _ = strings.Cut(strings.TrimSpace(by), " ")
	host := strings.ToLower(strings.Trim(by, "[]();,."))
	if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") {
		return true
	}
	for _, tld := range []string{".local", ".lan", ".internal", ".localdomain", ".home.arpa"} {
		if strings.HasSuffix(host, tld) {
			return true
		}
	}
	for _, id := range ids {
		if house(host) == house(id) {
			return true
		}
	}
	return false
}

// house is a host's last two labels.
func house(host string) string {
	l := strings.Split(strings.ToLower(host), ".")
	return strings.Join(l[max(0, len(l)-2):], ".")
}

// nameless stands for the server id that Exchange Online does not write; its
// hosts are of this house.
const nameless = "outlook.com"

// parseAuth reads one field: server id, and one verdict for each method.
func parseAuth(v string) (id string, out []cases.AuthResult) {
	v = dropComments(v)
	head, rest, _ := strings.Cut(v, ";")
	if f := strings.Fields(head); len(f) > 0 {
		id = strings.ToLower(f[0])
	}
	if strings.Contains(id, "=") { // Exchange Online leaves its name out
		id, rest = nameless, v
	}
	for res := range strings.SplitSeq(rest, ";") {
		f := strings.Fields(res)
		if len(f) == 0 {
			continue
		}
		method, result, ok := strings.Cut(f[0], "=")
		if !ok {
			continue
		}
		method, _, _ = strings.Cut(method, "/")
		r := cases.AuthResult{ServID: id, Method: token(method), Result: token(result)}
		for _, p := range f[1:] {
			key, val, ok := strings.Cut(p, "=")
			if ok && r.Domain == "" {
				r.Domain = authDomain(r.Method, strings.ToLower(key), val)
			}
		}
		if r.Method != "" && r.Result != "" && len(out) < maxAuth {
			out = append(out, r)
		}
	}
	return id, out
}

// authDomain takes the domain that the method authenticates.
func authDomain(method, key, val string) string {
	switch method + " " + key {
	case "spf smtp.mailfrom", "spf smtp.mail", "spf smtp.helo", "dkim header.d", "dkim header.i", "dmarc header.from":
		val = strings.ToLower(strings.Trim(val, `"<>`))
		if at := strings.LastIndexByte(val, '@'); at >= 0 {
			val = val[at+1:]
		}
		if len(val) > 253 || plain.Line(val).String() != val {
			return ""
		}
		return val
	}
	return ""
}

func token(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && !isDigit(c) && c != '-' {
			return ""
		}
	}
	if len(s) > 40 {
		return ""
	}
	return s
}

// dropComments removes RFC 5322 comments outside quotes.
func dropComments(s string) string {
	if !strings.Contains(s, "(") {
		return s
	}
	var b strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			i++
		case c == '"' && depth == 0:
			quoted = !quoted
		case c == '(' && !quoted:
			depth++
		case c == ')' && !quoted && depth > 0:
			depth--
			b.WriteByte(' ')
		case depth == 0:
			if quoted && (c == ';' || c == ' ') {
				c = '_' // a quoted value is one word
			}
			b.WriteByte(c)
		}
	}
	return b.String()
}

// AuthServer returns the name under which the server that took a mail in wrote
// its Authentication-Results: what Options.AuthServIDs should hold. It is a
// guess for a person to confirm, as a sender can write such a field as well: the
// topmost one, where a server of the same house wrote the Received field below
// it. "" where there is none. raw may be the mail's beginning only.
func AuthServer(raw []byte) string {
	h, _ := readHeader(raw, true)
	id := ""
	for _, f := range h.fields {
		switch {
		case f.name == "authentication-results" && id == "":
			id, _ = parseAuth(f.value)
		case f.name == "received" && id != "":
			if ownHop(f.value, []string{id}) {
				return id
			}
			return ""
		}
	}
	return ""
}
