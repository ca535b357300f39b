package desk

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kontor/cases"
)

// NoteAttached is the note of a reading whose mail keeps its matter in an
// attachment that could not be read: it is unsure and gets no draft.
const NoteAttached = "matter_in_attachment"

// How many letters of its own a mail may have that says nothing itself: at all,
// with a word that points to the attachment, and little more than that word.
const (
	saysLittle  = 60
	pointsAlong = 160
	pointsOnly  = 25
)

// MatterAttached reports whether a mail says next to nothing itself and carries
// an attachment that could not be read. Where a few words are enough for a sure
// reading ("schon bezahlt, Beleg anbei") they are the matter.
func MatterAttached(m cases.Mail, c cases.Classification) bool {
	if !c.Intent.Answered() || !slices.ContainsFunc(m.Attachments, func(a cases.Attachment) bool { return a.Unread != "" && a.Text.IsZero() }) {
		return false
	}
	own := withoutManners(m.Own.String())
	n, points := utf8.RuneCountInString(own), pointsToAttachment(own)
	if n == 0 || points && n <= pointsOnly {
		return true
	}
	said := c.Permille >= cases.Sure && !c.Unsure && c.Intent != cases.Other
	return !said && (n <= saysLittle || points && n <= pointsAlong)
}

// fewWords is how long a line of thanks or a greeting before its comma may be; in
// a longer one the matter itself may stand.
const fewWords = 6

// withoutManners leaves greeting, thanks, closing and name out.
func withoutManners(own string) string {
	var out []string
	for line := range strings.Lines(own) {
		line = strings.TrimSpace(line)
		if len(out) == 0 {
			line = afterGreeting(line)
		}
		low := strings.ToLower(line)
		switch {
		case low == "" || startsWithAny(low, thanks()) && len(strings.Fields(low)) <= fewWords:
		case startsWithAny(low, closings()):
			return strings.Join(out, " ")
		default:
			out = append(out, low)
		}
	}
	return strings.Join(out, " ")
}

// afterGreeting returns what a line says behind its greeting and whom it greets:
// "Hallo Frau Harms, schon bezahlt" says something, and so does "Hallo schon
// bezahlt!". Whom it greets ends at a comma, or at the first word that is neither
// a name nor how people are called.
func afterGreeting(line string) string {
	low := strings.ToLower(line)
	greeting := ""
	for _, g := range greetings() {
		if len(g) > len(greeting) && startsWithAny(low, []string{g}) {
			greeting = g
		}
	}
	if greeting == "" || len(low) != len(line) {
		return line
	}
	rest := line[len(greeting):]
	shouted := line == strings.ToUpper(line) // tells no name from another word
	called := false                          // the word before announces a name
	for n := 0; n <= fewWords; n++ {
		rest = strings.TrimLeft(rest, " \t-")
		if tail := strings.TrimLeft(rest, ",!.:;"); tail != rest {
			return strings.TrimSpace(tail)
		}
		end := strings.IndexAny(rest, " \t,!:;")
		if end < 0 {
			end = len(rest)
		}
		word := rest[:end]
		if word == "" {
			return ""
		}
		first, _ := utf8.DecodeRuneInString(word)
		title := slices.Contains(calls(), strings.Trim(strings.ToLower(word), "."))
		if !title && !called && (shouted || !unicode.IsLetter(first) || unicode.IsLower(first)) {
			return rest
		}
		called, rest = title, rest[end:]
	}
	return line // so many words greet nobody
}

func startsWithAny(s string, list []string) bool {
	return slices.ContainsFunc(list, func(p string) bool {
		rest, ok := strings.CutPrefix(s, p)
		return ok && (rest == "" || strings.ContainsAny(rest[:1], " ,.!:/;-"))
	})
}

func greetings() []string {
	return []string{
		"sehr geehrte", "sehr geehrter", "guten tag", "guten morgen", "guten abend", "hallo", "hi", "hey", "moin", "liebe", "lieber", "servus", "grüß gott",
		"dear", "hello", "good morning", "good afternoon", "bonjour", "madame", "monsieur", "merhaba", "sayın", "iyi günler", "dzień dobry", "szanowni", "szanowna", "szanowny", "witam",
		"здравствуйте", "добрый день", "уважаемые", "buongiorno", "gentile", "gentili", "hola", "buenos días", "estimados", "bună ziua", "olá", "السلام عليكم", "مرحبا",
	}
}

// calls are words by which people are greeted, in small letters.
func calls() []string {
	return []string{
		"damen", "und", "herren", "herr", "herrn", "frau", "dr", "prof", "team", "zusammen", "miteinander", "allerseits", "liebe", "lieber", "liebes", "leute", "kollegen", "kolleginnen", "inkasso", "inkassoteam",
		"sir", "sirs", "madam", "or", "and", "mr", "mrs", "ms", "miss", "all", "there", "everyone", "madame", "monsieur", "mesdames", "messieurs", "à", "tous", "bey", "hanım", "yetkili", "yetkililer", "ilgili",
		"państwo", "panie", "pani", "pan", "господа", "господин", "госпожа", "дамы", "и", "signori", "signor", "signora", "señores", "señor", "señora", "domnule", "doamnă", "doamna", "domnilor", "senhor", "senhora", "senhores",
	}
}

func closings() []string {
	return []string{
		"mit freundlichen", "mit freundlichem", "freundliche grüße", "freundlichen gruß", "viele grüße", "viele grüsse", "beste grüße", "liebe grüße", "schöne grüße", "gruß", "grüße", "gruss", "mfg", "lg", "vg", "hochachtungsvoll",
		"kind regards", "best regards", "regards", "sincerely", "yours", "best wishes", "cordialement", "bien à vous", "salutations", "saygılar", "saygılarımla", "pozdrawiam", "z poważaniem", "с уважением",
		"cordiali saluti", "distinti saluti", "saludos", "atentamente", "cu stimă", "atenciosamente", "مع التحية",
	}
}

func thanks() []string {
	return []string{
		"danke", "vielen dank", "besten dank", "thanks", "thank you", "merci", "teşekkürler", "teşekkür ederim", "dziękuję", "спасибо", "grazie", "gracias", "mulțumesc", "obrigado", "شكرا",
	}
}

// pointsToAttachment says that a text, in small letters, sends its reader on to
// what is attached.
func pointsToAttachment(s string) bool {
	return slices.ContainsFunc([]string{
		"anhang", "angehängt", "anbei", "anlage", "beigefügt", "beiliegend", "im beilag", "foto", "bild", "scan", "attach", "enclosed", "see pdf", "see photo", "picture",
		"ci-joint", "pièce jointe", "en annexe", "ektedir", "ekteki", "ekinde", "ekte", "załącz", "вложени", "прилага", "allegat", "adjunt", "atașat", "atasat", "anexo", "bijlage", "مرفق",
	}, func(w string) bool { return strings.Contains(s, w) })
}
