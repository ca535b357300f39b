package imap_test

import (
	"testing"

	"kontor/inbox/internal/mailtest"
)

func TestDovecotStarts(t *testing.T) {
	d := mailtest.StartDovecot(t, "")
	d.Fill("INBOX", 10, func(i int) []byte { return letter(i, 500) })
	m, j := open(t, config(d.Addr)), newJournal("INBOX")
	if err := j.pull(t, m); err != nil {
		t.Fatal(err)
	}
	j.holds(t, letters(0, 10, 500))
	for _, f := range m.Check(t.Context()) {
		t.Logf("%+v", f)
	}
}
