package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/plain"
	"kontor/cases/plan"
	"kontor/cases/priority"
)

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }

// Queue puts the work in order.
func (d *Desk) Queue(ctx context.Context, q Query) (*Queue, error) {
	at := q.At
	if at == 0 {
		at = d.Today()
	}
	items, names, err := d.ranked(ctx, at)
	if err != nil {
		return nil, err
	}
	out := &Queue{items: d.ix.keep(items, q), names: names, row: func(j *judged) Row { return d.row(j, at) }}
	out.countAll()
	return out, nil
}

// keep filters by lane and words.
func (x *index) keep(items []*judged, q Query) []*judged {
	if q.Lane != "" {
		at := func(edge uint64) int {
			i, _ := slices.BinarySearchFunc(items, edge, func(j *judged, e uint64) int { return cmp.Compare(j.first, e) })
			return i
		}
		from := laneStart(q.Lane)
		items = items[at(from):at(from+1<<48)]
	}
	words := strings.Fields(fold(q.Text))
	if len(words) == 0 {
		return items
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []*judged
	for _, j := range items {
		text := fold(x.words(j.ref))
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			out = append(out, j)
		}
	}
	return out
}

// words is what a filter looks at.
func (x *index) words(ref ItemRef) string {
	var c cases.CaseID
	text := ""
	switch ref.Kind {
	case priority.ItemMessage:
		m := x.messages[cases.MessageID(ref.ID)]
		c, text = m.Case, m.Subject+" "+m.From+" "+m.FromAddr
	case priority.ItemReply:
		r := x.replies[cases.ReplyID(ref.ID)]
		c, text = r.Case, r.Subject+" "+r.ToAddr
	case priority.ItemPayment:
		if e := x.pay.entries[cases.EntryID(ref.ID)]; e != nil {
			c, text = e.Case, e.Party+" "+e.Text
		}
	default:
		c = cases.CaseID(ref.ID)
	}
	if s := x.cases[c]; s != nil {
		text += " " + s.Reference
		for _, p := range []cases.PersonID{s.Debtor, s.Creditor} {
			if who := x.persons[p]; who != nil {
				text += " " + who.Name
			}
		}
	}
	return text
}

func fold(s string) string { return strings.ToLower(s) }

func (x *index) caseInput(in *priority.Input, c *cases.CaseSummary, at calendar.Date) {
	if c == nil {
		return
	}
	in.Balance, _ = c.Daily.Total(at)
	in.Vulnerable = c.Flags.Has(cases.CaseVulnerableFlag)
	in.DunningRuns = c.Flags.Has(cases.CaseDunningRuns)
	in.Held = c.HoldReason != "" && (c.HoldUntil == 0 || at <= c.HoldUntil)
	in.Limitation = limitation(c, at)
}

// limitation is the end of limitation to warn on at a day. A summary is of the
// day of its case's last change: the interest of a title lapses year by year
// (§ 197 Abs. 2 BGB), so that the next year's is due when one has passed.
func limitation(c *cases.CaseSummary, at calendar.Date) calendar.Date {
	l := c.Limitation
	switch c.Stage {
	case cases.StageCourtOrder, cases.StageEnforcementOrder, cases.StageEnforcement:
		for y, m, d := l.Civil(); l != 0 && l < at && m == time.December && d == 31; y++ {
			l = calendar.Of(y+1, m, d)
		}
	case cases.StageReminder, cases.StageDunning, cases.StageCollection, cases.StageClosed:
	}
	return l
}

func (x *index) messageInput(m *cases.MessageSummary, at calendar.Date, d *Desk) priority.Input {
	in := priority.Input{
		Received: calendar.In(m.Received, d.o.Loc), Minute: m.Received.Unix() / 60, Intent: m.Intent, Unsure: m.Unsure || m.Permille < cases.Sure,
		Unread: m.Unread, Assigned: m.Case != "", Alerts: m.Alerts, Flags: m.Flags,
		Auto: m.Kind == cases.KindAuto || m.Kind == cases.KindBounce,
	}
	c := x.cases[m.Case]
	x.caseInput(&in, c, at)
	if in.Auto {
		in.Unsure = false
	}
	switch m.Intent { //nolint:exhaustive // only these start a clock by arriving
	case cases.DataRequest: // Art. 12 Abs. 3 DSGVO: one month from arrival
		in.Due, in.DueKind = in.Received.AddMonths(1), "data_request"
	case cases.InformationRequest: // § 13a Abs. 2 RDG: without delay
		in.Due, in.DueKind = calendar.AddBusinessDays(in.Received, informationDays, d.o.Rules.Land), "information"
	}
	return in
}

// informationDays is how many working days "unverzüglich" (§ 13a Abs. 2 RDG) is
// taken to leave at most: one to two weeks are the rule in practice.
const informationDays = 7

func (x *index) replyInput(r *cases.ReplySummary, at calendar.Date, d *Desk) (priority.Input, bool) {
	in := priority.Input{Received: calendar.In(r.ApprovedAt, d.o.Loc), Minute: r.ApprovedAt.Unix() / 60}
	switch r.State {
	case cases.ReplyUnknown, cases.ReplyRefused:
		in.ReplyGone = true
	case cases.ReplySent:
		if calendar.In(r.SentAt, d.o.Loc) != at {
			return in, false
		}
		in.SentToday = true
		return in, true
	case cases.ReplyApproved, cases.ReplyClaimed, cases.ReplyDotSent, cases.ReplyWithdrawn, cases.ReplyStale:
		// What came back is open again as the message or follow-up it answered;
		// a bounce is shown by its report.
		return in, false
	}
	x.caseInput(&in, x.cases[r.Case], at)
	return in, true
}

// caseItems gives the lines that a case makes without any mail: its follow-up,
// its clock, its overdue instalment, its limitation.
func (x *index) caseItems(c *cases.CaseSummary, at, covered calendar.Date, rules cases.Rules, give func(ItemRef, priority.Input)) {
	add := func(kind priority.ItemKind, f func(*priority.Input)) {
		var in priority.Input
		x.caseInput(&in, c, at)
		f(&in)
		give(ItemRef{kind, string(c.ID)}, in)
	}
	if c.Clock != 0 && c.Clock <= at {
		add(priority.ItemClock, func(in *priority.Input) { in.Due, in.DueKind = c.Clock, c.ClockKind })
	}
	events := x.unjudged(c)
	none := idle(c)
	if due := c.FollowUp != 0 && c.FollowUp <= at; due || none || len(events) > 0 {
		add(priority.ItemFollowUp, func(in *priority.Input) {
			in.PersonEvents, in.NoNextStep = events, none // no case without a next step
			if due {
				in.FollowUp = c.FollowUp
			}
		})
	}
	if overdue(c, at, covered, rules) {
		add(priority.ItemPlan, func(in *priority.Input) { in.Broken = true })
	}
	if l := limitation(c, at); l != 0 && int(l-at) <= silvesterDays && !c.Flags.Has(cases.CaseClosed) {
		add(priority.ItemDeadline, func(*priority.Input) {})
	}
}

// silvesterDays is how long before its end limitation becomes an item: most
// periods end with the year (§ 199 Abs. 1 BGB), and an application to the court
// takes its time.
const silvesterDays = 60

// overdue reports whether a part that was due is missing for sure: only when a
// statement covers its grace and the days in which a transfer shows.
func overdue(c *cases.CaseSummary, at, covered calendar.Date, r cases.Rules) bool {
	if c.RateDue == 0 || c.RateDue >= at || covered == 0 {
		return false
	}
	return plan.Missing(c.RateDue, covered, r.Plan, cmp.Or(c.Land, r.Land))
}

// row makes one line of the queue ready to show.
func (d *Desk) row(j *judged, at calendar.Date) Row {
	x := d.ix
	x.mu.RLock()
	defer x.mu.RUnlock()
	r := Row{Item: j.ref, Lane: j.verdict.Lane, Score: j.verdict.Score, Reasons: j.verdict.Reasons, Due: j.due}
	switch j.ref.Kind {
	case priority.ItemMessage:
		if m := x.messages[cases.MessageID(j.ref.ID)]; m != nil {
			r.Message, r.Case = m.ID, m.Case
			r.From, r.Subject, r.Received = plain.Line(cmp.Or(m.From, m.FromAddr)), plain.Line(m.Subject), m.Received
			r.AgeDays = max(0, int(at-calendar.In(m.Received, d.o.Loc)))
			r.Intent, r.Second, r.Permille, r.Unsure = m.Intent, m.Secondary, m.Permille, m.Unsure || m.Permille < cases.Sure
			r.Flags, r.Alerts = m.Flags, m.Alerts
		}
	case priority.ItemReply:
		if p := x.replies[cases.ReplyID(j.ref.ID)]; p != nil {
			r.Reply, r.Case, r.State = p.ID, p.Case, p.State
			r.Subject, r.Received = plain.Line(p.Subject), p.ApprovedAt
			r.AgeDays = max(0, int(at-calendar.In(p.ApprovedAt, d.o.Loc)))
		}
	case priority.ItemPayment:
		if e := x.pay.entries[cases.EntryID(j.ref.ID)]; e != nil {
			r.Case, r.From, r.Subject = e.Case, plain.Line(e.Party), plain.Line(e.Text)
			r.AgeDays = max(0, int(at-e.Booked))
		}
	default:
		r.Case = cases.CaseID(j.ref.ID)
	}
	c := x.cases[r.Case]
	if c == nil {
		return r
	}
	r.Reference, r.Stage, r.FollowUp = plain.Line(c.Reference), c.Stage, c.FollowUp
	r.Balance, r.BalanceOK = c.Daily.Total(at)
	if c.HoldReason != "" && (c.HoldUntil == 0 || at <= c.HoldUntil) {
		r.Held = c.HoldReason
	}
	if p := x.persons[c.Debtor]; p != nil {
		r.Debtor = plain.Line(p.Name)
	}
	if p := x.persons[c.Creditor]; p != nil {
		r.Creditor = plain.Line(p.Name)
	}
	return r
}
