package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/priority"
	"kontor/cmd/kontor/internal/config"
	"kontor/inbox/mailtest"
)

// oddMails are mails as nobody should send them: each is one message in the end.
func oddMails() [][]byte {
	head := func(n int, subject string) string {
		return fmt.Sprintf("From: Karl Sonder <karl@post.example>\r\nTo: inkasso@agentur.example\r\nSubject: %s\r\nMessage-ID: <odd-%d@post.example>\r\nDate: Tue, 3 Nov 2026 10:00:00 +0100\r\n", subject, n)
	}
	var parts strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&parts, "--p\r\nContent-Type: text/plain\r\n\r\nTeil %d\r\n", i)
	}
	deep := strings.Builder{}
	for i := range 500 {
		fmt.Fprintf(&deep, "Content-Type: multipart/mixed; boundary=d%d\r\n\r\n--d%d\r\n", i, i)
	}
	var hops strings.Builder
	for i := range 8000 {
		fmt.Fprintf(&hops, "X-Hop-%d: %s\r\n", i, strings.Repeat("a", 50))
	}
	file := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("Kontoauszug "), 1800<<10)) // 29 MB as it travels
	return [][]byte{
		[]byte(head(1, "groß") + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=g\r\n\r\n--g\r\nContent-Type: text/plain\r\n\r\nAnbei der Auszug.\r\n" +
			"--g\r\nContent-Type: application/octet-stream; name=auszug.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n" + file + "\r\n--g--\r\n"),
		[]byte(head(2, "viele Teile") + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=p\r\n\r\n" + parts.String() + "--p--\r\n"),
		[]byte(head(3, strings.Repeat("Mahnung ", 1<<17)) + "\r\nDer Betreff ist ein MB lang.\r\n"),
		[]byte(head(4, "tief") + "MIME-Version: 1.0\r\n" + deep.String() + "\r\n\r\nganz innen\r\n"),
		[]byte(hops.String() + head(5, "viele Kopfzeilen") + "\r\nGuten Tag.\r\n"),
		[]byte(head(6, "eine Zeile") + "\r\n" + strings.Repeat("Zahlung ", 1<<18) + "\r\n"),
		[]byte(head(7, "NUL \x00 und \x1b[31m") + "\r\nGuten\x00Tag\x00\r\n"),
		[]byte("kein Kopf, nur Text\r\n"),
		[]byte("\r\n"),
		[]byte("\r\n\r\nnur ein Rumpf\r\n"),
		[]byte(head(11, "=?utf-8?q?=ff=fe=00?= =?x-unbekannt?b?////?=") + "Content-Type: text/plain; charset=klingon\r\n\r\n\xff\xfe\xfd\r\n"),
		[]byte("Date: Fri, 31 Dec 9999 23:59:59 +0000\r\nFrom: <>\r\nSubject: aus der Zukunft\r\n\r\nGuten Tag\r\n"),
		[]byte("Date: Thu, 1 Jan 1970 00:00:00 -2400\r\nFrom: a@b@c\r\nTo: \r\nSubject:\r\n\r\n"),
		[]byte(head(14, "endlos") + "Content-Type: multipart/alternative; boundary=\"\"\r\n\r\n--\r\n--\r\n"),
		[]byte(head(15, "leer") + "Content-Length: 0\r\n\r\n"),
		[]byte(strings.Repeat("A", 2<<20) + ": b\r\n\r\nName eines Feldes von 2 MB\r\n"),
	}
}

// TestAFolderOfOddMails pulls a real folder in which every third mail is odd.
// Half of it is expunged in mid pull, with the connection lost; the clock is a
// year late and then a year ahead; another kontor tries the same home; the
// folder is renamed, and comes back under another UIDVALIDITY. In the end each
// mail that the server holds is in one message that knows its place, and what
// had been read stays.
func TestAFolderOfOddMails(t *testing.T) {
	t.Parallel()
	n := max(300, int(3000**simFactor))
	d := mailtest.StartDovecot(t, "")
	world, mail := realWorld(t, n)
	odd := oddMails()
	names, err := filepath.Glob("../../inbox/mime/testdata/corpus/*.eml")
	if err != nil || len(names) < 100 {
		t.Fatalf("%d mails in the corpus: %v", len(names), err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		odd = append(odd, raw)
	}
	total := 0
	d.Fill("INBOX", 0, nil)
	d.Fill("Post", n, func(i int) []byte {
		raw := mail(i)
		if k := i / 3; i%3 == 0 && k < len(odd) {
			raw = odd[k]
		}
		total += len(raw)
		return raw
	})
	c := colleague(t, d)
	if _, err := c.Select("Post", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	half := make(chan error, 1)
	proxy := mailtest.StartProxy(t, d.Addr, func(conn int) mailtest.Cut {
		if conn > 0 {
			return mailtest.Cut{}
		}
		return mailtest.Cut{Bytes: int64(total / 2), Do: func() { half <- expungeEven(c, n) }}
	})
	home := realHome(t, world, func(c *config.Config) { c.Mailboxes[0].Address, c.Mailboxes[0].Folders = proxy.Addr, []string{"Post"} })
	var ahead time.Duration
	var a *app
	start := func() {
		t.Helper()
		var err error
		if a, err = testApp(home, nil); err != nil {
			t.Fatal(err)
		}
		a.g.now = func() time.Time { return time.Now().Add(ahead) }
		pass, _, err := a.passphrase(t.Context())
		if err == nil {
			err = a.open(t.Context(), pass)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	stop := func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
	start()
	defer func() { stop() }()
	most := 0
	round := func(what string) {
		t.Helper()
		since := time.Now()
		r, err := a.desk.Pull(t.Context())
		if err != nil { // once more, as the workers do
			t.Logf("%s: %v", what, err)
			r, err = a.desk.Pull(t.Context())
		}
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		have := len(a.desk.Messages("", false))
		t.Logf("%s: %+v in %s, %d messages", what, r, time.Since(since), have)
		if have < most {
			t.Errorf("%s: %d messages where there were %d", what, have, most)
		}
		most = have
	}
	// agrees compares the places of all messages with what the folder holds.
	agrees := func(what, folder string) {
		t.Helper()
		data, err := c.Select(folder, nil).Wait()
		if err != nil {
			t.Fatal(err)
		}
		var there []uint32
		if data.NumMessages > 0 {
			found, err := c.UIDSearch(&goimap.SearchCriteria{}, nil).Wait()
			if err != nil {
				t.Fatal(err)
			}
			for _, uid := range found.AllUIDs() {
				there = append(there, uint32(uid))
			}
		}
		var known []uint32
		for _, m := range a.desk.Messages("", false) {
			for _, p := range m.Lies {
				if p.Folder == cases.FolderKey("inkasso", folder) {
					known = append(known, p.UID)
					if p.Validity != data.UIDValidity {
						t.Errorf("%s: a mail lies in an earlier life of %s", what, folder)
					}
				}
			}
		}
		slices.Sort(known)
		if !slices.Equal(known, there) {
			t.Errorf("%s: %d places known in %s, the server has %d mails", what, len(known), folder, len(there))
		}
	}
	ahead = -400 * 24 * time.Hour
	round("half expunged in mid pull")
	if err := <-half; err != nil {
		t.Fatal(err)
	}
	agrees("half expunged in mid pull", "Post")
	ahead = 400 * 24 * time.Hour
	round("a clock that jumped ahead")
	agrees("a clock that jumped ahead", "Post")
	ahead = 0
	bin, before := binary(t), time.Now()
	out, err := exec.CommandContext(t.Context(), bin, "--home", home, "pull").CombinedOutput()
	if code := exitCode(err); code != 4 || time.Since(before) > 10*time.Second {
		t.Errorf("a second kontor on the home ended with %d after %s: %s", code, time.Since(before), out)
	}
	if err := errors.Join(c.Unselect().Wait(), c.Rename("Post", "Alt", nil).Wait()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.desk.Pull(t.Context()); err == nil || !strings.Contains(err.Error(), "Post") {
		t.Errorf("a folder that is away gave %v, want it named", err)
	}
	stop()
	reconfigure(t, home, func(c *config.Config) { c.Mailboxes[0].Folders = []string{"Alt"} })
	start()
	round("renamed")
	agrees("renamed", "Alt")
	if err := c.Unselect().Wait(); err != nil {
		t.Fatal(err)
	}
	d.Fill("Alt", 20, func(i int) []byte { return mail(2*i + 1) }) // delivered again
	round("delivered again")
	agrees("delivered again", "Alt")
	d.Renumber("Alt")
	c = colleague(t, d)
	round("another UIDVALIDITY")
	agrees("another UIDVALIDITY", "Alt")
	for _, m := range a.desk.Messages("", false) {
		since := time.Now()
		if _, err := a.desk.Open(t.Context(), desk.ItemRef{Kind: priority.ItemMessage, ID: string(m.ID)}, desk.OpenOptions{}); err != nil {
			t.Errorf("open %q: %v", cut(m.Subject, 40), err)
		}
		if took := time.Since(since); took > 5*time.Second {
			t.Errorf("opening %q took %s", cut(m.Subject, 40), took)
		}
	}
	if _, err := a.store.Verify(t.Context(), nil); err != nil {
		t.Errorf("the record does not verify: %v", err)
	}
}

// expungeEven deletes every other mail of the first n.
func expungeEven(c *imapclient.Client, n int) error {
	var set goimap.UIDSet
	for uid := 2; uid <= n; uid += 2 {
		set.AddNum(goimap.UID(uid))
	}
	if err := c.Store(set, &goimap.StoreFlags{Op: goimap.StoreFlagsAdd, Silent: true, Flags: []goimap.Flag{goimap.FlagDeleted}}, nil).Close(); err != nil {
		return err
	}
	return c.Expunge().Close()
}

func exitCode(err error) int {
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		return e.ExitCode()
	}
	return 0
}
