package mime

import "strings"

// splitInline gives an attribution that stands behind words on the same line,
// as converters of HTML leave it, a line of its own.
func splitInline(lines []string) []string {
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if len(l) > 1000 || !strings.Contains(l, "@") || !endsInColon(l) {
			continue
		}
		at := inlineAttribution(l)
		if at <= 0 {
			continue
		}
		out := make([]string, 0, len(lines)+1)
		out = append(append(out, lines[:i]...), strings.TrimRight(l[:at], "- \t"), l[at:])
		lines = append(out, lines[i+1:]...)
		i++
	}
	return lines
}

// inlineAttribution is where an attribution starts behind words of the
// sender's, 0 where there is none. It must have an address and a time of day,
// the words before it neither.
func inlineAttribution(l string) int {
	for _, o := range openings {
		at := strings.Index(l, " "+o.start)
		if at <= 0 {
			continue
		}
		before, rest := l[:at], l[at+1:]
		if strings.ContainsAny(before, "@<>") || hasTime(before) || strings.TrimSpace(before) == "" || dateWords(before) || !hasTime(rest) || len(rest) > 0 && !digitNear(rest) {
			continue
		}
		if ok, sure := isAttribution(rest); ok && sure {
			return at + 1
		}
	}
	return 0
}

// dateWords says that the words before an opening belong to it, as in
// "Forderungsservice am".
func dateWords(s string) bool { return hasYear(s) || words(s) < 4 && endsInVerb(s+" @") }

// digitNear says that a number is among the first words, as in every date.
func digitNear(s string) bool {
	for i, w := range strings.Fields(s) {
		if i > 4 {
			return false
		}
		if strings.ContainsAny(w, "0123456789") {
			return true
		}
	}
	return false
}

// endsInVerb recognises the last line of an attribution without its colon; it
// must hold an address.
func endsInVerb(l string) bool {
	if !strings.Contains(l, "@") || len(l) > 300 {
		return false
	}
	l = strings.TrimRight(l, " \t*_")
	for _, v := range []string{" wrote", " schrieb", " a écrit", " ha scritto", " escribió", " schreef", " escreveu"} {
		if strings.HasSuffix(l, v) {
			return true
		}
	}
	return false
}

// endsInClosing says that a line ends in a verb of writing and a colon, and is
// not the sender's sentence.
func endsInClosing(l string) bool {
	body := strings.TrimRight(l, ":： ")
	if body == l {
		return false
	}
	for _, v := range closings {
		if before, ok := strings.CutSuffix(body, " "+v); ok {
			return !firstPerson("", before)
		}
	}
	return false
}

// youWrote recognises "Am 03.01.2026 um 12:34 schrieben Sie:", which counts
// only above a quote.
func youWrote(l string) bool {
	body := strings.ToLower(strings.TrimRight(l, ":： "))
	return len(body) < len(l) && words(l) <= 14 && (strings.HasSuffix(body, " you wrote") || strings.HasSuffix(body, " schrieben sie") || strings.HasSuffix(body, " vous avez écrit"))
}

// opensAttribution says that a line is the start of an attribution: "On Wed,
// Dec 9, Anna Berg" with address and verb on the lines below.
func opensAttribution(l string) bool {
	l = strings.TrimSpace(l)
	if words(l) > 9 || !digitNear(l) || strings.HasSuffix(l, ".") || strings.HasSuffix(l, "!") || strings.HasSuffix(l, "?") {
		return false
	}
	for w := range strings.FieldsSeq(strings.ToLower(l)) {
		switch strings.Trim(w, ",.;") {
		case "ich", "wir", "i", "we", "habe", "haben", "have":
			return false
		}
	}
	for _, o := range openings {
		if strings.HasPrefix(l, o.start) {
			return true
		}
	}
	return false
}

// shortRule is a rule of three or four signs, which counts only above a whole
// header.
func shortRule(line string) bool {
	return len(line) >= 3 && len(line) <= 4 && (strings.Trim(line, "=") == "" || strings.Trim(line, "_") == "" || strings.Trim(line, "-") == "")
}

// headersInLine recognises the header of a quoted mail that lost its line
// breaks: "Von: … Gesendet: … An: … Betreff: …".
func headersInLine(line string) bool {
	if len(line) > 600 || headerKind(line) == 0 || !strings.Contains(line, "@") {
		return false
	}
	seen, kinds := 0, 0
	for w := range strings.FieldsSeq(line) {
		name, ok := strings.CutSuffix(strings.Trim(w, "*"), ":")
		if !ok {
			continue
		}
		if k := headerNames[strings.ToLower(strings.Trim(name, "*"))] & 15; k&^seen != 0 {
			seen |= k
			kinds++
		}
	}
	return kinds >= 3
}

// wrappedQuote says that line i is the end of the quoted line before it, which
// a program wrapped without marking the rest: the next line is quoted again,
// and the first word here would have made the one before too long.
func (s *splitter) wrappedQuote(i int) bool {
	if i == 0 || i+1 >= len(s.lines) {
		return false
	}
	if next := strings.TrimSpace(s.lines[i+1]); next == "" || next != "|" && !isQuoted(next) {
		return false
	}
	line, before := s.lines[i], s.lines[i-1]
	if line == "" || line[0] == ' ' || isQuoted(line) || len(line) > len(before) {
		return false
	}
	word, _, _ := strings.Cut(line, " ")
	switch before[len(before)-1] {
	case '.', '!', '?', ':':
		return false
	}
	return len(before) >= 60 && len(before)+1+len(word) > 72
}

// lastParagraph says that the lines from i on are one paragraph and that no
// words of the sender's follow it.
func (s *splitter) lastParagraph(i int) bool {
	i = s.nextLine(i)
	for i < len(s.lines) && strings.TrimSpace(s.lines[i]) != "" {
		if isQuoted(strings.TrimSpace(s.lines[i])) {
			return true
		}
		i++
	}
	return s.quoteOrEnd(i)
}

// uuencoded counts the lines of a file that stands in the text as "begin 644
// name" and what follows, as old programs attach it.
func (s *splitter) uuencoded(i int, line string) int {
	if !strings.HasPrefix(line, "begin ") {
		return 0
	}
	f := strings.Fields(line)
	if len(f) < 3 || len(f[1]) != 3 && len(f[1]) != 4 || strings.Trim(f[1], "01234567") != "" {
		return 0
	}
	n := 1
	for ; i+n < len(s.lines); n++ {
		l := s.lines[i+n]
		if l == "end" {
			return n + 1
		}
		// The first sign says how many bytes the line holds, three to four signs.
		if l == "" || l[0] < ' ' || l[0] > '`' || len(l) > 1+((int(l[0]-' ')&63)+2)/3*4+1 || len(l) > 62 {
			break
		}
	}
	return 0
}
