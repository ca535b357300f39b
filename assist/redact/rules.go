package redact

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a piece of text to take out.
type span struct {
	start, end int
	kind       Kind
}

func letter(c rune) bool { return unicode.IsLetter(c) || unicode.Is(unicode.M, c) }

func runes(s string) int { return utf8.RuneCountInString(s) }

// fold makes spellings comparable: lower case, German umlauts and other
// diacritics stay, since names differ by them.
func fold(s string) string { return strings.ToLower(s) }

// splitFrom cuts a From header into display name and address.
func splitFrom(from string) (display, addr string) {
	i, j := strings.LastIndexByte(from, '<'), strings.LastIndexByte(from, '>')
	if i >= 0 && j > i {
		return strings.Trim(strings.TrimSpace(from[:i]), `"`), strings.TrimSpace(from[i+1 : j])
	}
	if strings.Contains(from, "@") {
		return "", strings.TrimSpace(from)
	}
	return strings.TrimSpace(from), ""
}

// common are words of display names that name nobody: titles, legal forms,
// particles. Without them "von" or "GmbH" would vanish from every sentence.
var common = set(`dr prof dipl ing med jur rer nat herr herrn frau fräulein mr mrs ms miss sir madam von van der den de da di du la le el al zu zum zur vom und and et the
gmbh ug ag kg ohg gbr ev e.v. mbh co inc ltd llc & i a im auftrag an am in auf mit für of für die das ein eine ihr ihre mein meine ich nicht ist oder aus bei
info service kontakt office mail email post web team noreply no-reply reply donotreply support buchhaltung rechnung kanzlei büro sekretariat verwaltung
mailer daemon system postmaster delivery subsystem admin administrator kundenservice kundendienst example com org net`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// The patterns. RE2 runs in linear time, so no mail can stall them.
var (
	loose = regexp.MustCompile(`[\x{27E6}\[<{]{1,2} ?[A-Z]{3,8}_[0-9]{1,4} ?[\x{27E7}\]>}]{1,2}`)

	patterns = []struct {
		kind Kind
		re   *regexp.Regexp
		grp  int
	}{
		{Literal, regexp.MustCompile(`[⟦⟧]`), 0},
		{Mail, regexp.MustCompile(`[\p{L}\p{N}._%+'-]+ ?(?:@|\(at\)|\[at\]) ?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`), 0},
		{Link, regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s<>"]+`), 0},
		{IBAN, regexp.MustCompile(`\b[A-Za-z]{2} ?[0-9]{2}(?:[ .-]?[0-9A-Z]{2,4}){3,8}\b`), 0},
		{IBAN, regexp.MustCompile(`(?i)\bBIC:? ?([A-Z]{6}[A-Z0-9]{2,5})\b`), 1},
		{Phone, regexp.MustCompile(`(?:\+|\b00)[0-9]{1,3}[ /().-]{0,3}[0-9](?:[ /().-]{0,2}[0-9]){5,13}`), 0},
		{Phone, regexp.MustCompile(`\(?\b0[0-9]{1,5}\)?(?: ?[/-] ?| )[0-9](?:[ /-]?[0-9]){3,10}\b`), 0},
		{Phone, regexp.MustCompile(`\b0[0-9]{7,13}\b`), 0},
		{Phone, regexp.MustCompile(`(?i)\b(?:tel|telefon|handy|mobil|fax|phone|mobile|tél|тел|numer|cell)[.:]* ?([0-9][0-9 /().-]{4,18}[0-9])`), 1},
		{Birth, regexp.MustCompile(`(?i)(?:geb(?:oren|\.)?|geburtsdatum|geburtstag|born|date of birth|d\.?o\.?b\.?|doğum(?: tarihi(?:m)?)?|urodzon[yaą]|data urodzenia|ur\.|née? le|date de naissance|родил[а-я]+|дата рождения|г\.р\.|născut[ă]?|data nașterii|nat[oa] il|data di nascita|مواليد|تاريخ الميلاد)[ :]*(?:am|on|w dniu|dnia|la|pe|:)? ?([0-9]{1,4}[./ -]{1,2}(?:[0-9]{1,2}|\p{L}{3,12})[./ -]{1,2}[0-9]{2,4})`), 1},
		{Ref, regexp.MustCompile(`(?i)\bK[ ._/–-]{0,3}[0-9O]{4}[ ._/–-]{0,3}[0-9O]{3} ?[0-9O]{3}\b`), 0},
		{Ref, regexp.MustCompile(`\b[A-Z]{1,6}(?:[-/ ][A-Z]{1,4})?[-/ ]?[0-9]{2,}(?:[-/.][A-Z0-9]+)*\b`), 0},
		{Ref, regexp.MustCompile(`\b[0-9]{1,6}(?:[-/][A-Z0-9]{1,8})+\b`), 0},
		{Ref, regexp.MustCompile(`\b[0-9]{5,}\b`), 0},
		{Ref, regexp.MustCompile(`(?i)\b(?:rechnung|rechnungsnummer|rg|re|nr|nummer|az|aktenzeichen|zeichen|kundennummer|invoice|ref|reference|fatura|faktura|facture|factură|fattura|счет|номер)[ .:#-]*(?:nr\.?|no\.?|n°)? ?([0-9]{3,}[0-9A-Za-z/-]*)`), 1},
		{Postal, regexp.MustCompile(`\b\p{L}[\p{L}.-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|ufer|damm|steig|chaussee|hof|markt|graben|stieg|pfad|kamp|zeile|berg|tor|wall|siedlung|redder|garten|winkel) ?[0-9]{1,4} ?[a-zA-Z]?\b`), 0},
		{Postal, regexp.MustCompile(`\b\p{Lu}[\p{L}-]+(?:er|sche|schen)? (?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Ufer|Damm|Chaussee|Markt) [0-9]{1,4} ?[a-zA-Z]?\b`), 0},
		{Postal, regexp.MustCompile(`\b(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Unter den|Hinter der|Vor dem|Alte|Neue|Alter|Neuer|Bei der) (?:\p{Lu}[\p{L}-]+ ){1,3}[0-9]{1,4} ?[a-z]?\b`), 0},
		{Postal, regexp.MustCompile(`(?i)\b[0-9]{1,4}[a-z]?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai) [\p{L}' -]{3,40}`), 0},
		{Postal, regexp.MustCompile(`\b[0-9]{1,4}[a-zA-Z]? (?:\p{Lu}[\p{L}'-]+ ){1,3}(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Close|Court|Way|Crescent|Terrace|Gardens|Square|Place|Row|Hill)\b`), 0},
		{Postal, regexp.MustCompile(`(?i)\b(?:ul|al|os|pl)\. ?[\p{L} .-]{2,30} [0-9]{1,4}[a-z]?(?:[/m. ]{1,3}[0-9]{1,4})?`), 0},
		{Postal, regexp.MustCompile(`(?i)(?:ул\.|улица|пр\.|проспект|пер\.) ?[\p{L} .-]{2,30},? ?(?:д\.|дом)? ?[0-9]{1,4}[а-я]?(?:,? ?(?:кв\.?|квартира) ?[0-9]{1,4})?`), 0},
		{Postal, regexp.MustCompile(`(?i)[\p{L} ]{2,30} (?:mah\.|mahallesi|cad\.|caddesi|sok\.|sokak|sokağı)[\p{L} ,.]{0,20}(?:no ?[:.]? ?[0-9]{1,4})?`), 0},
		{Postal, regexp.MustCompile(`(?i)\b(?:strada|str\.|bd\.|bulevardul|aleea|via|viale|piazza|corso|largo) (?:\p{L}[\p{L}'. -]{1,30}),? ?(?:nr\.?|n\.)? ?[0-9]{1,4}[a-z]?\b`), 0},
		{Postal, regexp.MustCompile(`شارع [\p{Arabic} ]{2,30}[0-9٠-٩]{0,4}`), 0},
		{Postal, regexp.MustCompile(`\b(?:D|A|CH|DE|AT|L)[- ]?[0-9]{4,5} \p{Lu}[\p{L}-]+`), 0},
		{Postal, regexp.MustCompile(`\b[0-9]{5},? \p{Lu}[\p{L}-]+(?: (?:am|an der|ob der|im|bei|/)[ ]?\p{Lu}[\p{L}-]+)?`), 0},
		{Postal, regexp.MustCompile(`\b[0-9]{2}-[0-9]{3} \p{Lu}[\p{L}-]+`), 0},
		{Name, regexp.MustCompile(`(?:\b(?:Herrn?|Hr\.|Frau|Fr\.|Fräulein|Frl\.|Familie|Fam\.|Eheleute|Mr|Mrs|Ms|Miss|Mr\.|Mrs\.|Ms\.|Dr\.|Prof\.|Monsieur|Madame|Mme|M\.|Mlle|Panie|Pani|Pan|Pana|Panu|Panią|Bay|Bayan|Sayın|Sn\.|Domnul|Domnule|Doamna|Doamnă|Dl\.|Dna\.|Signor|Signora|Sig\.|Sig\.ra|Gospodin)|[Гг]осподин[а-я]*|[Гг]оспож[а-я]+|السيدة?)(?: (?:Dr\.|Prof\.|med\.|Kollege[n]?|Rechtsanw[äa]lt(?:in)?))* ((?:\p{Lu}\.? )?(?:(?:von|van|de|der|den|al|El|zu|du|di|la) ){0,2}\p{Lu}[\p{L}'’-]+(?: (?:von|van|de|der|den|zu|du|di)? ?\p{Lu}[\p{L}'’-]+){0,2})`), 1},
		{Name, regexp.MustCompile(`(?i:\b(?:ich heiße|ich heisse|mein name ist|hier ist|hier schreibt|mein name lautet|ich bin der|ich bin die|ich,|my name is|this is|benim adım|adım|ismim|nazywam się|mam na imię|je m'appelle|je suis m\.|mă numesc|numele meu este|mi chiamo|sono)|меня зовут|اسمي) ((?:\p{Lu}|\p{Arabic})[\p{L}'’-]+(?: (?:von |van |de |der )?(?:\p{Lu}|\p{Arabic})[\p{L}'’-]+){0,2})`), 1},
		{Name, regexp.MustCompile(`(?:(?i:\b(?:mein(?:e[rnms]?)?|unser(?:e[rnms]?)?|my|our|his|her)) (?i:sohn|tochter|mann|frau|bruder|schwester|vater|mutter|opa|oma|enkel(?:in)?|partner(?:in)?|freund(?:in)?|verlobter?|ex-?mann|ex-?frau|kollege|kollegin|nachbar(?:in)?|son|daughter|husband|wife|brother|sister|father|mother|mum|mom|dad|friend|schuldnerin|schuldner|mandant(?:in)?|klient(?:in)?)|(?i:\b(?:müvekkilim|eşim|oğlum|kızım|moja córka|mój syn|mój mąż|moja żona|mon mari|ma femme|ma fille|mon fils|soțul meu|soția mea|mio marito|mia moglie))) ((?:\p{Lu}[\p{L}'’-]+)(?: \p{Lu}[\p{L}'’-]+){0,2})`), 1},
	}

	digit5   = regexp.MustCompile(`[0-9]`)
	currency = regexp.MustCompile(`^(?:[.,][0-9]{1,2})? ?(?:€|EUR|Euro|euro|eur)\b?`)
)

// patternSpans applies the patterns, and drops what they take for more than it
// is: amounts, dates, paragraphs.
func patternSpans(text string) []span {
	var out []span
	for _, p := range patterns {
		for _, m := range p.re.FindAllStringSubmatchIndex(text, -1) {
			s := span{m[2*p.grp], m[2*p.grp+1], p.kind}
			if s.start < 0 || s.end <= s.start || !plausible(text, s) {
				continue
			}
			out = append(out, s)
		}
	}
	return out
}

func plausible(text string, s span) bool {
	t := text[s.start:s.end]
	n := len(digit5.FindAllString(t, -1))
	switch s.kind {
	case IBAN:
		return n >= 10 || n == 0 || len(t) <= 11
	case Phone:
		return n >= 6 && !dateLike(t)
	case Postal:
		return !strings.Contains(t, "EUR") && !strings.Contains(t, "Euro")
	case Ref:
		if n < 3 || dateLike(t) || currency.MatchString(text[s.end:]) {
			return false
		}
		if strings.HasPrefix(t, "EUR") || strings.HasPrefix(t, "BGB") || strings.HasPrefix(t, "Art") {
			return false
		}
		// A year alone names nobody.
		return len(t) != 4 || n != 4 || t[0] > '2' || t[:2] != "19" && t[:2] != "20"
	case Name, Mail, Link, Birth, Literal:
	}
	return true
}

var dates = regexp.MustCompile(`^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}|[0-9]{1,2}/[0-9]{4}|(?:19|20)[0-9]{2}/(?:[0-9]{2}|20[0-9]{2}))$`)

func dateLike(t string) bool { return dates.MatchString(t) }

// literalSpans finds the known things, whatever their case.
func (r *Redactor) literalSpans(text string) []span {
	if len(r.literals) == 0 {
		return nil
	}
	low, back := lowerWithOffsets(text)
	var out []span
	for _, l := range r.literals {
		for at := 0; ; {
			i := strings.Index(low[at:], l.folded)
			if i < 0 {
				break
			}
			i += at
			j := i + len(l.folded)
			at = j
			if edge(low, i, j) {
				out = append(out, span{back[i], back[j], l.kind})
			}
		}
	}
	return out
}

// lowerWithOffsets lowers s and gives for each byte of the result its place in
// s: lowering may change the length of a letter.
func lowerWithOffsets(s string) (string, []int) {
	b := make([]byte, 0, len(s))
	back := make([]int, 0, len(s)+1)
	for i, c := range s {
		n := len(b)
		if c == utf8.RuneError {
			b = append(b, s[i])
		} else {
			for _, l := range strings.ToLower(string(c)) {
				b = utf8.AppendRune(b, l)
			}
		}
		for range len(b) - n {
			back = append(back, i)
		}
	}
	return string(b), append(back, len(s))
}

// edge says that low[i:j] does not cut through a word.
func edge(low string, i, j int) bool {
	before, _ := utf8.DecodeLastRuneInString(low[:i])
	after, _ := utf8.DecodeRuneInString(low[j:])
	first, _ := utf8.DecodeRuneInString(low[i:])
	last, _ := utf8.DecodeLastRuneInString(low[:j])
	word := func(c rune) bool { return letter(c) || c >= '0' && c <= '9' }
	return !(word(before) && word(first) && i > 0) && !(word(after) && word(last) && j < len(low))
}

// wordSpans finds single words of names, with a genitive s and Turkish, Polish
// or Russian case endings of up to three letters after longer names.
func wordSpans(text string, sets ...map[string]Kind) []span {
	var out []span
	for i := 0; i < len(text); {
		c, n := utf8.DecodeRuneInString(text[i:])
		if !letter(c) {
			i += n
			continue
		}
		j := i
		for j < len(text) {
			c, n := utf8.DecodeRuneInString(text[j:])
			if !letter(c) && !(c >= '0' && c <= '9') {
				break
			}
			j += n
		}
		if k, end := named(text[i:j], sets); end > 0 {
			out = append(out, span{i, i + end, k})
		}
		i = j
	}
	return out
}

func named(w string, sets []map[string]Kind) (Kind, int) {
	f := fold(w)
	for _, s := range sets {
		if k, ok := s[f]; ok {
			return k, len(w)
		}
	}
	for cut := 1; cut <= 3 && len(f)-cut >= 4; cut++ {
		stem := f[:len(f)-cut]
		for _, s := range sets {
			if k, ok := s[stem]; ok && utf8.ValidString(stem) {
				return k, len(w)
			}
		}
	}
	return "", 0
}

var (
	closing = regexp.MustCompile(`(?im)(?:grüße?n?|gruß|gruss|grüsse|mfg|m\.f\.g\.|vg|lg|glg|bg|hochachtungsvoll|ihre?|deine?|danke(?: schön| und gruß)?|hochachtung|verbleibe ich|regards|sincerely|faithfully|cheers|thanks|thank you|best|respectfully|saygılarımla|saygılar|selamlar|teşekkürler|teşekkür ederim|tesekkurler|pozdrawiam|pozdrowienia|z poważaniem|dziękuję|cordialement|salutations(?: distinguées)?|merci|respectueusement|с уважением|спасибо|всего доброго|cu stimă|cu respect|mulțumesc|multumesc|cordiali saluti|distinti saluti|saluti|grazie|مع التحية|وتفضلوا|شكراً?(?: لتفهمكم)?|تحياتي)[ ,.!:;)]*\n?[ \t]*([^\n]{1,60}(?:\n[^\n]{1,50})?)`)
	single  = regexp.MustCompile(`^[\p{L}.'’ -]{2,50}$`)
)

// signedNames finds the words of names in sign-offs and in a short last line,
// folded.
func signedNames(text string) map[string]bool {
	out := map[string]bool{}
	for _, m := range closing.FindAllStringSubmatch(text, -1) {
		for n, line := range strings.Split(m[1], "\n") {
			words := strings.Fields(line)
			if len(words) == 0 || len(words) > 5 || n > 0 && !single.MatchString(line) {
				continue
			}
			for _, p := range nameParts(line) {
				if capital(p) || len(words) <= 2 && n == 0 {
					take(out, p)
				}
			}
		}
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for k := len(lines) - 1; k >= 0 && k >= len(lines)-3; k-- {
		l := strings.Trim(strings.TrimSpace(lines[k]), ",.")
		if !single.MatchString(l) || len(lines) < 2 {
			continue
		}
		w := strings.Fields(l)
		if len(w) > 4 {
			continue
		}
		for _, p := range nameParts(l) {
			if capital(p) {
				take(out, p)
			}
		}
	}
	return out
}

func take(out map[string]bool, p string) {
	f := fold(p)
	if !common[f] && !everyday[f] && runes(f) >= 2 {
		out[f] = true
	}
}

func capital(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c) || unicode.Is(unicode.Arabic, c)
}

// everyday are words that stand in sign-offs and name nobody.
var everyday = set(`danke gruß grüße gruss grüsse mfg lg vg voraus schön sehr viele liebe lieben beste besten freundliche freundlichen herzliche sonnige und euch ihnen ihr sie mir uns
bitte antwort verständnis hilfe thanks thank you kind best regards advance for your help yours dear god bless many all the from sent gesendet meinem handy iphone von im auftrag
merci avance cordialement bien saygılarımla selamlar pozdrawiam dziękuję спасибо уважением заранее mulțumesc grazie nicht kein keine zahlung rechnung brief geld raten rate vergleich`)
