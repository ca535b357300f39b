package local

import (
	"math"
	"testing"
)

func TestSigmoid(t *testing.T) {
	e := newExpTable()
	for x := int64(-20 * one); x <= 20*one; x += 4099 {
		got := float64(e.sigmoid(x)) / one
		if want := 1 / (1 + math.Exp(-float64(x)/one)); math.Abs(got-want) > 0.0005 {
			t.Fatalf("sigmoid of %v is %v, want %v", float64(x)/one, got, want)
		}
	}
}

func TestPrecedenceIsChecked(t *testing.T) {
	square := func(v int32) [][]int32 { return [][]int32{{0, v}, {-v, 0}} }
	for name, p := range map[string][][]int32{
		"none": nil, "a row too few": {{0, 1}}, "a short row": {{0, 1}, {0}}, "too much": square(9 * one),
	} {
		if goodPrecedence(p, 2) {
			t.Errorf("%s passes", name)
		}
	}
	if !goodPrecedence(square(one), 2) {
		t.Error("a good one is refused")
	}
}
