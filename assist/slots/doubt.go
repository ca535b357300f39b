package slots

import (
	"strings"
)

// markRanges marks days that are joined by "oder" as ranges: neither is stated.
func (d *doc) markRanges() {
	for k := 1; k < len(d.dates); k++ {
		a, b := &d.dates[k-1], &d.dates[k]
		if b.prep == clsUntil && (a.prep == clsLetter || a.prep == clsSince || a.prep == clsFrom) && b.ti-a.tj <= 3 {
			a.absence, b.absence = true, true
		}
		if d.either(a.tj, b.ti) {
			a.ranged, b.ranged = true, true
		}
		if a.vague && b.vague && b.ti == a.tj+1 && d.tok[a.tj].w.set.has(clsOr) && a.prep != clsFrom && a.prep != clsLetter && a.prep != clsSince {
			a.ranged, b.ranged = true, true // "für Oktober bis Dezember"
		}
	}
	for k := range d.dates {
		if ti := d.dates[k].ti; d.partsBefore(ti) {
			d.dates[k].ranged = true // "Mitte bis Ende Dezember"
		}
	}
	for k := range d.dates {
		if d.afterBetween(d.dates[k].ti) {
			d.dates[k].ranged = true
			if k > 0 && d.dates[k].ti-d.dates[k-1].tj <= 2 {
				d.dates[k-1].ranged = true
			}
		}
		d.dates[k].doubt = d.takenBack(&d.dates[k])
		d.dates[k].meant = d.wasMeant(&d.dates[k])
	}
}

// either reports whether tokens from..to-1 are "oder" with at most a preposition
// and an article.
func (d *doc) either(from, to int) bool {
	if to-from < 1 || to-from > 3 || !d.tok[from].w.set.has(clsOr) || string(d.folded(from)) == "bis" {
		return false
	}
	for k := from; k < to; k++ {
		if d.tok[k].pre&gapSentence != 0 || k > from && !d.timePrep(k) {
			return false
		}
	}
	return true
}

// partsBefore reports whether a part of a month stands before token i, joined by
// "bis" or a slash: "Anfang/Mitte Mai".
func (d *doc) partsBefore(i int) bool {
	if s := d.tok[i].w.set; i == 0 || !s.has(clsEnd) && !s.has(clsMid) && !s.has(clsBegin) {
		return false
	}
	k := i - 1
	switch {
	case d.tok[k].w.set.has(clsOr) && d.tok[i].pre == gapSpace && k > 0:
		k--
	case d.tok[i].pre&(gapSlash|gapHyphen) != 0:
	default:
		return false
	}
	s := d.tok[k].w.set
	return s.has(clsEnd) || s.has(clsMid) || s.has(clsBegin)
}

// afterBetween reports whether "zwischen … und" leads to the day at token i.
func (d *doc) afterBetween(i int) bool {
	and := false
	for k := i - 1; k >= 0 && k >= i-7 && d.tok[k+1].pre&gapSentence == 0; k-- {
		s := d.tok[k].w.set
		if s.has(clsBetween) {
			return and
		}
		and = and || s.has(clsAnd)
	}
	return false
}

// doubts are the words with which a writer takes a day back.
var doubts = []string{
	"weiss noch nicht", "weiss es noch nicht", "weiss ich noch nicht", "weiss nicht genau", "weiss es nicht", "noch nicht sicher", "nicht ganz sicher", "nicht sicher", "ohne gewahr", "kann ich nicht versprechen",
	"versprechen kann ich", "garantieren kann ich", "doch nicht", "je nachdem", "don t know yet", "don t know", "not sure", "not certain", "can t promise", "je ne sais pas", "pas sur", "nie wiem", "nie jestem pewien", "не знаю", "не уверен", "bilmiyorum", "emin degilim",
}

// takenBack reports whether the writer says in the same sentence, or at the
// beginning of the next, that the day is not sure; a later day speaks for itself.
func (d *doc) takenBack(dt *date) bool {
	for k := dt.ti - 1; k >= 0 && k >= dt.ti-3 && d.tok[k+1].pre&(gapSentence|gapComma) == 0; k-- {
		switch string(d.folded(k)) {
		case "vielleicht", "eventuell", "evtl", "maybe", "perhaps", "belki", "moze", "peut", "может", "forse", "poate":
			return true
		}
	}
	if d.fromTheirs(dt) {
		return true
	}
	ends := 0
	for k := dt.tj; k < len(d.tok) && k < dt.tj+14; k++ {
		if d.tok[k].pre&gapSentence != 0 {
			if ends++; ends > 1 {
				return false
			}
		}
		for i := range d.dates {
			if d.dates[i].ti == k {
				return false
			}
		}
		for _, p := range doubts {
			if d.phraseAt(k, p) {
				return true
			}
		}
	}
	return false
}

// fromTheirs reports whether a time counts from a word of the agency's that nobody
// knows the day of: "innerhalb einer Woche nach Ihrer Zusage".
func (d *doc) fromTheirs(dt *date) bool {
	if dt.kind != dayDuration || dt.ago || dt.tj >= len(d.tok) {
		return false
	}
	switch d.wordAt(dt.tj) {
	case "nach", "ab", "after", "following", "from", "of", "po", "od", "apres", "suivant", "dopo", "dalla", "dupa", "после", "со":
	default:
		return false
	}
	for k := dt.tj + 1; k < len(d.tok) && k < dt.tj+5 && d.tok[k].pre == gapSpace; k++ {
		switch string(d.folded(k)) {
		case "zusage", "zustimmung", "annahme", "annahmeerklarung", "einverstandnis", "einverstandniserklarung", "einwilligung", "bestatigung", "eingang", "erhalt", "acceptance", "agreement", "confirmation", "consent", "receipt",
			"accord", "acceptation", "zgodzie", "zgody", "akceptacji", "accettazione", "conferma", "acceptare", "согласия", "подтверждения":
			return true
		}
	}
	return false
}

// wasMeant reports whether the writer tells what he once wanted or said, and not
// what he will do: "ich wollte am 20. zahlen".
func (d *doc) wasMeant(dt *date) bool {
	for k := dt.ti - 1; k >= 0 && k >= dt.ti-5 && d.tok[k+1].pre&(gapSentence|gapComma) == 0; k-- {
		switch string(d.folded(k)) {
		case "wollte", "wollten", "hatte", "hatten", "chcialem", "chcialam", "mialem", "mialam", "хотел", "хотела", "voulais", "devais", "volevo", "dovevo", "voiam", "trebuia":
			return true
		case "wanted", "supposed", "meant":
			return true
		}
	}
	return false
}

// phraseAt reports whether the folded words of p stand at token k.
func (d *doc) phraseAt(k int, p string) bool {
	if k >= len(d.tok) || d.tok[k].fe == d.tok[k].fs || d.fold[d.tok[k].fs] != p[0] {
		return false // most begin otherwise
	}
	for {
		w, rest, more := strings.Cut(p, " ")
		if k >= len(d.tok) || d.tok[k].kind != tokWord || string(d.folded(k)) != w {
			return false
		}
		if !more {
			return true
		}
		k, p = k+1, rest
	}
}
