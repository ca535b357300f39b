package cases

import "slices"

// Apply folds one event into the case.
func (c *Case) Apply(b Body) {
	c.Version++
	switch e := b.(type) {
	case CaseOpened:
		c.Reference, c.Portfolio, c.Subject = e.Reference, e.Portfolio, e.Subject
		c.Opened, c.Stage, c.Land = e.Opened, e.Stage, e.Land
	case ClaimRecorded:
		c.touch("claim")
		if i := slices.IndexFunc(c.Ledger.Claims, func(x claim) bool { return x.ID == e.Claim.ID }); i >= 0 {
			c.Ledger.Claims[i] = e.Claim
		} else {
			c.Ledger.Claims = append(c.Ledger.Claims, e.Claim)
		}
	case LedgerBooked:
		c.Ledger.Entries = append(c.Ledger.Entries, e.Entry)
		if e.By == "" {
			c.touch("payment")
		}
	case PartyAdded:
		c.Parties = append(c.Parties, e.Party)
		if e.Party.By == "" {
			c.touch("party")
		}
	case PartyEnded:
		edit(c.Parties, func(p *Party) bool { return p.ID == e.Party }, func(p *Party) { p.Until = e.Until })
		c.touch("party")
	case StageSet:
		c.Stage = e.Stage
		c.touch("stage")
	case HoldPlaced:
		c.Holds = append(c.Holds, e.Hold)
		if e.Hold.By == "" {
			c.touch("hold")
		}
	case HoldLifted:
		edit(c.Holds, func(h *Hold) bool { return h.ID == e.Hold }, func(h *Hold) { h.Lifted, h.GoneBy, h.LiftedBy = true, e.By, e.User })
	case FollowUpSet:
		c.FollowUps = append(c.FollowUps, e.FollowUp)
	case FollowUpDone:
		edit(c.FollowUps, func(f *FollowUp) bool { return f.ID == e.FollowUp }, func(f *FollowUp) { f.Done, f.GoneBy = true, e.By })
	case ArrangementMade:
		a := e.Arrangement
		a.Base = a.State
		a.enter(a.State, a.Why)
		c.Arrangements = append(c.Arrangements, a)
		if e.Arrangement.By == "" {
			c.touch("arrangement")
		}
	case ArrangementMoved:
		edit(c.Arrangements, func(a *Arrangement) bool { return a.ID == e.Arrangement }, func(a *Arrangement) {
			if e.By != "" {
				a.EndedBy, a.BeforeBy, a.BaseBefore = e.By, a.State, a.Base
			}
			if !passing(e.Why) {
				a.Base = e.State
			}
			a.enter(e.State, e.Why)
		})
		if e.By == "" && !passing(e.Why) {
			c.touch("arrangement")
		}
	case ClockStarted:
		c.Clocks = append(c.Clocks, e.Clock)
	case ClockStopped:
		edit(c.Clocks, func(k *Clock) bool { return k.ID == e.Clock }, func(k *Clock) { k.Stopped, k.GoneBy = true, e.By })
	case ObjectionRecorded:
		c.Objections = append(c.Objections, e.Objection)
	case ObjectionSettled:
		edit(c.Objections, func(o *Objection) bool { return o.ID == e.Objection }, func(o *Objection) { o.Settled, o.GoneBy = true, e.By })
	case InquiryMade:
		c.Inquiries = append(c.Inquiries, e.Inquiry)
	case NoteAdded:
		c.Notes = append(c.Notes, e.Note)
	case RightPartySet:
		c.PrevParty, c.RightParty, c.RightPartyBy = c.RightParty, e.State, e.By
	case AcknowledgementProposed:
		c.AckProposed = append(c.AckProposed, e.Proposal)
	case CaseHandedOver:
		c.Owner = e.To
	default:
		c.applyLinks(b)
	}
}

// applyLinks folds what happens to the case's messages and replies.
func (c *Case) applyLinks(b Body) {
	switch e := b.(type) {
	case CaseMessageAdded:
		c.Messages = append(c.Messages, MessageLink{Message: e.Message, At: e.At, Open: e.Open})
		c.Vulnerable = c.Vulnerable || e.Vulnerable
		if e.Open {
			c.touch("message")
		}
	case CaseMessageRemoved:
		c.Messages = slices.DeleteFunc(c.Messages, func(l MessageLink) bool { return l.Message == e.Message })
	case CaseMessageSettled:
		edit(c.Messages, func(l *MessageLink) bool { return l.Message == e.Message }, func(l *MessageLink) { l.Open, l.By = e.Open, e.By })
	case CaseVulnerable:
		c.Vulnerable = e.On
	case CaseReplyApproved:
		c.Replies = append(c.Replies, e.Link)
	case CaseReplyMoved:
		c.replyMoved(e)
	case CaseUndone:
		c.undo(e.Reply)
		edit(c.Replies, func(l *ReplyLink) bool { return l.Reply == e.Reply }, func(l *ReplyLink) {
			l.State = ReplyWithdrawn
			if e.Why != "withdrawn" {
				l.State = ReplyStale
			}
		})
	default:
		c.applyRegisters(b)
	}
}

// replyMoved lets what rests on the debtor knowing begin or lapse.
func (c *Case) replyMoved(e CaseReplyMoved) {
	edit(c.Replies, func(l *ReplyLink) bool { return l.Reply == e.Reply }, func(l *ReplyLink) {
		l.State = e.State
		if e.State == ReplySent && l.CostNotice {
			c.CostNotice = e.Day
		}
	})
	for i := range c.Arrangements {
		a := &c.Arrangements[i]
		if a.By != e.Reply || a.OnSent == "" {
			continue
		}
		switch {
		case e.State == ReplySent && (a.State == ArrPending || a.State == ArrLapsed):
			a.Since, a.Base = e.Day, a.OnSent
			a.enter(a.OnSent, "")
			if a.Days > 0 {
				a.Expires = e.Day + dateDays(a.Days)
			}
			c.replaced(i)
		case e.State == ReplyRefused && a.State == ArrPending:
			a.enter(ArrLapsed, "refused")
		}
	}
}

// replaced ends what the arrangement at i, now known to the debtor, takes the
// place of: open offers of its kind always, what binds only once it binds.
func (c *Case) replaced(i int) {
	n := c.Arrangements[i]
	for k := range c.Arrangements {
		a := &c.Arrangements[k]
		if k == i || a.Kind != n.Kind || a.State == ArrPending || !a.State.Live() || a.State.Binds() && !n.State.Binds() {
			continue
		}
		a.Base = ArrAmended
		a.enter(ArrAmended, byNext)
	}
}

// undo takes back what an approval added and brings back what it ended.
func (c *Case) undo(r ReplyID) {
	c.Parties = slices.DeleteFunc(c.Parties, func(p Party) bool { return p.By == r })
	c.Ledger.Entries = slices.DeleteFunc(c.Ledger.Entries, func(e entry) bool { return e.Source == string(r) })
	for i := range c.Arrangements {
		a := &c.Arrangements[i]
		if a.EndedBy == r {
			a.enter(a.BeforeBy, "")
			a.Base, a.EndedBy, a.BeforeBy, a.BaseBefore = a.BaseBefore, "", "", ""
		}
		if a.By == r {
			a.Base = ArrWithdrawn
			a.enter(ArrWithdrawn, "undone")
		}
	}
	c.Holds = slices.DeleteFunc(c.Holds, func(h Hold) bool { return h.By == r })
	for i := range c.Holds {
		if h := &c.Holds[i]; h.GoneBy == r {
			h.Lifted, h.GoneBy, h.LiftedBy = false, "", ""
		}
	}
	c.FollowUps = slices.DeleteFunc(c.FollowUps, func(f FollowUp) bool { return f.By == r })
	for i := range c.FollowUps {
		if f := &c.FollowUps[i]; f.GoneBy == r {
			f.Done, f.GoneBy = false, ""
		}
	}
	c.Clocks = slices.DeleteFunc(c.Clocks, func(k Clock) bool { return k.By == r })
	for i := range c.Clocks {
		if k := &c.Clocks[i]; k.GoneBy == r {
			k.Stopped, k.GoneBy = false, ""
		}
	}
	c.Objections = slices.DeleteFunc(c.Objections, func(o Objection) bool { return o.By == r })
	for i := range c.Objections {
		if o := &c.Objections[i]; o.GoneBy == r {
			o.Settled, o.GoneBy = false, ""
		}
	}
	c.AckProposed = slices.DeleteFunc(c.AckProposed, func(o Objection) bool { return o.By == r })
	c.Inquiries = slices.DeleteFunc(c.Inquiries, func(q Inquiry) bool { return q.By == r })
	edit(c.Notes, func(n *Note) bool { return n.By == r }, func(n *Note) { n.Gone = true })
	if c.RightPartyBy == r {
		c.RightParty, c.RightPartyBy = c.PrevParty, ""
	}
}

func (c *Case) touch(why string) {
	c.Touched++
	c.TouchedWhy = why
}

// edit changes every element that matches.
func edit[T any](list []T, match func(*T) bool, change func(*T)) {
	for i := range list {
		if match(&list[i]) {
			change(&list[i])
		}
	}
}
