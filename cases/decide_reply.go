package cases

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strings"

	"kontor/cases/calendar"
)

// MaxAttempts bounds the automatic retries of one approved reply; after it the
// reply is refused and comes back to a person.
const MaxAttempts = 12

func decideApprove(s Scope, env Env, c ApproveReply) ([]Event, error) {
	a := c.Approval
	st := c.Reply.Stream()
	if s.Replies[c.Reply] != nil {
		return nil, refuse(AlreadyDone, st, "approved")
	}
	k, to := s.Cases[a.Case], s.Persons[a.To]
	switch {
	case k == nil:
		return nil, refuse(NotFound, a.Case.Stream(), "")
	case to == nil:
		return nil, refuse(NotFound, a.To.Stream(), "")
	}
	if r := checkBytes(a); r != "" {
		return nil, refuse(Invalid, st, r)
	}
	if why := staleSince(s, a, ""); why != "" {
		return nil, refuse(Stale, k.Of(), why)
	}
	for _, id := range a.Messages {
		m := s.Messages[id]
		switch {
		case m == nil:
			return nil, refuse(NotFound, id.Stream(), "")
		case m.Match.Case != a.Case:
			return nil, refuse(Stale, id.Stream(), "assigned")
		case m.State != MessageOpen:
			return nil, refuse(AlreadyDone, id.Stream(), string(m.State))
		case !m.Personal() || !m.Class.Intent.Answered():
			return nil, refuse(NoAnswer, id.Stream(), string(m.Mail.Kind))
		}
	}
	if err := checkRecipient(s, env, k, to, a); err != nil {
		return nil, err
	}
	if err := checkDemand(s, env, k, to, a); err != nil {
		return nil, err
	}
	if err := checkFiles(k, a, st); err != nil {
		return nil, err
	}
	for _, f := range a.Findings {
		if f.Blocking() {
			return nil, refuse(TextFindings, st, f.Rule)
		}
	}
	now := env.Now.UTC()
	out := []Event{
		{st, ReplyWasApproved{Approval: a, ApprovedBy: s.Actor.User, Device: s.Actor.Device, At: now, UndoUntil: now.Add(env.Rules.Undo)}},
		{k.Of(), CaseReplyApproved{ReplyLink{
			Reply: c.Reply, To: a.To, At: now, State: ReplyApproved, Template: a.Template.ID, RFCID: a.RFCID,
			CostNotice: a.Template.CostNotice, Demand: a.Template.Demand,
		}}},
	}
	for _, id := range a.Messages {
		out = append(out,
			Event{id.Stream(), MessageSettled{State: MessageAnswered, By: c.Reply}},
			Event{k.Of(), CaseMessageSettled{Message: id, By: c.Reply}})
	}
	for i, e := range a.Effects {
		if err := checkNotice(k, to, a, e, st); err != nil {
			return nil, err
		}
		ev, err := effectEvents(s, env, k, e, c.Reply, i)
		if err != nil {
			return nil, err
		}
		out = append(out, ev...)
	}
	if a.Template.Demand {
		out = append(out, Event{a.To.Stream(), PersonDemanded{Date: env.Today, By: c.Reply}})
	}
	for _, f := range k.settledBy(a, env.Today) {
		out = append(out, Event{k.Of(), FollowUpDone{FollowUp: f, By: c.Reply}})
	}
	return out, nil
}

// checkBytes looks at what the approval says about the bytes.
func checkBytes(a Approval) string {
	sum, err := hex.DecodeString(a.SHA256)
	switch {
	case err != nil || len(sum) != 32:
		return "sha256"
	case a.Bytes == "" || a.Size <= 0:
		return "bytes"
	case a.RFCID == "" || strings.ContainsAny(a.RFCID, "\r\n<> "):
		return "message_id"
	case a.Subject.IsZero():
		return "subject"
	case a.ToAddr == "" || strings.ContainsAny(a.ToAddr, "\r\n\x00 "):
		return "to"
	}
	return ""
}

// staleSince names what happened on the case or to its persons after the
// approver's screen was made; "" if nothing that matters. For a reply that is
// approved already, own is its id.
func staleSince(s Scope, a Approval, own ReplyID) string {
	k := s.Cases[a.Case]
	seenCase := false
	for _, v := range a.Seen {
		switch v.Stream.Kind {
		case CaseStream:
			o := s.Cases[CaseID(v.Stream.ID)]
			if o == nil {
				return "case"
			}
			if v.Stream.ID != string(a.Case) {
				continue
			}
			seenCase = true
			if o.Touched != v.Touched {
				return cmp.Or(o.TouchedWhy, "case")
			}
			if own == "" && o.RepliesTo(a.To) != v.Replies {
				return "reply"
			}
		case PersonStream:
			if o := s.Persons[PersonID(v.Stream.ID)]; o == nil || o.Touched != v.Touched {
				if o != nil && o.TouchedWhy != "" {
					return o.TouchedWhy
				}
				return "person"
			}
		case MessageStream, ReplyStream, AccountStream, EntryStream, TeamStream:
		}
	}
	if !seenCase {
		return "unseen"
	}
	if own != "" {
		after := false
		for _, l := range k.Replies {
			if l.Reply == own {
				after = true
				continue
			}
			if after && l.To == a.To && l.State != ReplyWithdrawn && l.State != ReplyStale {
				return "reply"
			}
		}
	}
	return ""
}

// checkRecipient holds the right-party rules (domain.md 1.7): the recipient is
// a current party, the address is on file or confirmed by a key of its own,
// and claim data goes to a confirmed party only.
func checkRecipient(s Scope, env Env, k *Case, to *Person, a Approval) error {
	party, ok := k.PartyOf(a.To, env.Today)
	if !ok {
		return refuse(RecipientDiffers, a.To.Stream(), "party")
	}
	onFile := slices.IndexFunc(to.Contacts, func(c Contact) bool {
		return c.Channel == Email && strings.EqualFold(c.Value.String(), a.ToAddr)
	})
	if onFile < 0 && !a.OtherAddress {
		return refuse(RecipientDiffers, a.To.Stream(), "address")
	}
	if onFile >= 0 && !to.Contacts[onFile].Valid(env.Today) {
		return refuse(RecipientDiffers, a.To.Stream(), "failing")
	}
	if !a.Template.ClaimData && len(a.Files) == 0 { // what goes along is claim data too
		return nil
	}
	switch party.Role {
	case RoleCreditor, RoleCourt:
		return nil
	case RoleRepresentative, RoleGuardian, RoleAdviser, RoleAdministrator:
		if party.Proof != ProofSeen {
			return refuse(RightParty, a.To.Stream(), "proof")
		}
		return nil
	case RoleDebtor, RoleCoDebtor, RoleHeir, RolePayer:
	}
	if k.RightParty == PartyDenied {
		return refuse(RightParty, k.Of(), "denied")
	}
	if onFile >= 0 && to.Contacts[onFile].Proof == ProofSeen && (len(a.Messages) == 0 || rightByMessage(s, a)) {
		return nil
	}
	if k.RightParty == PartyConfirmed && (onFile >= 0 || a.OtherAddress) {
		return nil
	}
	return refuse(RightParty, a.To.Stream(), "unconfirmed")
}

// rightByMessage reports whether every answered message came, as far as our
// own server can tell, from the person it is answered to.
func rightByMessage(s Scope, a Approval) bool {
	for _, id := range a.Messages {
		if m := s.Messages[id]; m == nil || m.Match.Right != PartyConfirmed || m.Match.Person != a.To {
			return false
		}
	}
	return true
}

// checkDemand holds what blocks a demand, and the 14 days between two.
func checkDemand(s Scope, env Env, k *Case, to *Person, a Approval) error {
	if !a.Template.Demand {
		if a.Template.ClaimData {
			if p, ok := k.Represented(env.Today); ok && p.Person != a.To && isDebtor(k, a.To, env.Today) {
				return refuse(Blocked, k.Of(), "represented")
			}
		}
		return nil
	}
	if why := DemandBlocked(s, env, k, a.To); why != "" {
		return refuse(Blocked, k.Of(), why)
	}
	for _, id := range a.Messages {
		if m := s.Messages[id]; m != nil && len(m.Class.Alerts) > 0 {
			return refuse(Blocked, id.Stream(), "alert")
		}
	}
	if to.LastDemand != 0 && to.Natural() && int(env.Today-to.LastDemand) < env.Rules.DemandDays {
		return refuse(TooSoon, a.To.Stream(), to.LastDemand.String())
	}
	return nil
}

func isDebtor(k *Case, id PersonID, d calendar.Date) bool {
	p, ok := k.PartyOf(id, d)
	return ok && (p.Role == RoleDebtor || p.Role == RoleCoDebtor)
}

// DemandBlocked names why nobody may be asked for money on this case today
// (domain.md 1.7), or "". to is who would be asked.
func DemandBlocked(s Scope, env Env, k *Case, to PersonID) string {
	if k.Stage == StageClosed {
		return "closed"
	}
	if h, ok := k.HeldDunning(env.Today); ok {
		return cmp.Or(h.Reason, "hold")
	}
	if k.Disputed() {
		return "dispute"
	}
	if a, ok := k.Current(ArrangePause); ok && a.State != ArrPending && env.Today <= a.Until {
		return "pause"
	}
	for _, kind := range []ArrangementKind{ArrangePlan, ArrangeSettlement} {
		if a, ok := k.Offer(kind); ok && a.State != ArrAsked {
			return "offer_open"
		}
	}
	if k.RightParty == PartyDenied {
		return "not_debtor"
	}
	for _, p := range k.Parties {
		if p.Role != RoleDebtor && p.Role != RoleCoDebtor {
			continue
		}
		if who := s.Persons[p.Person]; who != nil {
			switch {
			case who.Deceased:
				return "deceased"
			case who.Insolvent:
				return "insolvency"
			}
		}
	}
	if p, ok := k.Represented(env.Today); ok && p.Person != to {
		return "represented"
	}
	return ""
}

// checkNotice holds § 13a Abs. 3 RDG: no offer of a plan or pause to a private
// person without the cost notice as its own block; and none that costs money
// can be agreed before a notice was sent.
func checkNotice(k *Case, to *Person, a Approval, e Effect, st Stream) error {
	switch e.Kind {
	case OfferPlan, AgreePlan, AmendPlan, GrantPause:
	default:
		return nil
	}
	if !to.Natural() {
		return nil
	}
	if !a.Template.CostNotice {
		return refuse(CostNotice, st, "§ 13a Abs. 3 RDG")
	}
	if (e.Kind == AgreePlan || e.Kind == GrantPause) && e.Costs > 0 && k.CostNotice == 0 {
		return refuse(CostNotice, st, "§ 13a Abs. 3 RDG")
	}
	return nil
}

// undoEvents takes back all that an approval did.
func undoEvents(s Scope, r *Reply, why string) ([]Event, *Refusal) {
	var out []Event
	for _, id := range r.Approval.Messages {
		m := s.Messages[id]
		if m == nil {
			return nil, refuse(Invalid, id.Stream(), "not named")
		}
		if m.By == r.ID {
			out = append(out,
				Event{id.Stream(), MessageReopened{why}},
				Event{r.Approval.Case.Stream(), CaseMessageSettled{Message: id, Open: true}})
		}
	}
	out = append(out, Event{r.Approval.Case.Stream(), CaseUndone{Reply: r.ID, Why: why}})
	for _, p := range personsOf(r.Approval) {
		if s.Persons[p] == nil {
			return nil, refuse(Invalid, p.Stream(), "not named")
		}
		out = append(out, Event{p.Stream(), PersonUndone{r.ID}})
	}
	return out, nil
}

// personsOf lists the persons that an approval changed.
func personsOf(a Approval) []PersonID {
	var out []PersonID
	add := func(p PersonID) {
		if p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	if a.Template.Demand {
		add(a.To)
	}
	for _, e := range a.Effects {
		switch e.Kind { //nolint:exhaustive // only these touch a person
		case ChangeContact, AddressFailing, MarkDeceased, MarkInsolvent:
			add(e.Person)
		}
	}
	return out
}

func decideWithdraw(s Scope, c WithdrawReply) ([]Event, error) {
	r := s.Replies[c.Reply]
	if r == nil {
		return nil, refuse(NotFound, c.Reply.Stream(), "")
	}
	switch r.State {
	case ReplyApproved:
	case ReplyWithdrawn, ReplyStale:
		return nil, refuse(AlreadyDone, c.Reply.Stream(), string(r.State))
	case ReplyClaimed, ReplyDotSent, ReplySent, ReplyUnknown, ReplyRefused:
		return nil, refuse(AlreadyClaimed, c.Reply.Stream(), string(r.State))
	}
	if len(r.Attempts) > 0 && r.Why == "again" {
		return nil, refuse(WrongState, c.Reply.Stream(), "again") // it may have been delivered before
	}
	undo, ref := undoEvents(s, r, "withdrawn")
	if ref != nil {
		return nil, ref
	}
	return append([]Event{{c.Reply.Stream(), ReplyWasWithdrawn{s.Actor.User}}}, undo...), nil
}

// staleEvents returns the events of an approved reply that can no longer go
// out, and why; none if it still stands.
func staleEvents(s Scope, env Env, r *Reply) (ev []Event, ref *Refusal) {
	why := staleSince(s, r.Approval, r.ID)
	if why == "" && aged(env, s.Cases[r.Approval.Case], r) {
		why = "aged"
	}
	if why == "" || r.Why == "again" {
		return nil, nil
	}
	undo, ref := undoEvents(s, r, "stale")
	if ref != nil {
		return nil, ref
	}
	return append([]Event{{r.ID.Stream(), ReplyWentStale{why}}}, undo...), nil
}

// aged reports whether the approval is older than the working days it lives.
func aged(env Env, k *Case, r *Reply) bool {
	if k == nil || env.Rules.ApprovalDays <= 0 {
		return false
	}
	day := calendar.In(r.ApprovedAt, env.Now.Location())
	return env.Today > calendar.AddBusinessDays(day, env.Rules.ApprovalDays, businessDays(env, k.Land))
}
