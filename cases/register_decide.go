package cases

import (
	"encoding/hex"
	"slices"
	"strings"

	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

// Requests about the registers of a case.
type (
	// RecordTitle adds a title to the register or corrects the one with its ID:
	// its finality, say, comes later. An empty ID makes a new one.
	RecordTitle struct {
		Case  CaseID
		Title deadline.Title
	}
	// RemoveTitle takes one out, with the reason.
	RemoveTitle struct {
		Case  CaseID
		Title string
		Why   string
	}
	// AddDocument puts a paper on the case. Bytes that lie there already under
	// the same kind change nothing. ID, Added and User are set by it.
	AddDocument struct {
		Case     CaseID
		Document Document
	}
	// RemoveDocument says that a paper does not count any more.
	RemoveDocument struct {
		Case     CaseID
		Document string
		Why      string
	}
	// RecordComplaint enters a complaint and starts its clock. ID, Due, Clock and
	// User are set by it.
	RecordComplaint struct {
		Case      CaseID
		Complaint ComplaintEntry
	}
	// CloseComplaint ends it, with what came of it, and stops the clock.
	CloseComplaint struct {
		Case      CaseID
		Complaint string
		Outcome   string
		Measure   plain.Text
	}
	// JudgeAcknowledgement is a person's word on what may start limitation anew.
	// ID names a proposal of the case or a payment on its account; empty, it
	// records an act of enforcement (§ 212 Abs. 1 Nr. 2 BGB) or an acknowledgement
	// that came another way, of Kind and Date.
	JudgeAcknowledgement struct {
		Case     CaseID
		ID       string
		Confirm  bool
		Reserved bool
		Claim    string
		Date     calendar.Date
		Kind     deadline.AckKind
		Text     plain.Text
	}
	// JudgePersonEvent takes a person's death or insolvency over to one of its
	// cases, with the effects that the caseworker ticked, or says that it does not
	// concern the case.
	JudgePersonEvent struct {
		Case    CaseID
		Person  PersonID
		Kind    string // deceased, insolvency
		Take    bool
		Effects []Effect
		Persons []PersonID
	}
	// SettleObjection ends an objection: the creditor answered, the debtor gave
	// it up, a court decided.
	SettleObjection struct {
		Case      CaseID
		Objection string
		Text      plain.Text // kept as a note
	}
	// ReportExport says that data left the house other than in a letter. It is a
	// report: what has been written is put on record, never refused.
	ReportExport struct {
		Export DataExported
	}
)

// Class and Streams of these commands.
func (RecordTitle) Class() CommandClass          { return Request }
func (RemoveTitle) Class() CommandClass          { return Request }
func (AddDocument) Class() CommandClass          { return Request }
func (RemoveDocument) Class() CommandClass       { return Request }
func (RecordComplaint) Class() CommandClass      { return Request }
func (CloseComplaint) Class() CommandClass       { return Request }
func (JudgeAcknowledgement) Class() CommandClass { return Request }
func (JudgePersonEvent) Class() CommandClass     { return Request }
func (SettleObjection) Class() CommandClass      { return Request }
func (ReportExport) Class() CommandClass         { return Report }

func (c RecordTitle) Streams() []Stream          { return streams(c.Case) }
func (c RemoveTitle) Streams() []Stream          { return streams(c.Case) }
func (c AddDocument) Streams() []Stream          { return streams(c.Case) }
func (c RemoveDocument) Streams() []Stream       { return streams(c.Case) }
func (c RecordComplaint) Streams() []Stream      { return streams(c.Case) }
func (c CloseComplaint) Streams() []Stream       { return streams(c.Case) }
func (c JudgeAcknowledgement) Streams() []Stream { return streams(c.Case) }
func (c JudgePersonEvent) Streams() []Stream     { return streams(c.Case, c.Person, c.Persons) }
func (c SettleObjection) Streams() []Stream      { return streams(c.Case) }
func (ReportExport) Streams() []Stream           { return []Stream{Team()} }

// decideRegister decides the commands of this file; known says that cmd is one.
func decideRegister(s Scope, env Env, cmd Command) (ev []Event, known bool, err error) {
	switch c := cmd.(type) {
	case RecordTitle:
		ev, err = decideTitle(s, env, c)
	case RemoveTitle:
		ev, err = decideRemoveTitle(s, c)
	case AddDocument:
		ev, err = decideDocument(s, env, c)
	case RemoveDocument:
		ev, err = decideRemoveDocument(s, c)
	case RecordComplaint:
		ev, err = decideComplaint(s, env, c)
	case CloseComplaint:
		ev, err = decideCloseComplaint(s, env, c)
	case JudgeAcknowledgement:
		ev, err = decideAcknowledgement(s, env, c)
	case JudgePersonEvent:
		ev, err = decidePersonEvent(s, env, c)
	case SettleObjection:
		ev, err = decideSettleObjection(s, env, c)
	case ReportExport:
		if c.Export.What != "" {
			ev = []Event{{Team(), c.Export}}
		}
	default:
		return nil, false, nil
	}
	return ev, true, err
}

// maxRegister bounds each register of one case.
const maxRegister = 500

// maxCode bounds codes and file numbers that people type, in bytes.
const maxCode = 120

func decideTitle(s Scope, env Env, c RecordTitle) ([]Event, error) {
	k, st, t := s.Cases[c.Case], c.Case.Stream(), c.Title
	bad := func(what string) ([]Event, error) { return nil, refuse(Invalid, st, "title: "+what) }
	switch {
	case k == nil:
		return nil, refuse(NotFound, st, "")
	case !slices.Contains(deadline.TitleKinds(), t.Kind):
		return bad("kind")
	case t.Date == 0 || t.Date > env.Today:
		return bad("date")
	case t.Final != 0 && (t.Final < t.Date || t.Final > env.Today):
		return bad("finality")
	case len(t.Court) > maxCode || len(t.FileNo) > maxCode || len(t.Claims) > maxRegister:
		return bad("too long")
	case len(k.Titles) >= maxRegister:
		return nil, refuse(LimitExceeded, st, "titles")
	}
	for _, id := range t.Claims {
		if !k.hasClaim(id) {
			return bad("claim")
		}
	}
	t.Acks = nil // what starts it anew stands in the case's own register
	if t.ID == "" {
		t.ID = DeriveID(env.ID, "title", 0)
	}
	for _, o := range k.Titles {
		switch {
		case o.ID != t.ID && t.FileNo != "" && o.Kind == t.Kind && strings.EqualFold(o.Court, t.Court) && strings.EqualFold(o.FileNo, t.FileNo):
			return nil, refuse(Exists, st, "title")
		case o.ID == t.ID && o.Kind == t.Kind && o.Court == t.Court && o.FileNo == t.FileNo && o.Date == t.Date && o.Final == t.Final && slices.Equal(o.Claims, t.Claims):
			return nil, nil
		}
	}
	return []Event{{st, TitleRecorded{t}}}, nil
}

func (c *Case) hasClaim(id string) bool {
	return slices.ContainsFunc(c.Ledger.Claims, func(k claim) bool { return k.ID == id })
}

func decideRemoveTitle(s Scope, c RemoveTitle) ([]Event, error) {
	k, st := s.Cases[c.Case], c.Case.Stream()
	switch {
	case k == nil || !slices.ContainsFunc(k.Titles, func(t deadline.Title) bool { return t.ID == c.Title }):
		return nil, refuse(NotFound, st, "title")
	case c.Why == "" || len(c.Why) > maxCode:
		return nil, refuse(Invalid, st, "reason")
	}
	return []Event{{st, TitleRemoved{c.Title, c.Why}}}, nil
}

func decideDocument(s Scope, env Env, c AddDocument) ([]Event, error) {
	k, st, d := s.Cases[c.Case], c.Case.Stream(), c.Document
	bad := func(what string) ([]Event, error) { return nil, refuse(Invalid, st, "document: "+what) }
	sum, err := hex.DecodeString(d.SHA256)
	switch {
	case k == nil:
		return nil, refuse(NotFound, st, "")
	case !slices.Contains(DocumentKinds(), d.Kind):
		return bad("kind")
	case d.Name.IsZero() || strings.ContainsAny(d.Name.String(), "/\\\r\n"):
		return bad("name")
	case err != nil || len(sum) != 32 || d.Blob == "" || d.Size <= 0:
		return bad("bytes")
	case d.Date > env.Today:
		return bad("date")
	case !slices.Contains([]string{"import", "mail", "person"}, d.Source):
		return bad("source")
	case len(k.Documents) >= maxRegister:
		return nil, refuse(LimitExceeded, st, "documents")
	}
	if slices.ContainsFunc(k.Documents, func(o Document) bool { return o.SHA256 == d.SHA256 && o.Kind == d.Kind && o.Removed == "" }) {
		return nil, nil
	}
	d.ID, d.Added, d.User, d.Removed = DeriveID(env.ID, "document", 0), env.Today, s.Actor.User, ""
	return []Event{{st, DocumentAdded{d}}}, nil
}

func decideRemoveDocument(s Scope, c RemoveDocument) ([]Event, error) {
	k, st := s.Cases[c.Case], c.Case.Stream()
	if k == nil {
		return nil, refuse(NotFound, st, "")
	}
	if _, ok := k.Document(c.Document); !ok {
		return nil, refuse(NotFound, st, "document")
	}
	if c.Why == "" || len(c.Why) > maxCode {
		return nil, refuse(Invalid, st, "reason")
	}
	return []Event{{st, DocumentRemoved{c.Document, c.Why}}}, nil
}

func decideComplaint(s Scope, env Env, c RecordComplaint) ([]Event, error) {
	k, st, x := s.Cases[c.Case], c.Case.Stream(), c.Complaint
	switch {
	case k == nil:
		return nil, refuse(NotFound, st, "")
	case !slices.Contains(ComplaintAbout(), x.About):
		return nil, refuse(Invalid, st, "about")
	case x.Received == 0 || x.Received > env.Today:
		return nil, refuse(Invalid, st, "received")
	case len(k.Complaints) >= maxRegister:
		return nil, refuse(LimitExceeded, st, "complaints")
	case x.Message != "" && slices.ContainsFunc(k.Complaints, func(o ComplaintEntry) bool { return o.Message == x.Message && o.Outcome == "" }):
		return nil, refuse(Exists, st, "complaint")
	}
	days := env.Rules.ComplaintDays
	if days <= 0 {
		days = ComplaintDays
	}
	x.ID, x.User = DeriveID(env.ID, "complaint", 0), s.Actor.User
	x.Outcome, x.Measure, x.Closed, x.ClosedBy = "", plain.Text{}, 0, ""
	x.Due = calendar.NextBusinessDay(x.Received+calendar.Date(days), businessDays(env, k.Land))
	out := []Event{{}}
	for _, o := range k.Clocks { // the letter that confirmed its receipt may have started one
		if o.Kind == "complaint" && !o.Stopped && x.Message != "" && o.Message == x.Message {
			x.Clock, x.Due = o.ID, min(x.Due, o.Due)
		}
	}
	if x.Clock == "" {
		x.Clock = DeriveID(env.ID, "clock", 0)
		out = append(out, Event{st, ClockStarted{Clock{ID: x.Clock, Kind: "complaint", Started: x.Received, Due: x.Due, Message: x.Message}}})
	}
	out[0] = Event{st, ComplaintRecorded{x}}
	return out, nil
}

func decideCloseComplaint(s Scope, env Env, c CloseComplaint) ([]Event, error) {
	k, st := s.Cases[c.Case], c.Case.Stream()
	if k == nil {
		return nil, refuse(NotFound, st, "")
	}
	i := slices.IndexFunc(k.Complaints, func(x ComplaintEntry) bool { return x.ID == c.Complaint })
	switch {
	case i < 0:
		return nil, refuse(NotFound, st, "complaint")
	case k.Complaints[i].Outcome != "":
		return nil, refuse(AlreadyDone, st, k.Complaints[i].Outcome)
	case !slices.Contains(ComplaintOutcomes(), c.Outcome):
		return nil, refuse(Invalid, st, "outcome")
	}
	out := []Event{{st, ComplaintClosed{Complaint: c.Complaint, Outcome: c.Outcome, Measure: c.Measure, On: env.Today, User: s.Actor.User}}}
	for _, o := range k.Clocks {
		if o.ID == k.Complaints[i].Clock && !o.Stopped {
			out = append(out, Event{st, ClockStopped{Clock: o.ID}})
		}
	}
	return out, nil
}

func decideAcknowledgement(s Scope, env Env, c JudgeAcknowledgement) ([]Event, error) {
	k, st := s.Cases[c.Case], c.Case.Stream()
	if k == nil {
		return nil, refuse(NotFound, st, "")
	}
	a := Acknowledgement{
		ID: c.ID, Claim: c.Claim, Date: c.Date, Kind: c.Kind, Reserved: c.Reserved, Text: c.Text, User: s.Actor.User, On: env.Today,
		State: deadline.AckRejected,
	}
	if c.Confirm {
		a.State = deadline.AckConfirmed
	}
	if c.ID == "" {
		if !slices.Contains([]deadline.AckKind{deadline.AckStatement, deadline.AckEnforcement}, c.Kind) || !c.Confirm {
			return nil, refuse(Invalid, st, "kind")
		}
		a.ID = DeriveID(env.ID, "acknowledgement", 0)
	} else if !k.proposed(&a) {
		return nil, refuse(NotFound, st, "acknowledgement")
	}
	switch {
	case a.Date == 0 || a.Date > env.Today:
		return nil, refuse(Invalid, st, "date")
	case a.Claim != "" && !k.hasClaim(a.Claim):
		return nil, refuse(Invalid, st, "claim")
	case len(k.Acks) >= maxRegister:
		return nil, refuse(LimitExceeded, st, "acknowledgements")
	}
	if i := slices.IndexFunc(k.Acks, func(o Acknowledgement) bool { return o.ID == a.ID }); i >= 0 {
		o := k.Acks[i]
		if o.State == a.State && o.Claim == a.Claim && o.Reserved == a.Reserved {
			return nil, refuse(AlreadyDone, st, string(a.State))
		}
	}
	return []Event{{st, AcknowledgementJudged{a}}}, nil
}

// proposed completes an acknowledgement from what it judges: a proposal, a
// payment, or an earlier judgement. It reports whether there is one.
func (c *Case) proposed(a *Acknowledgement) bool {
	for _, o := range c.AckProposed {
		if o.ID == a.ID {
			a.Date, a.Kind = o.Date, deadline.AckStatement
			if a.Claim == "" {
				a.Claim = o.Claim
			}
			return true
		}
	}
	for _, e := range c.Ledger.Entries {
		if e.ID == a.ID && (e.Kind == ledger.Payment || e.Kind == ledger.PaymentToCreditor) {
			a.Date, a.Kind = e.Date, deadline.AckPayment
			return true
		}
	}
	for _, o := range c.Acks {
		if o.ID == a.ID {
			a.Date, a.Kind = o.Date, o.Kind
			if a.Claim == "" {
				a.Claim = o.Claim
			}
			return true
		}
	}
	return false
}

func decidePersonEvent(s Scope, env Env, c JudgePersonEvent) ([]Event, error) {
	k, st, p := s.Cases[c.Case], c.Case.Stream(), s.Persons[c.Person]
	switch {
	case k == nil || p == nil:
		return nil, refuse(NotFound, st, "")
	case c.Kind != EventDeceased && c.Kind != EventInsolvent:
		return nil, refuse(Invalid, st, "kind")
	case c.Kind == EventDeceased && !p.Deceased, c.Kind == EventInsolvent && !p.Insolvent:
		return nil, refuse(WrongState, c.Person.Stream(), c.Kind)
	case k.Judged(c.Person, c.Kind):
		return nil, refuse(AlreadyDone, st, c.Kind)
	case !c.Take && len(c.Effects) > 0:
		return nil, refuse(Invalid, st, "effects")
	}
	if _, ok := k.PartyOf(c.Person, env.Today); !ok {
		return nil, refuse(NotFound, st, "party")
	}
	out := []Event{{st, PersonEventJudged{PersonEvent{Person: c.Person, Kind: c.Kind, Taken: c.Take, On: env.Today, User: s.Actor.User}}}}
	for i, e := range c.Effects {
		if e.Kind.AfterSent() {
			return nil, refuse(Invalid, st, string(e.Kind))
		}
		ev, err := effectEvents(s, env, k, e, "", i)
		if err != nil {
			return nil, err
		}
		out = append(out, ev...)
	}
	return out, nil
}

func decideSettleObjection(s Scope, env Env, c SettleObjection) ([]Event, error) {
	k, st := s.Cases[c.Case], c.Case.Stream()
	if k == nil {
		return nil, refuse(NotFound, st, "")
	}
	i := slices.IndexFunc(k.Objections, func(o Objection) bool { return o.ID == c.Objection })
	switch {
	case i < 0:
		return nil, refuse(NotFound, st, "objection")
	case k.Objections[i].Settled:
		return nil, refuse(AlreadyDone, st, "objection")
	}
	out := []Event{{st, ObjectionSettled{Objection: c.Objection}}}
	if !c.Text.IsZero() {
		out = append(out, Event{st, note(env, s.Actor, 0, c.Text, "")})
	}
	return out, nil
}
