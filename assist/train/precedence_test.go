package train

import (
	"slices"
	"testing"

	"kontor/assist/data"
	"kontor/cases"
)

func TestPrecedenceIsLearned(t *testing.T) {
	c, err := Load(data.Files())
	if err != nil {
		t.Fatal(err)
	}
	var part []seen
	for _, ms := range [][]Mail{c.Mails, c.Extra} {
		for i := range ms {
			part = append(part, seen{target: targetOf(&ms[i])})
		}
	}
	p := newPrecedence(part)
	for k := range p {
		for j := range p {
			if p[k][j] != -p[j][k] {
				t.Fatalf("precedence of %d over %d is %v, the other way %v", k, j, p[k][j], p[j][k])
			}
		}
	}
	at := func(i cases.Intent) int { return slices.Index(cases.Intents(), i) }
	for _, pair := range [][2]cases.Intent{
		{cases.Representation, cases.Dispute},
		{cases.Deceased, cases.InformationRequest},
		{cases.NotDebtor, cases.Complaint},
		{cases.InstallmentRequest, cases.Complaint},
	} {
		first, second := at(pair[0]), at(pair[1])
		if p[first][second] <= 0 {
			t.Errorf("%s does not come before %s", pair[0], pair[1])
		}
		// Two wishes with the same scores: the first gains. One alone: nothing moves.
		var both, alone [outputs]float32
		for k := range both {
			both[k], alone[k] = -4, -4
		}
		both[first], both[oSecond+first] = 1, 0
		both[second], both[oSecond+second] = 1, 0
		alone[second], alone[oSecond+second] = 1, 0
		before := alone
		p.apply(&both)
		p.apply(&alone)
		if both[first] <= both[second] {
			t.Errorf("%s and %s with the same score: %v and %v", pair[0], pair[1], both[first], both[second])
		}
		if d := alone[second] - before[second]; d > 0.01 || d < -0.01 {
			t.Errorf("%s alone moves by %v", pair[1], d)
		}
	}
}
