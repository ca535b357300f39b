package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/cases/money"
	"kontor/cmd/kontor/internal/demo"
	"kontor/inbox/mime"
)

// storyBinary is the real program, but that KONTOR_NOW tells it the time.
var storyBinary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "kontor-story-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "kontor")
	cmd := exec.Command("go", "build", "-tags", "kontorclock", "-o", bin, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", &codeError{1, errorString(string(out))}
	}
	return bin, nil
})

// month is one case through a month.
type month struct {
	t    *testing.T
	bin  string
	home string
	dir  string
	sink string
	sent int
}

// newMonth makes a home with one case and servers that receive no mail.
func newMonth(t *testing.T) *month {
	t.Helper()
	bin, err := storyBinary()
	if err != nil {
		t.Fatal(err)
	}
	m := &month{t: t, bin: bin, dir: t.TempDir()}
	m.home = filepath.Join(m.dir, "home")
	m.sink = filepath.Join(m.home, "demo", "sink")
	g := &globals{home: m.home, env: map[string]string{}, now: time.Now}
	if err := g.writeDemoHome(m.home, demoFlags{seed: 1, cases: demo.DefaultCases, mails: demo.DefaultMails}); err != nil {
		t.Fatal(err)
	}
	cfg := filepath.Join(m.home, "config.toml")
	b, err := os.ReadFile(cfg)
	if err != nil {
		t.Fatal(err)
	}
	short := strings.NewReplacer("undo = '15s'", "undo = '4s'", `undo = "15s"`, `undo = "4s"`).Replace(string(b))
	if short == string(b) {
		t.Fatalf("no undo window in\n%s", b)
	}
	// Three days of grace: the instalment of the 15th is missing when statements
	// reach the 22nd.
	short += "\n[rules]\ngrace_days = 3\n"
	if err := os.WriteFile(cfg, []byte(short), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := testApp(m.home, nil)
	if err != nil {
		t.Fatal(err)
	}
	pass, _, err := a.passphrase(t.Context())
	if err == nil {
		_, err = a.create(t.Context(), pass)
	}
	srv, err2 := demo.Start(context.WithoutCancel(t.Context()), a.cfg.Demo.IMAP, a.cfg.Demo.SMTP, filepath.Join(m.home, "demo"), 1)
	if err := errors.Join(err, err2, a.Close()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

// run runs a command on a day of the story.
func (m *month) run(at string, args ...string) {
	m.t.Helper()
	cmd := exec.CommandContext(m.t.Context(), m.bin, append([]string{"--home", m.home}, args...)...)
	cmd.Env = append(os.Environ(), "KONTOR_NOW="+at)
	if out, err := cmd.CombinedOutput(); err != nil {
		m.t.Fatalf("kontor %v: %v\n%s", args, err, out)
	}
}

// day opens the workstation on a day of the story, plays it, and quits.
func (m *month) day(at string, play func(s *screen)) {
	m.t.Helper()
	s := startProgram(m.t, 120, 40, m.bin, []string{"KONTOR_NOW=" + at}, "--home", m.home)
	s.wait("the queue", func(v string) bool { return strings.Contains(v, "Schlange") && !strings.Contains(v, "Lade") })
	play(s)
	s.wait("the end", func(string) bool {
		s.keys("q")
		select {
		case <-s.done:
			return true
		case <-time.After(200 * time.Millisecond):
			return false
		}
	})
}

// letter approves what is on the screen and waits until it lies in the sink; it
// returns the letter's text.
func (m *month) letter(s *screen) string {
	m.t.Helper()
	s.approve()
	m.sent++
	s.wait("the letter in the sink", func(string) bool { return len(sunk(m.t, m.sink)) == m.sent })
	return plainOf(m.t, newest(m.t, m.sink))
}

// statement writes an account statement for days, with what came in on the last.
func (m *month) statement(from, until string, opening money.Cents, paid ...money.Cents) (string, money.Cents) {
	m.t.Helper()
	day := func(s string) string { return strings.ReplaceAll(s[2:], "-", "") }
	var b strings.Builder
	closing := opening
	fmt.Fprintf(&b, ":20:STARTUMS\r\n:25:%s\r\n:28C:%s/1\r\n:60F:C%sEUR%s\r\n", demo.IBAN, day(until)[2:], day(from), comma(opening))
	for i, c := range paid {
		fmt.Fprintf(&b, ":61:%s%sC%s,%02dNTRFNONREF//B%s%d\r\n:86:/EREF/NOTPROVIDED/ORDP//NAME/Marta Beispiel/IBAN/DE89370400440532013000/REMI/K-2026-000777/\r\n",
			day(until), day(until)[2:], fmt.Sprint(int64(c)/100), int64(c)%100, day(until), i)
		closing += c
	}
	fmt.Fprintf(&b, ":62F:C%sEUR%s\r\n-\r\n", day(until), comma(closing))
	name := filepath.Join(m.dir, "auszug-"+until+".sta")
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		m.t.Fatal(err)
	}
	return name, closing
}

func comma(c money.Cents) string { return strings.ReplaceAll(c.Plain(), ".", ",") }

// take imports a statement from the screen.
func take(s *screen, file string) string {
	s.keys("4")
	s.see("Zu klären")
	s.keys("I")
	s.see("Kontoauszug einlesen")
	s.keys(file + "\r")
	return s.see("schon bekannt")
}

const monthCase = `{"reference":"K-2026-000777","opened":"2026-12-01","stage":"reminder","land":"HH","subject":"Kaufvertrag über eine Waschmaschine",
"creditor":{"name":"Hausgeräte Elbe GmbH","legal":true,"postal":"Kaistraße 3, 20457 Hamburg","email":"buchhaltung@hausgeraete.example"},
"debtor":{"name":"Marta Beispiel","email":"marta.beispiel@example.org","email_confirmed":true,"postal":"Lindenallee 8, 20259 Hamburg","born":"1984-05-17"},
"claims":[{"id":"1","kind":"ordinary","invoice":"R-4711","subject":"Waschmaschine","purpose":"private","principal_cents":24000,"contract":"2026-08-03","invoice_date":"2026-08-05","due":"2026-09-05","default":"2026-09-06","rate":{"kind":"consumer"}}],
"entries":[{"id":"fee","date":"2026-12-01","kind":"cost","cost_kind":"collection_fee","cents":2575}],
"follow_up":"2026-12-01","follow_up_reason":"first_step"}`

// One case through a month without a single incoming mail: the first letter, a
// call, an offer, a plan, a missed instalment, the reminder, the payment from a
// bank statement, its receipt, the rest, the closing letter. All of it from the
// keyboard of the real program.
func TestAMonthWithoutMail(t *testing.T) {
	t.Parallel()
	m := newMonth(t)
	file := filepath.Join(m.dir, "akte.ndjson")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(monthCase, "\n", "")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	m.run("2026-12-01T08:00:00+01:00", "import", "cases", file)

	balance := money.Cents(100000)
	var stmt string

	// The first letter, once the account is known up to yesterday.
	m.day("2026-12-01T09:00:00+01:00", func(s *screen) {
		stmt, balance = m.statement("2026-11-26", "2026-11-30", balance)
		take(s, stmt)
		s.keys("1")
		s.see("K-2026-000777")
		s.keys("\r")
		s.see("Erstes Schreiben")
		m.says(m.letter(s), "Bitte um Rückmeldung", "269,48 €", "Zahlungen bis 30.11.2026 berücksichtigt")
	})
	// A call: who it is and what was said stay on the case. It makes the draft of
	// an offer, for no day was named.
	m.day("2026-12-03T10:00:00+01:00", func(s *screen) {
		m.openCase(s)
		s.keys("N")
		s.see("Marta Beispiel (Schuldner)")
		s.keys("\t\t\x1b[C\t\x1b[C\x1b[C\t")
		s.see("✓ Identität geprüft")
		s.keys("möchte in Raten zahlen, 50 Euro im Monat\r")
		s.see("Telefonnotiz gespeichert")
		s.see("Identität geprüft:")
		m.plan(s, "50", "")
		m.says(m.letter(s), "Mit 50,00 € im Monat sind wir einverstanden", "einverstanden“", "Zusätzliche Kosten")
	})
	m.arrangement("offered")
	// The debtor says yes on the phone, and wants to begin on the 15th: that binds
	// with the letter.
	m.day("2026-12-07T10:00:00+01:00", func(s *screen) {
		m.openCase(s)
		m.plan(s, "50", "15.12.")
		m.says(m.letter(s), "50,00 € im Monat ab dem 15.12.2026", "Sie müssen nichts bestätigen")
	})
	m.arrangement("running")
	// The first instalment is missing, and a statement says so. It is an item of
	// the queue by itself, with its reminder.
	m.day("2026-12-23T09:00:00+01:00", func(s *screen) {
		stmt, balance = m.statement("2026-12-01", "2026-12-22", balance)
		take(s, stmt)
		s.keys("1")
		s.see("Raten überfällig")
		s.keys("o")
		s.keys("\r")
		s.see("Anlass: Wiedervorlage")
		s.keys("J")
		s.see("Vereinbarung nicht eingehalten")
		s.see("Unsere Absprache")
		m.says(m.letter(s), "Die Rate von 50,00 €", "15.12.2026", "reichen bis zum 22.12.2026")
	})
	// The instalment comes; what is plain is booked without a hand, and answered
	// from the payment.
	m.day("2026-12-28T09:00:00+01:00", func(s *screen) {
		stmt, balance = m.statement("2026-12-23", "2026-12-24", balance, 5000)
		v := take(s, stmt)
		if !strings.Contains(v, "1 gebucht") {
			t.Fatalf("not booked:\n%s", v)
		}
		s.keys("\t")
		s.see("Gebucht auf")
		s.keys("2")
		s.see("Forderungskonto")
		s.keys("t")
		s.see("Beschwerde aufgenommen")
		s.keys("Zahlungseingang")
		s.wait("one text", func(v string) bool { return strings.Contains(v, "› Zahlungseingang bestätigen") })
		s.keys("\r")
		s.see("Eingang bestätigt")
		m.says(m.letter(s), "Ihre Zahlung von 50,00 € ist am 24.12.2026", "zählt für Ihren Ratenplan")
	})
	// Then the rest. Nothing is open any more, and the case asks for its end.
	rest := m.open("2026-12-30T09:00:00+01:00", "2026-12-29")
	m.day("2026-12-30T09:00:00+01:00", func(s *screen) {
		stmt, balance = m.statement("2026-12-25", "2026-12-29", balance, rest)
		take(s, stmt)
		s.keys("1")
		s.keys("o")
		s.see("K-2026-000777")
		s.keys("\r")
		s.see("Es ist alles bezahlt")
		m.says(m.letter(s), "es ist alles bezahlt. Vielen Dank.", "Erledigt")
	})
	m.arrangement("met")
	if got := m.open("2026-12-31T09:00:00+01:00", "2026-12-31"); got != 0 {
		t.Errorf("%s are open at the end", got)
	}
	if n := len(sunk(t, m.sink)); n != 6 {
		t.Errorf("%d letters, want 6", n)
	}
	if msgs := m.json("2026-12-31T09:00:00+01:00", "messages"); len(msgs) != 0 {
		t.Errorf("%d mails came in", len(msgs))
	}
}

// openCase goes to the case by the record: it is on no line of the queue.
func (m *month) openCase(s *screen) {
	m.t.Helper()
	s.keys("9")
	s.see("Protokoll")
	s.see("K-2026-000777")
	s.keys("g2")
	s.see("Forderungskonto")
}

// plan makes the draft of a plan.
func (m *month) plan(s *screen, rate, first string) {
	m.t.Helper()
	s.keys("p")
	s.see("Vereinbarung")
	s.see("Ratenzahlung")
	for !strings.Contains(s.text(), "› Ratenzahlung") {
		s.keys("j")
		time.Sleep(100 * time.Millisecond)
	}
	s.keys("\r")
	s.see("Rate im Monat")
	s.keys(rate)
	if first != "" {
		s.keys("\t" + first)
		s.see("bindet mit dem Schreiben")
	} else {
		s.see("ohne Tag: ein Angebot")
	}
	s.keys("\r")
	s.see("Der Entwurf ist gemacht")
	s.see("Ihr Vorschlag")
}

// says wants words in a letter.
func (m *month) says(letter string, words ...string) {
	m.t.Helper()
	flat := strings.Join(strings.Fields(letter), " ")
	for _, w := range words {
		if !strings.Contains(flat, w) {
			m.t.Fatalf("the letter lacks %q:\n%s", w, letter)
		}
	}
}

// json runs a command on a day and returns its lines.
func (m *month) json(at string, args ...string) []map[string]any {
	m.t.Helper()
	cmd := exec.CommandContext(m.t.Context(), m.bin, append([]string{"--home", m.home, "--json"}, args...)...)
	cmd.Env = append(os.Environ(), "KONTOR_NOW="+at)
	out, err := cmd.Output()
	if err != nil {
		m.t.Fatalf("kontor %v: %v\n%s", args, err, out)
	}
	var lines []map[string]any
	for l := range strings.Lines(string(out)) {
		var x map[string]any
		if err := json.Unmarshal([]byte(l), &x); err != nil {
			m.t.Fatalf("kontor %v: %v", args, err)
		}
		lines = append(lines, x)
	}
	return lines
}

// open is what is open on the case on a day.
func (m *month) open(at, day string) money.Cents {
	m.t.Helper()
	x := m.json(at, "case", "K-2026-000777", "--at", day)[0]
	n, ok := x["balance_cents"].(float64)
	if !ok {
		m.t.Fatalf("no balance: %v", x)
	}
	return money.Cents(n)
}

// arrangement wants the state of the latest plan.
func (m *month) arrangement(want string) {
	m.t.Helper()
	x := m.json("2026-12-30T09:00:00+01:00", "case", "K-2026-000777", "--at", "2026-12-01")[0]
	list, ok := x["arrangements"].([]any)
	if !ok || len(list) == 0 {
		m.t.Fatalf("no arrangement: %v", x["arrangements"])
	}
	last, _ := list[len(list)-1].(map[string]any)
	if last["state"] != want {
		m.t.Fatalf("the plan is %v, want %s", last["state"], want)
	}
}

// newest is the mail that came into the sink last.
func newest(t *testing.T, dir string) []byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no mail in %s: %v", dir, err)
	}
	var best string
	var at time.Time
	for _, f := range files {
		st, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		if best == "" || st.ModTime().After(at) {
			best, at = f, st.ModTime()
		}
	}
	b, err := os.ReadFile(best)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// plainOf is the subject and the words of a mail.
func plainOf(t *testing.T, raw []byte) string {
	t.Helper()
	m, err := mime.New(mime.Options{}).Read(t.Context(), raw)
	if err != nil {
		t.Fatal(err)
	}
	return m.Subject.String() + "\n" + m.Text.String()
}
