package ui

import (
	"strings"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/desk"
	"kontor/cases/ledger"
	"kontor/cases/plain"
	"kontor/cases/priority"
	"kontor/ui/internal/fake"
	"kontor/ui/nav"
)

// pick puts the cursor of a list on the line with these words and takes it.
func (d *driver) pick(words string) {
	d.t.Helper()
	for range 60 {
		for _, l := range strings.Split(d.screen(), "\n") {
			if strings.Contains(l, "› ") && strings.Contains(l, words) {
				d.keys("enter")
				return
			}
		}
		d.keys("down")
	}
	d.t.Fatalf("no line to choose has %q:\n%s", words, d.screen())
}

// erase empties the field with the cursor.
func (d *driver) erase() {
	for range 40 {
		d.keys("backspace")
	}
}

func (d *driver) last() fake.Register {
	d.t.Helper()
	if n := len(d.desk.Registered); n > 0 {
		return d.desk.Registered[n-1]
	}
	d.t.Fatalf("nothing was recorded:\n%s", d.screen())
	return fake.Register{}
}

func openFile(t *testing.T) *driver {
	t.Helper()
	d := start(t, 80, 24, "de")
	fullCase(d)
	d.keys("2")
	d.settle()
	return d
}

func TestTitleIsRecordedAndBecomesFinal(t *testing.T) {
	t.Parallel()
	d := openFile(t)
	d.keys("f")
	d.pick("Titel erfassen")
	d.keys("right", "tab")
	d.typeText("AG Kiel")
	d.keys("tab")
	d.typeText("12 C 34/26")
	d.keys("tab", "enter")
	d.wants("Es fehlt das Datum")
	d.typeText("31.12.2099")
	d.keys("enter")
	d.wants("Das liegt in der Zukunft")
	d.erase()
	d.typeText("12.3.")
	d.keys("tab")
	d.typeText("1.2.2020")
	d.keys("enter")
	d.wants("Die Rechtskraft liegt vor dem Titel")
	d.erase()
	d.keys("enter")
	x := d.last().Title
	if x.Kind != deadline.TitleJudgment || x.Court != "AG Kiel" || x.FileNo != "12 C 34/26" || x.Date != calendar.Of(2026, 3, 12) || x.Final != 0 || x.ID != "" {
		t.Fatalf("recorded %+v", x)
	}
	d.wants("Titel erfasst")
	d.keys("f")
	d.pick("Rechtskraft nachtragen")
	d.typeText("gestern")
	d.keys("enter")
	if x := d.last().Title; x.ID != "t" || x.Kind != deadline.TitleOrder || x.Final != fake.Today()-1 || x.Court != "AG Hamburg-Altona" {
		t.Fatalf("corrected to %+v", x)
	}
	d.keys("f")
	d.pick("Titel entfernen")
	d.typeText("aufgehoben")
	d.keys("enter")
	if r := d.last(); r.What != "RemoveTitle" || r.ID != "t" || r.Words != "aufgehoben" {
		t.Fatalf("removed %+v", r)
	}
}

func TestComplaintIsRecordedAndClosed(t *testing.T) {
	t.Parallel()
	d := openFile(t)
	d.keys("f")
	d.pick("Beschwerde erfassen")
	d.keys("right", "tab", "tab", "enter")
	d.wants("Es fehlt, worüber")
	d.typeText("dreimal an einem Tag angerufen")
	d.keys("enter")
	x := d.last().Entry
	if x.About != "amount" || x.Received != fake.Today() || x.Channel != cases.Email || x.Text.String() != "dreimal an einem Tag angerufen" {
		t.Fatalf("recorded %+v", x)
	}
	d.keys("f")
	d.pick("Beschwerde abschließen")
	d.wants("unfreundlich am Telefon")
	d.keys("right", "tab")
	d.typeText("entschuldigt")
	d.keys("enter")
	if r := d.last(); r.What != "CloseComplaint" || r.ID != "b" || r.Code != "partly" || r.Words != "entschuldigt" {
		t.Fatalf("closed %+v", r)
	}
}

func TestDocumentsComeGoAndAreSaved(t *testing.T) {
	t.Parallel()
	d := openFile(t)
	d.keys("f")
	d.lacks("Unterlage ablegen") // no files here
	d.keys("esc")
	d.app.opts.Outside.Document = func(path string) (string, []byte, error) {
		if path != "/tmp/v.pdf" {
			return "", nil, cases.ErrNotFound
		}
		return "v.pdf", []byte("%PDF"), nil
	}
	saved := ""
	d.app.opts.Outside.SaveDir = "/home/anna"
	d.app.opts.Outside.Save = func(dir, name string, data []byte) (string, error) {
		saved = dir + "/" + name + ":" + string(data)
		return dir + "/" + name, nil
	}
	d.keys("f")
	d.pick("Unterlage ablegen")
	d.typeText("/tmp/w.pdf")
	d.keys("enter")
	if len(d.desk.Registered) != 0 {
		t.Fatal("a file that is not there was added")
	}
	d.keys("backspace", "backspace", "backspace", "backspace", "backspace")
	d.typeText("v.pdf")
	d.keys("tab", "right", "tab")
	d.typeText("2.1.2026")
	d.keys("enter")
	n := d.last().Doc
	if n.Name != "v.pdf" || n.Kind != cases.DocInvoice || n.Date != calendar.Of(2026, 1, 2) || n.Source != "person" || string(n.Data) != "%PDF" {
		t.Fatalf("added %+v", n)
	}
	d.keys("f")
	d.pick("Unterlage: Vertrag.pdf")
	d.pick("in eine Datei speichern")
	d.keys("enter")
	if saved != "/home/anna/Vertrag.pdf:%PDF-1.7" || len(d.desk.Exports) != 1 || d.desk.Exports[0].What != "document" {
		t.Fatalf("saved %q, on record %+v", saved, d.desk.Exports)
	}
	d.keys("f")
	d.pick("Unterlage: Vertrag.pdf")
	d.pick("zählt nicht mehr")
	d.typeText("falsche Akte")
	d.keys("enter")
	if r := d.last(); r.What != "RemoveDocument" || r.Words != "falsche Akte" {
		t.Fatalf("removed %+v", r)
	}
}

func TestAttachmentBecomesADocument(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	it := d.desk.Item(desk.ItemRef{Kind: "message", ID: "m-318"})
	it.Review.Message.Mail.Attachments = []cases.Attachment{{Index: 4, Name: plain.Line("Vollmacht.pdf"), Size: 9000}}
	d.keys("2", "f")
	d.pick("Anhang einer Mail ablegen")
	d.wants("Vollmacht.pdf")
	d.keys("tab", "v", "enter")
	if r := d.last(); r.What != "KeepAttachment" || r.ID != "m-318" || r.Index != 4 || r.Code != "power_of_attorney" {
		t.Fatalf("kept %+v", r)
	}
}

func TestAcknowledgementIsJudged(t *testing.T) {
	t.Parallel()
	for i, want := range []desk.AckDecision{{}, {Reserved: true}, {Confirm: true}, {Confirm: true, Reserved: true}} {
		d := openFile(t)
		d.keys("f")
		d.pick("Anerkenntnis vom")
		d.wants("§ 212", "Verjährung")
		for range i {
			d.keys("right")
		}
		d.keys("enter")
		if a := d.last().Ack; a.ID != "a" || a.Confirm != want.Confirm || a.Reserved != want.Reserved {
			t.Errorf("choice %d is %+v", i, a)
		}
	}
	d := openFile(t)
	d.keys("f")
	d.pick("Anerkenntnis oder Vollstreckung")
	d.keys("tab")
	d.typeText("3.11.")
	d.keys("tab", "tab")
	d.typeText("Gerichtsvollzieher beauftragt")
	d.keys("enter")
	if a := d.last().Ack; a.ID != "" || a.Kind != deadline.AckEnforcement || !a.Confirm || a.Date != calendar.Of(2026, 11, 3) {
		t.Errorf("recorded %+v", a)
	}
}

func TestBereavementIsJudgedForEachCase(t *testing.T) {
	t.Parallel()
	d := openFile(t)
	hold := cases.DraftEffect{Effect: cases.Effect{Kind: cases.PlaceHold, Hold: cases.HoldAll, Code: "deceased", Until: fake.Today() + 56}, Ticked: true}
	next := cases.DraftEffect{Effect: cases.Effect{Kind: cases.SetFollowUp, Code: "deceased", Date: fake.Today() + 56}, Ticked: true}
	row := func(id cases.CaseID, ref string) desk.PersonEventRow {
		return desk.PersonEventRow{Case: id, Reference: plain.Line(ref), Person: "p", Kind: cases.EventDeceased, Effects: []cases.DraftEffect{hold, next}}
	}
	d.desk.Lists.Events = []desk.PersonEventRow{row("case-318", "K-2026-000318"), row("case-7", "K-2026-000007")}
	d.send(newsOf(desk.News{Cases: []cases.CaseID{"case-318"}}))
	d.keys("f")
	d.wants("Todesfall beurteilen: diese Akte", "Todesfall beurteilen: K-2026-000007")
	d.pick("Todesfall beurteilen: K-2026-000007")
	d.keys("up", "up", "up", "space") // the first effect
	d.pick("übernehmen")
	r := d.last()
	if !r.Take || r.Case != "case-7" || r.Event.Effects[0].Ticked || !r.Event.Effects[1].Ticked {
		t.Fatalf("judged %+v", r)
	}
	if !hold.Ticked || !d.desk.Lists.Events[1].Effects[0].Ticked {
		t.Error("what was proposed was changed in place")
	}
	d.keys("f")
	d.pick("Todesfall beurteilen: diese Akte")
	d.pick("betrifft diese Akte nicht")
	if r := d.last(); r.Take || r.Case != "case-318" {
		t.Fatalf("judged %+v", r)
	}
}

func TestHoldsArePlacedAndEnded(t *testing.T) {
	t.Parallel()
	d := openFile(t)
	d.keys("b")
	d.pick("aufheben")
	d.wants("Was ruhte, darf dann weitergehen")
	d.keys("enter")
	if r := d.last(); r.What != "EndHold" || r.ID != "h" {
		t.Fatalf("ended %+v", r)
	}
	d.keys("b")
	d.pick("Neue Sperre")
	d.keys("right", "tab", "b", "tab", "right", "tab")
	d.typeText("+30")
	d.keys("enter")
	if len(d.desk.Changes) != 1 {
		t.Fatalf("changed %+v:\n%s", d.desk.Changes, d.screen())
	}
	e := d.desk.Changes[0]
	if e.Kind != cases.PlaceHold || e.Hold != cases.HoldCourt || e.Code != "complaint" || e.Claim == "" || e.Until != fake.Today()+30 {
		t.Fatalf("placed %+v", e)
	}
	d.desk.Fail["EndHold"] = &cases.Refusal{Reason: cases.Blocked, Detail: "dispute"}
	d.keys("b")
	d.pick("aufheben")
	d.keys("enter")
	d.wants("Die Sperre bleibt, solange ihr Grund besteht: Widerspruch")
}

func TestObjectionIsSettled(t *testing.T) {
	t.Parallel()
	d := openFile(t)
	d.keys("f")
	d.pick("Einwand erledigen")
	d.keys("enter")
	d.wants("Es fehlt der Grund")
	d.typeText("Gläubiger hat die Rechnung berichtigt")
	d.keys("enter")
	if r := d.last(); r.What != "SettleObjection" || r.ID != "o" || !strings.HasPrefix(r.Words, "Gläubiger") {
		t.Fatalf("settled %+v", r)
	}
}

func caseIDs(ids ...cases.CaseID) []cases.CaseID { return ids }

// The course of a case by hand: stage, court, bookings, contacts, a death heard
// of on the phone.
func TestCourseOfACase(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	fullCase(d)
	k := d.desk.Item(desk.ItemRef{Kind: "message", ID: "m-318"}).Review.Case
	k.Ledger.Entries = []ledger.Entry{{ID: "e1", Date: fake.Today() - 95, Kind: ledger.Cost, CostKind: ledger.CollectionFee, Cents: 5050}}
	d.keys("2", "f")
	d.pick("Stufe ändern")
	d.keys("enter")
	d.wants("Auf dieser Stufe steht die Akte schon")
	d.keys("a", "enter") // Abgeschlossen
	d.wants("Zum Abschluss gehört ein Grund")
	d.keys("tab")
	d.typeText("alles bezahlt")
	d.keys("enter")
	if r := d.last(); r.What != "SetStage" || r.Code != "closed" || r.Words != "alles bezahlt" {
		t.Fatalf("moved %+v", r)
	}
	d.keys("f")
	d.pick("Schritt des Gerichts")
	d.keys("tab")
	d.typeText("2.11.")
	d.keys("tab")
	d.typeText("AG Hamburg-Altona")
	d.keys("enter")
	if r := d.last(); r.Code != string(cases.OrderServed) || r.Day != calendar.Of(2026, 11, 2) || r.Words != "Mahnbescheid zugestellt: AG Hamburg-Altona" {
		t.Fatalf("recorded %+v", r)
	}

	d.keys("f")
	d.pick("Kosten, Verzicht")
	d.wants("höchstens 55,62")
	d.keys("tab")
	d.typeText("20")
	d.keys("enter") // 50.50 are booked: above the cap
	d.wants("höchstens 55,62")
	d.erase()
	d.typeText("5,12")
	d.keys("enter")
	if e := d.last().Booking; e.Kind != ledger.Cost || e.CostKind != ledger.CollectionFee || e.Cents != 512 || e.Date != fake.Today() {
		t.Fatalf("booked %+v", e)
	}
	d.keys("f")
	d.pick("zurücknehmen: Inkassovergütung 50,50")
	d.typeText("doppelt")
	d.keys("enter")
	if e := d.last().Booking; e.Kind != ledger.Reversal || e.Cents != 5050 || e.Reverses == "" || e.Text != "doppelt" {
		t.Fatalf("taken back %+v", e)
	}

	d.keys("f")
	d.pick("Kontakt eintragen")
	d.keys("tab", "right", "tab", "enter")
	d.wants("Es fehlt, wie der Kontakt lautet")
	d.typeText("Am Markt 3, 24103 Kiel")
	d.keys("enter")
	e := d.desk.Changes[len(d.desk.Changes)-1]
	if e.Kind != cases.ChangeContact || e.Channel != cases.Postal || e.Text.String() != "Am Markt 3, 24103 Kiel" || e.Proof != cases.ProofClaimed || e.Person == "" {
		t.Fatalf("contact %+v", e)
	}
	d.keys("f")
	d.pick("Todesfall oder Insolvenz")
	d.keys("tab", "tab")
	d.typeText("gestern")
	d.keys("enter")
	got := d.desk.Changes[len(d.desk.Changes)-3:]
	if got[0].Kind != cases.MarkDeceased || got[0].Date != fake.Today()-1 || got[1].Hold != cases.HoldAll || got[1].Code != "deceased" || got[2].Code != "deceased" {
		t.Fatalf("death %+v", got)
	}
}

// A clock of the court is ended by hand; what has to be answered is not.
func TestCourtClockIsEnded(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	k := d.desk.Item(desk.ItemRef{Kind: "message", ID: "m-318"}).Review.Case
	k.Clocks = []cases.Clock{{ID: "c", Kind: "data_request", Due: fake.Today() + 5}, {ID: "v", Kind: "court_order_window", Due: fake.Today() + 100}}
	d.keys("2", "f")
	d.lacks("Frist erledigt: Datenschutz")
	d.pick("Frist erledigt: Antrag auf Vollstreckungsbescheid")
	d.keys("enter")
	d.wants("Es fehlt der Grund")
	d.typeText("Antrag am 3.12. gestellt")
	d.keys("enter")
	if e := d.desk.Changes; len(e) != 2 || e[0].Kind != cases.StopClock || e[0].Target != "v" {
		t.Fatalf("ended %+v", e)
	}
}

// A mail that is a complaint waits to be entered in the register, with its day.
func TestComplaintOfAMailIsEntered(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	m := d.desk.Item(desk.ItemRef{Kind: "message", ID: "m-318"}).Review.Message
	m.Class.Intent = cases.Complaint
	d.keys("2", "f")
	d.pick("Beschwerde in der Mail")
	d.keys("tab", "tab")
	d.typeText("zweimal gemahnt, obwohl bezahlt")
	d.keys("enter")
	if x := d.last().Entry; x.Message != "m-318" || x.Received != calendar.In(m.Received, d.app.look.Loc) || x.Channel != cases.Email {
		t.Fatalf("recorded %+v", x)
	}
}

// Where a death or an insolvency is to be judged, the item says how.
func TestPersonEventSaysHow(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	it := d.desk.Item(desk.ItemRef{Kind: priority.ItemFollowUp, ID: "case-120"})
	it.Row.Reasons = []priority.Reason{{Factor: priority.FactorPersonEvent, Code: cases.EventDeceased}}
	d.openFollow()
	d.wants("2 öffnet sie, f beurteilt")
}

// What was recorded by hand is offered for correction, and u corrects it.
func TestUTakesBackWhatWasRecorded(t *testing.T) {
	t.Parallel()
	d := openFile(t)
	r := &desk.Recorded{Case: "c1", Command: "cmd", Until: d.now.Add(time.Minute)}
	d.desk.SetStatus(func(s *desk.Status) { s.Recorded = r })
	d.send(nav.NewsMsg{News: desk.News{Status: true}})
	d.settle()
	d.wants("Erfasst, noch 60 s zurückzunehmen · u zurücknehmen")
	d.keys("u")
	d.settle()
	if x := d.last(); x.What != "TakeBack" || x.ID != "cmd" || x.Words != "Zurückgenommen: versehentlich erfasst" {
		t.Errorf("recorded %+v", x)
	}
	d.wants("Eintrag und Berichtigung stehen beide im Verlauf")
	r.Fixed = true
	d.desk.SetStatus(func(s *desk.Status) { s.Recorded = r })
	d.send(nav.NewsMsg{News: desk.News{Status: true}})
	d.settle()
	d.keys("u")
	d.settle()
	d.wants("steht an der Person")
}
