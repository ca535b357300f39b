package mime

import (
	"strings"
	"unicode"
)

// differ compares the plain and the HTML side of a mail by their words and
// numbers, link targets and quote marks apart. It returns the start of what
// only one side says, or "" where they agree well enough: programs make one
// from the other with small differences.
func differ(plainText, htmlText string) string {
	if sameWords(plainText, htmlText) {
		return ""
	}
	p, h := wordsOf(plainText), wordsOf(htmlText)
	onlyH, nH, numH := missing(h, p)
	onlyP, nP, numP := missing(p, h)
	switch {
	case numH != "":
		return numH
	case numP != "":
		return numP
	case nH >= 4 && nH*5 > len(h.set):
		return onlyH
	case nP >= 4 && nP*5 > len(p.set):
		return onlyP
	}
	return ""
}

// sameWords says that two texts differ in white space and quote marks only, as
// most do where a program made one from the other.
func sameWords(a, b string) bool {
	for {
		var x, y string
		x, a = nextWord(a)
		y, b = nextWord(b)
		if x != y {
			return false
		}
		if x == "" {
			return true
		}
	}
}

// nextWord cuts the first word off s; quote marks are none.
func nextWord(s string) (word, rest string) {
	i := 0
	for i < len(s) && (s[i] <= ' ' || s[i] == '>') {
		i++
	}
	j := i
	for j < len(s) && s[j] > ' ' {
		j++
	}
	return s[i:j], s[j:]
}

type wordList struct {
	order []string
	set   map[string]bool
}

// maxCompared bounds the words that are compared.
const maxCompared = 20000

func wordsOf(s string) wordList {
	w := wordList{set: map[string]bool{}}
	for f := range strings.FieldsSeq(s) {
		if strings.Contains(f, "://") || strings.HasPrefix(f, "<") || strings.HasPrefix(f, "[") || strings.HasPrefix(f, "cid:") || strings.Contains(f, "www.") {
			continue
		}
		f = strings.ToLower(strings.TrimFunc(f, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }))
		if f == "" || w.set[f] {
			continue
		}
		w.set[f] = true
		if w.order = append(w.order, f); len(w.order) == maxCompared {
			break
		}
	}
	return w
}

// missing lists words of a that b lacks; a number of money's or an account's
// size counts alone.
func missing(a, b wordList) (start string, n int, number string) {
	var s strings.Builder
	for _, w := range a.order {
		if b.set[w] {
			continue
		}
		n++
		if s.Len() < 120 {
			s.WriteString(w + " ")
		}
		if number == "" && digits(w) >= 3 && digits(w)*2 > len(w) {
			number = w
		}
	}
	// Wrapping and joining of words move numbers about in heavily different
	// renderings; there the word count speaks.
	if number != "" && n > 3 && n*5 <= len(a.set) {
		number = ""
	}
	return s.String(), n, number
}

func digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}
