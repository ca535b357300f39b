package desk

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A multi is a map of lists without doubles.
func TestMultiIsAMapOfLists(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m, model := newMulti[int, int](0), map[int][]int{}
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			k, v := rapid.IntRange(0, 3).Draw(t, "key"), rapid.IntRange(0, 5).Draw(t, "value")
			if rapid.Bool().Draw(t, "put") {
				m.put(k, v)
				model[k] = with(model[k], v)
			} else {
				m.drop(k, v)
				model[k] = without(model[k], v)
			}
			for k := range 4 {
				limit := rapid.IntRange(1, 6).Draw(t, "limit")
				if got, want := m.get(k, limit), head(model[k], limit); !slices.Equal(got, want) || m.has(k) != (len(want) > 0) {
					t.Fatalf("key %d: got %v, want %v", k, got, want)
				}
			}
			if len(m.more) > len(m.first) {
				t.Fatal("lists are left behind")
			}
		}
	})
}
