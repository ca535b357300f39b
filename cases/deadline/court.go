package deadline

import (
	"fmt"

	"kontor/cases/calendar"
)

// Kind is a deadline that the law attaches to an event.
type Kind string

// The deadlines, with the event that starts them.
const (
	Objection       Kind = "objection"         // Mahnbescheid served: pay or object
	OrderExpiry     Kind = "order_expiry"      // Mahnbescheid served: apply for the Vollstreckungsbescheid
	Opposition      Kind = "opposition"        // Vollstreckungsbescheid served: Einspruch
	StatementClaim  Kind = "statement_claim"   // court asked for reasons: reason the claim
	SuspensionEnd   Kind = "suspension_end"    // last step of proceedings: the suspension ends
	SueAfterRefusal Kind = "sue_after_refusal" // application refused: sue, and the suspension is saved
	DataRequest     Kind = "data_request"      // request arrived in the mailbox: answer
	DataRequestLong Kind = "data_request_long" // the same, extended and said so within the month
	Disclaimer      Kind = "disclaimer"        // heir knew of the inheritance: disclaim it
)

// Deadline is a computed date.
type Deadline struct {
	Kind    Kind          `json:"kind"`
	Event   calendar.Date `json:"event"`
	Nominal calendar.Date `json:"nominal"` // by the calendar alone
	Ends    calendar.Date `json:"ends"`    // last day, on a business day where the law moves it
	Rule    string        `json:"rule"`
}

// Of computes a deadline from its event. The day of the event does not count
// (§ 187 Abs. 1 BGB); where an act is due, a weekend or holiday of land, the
// court's, moves the end (§ 193 BGB, § 222 Abs. 2 ZPO, Art. 3 Abs. 4 Regulation
// 1182/71).
func Of(kind Kind, event calendar.Date, land calendar.Land) (Deadline, error) {
	if event.IsZero() {
		return Deadline{}, fmt.Errorf("deadline %s: no day of the event", kind)
	}
	d := Deadline{Kind: kind, Event: event}
	var p calendar.Period
	moves := true
	switch kind {
	case Objection:
		p, d.Rule = calendar.Weeks(2), "§ 692 Abs. 1 Nr. 3 ZPO"
	case OrderExpiry:
		p, d.Rule = calendar.Months(6), "§ 701 ZPO"
	case Opposition:
		p, d.Rule = calendar.Weeks(2), "§§ 700, 339 ZPO"
	case StatementClaim:
		p, d.Rule = calendar.Weeks(2), "§ 697 Abs. 1 ZPO"
	case SuspensionEnd:
		// No act is due on that day: the clock just starts again.
		p, d.Rule, moves = calendar.Months(6), "§ 204 Abs. 2 BGB", false
	case SueAfterRefusal:
		p, d.Rule = calendar.Months(1), "§ 691 Abs. 2 ZPO"
	case DataRequest:
		p, d.Rule = calendar.Months(1), "Art. 12 Abs. 3 DSGVO"
	case DataRequestLong:
		p, d.Rule = calendar.Months(3), "Art. 12 Abs. 3 S. 2 DSGVO"
	case Disclaimer:
		p, d.Rule = calendar.Weeks(6), "§ 1944 BGB"
	default:
		return Deadline{}, fmt.Errorf("deadline: unknown kind %q", kind)
	}
	d.Nominal = p.After(event)
	if d.Ends = d.Nominal; moves {
		d.Ends = calendar.NextBusinessDay(d.Nominal, land)
	}
	return d, nil
}

// OrderWindow returns the first and the last day on which the
// Vollstreckungsbescheid can be applied for: after the two weeks (§ 699 Abs. 1 S.
// 2 ZPO), before the Mahnbescheid loses its effect (§ 701 ZPO).
func OrderWindow(served calendar.Date, land calendar.Land) (opens, closes calendar.Date, err error) {
	o, err := Of(Objection, served, land)
	if err != nil {
		return 0, 0, err
	}
	x, err := Of(OrderExpiry, served, land)
	if err != nil {
		return 0, 0, err
	}
	return o.Ends + 1, x.Ends, nil
}

// The kinds of title (§ 197 Abs. 1 Nr. 3–5 BGB).
const (
	TitleOrder      = "enforcement_order" // Vollstreckungsbescheid
	TitleJudgment   = "judgment"
	TitleCosts      = "cost_order"       // Kostenfestsetzungsbeschluss
	TitleSettlement = "settlement"       // enforceable settlement, Nr. 4
	TitleDeed       = "notarial_deed"    // enforceable deed, Nr. 4
	TitleTable      = "insolvency_table" // Nr. 5
)

// TitleKinds lists the kinds of title.
func TitleKinds() []string {
	return []string{TitleOrder, TitleJudgment, TitleCosts, TitleSettlement, TitleDeed, TitleTable}
}

// Title is an enforceable title in the register.
type Title struct {
	ID     string        `json:"id"`
	Kind   string        `json:"kind"` // one of TitleKinds
	Court  string        `json:"court,omitempty"`
	FileNo string        `json:"file_no,omitempty"`
	Date   calendar.Date `json:"date"`
	Final  calendar.Date `json:"final,omitzero"` // finality; zero: not yet
	Claims []string      `json:"claims,omitempty"`
	Acks   []Ack         `json:"acks,omitempty"`
}

// Begins is the day from which the 30 years run (§ 201 BGB): finality of a
// decision; of a settlement, deed or table its own day. Zero: not yet final.
func (t Title) Begins() calendar.Date {
	switch t.Kind {
	case TitleSettlement, TitleDeed, TitleTable:
		return max(t.Date, t.Final)
	}
	return t.Final
}

// Limitation returns the end of the titled claims and, for interest that falls
// due in a year after the title, the end of that year's part (§ 197 Abs. 2 BGB).
func (t Title) Limitation(interestYear int, at calendar.Date, land calendar.Land) (claims, interest Result, err error) {
	claims, err = Limitation(Facts{Basis: Titled, Final: t.Begins(), Acks: t.Acks, Land: land}, at)
	if err != nil {
		return Result{}, Result{}, fmt.Errorf("title %s: %w", t.ID, err)
	}
	due := max(calendar.Of(interestYear, 12, 31), t.Begins())
	interest, err = Limitation(Facts{Basis: Recurring, Due: due, Acks: t.Acks, Land: land}, at)
	if err != nil {
		return Result{}, Result{}, fmt.Errorf("title %s: %w", t.ID, err)
	}
	// With the main claim lapses what hangs on it (§ 217 BGB).
	interest.Ends = min(interest.Ends, claims.Ends)
	interest.EndsWithAck = min(interest.EndsWithAck, claims.EndsWithAck)
	interest.EndsWithoutAck = min(interest.EndsWithoutAck, claims.EndsWithoutAck)
	interest.Earliest = min(interest.Earliest, claims.Earliest)
	interest.Act = calendar.NextBusinessDay(interest.Earliest, land)
	return claims, interest, nil
}

// What is wrong with a date in a letter, for the screen to word.
const (
	LetterPast     = "deadline_past"
	LetterTooShort = "deadline_too_short"
	LetterNoWork   = "deadline_not_business_day"
)

// MinLetterDays is the shortest deadline a letter may set.
const MinLetterDays = 7

// CheckLetter holds a deadline named in a letter against the form rules: at
// least 7 days from the day it leaves, no Saturday, Sunday or holiday of land.
func CheckLetter(leaves, ends calendar.Date, land calendar.Land) []string {
	var out []string
	switch {
	case ends <= leaves:
		out = append(out, LetterPast)
	case ends < leaves+MinLetterDays:
		out = append(out, LetterTooShort)
	}
	if !calendar.IsBusinessDay(ends, land) {
		out = append(out, LetterNoWork)
	}
	return out
}

// LetterDate returns the deadline for a letter that gives so many days, but at
// least 7: the first day that the form rules allow.
func LetterDate(leaves calendar.Date, days int, land calendar.Land) calendar.Date {
	return calendar.NextBusinessDay(leaves+calendar.Date(max(days, MinLetterDays)), land)
}
