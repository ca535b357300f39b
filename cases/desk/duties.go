package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// caseName is what every line of these lists says of its case. The caller holds
// the index's lock.
func (x *index) caseName(id cases.CaseID) (reference, debtor plain.Text) {
	c := x.cases[id]
	if c == nil {
		return plain.Text{}, plain.Text{}
	}
	if p := x.persons[c.Debtor]; p != nil {
		debtor = plain.Line(p.Name)
	}
	return plain.Line(c.Reference), debtor
}

// wanted lists the cases whose summary is wanted, in the order of their
// references.
func (x *index) wanted(want func(*cases.CaseSummary) bool) []cases.CaseID {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var list []*cases.CaseSummary
	for _, c := range x.cases {
		if want(c) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *cases.CaseSummary) int {
		return cmp.Or(cmp.Compare(a.Reference, b.Reference), cmp.Compare(a.ID, b.ID))
	})
	out := make([]cases.CaseID, len(list))
	for i, c := range list {
		out[i] = c.ID
	}
	return out
}

// SilvesterRow is one claim that lapses soon.
type SilvesterRow struct {
	Case      cases.CaseID
	Reference plain.Text
	Debtor    plain.Text
	Claim     string
	Invoice   string
	Principal money.Cents
	Stage     cases.Stage
	// Title is the kind of title, "" for an untitled claim. InterestYear is set
	// where it is only the interest of that year that lapses (§ 197 Abs. 2 BGB).
	Title        string
	InterestYear int
	// Ends counts what a person confirmed; Without counts no acknowledgement at
	// all, With those too that are only proposed. Disputed says that With and Ends
	// differ: a person should judge what was proposed.
	Ends, Without, With calendar.Date
	Act                 calendar.Date // last business day to act
	Disputed            bool
	Steps               []deadline.Step
}

// Silvester lists the claims that become time-barred by the end of a year (zero:
// this one) if nothing happens, soonest first, with and without what is only
// proposed as an acknowledgement. Claims that only a proposal would save are in
// it; those that have lapsed before today are not.
func (d *Desk) Silvester(ctx context.Context, year int) ([]SilvesterRow, error) {
	today := d.Today()
	if year == 0 {
		year, _, _ = today.Civil()
	}
	last := calendar.Of(year, time.December, 31)
	ids := d.ix.wanted(func(c *cases.CaseSummary) bool {
		return c.Limitation != 0 && c.Limitation <= last && !c.Flags.Has(cases.CaseClosed)
	})
	var out []SilvesterRow
	for _, id := range ids {
		c, err := d.caseState(ctx, id)
		if errors.Is(err, cases.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, l := range c.Limitations(today) {
			out = append(out, d.silvester(c, l, today, last)...)
		}
	}
	slices.SortStableFunc(out, func(a, b SilvesterRow) int { return cmp.Compare(min(a.Ends, a.With), min(b.Ends, b.With)) })
	return out, nil
}

// silvester gives the lines of one claim: itself, and the interest of a title.
func (d *Desk) silvester(c *cases.Case, l cases.ClaimLimitation, today, last calendar.Date) []SilvesterRow {
	var out []SilvesterRow
	add := func(r deadline.Result, year int) {
		if r.Earliest == 0 || r.Earliest > last || r.Earliest < today {
			return
		}
		row := SilvesterRow{
			Case: c.ID, Claim: l.Claim, Stage: c.Stage, Title: l.Title.Kind, InterestYear: year,
			Ends: r.Ends, Without: r.EndsWithoutAck, With: r.EndsWithAck, Act: r.Act, Disputed: r.Ends != r.EndsWithAck, Steps: r.Steps,
		}
		for _, k := range c.Ledger.Claims {
			if k.ID == l.Claim {
				row.Invoice, row.Principal = k.Invoice, k.Principal
			}
		}
		d.ix.mu.RLock()
		row.Reference, row.Debtor = d.ix.caseName(c.ID)
		d.ix.mu.RUnlock()
		out = append(out, row)
	}
	add(l.Result, 0)
	add(l.Interest, l.InterestYear)
	return out
}

// Duty is something that the law or the house wants answered by a day.
type Duty struct {
	// Kind is that of the clock: data_request, information, complaint,
	// court_objection, court_order_window, appeal, claim_reasons, their_deadline.
	Kind      string
	Case      cases.CaseID
	Reference plain.Text
	Debtor    plain.Text
	Message   cases.MessageID // the mail that started it, "" if none
	Clock     string          // the running clock, "" while only the open mail counts
	Complaint string          // its entry in the register, "" if there is none
	About     string          // of a complaint
	Started   calendar.Date
	Due       calendar.Date
	Source    string // the paragraph, "" for a rule of the house
	Late      bool
}

// Duties lists what runs against the agency on a day (zero: today), soonest
// first: clocks on cases, and open mails that start one by arriving: a data
// request (Art. 12 Abs. 3 DSGVO), a request for information (§ 13a Abs. 2 RDG), a
// complaint that nobody entered in the register yet.
func (d *Desk) Duties(ctx context.Context, at calendar.Date) ([]Duty, error) {
	if at == 0 {
		at = d.Today()
	}
	var out []Duty
	have := map[cases.MessageID]bool{}
	for _, id := range d.ix.wanted(func(c *cases.CaseSummary) bool { return c.Clock != 0 }) {
		c, err := d.caseState(ctx, id)
		if errors.Is(err, cases.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, k := range c.Clocks {
			if k.Stopped {
				continue
			}
			y := Duty{Kind: k.Kind, Case: id, Message: k.Message, Clock: k.ID, Started: k.Started, Due: k.Due, Source: k.Source}
			for _, x := range c.Complaints {
				if x.Clock == k.ID {
					y.Complaint, y.About = x.ID, x.About
				}
			}
			if y.Source == "" {
				y.Source = dutySource(k.Kind)
			}
			have[k.Message] = true
			out = append(out, y)
		}
	}
	out = append(out, d.openDuties(at, have)...)
	d.ix.mu.RLock()
	for i := range out {
		y := &out[i]
		y.Late = y.Due < at
		y.Reference, y.Debtor = d.ix.caseName(y.Case)
	}
	d.ix.mu.RUnlock()
	slices.SortStableFunc(out, func(a, b Duty) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Case, b.Case), cmp.Compare(a.Message, b.Message))
	})
	return out, nil
}

func (d *Desk) openDuties(at calendar.Date, have map[cases.MessageID]bool) []Duty {
	x := d.ix
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []Duty
	for _, m := range x.messages {
		if m.State != cases.MessageOpen || have[m.ID] {
			continue
		}
		in := x.messageInput(m, at, d)
		switch {
		case m.Intent == cases.Complaint:
			due := calendar.NextBusinessDay(in.Received+calendar.Date(cmp.Or(d.o.Rules.ComplaintDays, cases.ComplaintDays)), d.o.Rules.Land)
			out = append(out, Duty{Kind: "complaint", Case: m.Case, Message: m.ID, Started: in.Received, Due: due})
		case in.Due != 0:
			out = append(out, Duty{Kind: in.DueKind, Case: m.Case, Message: m.ID, Started: in.Received, Due: in.Due, Source: dutySource(in.DueKind)})
		}
	}
	return out
}

func dutySource(kind string) string {
	switch kind {
	case "data_request":
		return "Art. 12 Abs. 3 DSGVO"
	case "information":
		return "§ 13a Abs. 2 RDG"
	}
	return ""
}

// ComplaintRow is a line of the complaint register.
type ComplaintRow struct {
	Case      cases.CaseID
	Reference plain.Text
	Debtor    plain.Text
	cases.ComplaintEntry
	Late bool
}

// Complaints lists the complaint register: what is open, or all; the open ones
// first, by their due day, then the closed ones, latest first.
func (d *Desk) Complaints(ctx context.Context, all bool) ([]ComplaintRow, error) {
	today := d.Today()
	var out []ComplaintRow
	for _, id := range d.ix.wanted(func(c *cases.CaseSummary) bool { return c.Flags.Has(cases.CaseComplaints) }) {
		c, err := d.caseState(ctx, id)
		if errors.Is(err, cases.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, x := range c.Complaints {
			if x.Outcome != "" && !all {
				continue
			}
			r := ComplaintRow{Case: id, ComplaintEntry: x, Late: x.Outcome == "" && x.Due < today}
			d.ix.mu.RLock()
			r.Reference, r.Debtor = d.ix.caseName(id)
			d.ix.mu.RUnlock()
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b ComplaintRow) int {
		open := func(r ComplaintRow) int { return cmp.Compare(min(1, len(r.Outcome)), 0) }
		return cmp.Or(cmp.Compare(open(a), open(b)), cmp.Compare(b.Closed, a.Closed), cmp.Compare(a.Due, b.Due))
	})
	return out, nil
}

// PersonEventRow is a death or insolvency that a person has yet to judge for one
// of the debtor's cases.
type PersonEventRow struct {
	Case      cases.CaseID
	Reference plain.Text
	Debtor    plain.Text
	Person    cases.PersonID
	Kind      string // cases.EventDeceased, cases.EventInsolvent
	// Effects are what is proposed; nothing happens before a person ticks them.
	Effects []cases.DraftEffect
}

// PersonEvents lists the open cases of people who died or became insolvent for
// which nobody has said yet what that means. It proposes; it does nothing.
func (d *Desk) PersonEvents(context.Context) ([]PersonEventRow, error) {
	var out []PersonEventRow
	x := d.ix
	for _, id := range x.wanted(func(c *cases.CaseSummary) bool { return len(x.unjudged(c)) > 0 }) {
		x.mu.RLock()
		c := x.cases[id]
		for _, kind := range x.unjudged(c) {
			r := PersonEventRow{Case: id, Person: c.Debtor, Kind: kind, Effects: d.proposed(kind)}
			r.Reference, r.Debtor = x.caseName(id)
			out = append(out, r)
		}
		x.mu.RUnlock()
	}
	return out, nil
}

// unjudged lists the events of its debtor's life that nobody judged for an open
// case. The caller holds the lock.
func (x *index) unjudged(c *cases.CaseSummary) []string {
	if c == nil || c.Flags.Has(cases.CaseClosed) {
		return nil
	}
	p := x.persons[c.Debtor]
	if p == nil {
		return nil
	}
	var out []string
	if p.Deceased && !c.Flags.Has(cases.CaseDeathJudged) {
		out = append(out, cases.EventDeceased)
	}
	if p.Insolvent && !c.Flags.Has(cases.CaseInsolvencyJudged) {
		out = append(out, cases.EventInsolvent)
	}
	return out
}

// How long a case rests after a death (six weeks to disclaim, § 1944 BGB, and
// some to hear of it), and until when a claim should be filed (§ 174 InsO).
const (
	restDays   = 56
	filingDays = 14
)

// proposed is what a death or insolvency means for a case as a rule.
func (d *Desk) proposed(kind string) []cases.DraftEffect {
	today, land := d.Today(), d.o.Rules.Land
	hold := cases.Effect{Kind: cases.PlaceHold, Hold: cases.HoldAll, Code: kind}
	next := cases.Effect{Kind: cases.SetFollowUp, Code: "insolvency_filing", Date: calendar.NextBusinessDay(today+filingDays, land)}
	if kind == cases.EventDeceased {
		hold.Until = today + restDays
		next.Code, next.Date = "deceased", calendar.NextBusinessDay(today+restDays, land)
	}
	return []cases.DraftEffect{{Effect: hold, Ticked: true, Why: kind}, {Effect: next, Ticked: true, Why: kind}}
}

// JudgePersonEvent is a person's word on a line of PersonEvents: take it over with
// the ticked effects, or say that it does not concern the case.
func (d *Desk) JudgePersonEvent(ctx context.Context, r PersonEventRow, take bool) error {
	cmd := cases.JudgePersonEvent{Case: r.Case, Person: r.Person, Kind: r.Kind, Take: take}
	if take {
		cmd.Effects = ticked(r.Effects)
	}
	_, err := d.submit(ctx, d.o.Actor, cmd)
	return err
}

// Idle lists the open cases without a next step: no follow-up, clock, open mail,
// instalment or offer that would bring them back. Each also stands in the queue.
func (d *Desk) Idle(context.Context) ([]cases.CaseID, error) {
	return d.ix.wanted(idle), nil
}

// IdleRow is an open case without a next step.
type IdleRow struct {
	Case      cases.CaseID
	Reference plain.Text
	Debtor    plain.Text
	Stage     cases.Stage
}

// IdleRows is Idle with what a list shows of each case.
func (d *Desk) IdleRows(ctx context.Context) ([]IdleRow, error) {
	ids, err := d.Idle(ctx)
	if err != nil {
		return nil, err
	}
	d.ix.mu.RLock()
	defer d.ix.mu.RUnlock()
	out := make([]IdleRow, 0, len(ids))
	for _, id := range ids {
		c := d.ix.cases[id]
		if c == nil {
			continue
		}
		r := IdleRow{Case: id, Stage: c.Stage}
		r.Reference, r.Debtor = d.ix.caseName(id)
		out = append(out, r)
	}
	return out, nil
}

func idle(c *cases.CaseSummary) bool {
	return c.FollowUp == 0 && c.Clock == 0 && c.OpenMails == 0 && c.RateDue == 0 && c.OfferEnds == 0 && !c.Flags.Has(cases.CaseClosed)
}

// passDay moves what time alone moves, once a day: offers that nobody accepted
// lapse and leave a follow-up. Asked again it changes nothing.
func (d *Desk) passDay(ctx context.Context) error {
	today := d.Today()
	if d.passed == today {
		return nil
	}
	ids := d.ix.wanted(func(c *cases.CaseSummary) bool { return c.OfferEnds != 0 && c.OfferEnds < today })
	for len(ids) > 0 {
		n := min(len(ids), passBatch)
		var b cases.Batch
		for _, id := range ids[:n] {
			b.Envelopes = append(b.Envelopes, cases.Envelope{ID: NewCommandID(), Actor: d.machine(), Command: cases.PassDay{Case: id}})
		}
		if _, err := d.o.Journal.Submit(ctx, b); err != nil {
			return fmt.Errorf("let offers lapse: %w", err)
		}
		ids = ids[n:]
	}
	d.passed = today
	return nil
}

// passBatch is how many cases go into one transaction.
const passBatch = 500
