package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-smtp"
)

// User and Password open the demo's mailbox; it listens on loopback alone.
const (
	User     = Inbox
	Password = "demo"
)

// Servers are the demo's IMAP server and SMTP sink.
type Servers struct {
	IMAPAddr, SMTPAddr string

	user *imapmemserver.User
	imap *imapserver.Server
	smtp *smtp.Server
	sink *sink
	wg   sync.WaitGroup
}

// Start listens on the given loopback addresses; port 0 takes a free one. What
// is sent is written to dir/sink, one file a mail. epoch makes the mailbox's
// UIDVALIDITY: a server that forgets its mails must not reuse UIDs.
func Start(ctx context.Context, imapAddr, smtpAddr, dir string, epoch int) (*Servers, error) {
	if err := os.MkdirAll(filepath.Join(dir, "sink"), 0o700); err != nil {
		return nil, fmt.Errorf("demo servers: %w", err)
	}
	s := &Servers{user: imapmemserver.NewUser(User, Password), sink: &sink{dir: filepath.Join(dir, "sink")}}
	for i := range epoch { // the library counts UIDVALIDITY up by one a mailbox
		name := fmt.Sprintf("past-%d", i)
		if err := errors.Join(s.user.Create(name, nil), s.user.Delete(name)); err != nil {
			return nil, fmt.Errorf("demo mailbox: %w", err)
		}
	}
	if err := errors.Join(
		s.user.Create("INBOX", nil),
		s.user.Create("Sent", &imap.CreateOptions{SpecialUse: []imap.MailboxAttr{imap.MailboxAttrSent}}),
	); err != nil {
		return nil, fmt.Errorf("demo mailbox: %w", err)
	}
	mem := imapmemserver.New()
	mem.AddUser(s.user)
	s.imap = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return mem.NewSession(), nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIMAP4rev2: {}, imap.CapSpecialUse: {}},
		InsecureAuth: true,
		Logger:       log.New(io.Discard, "", 0),
	})
	s.smtp = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{sink: s.sink}, nil }))
	s.smtp.Domain, s.smtp.AllowInsecureAuth, s.smtp.MaxMessageBytes = "smtp.demo.example.org", true, 50<<20
	s.smtp.ReadTimeout, s.smtp.WriteTimeout = time.Minute, time.Minute
	s.smtp.ErrorLog = log.New(io.Discard, "", 0)
	var lc net.ListenConfig
	il, err := lc.Listen(ctx, "tcp", imapAddr)
	if err != nil {
		return nil, fmt.Errorf("demo IMAP server: %w", err)
	}
	sl, err := lc.Listen(ctx, "tcp", smtpAddr)
	if err != nil {
		return nil, fmt.Errorf("demo SMTP sink: %w", errors.Join(err, il.Close()))
	}
	s.IMAPAddr, s.SMTPAddr = il.Addr().String(), sl.Addr().String()
	s.wg.Go(func() { _ = s.imap.Serve(il) }) // ends with Close
	s.wg.Go(func() { _ = s.smtp.Serve(sl) })
	return s, nil
}

// Close stops both servers and waits for them.
func (s *Servers) Close() error {
	err := errors.Join(s.imap.Close(), s.smtp.Close())
	s.wg.Wait()
	return err
}

// Deliver puts a mail into the inbox.
func (s *Servers) Deliver(raw []byte, at time.Time) error {
	_, err := s.user.Append("INBOX", literal{bytes.NewReader(raw)}, &imap.AppendOptions{Time: at})
	if err != nil {
		return fmt.Errorf("deliver a demo mail: %w", err)
	}
	return nil
}

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// Slow makes the sink wait before it answers to a mail, as real servers do.
func (s *Servers) Slow(wait func() time.Duration) {
	s.sink.mu.Lock()
	s.sink.wait = wait
	s.sink.mu.Unlock()
}

// sink keeps what was sent.
type sink struct {
	mu   sync.Mutex
	dir  string
	n    int
	wait func() time.Duration
}

func (s *sink) keep(b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.wait != nil {
		time.Sleep(s.wait())
	}
	var name string
	for taken := true; taken; {
		s.n++
		name = filepath.Join(s.dir, fmt.Sprintf("%06d.eml", s.n))
		_, err := os.Lstat(name)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		taken = err == nil
	}
	// Whoever looks into the folder finds whole mails only.
	part := name + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return os.Rename(part, name)
}

type session struct {
	sink *sink
	rcpt bool
}

func (s *session) Reset()        { s.rcpt = false }
func (s *session) Logout() error { return nil }

// Mail accepts any sender.
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

// Rcpt accepts any recipient but one that the stories need refused.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to == "voll@example.org" {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 2, 2}, Message: "mailbox full"}
	}
	s.rcpt = true
	return nil
}

// Data keeps the mail on disk before it is accepted.
func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(io.LimitReader(r, 50<<20))
	if err != nil {
		return err
	}
	if err := s.sink.keep(b); err != nil {
		return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 3, 1}, Message: "the sink cannot write"}
	}
	return nil
}
