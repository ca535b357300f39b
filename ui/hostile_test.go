package ui

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/plain"
	"kontor/ui/internal/fake"
)

// sgr is the only escape sequence that a View may hold.
var sgr = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

// clean fails where a View holds anything that a terminal could act on.
func clean(t *testing.T, where, content string) {
	t.Helper()
	for i, r := range sgr.ReplaceAllString(content, "") {
		switch {
		case r == '\n':
		case r < 0x20, r >= 0x7f && r <= 0x9f, unicode.Is(unicode.Cf, r) && r != '\u200d', r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r >= 0xe0000 && r <= 0xe0fff:
			t.Fatalf("%s: the view holds %U at %d", where, r, i)
		}
	}
	if strings.Contains(content, "\x1b]") || strings.Contains(content, "\x1bP") {
		t.Fatalf("%s: the view holds an operating system command", where)
	}
}

func poisons() []string {
	return []string{
		"\x1b[2J\x1b[H0,00 €", "\x1b]0;title\x07", "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", "\x1b]52;c;aGFjaw==\x07", "a\rb", "\x9b31m", "\u202e€ 09,214\u202c",
		"\U000e0041\U000e0042", "z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a", strings.Repeat("👨\u200d👩\u200d👧\u200d", 60), "\x1bPq#0\x1b\\",
		strings.Repeat("W", 5000), "tab\tin\tit", "\u2028new\u2029line", "\x00\x07\x08\x0b\x0c\x7f", "\xff\xfe", "\u2066\u2067\u2068",
	}
}

// Words of strangers reach the screen through every door: subject, name,
// address, body, attachment, reference, findings, server answers, errors,
// suggestions, notes. None of them may move the cursor or paint.
func TestHostileWordsNeverReachTheView(t *testing.T) {
	t.Parallel()
	for i, p := range poisons() {
		for _, size := range [][2]int{{80, 24}, {140, 45}} {
			where := fmt.Sprintf("poison %d at %dx%d", i, size[0], size[1])
			d := start(t, size[0], size[1], "de", poisoned(p)...)
			look := func(what string) {
				t.Helper()
				clean(t, where+" "+what, d.app.View().Content)
				exact(t, d.app.View().Content, size[0], size[1])
				if t.Failed() {
					t.Fatalf("%s %s:\n%s", where, what, d.screen())
				}
			}
			look("queue")
			d.keys("0")
			look("morning")
			d.keys("1", "enter")
			look("mail")
			for range 3 {
				d.keys("tab")
				look("tab")
			}
			for _, k := range []string{"v", "V", "esc", "t", "esc", "i", "esc", "R", "esc", "x", "esc", "c", "esc", "b", "esc", "2"} {
				d.keys(k)
				look(k)
			}
			d.keys("esc", "a", "a", "a")
			look("approve")
			d.desk.Fail["Approve"] = errors.New("smtp: " + p)
			d.keys("J")
			d.wait(1e9)
			for range 4 {
				d.keys("a")
			}
			look("error")
			d.keys("1", "3", "enter", "m")
			look("suggestions")
			d.keys("esc")
			d.desk.SetOutbox(desk.OutboxRow{Reply: "r", Reference: plain.Line(p), Debtor: plain.Line(p), To: plain.Line(p), Subject: plain.Line(p), State: cases.ReplyUnknown, Why: p, Response: plain.Line(p), RFCID: p, SHA256: p, ApprovedBy: cases.UserID(p)})
			d.keys("5")
			look("outbox")
			d.keys("enter")
			look("settle")
			d.keys("esc")
			d.desk.SetStatus(func(s *desk.Status) { s.Mail = desk.LinkState{State: desk.LinkOff, Note: plain.Line(p)} })
			d.send(newsOf(desk.News{Status: true, Queue: true}))
			look("status")
			d.desk.Fail["Queue"] = errors.New(p)
			d.keys("1", "o")
			look("queue error")
		}
	}
}

func poisoned(p string) []*fake.Item {
	items := []*fake.Item{fake.Make(fake.Mail{N: 1, Name: p, Addr: "a@example.org", Lender: p, Subject: p, Text: "vorher " + p + " nachher\n" + p, Intent: cases.Dispute, Permille: 800, Principal: 100000, Letter: "Sehr geehrte Frau " + p + ",\n\n‹" + p + "› " + p, Quotes: []string{"dispute=vorher"}})}
	r := &items[0].Review
	items[0].Row.Lane = "new"
	r.Message.Mail.From.Addr = p + "@example.org"
	r.Message.Mail.ReplyTo.Addr = p
	r.Message.Mail.Attachments = []cases.Attachment{{Name: plain.Line(p), MediaType: p, Unread: p, Text: plain.Clean(p)}}
	r.Message.Mail.Warnings = []cases.Warning{{Code: p, Detail: plain.Line(p)}}
	r.Message.Class.Lang = p
	r.Message.Class.Evidence = append(r.Message.Class.Evidence, cases.Evidence{Field: "text", Quote: "nachher", For: p})
	r.Case.Reference = p
	r.Case.Subject = plain.Line(p)
	r.Case.Notes = []cases.Note{{At: fake.Start(), Text: plain.Clean(p)}}
	r.Case.FollowUps[0].Reason = p
	r.Case.Holds = []cases.Hold{{ID: "h", Kind: cases.HoldDunning, Reason: p, From: 1}}
	r.Case.Clocks = []cases.Clock{{ID: "c", Kind: p, Due: fake.Today() + 3, Source: p}}
	r.Case.Ledger.Claims[0].Subject, r.Case.Ledger.Claims[0].Invoice = p, p
	r.Others = []desk.OtherMail{{ID: "o", Subject: plain.Line(p), Start: plain.Clean(p)}}
	r.Siblings = []desk.OtherCase{{ID: "s", Reference: plain.Line(p), Creditor: plain.Line(p)}}
	r.Drafts[0].Subject = p
	r.Drafts[0].Template.ID = p
	r.Drafts[0].Effects = []cases.DraftEffect{
		{Effect: cases.Effect{Kind: cases.AddNote, Text: plain.Clean(p)}, Ticked: true, Why: p},
		{Effect: cases.Effect{Kind: cases.PlaceHold, Hold: cases.HoldKind(p), Code: p}, Ticked: true},
		{Effect: cases.Effect{Kind: cases.HandOver, User: cases.UserID(p)}},
		{Effect: cases.Effect{Kind: cases.SetFollowUp, Code: p, Date: fake.Today()}},
		{Effect: cases.Effect{Kind: cases.EffectKind(p)}},
	}
	r.Drafts[0].Findings = []cases.TextFinding{{Rule: p, Severity: p, Quote: plain.Clean(p), Source: p, Mend: p}}
	r.Templates = []cases.TemplateInfo{{TemplateRef: cases.TemplateRef{ID: p, Lang: p}, Title: p}}
	r.RightWhy, r.Right = []string{p}, cases.PartyUnknown
	lost := fake.Make(fake.Mail{N: 2, Name: p, Addr: p, Subject: p, Text: p, NoCase: true, Lane: "unsure", Intent: cases.Intent(p)})
	lost.Review.Suggest[0].Reference, lost.Review.Suggest[0].Debtor = plain.Line(p), plain.Line(p)
	lost.Review.Suggest[0].Reasons[0] = cases.MatchReason{Code: p, Quote: plain.Line(p)}
	return append(items, lost)
}
