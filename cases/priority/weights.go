package priority

import (
	"fmt"
	"slices"
	"strings"
)

// MaxWeight bounds a single weight, so that no sum overflows.
const MaxWeight = 100_000

// ageDay is the day from which an answer's age outweighs any amount (domain.md
// part 2).
const ageDay = 3

// Weights are points per factor, 0 to MaxWeight; config may change them as long
// as Check finds that an answer's age outweighs any amount from the third day on.
type Weights struct {
	Alert, Deadline, DeadlinePerDay, Limitation, Vulnerable, Privacy, Dispute, Broken int
	AgePerDay, AgeMax, FollowUp, FollowUpPerDay                                       int
	AmountPer100, AmountMax                                                           int
	LegalThreat, Undelivered, Complaint                                               int
	PersonEvent                                                                       int
}

// Default returns the shipped weights.
func Default() Weights {
	return Weights{
		Alert: 10000, Deadline: 300, DeadlinePerDay: 20, Limitation: 250, Vulnerable: 120, Privacy: 100, Dispute: 90,
		Broken: 80, AgePerDay: 15, AgeMax: 300, FollowUp: 30, FollowUpPerDay: 5, AmountPer100: 1, AmountMax: 40,
		LegalThreat: 40, Undelivered: 60, Complaint: 50, PersonEvent: 110,
	}
}

// named is a weight by its name in config.
type named struct {
	name   string
	points *int
}

func (w *Weights) named() []named {
	return []named{
		{"alert", &w.Alert},
		{"statutory_deadline", &w.Deadline},
		{"statutory_deadline_per_day", &w.DeadlinePerDay},
		{"limitation", &w.Limitation},
		{"vulnerable", &w.Vulnerable},
		{"data_request_clock", &w.Privacy},
		{"dispute_dunning_runs", &w.Dispute},
		{"broken_arrangement", &w.Broken},
		{"reply_age_per_day", &w.AgePerDay},
		{"reply_age_most", &w.AgeMax},
		{"follow_up_due", &w.FollowUp},
		{"follow_up_per_day", &w.FollowUpPerDay},
		{"amount_per_100_euros", &w.AmountPer100},
		{"amount_most", &w.AmountMax},
		{"legal_threat", &w.LegalThreat},
		{"undelivered", &w.Undelivered},
		{"complaint", &w.Complaint},
		{"person_event", &w.PersonEvent},
	}
}

// Weight is one weight with its name in config.
type Weight struct {
	Name   string
	Points int
}

// List returns the weights by name, in a fixed order.
func (w Weights) List() []Weight {
	var out []Weight
	for _, n := range w.named() {
		out = append(out, Weight{n.name, *n.points})
	}
	return out
}

// Set changes one weight by its name.
func (w *Weights) Set(name string, points int) error {
	all := w.named()
	i := slices.IndexFunc(all, func(n named) bool { return n.name == name })
	if i < 0 {
		var names []string
		for _, n := range all {
			names = append(names, n.name)
		}
		return fmt.Errorf("%s: no such weight; want one of %s", name, strings.Join(names, ", "))
	}
	if points < 0 || points > MaxWeight {
		return fmt.Errorf("%s = %d: want 0 to %d points", name, points, MaxWeight)
	}
	*all[i].points = points
	return nil
}

// Check refuses weights under which money would outweigh people waiting, or an
// alert less than anything else.
func (w Weights) Check() error {
	if age := min(ageDay*w.AgePerDay, w.AgeMax); age <= w.AmountMax {
		return fmt.Errorf("amount_most = %d: an answer of %d days has %d points and must outweigh every amount", w.AmountMax, ageDay, age)
	}
	for _, n := range w.List() {
		if n.Name != "alert" && n.Points >= w.Alert {
			return fmt.Errorf("%s = %d: must stay below alert = %d", n.Name, n.Points, w.Alert)
		}
	}
	return nil
}
