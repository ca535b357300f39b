package local

import (
	"slices"
	"strings"

	"kontor/assist/local/feature"
	"kontor/cases"
)

// carriers names the concepts of the lexicon one of which a clause must carry
// to speak for a flag.
func carriers(f cases.Flag) []string {
	switch f {
	case cases.Vulnerable:
		return []string{"ILLNESS", "FRAIL", "JOB_LOSS", "HARDSHIP", "MINOR_CHILD", "GUARDIAN", "BODY", "MIND", "CARE", "AGED", "JOBLESS", "POOR", "VIOLENCE", "CHILD"}
	case cases.Hostile:
		return []string{"INSULT"}
	case cases.LegalThreat:
		return []string{"LEGAL_ACTION", "AUTHORITY", "LAWYER", "CONDUCT", "FRAUD"}
	}
	return nil
}

// Carriers tells for each concept of lx whether it can carry flag f.
func Carriers(lx *feature.Lexicon, f cases.Flag) []bool {
	names := carriers(f)
	out := make([]bool, len(lx.Names))
	for i, n := range lx.Names {
		out[i] = slices.Contains(names, strings.TrimSuffix(n, "!"))
	}
	return out
}

// Carried reports whether what x read holds a concept of carry outside the
// sender's name.
func Carried(x *feature.Extractor, carry []bool) bool {
	for i := range x.Matches {
		m := &x.Matches[i]
		if carry[m.Concept] && x.Doc.Sentences[m.Sent].Field != feature.Sender {
			return true
		}
	}
	return false
}

// flagged decides on flag k: a concept of it and a fair score, or a score so
// high that no concept is asked for.
func (e *Engine) flagged(s *scratch, k int) bool {
	score := s.score[len(e.m.Intents)+k]
	return score >= e.m.FlagSureAt[k] || score >= e.m.FlagAt[k] && Carried(s.x, e.carry[k])
}

// endangered reports whether an alert says that the sender is vulnerable.
func endangered(a cases.Alert) bool {
	return a == cases.SelfHarm || a == cases.Minor || a == cases.MedicalEmergency
}

// carrying returns those of the clauses that hold a concept of carry.
func carrying(s *scratch, clauses []clause, carry []bool) []clause {
	var out []clause
	for _, q := range clauses {
		if slices.ContainsFunc(s.x.Matches, func(m feature.Match) bool {
			return carry[m.Concept] && int(m.First) >= q.first && int(m.First) <= q.last
		}) {
			out = append(out, q)
		}
	}
	return out
}
