package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/deadline"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/cases/plan"
	"kontor/ui/internal/fake"
	"kontor/ui/nav"
)

// scenes are the screens that golden files keep.
func scenes() []struct {
	name string
	play func(d *driver)
} {
	return []struct {
		name string
		play func(d *driver)
	}{
		{"queue", func(*driver) {}},
		{"queue-unassigned", func(d *driver) { d.keys("3"); d.settle() }},
		{"queue-filter", func(d *driver) { d.keys("f"); d.typeText("wies"); d.settle() }},
		{"queue-new", func(d *driver) {
			d.keys("down")
			d.desk.Add(0, fake.Alarm())
			d.send(newsOf(desk.News{Queue: true}))
			d.settle()
		}},
		{"queue-alert", func(d *driver) {
			d.keys("down")
			d.desk.Add(0, fake.Alarm())
			d.keys("o", "g")
			d.settle()
		}},
		{"morning", func(d *driver) { d.keys("0") }},
		{"review-mail", func(d *driver) { d.keys("enter") }},
		{"review-draft", func(d *driver) { d.keys("enter", "tab") }},
		{"review-case", func(d *driver) { d.keys("enter"); d.focusCase() }},
		{"review-auto", func(d *driver) { d.openN(3) }},
		{"review-unassigned", func(d *driver) { d.openN(5) }},
		{"review-findings", func(d *driver) {
			d.desk.Findings = []cases.TextFinding{
				{Rule: "threat", Severity: "block", Quote: plain.Line("sonst kommt der Gerichtsvollzieher"), Source: "§ 4a UWG", Mend: "Die Androhung streichen."},
				{Rule: "tone", Severity: "warn", Quote: plain.Line("endlich"), Source: "Hausregel 3"},
			}
			d.keys("enter", "e", "x", "esc")
			d.settle()
			d.keys("tab")
		}},
		{"review-edit", func(d *driver) { d.keys("enter", "e"); d.typeText("Guten Tag, ") }},
		{"review-undo", func(d *driver) { d.keys("enter"); d.approveAll() }},
		{"review-alert", func(d *driver) {
			d.desk.Add(0, fake.Alarm())
			d.keys("o")
			d.settle()
			d.keys("g", "enter")
		}},
		{"why", func(d *driver) { d.openN(1); d.keys("i") }},
		{"template", func(d *driver) { d.keys("enter", "t") }},
		{"correct", func(d *driver) { d.keys("enter", "c") }},
		{"finish", func(d *driver) { d.keys("enter", "x") }},
		{"assign", func(d *driver) { d.openN(5); d.keys("m") }},
		{"follow-up", func(d *driver) { d.keys("enter", "w") }},
		{"hold", func(d *driver) { d.keys("enter", "b") }},
		{"arrange", func(d *driver) { d.keys("enter", "p") }},
		{"arrange-plan", func(d *driver) { d.keys("enter", "p", "enter"); d.typeText("60"); d.keys("tab"); d.typeText("4.1.") }},
		{"phone", func(d *driver) {
			d.openFollow()
			d.keys("N", "tab", "tab", "right", "tab", "right", "right", "tab")
			d.typeText("zahlt, sobald das Gehalt da ist")
			d.keys("tab")
			d.typeText("100")
		}},
		{"hand-over", func(d *driver) { d.keys("enter", "d") }},
		{"follow-up-done", func(d *driver) { d.openFollow(); d.keys("x") }},
		{"case", func(d *driver) { d.keys("2") }},
		{"case-full", func(d *driver) { fullCase(d); d.keys("2", "tab", "tab") }},
		{"case-register", func(d *driver) { fullCase(d); d.keys("2", "f") }},
		{"case-title", func(d *driver) { d.keys("2", "f", "enter", "right", "tab"); d.typeText("AG Kiel") }},
		{"case-acknowledgement", func(d *driver) { fullCase(d); d.keys("2", "f", "enter") }},
		{"case-court", func(d *driver) {
			d.keys("2")
			d.send(nav.Run{ID: "court_step"})
			d.keys("tab")
			d.typeText("gestern")
		}},
		{"case-book", func(d *driver) { d.keys("2"); d.send(nav.Run{ID: "book"}); d.keys("tab"); d.typeText("20") }},
		{"case-hold", func(d *driver) { d.keys("2", "b", "tab", "b") }},
		{"case-paycode", func(d *driver) { fullCase(d); paperPorts(d); d.keys("2", "Q", "right") }},
		{"review-print", func(d *driver) { paperPorts(d); d.keys("enter", "P") }},
		{"outbox", func(d *driver) { d.desk.SetOutbox(outboxRows()...); d.keys("5") }},
		{"outbox-settle", func(d *driver) { d.desk.SetOutbox(outboxRows()...); d.keys("5", "down", "enter") }},
		{"payments", func(d *driver) { d.desk.SetPayments(d.desk.SamplePayments()...); d.keys("4") }},
		{"payments-all", func(d *driver) { d.desk.SetPayments(d.desk.SamplePayments()...); d.keys("4", "tab", "G") }},
		{"payments-odd", func(d *driver) { d.desk.SetPayments(d.desk.SamplePayments()...); d.keys("4", "down", "enter") }},
		{"payments-split", func(d *driver) { d.desk.SetPayments(d.desk.SamplePayments()...); d.keys("4", "down", "s") }},
		{"payments-creditor", func(d *driver) { d.desk.SetPayments(d.desk.SamplePayments()...); d.keys("4", "D") }},
		{"payments-why", func(d *driver) { d.desk.SetPayments(d.desk.SamplePayments()...); d.keys("4", "down", "i") }},
		{"payments-empty", func(d *driver) { d.keys("4") }},
		{"conflicts", func(d *driver) { d.keys("6") }},
		{"team", func(d *driver) { d.keys("7") }},
		{"dashboard", func(d *driver) { d.keys("8") }},
		{"record", func(d *driver) { d.keys("9", "down", "down") }},
		{"duties", func(d *driver) { d.desk.Lists = fake.SampleLists(); d.keys("F", "down") }},
		{"duties-silvester", func(d *driver) { d.desk.Lists = fake.SampleLists(); d.keys("F", "tab") }},
		{"duties-complaints", func(d *driver) { d.desk.Lists = fake.SampleLists(); d.keys("F", "tab", "tab") }},
		{"duties-empty", func(d *driver) { d.keys("F", "shift+tab") }},
		{"settings", func(d *driver) { d.keys(",") }},
		{"help", func(d *driver) { d.keys("?") }},
		{"palette", func(d *driver) { d.keys(":") }},
		{"quit", func(d *driver) {
			d.desk.SetStatus(func(s *desk.Status) { s.Waiting, s.Unknown = 2, 1 })
			d.send(newsOf(desk.News{Status: true}))
			d.keys("q")
		}},
		{"offline", func(d *driver) {
			d.desk.SetStatus(func(s *desk.Status) {
				s.Mail = desk.LinkState{State: desk.LinkOff, Since: fake.Start().Add(-time.Hour), Next: fake.Start().Add(time.Minute)}
				s.AI = desk.LinkState{State: desk.LinkWorking, Done: 12, Total: 40}
				s.Waiting = 12
			})
			d.send(newsOf(desk.News{Status: true}))
		}},
		{"masked", func(d *driver) { d.keys("H", "enter") }},
	}
}

func outboxRows() []desk.OutboxRow {
	at := fake.Start().Add(-2 * time.Hour)
	row := func(i int, s cases.ReplyState) desk.OutboxRow {
		return desk.OutboxRow{
			Reply: cases.ReplyID(fmt.Sprintf("r%d", i)), Case: "case-318", Reference: plain.Line(fmt.Sprintf("K-2026-%06d", 318+i)), Debtor: plain.Line("Jana Muster"), To: plain.Line("j.muster@example.org"),
			Subject: plain.Line("AW: Ratenzahlung"), State: s, ApprovedBy: "anna", ApprovedAt: at, RFCID: fmt.Sprintf("r%d@example.org", i), SHA256: strings.Repeat("ab", 32),
		}
	}
	a, b, c, e := row(0, cases.ReplyApproved), row(1, cases.ReplyUnknown), row(2, cases.ReplyRefused), row(3, cases.ReplySent)
	a.Waiting, a.UndoUntil = "undo", fake.Start().Add(9*time.Second)
	b.Why, b.Attempts = "answer_lost", 1
	c.Response, c.Attempts = plain.Line("550 5.1.1 no such user"), 1
	e.SentAt = at.Add(time.Minute)
	return []desk.OutboxRow{a, b, c, e}
}

// Every screen at three sizes, as people see it without colours. A screen
// fills its window exactly, whatever is on it.
func TestScreens(t *testing.T) {
	for _, sc := range scenes() {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
			t.Run(fmt.Sprintf("%s/%dx%d", sc.name, size[0], size[1]), func(t *testing.T) {
				t.Parallel()
				d := start(t, size[0], size[1], "de")
				sc.play(d)
				exact(t, d.app.View().Content, size[0], size[1])
				golden.RequireEqual(t, d.screen()+"\n")
			})
		}
	}
}

// English is as complete as German.
func TestScreensEnglish(t *testing.T) {
	for _, sc := range scenes() {
		switch sc.name {
		case "queue", "review-draft", "outbox", "help", "case", "morning", "payments", "payments-odd", "payments-split", "arrange-plan", "phone", "conflicts", "case-full", "duties", "duties-silvester", "case-paycode", "review-print", "case-register", "case-acknowledgement", "team", "dashboard", "record", "settings":
			t.Run(sc.name, func(t *testing.T) {
				t.Parallel()
				d := start(t, 120, 40, "en")
				sc.play(d)
				golden.RequireEqual(t, d.screen()+"\n")
			})
		}
	}
}

// A few screens with their colours, in light and dark.
func TestColours(t *testing.T) {
	for _, theme := range []string{"kontor", "high-contrast", "mono"} {
		for _, dark := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s-%t", theme, dark), func(t *testing.T) {
				t.Parallel()
				d := start(t, 120, 24, "de")
				d.app.dark = dark
				d.run(d.app.relook(theme))
				d.keys("enter")
				golden.RequireEqual(t, d.app.View().Content+"\n")
			})
		}
	}
}

// At odd sizes nothing panics and every line has its width.
func TestEverySizeIsFilledExactly(t *testing.T) {
	t.Parallel()
	for _, sc := range scenes() {
		d := start(t, 120, 40, "de")
		sc.play(d)
		for _, size := range [][2]int{{60, 16}, {61, 17}, {79, 23}, {99, 30}, {100, 20}, {109, 19}, {110, 18}, {150, 50}, {300, 100}, {20, 5}, {1, 1}} {
			d.app.update(sizeMsg(size[0], size[1]))
			exact(t, d.app.View().Content, size[0], size[1])
		}
		if t.Failed() {
			t.Fatalf("in scene %s", sc.name)
		}
	}
}

func exact(t *testing.T, content string, w, h int) {
	t.Helper()
	lines := strings.Split(content, "\n")
	if len(lines) != h {
		t.Errorf("%d lines, want %d", len(lines), h)
	}
	for i, l := range lines {
		if n := ansi.StringWidth(l); n != w {
			t.Errorf("line %d has %d cells, want %d: %q", i, n, w, ansi.Strip(l))
			return
		}
	}
}

// fullCase gives the first case of the sample one of everything.
func fullCase(d *driver) {
	it := d.desk.Item(desk.ItemRef{Kind: "message", ID: "m-318"})
	k := it.Review.Case
	today := fake.Today()
	rates := make([]plan.Rate, 4)
	for i := range rates {
		rates[i] = plan.Rate{No: i + 1, Due: today - 50 + calendar.Date(i*30), Cents: 5000}
	}
	k.Arrangements = append(k.Arrangements, cases.Arrangement{ID: "p", Kind: cases.ArrangePlan, State: cases.ArrRunning, Rates: rates, Total: 20000, Since: today - 60})
	k.Holds = append(k.Holds, cases.Hold{ID: "h", Kind: cases.HoldDunning, Reason: "dispute", From: today - 5})
	k.Clocks = append(k.Clocks, cases.Clock{ID: "c", Kind: "data_request", Started: today - 5, Due: today + 25, Source: "Art. 12 Abs. 3 DSGVO"})
	k.Objections = append(k.Objections, cases.Objection{ID: "o", Reason: "wrong_amount", Date: today - 5})
	k.Titles = append(k.Titles, deadline.Title{ID: "t", Kind: "enforcement_order", Court: "AG Hamburg-Altona", FileNo: "26-1234567-0-1", Date: today - 20})
	k.Documents = append(k.Documents, cases.Document{ID: "d", Kind: cases.DocContract, Name: plain.Line("Vertrag.pdf"), Source: "import", Size: 120_000})
	k.Complaints = append(k.Complaints, cases.ComplaintEntry{ID: "b", Received: today - 3, About: "conduct", Due: today + 11, Text: plain.Line("unfreundlich am Telefon")})
	k.AckProposed = append(k.AckProposed, cases.Objection{ID: "a", Date: today - 2})
}
