package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/ui/internal/fake"
)

// On a small screen `a` on the mail turns to the draft; it approves only after
// the rest of text and effects has been on the screen.
func TestSmallScreenApprovesOnlyWhatWasSeen(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.keys("enter", "a")
	d.wants("Das ist der Entwurf")
	d.keys("a") // bounces
	d.wants("Das ist der Entwurf")
	d.wait(time.Second)
	d.keys("a")
	d.wants("Noch nicht alles gesehen")
	if len(d.desk.Approvals) != 0 {
		t.Fatal("approved before the end of the text was on the screen")
	}
	d.approveAll()
	got := d.desk.Approvals[0]
	if got.Text != got.Review.Drafts[0].Text || got.Subject != "AW: K-2026-000318 Ratenzahlung" || got.Edited {
		t.Errorf("approved %q %q, edited %t", got.Subject, got.Text, got.Edited)
	}
}

// After a change of the text the letter must be seen anew.
func TestEditedLetterMustBeSeenAnew(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.keys("enter", "a")
	d.wait(time.Second)
	d.keys("a") // the text has been seen
	d.wait(time.Second)
	d.keys("e")
	d.typeText("Liebe Frau Muster, ")
	d.keys("esc")
	d.wait(time.Second)
	d.keys("a")
	if len(d.desk.Approvals) != 0 {
		t.Fatal("approved a changed letter whose end was not on the screen")
	}
	d.approveAll()
	got := d.desk.Approvals[0]
	if !got.Edited || !strings.HasPrefix(got.Text, "Liebe Frau Muster, Sehr geehrte") {
		t.Errorf("approved %q, edited %t", got.Text, got.Edited)
	}
}

func TestUntickedEffectIsNotApproved(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter", "space")
	d.wants("[ ] Ratenangebot")
	d.approveAll()
	if d.desk.Approvals[0].Effects[0].Ticked {
		t.Error("the unticked offer was approved")
	}
	if !d.desk.Approvals[0].Effects[1].Ticked {
		t.Error("the hold lost its tick")
	}
}

// A repeated key is no decision, however late it comes.
func TestKeyRepeatApprovesNothing(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter")
	d.wait(time.Second)
	d.send(tea.KeyPressMsg{Code: 'a', Text: "a", IsRepeat: true})
	if len(d.desk.Approvals) != 0 {
		t.Fatal("a repeated key approved")
	}
}

// Paste never presses a key.
func TestPasteApprovesNothing(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter")
	d.send(tea.PasteMsg{Content: "aaaa"})
	d.wants("Eingefügtes löst keine Taste aus")
	if len(d.desk.Approvals) != 0 {
		t.Fatal("a paste approved")
	}
	d.keys("e")
	d.send(tea.PasteMsg{Content: "Gru\u0308ße\x1b[31m"})
	d.keys("esc")
	d.settle()
	got, ok := d.desk.Typed(desk.ItemRef{Kind: "message", ID: "m-318"})
	if !ok || !strings.HasPrefix(got.Text, "Grüße[31m") {
		t.Errorf("the paste became %q", got.Text)
	}
}

// Typed text is saved within a second and comes back after a crash.
func TestTypedTextIsSavedAndRestored(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter", "e")
	d.typeText("Neu: ")
	d.settle()
	ref := desk.ItemRef{Kind: "message", ID: "m-318"}
	got, ok := d.desk.Typed(ref)
	if !ok || !strings.HasPrefix(got.Text, "Neu: Sehr") {
		t.Fatalf("saved %q, %t", got.Text, ok)
	}
	if d.desk.Saves != 1 {
		t.Errorf("%d saves for one burst of typing, want 1", d.desk.Saves)
	}
	again := &driver{t: t, now: d.now, desk: d.desk} // the program was killed
	open(t, again, 120, 40, "de")
	again.keys("enter")
	again.wants("Neu: Sehr geehrte", "ist wieder da")
	again.keys("D")
	again.lacks("Neu: Sehr geehrte")
	if _, ok := again.desk.Typed(ref); ok {
		t.Error("discarded text is still saved")
	}
}

// Leaving the screen saves at once.
func TestLeavingSavesAtOnce(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter", "e")
	d.typeText("X")
	d.keys("esc", "esc")
	if got, _ := d.desk.Typed(desk.ItemRef{Kind: "message", ID: "m-318"}); !strings.HasPrefix(got.Text, "X") {
		t.Errorf("saved %q", got.Text)
	}
}

func TestSaveFailureIsSaidAndTextStays(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.desk.Fail["SaveTyped"] = errors.New("disk full")
	d.keys("enter", "e")
	d.typeText("X")
	d.keys("esc")
	d.settle()
	d.wants("ließ sich nicht speichern", "disk full", "noch nicht gespeichert", "XSehr geehrte")
}

func TestUndoBringsTheItemBack(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter")
	d.approveAll()
	d.keys("u")
	d.wants("Zurückgenommen")
	d.keys("esc")
	d.wants("K-2026-000318")
	d.keys("u")
	d.wants("Nichts zurückzunehmen")
}

func TestUndoTooLateSaysSo(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter")
	d.approveAll()
	d.desk.Fail["Undo"] = &cases.Refusal{Reason: cases.AlreadyClaimed, Detail: "claimed"}
	d.keys("u")
	d.wants("Zu spät: Das Schreiben ist schon unterwegs (in Zustellung)")
}

// x asks for a reason; where the law wants an answer the refusal names it.
func TestFinishRefusedNamesTheParagraph(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.openN(7)
	d.wants("Ruth Behrens")
	d.desk.Fail["Finish"] = &cases.Refusal{Reason: cases.NeedsAnswer, Detail: "Art. 12 Abs. 3 DSGVO"}
	d.keys("x")
	d.wants("Ohne Antwort erledigen", "Werbung")
	d.keys("enter")
	d.wants("Art. 12 Abs. 3 DSGVO", "Ruth Behrens")
}

func TestFinishAutomaticMailAndTakeItBack(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.openN(3)
	d.wants("Automatische Antwort: Darauf wird nicht geantwortet")
	d.keys("a")
	if len(d.desk.Approvals) != 0 {
		t.Fatal("answered an automatic mail")
	}
	d.keys("x", "enter")
	if got := d.desk.Finished["m-640"]; got != "automatic" {
		t.Fatalf("finished as %q", got)
	}
	d.wants("K-2026-000511")
	d.keys("u")
	if _, still := d.desk.Finished["m-640"]; still {
		t.Error("the mail is still finished")
	}
}

func TestAssignBySuggestionAndByReference(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.openN(5)
	d.wants("Ohne Akte kein Entwurf", "62")
	d.keys("m")
	d.wants("Jana Muster", "Name, Betrag")
	d.keys("enter")
	if got := d.desk.Assigned["m-900"]; got != "case-318" {
		t.Fatalf("assigned to %q", got)
	}
	d.keys("m")
	d.typeText("wiesing")
	d.wants("› K-2026-000402 Harald Wiesinger")
	d.keys("enter")
	if got := d.desk.Assigned["m-900"]; got != "case-402" {
		t.Errorf("assigned to %q", got)
	}
}

func TestCorrectTemplateNoteFollowUpHold(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter", "c", "down", "enter")
	if got := d.desk.Corrected["m-318"]; got != cases.Dispute {
		t.Errorf("corrected to %q", got)
	}
	d.keys("n")
	d.typeText("ruft morgen an")
	d.keys("enter")
	d.keys("w")
	for range 3 {
		d.keys("backspace")
	}
	d.typeText("fr")
	d.wants("Fr 27.11.")
	d.keys("enter")
	d.keys("b", "enter")
	d.keys("N", "tab", "tab", "tab", "tab")
	d.typeText("kurz")
	d.keys("enter")
	kinds := []cases.EffectKind{cases.AddNote, cases.SetFollowUp, cases.PlaceHold, cases.AddNote}
	if len(d.desk.Changes) != len(kinds) {
		t.Fatalf("%d changes, want %d:\n%s", len(d.desk.Changes), len(kinds), d.screen())
	}
	for i, k := range kinds {
		if d.desk.Changes[i].Kind != k {
			t.Errorf("change %d is %s, want %s", i, d.desk.Changes[i].Kind, k)
		}
	}
	if got := d.desk.Changes[1].Date; got != fake.Today()+4 {
		t.Errorf("follow-up on %s", got)
	}
	if got := d.desk.Changes[3].Text.String(); got != "Telefonat (rief an): Jana Muster (Schuldner). Identität nicht geprüft. kurz" {
		t.Errorf("phone note %q", got)
	}
	d.keys("t")
	d.typeText("Forderungs")
	d.wants("Forderungsaufstellung")
	d.keys("enter", "L")
	d.wants("Dear Sir or Madam")
}

// A recipient that differs from the file needs a key of its own.
func TestOtherRecipientNeedsItsOwnKey(t *testing.T) {
	t.Parallel()
	items := fake.Sample()
	items[0].Review.Differs = true
	items[0].Review.Message.Mail.From.Addr = "jana.privat@example.net"
	d := start(t, 120, 40, "de", items...)
	d.keys("enter", "a")
	d.wants("R bestätigt")
	if len(d.desk.Approvals) != 0 {
		t.Fatal("approved to an address that nobody confirmed")
	}
	d.keys("R")
	d.wants("jana.privat@example.net", "j.muster@example.org")
	d.keys("down", "enter")
	d.wants("An        Jana Muster <jana.privat@example.net>")
	d.approveAll()
	if !d.desk.Approvals[0].OtherAddress {
		t.Error("the approval does not say that the address was confirmed")
	}
}

func TestBlockingFindingStopsAndWarningNeedsAReason(t *testing.T) {
	t.Parallel()
	items := fake.Sample()
	items[0].Review.Drafts[0].Findings = []cases.TextFinding{{Rule: "threat", Severity: "block", Source: "§ 4a UWG"}}
	items[1].Review.Drafts[0].Findings = []cases.TextFinding{{Rule: "tone", Severity: "warn", Source: "Hausregel"}}
	d := start(t, 120, 40, "de", items...)
	d.keys("enter", "a")
	d.wants("Die Prüfung sperrt das Senden: § 4a UWG")
	d.keys("J", "a")
	d.wants("Warnung behalten")
	d.keys("enter")
	d.wants("Bitte einen Grund angeben")
	d.typeText("so gewünscht")
	d.keys("enter")
	d.approveAll()
	if got := d.desk.Approvals[0].Kept["tone"]; got != "so gewünscht" {
		t.Errorf("kept because of %q", got)
	}
}

// Two dozen further mails of one debtor take three lines and a count, one line
// each; space shows them all.
func TestManyFurtherMailsAreFolded(t *testing.T) {
	t.Parallel()
	items := fake.Sample()
	r := &items[0].Review
	for i := range 24 {
		r.Others = append(r.Others, desk.OtherMail{
			ID: cases.MessageID(fmt.Sprintf("o-%d", i)), Received: fake.Start(), Subject: plain.Line(fmt.Sprintf("Nachfrage %d", i)),
			Start: plain.Line("Haben Sie meine Mail bekommen? Ich warte seit Wochen auf eine Antwort und frage deshalb noch einmal nach, was daraus geworden ist."),
		})
	}
	d := start(t, 120, 50, "de", items...)
	d.keys("enter")
	d.wants("beantwortet auch: 14:05 Nachf", "Nachfrage 2", "21 weitere Mails")
	d.lacks("Nachfrage 3", "was daraus geworden ist")
	d.keys("tab", "down", "down", "down", "space")
	d.lacks("weitere Mails")
	d.wants("Nachfrage 3")
}

// Other open mails of the case are listed; ticked ones are answered too.
func TestOtherMailsAreAnsweredToo(t *testing.T) {
	t.Parallel()
	items := fake.Sample()
	items[0].Review.Others = []desk.OtherMail{{ID: "m-402", Received: fake.Start(), Subject: plain.Line("Nachfrage"), Start: plain.Line("Haben Sie meine Mail bekommen?")}}
	d := start(t, 120, 50, "de", items...)
	d.keys("enter")
	d.wants("[ ] beantwortet auch", "Haben Sie meine Mail")
	d.keys("space")
	d.wants("[x] beantwortet auch", "beantwortet auch 1 weitere Mail")
	d.approveAll()
	if got := d.desk.Approvals[0].Review.Also; len(got) != 1 || got[0] != "m-402" {
		t.Fatalf("answers %v too", got)
	}
	d.wants("K-2026-000077") // 402 was answered with it
}

// A refusal as stale keeps what was typed and loads the item anew.
func TestStaleKeepsTheTypedText(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter", "e")
	d.typeText("Mein Text. ")
	d.keys("esc")
	d.desk.Fail["Approve"] = &cases.Refusal{Reason: cases.Stale, Detail: "payment"}
	d.wait(time.Second)
	d.keys("a", "a", "a")
	d.wants("eine Zahlung kam", "Mein Text. Sehr geehrte")
}

// What is new does not move the order under the hands.
func TestQueueStaysPut(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("down")
	d.desk.Add(0, fake.Alarm())
	d.send(newsOf(desk.News{Queue: true}))
	d.wants("1 neuer Vorgang, o zum Neuordnen")
	d.lacks("Tobias Kern")
	if ref := d.app.queue.Item(); ref.ID != "m-402" {
		t.Errorf("the cursor moved to %s", ref.ID)
	}
	d.keys("o", "g")
	d.settle()
	d.wants("Tobias Kern", "ALARM")
}

// Untouched, the queue takes what is new at once.
func TestUntouchedQueueTakesWhatIsNew(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.desk.Add(0, fake.Alarm())
	d.send(newsOf(desk.News{Queue: true}))
	d.wants("Tobias Kern")
}

func TestFilterNarrowsAndEscShowsAll(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("f")
	d.typeText("YILDIZ")
	d.wants("Kein Vorgang passt")
	d.keys("esc", "f")
	d.typeText("wiesinger")
	d.wants("1 von 8", "Harald Wiesinger")
	d.lacks("Jana Muster  ")
	d.keys("enter", "enter")
	d.wants("Ihren Widerspruch")
	d.keys("esc")
	d.wants("1 von 8")
}

func TestOutboxSettlesUnknown(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.desk.SetOutbox(outboxRows()...)
	d.desk.InFolder = true
	d.keys("5")
	d.wants("Zustellung unklar", "abgewiesen")
	d.keys("down", "enter", "down", "down", "down", "enter")
	d.wants("Die Mail ist angekommen")
	d.keys("up", "up", "up", "enter")
	if got := d.desk.Settled["r1"]; got != "sent" {
		t.Errorf("settled as %q", got)
	}
}

func TestQuitSaysWhatWaits(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.desk.SetStatus(func(s *desk.Status) { s.Waiting = 3 })
	d.send(newsOf(desk.News{Status: true}))
	d.keys("q")
	d.wants("Es warten noch 3 Schreiben")
	if d.quit {
		t.Fatal("quit without asking")
	}
	d.keys("esc")
	d.keys("q", "q")
	if !d.quit {
		t.Error("did not quit")
	}
}

func TestUnlockAndLock(t *testing.T) {
	t.Parallel()
	d := &driver{t: t, now: fake.Start()}
	d.desk = fake.New(func() time.Time { return d.now }, fake.Today(), fake.Sample()...)
	locked := make(chan struct{}, 1)
	d.begin(Options{
		Lang: "de", Loc: time.UTC, Lock: func() { locked <- struct{}{} },
		Unlock: func(_ context.Context, p string) (desk.Workstation, error) {
			if p != "geheim" {
				return nil, fmt.Errorf("open: %w", ErrPassphrase)
			}
			return d.desk, nil
		},
	}, 80, 24)
	d.typeText("falsch")
	d.wants("******")
	d.lacks("falsch")
	d.keys("enter")
	d.wants("Diese Passphrase passt nicht")
	d.typeText("geheim")
	d.keys("enter")
	d.settle()
	d.wants("Jana Muster")
	d.keys("enter", "ctrl+x")
	d.lacks("Jana Muster", "K-2026")
	d.wants("Passphrase")
	select {
	case <-locked:
	case <-time.After(5 * time.Second):
		t.Error("nobody was told of the lock")
	}
}

func TestMaskHidesNamesAndSums(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("H")
	d.lacks("Jana", "412,40")
	d.keys("enter")
	d.lacks("Jana", "412,40", "50,00")
	d.keys("a")
	d.wants("verdeckt")
	if len(d.desk.Approvals) != 0 {
		t.Fatal("approved what was masked")
	}
}

// Two programs in one process do not notice each other.
func TestTwoApps(t *testing.T) {
	t.Parallel()
	a, b := start(t, 120, 40, "de"), start(t, 120, 40, "en")
	a.keys("T", "enter", "e")
	a.typeText("nur hier")
	b.wants("Queue", "New replies")
	b.lacks("nur hier")
	if b.app.look.Theme.Name != "kontor" || a.app.look.Theme.Name == "kontor" {
		t.Error("the theme is shared")
	}
}

func TestKeysAreRebound(t *testing.T) {
	t.Parallel()
	d := &driver{t: t, now: fake.Start()}
	d.desk = fake.New(func() time.Time { return d.now }, fake.Today(), fake.Sample()...)
	d.begin(Options{Desk: d.desk, Lang: "de", Loc: time.UTC, Keys: map[string][]string{"approve": {"f2"}}}, 120, 40)
	d.keys("enter", "a")
	if len(d.desk.Approvals) != 0 {
		t.Fatal("the old key still approves")
	}
	d.wants("F2 an j.muster@example.org senden")
	d.send(tea.KeyPressMsg{Code: tea.KeyF2})
	if len(d.desk.Approvals) != 1 {
		t.Error("the new key does not approve")
	}
}

// A payment that comes in while a letter is on the screen makes the draft anew:
// what is approved is never an old text under a new state of the case.
func TestDraftFollowsTheCase(t *testing.T) {
	t.Parallel()
	items := fake.Sample()
	d := start(t, 120, 40, "de", items...)
	d.keys("enter")
	d.wants("‹9› monatliche Raten")
	items[0].Review.Drafts[0].Text = "Neuer Stand: acht Raten.\n"
	items[0].Review.Drafts[0].Values = nil
	d.send(newsOf(desk.News{Cases: []cases.CaseID{"case-318"}}))
	d.wants("Neuer Stand: acht Raten.", "Die Akte hat sich geändert")
	d.approveAll()
	if got := d.desk.Approvals[0].Text; !strings.HasPrefix(got, "Neuer Stand") {
		t.Errorf("approved %q", got)
	}
}

// Choosing a template over an edited text says so, and the old text is gone.
func TestTemplateReplacesTheEditedText(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter", "e")
	d.typeText("Alt: ")
	d.keys("esc", "L")
	d.wants("D verwirft ihn zuerst")
	d.keys("t")
	d.wants("wird dabei ersetzt")
	d.keys("enter")
	d.lacks("Alt: ")
	d.keys("esc", "enter")
	d.lacks("Alt: ", "ist wieder da")
}

// In a window too small to draw, no key decides.
func TestTooSmallWindowDecidesNothing(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter")
	d.send(sizeMsg(50, 10))
	d.wants("zu klein")
	for range 5 {
		d.wait(time.Second)
		d.keys("a")
	}
	if len(d.desk.Approvals) != 0 {
		t.Fatal("approved what was not drawn")
	}
}

func TestSearchFromAnywhereAndPalette(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter", "/")
	d.typeText("behrens")
	d.wants("1 von 8", "Ruth Behrens")
	d.keys("esc", ":")
	d.typeText("Postausgang")
	d.keys("enter")
	d.wants("Nichts unterwegs")
	d.keys("r")
	d.send(newsOf(desk.News{Pulled: &desk.PullResult{New: 3}}))
	d.wants("Post geholt: 3 neue Mails")
	if d.desk.Woken != 1 {
		t.Errorf("woken %d times", d.desk.Woken)
	}
}

// The morning's enter opens the first item of the lane.
func TestMorningOpensTheFirstItem(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("0", "down", "enter")
	d.wants("K-2026-000511 · Cem Yıldız ./. FitPlus Studios")
	d.keys("esc")
	d.wants("Was heute ansteht")
	d.keys("space")
	d.wants("Unsicher 2")
	d.lacks("Jana Muster")
}

// z puts an item to the end of today and opens the next.
func TestLaterTodayComesLast(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter", "z")
	d.wants("K-2026-000402")
	d.keys("esc", "G")
	if ref := d.app.queue.Item(); ref.ID != "m-318" {
		t.Errorf("the last item is %s", ref.ID)
	}
}
