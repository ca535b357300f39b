package cases_test

import (
	"slices"
	"testing"

	"kontor/cases"
	"kontor/cases/casestest"
)

// What a letter settles of the follow-ups that stand, and what undoing it brings
// back.
func TestLettersSettleFollowUps(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name    string
		letter  func(a *cases.Approval)
		settled []string
	}{
		{"an answer with a next step settles what waited for the debtor's word", func(a *cases.Approval) { a.Effects = next("creditor_answer") }, []string{"first_letter", "plan_offer"}},
		{"an answer without a next step leaves them", func(*cases.Approval) {}, nil},
		{"a letter without a mail settles what it replaces", func(a *cases.Approval) {
			a.Messages, a.Occasion = nil, cases.Occasion{Kind: cases.OccasionFree}
			a.Effects = next("first_letter")
		}, []string{"first_letter"}},
		{"on a follow-up what is due is settled", func(a *cases.Approval) {
			a.Messages, a.Occasion = nil, cases.Occasion{Kind: cases.OccasionFollowUp}
		}, []string{"documents"}},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			w := world(t)
			receive(t, w, "m1", cases.InformationRequest)
			for i, code := range []string{"first_letter", "plan_offer", "creditor_answer", "alert", "documents"} {
				day := w.Today() + 7
				if i == 4 {
					day = w.Today()
				}
				if _, err := w.Do(casestest.Caseworker(), cases.ChangeCase{Case: casestest.CaseID, Effects: []cases.Effect{{Kind: cases.SetFollowUp, Code: code, Date: day}}}); err != nil {
					t.Fatal(err)
				}
			}
			a := w.Approval("m1")
			a.Effects = nil
			r.letter(&a)
			for i := range a.Effects {
				a.Effects[i].Date = w.Today() + 30
			}
			approve(t, w, "r1", a)
			var got []string
			for _, f := range w.State.Cases[casestest.CaseID].FollowUps {
				if f.Done {
					got = append(got, f.Reason)
				}
			}
			if !slices.Equal(got, r.settled) {
				t.Errorf("settled %v, want %v", got, r.settled)
			}
			if _, err := w.Do(casestest.Caseworker(), withdraw("r1", a.Messages...)); err != nil {
				t.Fatal(err)
			}
			for _, f := range w.State.Cases[casestest.CaseID].FollowUps {
				if f.Done || f.By == "r1" {
					t.Errorf("after the withdrawal %+v", f)
				}
			}
		})
	}
}

func next(code string) []cases.Effect {
	return []cases.Effect{{Kind: cases.SetFollowUp, Code: code}}
}
