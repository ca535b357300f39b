package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/priority"
)

// judged is one item with its place. It does not change.
type judged struct {
	ref     ItemRef
	of      cases.CaseID
	due     calendar.Date
	verdict priority.Verdict // reasons strongest first

	// The place, as priority.Less has it: lane and score in one number, then
	// arrival; the item's name breaks ties.
	first  uint64
	minute int64
}

// scoreRoom is above every score; what is left of it falls as a score grows.
const scoreRoom = 1 << 40

func newJudged(ref ItemRef, of cases.CaseID, in priority.Input, w priority.Weights) *judged {
	v := priority.Judge(in, w)
	slices.SortStableFunc(v.Reasons, func(a, b priority.Reason) int { return cmp.Compare(b.Points, a.Points) })
	return &judged{
		ref: ref, of: of, due: in.Due, verdict: v, minute: in.Minute,
		first: laneStart(v.Lane) + uint64(scoreRoom-min(max(v.Score, -scoreRoom), scoreRoom)),
	}
}

// laneStart is below every place in a lane and above those of the lanes before.
func laneStart(l priority.Lane) uint64 { return uint64(l.Rank()) << 48 }

func inOrder(a, b *judged) int {
	if c := cmp.Compare(a.first, b.first); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.minute, b.minute), cmp.Compare(a.ref.ID, b.ref.ID), cmp.Compare(a.ref.Kind, b.ref.Kind))
}

// ranking is today's whole order, kept up to date by what changed: a change
// moves an item, it does not judge and sort a hundred thousand anew.
type ranking struct {
	mu      sync.Mutex
	day     calendar.Date // of what follows; 0: nothing yet
	covered calendar.Date
	items   []*judged // in order; replaced, never written
	names   *names
	byCase  map[cases.CaseID][]*judged // mails, replies and payments: their place hangs on the case's
}

// names finds items by a hash of their ids. A changed copy shares the pages that
// did not change.
type names [namePages]*namePage

type namePage [namesOfPage][]*judged

const (
	namePages   = 128
	namesOfPage = 128
)

// slot is where an id's item is: page and place in it.
func slot(id string) (page, at uint32) {
	h := uint32(2166136261) // FNV-1a
	for i := range len(id) {
		h = (h ^ uint32(id[i])) * 16777619
	}
	return h % namePages, h / namePages % namesOfPage
}

func (n *names) find(r ItemRef) *judged {
	page, at := slot(r.ID)
	for _, j := range n[page][at] {
		if j.ref == r {
			return j
		}
	}
	return nil
}

func nameAll(items []*judged) *names {
	n := new(names)
	places := make([]uint16, len(items))
	var counts [namePages * namesOfPage]int32
	for i, j := range items {
		page, at := slot(j.ref.ID)
		places[i] = uint16(page*namesOfPage + at) // below 128 * 128
		counts[places[i]]++
	}
	room := make([]*judged, len(items))
	for p := range n {
		n[p] = new(namePage)
		for at := range n[p] {
			c := counts[p*namesOfPage+at]
			n[p][at], room = room[:0:c], room[c:]
		}
	}
	for i, j := range items {
		to := &n[places[i]/namesOfPage][places[i]%namesOfPage]
		*to = append(*to, j)
	}
	return n
}

// changed returns the names after a change; whoever has the old ones keeps them.
func (n *names) changed(gone, fresh []*judged) *names {
	out := *n
	list := func(id string) *[]*judged {
		page, at := slot(id)
		if out[page] == n[page] {
			p := *n[page]
			out[page] = &p
		}
		return &out[page][at]
	}
	for _, j := range gone {
		l := list(j.ref.ID)
		*l = without(*l, j)
	}
	for _, j := range fresh {
		l := list(j.ref.ID)
		*l = append(slices.Clip(*l), j)
	}
	return &out
}

// ranked returns the order of a day, and where its items are.
func (d *Desk) ranked(ctx context.Context, at calendar.Date) ([]*judged, *names, error) {
	if at != d.Today() {
		x := d.ix
		x.mu.RLock()
		items := d.judgeAll(at, x.pay.covered(d.o.Agency.IBAN))
		x.mu.RUnlock()
		return items, nameAll(items), ctx.Err()
	}
	r, x := &d.order, d.ix
	r.mu.Lock()
	defer r.mu.Unlock()
	dirty := x.takeDirty()
	x.mu.RLock()
	defer x.mu.RUnlock()
	covered := x.pay.covered(d.o.Agency.IBAN)
	if r.day != at || r.covered != covered || len(dirty) >= min(len(r.items)/4+1, mostDirty) {
		r.day, r.covered = at, covered
		r.items = d.judgeAll(at, covered)
		r.names = nameAll(r.items)
		r.byCase = map[cases.CaseID][]*judged{}
		for _, j := range r.items {
			r.hang(j)
		}
	} else if len(dirty) > 0 {
		r.update(d, dirty)
	}
	return r.items, r.names, ctx.Err()
}

// hang notes an item that is not a case's own.
func (r *ranking) hang(j *judged) {
	if j.of != "" && string(j.of) != j.ref.ID {
		r.byCase[j.of] = append(r.byCase[j.of], j)
	}
}

// takeDirty returns the streams that changed since it was called last.
func (x *index) takeDirty() map[cases.Stream]bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	out := x.dirty
	x.dirty = map[cases.Stream]bool{}
	return out
}

// judgeAll judges everything and sorts it, on two cores. The caller holds the
// index's lock.
func (d *Desk) judgeAll(at, covered calendar.Date) []*judged {
	x := d.ix
	messages := slices.Collect(maps.Values(x.messages))
	replies := slices.Collect(maps.Values(x.replies))
	all := slices.Collect(maps.Values(x.cases))
	open := slices.Collect(maps.Keys(x.pay.open))
	half := func(k int) []*judged { // every other one: the halves cost the same
		g := judge{d: d, at: at, covered: covered, out: make([]*judged, 0, (len(messages)+len(replies)+len(open)+len(all))/2)}
		for i := k; i < len(messages); i += 2 {
			g.message(messages[i])
		}
		for i := k; i < len(replies); i += 2 {
			g.reply(replies[i])
		}
		for i := k; i < len(open); i += 2 {
			g.entry(open[i])
		}
		for i := k; i < len(all); i += 2 {
			g.caseItems(all[i])
		}
		slices.SortFunc(g.out, inOrder)
		return g.out
	}
	var a []*judged
	var wg sync.WaitGroup
	wg.Go(func() { a = half(0) })
	b := half(1)
	wg.Wait()
	return merge(a, b)
}

// merge joins two lists that are in order.
func merge(a, b []*judged) []*judged {
	out := make([]*judged, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if inOrder(a[0], b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// judge makes items of a day. The caller holds the index's lock.
type judge struct {
	d           *Desk
	at, covered calendar.Date
	out         []*judged
}

func (g *judge) add(ref ItemRef, of cases.CaseID, in priority.Input) {
	in.Kind, in.ID, in.Today = ref.Kind, ref.ID, g.at
	g.out = append(g.out, newJudged(ref, of, in, g.d.o.Weights))
}

func (g *judge) message(m *cases.MessageSummary) {
	if m != nil && m.State == cases.MessageOpen {
		g.add(ItemRef{priority.ItemMessage, string(m.ID)}, m.Case, g.d.ix.messageInput(m, g.at, g.d))
	}
}

func (g *judge) reply(r *cases.ReplySummary) {
	if r == nil {
		return
	}
	if in, ok := g.d.ix.replyInput(r, g.at, g.d); ok {
		g.add(ItemRef{priority.ItemReply, string(r.ID)}, r.Case, in)
	}
}

func (g *judge) entry(id cases.EntryID) {
	if e := g.d.ix.pay.entries[id]; e != nil && g.d.ix.pay.open[id] && toMatch(e) {
		g.add(ItemRef{priority.ItemPayment, string(id)}, e.Case, g.d.ix.paymentInput(e, g.at))
	}
}

func (g *judge) caseItems(c *cases.CaseSummary) {
	if c != nil {
		g.d.ix.caseItems(c, g.at, g.covered, g.d.o.Rules, func(ref ItemRef, in priority.Input) { g.add(ref, c.ID, in) })
	}
}

// stream judges what a stream makes.
func (g *judge) stream(s cases.Stream) {
	x := g.d.ix
	switch s.Kind {
	case cases.MessageStream:
		g.message(x.messages[cases.MessageID(s.ID)])
	case cases.ReplyStream:
		g.reply(x.replies[cases.ReplyID(s.ID)])
	case cases.EntryStream:
		g.entry(cases.EntryID(s.ID))
	case cases.CaseStream:
		g.caseItems(x.cases[cases.CaseID(s.ID)])
	case cases.PersonStream, cases.AccountStream, cases.TeamStream:
	}
}

// streamOf is the stream that makes an item.
func streamOf(r ItemRef) cases.Stream {
	switch r.Kind { //nolint:exhaustive // the others are a case's
	case priority.ItemMessage:
		return cases.MessageID(r.ID).Stream()
	case priority.ItemReply:
		return cases.ReplyID(r.ID).Stream()
	case priority.ItemPayment:
		return cases.EntryID(r.ID).Stream()
	}
	return cases.CaseID(r.ID).Stream()
}

// caseKinds are the items that a case makes by itself.
var caseKinds = [...]priority.ItemKind{priority.ItemClock, priority.ItemFollowUp, priority.ItemPlan, priority.ItemDeadline}

// update judges anew what hangs on the changed streams. The caller holds both
// locks.
func (r *ranking) update(d *Desk, dirty map[cases.Stream]bool) {
	all := maps.Clone(dirty)
	for s := range dirty { // a death weighs on all cases of the person
		if s.Kind == cases.PersonStream {
			for _, c := range d.ix.byDebtor.get(cases.PersonID(s.ID), everyCase) {
				all[c.Stream()] = true
			}
		}
	}
	for s := range dirty {
		if s.Kind == cases.CaseStream { // its balance and flags weigh in its mails
			for _, j := range r.byCase[cases.CaseID(s.ID)] {
				all[streamOf(j.ref)] = true
			}
		}
	}
	var gone []*judged
	g := judge{d: d, at: r.day, covered: r.covered}
	for s := range all {
		for _, ref := range refsOf(s) {
			if j := r.names.find(ref); j != nil {
				gone = append(gone, j)
			}
		}
		g.stream(s)
	}
	fresh := g.out
	slices.SortFunc(gone, inOrder)
	slices.SortFunc(fresh, inOrder)
	r.items = replace(r.items, gone, fresh)
	r.names = r.names.changed(gone, fresh)
	for _, j := range gone {
		if list := without(r.byCase[j.of], j); len(list) > 0 {
			r.byCase[j.of] = list
		} else {
			delete(r.byCase, j.of)
		}
	}
	for _, j := range fresh {
		r.hang(j)
	}
}

// refsOf names the items that a stream may make.
func refsOf(s cases.Stream) []ItemRef {
	switch s.Kind {
	case cases.MessageStream:
		return []ItemRef{{priority.ItemMessage, s.ID}}
	case cases.ReplyStream:
		return []ItemRef{{priority.ItemReply, s.ID}}
	case cases.EntryStream:
		return []ItemRef{{priority.ItemPayment, s.ID}}
	case cases.CaseStream:
		out := make([]ItemRef, 0, len(caseKinds))
		for _, k := range caseKinds {
			out = append(out, ItemRef{k, s.ID})
		}
		return out
	case cases.PersonStream, cases.AccountStream, cases.TeamStream:
	}
	return nil
}

// replace returns items without gone and with fresh; all three are in order.
// What lies between is copied as a whole.
func replace(items, gone, fresh []*judged) []*judged {
	out := make([]*judged, 0, len(items)-len(gone)+len(fresh))
	at := 0
	for len(gone) > 0 || len(fresh) > 0 {
		take := len(fresh) > 0 && (len(gone) == 0 || inOrder(fresh[0], gone[0]) < 0)
		var key *judged
		if take {
			key = fresh[0]
		} else {
			key = gone[0]
		}
		n, _ := slices.BinarySearchFunc(items[at:], key, inOrder)
		out = append(out, items[at:at+n]...)
		at += n
		if take {
			out, fresh = append(out, key), fresh[1:]
		} else {
			at, gone = at+1, gone[1:]
		}
	}
	return append(out, items[at:]...)
}
