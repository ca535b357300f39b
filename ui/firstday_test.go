package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/priority"
	"kontor/ui/internal/fake"
	"kontor/ui/nav"
)

// A key that nobody bound says so, and names the one that helps.
func TestUnboundKeySaysSo(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.keys("Q")
	d.wants("! Q ist hier nicht belegt; ? zeigt alle Tasten.")
	d.keys("j")
	d.lacks("nicht belegt")
	d.send(tea.KeyPressMsg{Code: tea.KeyF7})
	d.wants("! F7 ist hier nicht belegt")
	d.send(tea.KeyPressMsg{Code: tea.KeyF1})
	d.wants("Hilfe: Schlange")
}

// From the overview of the day `2` opens the case that its line is about.
func TestCaseFromTheMorning(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("0", "2")
	d.wants("Beteiligte")
	d.lacks("Kein Vorgang mit Akte")
}

// A look at the mails without a case does not lose the place in the queue.
func TestQueueKeepsItsPlace(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("down", "down")
	before, _ := d.app.queue.Holds()
	d.keys("3")
	if there, _ := d.app.queue.Holds(); there == before {
		t.Fatal("the room without cases shows an item with one")
	}
	d.keys("1")
	if after, _ := d.app.queue.Holds(); after != before {
		t.Errorf("back in the queue the cursor is on %v, want %v", after, before)
	}
}

// What must be done before anything else stands first below, also where not
// all keys fit.
func TestUrgentKeysStandFirst(t *testing.T) {
	t.Parallel()
	d := start(t, 60, 20, "de")
	d.keys("3")
	if f := foot(d); !strings.HasPrefix(f, "m Akte zuordnen") {
		t.Errorf("below the mails without a case stands %q", f)
	}
	it := d.desk.Item(desk.ItemRef{Kind: priority.ItemMessage, ID: "m-318"})
	it.Review.Differs = true
	d.keys("1", "g", "enter", "a")
	if f := foot(d); !strings.HasPrefix(f, "R Empfänger") {
		t.Errorf("below a letter to an address that is not on file stands %q", f)
	}
}

// foot is the last line of the screen.
func foot(d *driver) string {
	lines := strings.Split(d.screen(), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

// On a narrow screen the bar shows whole words or none.
func TestNarrowBarCutsNoWord(t *testing.T) {
	t.Parallel()
	for _, w := range []int{60, 64, 72, 80, 90, 100} {
		d := start(t, w, 20, "de")
		for _, room := range []string{"0", "1", "3", "4", "5", "6", "7", "8", "9", ","} {
			d.keys(room)
			bar, _, _ := strings.Cut(d.screen(), "\n")
			if strings.Contains(bar, "…") || !strings.Contains(bar, " 9") {
				t.Errorf("%d columns, room %s: %q", w, room, bar)
			}
		}
	}
}

// A debtor is on the phone and nothing in the queue is about them: their case
// is found by name from anywhere, with the filter's words or the palette's.
func TestCaseThatTheQueueDoesNotHold(t *testing.T) {
	t.Parallel()
	items := fake.Sample()
	d := start(t, 120, 40, "de", items[1:]...)
	d.desk.Shelf = items[:1]
	row := items[0].Row
	name, id := row.Debtor.String(), row.Case
	d.keys("/")
	d.typeText(name)
	d.settle()
	d.wants("Kein Vorgang passt. ⏎ sucht in allen Akten", "⏎ in allen Akten suchen")
	d.keys("enter")
	d.wants("Befehl oder Akte", "› "+row.Reference.String()+" "+name)
	d.keys("enter")
	if _, got := d.app.holds(); got != id {
		t.Fatalf("opened the case %q, want %q:\n%s", got, id, d.screen())
	}
	d.keys("esc", ":")
	d.typeText(strings.ToLower(name[:4]))
	d.wants(row.Reference.String())
	d.typeText("qqq")
	d.lacks(row.Reference.String())
	d.wants("Nichts passt zu diesen Worten.")
}

// Enter never takes a case that was found for other words than those on the
// screen.
func TestFoundCasesAreOfTheWordsTyped(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.openN(5)
	d.keys("m")
	d.typeText("muster")
	d.wants("› K-2026-000318")
	_, answer := d.app.Update(tea.KeyPressMsg{Code: 'x', Text: "x"}) // its answer is still on the way
	d.lacks("› K-2026-000318")
	d.keys("enter")
	if len(d.desk.Assigned) != 0 {
		t.Fatalf("assigned to %v", d.desk.Assigned)
	}
	d.run(answer)
	d.keys("enter")
	if len(d.desk.Assigned) != 0 {
		t.Fatalf("assigned to %v", d.desk.Assigned)
	}
}

// On a small screen trouble is read whole, what to do as well; so is any other
// sentence, and it covers nothing of the letter.
func TestLongSentencesAreReadWhole(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.keys("enter", "a")
	d.desk.Fail["Approve"] = &cases.Refusal{Reason: cases.RightParty}
	for range 6 {
		d.wait(time.Second)
		d.keys("a")
	}
	d.wants("× Nicht freigegeben", "? alles")
	all := strings.Join(strings.Fields(d.screen()), " ")
	for _, w := range []string{"Art. 5 Abs. 1 lit. f DSGVO", "t wählt einen Text ohne Daten der Forderung."} {
		if !strings.Contains(all, w) {
			t.Errorf("the screen lacks %q:\n%s", w, d.screen())
		}
	}
	exact(t, d.app.View().Content, 80, 24)
	d.keys("j")
	d.lacks("Nicht freigegeben")
	before := d.screen()
	d.send(nav.Say{Text: strings.Repeat("langer Satz ", 10) + "Ende.", Tone: nav.Careful})
	d.wants("! langer Satz", "Ende.")
	exact(t, d.app.View().Content, 80, 24)
	above := func(s string) string { return strings.Join(strings.Split(s, "\n")[:22], "\n") }
	if above(d.screen()) != above(before) {
		t.Errorf("the sentence covers the screen:\n%s", d.screen())
	}
	d.send(nav.Say{Text: strings.Repeat("sehr langer Satz ", 60), Tone: nav.Bad})
	exact(t, d.app.View().Content, 80, 24)
}

// Among the templates those for what the mail wants come first, whatever their
// place in the list of all.
func TestFittingTemplatesStandFirst(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	it := d.desk.Item(desk.ItemRef{Kind: priority.ItemMessage, ID: "m-318"})
	info := func(id, title, lang string, i ...cases.Intent) cases.TemplateInfo {
		return cases.TemplateInfo{TemplateRef: cases.TemplateRef{ID: id, Lang: lang}, Title: title, Intents: i}
	}
	it.Review.Templates = []cases.TemplateInfo{
		info("a", "Anderes", "de", cases.Deceased), info("d", "Für alles", "de", cases.Intents()...), info("b", "In English", "en", it.Review.Message.Class.Intent), info("c", "Passendes", "de", it.Review.Message.Class.Intent),
	}
	d.keys("enter", "t")
	s := d.screen()
	at := -1
	for _, title := range []string{"Passendes", "Für alles", "Anderes", "In English"} {
		i := strings.Index(s, title)
		if i <= at {
			t.Errorf("%s stands too early or not at all:\n%s", title, s)
		}
		at = i
	}
}

// A slip of the finger beside the key that approves does not end the program.
func TestQuitAsksWhereAnItemIsOpen(t *testing.T) {
	t.Parallel()
	d := start(t, 80, 24, "de")
	d.keys("enter", "q")
	d.wants("Kontor beenden?")
	d.keys("esc", "esc")
	if d.quit {
		t.Fatal("esc quits")
	}
	d.keys("q")
	if !d.quit {
		t.Error("in the queue, with nothing waiting, q does not quit")
	}
	d = start(t, 80, 24, "de")
	d.keys("enter", "q", "q")
	if !d.quit {
		t.Error("q twice does not quit")
	}
}

// What is marked is put off at once; the cursor stays on the next item.
func TestMarkedItemsArePutOff(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	first, _ := d.app.queue.Holds()
	d.keys("space", "space")
	third, _ := d.app.queue.Holds()
	d.wants("2 markiert")
	d.keys("up", "z")
	d.wants("2 Vorgänge kommen heute nach allem anderen noch einmal.")
	d.lacks("markiert")
	if at, _ := d.app.queue.Holds(); at != third {
		t.Errorf("the cursor is on %v, want %v", at, third)
	}
	d.keys("G", "up")
	if at, _ := d.app.queue.Holds(); at != first {
		t.Errorf("%v stands at the end, want %v", at, first)
	}
}

// What was written can be read in the outbox, whatever became of it.
func TestLettersAreReadInTheOutbox(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("5", "v")
	d.wants("Kein Schreiben ausgewählt.")
	d.desk.SetOutbox(outboxRows()...)
	d.send(newsOf(desk.News{Outbox: true}))
	d.keys("G", "v")
	d.wants("der Wortlaut von r3.", "+ GiroCode.png")
	d.keys("esc", "H", "v")
	d.wants("! Namen und Beträge sind verdeckt. H deckt sie auf.")
	d.lacks("der Wortlaut")
}

// A template that was chosen is there again when the item is opened again; a
// corrected label asks for a fitting one.
func TestChosenTemplateStays(t *testing.T) {
	t.Parallel()
	d := start(t, 120, 40, "de")
	d.keys("enter", "t", "down", "down", "enter")
	d.wants("Dear Sir or Madam")
	d.keys("esc", "enter")
	d.wants("Dear Sir or Madam", "den Sie zuletzt gewählt haben")
	d.lacks("ist wieder da")
	d.keys("D")
	d.wants("Sehr geehrte Frau Muster", "wieder der vorgeschlagene")
	d.keys("t", "down", "down", "enter")
	d.wants("Dear Sir or Madam")
	d.keys("c", "down", "enter", "esc", "enter")
	d.lacks("Dear Sir or Madam")
}
