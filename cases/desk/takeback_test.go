package desk_test

import (
	"errors"
	"reflect"
	"testing"

	"kontor/cases"
	"kontor/cases/casestest"
	"kontor/cases/deadline"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

// bare is a case without what a correction leaves behind on purpose: counters,
// the note that says why, struck notes, the pair of bookings.
func bare(c *cases.Case) cases.Case {
	b, _ := c.Copy().(*cases.Case)
	b.Version, b.Touched, b.TouchedWhy, b.Notes, b.Documents, b.PrevParty = 0, 0, "", nil, nil, ""
	b.Ledger.Entries = nil
	if len(b.Titles) == 0 {
		b.Titles = nil
	}
	if b.RightParty == "" {
		b.RightParty = cases.PartyUnknown
	}
	return *b
}

func TestTakeBackRestoresTheCase(t *testing.T) {
	id := casestest.CaseID
	for name, do := range map[string]func(*testing.T, *bench) error{
		"hold": func(t *testing.T, b *bench) error {
			return b.Change(t.Context(), id, []cases.Effect{{Kind: cases.PlaceHold, Hold: cases.HoldDunning, Code: "other"}}, nil)
		},
		"phone note": func(t *testing.T, b *bench) error {
			return b.Change(t.Context(), id, []cases.Effect{
				{Kind: cases.AddNote, Text: plain.Line("Telefonat")},
				{Kind: cases.RecordPromise, Cents: 5000, Date: b.w.Today() + 7},
				{Kind: cases.SetFollowUp, Date: b.w.Today() + 9, Code: "call_back"},
				{Kind: cases.SetRightParty, Right: cases.PartyConfirmed},
			}, nil)
		},
		"court step": func(t *testing.T, b *bench) error {
			return b.RecordCourtStep(t.Context(), id, cases.OrderServed, b.w.Today()-2, "AG Musterstadt")
		},
		"cost": func(t *testing.T, b *bench) error {
			return b.BookByHand(t.Context(), id, ledger.Entry{Kind: ledger.Cost, CostKind: ledger.CourtFee, Cents: 3600, Date: b.w.Today() - 1})
		},
		"stage": func(t *testing.T, b *bench) error {
			return b.SetStage(t.Context(), id, cases.StageCourtOrder, "")
		},
		"complaint": func(t *testing.T, b *bench) error {
			return b.RecordComplaint(t.Context(), id, cases.ComplaintEntry{Received: b.w.Today(), About: "conduct", Channel: cases.Phone})
		},
		"enforcement act": func(t *testing.T, b *bench) error {
			return b.JudgeAcknowledgement(t.Context(), id, desk.AckDecision{Confirm: true, Kind: deadline.AckEnforcement, Date: b.w.Today() - 3})
		},
		"title": func(t *testing.T, b *bench) error {
			return b.RecordTitle(t.Context(), id, deadline.Title{Kind: deadline.TitleKinds()[0], Date: b.w.Today() - 30, Court: "AG Musterstadt", FileNo: "1 B 2/26"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := setUp(t, nil)
			before := bare(b.w.State.Cases[id])
			sum := balance(t, b)
			if err := do(t, b); err != nil {
				t.Fatal(err)
			}
			after := bare(b.w.State.Cases[id])
			if name != "cost" && reflect.DeepEqual(before, after) {
				t.Fatal("nothing was recorded")
			}
			r := b.Status().Recorded
			if r == nil || r.Case != id || r.Fixed {
				t.Fatalf("status offers %+v", r)
			}
			if err := b.TakeBack(t.Context(), *r, "versehentlich erfasst"); err != nil {
				t.Fatal(err)
			}
			k := b.w.State.Cases[id]
			if got := bare(k); !reflect.DeepEqual(got, before) {
				t.Errorf("after the correction the case is\n%+v\nbefore it was\n%+v", got, before)
			}
			if got := balance(t, b); got != sum {
				t.Errorf("balance is %s, was %s", got, sum)
			}
			if n := k.Notes[len(k.Notes)-1]; n.Text.String() != "versehentlich erfasst" || n.Gone {
				t.Errorf("the last note is %+v", n)
			}
			if b.Status().Recorded != nil {
				t.Error("the correction is offered for correction")
			}
			if err := b.TakeBack(t.Context(), *r, "noch einmal"); err == nil {
				t.Error("taken back twice")
			}
		})
	}
}

func balance(t *testing.T, b *bench) string {
	t.Helper()
	v, err := b.CaseView(t.Context(), casestest.CaseID, 0)
	if err != nil || v.BalanceErr != nil {
		t.Fatal(err, v.BalanceErr)
	}
	return v.Balance.Total.String()
}

// What rests on an entry keeps it: a hold that was ended since is not taken back.
func TestTakeBackIsRefusedWhereTheCaseMovedOn(t *testing.T) {
	b := setUp(t, nil)
	id := casestest.CaseID
	if err := b.Change(t.Context(), id, []cases.Effect{{Kind: cases.PlaceHold, Hold: cases.HoldDunning, Code: "other"}}, nil); err != nil {
		t.Fatal(err)
	}
	r := b.Status().Recorded
	holds := b.w.State.Cases[id].Holds
	if err := b.EndHold(t.Context(), id, holds[len(holds)-1].ID); err != nil {
		t.Fatal(err)
	}
	var ref *cases.Refusal
	if err := b.TakeBack(t.Context(), *r, "versehentlich"); !errors.As(err, &ref) || ref.Reason != cases.Stale {
		t.Errorf("got %v, want stale", err)
	}
	last := b.Status().Recorded // ending it can be taken back: the hold stands again
	if err := b.TakeBack(t.Context(), *last, "versehentlich"); err != nil {
		t.Fatal(err)
	}
	if holds := b.w.State.Cases[id].Holds; !holds[len(holds)-1].Active(b.w.Today()) {
		t.Errorf("the hold is %+v, want it to stand again", holds[len(holds)-1])
	}
}
