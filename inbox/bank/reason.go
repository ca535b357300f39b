package bank

import "regexp"

// An ISO 20022 external return reason in a text ("MD06", "AM04", "AC04").
var isoReason = regexp.MustCompile(`(?:^|[^A-Z0-9])((?:AC0[1-6]|AC1[34]|AG0[1-2]|AM0[1-7]|AM09|BE0[1-7]|CNOR|DNOR|CUST|DUPL|FF0[15]|FOCR|FRAD|MD0[1-7]|MS0[23]|NOAS|RC0[1-7]|RR0[1-4]|SL01|SL1[1-4]|TECH|UPAY|DT01|ED05|TM01))(?:$|[^A-Z0-9])`)

func reasonIn(text string) string {
	if m := isoReason.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// German business transaction codes (Geschäftsvorfallcodes, GVC) that matter.
var (
	gvcReturn     = map[string]bool{"108": true, "109": true, "110": true, "111": true, "159": true, "184": true, "059": true, "009": true}
	gvcCollective = map[string]bool{"191": true, "192": true, "193": true, "194": true, "195": true, "196": true, "197": true, "071": true, "098": true}
)
