package imap

import (
	"github.com/emersion/go-imap/v2"
)

// uids walks over a set of UIDs in ascending order without spelling it out: a
// folder of 100,000 mails is mostly a handful of ranges.
type uids struct{ ranges []imap.UIDRange }

// above returns the UIDs of set that are greater than last. A search for
// "last+1:*" also finds the folder's last mail where none is newer.
func above(set imap.UIDSet, last uint32) uids {
	var u uids
	for _, r := range set {
		if uint32(r.Stop) <= last {
			continue
		}
		r.Start = max(r.Start, imap.UID(last)+1)
		u.ranges = append(u.ranges, r)
	}
	return u
}

func (u *uids) empty() bool { return len(u.ranges) == 0 }

// take removes the first n UIDs and returns them as a set with its last UID.
func (u *uids) take(n int) (set imap.UIDSet, count int, last uint32) {
	for count < n && !u.empty() {
		r := &u.ranges[0]
		stop := r.Stop
		// In 64 bits: a range may end at the largest UID.
		if room := uint64(r.Start) + uint64(n-count) - 1; room < uint64(stop) {
			stop = imap.UID(room)
		}
		set = append(set, imap.UIDRange{Start: r.Start, Stop: stop})
		count += int(stop - r.Start + 1)
		last = uint32(stop)
		if stop == r.Stop {
			u.ranges = u.ranges[1:]
		} else {
			r.Start = stop + 1
		}
	}
	return set, count, last
}

// adapt returns how many mails the next fetch should ask for, so that its
// answer is about batchBytes: doubled at most, since the last mails say little
// about the next ones.
func adapt(n int, bytes int64, mails int) int {
	if mails == 0 {
		return n
	}
	fit := int(batchBytes * int64(mails) / max(bytes, 1))
	return max(1, min(fit, 2*n, batchMails))
}

// first returns the smallest UID; the set must not be empty.
func (u *uids) first() uint32 { return uint32(u.ranges[0].Start) }

// last returns the greatest UID, 0 where there is none.
func (u *uids) last() uint32 {
	if u.empty() {
		return 0
	}
	return uint32(u.ranges[len(u.ranges)-1].Stop)
}

// putBack puts UIDs before all others.
func (u *uids) putBack(set imap.UIDSet) {
	u.ranges = append([]imap.UIDRange(set), u.ranges...)
}

// without returns the UIDs of set that are not in got.
func without(set, got imap.UIDSet) imap.UIDSet {
	var rest imap.UIDSet
	for _, r := range set {
		for uid := uint64(r.Start); uid <= uint64(r.Stop); uid++ {
			if !got.Contains(imap.UID(uid)) {
				rest.AddNum(imap.UID(uid))
			}
		}
	}
	return rest
}

// count returns how many UIDs are left, with limit > 0 of those below limit.
func (u *uids) count(limit uint32) uint32 {
	n := uint32(0)
	for _, r := range u.ranges {
		if limit > 0 && uint32(r.Start) >= limit {
			break
		}
		stop := uint32(r.Stop)
		if limit > 0 {
			stop = min(stop, limit-1)
		}
		n += stop - uint32(r.Start) + 1
	}
	return n
}

// maxMissed bounds how many UIDs one comparison reports as missed.
const maxMissed = 10_000

// differ goes over what is there and what is known, both ascending, and returns
// the known UIDs that are not there and those there that are not known.
func differ(there uids, known []uint32) (gone, missed []uint32) {
	miss := func(from, to uint64) { // both included; 64 bits, as a range may end at the largest UID
		for uid := from; uid <= to && len(missed) < maxMissed; uid++ {
			missed = append(missed, uint32(uid))
		}
	}
	i := 0
	for _, r := range there.ranges {
		for ; i < len(known) && known[i] < uint32(r.Start); i++ {
			gone = append(gone, known[i])
		}
		next := uint64(r.Start)
		for ; i < len(known) && known[i] <= uint32(r.Stop); i++ {
			miss(next, uint64(known[i])-1)
			next = uint64(known[i]) + 1
		}
		miss(next, uint64(r.Stop))
	}
	return append(gone, known[i:]...), missed
}
