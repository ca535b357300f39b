package desk

import (
	"cmp"
	"slices"

	"kontor/cases/priority"
)

// Queue is the work in order at one moment. It does not change; a new one is
// made when the caseworker asks for it or nothing has been touched yet.
type Queue struct {
	items []*judged
	lanes []LaneCount
	names *names
	at    map[ItemRef]int // in place of names, where the order is somebody else's
	row   func(*judged) Row
}

// Len returns the number of items.
func (q *Queue) Len() int { return len(q.items) }

// Row returns item i, which must be in range.
func (q *Queue) Row(i int) Row { return q.row(q.items[i]) }

// Ref returns the name of item i.
func (q *Queue) Ref(i int) ItemRef { return q.items[i].ref }

// Lane returns the lane of item i.
func (q *Queue) Lane(i int) priority.Lane { return q.items[i].verdict.Lane }

// Find returns the index of an item, or -1.
func (q *Queue) Find(r ItemRef) int {
	if q.names == nil {
		if i, ok := q.at[r]; ok {
			return i
		}
		return -1
	}
	j := q.names.find(r)
	if j == nil {
		return -1
	}
	i, ok := slices.BinarySearchFunc(q.items, j, inOrder)
	if !ok {
		return -1
	}
	return i
}

// Fresh counts the items that base does not hold, and those of them in the lane
// of alerts.
func (q *Queue) Fresh(base *Queue) (fresh, alerts int) {
	old := base.items
	for i, j := range q.items {
		if q.names != nil {
			for len(old) > 0 && old[0] != j && inOrder(old[0], j) < 0 {
				old = old[1:]
			}
			if len(old) > 0 && old[0] == j { // most stand where they stood
				old = old[1:]
				continue
			}
		}
		if base.Find(q.Ref(i)) < 0 {
			fresh++
			if j.verdict.Lane == priority.LaneAlert {
				alerts++
			}
		}
	}
	return fresh, alerts
}

// Lanes returns the lanes that hold something, in order.
func (q *Queue) Lanes() []LaneCount { return q.lanes }

// NewQueue makes a queue of rows that are in order already; screens' tests and
// fakes use it.
func NewQueue(rows []Row) *Queue {
	q := &Queue{at: make(map[ItemRef]int, len(rows))}
	for i, r := range rows {
		q.items = append(q.items, &judged{ref: r.Item, verdict: priority.Verdict{Lane: r.Lane, Score: r.Score, Reasons: r.Reasons}})
		q.at[r.Item] = i
		q.count(r.Lane)
	}
	q.row = func(j *judged) Row { return rows[q.at[j.ref]] }
	return q
}

func (q *Queue) count(l priority.Lane) {
	if n := len(q.lanes); n > 0 && q.lanes[n-1].Lane == l {
		q.lanes[n-1].N++
		return
	}
	q.lanes = append(q.lanes, LaneCount{Lane: l, N: 1})
}

// countAll counts the lanes of items in order, without looking at each.
func (q *Queue) countAll() {
	for i := 0; i < len(q.items); {
		l := q.items[i].verdict.Lane
		n, _ := slices.BinarySearchFunc(q.items[i:], laneStart(l)+1<<48, func(j *judged, end uint64) int { return cmp.Compare(j.first, end) })
		q.lanes = append(q.lanes, LaneCount{Lane: l, N: n})
		i += n
	}
}
