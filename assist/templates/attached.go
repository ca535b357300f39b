package templates

import (
	"regexp"
	"strings"
	"sync"

	"kontor/cases"
	"kontor/cases/plain"
)

// headRunes is how much of an attachment's text says what kind of paper it is:
// its letterhead and heading.
const headRunes = 400

// paper is a kind of document that a letter would otherwise ask for.
type paper struct {
	name *regexp.Regexp // of the file
	head *regexp.Regexp // heading or first words of its text
	said *regexp.Regexp // how a mail names it as enclosed
}

// papers are matched in folded text: lower case, ae for ä.
type papers struct {
	authority, proof paper
	later, enclosed  *regexp.Regexp
	courtFile, firm  *regexp.Regexp
}

// patterns are compiled once; they are never written to.
var patterns = sync.OnceValue(newPapers)

func newPapers() papers {
	re := regexp.MustCompile
	return papers{
		authority: paper{
			name: re(`vollmacht|poweroattorney|power[ _-]?of[ _-]?attorney|bestellungsurkunde|betreuerausweis|bestallung|einwilligung|vekalet|pelnomocnictwo|procuration|imputernicire|доверенност`),
			head: re(`^\W{0,40}(\w+[ -]){0,6}(inkasso|prozess|aussergerichtliche |general|vorsorge)?vollmacht\b|hiermit (bevollmaechtig|vollmacht)|wird hiermit (prozess)?vollmacht|bestellungsurkunde|betreuerausweis|zum (vorlaeufigen )?betreuer bestellt|power of attorney|hereby (authori[sz]e|appoint)|vekaletname|pelnomocnictwo|procuration|imputernicire|доверенность`),
			said: re(`vollmacht|bestellungsurkunde|betreuerausweis|einwilligung|power of attorney|authority|letter of consent|vekaletname|pelnomocnictwo|procuration|imputernicire|доверенност`),
		},
		proof: paper{
			name: re(`ueberweis|beleg|quittung|kontoauszug|umsatz|zahlungs?_?(beleg|bestaetigung|nachweis)|bezahlt|transfer|receipt|payment|proof|dekont|makbuz|potwierdzenie|przelew|virement|recu|dovada|plat[aă]|чек|платеж|квитанц`),
			head: re(`^\W{0,40}([\w.:,/-]+[ -]+){0,8}(ueberweisung|umsatz(details|anzeige)|zahlungs(beleg|bestaetigung|nachweis)|kontoauszug|quittung|einzahlung|sepa[ -]|payment (confirmation|receipt)|transfer (confirmation|receipt)|bank statement|dekont|potwierdzenie (przelewu|wykonania)|avis de virement|ordin de plata|платежное поручение|квитанция)`),
			said: re(`beleg|quittung|kontoauszug|ueberweisung|nachweis|screenshot|zahlungsbestaetigung|receipt|proof|bank statement|transfer slip|dekont|makbuz|potwierdzenie|justificatif|recu|dovada|чек|квитанц`),
		},
		// What is promised is not there yet.
		later:     re(`nachreich|reiche\w* .{0,40}nach|folgt|schicke? .{0,40}(morgen|spaeter|nach)|sende .{0,40}nach|kommt noch|will follow|to follow|will send|later|kein(e|en)? (vollmacht|beleg|quittung)|no (receipt|proof|power)`),
		enclosed:  re(`anbei|anhang|angehaengt|anlage|beigefueg|beilieg|liegt bei|liegen bei|haenge|attach|enclos|ekte|ekledim|zalacz|zalaczni|ci-joint|piece jointe|atasat|вложен|приложен|прилага`),
		firm:      re(`\b(GmbH|gGmbH|mbH|AG|SE|KG|KGaA|OHG|GbR|UG|eG|PartG|PartGmbB|mbB|Ltd|Limited|Inc|LLC|LLP|PLC|SARL|e\. ?K|e\. ?V)\b|(?i:anwalt|anwält|anwaelt|kanzlei|notariat|attorneys|solicitor|law (firm|office)|steuerberat|beratungsstelle|schuldnerberatung|schuldenberatung|gericht|stadtverwaltung|behörde|verein\b|verband|inkasso|verwaltung|büro|buero|praxis|institut|stiftung|versicherung|sparkasse|bank\b|amt\b|betreuungs|gmbh)`),
		courtFile: re(`\b\d{1,4}[a-z]? ?(in|ik) ?\d{1,5}/\d{2}\b`),
	}
}

// readAttached looks at what the answered mail brought along, so that no letter
// asks for what is already there. What the papers say is for a person to read;
// here only their kind is told from name, heading and the mail's own words.
func (f *facts) readAttached() {
	if f.msg == nil {
		return
	}
	p := patterns()
	own := folded(f.msg.Mail.Subject.String() + "\n" + f.msg.Mail.Own.String())
	f.conds["court_named"] = p.courtFile.MatchString(own)
	var rest []cases.Attachment // not recognised by themselves
	for _, a := range f.msg.Mail.Attachments {
		text := folded(a.Text.String())
		f.conds["court_named"] = f.conds["court_named"] || p.courtFile.MatchString(text)
		if !document(a) {
			continue
		}
		f.conds["papers_attached"] = true
		switch {
		case p.authority.is(a):
			f.conds["authority_attached"] = true
		case p.proof.is(a):
			f.conds["proof_attached"] = true
		default:
			rest = append(rest, a)
		}
	}
	// A scan without a telling name is what the mail says it encloses.
	if len(rest) == 0 {
		return
	}
	for sentence := range strings.FieldsFuncSeq(own, func(r rune) bool { return strings.ContainsRune(".!?;\n", r) }) {
		if !p.enclosed.MatchString(sentence) || p.later.MatchString(sentence) {
			continue
		}
		for name, kind := range map[string]paper{"authority_attached": p.authority, "proof_attached": p.proof} {
			if kind.said.MatchString(sentence) {
				f.conds[name] = true
			}
		}
	}
}

func (p paper) is(a cases.Attachment) bool {
	if p.name.MatchString(folded(a.Name.String())) {
		return true
	}
	head, _ := plain.Line(a.Text.String()).Cut(headRunes)
	return p.head.MatchString(folded(head.String()))
}

// document reports whether an attachment can be a paper at all: no logo of a
// signature, no business card, no meeting.
func document(a cases.Attachment) bool {
	switch {
	case a.Size == 0, strings.HasPrefix(a.MediaType, "text/calendar"), strings.HasPrefix(a.MediaType, "text/vcard"):
		return false
	case strings.HasPrefix(a.MediaType, "image/"):
		// Mail programs name the pictures of a signature so.
		name := folded(a.Name.String())
		return a.Size > 20<<10 && !strings.HasPrefix(name, "image0") && !strings.Contains(name, "logo")
	}
	return strings.HasPrefix(a.MediaType, "application/") || strings.HasPrefix(a.MediaType, "text/") || a.MediaType == ""
}

// folded is the form in which papers are compared.
func folded(s string) string {
	return strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "ł", "l", "ą", "a", "ę", "e", "ć", "c", "é", "e", "è", "e", "ç", "c", "ț", "t", "ş", "s").Replace(strings.ToLower(s))
}

// firmName reports whether a name is that of a firm, an office or an
// association, which is not greeted by its name.
func firmName(name string) bool {
	return patterns().firm.MatchString(name)
}
