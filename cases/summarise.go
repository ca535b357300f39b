package cases

import (
	"hash/fnv"
	"slices"
	"strings"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plan"
)

// Summarise returns the encoded summary of an aggregate as of a day, or nil for
// kinds without one. rules reckon the balance's parts; where they cannot
// (a base rate is missing), the summary has no balance and says nothing wrong.
func Summarise(st State, today calendar.Date, rules ledger.Rules) []byte {
	w := &sumWriter{b: make([]byte, 0, 256)}
	switch v := st.(type) {
	case *Case:
		s := SummariseCase(v, today, rules)
		s.encode(w)
	case *Message:
		s := SummariseMessage(v)
		s.encode(w)
	case *Reply:
		s := summariseReply(v)
		s.encode(w)
	case *Person:
		s := summarisePerson(v)
		s.encode(w)
	case *Account:
		s := summariseAccount(v)
		s.encode(w)
	case *BankEntry:
		s := summariseEntry(v)
		s.encode(w)
	default:
		return nil
	}
	return w.b
}

// SummariseCase makes the summary of a case as of a day.
func SummariseCase(c *Case, today calendar.Date, rules ledger.Rules) CaseSummary {
	s := CaseSummary{ID: c.ID, Reference: c.Reference, Portfolio: c.Portfolio, Stage: c.Stage, Opened: c.Opened, Owner: c.Owner, Land: c.Land}
	if p, ok := c.Party(RoleDebtor, today); ok {
		s.Debtor = p.Person
	}
	if p, ok := c.Party(RoleCreditor, today); ok {
		s.Creditor = p.Person
	}
	if d, err := ledger.Daily(c.Ledger, today, rules); err == nil {
		s.Daily = d
	}
	for _, f := range c.FollowUps {
		if !f.Done && (s.FollowUp == 0 || f.Due < s.FollowUp) {
			s.FollowUp, s.FollowWhy = f.Due, f.Reason
		}
	}
	for _, k := range c.Clocks {
		if !k.Stopped && (s.Clock == 0 || k.Due < s.Clock) {
			s.Clock, s.ClockKind = k.Due, k.Kind
		}
	}
	s.arrangements(c, today)
	s.Limitation = c.limitation(today)
	s.HoldReason, s.HoldUntil = c.heldFrom(today)
	for _, m := range c.Messages {
		if m.Open {
			s.OpenMails++
		}
	}
	s.flag(CaseVulnerableFlag, c.Vulnerable)
	s.flag(CaseDisputed, c.Disputed())
	s.flag(CaseDunningRuns, c.Disputed() && s.HoldReason == "")
	_, rep := c.Represented(today)
	s.flag(CaseRepresented, rep)
	s.flag(CaseClosed, c.Stage == StageClosed)
	s.flag(CaseDeathJudged, c.Judged(s.Debtor, EventDeceased))
	s.flag(CaseComplaints, len(c.Complaints) > 0)
	s.flag(CaseInsolvencyJudged, c.Judged(s.Debtor, EventInsolvent))
	return s
}

func (s *CaseSummary) flag(f CaseFlags, on bool) {
	if on {
		s.Flags |= f
	}
}

// arrangements finds the next part that is to be paid, and what an offer waits
// for. Whether an unpaid part is overdue is judged later: it takes the day up
// to which statements are known.
func (s *CaseSummary) arrangements(c *Case, today calendar.Date) {
	for _, a := range c.Arrangements {
		switch {
		case !a.State.Live():
		case a.State == ArrOffered:
			if a.Expires != 0 && (s.OfferEnds == 0 || a.Expires < s.OfferEnds) {
				s.OfferEnds = a.Expires
			}
		case a.Kind == ArrangePlan && a.State != ArrPending:
			s.flag(CasePlan, true)
			for _, r := range plan.Progress(a.Rates, c.paidSince(a.Since), plan.Policy{}, c.Land, today, 0) {
				if r.State != plan.Met && r.State != plan.Late {
					s.due(r.Due, r.Cents-r.Paid)
					break
				}
			}
		case (a.Kind == ArrangePromise || a.Kind == ArrangeSettlement) && a.State != ArrPending:
			var paid money.Cents
			for _, p := range c.paidSince(a.Since) {
				paid += p.Cents
			}
			if paid == 0 || paid < a.Total {
				s.due(a.Until, max(0, a.Total-paid))
			}
		}
	}
}

func (s *CaseSummary) due(d calendar.Date, cents money.Cents) {
	if d != 0 && (s.RateDue == 0 || d < s.RateDue) {
		s.RateDue, s.RateCents = d, cents
	}
}

// paidSince lists what was paid from a day on, without what was taken back.
func (c *Case) paidSince(d calendar.Date) []plan.Payment {
	gone := map[string]bool{}
	for _, e := range c.Ledger.Entries {
		if e.Kind == ledger.Reversal {
			gone[e.Reverses] = true
		}
	}
	var out []plan.Payment
	for _, e := range c.Ledger.Entries {
		if (e.Kind == ledger.Payment || e.Kind == ledger.PaymentToCreditor) && e.Date >= d && !gone[e.ID] {
			out = append(out, plan.Payment{Date: e.Date, Cents: e.Cents})
		}
	}
	return out
}

// SummariseMessage makes the summary of a message.
func SummariseMessage(m *Message) MessageSummary {
	s := MessageSummary{
		ID: m.ID, Case: m.Match.Case, Person: m.Match.Person, Received: m.Received,
		From: m.Mail.From.Name.String(), FromAddr: m.Mail.From.Addr, Subject: m.Mail.Subject.String(), RFCID: m.Mail.RFCMessageID,
		Kind: m.Mail.Kind, Intent: m.Class.Intent, Permille: m.Class.Permille, Unsure: m.Class.Unsure,
		Flags: m.Class.Flags, Alerts: m.Class.Alerts, State: m.State, Score: m.Match.Score, Right: m.Match.Right,
		Twin: TwinHash(m.Mail),
	}
	for _, c := range m.Class.Candidates {
		if c.Intent != s.Intent {
			s.Secondary = c.Intent
			break
		}
	}
	for _, p := range m.Lies() {
		s.Lies = append(s.Lies, Spot{FolderKey(p.Account, p.Mailbox), p.UIDValidity, p.UID})
	}
	s.Unread = slices.ContainsFunc(m.Mail.Warnings, func(w Warning) bool { return w.Code == "unreadable" })
	return s
}

// TwinHash hashes what makes two mails one although their bytes differ:
// Message-ID, Date, sender and own text. It is 0 for a mail without Message-ID.
// It finds candidates; SameMail decides.
func TwinHash(m Mail) uint64 {
	if m.RFCMessageID == "" {
		return 0
	}
	h := fnv.New64a()
	for _, p := range []string{m.RFCMessageID, m.Date.UTC().Format("20060102150405"), m.From.Addr, m.Own.String()} {
		_, _ = h.Write([]byte(p)) // a hash never fails to write
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

// SameMail reports whether a and b are one mail in different bytes.
func SameMail(a, b Mail) bool {
	return a.RFCMessageID != "" && a.RFCMessageID == b.RFCMessageID && a.Date.Equal(b.Date) &&
		strings.EqualFold(a.From.Addr, b.From.Addr) && a.Own == b.Own
}

func summariseReply(r *Reply) ReplySummary {
	a := r.Approval
	s := ReplySummary{
		ID: r.ID, Case: a.Case, To: a.To, ToAddr: a.ToAddr, Subject: a.Subject.String(), State: r.State, Why: r.Why,
		ApprovedBy: r.ApprovedBy, Device: r.Device, ApprovedAt: r.ApprovedAt, UndoUntil: r.UndoUntil, NextTry: r.NextTry,
		SentAt: r.SentAt, Attempts: len(r.Attempts), RFCID: a.RFCID, SHA256: a.SHA256, Mailbox: a.Mailbox,
		Private: a.Private, Copied: r.Copied, Bounced: r.Bounced,
	}
	if n := len(r.Attempts); n > 0 {
		s.Response = r.Attempts[n-1].Response.String()
	}
	return s
}

func summarisePerson(p *Person) PersonSummary {
	s := PersonSummary{
		ID: p.ID, Name: p.Name.String(), External: p.External, IBANs: p.IBANs, Born: p.Born,
		Legal: p.Legal, Natural: p.Natural(), Deceased: p.Deceased, Insolvent: p.Insolvent,
	}
	for _, c := range p.Contacts {
		switch c.Channel {
		case Email:
			addr := strings.ToLower(c.Value.String())
			s.Mails = append(s.Mails, addr)
		case Postal:
			s.Postal = c.Value.String()
		case Phone:
		}
	}
	s.Proven = p.ProvenMails()
	return s
}

func (s *CaseSummary) encode(w *sumWriter) {
	for _, v := range []string{s.Reference, s.Portfolio, string(s.Debtor), string(s.Creditor), string(s.Stage), s.FollowWhy, s.ClockKind, s.HoldReason, string(s.Owner), string(s.Land)} {
		w.str(v)
	}
	for _, v := range []calendar.Date{s.Opened, s.FollowUp, s.Clock, s.OfferEnds, s.RateDue, s.HoldUntil, s.Limitation} {
		w.num(int64(v))
	}
	w.num(int64(s.RateCents))
	w.num(int64(s.Flags))
	w.num(int64(s.OpenMails))
	w.num(int64(len(s.Daily.Stretches)))
	for _, t := range s.Daily.Stretches {
		w.num(int64(t.From))
		w.num(int64(t.Until))
		w.num(int64(t.Fixed))
		w.num(int64(len(t.Bearing)))
		for _, b := range t.Bearing {
			w.num(int64(b.Base))
			w.num(int64(b.Rate))
			w.num(int64(b.From))
			w.num(int64(b.Year))
			w.str(string(b.Count))
		}
	}
}

// ReadCaseSummary reads what Summarise wrote for a case.
func ReadCaseSummary(id CaseID, b []byte) (CaseSummary, error) {
	r := readSum(b, 10)
	s := CaseSummary{ID: id}
	s.Reference, s.Portfolio = r.str(), r.str()
	s.Debtor, s.Creditor, s.Stage = PersonID(r.str()), PersonID(r.str()), Stage(r.str())
	s.FollowWhy, s.ClockKind, s.HoldReason, s.Owner, s.Land = r.str(), r.str(), r.str(), UserID(r.str()), calendar.Land(r.str())
	for _, d := range []*calendar.Date{&s.Opened, &s.FollowUp, &s.Clock, &s.OfferEnds, &s.RateDue, &s.HoldUntil, &s.Limitation} {
		*d = calendar.Date(r.num())
	}
	s.RateCents, s.Flags, s.OpenMails = money.Cents(r.num()), CaseFlags(r.num()), int(r.num())
	n := r.num()
	for ; n > 0 && r.err == nil; n-- {
		t := ledger.Stretch{From: calendar.Date(r.num()), Until: calendar.Date(r.num()), Fixed: money.Cents(r.num())}
		for k := r.num(); k > 0 && r.err == nil; k-- {
			t.Bearing = append(t.Bearing, ledger.Bearing{
				Base: money.Cents(r.num()), Rate: int(r.num()), From: calendar.Date(r.num()), Year: int32(r.num()), Count: oneOf(r, dayCounts),
			})
		}
		s.Daily.Stretches = append(s.Daily.Stretches, t)
	}
	return s, sumError("case", r)
}

func (s *MessageSummary) encode(w *sumWriter) {
	for _, v := range []string{
		string(s.Case), string(s.Person), s.From, s.FromAddr, s.Subject, s.RFCID, string(s.Kind), string(s.Intent),
		string(s.Secondary), string(s.State), string(s.Right),
	} {
		w.str(v)
	}
	w.time(s.Received)
	w.num(int64(s.Permille))
	w.num(int64(s.Score))
	w.num(int64(s.Twin))
	w.bool(s.Unsure)
	w.bool(s.Unread)
	w.strs(words(s.Flags))
	w.strs(words(s.Alerts))
	w.num(int64(len(s.Lies)))
	for _, p := range s.Lies {
		w.fixed(p.Folder)
		w.num(int64(p.Validity))
		w.num(int64(p.UID))
	}
}

// The words that a message's summary may hold.
var (
	mailKinds     = []MailKind{KindReply, KindAuto, KindBounce, KindOther}
	intents       = Intents()
	messageStates = []MessageState{MessageOpen, MessageAnswered, MessageDone}
	rightParties  = []RightPartyState{PartyUnknown, PartyConfirmed, PartyDenied}
	dayCounts     = []ledger.DayCount{ledger.Act365, ledger.ActAct, ledger.D30360}
)

// ReadMessageSummary reads what Summarise wrote for a message.
func ReadMessageSummary(id MessageID, b []byte) (MessageSummary, error) {
	r := readSum(b, 11)
	s := MessageSummary{ID: id}
	s.Case, s.Person = CaseID(r.str()), PersonID(r.str())
	s.From, s.FromAddr, s.Subject, s.RFCID = r.str(), r.str(), r.str(), r.str()
	s.Kind, s.Intent, s.Secondary = oneOf(r, mailKinds), oneOf(r, intents), oneOf(r, intents)
	s.State, s.Right = oneOf(r, messageStates), oneOf(r, rightParties)
	s.Received = r.time()
	s.Permille, s.Score, s.Twin = int(r.num()), int(r.num()), uint64(r.num())
	s.Unsure, s.Unread = r.bool(), r.bool()
	for _, f := range r.strs() {
		s.Flags = append(s.Flags, Flag(f))
	}
	for _, a := range r.strs() {
		s.Alerts = append(s.Alerts, Alert(a))
	}
	if n := r.num(); n > 0 && n <= int64(len(r.b))/minSpot {
		s.Lies = make([]Spot, n)
		for i := range s.Lies {
			s.Lies[i] = Spot{r.fixed(), uint32(r.num()), uint32(r.num())} // written from as much
		}
	} else if n != 0 {
		r.err = ErrSummary
	}
	return s, sumError("message", r)
}

func (s *ReplySummary) encode(w *sumWriter) {
	for _, v := range []string{
		string(s.Case), string(s.To), s.ToAddr, s.Subject, string(s.State), s.Why, string(s.ApprovedBy), string(s.Device),
		s.RFCID, s.SHA256, s.Mailbox, s.Response,
	} {
		w.str(v)
	}
	w.time(s.ApprovedAt)
	w.time(s.UndoUntil)
	w.time(s.NextTry)
	w.time(s.SentAt)
	w.num(int64(s.Attempts))
	w.bool(s.Private)
	w.bool(s.Copied)
	w.bool(s.Bounced)
}

// ReadReplySummary reads what Summarise wrote for a reply.
func ReadReplySummary(id ReplyID, b []byte) (ReplySummary, error) {
	r := readSum(b, 12)
	s := ReplySummary{ID: id}
	s.Case, s.To, s.ToAddr, s.Subject = CaseID(r.str()), PersonID(r.str()), r.str(), r.str()
	s.State, s.Why, s.ApprovedBy, s.Device = ReplyState(r.str()), r.str(), UserID(r.str()), DeviceID(r.str())
	s.RFCID, s.SHA256, s.Mailbox, s.Response = r.str(), r.str(), r.str(), r.str()
	s.ApprovedAt, s.UndoUntil, s.NextTry, s.SentAt = r.time(), r.time(), r.time(), r.time()
	s.Attempts = int(r.num())
	s.Private, s.Copied, s.Bounced = r.bool(), r.bool(), r.bool()
	return s, sumError("reply", r)
}

func (s *PersonSummary) encode(w *sumWriter) {
	w.str(s.Name)
	w.str(s.External)
	w.str(s.Postal)
	w.strs(s.Mails)
	w.strs(s.Proven)
	w.strs(s.IBANs)
	w.num(int64(s.Born))
	for _, b := range []bool{s.Legal, s.Natural, s.Deceased, s.Insolvent} {
		w.bool(b)
	}
}

// ReadPersonSummary reads what Summarise wrote for a person.
func ReadPersonSummary(id PersonID, b []byte) (PersonSummary, error) {
	r := readSum(b, allStrings)
	s := PersonSummary{ID: id, Name: r.str(), External: r.str(), Postal: r.str(), Mails: r.strs(), Proven: r.strs(), IBANs: r.strs()}
	s.Born = calendar.Date(r.num())
	s.Legal, s.Natural, s.Deceased, s.Insolvent = r.bool(), r.bool(), r.bool(), r.bool()
	return s, sumError("person", r)
}

func words[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, v := range in {
		out[i] = string(v)
	}
	return out
}
