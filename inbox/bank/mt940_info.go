package bank

import (
	"regexp"
	"strings"

	"kontor/cases"
	"kontor/cases/money"
)

// info adds what field :86: says to a movement: in the German structure
// (166?00GUTSCHRIFT?20…), with SWIFT keywords (/EREF/…/REMI/…), or free text.
func info(e *cases.StatementEntry, lines []string) {
	lines[0] = strings.TrimLeft(lines[0], " ")
	whole := strings.Join(lines, "")
	gvc, rest := cutGVC(whole)
	switch {
	case structured(rest, gvc != ""):
		german(e, gvc, rest)
		return
	case swiftStart.MatchString(whole) && swiftKey.MatchString(whole):
		swift(e, whole, lines)
		return
	case gvc != "": // before free text
		e.Code, lines[0] = gvc, strings.TrimPrefix(strings.TrimPrefix(lines[0], gvc), rest[:markLen(rest)])
	}
	e.Text = text(lines)
	returnOf(e, "", e.Text.String())
}

// cutGVC takes a business transaction code from the front: three digits before
// a separator, or 999, which says that free text follows.
func cutGVC(s string) (gvc, rest string) {
	if len(s) > 3 && digits(s[:3]) && (!isWordByte(s[3]) || s[:3] == "999" && !digits(s[3:4])) {
		return s[:3], s[3:]
	}
	return "", s
}

// structured reports whether subfields follow: a separator and two digits.
// Without a code before them only the separators that banks use will do.
func structured(s string, coded bool) bool {
	return len(s) > 2 && digits(s[1:3]) && (coded && !isWordByte(s[0]) || strings.IndexByte("?>~^", s[0]) >= 0)
}

// markLen is the length of the separator after a code.
func markLen(s string) int {
	if s == "" || isWordByte(s[0]) {
		return 0
	}
	return 1
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func isWordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == ' ' || c >= 0x80
}

// sepaKey is a keyword within the remittance lines ?20 to ?29 and ?60 to ?63.
// Subfields are full after 27 characters, in the midst of a keyword too. MTLG:
// is a message of the bank.
var sepaKey = regexp.MustCompile(`(?:^|\n| )(` + acrossLines("EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RREF") + `\n?\+|` + acrossLines("MTLG") + `\n?:)`)

// acrossLines lets a line end stand between any two letters of words.
func acrossLines(words string) string {
	var b strings.Builder
	for i, c := range words {
		if i > 0 && c != '|' && words[i-1] != '|' {
			b.WriteString(`\n?`)
		}
		b.WriteRune(c)
	}
	return "(?:" + b.String() + ")"
}

// german reads subfields; gvc is "" where the bank gives none.
func german(e *cases.StatementEntry, gvc, whole string) {
	sep := whole[0]
	if gvc != "" {
		e.Code = gvc
	}
	var remit, name []string
	key, other := "", ""
	for _, f := range subfields(whole, sep) {
		no, v := num(f[:2]), f[2:]
		switch {
		case no >= 20 && no <= 29, no >= 60 && no <= 63:
			remit = append(remit, v)
		case no == 31:
			e.PartyIBAN = iban(v)
		case no == 32, no == 33:
			name = append(name, v)
		case no == 34:
			key = v
		case no == 38:
			other = v
		}
	}
	if e.PartyIBAN == "" { // an old account number in ?31, the IBAN in ?38
		e.PartyIBAN = iban(other)
	}
	e.Party = word(strings.Join(name, ""))
	joined := strings.Join(remit, "\n")
	at := sepaKey.FindAllStringSubmatchIndex(joined, -1)
	if len(at) == 0 {
		e.Text = text(remit)
		returnOf(e, key, e.Text.String())
		return
	}
	said := map[string]string{}
	for i, m := range at {
		end := len(joined)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		k := strings.ReplaceAll(joined[m[2]:m[3]-1], "\n", "")
		said[k] = joined[m[1]:end]
	}
	one := func(k string) string { return strings.ReplaceAll(said[k], "\n", "") }
	e.Text = text([]string{strings.Trim(strings.TrimRight(joined[:at[0][0]]+"\n"+said["SVWZ"], "\n ")+"\n"+said["MTLG"], "\n ")})
	if v := ref(one("EREF")); v != "" || said["EREF"] != "" {
		e.EndToEnd = v
	} else {
		e.EndToEnd = ""
	}
	e.Mandate, e.Ultimate = ref(one("MREF")), word(one("ABWA"))
	if v := iban(one("IBAN")); v != "" && e.PartyIBAN == "" {
		e.PartyIBAN = v
	}
	returnOf(e, key, one("SVWZ")+" "+one("MTLG"))
	if e.Return == nil {
		return
	}
	if c := euros(one("OAMT")); c > 0 && c <= e.Cents.Abs() {
		e.Return.Original = c
	}
	if c := euros(one("COAM")); c > 0 {
		e.Return.Charges = c
	}
	if e.Return.Charges == 0 && e.Return.Original > 0 {
		e.Return.Charges = e.Cents.Abs() - e.Return.Original
	}
}

// subfields splits at the separator where two digits follow.
func subfields(s string, sep byte) []string {
	var out []string
	start := -1
	for i := 0; i+2 < len(s); i++ {
		if s[i] != sep || !digits(s[i+1:i+3]) {
			continue
		}
		if start >= 0 {
			out = append(out, s[start:i])
		}
		start = i + 1
		i += 2
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	return out
}

var eurosForm = regexp.MustCompile(`([0-9]{1,15})(?:[.,]([0-9]{1,2}))?`)

// euros reads the amount of OAMT and COAM: "100,00", "EUR100.00", "100,00EUR".
func euros(s string) money.Cents {
	f := eurosForm.FindStringSubmatch(s)
	if f == nil {
		return 0
	}
	c, err := parseAmount(f[1]+","+f[2], ',')
	if err != nil {
		return 0
	}
	return c
}

// returnCode reports whether the movement is money that went back.
func returnCode(e *cases.StatementEntry) bool { return gvcReturn[e.Code] || e.Code == "NRTI" }

// returnOf reads a return's reason: an ISO code in the words, else the bank's
// text key addition.
func returnOf(e *cases.StatementEntry, key, words string) {
	if !returnCode(e) {
		return
	}
	b := cases.BankReturn{}
	if e.Return != nil { // amounts of :61:
		b = *e.Return
	}
	if b.Reason = reasonIn(strings.ToUpper(words)); b.Reason == "" && key != "" {
		b.Reason = ref(key)
	}
	e.Return = &b
}

// swiftStart is a code word at the beginning, known or not.
var swiftStart = regexp.MustCompile(`^/[A-Z]{2,4}/`)

// swiftKey is a code word between slashes.
var swiftKey = regexp.MustCompile(`/(TRTP|EREF|KREF|PREF|MARF|CREF|ORDP|BENM|REMI|RTRN|CNTP|CSID|TRCD|BUSP|NAME|IBAN|ISDT|CHGS|OAMT|COAM|PURP|SVCL|ULTD|ULTB|OCMT|ADDR|ID|BIC)/`)

func swift(e *cases.StatementEntry, whole string, lines []string) {
	said := map[string]string{}
	at := swiftKey.FindAllStringSubmatchIndex(whole, -1)
	for i := 0; i < len(at); i++ {
		m := at[i]
		end := len(whole)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		k := whole[m[2]:m[3]]
		if _, ok := said[k]; !ok {
			said[k] = strings.Trim(whole[m[1]:end], "/ ")
		}
	}
	e.EndToEnd, e.Mandate = ref(said["EREF"]), ref(said["MARF"])
	if c := said["CNTP"]; c != "" { // IBAN/BIC/name/town
		p := strings.Split(c, "/")
		e.PartyIBAN = iban(p[0])
		if len(p) > 2 {
			e.Party = word(p[2])
		}
	}
	if v := said["NAME"]; v != "" {
		e.Party = word(v)
	}
	if v := iban(said["IBAN"]); v != "" {
		e.PartyIBAN = v
	}
	remit, ok := said["REMI"]
	if !ok { // the words have no keyword
		remit = strings.Join(lines, "\n")
	}
	for _, p := range []string{"USTD//", "USTD/", "STRD/CUR/"} {
		remit = strings.TrimPrefix(remit, p)
	}
	e.Text = text([]string{remit})
	if r := said["RTRN"]; r != "" {
		e.Return = &cases.BankReturn{Reason: ref(r), Original: noted(whole, "OCMT"), Charges: noted(whole, "CHGS")}
		e.Code = "NRTI"
		return
	}
	returnOf(e, "", remit)
}
