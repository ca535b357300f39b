package imap_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"kontor/cases"
	"kontor/inbox/imap"
)

const (
	user     = "inkasso@agentur.example"
	password = "nur-ein-Test-7"
)

// memory is the library's server in this process.
type memory struct {
	t    testing.TB
	user *imapmemserver.User
	addr string
}

func startMemory(t testing.TB, opts *imapserver.Options) *memory {
	t.Helper()
	m := &memory{t: t, user: imapmemserver.NewUser(user, password)}
	if err := m.user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	mem := imapmemserver.New()
	mem.AddUser(m.user)
	if opts == nil {
		opts = &imapserver.Options{}
	}
	if opts.NewSession == nil {
		opts.NewSession = func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return mem.NewSession(), nil, nil
		}
	}
	opts.InsecureAuth = true
	opts.Logger = log.New(io.Discard, "", 0)
	if opts.Caps == nil {
		opts.Caps = goimap.CapSet{goimap.CapIMAP4rev1: {}, goimap.CapIMAP4rev2: {}}
	}
	srv := imapserver.New(opts)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() { _ = srv.Serve(l) }) // ends with Close below
	t.Cleanup(func() {
		_ = srv.Close() // the test is over
		wg.Wait()
	})
	m.addr = l.Addr().String()
	return m
}

// deliver appends mails to the INBOX.
func (m *memory) deliver(raws ...[]byte) {
	m.t.Helper()
	for _, raw := range raws {
		if _, err := m.user.Append("INBOX", literal{bytes.NewReader(raw), int64(len(raw))}, &goimap.AppendOptions{Time: clock()}); err != nil {
			m.t.Fatal(err)
		}
	}
}

type literal struct {
	io.Reader
	size int64
}

func (l literal) Size() int64 { return l.size }

func clock() time.Time { return time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC) }

// letter makes the n-th test mail with about size bytes.
func letter(n, size int) []byte {
	head := fmt.Sprintf("From: Petra Muster <petra%d@post.example>\r\nTo: inkasso@agentur.example\r\n"+
		"Subject: Aktenzeichen K-2026-%05d\r\nMessage-ID: <m%d@post.example>\r\nDate: Tue, 3 Nov 2026 10:00:00 +0100\r\n"+
		"Content-Type: text/plain; charset=us-ascii\r\n\r\n", n, n, n)
	line := fmt.Sprintf("Ich bitte um Ratenzahlung, Brief %d.\r\n", n)
	return []byte(head + strings.Repeat(line, max(1, (size-len(head))/len(line))))
}

func letters(from, to, size int) [][]byte {
	var all [][]byte
	for n := from; n < to; n++ {
		all = append(all, letter(n, size))
	}
	return all
}

func config(addr string) imap.Config {
	return imap.Config{
		Name: "haupt", Address: addr, Security: "plain", Username: user, Auth: "plain",
		Secret:  func(context.Context) (string, error) { return password, nil },
		Timeout: 10 * time.Second, Now: clock,
	}
}

func open(t testing.TB, cfg imap.Config) *imap.Mailbox {
	t.Helper()
	m, err := imap.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// journal is a store in small: it knows places and bytes, and keeps the
// cursor with the mails.
type journal struct {
	mu     sync.Mutex
	cur    cases.Cursor
	mails  map[string]int // bytes to how often they were given
	places map[cases.Place]string
	bad    []cases.Fetched
	cut    []cases.Fetched
	seen   int
}

func newJournal(folder string) *journal {
	return &journal{cur: cases.Cursor{Mailbox: folder}, mails: map[string]int{}, places: map[cases.Place]string{}}
}

func (j *journal) sink(_ context.Context, batch []cases.Fetched, next cases.Cursor) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, f := range batch {
		j.seen++
		switch {
		case !f.Unreadable.IsZero():
			j.bad = append(j.bad, f)
			continue
		case f.Truncated:
			j.cut = append(j.cut, f)
		}
		if old, ok := j.places[f.Place]; ok {
			if old != string(f.Raw) {
				return fmt.Errorf("uid %d came with other bytes", f.Place.UID)
			}
			continue
		}
		j.places[f.Place] = string(f.Raw)
		j.mails[string(f.Raw)]++
	}
	j.cur = next
	return nil
}

func (j *journal) len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.mails)
}

// pull makes one round and keeps the cursor.
func (j *journal) pull(t testing.TB, m *imap.Mailbox) error {
	t.Helper()
	cur, err := m.Pull(t.Context(), j.cur, j.sink)
	if cur.LastUID < j.cur.LastUID && cur.UIDValidity == j.cur.UIDValidity && err == nil {
		t.Errorf("cursor went back from %d to %d", j.cur.LastUID, cur.LastUID)
	}
	j.cur = cur
	return err
}

// holds fails the test unless the journal holds exactly these mails.
func (j *journal) holds(t testing.TB, want [][]byte) {
	t.Helper()
	for i, raw := range want {
		if j.mails[string(raw)] == 0 {
			t.Errorf("mail %d of %d is missing", i, len(want))
		}
	}
	if got := len(j.mails); got != len(want) {
		t.Errorf("journal holds %d mails, want %d", got, len(want))
	}
}
