package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/ui/text"
)

type caseLine struct {
	Reference    string                  `json:"reference"`
	CaseID       string                  `json:"case_id"`
	Subject      string                  `json:"subject"`
	Portfolio    string                  `json:"portfolio,omitempty"`
	Stage        cases.Stage             `json:"stage"`
	Opened       calendar.Date           `json:"opened"`
	At           calendar.Date           `json:"at"`
	Currency     string                  `json:"currency"`
	Balance      *money.Cents            `json:"balance_cents"`
	Principal    money.Cents             `json:"principal_cents"`
	Interest     money.Cents             `json:"interest_cents"`
	Costs        money.Cents             `json:"costs_cents"`
	Credit       money.Cents             `json:"credit_cents"`
	BalanceError string                  `json:"balance_error,omitempty"`
	Parties      []partyLine             `json:"parties"`
	Claims       []ledger.Claim          `json:"claims"`
	Ledger       []ledger.Entry          `json:"ledger"`
	Interests    []ledger.InterestLine   `json:"interest_statement"`
	DayCounts    []ledger.DayCountFrom   `json:"day_counts"` // the conventions of the reckoning, by the day from which they hold
	Rounding     string                  `json:"rounding,omitempty"`
	Arrangements []cases.Arrangement     `json:"arrangements"`
	Holds        []cases.Hold            `json:"holds"`
	FollowUps    []cases.FollowUp        `json:"follow_ups"`
	Deadlines    []cases.Clock           `json:"deadlines"`
	Objections   []cases.Objection       `json:"objections"`
	Inquiries    []cases.Inquiry         `json:"inquiries"`
	Notes        []cases.Note            `json:"notes"`
	Documents    []cases.Document        `json:"documents"`
	Titles       []deadline.Title        `json:"titles"`
	Complaints   []cases.ComplaintEntry  `json:"complaints"`
	Acks         []cases.Acknowledgement `json:"acknowledgements"`
	Limitation   []limitationLine        `json:"limitation"`
	Stops        []cases.Stop            `json:"stops"`
	Messages     []caseMessage           `json:"messages"`
	Replies      []caseReply             `json:"replies"`
	Timeline     []timelineLine          `json:"timeline"`
}

// limitationLine says when a claim becomes time-barred: counting what a person
// confirmed, no acknowledgement at all, and what is only proposed too.
type limitationLine struct {
	Claim        string        `json:"claim"`
	Title        string        `json:"title,omitempty"`
	InCourt      bool          `json:"in_court,omitempty"`
	Ends         calendar.Date `json:"ends,omitzero"`
	WithoutAck   calendar.Date `json:"ends_without_ack,omitzero"`
	WithAck      calendar.Date `json:"ends_with_ack,omitzero"`
	Act          calendar.Date `json:"act,omitzero"`
	InterestYear int           `json:"interest_year,omitempty"`
	InterestEnds calendar.Date `json:"interest_ends,omitzero"`
}

type partyLine struct {
	Role      cases.Role      `json:"role"`
	PersonID  string          `json:"person_id"`
	Name      string          `json:"name"`
	Proof     cases.Proof     `json:"proof"`
	Since     calendar.Date   `json:"since,omitzero"`
	Until     calendar.Date   `json:"until,omitzero"`
	Contacts  []cases.Contact `json:"contacts"`
	Deceased  bool            `json:"deceased,omitempty"`
	Insolvent bool            `json:"insolvent,omitempty"`
}

type caseMessage struct {
	MessageID  string       `json:"message_id"`
	Received   time.Time    `json:"received"`
	From       string       `json:"from"`
	Subject    string       `json:"subject"`
	Intent     cases.Intent `json:"intent"`
	Confidence float64      `json:"confidence"`
	State      string       `json:"state"`
	Slots      cases.Slots  `json:"slots"`
}

type caseReply struct {
	ReplyID    string    `json:"reply_id"`
	State      string    `json:"state"`
	Template   string    `json:"template"`
	To         string    `json:"to"`
	Subject    string    `json:"subject"`
	ApprovedAt time.Time `json:"approved_at"`
	SHA256     string    `json:"sha256"`
}

type timelineLine struct {
	Pos   uint64    `json:"pos"`
	At    time.Time `json:"at"`
	User  string    `json:"user,omitempty"`
	Type  uint16    `json:"type"`
	Event string    `json:"event"`
	Data  any       `json:"data"`
}

func (g *globals) caseCmd() *cobra.Command {
	var at string
	c := &cobra.Command{
		Use: "case REFERENCE", Short: "one case whole", Args: oneArg("one reference"),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := calendar.Parse(at)
			if err != nil {
				return usage("--at: %w", err)
			}
			return g.withDesk(cmd.Context(), func(ctx context.Context, a *app) error {
				id, err := a.desk.FindCase(ctx, args[0])
				if err != nil {
					return err
				}
				v, err := a.desk.CaseView(ctx, id, day)
				if err != nil {
					return err
				}
				if day == 0 {
					day = v.Today
				}
				l := wholeCase(v, day)
				if g.json {
					return g.put(l)
				}
				return g.sayCase(a, v, l)
			})
		},
	}
	c.Flags().StringVar(&at, "at", "", "the account as of another day (YYYY-MM-DD)")
	return c
}

func wholeCase(v *desk.CaseView, at calendar.Date) caseLine {
	c := v.Case
	l := caseLine{
		Reference: c.Reference, CaseID: string(c.ID), Subject: c.Subject.String(), Portfolio: c.Portfolio, Stage: c.Stage, Opened: c.Opened, At: at,
		Currency: money.Currency, Claims: orEmpty(c.Ledger.Claims), Ledger: orEmpty(c.Ledger.Entries), Interests: orEmpty(v.Statement.Lines), DayCounts: orEmpty(v.Statement.DayCounts), Rounding: v.Statement.Rounding,
		Arrangements: orEmpty(c.Arrangements), Holds: orEmpty(c.Holds), FollowUps: orEmpty(c.FollowUps), Deadlines: orEmpty(c.Clocks),
		Objections: orEmpty(c.Objections), Inquiries: orEmpty(c.Inquiries), Notes: orEmpty(c.Notes),
		Documents: orEmpty(c.Documents), Titles: orEmpty(c.Titles), Complaints: orEmpty(c.Complaints), Acks: orEmpty(c.Acks),
		Limitation: []limitationLine{}, Stops: orEmpty(c.Stops(at, v.Persons)),
		Parties: []partyLine{}, Messages: []caseMessage{}, Replies: []caseReply{}, Timeline: []timelineLine{},
	}
	if v.BalanceErr != nil {
		l.BalanceError = v.BalanceErr.Error()
	} else {
		b := v.Balance
		l.Balance, l.Principal, l.Interest, l.Costs, l.Credit = &b.Total, b.Principal, b.Interest, b.Costs, b.Credit
	}
	for _, x := range c.Limitations(at) {
		l.Limitation = append(l.Limitation, limitationLine{
			Claim: x.Claim, Title: x.Title.ID, InCourt: x.InCourt, Ends: x.Result.Ends, WithoutAck: x.Result.EndsWithoutAck,
			WithAck: x.Result.EndsWithAck, Act: x.Result.Act, InterestYear: x.InterestYear, InterestEnds: x.Interest.Ends,
		})
	}
	for _, p := range c.Parties {
		pl := partyLine{Role: p.Role, PersonID: string(p.Person), Proof: p.Proof, Since: p.Since, Until: p.Until, Contacts: []cases.Contact{}}
		if who := v.Persons[p.Person]; who != nil {
			pl.Name, pl.Contacts, pl.Deceased, pl.Insolvent = who.Name.String(), orEmpty(who.Contacts), who.Deceased, who.Insolvent
		}
		l.Parties = append(l.Parties, pl)
	}
	for _, m := range v.Messages {
		l.Messages = append(l.Messages, caseMessage{
			string(m.ID), m.Received, m.Mail.From.Addr, m.Mail.Subject.String(), m.Class.Intent, permille(m.Class.Permille), string(m.State), m.Class.Slots,
		})
	}
	for _, r := range v.Replies {
		l.Replies = append(l.Replies, caseReply{
			string(r.ID), string(r.State), r.Approval.Template.ID, r.Approval.ToAddr, r.Approval.Subject.String(), r.ApprovedAt, r.Approval.SHA256,
		})
	}
	for _, f := range v.Facts {
		l.Timeline = append(l.Timeline, timelineLine{f.Pos, f.At, string(f.Actor.User), uint16(f.Body.Type()), cases.EventName(f.Body), f.Body})
	}
	return l
}

func (g *globals) sayCase(a *app, v *desk.CaseView, l caseLine) error {
	lang := a.lang()
	w := text.New(lang)
	if err := g.say("%s · %s · %s · %s", l.Reference, l.Subject, w.Stage(l.Stage), l.At.Long(lang)); err != nil {
		return err
	}
	for _, p := range l.Parties {
		if err := g.say("  %-18s %s", w.Role(p.Role), p.Name); err != nil {
			return err
		}
	}
	if l.Balance == nil {
		return g.say("  %s", w.NoBalance(v.BalanceErr))
	}
	for _, x := range l.Interests {
		if err := g.say("  %s–%s  %3d  %6s %%  %12s  %10s", x.From.Long(lang), x.To.Long(lang), x.Days, money.Cents(x.Rate), x.Base, x.Cents); err != nil {
			return err
		}
	}
	if len(l.Interests) > 0 {
		if err := g.say("  %s", v.Statement.Convention(lang)); err != nil {
			return err
		}
	}
	return g.say(g.words("  Hauptforderung %s · Zinsen %s · Kosten %s · offen %s", "  principal %s · interest %s · costs %s · open %s"),
		l.Principal.Format(lang), l.Interest.Format(lang), l.Costs.Format(lang), l.Balance.Format(lang))
}
