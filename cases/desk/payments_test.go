package desk_test

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/casestest"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/plan"
	"kontor/cases/priority"
)

const ownIBAN = "DE02120300000000202051"

// file is a statement file with what it holds.
func file(items ...desk.StatementItem) desk.StatementFile {
	return func(sink func(desk.StatementItem) error) error {
		for _, i := range items {
			if err := sink(i); err != nil {
				return err
			}
		}
		return nil
	}
}

func pays(key string, cents money.Cents, day calendar.Date, text string) desk.StatementItem {
	return desk.StatementItem{Entry: &cases.StatementEntry{
		Account: ownIBAN, Key: key, Booked: day, Value: day, Cents: cents, Currency: "EUR", Text: plain.Clean(text), Party: plain.Line("Jana Muster"),
		EndToEnd: "E-" + key,
	}}
}

func goesBack(key, of string, cents money.Cents, day calendar.Date) desk.StatementItem {
	i := pays(key, -cents, day, "Retoure")
	i.Entry.EndToEnd, i.Entry.Return = "E-"+of, &cases.BankReturn{Reason: "AM04"}
	return i
}

func days(from, until calendar.Date, opening, closing money.Cents) desk.StatementItem {
	return desk.StatementItem{Statement: &cases.Statement{Account: ownIBAN, Currency: "EUR", From: from, Until: until, Opening: opening, Closing: closing}}
}

func (b *bench) statement(t testing.TB, items ...desk.StatementItem) desk.PaymentsImport {
	t.Helper()
	r, err := b.ImportStatement(t.Context(), file(items...))
	if err != nil {
		t.Fatal(err)
	}
	if r.Entries != r.Booked+r.Suggested+r.Unmatched+r.Refused+r.Duplicates {
		t.Errorf("the counts do not add up: %+v", r)
	}
	return r
}

func (b *bench) entry(t testing.TB, n int) desk.PaymentRow {
	t.Helper()
	rows, err := b.Payments(t.Context(), false)
	if err != nil || len(rows) <= n {
		t.Fatalf("%d payments to match, %v", len(rows), err)
	}
	return rows[n]
}

func (b *bench) queued(t testing.TB, k priority.ItemKind) []desk.Row {
	t.Helper()
	q, err := b.Queue(t.Context(), desk.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var out []desk.Row
	for i := range q.Len() {
		if q.Ref(i).Kind == k {
			out = append(out, q.Row(i))
		}
	}
	return out
}

func TestImportStatement(t *testing.T) {
	b := setUp(t, nil)
	day := b.w.Today() - 1
	foreign := pays("f", 0, day, "K-2026-000318")
	foreign.Entry.Currency, foreign.Entry.Amount = "USD", "10.00"
	items := []desk.StatementItem{
		pays("1", 5000, day, "K-2026-000318 Rate"), pays("2", 99999, day, "K-2026-000318"), pays("3", 700, day, "Spende"), foreign,
		{Problem: "entry 5: no proper amount", Refused: true},
		days(day-3, day, 0, 105699),
	}
	got := b.statement(t, items...)
	want := desk.PaymentsImport{Entries: 5, Booked: 1, Matched: 2, Suggested: 1, Unmatched: 1, Refused: 2}
	if len(got.Problems) != 2 || got.Covered != day {
		t.Errorf("problems %q, covered until %s", got.Problems, got.Covered)
	}
	got.Problems, got.Covered = nil, 0
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	again := b.statement(t, items...)
	if again.Booked+again.Suggested+again.Unmatched != 0 || again.Duplicates != 4 || again.Refused != 1 {
		t.Errorf("imported again: %+v", again)
	}
	if n := len(b.w.State.Cases[casestest.CaseID].Ledger.Entries); n != 1 {
		t.Errorf("%d bookings on the case, want 1", n)
	}
	v, err := b.CaseView(t.Context(), casestest.CaseID, 0)
	if err != nil || v.CoveredUntil != day || b.Status().CoveredUntil != day {
		t.Errorf("case is covered until %s, status until %s, %v, want %s", v.CoveredUntil, b.Status().CoveredUntil, err, day)
	}
	rows := b.queued(t, priority.ItemPayment)
	if len(rows) != 2 || rows[0].Lane != priority.LanePayment {
		t.Fatalf("queue holds %+v, want two payments", rows)
	}
	r, err := b.Open(t.Context(), rows[0].Item, desk.OpenOptions{})
	if err != nil || r.Row.Item != rows[0].Item {
		t.Errorf("opened %+v, %v", r, err)
	}
}

func TestDecidingAboutPayments(t *testing.T) {
	b := setUp(t, nil)
	day := b.w.Today() - 1
	b.statement(t, pays("1", 99999, day, "K-2026-000318"), pays("2", 700, day, "ohne Worte"), pays("3", 800, day, "noch eins"))
	ctx := t.Context()
	over := b.entry(t, 0)
	for _, r := range []desk.PaymentRow{b.entry(t, 0), b.entry(t, 1), b.entry(t, 2)} {
		if r.Cents == 99999 {
			over = r
		}
	}
	if over.Case != casestest.CaseID || !slices.Contains(over.Oddities, cases.OddOverpaid) {
		t.Fatalf("got %+v, want an overpayment", over)
	}
	if err := b.Book(ctx, over.Entry, desk.BookOptions{}); err != nil {
		t.Fatal(err)
	}
	k := b.w.State.Cases[casestest.CaseID]
	if f := k.FollowUps[len(k.FollowUps)-1]; f.Reason != "overpaid" {
		t.Errorf("next step is %q, want overpaid", f.Reason)
	}
	if err := b.ReopenPayment(ctx, over.Entry); err != nil {
		t.Fatal(err)
	}
	if err := ledger.Validate(b.w.State.Cases[casestest.CaseID].Ledger); err != nil {
		t.Error(err)
	}
	if err := b.Split(ctx, over.Entry, []cases.EntryPart{{Case: casestest.CaseID, Cents: 41290}, {Case: casestest.CaseID, Cents: 58709}}); err != nil {
		t.Fatal(err)
	}
	first, second := b.entry(t, 0), b.entry(t, 1)
	err := b.Book(ctx, first.Entry, desk.BookOptions{})
	if !errors.Is(err, &cases.Refusal{Reason: cases.NotFound}) {
		t.Errorf("booked without a case: %v", err)
	}
	if err := b.Refuse(ctx, first.Entry, "not_ours", "gehört zur Buchhaltung"); err != nil {
		t.Fatal(err)
	}
	if err := b.ToCreditor(ctx, second.Entry, casestest.CaseID, 0, day-10, ""); err != nil {
		t.Fatal(err)
	}
	if rows, err := b.Payments(ctx, false); err != nil || len(rows) != 0 {
		t.Errorf("left to match: %+v, %v", rows, err)
	}
	if rows, err := b.Payments(ctx, true); err != nil || len(rows) != 3 {
		t.Errorf("%d payments in all, %v, want 3", len(rows), err)
	}
}

// TestOverdueNeedsAStatement: nobody is told that he did not pay before the
// bank says so.
func TestOverdueNeedsAStatement(t *testing.T) {
	b := setUp(t, nil)
	effects := []cases.Effect{{Kind: cases.RecordPromise, Cents: 10000, Date: b.w.Today()}}
	if err := b.Change(t.Context(), casestest.CaseID, effects, nil); err != nil {
		t.Fatal(err)
	}
	b.w.Now = b.w.Now.AddDate(0, 0, 7)
	due := b.w.Today() - 7
	if n := len(b.queued(t, priority.ItemPlan)); n != 0 {
		t.Errorf("overdue without any statement: %d", n)
	}
	b.statement(t, days(due-2, due+1, 0, 0))
	if n := len(b.queued(t, priority.ItemPlan)); n != 0 {
		t.Errorf("overdue although a transfer of the due day may not show yet: %d", n)
	}
	b.statement(t, days(due+4, due+6, 500, 500))
	if n := len(b.queued(t, priority.ItemPlan)); n != 0 {
		t.Errorf("overdue although a statement is missing: %d", n)
	}
	b.statement(t, days(due+2, due+3, 0, 500))
	if n := len(b.queued(t, priority.ItemPlan)); n != 1 {
		t.Errorf("%d overdue promises, want 1", n)
	}
}

// books is what must be equal, whatever way statements came in: the accounts,
// the arrangements, the entries and the days that are known.
func (b *bench) books() map[string]string {
	out := map[string]string{"covered": b.CoveredUntil().String()}
	for id, c := range b.w.State.Cases {
		list := slices.Clone(c.Ledger.Entries)
		slices.SortFunc(list, func(x, y ledger.Entry) int { return cmp.Compare(x.ID, y.ID) })
		s := fmt.Sprintf("%+v", list)
		for _, a := range c.Arrangements {
			s += fmt.Sprintf(" %s:%s", a.ID, a.State)
		}
		out["case "+string(id)] = s
	}
	for id, e := range b.w.State.Entries {
		state := string(e.State)
		if e.State.Open() { // what is suggested hangs on what is due when the machine looks
			state = "open"
		}
		out["entry "+string(id)] = fmt.Sprintf("%s %+v", state, e.Parts)
	}
	return out
}

// withCases opens some more cases: one with an offered plan, one with a running
// one and an offer beside it, one with a promise and a settlement.
func withCases(t testing.TB, b *bench, n int) {
	t.Helper()
	for i := range n {
		cmd := cases.OpenCase{
			Case: cases.CaseID(fmt.Sprintf("x%d", i)), Reference: fmt.Sprintf("K-2026-%06d", 100+i), Opened: calendar.Of(2026, 9, 1), Stage: cases.StageDunning,
			Parties: []cases.Party{{Person: casestest.Debtor, Role: cases.RoleDebtor}},
			Claims:  []ledger.Claim{{ID: "f", Kind: ledger.Ordinary, Principal: 90000, Due: calendar.Of(2026, 6, 18)}},
		}
		if _, err := b.Import(t.Context(), []desk.ImportRecord{{Case: cmd}}); err != nil {
			t.Fatal(err)
		}
	}
	since := calendar.Of(2026, 11, 1)
	twice := func(first, second money.Cents) []plan.Rate {
		return []plan.Rate{{No: 1, Due: calendar.Of(2026, 11, 10), Cents: first}, {No: 2, Due: calendar.Of(2026, 12, 10), Cents: second}}
	}
	for c, list := range map[cases.CaseID][]cases.Arrangement{
		"x0": {{ID: "plan", Kind: cases.ArrangePlan, State: cases.ArrOffered, Total: 20000, Expires: calendar.Of(2026, 11, 12), Rates: twice(5000, 15000)}},
		"x1": {
			{ID: "old", Kind: cases.ArrangePlan, State: cases.ArrRunning, Total: 20000, Rates: twice(5000, 15000)},
			{ID: "new", Kind: cases.ArrangePlan, State: cases.ArrOffered, Total: 9000, Expires: calendar.Of(2026, 12, 31), Rates: twice(2000, 7000), Supersedes: "old"},
		},
		"x2": {
			{ID: "promise", Kind: cases.ArrangePromise, State: cases.ArrRunning, Total: 6000, Until: calendar.Of(2026, 11, 20)},
			{ID: "settlement", Kind: cases.ArrangeSettlement, State: cases.ArrOffered, Total: 8000, Until: calendar.Of(2026, 11, 11), Expires: calendar.Of(2026, 11, 14)},
		},
	} {
		for _, a := range list {
			a.Since = since
			if k := b.w.State.Cases[c]; k != nil {
				k.Apply(cases.ArrangementMade{Arrangement: a})
			}
		}
	}
}

func TestAnyWayIn(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		from := calendar.Of(2026, 11, 2)
		var items []desk.StatementItem
		for i := range rapid.IntRange(1, 12).Draw(rt, "entries") {
			key, c := fmt.Sprintf("k%d", i), rapid.IntRange(0, 4).Draw(rt, "case")
			day := from + calendar.Date(rapid.IntRange(0, 14).Draw(rt, "day"))
			cents := money.Cents(rapid.OneOf(rapid.IntRange(1, 5500), rapid.SampledFrom([]int{2000, 5000})).Draw(rt, "cents"))
			text := fmt.Sprintf("K-2026-%06d Nr %d", 100+c, i) // case 4 does not exist
			items = append(items, pays(key, cents, day, text))
			if rapid.IntRange(0, 3).Draw(rt, "back") == 0 {
				items = append(items, goesBack(key+"b", key, cents, day+calendar.Date(rapid.IntRange(0, 3).Draw(rt, "later"))))
			}
		}
		shuffled := rapid.Permutation(items).Draw(rt, "order")
		cut := rapid.IntRange(0, len(items)).Draw(rt, "cut")
		a, z := days(from, from+7, 0, 100), days(from+8, from+14, 100, 200)
		run := func(files ...[]desk.StatementItem) map[string]string {
			b := setUp(t, nil)
			withCases(t, b, 4)
			for _, f := range files {
				b.statement(t, f...)
			}
			return b.books()
		}
		half := func(list []desk.StatementItem, s desk.StatementItem) []desk.StatementItem {
			return append(slices.Clone(list), s)
		}
		whole := append(slices.Clone(items), a, z)
		want := run(whole)
		for name, got := range map[string]map[string]string{
			"twice":               run(whole, whole),
			"in two halves":       run(half(items[:cut], a), half(items[cut:], z)),
			"halves turned round": run(half(items[cut:], z), half(items[:cut], a)),
			"in another order":    run(append(slices.Clone(shuffled), z, a)),
			"half, then whole":    run(half(shuffled[:cut], a), whole),
		} {
			for k := range want {
				if want[k] != got[k] {
					rt.Fatalf("%s: %s is %s, want %s", name, k, got[k], want[k])
				}
			}
			if len(got) != len(want) {
				rt.Fatalf("%s: %d things, want %d", name, len(got), len(want))
			}
		}
	})
}
