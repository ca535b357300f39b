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
	whole := strings.Join(lines, "")
	if len(whole) > 4 && digits(whole[:3]) && !isWordByte(whole[3]) && len(whole) > 6 && digits(whole[4:6]) {
		german(e, whole)
		return
	}
	if m := swiftKey.FindStringSubmatchIndex(whole); m != nil && m[0] == 0 {
		swift(e, whole)
		return
	}
	if len(whole) > 3 && digits(whole[:3]) && !isWordByte(whole[3]) { // a GVC before free text
		e.Code, lines[0] = whole[:3], strings.TrimPrefix(lines[0], whole[:min(4, len(lines[0]))])
	}
	e.Text = text(lines)
	returnOf(e, "", e.Text.String())
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func isWordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == ' ' || c >= 0x80
}

// sepaKey is a keyword within the remittance lines ?20 to ?29 and ?60 to ?63.
var sepaKey = regexp.MustCompile(`(?:^|\n| )(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RREF)\+`)

func german(e *cases.StatementEntry, whole string) {
	sep := whole[3]
	e.Code = whole[:3]
	var remit, name []string
	key := ""
	for _, f := range subfields(whole[3:], sep) {
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
		}
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
		said[joined[m[2]:m[3]]] = joined[m[1]:end]
	}
	one := func(k string) string { return strings.ReplaceAll(said[k], "\n", "") }
	e.Text = text([]string{strings.Trim(joined[:at[0][0]]+"\n"+said["SVWZ"], "\n ")})
	if v := ref(one("EREF")); v != "" || said["EREF"] != "" {
		e.EndToEnd = v
	} else {
		e.EndToEnd = ""
	}
	e.Mandate, e.Ultimate = ref(one("MREF")), word(one("ABWA"))
	if v := iban(one("IBAN")); v != "" && e.PartyIBAN == "" {
		e.PartyIBAN = v
	}
	returnOf(e, key, one("SVWZ"))
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

// swiftKey is a code word between slashes.
var swiftKey = regexp.MustCompile(`/(EREF|KREF|PREF|MARF|CREF|ORDP|BENM|REMI|RTRN|CNTP|CSID|TRCD|BUSP|NAME|IBAN|ISDT|CHGS|OAMT|COAM|PURP|SVCL|ULTD|ULTB|OCMT|ADDR|ID|BIC)/`)

func swift(e *cases.StatementEntry, whole string) {
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
	remit := said["REMI"]
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
