package mime

import "strings"

// footers are lines that mail programs add, by how they start; in lower case.
var footers = []string{
	"gesendet von meinem", "gesendet mit der", "gesendet mit mailbird", "von meinem iphone", "von meinem ipad", "von meinem samsung", "von meinem handy gesendet", "von meinem android", "von meinem/meiner", "von meinem huawei", "von meinem xiaomi", "von meinem smartphone", "von meinem mobil", "von unterwegs gesendet", "gesendet von outlook", "gesendet von mail für windows", "gesendet von mail for windows", "gesendet aus der", "gesendet via", "gesendet über", "gesendet von unterwegs",
	"gesendet von yahoo", "von yahoo mail", "gesendet von web.de", "gesendet von gmx", "gesendet mit meinem", "gesendet mit web.de", "gesendet mit gmx", "gesendet mit freundlichen grüßen von meinem", "gesendet mit proton", "gesendet von proton", "diese nachricht wurde von meinem", "diese e-mail wurde von meinem", "diese mail wurde von meinem", "diese nachricht wurde mit", "mit der telekom mail app gesendet", "gesendet mit der telekom", "mobil gesendet", "versendet mit der mobilen", "outlook für ios", "outlook für android", "holen sie sich outlook", "hol dir outlook", "mit tutanota gesendet", "sicher versendet mit", "gesichert mit tuta",
	"sent from my", "sent from a phone", "sent from a cell", "from my iphone", "from my ipad", "sent by galaxy", "從我的", "从我的", "sent from outlook", "sent from mail for", "sent from yahoo", "sent from samsung", "sent from a mobile", "sent from proton", "sent with proton", "sent from mobile", "sent from blackberry", "sent via", "sent using", "sent with", "sent on the move", "sent on the go", "sent by mobile", "sent from windows", "sent from gmail mobile", "sent from email for windows", "sent from the", "sent from galaxy", "get outlook for", "download outlook", "yahoo mail: search, organize", "yahoo mail: suchen",
	"envoyé de mon", "envoyé depuis", "envoyé à partir de", "obtenir outlook pour", "télécharger outlook", "envoyé de la part", "inviato da", "inviato dal", "scarica outlook", "ottieni outlook", "enviado desde", "enviado do meu", "enviado a partir", "obtener outlook", "enviado de mi", "verstuurd vanaf", "verzonden vanaf", "verzonden met", "outlook voor", "wysłane z", "wysłano z", "pobierz outlook", "skickat från", "sendt fra", "lähetetty", "odesláno z", "odoslané z", "poslano s", "trimis de pe", "trimis din", "obțineți outlook",
	"отправлено с", "отправлено из", "скачайте outlook", "надіслано з", "تم الإرسال من", "أُرسلت من", "أرسلت من", "مرسل من", "στάλθηκε από", "virenfrei.", "virus-free.", "diese e-mail wurde von avast", "diese email wurde von avast", "this email has been checked for viruses", "diese e-mail wurde auf viren", "cet email a fait l'objet", "dieses e-mail wurde von avast",
}

// prefixes is a list of starts of lines, by their first three bytes: nearly all
// lines of a mail are done with after one look.
type prefixes map[[3]byte][]string

func indexed(list []string) prefixes {
	p := make(prefixes, len(list))
	for _, s := range list {
		k := [3]byte{s[0], s[1], s[2]}
		p[k] = append(p[k], s)
	}
	return p
}

// match says whether s starts with one of the list.
func (p prefixes) match(s string) bool {
	if len(s) < 3 {
		return false
	}
	for _, start := range p[[3]byte{s[0], s[1], s[2]}] {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	return false
}

var (
	footerStarts     = indexed(footers)
	disclaimerStarts = indexed(disclaimers)
	forwardStarts    = indexed(forwards)
)

// footerEnds are footers known by their end.
var footerEnds = []string{
	"'umdan gönderildi", "’umdan gönderildi", "'dan gönderildi", "’dan gönderildi", "cihazımdan gönderildi", "'den gönderildi", "’den gönderildi", "telefonumdan gönderildi", "mail ile gönderildi",
	"mail app gesendet.", "mail gesendet.", "mail app gesendet", "iphone gesendet", "ipad gesendet", "handy gesendet", "smartphone gesendet", "gerät gesendet", "gerät gesendet.", "smartphone gesendet.", "mobiltelefon gesendet", "beziehen <https://aka.ms/o0ukef>", "tablet gesendet", "tablet gesendet.", "handy gesendet.", "iphone gesendet.", "ipad gesendet.",
}

// footer recognises a program's footer at line i, wrapped over up to three
// lines, and returns their number.
func (s *splitter) footer(i int, line string) int {
	if s.kept == 0 {
		if n := s.banner(i, line); n > 0 {
			return n
		}
	}
	if len(line) > 200 || len(line) < 8 {
		return 0
	}
	if url, rest, ok := strings.Cut(line, "> "); ok && strings.HasPrefix(url, "<http") && !strings.Contains(url, " ") {
		line = rest // a picture's link before the words
	}
	line = strings.TrimLeft(line, "*_-–—[(< \u200b")
	if line == "" {
		return 0
	}
	low := strings.ToLower(strings.ReplaceAll(line, "[", ""))
	if footerStarts.match(low) && !sentence(withoutURLs(low)) {
		return s.footerLines(i)
	}
	if strings.Contains(low, "gesendet") || strings.Contains(low, "gönderildi") || strings.HasSuffix(low, ">") {
		for _, e := range footerEnds {
			if strings.HasSuffix(low, e) && words(low) <= 12 {
				return 1
			}
		}
	}
	if s.appFooter(i, low) {
		return s.footerLines(i)
	}
	if strings.Contains(low, "aka.ms/") && strings.Contains(low, "outlook") && words(low) <= 6 {
		return 1
	}
	return 0
}

// banners are warnings that a receiving server puts above mail from outside, by
// how they start; in lower case.
var banners = indexed([]string{"caution: ", "caution - ", "caution! ", "warning: ", "external email", "external e-mail", "[external", "this email originated from outside", "this message originated from outside", "achtung: ", "achtung! ", "achtung - ", "vorsicht: ", "vorsicht! ", "externe e-mail", "externer absender", "[extern", "diese e-mail stammt von", "diese nachricht stammt von", "diese e-mail kommt von außerhalb"})

// banner counts the lines of such a warning at line i.
func (s *splitter) banner(i int, line string) int {
	line = strings.TrimLeft(line, "*_-–—(<⚠️ \u00a0")
	if len(line) < 8 || len(line) > 400 || !banners.match(strings.ToLower(line)) {
		return 0
	}
	n := 1
	for n < 4 && i+n < len(s.lines) && len(s.lines[i+n]) > 0 && !strings.ContainsAny(s.lines[i+n-1][len(s.lines[i+n-1])-1:], ".!]*") {
		n++
	}
	low := strings.ToLower(strings.Join(s.lines[i:i+n], " "))
	if !contains(low, []string{"extern", "außerhalb", "outside"}) || !contains(low, []string{"mail", "nachricht", "absender", "message", "sender"}) || strings.Contains(low, " ich ") || strings.Contains(low, " i ") {
		return 0
	}
	return n
}

// senders start the footer of a program whose name no list has.
var senders = indexed([]string{"sent from ", "gesendet von ", "gesendet mit ", "verschickt mit ", "geschrieben mit ", "envoyé avec ", "envoyé de ", "inviato con ", "enviado con ", "enviado com ", "verzonden met ", "wysłano za "})

// appFooter recognises "Gesendet von Irgendeiner App": few words that nothing
// of the sender's follows.
func (s *splitter) appFooter(i int, low string) bool {
	low, _, _ = strings.Cut(low, "<http")
	if !senders.match(low) || s.kept == 0 || words(low) > 6 || sentence(low) {
		return false
	}
	return s.quoteOrEnd(i + 1)
}

// quoteOrEnd says that no words of the sender's are between line i and the next
// quote or the end.
func (s *splitter) quoteOrEnd(i int) bool {
	j := s.nextLine(i)
	if j >= len(s.lines) {
		return true
	}
	line := strings.TrimSpace(s.lines[j])
	if isQuoted(line) {
		return true
	}
	n, _ := s.attribution(j)
	return n > 0 || s.headerBlock(j, line) > 0
}

// withoutURLs drops addresses of pages, whose signs say nothing.
func withoutURLs(low string) string {
	if !strings.Contains(low, "http") {
		return low
	}
	var out []string
	for w := range strings.FieldsSeq(low) {
		if !strings.Contains(w, "http://") && !strings.Contains(w, "https://") {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// sentence says that a line which starts like a footer goes on like a letter.
func sentence(low string) bool {
	if words(low) > 16 {
		return true
	}
	for _, w := range []string{" habe ich", " habe ", " mann", " frau", " vater", " mutter", " sohn", " tochter", " bruder", " schwester", " anwalt", " steuerberater", " wurde am", "konto", "ueberwies", "überwies", "überwiesen", "abgebucht", "zahlung", " euro", "€", " per post", " brief", " die unterlagen", "?", " geld", " bank", "i have", " my lawyer", "account", "payment", "letter"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// footerLines takes the lines that a footer was wrapped to: those up to the
// next empty one, where the first has no end and they are few.
func (s *splitter) footerLines(i int) int {
	n := 1
	for ; n < 3 && i+n < len(s.lines); n++ {
		t := strings.TrimSpace(s.lines[i+n])
		first := strings.TrimSpace(s.lines[i+n-1])
		if words(t) == 1 && (strings.HasPrefix(t, "www.") || strings.HasPrefix(t, "http")) {
			continue
		}
		if t == "" || isQuoted(t) || strings.HasSuffix(first, ".") || len(first) < 40 && !strings.HasPrefix(t, "<http") && !strings.HasPrefix(t, "http") {
			break
		}
		if k, _ := s.attribution(i + n); k > 0 {
			break
		}
		if s.headerBlock(i+n, t) > 0 {
			break
		}
	}
	return n
}

// disclaimers by how they start, in lower case.
var disclaimers = []string{
	"diese e-mail enthält vertraul", "diese e-mail kann vertraul", "diese nachricht enthält vertraul", "diese e-mail und alle", "diese e-mail und ihre", "diese e-mail ist vertraulich", "diese e-mail ist ausschließlich", "diese nachricht ist vertraulich", "diese nachricht ist ausschließlich", "diese mail enthält vertraul", "der inhalt dieser e-mail", "der inhalt dieser nachricht", "die in dieser e-mail enthaltenen", "die information in dieser e-mail", "die informationen in dieser e-mail", "diese information ist ausschließlich", "diese informationen sind ausschließlich", "der inhalt dieser mail", "diese mail ist ausschließlich", "diese mail und alle", "diese nachricht und alle", "dieses dokument ist ausschließlich", "vertraulichkeitshinweis", "wichtiger hinweis: diese e-mail", "hinweis: diese e-mail", "bitte denken sie an die umwelt", "bitte prüfen sie, ob", "denken sie an die umwelt", "sollten sie nicht der richtige adressat", "wenn sie nicht der richtige adressat", "falls sie nicht der richtige",
	"this e-mail and any", "this email and any", "this message and any", "this e-mail is confidential", "this email is confidential", "this message is confidential", "this message contains confidential", "this email contains confidential", "this e-mail contains confidential", "this e-mail may contain", "this email may contain", "this message may contain", "this email is intended", "this message is intended", "this e-mail is intended", "the information in this e-mail", "the information in this email", "the information contained in this", "the information transmitted", "the contents of this e", "confidentiality notice", "confidentiality:", "confidential:", "disclaimer:", "notice: this email", "important notice: this", "please consider the environment", "p please consider the environment", "think before you print",
	"ce message et", "ce courriel", "ce message est confidentiel", "este mensaje", "este correo", "questo messaggio", "le informazioni contenute", "ta wiadomość", "niniejsza wiadomość", "treść tej wiadomości", "bu e-posta", "bu mesaj ve", "это сообщение и", "данное сообщение", "acest mesaj", "acest e-mail", "dit bericht", "deze e-mail", "de informatie in dit",
}

func isDisclaimer(line string) bool {
	line = strings.TrimLeft(line, "*_-–— \u00a0")
	if len(line) < 11 {
		return false
	}
	return disclaimerStarts.match(strings.ToLower(line[:min(len(line), 120)]))
}
