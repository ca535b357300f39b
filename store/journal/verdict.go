package journal

import (
	"encoding/binary"
	"encoding/hex"
	"strings"

	"kontor/cases"
)

// A verdict lies under a keyed hash of its command's id. Ids that tell their
// moment (UUIDv7) share the first bytes of the hash with those of the same
// quarter of a second, so that a batch of thousands writes a few neighbouring
// pages and not one page each. Which moment that was the key does not tell.
const (
	momentBytes = 4
	momentShift = 8 // milliseconds to slots of 256 ms
)

// verdictPlace is the bucket key of the verdict on a command.
func (j *Journal) verdictPlace(id cases.CommandID) handle {
	h := j.place(Commands, []byte(id))
	if slot, ok := moment(string(id)); ok {
		near := j.place(Commands, []byte("moment"), binary.BigEndian.AppendUint64(nil, slot))
		copy(h[:momentBytes], near[:])
	}
	return h
}

// moment returns the slot of time in which a UUIDv7 was drawn.
func moment(id string) (slot uint64, ok bool) {
	if len(id) != 36 || id[8] != '-' || id[13] != '-' || id[14] != '7' {
		return 0, false
	}
	b, err := hex.DecodeString(strings.Replace(id[:13], "-", "", 1))
	if err != nil {
		return 0, false
	}
	for _, c := range b {
		slot = slot<<8 | uint64(c)
	}
	return slot >> momentShift, true
}

// scatteredKey marks a store that holds verdicts of schema 1, where no two lay
// together.
var scatteredKey = []byte("scattered")

// MarkScattered says that verdicts may also lie where schema 1 put them.
func MarkScattered(tx Tx) error { return tx.Put(Meta, scatteredKey, []byte{1}) }

// sealedVerdict returns the bytes of the verdict on a command with their place,
// nil where there is none.
func (j *Journal) sealedVerdict(tx Tx, id cases.CommandID, place handle) ([]byte, handle, error) {
	b, err := tx.Get(Commands, place[:])
	if err != nil || b != nil || !j.scattered {
		return b, place, err
	}
	place = j.place(Commands, []byte(id))
	b, err = tx.Get(Commands, place[:])
	return b, place, err
}
