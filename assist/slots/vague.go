package slots

import "kontor/cases"

// vagueWords are times that are no day: a season, a feast with an unclear edge,
// an event, an estimate.
var vagueWords = []string{
	"weihnachten", "weihnachtsgeld", "feiertage", "feiertagen", "wochenende", "fruhjahr", "fruhling", "sommer", "herbst", "winter", "irgendwann", "demnachst", "bald", "baldmoglichst",
	"sobald", "nachstens", "zeitnah", "schnellstmoglich", "in kurze", "in ein paar", "in einigen", "soon", "as soon as", "sometime", "eventually", "shortly", "christmas", "in a few", "when i get", "new year",
	"spring", "summer", "autumn", "weekend", "yakinda", "en kisa", "ileride", "wkrotce", "jak najszybciej", "kiedys", "po swietach", "bientot", "des que possible", "noel", "скоро", "как можно скорее", "как только", "когда нибудь",
	"wenn ich", "wenn das", "wenn mein", "wenn meine", "wenn der", "wenn die", "when my", "once i", "once my", "quand j", "jak dostane", "gdy dostane", "когда получу",
}

// vague leaves a note where the mail's main day is empty although the text
// speaks of a time.
func (p *pass) vague() {
	var slot string
	s := &p.out.Slots
	switch p.intent {
	case cases.PaymentPromise:
		if !s.PromiseDate.IsZero() {
			return
		}
		slot = PromiseDate
	case cases.InstallmentRequest:
		if !s.FirstPaymentDate.IsZero() || s.MonthlyCents == nil {
			return
		}
		slot = FirstPayment
	case cases.PaymentPause:
		if !s.PauseUntil.IsZero() {
			return
		}
		slot = PauseUntil
	default:
		return
	}
	for _, n := range p.out.Notes {
		if n == "range:"+slot || n == "ambiguous:"+slot {
			return
		}
	}
	for i := range p.text.dates {
		if dt := &p.text.dates[i]; dt.ranged && dt.resolve(p.today, false) >= p.today {
			p.note("range", slot)
			return
		}
	}
	for k := range p.text.tok {
		if p.text.tok[k].masked || p.text.tok[k].quoted {
			continue
		}
		for _, w := range vagueWords {
			if p.text.phraseAt(k, w) {
				p.note("vague", slot)
				return
			}
		}
	}
}
