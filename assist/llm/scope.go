package llm

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kontor/cases"
)

//go:embed sensitive.txt
var sensitiveText string

// marks finds what does not leave under "ordinary".
type marks struct {
	begins []string // beginnings of words; long ones count inside compounds, too
	within []string // any part of a word
	whole  []string
}

// youth finds a writer who gives an age below eighteen, in figures or words.
var youth = regexp.MustCompile(`\b(ich bin|bin|i am|i'm|werde|wird|turning)( (erst|gerade|noch|bald|nur|only|just))? (1[0-7]|zehn|elf|zwolf|dreizehn|vierzehn|funfzehn|sechzehn|siebzehn|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)\b|\b(1[0-7]|vierzehn|funfzehn|sechzehn|siebzehn|fourteen|fifteen|sixteen|seventeen)[- ]?(jahre alt|jahrig\w*|years old|ans\b|anni\b|lat\b|yas\w*|лет)|\b\d{1,2}\. klasse\b`)

var sensitiveMarks = sync.OnceValue(func() *marks {
	m := &marks{}
	for line := range strings.Lines(sensitiveText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			kind := w[0]
			w = plainly(strings.ReplaceAll(strings.TrimLeft(w, "=*"), "_", " "))
			switch kind {
			case '=':
				m.whole = append(m.whole, w)
			case '*':
				m.within = append(m.within, w)
			default:
				m.begins = append(m.begins, w)
			}
		}
	}
	return m
})

// in reports whether a folded text holds a mark.
func (m *marks) in(s string) bool {
	for _, w := range m.begins {
		// Long beginnings count inside compounds too: "Rückenoperation".
		if startsWord(s, w) || utf8.RuneCountInString(w) >= 6 && strings.Contains(s, w) {
			return true
		}
	}
	if slices.ContainsFunc(m.within, func(w string) bool { return strings.Contains(s, w) }) {
		return true
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, w := range m.whole {
		if slices.Contains(words, w) {
			return true
		}
	}
	return youth.MatchString(s)
}

// plainly folds a text: lower case, no marks, umlauts as plain letters however
// they are written.
func plainly(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ı':
			b.WriteByte('i')
		case r == 'ł':
			b.WriteByte('l')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return strings.NewReplacer("ae", "a", "oe", "o", "ue", "u").Replace(b.String())
}

// keptBack are the intents that never leave under "ordinary".
var keptBack = []cases.Intent{cases.Deceased, cases.Representation, cases.DataRequest, cases.Complaint}

// withheld says why a mail may not leave under the scope; "" means it may.
func withheld(s Scope, in *cases.ClassifyInput, local *cases.Classification) string {
	switch s {
	case ScopeAll:
		return ""
	case ScopeOrdinary:
	default:
		return "scope_none"
	}
	if len(local.Alerts) > 0 {
		return "alert"
	}
	if local.HasFlag(cases.Vulnerable) {
		return "vulnerable"
	}
	if slices.Contains(keptBack, local.Intent) {
		return "intent"
	}
	for _, i := range local.Secondary {
		if slices.Contains(keptBack, i) {
			return "intent"
		}
	}
	for _, c := range local.Candidates {
		if c.Permille >= 150 && slices.Contains(keptBack, c.Intent) {
			return "intent"
		}
	}
	if sensitiveMarks().in(plainly(in.Subject + "\n" + in.Text)) {
		return "sensitive"
	}
	return ""
}

// startsWord reports whether w begins a word of low.
func startsWord(low, w string) bool {
	for at := 0; ; {
		i := strings.Index(low[at:], w)
		if i < 0 {
			return false
		}
		i += at
		if i == 0 || !letterBefore(low[:i]) {
			return true
		}
		at = i + 1
	}
}

// steering are marks of text that speaks to a machine and not to a person. They
// change no label; they forbid that the model adds anything to the reading.
var steering = []string{
	"ignore all", "ignore previous", "ignore the", "ignore any", "ignore your", "ignorier", "disregard", "system prompt", "systemprompt", "system:", "[system", "system]", "### system", "<system", "</system", "<|", "|>", "[inst]", "[/inst]", "<<sys", "assistant:", "\"role\"", "'role'", "developer mode", "entwicklermodus", "override", "jailbreak", "you are now", "you are an", "as an ai", "as a language model", "language model", "sprachmodell", " llm", "chatgpt", "openai", "gpt-", " prompt", "\"intent\"", "intent=", "intent:", "classify", "classification", "klassifizier", "klassifikation", "einstufen als", "stufe diese", "json", "base64", "<!--", "```", "an die ki", "an den bot", "für die ki", "liebe ki", "hallo ki", "hey ki", " ki:", "ki-", "assistent", "assistant", "to ai", "an ai ", "the ai ", "ai:", " bot ", " bot:", "anweisungen", "instruction", "als nächstes musst", "du bist ein", "du bist jetzt", "setze status", "setze den vorgang", "setze den status", "status=", "markiere", "antworte mit", "antworte nur", "respond with", "reply with", "output:", "output only", "tool_call", "function_call", "confidence",
	"yapay zek", "önceki talimat", "onceki talimat", "talimat", "asistan", "sistem:", "görmezden gel",
	"sztuczn", "zignoruj", "instrukcj", "asystent", "jesteś teraz", "systemow",
	"ignorez", "ignore les", "consigne", "intelligence artificielle", "vous êtes désormais", "tu es maintenant", "modèle de langage", "réponds",
	"игнорируй", "инструкци", "ассистент", "нейросет", "искусственн", "ты теперь", "классифиц", "систем",
	"ignoră", "ignora", "instrucțiuni", "instructiuni", "inteligența artificială", "asistent", "ești acum", "clasific",
	"istruzioni", "intelligenza artificiale", "assistente", "sei ora", "classifica",
	"تجاهل", "تعليمات", "الذكاء الاصطناعي", "المساعد", "صنف", "أنت الآن",
}

// steered reports whether the mail speaks to a machine.
func steered(in *cases.ClassifyInput) bool {
	low := strings.ToLower(in.Subject + "\n" + in.Text)
	bare := undisguised(low)
	for _, s := range steering {
		if strings.Contains(low, s) || strings.Contains(bare, s) {
			return true
		}
	}
	return false
}

// spaced finds words that are written letter by letter.
var spaced = regexp.MustCompile(`(?:^|[^\p{L}])(?:\p{L}[ ._*-]{1,2}){4,}\p{L}`)

// undisguised takes away what hides words from a search and not from a model:
// characters without width, letters of another script that look like Latin ones
// in a Latin word, wide and ornamental letters, marks, and letters spaced out.
func undisguised(low string) string {
	const from, to = "асеорхуѕіјһкмтвнԁɡӏ", "aceopxysijhkmtbhdgl"
	look, latin := []rune(from), []rune(to)
	var b, word strings.Builder
	flush := func() {
		w := []rune(word.String())
		word.Reset()
		if slices.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
			for i, r := range w {
				if k := slices.Index(look, r); k >= 0 {
					w[i] = latin[k]
				}
			}
		}
		b.WriteString(string(w))
	}
	for _, r := range norm.NFKC.String(low) {
		switch {
		case unicode.Is(unicode.Cf, r):
		case unicode.IsLetter(r):
			word.WriteRune(unicode.ToLower(r))
		default:
			flush()
			b.WriteRune(r)
		}
	}
	flush()
	return spaced.ReplaceAllStringFunc(b.String(), func(s string) string {
		return " " + strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, s)
	})
}

// letterBefore reports whether s ends in a letter.
func letterBefore(s string) bool {
	c, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(c)
}
