package slots

import (
	"kontor/cases"
	"kontor/cases/money"
)

// What the sums of a mail are to one another: a whole and its parts, what was paid
// and what is left.

// sumReach is how many sums of a mail are set against one another.
const sumReach = 12

// statedSum finds the sum that a mail itself makes of several payments, of which
// part is one: "200 Euro und 87,40 Euro, macht 287,40 Euro".
func (d *doc) statedSum(part *amount) (*amount, bool) {
	for i := range d.amounts {
		s := &d.amounts[i]
		if s.value <= part.value || !d.sumsUp(s) {
			continue
		}
		var parts money.Cents
		has := false
		for j := i - 1; j >= 0 && parts < s.value; j-- {
			parts += d.amounts[j].value
			has = has || &d.amounts[j] == part
		}
		if has && parts == s.value {
			return s, true
		}
	}
	return nil, false
}

// sumsUp reports whether the word before or behind a announces a sum.
func (d *doc) sumsUp(a *amount) bool {
	switch d.wordAt(a.ti - 1) {
	case "macht", "also", "zusammen", "insgesamt", "gesamt", "summe", "total", "altogether", "all", "toplam", "toplamda", "razem", "lacznie", "всего", "итого", "totale":
		return true
	}
	f := d.wordAt(a.tj)
	if f == "in" || f == "en" || f == "im" {
		f = d.wordAt(a.tj + 1)
	}
	switch f {
	case "total", "insgesamt", "zusammen", "gesamt", "altogether", "tout", "totale", "lacznie", "razem", "ganzen":
		return true
	}
	return false
}

// rest reports whether a is named as what is left.
func (a *amount) rest() bool { return a.ctx.left[clsRest] > 0 && a.ctx.left[clsRest] <= 3 }

// whole marks the sums that are wholes of which a rest is left, and tells of each
// other part whether it was paid: "von den 220 habe ich 100 bezahlt, die
// restlichen 120 kommen am 5."
func (p *pass) whole() {
	for _, d := range p.fields {
		as := d.amounts[:min(len(d.amounts), sumReach)]
		for c := range as {
			if !as[c].rest() {
				continue
			}
			if c+1 < len(as) && d.ofWhole(as[c].tj, as[c+1].ti) && as[c+1].value > as[c].value {
				as[c+1].former = true // "the remaining 310 of the 510"
			}
			for b := range as {
				if b == c || !as[b].ctx.near(clsPaid, 4, 4) || p.intent == cases.Paid {
					continue
				}
				for a := range as {
					if as[a].value == as[b].value+as[c].value && a != b && a != c {
						as[a].former, as[b].settled = true, true
					}
				}
			}
		}
	}
}

// ofWhole reports whether tokens from..to-1 are "of the".
func (d *doc) ofWhole(from, to int) bool {
	if to-from < 1 || to-from > 2 || d.tok[to].pre != gapSpace {
		return false
	}
	switch d.wordAt(from) {
	case "of", "von", "de", "из", "z", "din", "di":
		return true
	}
	return false
}

// formerRates marks in a wish for instalments what was paid so far, beside another
// sum: "bisher 40 €, ab Januar 65 €".
func (p *pass) formerRates() {
	if p.intent != cases.InstallmentRequest || len(p.text.amounts) < 2 {
		return
	}
	for i := range p.text.amounts {
		a := &p.text.amounts[i]
		for k := a.ti - 1; k >= 0 && k >= a.ti-2 && p.text.tok[k+1].pre == gapSpace; k-- {
			switch p.text.wordAt(k) {
			case "bisher", "bislang", "bisherigen", "derzeit", "momentan", "currently", "dotychczas", "obecnie", "actuellement", "attualmente", "сейчас", "simdiye":
				a.former = true
			}
		}
	}
}
