package mime

import (
	"os"
	"strings"
	"testing"

	"kontor/cases"
)

// The letter that fresh cases quote: as it is, with marks, and indented.
const freshLetter = "Sehr geehrte Frau Brandt,\n\nbitte zahlen Sie 189,95 EUR bis zum 15.01.2026.\n\nForderungsservice Nordlicht GmbH"

func freshMacros() *strings.Replacer {
	quoted := "-> " + strings.ReplaceAll(freshLetter, "\n", "\n-> ")
	return strings.NewReplacer("{Q}", quoted, "{L}", "-"+strings.ReplaceAll(freshLetter, "\n", "\n-"), "{I}", "-    "+strings.ReplaceAll(freshLetter, "\n", "\n-    "))
}

// freshCase is a mail's text; of its lines, those marked + are the sender's.
type freshCase struct{ name, text, own string }

func freshCases(t *testing.T, file string) (all []freshCase) {
	t.Helper()
	b, err := os.ReadFile("testdata/fresh/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range strings.Split(string(b), "=== ")[1:] {
		name, body, _ := strings.Cut(part, "\n")
		var text, own []string
		for line := range strings.Lines(freshMacros().Replace(body)) {
			line = strings.TrimSuffix(line, "\n")
			switch {
			case line == "":
			case line[0] == '+':
				text, own = append(text, line[1:]), append(own, line[1:])
			case line[0] == '-', line[0] == ' ':
				text, own = append(text, line[1:]), append(own, "")
			default:
				t.Fatalf("%s, case %d: line %q has no mark", file, i, line)
			}
		}
		all = append(all, freshCase{name, strings.Join(text, "\n"), oneGap(strings.Join(own, "\n"))})
	}
	return all
}

// oneGap makes one empty line of several.
func oneGap(s string) string {
	var out []string
	for line := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		line = strings.TrimSpace(line)
		if line == "" && len(out) > 0 && out[len(out)-1] == "" {
			continue
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// TestFreshOwnText reads answers written after the patterns of many programs,
// as whole mails.
func TestFreshOwnText(t *testing.T) {
	t.Parallel()
	r := New(Options{})
	for _, file := range []string{"own-de.txt", "own-other.txt"} {
		all := freshCases(t, file)
		exact := 0
		for _, c := range all {
			raw := "From: Petra Lang <p.lang@example.net>\r\nSubject: AW: Zahlungserinnerung\r\nIn-Reply-To: <1@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
				strings.ReplaceAll(c.text, "\n", "\r\n")
			m, err := r.Read(t.Context(), []byte(raw))
			if err != nil {
				t.Fatal(err)
			}
			if got := oneGap(m.Own.String()); got != c.own {
				t.Errorf("%s, %s\ngot  %q\nwant %q", file, c.name, got, c.own)
				continue
			}
			exact++
		}
		t.Logf("%s: %d of %d exact", file, exact, len(all))
	}
}

// TestFreshKinds reads notices of many mail systems and programs, and mails of
// persons that speak of the same things.
func TestFreshKinds(t *testing.T) {
	t.Parallel()
	r := New(Options{})
	b, err := os.ReadFile("testdata/fresh/kinds.txt")
	if err != nil {
		t.Fatal(err)
	}
	right, total := map[string]int{}, map[string]int{}
	for _, part := range strings.Split(string(b), "=== ")[1:] {
		name, raw, _ := strings.Cut(part, "\n")
		kind, _, _ := strings.Cut(name, " ")
		m, err := r.Read(t.Context(), []byte("To: inkasso@example.org\r\n"+strings.ReplaceAll(raw, "\n", "\r\n")))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]cases.MailKind{"bounce": cases.KindBounce, "delay": cases.KindBounce, "auto": cases.KindAuto}[kind]
		total[kind]++
		switch {
		case m.Kind != want:
			t.Errorf("%s: %s (%s), want %s", name, m.Kind, m.KindReason, want)
			continue
		case want == cases.KindBounce && m.Bounce.Delayed != (kind == "delay"):
			t.Errorf("%s: delayed is %t", name, m.Bounce.Delayed)
			continue
		case want == cases.KindBounce && strings.Contains(raw, "p.lang@") && m.Bounce.Recipient != "p.lang@example.net":
			t.Errorf("%s: recipient %q", name, m.Bounce.Recipient)
			continue
		}
		right[kind]++
	}
	for kind, n := range total {
		t.Logf("%s: %d of %d", kind, right[kind], n)
	}
	if b, err = os.ReadFile("testdata/fresh/near.txt"); err != nil {
		t.Fatal(err)
	}
	n, alarms := 0, 0
	for line := range strings.Lines(string(b)) {
		subject, text, ok := strings.Cut(strings.TrimSpace(line), " | ")
		if !ok {
			t.Fatalf("line %q", line)
		}
		for _, head := range []string{"Return-Path: <p.lang@example.net>\r\n", "X-Auto-Response-Suppress: DR, OOF, AutoReply\r\n", "In-Reply-To: <1@example.org>\r\nAuto-Submitted: no\r\n"} {
			n++
			m, err := r.Read(t.Context(), []byte(head+"From: Petra Lang <p.lang@example.net>\r\nTo: inkasso@example.org\r\nSubject: "+subject+"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"+text+"\r\n"))
			if err != nil {
				t.Fatal(err)
			}
			if m.Kind != cases.KindReply {
				t.Errorf("a person's %q counts as %s (%s)", subject, m.Kind, m.KindReason)
				alarms++
			}
		}
	}
	t.Logf("false alarms: %d of %d", alarms, n)
}
