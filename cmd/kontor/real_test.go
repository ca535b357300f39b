package main

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cmd/kontor/internal/config"
	"kontor/cmd/kontor/internal/demo"
	"kontor/inbox/mailtest"
)

// TestSendOverRealServers goes from mails in Dovecot to answers that Postfix
// takes: put off at the first try, retried after a rest and not before, taken
// once each, and each with one copy in the Sent folder. A Sent folder that is
// full or a mailbox that is away costs no answer.
func TestSendOverRealServers(t *testing.T) {
	t.Parallel()
	d := mailtest.StartDovecot(t, "")
	p := mailtest.StartPostfix(t, d)
	p.GreylistAll()
	world, err := demo.Build(1, 40, 40, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	d.Fill("INBOX", len(world.Mails), func(i int) []byte { return world.Mails[i].Raw(i) })
	var away atomic.Bool // the mailbox drops every connection
	mailbox := mailtest.StartProxy(t, d.Addr, func(int) mailtest.Cut {
		if away.Load() {
			return mailtest.Cut{Lines: 1}
		}
		return mailtest.Cut{}
	})
	home := realHome(t, world, func(c *config.Config) {
		c.Mailboxes[0].Address = mailbox.Addr
		c.SMTP.Address, c.SMTP.Security, c.SMTP.Fingerprint = p.TLSAddr, "tls", p.Cert.Fingerprint
		c.SMTP.Auth, c.SMTP.Username, c.SMTP.PasswordFile = "plain", mailtest.User, "imap.secret"
		none := config.Duration(0)
		c.Send.Undo = &none
	})
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	var ahead time.Duration
	a.g.now = func() time.Time { return time.Now().Add(ahead) }
	pass, _, err := a.passphrase(t.Context())
	if err == nil {
		err = a.open(t.Context(), pass)
	}
	if err != nil {
		t.Fatal(err)
	}
	if r, err := a.desk.Pull(t.Context()); err != nil || r.New < 30 {
		t.Fatalf("pulled %+v: %v", r, err)
	}
	for range 4 {
		if worked, err := approveOne(t.Context(), a); err != nil || !worked {
			t.Fatalf("nothing to approve: %v", err)
		}
	}
	send := func(want desk.SendReport) {
		t.Helper()
		got, err := a.desk.Send(t.Context())
		if err != nil || got != want {
			rows, _ := a.desk.Outbox(t.Context())
			t.Fatalf("sent %+v, %v, want %+v; %+v", got, err, want, rows)
		}
	}
	send(desk.SendReport{Waiting: 4}) // greylisted
	send(desk.SendReport{Waiting: 4}) // not yet due again
	ahead = time.Hour
	d.Kill() // it serves Postfix's logins too: put off with a 4xx
	if got, err := a.desk.Send(t.Context()); err == nil || got != (desk.SendReport{Waiting: 4}) {
		t.Errorf("sent %+v, %v while nobody can log in", got, err)
	}
	d.Restart()
	ahead = 2 * time.Hour
	away.Store(true) // the copies must wait, not the answers
	send(desk.SendReport{Sent: 4})
	away.Store(false)
	ahead = 3 * time.Hour
	send(desk.SendReport{})
	rows, err := a.desk.Outbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	box, err := a.imapBox(&a.cfg.Mailboxes[0])
	if err != nil {
		t.Fatal(err)
	}
	copies := map[string]int{}
	if _, err := box.Pull(t.Context(), cases.Cursor{Mailbox: "Gesendet"}, func(_ context.Context, batch []cases.Fetched, _ cases.Cursor) error {
		for _, f := range batch {
			copies[messageID(t, f.Raw)]++
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	arrived := func() map[string]int {
		got := map[string]int{}
		for _, raw := range p.Mails() {
			got[messageID(t, []byte(raw))]++
		}
		return got
	}
	for end := time.Now().Add(20 * time.Second); len(arrived()) < 4; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d answers arrived, want 4", len(arrived()))
		}
	}
	got := arrived()
	for _, r := range rows {
		if r.State != cases.ReplySent || got[r.RFCID] != 1 || copies[r.RFCID] != 1 {
			t.Errorf("an answer is %s, arrived %d times, with %d copies in the Sent folder", r.State, got[r.RFCID], copies[r.RFCID])
		}
	}
	if len(rows) != 4 || len(got) != 4 || len(copies) != 4 {
		t.Errorf("%d answers, %d arrived, %d copies, want 4 of each", len(rows), len(got), len(copies))
	}
	if _, err := a.desk.Pull(t.Context()); err != nil {
		t.Errorf("a round after the server came back: %v", err)
	}
}
