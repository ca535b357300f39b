package cases

import (
	"cmp"
	"reflect"
	"slices"

	"kontor/cases/deadline"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

// TakeBack corrects what one command recorded on a case by hand and nothing has
// changed since: what it added goes, what it ended or replaced is there again, a
// booking is reversed. The record keeps both, the entry and its correction.
type TakeBack struct {
	Case CaseID
	// Before and After are the case as it was when that command came, and after it.
	Before, After *Case
	Why           plain.Text // kept as a note
}

// Class and Streams of the command.
func (TakeBack) Class() CommandClass { return Request }

// Streams names the case.
func (c TakeBack) Streams() []Stream { return streams(c.Case) }

// CaseParts are parts of a case that a person records by hand.
type CaseParts struct {
	Parties      []Party           `json:"parties,omitempty"`
	Arrangements []Arrangement     `json:"arrangements,omitempty"`
	Holds        []Hold            `json:"holds,omitempty"`
	FollowUps    []FollowUp        `json:"follow_ups,omitempty"`
	Clocks       []Clock           `json:"clocks,omitempty"`
	Objections   []Objection       `json:"objections,omitempty"`
	Inquiries    []Inquiry         `json:"inquiries,omitempty"`
	Notes        []Note            `json:"notes,omitempty"`
	Complaints   []ComplaintEntry  `json:"complaints,omitempty"`
	Acks         []Acknowledgement `json:"acks,omitempty"`
}

// TypeCaseTakenBack is the number of the event type.
const TypeCaseTakenBack EventType = 56

// CaseTakenBack says what a correction took away, by id, and what stands again
// as it was.
type CaseTakenBack struct {
	Gone []string  `json:"gone,omitempty"`
	Back CaseParts `json:"back,omitzero"`
	// PersonEvents is how many decisions about a person's life are taken back, the
	// last ones.
	PersonEvents int    `json:"person_events,omitempty"`
	Owner        UserID `json:"owner,omitempty"` // who has the case again
	Handed       bool   `json:"handed,omitempty"`
	User         UserID `json:"user"`
}

// Type returns the number of the event type.
func (CaseTakenBack) Type() EventType { return TypeCaseTakenBack }

// Retention returns the class of the fact.
func (CaseTakenBack) Retention() Retention { return RetainRest }

// parts returns the lists of a case, shared with it.
func (c *Case) parts() CaseParts {
	return CaseParts{c.Parties, c.Arrangements, c.Holds, c.FollowUps, c.Clocks, c.Objections, c.Inquiries, c.Notes, c.Complaints, c.Acks}
}

// takeBack folds a correction. A note stays, struck out.
func (c *Case) takeBack(e CaseTakenBack) {
	c.Parties = restored(c.Parties, e.Back.Parties, e.Gone, func(p Party) string { return p.ID })
	c.Arrangements = restored(c.Arrangements, e.Back.Arrangements, e.Gone, func(a Arrangement) string { return a.ID })
	c.Holds = restored(c.Holds, e.Back.Holds, e.Gone, func(h Hold) string { return h.ID })
	c.FollowUps = restored(c.FollowUps, e.Back.FollowUps, e.Gone, func(f FollowUp) string { return f.ID })
	c.Clocks = restored(c.Clocks, e.Back.Clocks, e.Gone, func(k Clock) string { return k.ID })
	c.Objections = restored(c.Objections, e.Back.Objections, e.Gone, func(o Objection) string { return o.ID })
	c.Inquiries = restored(c.Inquiries, e.Back.Inquiries, e.Gone, func(q Inquiry) string { return q.ID })
	c.Complaints = restored(c.Complaints, e.Back.Complaints, e.Gone, func(x ComplaintEntry) string { return x.ID })
	c.Acks = restored(c.Acks, e.Back.Acks, e.Gone, func(a Acknowledgement) string { return a.ID })
	edit(c.Notes, func(n *Note) bool { return slices.Contains(e.Gone, n.ID) }, func(n *Note) { n.Gone = true })
	c.PersonEvents = c.PersonEvents[:max(len(c.PersonEvents)-e.PersonEvents, 0)]
	if e.Handed {
		c.Owner = e.Owner
	}
	c.touch("correction")
}

// restored returns a list without what is gone and with the old form of what
// changed.
func restored[T any](list, back []T, gone []string, id func(T) string) []T {
	out := make([]T, 0, len(list))
	for _, v := range list {
		if slices.Contains(gone, id(v)) {
			continue
		}
		if i := slices.IndexFunc(back, func(o T) bool { return id(o) == id(v) }); i >= 0 {
			v = back[i]
		}
		out = append(out, v)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// alike compares two lists; one that is empty is like none.
func alike[T any](a, b []T) bool {
	return slices.EqualFunc(a, b, func(x, y T) bool { return reflect.DeepEqual(x, y) })
}

// takenBack compares a list before and after a command: the ids that it added,
// the old form of what it changed. ok is false where the list is not any more as
// it left it.
func takenBack[T any](before, after, now []T, id func(T) string) (gone []string, back []T, ok bool) {
	find := func(list []T, v T) (T, bool) {
		i := slices.IndexFunc(list, func(o T) bool { return id(o) == id(v) })
		if i < 0 {
			var zero T
			return zero, false
		}
		return list[i], true
	}
	for _, v := range after {
		old, was := find(before, v)
		if was && reflect.DeepEqual(old, v) {
			continue
		}
		if cur, there := find(now, v); !there || !reflect.DeepEqual(cur, v) {
			return nil, nil, false
		}
		if was {
			back = append(back, old)
		} else {
			gone = append(gone, id(v))
		}
	}
	return gone, back, true
}

func decideTakeBack(s Scope, env Env, c TakeBack) ([]Event, error) {
	k, st := s.Cases[c.Case], c.Case.Stream()
	switch {
	case k == nil:
		return nil, refuse(NotFound, st, "")
	case c.Before == nil || c.After == nil || c.Before.ID != k.ID || c.After.ID != k.ID || c.After.Version > k.Version:
		return nil, refuse(Invalid, st, "correction")
	case c.Why.IsZero():
		return nil, refuse(Invalid, st, "reason")
	}
	e, ok := correction(c.Before, c.After, k)
	if !ok || c.After.Stage != k.Stage || c.After.RightParty != k.RightParty || c.After.Owner != k.Owner ||
		!alike(c.After.Titles, k.Titles) || !slices.Equal(c.After.PersonEvents, k.PersonEvents) {
		return nil, refuse(Stale, st, "correction")
	}
	e.User = s.Actor.User
	var out []Event
	if len(e.Gone) > 0 || e.PersonEvents > 0 || e.Handed || !reflect.DeepEqual(e.Back, CaseParts{}) {
		out = append(out, Event{st, e})
	}
	if c.Before.Stage != k.Stage {
		out = append(out, Event{st, StageSet{c.Before.Stage}})
	}
	if c.Before.RightParty != k.RightParty {
		out = append(out, Event{st, RightPartySet{State: cmp.Or(c.Before.RightParty, PartyUnknown)}})
	}
	for _, t := range k.Titles {
		i := slices.IndexFunc(c.Before.Titles, func(o deadline.Title) bool { return o.ID == t.ID })
		switch {
		case i < 0:
			out = append(out, Event{st, TitleRemoved{t.ID, "taken_back"}})
		case !reflect.DeepEqual(c.Before.Titles[i], t):
			out = append(out, Event{st, TitleRecorded{c.Before.Titles[i]}})
		}
	}
	for _, t := range c.Before.Titles {
		if !slices.ContainsFunc(k.Titles, func(o deadline.Title) bool { return o.ID == t.ID }) {
			out = append(out, Event{st, TitleRecorded{t}})
		}
	}
	for _, d := range c.After.Documents {
		if _, was := c.Before.Document(d.ID); !was && d.Removed == "" {
			if _, there := k.Document(d.ID); !there {
				return nil, refuse(Stale, st, "correction")
			}
			out = append(out, Event{st, DocumentRemoved{d.ID, "taken_back"}})
		} else if was && d.Removed != "" {
			d.Removed = ""
			d.ID = DeriveID(env.ID, "document", len(out))
			out = append(out, Event{st, DocumentAdded{d}})
		}
	}
	booked, err := reversals(k, env, c)
	if err != nil {
		return nil, err
	}
	if out = append(out, booked...); len(out) == 0 {
		return nil, nil
	}
	return append(out, Event{st, note(env, s.Actor, len(out), c.Why, "")}), nil
}

// correction compares the lists of the case.
func correction(before, after, now *Case) (e CaseTakenBack, ok bool) {
	b, a, n := before.parts(), after.parts(), now.parts()
	ok = true
	var gone []string
	step := func(g []string, same bool) { gone, ok = append(gone, g...), ok && same }
	var g []string
	var same bool
	g, e.Back.Parties, same = takenBack(b.Parties, a.Parties, n.Parties, func(p Party) string { return p.ID })
	step(g, same)
	g, e.Back.Arrangements, same = takenBack(b.Arrangements, a.Arrangements, n.Arrangements, func(x Arrangement) string { return x.ID })
	step(g, same)
	g, e.Back.Holds, same = takenBack(b.Holds, a.Holds, n.Holds, func(h Hold) string { return h.ID })
	step(g, same)
	g, e.Back.FollowUps, same = takenBack(b.FollowUps, a.FollowUps, n.FollowUps, func(f FollowUp) string { return f.ID })
	step(g, same)
	g, e.Back.Clocks, same = takenBack(b.Clocks, a.Clocks, n.Clocks, func(k Clock) string { return k.ID })
	step(g, same)
	g, e.Back.Objections, same = takenBack(b.Objections, a.Objections, n.Objections, func(o Objection) string { return o.ID })
	step(g, same)
	g, e.Back.Inquiries, same = takenBack(b.Inquiries, a.Inquiries, n.Inquiries, func(q Inquiry) string { return q.ID })
	step(g, same)
	g, e.Back.Complaints, same = takenBack(b.Complaints, a.Complaints, n.Complaints, func(x ComplaintEntry) string { return x.ID })
	step(g, same)
	g, e.Back.Acks, same = takenBack(b.Acks, a.Acks, n.Acks, func(x Acknowledgement) string { return x.ID })
	step(g, same)
	g, _, same = takenBack(b.Notes, a.Notes, n.Notes, func(x Note) string { return x.ID })
	step(g, same)
	e.Gone = gone
	e.PersonEvents = len(after.PersonEvents) - len(before.PersonEvents)
	if before.Owner != after.Owner {
		e.Owner, e.Handed = before.Owner, true
	}
	return e, ok
}

// reversals takes back what the command booked: a cost, a write-off, a waiver by
// a reversal of the same day; a reversal by booking anew what it reversed.
func reversals(k *Case, env Env, c TakeBack) ([]Event, error) {
	st := c.Case.Stream()
	gone := k.reversed()
	var out []Event
	for i := len(c.Before.Ledger.Entries); i < len(c.After.Ledger.Entries); i++ {
		e := c.After.Ledger.Entries[i]
		j := slices.IndexFunc(k.Ledger.Entries, func(o entry) bool { return o.ID == e.ID })
		if j < 0 || gone[e.ID] != 0 {
			return nil, refuse(Stale, st, "correction")
		}
		n := entry{ID: DeriveID(env.ID, "entry", i), Date: e.Date, Kind: ledger.Reversal, Cents: e.Cents, Reverses: e.ID, Text: "taken back"}
		if e.Kind == ledger.Reversal {
			o := slices.IndexFunc(k.Ledger.Entries, func(o entry) bool { return o.ID == e.Reverses })
			if o < 0 || k.Ledger.Entries[o].Kind == ledger.Payment || k.Ledger.Entries[o].Kind == ledger.PaymentToCreditor {
				return nil, refuse(WrongState, st, "payment")
			}
			n = k.Ledger.Entries[o]
			n.ID, n.Cents, n.Date = DeriveID(env.ID, "entry", i), e.Cents, e.Date
		}
		out = append(out, Event{st, LedgerBooked{Entry: n}})
	}
	return out, nil
}
