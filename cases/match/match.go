package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"kontor/cases"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// Threshold is the score from which a mail is tied to a case by itself; below
// it stays unassigned, with ranked suggestions.
const Threshold = 60

// Points of the reasons. They add up; the best case must be ahead of the
// second by Lead.
const (
	pointsReference = 100
	pointsLoose     = 90
	pointsPadded    = 50
	pointsThread    = 95
	pointsBounce    = 95
	pointsSender    = 65
	pointsShared    = 40 // sender on file with several open cases
	pointsName      = 35
	pointsAmount    = 30
	lead            = 15
)

// Index is what matching may look up. Results are bounded by the caller.
type Index interface {
	// CaseByReference looks up a canonical key (Key).
	CaseByReference(key string) (cases.CaseID, bool)
	// CaseByLetter looks up the Message-ID of a letter of ours.
	CaseByLetter(rfcID string) (cases.CaseID, cases.ReplyID, bool)
	// PersonsByMail looks up a mail address, lower case.
	PersonsByMail(addr string) []cases.PersonID
	// PersonsByName looks up a folded name (FoldName).
	PersonsByName(folded string) []cases.PersonID
	// OpenCases returns the open cases in which a person is the debtor.
	OpenCases(p cases.PersonID) []cases.CaseID
	// Debtor returns the debtor of a case.
	Debtor(c cases.CaseID) cases.PersonID
	// Balance returns what is open on a case today.
	Balance(c cases.CaseID) (money.Cents, bool)
}

// Candidate is a case that a mail may belong to.
type Candidate struct {
	Case    cases.CaseID
	Score   int
	Reasons []cases.MatchReason
}

// Mail finds the case of a mail. The returned match has no case where the best
// candidate is below Threshold or not clearly ahead; candidates are ranked,
// at most ten.
func Mail(m cases.Mail, p *Pattern, ix Index) (cases.Match, []Candidate) {
	t := &tally{byCase: map[cases.CaseID]*Candidate{}}
	t.references(m, p, ix)
	var bounced cases.ReplyID
	for _, id := range threadIDs(m) {
		if c, _, ok := ix.CaseByLetter(id); ok {
			t.add(c, "thread", pointsThread, "")
		}
	}
	if m.Bounce != nil {
		if c, r, ok := ix.CaseByLetter(m.Bounce.MessageID); ok {
			t.add(c, "bounce", pointsBounce, "")
			bounced = r
		}
		t.recipient(m.Bounce.Recipient, ix)
	}
	t.people(m, ix)
	list := t.ranked()
	match := cases.Match{Bounced: bounced}
	if len(list) == 0 {
		return match, nil
	}
	best := list[0]
	match.Score, match.Reasons = best.Score, best.Reasons
	if best.Score < Threshold || (len(list) > 1 && best.Score-list[1].Score < lead) {
		return match, list
	}
	match.Case = best.Case
	match.Person = sender(m, best.Case, ix)
	return match, list
}

type tally struct {
	byCase map[cases.CaseID]*Candidate
}

func (t *tally) add(c cases.CaseID, code string, points int, quote string) {
	k := t.byCase[c]
	if k == nil {
		k = &Candidate{Case: c}
		t.byCase[c] = k
	}
	if slices.ContainsFunc(k.Reasons, func(r cases.MatchReason) bool { return r.Code == code }) {
		return
	}
	k.Score += points
	k.Reasons = append(k.Reasons, cases.MatchReason{Code: code, Points: points, Quote: plain.Line(quote)})
}

func (t *tally) references(m cases.Mail, p *Pattern, ix Index) {
	if p == nil {
		return
	}
	quoted := m.Text.String()
	for i, text := range []string{m.Subject.String(), m.Own.String(), quoted} {
		for _, f := range p.Find(text) {
			c, ok := ix.CaseByReference(f.Key)
			if !ok {
				continue
			}
			code, points := "reference", pointsReference
			switch {
			case f.Padded:
				code, points = "reference_padded", pointsPadded
			case !f.Exact:
				code, points = "reference_fuzzy", pointsLoose
			}
			if i == 2 && t.byCase[c] == nil {
				points -= 10 // only in quoted text
			}
			if k := t.byCase[c]; k != nil && strings.HasPrefix(k.Reasons[0].Code, "reference") {
				continue
			}
			t.add(c, code, points, f.Quote)
		}
	}
	for _, a := range m.Attachments {
		for _, f := range p.Find(a.Text.String()) {
			if c, ok := ix.CaseByReference(f.Key); ok && !f.Padded && t.byCase[c] == nil {
				t.add(c, "reference_attachment", pointsLoose-10, f.Quote)
			}
		}
	}
}

// recipient adds the cases of the person whose address a delivery report names.
func (t *tally) recipient(addr string, ix Index) {
	for _, p := range ix.PersonsByMail(strings.ToLower(addr)) {
		open := ix.OpenCases(p)
		for _, c := range open {
			points := pointsSender
			if len(open) > 1 {
				points = pointsShared
			}
			t.add(c, "recipient", points, addr)
		}
	}
}

func (t *tally) people(m cases.Mail, ix Index) {
	seen := map[cases.PersonID]bool{}
	for _, addr := range []string{m.From.Addr, m.ReplyTo.Addr} {
		if addr == "" {
			continue
		}
		for _, p := range ix.PersonsByMail(strings.ToLower(addr)) {
			if seen[p] {
				continue
			}
			seen[p] = true
			open := ix.OpenCases(p)
			points := pointsSender
			if len(open) > 1 {
				points = pointsShared
			}
			for _, c := range open {
				t.add(c, "sender", points, addr)
			}
		}
	}
	if folded := FoldName(m.From.Name.String()); folded != "" {
		for _, p := range ix.PersonsByName(folded) {
			open := ix.OpenCases(p)
			for _, c := range open {
				t.add(c, "name", pointsName, m.From.Name.String())
				if b, ok := ix.Balance(c); ok && b > 0 && mentions(m.Own.String(), b) {
					t.add(c, "amount", pointsAmount, b.String())
				}
			}
		}
	}
}

func mentions(text string, c money.Cents) bool {
	s := c.String()
	return strings.Contains(text, s) || strings.Contains(text, strings.ReplaceAll(s, ".", "")) || strings.Contains(text, c.Plain())
}

func (t *tally) ranked() []Candidate {
	list := make([]Candidate, 0, len(t.byCase))
	for _, k := range t.byCase {
		slices.SortStableFunc(k.Reasons, func(a, b cases.MatchReason) int {
			return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Code, b.Code))
		})
		list = append(list, *k)
	}
	slices.SortFunc(list, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Case, b.Case))
	})
	return list[:min(len(list), 10)]
}

// threadIDs lists what the mail answers, nearest first.
func threadIDs(m cases.Mail) []string {
	ids := slices.Clone(m.InReplyTo)
	for i := len(m.References) - 1; i >= 0 && len(ids) < 20; i-- {
		ids = append(ids, m.References[i])
	}
	return ids
}

// sender returns the party that wrote: the person whose address it is, if the
// person is the case's debtor, else "".
func sender(m cases.Mail, c cases.CaseID, ix Index) cases.PersonID {
	d := ix.Debtor(c)
	for _, p := range ix.PersonsByMail(strings.ToLower(m.From.Addr)) {
		if p == d {
			return d
		}
	}
	return ""
}

// writtenOut is how letters are written where a keyboard lacks them.
var writtenOut = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "é", "e", "è", "e", "ı", "i", "ł", "l", "ş", "s", "ç", "c")

// Fold makes words comparable: lower case, umlauts written out.
func Fold(s string) string { return writtenOut.Replace(strings.ToLower(s)) }

// FoldName reduces a name to what two spellings share: lower case, umlauts
// written out, words in order of the alphabet, titles and initials left out. A
// name of fewer than two words gives "": it tells nobody apart.
func FoldName(name string) string {
	var words []string
	for _, w := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		w = writtenOut.Replace(w)
		if len(w) < 2 || w == "dr" || w == "prof" || w == "herr" || w == "frau" {
			continue
		}
		words = append(words, w)
	}
	if len(words) < 2 {
		return ""
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}
