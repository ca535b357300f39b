package local

import (
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"kontor/assist/local/feature"
	"kontor/cases"
)

// bounds of what is quoted.
const (
	maxQuote   = 160 // bytes; a longer clause is cut between words around its best part
	maxQuotes  = 3   // for the intent
	minSupport = 40  // a further quote must carry this share, in percent, of the best one's weight
)

// clause is a stretch of the mail fit to be quoted, and what speaks for it.
type clause struct {
	first, last int // tokens [first, last]
	weight      int64
}

// evidence names the clauses that speak most for the answer, for each flag and
// for each alert. The quotes stand literally in the mail.
func (e *Engine) evidence(s *scratch, in cases.ClassifyInput, c *cases.Classification) []cases.Evidence {
	d := &s.x.Doc
	if len(d.Tokens) == 0 {
		return nil
	}
	clauses := clausesOf(d, in)
	var out []cases.Evidence
	add := func(q clause, what string) {
		if ev, ok := quote(d, in, q, what); ok && !slices.Contains(out, ev) {
			out = append(out, ev)
		}
	}
	m := e.m
	intent := slices.Index(m.Intents, string(c.Intent))
	rival := -1
	if len(c.Candidates) > 1 {
		rival = slices.Index(m.Intents, string(c.Candidates[1].Intent))
	}
	e.support(s, clauses, intent, rival)
	best := slices.Clone(clauses)
	slices.SortStableFunc(best, func(a, b clause) int { return cmp64(b.weight, a.weight) })
	for i, q := range best[:min(maxQuotes, len(best))] {
		if q.weight <= 0 || i > 0 && q.weight*100 < best[0].weight*minSupport {
			break
		}
		add(q, string(c.Intent))
	}
	for _, f := range c.Flags {
		k := slices.Index(m.Flags, string(f))
		e.support(s, clauses, len(m.Intents)+k, -1)
		add(e.flagClause(s, clauses, f, k), string(f))
	}
	for _, a := range c.Alerts {
		n := 0
		for i := range s.alarm {
			if s.alarm[i].alert == a && n < maxQuotes {
				n++
				add(clauseAround(clauses, s.alarm[i].first, s.alarm[i].last), string(a))
			}
		}
	}
	return out
}

// flagClause is the clause that speaks most for flag f among those that carry a
// concept of it; failing that the one that raised an alert, or the strongest.
func (e *Engine) flagClause(s *scratch, clauses []clause, f cases.Flag, k int) clause {
	from := carrying(s, clauses, e.carry[k])
	if len(from) == 0 && f == cases.Vulnerable {
		for _, d := range s.alarm {
			if endangered(d.alert) {
				return clauseAround(clauses, d.first, d.last)
			}
		}
	}
	if len(from) == 0 {
		from = clauses
	}
	return slices.MaxFunc(from, func(a, b clause) int { return cmp64(a.weight, b.weight) })
}

func cmp64(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// support weighs the clauses by what their features add to output k over the
// rival's. A feature of several words counts for the clause it begins in.
func (e *Engine) support(s *scratch, clauses []clause, k, rival int) {
	for i := range clauses {
		clauses[i].weight = 0
	}
	if k < 0 {
		return
	}
	m := e.m
	at := 0
	for i := range s.occ {
		o := &s.occ[i]
		if o.first < 0 {
			continue
		}
		w := m.weight(o.row, k) * int64(m.Scale[o.group][k])
		if rival >= 0 {
			w -= m.weight(o.row, rival) * int64(m.Scale[o.group][rival])
		}
		w *= s.inv[o.group]
		// Features come nearly in order; look on from the last place.
		for at > 0 && clauses[at].first > int(o.first) {
			at--
		}
		for at < len(clauses)-1 && clauses[at].last < int(o.first) {
			at++
		}
		clauses[at].weight += w >> 20
	}
}

// clausesOf parts the mail at sentence ends and commas, and joins pieces of
// one or two words to their neighbour.
func clausesOf(d *feature.Doc, in cases.ClassifyInput) []clause {
	var out []clause
	for i := range d.Sentences {
		st := &d.Sentences[i]
		start := st.First
		for t := st.First; t < st.Last; t++ {
			end := t+1 == st.Last
			if !end && t-start >= 3 && st.Last-t > 3 {
				gap := field(in, &d.Tokens[t])[d.Tokens[t].End:d.Tokens[t+1].Start]
				end = slices.ContainsFunc([]rune(gap), func(r rune) bool { return r == ',' || r == ':' || r == '–' || r == '،' })
			}
			if end {
				out = append(out, clause{first: start, last: t})
				start = t + 1
			}
		}
	}
	return out
}

func clauseAround(clauses []clause, first, last int) clause {
	for _, q := range clauses {
		if q.first <= first && q.last >= first {
			q.last = max(q.last, last)
			return q
		}
	}
	return clause{first: first, last: last}
}

// field returns the text a token stands in.
func field(in cases.ClassifyInput, t *feature.Token) string {
	switch t.Field {
	case feature.Subject:
		return in.Subject
	case feature.Body:
		return in.Text
	case feature.Attached:
		return in.Attachments[t.Part]
	}
	return in.From
}

// quote cuts the clause out of the mail, with a mark of question, exclamation
// or currency that closes it, without a full stop.
// The sender's name is no evidence to show.
func quote(d *feature.Doc, in cases.ClassifyInput, q clause, what string) (cases.Evidence, bool) {
	a, b := &d.Tokens[q.first], &d.Tokens[q.last]
	var name string
	switch a.Field {
	case feature.Subject:
		name = "subject"
	case feature.Body:
		name = "text"
	case feature.Attached:
		name = "attachment:" + strconv.Itoa(int(a.Part))
	default:
		return cases.Evidence{}, false
	}
	text := field(in, a)
	start, end := a.Start, b.End
	for n := q.last; end-start > maxQuote && n > q.first; n-- {
		end = d.Tokens[n-1].End
	}
	if end-start > maxQuote || end > len(text) {
		return cases.Evidence{}, false
	}
	if r, n := utf8.DecodeRuneInString(text[end:]); n > 0 && (r == '!' || r == '?' || r == '€' || r == '؟') {
		end += n
	} else if end+2 <= len(text) && unicode.IsSpace(r) {
		if c, n2 := utf8.DecodeRuneInString(text[end+n:]); c == '€' {
			end += n + n2
		}
	}
	return cases.Evidence{Field: name, Quote: text[start:end], For: what, Start: start, End: end}, true
}
