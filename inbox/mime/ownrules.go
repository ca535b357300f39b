package mime

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxAttribution is how many lines a program's line above a quote is wrapped to.
const maxAttribution = 4

// attribution recognises the line above a quoted mail ("Am … schrieb …:") from
// line i on, wrapped over up to four lines, and returns their number. sure says
// that it cannot well be a sentence of the sender's: it has a time of day or a
// mail address.
func (s *splitter) attribution(i int) (n int, sure bool) {
	if n, sure = s.ended(i); n > 0 {
		return n, sure
	}
	if j := s.nextLine(i + 1); j < len(s.lines) && isQuoted(strings.TrimSpace(s.lines[j])) && unended(strings.TrimSpace(s.lines[i])) {
		return 1, false
	}
	return 0, false
}

// ended is attribution for those with a colon or a sign of their own.
func (s *splitter) ended(i int) (n int, sure bool) {
	if line := strings.TrimSpace(s.lines[i]); strings.HasPrefix(line, "--") && dashed(line) {
		return 1, true
	} else if dated(line) {
		return 1, false
	} else if at := strings.Index(line, ">: "); at > 0 && at < 300 {
		// Some programs put the quoted mail on the same line.
		if ok, sure := isAttribution(line[:at+2]); ok && sure {
			return 1, true
		}
	}
	for k := 1; k <= maxAttribution && i+k <= len(s.lines); k++ {
		last := i + k - 1
		if k > 1 && (s.lines[last] == "" || strings.HasPrefix(s.lines[last], ">")) {
			return 0, false
		}
		if !s.colon[last] {
			continue
		}
		joined := strings.TrimSpace(s.lines[i])
		if k > 1 {
			joined = strings.TrimSpace(strings.Join(s.lines[i:i+k], " "))
		}
		ok, sure := isAttribution(joined)
		if !ok || !sure && !endsInColon(joined) {
			continue
		}
		if k > 1 {
			// The shortest run of lines is the attribution, the lines before
			// it are the sender's.
			inner := strings.TrimSpace(strings.Join(s.lines[i+1:i+k], " "))
			if ok, _ := isAttribution(inner); ok && (hasYear(inner) || hasTime(inner) || !hasYear(s.lines[i]) && !hasTime(s.lines[i]) && !opensAttribution(s.lines[i])) {
				return 0, false
			}
		}
		return k, sure
	}
	return 0, false
}

// dashed recognises "---- On … wrote ----".
func dashed(line string) bool {
	if len(line) > 300 || !strings.HasSuffix(line, "--") {
		return false
	}
	body := strings.Trim(line, "- ")
	for _, v := range []string{"wrote", "schrieb", "a écrit", "escribió", "ha scritto"} {
		if strings.HasSuffix(body, v) && len(body) > len(v) {
			return true
		}
	}
	return false
}

// unended recognises an attribution that lost its colon, which counts only above
// a quote.
func unended(line string) bool {
	if len(line) > 200 || !hasTime(line) || endsInColon(line) {
		return false
	}
	ok, _ := isAttribution(line + ":")
	return ok
}

// dated recognises "2024/1/3 Anna Berg <anna@example.org>" and
// "2024-01-03 17:21 GMT+01:00 Anna Berg", which count only above a quote.
func dated(line string) bool {
	return len(line) > 16 && len(line) < 200 && isDigit(line[0]) && isDigit(line[3]) && (line[4] == '/' || line[4] == '-') &&
		(strings.HasSuffix(line, ">") && strings.Contains(line, "@") || hasTime(line) && strings.Contains(line, " GMT") && !strings.ContainsAny(line, "@<") && words(line) <= 8)
}

// opening is how an attribution starts in one language, and the verb in it.
type opening struct {
	start string
	verbs []string
}

// openings of attributions that begin with a word of their own.
var openings = []opening{
	{"Am ", []string{"schrieb", "geschrieben", "schreibt"}},
	{"Den ", []string{"skrev", "schrieb"}},
	{"On ", []string{"wrote", "writes", "said", "sent"}},
	{"At ", []string{"wrote"}},
	{"Le ", []string{"a écrit", "écrit"}},
	{"El ", []string{"escribió", "va escriure", "escribio"}},
	{"Il ", []string{"ha scritto", "scrive"}},
	{"Em ", []string{"escreveu"}},
	{"Op ", []string{"schreef", "het volgende geschreven", "geschreven"}},
	{"W dniu ", []string{"napisał", "pisze", "napisała"}},
	{"Dnia ", []string{"napisał", "pisze"}},
	{"Dne ", []string{"napsal"}},
	{"Dňa ", []string{"napísal"}},
	{"Pe ", []string{"a scris"}},
	{"În ", []string{"a scris"}},
	{"La ", []string{"a scris"}},
	{"In data ", []string{"ha scritto"}},
	{"Dana ", []string{"napisao", "napisala", "je napisa"}},
	{"Στις ", []string{"έγραψε"}},
	{"На ", []string{"написа"}},
	{"Em\u00a0", []string{"escreveu"}},
	{"P\u00e5 ", []string{"skrev"}},
	{"Op\u00a0", []string{"schreef"}},
	{"في ", []string{"كتب", "كتبت", "تمت كتابة"}},
	{"بتاريخ ", []string{"كتب"}},
	{"Vào ", []string{"đã viết"}},
	{"Pada ", []string{"menulis"}},
	{"En date de ", []string{"a écrit"}},
	{"Me ", []string{"shkroi", "ka shkruar"}},
	{"Më ", []string{"shkroi", "ka shkruar"}},
}

// closings are verbs of attributions that begin with name or date.
var closings = []string{
	"wrote", "schrieb", "schrieb am", "a écrit", "escribió", "ha scritto", "escreveu", "schreef", "napisał(a)", "napisał", "napisała", "pisze", "şunu yazdı", "yazdı", "пишет", "написал", "написала",
	"написал(а)", "пише", "писал", "a scris", "skrev", "kirjoitti", "napsal", "napsal(a)", "napísal(a)", "ezt írta", "írta", "je napisao", "je napisala", "napisao/la", "napisao je", "napisala je", "έγραψε", "написа", "כתב", "كتب", "写道", "のメール", "geschrieben", "hat geschrieben",
}

// isAttribution judges lines joined to one.
func isAttribution(l string) (ok, sure bool) {
	l = strings.Trim(withoutMarks(l), " \t*_")
	if len(l) < 12 || len(l) > 500 {
		return false, false
	}
	hasMail := strings.Contains(l, "@") || strings.Contains(l, "<") && strings.Contains(l, ">")
	time := hasTime(l)
	digits := strings.ContainsAny(l, "0123456789٠١٢٣٤٥٦٧٨٩")
	if time && youWrote(l) {
		return true, false
	}
	for _, o := range openings {
		if !strings.HasPrefix(l, o.start) {
			continue
		}
		for _, v := range o.verbs {
			at := strings.LastIndex(l, v)
			if at < 0 || !digits && !hasMail {
				continue
			}
			if firstPerson(l[at+len(v):], l[:at]) {
				return false, false
			}
			return true, hasMail && digits || time && words(l) <= 24
		}
	}
	if !hasMail && !time || !digits && !hasMail {
		// "Anna Berg schrieb:" counts only above a quote, and so does the same
		// with a date before it.
		return nameOnly(l) || hasYear(l) && words(l) <= 12 && endsInClosing(l), false
	}
	body := strings.TrimRight(l, ":： ")
	for _, v := range closings {
		if at := strings.LastIndex(l, v); at > 0 && !firstPerson(l[at+len(v):], l[:at]) {
			tail := body[min(len(body), at+len(v)):]
			if strings.HasPrefix(tail, " (") && strings.HasSuffix(tail, ")") && hasTime(tail) {
				return words(l) <= 30, true // "Anna <…> escreveu (5/01/2026 às 09:14):"
			}
			if strings.HasSuffix(body, v) || v == "schrieb" || v == "schrieb am" || v == "skrev" || v == "ezt írta" || v == "كتب" || len(tail) < 4 {
				return words(l) <= 30, hasMail && digits || time && words(l) <= 16
			}
		}
	}
	// "2024/1/3 Anna Berg <anna@example.org>:" and the Russian
	// "ср, 3 янв. 2024 г. в 12:34, Anna <anna@example.org>:".
	if hasMail && digits && strings.HasSuffix(body, ">") && words(l) <= 16 && (time || l[0] >= '0' && l[0] <= '9') {
		return true, true
	}
	// In whatever language: a line to a colon with address, year and time of day
	// is a program's, where it tells of nobody's own doing.
	if hasMail && time && hasYear(l) && endsInColon(l) && words(l) <= 22 && !ownDoing(l) {
		return true, true
	}
	return quoting(l)
}

// quoting recognises the webmailers' "Zitat von Anna Berg <anna@example.org>:".
func quoting(l string) (ok, sure bool) {
	for _, start := range []string{"Zitat von ", "Quoting ", "Citando a ", "Citando ", "Citat av ", "Citation de ", "Cytowanie "} {
		if strings.HasPrefix(l, start) && strings.HasSuffix(strings.TrimRight(l, ": "), ">") && endsInColon(l) {
			return true, true
		}
	}
	return false, false
}

// withoutMarks drops the marks of writing direction that programs put around
// names in right-to-left languages, and what cleaning left in their places.
func withoutMarks(l string) string {
	if !strings.Contains(l, "\u200e"[:2]) && !strings.Contains(l, "\u2066"[:2]) && !strings.Contains(l, "\ufffd") {
		return l
	}
	return strings.Map(func(r rune) rune {
		if r == 0x200e || r == 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0xfffd {
			return -1
		}
		return r
	}, l)
}

// ownDoing says that a line speaks of its writer.
func ownDoing(l string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(l)) {
		switch strings.Trim(w, ",.:;") {
		case "i", "ich", "wir", "we", "you", "they", "habe", "haben", "mir", "mich", "uns", "j'ai", "je", "nous", "sie", "ihnen", "my", "mein", "meine", "meiner", "ho", "he", "я", "мы", "am plătit", "ben", "biz":
			return true
		}
	}
	return false
}

// firstPerson says that a sentence tells of the sender's own writing: "Am 3. Mai
// schrieb ich Ihnen:".
func firstPerson(after, before string) bool {
	w := strings.Fields(strings.ToLower(after))
	if len(w) > 0 {
		switch strings.Trim(w[0], ",.:;") {
		case "ich", "wir", "mir", "uns", "sie", "ihnen", "man", "du", "dass", "to", "me", "us", "that":
			return true
		}
	}
	b := strings.Fields(strings.ToLower(before))
	for i := max(0, len(b)-2); i < len(b); i++ {
		switch strings.Trim(b[i], ",.:;") {
		case "i", "ich", "wir", "we", "you", "they", "habe", "haben", "j'ai", "sie":
			return true
		}
	}
	return false
}

// nameOnly: two to five words that end in a verb of writing and a colon.
func nameOnly(l string) bool {
	n := words(l)
	if n < 2 || n > 6 {
		return false
	}
	body := strings.TrimRight(l, ": ")
	for _, v := range []string{" schrieb", " wrote", " a écrit", " escribió", " ha scritto", " schreef", " napisał(a)", " yazdı", " пишет", " a scris", " skrev"} {
		if strings.HasSuffix(body, v) {
			return true
		}
	}
	return false
}

func words(s string) int { return len(strings.Fields(s)) }

// hasYear finds a year of mail, 19xx or 20xx.
func hasYear(s string) bool {
	for i := 0; i+3 < len(s); i++ {
		if (s[i] == '2' && s[i+1] == '0' || s[i] == '1' && s[i+1] == '9') && isDigit(s[i+2]) && isDigit(s[i+3]) &&
			(i == 0 || !isDigit(s[i-1])) && (i+4 == len(s) || !isDigit(s[i+4])) {
			return true
		}
	}
	return false
}

// hasTime finds a time of day, 9:41 or 09.41.
func hasTime(s string) bool {
	for i := 1; i+2 < len(s); i++ {
		if s[i] == ':' && isDigit(s[i-1]) && isDigit(s[i+1]) && isDigit(s[i+2]) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// The kinds of header line.
const (
	hdrFrom = 1 << iota
	hdrDate
	hdrTo
	hdrSubject
	hdrOther
)

// headerNames of quoted headers, in lower case.
var headerNames = map[string]int{
	"von": hdrFrom, "from": hdrFrom, "de": hdrFrom, "da": hdrFrom, "od": hdrFrom, "van": hdrFrom, "kimden": hdrFrom, "gönderen": hdrFrom, "от": hdrFrom, "от кого": hdrFrom, "från": hdrFrom, "fra": hdrFrom, "lähettäjä": hdrFrom, "expéditeur": hdrFrom, "de la": hdrFrom, "absender": hdrFrom, "من": hdrFrom, "feladó": hdrFrom, "mittente": hdrFrom, "remitente": hdrFrom, "remetente": hdrFrom, "寄件者": hdrFrom, "寄件人": hdrFrom, "보낸 사람": hdrFrom, "보낸사람": hdrFrom, "від": hdrFrom, "发件人": hdrFrom, "差出人": hdrFrom,
	"gesendet": hdrDate, "sent": hdrDate, "date": hdrDate, "datum": hdrDate, "envoyé": hdrDate, "envoyé le": hdrDate, "enviado": hdrDate, "enviado el": hdrDate, "fecha": hdrDate, "inviato": hdrDate, "data": hdrDate, "wysłano": hdrDate, "verzonden": hdrDate, "gönderildi": hdrDate, "gönderme tarihi": hdrDate, "tarih": hdrDate, "отправлено": hdrDate, "дата": hdrDate, "trimis": hdrDate, "skickat": hdrDate, "sendt": hdrDate, "dato": hdrDate, "odesláno": hdrDate, "lähetetty": hdrDate, "gesendet am": hdrDate, "التاريخ": hdrDate, "تم الإرسال": hdrDate, "надіслано": hdrDate, "发送时间": hdrDate, "送信日時": hdrDate, "data wysłania": hdrDate, "sent on": hdrDate, "elküldve": hdrDate, "message du": hdrDate, "enviada em": hdrDate, "enviado em": hdrDate, "日期": hdrDate, "寄件日期": hdrDate, "보낸 날짜": hdrDate, "날짜": hdrDate, "日時": hdrDate,
	"an": hdrTo, "to": hdrTo, "à": hdrTo, "para": hdrTo, "a": hdrTo, "do": hdrTo, "aan": hdrTo, "kime": hdrTo, "alıcı": hdrTo, "кому": hdrTo, "către": hdrTo, "till": hdrTo, "til": hdrTo, "komu": hdrTo, "vastaanottaja": hdrTo, "destinataire": hdrTo, "empfänger": hdrTo, "إلى": hdrTo, "címzett": hdrTo, "收件人": hdrTo, "宛先": hdrTo, "pour": hdrTo, "收件者": hdrTo, "받는 사람": hdrTo, "받는사람": hdrTo, "kopie an": hdrOther,
	"betreff": hdrSubject, "subject": hdrSubject, "objet": hdrSubject, "asunto": hdrSubject, "oggetto": hdrSubject, "temat": hdrSubject, "onderwerp": hdrSubject, "konu": hdrSubject, "тема": hdrSubject, "subiect": hdrSubject, "ämne": hdrSubject, "emne": hdrSubject, "předmět": hdrSubject, "assunto": hdrSubject, "aihe": hdrSubject, "الموضوع": hdrSubject, "betr": hdrSubject, "predmet": hdrSubject, "主题": hdrSubject, "件名": hdrSubject, "tárgy": hdrSubject, "titel": hdrSubject, "sujet": hdrSubject, "thema": hdrSubject, "主旨": hdrSubject, "主題": hdrSubject, "제목": hdrSubject,
	"cc": hdrOther, "kopie": hdrOther, "bcc": hdrOther, "priorität": hdrOther, "wichtigkeit": hdrOther, "importance": hdrOther, "anlagen": hdrOther, "attachments": hdrOther, "reply-to": hdrOther, "antwort an": hdrOther, "bilgi": hdrOther, "dw": hdrOther, "udw": hdrOther, "копия": hdrOther, "priority": hdrOther, "reply to": hdrOther, "organization": hdrOther, "copie à": hdrOther, "répondre à": hdrOther, "抄送": hdrOther, "副本": hdrOther, "참조": hdrOther,
}

// headerKind says which header a line of a quoted mail shows, 0 for none.
func headerKind(line string) int {
	line = strings.TrimLeft(line, " \t*")
	i := strings.IndexByte(line, ':')
	if i < 0 {
		if i = strings.Index(line, "："); i < 0 {
			return 0
		}
	}
	if i == 0 || i > 40 {
		return 0
	}
	name := strings.ToLower(strings.Trim(line[:i], " \t*\u00a0"))
	if k := headerNames[name]; k != 0 {
		return k
	}
	// "Von/From:" of programs that write two languages.
	if first, second, ok := strings.Cut(name, "/"); ok && headerNames[strings.TrimSpace(first)] == headerNames[strings.TrimSpace(second)] {
		return headerNames[strings.TrimSpace(first)]
	}
	return 0
}

// separators between a reply and what it answers, in lower case.
var separators = []string{
	"ursprüngliche nachricht", "urspruengliche nachricht", "original message", "original-nachricht", "originalnachricht", "ursprüngliche e-mail", "original-mail", "original mail", "original nachricht", "ursprüngliche mail", "original e-mail", "weitergeleitete nachricht", "weitergeleitete mail", "forwarded message", "forwarded by", "message d'origine", "message original", "message transféré", "message initial", "mensaje original", "mensaje reenviado",
	"messaggio originale", "messaggio inoltrato", "oorspronkelijk bericht", "oorspronkelijke bericht", "doorgestuurd bericht", "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość przekazana", "orijinal mesaj", "özgün ileti", "iletilen mesaj", "orijinal ileti", "исходное сообщение", "пересылаемое сообщение", "пересланное сообщение", "оригинальное сообщение", "mesaj original", "mesajul original", "mesaj redirecționat", "mesaj initial",
	"mensagem original", "mensagem encaminhada", "oprindelig meddelelse", "oprindelig besked", "original besked", "videresendt meddelelse", "videresendt besked", "videresendt melding", "vidarebefordrat meddelande", "vidarebefordrat brev", "edelleenlähetetty viesti", "välitetty viesti", "přeposlaná zpráva", "転送メッセージ", "转发的邮件", "originalmeddelande", "ursprungligt meddelande", "opprinnelig melding", "alkuperäinen viesti", "původní zpráva", "pôvodná správa", "izvorna poruka", "eredeti üzenet", "الرسالة الأصلية", "رسالة أصلية", "رسالة معاد توجيهها", "reply message", "antwort nachricht", "reply above this line", "antworten sie oberhalb dieser zeile", "bitte antworten sie oberhalb", "原始邮件", "nachricht von", "ursprüngl. mitteilung", "ursprüngliche mitteilung",
}

// forwards are separators that stand without dashes.
var forwards = []string{
	"begin forwarded message", "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail", "début du message transféré", "début du message réexpédié", "inizio messaggio inoltrato", "inicio del mensaje reenviado", "początek przekazywanej wiadomości", "iletilen ileti başlangıcı", "начало переадресованного сообщения", "begin doorgestuurd bericht", "weitergeleitete nachricht", "ursprüngliche nachricht", "original message", "originalnachricht", "forwarded message", "reply message", "vidarebefordrat meddelande", "videresendt besked", "転送メッセージ",
}

// isSeparator recognises "-----Ursprüngliche Nachricht-----" and its like.
func isSeparator(line string) bool {
	if len(line) > 500 || len(line) < 8 {
		return false
	}
	if strings.HasPrefix(line, "##-") && strings.HasSuffix(line, "-##") {
		return true // a ticket system's line to write above
	}
	if len(line) > 160 { // with the quoted header on the same line
		line = line[:160]
	}
	dashes := strings.HasPrefix(line, "--") || strings.HasPrefix(line, "__") || strings.HasPrefix(line, "==") || strings.HasPrefix(line, "##") || strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "**") || strings.HasPrefix(line, "*--")
	r, _ := utf8.DecodeRuneInString(line)
	if !dashes && r != '—' && r != '–' {
		if line[0] == '-' {
			dashes = strings.HasSuffix(line, "-")
		}
		if !dashes {
			if len(line) > 70 {
				return false
			}
			low := strings.ToLower(strings.Trim(line, "*: \u00a0"))
			return forwardStarts.match(low) && slices.Contains(forwards, low)
		}
	}
	low := strings.ToLower(line)
	for _, s := range separators {
		if strings.Contains(low, s) {
			return true
		}
	}
	return false
}
