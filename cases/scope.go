package cases

import (
	"maps"
	"slices"
)

// Scope holds the aggregates that a command names, and who issued it. An
// aggregate that does not exist is absent. Decide reads a Scope and never
// changes it.
type Scope struct {
	Actor    Actor
	Persons  map[PersonID]*Person
	Cases    map[CaseID]*Case
	Messages map[MessageID]*Message
	Replies  map[ReplyID]*Reply
	Accounts map[AccountID]*Account
	Entries  map[EntryID]*BankEntry
}

// NewScope returns an empty scope for an actor.
func NewScope(a Actor) Scope {
	return Scope{
		Actor:    a,
		Persons:  map[PersonID]*Person{},
		Cases:    map[CaseID]*Case{},
		Messages: map[MessageID]*Message{},
		Replies:  map[ReplyID]*Reply{},
		Accounts: map[AccountID]*Account{},
		Entries:  map[EntryID]*BankEntry{},
	}
}

// State returns the aggregate of a stream, or nil.
func (s Scope) State(st Stream) State {
	switch st.Kind {
	case PersonStream:
		if v, ok := s.Persons[PersonID(st.ID)]; ok {
			return v
		}
	case CaseStream:
		if v, ok := s.Cases[CaseID(st.ID)]; ok {
			return v
		}
	case MessageStream:
		if v, ok := s.Messages[MessageID(st.ID)]; ok {
			return v
		}
	case ReplyStream:
		if v, ok := s.Replies[ReplyID(st.ID)]; ok {
			return v
		}
	case AccountStream:
		if v, ok := s.Accounts[AccountID(st.ID)]; ok {
			return v
		}
	case EntryStream:
		if v, ok := s.Entries[EntryID(st.ID)]; ok {
			return v
		}
	case TeamStream:
	}
	return nil
}

// Put places an aggregate into the scope.
func (s Scope) Put(st State) {
	switch v := st.(type) {
	case *Person:
		s.Persons[v.ID] = v
	case *Case:
		s.Cases[v.ID] = v
	case *Message:
		s.Messages[v.ID] = v
	case *Reply:
		s.Replies[v.ID] = v
	case *Account:
		s.Accounts[v.ID] = v
	case *BankEntry:
		s.Entries[v.ID] = v
	}
}

// State is an aggregate: a fold over the facts of one stream.
type State interface {
	// Of returns the stream.
	Of() Stream
	// At returns the version: the number of facts folded.
	At() uint64
	// Apply folds one more event. It reads nothing but the event; an event of
	// another stream kind changes nothing but the version.
	Apply(Body)
	// Copy returns a deep copy.
	Copy() State
}

// New returns the empty aggregate of a stream, or nil for kinds without one.
func New(st Stream) State {
	switch st.Kind {
	case PersonStream:
		return &Person{ID: PersonID(st.ID)}
	case CaseStream:
		return &Case{ID: CaseID(st.ID)}
	case MessageStream:
		return &Message{ID: MessageID(st.ID), State: MessageOpen}
	case ReplyStream:
		return &Reply{ID: ReplyID(st.ID)}
	case AccountStream:
		return &Account{ID: AccountID(st.ID)}
	case EntryStream:
		return &BankEntry{ID: EntryID(st.ID)}
	case TeamStream:
	}
	return nil
}

// Of returns the stream of the person.
func (p *Person) Of() Stream { return p.ID.Stream() }

// Of returns the stream of the case.
func (c *Case) Of() Stream { return c.ID.Stream() }

// Of returns the stream of the message.
func (m *Message) Of() Stream { return m.ID.Stream() }

// Of returns the stream of the reply.
func (r *Reply) Of() Stream { return r.ID.Stream() }

// At returns the version.
func (p *Person) At() uint64 { return p.Version }

// At returns the version.
func (c *Case) At() uint64 { return c.Version }

// At returns the version.
func (m *Message) At() uint64 { return m.Version }

// At returns the version.
func (r *Reply) At() uint64 { return r.Version }

// Copy returns a deep copy.
func (p *Person) Copy() State {
	q := *p
	q.Contacts = slices.Clone(p.Contacts)
	q.IBANs = slices.Clone(p.IBANs)
	return &q
}

// Copy returns a copy that shares only what Apply never changes in place: the
// rates of arrangements and the content of events.
func (c *Case) Copy() State {
	d := *c
	d.Parties = slices.Clone(c.Parties)
	d.Ledger.Claims = slices.Clone(c.Ledger.Claims)
	d.Ledger.Entries = slices.Clone(c.Ledger.Entries)
	d.Arrangements = slices.Clone(c.Arrangements)
	d.Holds = slices.Clone(c.Holds)
	d.FollowUps = slices.Clone(c.FollowUps)
	d.Clocks = slices.Clone(c.Clocks)
	d.Objections = slices.Clone(c.Objections)
	d.Inquiries = slices.Clone(c.Inquiries)
	d.Notes = slices.Clone(c.Notes)
	d.Messages = slices.Clone(c.Messages)
	d.Replies = slices.Clone(c.Replies)
	d.AckProposed = slices.Clone(c.AckProposed)
	d.Titles = slices.Clone(c.Titles)
	d.Documents = slices.Clone(c.Documents)
	d.Complaints = slices.Clone(c.Complaints)
	d.Acks = slices.Clone(c.Acks)
	d.PersonEvents = slices.Clone(c.PersonEvents)
	return &d
}

// Copy returns a copy that shares only the mail, which is never changed.
func (m *Message) Copy() State {
	n := *m
	n.Places = slices.Clone(m.Places)
	n.Gone = slices.Clone(m.Gone)
	n.AlsoAs = slices.Clone(m.AlsoAs)
	n.Transmissions = slices.Clone(m.Transmissions)
	return &n
}

// Copy returns a copy that shares only the approval, which is never changed.
func (r *Reply) Copy() State {
	q := *r
	q.Attempts = slices.Clone(r.Attempts)
	return &q
}

// Fold applies events to copies of the scope's aggregates and returns a new
// scope; new streams are created. The given scope stays as it is.
func (s Scope) Fold(events []Event) Scope {
	out := Scope{
		Actor: s.Actor, Persons: maps.Clone(s.Persons), Cases: maps.Clone(s.Cases),
		Messages: maps.Clone(s.Messages), Replies: maps.Clone(s.Replies),
		Accounts: maps.Clone(s.Accounts), Entries: maps.Clone(s.Entries),
	}
	fresh := map[Stream]State{}
	for _, e := range events {
		st, ok := fresh[e.Stream]
		if !ok {
			if old := out.State(e.Stream); old != nil {
				st = old.Copy()
			} else {
				st = New(e.Stream)
			}
			if st == nil {
				continue
			}
			fresh[e.Stream] = st
			out.Put(st)
		}
		st.Apply(e.Body)
	}
	return out
}
