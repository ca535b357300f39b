package slots

// germanUnits and the tables below hold folded spellings, colloquial and
// regional ones included, longest first where one begins another.
var germanUnits = []struct {
	s string
	v int32
}{
	{"eine", 1},
	{"eins", 1},
	{"ein", 1},
	{"zwei", 2},
	{"zwo", 2},
	{"zwoa", 2},
	{"drei", 3},
	{"vier", 4},
	{"funf", 5},
	{"fuenf", 5},
	{"fumf", 5},
	{"sechs", 6},
	{"sieben", 7},
	{"siem", 7},
	{"siebn", 7},
	{"acht", 8},
	{"neun", 9},
}

var germanTeens = []struct {
	s string
	v int32
}{
	{"zehn", 10},
	{"elf", 11},
	{"zwolf", 12},
	{"zwoelf", 12},
	{"dreizehn", 13},
	{"vierzehn", 14},
	{"funfzehn", 15},
	{"fuenfzehn", 15},
	{"fuffzehn", 15},
	{"sechzehn", 16},
	{"siebzehn", 17},
	{"achtzehn", 18},
	{"neunzehn", 19},
}

var germanTens = []struct {
	s string
	v int32
}{
	{"zwanz", 20},
	{"dreiss", 30},
	{"dreis", 30},
	{"dreiz", 30},
	{"dort", 30},
	{"vierz", 40},
	{"verz", 40},
	{"veert", 40},
	{"funfz", 50},
	{"fuenfz", 50},
	{"fuffz", 50},
	{"fuchz", 50},
	{"foftig", 50},
	{"sechz", 60},
	{"siebz", 70},
	{"achtz", 80},
	{"neunz", 90},
}

var tenEndings = []string{"igern", "iger", "igsten", "ger", "ig", "ich", "g", "k"}

// germanNumber reads a German number word in folded form, "siebenundneunzig",
// "zweihundert", "fuffzich", and the coin forms "zwanziger", "hunderter". ok is
// false if any part of the word is no number.
func germanNumber(f []byte) (v int32, coin, ok bool) {
	if len(f) < 3 || len(f) > 48 || !numberStart(f) {
		return 0, false, false
	}
	s := string(f)
	v, rest := int32(0), s
	if n, r, found := cutBelow100(s); found && hasPrefix(r, "tausend") {
		v, rest = n*1000, skip(r[len("tausend"):], "und")
	} else if hasPrefix(s, "tausend") {
		v, rest = 1000, skip(s[len("tausend"):], "und")
	}
	if n, r, found := cutHundred(rest); found {
		v += n
		rest = skip(r, "und", "un")
	}
	if v > 0 && (rest == "er" || rest == "ern") {
		return v, true, true
	}
	if n, r, found := cutBelow100(rest); found {
		v += n
		rest = r
	}
	if v > 9 && v < 100 && (rest == "er" || rest == "ern") && v%10 == 0 {
		return v, true, true
	}
	return v, false, v > 0 && rest == "" && v != 1
}

// numberStart keeps most words from being taken apart.
func numberStart(f []byte) bool {
	switch string(f[:3]) {
	case "zwe", "zwo", "zwa", "dre", "vie", "fun", "fue", "fum", "fuf", "fuc", "fof", "sec", "ach", "neu", "zeh", "elf", "dor", "vee", "hun", "tau":
		return true
	case "ein": // "ein" and its forms are articles
		return len(f) > 5
	case "ver":
		return len(f) > 3 && f[3] == 'z'
	case "sie":
		return len(f) > 3 && (f[3] == 'b' || f[3] == 'm')
	}
	return false
}

func cutHundred(s string) (int32, string, bool) {
	for _, h := range []string{"hundert", "hunnert", "hunert", "hundat"} {
		if hasPrefix(s, h) {
			return 100, s[len(h):], true
		}
		if n, r, ok := cutBelow100(s); ok && n > 1 && n < 20 && hasPrefix(r, h) {
			return n * 100, r[len(h):], true
		}
		if n, r, ok := cutUnit(s); ok && hasPrefix(r, h) {
			return n * 100, r[len(h):], true
		}
	}
	return 0, s, false
}

// cutBelow100 cuts a number of 1..99 off the front of s.
func cutBelow100(s string) (int32, string, bool) {
	for _, t := range germanTeens {
		if hasPrefix(s, t.s) {
			return t.v, s[len(t.s):], true
		}
	}
	if t, r, ok := cutTen(s); ok {
		return t, r, true
	}
	n, r, ok := cutUnit(s)
	if !ok {
		return 0, s, false
	}
	for _, und := range []string{"und", "un", "ond", "en", "a"} {
		if !hasPrefix(r, und) {
			continue
		}
		if t, r2, ok := cutTen(r[len(und):]); ok {
			return n + t, r2, true
		}
	}
	return n, r, true
}

func cutUnit(s string) (int32, string, bool) {
	best, v := 0, int32(0)
	for _, u := range germanUnits {
		if len(u.s) > best && hasPrefix(s, u.s) {
			best, v = len(u.s), u.v
		}
	}
	return v, s[best:], best > 0
}

func cutTen(s string) (int32, string, bool) {
	for _, t := range germanTens {
		if !hasPrefix(s, t.s) {
			continue
		}
		r := s[len(t.s):]
		if t.s == "foftig" {
			return t.v, r, true
		}
		for _, e := range tenEndings {
			if hasPrefix(r, e) {
				if (e == "iger" || e == "igern" || e == "ger") && r == e {
					return t.v, "er", true
				}
				return t.v, r[len(e):], true
			}
		}
	}
	return 0, s, false
}

func hasPrefix(s, p string) bool { return len(s) >= len(p) && s[:len(p)] == p }

func skip(s string, ps ...string) string {
	for _, p := range ps {
		if hasPrefix(s, p) {
			return s[len(p):]
		}
	}
	return s
}

// numberWords reads number words from token i on: "two hundred and
// seventy-five", "quatre vingts" is not among them. It returns the value and
// the index after the last word; 0 if there is none.
func (d *doc) numberWords(i int) (int64, int) {
	var total, group int64
	end := i
	for j := i; j < len(d.tok); j++ {
		t := &d.tok[j]
		if j > i && t.pre&(gapSentence|gapComma|gapLine|gapSlash) != 0 && t.pre&gapLine == 0 {
			break
		}
		if t.kind != tokWord || t.masked {
			break
		}
		n := int64(t.w.num)
		switch {
		case n == 0 && t.w.set.has(clsAnd) && j > i && j+1 < len(d.tok) && d.tok[j+1].w.num > 0 && !d.tok[j+1].w.mult && (group >= 100 || total > 0 || group%10 == 0):
			continue
		case n == 0:
			if end == i {
				return 0, i
			}
			return total + group, end
		case t.w.mult && n == 1000:
			total = (total + max(group, 1)) * 1000
			group = 0
		case t.w.mult:
			group = max(group, 1) * n
		default:
			if group != 0 && !fits(group, n) {
				return total + group, end
			}
			group += n
		}
		if total+group > 10_000_000 {
			return 0, i
		}
		end = j + 1
	}
	if end == i {
		return 0, i
	}
	return total + group, end
}

// fits says whether n can follow group in one number: ones after tens, tens
// after hundreds.
func fits(group, n int64) bool {
	switch {
	case n < 10:
		return group%10 == 0 && (group%100 != 10)
	case n < 100:
		return group%100 == 0
	}
	return group%1000 == 0
}
