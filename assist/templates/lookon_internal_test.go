package templates

import (
	"testing"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/plan"
)

// Nobody looks for a promised payment, or for a first instalment, before the
// reminder could say that it is missing; a hold ends before that day.
func TestFollowUpsComeWhenTheReminderMay(t *testing.T) {
	t.Parallel()
	// Friday, 18 December 2026: with five days of grace the payment is in time until
	// Wednesday the 23rd; two bank days later (24 December is one, 25 and 26 are
	// none), on Monday the 28th, a statement tells; on Tuesday somebody looks.
	due, today := calendar.Of(2026, 12, 18), calendar.Of(2026, 11, 25)
	f := &facts{in: cases.DraftContext{Today: today, Case: &cases.Case{}, Name: "plan_confirmation"}, land: "HH"}
	f.in.Rules.Plan.GraceDays = 5
	f.class.Slots.PromiseDate = due
	f.in.Case.Arrangements = []cases.Arrangement{{Kind: cases.ArrangePlan, State: cases.ArrRunning, Bound: true, Rates: []plan.Rate{{Due: due, Cents: 5000}}}}
	for _, word := range []string{"promise", "first"} {
		look, ok := f.lookOn(word)
		if want := calendar.Of(2026, 12, 29); !ok || look != want {
			t.Errorf("%s: looked for on %s, want %s", word, look, want)
		}
		hold, ok := f.when(word)
		if !ok || hold >= look {
			t.Errorf("%s: held until %s, looked for on %s", word, hold, look)
		}
	}
}

// TestFilingIsInTime: a follow-up comes before the day that an administrator sets.
func TestFilingIsInTime(t *testing.T) {
	today := calendar.Of(2026, 11, 23)
	for deadline, want := range map[calendar.Date]calendar.Date{
		0:                         calendar.Of(2026, 12, 7),
		calendar.Of(2027, 1, 4):   calendar.Of(2026, 12, 7),
		calendar.Of(2026, 12, 2):  calendar.Of(2026, 11, 27),
		today + 1:                 today,
		calendar.Of(2026, 11, 20): calendar.Of(2026, 12, 7), // gone by: nothing to be in time for
		calendar.Of(2026, 12, 10): calendar.Of(2026, 12, 7),
	} {
		f := &facts{in: cases.DraftContext{Case: &cases.Case{}, Today: today}, land: calendar.NW}
		f.class.Details.TheirDeadline = deadline
		if got, ok := f.when("theirs"); !ok || got != want {
			t.Errorf("deadline %v: looked at on %v, want %v", deadline, got, want)
		}
	}
}
