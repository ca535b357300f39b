package deadline_test

import (
	"testing"

	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/ledger"
)

func TestFactsOf(t *testing.T) {
	t.Parallel()
	l := ledger.Ledger{
		Claims: []ledger.Claim{
			{ID: "f1", Kind: ledger.Ordinary, Principal: 10_000, Due: d("2023-05-04")},
			{ID: "f2", Kind: ledger.ConsumerCredit, Principal: 10_000, Due: d("2023-05-04"), Default: d("2023-06-01")},
		},
		Entries: []ledger.Entry{
			{ID: "e1", Date: d("2024-02-01"), Kind: ledger.Payment, Cents: 500},
			{ID: "e2", Date: d("2024-03-01"), Kind: ledger.Payment, Cents: 500},
			{ID: "e3", Date: d("2024-03-08"), Kind: ledger.Reversal, Cents: 500, Reverses: "e2"},
			{ID: "e4", Date: d("2024-04-01"), Kind: ledger.Payment, Cents: 500, ClaimID: "f2", Determination: ledger.ByDebtor},
			{ID: "e5", Date: d("2027-01-05"), Kind: ledger.Payment, Cents: 500},
			{ID: "e6", Date: d("2024-05-01"), Kind: ledger.Cost, Cents: 500},
		},
	}
	at := d("2026-11-24")
	f, ok := deadline.FactsOf(l, "f1", at, calendar.NW)
	if !ok || len(f.Acks) != 1 || f.Acks[0].Source != "e1" || f.Acks[0].State != deadline.AckProposed || len(f.Pause) != 0 {
		t.Fatalf("%+v", f)
	}
	r, err := deadline.Limitation(f, at)
	if err != nil || r.Ends != d("2026-12-31") || r.EndsWithAck != d("2027-02-01") || r.Earliest != r.Ends {
		t.Errorf("%+v, %v", r, err)
	}
	if f, _ := deadline.FactsOf(l, "f2", at, calendar.NW); len(f.Acks) != 2 || len(f.Pause) != 1 {
		t.Errorf("%+v", f)
	}
	if _, ok := deadline.FactsOf(l, "f3", at, calendar.NW); ok {
		t.Error("no such claim")
	}
}
