package desk

import (
	"context"

	"kontor/cases"
	"kontor/cases/plan"
)

// PlanView is a plan with what became of each instalment.
type PlanView struct {
	cases.Arrangement
	Rates   []plan.RateState
	Outcome plan.Outcome
}

// CaseMore is what a case's file shows beside the case itself: what runs, by
// when, and what may not go on.
type CaseMore struct {
	Plans       []PlanView // that bind, or are offered
	Limitations []cases.ClaimLimitation
	Stops       []cases.Stop
	Events      []PersonEventRow  // deaths and insolvencies of its debtor to judge, on this case and the debtor's others
	Templates   map[string]string // titles of texts, by id, in the caseworker's language
}

// CaseMore reads it as of today. lang is that of the titles.
func (d *Desk) CaseMore(ctx context.Context, id cases.CaseID, lang string) (*CaseMore, error) {
	c, err := d.caseState(ctx, id)
	if err != nil {
		return nil, err
	}
	m := &CaseMore{Templates: map[string]string{}}
	if m.Limitations, err = d.Limitations(ctx, id, d.Today()); err != nil {
		return nil, err
	}
	if m.Stops, err = d.Stops(ctx, id); err != nil {
		return nil, err
	}
	if m.Events, err = d.eventsOf(ctx, c); err != nil {
		return nil, err
	}
	covered, today := d.CoveredUntil(), d.Today()
	for _, a := range c.Arrangements {
		if a.Kind != cases.ArrangePlan || !a.State.Live() || len(a.Rates) == 0 {
			continue
		}
		p := PlanView{Arrangement: a, Rates: c.Instalments(a, d.o.Rules.Plan, d.o.Rules.Land, today, covered)}
		p.Outcome = plan.SumUp(p.Rates)
		m.Plans = append(m.Plans, p)
	}
	for _, t := range d.o.Texts.List() {
		if _, have := m.Templates[t.ID]; !have || t.Lang == lang {
			m.Templates[t.ID] = t.Title
		}
	}
	return m, nil
}

// eventsOf lists what happened in the life of the case's debtor and nobody judged
// yet, on this case first.
func (d *Desk) eventsOf(ctx context.Context, c *cases.Case) ([]PersonEventRow, error) {
	debtor, ok := c.Party(cases.RoleDebtor, d.Today())
	if !ok {
		return nil, nil
	}
	all, err := d.PersonEvents(ctx)
	if err != nil {
		return nil, err
	}
	var here, others []PersonEventRow
	for _, r := range all {
		switch {
		case r.Case == c.ID:
			here = append(here, r)
		case r.Person == debtor.Person:
			others = append(others, r)
		}
	}
	return append(here, others...), nil
}
