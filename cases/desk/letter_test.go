package desk_test

import (
	"strings"
	"testing"

	"kontor/cases/desk"
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
