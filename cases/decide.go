package cases

import (
	"fmt"
	"reflect"
	"slices"

	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// Decide turns a command into events. It is the only place where rules about
// facts live. It returns
//
//   - a *Refusal for a Request that the facts forbid,
//   - no events and no error for a Report or Proposal that changes nothing,
//   - any other error only for a command that this program does not know.
//
// It reads nothing but its arguments and changes none of them; deciding twice
// gives equal events.
func Decide(s Scope, env Env, cmd Command) ([]Event, error) {
	if cmd.Class() == Request && !automatic(cmd) && (s.Actor.Machine || s.Actor.User == "") {
		return nil, refuse(NotAPerson, nil, "")
	}
	switch c := cmd.(type) {
	case RecordPerson:
		return decideRecordPerson(s, c)
	case OpenCase:
		return decideOpenCase(s, env, c)
	case TakeBack:
		return decideTakeBack(s, env, c)
	case SetStage:
		return decideSetStage(s, env, c)
	case BookByHand:
		return decideByHand(s, env, c)
	case RecordCourtStep:
		return decideCourtStep(s, env, c)
	case ChangeCase:
		return decideChangeCase(s, env, c)
	case PassDay:
		return decidePassDay(s, env, c)
	case AcceptOffer:
		return decideAcceptOffer(s, env, c)
	case ReceiveMessage:
		return decideReceive(s, c)
	case ReportGone:
		return decideGone(s, c)
	case ProposeMatch:
		return decideMatch(s, c)
	case ProposeClass:
		return decideClass(s, c)
	case AssignMessage:
		return decideAssign(s, c)
	case CorrectMessage:
		return decideCorrect(s, c)
	case FinishMessage:
		return decideFinish(s, c)
	case ReopenMessage:
		return decideReopen(s, c)
	case ReportTransmission:
		if s.Messages[c.Message] == nil {
			return nil, nil
		}
		return []Event{{c.Message.Stream(), MessageTransmitted{c.Transmission}}}, nil
	case ReportBounce:
		return decideBounce(s, c)
	case ApproveReply:
		return decideApprove(s, env, c)
	case WithdrawReply:
		return decideWithdraw(s, c)
	case SettleReply:
		return decideSettle(s, env, c)
	case ClaimReply:
		return decideClaim(s, env, c)
	case ReviewReply:
		return decideReview(s, env, c)
	case ReportDot:
		return decideDot(s, env, c)
	case ReportSent:
		return decideSent(s, env, c)
	case ReportNotSent:
		return decideNotSent(s, env, c)
	case ReportUnknown:
		return decideUnknown(s, c)
	case ReportCopied:
		if r := s.Replies[c.Reply]; r == nil || r.Copied || r.State != ReplySent {
			return nil, nil
		}
		return []Event{{c.Reply.Stream(), ReplyCopied{c.Folder}}}, nil
	case ReportStatement:
		return decideStatement(s, c), nil
	case ReportEntry:
		return decideEntry(s, env, c), nil
	case ProposeBooking:
		return decidePropose(s, env, c), nil
	case BookEntry:
		return decideBook(s, env, c)
	case SplitEntry:
		return decideSplit(s, env, c)
	case RefuseEntry:
		return decideRefuse(s, c)
	case ReopenEntry:
		return decideReopenEntry(s, env, c)
	case PaidToCreditor:
		return decideToCreditor(s, env, c)
	}
	if ev, known, err := decideRegister(s, env, cmd); known {
		return ev, err
	}
	return nil, fmt.Errorf("decide: unknown command %T", cmd)
}

// automatic lists the requests that a worker may issue: a claim is refusable,
// but it carries out what a person approved.
func automatic(cmd Command) bool {
	_, ok := cmd.(ClaimReply)
	return ok
}

func decideRecordPerson(s Scope, c RecordPerson) ([]Event, error) {
	f := c.Facts
	if c.Person == "" || f.Name.IsZero() {
		return nil, refuse(Invalid, c.Person.Stream(), "name")
	}
	f.Contacts = slices.Clone(f.Contacts)
	for i := range f.Contacts {
		k := &f.Contacts[i]
		if k.Value.IsZero() {
			return nil, refuse(Invalid, c.Person.Stream(), "contact")
		}
		if k.ID == "" {
			k.ID = DeriveID(CommandID(c.Person), string(k.Channel)+k.Value.String(), 0)
		}
		if k.Proof == "" {
			k.Proof = ProofNone
		}
	}
	if p := s.Persons[c.Person]; p != nil && samePerson(p, f) {
		return nil, nil
	}
	return []Event{{c.Person.Stream(), PersonRecorded{f}}}, nil
}

// samePerson says that recording f again would change nothing.
func samePerson(p *Person, f PersonFacts) bool {
	for _, k := range f.Contacts {
		i := slices.IndexFunc(p.Contacts, func(o Contact) bool { return o.ID == k.ID })
		if i < 0 || p.Contacts[i].Value != k.Value || p.Contacts[i].Channel != k.Channel {
			return false
		}
	}
	a, b := p.PersonFacts, f
	a.Contacts, b.Contacts = nil, nil
	return reflect.DeepEqual(a, b) || (len(a.IBANs) == 0 && len(b.IBANs) == 0 && equalBut(a, b))
}

func equalBut(a, b PersonFacts) bool {
	a.IBANs, b.IBANs = nil, nil
	return reflect.DeepEqual(a, b)
}

func decideOpenCase(s Scope, env Env, c OpenCase) ([]Event, error) {
	st := c.Case.Stream()
	if c.Case == "" || c.Reference == "" || len(c.Reference) > 64 {
		return nil, refuse(Invalid, st, "reference")
	}
	old := s.Cases[c.Case]
	var out []Event
	add := func(b Body) { out = append(out, Event{st, b}) }
	if old == nil {
		if !slices.Contains(Stages(), c.Stage) {
			return nil, refuse(Invalid, st, "stage")
		}
		if !slices.ContainsFunc(c.Parties, func(p Party) bool { return p.Role == RoleDebtor }) {
			return nil, refuse(Invalid, st, "debtor")
		}
		add(CaseOpened{c.Reference, c.Portfolio, c.Subject, c.Opened, c.Stage, c.Land})
		old = &Case{}
	} else if old.Reference != c.Reference {
		return nil, refuse(Exists, st, "reference")
	}
	for i, p := range c.Parties {
		if slices.ContainsFunc(old.Parties, func(o Party) bool { return o.Person == p.Person && o.Role == p.Role }) {
			continue
		}
		if p.ID == "" {
			p.ID = DeriveID(env.ID, "party", i)
		}
		if p.Proof == "" {
			p.Proof = ProofNone
		}
		add(PartyAdded{p})
	}
	for _, k := range c.Claims {
		if k.ID == "" || k.Principal <= 0 {
			return nil, refuse(Invalid, st, "claim")
		}
		i := slices.IndexFunc(old.Ledger.Claims, func(o claim) bool { return o.ID == k.ID })
		if i < 0 || old.Ledger.Claims[i] != k {
			add(ClaimRecorded{k})
		}
	}
	for _, e := range c.Entries {
		if e.ID == "" || e.Cents < 0 {
			return nil, refuse(Invalid, st, "entry")
		}
		i := slices.IndexFunc(old.Ledger.Entries, func(o entry) bool { return o.ID == e.ID })
		if i >= 0 {
			if !reflect.DeepEqual(old.Ledger.Entries[i], e) {
				return nil, refuse(Exists, st, "entry "+e.ID)
			}
			continue
		}
		add(LedgerBooked{Entry: e})
	}
	for _, a := range c.Arrangements {
		switch {
		case badImport(a):
			return nil, refuse(Invalid, st, "arrangement")
		case !slices.ContainsFunc(old.Arrangements, func(o Arrangement) bool { return o.ID == a.ID }):
			add(ArrangementMade{Arrangement: a})
		}
	}
	if c.FollowUp.Due != 0 && old.Version == 0 {
		f := c.FollowUp
		if f.ID == "" {
			f.ID = DeriveID(env.ID, "follow_up", 0)
		}
		add(FollowUpSet{f})
	}
	return out, nil
}

// maxRates bounds a schedule: fifty years of months.
const maxRates = 600

// badImport reports whether an arrangement cannot have been made elsewhere: it
// must bind already and say what was agreed.
func badImport(a Arrangement) bool {
	bad := a.ID == "" || a.Since == 0 || a.Total <= 0 || a.State != ArrRunning || a.By != ""
	switch a.Kind {
	case ArrangePlan:
		var sum money.Cents
		last := calendar.Date(0)
		for _, r := range a.Rates {
			bad = bad || r.Cents <= 0 || r.Due <= last
			sum, last = sum+r.Cents, r.Due
		}
		return bad || len(a.Rates) == 0 || len(a.Rates) > maxRates || sum != a.Total
	case ArrangePromise:
		return bad || a.Until == 0 || len(a.Rates) > 0
	case ArrangePause, ArrangeSettlement:
	}
	return true
}

func decideChangeCase(s Scope, env Env, c ChangeCase) ([]Event, error) {
	k := s.Cases[c.Case]
	if k == nil {
		return nil, refuse(NotFound, c.Case.Stream(), "")
	}
	var out []Event
	for _, f := range c.DoneFollowUps {
		i := slices.IndexFunc(k.FollowUps, func(o FollowUp) bool { return o.ID == f })
		if i < 0 {
			return nil, refuse(NotFound, c.Case.Stream(), "follow_up")
		}
		if !k.FollowUps[i].Done {
			out = append(out, Event{c.Case.Stream(), FollowUpDone{FollowUp: f}})
		}
	}
	for i, e := range c.Effects {
		if e.Kind.AfterSent() {
			return nil, refuse(Invalid, c.Case.Stream(), string(e.Kind)) // the debtor must know: needs a reply
		}
		ev, err := effectEvents(s, env, k, e, "", i)
		if err != nil {
			return nil, err
		}
		out = append(out, ev...)
	}
	return out, nil
}

// decidePassDay lets offers expire; each leaves a follow-up, so that no case is
// without a next step.
func decidePassDay(s Scope, env Env, c PassDay) ([]Event, error) {
	k := s.Cases[c.Case]
	if k == nil {
		return nil, nil
	}
	var out []Event
	for i, a := range k.Arrangements {
		if a.State == ArrOffered && a.Expires != 0 && a.Expires < env.Today {
			out = append(out,
				Event{c.Case.Stream(), ArrangementMoved{Arrangement: a.ID, State: ArrLapsed, Why: byTime}},
				Event{c.Case.Stream(), FollowUpSet{FollowUp{ID: DeriveID(env.ID, "expired", i), Due: env.Today, Reason: "offer_expired"}}})
		}
	}
	return out, nil
}

func note(env Env, actor Actor, n int, text plain.Text, by ReplyID) NoteAdded {
	return NoteAdded{Note{ID: DeriveID(env.ID, "note", n), At: env.Now.UTC(), User: actor.User, Text: text, By: by}}
}

func businessDays(env Env, land calendar.Land) calendar.Land {
	if land == "" {
		return env.Rules.Land
	}
	return land
}
