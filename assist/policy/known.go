package policy

import (
	"regexp"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
	"kontor/cases/plan"
)

// known is every figure that the case gives, and so may stand in its letters.
type known struct {
	cents  map[money.Cents]bool
	totals map[money.Cents]bool // balances, which need the day they hold for
	days   map[calendar.Date]bool
	theirs map[calendar.Date]bool // of days: those that the sender named for a payment
}

func (k *known) sum(cs ...money.Cents) {
	for _, c := range cs {
		if c != 0 {
			k.cents[c.Abs()] = true
		}
	}
}

func (k *known) day(ds ...calendar.Date) {
	for _, d := range ds {
		if d != 0 {
			k.days[d] = true
		}
	}
}

// collect gathers the figures of the case, of what approving will do, and of the
// mails that are answered.
func collect(out cases.Outgoing) known {
	in := out.Context
	k := known{cents: map[money.Cents]bool{0: true}, totals: map[money.Cents]bool{}, days: map[calendar.Date]bool{}, theirs: map[calendar.Date]bool{}}
	b := in.Balance
	if in.BalanceErr == nil {
		k.sum(b.Total, b.Principal, b.Interest, b.Costs, b.Credit, b.CaseCosts)
		k.totals[b.Total.Abs()] = b.Total != 0
		for _, c := range b.Claims {
			k.sum(c.Principal, c.Interest, c.Costs)
		}
	}
	for _, l := range in.Statement.Lines {
		k.sum(l.Base, l.Cents)
		k.day(l.From, l.To)
	}
	for _, e := range in.Statement.Bookings {
		k.sum(e.Cents, e.Cents-e.Reversed)
		k.day(e.Date)
	}
	k.ofCase(in.Case)
	k.sum(missing(in)...)
	if !in.Now.IsZero() {
		for _, r := range in.Case.Replies {
			k.day(calendar.In(r.At, in.Now.Location()))
		}
	}
	for _, e := range out.Effects {
		k.sum(e.Cents, e.Costs)
		k.day(e.Date, e.Until)
		if e.Days > 0 {
			k.day(in.Today + calendar.Date(e.Days))
		}
		for _, r := range e.Rates {
			k.sum(r.Cents)
			k.day(r.Due)
		}
	}
	for _, m := range in.Messages {
		if m != nil {
			k.ofMessage(m, in)
		}
	}
	if in.Found != nil {
		k.sum(in.Found.Cents)
		k.day(in.Found.Date)
	}
	k.sum(in.Rules.Plan.MinMonthly)
	k.day(in.Today, in.CoveredUntil)
	return k
}

// missing is what is open on each instalment of the running plan that is missing
// for sure, and their sum.
func missing(in cases.DraftContext) []money.Cents {
	a, ok := in.Case.Binding(cases.ArrangePlan)
	if !ok {
		return nil
	}
	var out []money.Cents
	var sum money.Cents
	for _, r := range in.Case.Instalments(a, in.Rules.Plan, in.Rules.Land, in.Today, in.CoveredUntil) {
		if r.State == plan.Broken {
			out, sum = append(out, r.Cents-r.Paid), sum+r.Cents-r.Paid
		}
	}
	return append(out, sum)
}

func (k *known) ofCase(c *cases.Case) {
	k.day(c.Opened, c.CostNotice)
	for _, f := range c.Ledger.Claims {
		k.sum(f.Principal)
		k.day(f.Contract, f.InvoiceDate, f.Due, f.Default, f.Known, f.InterestUntil)
	}
	for _, e := range c.Ledger.Entries {
		k.sum(e.Cents)
		k.day(e.Date)
	}
	for _, a := range c.Arrangements {
		k.sum(a.Total, a.Costs)
		k.day(a.Until, a.Expires, a.Since)
		for _, r := range a.Rates {
			k.sum(r.Cents)
			k.day(r.Due)
		}
	}
	for _, p := range c.Parties {
		if p.Role == cases.RoleCreditor {
			k.day(p.Since) // of an assignment
		}
	}
	for _, h := range c.Holds {
		k.day(h.From, h.Until)
	}
	for _, f := range c.FollowUps {
		k.day(f.Due)
	}
	for _, c := range c.Clocks {
		k.day(c.Started, c.Due)
	}
	for _, o := range c.Objections {
		k.sum(o.Part)
		k.day(o.Date)
	}
	for _, q := range c.Inquiries {
		k.day(q.Asked)
	}
}

func (k *known) ofMessage(m *cases.Message, in cases.DraftContext) {
	s := m.Class.Slots
	for _, c := range []*money.Cents{s.MonthlyCents, s.OfferCents, s.PromiseCents, s.PaidCents} {
		if c != nil {
			k.sum(*c)
		}
	}
	k.day(s.FirstPaymentDate, s.PauseUntil, s.PromiseDate, s.PaidDate, m.Class.Details.TheirDeadline)
	for _, d := range []calendar.Date{s.FirstPaymentDate, s.PauseUntil, s.PromiseDate} {
		k.theirs[d] = d != 0
	}
	if in.Now.IsZero() {
		return
	}
	received := calendar.In(m.Received, in.Now.Location())
	k.day(received, calendar.Months(1).After(received)) // Art. 12 Abs. 3 DSGVO
}

// finders are the expressions that find figures in a text.
type finders struct {
	after, before, bare, iban     *regexp.Regexp
	static                        *regexp.Regexp // paragraphs that the law words
	german, named, english, iso   *regexp.Regexp
	mail, link, slot, capitals    *regexp.Regexp
	ask, notPaid, deadline, promi *regexp.Regexp
	notice                        *regexp.Regexp
	promise                       promiseFinders
}

const monthNames = `januar|jaenner|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|july|october|december`

func newFinders() finders {
	re := regexp.MustCompile
	const number = `\d{1,3}(?:[. ']\d{3})+(?:,(?:\d{1,2}|-{1,2}))?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,](?:\d{1,2}|-{1,2}))?`
	return finders{
		promise: newPromiseFinders(),
		after:   re(`\b(` + number + `) ?(?:€|eur\b|euro\b|euros\b)`),
		before:  re(`(?:€|\beuros? |\beur ?)(` + number + `)`),
		static:  re(`§ ?\d|umsatzsteuer|input tax|adressanfrage|address inquiry|aufsichtsbehoerde|supervisory|schuldnerberat|debt advice|verjaehrung|limitation`),
		bare:    re(`\b\d{1,3}(?:\.\d{3})*,\d{2}\b|\b\d{1,3}(?:,\d{3})*\.\d{2}\b`),
		iban:    re(`\b[a-z]{2}\d{2}(?:[ .-]?[a-z0-9]{4}){2,7}(?:[ .-]?[a-z0-9]{1,4})?\b|\b[a-z]{2}[ .-]?\d{2}(?:[ .-]?\d){11,20}\b|\b(?:konto(?:nummer|-?nr\.?)?|account(?: number| no\.?)?)[ :]{1,2}\d(?:[ .-]?\d){5,11}\b`),
		german:  re(`\b(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2}\b)?`),
		named:   re(`\b(\d{1,2})\. ?(` + monthNames + `)(?: (\d{4}))?\b`),
		english: re(`\b(\d{1,2})(?:st|nd|rd|th)? (` + monthNames + `)(?:,? (\d{4}))?\b`),
		iso:     re(`\b(\d{4})-(\d{2})-(\d{2})\b`),
		mail:    re(`[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}`),
		link:    re(`\b(?:https?://|www\.)[^\s<>"')]+`),
		slot:    re(`\{\{|\}\}|<no value>|%!|\[(?:name|betrag|datum|aktenzeichen|amount|date|reference)\]|\bxx+[.,€ ]|___`),
		ask: re(`\b(ueberweisen|zahlen|begleichen|bezahlen|leisten|entrichten) sie\b|\bbitte (um )?(zahlung|ueberweis\w*|zahl\w*|begleich\w*)|\bsie( \w+){0,6} (zu zahlen|zu ueberweisen|zu begleichen)\b|\b(wir )?fordern (wir )?sie\b|\bzahlungsaufforderung\b` +
			`|\b(please|kindly) (pay|transfer|settle|remit)\b|\bwe (demand|request|ask you to pay|ask for payment)\b|\byou (must|have to|need to) (pay|transfer|settle)\b|\bsie (muessen|haben|sollten)( \w+){0,6} (be)?zahlen\b|\bholen sie es\b|\bmake up for it\b`),
		notPaid:  re(`\b(nicht (gezahlt|bezahlt|ueberwiesen|eingegangen|zu sehen|beglichen)|(keine|noch keine) (zahlung|rate|ueberweisung)( \w+){0,4} (eingegangen|erhalten|erfolgt|sehen|gesehen)|rate\w*( \w+){0,6} (fehlt\w*|ausgeblieben|ausbleib\w*)|fehlte die rate|not (paid|been paid|received|arrived)|have not paid|no payment|instalment( \w+){0,6} missing|missed (an|the) instalment)\b`),
		deadline: re(`\b(bis|by|until|before|spaetestens|vor)( (spaetestens|zum|am|dem|den|the|at the latest|latest))* ?$`),
		promi:    re(`\b(wir (schreiben|melden|antworten|mahnen|rufen|schicken|pruefen)|(schreiben|melden|antworten|mahnen|rufen|schicken|senden) wir|hoeren sie|bekommen sie|erhalten sie|brauchen sie nichts|muessen sie nichts|sie (bekommen|erhalten|hoeren)|we (will|send|ask|need|write|answer)|you (will )?(hear|get|receive|need not)|beruecksichtigt|reichen bis|reach up to|included up to|angerechnet)\b`),
		capitals: re(`\p{Lu}{4,}`),
		notice:   re(`(hinweis nach § ?13a abs\. ?3 rdg|notice under section 13a ?\(3\) rdg)`),
	}
}

func month(name string) int {
	for i, names := range []string{
		"januar jaenner january", "februar february", "maerz march", "april", "mai may", "juni june", "juli july",
		"august", "september", "oktober october", "november", "dezember december",
	} {
		for n := range strings.FieldsSeq(names) {
			if n == name {
				return i + 1
			}
		}
	}
	return 0
}
