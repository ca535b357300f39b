package slots

import (
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
)

// asked are the beginnings of words for what a writer wants from the agency:
// an answer, a paper, a step. Each counts where the sentence speaks to the agency.
var asked = []string{
	"antwort", "beantwort", "ruckmeld", "rueckmeld", "stellungnahm", "stellung", "bestatig", "bestaetig", "ubersend", "uebersend", "zusend", "zuschick", "vorzuleg", "vorleg", "mitteil", "mitzuteil", "ausser", "aussern",
	"horen", "hoeren", "erwarte", "fordere", "frist", "nachfrist", "entgegen", "nachweis", "zuruckzunehm", "zurucknehm", "einzustell", "erledigung", "zustimmung", "klarung", "ausgehandigt", "entwertet", "abhilfe", "entschuldig",
	"reply", "replies", "respon", "answer", "confirm", "provide", "hear", "deadline", "in writing", "apolog", "cancel", "withdraw",
	"repond", "reponse", "confirmer", "envoyer", "adresser", "odpowied", "odpisz", "przesla", "przesle", "potwierdz", "ответ", "подтверд", "пришл", "отправьте", "cevap", "yanit", "gonder", "bildir", "rispo", "inviar", "raspun", "trimit",
}

// pleading are words with which somebody is asked for something.
var pleading = []string{
	"bitte", "bitten", "bittet", "erwarte", "erwarten", "fordere", "fordern", "setze", "setzen", "please", "kindly", "expect", "demand", "require", "merci", "priere", "veuillez", "prosze", "prosimy", "lutfen", "пожалуйста", "прошу", "требую", "prego", "rog", "sollte", "sollten", "andernfalls", "unless",
}

// imperatives ask for a paper or an answer where "Sie", "mir" or "me" follows.
var imperatives = []string{
	"senden", "schicken", "teilen", "geben", "nennen", "legen", "reichen", "nehmen", "stellen", "bestatigen", "beantworten", "antworten", "melden", "lassen", "send", "give", "let", "tell", "write", "show", "get",
}

// ownSteps are what a writer promises to do himself; its day is no term for us.
var ownSteps = []string{
	"ich sende", "sende ich", "ich schicke", "schicke ich", "ich reiche", "reiche ich", "ich melde", "melde ich", "ich antworte", "antworte ich", "ich werde", "ich bringe", "wir werden ihnen", "wir reichen", "i will send", "i ll send", "i will reply", "i ll reply",
	"i will answer", "i ll answer", "i will pay", "i ll pay", "ich zahle", "zahle ich", "ich uberweise", "uberweise ich", "je vous envoie", "je paie", "wysle", "przesle panstwu", "я отправлю",
}

// theirs are terms that the agency set.
var theirs = []string{
	"ihre frist", "ihrer frist", "eure frist", "frist gesetzt", "von ihnen gesetzte", "gesetzte frist", "gesetzten frist", "sie setzen", "sie haben mir", "sie geben mir", "sie fordern", "sie verlangen", "ihr schreiben", "your deadline", "you gave me", "you set", "you want", "you demand", "votre delai",
}

// readDeadline finds the day until which the writer wants an answer, a paper or
// a step, or up to which an offer stands.
func (p *pass) readDeadline() {
	if p.today.IsZero() {
		return
	}
	d, s := p.text, &p.out.Slots
	found, tie := -1, false
	for i := range d.dates {
		dt := &d.dates[i]
		v := dt.resolve(p.today, false)
		if v <= p.today || v > p.today+200 || dt.recurring || dt.vague || dt.doubt || !d.term(dt) {
			continue
		}
		if v == s.PromiseDate || v == s.PauseUntil || v == s.FirstPaymentDate || !d.wanted(dt) {
			continue
		}
		if dt.ranged {
			tie = true
			continue
		}
		switch {
		case found < 0:
			found = i
		case d.dates[found].resolve(p.today, false) != v:
			tie = true
		}
	}
	if tie {
		p.note("ambiguous", TheirDeadline)
		return
	}
	if found < 0 {
		return
	}
	dt := &d.dates[found]
	p.out.Details.TheirDeadline = calendar.Date(dt.resolve(p.today, false))
	p.prove(d, TheirDeadline, dt.start, dt.end)
}

// term reports whether dt is named as an end: "bis zum", "binnen", "no later
// than", "Frist von".
func (d *doc) term(dt *date) bool {
	switch dt.prep {
	case clsUntil, clsBefore:
		return true
	case clsLetter, clsSince:
		return dt.kind == dayDuration && d.frist(dt.ti)
	default:
	}
	for k := dt.ti - 1; k >= 0 && k >= dt.ti-4 && d.tok[k+1].pre&(gapSentence|gapComma) == 0; k-- {
		switch string(d.folded(k)) {
		case "than", "latest", "spatestens", "avant", "przed", "entro", "before":
			return true
		case "innerhalb", "binnen", "within", "in", "dans", "ciagu", "течение", "interval", "termen":
			return dt.kind == dayDuration && !dt.ago
		}
	}
	if dt.kind == dayDuration && dt.tj < len(d.tok) && string(d.folded(dt.tj)) == "icinde" {
		return true
	}
	return d.frist(dt.ti)
}

// termNotPayment reports whether dt ends a term for the agency in a sentence that
// speaks neither of waiting nor of paying. In a settlement the day is that of the
// payment unless the offer itself is said to stand until then.
func (d *doc) termNotPayment(dt *date, in cases.Intent) bool {
	s := &d.sent.sets[d.sent.of[dt.ti]]
	if s.has(clsPause) || s.has(clsPay) || s.has(clsPaid) || s.has(clsCurrency) || !d.term(dt) {
		return false
	}
	if in == cases.SettlementOffer {
		return d.standsUntil(dt)
	}
	return d.wanted(dt)
}

// standsUntil reports whether a word for standing follows or precedes the day.
func (d *doc) standsUntil(dt *date) bool {
	for k := max(0, dt.ti-8); k < min(len(d.tok), dt.tj+4); k++ {
		if standing(string(d.folded(k))) {
			return true
		}
	}
	return false
}

func standing(f string) bool {
	switch f {
	case "gebunden", "halte", "gultig", "gilt", "steht", "valid", "stands", "valable", "wazna":
		return true
	}
	return false
}

// frist reports whether a word for a term stands up to four words before token i.
func (d *doc) frist(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5 && d.tok[k+1].pre&gapSentence == 0; k-- {
		switch string(d.folded(k)) {
		case "frist", "nachfrist", "deadline", "termin", "delai", "termen":
			return true
		}
	}
	return false
}

// wanted reports whether the sentence of dt asks the agency for something and
// neither tells of the agency's own term nor of what the writer will do.
func (d *doc) wanted(dt *date) bool {
	from, to := dt.ti, dt.tj
	for from > 0 && d.tok[from].pre&(gapSentence|gapPara) == 0 && dt.ti-from < 40 {
		from--
	}
	for to < len(d.tok) && d.tok[to].pre&(gapSentence|gapPara) == 0 && to-dt.tj < 40 {
		to++
	}
	subject, spoken, offer, bound := false, false, false, false
	for k := from; k < to; k++ {
		if d.tok[k].kind != tokWord || d.tok[k].masked {
			continue
		}
		for _, list := range [...][]string{ownSteps, theirs} {
			for _, w := range list {
				if d.phraseAt(k, w) {
					return false
				}
			}
		}
		f := string(d.folded(k))
		spoken = spoken || d.tok[k].w.set.has(clsYou) || slices.Contains(pleading, f)
		if slices.Contains(imperatives, f) && k+1 < to {
			switch string(d.folded(k + 1)) {
			case "sie", "mir", "uns", "me", "us", "ihr":
				subject, spoken = true, true
			}
		}
		subject = subject || slices.ContainsFunc(asked, func(w string) bool { return strings.HasPrefix(f, w) })
		offer = offer || f == "angebot" || f == "offer" || f == "offre" || f == "oferta"
		bound = bound || standing(f)
		if slices.Contains(pleading, f) && k+1 < to {
			for _, w := range [...]string{"send", "provide", "show"} {
				subject = subject || string(d.folded(k+1)) == w
			}
		}
	}
	return subject && spoken || offer && bound
}
