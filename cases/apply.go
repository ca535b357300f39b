package cases

import (
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/plan"
)

type (
	claim = ledger.Claim
	entry = ledger.Entry
	rate  = plan.Rate
)

func dateDays(n int) calendar.Date { return calendar.Date(n) }

// Apply folds one event into the person.
func (p *Person) Apply(b Body) {
	p.Version++
	switch e := b.(type) {
	case PersonRecorded:
		contacts := p.Contacts
		p.PersonFacts = e.PersonFacts
		p.Contacts = slices.Clone(e.Contacts)
		for _, old := range contacts { // what was learned since stays
			if !slices.ContainsFunc(p.Contacts, func(c Contact) bool { return c.ID == old.ID }) {
				p.Contacts = append(p.Contacts, old)
			}
		}
		p.touch("person")
	case ContactAdded:
		if i := slices.IndexFunc(p.Contacts, func(c Contact) bool { return c.ID == e.Contact.ID }); i >= 0 {
			p.Contacts[i] = e.Contact
		} else {
			p.Contacts = append(p.Contacts, e.Contact)
		}
		if e.Contact.By == "" {
			p.touch("address")
		}
	case ContactProven:
		edit(p.Contacts, func(c *Contact) bool { return c.ID == e.Contact }, func(c *Contact) { c.Proof, c.Why = e.Proof, e.Why })
		p.touch("address")
	case ContactFailed:
		edit(p.Contacts, func(c *Contact) bool { return c.ID == e.Contact }, func(c *Contact) { c.Failing, c.Why, c.FailBy = true, e.Why, e.By })
		if e.By == "" {
			p.touch("address")
		}
	case PersonDied:
		p.Deceased, p.DeceasedBy, p.DeceasedOn = true, e.By, e.Date
		if e.By == "" {
			p.touch("deceased")
		}
	case PersonInsolvent:
		p.Insolvent, p.InsolventBy, p.InsolventOn = true, e.By, e.Date
		if e.By == "" {
			p.touch("insolvent")
		}
	case PersonDemanded:
		p.PrevDemand, p.LastDemand, p.LastDemandBy = p.LastDemand, e.Date, e.By
	case PersonUndone:
		p.undo(e.Reply)
	}
}

func (p *Person) touch(why string) {
	p.Touched++
	p.TouchedWhy = why
}

func (p *Person) undo(r ReplyID) {
	p.Contacts = slices.DeleteFunc(p.Contacts, func(c Contact) bool { return c.By == r })
	for i := range p.Contacts {
		if c := &p.Contacts[i]; c.FailBy == r {
			c.Failing, c.FailBy, c.Why = false, "", ""
		}
	}
	if p.DeceasedBy == r {
		p.Deceased, p.DeceasedBy, p.DeceasedOn = false, "", 0
	}
	if p.InsolventBy == r {
		p.Insolvent, p.InsolventBy, p.InsolventOn = false, "", 0
	}
	if p.LastDemandBy == r {
		p.LastDemand, p.LastDemandBy = p.PrevDemand, ""
	}
}

// Apply folds one event into the message.
func (m *Message) Apply(b Body) {
	m.Version++
	switch e := b.(type) {
	case MessageReceived:
		m.Received, m.Mail, m.Raw, m.TextBlob, m.RawSize = e.Received, e.Mail, e.Raw, e.TextBlob, e.RawSize
		m.State = MessageOpen
		m.place(e.Place, nil)
	case MessagePlaced:
		m.place(e.Place, e.Left)
	case MessageAlsoAs:
		m.AlsoAs = append(m.AlsoAs, e.Identity)
		m.place(e.Place, e.Left)
	case MessageGone:
		m.place(Place{}, []Place{e.Place})
	case MessageMatched:
		m.Match = e.Match
		m.MatchedByPerson = m.MatchedByPerson || e.Match.ByUser != ""
	case MessageClassified:
		m.Class = e.Class
		m.ClassifiedByPerson = m.ClassifiedByPerson || e.ByPerson
	case MessageTransmitted:
		m.Transmissions = append(m.Transmissions, e.Transmission)
	case MessageSettled:
		m.State, m.By, m.DoneReason = e.State, e.By, e.Reason
	case MessageReopened:
		m.State, m.By, m.DoneReason = MessageOpen, "", ""
	}
}

// place takes note of a place where the message lies, unless it is zero, and of
// places that it has left.
func (m *Message) place(at Place, left []Place) {
	m.Gone = append(m.Gone, left...)
	if at == (Place{}) {
		return
	}
	m.Gone = slices.DeleteFunc(m.Gone, func(p Place) bool { return p == at })
	if !slices.Contains(m.Places, at) {
		m.Places = append(m.Places, at)
	}
}

// Apply folds one event into the reply.
func (r *Reply) Apply(b Body) {
	r.Version++
	switch e := b.(type) {
	case ReplyWasApproved:
		r.Approval, r.State = e.Approval, ReplyApproved
		r.ApprovedBy, r.Device, r.ApprovedAt, r.UndoUntil = e.ApprovedBy, e.Device, e.At, e.UndoUntil
	case ReplyWasWithdrawn:
		r.State, r.SettledBy = ReplyWithdrawn, e.By
	case ReplyWentStale:
		r.State, r.Why = ReplyStale, e.Why
	case ReplyWasClaimed:
		r.State = ReplyClaimed
		r.Attempts = append(r.Attempts, Attempt{No: e.Attempt, Device: e.Device, At: e.At})
	case ReplyDot:
		r.State = ReplyDotSent
	case ReplyWasSent:
		r.State, r.SentAt, r.SettledBy, r.Why = ReplySent, e.At, e.Settled, ""
		r.last(func(a *Attempt) { a.Code, a.Response = e.Code, e.Response })
	case ReplyWasRefused:
		r.State, r.Why = ReplyRefused, "refused"
		r.last(func(a *Attempt) { a.Code, a.Response, a.Phase = e.Code, e.Response, e.Phase })
	case ReplyDeferred:
		r.State, r.NextTry = ReplyApproved, e.Next
		r.last(func(a *Attempt) { a.Code, a.Response, a.Phase = e.Code, e.Response, e.Phase })
	case ReplyBecameUnknown:
		r.State, r.Why = ReplyUnknown, e.Why
	case ReplyAgain:
		r.State, r.Why, r.UndoUntil, r.NextTry = ReplyApproved, "again", e.UndoUntil, e.UndoUntil
	case ReplyCopied:
		r.Copied = true
	case ReplyBounced:
		r.Bounced = true
	}
}

func (r *Reply) last(f func(*Attempt)) {
	if n := len(r.Attempts); n > 0 {
		f(&r.Attempts[n-1])
	}
}
