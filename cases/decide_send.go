package cases

import (
	"time"
)

func decideClaim(s Scope, env Env, c ClaimReply) ([]Event, error) {
	r := s.Replies[c.Reply]
	if r == nil {
		return nil, refuse(NotFound, c.Reply.Stream(), "")
	}
	st := c.Reply.Stream()
	switch {
	case r.State != ReplyApproved:
		return nil, refuse(WrongState, st, string(r.State))
	case r.Device != s.Actor.Device:
		return nil, refuse(WrongDevice, st, "")
	case env.Now.Before(r.UndoUntil):
		return nil, refuse(UndoWindow, st, r.UndoUntil.Format(time.RFC3339))
	case env.Now.Before(r.NextTry):
		return nil, refuse(UndoWindow, st, r.NextTry.Format(time.RFC3339))
	}
	stale, ref := staleEvents(s, env, r)
	if ref != nil {
		return nil, ref
	}
	if stale != nil {
		return stale, nil
	}
	k := s.Cases[r.Approval.Case]
	if r.Approval.Private && !env.Rules.Window.Open(env.Now, env.Now.Location(), businessDays(env, k.Land)) {
		return nil, refuse(OutsideWindow, st, "")
	}
	return []Event{{st, ReplyWasClaimed{Device: s.Actor.Device, Attempt: len(r.Attempts) + 1, At: env.Now.UTC()}}}, nil
}

func decideReview(s Scope, env Env, c ReviewReply) ([]Event, error) {
	r := s.Replies[c.Reply]
	if r == nil || r.State != ReplyApproved {
		return nil, nil
	}
	ev, ref := staleEvents(s, env, r)
	if ref != nil {
		return nil, nil //nolint:nilerr // a report that names too little changes nothing; the next one will
	}
	return ev, nil
}

// current reports whether attempt n is the reply's last one.
func (r *Reply) current(n int) bool { return len(r.Attempts) == n && n > 0 }

func decideDot(s Scope, env Env, c ReportDot) ([]Event, error) {
	r := s.Replies[c.Reply]
	if r == nil || r.State != ReplyClaimed || !r.current(c.Attempt) {
		return nil, nil
	}
	return []Event{{c.Reply.Stream(), ReplyDot{Attempt: c.Attempt, At: env.Now.UTC()}}}, nil
}

func decideSent(s Scope, env Env, c ReportSent) ([]Event, error) {
	r := s.Replies[c.Reply]
	if r == nil || (r.State != ReplyDotSent && r.State != ReplyUnknown) || !r.current(c.Attempt) {
		return nil, nil
	}
	return append([]Event{{c.Reply.Stream(), ReplyWasSent{Code: c.Code, Response: c.Response, At: env.Now.UTC()}}},
		moved(s, env, r, ReplySent)...), nil
}

func moved(s Scope, env Env, r *Reply, state ReplyState) []Event {
	if s.Cases[r.Approval.Case] == nil {
		return nil
	}
	out := []Event{{r.Approval.Case.Stream(), CaseReplyMoved{Reply: r.ID, State: state, Day: env.Today}}}
	if state == ReplyRefused {
		out = append(out, Event{r.Approval.Case.Stream(), FollowUpSet{FollowUp{
			ID: DeriveID(env.ID, "refused", 0), Due: env.Today, Reason: "reply_refused", By: "",
		}}})
	}
	return out
}

func decideNotSent(s Scope, env Env, c ReportNotSent) ([]Event, error) {
	r := s.Replies[c.Reply]
	if r == nil || (r.State != ReplyClaimed && r.State != ReplyDotSent) || !r.current(c.Attempt) {
		return nil, nil
	}
	if r.State == ReplyDotSent && c.Code == 0 {
		return nil, nil // without the server's word it is unknown, never "not sent"
	}
	if c.Temporary && c.Attempt < MaxAttempts {
		return []Event{{c.Reply.Stream(), ReplyDeferred{Code: c.Code, Response: c.Response, Phase: c.Phase, Next: c.Next.UTC()}}}, nil
	}
	return append([]Event{{c.Reply.Stream(), ReplyWasRefused{Code: c.Code, Response: c.Response, Phase: c.Phase}}},
		moved(s, env, r, ReplyRefused)...), nil
}

func decideUnknown(s Scope, c ReportUnknown) ([]Event, error) {
	r := s.Replies[c.Reply]
	if r == nil || r.State != ReplyDotSent || !r.current(c.Attempt) {
		return nil, nil
	}
	out := []Event{{c.Reply.Stream(), ReplyBecameUnknown{c.Why}}}
	if s.Cases[r.Approval.Case] != nil {
		out = append(out, Event{r.Approval.Case.Stream(), CaseReplyMoved{Reply: r.ID, State: ReplyUnknown}})
	}
	return out, nil
}

func decideSettle(s Scope, env Env, c SettleReply) ([]Event, error) {
	r := s.Replies[c.Reply]
	st := c.Reply.Stream()
	switch {
	case r == nil:
		return nil, refuse(NotFound, st, "")
	case r.State != ReplyUnknown && r.State != ReplyRefused:
		return nil, refuse(WrongState, st, string(r.State))
	}
	switch c.Choice {
	case "sent":
		if r.State != ReplyUnknown {
			return nil, refuse(WrongState, st, string(r.State))
		}
		return append([]Event{{st, ReplyWasSent{At: env.Now.UTC(), Settled: s.Actor.User}}}, moved(s, env, r, ReplySent)...), nil
	case "again":
		until := env.Now.UTC().Add(env.Rules.Undo)
		return append([]Event{{st, ReplyAgain{By: s.Actor.User, UndoUntil: until}}}, moved(s, env, r, ReplyApproved)...), nil
	case "give_up":
		undo, ref := undoEvents(s, r, "given_up")
		if ref != nil {
			return nil, ref
		}
		return append([]Event{{st, ReplyWentStale{"given_up"}}}, undo...), nil
	}
	return nil, refuse(Invalid, st, "choice")
}
