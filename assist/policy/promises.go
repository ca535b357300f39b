package policy

import (
	"regexp"
	"slices"
	"strings"

	"kontor/cases"
	"kontor/cases/calendar"
)

// promiseFinders find what a letter promises that an effect has to carry out.
type promiseFinders struct{ quiet, answer, contact, court, waiver *regexp.Regexp }

func newPromiseFinders() promiseFinders {
	re := regexp.MustCompile
	return promiseFinders{
		quiet: re(`\b(mahnen wir (sie )?nicht|wir mahnen( \w+){0,2} nicht|(schicken|senden) wir keine mahnung\w*|wir (schicken|senden)( \w+){0,2} keine mahnung\w*|alles angehalten|(sache|akte|vorgang) (\w+ )?angehalten|ruht( jetzt| bei uns|$)` +
			`|we (will )?send no reminders?|send no reminders? (until|before)|stopped (the matter|everything)|put everything on hold|rests with us)`),
		answer: re(`\b((schreiben|antworten|melden) wir|wir (schreiben|antworten|melden)|hoeren sie|(bekommen|erhalten) sie|sie (bekommen|erhalten|hoeren)|we (will )?(write|answer|reply|get back)|you (will )?(get|hear|receive))\b`),
		court: re(`\b(gerichtlich (\w+ )?nichts|bei gericht( \w+){0,2} nichts|(unternehmen|tun) wir (\w+ )?nichts( \w+)? (bei|vor) gericht|keine( \w+){0,2} (gerichtlichen|weiteren) schritte|(keine (neuen|weiteren) kosten|neue kosten entstehen nicht)` +
			`|no (further|legal) steps|no steps in court|no new costs)\b`),
		waiver: re(`\b(erlassen wir|wir erlassen|(wird|werden) (ihnen )?erlassen|(verzichten wir|wir verzichten) auf|we (will )?(waive|write off)|(is|are|will be) (waived|written off))\b`),
		contact: re(`\b(kontaktdaten|anschrift|adresse|telefonnummer|mailadresse|contact details|address|phone number)\b.{0,80}\b(tragen wir|tragen sie|wir tragen|(haben|ist|sind|wurde) .{0,30}(geaendert|eingetragen|aktualisiert|uebernommen|vermerkt)|schreiben ihnen (ab jetzt|kuenftig) dorthin|we enter|(have|has been) (changed|updated|entered|noted)|write to you there)` +
			`|\b(haben|tragen|have|enter)\b.{0,30}\b(neue\w* (kontaktdaten|anschrift|adresse|telefonnummer)|new (contact details|address|phone number))\b` +
			// As the letter says it, in a sentence after the one that names them.
			`|\b(wir tragen sie|tragen wir sie)\b.{0,40}\bein\b|\bwe (will )?enter them on your file\b|\bschreiben ihnen (ab jetzt|kuenftig) dorthin\b|\bwrite to you there\b`),
	}
}

// promises holds a letter against what approving it does: a promise that no
// effect carries out and no fact of the case already keeps is found. Loose texts
// that come from no template have no effects to look at.
func (c *check) promises() {
	if c.out.Template.ID == "" || !c.debtorSide() {
		return
	}
	for _, s := range c.sent {
		sentence := strings.ReplaceAll(c.text.s[s.from:s.to], "\n", " ")
		quote := c.text.original(s.from, s.to)
		if m := c.gate.find.promise.quiet.FindStringIndex(sentence); m != nil && !c.isQuiet() {
			c.report("promise.quiet", quote)
		}
		if c.gate.find.promise.court.MatchString(sentence) && !c.restsInCourt() {
			c.report("promise.court", quote)
		}
		if c.gate.find.promise.waiver.MatchString(sentence) && !c.does(cases.WriteOffRest, cases.WaiveCosts, cases.OfferSettlement) {
			c.report("promise.waiver", quote)
		}
		if c.gate.find.promise.contact.MatchString(sentence) && !strings.Contains(sentence, "?") && !c.does(cases.ChangeContact) {
			c.report("promise.contact", quote)
		}
		if !c.gate.find.promise.answer.MatchString(sentence) {
			continue
		}
		for _, f := range c.dates() {
			if s.from <= f.from && f.to <= s.to && f.day >= c.out.Context.Today && c.isOwnTerm(f) && !c.isRemembered(f.day) {
				c.report("promise.answer", quote)
			}
		}
	}
}

func (c *check) does(kinds ...cases.EffectKind) bool {
	return slices.ContainsFunc(c.out.Effects, func(e cases.Effect) bool { return slices.Contains(kinds, e.Kind) })
}

// restsInCourt reports whether courts are stopped, by an effect or already.
func (c *check) restsInCourt() bool {
	k := c.out.Context.Case
	_, held := k.Held(cases.HoldCourt, c.out.Context.Today)
	return held || k.Stage == cases.StageClosed || slices.ContainsFunc(c.out.Effects, func(e cases.Effect) bool {
		return e.Kind == cases.PlaceHold && (e.Hold == cases.HoldCourt || e.Hold == cases.HoldAll)
	})
}

// isQuiet reports whether reminders stop, by an effect or already.
func (c *check) isQuiet() bool {
	k := c.out.Context.Case
	for _, kind := range []cases.ArrangementKind{cases.ArrangePlan, cases.ArrangePause, cases.ArrangePromise} {
		if _, running := k.Current(kind); running {
			return true
		}
	}
	return c.does(cases.PlaceHold, cases.GrantPause, cases.AgreePlan, cases.AmendPlan, cases.OfferPlan, cases.OfferSettlement,
		cases.RecordObjection, cases.RecordPaidClaim, cases.MarkDeceased, cases.MarkInsolvent) ||
		c.blocked() != "" || k.Stage == cases.StageClosed
}

// isRemembered reports whether something brings the case back by day d.
func (c *check) isRemembered(d calendar.Date) bool {
	for _, e := range c.out.Effects {
		if e.Kind == cases.SetFollowUp && e.Date <= d || e.Kind == cases.StartClock && e.Until <= d {
			return true
		}
	}
	k := c.out.Context.Case
	return slices.ContainsFunc(k.FollowUps, func(f cases.FollowUp) bool { return f.Due <= d }) ||
		slices.ContainsFunc(k.Clocks, func(x cases.Clock) bool { return !x.Stopped && x.Due <= d })
}
