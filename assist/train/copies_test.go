package train

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"kontor/assist/data"
)

const (
	gram     = 6   // letters
	minGrams = 25  // a mail with fewer says too little to be a copy of another
	maxAlike = 0.4 // share of common letter runs from which two mails count as one
)

// grams are the distinct runs of letters of a text, without case, spaces and
// punctuation.
func grams(s string) map[string]bool {
	rs := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s))
	out := map[string]bool{}
	for i := 0; i+gram <= len(rs); i++ {
		out[string(rs[i:i+gram])] = true
	}
	return out
}

// A mail that is only trained on must not be one that is measured on in other
// letters: the figures would measure memory.
func TestExtraMailsAreNoCopies(t *testing.T) {
	c, err := Load(data.Files())
	if err != nil {
		t.Fatal(err)
	}
	measured := append(slices.Clone(c.Mails), unseenMails(t).all()...)
	holders := map[string][]int{}
	sizes := make([]int, len(measured))
	for i := range measured {
		g := grams(measured[i].Text)
		sizes[i] = len(g)
		for k := range g {
			holders[k] = append(holders[k], i)
		}
	}
	common := make([]int, len(measured))
	for i := range c.Extra {
		g := grams(c.Extra[i].Text)
		if len(g) < minGrams {
			continue
		}
		clear(common)
		for k := range g {
			for _, m := range holders[k] {
				common[m]++
			}
		}
		for m, n := range common {
			if sizes[m] < minGrams {
				continue
			}
			if alike := float64(n) / float64(len(g)+sizes[m]-n); alike >= maxAlike {
				t.Errorf("extra mail %s is %.2f the same as labelled mail %s: take it out", c.Extra[i].ID, alike, measured[m].ID)
			}
		}
	}
}
