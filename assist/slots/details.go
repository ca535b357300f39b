package slots

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kontor/cases"
)

//go:embed reasons.txt
var reasonsText string

// sign is a word or phrase that speaks for one answer of a closed list.
type sign struct {
	answer int8
	weight int8
	prefix bool
	words  int8
}

// signs is a read-only table of phrases. first holds the most words of a phrase
// that begins with a word; beginnings are looked up by their length.
type signs struct {
	answers []string
	exact   map[string]sign
	first   map[string]int8
	lens    []int
	stems   map[string]sign
}

// parseSigns reads lines "answer: phrase phrase=weight stem*".
func parseSigns(text string) (*signs, error) {
	s := &signs{exact: map[string]sign{}, first: map[string]int8{}, stems: map[string]sign{}}
	var have [64]bool
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		answer, list, ok := strings.Cut(line, ":")
		if !ok || len(s.answers) >= 64 {
			return nil, fmt.Errorf("line %d: want answer: phrases", n+1)
		}
		s.answers = append(s.answers, answer)
		for _, f := range strings.Fields(list) {
			g := sign{answer: int8(len(s.answers) - 1), weight: 2}
			if p, w, found := strings.Cut(f, "="); found {
				v, err := strconv.ParseInt(w, 10, 8)
				if err != nil {
					return nil, fmt.Errorf("line %d: weight of %q: %w", n+1, p, err)
				}
				f, g.weight = p, int8(v)
			}
			f = string(appendFold(nil, f))
			f, g.prefix = strings.CutSuffix(f, "*")
			key := strings.ReplaceAll(f, "_", " ")
			g.words = int8(1 + strings.Count(key, " "))
			head, _, _ := strings.Cut(key, " ")
			if g.prefix && g.words == 1 {
				if len(key) < 2 || len(key) >= len(have) {
					return nil, fmt.Errorf("line %d: beginning %q too short or long", n+1, key)
				}
				s.stems[key] = g
				have[len(key)] = true
				continue
			}
			// A phrase that ends in a beginning is kept as that beginning.
			s.exact[key] = g
			s.first[head] = max(s.first[head], g.words)
		}
	}
	for n := len(have) - 1; n > 0; n-- {
		if have[n] {
			s.lens = append(s.lens, n)
		}
	}
	return s, nil
}

func mustSigns(text string) *signs {
	s, err := parseSigns(text)
	if err != nil {
		panic("slots: embedded table: " + err.Error())
	}
	return s
}

var reasons = sync.OnceValue(func() *signs { return mustSigns(reasonsText) })

// at returns the sign that begins at token i of d.
func (s *signs) at(d *doc, i int) (sign, bool) {
	t := &d.tok[i]
	f := d.fold[t.fs:t.fe]
	for n := int(s.first[string(f)]); n > 0; n-- {
		j := i + n - 1
		if j >= len(d.tok) || !d.joined(i, j) {
			continue
		}
		if g, ok := s.exact[string(d.fold[t.fs:d.tok[j].fe])]; ok && !g.prefix {
			return g, true
		}
		if n > 1 {
			// "nicht bestell*": the last word may go on.
			whole := d.fold[t.fs:d.tok[j].fe]
			last := d.tok[j].fs - t.fs
			for cut := len(whole) - 1; cut > last+2; cut-- {
				if g, ok := s.exact[string(whole[:cut])]; ok && g.prefix {
					return g, true
				}
			}
		}
	}
	for _, n := range s.lens {
		if n <= len(f) {
			if g, ok := s.stems[string(f[:n])]; ok {
				return g, true
			}
		}
	}
	return sign{}, false
}

// poll is the weight of each answer and where it showed first.
type poll struct {
	weight [64]int
	doc    [64]*doc
	at     [64]int // the first token of the phrase
	words  [64]int
}

func (p *pass) poll(s *signs) poll {
	var v poll
	for n, d := range []*doc{p.subject, p.text} {
		for i := 0; i < len(d.tok); i++ {
			if d.tok[i].masked || d.tok[i].quoted || d.tok[i].kind != tokWord {
				continue
			}
			g, ok := s.at(d, i)
			if !ok {
				continue
			}
			a := g.answer
			v.weight[a] += 2*int(g.weight) - n // the subject speaks a little louder
			if v.doc[a] == nil {
				v.doc[a], v.at[a], v.words[a] = d, i, int(g.words)
			}
			i += int(g.words) - 1
		}
	}
	return v
}

// best returns the answer with the most weight and the lead over the next.
func (v *poll) best(n int) (answer, weight, lead int) {
	answer, second := -1, 0
	for a := range n {
		switch w := v.weight[a]; {
		case w > weight:
			second, weight, answer = weight, w, a
		case w > second:
			second = w
		}
	}
	return answer, weight, weight - second
}

// readDispute finds why a claim is contested. Costs may be contested in any
// mail that otherwise pays; other reasons count in a dispute only.
func (p *pass) readDispute() {
	s := reasons()
	if p.disputed {
		p.classifyReason()
		return
	}
	switch p.intent {
	case cases.InstallmentRequest, cases.SettlementOffer, cases.PaymentPromise, cases.Paid:
		p.disputedFees()
	case cases.NotDebtor:
		// Somebody else's debt is contested only where a crime is named.
		if a := slices.Index(s.answers, "fraud"); a >= 0 {
			if v := p.poll(s); v.weight[a] >= 3 {
				p.out.Slots.DisputeReason = "fraud"
				p.provePhrase(&v, a, DisputeReason)
			}
		}
	default:
	}
}

func (p *pass) provePhrase(v *poll, a int, slot string) {
	d := v.doc[a]
	p.prove(d, slot, d.tok[v.at[a]].start, d.tok[v.at[a]+v.words[a]-1].end)
}

// disputedFees looks for a refusal of costs: a word for costs with a refusal in
// its sentence.
func (p *pass) disputedFees() {
	d := p.text
	for i := range d.tok {
		t := &d.tok[i]
		if !t.w.set.has(clsFee) || t.masked || t.quoted {
			continue
		}
		for j := max(0, i-12); j < min(len(d.tok), i+16); j++ {
			if !d.joined(min(i, j), max(i, j)) || d.tok[j].kind != tokWord {
				continue
			}
			if d.refusal(j) {
				p.out.Slots.DisputeReason = "fees"
				p.prove(d, DisputeReason, t.start, t.end)
				return
			}
		}
	}
}

func (d *doc) refusal(j int) bool {
	switch string(d.folded(j)) {
	case "uberzogen", "unberechtigt", "unfair", "widerspreche", "bestreite", "happig", "wucher", "ungerechtfertigt", "excessive", "unjustified", "contest", "dispute",
		"haksiz", "niesluszne", "injustifies", "abusifs", "незаконно", "nejustificate", "ingiustificate", "anerkennen":
		return true
	case "erkenne", "akzeptiere", "zahle", "ubernehme", "sehe", "paying", "pay", "accept":
		for k := max(0, j-5); k < min(len(d.tok), j+10); k++ {
			if d.tok[k].w.set.has(clsNot) && d.joined(min(j, k), max(j, k)) {
				return true
			}
		}
	}
	return false
}

//go:embed requests.txt
var requestsText string

var requests = sync.OnceValue(func() *signs { return mustSigns(requestsText) })

// readRequest finds the kind of a request about personal data (Art. 15–21 and
// 7(3) GDPR). Where two kinds are asked for, the one that speaks louder stands
// and a note tells of the other.
func (p *pass) readRequest() {
	if p.intent != cases.DataRequest {
		return
	}
	s := requests()
	v := p.poll(s)
	a, w, lead := v.best(len(s.answers))
	if a < 0 || w < 2 {
		p.note("vague", RequestKind)
		return
	}
	if lead == 0 {
		p.note("ambiguous", RequestKind)
		return
	}
	if lead < w {
		p.note("several", RequestKind)
	}
	p.out.Details.RequestKind = s.answers[a]
	p.provePhrase(&v, a, RequestKind)
}

// neverOrdered adds weight where an order or a contract is denied, with words
// in between: "nie irgendetwas bestellt", "never clicked subscribe".
func (p *pass) neverOrdered(s *signs, v *poll) {
	a := slices.Index(s.answers, "not_ordered")
	if a < 0 {
		return
	}
	for _, d := range []*doc{p.subject, p.text} {
		for i := range d.tok {
			if d.tok[i].masked || d.tok[i].quoted || !ordering(d.folded(i)) {
				continue
			}
			for j := max(0, i-7); j < min(len(d.tok), i+4); j++ {
				if d.tok[j].w.set.has(clsNot) && d.joined(min(i, j), max(i, j)) {
					v.weight[a] += 4
					if v.doc[a] == nil {
						v.doc[a], v.at[a], v.words[a] = d, min(i, j), 1+max(i, j)-min(i, j)
					}
					break
				}
			}
		}
	}
}

// ordering knows the verbs of ordering and of making a contract.
func ordering(f []byte) bool {
	for _, p := range [...]string{"bestell", "gekauf", "beauftragt", "abgeschlossen", "angemeldet", "unterschrieb", "abonn", "order", "bought", "subscri", "siparis", "zamawia", "zamowi", "kupil", "kupowa", "command", "заказ", "покупа", "купил", "comand", "cumpar", "ordinat", "comprat", "satin"} {
		if len(f) >= len(p) && string(f[:len(p)]) == p {
			return true
		}
	}
	return false
}
