package desk_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/casestest"
	"kontor/cases/deadline"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/money"
	"kontor/cases/plain"
	"kontor/cases/priority"
)

// another opens a second case of the sample debtor.
func another(t testing.TB, b *bench, id cases.CaseID, change func(*cases.OpenCase)) {
	t.Helper()
	cmd := cases.OpenCase{
		Case: id, Reference: "K-2026-000" + string(id), Opened: calendar.Of(2026, 9, 1), Stage: cases.StageDunning,
		Parties:  []cases.Party{{Person: casestest.Debtor, Role: cases.RoleDebtor}},
		Claims:   []ledger.Claim{{ID: "f", Kind: ledger.Ordinary, Invoice: "R-1", Principal: 20000, Due: calendar.Of(2026, 6, 18)}},
		FollowUp: cases.FollowUp{Due: b.w.Today() + 30, Reason: "dunning"},
	}
	if change != nil {
		change(&cmd)
	}
	if _, err := b.Import(t.Context(), []desk.ImportRecord{{Case: cmd}}); err != nil {
		t.Fatal(err)
	}
}

func reasons(rows []desk.Row, f priority.Factor) map[cases.CaseID]string {
	out := map[cases.CaseID]string{}
	for _, r := range rows {
		for _, x := range r.Reasons {
			if x.Factor == f {
				out[r.Case] = x.Code
			}
		}
	}
	return out
}

// A death is proposed for the person's other cases, in the queue too; nothing
// happens to them before a person says so.
func TestDeathIsProposedForOtherCases(t *testing.T) {
	b := setUp(t, nil)
	ctx := t.Context()
	another(t, b, "777", nil)
	another(t, b, "778", nil)
	if rows, err := b.PersonEvents(ctx); err != nil || len(rows) != 0 {
		t.Fatalf("proposed before anything happened: %+v, %v", rows, err)
	}
	_ = b.queued(t, priority.ItemFollowUp)
	err := b.Change(ctx, casestest.CaseID, []cases.Effect{
		{Kind: cases.MarkDeceased, Person: casestest.Debtor, Date: b.w.Today() - 5}, {Kind: cases.PlaceHold, Hold: cases.HoldAll, Code: cases.EventDeceased},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.PersonEvents(ctx)
	if err != nil || len(rows) != 2 || rows[0].Case != "777" || rows[0].Kind != cases.EventDeceased || len(rows[0].Effects) != 2 {
		t.Fatalf("proposed: %+v, %v", rows, err)
	}
	if q := reasons(b.queued(t, priority.ItemFollowUp), priority.FactorPersonEvent); len(q) != 2 || q["777"] != cases.EventDeceased || q["778"] != cases.EventDeceased {
		t.Errorf("in the queue: %v", q)
	}
	for _, id := range []cases.CaseID{"777", "778"} {
		if k := b.w.State.Cases[id]; len(k.Holds) != 0 || len(k.FollowUps) != 1 {
			t.Errorf("case %s was changed by itself: %+v", id, k.Holds)
		}
	}
	if err := b.JudgePersonEvent(ctx, rows[0], true); err != nil {
		t.Fatal(err)
	}
	if err := b.JudgePersonEvent(ctx, rows[1], false); err != nil {
		t.Fatal(err)
	}
	if h := b.w.State.Cases["777"].Holds; len(h) != 1 || h[0].Reason != cases.EventDeceased || h[0].Until != b.w.Today()+56 || h[0].User != "u1" {
		t.Errorf("taken over: %+v", h)
	}
	if h := b.w.State.Cases["778"].Holds; len(h) != 0 {
		t.Errorf("declined, and held: %+v", h)
	}
	if rows, err := b.PersonEvents(ctx); err != nil || len(rows) != 0 {
		t.Errorf("still proposed: %+v, %v", rows, err)
	}
	if q := reasons(b.queued(t, priority.ItemFollowUp), priority.FactorPersonEvent); len(q) != 0 {
		t.Errorf("still in the queue: %v", q)
	}
}

// No open case is without a next step: the program finds those that are.
func TestIdleCasesAreFound(t *testing.T) {
	b := setUp(t, nil)
	ctx := t.Context()
	another(t, b, "777", func(c *cases.OpenCase) { c.FollowUp = cases.FollowUp{} })
	another(t, b, "778", func(c *cases.OpenCase) { c.FollowUp, c.Stage = cases.FollowUp{}, cases.StageClosed })
	want := func(ids ...cases.CaseID) {
		t.Helper()
		got, err := b.Idle(ctx)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(ids) {
			t.Fatalf("without a next step: %v, %v, want %v", got, err, ids)
		}
		if q := reasons(b.queued(t, priority.ItemFollowUp), priority.FactorNoNextStep); len(q) != len(ids) {
			t.Fatalf("in the queue: %v, want %v", q, ids)
		}
	}
	want("777")
	for _, tc := range []struct {
		name   string
		effect cases.Effect
	}{
		{"follow-up", cases.Effect{Kind: cases.SetFollowUp, Date: b.w.Today() + 3, Code: "answer"}},
		{"clock", cases.Effect{Kind: cases.StartClock, Code: "their_deadline", Until: b.w.Today() + 3}},
		{"promise", cases.Effect{Kind: cases.RecordPromise, Cents: 500, Date: b.w.Today() + 3}},
	} {
		id := cases.CaseID("80" + fmt.Sprint(len(tc.name)))
		another(t, b, id, func(c *cases.OpenCase) { c.FollowUp = cases.FollowUp{} })
		want("777", id)
		if err := b.Change(ctx, id, []cases.Effect{tc.effect}, nil); err != nil {
			t.Fatal(err)
		}
		want("777")
	}
	// The only step is done: the case comes back at once.
	f := b.w.State.Cases[casestest.CaseID].FollowUps[0]
	if err := b.Change(ctx, casestest.CaseID, nil, []string{f.ID}); err != nil {
		t.Fatal(err)
	}
	got, err := b.Idle(ctx)
	if err != nil || len(got) != 2 {
		t.Errorf("without a next step: %v, %v, want two", got, err)
	}
}

func TestSilvester(t *testing.T) {
	b := setUp(t, nil)
	ctx := t.Context()
	old := func(due calendar.Date) func(*cases.OpenCase) {
		return func(c *cases.OpenCase) { c.Claims[0].Due = due }
	}
	another(t, b, "701", old(calendar.Of(2023, 5, 4))) // lapses with 2026
	another(t, b, "702", old(calendar.Of(2024, 1, 1))) // lapses with 2027
	another(t, b, "703", old(calendar.Of(2022, 5, 4))) // has lapsed
	another(t, b, "704", func(c *cases.OpenCase) {     // a payment in 2025: only proposed
		c.Claims[0].Due = calendar.Of(2023, 8, 1)
		c.Entries = []ledger.Entry{{ID: "e1", Date: calendar.Of(2025, 3, 1), Kind: ledger.Payment, Cents: 1000}}
	})
	another(t, b, "705", func(c *cases.OpenCase) { // titled in 2020: the interest of 2023 lapses
		c.Stage, c.Claims[0].Due, c.Claims[0].Default = cases.StageEnforcement, calendar.Of(2019, 1, 2), calendar.Of(2019, 2, 2)
		c.Claims[0].Rate = ledger.RateRule{Kind: ledger.RateConsumer}
	})
	if err := b.RecordTitle(ctx, "705", deadline.Title{Kind: deadline.TitleJudgment, Date: calendar.Of(2020, 2, 3), Final: calendar.Of(2020, 3, 5)}); err != nil {
		t.Fatal(err)
	}
	rows, err := b.Silvester(ctx, 0)
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v: %+v", len(rows), err, rows)
	}
	end := calendar.Of(2026, 12, 31)
	for _, r := range rows {
		switch {
		case r.Ends != end || r.Principal != 20000 || r.Invoice != "R-1" || r.Debtor.String() != "Jana Muster":
			t.Errorf("row %+v", r)
		case r.Case == "704" && (!r.Disputed || r.Without != end || r.With != calendar.Of(2028, 3, 1)),
			r.Case == "701" && (r.Disputed || r.Title != ""),
			r.Case == "705" && (r.Title != deadline.TitleJudgment || r.InterestYear != 2023):
			t.Errorf("row %+v", r)
		}
	}
	if err := b.JudgeAcknowledgement(ctx, "704", desk.AckDecision{ID: "e1", Confirm: true}); err != nil {
		t.Fatal(err)
	}
	if rows, err := b.Silvester(ctx, 0); err != nil || len(rows) != 2 {
		t.Errorf("confirmed, and still %d rows, %v", len(rows), err)
	}
	if rows, err := b.Silvester(ctx, 2027); err != nil || len(rows) != 3 {
		t.Errorf("2027 has %d rows, %v", len(rows), err)
	}
}

func TestDutiesAndComplaints(t *testing.T) {
	b := setUp(t, nil)
	ctx := t.Context()
	b.take(t, casestest.DebtorMail+"|a@x|K-2026-000318|Bitte um Auskunft") // the engine reads a request for information
	list, err := b.Duties(ctx, 0)
	if err != nil || len(list) != 1 || list[0].Kind != "information" || list[0].Source != "§ 13a Abs. 2 RDG" || list[0].Case != casestest.CaseID || list[0].Late {
		t.Fatalf("duties %+v, %v", list, err)
	}
	if err := b.RecordComplaint(ctx, casestest.CaseID, cases.ComplaintEntry{Received: b.w.Today() - 20, Channel: cases.Phone, About: "conduct", Text: plain.Line("Ton am Telefon")}); err != nil {
		t.Fatal(err)
	}
	list, err = b.Duties(ctx, 0)
	if err != nil || len(list) != 2 || list[0].Kind != "complaint" || !list[0].Late || list[0].About != "conduct" {
		t.Fatalf("duties %+v, %v", list, err)
	}
	if rows := b.queued(t, priority.ItemClock); len(rows) != 1 || rows[0].Lane != priority.LaneDueToday {
		t.Errorf("the late complaint is not due: %+v", rows)
	}
	open, err := b.Complaints(ctx, false)
	if err != nil || len(open) != 1 || !open[0].Late {
		t.Fatalf("complaints %+v, %v", open, err)
	}
	if err := b.CloseComplaint(ctx, casestest.CaseID, open[0].ID, "justified", "entschuldigt"); err != nil {
		t.Fatal(err)
	}
	if open, err := b.Complaints(ctx, false); err != nil || len(open) != 0 {
		t.Errorf("still open: %+v, %v", open, err)
	}
	if all, err := b.Complaints(ctx, true); err != nil || len(all) != 1 || all[0].Outcome != "justified" {
		t.Errorf("the register: %+v, %v", all, err)
	}
}

type codes struct{ fail bool }

func (c codes) PayCode(reference string, cents money.Cents) ([]byte, error) {
	if c.fail {
		return nil, errors.New("no IBAN")
	}
	return fmt.Appendf(nil, "PNG %s %d", reference, cents), nil
}

// packing is a composer that puts the files into the bytes, as the real one does.
type packing struct{ composer }

func (packing) Build(l cases.Letter) ([]byte, error) {
	var out bytes.Buffer
	for _, f := range l.Files {
		fmt.Fprintf(&out, "[%s %s %s]", f.Name, f.MediaType, f.Data)
	}
	raw, err := composer{}.Build(l)
	return append(out.Bytes(), raw...), err
}

// What a letter attaches: the payment code where it asks for money, documents of
// the case where a person ticks them, and the approval covers the bytes.
func TestAttachments(t *testing.T) {
	open := func(t *testing.T, pay desk.PayCodes, demand bool) (*bench, *desk.Review) {
		t.Helper()
		b := setUp(t, func(o *desk.Options) { o.PayCodes, o.Composer, o.Texts = pay, packing{}, texts{demand: demand} })
		if _, err := b.AddDocument(t.Context(), casestest.CaseID, desk.NewDocument{Kind: cases.DocContract, Name: `C:\akten\Vertrag.pdf`, Source: "person", Data: []byte("%PDF-1.4 eins")}); err != nil {
			t.Fatal(err)
		}
		if !demand {
			b.take(t, casestest.DebtorMail+"|a@x|K-2026-000318|Bitte um Auskunft")
			return b, b.first(t)
		}
		r, err := b.Open(t.Context(), desk.ItemRef{Kind: priority.ItemFollowUp, ID: string(casestest.CaseID)}, desk.OpenOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return b, r
	}
	sent := func(t *testing.T, b *bench, r *desk.Review) *cases.Reply {
		t.Helper()
		a, err := b.Approve(t.Context(), desk.ApproveRequest{Review: r, Subject: r.Drafts[0].Subject, Text: r.Drafts[0].Text, Effects: r.Drafts[0].Effects})
		if err != nil {
			t.Fatal(err)
		}
		return b.w.State.Replies[a.Reply]
	}
	bytesOf := func(t *testing.T, b *bench, r *cases.Reply) string {
		t.Helper()
		rc, err := b.j.OpenBlob(t.Context(), r.Approval.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		var buf bytes.Buffer
		if _, err := buf.ReadFrom(rc); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(buf.Bytes())
		if hex.EncodeToString(sum[:]) != r.Approval.SHA256 {
			t.Error("the approval is not of these bytes")
		}
		return buf.String()
	}
	t.Run("a demand carries the code", func(t *testing.T) {
		b, r := open(t, codes{}, true)
		at := r.Drafts[0].Attach
		if len(at) != 2 || at[0].Kind != cases.FileGiroCode || !at[0].Ticked || at[1].Kind != cases.FileDocument || at[1].Ticked || at[1].Name.String() != "Vertrag.pdf" {
			t.Fatalf("offers %+v", at)
		}
		reply := sent(t, b, r)
		want := fmt.Sprintf("[GiroCode-K-2026-000318.png image/png PNG K-2026-000318 %d]", r.Balance.Total)
		if got := bytesOf(t, b, reply); !strings.HasPrefix(got, want+"To:") || len(reply.Approval.Files) != 1 || reply.Approval.Files[0].SHA256 != at[0].SHA256 {
			t.Errorf("bytes %q, files %+v", got, reply.Approval.Files)
		}
	})
	t.Run("off", func(t *testing.T) {
		for _, pay := range []desk.PayCodes{nil, codes{fail: true}} {
			_, r := open(t, pay, true)
			if at := r.Drafts[0].Attach; len(at) != 1 || at[0].Kind != cases.FileDocument {
				t.Errorf("offers %+v", at)
			}
		}
	})
	t.Run("a document that a person ticked", func(t *testing.T) {
		b, r := open(t, codes{}, false)
		if at := r.Drafts[0].Attach; len(at) != 1 || at[0].Ticked {
			t.Fatalf("offers %+v", at)
		}
		r.Drafts[0].Attach[0].Ticked = true
		reply := sent(t, b, r)
		if got := bytesOf(t, b, reply); !strings.HasPrefix(got, "[Vertrag.pdf application/pdf %PDF-1.4 eins]") {
			t.Errorf("bytes %q", got)
		}
	})
	t.Run("a document that was changed or taken away", func(t *testing.T) {
		b, r := open(t, codes{}, false)
		r.Drafts[0].Attach[0].Ticked = true
		b.j.Damage(b.w.State.Cases[casestest.CaseID].Documents[0].Blob)
		if _, err := b.Approve(t.Context(), desk.ApproveRequest{Review: r, Subject: r.Drafts[0].Subject, Text: r.Drafts[0].Text}); err == nil {
			t.Error("damaged bytes were attached")
		}
		b.j.Damage(b.w.State.Cases[casestest.CaseID].Documents[0].Blob) // the byte is whole again
		if err := b.RemoveDocument(t.Context(), casestest.CaseID, r.Drafts[0].Attach[0].Document, "wrong_case"); err != nil {
			t.Fatal(err)
		}
		_, err := b.Approve(t.Context(), desk.ApproveRequest{Review: r, Subject: r.Drafts[0].Subject, Text: r.Drafts[0].Text})
		if !errors.Is(err, &cases.Refusal{Reason: cases.NotFound}) {
			t.Errorf("a removed document was attached: %v", err)
		}
	})
}

// What a document is, its bytes say.
func TestDocumentsAreToldByTheirBytes(t *testing.T) {
	b := setUp(t, nil)
	for want, data := range map[string]string{
		"application/pdf": "%PDF-1.7\n", "image/png": "\x89PNG\r\n\x1a\nx", "image/jpeg": "\xff\xd8\xff\xe0", "image/tiff": "II*\x00x",
		"text/plain": "Guten Tag,\nMüller\n", "application/octet-stream": "PK\x03\x04",
	} {
		d, err := b.AddDocument(t.Context(), casestest.CaseID, desk.NewDocument{Kind: cases.DocOther, Name: "x.pdf", Source: "person", Data: []byte(data)})
		if err != nil || d.MediaType != want {
			t.Errorf("%q is %s, %v, want %s", data, d.MediaType, err, want)
		}
		if _, got, err := b.DocumentBytes(t.Context(), casestest.CaseID, d.ID); err != nil || string(got) != data {
			t.Errorf("%q comes back as %q, %v", data, got, err)
		}
	}
	for _, n := range []desk.NewDocument{{Name: "x", Data: nil}, {Name: "..", Data: []byte("x")}, {Name: "x", Data: make([]byte, desk.MaxDocument+1)}} {
		n.Kind, n.Source = cases.DocOther, "person"
		if d, err := b.AddDocument(t.Context(), casestest.CaseID, n); err == nil {
			t.Errorf("%q of %d bytes: taken as %s", n.Name, len(n.Data), d.Name)
		}
	}
}

func TestExports(t *testing.T) {
	b := setUp(t, nil)
	if err := b.Exported(t.Context(), cases.DataExported{What: "ledger", Format: "csv", Cases: 1, Items: 7}); err != nil {
		t.Fatal(err)
	}
	list, err := b.Exports(t.Context())
	if err != nil || len(list) != 1 || list[0].Actor.User != "u1" || list[0].Body.(cases.DataExported).Items != 7 {
		t.Errorf("on record: %+v, %v", list, err)
	}
}

// An offer that nobody accepted lapses by itself and leaves a next step.
func TestOffersLapse(t *testing.T) {
	b := setUp(t, nil)
	b.w.State.Cases[casestest.CaseID].Apply(cases.ArrangementMade{Arrangement: cases.Arrangement{
		ID: "s", Kind: cases.ArrangeSettlement, State: cases.ArrOffered, Total: 20000, Since: b.w.Today(), Until: b.w.Today() + 10, Expires: b.w.Today() + 10,
	}})
	if err := b.Change(t.Context(), casestest.CaseID, []cases.Effect{{Kind: cases.AddNote, Text: plain.Line("gesehen")}}, nil); err != nil {
		t.Fatal(err)
	}
	state := func() cases.ArrangementState { return b.w.State.Cases[casestest.CaseID].Arrangements[0].State }
	for _, tc := range []struct {
		days int
		want cases.ArrangementState
	}{{0, cases.ArrOffered}, {10, cases.ArrOffered}, {1, cases.ArrLapsed}, {1, cases.ArrLapsed}} {
		b.w.Now = b.w.Now.AddDate(0, 0, tc.days)
		if _, err := b.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := state(); got != tc.want {
			t.Errorf("on %s it is %s, want %s", b.w.Today(), got, tc.want)
		}
	}
	steps := 0
	for _, f := range b.w.State.Cases[casestest.CaseID].FollowUps {
		if f.Reason == "offer_expired" {
			steps++
		}
	}
	if steps != 1 {
		t.Errorf("%d next steps, want 1", steps)
	}
}
