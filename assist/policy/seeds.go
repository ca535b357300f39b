package policy

import (
	"regexp/syntax"
	"strings"
)

// seeds are literals one of which stands in everything that an expression can
// match; nil if none are known. They spare the expression where none stands in
// the text, which is nearly always.
func seeds(src string) []string {
	re, err := syntax.Parse(src, syntax.Perl)
	if err != nil {
		return nil
	}
	return seedsOf(re)
}

// maxSeeds bounds what one expression may cost; beyond it is simply run.
const maxSeeds = 400

func seedsOf(re *syntax.Regexp) []string {
	switch re.Op { //nolint:exhaustive // the others hold no literal that must be there
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 || len(re.Rune) < 2 {
			return nil
		}
		return []string{string(re.Rune)}
	case syntax.OpCapture, syntax.OpPlus:
		return seedsOf(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return seedsOf(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if s := seedsOf(sub); len(s) > 0 && (best == nil || shortest(s) > shortest(best)) {
				best = s
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			s := seedsOf(sub)
			if s == nil || len(all)+len(s) > maxSeeds {
				return nil
			}
			all = append(all, s...)
		}
		return all
	}
	return nil
}

func shortest(words []string) int {
	n := len(words[0])
	for _, w := range words[1:] {
		n = min(n, len(w))
	}
	return n
}

// sown reports whether a pattern can match in text at all.
func (p *pattern) sown(text string) bool {
	if p.seeds == nil {
		return true
	}
	for _, s := range p.seeds {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}
