package cases

import (
	"cmp"
	"slices"
)

func decideReceive(s Scope, c ReceiveMessage) ([]Event, error) {
	if m := s.Messages[c.Message]; m != nil {
		return placed(m, c.Place), nil
	}
	if t := s.Messages[c.Twin]; t != nil && c.Twin != "" {
		if slices.Contains(t.AlsoAs, string(c.Message)) {
			return placed(t, c.Place), nil
		}
		return []Event{{c.Twin.Stream(), MessageAlsoAs{Identity: string(c.Message), Place: c.Place, Left: t.outlived(c.Place)}}}, nil
	}
	return []Event{{c.Message.Stream(), MessageReceived{
		Received: c.Received.UTC(), Mail: c.Mail, Raw: c.Raw, TextBlob: c.TextBlob, RawSize: c.RawSize, Place: c.Place,
	}}}, nil
}

// placed says that a known message lies at p, where that is news.
func placed(m *Message, p Place) []Event {
	if p == (Place{}) || m.HasPlace(p) {
		return nil
	}
	return []Event{{m.Of(), MessagePlaced{Place: p, Left: m.outlived(p)}}}
}

func decideGone(s Scope, c ReportGone) ([]Event, error) {
	m := s.Messages[c.Message]
	if m == nil || !m.HasPlace(c.Place) {
		return nil, nil
	}
	return []Event{{c.Message.Stream(), MessageGone{c.Place}}}, nil
}

func decideMatch(s Scope, c ProposeMatch) ([]Event, error) {
	m := s.Messages[c.Message]
	if m == nil || m.MatchedByPerson || m.Match.Case != "" || m.State != MessageOpen {
		return nil, nil
	}
	if c.Match.Case != "" && s.Cases[c.Match.Case] == nil {
		return nil, nil
	}
	if c.Match.Case == "" && len(c.Match.Reasons) == 0 && len(m.Match.Reasons) == 0 {
		return nil, nil // nothing known, nothing to record
	}
	match := c.Match
	match.ByUser = ""
	out := []Event{{c.Message.Stream(), MessageMatched{match}}}
	if match.Case != "" {
		out = append(out, Event{match.Case.Stream(), CaseMessageAdded{
			Message: c.Message, At: m.Received, Open: m.Personal(), Vulnerable: m.Class.HasFlag(Vulnerable),
		}})
	}
	return out, nil
}

func decideClass(s Scope, c ProposeClass) ([]Event, error) {
	m := s.Messages[c.Message]
	if m == nil || m.ClassifiedByPerson || m.State != MessageOpen || !c.Reading.Intent.Valid() {
		return nil, nil
	}
	out := []Event{{c.Message.Stream(), MessageClassified{Class: c.Reading}}}
	if k := s.Cases[m.Match.Case]; k != nil && c.Reading.HasFlag(Vulnerable) && !k.Vulnerable {
		out = append(out, Event{k.Of(), CaseVulnerable{true}})
	}
	return out, nil
}

func decideAssign(s Scope, c AssignMessage) ([]Event, error) {
	m := s.Messages[c.Message]
	switch {
	case m == nil:
		return nil, refuse(NotFound, c.Message.Stream(), "")
	case m.State != MessageOpen:
		return nil, refuse(AlreadyDone, c.Message.Stream(), string(m.State))
	case m.Match.Case != c.From:
		return nil, refuse(Stale, c.Message.Stream(), "assigned")
	case c.To == c.From:
		return nil, nil
	}
	match := Match{Case: c.To, Person: c.Person, ByUser: s.Actor.User, Right: cmp.Or(c.Right, PartyUnknown), RightWhy: c.RightWhy, Reasons: []MatchReason{{Code: "person", Points: 100}}}
	out := []Event{{c.Message.Stream(), MessageMatched{match}}}
	if c.From != "" {
		out = append(out, Event{c.From.Stream(), CaseMessageRemoved{c.Message}})
	}
	if c.To != "" {
		if s.Cases[c.To] == nil {
			return nil, refuse(NotFound, c.To.Stream(), "")
		}
		out = append(out, Event{c.To.Stream(), CaseMessageAdded{
			Message: c.Message, At: m.Received, Open: m.Personal(), Vulnerable: m.Class.HasFlag(Vulnerable),
		}})
	}
	return out, nil
}

func decideCorrect(s Scope, c CorrectMessage) ([]Event, error) {
	m := s.Messages[c.Message]
	switch {
	case m == nil:
		return nil, refuse(NotFound, c.Message.Stream(), "")
	case !c.Intent.Valid():
		return nil, refuse(Invalid, c.Message.Stream(), "intent")
	case m.State != MessageOpen:
		return nil, refuse(AlreadyDone, c.Message.Stream(), string(m.State))
	}
	class := m.Class
	class.Intent, class.Flags, class.Alerts = c.Intent, c.Flags, c.Alerts
	class.Permille, class.Unsure, class.Engine = 1000, false, "person"
	class.Secondary = slices.DeleteFunc(slices.Clone(class.Secondary), func(i Intent) bool { return i == c.Intent })
	if c.Slots != nil {
		class.Slots = *c.Slots
	}
	out := []Event{{c.Message.Stream(), MessageClassified{Class: class, ByPerson: true}}}
	if k := s.Cases[m.Match.Case]; k != nil && class.HasFlag(Vulnerable) && !k.Vulnerable {
		out = append(out, Event{k.Of(), CaseVulnerable{true}})
	}
	return out, nil
}

func decideFinish(s Scope, c FinishMessage) ([]Event, error) {
	m := s.Messages[c.Message]
	switch {
	case m == nil:
		return nil, refuse(NotFound, c.Message.Stream(), "")
	case m.State != MessageOpen:
		return nil, refuse(AlreadyDone, c.Message.Stream(), string(m.State))
	case c.Reason == "" || len(c.Reason) > 1000:
		return nil, refuse(Invalid, c.Message.Stream(), "reason")
	case m.Match.Case != c.Case:
		return nil, refuse(Stale, c.Message.Stream(), "assigned")
	}
	private := true
	if p := s.Persons[c.Person]; p != nil {
		private = p.Natural()
	}
	if duty := m.MustAnswer(private); duty != "" && m.Personal() {
		return nil, refuse(NeedsAnswer, c.Message.Stream(), duty)
	}
	out := []Event{{c.Message.Stream(), MessageSettled{State: MessageDone, Reason: c.Reason}}}
	if s.Cases[c.Case] != nil {
		out = append(out, Event{c.Case.Stream(), CaseMessageSettled{Message: c.Message}})
	}
	return out, nil
}

func decideReopen(s Scope, c ReopenMessage) ([]Event, error) {
	m := s.Messages[c.Message]
	switch {
	case m == nil:
		return nil, refuse(NotFound, c.Message.Stream(), "")
	case m.State == MessageOpen:
		return nil, nil
	case m.State == MessageAnswered:
		return nil, refuse(AlreadyDone, c.Message.Stream(), "answered")
	}
	out := []Event{{c.Message.Stream(), MessageReopened{"by_person"}}}
	if s.Cases[m.Match.Case] != nil {
		out = append(out, Event{m.Match.Case.Stream(), CaseMessageSettled{Message: c.Message, Open: true}})
	}
	return out, nil
}

func decideBounce(s Scope, c ReportBounce) ([]Event, error) {
	var out []Event
	if r := s.Replies[c.Reply]; r != nil && !r.Bounced && !c.Delayed && r.State != ReplyWithdrawn {
		out = append(out, Event{c.Reply.Stream(), ReplyBounced{c.Message}})
		if r.State == ReplyUnknown { // the bounce proves that it left the house
			out = append(out, Event{c.Reply.Stream(), ReplyWasSent{At: r.ApprovedAt}})
		}
	}
	if p := s.Persons[c.Person]; p != nil && !c.Delayed {
		for _, k := range p.Contacts {
			if k.ID == c.Contact && !k.Failing {
				out = append(out, Event{c.Person.Stream(), ContactFailed{Contact: k.ID, Why: c.Why}})
			}
		}
	}
	return out, nil
}
