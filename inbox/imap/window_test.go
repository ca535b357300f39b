package imap

import (
	"slices"
	"testing"

	"github.com/emersion/go-imap/v2"
	"pgregory.net/rapid"
)

// UIDs near both ends of their range, where sums overflow.
func anyUID() *rapid.Generator[uint32] {
	return rapid.OneOf(rapid.Uint32Range(1, 60), rapid.Uint32Range(1<<32-40, 1<<32-1))
}

func TestDiffer(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		there := rapid.SliceOfDistinct(anyUID(), rapid.ID[uint32]).Draw(rt, "there")
		known := rapid.SliceOfDistinct(anyUID(), rapid.ID[uint32]).Draw(rt, "known")
		slices.Sort(known)
		var set imap.UIDSet
		for _, uid := range there {
			set.AddNum(imap.UID(uid))
		}
		gone, missed := differ(above(set, 0), known)
		var wantGone, wantMissed []uint32
		for _, uid := range known {
			if !slices.Contains(there, uid) {
				wantGone = append(wantGone, uid)
			}
		}
		for _, uid := range there {
			if !slices.Contains(known, uid) {
				wantMissed = append(wantMissed, uid)
			}
		}
		slices.Sort(wantMissed)
		if !slices.Equal(gone, wantGone) || !slices.Equal(missed, wantMissed) {
			rt.Fatalf("gone %v, missed %v; want %v and %v", gone, missed, wantGone, wantMissed)
		}
	})
}

func TestDifferIsBounded(t *testing.T) {
	all := uids{ranges: []imap.UIDRange{{Start: 1, Stop: 1<<32 - 1}}}
	gone, missed := differ(all, []uint32{5, 1<<32 - 1})
	if len(gone) != 0 || len(missed) != maxMissed || missed[4] != 6 {
		t.Errorf("%d gone, %d missed", len(gone), len(missed))
	}
}

func TestCount(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := rapid.SliceOfDistinct(anyUID(), rapid.ID[uint32]).Draw(rt, "uids")
		limit := rapid.OneOf(rapid.Just(uint32(0)), anyUID()).Draw(rt, "limit")
		var set imap.UIDSet
		want := 0
		for _, uid := range list {
			set.AddNum(imap.UID(uid))
			if limit == 0 || uid < limit {
				want++
			}
		}
		u := above(set, 0)
		if got := u.count(limit); got != uint32(want) {
			rt.Fatalf("%d below %d, want %d", got, limit, want)
		}
	})
}
