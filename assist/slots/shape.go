package slots

import (
	"regexp/syntax"
	"strings"
)

// maxShape bounds a reference, in characters.
const maxShape = 40

// shapeOf turns the agency's expression into the one shape that it describes.
func shapeOf(pattern string) string {
	if pattern == "" {
		return DefaultReference
	}
	if !strings.ContainsAny(pattern, `\[](){}?*+^$|.`) {
		return pattern
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return DefaultReference
	}
	var b strings.Builder
	if !writeShape(&b, re) || b.Len() == 0 || b.Len() > maxShape || !strings.ContainsRune(b.String(), '9') {
		return DefaultReference
	}
	return b.String()
}

// writeShape reports whether an expression has one form only, up to digits.
func writeShape(b *strings.Builder, re *syntax.Regexp) bool {
	if b.Len() > maxShape {
		return false
	}
	switch re.Op { //nolint:exhaustive // every other one allows several forms
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
		return true
	case syntax.OpCharClass:
		if len(re.Rune) == 2 && re.Rune[0] == '0' && re.Rune[1] == '9' {
			b.WriteByte('9')
			return true
		}
		return separators(b, re.Rune)
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range re.Sub {
			if !writeShape(b, sub) {
				return false
			}
		}
		return true
	case syntax.OpRepeat:
		if re.Min != re.Max || re.Max > maxShape {
			return false
		}
		for range re.Min {
			if !writeShape(b, re.Sub[0]) {
				return false
			}
		}
		return true
	case syntax.OpBeginText, syntax.OpEndText, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpWordBoundary, syntax.OpEmptyMatch:
		return true
	case syntax.OpQuest, syntax.OpStar:
		// A separator that may be missing: people leave out separators anyway.
		sub := re.Sub[0]
		return sub.Op == syntax.OpCharClass && separators(b, sub.Rune) || sub.Op == syntax.OpLiteral && len(sub.Rune) == 1 && separators(b, []rune{sub.Rune[0], sub.Rune[0]})
	}
	return false
}

// separators writes a "-" for a class of nothing but separators.
func separators(b *strings.Builder, class []rune) bool {
	for i := 0; i+1 < len(class); i += 2 {
		for r := class[i]; r <= class[i+1]; r++ {
			if !strings.ContainsRune("-/. _", r) && r != '\t' && r != '\n' && r != '\f' && r != '\r' {
				return false
			}
		}
	}
	b.WriteByte('-')
	return true
}
