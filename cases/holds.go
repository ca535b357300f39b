package cases

import (
	"cmp"
	"slices"

	"kontor/cases/calendar"
)

// HoldReasons lists the codes that a hold may carry.
func HoldReasons() []string {
	return []string{
		"dispute", "paid_claimed", "plan", "pause", EventDeceased, EventInsolvent, "represented", "alert", "not_debtor",
		"identity_theft", "debt_settlement_attempt", "data_request", "inquiry", "complaint", "other",
	}
}

// Stop says that something may not go on, and what stops it.
type Stop struct {
	// What is dunning, court, bureau or interest.
	What string `json:"what"`
	// Claim is empty where the whole case is meant.
	Claim  string        `json:"claim,omitempty"`
	Reason string        `json:"reason"`
	From   calendar.Date `json:"from"`
	Until  calendar.Date `json:"until,omitzero"` // zero: until it is ended
	// Hold is the hold behind it, empty where the law alone stops it.
	Hold string `json:"hold,omitempty"`
	Rule string `json:"rule,omitempty"` // the paragraph, where one says so
}

// What a Stop stops.
const (
	StopDunning  = "dunning"
	StopCourt    = "court"
	StopBureau   = "bureau"
	StopInterest = "interest"
)

// stops lists what a kind of hold stops.
func (k HoldKind) stops() []string {
	switch k {
	case HoldDunning:
		return []string{StopDunning}
	case HoldCourt:
		return []string{StopCourt}
	case HoldBureau:
		return []string{StopBureau}
	case HoldAll:
		return []string{StopDunning, StopCourt, StopBureau}
	}
	return nil
}

// ruleOf names the paragraph that asks for a hold of a reason.
func ruleOf(reason string) string {
	switch reason {
	case "dispute":
		return "§ 31 Abs. 2 BDSG"
	case EventDeceased:
		return "§§ 1944, 1958 BGB"
	case EventInsolvent:
		return "§§ 87, 89, 294 InsO"
	case "debt_settlement_attempt":
		return "§ 305a InsO"
	}
	return ""
}

// Stops computes what may not go on with the case or one of its claims on a
// day: every active hold with what it stops, and what the law stops by itself. A
// dispute keeps its claim from the credit bureau (§ 31 Abs. 2 BDSG); a pause
// makes the claim undue, so that no default interest runs unless it was agreed
// (§ 286 BGB); in insolvency interest from the opening on is subordinate and not
// asked for (§ 39 Abs. 1 Nr. 1 InsO).
func (c *Case) Stops(day calendar.Date, persons map[PersonID]*Person) []Stop {
	var out []Stop
	for _, h := range c.Holds {
		if !h.Active(day) {
			continue
		}
		for _, what := range h.Kind.stops() {
			out = append(out, Stop{What: what, Claim: h.Claim, Reason: h.Reason, From: h.From, Until: h.Until, Hold: h.ID, Rule: ruleOf(h.Reason)})
		}
	}
	for _, o := range c.Objections {
		if !o.Settled {
			out = append(out, Stop{What: StopBureau, Claim: o.Claim, Reason: "dispute", From: o.Date, Rule: "§ 31 Abs. 2 BDSG"})
		}
	}
	if a, ok := c.Binding(ArrangePause); ok && a.Since <= day && day <= a.Until {
		for _, what := range []string{StopDunning, StopInterest} {
			out = append(out, Stop{What: what, Reason: "pause", From: a.Since, Until: a.Until, Rule: "§ 286 BGB"})
		}
	}
	for _, p := range c.Parties {
		who := persons[p.Person]
		if who == nil || p.Role != RoleDebtor && p.Role != RoleCoDebtor {
			continue
		}
		if who.Insolvent {
			for _, what := range []string{StopDunning, StopCourt, StopInterest} {
				rule := "§§ 87, 89 InsO"
				if what == StopInterest {
					rule = "§ 39 Abs. 1 Nr. 1 InsO"
				}
				out = append(out, Stop{What: what, Reason: EventInsolvent, From: who.InsolventOn, Rule: rule})
			}
		}
		if who.Deceased {
			for _, what := range []string{StopDunning, StopCourt} {
				out = append(out, Stop{What: what, Reason: EventDeceased, From: who.DeceasedOn, Rule: "§ 1958 BGB"})
			}
		}
	}
	return out
}

// HeldDunning returns a hold that keeps everybody from asking for money on the
// case: one on the whole case, or one on each of its claims.
func (c *Case) HeldDunning(day calendar.Date) (Hold, bool) {
	if h, ok := c.Held(HoldDunning, day); ok {
		return h, true
	}
	var last Hold
	for _, k := range c.Ledger.Claims {
		i := slices.IndexFunc(c.Holds, func(h Hold) bool {
			return h.Active(day) && h.Claim == k.ID && slices.Contains(h.Kind.stops(), StopDunning)
		})
		if i < 0 {
			return Hold{}, false
		}
		last = c.Holds[i]
	}
	return last, len(c.Ledger.Claims) > 0
}

// heldFrom is the hold that lists show: one without an end before others, else
// the one that lasts longest. Holds that begin later count from now on, as the
// summary does not look at days.
func (c *Case) heldFrom(today calendar.Date) (reason string, until calendar.Date) {
	better := func(h Hold) bool { return reason == "" || until != 0 && (h.Until == 0 || h.Until > until) }
	for _, h := range c.Holds {
		if !h.Lifted && (h.Until == 0 || h.Until >= today) && h.Claim == "" && slices.Contains(h.Kind.stops(), StopDunning) && better(h) {
			reason, until = cmp.Or(h.Reason, "hold"), h.Until
		}
	}
	if reason == "" {
		if h, ok := c.HeldDunning(today); ok {
			reason, until = h.Reason, h.Until
		}
	}
	return reason, until
}

// placeHold decides about one more hold. Several may stand beside each other,
// each with its own reason and end; the same one twice is refused to a person
// who asks for it, and changes nothing where a letter brings it along.
func placeHold(s Scope, env Env, k *Case, e Effect, by ReplyID, id string) ([]Event, error) {
	st := k.Of()
	bad := func(detail string) ([]Event, error) {
		return nil, refuse(Invalid, st, string(e.Kind)+": "+detail)
	}
	switch {
	case !slices.Contains([]HoldKind{HoldDunning, HoldCourt, HoldBureau, HoldAll}, e.Hold) || e.Code == "" || len(e.Code) > maxCode:
		return bad("kind or reason")
	case e.Until != 0 && e.Until < env.Today:
		return bad("until")
	case e.Claim != "" && !k.hasClaim(e.Claim):
		return bad("claim")
	case k.Stage == StageClosed:
		return nil, refuse(CaseIsClosed, st, "")
	case len(k.Holds) >= maxRegister:
		return nil, refuse(LimitExceeded, st, "holds")
	}
	for _, h := range k.Holds {
		same := h.Kind == e.Hold && h.Claim == e.Claim && h.Reason == e.Code && h.Active(env.Today)
		if same && (h.Until == 0 || e.Until != 0 && e.Until <= h.Until) {
			if by != "" {
				return nil, nil
			}
			return nil, refuse(Exists, st, "hold")
		}
	}
	return []Event{{st, HoldPlaced{Hold{
		ID: id, Kind: e.Hold, Claim: e.Claim, Reason: e.Code, From: env.Today, Until: e.Until, By: by, User: s.Actor.User,
	}}}}, nil
}

// liftHold decides about ending one hold. It is refused while its ground stands:
// an open dispute of what it covers, a death, an insolvency.
func liftHold(s Scope, k *Case, e Effect, by ReplyID) ([]Event, error) {
	st := k.Of()
	i := slices.IndexFunc(k.Holds, func(h Hold) bool { return h.ID == e.Target && !h.Lifted })
	if i < 0 {
		return nil, refuse(Invalid, st, string(e.Kind)+": no such hold")
	}
	h := k.Holds[i]
	switch h.Reason {
	case "dispute":
		if slices.ContainsFunc(k.Objections, func(o Objection) bool {
			return !o.Settled && (h.Claim == "" || o.Claim == "" || o.Claim == h.Claim)
		}) {
			return nil, refuse(Blocked, st, "dispute")
		}
	case EventDeceased, EventInsolvent:
		for _, p := range k.Parties {
			who := s.Persons[p.Person]
			if who == nil || p.Role != RoleDebtor && p.Role != RoleCoDebtor {
				continue
			}
			if h.Reason == EventDeceased && who.Deceased || h.Reason == EventInsolvent && who.Insolvent {
				return nil, refuse(Blocked, st, h.Reason)
			}
		}
	}
	return []Event{{st, HoldLifted{Hold: e.Target, By: by, User: s.Actor.User}}}, nil
}
