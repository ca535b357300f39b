package llm

import (
	"slices"
	"strings"

	"kontor/assist/redact"
	"kontor/assist/slots"
	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// Notes of a reading that the endpoint had no part in: the scope kept the mail
// here, or nothing usable came back.
const (
	NoteWithheld = "llm_withheld"
	NoteFailed   = "llm_failed"
)

// Notes of a joined reading.
const (
	noteDisagree = "engines_disagree"  // the engines name different intents
	noteSteering = "steering"          // the mail speaks to a machine
	noteNoQuote  = "llm_no_quote"      // the model's label had no true quote and was dropped
	noteSlot     = "engines_disagree:" // and the slot's name: the engines read different values
)

// localStands is the local confidence, in thousandths, from which a
// contradicting model does not change the label.
const localStands = 850

// join makes one reading of two. Of the model's answer only labels of the
// closed lists with a true quote count; its quotes of amounts and dates are
// read by our code, and they only ever confirm, empty or, where both engines
// agree on the intent and nothing in the mail speaks to a machine, fill a slot
// that the local reading left open.
func (e *Engine) join(in *cases.ClassifyInput, local cases.Classification, a *answer, m *redact.Map) cases.Classification {
	c := clone(local)
	c.Engine = "local+llm"
	c.Model = strings.Trim(local.Model+"+"+e.cfg.Model+"/"+PromptVersion, "+")
	quotes := trueQuotes(in, a, m)
	bad := steered(in)
	if bad {
		c.Notes = append(c.Notes, noteSteering)
	}
	if _, ok := quotes["intent"]; !ok {
		c.Notes = append(c.Notes, noteNoQuote)
		if a.Intent != local.Intent {
			contradict(&c, local, a.Intent, true)
		}
		return c
	}
	if a.Intent == local.Intent {
		if !bad {
			c.Permille = local.Permille + (1000-local.Permille)/3
			c.Unsure = c.Unsure && c.Permille < cases.Sure
			if len(c.Candidates) > 0 && c.Candidates[0].Intent == c.Intent {
				c.Candidates[0].Permille = c.Permille
				for i := range c.Candidates[1:] { // together at most one
					k := &c.Candidates[i+1]
					k.Permille = min(k.Permille, 1000-c.Permille)
				}
			}
		}
		addLabels(&c, a, quotes, bad)
		e.joinSlots(in, &c, quotes, bad)
		return c
	}
	contradict(&c, local, a.Intent, bad)
	addLabels(&c, a, quotes, true)
	if c.Intent != local.Intent {
		q := quotes["intent"]
		q.For = string(c.Intent)
		c.Evidence = append(c.Evidence, q)
		// What the new label needs is read anew, by the same code.
		r := e.slots.Read(*in, c.Intent, c.Secondary...)
		c.Slots, c.Details = r.Slots, r.Details
		c.Evidence = append(c.Evidence, r.Evidence...)
		c.Notes = append(c.Notes, r.Notes...)
	}
	return c
}

// contradict marks a reading on which the engines differ: both labels stand as
// candidates, the confidence falls below sure, and a person looks. With keep the
// local label stays first.
func contradict(c *cases.Classification, local cases.Classification, model cases.Intent, keep bool) {
	c.Notes = append(c.Notes, noteDisagree)
	c.Unsure = true
	first, second := model, local.Intent
	if keep || local.Permille >= localStands {
		first, second = second, first
	}
	c.Intent = first
	c.Permille = min(local.Permille, 500)
	rest := min(c.Permille, 1000-c.Permille)
	c.Candidates = []cases.Candidate{{Intent: first, Permille: c.Permille}, {Intent: second, Permille: rest}}
	c.Secondary = slices.DeleteFunc(c.Secondary, func(i cases.Intent) bool { return i == first })
}

// addLabels adds what the model saw beyond the local reading: flags and alerts
// with a true quote. It takes nothing away; where the mail speaks to a machine
// or the engines differ, only alerts are added, since a person must see them.
func addLabels(c *cases.Classification, a *answer, quotes map[string]cases.Evidence, alertsOnly bool) {
	for _, al := range a.Alerts {
		if q, ok := quotes[string(al)]; ok && !slices.Contains(c.Alerts, al) {
			c.Alerts = append(c.Alerts, al)
			c.Evidence = append(c.Evidence, q)
		}
	}
	if alertsOnly {
		return
	}
	for _, f := range a.Flags {
		if q, ok := quotes[string(f)]; ok && !slices.Contains(c.Flags, f) {
			c.Flags = append(c.Flags, f)
			c.Evidence = append(c.Evidence, q)
		}
	}
	for _, s := range a.Secondary {
		if s != c.Intent && !slices.Contains(c.Secondary, s) && len(c.Secondary) < 4 {
			c.Secondary = append(c.Secondary, s)
		}
	}
}

// trueQuotes are the first quotes for each field that stand literally in the
// mail, after restoration, with their places.
func trueQuotes(in *cases.ClassifyInput, a *answer, m *redact.Map) map[string]cases.Evidence {
	out := map[string]cases.Evidence{}
	for n, q := range a.Quotes {
		if n >= 40 {
			break
		}
		quote := strings.TrimSpace(m.Restore(m.Loosen(q.Quote)))
		if len(quote) < 2 || len(quote) > 600 {
			continue
		}
		if _, ok := out[q.For]; ok {
			continue
		}
		if i := strings.Index(in.Text, quote); i >= 0 {
			out[q.For] = cases.Evidence{Field: "text", Quote: quote, For: q.For, Start: i, End: i + len(quote)}
		} else if i := strings.Index(in.Subject, quote); i >= 0 {
			out[q.For] = cases.Evidence{Field: "subject", Quote: quote, For: q.For, Start: i, End: i + len(quote)}
		}
	}
	return out
}

// joinSlots holds the model's quotes of amounts and dates against the slots.
func (e *Engine) joinSlots(in *cases.ClassifyInput, c *cases.Classification, quotes map[string]cases.Evidence, bad bool) {
	s := &c.Slots
	for _, f := range []struct {
		name string
		dst  **money.Cents
	}{{slots.Monthly, &s.MonthlyCents}, {slots.Offer, &s.OfferCents}, {slots.Promise, &s.PromiseCents}, {slots.PaidCents, &s.PaidCents}} {
		name, dst := f.name, f.dst
		q, ok := quotes[name]
		if !ok {
			continue
		}
		v, ok := e.slots.Amount(q.Quote, in.Date)
		switch {
		case !ok:
		case *dst == nil && !bad && fits(name, c.Intent):
			*dst = &v
			c.Evidence = append(c.Evidence, q)
			c.Notes = append(c.Notes, "llm_filled:"+name)
		case *dst != nil && **dst != v:
			*dst = nil
			c.Notes = append(c.Notes, noteSlot+name)
			c.Evidence = slices.DeleteFunc(c.Evidence, func(ev cases.Evidence) bool { return ev.For == name })
		}
	}
	for _, f := range []struct {
		name string
		dst  *calendar.Date
	}{{slots.FirstPayment, &s.FirstPaymentDate}, {slots.PauseUntil, &s.PauseUntil}, {slots.PromiseDate, &s.PromiseDate}, {slots.PaidDate, &s.PaidDate}} {
		name, dst := f.name, f.dst
		q, ok := quotes[name]
		if !ok {
			continue
		}
		v, ok := e.slots.Day(q.Quote, in.Date, name == slots.PaidDate)
		switch {
		case !ok:
		case dst.IsZero() && !bad && fits(name, c.Intent) && (v >= in.Date) == (name != slots.PaidDate):
			*dst = v
			c.Evidence = append(c.Evidence, q)
			c.Notes = append(c.Notes, "llm_filled:"+name)
		case !dst.IsZero() && *dst != v:
			*dst = 0
			c.Notes = append(c.Notes, noteSlot+name)
			c.Evidence = slices.DeleteFunc(c.Evidence, func(ev cases.Evidence) bool { return ev.For == name })
		}
	}
}

// fits says whether a slot belongs to an intent at all.
func fits(slot string, in cases.Intent) bool {
	switch slot {
	case slots.Monthly, slots.FirstPayment:
		return in == cases.InstallmentRequest
	case slots.Offer:
		return in == cases.SettlementOffer
	case slots.PauseUntil:
		return in == cases.PaymentPause
	case slots.Promise:
		return in == cases.PaymentPromise
	case slots.PromiseDate:
		return in == cases.PaymentPromise || in == cases.SettlementOffer
	case slots.PaidCents, slots.PaidDate:
		return in == cases.Paid
	}
	return false
}

// clone copies a reading so that nothing of the caller's is changed.
func clone(c cases.Classification) cases.Classification {
	c.Candidates = slices.Clone(c.Candidates)
	c.Secondary = slices.Clone(c.Secondary)
	c.Flags = slices.Clone(c.Flags)
	c.Alerts = slices.Clone(c.Alerts)
	c.Evidence = slices.Clone(c.Evidence)
	c.Notes = slices.Clone(c.Notes)
	return c
}
