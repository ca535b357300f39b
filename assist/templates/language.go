package templates

import (
	"strings"
	"unicode"

	"kontor/cases"
)

// language is that of the letter: as wanted, else the mail's, else the person's;
// German, which binds, where there are no texts in it. The language on file wins
// over a mail that only quotes or adds a passage in another one.
func language(in cases.DraftContext) string {
	if in.Lang != "" {
		return lettersIn(in.Lang)
	}
	onFile := ""
	if p, ok := in.Case.Party(cases.RoleDebtor, in.Today); ok && in.Persons[p.Person] != nil {
		onFile = in.Persons[p.Person].Lang
	}
	for _, m := range in.Messages {
		if m == nil || m.Class.Lang == "" {
			continue
		}
		if onFile != "" && onFile != m.Class.Lang && writtenIn(onFile, m.Mail.Own.String()) {
			return lettersIn(onFile)
		}
		return lettersIn(m.Class.Lang)
	}
	return lettersIn(onFile)
}

func lettersIn(lang string) string {
	if lang == "en" {
		return "en"
	}
	return "de"
}

// writtenIn reports whether a mail is written in lang, be it beside another
// language: a fifth of its small words are, and there are enough of them that it
// is no greeting alone.
func writtenIn(lang, text string) bool {
	small := map[string]string{
		"de": " der die das und ich ist nicht ein eine mit zu auf fur den dem habe kann bitte wir sie es von im mir mich bin aus noch ",
		"en": " the and i is not a an with to on for have can please we you it of in my me am from still this that ",
	}
	hits := map[string]int{}
	for w := range strings.FieldsFuncSeq(strings.ReplaceAll(strings.ToLower(text), "ü", "u"), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for l, words := range small {
			if strings.Contains(words, " "+w+" ") {
				hits[l]++
			}
		}
	}
	all := 0
	for _, n := range hits {
		all += n
	}
	return hits[lang] >= 4 && 5*hits[lang] >= all
}
