package feature

import "unicode"

// latin maps letters with marks to the letter below them, so that "Umlaute",
// "umlaute" and mails typed on a keyboard without them meet.
var latin = map[rune]rune{
	'à': 'a', 'á': 'a', 'â': 'a', 'ã': 'a', 'ä': 'a', 'å': 'a', 'ā': 'a', 'ă': 'a', 'ą': 'a', 'æ': 'a',
	'ç': 'c', 'ć': 'c', 'č': 'c', 'ď': 'd', 'đ': 'd',
	'è': 'e', 'é': 'e', 'ê': 'e', 'ë': 'e', 'ē': 'e', 'ę': 'e', 'ě': 'e',
	'ğ': 'g', 'ì': 'i', 'í': 'i', 'î': 'i', 'ï': 'i', 'ı': 'i', 'ī': 'i',
	'ł': 'l', 'ñ': 'n', 'ń': 'n', 'ň': 'n',
	'ò': 'o', 'ó': 'o', 'ô': 'o', 'õ': 'o', 'ö': 'o', 'ø': 'o', 'ő': 'o', 'œ': 'o',
	'ř': 'r', 'ś': 's', 'š': 's', 'ş': 's', 'ș': 's', 'ß': 's', 'ţ': 't', 'ț': 't', 'ť': 't',
	'ù': 'u', 'ú': 'u', 'û': 'u', 'ü': 'u', 'ū': 'u', 'ů': 'u', 'ű': 'u',
	'ý': 'y', 'ÿ': 'y', 'ź': 'z', 'ż': 'z', 'ž': 'z',
	'ё': 'е', 'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ى': 'ي', 'ة': 'ه',
}

// foldRune returns the folded letter, or 0 for a rune that is no part of a word.
func foldRune(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return r
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r < 0x80:
		return 0
	case r == 'İ':
		return 'i'
	case !unicode.IsLetter(r):
		return 0
	}
	r = unicode.ToLower(r)
	if m, ok := latin[r]; ok {
		return m
	}
	return r
}

// appendFolded appends the key form of a letter to a word that began at from:
// marks dropped, doubled letters once, and the digraphs ae, oe, ue as a, o, u.
// It makes "für", "fuer" and "fur", "bitte" and "bite" one word; what it
// confuses besides ("neu", "neue") does no harm to a classifier.
func appendFolded(arena []rune, from int, r rune) []rune {
	n := len(arena)
	if n > from {
		last := arena[n-1]
		if last == r {
			return arena
		}
		if r == 'e' && (last == 'a' || last == 'o' || last == 'u') {
			return arena
		}
	}
	return append(arena, r)
}

// Fold returns the key form of a word.
func Fold(word string) string { return string(appendWord(nil, word)) }

// appendWord appends the key form of a word to nothing else.
func appendWord(out []rune, word string) []rune {
	for _, r := range word {
		if f := foldRune(r); f != 0 {
			out = appendFolded(out, 0, f)
		}
	}
	return out
}
