package mime

import "strings"

// OwnText returns the sender's new words in a mail's text: without quoted
// lines, the lines that programs put above them, forwarded headers, signature
// blocks behind "-- ", mobile footers and disclaimers. Answers between quoted
// lines keep their order. Greeting and name belong to the words. The result is
// empty only where nothing but quotes and footers is there; a forwarded mail
// without words before it keeps the forwarded words. Each line of the result
// is a line of the text, or its start where a quote's introduction stands
// behind the words on the same line. Line breaks must be "\n".
func OwnText(text string) string {
	s := splitter{lines: strings.Split(text, "\n")}
	s.mark()
	s.run()
	return s.result()
}

// splitter goes through a text once, top down.
type splitter struct {
	lines  []string
	colon  []bool // the line ends in a colon
	out    []string
	kept   int  // lines of out that hold words
	gap    bool // something was left out since the last kept line
	inSig  bool
	inNote bool // in a disclaimer
}

func (s *splitter) mark() {
	s.lines = splitInline(s.lines)
	s.colon = make([]bool, len(s.lines))
	for i, l := range s.lines {
		if len(l) > 0 && (l[len(l)-1] == ' ' || l[len(l)-1] == '\t') && l != "-- " {
			s.lines[i] = strings.TrimRight(l, " \t")
			l = s.lines[i]
		}
		s.colon[i] = endsInColon(l) || endsInVerb(l)
	}
}

func endsInColon(l string) bool {
	l = strings.TrimRight(withoutMarks(l), " \t*_")
	return strings.HasSuffix(l, ":") || strings.HasSuffix(l, "：")
}

func (s *splitter) run() {
	for i := 0; i < len(s.lines); {
		line := strings.TrimSpace(s.lines[i])
		switch {
		case line == "":
			s.keepBlank()
			i++
			continue
		case isGroupWise(line) && s.kept > 0:
			return
		case isQuoted(line):
			s.gap, s.inSig, s.inNote = true, false, false
			i++
			if s.wrappedQuote(i) {
				i++
			}
			continue
		}
		if n := s.uuencoded(i, line); n > 0 {
			s.gap = true
			i += n
			continue
		}
		if n, end := s.quoteStart(i, line); end {
			return
		} else if n > 0 {
			s.gap, s.inSig, s.inNote = true, false, false
			i += n
			continue
		}
		if n := s.footer(i, line); n > 0 {
			s.dropRule()
			s.gap = true
			i += n
			continue
		}
		if !s.inSig && !s.inNote {
			s.signature(i, line)
		}
		if s.inSig || s.inNote {
			s.gap = true
			i++
			continue
		}
		s.keep(i)
		i++
	}
}

func (s *splitter) keep(i int) {
	if s.gap {
		// One empty line stands for what was left out between two answers.
		for len(s.out) > 0 && s.out[len(s.out)-1] == "" {
			s.out = s.out[:len(s.out)-1]
		}
		if s.kept > 0 {
			s.out = append(s.out, "")
		}
		s.gap = false
	}
	s.out = append(s.out, strings.TrimRight(s.lines[i], " \t"))
	s.kept++
}

// dropRule takes back the line of dashes that programs put above a footer.
func (s *splitter) dropRule() {
	n := len(s.out)
	for n > 0 && s.out[n-1] == "" {
		n--
	}
	if n > 0 && len(s.out[n-1]) >= 2 && strings.Trim(s.out[n-1], "-_*") == "" {
		s.out = s.out[:n-1]
		s.kept--
	}
}

func (s *splitter) keepBlank() {
	if s.kept > 0 && !s.inSig && !s.inNote {
		s.out = append(s.out, "")
	}
}

// result is what was kept, without empty lines at its ends.
func (s *splitter) result() string {
	return strings.Trim(strings.Join(s.out, "\n"), "\n")
}

// isGroupWise recognises ">>> Anna Berg <anna@example.org> 05.01.2026 09:14 >>>",
// behind which all is quoted without marks.
func isGroupWise(line string) bool {
	return strings.HasPrefix(line, ">>> ") && strings.HasSuffix(line, ">>>") && hasTime(line)
}

func isQuoted(line string) bool {
	if line[0] == '>' {
		return true
	}
	if strings.HasPrefix(line, "&gt;") {
		return true
	}
	// "| text" of some programs; a single bar is a table.
	return strings.HasPrefix(line, "| ") && strings.Count(line, "|") == 1
}

// quoteStart looks for the start of a quoted or forwarded mail at line i. It
// returns the number of lines that introduce it, and end where all behind is
// quoted without marks.
func (s *splitter) quoteStart(i int, line string) (n int, end bool) {
	n, sure := s.attribution(i)
	if n == 0 {
		n = s.headerBlock(i, line)
		sure = true
	}
	if n == 0 {
		return 0, false
	}
	j := s.nextLine(i + n)
	switch {
	case j < len(s.lines) && isQuoted(strings.TrimSpace(s.lines[j])):
		return n, false
	case !sure:
		return 0, false
	}
	return n, s.kept > 0
}

// nextLine is the first line from i on that is not empty.
func (s *splitter) nextLine(i int) int {
	for i < len(s.lines) && strings.TrimSpace(s.lines[i]) == "" {
		i++
	}
	return i
}

// headerBlock recognises what Outlook and others put above a quoted mail: a
// separator, header lines, or both. A single "Von: …" is none.
func (s *splitter) headerBlock(i int, line string) int {
	switch {
	case isSeparator(line) || isTitle(line) && s.titled(i):
		j := s.nextLine(i + 1)
		n, kinds := s.headerLines(j)
		if kinds >= 1 {
			return j + n - i
		}
		return 1
	case isRule(line), shortRule(line):
		j := s.nextLine(i + 1)
		if j-i > 3 || j >= len(s.lines) {
			return 0
		}
		if n, kinds := s.headerLines(j); kinds >= 3 || kinds == 2 && n >= 2 && len(line) >= 5 {
			return j + n - i
		}
		return 0
	}
	if headersInLine(line) {
		return 1
	}
	n, kinds := s.headerLines(i)
	if kinds >= 3 || kinds == 2 && s.looksQuoted(i, n) {
		return n
	}
	return 0
}

// isTitle is a line of a few words between dashes.
func isTitle(line string) bool {
	if len(line) < 8 || len(line) > 80 || !strings.HasPrefix(line, "--") || !strings.HasSuffix(line, "--") {
		return false
	}
	n := words(strings.Trim(line, "- "))
	return n >= 1 && n <= 4
}

// titled says that the header of a mail stands below line i.
func (s *splitter) titled(i int) bool {
	_, kinds := s.headerLines(s.nextLine(i + 1))
	return kinds >= 2
}

// looksQuoted says of two header lines that they are from a mail: they hold an
// address and a date.
func (s *splitter) looksQuoted(i, n int) bool {
	block := strings.Join(s.lines[i:i+n], "\n")
	return strings.Contains(block, "@") && hasTime(block)
}

// headerLines counts header lines from i on and how many different ones of
// from, date, to and subject are among them.
func (s *splitter) headerLines(i int) (n, kinds int) {
	seen, last := 0, 0
	for j := i; j < len(s.lines) && j < i+14; j++ {
		line := strings.TrimSpace(s.lines[j])
		if line == "" {
			// Some programs put an empty line between header lines.
			if k := s.nextLine(j); seen != 0 && k == j+1 && k < len(s.lines) && headerKind(s.lines[k]) != 0 {
				continue
			}
			break
		}
		k := headerKind(line)
		if k == 0 {
			if last != 0 && strings.ContainsAny(line, "@;") && !isQuoted(line) {
				last = 0 // a folded list of recipients
				n = j + 1 - i
				continue
			}
			if last == hdrSubject && j+1 < len(s.lines) && headerKind(s.lines[j+1])&15&^seen != 0 {
				last = 0 // a folded subject
				continue
			}
			break
		}
		seen |= k
		last = k
		if s.bareLabel(j) { // a converter of tables put the value on the next line
			j++
		}
		n = j + 1 - i
	}
	for b := seen & 15; b != 0; b &= b - 1 {
		kinds++
	}
	return n, kinds
}

// bareLabel says that line j is a header's name alone, with what belongs to it on
// the next line.
func (s *splitter) bareLabel(j int) bool {
	if !strings.HasSuffix(strings.TrimRight(s.lines[j], " \t*"), ":") || j+1 >= len(s.lines) {
		return false
	}
	next := strings.TrimSpace(s.lines[j+1])
	return next != "" && headerKind(next) == 0 && len(next) < 300
}

// isRule is a line of nothing but underscores, dashes or equal signs.
func isRule(line string) bool {
	return len(line) >= 5 && (strings.Trim(line, "_") == "" || strings.Trim(line, "-") == "" || strings.Trim(line, "=") == "" || strings.Trim(line, "—") == "" || strings.Trim(line, "*") == "")
}

// signature starts leaving out where a signature block or disclaimer begins.
func (s *splitter) signature(i int, line string) {
	raw := s.lines[i]
	switch {
	case raw == "-- " || line == "--" || line == "—" && s.kept > 0:
		// A signature is short; a line of dashes inside a letter is followed by more.
		s.inSig = s.kept > 0 && s.remaining(i+1) <= 16
	case line == "__" && s.kept > 0:
		s.inSig = s.remaining(i+1) <= 6 && s.contact(i+1)
	case strings.HasPrefix(line, "____") && s.kept > 0 && isRule(line):
		// People draw lines between their own paragraphs as well.
		n := s.remaining(i + 1)
		s.inSig = n <= 8 && s.lastParagraph(i+1) || n <= 12 && s.contact(i+1)
	case isRule(line) && s.kept > 0:
		s.inSig = s.remaining(i+1) <= 6 && s.contact(i+1) && !s.ruled(i+1)
	case isDisclaimer(line) && s.kept > 0:
		s.inNote = true
		s.dropRule()
	}
}

// remaining counts the lines with words up to the next quoted or attributed one.
func (s *splitter) remaining(i int) int {
	n := 0
	for ; i < len(s.lines) && n <= 20; i++ {
		line := strings.TrimSpace(s.lines[i])
		if line == "" {
			continue
		}
		if isQuoted(line) {
			break
		}
		if k, _ := s.attribution(i); k > 0 || s.headerBlock(i, line) > 0 || isDisclaimer(line) {
			break
		}
		n++
	}
	return n
}

// contact says that a mail address, a telephone number or a site is in the
// lines up to the next quote, as in a signature.
func (s *splitter) contact(i int) bool {
	for n := 0; i < len(s.lines) && n < 10; i, n = i+1, n+1 {
		l := s.lines[i]
		if strings.HasPrefix(l, ">") {
			break
		}
		if k, _ := s.attribution(i); k > 0 {
			break
		}
		if strings.Contains(l, "@") || strings.Contains(l, "www.") || strings.Contains(l, "http") || digits(l) >= 6 && !hasYear(l) && !sum(l) {
			return true
		}
	}
	return false
}

// sum says that a line speaks of money.
func sum(l string) bool {
	low := strings.ToLower(l)
	return strings.Contains(low, "eur") || strings.Contains(l, "€")
}

// ruled says that another line of dashes follows, as below a table.
func (s *splitter) ruled(i int) bool {
	for n := 0; i < len(s.lines) && n < 12; i, n = i+1, n+1 {
		if line := strings.TrimSpace(s.lines[i]); isRule(line) {
			return true
		}
	}
	return false
}
