package cases_test

import (
	"fmt"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/casestest"
	"kontor/cases/deadline"
	"kontor/cases/ledger"
	"kontor/cases/plain"
)

func person(t testing.TB, w *casestest.World, c cases.Command) error {
	t.Helper()
	_, err := w.Do(casestest.Caseworker(), c)
	return err
}

func must(t testing.TB, w *casestest.World, cmds ...cases.Command) {
	t.Helper()
	for _, c := range cmds {
		if err := person(t, w, c); err != nil {
			t.Fatalf("%T: %v", c, err)
		}
	}
}

func theCase(w *casestest.World) *cases.Case { return w.State.Cases[casestest.CaseID] }

func limitation(t testing.TB, w *casestest.World) cases.ClaimLimitation {
	t.Helper()
	l := theCase(w).Limitations(w.Today())
	if len(l) != 1 {
		t.Fatalf("%d limitations, want 1", len(l))
	}
	return l[0]
}

func TestTitleRegister(t *testing.T) {
	w := world(t)
	// Due 2026-06-18, no title: 31 December 2029 (§§ 195, 199 Abs. 1 BGB).
	if got := limitation(t, w).Ends(); got != calendar.Of(2029, 12, 31) {
		t.Errorf("untitled it ends on %s", got)
	}
	title := deadline.Title{Kind: deadline.TitleOrder, Court: "AG Hamburg-Altona", FileNo: "26-1234567-0-5", Date: calendar.Of(2020, 3, 2)}
	must(t, w, cases.RecordTitle{Case: casestest.CaseID, Title: title})
	if l := limitation(t, w); !l.InCourt || l.Ends() != 0 {
		t.Errorf("before finality something runs: %+v", l)
	}
	wantRefusal(t, person(t, w, cases.RecordTitle{Case: casestest.CaseID, Title: title}), cases.Exists)
	title = theCase(w).Titles[0]
	title.Final = calendar.Of(2020, 3, 20)
	must(t, w, cases.RecordTitle{Case: casestest.CaseID, Title: title})
	l := limitation(t, w)
	if l.Result.Ends != calendar.Of(2050, 3, 20) { // § 197 Abs. 1 Nr. 3, § 201 BGB
		t.Errorf("titled it ends on %s, want 2050-03-20", l.Result.Ends)
	}
	// Interest of 2023 lapses with 2026, that of 2020 to 2022 has (§ 197 Abs. 2).
	if l.InterestYear != 2023 || l.Interest.Ends != calendar.Of(2026, 12, 31) || l.Ends() != l.Interest.Ends {
		t.Errorf("interest of %d ends on %s, want 2023 on 2026-12-31", l.InterestYear, l.Interest.Ends)
	}
	if s := cases.SummariseCase(theCase(w), w.Today(), ledger.Rules{}); s.Limitation != calendar.Of(2026, 12, 31) {
		t.Errorf("the summary warns on %s", s.Limitation)
	}
	// An act of enforcement starts the 30 years anew (§ 212 Abs. 1 Nr. 2).
	must(t, w, cases.JudgeAcknowledgement{Case: casestest.CaseID, Confirm: true, Kind: deadline.AckEnforcement, Date: calendar.Of(2024, 5, 6)})
	if got := limitation(t, w).Result.Ends; got != calendar.Of(2054, 5, 6) {
		t.Errorf("after enforcement it ends on %s, want 2054-05-06", got)
	}
	must(t, w, cases.RemoveTitle{Case: casestest.CaseID, Title: title.ID, Why: "set_aside"})
	if got := limitation(t, w); got.Title.ID != "" {
		t.Errorf("still titled: %+v", got)
	}
	for name, change := range map[string]func(*deadline.Title){
		"kind":            func(t *deadline.Title) { t.Kind = "?" },
		"date":            func(t *deadline.Title) { t.Date = w.Today() + 1 },
		"final before":    func(t *deadline.Title) { t.Final = t.Date - 1 },
		"claim":           func(t *deadline.Title) { t.Claims = []string{"nobody"} },
		"long file no":    func(t *deadline.Title) { t.FileNo = strings.Repeat("1", 200) },
		"final in future": func(t *deadline.Title) { t.Final = w.Today() + 1 },
	} {
		bad := title
		change(&bad)
		if err := person(t, w, cases.RecordTitle{Case: casestest.CaseID, Title: bad}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// A deed and a settlement run from their own day (§ 201 S. 1 BGB).
func TestTitlesWithoutFinality(t *testing.T) {
	for _, kind := range []string{deadline.TitleDeed, deadline.TitleSettlement, deadline.TitleTable} {
		w := world(t)
		must(t, w, cases.RecordTitle{Case: casestest.CaseID, Title: deadline.Title{Kind: kind, Date: calendar.Of(2021, 6, 1)}})
		if got := limitation(t, w).Result.Ends; got != calendar.Of(2051, 6, 1) {
			t.Errorf("%s ends on %s, want 2051-06-01", kind, got)
		}
	}
}

func TestAcknowledgementsAreJudged(t *testing.T) {
	w := world(t)
	w.Now = w.Now.AddDate(1, 0, 0)
	pay(t, w, "e1", credit("1", 5000, calendar.Of(2027, 3, 15)), true)
	entry := theCase(w).Ledger.Entries[0].ID
	without, with := calendar.Of(2029, 12, 31), calendar.Of(2030, 3, 15)
	if l := limitation(t, w); l.Result.Ends != without || l.Result.EndsWithAck != with || l.Ends() != without {
		t.Errorf("a proposed restart moved the warning: %+v", l.Result)
	}
	_, err := w.Do(casestest.Machine(), cases.JudgeAcknowledgement{Case: casestest.CaseID, ID: entry, Confirm: true})
	wantRefusal(t, err, cases.NotAPerson)
	wantRefusal(t, person(t, w, cases.JudgeAcknowledgement{Case: casestest.CaseID, ID: "nothing", Confirm: true}), cases.NotFound)
	must(t, w, cases.JudgeAcknowledgement{Case: casestest.CaseID, ID: entry, Confirm: true})
	// The period begins at year-end 2026, so the payment of 2027 restarts it.
	if l := limitation(t, w); l.Result.Ends != with || l.Ends() != with {
		t.Errorf("confirmed it ends on %s, want %s", l.Result.Ends, with)
	}
	wantRefusal(t, person(t, w, cases.JudgeAcknowledgement{Case: casestest.CaseID, ID: entry, Confirm: true}), cases.AlreadyDone)
	must(t, w, cases.JudgeAcknowledgement{Case: casestest.CaseID, ID: entry, Confirm: false})
	if l := limitation(t, w); l.Result.Ends != without || l.Result.EndsWithAck != without {
		t.Errorf("rejected it ends on %s and %s, want %s", l.Result.Ends, l.Result.EndsWithAck, without)
	}
	if err := person(t, w, cases.JudgeAcknowledgement{Case: casestest.CaseID, Confirm: true, Kind: deadline.AckStatement, Date: w.Today() + 1}); err == nil {
		t.Error("an acknowledgement of tomorrow was recorded")
	}
}

func TestProposedAcknowledgement(t *testing.T) {
	w := world(t)
	w.Now = w.Now.AddDate(1, 0, 0)
	must(t, w, cases.ChangeCase{Case: casestest.CaseID, Effects: []cases.Effect{{Kind: cases.ProposeAcknowledgement, Claim: "f1"}}})
	id := theCase(w).AckProposed[0].ID
	before := limitation(t, w)
	if before.Result.Ends == before.Result.EndsWithAck || before.Ends() != before.Result.Ends {
		t.Fatalf("the proposal does not show, or counts: %+v", before.Result)
	}
	must(t, w, cases.JudgeAcknowledgement{Case: casestest.CaseID, ID: id, Confirm: true, Reserved: true})
	if got := limitation(t, w).Result.Ends; got != before.Result.EndsWithAck {
		t.Errorf("confirmed in spite of the reserve it ends on %s, want %s", got, before.Result.EndsWithAck)
	}
}

func doc(n int) cases.Document {
	return cases.Document{
		Kind: cases.DocContract, Name: plain.Line(fmt.Sprintf("Vertrag-%d.pdf", n)), Date: calendar.Of(2026, 6, 2), Source: "person",
		MediaType: "application/pdf", Size: 100, SHA256: fmt.Sprintf("%064x", n), Blob: cases.BlobID(fmt.Sprintf("b%d", n)),
	}
}

func TestDocuments(t *testing.T) {
	w := world(t)
	add := func(d cases.Document) error {
		return person(t, w, cases.AddDocument{Case: casestest.CaseID, Document: d})
	}
	for range 2 {
		if err := add(doc(1)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(theCase(w).Documents); n != 1 {
		t.Fatalf("%d documents, want 1: the same bytes came twice", n)
	}
	d := theCase(w).Documents[0]
	if d.User != "u1" || d.Added != w.Today() {
		t.Errorf("added by %q on %s", d.User, d.Added)
	}
	for name, change := range map[string]func(*cases.Document){
		"kind": func(d *cases.Document) { d.Kind = "?" }, "path": func(d *cases.Document) { d.Name = plain.Line("../x") },
		"hash": func(d *cases.Document) { d.SHA256 = "00" }, "empty": func(d *cases.Document) { d.Size = 0 },
		"tomorrow": func(d *cases.Document) { d.Date = w.Today() + 1 }, "source": func(d *cases.Document) { d.Source = "" },
	} {
		bad := doc(2)
		change(&bad)
		wantRefusal(t, add(bad), cases.Invalid)
		_ = name
	}
	// A letter attaches what lies on the case, and nothing else.
	file := cases.SentFile{Name: d.Name, Kind: cases.FileDocument, Document: d.ID, SHA256: d.SHA256, Size: d.Size}
	a := w.Approval()
	a.Files = []cases.SentFile{file}
	approve(t, w, "r1", a)
	for name, change := range map[string]func(*cases.SentFile){
		"unknown": func(f *cases.SentFile) { f.Document = "x" }, "other bytes": func(f *cases.SentFile) { f.SHA256 = fmt.Sprintf("%064x", 9) },
		"kind": func(f *cases.SentFile) { f.Kind = "photo" },
	} {
		bad := file
		change(&bad)
		a := w.Approval()
		a.Files = []cases.SentFile{bad}
		_, err := w.Do(casestest.Caseworker(), cases.ApproveReply{Reply: "r2", Approval: a, Persons: casestest.Persons()})
		if err == nil {
			t.Errorf("%s: attached", name)
		}
	}
	must(t, w, cases.RemoveDocument{Case: casestest.CaseID, Document: d.ID, Why: "wrong_case"})
	a = w.Approval()
	a.Files = []cases.SentFile{file}
	_, err := w.Do(casestest.Caseworker(), cases.ApproveReply{Reply: "r3", Approval: a, Persons: casestest.Persons()})
	wantRefusal(t, err, cases.NotFound)
}

func TestComplaints(t *testing.T) {
	w := world(t)
	receive(t, w, "m1", cases.Complaint)
	x := cases.ComplaintEntry{Received: w.Today() - 1, Channel: cases.Email, About: "conduct", Message: "m1"}
	must(t, w, cases.RecordComplaint{Case: casestest.CaseID, Complaint: x})
	wantRefusal(t, person(t, w, cases.RecordComplaint{Case: casestest.CaseID, Complaint: x}), cases.Exists)
	k := theCase(w)
	c := k.Complaints[0]
	// 23 November + 14 days: Monday, 7 December.
	if len(k.Clocks) != 1 || k.Clocks[0].ID != c.Clock || k.Clocks[0].Due != calendar.Of(2026, 12, 7) || c.User != "u1" {
		t.Fatalf("clock %+v of complaint %+v", k.Clocks, c)
	}
	end := cases.CloseComplaint{Case: casestest.CaseID, Complaint: c.ID, Outcome: "partly", Measure: plain.Line("entschuldigt")}
	must(t, w, end)
	if k := theCase(w); !k.Clocks[0].Stopped || k.Complaints[0].Outcome != "partly" || k.Complaints[0].Closed != w.Today() {
		t.Errorf("not closed: %+v %+v", k.Complaints, k.Clocks)
	}
	wantRefusal(t, person(t, w, end), cases.AlreadyDone)
}

func hold(kind cases.HoldKind, reason, claim string) cases.ChangeCase {
	return cases.ChangeCase{Case: casestest.CaseID, Persons: casestest.Persons(), Effects: []cases.Effect{{Kind: cases.PlaceHold, Hold: kind, Code: reason, Claim: claim}}}
}

func lift(id string) cases.ChangeCase {
	return cases.ChangeCase{Case: casestest.CaseID, Persons: casestest.Persons(), Effects: []cases.Effect{{Kind: cases.LiftHold, Target: id}}}
}

func TestHousehold(t *testing.T) {
	w := world(t)
	must(t, w, hold(cases.HoldDunning, "inquiry", ""), hold(cases.HoldAll, "other", "f1"), hold(cases.HoldDunning, "paid_claimed", ""))
	wantRefusal(t, person(t, w, hold(cases.HoldDunning, "inquiry", "")), cases.Exists)
	wantRefusal(t, person(t, w, hold(cases.HoldDunning, "inquiry", "nobody's")), cases.Invalid)
	what := func() map[string]int {
		n := map[string]int{}
		for _, s := range theCase(w).Stops(w.Today(), w.State.Persons) {
			n[s.What+"/"+s.Claim]++
		}
		return n
	}
	if n := what(); n["dunning/"] != 2 || n["dunning/f1"] != 1 || n["bureau/f1"] != 1 || n["court/"] != 0 {
		t.Errorf("stopped: %v", n)
	}
	h := theCase(w).Holds
	must(t, w, lift(h[0].ID))
	if n := what(); n["dunning/"] != 1 || n["dunning/f1"] != 1 {
		t.Errorf("ending one ended others: %v", n)
	}
	if h := theCase(w).Holds[0]; h.User != "u1" || h.LiftedBy != "u1" {
		t.Errorf("placed by %q, ended by %q", h.User, h.LiftedBy)
	}
	must(t, w, lift(h[2].ID))
	// The only claim is held: nobody may ask for money.
	if why := cases.DemandBlocked(w.State, cases.Env{Today: w.Today()}, theCase(w), casestest.Debtor); why != "other" {
		t.Errorf("demands are blocked by %q, want the hold on the claim", why)
	}
}

// A hold does not end while its ground stands.
func TestHoldsWithGround(t *testing.T) {
	w := world(t)
	must(t, w, hold(cases.HoldAll, "dispute", ""), cases.ChangeCase{Case: casestest.CaseID, Effects: []cases.Effect{{Kind: cases.RecordObjection, Dispute: "returned", Claim: "f1"}}})
	id := theCase(w).Holds[0].ID
	wantRefusal(t, person(t, w, lift(id)), cases.Blocked)
	must(t, w, cases.SettleObjection{Case: casestest.CaseID, Objection: theCase(w).Objections[0].ID, Text: plain.Line("Gläubiger belegt die Lieferung")}, lift(id))
	if theCase(w).Disputed() {
		t.Error("still disputed")
	}
	must(t, w, cases.ChangeCase{Case: casestest.CaseID, Persons: casestest.Persons(), Effects: []cases.Effect{{Kind: cases.MarkInsolvent, Person: casestest.Debtor, Date: w.Today() - 3}}}, hold(cases.HoldAll, cases.EventInsolvent, ""))
	k := theCase(w)
	wantRefusal(t, person(t, w, lift(k.Holds[1].ID)), cases.Blocked)
	found := false
	for _, s := range k.Stops(w.Today(), w.State.Persons) {
		found = found || s.What == cases.StopInterest && s.From == w.Today()-3 && s.Rule == "§ 39 Abs. 1 Nr. 1 InsO"
	}
	if !found {
		t.Error("interest from the opening on is not stopped")
	}
}

func TestPersonEventsAreJudgedOncePerCase(t *testing.T) {
	w := world(t)
	judge := cases.JudgePersonEvent{
		Case: casestest.CaseID, Person: casestest.Debtor, Kind: cases.EventDeceased, Take: true,
		Effects: []cases.Effect{{Kind: cases.PlaceHold, Hold: cases.HoldAll, Code: cases.EventDeceased, Until: w.Today() + 56}},
	}
	wantRefusal(t, person(t, w, judge), cases.WrongState) // nobody died
	must(t, w, cases.ChangeCase{Case: casestest.CaseID, Persons: casestest.Persons(), Effects: []cases.Effect{{Kind: cases.MarkDeceased, Person: casestest.Debtor}}})
	_, err := w.Do(casestest.Machine(), judge)
	wantRefusal(t, err, cases.NotAPerson)
	must(t, w, judge)
	if n := len(theCase(w).Holds); n != 1 {
		t.Errorf("%d holds, want the one that was ticked", n)
	}
	wantRefusal(t, person(t, w, judge), cases.AlreadyDone)
}

func TestExportsAreOnRecord(t *testing.T) {
	w := world(t)
	ev, err := w.Do(casestest.Caseworker(), cases.ReportExport{Export: cases.DataExported{What: "ledger", Format: "csv", Cases: 3, Items: 17}})
	if err != nil || len(ev) != 1 || ev[0].Stream != cases.Team() {
		t.Fatalf("%v, %v", ev, err)
	}
}
