package mailtest

import (
	bigendian "encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"go.etcd.io/bbolt"
)

// What a pull is measured beside: the least code that does the same I/O, and
// isync's mbsync.

// Raw is a mail as the server has it.
type Raw struct {
	UID uint32
	Raw []byte
}

// perCommit is how many mails the floor puts into one transaction.
const perCommit = 500

// Floor is the time that the bare loop takes from the server's inbox of want
// mails into bbolt.
func Floor(b testing.TB, addr string, want int) time.Duration {
	b.Helper()
	return Timed(b, want, func(db *bbolt.DB) (int, error) {
		return BareLoop(addr, func(mails []Raw) error { return Put(db, mails) })
	})
}

// Timed is the time that run takes to bring want mails into a fresh bbolt file.
func Timed(b testing.TB, want int, run func(*bbolt.DB) (int, error)) time.Duration {
	b.Helper()
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "floor.db"), 0o600, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // thrown away
	runtime.GC()
	start := time.Now() //nolint:forbidigo // a real duration
	got, err := run(db)
	took := time.Since(start)
	if err != nil || got != want {
		b.Fatalf("%d mails, want %d: %v", got, want, err)
	}
	return took
}

// Put is one transaction of mails in the order of their UIDs.
func Put(db *bbolt.DB, mails []Raw) error {
	return db.Update(func(tx *bbolt.Tx) error {
		bucket, err := tx.CreateBucketIfNotExists([]byte("mail"))
		if err != nil {
			return err
		}
		bucket.FillPercent = 1
		for _, m := range mails {
			if err := bucket.Put(bigendian.BigEndian.AppendUint32(nil, m.UID), m.Raw); err != nil {
				return err
			}
		}
		return nil
	})
}

// BareLoop fetches the whole inbox and gives it to put, 500 mails at a time.
func BareLoop(addr string, put func([]Raw) error) (n int, err error) {
	c, err := imapclient.DialInsecure(addr, nil)
	if err != nil {
		return 0, err
	}
	defer c.Close() //nolint:errcheck // thrown away
	if err := c.Login(User, Password).Wait(); err != nil {
		return 0, err
	}
	if _, err := c.Select("INBOX", &goimap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		return 0, err
	}
	cmd := c.Fetch(goimap.UIDSet{{Start: 1}}, &goimap.FetchOptions{UID: true, BodySection: []*goimap.FetchItemBodySection{{Peek: true}}})
	var mails []Raw
	for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
		var m Raw
		for item := msg.Next(); item != nil; item = msg.Next() {
			switch item := item.(type) {
			case imapclient.FetchItemDataUID:
				m.UID = uint32(item.UID)
			case imapclient.FetchItemDataBodySection:
				if m.Raw, err = io.ReadAll(item.Literal); err != nil {
					return n, err
				}
			}
		}
		n++
		if mails = append(mails, m); len(mails) == perCommit {
			if err := put(mails); err != nil {
				return n, err
			}
			mails = mails[:0]
		}
	}
	return n, errors.Join(put(mails), cmd.Close())
}

// Nothing is the time that the bare library takes to log in, look into the inbox
// and leave.
func Nothing(b testing.TB, addr string) time.Duration {
	b.Helper()
	start := time.Now() //nolint:forbidigo // a real duration
	c, err := imapclient.DialInsecure(addr, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // thrown away
	if err := c.Login(User, Password).Wait(); err != nil {
		b.Fatal(err)
	}
	if _, err := c.Select("INBOX", &goimap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		b.Fatal(err)
	}
	if err := c.Logout().Wait(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// Mbsync is the time that mbsync takes to copy the inbox, if it is there.
func Mbsync(b testing.TB, addr string) (time.Duration, bool) {
	b.Helper()
	bin, err := exec.LookPath("mbsync")
	if err != nil {
		return 0, false
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	rc := fmt.Sprintf("IMAPAccount a\nHost %s\nPort %s\nUser %s\nPass %s\nSSLType None\nAuthMechs PLAIN\n\nIMAPStore r\nAccount a\n\n"+
		"MaildirStore l\nPath %s/\nInbox %s/INBOX\n\nChannel c\nFar :r:\nNear :l:\nPatterns INBOX\nSync Pull\nCreate Near\nSyncState *\n",
		host, port, User, Password, dir, dir)
	name := filepath.Join(dir, "rc")
	write(b, name, rc, 0o600)
	start := time.Now() //nolint:forbidigo // a real duration
	out, err := exec.CommandContext(b.Context(), bin, "-c", name, "-q", "c").CombinedOutput()
	if err != nil {
		b.Logf("mbsync: %v\n%s", err, out)
		return 0, false
	}
	return time.Since(start), true
}
