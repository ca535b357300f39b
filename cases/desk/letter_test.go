package desk_test

import (
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/casestest"
	"kontor/cases/desk"
	"kontor/cases/plain"
)

// What was approved can be read again, from its exact bytes.
func TestLetterIsReadFromItsBytes(t *testing.T) {
	b := setUp(t, nil)
	b.take(t, question)
	r := b.first(t)
	d := r.Drafts[0]
	a, err := b.Approve(t.Context(), desk.ApproveRequest{Review: r, Subject: d.Subject, Text: "x|y|z|Guten Tag, hier ist die Antwort.", Effects: d.Effects, Edited: true})
	if err != nil {
		t.Fatal(err)
	}
	l, err := b.Letter(t.Context(), a.Reply)
	if err != nil || !strings.HasPrefix(l.Text.String(), "Guten Tag, hier ist die Antwort.") || l.Subject.String() != d.Subject {
		t.Errorf("%+v, %v", l, err)
	}
	if _, err := b.Letter(t.Context(), "nosuch"); err == nil {
		t.Error("a letter that is none was read")
	}
}

// The name beside an address that is not on file is the one that its owner
// gave, never that of the debtor.
func TestStrangerIsNotCalledByTheDebtorsName(t *testing.T) {
	b := setUp(t, nil)
	b.take(t, question)
	r := b.first(t)
	if got := r.Addressee(casestest.Debtor, casestest.DebtorMail); got.String() != "Jana Muster" {
		t.Errorf("the debtor is called %q", got)
	}
	r.Message.Mail.From = cases.Address{Name: plain.Line("Wer Anders"), Addr: "wer@example.net"}
	r.Message.Mail.ReplyTo = cases.Address{Addr: "antwort@example.net"}
	for addr, want := range map[string]string{"wer@example.net": "Wer Anders", "WER@example.net": "Wer Anders", "antwort@example.net": "", "x@example.org": ""} {
		if got := r.Addressee(casestest.Debtor, addr); got.String() != want {
			t.Errorf("%s is called %q, want %q", addr, got, want)
		}
	}
}
